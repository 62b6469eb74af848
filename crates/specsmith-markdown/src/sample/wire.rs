//! Values of parameters as they are sent: the styles of OpenAPI.

use specsmith_ir::{Parameter, ParameterEncoding, PathPart, PathTemplate, Style, Value};

use crate::json;

/// What is percent-encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escape {
    /// All but unreserved characters.
    All,
    /// All but what stands as it is in a segment of a path (RFC 3986, section 3.3), without the quote.
    Segment,
    /// All but unreserved and reserved characters.
    KeepReserved,
    /// Nothing.
    None,
}

/// The path with its values, and the literal pairs that stand in it.
pub(super) fn path(template: &PathTemplate, arguments: &[(&Parameter, Value)]) -> String {
    let mut path = String::new();
    for segment in &template.segments {
        path.push('/');
        for part in &segment.parts {
            match part {
                PathPart::Literal(text) => path.push_str(&encoded(text, Escape::Segment)),
                PathPart::Parameter(name) => path.push_str(&path_value(name, arguments)),
            }
        }
    }
    path
}

fn path_value(name: &str, arguments: &[(&Parameter, Value)]) -> String {
    let of_path = |parameter: &Parameter| parameter.place == specsmith_ir::ParameterIn::Path && parameter.name == name;
    let Some((parameter, value)) = arguments.iter().find(|(parameter, _)| of_path(parameter)) else {
        return "value".to_owned();
    };
    match &parameter.encoding {
        ParameterEncoding::Content(_) => encoded(&json::compact(value), Escape::All),
        ParameterEncoding::Style { style, explode, .. } => {
            let flat = flat(value, *explode, Escape::All);
            match style {
                Style::Label => format!(".{}", flat.join(if *explode { "." } else { "," })),
                Style::Matrix if *explode && is_list(value) => {
                    flat.iter().map(|item| format!(";{name}={item}")).collect()
                }
                Style::Matrix if *explode && is_object(value) => flat.iter().map(|item| format!(";{item}")).collect(),
                Style::Matrix => format!(";{name}={}", flat.join(",")),
                _ => flat.join(","),
            }
        }
    }
}

/// The pairs of a query or of cookies that a value becomes, encoded.
pub(super) fn pairs(parameter: &Parameter, value: &Value, escape: Escape) -> Vec<(String, String)> {
    let name = encoded(&parameter.name, escape);
    let (style, explode, allow_reserved) = match &parameter.encoding {
        ParameterEncoding::Content(_) => {
            return vec![(name, encoded(&json::compact(value), escape))];
        }
        ParameterEncoding::Style {
            style,
            explode,
            allow_reserved,
        } => (*style, *explode, *allow_reserved),
    };
    let escape = if allow_reserved { Escape::KeepReserved } else { escape };
    let joined = |separator: &str| vec![(name.clone(), flat(value, false, escape).join(separator))];
    match (style, value) {
        (Style::DeepObject, Value::Object(_)) => {
            let mut pairs = Vec::new();
            deep(&name, value, escape, &mut pairs);
            pairs
        }
        (Style::SpaceDelimited, _) if !explode => joined("%20"),
        (Style::PipeDelimited, _) if !explode => joined("%7C"),
        (_, Value::Array(items)) if explode => items.iter().map(|item| (name.clone(), scalar(item, escape))).collect(),
        (_, Value::Object(members)) if explode => {
            let members = members.iter();
            members
                .map(|(name, value)| (encoded(name, escape), scalar(value, escape)))
                .collect()
        }
        _ => joined(","),
    }
}

/// The value of a header.
pub(super) fn header(parameter: &Parameter, value: &Value) -> String {
    let text = match &parameter.encoding {
        ParameterEncoding::Content(_) => json::compact(value),
        ParameterEncoding::Style { explode, .. } => flat(value, *explode, Escape::None).join(","),
    };
    text.chars().filter(|c| !json::is_invisible(*c)).collect()
}

/// The body of a form.
pub(super) fn form(value: &Value) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    if let Value::Object(members) = value {
        for (name, value) in members {
            let name = encoded(name, Escape::All);
            match value {
                Value::Null => {}
                Value::Array(items) if items.iter().all(|item| !is_list(item) && !is_object(item)) => {
                    pairs.extend(items.iter().map(|item| (name.clone(), scalar(item, Escape::All))));
                }
                value => deep(&name, value, Escape::All, &mut pairs),
            }
        }
    }
    pairs
}

fn deep(name: &str, value: &Value, escape: Escape, pairs: &mut Vec<(String, String)>) {
    let inside = |key: &str| format!("{name}%5B{}%5D", encoded(key, escape));
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                deep(&inside(key), value, escape, pairs);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                deep(&inside(&index.to_string()), value, escape, pairs);
            }
        }
        value => pairs.push((name.to_owned(), scalar(value, escape))),
    }
}

/// The texts that a value consists of: items, or names and values.
fn flat(value: &Value, explode: bool, escape: Escape) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().map(|item| scalar(item, escape)).collect(),
        Value::Object(members) if explode => {
            let members = members.iter();
            members
                .map(|(name, value)| format!("{}={}", encoded(name, escape), scalar(value, escape)))
                .collect()
        }
        Value::Object(members) => {
            let members = members.iter();
            members
                .flat_map(|(name, value)| [encoded(name, escape), scalar(value, escape)])
                .collect()
        }
        value => vec![scalar(value, escape)],
    }
}

fn scalar(value: &Value, escape: Escape) -> String {
    match value {
        Value::String(text) => encoded(text, escape),
        Value::Null => String::new(),
        Value::Array(_) | Value::Object(_) => encoded(&json::compact(value), escape),
        value => encoded(&value.to_string(), escape),
    }
}

fn is_list(value: &Value) -> bool {
    matches!(value, Value::Array(_))
}

fn is_object(value: &Value) -> bool {
    matches!(value, Value::Object(_))
}

/// Text, percent-encoded.
pub(super) fn encoded(text: &str, escape: Escape) -> String {
    if escape == Escape::None {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let is_kept = byte.is_ascii_alphanumeric()
            || b"-._~".contains(&byte)
            || (escape == Escape::Segment && b":@!$&()*+,;=".contains(&byte))
            // Braces and brackets mean something to curl, `#` and `&` end a value.
            || (escape == Escape::KeepReserved && b":/?@!$'()*+,;=".contains(&byte));
        match is_kept {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
