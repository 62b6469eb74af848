//! The document that Schemathesis gets: with the problems that servers answer, and without formats that are annotations.

use serde_json::{Map, Value, json};

/// What servers answer to requests that break the contract, whether or not their documents say so.
const PROBLEMS: [&str; 9] = ["400", "401", "403", "404", "405", "406", "413", "415", "422"];

/// The methods of a path that are operations.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The formats that a type of Rust reads, which servers refuse other texts for; the others are annotations (JSON Schema
/// 2020-12, Validation, section 7).
const READ: [&str; 10] = [
    "date",
    "date-time",
    "uuid",
    "byte",
    "binary",
    "base64",
    "base64url",
    "ip",
    "ipv4",
    "ipv6",
];

/// A document of OpenAPI 3 as its server keeps it.
pub(super) fn of(mut document: Value) -> Value {
    leave_out_annotations(&mut document);
    with_problems(document)
}

fn leave_out_annotations(value: &mut Value) {
    match value {
        Value::Object(members) => {
            let is = |members: &Map<String, Value>, key: &str, text: &str| {
                members.get(key).is_some_and(|value| {
                    value == text
                        || value
                            .as_array()
                            .is_some_and(|items| items.iter().any(|item| item == text))
                })
            };
            if is(members, "type", "string") && !READ.iter().any(|format| is(members, "format", format)) {
                members.remove("format");
            }
            members.values_mut().for_each(leave_out_annotations);
        }
        Value::Array(items) => items.iter_mut().for_each(leave_out_annotations),
        _ => {}
    }
}

/// Adds problems to the responses of each operation.
fn with_problems(mut document: Value) -> Value {
    let before = document.clone();
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for item in paths.filter_map(|(_, item)| item.as_object_mut()) {
        for (method, operation) in item {
            if METHODS.contains(&method.as_str())
                && let Some(operation) = operation.as_object_mut()
            {
                let responses = operation.entry("responses").or_insert_with(|| json!({}));
                add(&before, responses.as_object_mut().expect("responses"));
            }
        }
    }
    document
}

fn add(document: &Value, responses: &mut Map<String, Value>) {
    for status in PROBLEMS {
        let response = responses
            .entry(status)
            .or_insert_with(|| json!({ "description": "A problem." }));
        let reference = response["$ref"]
            .as_str()
            .and_then(|reference| reference.strip_prefix('#'));
        if let Some(found) = reference.and_then(|pointer| document.pointer(pointer)) {
            *response = found.clone();
        }
        response["content"]["application/problem+json"] = json!({ "schema": problem() });
    }
}

/// A problem (RFC 9457) with what is wrong with the request.
fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "errors": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["code", "detail"],
                    "properties": {
                        "code": { "type": "string" },
                        "detail": { "type": "string" },
                        "pointer": { "type": "string" },
                        "parameter": { "type": "string" },
                        "in": { "enum": ["path", "query", "header", "cookie", "body"] }
                    }
                }
            }
        }
    })
}
