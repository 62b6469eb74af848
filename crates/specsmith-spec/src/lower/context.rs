//! What all steps of lowering share: the document, the types so far, and readers of single keywords.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics, Location};
use specsmith_ir::{ComponentKind, Owner, TypeId, Types};

use super::{budget::Budget, reference::References, schema::Schemas};
pub(super) use crate::grammar::Version;
use crate::{Document, Limits, Node, NodeId, NodeKind, grammar::Kind};

/// The state of lowering one document.
pub(crate) struct Context<'d, 'a> {
    /// The document.
    pub document: &'d Document,
    /// The version it is written in.
    pub version: Version,
    /// How much lowering may cost.
    pub limits: Limits,
    /// Where findings go; use [`report`](Self::report), which drops repetitions.
    diagnostics: &'a mut Diagnostics,
    /// What was reported: shared components are lowered wherever they are used, but told about once.
    reported: BTreeSet<(Code, Option<Location>, String)>,
    /// What earlier steps have told, which nobody needs to hear again in other words.
    told: BTreeSet<(Code, Location)>,
    /// What may be the same at many places: the order in which it came up, its first place, and the number of places.
    notes: BTreeMap<(Code, String), (usize, Location, usize)>,
    /// The types so far.
    pub types: Types,
    /// The type of each schema node that was lowered or is being lowered: one node, one type.
    pub schemas: BTreeMap<NodeId, TypeId>,
    /// What lowering of schemas keeps beside the types.
    pub(super) schema_state: Schemas<'d>,
    /// What each object of the document is, as far as its place says.
    pub(super) kinds: BTreeMap<NodeId, Kind>,
    /// The names of the components of all kinds.
    components: BTreeMap<NodeId, &'d str>,
    /// What copies have cost so far.
    pub(super) budget: Budget,
    /// What is known about `$ref`s.
    pub(super) references: References,
}

impl<'d, 'a> Context<'d, 'a> {
    /// A context in which nothing was lowered yet.
    pub(crate) fn new(
        document: &'d Document,
        version: Version,
        limits: Limits,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let told = diagnostics.iter().filter_map(|told| Some((told.code, told.location?)));
        Self {
            document,
            version,
            limits,
            told: told.collect(),
            diagnostics,
            reported: BTreeSet::new(),
            notes: BTreeMap::new(),
            types: Types::new(),
            schemas: BTreeMap::new(),
            schema_state: Schemas::default(),
            kinds: BTreeMap::new(),
            components: component_names(document),
            budget: Budget::default(),
            references: References::default(),
        }
    }

    /// Checks that the objects of the document consist of what the specification says they do.
    pub(crate) fn check_structure(&mut self) {
        super::structure::check(self);
    }

    /// Reports a finding, unless it was reported before.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        let is_told = |location| self.told.contains(&(diagnostic.code, location));
        if diagnostic.location.is_some_and(is_told) {
            return;
        }
        let known = (diagnostic.code, diagnostic.location, diagnostic.message.clone());
        if self.reported.insert(known) {
            self.diagnostics.report(diagnostic);
        }
    }

    /// Leaves out findings that would be wrong at a place.
    pub(super) fn needs_no_word(&mut self, code: Code, location: Location) {
        self.told.insert((code, location));
    }

    /// Notes something that may be the same at many places of a document.
    ///
    /// It is reported once, at the first of them, when all is lowered.
    pub(super) fn note(&mut self, code: Code, message: String, location: Location) {
        if self.reported.insert((code, Some(location), message.clone())) {
            let order = self.notes.len();
            let note = self.notes.entry((code, message)).or_insert((order, location, 0));
            note.2 += 1;
        }
    }

    /// Reports what was noted, in the order in which it came up.
    pub(super) fn report_notes(&mut self) {
        let mut notes: Vec<_> = std::mem::take(&mut self.notes).into_iter().collect();
        notes.sort_by_key(|(_, (order, ..))| *order);
        for ((code, message), (_, location, count)) in notes {
            let diagnostic = Diagnostic::new(code, message).at(location);
            self.diagnostics.report(match count {
                1 => diagnostic,
                count => diagnostic.label(format!("the first of {count} places")),
            });
        }
    }

    /// What was reported so far, by the steps before as well.
    pub(super) fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.found()
    }

    /// What the types in a node stand in: the component of this kind that it is, or else the owner around it.
    pub(super) fn owner_of(&self, node: Node<'d>, kind: ComponentKind, around: &Owner) -> Owner {
        match self.components.get(&node.id()) {
            Some(name) => Owner::Component(kind, (*name).to_owned()),
            None => around.clone(),
        }
    }
}

fn component_names(document: &Document) -> BTreeMap<NodeId, &str> {
    let components = document.root().get("components");
    let sections = components.into_iter().flat_map(Node::members);
    sections
        .flat_map(|(_, section)| section.members())
        .map(|(key, node)| (node.id(), key.name.as_str()))
        .collect()
}

/// Text of the document in a message.
pub(super) fn quoted(text: &str) -> String {
    if text.is_empty() {
        "empty text".to_owned()
    } else {
        format!("`{text}`")
    }
}

/// The text of a member; a number or boolean as its text. Other types are reported by the check of keywords.
pub(crate) fn text<'d>(node: Node<'d>, name: &str) -> Option<&'d str> {
    as_text(node.get(name)?)
}

/// The text of a value; a number or boolean as its text.
pub(crate) fn as_text(node: Node<'_>) -> Option<&str> {
    match node.kind() {
        NodeKind::String(text) => Some(text),
        NodeKind::Number(number) => Some(number.as_str()),
        NodeKind::Boolean(true) => Some("true"),
        NodeKind::Boolean(false) => Some("false"),
        _ => None,
    }
}

/// The text of a member as an owned string.
pub(super) fn owned_text(node: Node<'_>, name: &str) -> Option<String> {
    text(node, name).map(str::to_owned)
}

/// Why something is deprecated, by one of the extensions that say it.
pub(super) fn deprecation(node: Node<'_>) -> Option<String> {
    let names = [
        "x-deprecated-reason",
        "x-deprecatedReason",
        "x-deprecation-reason",
        "x-deprecated-message",
        "x-deprecatedMessage",
        "x-deprecated-description",
    ];
    names
        .iter()
        .find_map(|name| node.get(name)?.as_str())
        .map(str::to_owned)
}

/// The boolean of a member, also where it is written in quotes.
pub(crate) fn flag(node: Node<'_>, name: &str) -> Option<bool> {
    as_flag(node.get(name)?)
}

/// A boolean, also where it is written in quotes.
pub(crate) fn as_flag(node: Node<'_>) -> Option<bool> {
    match node.kind() {
        NodeKind::Boolean(value) => Some(value),
        NodeKind::String("true") => Some(true),
        NodeKind::String("false") => Some(false),
        _ => None,
    }
}
