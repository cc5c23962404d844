//! Where text goes. A reader that has had enough, as in `| head`, is no error.

use std::io::{self, IsTerminal, Write};

use crate::script::{Color, Diagnostic, render};

/// Standard output and error, or two buffers.
pub(super) struct Output {
    out: Box<dyn Write>,
    err: Box<dyn Write>,
    color: Color,
}

impl Output {
    /// The streams of this process.
    pub(super) fn standard() -> Output {
        let color = if io::stderr().is_terminal() { Color::Always } else { Color::Never };
        let out = Box::new(io::LineWriter::new(io::stdout()));
        Output { out, err: Box::new(io::stderr()), color }
    }

    /// Two other streams, for tests.
    #[cfg(test)]
    pub(super) fn to(out: Box<dyn Write>, err: Box<dyn Write>) -> Output {
        Output { out, err, color: Color::Never }
    }

    /// A line of what was asked for.
    pub(super) fn line(&mut self, text: &str) {
        _ = writeln!(self.out, "{text}");
    }

    /// A line about something that stands in the way.
    pub(super) fn complain(&mut self, text: &str) {
        _ = self.out.flush();
        _ = writeln!(self.err, "epoll-playground: {text}");
    }

    /// What is wrong with a scenario.
    pub(super) fn diagnose(&mut self, path: &str, source: &str, diagnostics: &[Diagnostic]) {
        _ = self.out.flush();
        _ = write!(self.err, "{}", render(path, source, diagnostics, self.color));
    }
}
