//! Patterns of documents, which are those of ECMA-262, for the engines that generated code uses.
//!
//! What means the same is written as it is; classes, escapes and anchors that differ are written out. What looks around
//! or refers back needs the engine that can, which gives up after a while; everything else runs in linear time.

use crate::model::{Engine, Pattern};

/// The longest pattern that is taken.
const MAX_LENGTH: usize = 10_000;
/// The most memory that the engine may take for a pattern.
const MAX_SIZE: usize = 4 << 20;

/// White space of ECMA-262, inside brackets.
const SPACE: &str = r"\t\n\x{B}\x{C}\r \x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}";
/// Everything that is no white space of ECMA-262, inside brackets.
const NO_SPACE: &str = r"\x{0}-\x{8}\x{E}-\x{1F}!-\x{9F}\x{A1}-\x{167F}\x{1681}-\x{1FFF}\x{200B}-\x{2027}\x{202A}-\x{202E}\x{2030}-\x{205E}\x{2060}-\x{2FFF}\x{3001}-\x{FEFE}\x{FF00}-\x{10FFFF}";

/// Where a word of ASCII letters begins or ends, for the engine in linear time, and for the other one.
const LINEAR_BOUNDARY: &str = r"(?-u:\b)";
const BOUNDARY: &str = "(?:(?<=[A-Za-z0-9_])(?![A-Za-z0-9_])|(?<![A-Za-z0-9_])(?=[A-Za-z0-9_]))";
/// Where none does.
const INSIDE: &str = "(?:(?<=[A-Za-z0-9_])(?=[A-Za-z0-9_])|(?<![A-Za-z0-9_])(?![A-Za-z0-9_]))";

/// A pattern for the engine that can run it; the error says why none can.
pub fn translate(written: &str) -> Result<Pattern, String> {
    if written.len() > MAX_LENGTH {
        return Err("it is too long".to_owned());
    }
    let mut translation = Translation {
        letters: written.chars().collect(),
        at: 0,
        text: String::with_capacity(written.len()),
        backtracking: false,
    };
    translation.pattern()?;
    let Translation { text, backtracking, .. } = translation;
    let text = match backtracking {
        true => text.replace(LINEAR_BOUNDARY, BOUNDARY),
        false => text,
    };
    let engine = if backtracking {
        Engine::Backtracking
    } else {
        Engine::Linear
    };
    let compiled = match engine {
        Engine::Linear => regex::RegexBuilder::new(&text)
            .size_limit(MAX_SIZE)
            .build()
            .map(drop)
            .map_err(|error| reason(&error.to_string())),
        Engine::Backtracking => fancy_regex::RegexBuilder::new(&text)
            .delegate_size_limit(MAX_SIZE)
            .build()
            .map(drop)
            .map_err(|error| reason(&error.to_string())),
    };
    compiled.map(|()| Pattern {
        written: written.to_owned(),
        text,
        engine,
    })
}

/// The last line of what an engine says, which is the reason.
fn reason(error: &str) -> String {
    let last = error.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ").to_owned()
}

struct Translation {
    letters: Vec<char>,
    at: usize,
    text: String,
    backtracking: bool,
}

impl Translation {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek();
        self.at += usize::from(letter.is_some());
        letter
    }

    fn follows(&self, text: &str) -> bool {
        text.chars()
            .enumerate()
            .all(|(index, letter)| self.letters.get(self.at + index) == Some(&letter))
    }

    fn pattern(&mut self) -> Result<(), String> {
        while let Some(letter) = self.next() {
            match letter {
                '\\' => self.escape()?,
                '[' => self.class()?,
                '.' => self.text.push_str(r"[^\n\r\x{2028}\x{2029}]"),
                '(' => self.group(),
                '{' if !self.is_repetition() => self.text.push_str(r"\{"),
                // Only a repetition has a brace that closes it.
                '{' => {
                    self.text.push('{');
                    while let Some(letter) = self.next() {
                        self.text.push(letter);
                        if letter == '}' {
                            break;
                        }
                    }
                }
                '}' => self.text.push_str(r"\}"),
                ']' => self.text.push_str(r"\]"),
                letter => self.text.push(letter),
            }
        }
        Ok(())
    }

    /// Whether what follows a brace makes it a repetition: `{1}`, `{1,}`, `{1,2}`.
    fn is_repetition(&self) -> bool {
        let rest: String = self
            .letters
            .iter()
            .skip(self.at)
            .take_while(|letter| **letter != '}')
            .collect();
        let closes = self.letters.get(self.at + rest.chars().count()) == Some(&'}');
        let is_count = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        closes
            && match rest.split_once(',') {
                Some((least, most)) => is_count(least) && (most.is_empty() || is_count(most)),
                None => is_count(&rest),
            }
    }

    fn group(&mut self) {
        self.backtracking |= ["?=", "?!", "?<=", "?<!"].iter().any(|sign| self.follows(sign));
        self.text.push('(');
    }

    fn escape(&mut self) -> Result<(), String> {
        let Some(letter) = self.next() else {
            return Err("it ends with a backslash".to_owned());
        };
        match letter {
            'd' => self.text.push_str("[0-9]"),
            'D' => self.text.push_str("[^0-9]"),
            'w' => self.text.push_str("[A-Za-z0-9_]"),
            'W' => self.text.push_str("[^A-Za-z0-9_]"),
            's' => self.text.push_str(&format!("[{SPACE}]")),
            'S' => self.text.push_str(&format!("[^{SPACE}]")),
            'b' => self.text.push_str(LINEAR_BOUNDARY),
            // The engine in linear time has it for words of all alphabets only.
            'B' => {
                self.backtracking = true;
                self.text.push_str(INSIDE);
            }
            '1'..='9' => {
                self.backtracking = true;
                self.text.push('\\');
                self.text.push(letter);
            }
            'k' if self.peek() == Some('<') => {
                self.backtracking = true;
                self.text.push_str(r"\k");
            }
            letter => self.character(letter)?,
        }
        Ok(())
    }

    /// A character that is escaped, in brackets and outside.
    fn character(&mut self, letter: char) -> Result<(), String> {
        let code = match letter {
            't' | 'n' | 'r' => {
                self.text.push('\\');
                self.text.push(letter);
                return Ok(());
            }
            'v' => 0xB,
            'f' => 0xC,
            '0' => 0,
            'c' => match self.next() {
                Some(control) if control.is_ascii_alphabetic() => u32::from(control) % 32,
                _ => return Err(r"`\c` needs a letter".to_owned()),
            },
            'x' => self.hex(2)?,
            'u' if self.peek() == Some('{') => {
                self.at += 1;
                let digits: String = self
                    .letters
                    .iter()
                    .skip(self.at)
                    .take_while(|letter| **letter != '}')
                    .collect();
                self.at += digits.chars().count() + 1;
                u32::from_str_radix(&digits, 16).map_err(|_| r"`\u{...}` needs hexadecimal digits".to_owned())?
            }
            'u' => self.unicode()?,
            'p' | 'P' => return self.property(letter),
            letter if letter.is_alphanumeric() => return Err(format!(r"`\{letter}` is no escape of ECMA-262")),
            letter => u32::from(letter),
        };
        match char::from_u32(code) {
            Some(letter @ ('<' | '>' | '_' | '/')) => self.text.push(letter),
            Some(letter) if letter.is_ascii_punctuation() => {
                self.text.push('\\');
                self.text.push(letter);
            }
            Some(letter) if letter.is_alphanumeric() || letter == ' ' => self.text.push(letter),
            Some(_) => self.text.push_str(&format!(r"\x{{{code:X}}}")),
            None => return Err("it has half of a surrogate pair".to_owned()),
        }
        Ok(())
    }

    fn hex(&mut self, count: usize) -> Result<u32, String> {
        let digits: String = self.letters.iter().skip(self.at).take(count).collect();
        self.at += digits.chars().count();
        let is_hex = digits.len() == count && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        match u32::from_str_radix(&digits, 16) {
            Ok(code) if is_hex => Ok(code),
            _ => Err(format!("an escape needs {count} hexadecimal digits")),
        }
    }

    /// `\u0041`, or a pair of surrogates.
    fn unicode(&mut self) -> Result<u32, String> {
        let high = self.hex(4)?;
        if (0xD800..0xDC00).contains(&high) && self.follows(r"\u") {
            self.at += 2;
            let low = self.hex(4)?;
            if (0xDC00..0xE000).contains(&low) {
                return Ok(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
            }
        }
        Ok(high)
    }

    /// `\p{Letter}`
    fn property(&mut self, letter: char) -> Result<(), String> {
        if self.peek() != Some('{') {
            return Err(format!(r"`\{letter}` needs a property in braces"));
        }
        self.text.push('\\');
        self.text.push(letter);
        while let Some(letter) = self.next() {
            self.text.push(letter);
            if letter == '}' {
                break;
            }
        }
        Ok(())
    }

    fn class(&mut self) -> Result<(), String> {
        let negated = self.peek() == Some('^');
        self.at += usize::from(negated);
        if self.peek() == Some(']') {
            self.at += 1;
            // Any character, or none.
            self.text
                .push_str(if negated { r"(?s:.)" } else { r"[^\x{0}-\x{10FFFF}]" });
            return Ok(());
        }
        self.text.push_str(if negated { "[^" } else { "[" });
        loop {
            let Some(letter) = self.next() else {
                return Err("a bracket is not closed".to_owned());
            };
            match letter {
                ']' => break,
                '\\' => self.class_escape()?,
                '-' if self.is_literal_dash() => self.text.push_str(r"\-"),
                '[' => self.text.push_str(r"\["),
                // Twice they would be an operation on sets.
                '&' | '~' | '-' if self.text.ends_with(letter) => {
                    self.text.push('\\');
                    self.text.push(letter);
                }
                letter => self.text.push(letter),
            }
        }
        self.text.push(']');
        Ok(())
    }

    /// Whether a dash in brackets is no range, since it follows or precedes a class.
    fn is_literal_dash(&self) -> bool {
        let is_class = |letter: Option<&char>| letter.is_some_and(|letter| "dDwWsSpP".contains(*letter));
        let before = self.at.checked_sub(2).and_then(|at| self.letters.get(at));
        let before_that = self.at.checked_sub(3).and_then(|at| self.letters.get(at));
        let follows_class = before_that == Some(&'\\') && is_class(before);
        let precedes_class = self.peek() == Some('\\') && is_class(self.letters.get(self.at + 1));
        follows_class || precedes_class
    }

    fn class_escape(&mut self) -> Result<(), String> {
        let Some(letter) = self.next() else {
            return Err("it ends with a backslash".to_owned());
        };
        match letter {
            'd' => self.text.push_str("0-9"),
            'D' => self.text.push_str(r"\x{0}-/:-\x{10FFFF}"),
            'w' => self.text.push_str("A-Za-z0-9_"),
            'W' => self.text.push_str(r"\x{0}-/:-@\[-\^`\{-\x{10FFFF}"),
            's' => self.text.push_str(SPACE),
            'S' => self.text.push_str(NO_SPACE),
            'b' => self.text.push_str(r"\x{8}"),
            letter => self.character(letter)?,
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
