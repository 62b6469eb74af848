//! `$ref`: from a reference to the node it means.
//!
//! Only the document itself is looked into: a reference is a JSON pointer, an `$anchor`, or the `$id` of a schema that
//! stands in the document. Nothing is opened or fetched.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::{Code, Diagnostic};

use super::{
    context::{Context, Version},
    pointer,
};
use crate::{Document, Node, NodeId, NodeKind, grammar::Kind};

/// What is known about the references of a document.
#[derive(Debug, Default)]
pub(super) struct References<'d> {
    /// The target of each node with `$ref` that was asked for, at the end of its chain.
    resolved: BTreeMap<NodeId, Option<NodeId>>,
    /// The targets one step away.
    followed: BTreeMap<NodeId, Option<NodeId>>,
    /// Members by name, of objects with many.
    members: BTreeMap<NodeId, BTreeMap<&'d str, NodeId>>,
    /// `$anchor` and `$id` of the document's schemas, found when the first is asked for.
    names: Option<Names<'d>>,
}

/// The names that schemas give themselves.
#[derive(Debug, Default)]
struct Names<'d> {
    anchors: BTreeMap<&'d str, NodeId>,
    ids: BTreeMap<&'d str, NodeId>,
    /// The schemas that have an `$id`.
    resources: BTreeSet<NodeId>,
}

/// Why a reference leads nowhere.
enum Broken<'d> {
    /// It is blank.
    Empty,
    /// It points into another file or to an address.
    External,
    /// It is not a JSON pointer.
    Syntax(&'static str),
    /// A step of the pointer does not exist; what there is instead.
    Missing { at: Option<Node<'d>>, step: String },
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
        self.locate(node, reference).ok()
    }

    /// The node that a reference of `node` means.
    fn locate(&mut self, node: Node<'d>, reference: &str) -> Result<Node<'d>, Broken<'d>> {
        if reference.trim().is_empty() {
            return Err(Broken::Empty);
        }
        let (address, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let root = self.document.root();
        let base = match address {
            "" => root,
            _ if root.get("$self").and_then(Node::as_str) == Some(address) => root,
            _ => match self.schema_names().ids.get(address).copied() {
                Some(id) => self.document.node(id),
                None => return Err(Broken::External),
            },
        };
        let fragment = pointer::percent_decode(fragment).ok_or(Broken::Syntax("its percent-encoding is wrong"))?;
        if fragment.is_empty() {
            return Ok(base);
        }
        if !fragment.starts_with('/') {
            return match self.schema_names().anchors.get(fragment.as_str()).copied() {
                Some(id) => Ok(self.document.node(id)),
                None => Err(Broken::Anchor),
            };
        }
        let steps =
            pointer::steps(&fragment).ok_or(Broken::Syntax("`~` must be written `~0`, and `/` in a name `~1`"))?;
        // A schema with an `$id` is a document of its own; many authors mean the whole file all the same.
        let inner = if address.is_empty() { self.resource(node) } else { None };
        if let Some(target) = inner.and_then(|inner| self.walk(inner, &steps).ok()) {
            return Ok(target);
        }
        self.walk(base, &steps)
    }

    fn walk(&mut self, base: Node<'d>, steps: &[String]) -> Result<Node<'d>, Broken<'d>> {
        let mut node = base;
        for step in steps {
            node = self.child(node, step).ok_or_else(|| Broken::Missing {
                at: Some(node),
                step: step.clone(),
            })?;
        }
        Ok(node)
    }

    fn child(&mut self, node: Node<'d>, step: &str) -> Option<Node<'d>> {
        if node.is_array() {
            return node.items().nth(step.parse().ok()?);
        }
        let members = self.references.members.entry(node.id()).or_insert_with(|| {
            node.members()
                .map(|(key, child)| (key.name.as_str(), child.id()))
                .collect()
        });
        members.get(step).map(|id| self.document.node(*id))
    }

    /// The innermost schema with an `$id` around a node.
    fn resource(&mut self, node: Node<'d>) -> Option<Node<'d>> {
        if self.schema_names().ids.is_empty() {
            return None;
        }
        let mut around = Some(node);
        while let Some(node) = around {
            if self.schema_names().resources.contains(&node.id()) {
                return Some(node);
            }
            around = node.parent();
        }
        None
    }

    fn schema_names(&mut self) -> &Names<'d> {
        let document = self.document;
        self.references.names.get_or_insert_with(|| Names::of(document))
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
            Broken::Missing { at, step } => {
                let diagnostic = Diagnostic::new(Code::BrokenRef, format!("`{reference}` does not exist"))
                    .label(format!("nothing is called `{step}` there"));
                let names = at.into_iter().flat_map(Node::members).map(|(key, _)| key.name.as_str());
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

impl<'d> Names<'d> {
    fn of(document: &'d Document) -> Self {
        let mut names = Self::default();
        let mut open = vec![document.root()];
        while let Some(node) = open.pop() {
            for (key, value) in node.members() {
                match (key.name.as_str(), value.kind()) {
                    ("$anchor" | "$dynamicAnchor", NodeKind::String(name)) => {
                        names.anchors.entry(name).or_insert(node.id());
                    }
                    ("$id", NodeKind::String(id)) => {
                        names.ids.entry(id.trim_end_matches('#')).or_insert(node.id());
                        names.resources.insert(node.id());
                    }
                    _ => {}
                }
            }
            // The last goes first, so that of two equal names the earlier one is found first.
            open.extend(node.items().rev());
            open.extend(node.members().rev().map(|(_, value)| value));
        }
        names
    }
}

fn is_bare_name(reference: &str) -> bool {
    !reference.is_empty()
        && reference
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
