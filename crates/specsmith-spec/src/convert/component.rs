//! `definitions`, `parameters`, `responses` and `securityDefinitions` to `components`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Converter, members::Members};
use crate::{Node, NodeId, grammar::Kind, lower::text};

impl<'d> Converter<'d, '_> {
    /// The Components Object; `None` where nothing is shared.
    pub(super) fn components(&mut self) -> Option<NodeId> {
        let root = self.cx.document.root();
        let mut sections: Vec<Section<'d>> = Vec::new();
        for (key, section) in root.members().filter(|(_, section)| section.is_object()) {
            match key.name.as_str() {
                "definitions" => sections.push(("schemas", self.schemas(section), section)),
                "parameters" => {
                    let (parameters, bodies) = self.shared_parameters(section);
                    sections.push(("parameters", parameters, section));
                    sections.push(("requestBodies", bodies, section));
                }
                "responses" => sections.push(("responses", self.shared_responses(section), section)),
                "securityDefinitions" => sections.push(("securitySchemes", self.schemes(section), section)),
                "components" => {
                    for (key, section) in section.members() {
                        let members = self.section_of_3(&key.name, section);
                        sections.push((&key.name, members, section));
                    }
                }
                _ => {}
            }
        }
        let mut members = Members::default();
        for (name, mut section, place) in joined(sections) {
            // The first of a name counts, as it does within one object.
            let mut seen = BTreeSet::new();
            section.list.retain(|(key, _)| seen.insert(key.name.clone()));
            if !section.list.is_empty() {
                let location = key_location(place);
                let section = self.tree.object(place.location(), section.list);
                members.put(name, location, section);
            }
        }
        let location = members.list.first().map(|(key, _)| key.location)?;
        Some(self.tree.object(location, members.list))
    }

    /// Gives names to components whose own ones OpenAPI 3 does not allow, such as `List«Pet»`.
    pub(super) fn names_of_components(&mut self) {
        let root = self.cx.document.root();
        for section in ["definitions", "parameters", "responses", "securityDefinitions"] {
            let members = || root.get(section).into_iter().flat_map(Node::members);
            let mut taken: BTreeSet<String> = members()
                .map(|(key, _)| key.name.clone())
                .filter(|name| is_name(name))
                .collect();
            let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
            for (key, node) in members().filter(|(key, _)| !is_name(&key.name) && !key.name.starts_with("x-")) {
                let name = unused_name(&key.name, &mut taken, &mut numbers);
                self.names.insert(node.id(), name);
            }
        }
    }

    /// The name of a component.
    pub(super) fn component_name(&self, own: &'d str, node: Node<'d>) -> String {
        self.names.get(&node.id()).cloned().unwrap_or_else(|| own.to_owned())
    }

    fn schemas(&mut self, section: Node<'d>) -> Members {
        let mut members = Members::default();
        for (key, node) in section.members() {
            let schema = self.schema(node);
            members.put(&self.component_name(&key.name, node), key.location, schema);
        }
        members
    }

    /// Shared parameters and bodies; parameters of forms stand where they are used.
    fn shared_parameters(&mut self, section: Node<'d>) -> (Members, Members) {
        let (mut parameters, mut bodies) = (Members::default(), Members::default());
        for (key, node) in section.members().filter(|(_, node)| node.is_object()) {
            let name = self.component_name(&key.name, node);
            match text(node, "in") {
                Some("body") => {
                    let media_types = match self.media_types.get(&node.id()) {
                        Some(known) => known.clone(),
                        None => self.body_types(None, node),
                    };
                    let body = self.body(node, &media_types);
                    bodies.put(&name, key.location, body);
                }
                Some("formData") => {}
                _ => {
                    let parameter = self.parameter_or_reference(node);
                    parameters.put(&name, key.location, parameter);
                }
            }
        }
        (parameters, bodies)
    }

    fn shared_responses(&mut self, section: Node<'d>) -> Members {
        let mut members = Members::default();
        for (key, node) in section.members().filter(|(_, node)| node.is_object()) {
            let response = if node.get("$ref").is_some() {
                self.reference(node, Kind::SwaggerResponse)
            } else {
                let media_types = match self.media_types.get(&node.id()) {
                    Some(known) => known.clone(),
                    None => self.response_types(None, node, "200"),
                };
                self.response(node, &media_types)
            };
            members.put(&self.component_name(&key.name, node), key.location, response);
        }
        members
    }

    /// A section of `components`, which a document of 2.0 should not have.
    fn section_of_3(&mut self, name: &str, section: Node<'d>) -> Members {
        let mut members = Members::default();
        if let Some(crate::grammar::Value::Map(value)) = Kind::Components.member(name) {
            for (key, node) in section.members() {
                let value = self.value(node, *value);
                members.put(&key.name, key.location, value);
            }
        }
        members
    }
}

/// The name of a section, what is in it, and where it comes from.
type Section<'d> = (&'d str, Members, Node<'d>);

/// Puts sections of the same name together: a document can have both `definitions` and `components/schemas`.
fn joined(sections: Vec<Section<'_>>) -> Vec<Section<'_>> {
    let mut joined: Vec<Section<'_>> = Vec::new();
    for section in sections {
        match joined.iter_mut().find(|(name, ..)| *name == section.0) {
            Some((_, members, _)) => members.list.extend(section.1.list),
            None => joined.push(section),
        }
    }
    joined
}

/// The place of the name of a node.
fn key_location(node: Node<'_>) -> specsmith_diagnostics::Location {
    let key = node
        .parent()
        .and_then(|parent| parent.members().find(|(_, member)| *member == node));
    key.map_or(node.location(), |(key, _)| key.location)
}

/// Whether OpenAPI 3 allows a component of this name (OpenAPI 3.0.4, section 4.7.7.1).
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

/// A name that is allowed and not taken, as like the author's as can be; `numbers` are those that names got so far.
fn unused_name(own: &str, taken: &mut BTreeSet<String>, numbers: &mut BTreeMap<String, u32>) -> String {
    let mut name = String::new();
    for c in own.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_end_matches('_');
    let name = if name.is_empty() { "Unnamed" } else { name };
    let mut unused = name.to_owned();
    let number = numbers.entry(unused.clone()).or_insert(1);
    while !taken.insert(unused.clone()) {
        *number += 1;
        unused = format!("{name}_{number}");
    }
    unused
}
