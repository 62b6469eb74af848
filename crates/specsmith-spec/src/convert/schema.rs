//! Schema Objects: those of Swagger 2.0 are those of OpenAPI 3.0, but for discriminators and files.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::{Code, Diagnostic};

use super::{
    Converter,
    inline::BINARY,
    members::{Members, Word},
};
use crate::{
    Key, Node, NodeId,
    grammar::{Keyword, Kind, Role, Version},
    lower::flag,
};

impl<'d> Converter<'d, '_> {
    /// A Schema Object; anything else is copied.
    ///
    /// The depth of the document bounds the recursion.
    pub(super) fn schema(&mut self, node: Node<'d>) -> NodeId {
        let mut members = Members::default();
        if !node.is_object() {
            return self.tree.import(node);
        }
        let is_nullable_reference = node.get("$ref").is_some() && flag(node, "x-nullable") == Some(true);
        for (key, child) in node.members() {
            let name = key.name.as_str();
            self.check_era(key);
            let child = match name {
                // OpenAPI 3.0 ignores what stands beside a reference.
                "$ref" if is_nullable_reference => {
                    let inner = self.reference(node, Kind::Schema);
                    let list = self.tree.array(child.location(), vec![inner]);
                    members.put("allOf", key.location, list);
                    continue;
                }
                "x-nullable" if node.get("nullable").is_none() => {
                    let child = self.tree.import(child);
                    members.put("nullable", key.location, child);
                    continue;
                }
                "$ref" if child.as_str().is_some() => self.link(node, child, Kind::Schema),
                "type" if child.as_str() == Some("file") && is_of_response(node) => {
                    self.put_words(&mut members, child.location(), BINARY);
                    continue;
                }
                "discriminator" if !child.is_array() => match self.discriminator(node, child) {
                    Some(discriminator) => discriminator,
                    None => continue,
                },
                _ => self.member(Kind::Schema, name, child),
            };
            members.put(name, key.location, child);
        }
        let schema = self.tree.object(node.location(), members.list);
        self.place(node, schema)
    }

    /// A Discriminator Object; `None` after reporting that it is none.
    fn discriminator(&mut self, schema: Node<'d>, node: Node<'d>) -> Option<NodeId> {
        if let Some(property) = node.as_str() {
            let mut members = Members::default();
            self.put_words(&mut members, node.location(), &[("propertyName", Word::Text(property))]);
            let mapping = self.mapping(schema);
            if !mapping.list.is_empty() {
                let mapping = self.tree.object(node.location(), mapping.list);
                members.put("mapping", node.location(), mapping);
            }
            return Some(self.tree.object(node.location(), members.list));
        }
        if node.is_object() {
            let message = "a discriminator that is an object came with OpenAPI 3.0";
            let diagnostic = Diagnostic::new(Code::NewerKeyword, message).at(node.location());
            self.cx
                .report(diagnostic.help("in Swagger 2.0 it is the name of a property"));
            return Some(self.object(node, Kind::Discriminator));
        }
        let message = format!("`discriminator` must be a string, not {}", node.kind_name());
        self.cx
            .report(Diagnostic::new(Code::WrongType, message).at(node.location()));
        None
    }

    /// The values of a discriminator that are not the names of their schemas.
    fn mapping(&mut self, base: Node<'d>) -> Members {
        let mut mapping = Members::default();
        let mut seen = BTreeSet::from([base.id()]);
        let mut open = vec![base];
        while let Some(schema) = open.pop() {
            for (key, child) in self.children_of(schema) {
                if !seen.insert(child.id()) || !self.cx.spend(1, child) {
                    continue;
                }
                open.push(child);
                let value = VALUES.iter().find_map(|name| child.entry(name));
                let value = value.and_then(|(_, value)| Some((value.as_str()?, value.location())));
                let is_renamed = self.component_name(&key.name, child) != key.name;
                if let Some((name, location)) = value.or(is_renamed.then_some((&key.name, key.location))) {
                    let target = self.pointer_to(child, location);
                    mapping.put(name, location, target);
                }
            }
        }
        mapping
    }

    /// The definitions that list this one in `allOf`.
    fn children_of(&mut self, base: Node<'d>) -> Vec<(&'d Key, Node<'d>)> {
        let known = self.children.take().unwrap_or_else(|| self.find_children());
        let children = known.get(&base.id()).cloned().unwrap_or_default();
        self.children = Some(known);
        children
    }

    fn find_children(&mut self) -> Children<'d> {
        let mut children = Children::new();
        let definitions = self.cx.document.root().get("definitions");
        for (key, schema) in definitions.into_iter().flat_map(Node::members) {
            for part in schema.get("allOf").into_iter().flat_map(Node::items) {
                let reference = part.get("$ref").and_then(Node::as_str);
                if let Some(base) = reference.and_then(|reference| self.cx.find(part, reference)) {
                    children.entry(base.id()).or_default().push((key, schema));
                }
            }
        }
        children
    }

    /// Reports a keyword that Swagger 2.0 does not have; lowering tells the others.
    fn check_era(&mut self, key: &Key) {
        let Some(Keyword { since, role, .. }) = Kind::Schema.keyword(&key.name) else {
            return;
        };
        if *since == Version::V3_0 && *role != Role::Annotation {
            let message = format!("`{}` belongs to {}", key.name, since.title());
            self.cx
                .report(Diagnostic::new(Code::NewerKeyword, message).at(key.location));
        }
    }
}

/// The definitions that list another one in `allOf`, by that other one.
pub(super) type Children<'d> = BTreeMap<NodeId, Vec<(&'d Key, Node<'d>)>>;

/// Extensions that say which value of a discriminator means a schema.
const VALUES: [&str; 2] = ["x-discriminator-value", "x-ms-discriminator-value"];

/// Whether a schema is that of a response, which can be a file.
fn is_of_response(schema: Node<'_>) -> bool {
    schema
        .parent()
        .is_some_and(|holder| holder.get("schema") == Some(schema))
}
