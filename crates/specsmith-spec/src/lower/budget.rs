//! What lowering may cost: how much a document may multiply what it shares, and how many names are compared.
//!
//! The model holds a copy for each use of a component and of what a path says, so without a limit a small document
//! could take any amount of memory.

use std::collections::BTreeMap;

use specsmith_diagnostics::{Location, closest};
use specsmith_ir::Owner;

use super::context::Context;
use crate::{Node, NodeId, NodeKind};

/// How many names are compared in all to suggest one for a name that is unknown.
const SUGGESTIONS: usize = 500_000;
/// What a value costs beside its text.
const VALUE: usize = 32;

/// What was spent so far.
#[derive(Debug, Default)]
pub(super) struct Budget {
    spent: usize,
    /// The weights of nodes that were asked for.
    weights: BTreeMap<NodeId, usize>,
    /// How many names were compared.
    compared: usize,
}

impl<'d> Context<'d, '_> {
    /// Whether a copy of so many bytes is within the limit; reports it when the limit is reached.
    pub(crate) fn afford(&mut self, bytes: usize, place: Location) -> bool {
        let before = self.budget.spent;
        self.budget.spent = before.saturating_add(bytes);
        let limit = self.limits.copied;
        if before <= limit && self.budget.spent > limit {
            let message = "what this document uses more than once adds up to too much";
            let diagnostic = self.limits.exceeded("copied", message).at(place);
            self.report(diagnostic.label("used once more here"));
        }
        self.budget.spent <= limit
    }

    /// Whether a copy of what a reference points to is within the limit.
    pub(crate) fn afford_copy(&mut self, reference: Node<'d>, target: Node<'d>) -> bool {
        if reference == target {
            return true;
        }
        let bytes = self.weight(target);
        self.afford(bytes, reference.location())
    }

    /// Whether a copy of the name of an owner is within the limit.
    pub(super) fn afford_name(&mut self, owner: &Owner, place: Location) -> bool {
        match owner {
            Owner::Callback(_, name) | Owner::Component(_, name) => self.afford(name.len(), place),
            Owner::Operation(_) | Owner::Type(_) => true,
        }
    }

    /// The name that was probably meant by one that is unknown, as long as looking for it has not cost too much.
    pub(super) fn suggest<'n>(&mut self, name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        let left = SUGGESTIONS.saturating_sub(self.budget.compared);
        let compared = &mut self.budget.compared;
        closest(name, names.into_iter().take(left).inspect(|_| *compared += 1))
    }

    /// About how many bytes a copy of a value takes.
    pub(super) fn weight(&mut self, node: Node<'d>) -> usize {
        if let Some(known) = self.budget.weights.get(&node.id()) {
            return *known;
        }
        let mut weight = 0_usize;
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            let text = match node.kind() {
                NodeKind::String(text) => text.len(),
                NodeKind::Number(number) => number.as_str().len(),
                _ => 0,
            };
            weight = weight.saturating_add(VALUE + text);
            open.extend(node.items());
            for (key, value) in node.members() {
                weight = weight.saturating_add(key.name.len());
                open.push(value);
            }
        }
        self.budget.weights.insert(node.id(), weight);
        weight
    }
}
