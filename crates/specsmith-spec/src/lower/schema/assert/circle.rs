//! Circles of schemas that refer to each other for the same value: nothing could ever decide them, so they are cut.

use std::collections::BTreeSet;

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{Assertion, Assertions, AssertionsId};

use crate::{Node, lower::context::Context};

impl<'d> Context<'d, '_> {
    /// The schemas that assertions refer to, without circles that no value leads out of.
    pub(in crate::lower) fn take_assertions(&mut self) -> Vec<Assertions> {
        let known = &mut self.schema_state.transliterated;
        let mut list = std::mem::take(&mut known.list);
        let nodes: Vec<Node<'d>> = std::mem::take(&mut known.nodes);
        for (from, to) in closing_edges(&list) {
            if let Some(assertions) = list.get_mut(from) {
                cut(assertions, to);
            }
            if let Some(node) = nodes.get(from) {
                let diagnostic = Diagnostic::new(Code::BrokenRef, "this schema refers to itself for the same value");
                self.report(diagnostic.at(node.location()).label("the repetition is ignored"));
            }
        }
        list
    }
}

/// References that lead back to a schema on the way to them.
fn closing_edges(list: &[Assertions]) -> Vec<(usize, AssertionsId)> {
    let mut edges = Vec::new();
    let mut done = BTreeSet::new();
    for start in 0..list.len() {
        let mut path = BTreeSet::new();
        let mut stack = vec![(start, None)];
        while let Some((index, entered)) = stack.pop() {
            if entered.is_some() {
                path.remove(&index);
                done.insert(index);
                continue;
            }
            if done.contains(&index) || !path.insert(index) {
                continue;
            }
            stack.push((index, Some(())));
            for to in list.get(index).map(same_value).unwrap_or_default() {
                let next = usize::try_from(to.0).unwrap_or(usize::MAX);
                if path.contains(&next) {
                    edges.push((index, to));
                } else {
                    stack.push((next, None));
                }
            }
        }
    }
    edges
}

/// What a schema refers to for the value itself, not for its items or members.
fn same_value(assertions: &Assertions) -> Vec<AssertionsId> {
    let mut found = Vec::new();
    let mut open = vec![assertions];
    while let Some(Assertions(list)) = open.pop() {
        for assertion in list {
            match assertion {
                Assertion::Refer(id) => found.push(*id),
                Assertion::All(all) | Assertion::Any(all) | Assertion::One(all) => open.extend(all),
                Assertion::Not(not) => open.push(not),
                Assertion::If {
                    condition,
                    then,
                    otherwise,
                } => open.extend([&**condition, &**then, &**otherwise]),
                Assertion::Members(members) => open.extend(members.dependents.iter().map(|(_, then)| then)),
                _ => {}
            }
        }
    }
    found
}

/// Takes a reference out of a schema, wherever it stands for the value itself.
fn cut(assertions: &mut Assertions, target: AssertionsId) {
    let mut open = vec![assertions];
    while let Some(Assertions(list)) = open.pop() {
        list.retain(|assertion| *assertion != Assertion::Refer(target));
        for assertion in list {
            match assertion {
                Assertion::All(all) | Assertion::Any(all) | Assertion::One(all) => open.extend(all),
                Assertion::Not(not) => open.push(not),
                Assertion::If {
                    condition,
                    then,
                    otherwise,
                } => open.extend([&mut **condition, &mut **then, &mut **otherwise]),
                Assertion::Members(members) => open.extend(members.dependents.iter_mut().map(|(_, then)| then)),
                _ => {}
            }
        }
    }
}
