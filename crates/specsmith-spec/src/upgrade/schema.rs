//! What becomes of Schema Objects: those of OpenAPI 3.0 and earlier drafts of JSON Schema as JSON Schema 2020-12.

use super::{
    Upgrade,
    draft::Draft,
    plan::{Meaning, Plan},
};
use crate::{
    Node, NodeKind,
    grammar::{Kind, Role, Version},
};

impl<'d> Upgrade<'d> {
    /// A schema; `is_branch` where it is one of those of a union.
    pub(super) fn schema(&mut self, node: Node<'d>, is_branch: bool) -> Plan<'d> {
        if is_branch && let Some(null) = self.null_of_3_0(node) {
            return null;
        }
        let mut draft = Draft::of(node, Kind::Schema);
        for keyword in ["oneOf", "anyOf"] {
            if let Some(list) = node.get(keyword).filter(|list| list.is_array()) {
                draft.replace(keyword, keyword, self.list(list, Meaning::Branch));
            }
        }
        self.siblings(node);
        self.identity(node, &mut draft);
        self.types(node, &mut draft);
        self.bounds(node, &mut draft);
        self.items(node, &mut draft);
        self.definitions(node, &mut draft);
        self.dependencies(node, &mut draft);
        self.recursion(node, &mut draft);
        self.examples(node, &mut draft);
        self.format(node, &mut draft);
        self.objects(node, &mut draft);
        self.nullable(node, &mut draft);
        Plan::Object(node.location(), draft.members)
    }

    /// Tells what OpenAPI 3.0 ignores beside a `$ref`. It is taken as meant, and since 3.1 it counts.
    fn siblings(&mut self, node: Node<'d>) {
        if self.version > Version::V3_0 || node.get("$ref").is_none() {
            return;
        }
        for (key, _) in node.members().filter(|(key, _)| key.name != "$ref") {
            let keyword = Kind::Schema.keyword(&key.name);
            let counts = keyword.is_some_and(|keyword| keyword.role != Role::Annotation)
                || matches!(key.name.as_str(), "default" | "readOnly" | "writeOnly");
            if counts {
                let message = format!("OpenAPI 3.0 ignores `{}` beside a `$ref`", key.name);
                self.note(message, key.location, "kept, and counts since OpenAPI 3.1");
            }
        }
    }

    /// `$schema` and `$id`, which OpenAPI 3.0 does not know.
    fn identity(&mut self, node: Node<'d>, draft: &mut Draft<'d>) {
        if self.version > Version::V3_0 {
            return self.dialect(node, draft, "$schema");
        }
        if let Some((key, _)) = node.entry("$schema") {
            draft.take("$schema");
            let message = "OpenAPI 3.0 ignores `$schema`, and later versions do not";
            self.inexact(message, key.location, "left out");
        }
        if let Some((key, value)) = node.entry("$id")
            && !value.as_str().is_some_and(|id| self.is_referred_to(id))
        {
            draft.take("$id");
            let message = "OpenAPI 3.0 ignores `$id`, and since 3.1 it changes what references mean";
            self.inexact(message, key.location, "left out");
        }
    }

    /// Keywords with objects of their own, in the form that they have now.
    fn objects(&mut self, node: Node<'d>, draft: &mut Draft<'d>) {
        if let Some(xml) = node.get("xml").filter(|xml| xml.is_object()) {
            let of_array = node.get("type").and_then(Node::as_str) == Some("array");
            let xml = self.xml(xml, of_array);
            draft.replace("xml", "xml", xml);
        }
        // Swagger 2.0 has just the name of the property.
        if let Some((key, value)) = node.entry("discriminator")
            && let NodeKind::String(name) = value.kind()
        {
            let mut object = Draft { members: Vec::new() };
            let name = self.text(value.location(), name);
            object.push("propertyName", key.location, name);
            draft.replace(
                "discriminator",
                "discriminator",
                Plan::Object(value.location(), object.members),
            );
        }
    }
}
