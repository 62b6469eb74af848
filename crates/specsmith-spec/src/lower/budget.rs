//! How much a document may multiply what it shares: components that many operations use, parameters of a path.
//!
//! The model holds a copy for each use, so without a limit a small document could take any amount of memory.

use std::collections::BTreeMap;

use specsmith_diagnostics::{Code, Diagnostic, Location};
use specsmith_ir::Owner;

use super::context::Context;
use crate::{Node, NodeId, NodeKind};

/// How many bytes copies may have in all.
const LIMIT: usize = 256 << 20;
/// What a value costs beside its text.
const VALUE: usize = 32;

/// What was spent so far.
#[derive(Debug, Default)]
pub(super) struct Budget {
    spent: usize,
    /// The weights of nodes that were asked for.
    weights: BTreeMap<NodeId, usize>,
}

impl<'d> Context<'d, '_> {
    /// Whether a copy of so many bytes is within the limit; reports it when the limit is reached.
    pub(super) fn afford(&mut self, bytes: usize, place: Location) -> bool {
        let before = self.budget.spent;
        self.budget.spent = before.saturating_add(bytes);
        if before <= LIMIT && self.budget.spent > LIMIT {
            let message = "what this document uses more than once adds up to too much";
            self.report(
                Diagnostic::new(Code::LimitExceeded, message)
                    .at(place)
                    .help("what is used from here on is left out"),
            );
        }
        self.budget.spent <= LIMIT
    }

    /// Whether a copy of what a reference points to is within the limit.
    pub(super) fn afford_copy(&mut self, reference: Node<'d>, target: Node<'d>) -> bool {
        if reference == target {
            return true;
        }
        let bytes = self.weight(target);
        self.afford(bytes, reference.location())
    }

    /// Whether a copy of the name of an owner is within the limit.
    pub(super) fn afford_name(&mut self, owner: &Owner, place: Location) -> bool {
        match owner {
            Owner::Component(_, name) => self.afford(name.len(), place),
            Owner::Operation(_) | Owner::Type(_) => true,
        }
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
