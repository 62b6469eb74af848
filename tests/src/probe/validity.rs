//! Whether values fit schemas, as a validator of JSON Schema has it.

use serde_json::{Value, json};

use super::reference;

/// Validators of the schemas of a document of OpenAPI 3.2.
pub(crate) struct Validators {
    /// The first of the schemas that each is for, and the validator of objects whose members are called like the
    /// numbers of schemas; `None` for a schema that is none.
    parts: Vec<(usize, Option<jsonschema::Validator>)>,
}

impl Validators {
    /// Those of these schemas, by their JSON Pointers.
    pub(crate) fn new(document: &Value, schemas: &[String]) -> Self {
        let mut root = document.clone();
        say_base64(&mut root);
        let mut parts = Vec::new();
        add(&mut parts, &mut root, schemas, 0);
        Self { parts }
    }

    /// Those that take `oneOf` for `anyOf`: more than one branch may hold.
    pub(crate) fn without_exactly_one(document: &Value, schemas: &[String]) -> Self {
        let mut document = document.clone();
        say_any_of(&mut document);
        Self::new(&document, schemas)
    }

    /// Why a value does not fit the schema of this number: the place and the message.
    pub(crate) fn error(&self, schema: usize, value: &Value) -> Option<String> {
        let after = self.parts.partition_point(|(first, _)| *first <= schema);
        let (_, validator) = &self.parts[after - 1];
        let Some(validator) = validator else {
            return Some("the schema is broken".to_owned());
        };
        let value = json!({ schema.to_string(): value });
        let error = validator.iter_errors(&value).next()?;
        let mut message = error.to_string();
        message.truncate(message.floor_char_boundary(160));
        let place = error.instance_path().to_string();
        let place = place.splitn(3, '/').nth(2).unwrap_or_default();
        Some(format!("/{place} {message}"))
    }
}

/// Adds one validator for all schemas, which share what they refer to; where one of them is broken, one for each half.
fn add(parts: &mut Vec<(usize, Option<jsonschema::Validator>)>, root: &mut Value, schemas: &[String], first: usize) {
    let properties = schemas.iter().enumerate();
    root["properties"] = properties
        .map(|(index, schema)| ((first + index).to_string(), json!({ "$ref": reference(schema) })))
        .collect::<serde_json::Map<_, _>>()
        .into();
    match options().build(root) {
        Ok(validator) => parts.push((first, Some(validator))),
        Err(_) if schemas.len() <= 1 => parts.push((first, None)),
        Err(_) => {
            let (left, right) = schemas.split_at(schemas.len() / 2);
            add(parts, root, left, first);
            add(parts, root, right, first + left.len());
        }
    }
}

/// Makes each `oneOf` an `anyOf`.
fn say_any_of(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(say_any_of);
            if members.get("oneOf").is_some_and(Value::is_array) {
                let branches = members.remove("oneOf");
                let all = members.entry("allOf").or_insert_with(|| json!([]));
                if let Value::Array(all) = all {
                    all.push(json!({ "anyOf": branches }));
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(say_any_of),
        _ => {}
    }
}

/// Makes `contentEncoding` a format, since validators take it for a hint.
fn say_base64(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if members.get("contentEncoding").and_then(Value::as_str) == Some("base64") {
                members.insert("format".to_owned(), "base64".into());
            }
            members.values_mut().for_each(say_base64);
        }
        Value::Array(items) => items.iter_mut().for_each(say_base64),
        _ => {}
    }
}

fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let is_digit = |c: char| c.is_ascii_alphanumeric() || "+/-_".contains(c);
    digits.chars().all(|c| is_digit(c) || c.is_ascii_whitespace()) && digits.len() % 4 != 1
}

fn options() -> jsonschema::ValidationOptions<'static> {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .with_format("base64", is_base64)
}
