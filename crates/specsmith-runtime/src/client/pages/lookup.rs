//! Single values of JSON: found without reading the rest, and put into a tree.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// What is asked for.
#[derive(Clone, Copy)]
pub(super) enum Wanted {
    /// The value.
    Value,
    /// How many items a list has.
    Count,
}

/// What a JSON Pointer leads to, in which the item `-1` of a list is its last one; `None` where nothing is.
pub(super) fn lookup(
    json: &[u8],
    pointer: &str,
    wanted: Wanted,
) -> Result<Option<Value>, serde_json::Error> {
    let steps = steps(pointer);
    let path = Path {
        steps: &steps,
        wanted,
    };
    path.deserialize(&mut serde_json::Deserializer::from_slice(json))
}

/// Puts a value at the place of a JSON Pointer; what is on the way becomes an object.
pub(super) fn put(mut tree: &mut Value, pointer: &str, value: Value) {
    for step in steps(pointer) {
        if !tree.is_object() {
            *tree = Value::Object(Map::new());
        }
        let Value::Object(members) = tree else { return };
        tree = members.entry(step).or_insert(Value::Null);
    }
    *tree = value;
}

fn steps(pointer: &str) -> Vec<String> {
    let steps = pointer.split('/').skip(1);
    steps
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
        .collect()
}

/// The rest of the way.
#[derive(Clone, Copy)]
struct Path<'p> {
    steps: &'p [String],
    wanted: Wanted,
}

impl<'de> DeserializeSeed<'de> for Path<'_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        match (self.steps, self.wanted) {
            ([], Wanted::Value) => serde::Deserialize::deserialize(deserializer).map(Some),
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Path<'_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            match self.steps {
                [first, rest @ ..] if *first == key => {
                    found = map.next_value_seed(Path {
                        steps: rest,
                        ..self
                    })?;
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let [first, rest @ ..] = self.steps else {
            let mut count = 0_u64;
            while items.next_element::<IgnoredAny>()?.is_some() {
                count += 1;
            }
            return Ok(Some(count.into()));
        };
        let inside = Path {
            steps: rest,
            ..self
        };
        let mut found = None;
        if first == "-1" {
            while let Some(item) = items.next_element_seed(inside)? {
                found = item;
            }
            return Ok(found);
        }
        let wanted: Option<usize> = first.parse().ok();
        for index in 0.. {
            if wanted == Some(index) {
                match items.next_element_seed(inside)? {
                    Some(item) => found = item,
                    None => break,
                }
            } else if items.next_element::<IgnoredAny>()?.is_none() {
                break;
            }
        }
        Ok(found)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use serde_json::json;

    use super::*;

    #[test]
    fn pointers_lead_to_values() {
        let json = br#"{"data": [{"id": 1, "x": [[]]}, {"id": "b"}], "meta": {"a/b": {"~": true}}, "n": 1.5, "none": null}"#;
        let value = |pointer| lookup(json, pointer, Wanted::Value).unwrap();
        assert_eq!(value("/data/-1/id"), Some(json!("b")));
        assert_eq!(value("/data/0/id"), Some(json!(1)));
        assert_eq!(value("/meta/a~1b/~0"), Some(json!(true)));
        assert_eq!(value("/none"), Some(Value::Null));
        for nowhere in [
            "/data/2/id",
            "/data/id",
            "/n/a",
            "/none/a",
            "/meta/x/y",
            "/data/-1/id/x",
        ] {
            assert_eq!(value(nowhere), None, "{nowhere}");
        }
        let count = |pointer| lookup(json, pointer, Wanted::Count).unwrap();
        assert_eq!(count("/data"), Some(json!(2)));
        assert_eq!((count("/n"), count("/meta")), (None, None));
        assert_eq!(
            lookup(b"[1, 2, 3]", "", Wanted::Count).unwrap(),
            Some(json!(3))
        );
        assert_eq!(lookup(b"[]", "/-1/id", Wanted::Value).unwrap(), None);
        assert!(lookup(b"{", "/a", Wanted::Value).is_err());
    }

    #[test]
    fn values_are_put_into_trees() {
        let mut tree = json!({"filter": {"a": 1}});
        put(&mut tree, "/offset", json!(7));
        put(&mut tree, "/filter/b~1c", json!("x"));
        assert_eq!(tree, json!({"filter": {"a": 1, "b/c": "x"}, "offset": 7}));
        let mut tree = Value::Null;
        put(&mut tree, "/options/cursor", json!("c"));
        assert_eq!(tree, json!({"options": {"cursor": "c"}}));
    }
}
