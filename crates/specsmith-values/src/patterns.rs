//! Patterns of documents as engines run them, compiled once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use specsmith_rust::model::Engine;

/// How often the engine may turn back before it gives up.
const MAX_BACKTRACKS: usize = 100_000;

/// Patterns that were compiled, by how documents write them.
#[derive(Debug, Default)]
pub struct Patterns(Mutex<BTreeMap<String, Option<Arc<Compiled>>>>);

#[derive(Debug)]
enum Compiled {
    Linear(regex::Regex),
    Backtracking(fancy_regex::Regex),
}

impl Patterns {
    /// Whether a text matches a pattern somewhere; `None` where no engine runs the pattern, or not in time.
    pub fn is_match(&self, pattern: &str, text: &str) -> Option<bool> {
        match &*self.compiled(pattern)? {
            Compiled::Linear(regex) => Some(regex.is_match(text)),
            Compiled::Backtracking(regex) => regex.is_match(text).ok(),
        }
    }

    fn compiled(&self, pattern: &str) -> Option<Arc<Compiled>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(compiled) = known.get(pattern) {
            return compiled.clone();
        }
        let compiled = compile(pattern).map(Arc::new);
        known.insert(pattern.to_owned(), compiled.clone());
        compiled
    }
}

fn compile(pattern: &str) -> Option<Compiled> {
    let translated = specsmith_rust::translate_pattern(pattern).ok()?;
    Some(match translated.engine {
        Engine::Linear => Compiled::Linear(regex::Regex::new(&translated.text).ok()?),
        Engine::Backtracking => {
            let mut builder = fancy_regex::RegexBuilder::new(&translated.text);
            Compiled::Backtracking(builder.backtrack_limit(MAX_BACKTRACKS).build().ok()?)
        }
    })
}
