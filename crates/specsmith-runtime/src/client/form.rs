//! Bodies of `application/x-www-form-urlencoded`.

use serde::Serialize;
use serde_json::Value;

use super::Parts;
use super::parts::unescapable;
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
            Ok(Value::Object(members)) => match style::form(&members, encodings) {
                Ok(text) => self.bytes(CONTENT_TYPE, text),
                Err((name, character)) => {
                    self.refuse(format!("member `{name}`"), unescapable(character))
                }
            },
            Ok(Value::Null) => self.bytes(CONTENT_TYPE, ""),
            Ok(_) => self.refuse("body", "is a form of something that has no members"),
            Err(error) => self.refuse("body", format!("cannot be written as a form: {error}")),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "tests")]

    use serde_json::json;

    use super::*;

    fn encode(value: &Value, encodings: &[(&str, Encoding)]) -> String {
        let members = value.as_object().expect("an object");
        style::form(members, encodings).expect("a form")
    }

    #[test]
    fn members_become_pairs() {
        let value = json!({ "a": "x y&z", "b": [1, 2], "c": { "d": true, "e": [3] }, "f": null, "g": [{ "h": 4 }] });
        let expected = "a=x%20y%26z&b=1&b=2&c%5Bd%5D=true&c%5Be%5D%5B0%5D=3&g%5B0%5D%5Bh%5D=4";
        assert_eq!(encode(&value, &[]), expected);
        assert_eq!(encode(&json!({}), &[]), "");
    }

    #[test]
    fn styles_of_members_count() {
        let value = json!({ "a": ["x", "y"], "b": ["x", "y"] });
        let encodings = [("a", style::DEEP_OBJECT), ("b", style::FORM_JOINED)];
        assert_eq!(encode(&value, &encodings), "a%5B0%5D=x&a%5B1%5D=y&b=x,y");
    }
}
