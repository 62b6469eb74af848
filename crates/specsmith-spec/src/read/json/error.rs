//! What to say where a text is not JSON.

use specsmith_diagnostics::{Code, Diagnostic};

use super::{Fatal, Reader, closing};
use crate::read::tree::{Container, Open};

impl Reader<'_, '_> {
    /// Something else was expected here.
    pub(super) fn expected(&self, expected: &str) -> Fatal {
        let (found, length) = self.found();
        let mut diagnostic = Diagnostic::new(Code::SyntaxError, format!("expected {expected}, found {found}"))
            .at(self.tree.location(self.at, self.at + length));
        diagnostic.help = self.help();
        if self.peek().is_none()
            && let Some(open) = self.tree.innermost()
        {
            diagnostic = self.opened(diagnostic, open);
        }
        Box::new(diagnostic)
    }

    /// Neither a comma nor the end of the container follows a value.
    pub(super) fn unfinished(&self, open: Open) -> Fatal {
        let mut diagnostic = self.expected(&format!("`,` or `{}`", char::from(closing(open.container))));
        match self.peek() {
            Some(b'"' | b'{' | b'[' | b'-' | b'0'..=b'9') => diagnostic.help = Some("a comma is missing".to_owned()),
            Some(b'}' | b']') => *diagnostic = self.opened(*diagnostic, open),
            _ => {}
        }
        diagnostic
    }

    /// The string that starts here is not closed, or holds a character that has to be escaped.
    pub(super) fn bad_string(&self, start: usize) -> Fatal {
        let character = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        let message = match character {
            None | Some('\n' | '\r') => "the string is not closed".to_owned(),
            Some(character) => format!(
                "the character U+{:04X} has to be escaped in a string",
                u32::from(character)
            ),
        };
        let diagnostic = Diagnostic::new(Code::SyntaxError, message);
        Box::new(match character {
            None | Some('\n' | '\r') => diagnostic
                .at(self.tree.location(start, self.at))
                .help("a line break inside a string is written `\\n`"),
            Some(character) => diagnostic
                .at(self.tree.location(self.at, self.at + character.len_utf8()))
                .help(format!("write `\\u{:04x}`", u32::from(character))),
        })
    }

    /// The text from `start` to here looks like a number and is none.
    pub(super) fn bad_number(&self, start: usize) -> Fatal {
        let text = self.text.get(start..self.at).unwrap_or_default();
        let digits = text.trim_start_matches('-');
        let mut diagnostic = Diagnostic::new(Code::SyntaxError, format!("`{text}` is not a number of JSON"))
            .at(self.tree.location(start, self.at));
        if digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            diagnostic = diagnostic.help("numbers have no leading zeros");
        }
        Box::new(diagnostic)
    }

    fn opened(&self, diagnostic: Diagnostic, open: Open) -> Diagnostic {
        let name = match open.container {
            Container::Array => "`[`",
            Container::Object => "`{`",
        };
        let location = self.tree.location(open.start, open.start + 1);
        diagnostic.related(location, format!("this {name} is not closed"))
    }

    /// What stands here, in words, and its length in bytes.
    fn found(&self) -> (String, usize) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(first) = rest.chars().next() else {
            return ("the end of the file".to_owned(), 0);
        };
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let length = match first {
            c if word(c) => rest.find(|c| !word(c)).unwrap_or(rest.len()),
            '"' => return ("a string".to_owned(), 1),
            c => c.len_utf8(),
        };
        match rest.get(..length) {
            Some(found) if length <= 40 => (format!("`{found}`"), length),
            _ => ("a word".to_owned(), length),
        }
    }

    /// The likely cause.
    fn help(&self) -> Option<String> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let before = self.text.get(..self.at).unwrap_or_default().trim_end();
        let word = rest.get(..rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len()));
        let help = match (rest.bytes().next()?, word.unwrap_or_default()) {
            (b'/' | b'#', _) => "JSON has no comments",
            (b'\'', _) => "JSON strings are in double quotes",
            (b'}' | b']', _) if before.ends_with(',') => "JSON has no comma behind the last value",
            (_, "True" | "False") => "JSON has `true` and `false` in lower case",
            (_, "None" | "undefined") => "JSON has `null`",
            (_, "NaN" | "Infinity") => "JSON has no number for it",
            (_, word) if !word.is_empty() && self.tree.expects_key() => "JSON keys are in double quotes",
            _ => return None,
        };
        Some(help.to_owned())
    }
}
