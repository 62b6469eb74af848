//! Words of a text: where a name of the document has its joints.

use std::borrow::Cow;

use super::kept::KeptLetters;
use super::{latin, symbols};

/// Names whose own spelling would be torn apart by the rules, with the words they are.
const SPELLINGS: &[(&str, &str)] = &[
    ("GraphQL", "graphql"),
    ("IPv4", "ipv4"),
    ("IPv6", "ipv6"),
    ("MySQL", "mysql"),
    ("OAuth", "oauth"),
    ("PostgreSQL", "postgresql"),
    ("iOS", "ios"),
    ("macOS", "macos"),
];

/// How many bytes at the beginning and at the end of a text make a name; what is longer is text and no name.
const LONGEST: usize = 2_048;

/// The words of a text in lower case; at least one.
///
/// Where the text has neither letters nor digits its symbols are spelled, and no text at all is `empty`.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut found = match has_one_case(text) {
        true => {
            let words = text.split('_').filter(|word| !word.is_empty());
            words.map(str::to_ascii_lowercase).collect()
        }
        false => Splitter::run(text, Symbols::Separate),
    };
    if found.is_empty() {
        found = spelled_words(text);
    }
    found
}

/// Whether underscores are all that separates words, as in most names of members and values: `book_id`, `OUT_OF_PRINT`.
///
/// A digit ends a word of capitals, and belongs to one of small letters.
fn has_one_case(text: &str) -> bool {
    let is_small = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    let is_capital = |byte: u8| matches!(byte, b'A'..=b'Z' | b'_');
    text.len() <= LONGEST && (text.bytes().all(is_small) || text.bytes().all(is_capital))
}

/// The words of a text with every symbol spelled, to keep names apart that only symbols tell apart.
pub(crate) fn spelled_words(text: &str) -> Vec<String> {
    let mut found = Splitter::run(text, Symbols::Spell);
    if found.is_empty() {
        found.push("empty".to_owned());
    }
    found
}

/// What becomes of a character that is no letter and no digit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Symbols {
    /// It only ends a word.
    Separate,
    /// It is a word.
    Spell,
}

/// Where the walk over a text stands.
struct Splitter {
    words: Vec<String>,
    word: String,
    last: Last,
    kept: KeptLetters,
}

/// What the last character was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Upper,
    Lower,
    Digit,
    Sign,
}

impl Splitter {
    fn run(text: &str, symbols: Symbols) -> Vec<String> {
        let shortened = shortened(text);
        let letters = ascii(&shortened);
        let mut splitter = Self {
            words: Vec::new(),
            word: String::new(),
            last: Last::Nothing,
            kept: KeptLetters::of(&letters),
        };
        let mut rest = letters.trim();
        if symbols == Symbols::Spell {
            rest = &letters;
        }
        while let Some(first) = rest.chars().next() {
            let taken = splitter.step(first, rest, symbols);
            rest = rest.get(taken..).unwrap_or_default();
        }
        splitter.end_word();
        splitter.words
    }

    /// Takes what stands at the beginning of `rest`; returns how many bytes that was.
    fn step(&mut self, first: char, rest: &str, symbols: Symbols) -> usize {
        if let Some((spelling, word)) = self.spelling(first, rest) {
            self.end_word();
            self.word.push_str(word);
            self.last = Last::Lower;
            return spelling.len();
        }
        let after = rest.get(first.len_utf8()..).unwrap_or_default();
        if first.is_ascii_uppercase() {
            if let Some(length) = plural_acronym(rest, self.last) {
                self.end_word();
                self.word = rest.get(..length).unwrap_or_default().to_ascii_lowercase();
                self.end_word();
                return length;
            }
            self.upper(first, after);
        } else if first.is_ascii_digit() {
            self.letter(first, Last::Digit);
        } else if first.is_ascii_lowercase() || self.kept.contains(first) {
            if self.last == Last::Upper && is_version(rest) {
                self.end_word();
            }
            self.letter(first, Last::Lower);
        } else {
            return self.symbol(first, rest, after, symbols);
        }
        first.len_utf8()
    }

    /// A spelling of the table at a place where a word can begin.
    fn spelling(&self, first: char, rest: &str) -> Option<(&'static str, &'static str)> {
        let begins = match self.last {
            Last::Nothing | Last::Sign => true,
            Last::Lower | Last::Digit => first.is_ascii_uppercase(),
            Last::Upper => false,
        };
        if !begins {
            return None;
        }
        let mut spellings = SPELLINGS.iter().copied();
        spellings.find(|(spelling, _)| {
            // Most words differ in the first byte, and comparing all of it takes a call.
            spelling.as_bytes().first() == rest.as_bytes().first()
                && rest
                    .strip_prefix(spelling)
                    .is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_lowercase()))
        })
    }

    fn upper(&mut self, letter: char, after: &str) {
        let next_is_lower = after.starts_with(|c: char| c.is_ascii_lowercase()) && !is_version(after);
        if matches!(self.last, Last::Lower | Last::Digit) || (self.last == Last::Upper && next_is_lower) {
            self.end_word();
        }
        self.letter(letter.to_ascii_lowercase(), Last::Upper);
    }

    fn letter(&mut self, letter: char, kind: Last) {
        if self.last == Last::Sign && kind != Last::Digit {
            self.end_word();
        }
        self.word.push(letter);
        self.last = kind;
    }

    fn symbol(&mut self, symbol: char, rest: &str, after: &str, symbols: Symbols) -> usize {
        if symbols == Symbols::Spell {
            let (length, mut name) = symbols::name(rest);
            let is_between = !self.words.is_empty() || !self.word.is_empty();
            if symbol == '-' && is_between {
                name = "dash".to_owned();
            }
            self.end_word();
            self.words.extend(name.split('_').map(str::to_owned));
            return length;
        }
        let leads = self.words.is_empty() && self.word.is_empty();
        let says_something = after.starts_with(|c: char| c.is_ascii_alphanumeric());
        self.end_word();
        if leads && says_something && matches!(symbol, '+' | '-') {
            let (_, name) = symbols::name(rest);
            self.word = name;
            self.last = Last::Sign;
        }
        symbol.len_utf8()
    }

    fn end_word(&mut self) {
        if !self.word.is_empty() {
            self.words.push(std::mem::take(&mut self.word));
        }
        self.last = Last::Nothing;
    }
}

/// The text, without its middle if it is long.
fn shortened(text: &str) -> Cow<'_, str> {
    if text.len() <= 2 * LONGEST {
        return Cow::Borrowed(text);
    }
    let boundary = |index: &usize| text.is_char_boundary(*index);
    let head = (0..=LONGEST).rev().find(boundary).and_then(|end| text.get(..end));
    let tail = (text.len() - LONGEST..text.len())
        .find(boundary)
        .and_then(|start| text.get(start..));
    Cow::Owned(format!("{} {}", head.unwrap_or_default(), tail.unwrap_or_default()))
}

/// The length of an acronym in the plural, such as `IDs` or `URLs`, at the beginning of `rest`.
fn plural_acronym(rest: &str, last: Last) -> Option<usize> {
    if last == Last::Upper {
        return None;
    }
    let upper = rest.bytes().take_while(u8::is_ascii_uppercase).count();
    let after = rest.get(upper..)?.strip_prefix('s')?;
    let ends = !after.starts_with(|c: char| c.is_ascii_lowercase());
    (upper >= 2 && ends).then_some(upper + 1)
}

/// Whether a version such as `v1` stands at the beginning; behind an acronym it is a word of its own (`DTOv1`).
fn is_version(text: &str) -> bool {
    text.strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The text with full-width forms and letters of other alphabets in ASCII, where there is a way to write them so.
fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii() => result.push(c),
            '\u{ff01}'..='\u{ff5e}' => result.extend(char::from_u32(u32::from(c) - 0xfee0)),
            // Marks that combine with the letter before.
            '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}' => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' => result.push('-'),
            c => match latin::transliterate(c) {
                Some(text) => result.push_str(text),
                None => result.push(c),
            },
        }
    }
    Cow::Owned(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_case_is_split_as_any_text_is() {
        let small = [
            "id", "book_id", "__a__b_", "md5_hash", "2nd_v1", "v_1_0", "_", "", "ios_ipv4", "a1b2",
        ];
        for text in small.into_iter().chain(["A", "OUT_OF_PRINT", "_A__B_", "IOS"]) {
            assert!(has_one_case(text), "{text}");
            let found = Splitter::run(text, Symbols::Separate);
            let expected = if found.is_empty() { spelled_words(text) } else { found };
            assert_eq!(words(text), expected, "{text}");
        }
        for text in ["bookId", "a-b", "é", "a b", "+a", "V2", "A_b"] {
            assert!(!has_one_case(text), "{text}");
        }
    }
}
