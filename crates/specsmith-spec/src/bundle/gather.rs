//! Walks everything that belongs to a document, as the grammar leads, and decides what becomes of each reference.

mod loose;
mod misplaced;

use std::{
    collections::{BTreeMap, HashMap, HashSet, VecDeque},
    rc::Rc,
};

use specsmith_diagnostics::{Code, Diagnostic, Location};

use super::{
    Action, Actions, Place, Target,
    parts::{Certainty, Part, Parts},
    reason,
};
use crate::{
    Key, Node, NodeId,
    grammar::{Kind, SCHEMA, Value, Version},
    resource,
};

/// What is known so far.
pub(super) struct Gather<'a> {
    pub parts: Parts<'a>,
    pub actions: Actions,
    /// Why references have no target.
    pub unresolved: BTreeMap<Location, Diagnostic>,
    /// What references point to, in the order in which it was found.
    pub targets: Vec<Target>,
    /// The places that are part of what stands around them, by the grammar.
    pub inner: HashSet<Place>,
    /// Schemas whose `$id` does not count any more when every reference points to its target.
    pub named: HashSet<Place>,
    known: HashSet<Place>,
    visited: HashSet<Place>,
    open: VecDeque<(Place, Value)>,
    /// References whose target may be known by name when more files are.
    late: Vec<(Place, NodeId, Kind)>,
    /// How many files there were when they were looked at.
    looked_at: usize,
    /// Whether no more files came since.
    is_last: bool,
    /// Values that mean nothing to the specification.
    values: VecDeque<Place>,
    /// What references stand for that cannot be one: the first place, and how many there are.
    misplaced: BTreeMap<String, (Location, usize)>,
    version: Option<Version>,
}

/// A node and the file that it is in.
#[derive(Clone, Copy)]
struct Here<'d> {
    part: usize,
    node: Node<'d>,
}

impl<'d> Here<'d> {
    fn place(self) -> Place {
        self.at(self.node)
    }

    fn at(self, node: Node<'_>) -> Place {
        Place {
            part: self.part,
            node: node.id(),
        }
    }

    /// The text of `$ref` and its node, in an object that has one.
    fn reference(self) -> Option<(&'d str, Node<'d>)> {
        let value = self.node.get("$ref")?;
        Some((value.as_str()?, value))
    }
}

impl<'a> Gather<'a> {
    /// Nothing is known yet.
    pub(super) fn new(parts: Parts<'a>) -> Self {
        let entry = parts.part(0);
        let version = entry.and_then(|part| {
            let root = part.document.root();
            match root.get("swagger") {
                Some(_) => Some(Version::V2_0),
                None => Version::parse(root.get("openapi")?.as_written()?),
            }
        });
        Self {
            parts,
            actions: HashMap::new(),
            unresolved: BTreeMap::new(),
            targets: Vec::new(),
            inner: HashSet::new(),
            named: HashSet::new(),
            known: HashSet::new(),
            visited: HashSet::new(),
            open: VecDeque::new(),
            late: Vec::new(),
            looked_at: 0,
            is_last: false,
            values: VecDeque::new(),
            misplaced: BTreeMap::new(),
            version,
        }
    }

    /// Walks everything; `None` when a limit is exceeded, which was reported.
    pub(super) fn run(&mut self) -> Option<()> {
        let entry = self.parts.part(0)?;
        let root = Place {
            part: 0,
            node: entry.document.root().id(),
        };
        let kind = match self.version {
            Some(Version::V2_0) => Kind::Swagger,
            _ => Kind::OpenApi,
        };
        self.open.push_back((root, Value::Object(kind)));
        while !self.open.is_empty() || !self.late.is_empty() {
            while let Some((place, value)) = self.open.pop_front() {
                self.tree(place, value);
            }
            self.look_again();
        }
        // What a value is, shows when everything that has a meaning was seen.
        while let Some(place) = self.values.pop_front() {
            self.value(place);
        }
        self.report_misplaced();
        (!self.parts.exceeded).then_some(())
    }

    /// Looks again for what had no target: a file that was read since may have a schema of that name.
    fn look_again(&mut self) {
        self.is_last = self.parts.count() == self.looked_at;
        self.looked_at = self.parts.count();
        for (place, reference, kind) in std::mem::take(&mut self.late) {
            let Some(part) = self.parts.part(place.part) else {
                continue;
            };
            let here = Here {
                part: place.part,
                node: part.node(place),
            };
            let reference = part.document.node(reference);
            if let Some(text) = reference.as_str() {
                self.refer(here, text, reference, kind);
            }
        }
    }

    /// Walks a node and what is in it.
    fn tree(&mut self, place: Place, value: Value) {
        let Some(part) = self.parts.part(place.part) else {
            return;
        };
        let mut stack = vec![(place, value)];
        let mut found = Vec::new();
        while let Some((place, value)) = stack.pop() {
            if self.parts.exceeded || !self.visited.insert(place) {
                continue;
            }
            let here = Here {
                part: place.part,
                node: part.node(place),
            };
            self.node(here, value, &mut found);
            self.inner.extend(found.iter().map(|(place, _)| *place));
            // The first one on top, so that everything is found in the order of the document.
            stack.extend(found.drain(..).rev());
        }
    }

    /// Decides about one node; what is in it goes to `found`.
    fn node(&mut self, here: Here<'_>, value: Value, found: &mut Vec<(Place, Value)>) {
        let node = here.node;
        match value {
            Value::Any => self.values.push_back(here.place()),
            Value::Items if node.is_array() => self.items(here, SCHEMA, found),
            Value::Object(Kind::Schema) | Value::Items => self.schema(here, found),
            Value::SchemaOrNames if node.is_object() => self.schema(here, found),
            Value::Object(kind @ (Kind::PathItem | Kind::SwaggerPathItem)) => {
                if let Some((text, reference)) = here.reference() {
                    self.take_in(here, text, reference, value);
                }
                self.members(here, kind, found);
            }
            Value::Object(kind) => {
                self.take_in_misplaced(here, value, kind.phrase());
                self.members(here, kind, found);
            }
            Value::Reference(kind) => {
                match here.reference() {
                    Some((text, reference)) if self.has_section(kind) => self.refer(here, text, reference, kind),
                    _ => self.take_in_misplaced(here, value, kind.phrase()),
                }
                self.members(here, kind, found);
            }
            Value::List(item) => {
                self.take_in_misplaced(here, value, "a list");
                self.items(here, *item, found);
            }
            Value::Map(member) => {
                // The name of a member, where the values are texts.
                if !matches!(member, Value::Any | Value::Text) {
                    self.take_in_misplaced(here, value, "a whole map");
                }
                // A property can be called so.
                let is_reference = here.reference().is_some();
                let members = node.members().filter(|(key, _)| !is_reference || key.name != "$ref");
                found.extend(members.map(|(_, child)| (here.at(child), *member)));
            }
            Value::Text
            | Value::Boolean
            | Value::Number
            | Value::Count
            | Value::Bound
            | Value::Names
            | Value::Types
            | Value::SchemaOrNames => self.take_in_misplaced(here, value, "a value"),
        }
    }

    fn items(&mut self, here: Here<'_>, item: Value, found: &mut Vec<(Place, Value)>) {
        found.extend(here.node.items().map(|child| (here.at(child), item)));
    }

    fn schema(&mut self, here: Here<'_>, found: &mut Vec<(Place, Value)>) {
        if let Some((text, reference)) = here.reference() {
            self.refer(here, text, reference, Kind::Schema);
        }
        for keyword in ["$dynamicRef", "$recursiveRef"] {
            if let Some(reference) = here.node.get(keyword)
                && let Some(text) = reference.as_str()
            {
                let anchor = self.dynamic_anchor(here, text, reference);
                if anchor.is_none() || !text.starts_with('#') {
                    self.refer(here, text, reference, Kind::Schema);
                }
                self.keep_anchor(here, anchor, reference);
            }
        }
        if here.node.get("$id").is_some() {
            self.named.insert(here.place());
        }
        self.members(here, Kind::Schema, found);
    }

    /// The `$dynamicAnchor` that a dynamic reference names, so that what is around it decides what it means.
    fn dynamic_anchor<'t>(&mut self, here: Here<'_>, text: &'t str, reference: Node<'_>) -> Option<&'t str> {
        let (_, anchor) = text.split_once('#')?;
        if anchor.starts_with('/') {
            return None;
        }
        let Ok(target) = self.parts.locate(here.part, reference, text, Certainty::Certain) else {
            return Some(anchor);
        };
        let part = self.parts.part(target.part)?;
        let node = part.node(target);
        (anchor.is_empty() || node.get("$dynamicAnchor").and_then(Node::as_str) == Some(anchor)).then_some(anchor)
    }

    /// An anchor that depends on what is around a reference does so when all is one document, too.
    fn keep_anchor(&mut self, here: Here<'_>, anchor: Option<&str>, reference: Node<'_>) {
        if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty())
            && let Some(action @ Action::Point(_)) = self.actions.get_mut(&here.at(reference))
        {
            *action = Action::PointToAnchor(format!("#{anchor}"));
        }
    }

    fn members(&mut self, here: Here<'_>, kind: Kind, found: &mut Vec<(Place, Value)>) {
        for (Key { name, .. }, child) in here.node.members().filter(|(key, _)| key.name != "$ref") {
            match (kind, name.as_str()) {
                (Kind::Discriminator, "mapping") => {
                    for (_, value) in child.members() {
                        self.mapping(here, value);
                    }
                }
                (Kind::Discriminator, "defaultMapping") => self.mapping(here, child),
                (Kind::Link, "operationRef") => self.operation(here, child),
                _ => match kind.member(name) {
                    Some(value) => found.push((here.at(child), value)),
                    None => self.values.push_back(here.at(child)),
                },
            }
        }
    }

    /// A reference where the specification has one; what it points to becomes a component.
    fn refer(&mut self, here: Here<'_>, text: &str, reference: Node<'_>, kind: Kind) {
        let target = match self.parts.locate(here.part, reference, text, Certainty::Certain) {
            Ok(target) => target,
            // What is wrong with references inside the document itself, lowering says.
            Err(_) if here.part == 0 && is_local(text) => return,
            Err(diagnostic) if diagnostic.code == Code::ExternalRef && !self.is_last => {
                return self.late.push((here.place(), reference.id(), kind));
            }
            Err(diagnostic) => return self.keep(here, text, reference, *diagnostic),
        };
        let Some(part) = self.parts.part(target.part) else {
            return;
        };
        let node = part.node(target);
        let fits = node.is_object() || kind == Kind::Schema && node.as_bool().is_some();
        let is_plain = here.part == 0 && self.is_plain(&part, target, text);
        if !fits && !is_plain {
            let diagnostic = reason::mistyped(text, node, kind.phrase());
            return self.keep(here, text, reference, *diagnostic);
        }
        if !is_plain {
            self.actions.insert(here.at(reference), Action::Point(target));
            if self.known.insert(target) {
                self.targets.push((target, kind));
            }
        }
        self.open.push_back((target, Value::Object(kind)));
    }

    /// Whether the text is a pointer of the document itself to this place, and can stay as it is.
    fn is_plain(&self, part: &Rc<Part>, target: Place, text: &str) -> bool {
        let steps = match resource::Reference::parse(text) {
            Ok(resource::Reference {
                address: "",
                fragment: resource::Fragment::Pointer(steps),
            }) => steps,
            _ => return false,
        };
        let found = resource::walk(part.document.root(), &steps);
        target.part == 0 && found.is_ok_and(|node| node.id() == target.node)
    }

    /// A reference for which its target is taken in; what stands beside it goes first.
    fn take_in(&mut self, here: Here<'_>, text: &str, reference: Node<'_>, value: Value) -> bool {
        let target = match self.parts.locate(here.part, reference, text, Certainty::Certain) {
            Ok(target) => target,
            Err(_) if here.part == 0 && is_local(text) && is_path_item(value) => return false,
            Err(diagnostic) => {
                self.keep(here, text, reference, *diagnostic);
                return false;
            }
        };
        let Some(part) = self.parts.part(target.part) else {
            return false;
        };
        let node = part.node(target);
        let wanted = wanted(value, node);
        if let Some(wanted) = wanted {
            let diagnostic = reason::mistyped(text, node, wanted);
            self.keep(here, text, reference, *diagnostic);
            return false;
        }
        // The document has this form for path items of its own, and lowering reads it.
        if is_path_item(value) && here.part == 0 && self.is_plain(&part, target, text) {
            self.open.push_back((target, value));
            return false;
        }
        self.actions.insert(here.place(), Action::TakeIn(target));
        self.open.push_back((target, value));
        true
    }

    /// The text stays, and why.
    fn keep(&mut self, here: Here<'_>, text: &str, reference: Node<'_>, diagnostic: Diagnostic) {
        if here.part != 0 {
            let text = self.parts.rebased(here.part, here.node, text);
            self.actions.insert(here.at(reference), Action::Keep(text));
        }
        let place = reference.location();
        self.unresolved.insert(place, diagnostic.at(place));
    }

    /// Whether components of this kind exist in the version of the document.
    fn has_section(&self, kind: Kind) -> bool {
        match self.version {
            Some(Version::V2_0) => matches!(kind, Kind::Schema | Kind::SwaggerParameter | Kind::SwaggerResponse),
            Some(version) => kind != Kind::MediaType || version >= Version::V3_2,
            None => true,
        }
    }
}

/// What a value has to be that its target is not.
fn wanted(value: Value, target: Node<'_>) -> Option<&'static str> {
    let container = target.is_object() || target.is_array();
    match value {
        Value::Object(kind) | Value::Reference(kind) => (!target.is_object()).then(|| kind.phrase()),
        Value::Map(_) => (!target.is_object()).then_some("an object"),
        Value::List(_) | Value::Names => (!target.is_array()).then_some("an array"),
        Value::Text => container.then_some("a string"),
        Value::Boolean | Value::Number | Value::Count | Value::Bound => container.then_some("a plain value"),
        Value::Types => target.is_object().then_some("a type"),
        Value::Any | Value::Items | Value::SchemaOrNames => None,
    }
}

/// Whether the value is of a kind that has a `$ref` of its own, beside others.
fn is_path_item(value: Value) -> bool {
    matches!(value, Value::Object(Kind::PathItem | Kind::SwaggerPathItem))
}

/// Whether a reference stays inside the file that it stands in.
fn is_local(text: &str) -> bool {
    text.starts_with('#') || text.trim().is_empty()
}
