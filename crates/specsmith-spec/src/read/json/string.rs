//! Strings of JSON: the text between quotes, with its escapes resolved.

use specsmith_diagnostics::{Code, Diagnostic};

use super::{Fatal, Reader};

impl Reader<'_, '_> {
    /// Reads the string that starts here with a quote.
    pub(super) fn string(&mut self) -> Result<String, Fatal> {
        let start = self.at;
        self.at += 1;
        let plain = self.plain();
        if self.peek() == Some(b'"') {
            let text = plain.to_owned();
            self.at += 1;
            return Ok(text);
        }
        let mut text = plain.to_owned();
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                _ => return Err(self.bad_string(start)),
            }
            text.push_str(self.plain());
        }
    }
}

impl<'t> Reader<'t, '_> {
    /// The text up to the next quote, backslash or control character.
    fn plain(&mut self) -> &'t str {
        let start = self.at;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        self.at += plain_length(rest);
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// The character that an escape stands for.
    fn escape(&mut self) -> Result<char, Fatal> {
        let start = self.at;
        let letter = self.text.as_bytes().get(start + 1).copied();
        self.at += 2;
        Ok(match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(start),
            _ => return Err(self.bad_escape(start, 2, "a string has an escape that JSON does not have")),
        })
    }

    /// The character of an escape of four digits, `\u00e9`, or of the two that make a surrogate pair.
    fn unicode_escape(&mut self, start: usize) -> Result<char, Fatal> {
        let first = self.hex_digits(start)?;
        if let Some(character) = char::from_u32(first) {
            return Ok(character);
        }
        let lone = "a surrogate stands alone, which is half of a character";
        let rest = self.text.get(self.at..).unwrap_or_default();
        if !(0xD800..0xDC00).contains(&first) || !rest.starts_with("\\u") {
            return Err(self.bad_escape(start, 6, lone));
        }
        let again = self.at;
        self.at += 2;
        let second = self.hex_digits(again)?;
        if !(0xDC00..0xE000).contains(&second) {
            return Err(self.bad_escape(start, 6, lone));
        }
        let scalar = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        char::from_u32(scalar).ok_or_else(|| self.bad_escape(start, 12, lone))
    }

    /// The four digits behind the `\u` that starts at `escape`.
    fn hex_digits(&mut self, escape: usize) -> Result<u32, Fatal> {
        let digits = self.text.get(self.at..self.at + 4);
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let value = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        self.at += 4;
        value.ok_or_else(|| self.bad_escape(escape, 2, "`\\u` needs four hexadecimal digits"))
    }

    fn bad_escape(&self, start: usize, length: usize, message: &str) -> Fatal {
        let mut end = (start + length).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        Box::new(Diagnostic::new(Code::SyntaxError, message).at(self.tree.location(start, end)))
    }
}

/// How many bytes come before the first quote, backslash or control character.
fn plain_length(bytes: &[u8]) -> usize {
    const WORD: usize = 8;
    let (words, tail) = bytes.as_chunks::<WORD>();
    for (index, word) in words.iter().enumerate() {
        let found = special_bytes(u64::from_le_bytes(*word));
        if found != 0 {
            return index * WORD + found.trailing_zeros() as usize / 8;
        }
    }
    let rest = tail.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F));
    words.len() * WORD + rest.unwrap_or(tail.len())
}

/// Sets the highest bit of each byte that is a quote, a backslash or a control character; bits above the first set
/// one may be wrong.
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word;
    let equals = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (below(word, 0x20) | equals(b'"') | equals(b'\\')) & HIGH
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::plain_length;

    #[test]
    fn finds_the_first_special_byte_at_any_place() {
        for special in [b'"', b'\\', b'\n', 0, 0x1F] {
            for position in 0..20 {
                for other in [b'a', b' ', b'!', b'#', b'[', b']', 0x7F, 0x80, 0xA2, 0xDC, 0xFF] {
                    let mut bytes = vec![other; 24];
                    bytes[position] = special;
                    assert_eq!(plain_length(&bytes), position, "{special} among {other}");
                }
            }
        }
        assert_eq!(plain_length("plain text, äöü".as_bytes()), 18);
    }
}
