//! Whether schemas know a member of a value.

use std::collections::BTreeSet;

use serde_json::Value;

/// What the schemas of an object say about one of its members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// One of them names it.
    Named,
    /// One of them names it, for requests only or for responses only.
    OneWay,
    /// None names it, but one says what such members are.
    Typed,
    /// They say nothing about it.
    No,
}

/// What the schemas say that apply to an object inside a value; `schema` and `place` are JSON Pointers.
pub(crate) fn known(document: &Value, schema: &str, place: &str, name: &str) -> Known {
    let mut schemas = applied(document, document.pointer(schema));
    for step in place.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let next: Vec<&Value> = schemas.iter().flat_map(|schema| inside(schema, &step)).collect();
        schemas = applied(document, next);
    }
    let named: Vec<&Value> = schemas
        .iter()
        .filter_map(|schema| schema.get("properties")?.get(name))
        .collect();
    if !named.is_empty() {
        let one_way = |schema: &&Value| {
            ["readOnly", "writeOnly"]
                .iter()
                .any(|keyword| schema.get(keyword) == Some(&Value::Bool(true)))
        };
        return match applied(document, named).iter().any(one_way) {
            true => Known::OneWay,
            false => Known::Named,
        };
    }
    let is_typed = |schema: &&Value| {
        let rest = schema
            .get("additionalProperties")
            .or(schema.get("unevaluatedProperties"));
        rest.is_some_and(|rest| *rest != Value::Bool(false)) || schema.get("patternProperties").is_some()
    };
    match schemas.iter().any(is_typed) {
        true => Known::Typed,
        false => Known::No,
    }
}

/// Schemas with those that apply to the same value.
fn applied<'v>(document: &'v Value, start: impl IntoIterator<Item = &'v Value>) -> Vec<&'v Value> {
    let mut open: Vec<&Value> = start.into_iter().collect();
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    while let Some(schema) = open.pop() {
        if !seen.insert(std::ptr::from_ref(schema)) {
            continue;
        }
        all.push(schema);
        let reference = schema.get("$ref").and_then(Value::as_str);
        open.extend(reference.and_then(|reference| target(document, reference)));
        for keyword in ["allOf", "anyOf", "oneOf"] {
            open.extend(schema.get(keyword).and_then(Value::as_array).into_iter().flatten());
        }
        open.extend(["then", "else"].iter().filter_map(|keyword| schema.get(keyword)));
    }
    all
}

fn target<'v>(document: &'v Value, reference: &str) -> Option<&'v Value> {
    let mut bytes = Vec::new();
    let mut rest = reference.strip_prefix('#')?.bytes();
    while let Some(byte) = rest.next() {
        let digits = [rest.clone().next(), rest.clone().nth(1)];
        match (byte, digits) {
            (b'%', [Some(high), Some(low)]) => {
                let text = [high, low];
                let code = std::str::from_utf8(&text)
                    .ok()
                    .and_then(|text| u8::from_str_radix(text, 16).ok());
                bytes.push(code?);
                rest.nth(1);
            }
            (byte, _) => bytes.push(byte),
        }
    }
    document.pointer(&String::from_utf8(bytes).ok()?)
}

/// The schemas of a member or item.
fn inside<'v>(schema: &'v Value, step: &str) -> Vec<&'v Value> {
    let property = schema.get("properties").and_then(|properties| properties.get(step));
    let patterns = schema
        .get("patternProperties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let prefix = schema.get("prefixItems").and_then(Value::as_array);
    let item = prefix
        .zip(step.parse::<usize>().ok())
        .and_then(|(items, index)| items.get(index));
    let others = ["items", "additionalProperties", "unevaluatedProperties"]
        .iter()
        .filter_map(|keyword| schema.get(keyword));
    match property.or(item) {
        Some(found) => vec![found],
        None => patterns.map(|(_, schema)| schema).chain(others).collect(),
    }
}
