//! Documents with one operation or webhook of a larger one and what it leads to: what is generated of them needs little,
//! and must not rely on more.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{draw::Draw, schemas::Schemas};

/// What can refer to components, and what counts them.
const ROOTS: &[&str] = &["paths", "webhooks", "security"];
/// The members of a Swagger 2.0 document that are components.
const OF_SWAGGER: &[&str] = &["definitions", "parameters", "responses", "securityDefinitions"];

/// The document with one of its operations.
pub(super) fn alone(mut document: Value, seed: u64) -> Value {
    let mut draw = Draw::new(seed ^ 0xa10e);
    let places = places(&document);
    let Some((root, path, method)) = places.get(draw.between(0, places.len().saturating_sub(1))) else {
        return document;
    };
    let mut item = document[root][path].take();
    if let Some(members) = item.as_object_mut() {
        members.retain(|key, _| key == method || key == "parameters");
    }
    thin(&mut item[method], &mut draw);
    if let Some(members) = document.as_object_mut() {
        members.remove("webhooks");
        members.insert("paths".to_owned(), json!({}));
    }
    document[root] = json!({ path: item });
    if draw.chance(60) {
        simplify(&mut document, &mut draw);
    }
    let used = used(&document);
    for kind in OF_SWAGGER {
        keep(document.get_mut(kind), &format!("/{kind}"), &used);
    }
    let components = document.get_mut("components").and_then(Value::as_object_mut);
    for (kind, found) in components.into_iter().flatten() {
        keep(Some(found), &format!("/components/{kind}"), &used);
    }
    document
}

/// Has small schemas, which refer to nothing, where messages of any kind have theirs.
fn simplify(document: &mut Value, draw: &mut Draw) {
    let mut open: Vec<&mut Value> = Vec::new();
    for (name, member) in document.as_object_mut().into_iter().flatten() {
        match (name.as_str(), member) {
            ("components", Value::Object(kinds)) => {
                open.extend(
                    kinds
                        .iter_mut()
                        .filter(|(kind, _)| *kind != "schemas")
                        .map(|(_, found)| found),
                );
            }
            ("paths" | "webhooks" | "parameters" | "responses", member) => open.push(member),
            _ => {}
        }
    }
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                if let Some(schema) = members.get_mut("schema").filter(|schema| !schema.is_string()) {
                    let mut small = Schemas {
                        draw,
                        names: &[],
                        before: 0,
                    };
                    *schema = small.schema(1);
                }
                let rest = members.iter_mut().filter(|(name, _)| *name != "schema");
                open.extend(rest.map(|(_, member)| member));
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
}

/// Leaves out most of an operation.
fn thin(operation: &mut Value, draw: &mut Draw) {
    let Some(members) = operation.as_object_mut() else {
        return;
    };
    members.retain(|name, _| name == "responses" || draw.chance(50));
    if let Some(Value::Array(parameters)) = members.get_mut("parameters") {
        parameters.retain(|_| draw.chance(40));
    }
    let Some(responses) = members.get_mut("responses").and_then(Value::as_object_mut) else {
        return;
    };
    let one = draw.between(0, responses.len().saturating_sub(1));
    let mut index = 0..;
    responses.retain(|_, _| index.next() == Some(one) || draw.chance(20));
    for response in responses.values_mut().filter_map(Value::as_object_mut) {
        response.retain(|name, _| matches!(name.as_str(), "description" | "$ref") || draw.chance(60));
    }
}

/// The operations of a document: the member of the document, the path or name, and the method.
fn places(document: &Value) -> Vec<(String, String, String)> {
    let mut places = Vec::new();
    for root in ["paths", "webhooks"] {
        for (path, item) in document[root].as_object().into_iter().flatten() {
            let members = item.as_object().into_iter().flatten();
            let operations = members.filter(|(_, member)| member.get("responses").is_some());
            places.extend(operations.map(|(method, _)| (root.to_owned(), path.clone(), method.clone())));
        }
    }
    places
}

/// The pointers of components that what is left leads to; their names need no escapes.
fn used(document: &Value) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let mut open: Vec<&Value> = ROOTS.iter().filter_map(|root| document.get(root)).collect();
    while let Some(value) = open.pop() {
        let mut found: Vec<String> = Vec::new();
        match value {
            Value::Object(members) => {
                open.extend(members.values());
                // What security asks for is the name of a scheme.
                let kinds = ["components/securitySchemes", "securityDefinitions"];
                let names = members.keys();
                found.extend(names.flat_map(|name| kinds.map(|kind| format!("/{kind}/{name}"))));
            }
            Value::Array(items) => open.extend(items),
            Value::String(text) => {
                let steps: Vec<&str> = text.trim_start_matches('#').split('/').collect();
                let length = if text.starts_with("#/components/") { 4 } else { 3 };
                found.extend(steps.get(..length).map(|steps| steps.join("/")));
                // The mapping of a discriminator may have names.
                found.push(format!("/components/schemas/{text}"));
            }
            _ => {}
        }
        for pointer in found {
            if let Some(target) = document.pointer(&pointer)
                && used.insert(pointer)
            {
                open.push(target);
            }
        }
    }
    used
}

fn keep(components: Option<&mut Value>, place: &str, used: &BTreeSet<String>) {
    if let Some(components) = components.and_then(Value::as_object_mut) {
        components.retain(|name, _| used.contains(&format!("{place}/{name}")));
    }
}
