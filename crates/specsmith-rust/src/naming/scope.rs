//! Scopes in which each name is given once.

use std::collections::{BTreeMap, BTreeSet};

use super::Case;
use crate::Ident;

/// Names that are taken in one place of the generated code.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    case: Case,
    taken: BTreeSet<String>,
    /// The last number that was given to a name.
    numbers: BTreeMap<String, usize>,
}

impl Scope {
    /// A scope of names in this case in which some are taken from the start.
    pub(crate) fn new(case: Case, reserved: &[&[&str]]) -> Self {
        Self {
            case,
            taken: reserved
                .iter()
                .copied()
                .flatten()
                .map(|name| (*name).to_owned())
                .collect(),
            numbers: BTreeMap::new(),
        }
    }

    /// Whether the words make a name that is free.
    pub(crate) fn is_free(&self, words: &[String]) -> bool {
        !self.taken.contains(&self.case.join(words))
    }

    /// The words as a name of this scope, free or not.
    pub(crate) fn ident(&self, words: &[String]) -> Ident {
        Ident::from_name(&self.case.join(words))
    }

    /// Takes just this name; `None` where it is taken.
    pub(crate) fn give(&mut self, name: &str) -> Option<Ident> {
        self.taken.insert(name.to_owned()).then(|| Ident::from_name(name))
    }

    /// Takes the name of the first candidate that is free; where none is, the first candidate with a number from 2.
    ///
    /// Each candidate is a list of words.
    pub(crate) fn claim(&mut self, candidates: &[Vec<String>]) -> Ident {
        for words in candidates {
            let name = self.case.join(words);
            if self.taken.insert(name.clone()) {
                return Ident::from_name(&name);
            }
        }
        let base = candidates.first().map(Vec::as_slice).unwrap_or_default();
        loop {
            let number = self.numbers.entry(self.case.join(base)).or_insert(1);
            *number += 1;
            let mut words = base.to_vec();
            words.push(number.to_string());
            let name = self.case.join(&words);
            if self.taken.insert(name.clone()) {
                return Ident::from_name(&name);
            }
        }
    }
}
