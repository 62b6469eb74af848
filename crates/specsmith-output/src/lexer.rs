//! The tokens of Rust source, with their places; what is needed to compare and to move generated files.
//!
//! It never fails: what is not Rust becomes some tokens, and something unterminated reaches to the end.

use std::ops::Range;

/// A token of Rust source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// An identifier, keyword, lifetime or number.
    Word,
    /// A string, byte string or character, with its quotes.
    Literal,
    /// One character of punctuation.
    Punctuation,
    /// `(`, `[` or `{`
    Open,
    /// `)`, `]` or `}`
    Close,
    /// A comment that is part of the program: `///`, `//!`, `/** */`, `/*! */`.
    DocComment,
    /// Any other comment.
    Comment,
}

/// The tokens of a text in order.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> {
    Lexer { text, offset: 0 }
}

struct Lexer<'t> {
    text: &'t str,
    offset: usize,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.offset..).unwrap_or_default()
    }

    /// What the first byte of the next token tells, behind white space.
    fn first(&mut self) -> Option<First> {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\n') = bytes.get(self.offset) {
            self.offset += 1;
        }
        let mut first = First::of(*bytes.get(self.offset)?);
        if first == First::Wide {
            let rest = self.rest();
            self.offset += rest.len() - rest.trim_start().len();
            first = First::of(*bytes.get(self.offset)?);
        }
        Some(first)
    }

    /// The kind and length of a token that begins with a byte which does not tell it.
    fn odd(&self) -> Option<(TokenKind, usize)> {
        let rest = self.rest();
        let first = rest.chars().next()?;
        Some(match first {
            '/' => comment(rest).unwrap_or((TokenKind::Punctuation, 1)),
            '"' | '\'' | 'b' | 'c' | 'r' => match literal(rest, first) {
                Some(length) => (TokenKind::Literal, length),
                None => (TokenKind::Word, word(rest, first)),
            },
            _ if first == '_' || first.is_alphanumeric() => (TokenKind::Word, word(rest, first)),
            _ => (TokenKind::Punctuation, first.len_utf8()),
        })
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let first = self.first()?;
        let start = self.offset;
        let (kind, length) = match first {
            First::Letter => match simple_word(self.text.as_bytes(), start) {
                Some(end) => (TokenKind::Word, end - start),
                None => self.odd()?,
            },
            First::Sign => (TokenKind::Punctuation, 1),
            First::Open => (TokenKind::Open, 1),
            First::Close => (TokenKind::Close, 1),
            First::Digit | First::Odd | First::Wide => self.odd()?,
        };
        self.offset += length;
        Some(Token {
            kind,
            range: start..self.offset,
        })
    }
}

/// What the first byte of a token tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    /// A letter of a word or of the prefix of a literal, or `_`.
    Letter,
    Digit,
    /// A character that is a token by itself.
    Sign,
    Open,
    Close,
    /// A quote, or what may begin a comment.
    Odd,
    /// White space, a control character, or a part of a character that is not ASCII.
    Wide,
}

impl First {
    fn of(byte: u8) -> Self {
        const TABLE: [First; 256] = First::table();
        TABLE.get(usize::from(byte)).copied().unwrap_or(Self::Wide)
    }

    const fn table() -> [Self; 256] {
        let mut table = [Self::Wide; 256];
        let mut byte = 0;
        let mut rest = table.as_mut_slice();
        while let Some((first, tail)) = rest.split_first_mut() {
            *first = match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'_' => Self::Letter,
                b'0'..=b'9' => Self::Digit,
                b'(' | b'[' | b'{' => Self::Open,
                b')' | b']' | b'}' => Self::Close,
                b'/' | b'"' | b'\'' => Self::Odd,
                b'!'..=b'~' => Self::Sign,
                _ => Self::Wide,
            };
            byte = byte.wrapping_add(1);
            rest = tail;
        }
        table
    }
}

/// Where the word ends that begins at `start`, if all of it is ASCII and it is not the prefix of something else.
fn simple_word(bytes: &[u8], start: usize) -> Option<usize> {
    let tail = bytes.get(start + 1..)?;
    let is_within = |byte: &u8| matches!(First::of(*byte), First::Letter | First::Digit);
    let length = tail.iter().take_while(|byte| is_within(byte)).count();
    match tail.get(length) {
        Some(b'#' | b'"' | b'\'' | 0x80..) => None,
        _ => Some(start + 1 + length),
    }
}

/// The kind and length of a comment at the beginning of `rest`.
fn comment(rest: &str) -> Option<(TokenKind, usize)> {
    let doc = |is_doc: bool| {
        if is_doc {
            TokenKind::DocComment
        } else {
            TokenKind::Comment
        }
    };
    if rest.starts_with("//") {
        let is_doc = rest.starts_with("//!") || (rest.starts_with("///") && !rest.starts_with("////"));
        return Some((doc(is_doc), rest.find('\n').unwrap_or(rest.len())));
    }
    if !rest.starts_with("/*") {
        return None;
    }
    let is_doc =
        rest.starts_with("/*!") || (rest.starts_with("/**") && !rest.starts_with("/***") && !rest.starts_with("/**/"));
    let mut depth = 0_usize;
    let mut bytes = rest.bytes().enumerate().peekable();
    while let Some((index, byte)) = bytes.next() {
        let next = bytes.peek().map(|(_, byte)| *byte);
        match (byte, next) {
            (b'/', Some(b'*')) => depth += 1,
            (b'*', Some(b'/')) => depth = depth.saturating_sub(1),
            _ => continue,
        }
        bytes.next();
        if depth == 0 {
            return Some((doc(is_doc), index + 2));
        }
    }
    Some((doc(is_doc), rest.len()))
}

/// The length of a string or character literal at the beginning of `rest`, which begins with `first`.
fn literal(rest: &str, first: char) -> Option<usize> {
    match first {
        '"' => Some(quoted(rest, b'"')),
        '\'' => character(rest),
        'r' | 'b' | 'c' if matches!(rest.as_bytes().get(1), Some(b'"' | b'\'' | b'r' | b'#')) => {
            let prefix = ["br", "cr", "r", "b", "c"].into_iter().find(|prefix| {
                let behind = rest.strip_prefix(prefix).unwrap_or_default();
                if prefix.ends_with('r') {
                    behind.trim_start_matches('#').starts_with('"')
                } else {
                    behind.starts_with('"') || (*prefix == "b" && behind.starts_with('\''))
                }
            })?;
            let behind = rest.strip_prefix(prefix)?;
            let length = match behind.chars().next()? {
                _ if prefix.ends_with('r') => raw(behind),
                '\'' => quoted(behind, b'\''),
                _ => quoted(behind, b'"'),
            };
            Some(prefix.len() + length)
        }
        _ => None,
    }
}

/// The length of a literal with escapes that begins and ends with `quote`.
fn quoted(rest: &str, quote: u8) -> usize {
    let mut escaped = false;
    for (index, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            byte if byte == quote => return index + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of `#"..."#` with any number of `#`.
fn raw(rest: &str) -> usize {
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    let end = format!("\"{}", "#".repeat(hashes));
    let body = rest.get(hashes + 1..).unwrap_or_default();
    body.find(&end)
        .map_or(rest.len(), |index| hashes + 1 + index + end.len())
}

/// The length of a character literal; `None` where the quote begins a lifetime.
fn character(rest: &str) -> Option<usize> {
    let mut chars = rest.chars().skip(1);
    let first = chars.next()?;
    if first == '\\' {
        return Some(quoted(rest, b'\''));
    }
    (chars.next() == Some('\'')).then(|| 2 + first.len_utf8())
}

/// The length of an identifier, lifetime or number at the beginning of `rest`, which begins with `first`.
fn word(rest: &str, first: char) -> usize {
    let is_number = first.is_ascii_digit();
    let mut before = first;
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((index, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let digit_next = next.is_some_and(|next| next.is_ascii_digit());
        let continues = c == '_'
            || c.is_alphanumeric()
            || (is_number && c == '.' && digit_next && before != '.')
            || (is_number && matches!(c, '+' | '-') && matches!(before, 'e' | 'E') && digit_next)
            || (index == 1 && first == 'r' && c == '#' && next.is_some_and(|next| next == '_' || next.is_alphabetic()));
        if !continues {
            return index;
        }
        before = c;
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<(&str, TokenKind)> {
        tokens(text)
            .map(|token| (text.get(token.range).unwrap_or_default(), token.kind))
            .collect()
    }

    #[test]
    fn every_kind_is_told() {
        use TokenKind::*;
        let text = r###"pub fn r#type<'a>(x: &'a str) -> char { '\'' } // no
/// yes
const A: &[u8] = br#"a"b"#; /* a /* b */ c */ 1.5e-3 'x' b'\'' "\"//" r"x\" 1..2 x.0"###;
        let kinds = texts(text);
        for expected in [
            ("pub", Word),
            ("r#type", Word),
            ("'a", Word),
            (r"'\''", Literal),
            ("{", Open),
            ("}", Close),
            ("// no", Comment),
            ("/// yes", DocComment),
            (r##"br#"a"b"#"##, Literal),
            ("/* a /* b */ c */", Comment),
            ("1.5e-3", Word),
            ("'x'", Literal),
            (r"b'\''", Literal),
            (r#""\"//""#, Literal),
            (r#"r"x\""#, Literal),
        ] {
            assert!(kinds.contains(&expected), "{expected:?} in {kinds:?}");
        }
        let tail: Vec<&str> = kinds.iter().rev().take(7).rev().map(|(text, _)| *text).collect();
        assert_eq!(tail, ["1", ".", ".", "2", "x", ".", "0"]);
    }

    #[test]
    fn nothing_but_white_space_is_lost_and_nothing_panics() {
        for text in [
            "\"open",
            "/* open",
            "r#\"open",
            "'",
            "b'",
            "é 'é' \u{1f600}",
            "//",
            "1e",
            "r#",
            "'\\",
        ] {
            let kept: String = tokens(text).filter_map(|token| text.get(token.range)).collect();
            assert_eq!(kept.replace(' ', ""), text.replace(' ', ""), "{text}");
        }
    }
}
