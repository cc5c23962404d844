//! What is wrong with a script, where, and what was expected instead.

use super::ast::Span;

/// The mark that some editors put before the first character of a file.
pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// One complaint about a script, made when reading it or when running it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The place it is about; may be empty at the end of a line.
    pub span: Span,
    /// What is wrong, as one sentence without a full stop: `unknown unit "min"`.
    pub message: String,
    /// What would have been right: `one of ns, us, ms, s`; empty if nothing helpful can be said.
    pub expected: String,
}

impl Diagnostic {
    /// A complaint about `span`; see the fields.
    pub fn new(span: Span, message: impl Into<String>, expected: impl Into<String>) -> Self {
        Diagnostic { span, message: message.into(), expected: expected.into() }
    }

    /// Line and column, both from 1, at which the place begins; columns count characters.
    ///
    /// A place outside of `source` counts as its end.
    pub fn line_column(&self, source: &str) -> (usize, usize) {
        let start = source.floor_char_boundary(self.span.start);
        let line_number = source[..start].bytes().filter(|&byte| byte == b'\n').count() + 1;
        let line_start = self.line_span(source).start;
        (line_number, source.get(line_start..start).map_or(0, |text| text.chars().count()) + 1)
    }

    /// The line on which the place begins, without its line break.
    pub fn source_line<'s>(&self, source: &'s str) -> &'s str {
        &source[self.line_span(source)]
    }

    /// Where that line stands, without its line break and without a byte order mark.
    fn line_span(&self, source: &str) -> Span {
        let at = source.floor_char_boundary(self.span.start);
        let mut start = source[..at].rfind('\n').map_or(0, |newline| newline + 1);
        if start == 0 && source.starts_with(BYTE_ORDER_MARK) {
            start = BYTE_ORDER_MARK.len_utf8();
        }
        let rest = source[start..].split('\n').next().unwrap_or_default();
        start..start + rest.trim_end_matches('\r').len()
    }
}

/// Whether [`render`] may use colours.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// Plain text.
    Never,
    /// Escape sequences for a terminal.
    Always,
}

/// The diagnostics for a person at a terminal: for each the message, `path:line:column`, the line
/// with the place underlined, and what was expected. Ends with a line break unless it is empty.
#[cfg(not(target_arch = "wasm32"))]
pub fn render(path: &str, source: &str, diagnostics: &[Diagnostic], color: Color) -> String {
    use annotate_snippets::Renderer;
    let renderer = match color {
        Color::Never => Renderer::plain(),
        Color::Always => Renderer::styled(),
    };
    let shown = diagnostics.iter().map(|one| render_one(path, source, one, &renderer) + "\n");
    shown.collect::<Vec<_>>().join("\n")
}

/// Only the line itself is handed over, so that the cost does not grow with the file.
#[cfg(not(target_arch = "wasm32"))]
fn render_one(
    path: &str,
    source: &str,
    diagnostic: &Diagnostic,
    renderer: &annotate_snippets::Renderer,
) -> String {
    use annotate_snippets::{AnnotationKind, Level, Snippet, normalize_untrusted_str};
    let line = diagnostic.line_span(source);
    let text = &source[line.clone()];
    let clip = |at: usize| text.floor_char_boundary(at.saturating_sub(line.start));
    let (start, end) = (clip(diagnostic.span.start), clip(diagnostic.span.end));
    let mut place = AnnotationKind::Primary.span(start..end.max(start));
    if !diagnostic.expected.is_empty() {
        let expected = normalize_untrusted_str(&diagnostic.expected);
        place = place.label(format!("expected {expected}"));
    }
    let snippet = Snippet::source(text)
        .path(path)
        .line_start(diagnostic.line_column(source).0)
        .annotation(place);
    renderer.render(&[Level::ERROR.primary_title(&diagnostic.message).element(snippet)])
}
