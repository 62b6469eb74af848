//! The pairs of a query or of cookies.

use std::ops::Range;

use super::percent::{self, Plus};

/// Names and values in the order in which they were sent. One text holds them all, so that many pairs take no more memory
/// from the system than one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pairs {
    text: String,
    list: Vec<[Range<usize>; 2]>,
}

impl Pairs {
    /// The pairs of a query: names decoded, values as they were sent.
    pub(crate) fn of_query(query: &str) -> Self {
        let mut pairs = Self {
            text: String::with_capacity(query.len()),
            list: Vec::with_capacity(percent::pairs(query).count()),
        };
        for (name, value) in percent::pairs(query) {
            let decoded = percent::decode(name, Plus::Space);
            pairs.push(decoded.as_deref().unwrap_or(name), value);
        }
        pairs
    }

    /// Adds a pair behind the others.
    pub(crate) fn push(&mut self, name: &str, value: &str) {
        let places = [name, value].map(|part| {
            let start = self.text.len();
            self.text.push_str(part);
            start..self.text.len()
        });
        self.list.push(places);
    }

    /// Each name with its value.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let text = |place: &Range<usize>| self.text.get(place.clone()).unwrap_or_default();
        self.list
            .iter()
            .map(move |[name, value]| (text(name), text(value)))
    }

    /// The values of a name.
    pub(crate) fn values<'p>(&'p self, name: &str) -> impl Iterator<Item = &'p str> {
        self.iter()
            .filter(move |(other, _)| *other == name)
            .map(|(_, value)| value)
    }
}
