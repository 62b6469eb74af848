//! Values as parameters and forms have them, by their styles.

use serde_json::Value;
use specsmith_ir::{Content, Parameter, ParameterEncoding, ParameterIn, Style};

/// Names and texts, encoded.
pub(crate) type Pairs = Vec<(String, String)>;

/// Whether a value can be written at all: what is empty or deep has no form in styles.
pub(crate) fn can_be_sent(parameter: &Parameter, value: &Value) -> bool {
    let is_text = |text: &str| match parameter.place {
        ParameterIn::Header => {
            !text.is_empty() && text.trim() == text && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
        }
        ParameterIn::Path => !text.is_empty() && text != "." && text != "..",
        _ => true,
    };
    let is_scalar = |value: &Value| match value {
        // A comma would separate items.
        Value::String(text) => is_text(text),
        Value::Number(_) | Value::Bool(_) => true,
        _ => false,
    };
    let plain = |value: &Value| {
        is_scalar(value)
            && !scalar(value).contains([',', '|', ' ', '.', ';', '=', '[', '{'])
            && !scalar(value).is_empty()
    };
    match (&parameter.encoding, value) {
        (ParameterEncoding::Content(media_type), value) if media_type.is_json() => !value.is_null(),
        (ParameterEncoding::Content(_), value) => {
            is_scalar(value) || parameter.place == ParameterIn::Querystring && is_flat(value)
        }
        (_, Value::Array(items)) => !items.is_empty() && items.iter().all(plain),
        (_, Value::Object(members)) => {
            !members.is_empty()
                && members.values().all(plain)
                && members.keys().all(|name| !name.contains([',', '=', '[', ' ']))
        }
        (_, value) => is_scalar(value),
    }
}

/// Whether no lists and objects stand inside each other.
pub(crate) fn is_flat(value: &Value) -> bool {
    let is_inner = |value: &Value| value.is_array() || value.is_object() || value.is_null();
    match value {
        Value::Array(items) => !items.iter().any(is_inner),
        Value::Object(_) => false,
        _ => true,
    }
}

/// A parameter in its style.
pub(crate) fn parameter(parameter: &Parameter, value: &Value) -> Option<Pairs> {
    let name = match parameter.place {
        ParameterIn::Header => parameter.name.clone(),
        _ => escaped(&parameter.name),
    };
    let encode = |text: &str| match parameter.place {
        ParameterIn::Header => text.to_owned(),
        _ => escaped(text),
    };
    let (style, explode) = match &parameter.encoding {
        ParameterEncoding::Style { style, explode, .. } => (*style, *explode),
        ParameterEncoding::Content(media_type) => {
            let text = if media_type.is_json() {
                value.to_string()
            } else {
                scalar(value)
            };
            if parameter.place == ParameterIn::Querystring {
                return match value {
                    Value::Object(members) if media_type.is_form() => Some(
                        members
                            .iter()
                            .map(|(name, value)| (escaped(name), escaped(&scalar(value))))
                            .collect(),
                    ),
                    _ => Some(vec![(String::new(), encode(&text))]),
                };
            }
            return Some(vec![(name, encode(&text))]);
        }
    };
    let items = |separator: &str| match value {
        Value::Array(items) => items
            .iter()
            .map(|item| encode(&scalar(item)))
            .collect::<Vec<_>>()
            .join(separator),
        Value::Object(members) => {
            let sign = if explode && style != Style::Form {
                "="
            } else {
                separator
            };
            let pair = |(name, value): (&String, &Value)| format!("{}{sign}{}", encode(name), encode(&scalar(value)));
            members.iter().map(pair).collect::<Vec<_>>().join(separator)
        }
        value => encode(&scalar(value)),
    };
    let one = |text: String| Some(vec![(name.clone(), text)]);
    match (style, value) {
        (Style::Simple, _) => one(items(",")),
        (Style::Label, _) => one(format!(".{}", items(if explode { "." } else { "," }))),
        (Style::Matrix, Value::Array(list)) if explode => {
            let pairs: Vec<String> = list
                .iter()
                .map(|item| format!(";{name}={}", encode(&scalar(item))))
                .collect();
            one(pairs.concat())
        }
        (Style::Matrix, Value::Object(_)) if explode => one(format!(";{}", items(";"))),
        (Style::Matrix, _) => one(format!(";{name}={}", items(","))),
        (Style::DeepObject, Value::Object(members)) => {
            let pair =
                |(key, value): (&String, &Value)| (format!("{name}%5B{}%5D", encode(key)), encode(&scalar(value)));
            Some(members.iter().map(pair).collect())
        }
        (Style::SpaceDelimited, Value::Array(_)) if !explode => one(items("%20")),
        (Style::PipeDelimited, Value::Array(_)) if !explode => one(items("%7C")),
        (_, Value::Array(list)) if explode => {
            Some(list.iter().map(|item| (name.clone(), encode(&scalar(item)))).collect())
        }
        (_, Value::Object(members)) if explode => Some(
            members
                .iter()
                .map(|(key, value)| (encode(key), encode(&scalar(value))))
                .collect(),
        ),
        _ => one(items(",")),
    }
}

/// A form; members with a style of their own are not written.
pub(crate) fn form(content: &Content, value: &Value) -> Option<String> {
    let mut pairs = Vec::new();
    for (name, member) in value.as_object()? {
        let style = content
            .encoding
            .iter()
            .find(|encoding| encoding.name == *name)
            .and_then(|encoding| encoding.style.clone());
        let is_joined = matches!(style, Some(ParameterEncoding::Style { explode: false, .. }));
        match member {
            Value::Array(items) if is_joined => {
                let items: Vec<String> = items.iter().map(|item| escaped(&scalar(item))).collect();
                pairs.push(format!("{}={}", escaped(name), items.join(",")));
            }
            Value::Array(items) => pairs.extend(items.iter().map(|item| pair(name, &scalar(item)))),
            member => pairs.push(pair(name, &scalar(member))),
        }
    }
    Some(pairs.join("&"))
}

/// A part for each member, and for each item of lists.
pub(crate) fn multipart(value: &Value) -> Vec<u8> {
    let mut text = String::new();
    for (name, member) in value.as_object().into_iter().flatten() {
        let members = match member {
            Value::Array(items) => items.clone(),
            member => vec![member.clone()],
        };
        for member in members {
            let name = name.replace('"', "%22");
            text.push_str(&format!(
                "--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{}\r\n",
                scalar(&member)
            ));
        }
    }
    text.push_str("--B--\r\n");
    text.into_bytes()
}

pub(crate) fn pair(name: &str, value: &str) -> String {
    format!("{}={}", escaped(name), escaped(value))
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        value => value.to_string(),
    }
}

/// Percent-encoded text.
pub(crate) fn escaped(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}
