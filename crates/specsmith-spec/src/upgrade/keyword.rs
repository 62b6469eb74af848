//! What becomes of single keywords of schemas.

use specsmith_diagnostics::Location;

use super::{
    Upgrade,
    draft::Draft,
    plan::{Meaning, Plan},
};
use crate::{
    Node, NodeKind,
    grammar::{SCHEMA, Value},
    lower::as_flag,
};

const BASE64: &str = "base64";
const BYTES: &str = "application/octet-stream";

impl<'d> Upgrade<'d> {
    /// The name of the type `null`, which YAML reads as null where it has no quotes; and `file` of Swagger 2.0.
    pub(super) fn types(&mut self, node: Node<'d>, draft: &mut Draft<'d>) {
        let Some(value) = node.get("type") else { return };
        match value.kind() {
            NodeKind::Array => {
                let items = value.items().map(|item| self.type_name(item));
                let items = items.collect();
                draft.replace("type", "type", Plan::Array(value.location(), items));
            }
            NodeKind::String("file") => {
                let name = self.text(value.location(), "string");
                draft.replace("type", "type", name);
                self.inexact("`file` is a type of Swagger 2.0", value.location(), "taken as `string`");
            }
            _ => {
                let name = self.type_name(value);
                draft.replace("type", "type", name);
            }
        }
    }

    fn type_name(&mut self, node: Node<'d>) -> Plan<'d> {
        match node.kind() {
            NodeKind::Null => self.text(node.location(), "null"),
            _ => self.verbatim(node),
        }
    }

    /// Limits that are exclusive: numbers in place of booleans beside numbers.
    pub(super) fn bounds(&mut self, node: Node<'d>, draft: &mut Draft<'d>) {
        for (limit, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
            let Some(is_exclusive) = node.get(exclusive).and_then(as_flag) else {
                continue;
            };
            let number = if is_exclusive { draft.take(limit) } else { None };
            match number {
                Some((_, number)) => draft.replace(exclusive, exclusive, number),
                None => {
                    draft.take(exclusive);
                }
            }
        }
    }

    /// `prefixItems` and `items` in place of a list as `items`, and `additionalItems`.
    pub(super) fn items(&mut self, node: Node<'d>, draft: &mut Draft<'d>) {
        let list = node.get("items").filter(|items| items.is_array());
        let rest = draft.take("additionalItems");
        let Some(list) = list else { return };
        if list.items().next().is_none() || node.get("prefixItems").is_some() {
            draft.take("items");
        } else {
            let list = self.list(list, Meaning::Value(SCHEMA));
            draft.replace("items", "prefixItems", list);
        }
        if let Some((key, rest)) = rest {
            draft.push("items", key.location, rest);
        }
    }

    /// `$defs` in place of `definitions`.
    pub(super) fn definitions(&mut self, node: Node<'d>, draft: &mut Draft<'d>) {
        let Some(definitions) = node.get("definitions").filter(|node| node.is_object()) else {
            return;
        };
        if node.get("$defs").is_none() {
            let schemas = Plan::Later(definitions, Meaning::Value(Value::Map(&SCHEMA)));
            draft.replace("definitions", "$defs", schemas);
        }
    }

    /// `dependentRequired` and `dependentSchemas` in place of `dependencies`.
    pub(super) fn dependencies(&mut self, node: Node<'d>, draft: &mut Draft<'d>) {
        let Some((key, dependencies)) = node.entry("dependencies").filter(|(_, node)| node.is_object()) else {
            return;
        };
        if ["dependentRequired", "dependentSchemas"]
            .iter()
            .any(|name| node.get(name).is_some())
        {
            return;
        }
        draft.take("dependencies");
        let (names, schemas): (Vec<_>, Vec<_>) = dependencies.members().partition(|(_, value)| value.is_array());
        for (name, members, meaning) in [
            ("dependentRequired", names, Meaning::Verbatim),
            ("dependentSchemas", schemas, Meaning::Value(SCHEMA)),
        ] {
            let members: Vec<_> = members
                .into_iter()
                .map(|(key, value)| (key.clone(), Plan::Later(value, meaning)))
                .collect();
            if !members.is_empty() {
                draft.push(name, key.location, Plan::Object(dependencies.location(), members));
            }
        }
    }

    /// A list as `examples` in place of one `example`, or of a map as media types have it.
    pub(super) fn examples(&mut self, node: Node<'d>, draft: &mut Draft<'d>) {
        let (list, single) = (node.get("examples"), node.get("example"));
        let known = list.filter(|list| list.is_array() || list.is_object());
        let Some(place) = single.or(known.filter(|list| list.is_object())) else {
            return;
        };
        let mut values: Vec<Node<'d>> = known.into_iter().flat_map(Node::items).collect();
        for (key, example) in known.into_iter().flat_map(Node::members) {
            self.inexact(
                "examples of schemas have no names",
                key.location,
                "kept without the name",
            );
            values.push(example.get("value").unwrap_or(example));
        }
        values.extend(single);
        let location: Location = known.unwrap_or(place).location();
        let values: Vec<Plan<'d>> = values.into_iter().map(|value| self.verbatim(value)).collect();
        let values = Plan::Array(location, values);
        if list.is_some() {
            draft.take("example");
            draft.replace("examples", "examples", values);
        } else {
            draft.replace("example", "examples", values);
        }
    }

    /// What a string holds, in place of a format of binary data.
    pub(super) fn format(&mut self, node: Node<'d>, draft: &mut Draft<'d>) {
        let Some(value) = node.get("format") else { return };
        let is_string = match node.get("type") {
            None => false,
            Some(types) if types.is_array() => types.items().all(is_string_or_null),
            Some(name) => is_string_or_null(name),
        };
        let (name, text) = match value.as_str() {
            Some("byte" | "base64") if is_string => ("contentEncoding", BASE64),
            Some("binary") if is_string => ("contentMediaType", BYTES),
            _ => return,
        };
        if node.get(name).is_some() {
            draft.take("format");
        } else {
            let text = self.text(value.location(), text);
            draft.replace("format", name, text);
        }
    }
}

fn is_string_or_null(node: Node<'_>) -> bool {
    matches!(node.kind(), NodeKind::String("string" | "null") | NodeKind::Null)
}
