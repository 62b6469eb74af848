//! Bodies of `application/x-www-form-urlencoded`.

use serde::Serialize;
use serde_json::Value;

use super::{Parts, style};

impl Parts {
    /// Sets the body to the members of an object: `a=1&b=x&b=y&c%5Bd%5D=2`.
    ///
    /// Lists repeat the name; lists that hold objects, and objects, add the way to each value in brackets.
    pub fn form(&mut self, content_type: &str, value: impl Serialize) {
        match serde_json::to_value(value) {
            Ok(value) => self.bytes(content_type, encode(&value)),
            Err(error) => self.refuse("body", format!("cannot be written as a form: {error}")),
        }
    }
}

fn encode(value: &Value) -> String {
    let members = value.as_object().into_iter().flatten();
    let pairs = members.filter_map(|(name, value)| {
        let is_flat = match value {
            Value::Array(items) => !items.iter().any(|item| item.is_array() || item.is_object()),
            other => !other.is_object(),
        };
        let encoding = if is_flat { style::FORM } else { style::DEEP_OBJECT };
        encoding.write(name, value)
    });
    Vec::from_iter(pairs).join("&")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_become_pairs() {
        let value = json!({ "a": "x y&z", "b": [1, 2], "c": { "d": true, "e": [3] }, "f": null, "g": [{ "h": 4 }] });
        let expected = "a=x%20y%26z&b=1&b=2&c%5Bd%5D=true&c%5Be%5D%5B0%5D=3&g%5B0%5D%5Bh%5D=4";
        assert_eq!(encode(&value), expected);
        assert_eq!(encode(&json!(null)), "");
    }
}
