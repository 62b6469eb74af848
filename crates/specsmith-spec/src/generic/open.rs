//! Which schemas leave places open, and which say what belongs there.

use std::collections::{BTreeMap, BTreeSet};

use super::Bindings;
use crate::resource::{self, Fragment, Meant, Reference, Resources};
use crate::{Document, Node, NodeId};

/// How many nodes are looked at to find out what a schema leaves open.
const MAX_LOOKED_AT: usize = 2_000_000;

/// What is known about the open places of a document.
pub(super) struct Open<'d> {
    document: &'d Document,
    resources: Resources,
    /// The names of all open places.
    names: BTreeSet<String>,
    /// What each schema that is referred to leaves open.
    left: BTreeMap<NodeId, BTreeSet<String>>,
    looked_at: usize,
}

impl<'d> Open<'d> {
    /// `None` where no place is left open, or nothing says what belongs there.
    pub(super) fn new(document: &'d Document) -> Option<Self> {
        let text = |node: Node<'d>, keyword: &str| node.get(keyword).and_then(Node::as_str);
        let objects = || document.nodes().filter(|node| node.is_object());
        let names: BTreeSet<String> = objects()
            .filter_map(|node| dynamic_name(node).map(str::to_owned))
            .collect();
        let anchors = objects().filter_map(|node| text(node, "$dynamicAnchor"));
        let bound = anchors.filter(|name| names.contains(*name)).count();
        (!names.is_empty() && bound > 0).then(|| Self {
            document,
            resources: Resources::of_text(document),
            names,
            left: BTreeMap::new(),
            looked_at: 0,
        })
    }

    /// What a schema itself says about open places: by its own anchor, and those of its definitions.
    pub(super) fn bindings(&self, node: Node<'d>) -> Bindings {
        let defined = node.get("$defs").into_iter().flat_map(Node::members);
        let candidates = std::iter::once(node).chain(defined.map(|(_, node)| node));
        let mut bindings = Bindings::new();
        for candidate in candidates {
            if let Some(name) = candidate.get("$dynamicAnchor").and_then(Node::as_str)
                && self.names.contains(name)
            {
                let pointer = candidate.pointer().replace('%', "%25");
                bindings.entry(name.to_owned()).or_insert(format!("#{pointer}"));
            }
        }
        bindings
    }

    /// What the open place of a schema becomes.
    pub(super) fn bound<'b>(&self, node: Node<'d>, bindings: &'b Bindings) -> Option<&'b str> {
        let name = dynamic_name(node)?;
        let pointer = bindings.get(name)?;
        // A name that is only an `$anchor` where the reference stands means that anchor.
        let (resource, _) = self.resources.base(node);
        let near = self.resources.anchor(resource, name).map(|id| self.document.node(id));
        let is_plain = near.is_some_and(|near| near.get("$dynamicAnchor").and_then(Node::as_str) != Some(name));
        (!is_plain).then_some(pointer)
    }

    /// The schema that a schema refers to, where it leaves places open that are bound.
    pub(super) fn generic(&mut self, node: Node<'d>, bindings: &Bindings) -> Option<Node<'d>> {
        if bindings.is_empty() {
            return None;
        }
        let target = self.target(node)?;
        // What it says itself about its places needs no copy.
        let own = self.bindings(target);
        let mut left = self.left_open(target).into_iter();
        let is_bound = left.any(|name| {
            let bound = bindings.get(&name);
            bound.is_some() && bound != own.get(&name)
        });
        is_bound.then_some(target)
    }

    /// The names of the places that a schema and what it refers to leave open.
    fn left_open(&mut self, start: Node<'d>) -> BTreeSet<String> {
        if let Some(known) = self.left.get(&start.id()) {
            return known.clone();
        }
        let mut names = BTreeSet::new();
        let mut seen = BTreeSet::from([start.id()]);
        let mut open = vec![start];
        while let Some(node) = open.pop() {
            self.looked_at += 1;
            if self.looked_at > MAX_LOOKED_AT {
                break;
            }
            names.extend(dynamic_name(node).map(str::to_owned));
            let inside = node.items().chain(node.members().map(|(_, child)| child));
            open.extend(inside);
            if let Some(target) = self.target(node)
                && seen.insert(target.id())
            {
                open.push(target);
            }
        }
        self.left.insert(start.id(), names.clone());
        names
    }

    /// The node that the `$ref` of a schema means; what stands in other files was taken in before.
    fn target(&self, node: Node<'d>) -> Option<Node<'d>> {
        let text = node.get("$ref")?.as_str()?;
        let Reference { address, fragment } = Reference::parse(text).ok()?;
        let Ok(Meant::Inside(resource)) = self.resources.meant(node, address) else {
            return None;
        };
        let base = self.document.node(resource);
        let found = match fragment {
            Fragment::Whole => Some(base),
            Fragment::Anchor(name) => self.resources.anchor(resource, &name).map(|id| self.document.node(id)),
            Fragment::Pointer(steps) => resource::walk(base, &steps)
                .or_else(|_| resource::walk(self.document.root(), &steps))
                .ok(),
        };
        found.filter(|found| found.is_object())
    }
}

/// The name of the place that a schema leaves open.
fn dynamic_name(node: Node<'_>) -> Option<&str> {
    let name = node.get("$dynamicRef")?.as_str()?.strip_prefix('#')?;
    (!name.is_empty() && !name.starts_with('/')).then_some(name)
}
