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
    let mut has_addresses = false;
    for node in document.nodes() {
        for (key, value) in node.members() {
            let is_found = match key.name.as_str() {
                "$ref" => match value.as_str() {
                    // Nothing is fetched, so an address can only be the name of something in the document.
                    Some(text) if text.starts_with("https://") || text.starts_with("http://") => {
                        has_addresses = true;
                        false
                    }
                    Some(text) if !text.starts_with('#') => !text.trim().is_empty(),
                    Some(_) => !is_usual(node),
                    None => false,
                },
                "mapping" => node.get("propertyName").is_some() && value.members().any(|(_, name)| names_file(name)),
                "operationRef" | "$dynamicRef" => names_file(value),
                _ => false,
            };
            if is_found {
                return true;
            }
        }
    }
    has_addresses && has_names(document)
}

/// Whether the document or a schema in it gives itself an address.
fn has_names(document: &Document) -> bool {
    document.root().get("$self").is_some() || document.nodes().any(|node| node.get("$id").is_some())
}

/// Whether a reference can stand here, or means nothing, as far as the names around it tell.
fn is_usual(node: Node<'_>) -> bool {
    let Some(parent) = node.parent() else {
        return false;
    };
    let (own, around) = if parent.is_array() {
        (parent.key(), None)
    } else {
        (node.key(), parent.key())
    };
    own.is_some_and(|name| VALUES.contains(&name) || name.starts_with("x-"))
        || around.is_some_and(|name| MAPS.contains(&name))
}

fn names_file(value: Node<'_>) -> bool {
    let is_file = |text: &str| !text.starts_with('#') && text.contains(['/', '.', '#']);
    value.as_str().is_some_and(is_file)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use specsmith_diagnostics::{Diagnostics, SourceMap};

    use super::*;
    use crate::{Limits, Source, read};

    fn needs(text: &str) -> bool {
        let source = Source::from_text("a.yaml", text);
        let document = read(
            source,
            &Limits::default(),
            &mut SourceMap::new(),
            &mut Diagnostics::new(),
        );
        needs_bundling(&document.unwrap())
    }

    #[test]
    fn usual_references_and_addresses_need_nothing() {
        for text in [
            "components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {items: {$ref: '#/x'}}}}",
            "paths: {/a: {get: {parameters: [{$ref: '#/x'}], responses: {200: {$ref: '#/x'}}}}}",
            "x: {example: {$ref: 'https://example.com/users/1'}, list: {$ref: ''}, x-more: [{$ref: '#/x'}]}",
            "x: {discriminator: {propertyName: a, mapping: {b: B, c: '#/components/schemas/C'}}}",
            "properties: {mapping: {description: Such as a.yaml}}",
        ] {
            assert!(!needs(text), "{text}");
        }
    }

    #[test]
    fn files_names_and_unusual_places_do() {
        for text in [
            "components: {schemas: {A: {$ref: b.yaml}}}",
            "paths: {$ref: '#/x'}",
            "paths: {/a: {get: {$ref: '#/x'}}}",
            "tags: [{$ref: '#/x'}]",
            "info: {description: {$ref: '#/x'}}",
            "$self: 'https://example.com/'\nx: {$ref: 'https://example.com/#/y'}",
            "x: {$id: 'https://example.com/b'}\ny: {$ref: 'https://example.com/b'}",
            "x: {discriminator: {propertyName: a, mapping: {b: b.yaml}}}",
            "x: {operationRef: 'b.yaml#/paths/~1a/get'}",
        ] {
            assert!(needs(text), "{text}");
        }
    }
}
