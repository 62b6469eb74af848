//! Strings in double quotes, as JSON and YAML both read them.

use super::line;

/// Whether text in double quotes may go on in further lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    /// It stays in one line.
    One,
    /// A new line at this column for each line of the text, which only YAML knows.
    Folded(usize),
}

/// Appends a text in double quotes.
pub(super) fn quote(out: &mut String, text: &str, lines: Lines) {
    out.push('"');
    let mut rest = text;
    while let Some((at, c)) = next_escaped(rest) {
        out.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at + c.len_utf8()..).unwrap_or_default();
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
        if let (Lines::Folded(column), '\n', Some(next)) = (lines, c, rest.chars().next()) {
            out.push('\\');
            line(out, column);
            if next == ' ' {
                out.push('\\');
            }
        }
    }
    out.push_str(rest);
    out.push('"');
}

/// The first character that cannot stand in quotes as it is, and where it is.
fn next_escaped(text: &str) -> Option<(usize, char)> {
    // Most text is ASCII, and bytes are quickly seen through.
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    let plain = text.bytes().take_while(is_plain).count();
    let mut rest = text.get(plain..)?.char_indices();
    rest.find(|(_, c)| is_escaped(*c)).map(|(at, c)| (plain + at, c))
}

/// Whether a character cannot stand in quotes as it is.
fn is_escaped(c: char) -> bool {
    matches!(c, '"' | '\\') || !is_printable(c)
}

/// Whether a character can stand in YAML as it is (YAML 1.2.2, section 5.1), without being a line break of YAML 1.1.
pub(super) fn is_printable(c: char) -> bool {
    let special = matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}');
    !special && !c.is_control()
}

/// Whether all characters of a text can stand in YAML as they are.
pub(super) fn is_all_printable(text: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~');
    text.bytes().all(is_plain) || text.chars().all(is_printable)
}
