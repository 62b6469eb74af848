//! Whether a document has references that bundling has to look at; one pass over its nodes.

use crate::{Document, Node};

/// Keywords whose value, or the members of whose list, can be a reference inside the document.
const VALUES: [&str; 23] = [
    "schema",
    "itemSchema",
    "items",
    "prefixItems",
    "additionalItems",
    "unevaluatedItems",
    "contains",
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
    "not",
    "if",
    "then",
    "else",
    "contentSchema",
    "allOf",
    "oneOf",
    "anyOf",
    "parameters",
    "requestBody",
    "example",
    "examples",
    "default",
];

/// Keywords the members of whose map can be one.
const MAPS: [&str; 19] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
    "definitions",
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
    "mediaTypes",
    "paths",
    "webhooks",
    "dependencies",
];

/// Whether anything refers to another file, or stands for something that cannot be a reference.
///
/// Says yes too often rather than too rarely.
pub(super) fn needs_bundling(document: &Document) -> bool {
    document.nodes().filter(|node| node.is_object()).any(|node| {
        refers_elsewhere(node)
            || ["mapping", "operationRef", "$dynamicRef"]
                .iter()
                .any(|name| names_file(node, name))
    })
}

fn refers_elsewhere(node: Node<'_>) -> bool {
    let Some(text) = node.get("$ref").and_then(Node::as_str) else {
        return false;
    };
    !text.starts_with('#') && !text.trim().is_empty() || !is_usual(node)
}

/// Whether a reference can stand here, as far as the names around it tell.
fn is_usual(node: Node<'_>) -> bool {
    let Some(parent) = node.parent() else {
        return false;
    };
    let (own, around) = if parent.is_array() {
        (parent.key(), None)
    } else {
        (node.key(), parent.key())
    };
    own.is_some_and(|name| VALUES.contains(&name)) || around.is_some_and(|name| MAPS.contains(&name))
}

fn names_file(node: Node<'_>, keyword: &str) -> bool {
    let Some(value) = node.get(keyword) else { return false };
    let is_file = |text: &str| !text.starts_with('#') && text.contains(['/', '.', '#']);
    value.as_str().is_some_and(is_file) || value.members().any(|(_, text)| text.as_str().is_some_and(is_file))
}
