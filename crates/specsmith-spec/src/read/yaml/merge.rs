//! Merge keys: `<<` takes over the members of other mappings that the mapping does not have itself.

use std::collections::BTreeSet;

use specsmith_diagnostics::{Code, Diagnostic};

use super::Reader;
use crate::{Key, NodeId};

impl Reader<'_, '_> {
    /// Replaces the members of the innermost object at these positions by those of the mappings that they hold.
    pub(super) fn merge(&mut self, positions: &[usize]) {
        let members = self.tree.take_members();
        let merged = |position: &usize| positions.binary_search(position).is_ok();
        let own = (0..).zip(&members).filter(|(position, _)| !merged(position));
        let mut names: BTreeSet<String> = own.map(|(_, (key, _))| key.name.clone()).collect();
        let mut all = Vec::with_capacity(members.len());
        for (position, (key, node)) in members.into_iter().enumerate() {
            if !merged(&position) {
                all.push((key, node));
                continue;
            }
            for (key, node) in self.merged_members(&key, node) {
                if names.insert(key.name.clone()) {
                    all.push((key, node));
                }
            }
        }
        self.tree.put_members(all);
    }

    /// The members of the mapping, or of the mappings in the sequence, that `<<` has as its value.
    fn merged_members(&mut self, key: &Key, value: NodeId) -> Vec<(Key, NodeId)> {
        let builder = &self.tree.builder;
        let mappings = builder.items(value).unwrap_or(std::slice::from_ref(&value));
        let mut members = Vec::new();
        for mapping in mappings {
            let Some(found) = builder.members(*mapping) else {
                let diagnostic = Diagnostic::new(Code::UnsupportedYaml, "`<<` merges mappings, and this is none")
                    .at(builder.location(*mapping))
                    .related(key.location, "merged here");
                self.tree.diagnostics.report(diagnostic);
                continue;
            };
            members.extend_from_slice(found);
        }
        members
    }
}
