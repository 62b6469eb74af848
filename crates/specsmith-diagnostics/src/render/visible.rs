//! Text of a document made safe to show: a document must neither drive the terminal nor reorder what it shows.

use unicode_width::UnicodeWidthChar;

/// What a tab is shown as.
const TAB: &str = "    ";

/// Appends a character as it is shown and returns how many columns that takes.
pub(super) fn push(out: &mut String, character: char) -> usize {
    match character {
        '\t' => {
            out.push_str(TAB);
            TAB.len()
        }
        c if is_hidden(c) => {
            let escaped = c.escape_unicode();
            let columns = escaped.len();
            out.extend(escaped);
            columns
        }
        c => {
            out.push(c);
            c.width().unwrap_or(0)
        }
    }
}

/// How many columns a character takes as it is shown.
pub(super) fn columns(character: char) -> usize {
    match character {
        '\t' => TAB.len(),
        c if is_hidden(c) => c.escape_unicode().len(),
        c => c.width().unwrap_or(0),
    }
}

/// A text on one line, cut where it takes more than `limit` columns.
pub(super) fn line(text: &str, limit: usize) -> String {
    let mut out = String::with_capacity(text.len().min(limit));
    let mut used = 0;
    for character in text.chars() {
        if used + columns(character) > limit {
            out.push_str("...");
            break;
        }
        used += push(&mut out, character);
    }
    out
}

/// Whether a character acts on the terminal or on the text around it, or cannot be seen.
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn controls_and_bidi_are_escaped() {
        assert_eq!(line("a\u{1b}[31mb\r\n\0", 99), "a\\u{1b}[31mb\\u{d}\\u{a}\\u{0}");
        assert_eq!(
            line("x\u{202e}y\u{2066}z\u{feff}", 99),
            "x\\u{202e}y\\u{2066}z\\u{feff}"
        );
        assert_eq!(line("\u{85}\u{9b}", 99), "\\u{85}\\u{9b}", "controls beyond ASCII");
    }

    #[test]
    fn other_scripts_stay() {
        for text in ["Größe", "名前", "שלום", "می\u{200c}خواهم", "👩\u{200d}🚀"] {
            assert_eq!(line(text, 99), text);
        }
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(line("abcdef", 6), "abcdef");
        assert_eq!(line("abcdefg", 6), "abcdef...");
        assert_eq!(line("名前名", 5), "名前...", "wide characters take two columns");
    }
}
