//! A validator of JSON Schema, which says whether answers fit the schemas of the document.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use specsmith_ir::{Operation, Status};

/// What is wrong with an answer.
pub(crate) enum Wrong {
    /// More than one branch of a `oneOf` holds, and nothing else is wrong: the branches allow each other's values.
    ExactlyOne,
    /// The place and the message.
    Schema(String),
}

/// A document of OpenAPI 3.2 with the validators of its responses.
pub(crate) struct Oracle {
    root: Value,
    /// By schema: a validator, and one that takes `oneOf` for `anyOf`; none for a schema that is none.
    compiled: BTreeMap<String, [Option<jsonschema::Validator>; 2]>,
}

impl Oracle {
    pub(crate) fn new(mut root: Value) -> Self {
        let copy = root.clone();
        let mut defined = BTreeSet::new();
        names(&root, &mut defined);
        without_written(&mut root, &copy, &defined, 0);
        Self {
            root,
            compiled: BTreeMap::new(),
        }
    }

    /// Why a value does not fit the schema of a response; `None` also where there is none.
    pub(crate) fn wrong(
        &mut self,
        operation: &Operation,
        status: Status,
        media_type: &str,
        value: &Value,
    ) -> Option<Wrong> {
        let pointer = self.schema(operation, status, media_type)?;
        let root = &self.root;
        let compiled = self.compiled.entry(pointer.clone()).or_insert_with(|| {
            let part = part(root, &pointer);
            let mut any_of = part.clone();
            say_any_of(&mut any_of);
            [part, any_of].map(|schema| options().build(&schema).ok())
        });
        let [exact, any_of] = compiled;
        let error = exact.as_ref()?.iter_errors(value).next()?;
        let mut message = error.to_string();
        message = message.chars().take(200).collect();
        match any_of.as_ref().is_some_and(|any_of| any_of.is_valid(value)) {
            true => Some(Wrong::ExactlyOne),
            false => Some(Wrong::Schema(format!("{} {message}", error.instance_path()))),
        }
    }

    /// The JSON Pointer of the schema of a response.
    fn schema(&self, operation: &Operation, status: Status, media_type: &str) -> Option<String> {
        let method = operation.method.as_str();
        let item = self.resolved(format!("/paths/{}", escape(&operation.path.text)))?;
        let fixed = format!("{item}/{}", method.to_ascii_lowercase());
        let other = format!("{item}/additionalOperations/{method}");
        let operation = [fixed, other]
            .into_iter()
            .find(|pointer| self.root.pointer(pointer).is_some())?;
        let responses = self.root.pointer(&format!("{operation}/responses"))?.as_object()?;
        let wanted = status.to_string();
        let key = responses.keys().find(|key| key.eq_ignore_ascii_case(&wanted))?;
        let response = self.resolved(format!("{operation}/responses/{}", escape(key)))?;
        let content = self.root.pointer(&format!("{response}/content"))?.as_object()?;
        let key = content.keys().find(|key| key.trim() == media_type)?;
        let content = self.resolved(format!("{response}/content/{}", escape(key)))?;
        let schema = format!("{content}/schema");
        self.root.pointer(&schema).map(|_| schema)
    }

    /// Where a place is that may be a reference.
    fn resolved(&self, mut pointer: String) -> Option<String> {
        for _ in 0..20 {
            let value = self.root.pointer(&pointer)?;
            match value
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|target| target.strip_prefix('#'))
            {
                Some(target) => pointer = decoded(target),
                None => return Some(pointer),
            }
        }
        None
    }
}

fn options() -> jsonschema::ValidationOptions<'static> {
    jsonschema::options().with_draft(jsonschema::Draft::Draft202012)
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

/// A schema with everything of the document that it refers to, at the same places.
fn part(root: &Value, pointer: &str) -> Value {
    let mut part = json!({ "$ref": format!("#{}", encoded(pointer)) });
    let mut open = vec![pointer.to_owned()];
    let mut seen = BTreeSet::new();
    'open: while let Some(pointer) = open.pop() {
        if !seen.insert(pointer.clone()) {
            continue;
        }
        let Some(value) = root.pointer(&pointer) else { continue };
        references(value, &mut open);
        let mut place = &mut part;
        for step in pointer.split('/').skip(1) {
            let step = step.replace("~1", "/").replace("~0", "~");
            place = match place {
                Value::Object(members) => members.entry(step).or_insert_with(|| json!({})),
                // It stands there with the list.
                _ => continue 'open,
            };
        }
        // What stands inside of it already stands in it, too.
        *place = value.clone();
    }
    part
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            if let Some(target) = members
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|target| target.strip_prefix('#'))
            {
                found.push(decoded(target));
            }
            members.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

/// The names of all properties of a document.
fn names(value: &Value, defined: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let properties = members.get("properties").and_then(Value::as_object);
            defined.extend(properties.into_iter().flatten().map(|(name, _)| name.clone()));
            members.values().for_each(|value| names(value, defined));
        }
        Value::Array(items) => items.iter().for_each(|value| names(value, defined)),
        _ => {}
    }
}

/// Takes out of what responses require: members that are only written, and names that no schema of the document defines,
/// which are mistakes and make no member.
fn without_written(value: &mut Value, root: &Value, defined: &BTreeSet<String>, depth: usize) {
    if depth > 200 {
        return;
    }
    match value {
        Value::Object(members) => {
            let written: Vec<String> = members
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
                .filter(|(_, property)| is_written(property, root))
                .map(|(name, _)| name.clone())
                .collect();
            if let Some(Value::Array(required)) = members.get_mut("required") {
                let is_kept = |name: &str| defined.contains(name) && !written.iter().any(|other| name == other);
                required.retain(|name| name.as_str().is_some_and(is_kept));
            }
            members
                .values_mut()
                .for_each(|value| without_written(value, root, defined, depth + 1));
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|value| without_written(value, root, defined, depth + 1)),
        _ => {}
    }
}

fn is_written(property: &Value, root: &Value) -> bool {
    let target = property
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|target| target.strip_prefix('#'));
    let target = target.and_then(|target| root.pointer(&decoded(target)));
    [Some(property), target]
        .into_iter()
        .flatten()
        .any(|schema| schema.get("writeOnly") == Some(&Value::Bool(true)))
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A fragment as a JSON Pointer.
fn decoded(fragment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = fragment.as_bytes();
    while let [first, tail @ ..] = rest {
        let pair = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
            .filter(|_| *first == b'%')
        {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A JSON Pointer as a fragment.
fn encoded(pointer: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    pointer.bytes().map(encode).collect()
}
