//! Patterns that run in time linear in the text.

use std::sync::OnceLock;

use regex::Regex;

use super::rule::Matcher;

/// A pattern that runs in time linear in the text; it is compiled when it is first needed.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    written: &'static str,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern, and how the document writes it.
    pub const fn new(text: &'static str, written: &'static str) -> Self {
        Self {
            text,
            written,
            regex: OnceLock::new(),
        }
    }
}

impl Matcher for Pattern {
    fn is_match(&self, text: &str) -> Option<bool> {
        let regex = self.regex.get_or_init(|| Regex::new(self.text).ok());
        regex.as_ref().map(|regex| regex.is_match(text))
    }

    fn written(&self) -> &'static str {
        self.written
    }
}
