//! Bodies of `application/x-www-form-urlencoded`.

use serde::Serialize;
use serde_json::Value;

use super::Parts;
use super::style::{self, Encoding};

const CONTENT_TYPE: &str = "application/x-www-form-urlencoded";

impl Parts {
    /// Sets the body to the members of an object: `a=1&b=x&b=y&c%5Bd%5D=2`.
    ///
    /// Lists repeat the name; lists that hold objects, and objects, add the way to each value in brackets.
    pub fn form(&mut self, value: impl Serialize) {
        self.form_styled(value, &[]);
    }

    /// Sets the body to the members of an object, some of which have styles of their own.
    pub fn form_styled(&mut self, value: impl Serialize, encodings: &[(&str, Encoding)]) {
        match serde_json::to_value(value) {
            Ok(value) => self.bytes(CONTENT_TYPE, encode(&value, encodings)),
            Err(error) => self.refuse("body", format!("cannot be written as a form: {error}")),
        }
    }
}

fn encode(value: &Value, encodings: &[(&str, Encoding)]) -> String {
    let members = value.as_object().into_iter().flatten();
    let pairs = members.filter_map(|(name, value)| {
        let chosen = encodings.iter().find(|(member, _)| member == name);
        let encoding = chosen.map_or_else(|| usual_encoding(value), |(_, encoding)| *encoding);
        encoding.write(name, value)
    });
    Vec::from_iter(pairs).join("&")
}

fn usual_encoding(value: &Value) -> Encoding {
    let is_flat = match value {
        Value::Array(items) => !items.iter().any(|item| item.is_array() || item.is_object()),
        other => !other.is_object(),
    };
    if is_flat {
        style::FORM
    } else {
        style::DEEP_OBJECT
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_become_pairs() {
        let value = json!({ "a": "x y&z", "b": [1, 2], "c": { "d": true, "e": [3] }, "f": null, "g": [{ "h": 4 }] });
        let expected = "a=x%20y%26z&b=1&b=2&c%5Bd%5D=true&c%5Be%5D%5B0%5D=3&g%5B0%5D%5Bh%5D=4";
        assert_eq!(encode(&value, &[]), expected);
        assert_eq!(encode(&json!(null), &[]), "");
    }

    #[test]
    fn styles_of_members_count() {
        let value = json!({ "a": ["x", "y"], "b": ["x", "y"] });
        let encodings = [("a", style::DEEP_OBJECT), ("b", style::FORM_JOINED)];
        assert_eq!(encode(&value, &encodings), "a%5B0%5D=x&a%5B1%5D=y&b=x,y");
    }
}
