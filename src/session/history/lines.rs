//! Lines of a script put in, taken out, changed and moved; all others stay byte for byte what they
//! were. Lines count from 0.

/// The lines with their line breaks.
fn pieces(script: &str) -> Vec<&str> {
    script.split_inclusive('\n').collect()
}

/// The text of a line without its line break, and the line break.
fn cut(piece: &str) -> (&str, &str) {
    piece.split_at(piece.trim_end_matches(['\n', '\r']).len())
}

/// With another text on a line; a line that is not there is put at the end.
pub fn replaced(script: &str, line: usize, text: &str) -> String {
    let mut pieces = pieces(script);
    let Some(piece) = pieces.get(line) else { return inserted(script, line, text) };
    let new = format!("{text}{}", cut(piece).1);
    pieces[line] = &new;
    pieces.concat()
}

/// With lines in front of a line, or at the end.
pub fn inserted(script: &str, line: usize, lines: &str) -> String {
    let mut pieces = pieces(script);
    let line = line.min(pieces.len());
    let missing =
        |before: &str| if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    let before = line.checked_sub(1).map_or("", |before| missing(pieces[before]));
    let new = format!("{before}{lines}{}", missing(lines));
    pieces.insert(line, &new);
    pieces.concat()
}

/// Without a line.
pub fn removed(script: &str, line: usize) -> String {
    let mut pieces = pieces(script);
    if line < pieces.len() {
        pieces.remove(line);
    }
    pieces.concat()
}

/// With a line at the place of another, which makes room for it.
pub fn moved(script: &str, from: usize, to: usize) -> String {
    let mut pieces = pieces(script);
    if from >= pieces.len() || to >= pieces.len() || from == to {
        return script.to_owned();
    }
    // The last line may have no line break: it stays at the end.
    let breaks: Vec<&str> = pieces.iter().map(|piece| cut(piece).1).collect();
    let piece = pieces.remove(from);
    pieces.insert(to, piece);
    pieces.into_iter().zip(breaks).flat_map(|(piece, end)| [cut(piece).0, end]).collect()
}

/// Where a line comes to stand that is put beside another, as [`moved`] wants it. Lines that are hidden
/// stay behind the one before them.
pub fn landing(
    from: usize,
    over: usize,
    is_after: bool,
    is_hidden: impl Fn(usize) -> bool,
) -> usize {
    let mut gap = over + usize::from(is_after);
    while is_after && is_hidden(gap) {
        gap += 1;
    }
    while !is_after && gap > 0 && is_hidden(gap - 1) {
        gap -= 1;
    }
    if gap > from { gap - 1 } else { gap }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_change_and_others_do_not() {
        let script = "a\r\nb\nc";
        assert_eq!(replaced(script, 0, "x"), "x\r\nb\nc");
        assert_eq!(replaced(script, 2, ""), "a\r\nb\n");
        assert_eq!(replaced(script, 3, "d"), "a\r\nb\nc\nd\n");
        assert_eq!(inserted(script, 1, "x\ny"), "a\r\nx\ny\nb\nc");
        assert_eq!(inserted(script, 9, "x"), "a\r\nb\nc\nx\n");
        assert_eq!(inserted("", 0, "x"), "x\n");
        assert_eq!(removed(script, 1), "a\r\nc");
        assert_eq!(removed(script, 3), script);
    }

    #[test]
    fn a_line_lands_beside_another_and_not_between_what_belongs_together() {
        let is_hidden = |line| line == 3;
        for (from, over, is_after, to) in [
            (0, 4, false, 2),
            (0, 4, true, 4),
            (0, 2, true, 3),
            (5, 4, false, 3),
            (5, 2, true, 4),
            (5, 0, false, 0),
            (1, 1, false, 1),
            (1, 1, true, 1),
            (1, 0, true, 1),
        ] {
            let landed = landing(from, over, is_after, is_hidden);
            assert_eq!(landed, to, "line {from} beside {over}, after it: {is_after}");
        }
    }

    #[test]
    fn a_line_moves_and_the_end_stays_as_it_was() {
        assert_eq!(moved("a\nb\nc", 2, 0), "c\na\nb");
        assert_eq!(moved("a\nb\nc\n", 0, 1), "b\na\nc\n");
        assert_eq!(moved("a\nb\n", 1, 2), "a\nb\n");
    }
}
