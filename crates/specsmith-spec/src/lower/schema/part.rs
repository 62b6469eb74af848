//! `$ref` and `allOf` unfolded: the Schema Objects that must hold together.

use std::collections::BTreeSet;

use specsmith_diagnostics::{Code, Diagnostic, Location};

use super::referent::{KEYWORDS, refers};
use crate::lower::context::Context;
use crate::{Key, Node, NodeId};

/// A Schema Object as one of several that must hold together, perhaps without some of its keywords.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'d> {
    /// The Schema Object.
    pub node: Node<'d>,
    /// What does not count.
    hidden: Hidden,
}

/// Tells parts apart.
pub(super) type PartKey = (NodeId, Hidden);

/// Which keywords of a part do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Hidden(u8);

impl Hidden {
    /// `$ref`, `allOf` and unions of a single branch, because what they lead to stands beside this part.
    const UNFOLDED: Hidden = Hidden(1);
    const ONE_OF: Hidden = Hidden(2);
    const ANY_OF: Hidden = Hidden(4);
    const DISCRIMINATOR: Hidden = Hidden(8);

    fn contains(self, other: Hidden) -> bool {
        self.0 & other.0 != 0
    }

    fn of(keyword: &str) -> Hidden {
        match keyword {
            "oneOf" => Hidden::ONE_OF,
            "anyOf" => Hidden::ANY_OF,
            "discriminator" => Hidden::DISCRIMINATOR,
            _ => Hidden::default(),
        }
    }
}

impl<'d> Part<'d> {
    /// All of a Schema Object, with what it refers to.
    pub(super) fn whole(node: Node<'d>) -> Self {
        Self {
            node,
            hidden: Hidden::default(),
        }
    }

    /// Whether nothing is hidden and nothing is unfolded.
    pub(super) fn is_whole(&self) -> bool {
        self.hidden == Hidden::default()
    }

    /// Whether what it refers to stands beside it.
    pub(super) fn is_unfolded(&self) -> bool {
        self.hidden.contains(Hidden::UNFOLDED)
    }

    /// The part without one of `oneOf`, `anyOf` and `discriminator`.
    pub(super) fn without(mut self, keyword: &str) -> Self {
        self.hidden.0 |= Hidden::of(keyword).0;
        self
    }

    /// Tells it apart.
    pub(super) fn key(&self) -> PartKey {
        (self.node.id(), self.hidden)
    }

    /// The value of a keyword that counts.
    pub(super) fn get(&self, keyword: &str) -> Option<Node<'d>> {
        self.entry(keyword).map(|(_, node)| node)
    }

    /// A keyword that counts and its value.
    pub(super) fn entry(&self, keyword: &str) -> Option<(&'d Key, Node<'d>)> {
        if self.hidden.contains(Hidden::of(keyword)) {
            return None;
        }
        self.node.entry(keyword)
    }

    fn unfolded(mut self) -> Self {
        self.hidden.0 |= Hidden::UNFOLDED.0;
        self
    }
}

enum Visit<'d> {
    Enter(Part<'d>, Location),
    Emit(Part<'d>),
    Leave(NodeId),
}

impl<'d> Context<'d, '_> {
    /// The Schema Objects that must hold for `roots` to hold, each once, in the order of the document.
    ///
    /// A schema that reaches itself through `allOf` is reported, and counts once.
    pub(super) fn unfold(&mut self, roots: &[Part<'d>]) -> Vec<Part<'d>> {
        let unfolded = roots.iter().filter(|part| part.is_unfolded());
        let mut seen: BTreeSet<NodeId> = unfolded.map(|part| part.node.id()).collect();
        let mut open = BTreeSet::new();
        let mut out = Vec::new();
        let enter = |part: &Part<'d>| Visit::Enter(*part, part.node.location());
        let mut stack: Vec<Visit<'d>> = roots.iter().rev().map(enter).collect();
        while let Some(visit) = stack.pop() {
            match visit {
                Visit::Emit(part) => out.push(part),
                Visit::Leave(id) => {
                    open.remove(&id);
                }
                Visit::Enter(part, _) if part.is_unfolded() => out.push(part),
                Visit::Enter(part, via) => {
                    let id = part.node.id();
                    if open.contains(&id) {
                        self.report(recursive(via));
                    } else if seen.insert(id) && self.spend(1, part.node) {
                        open.insert(id);
                        stack.push(Visit::Leave(id));
                        self.push_members(part, &mut stack);
                    }
                }
            }
        }
        out
    }

    /// Pushes a part and what it refers to, so that they come off the stack in the order of the document.
    fn push_members(&mut self, part: Part<'d>, stack: &mut Vec<Visit<'d>>) {
        let sole = self.sole_branches(part.node);
        let members = self.conjuncts(part.node, &sole);
        // What it refers to stands beside it, so a union of a single branch limits nothing here.
        let part = sole.iter().fold(part, |part, (keyword, _)| part.without(keyword));
        let visits = members
            .into_iter()
            .map(|(node, via)| Visit::Enter(Part::whole(node), via));
        if own_fields_first(part.node) {
            stack.extend(visits.rev());
            stack.push(Visit::Emit(part.unfolded()));
        } else {
            stack.push(Visit::Emit(part.unfolded()));
            stack.extend(visits.rev());
        }
    }

    /// The schemas that must hold beside the keywords of this one, and where it says so.
    fn conjuncts(&mut self, node: Node<'d>, sole: &[(&'static str, Node<'d>)]) -> Vec<(Node<'d>, Location)> {
        let mut out = Vec::new();
        if refers(node)
            && let Some(target) = self.referent(node)
        {
            let keyword = KEYWORDS.iter().find_map(|keyword| node.get(keyword));
            out.push((target, keyword.unwrap_or(node).location()));
        }
        if let Some(members) = node.get("allOf") {
            out.extend(members.items().map(|member| (member, member.location())));
        }
        out.extend(sole.iter().map(|(_, branch)| (*branch, branch.location())));
        out
    }

    /// The unions of a schema that have a single branch beside `null`, with that branch.
    fn sole_branches(&mut self, node: Node<'d>) -> Vec<(&'static str, Node<'d>)> {
        if node.get("discriminator").is_some() {
            return Vec::new();
        }
        ["oneOf", "anyOf"]
            .into_iter()
            .filter_map(|keyword| Some((keyword, self.sole_branch(node, keyword)?.0)))
            .collect()
    }
}

/// Whether the properties of a schema stand before what it refers to.
fn own_fields_first(node: Node<'_>) -> bool {
    let position = |names: &[&str]| node.members().position(|(key, _)| names.contains(&key.name.as_str()));
    match (position(&["properties"]), position(&["allOf", "$ref"])) {
        (Some(own), Some(other)) => own < other,
        _ => false,
    }
}

fn recursive(location: Location) -> Diagnostic {
    Diagnostic::new(Code::RecursiveAllOf, "this schema contains itself through `allOf`")
        .at(location)
        .label("leads back to the schema it stands in")
        .help("the repetition is ignored; refer to the schema from a property instead, if it is meant to nest")
}
