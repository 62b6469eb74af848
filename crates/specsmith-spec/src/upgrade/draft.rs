//! The members of an object while they are changed; those that are kept stay in their order.

use specsmith_diagnostics::Location;

use super::plan::{Meaning, Plan, meaning};
use crate::{Key, Node, grammar::Kind};

/// The members of a new object.
pub(super) struct Draft<'d> {
    pub members: Vec<(Key, Plan<'d>)>,
}

impl<'d> Draft<'d> {
    /// The members of an object as its kind has them.
    pub(super) fn of(node: Node<'d>, kind: Kind) -> Self {
        let members = node
            .members()
            .map(|(key, child)| (key.clone(), Plan::Later(child, meaning(kind, &key.name))));
        Self {
            members: members.collect(),
        }
    }

    /// The members of a Reference Object.
    pub(super) fn of_reference(node: Node<'d>) -> Self {
        let members = node.members().map(|(key, child)| {
            let meaning = if key.name == "$ref" {
                Meaning::Reference
            } else {
                Meaning::Verbatim
            };
            (key.clone(), Plan::Later(child, meaning))
        });
        Self {
            members: members.collect(),
        }
    }

    /// Takes a member out.
    pub(super) fn take(&mut self, name: &str) -> Option<(Key, Plan<'d>)> {
        let position = self.position(name)?;
        Some(self.members.remove(position))
    }

    /// Gives a member another name and value; without effect where there is none.
    pub(super) fn replace(&mut self, name: &str, new_name: &str, value: Plan<'d>) {
        let position = self.position(name);
        if let Some((key, plan)) = position.and_then(|position| self.members.get_mut(position)) {
            new_name.clone_into(&mut key.name);
            *plan = value;
        }
    }

    /// Changes the value of a member; without effect where there is none.
    pub(super) fn edit(&mut self, name: &str, change: impl FnOnce(Plan<'d>) -> Plan<'d>) {
        let position = self.position(name);
        if let Some((key, plan)) = position.and_then(|position| self.members.get_mut(position)) {
            let old = std::mem::replace(plan, Plan::Array(key.location, Vec::new()));
            *plan = change(old);
        }
    }

    /// Adds a member at the end.
    pub(super) fn push(&mut self, name: &str, location: Location, value: Plan<'d>) {
        let key = Key {
            name: name.to_owned(),
            location,
        };
        self.members.push((key, value));
    }

    /// Takes out the members for which the predicate holds.
    pub(super) fn split(&mut self, mut is_taken: impl FnMut(&str) -> bool) -> Vec<(Key, Plan<'d>)> {
        let members = std::mem::take(&mut self.members);
        let (taken, kept) = members.into_iter().partition(|(key, _)| is_taken(&key.name));
        self.members = kept;
        taken
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.members.iter().position(|(key, _)| key.name == name)
    }
}
