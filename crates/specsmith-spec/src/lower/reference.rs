//! `$ref`: from a reference to the node it means.
//!
//! Only the document itself is looked into: a reference is a JSON pointer, an `$anchor`, or the `$id` of a schema that
//! stands in the document. What it refers to in other files was taken in before; why something could not be had, the
//! document knows.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::{Code, Diagnostic};

use super::context::{Context, Version};
use crate::{
    Node, NodeId, bundle,
    grammar::Kind,
    resource::{self, Fragment, Meant, Reference, Resources, Stray},
};

/// What is known about the references of a document.
#[derive(Debug, Default)]
pub(super) struct References {
    /// The target of each node with `$ref` that was asked for, at the end of its chain.
    resolved: BTreeMap<NodeId, Option<NodeId>>,
    /// The targets one step away.
    followed: BTreeMap<NodeId, Option<NodeId>>,
    /// `$anchor` and `$id` of the document's schemas, found when the first reference is followed.
    resources: Option<Resources>,
    /// How many schemas have a `$dynamicAnchor` of each name, counted when the first is asked for.
    dynamic: Option<BTreeMap<String, usize>>,
}

/// Why a reference leads nowhere.
enum Broken<'d> {
    /// It is blank.
    Empty,
    /// It points into another file or to an address.
    External,
    /// It is not a JSON pointer.
    Syntax(&'static str),
    /// A step of the pointer does not exist.
    Missing(Stray<'d>),
    /// No schema has this anchor.
    Anchor,
}

impl<'d> Context<'d, '_> {
    /// Follows `$ref` to an object of this kind, through chains; a node without `$ref` is itself.
    ///
    /// Returns `None` after reporting it when the reference is broken, leads in a circle, leaves the document or
    /// points to something else.
    pub(crate) fn resolve_to(&mut self, node: Node<'d>, kind: Kind) -> Option<Node<'d>> {
        let document = self.document;
        let mut chain = BTreeSet::new();
        let mut current = node;
        let end = loop {
            if current.get("$ref").is_none() {
                break Some(current.id());
            }
            if let Some(known) = self.references.resolved.get(&current.id()) {
                break *known;
            }
            if !chain.insert(current.id()) {
                self.report_circle(current);
                break None;
            }
            match self.follow_to(current, kind) {
                Some(next) => current = next,
                None => break None,
            }
        };
        for id in chain {
            self.references.resolved.insert(id, end);
        }
        end.map(|id| document.node(id))
    }

    /// The node that a schema's own `$ref` points to, which may have a `$ref` itself.
    ///
    /// Returns `None` after reporting it when the reference is broken.
    pub(crate) fn target(&mut self, node: Node<'d>) -> Option<Node<'d>> {
        self.follow_to(node, Kind::Schema)
    }

    fn follow_to(&mut self, node: Node<'d>, kind: Kind) -> Option<Node<'d>> {
        let document = self.document;
        if let Some(known) = self.references.followed.get(&node.id()) {
            return known.map(|id| document.node(id));
        }
        let target = self.find_target(node, kind);
        self.references.followed.insert(node.id(), target.map(Node::id));
        target
    }

    fn find_target(&mut self, node: Node<'d>, kind: Kind) -> Option<Node<'d>> {
        let value = node.get("$ref")?;
        let Some(reference) = value.as_str() else {
            let message = format!("`$ref` must be a string, not {}", value.kind_name());
            self.report(Diagnostic::new(Code::WrongType, message).at(value.location()));
            return None;
        };
        if self.report_unresolved(value) {
            return None;
        }
        match self.locate(node, reference) {
            Ok(target) => self.is_a(target, kind, value, reference).then_some(target),
            Err(broken) => {
                let diagnostic = self.describe(broken, reference).at(value.location());
                self.report(diagnostic);
                None
            }
        }
    }

    /// The node that the text of a reference means, if there is one; nothing is reported.
    pub(crate) fn find(&mut self, node: Node<'d>, reference: &str) -> Option<Node<'d>> {
        match self.document.unresolved(node.location()) {
            Some(_) => None,
            None => self.locate(node, reference).ok(),
        }
    }

    /// Reports why a reference has no target, if taking in other files has found that out.
    pub(crate) fn report_unresolved(&mut self, reference: Node<'d>) -> bool {
        let known = self.document.unresolved(reference.location()).cloned();
        let is_known = known.is_some();
        known.into_iter().for_each(|diagnostic| self.report(diagnostic));
        is_known
    }

    /// The node that a reference of `node` means.
    fn locate(&mut self, node: Node<'d>, reference: &str) -> Result<Node<'d>, Broken<'d>> {
        let document = self.document;
        if reference.trim().is_empty() {
            return Err(Broken::Empty);
        }
        let Reference { address, fragment } = Reference::parse(reference).map_err(Broken::Syntax)?;
        let resources = self
            .references
            .resources
            .get_or_insert_with(|| Resources::of_text(document));
        let Ok(Meant::Inside(resource)) = resources.meant(node, address) else {
            return Err(Broken::External);
        };
        let base = document.node(resource);
        match fragment {
            Fragment::Whole => Ok(base),
            Fragment::Anchor(name) => {
                let schema = resources.anchor(resource, &name);
                schema.map(|id| document.node(id)).ok_or(Broken::Anchor)
            }
            Fragment::Pointer(steps) => {
                // A schema with an `$id` is a document of its own; many authors mean the whole file all the same.
                let found = resource::walk(base, &steps).or_else(|stray| match address {
                    "" => resource::walk(document.root(), &steps),
                    _ => Err(stray),
                });
                found.map_err(Broken::Missing)
            }
        }
    }

    /// How many schemas of the document have a `$dynamicAnchor` of this name.
    pub(super) fn dynamic_anchors(&mut self, name: &str) -> usize {
        let document = self.document;
        let counts = self.references.dynamic.get_or_insert_with(|| {
            let mut counts = BTreeMap::new();
            let mut open = vec![document.root()];
            while let Some(node) = open.pop() {
                if let Some(name) = node.get("$dynamicAnchor").and_then(Node::as_str) {
                    *counts.entry(name.to_owned()).or_default() += 1;
                }
                open.extend(node.items());
                open.extend(node.members().map(|(_, value)| value));
            }
            counts
        });
        counts.get(name).copied().unwrap_or(0)
    }

    fn describe(&mut self, broken: Broken<'_>, reference: &str) -> Diagnostic {
        let schemas = match self.version {
            Version::V2_0 => "#/definitions",
            _ => "#/components/schemas",
        };
        match broken {
            Broken::Empty => {
                Diagnostic::new(Code::BrokenRef, "`$ref` is empty").help(format!("write it like `{schemas}/Pet`"))
            }
            Broken::External if is_bare_name(reference) => {
                Diagnostic::new(Code::ExternalRef, format!("`{reference}` means a file of this name"))
                    .help(format!("a schema of the document is `{schemas}/{reference}`"))
            }
            Broken::External if reference.starts_with("http") && reference.contains("://") => {
                *bundle::network(reference)
            }
            Broken::External => {
                Diagnostic::new(Code::ExternalRef, format!("`{reference}` is outside of this document"))
                    .help("put what it refers to into the document, for example with a bundler")
            }
            Broken::Syntax(why) => {
                Diagnostic::new(Code::BrokenRef, format!("`{reference}` is not a JSON pointer")).help(why)
            }
            Broken::Anchor => Diagnostic::new(Code::BrokenRef, format!("no schema has the anchor of `{reference}`"))
                .help(format!(
                    "write it like `{schemas}/Pet`, or add an `$anchor` to the schema that is meant"
                )),
            Broken::Missing(Stray { at, step, .. }) => {
                let diagnostic = Diagnostic::new(Code::BrokenRef, format!("`{reference}` does not exist"))
                    .label(format!("nothing is called `{step}` there"));
                let names = at.members().map(|(key, _)| key.name.as_str());
                match self.suggest(&step, names) {
                    Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
                    None => diagnostic,
                }
            }
        }
    }

    /// Whether a target can be an object of this kind, as far as its place says.
    fn is_a(&mut self, target: Node<'d>, kind: Kind, value: Node<'d>, reference: &str) -> bool {
        let fits_type = target.is_object() || kind == Kind::Schema && target.as_bool().is_some();
        let found = match self.kinds.get(&target.id()) {
            Some(found) if *found != kind => found.phrase(),
            _ if !fits_type => target.kind_name(),
            _ => return true,
        };
        let message = format!("`{reference}` is {found}, not {}", kind.phrase());
        let mut diagnostic = Diagnostic::new(Code::BrokenRef, message)
            .at(value.location())
            .related(target.location(), "this is where it points to");
        // A parameter has all that a header has, and a name beside it.
        let usable = kind == Kind::Header && self.kinds.get(&target.id()) == Some(&Kind::Parameter);
        if usable {
            diagnostic = diagnostic.help("it is taken as a header all the same");
        }
        self.report(diagnostic);
        usable
    }

    fn report_circle(&mut self, node: Node<'d>) {
        if let Some(value) = node.get("$ref") {
            let reference = value.as_str().unwrap_or_default();
            self.report(
                Diagnostic::new(Code::BrokenRef, format!("`{reference}` leads back to itself"))
                    .at(value.location())
                    .label("nothing but references in this circle"),
            );
        }
    }
}

fn is_bare_name(reference: &str) -> bool {
    !reference.is_empty()
        && reference
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
