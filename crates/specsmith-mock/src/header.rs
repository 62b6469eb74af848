//! Values in headers and forms.

use serde_json::Value;
use specsmith_ir::ParameterEncoding;

/// A value as a header has it; `None` where it cannot be one.
pub(crate) fn text(value: &Value, encoding: &ParameterEncoding) -> Option<String> {
    let explode = match encoding {
        ParameterEncoding::Content(media_type) if media_type.is_json() => return Some(value.to_string()),
        ParameterEncoding::Content(_) => false,
        ParameterEncoding::Style { explode, .. } => *explode,
    };
    let text = match value {
        Value::Array(items) => items.iter().map(scalar).collect::<Vec<_>>().join(","),
        Value::Object(members) => {
            let sign = if explode { '=' } else { ',' };
            let pair = |(name, value): (&String, &Value)| format!("{name}{sign}{}", scalar(value));
            members.iter().map(pair).collect::<Vec<_>>().join(",")
        }
        value => scalar(value),
    };
    let is_visible = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    (is_visible && text.trim() == text && !text.is_empty()).then_some(text)
}

/// A value as a form: the items of lists one by one, what is deeper as JSON.
pub(crate) fn form(value: &Value) -> String {
    let mut pairs = Vec::new();
    for (name, member) in value.as_object().into_iter().flatten() {
        match member {
            Value::Array(items) => pairs.extend(items.iter().map(|item| pair(name, item))),
            member => pairs.push(pair(name, member)),
        }
    }
    pairs.join("&")
}

fn pair(name: &str, value: &Value) -> String {
    format!("{}={}", escaped(name), escaped(&scalar(value)))
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        value => value.to_string(),
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => escaped.push(char::from(byte)),
            b' ' => escaped.push('+'),
            byte => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}
