//! Letters beyond ASCII that stay as they are in names.

use std::ops::RangeInclusive;

use unicode_security::{GeneralSecurityProfile, is_potential_mixed_script_confusable_char};

/// Letters without case, by script: Hiragana, Katakana, Chinese, Korean.
const SCRIPTS: [RangeInclusive<char>; 4] = [
    '\u{3041}'..='\u{3096}',
    '\u{30a1}'..='\u{30fc}',
    '\u{4e00}'..='\u{9fff}',
    '\u{ac00}'..='\u{d7a3}',
];

/// Which letters beyond ASCII stay in the names of one text: those that the compiler does not warn of.
///
/// It warns of letters that are not in use, and of a script of which a crate has only letters that look like others.
pub(super) struct KeptLetters {
    scripts: [bool; SCRIPTS.len()],
}

impl KeptLetters {
    /// What stays of a text.
    pub(super) fn of(text: &str) -> Self {
        if text.is_ascii() {
            let scripts = [false; SCRIPTS.len()];
            return Self { scripts };
        }
        let is_plain = |c: char| is_in_use(c) && !is_potential_mixed_script_confusable_char(c);
        Self {
            scripts: SCRIPTS.map(|script| text.chars().any(|c| script.contains(&c) && is_plain(c))),
        }
    }

    /// Whether a letter stays.
    pub(super) fn contains(&self, letter: char) -> bool {
        let in_script = SCRIPTS
            .iter()
            .zip(self.scripts)
            .any(|(script, kept)| kept && script.contains(&letter));
        in_script && is_in_use(letter)
    }
}

/// Whether identifiers should have the letter (Unicode Technical Standard 39, section 3.1).
fn is_in_use(letter: char) -> bool {
    unicode_ident::is_xid_start(letter) && GeneralSecurityProfile::identifier_allowed(letter)
}
