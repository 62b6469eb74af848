//! References to schemas that stand elsewhere in the new document.

use std::collections::{BTreeMap, BTreeSet};

use super::{Upgrade, draft::Draft, plan::Plan};
use crate::{
    Document, Node, NodeId,
    pointer::{fragment, percent_decode, steps},
};

/// How many references are followed to see what a schema is.
const PEEK_LIMIT: usize = 32;

impl<'d> Upgrade<'d> {
    /// The text of a reference.
    pub(super) fn reference(&mut self, node: Node<'d>, text: &str) -> Plan<'d> {
        if let Some(target) = self.target(text) {
            self.references.push((node.id(), target));
        }
        match self.moved.get(&node.id()).cloned() {
            Some(text) => self.text(node.location(), text),
            None => self.verbatim(node),
        }
    }

    /// `$ref` in place of `$recursiveRef`, which JSON Schema 2020-12 does not have.
    pub(super) fn recursion(&mut self, node: Node<'d>, draft: &mut Draft<'d>) {
        if node.get("$recursiveAnchor").and_then(Node::as_bool).is_some() {
            draft.take("$recursiveAnchor");
        }
        let Some(value) = node.get("$recursiveRef").filter(|value| value.as_str() == Some("#")) else {
            return;
        };
        let Some(target) = recursive(node).filter(|_| node.get("$ref").is_none()) else {
            return;
        };
        self.references.push((value.id(), target));
        let text = self.moved.get(&value.id()).cloned();
        let text = self.text(value.location(), text.unwrap_or_else(|| fragment(&target.pointer())));
        draft.replace("$recursiveRef", "$ref", text);
    }

    /// The texts of references whose targets have other pointers in the new document.
    pub(super) fn moved(&self, upgraded: &Document) -> BTreeMap<NodeId, String> {
        let mut pointers: BTreeMap<NodeId, Option<String>> = BTreeMap::new();
        let mut moved = BTreeMap::new();
        for (text, target) in &self.references {
            let pointer = pointers.entry(target.id()).or_insert_with(|| {
                let new = upgraded.node(*self.built.get(&target.id())?).pointer();
                (new != target.pointer()).then(|| fragment(&new))
            });
            if let Some(pointer) = pointer {
                moved.insert(*text, pointer.clone());
            }
        }
        moved
    }

    /// The value of this document that a reference means.
    pub(super) fn target(&self, reference: &str) -> Option<Node<'d>> {
        let pointer = percent_decode(reference.strip_prefix('#')?)?;
        if !pointer.starts_with('/') {
            return None;
        }
        steps(&pointer)?.iter().try_fold(self.document.root(), |node, step| {
            if node.is_array() {
                node.items().nth(step.parse().ok()?)
            } else {
                node.get(step)
            }
        })
    }

    /// A schema, and the ones that it refers to one after the other.
    pub(super) fn chain(&self, node: Node<'d>) -> impl Iterator<Item = Node<'d>> {
        let next = |node: &Node<'d>| self.target(node.get("$ref")?.as_str()?);
        std::iter::successors(Some(node), next).take(PEEK_LIMIT)
    }

    /// Whether a reference of the document names this address.
    pub(super) fn is_referred_to(&mut self, address: &str) -> bool {
        let root = self.document.root();
        let addresses = self.addresses.get_or_insert_with(|| addresses(root));
        addresses.contains(address.trim_end_matches('#'))
    }
}

/// What `$recursiveRef` means: the outermost schema with `$recursiveAnchor`, else the named schema that it stands in.
fn recursive(node: Node<'_>) -> Option<Node<'_>> {
    let around: Vec<Node<'_>> = std::iter::successors(node.parent(), |node| node.parent()).collect();
    let anchored = |node: &&Node<'_>| node.get("$recursiveAnchor").and_then(Node::as_bool) == Some(true);
    // Outside of `components/schemas`, nothing is named: root, `components`, `schemas`, schema.
    let named = || around.iter().rev().nth(3).filter(|node| is_named_schema(**node));
    around.iter().rev().find(anchored).or_else(named).copied()
}

fn is_named_schema(node: Node<'_>) -> bool {
    let components = node.parent().and_then(Node::parent);
    let root = components.and_then(Node::parent);
    let schemas = root.and_then(|root| root.get("components")?.get("schemas"));
    schemas.is_some() && schemas == node.parent()
}

/// What references name before `#`.
fn addresses(root: Node<'_>) -> BTreeSet<&str> {
    let mut addresses = BTreeSet::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if let Some(text) = node.get("$ref").and_then(Node::as_str) {
            addresses.insert(text.split_once('#').map_or(text, |(address, _)| address));
        }
        open.extend(node.items());
        open.extend(node.members().map(|(_, child)| child));
    }
    addresses
}
