//! What became of a value that was read and written back.

use serde_json::{Number, Value};

/// The first difference between a value and what was written back.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Difference {
    /// A member is not there any more: the JSON Pointer of its object, and its name.
    Lost(String, String),
    /// Something is there that was not.
    Added(String),
    /// The same said in other words: a time, an identifier.
    Spelled(String),
    /// Something else.
    Changed(String),
}

/// The differences between a value and what was written back; numbers are equal by value, and members have no order.
pub(crate) fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(before, after, String::new(), &mut found);
    found
}

fn compare(before: &Value, after: &Value, place: String, found: &mut Vec<Difference>) {
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => {
            for (name, value) in old {
                match new.get(name) {
                    Some(other) => compare(value, other, format!("{place}/{}", super::places::escape(name)), found),
                    None => found.push(Difference::Lost(place.clone(), name.clone())),
                }
            }
            let added = new.keys().filter(|name| !old.contains_key(*name));
            found.extend(added.map(|name| Difference::Added(format!("{place}/{name}"))));
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            for (index, (value, other)) in old.iter().zip(new).enumerate() {
                compare(value, other, format!("{place}/{index}"), found);
            }
        }
        (Value::Number(old), Value::Number(new)) if same_number(old, new) => {}
        (Value::String(old), Value::String(new)) if old != new && same_text(old, new) => {
            found.push(Difference::Spelled(format!("{place}: {old} is {new}")));
        }
        (old, new) if old == new => {}
        (old, new) => found.push(Difference::Changed(format!("{place}: {old} is {new}"))),
    }
}

fn same_number(a: &Number, b: &Number) -> bool {
    match (a.as_i128(), b.as_i128()) {
        (Some(a), Some(b)) => a == b,
        _ => a.as_f64().is_some() && a.as_f64() == b.as_f64(),
    }
}

/// Whether two texts are the same time, identifier or base64.
fn same_text(a: &str, b: &str) -> bool {
    let time = |text: &str| chrono::DateTime::parse_from_rfc3339(&text.replace(' ', "T").to_uppercase()).ok();
    let digits = |text: &str| {
        let is_uuid = text.chars().all(|c| c.is_ascii_hexdigit() || "-{}urnid:".contains(c));
        is_uuid.then(|| {
            text.to_lowercase()
                .trim_start_matches("urn:uuid:")
                .replace(['-', '{', '}'], "")
        })
    };
    let base64 = |text: &str| text.trim_end_matches('=').replace('-', "+").replace('_', "/");
    (time(a).is_some() && time(a) == time(b))
        || digits(a).is_some_and(|a| a.len() == 32 && digits(b) == Some(a))
        || (base64(a) == base64(b))
}
