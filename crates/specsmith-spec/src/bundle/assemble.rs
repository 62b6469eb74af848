//! Copies everything to its place in one document.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    rc::Rc,
};

use specsmith_diagnostics::{Code, Diagnostic, Location};

use super::{
    Action, Actions, Place,
    gather::Gather,
    homes::{self, Homes, Layout},
    parts::Part,
};
use crate::{Document, DocumentBuilder, Key, Limits, Node, NodeId};

/// What a value counts beside its text, of what is taken in at the places of references.
const VALUE: usize = 64;

/// The diagnostic that ends the copying.
type Fatal = Box<Diagnostic>;

/// Puts the document together from what was gathered; `None` after reporting it when that exceeds the limits.
pub(super) fn assemble(mut gather: Gather<'_>) -> Option<Document> {
    let Homes {
        texts,
        hoisted,
        components,
    } = homes::find(&mut gather);
    let Gather {
        parts,
        actions,
        unresolved,
        named,
        ..
    } = gather;
    let (mut files, limits, diagnostics) = parts.into_inner();
    if actions.is_empty() {
        let entry = (!files.is_empty()).then(|| files.swap_remove(0))?;
        let part = Rc::try_unwrap(entry).ok()?;
        return Some(part.document.with_unresolved(unresolved));
    }
    let mut assembly = Assembly {
        files,
        actions,
        homes: texts,
        hoisted,
        named,
        unresolved,
        limits,
        builder: DocumentBuilder::new(),
        inside: Vec::new(),
        copied: 0,
    };
    match assembly.document(components) {
        Ok(root) => Some(assembly.builder.finish(root).with_unresolved(assembly.unresolved)),
        Err(diagnostic) => {
            diagnostics.report(*diagnostic);
            None
        }
    }
}

/// The document under construction.
struct Assembly<'a> {
    files: Vec<Rc<Part>>,
    actions: Actions,
    homes: HashMap<Place, String>,
    hoisted: HashSet<Place>,
    named: HashSet<Place>,
    unresolved: BTreeMap<Location, Diagnostic>,
    limits: &'a Limits,
    builder: DocumentBuilder,
    /// What is being taken in at the place of a reference, outermost first.
    inside: Vec<Place>,
    /// The bytes that were taken in so.
    copied: usize,
}

impl Assembly<'_> {
    fn document(&mut self, components: BTreeMap<&'static str, Vec<(String, Place)>>) -> Result<NodeId, Fatal> {
        let entry = self.files.first().cloned();
        let entry = entry.ok_or_else(|| Box::new(Diagnostic::new(Code::BrokenRef, "there is no document")))?;
        let root = entry.document.root();
        let place = Place {
            part: 0,
            node: root.id(),
        };
        let copy = self.copy(place, 0)?;
        if components.is_empty() {
            return Ok(copy);
        }
        let start = root.location();
        let start = Location::new(start.file, start.start, start.start);
        let holder = match Layout::of(root) {
            Layout::Top => Some(copy),
            Layout::Components => self.member(copy, "components"),
        };
        let mut sections = Vec::new();
        for (section, members) in components {
            let before = holder.and_then(|holder| self.member(holder, section));
            let mut copies = Vec::new();
            for (name, place) in members {
                let location = self.location(place);
                let location = Location::new(location.file, location.start, location.start);
                copies.push((Key { name, location }, self.copy(place, 2)?));
            }
            let key = Key {
                name: section.to_owned(),
                location: start,
            };
            sections.push((key, self.extended(before, start, copies)));
        }
        let holder = self.extended(holder, start, sections);
        if Layout::of(root) == Layout::Top {
            return Ok(holder);
        }
        let key = Key {
            name: "components".to_owned(),
            location: start,
        };
        Ok(self.extended(Some(copy), start, vec![(key, holder)]))
    }

    /// The object with more members, which take the place of those of the same name.
    fn extended(&mut self, object: Option<NodeId>, location: Location, more: Vec<(Key, NodeId)>) -> NodeId {
        let mut members = object
            .and_then(|object| self.builder.members(object))
            .unwrap_or_default()
            .to_vec();
        let location = object.map_or(location, |object| self.builder.location(object));
        let positions: HashMap<String, usize> = members
            .iter()
            .enumerate()
            .map(|(position, (key, _))| (key.name.clone(), position))
            .collect();
        for (key, node) in more {
            match positions.get(&key.name).and_then(|position| members.get_mut(*position)) {
                Some(member) => *member = (key, node),
                None => members.push((key, node)),
            }
        }
        self.builder.object(location, members)
    }

    fn member(&self, object: NodeId, name: &str) -> Option<NodeId> {
        let members = self.builder.members(object)?;
        members.iter().find(|(key, _)| key.name == name).map(|(_, node)| *node)
    }

    fn location(&self, place: Place) -> Location {
        let part = self.files.get(place.part);
        part.map_or_else(Location::default, |part| part.node(place).location())
    }

    /// Copies a node with all that is in it; the limit on depth bounds the recursion.
    fn copy(&mut self, place: Place, depth: usize) -> Result<NodeId, Fatal> {
        let Some(part) = self.files.get(place.part).cloned() else {
            return Ok(self.builder.null(Location::default()));
        };
        let node = part.node(place);
        self.allow(node, depth)?;
        if let Some(Action::TakeIn(target)) = self.actions.get(&place) {
            let target = *target;
            return self.take_in(place, target, node, depth);
        }
        if self.hoisted.contains(&place) && self.inside.last() != Some(&place) {
            return Ok(self.reference(place, node));
        }
        if node.is_object() {
            let members = self.members(place.part, node, depth)?;
            Ok(self.builder.object(node.location(), members))
        } else if node.is_array() {
            let mut items = Vec::new();
            for item in node.items() {
                let item = Place {
                    node: item.id(),
                    ..place
                };
                items.push(self.copy(item, depth + 1)?);
            }
            Ok(self.builder.array(node.location(), items))
        } else {
            Ok(self.scalar(place, node))
        }
    }

    fn members(&mut self, part: usize, node: Node<'_>, depth: usize) -> Result<Vec<(Key, NodeId)>, Fatal> {
        let at = |node: Node<'_>| Place { part, node: node.id() };
        let is_named = self.named.contains(&at(node));
        let mut members = Vec::new();
        for (key, child) in node.members() {
            // Every reference leads to its target without it, and pointers would start there.
            if is_named && key.name == "$id" {
                continue;
            }
            members.push((key.clone(), self.copy(at(child), depth + 1)?));
        }
        Ok(members)
    }

    /// A reference to the home of a place, in its place.
    fn reference(&mut self, place: Place, node: Node<'_>) -> NodeId {
        let location = node.location();
        let text = self.homes.get(&place).cloned().unwrap_or_default();
        let text = self.builder.string(location, text);
        let key = Key {
            name: "$ref".to_owned(),
            location: Location::new(location.file, location.start, location.start),
        };
        self.builder.object(location, vec![(key, text)])
    }

    fn scalar(&mut self, place: Place, node: Node<'_>) -> NodeId {
        let text = match self.actions.get(&place) {
            Some(Action::Point(target)) => self.homes.get(target).cloned(),
            Some(Action::Keep(text) | Action::PointToAnchor(text)) => Some(text.clone()),
            Some(Action::TakeIn(_)) | None => None,
        };
        match text {
            Some(text) => self.builder.string(node.location(), text),
            None => self.builder.import_scalar(node),
        }
    }

    /// What a reference points to, in its place, with what stands beside it.
    fn take_in(&mut self, place: Place, target: Place, node: Node<'_>, depth: usize) -> Result<NodeId, Fatal> {
        if self.inside.contains(&target) {
            if let Some(reference) = node.get("$ref") {
                let text = reference.as_str().unwrap_or_default();
                let message = format!("`{text}` leads back to itself");
                let place = reference.location();
                let diagnostic = Diagnostic::new(Code::BrokenRef, message).at(place);
                self.unresolved.insert(place, diagnostic);
            }
            let members = self.members(place.part, node, depth)?;
            return Ok(self.builder.object(node.location(), members));
        }
        self.inside.push(target);
        // The reference itself is no level of the result, but a chain of them is as deep here.
        let taken = self.copy(target, depth + 1);
        self.inside.pop();
        let taken = taken?;
        if node.members().count() < 2 || self.builder.members(taken).is_none() {
            return Ok(taken);
        }
        let beside = self.members(place.part, node, depth)?;
        let beside = beside.into_iter().filter(|(key, _)| key.name != "$ref").collect();
        let location = self.builder.location(taken);
        Ok(self.extended(Some(taken), location, beside))
    }

    /// Refuses what is too deep or too much.
    fn allow(&mut self, node: Node<'_>, depth: usize) -> Result<(), Fatal> {
        let refuse = |name: &str, message: String| {
            let diagnostic = self.limits.exceeded(name, message);
            Err(Box::new(diagnostic.at(node.location())))
        };
        let levels = self.limits.levels();
        if depth > levels {
            return refuse("depth", format!("values are nested more than {levels} levels deep"));
        }
        if self.builder.len() >= self.limits.nodes {
            return refuse(
                "nodes",
                format!("the document has more than {} values", self.limits.nodes),
            );
        }
        if !self.inside.is_empty() {
            self.copied = self.copied.saturating_add(VALUE + node.as_str().map_or(0, str::len));
            if self.copied > self.limits.repeated {
                return refuse("repeated", "what references stand for adds up to too much".to_owned());
            }
        }
        Ok(())
    }
}
