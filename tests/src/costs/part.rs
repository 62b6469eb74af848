//! A part of a document: what one schema reaches in a few references.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Map, Value, json};

use crate::probe::reference;

/// A document with the schemas that `root` reaches in at most `steps` references; those behind them are objects with an
/// `id`.
pub(super) fn part(document: &Value, root: &str, steps: usize) -> Value {
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    let mut distances = BTreeMap::from([(root.to_owned(), 0)]);
    let mut open = VecDeque::from([root.to_owned()]);
    let mut kept = Map::new();
    while let Some(name) = open.pop_front() {
        let distance = distances[&name];
        let mut schema = schemas[&name].clone();
        visit(&mut schema, &mut |target| {
            if distances.contains_key(target) {
                return true;
            }
            let is_near = distance < steps;
            if is_near {
                distances.insert(target.to_owned(), distance + 1);
                open.push_back(target.to_owned());
            }
            is_near
        });
        kept.insert(name, schema);
    }
    let schema = json!({ "$ref": reference(&format!("/components/schemas/{root}")) });
    let content = json!({ "application/json": { "schema": schema } });
    json!({
        "openapi": document["openapi"],
        "info": { "title": root, "version": "1" },
        "paths": { "/": { "get": {
            "operationId": "get",
            "responses": { "200": { "description": "One.", "content": content } },
        } } },
        "components": { "schemas": kept },
    })
}

/// Visits the references to schemas; those that `keep` does not want become objects.
fn visit(value: &mut Value, keep: &mut impl FnMut(&str) -> bool) {
    let target = value.get("$ref").and_then(Value::as_str);
    let target = target.and_then(|target| target.strip_prefix("#/components/schemas/"));
    if let Some(target) = target {
        if !keep(target) {
            *value = json!({
                "type": "object",
                "required": ["id"],
                "properties": { "id": { "type": "string" }, "object": { "type": "string" } },
            });
        }
        return;
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| visit(item, keep)),
        Value::Object(members) => {
            members.retain(|name, _| !matches!(name.as_str(), "example" | "examples" | "x-expansionResources"));
            members.values_mut().for_each(|member| visit(member, keep));
        }
        _ => {}
    }
}
