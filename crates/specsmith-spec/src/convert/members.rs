//! The members of an object of the new document while it is put together.

use specsmith_diagnostics::Location;

use super::Converter;
use crate::{Key, NodeId};

/// The members of an object of the new document while it is put together.
#[derive(Debug, Default)]
pub(super) struct Members {
    /// The members so far.
    pub list: Vec<(Key, NodeId)>,
}

impl Members {
    /// Adds a member.
    pub(super) fn put(&mut self, name: &str, location: Location, value: NodeId) {
        let name = name.to_owned();
        self.list.push((Key { name, location }, value));
    }

    /// Whether there is a member of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.list.iter().any(|(key, _)| key.name == name)
    }
}

impl Converter<'_, '_> {
    /// A string.
    pub(super) fn text(&mut self, location: Location, text: &str) -> NodeId {
        self.tree.string(location, text.to_owned())
    }

    /// An object of strings and booleans, all of the same place.
    pub(super) fn words(&mut self, location: Location, words: &[(&str, Word<'_>)]) -> NodeId {
        let mut members = Members::default();
        self.put_words(&mut members, location, words);
        self.tree.object(location, members.list)
    }

    /// Adds strings and booleans, all of the same place, to an object.
    pub(super) fn put_words(&mut self, members: &mut Members, location: Location, words: &[(&str, Word<'_>)]) {
        for (name, word) in words {
            let value = match word {
                Word::Text(text) => self.text(location, text),
                Word::Flag(flag) => self.tree.boolean(location, *flag),
            };
            members.put(name, location, value);
        }
    }
}

/// A string or boolean.
#[derive(Debug, Clone, Copy)]
pub(super) enum Word<'t> {
    /// A string.
    Text(&'t str),
    /// A boolean.
    Flag(bool),
}
