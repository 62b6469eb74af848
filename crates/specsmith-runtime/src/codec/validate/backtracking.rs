//! Patterns that look around or refer back, which no engine runs in linear time.

use std::sync::OnceLock;

use fancy_regex::{Regex, RegexBuilder};

use super::rule::Matcher;

/// How often the engine may turn back before it gives up.
const MAX_BACKTRACKS: usize = 100_000;

/// A pattern that looks around or refers back; it is compiled when it is first needed, and gives up after a while.
#[derive(Debug)]
pub struct Backtracking {
    text: &'static str,
    written: &'static str,
    regex: OnceLock<Option<Regex>>,
}

impl Backtracking {
    /// A pattern, and how the document writes it.
    pub const fn new(text: &'static str, written: &'static str) -> Self {
        Self {
            text,
            written,
            regex: OnceLock::new(),
        }
    }
}

impl Matcher for Backtracking {
    fn is_match(&self, text: &str) -> Option<bool> {
        let build = || {
            RegexBuilder::new(self.text)
                .backtrack_limit(MAX_BACKTRACKS)
                .build()
        };
        let regex = self.regex.get_or_init(|| build().ok());
        regex.as_ref().and_then(|regex| regex.is_match(text).ok())
    }

    fn written(&self) -> &'static str {
        self.written
    }
}
