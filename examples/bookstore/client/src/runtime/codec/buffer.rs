//! Values that are kept whole before it is decided what they are.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// What `serde_json` hands out in place of a number where it keeps the text of numbers.
const NUMBER_TOKEN: &str = "$serde_json::private::Number";

/// Reads a whole value and passes it on; an error of `then` gets the place of the value.
pub(super) fn read_buffered<'de, D, T, F>(deserializer: D, then: F) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    F: FnOnce(Value) -> Result<T, String>,
{
    deserializer.deserialize_any(Then {
        then,
        result: PhantomData,
    })
}

/// Buffers, then decides within the visitor, so that the deserializer still knows where it is.
struct Then<F, T> {
    then: F,
    result: PhantomData<T>,
}

impl<T, F: FnOnce(Value) -> Result<T, String>> Then<F, T> {
    fn go<E: Error>(self, value: Value) -> Result<T, E> {
        (self.then)(value).map_err(E::custom)
    }
}

impl<'de, T, F: FnOnce(Value) -> Result<T, String>> Visitor<'de> for Then<F, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Buffer.expecting(f)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        self.go(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        self.go(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        self.go(value.into())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<T, E> {
        let value = Buffer.visit_i128(value)?;
        self.go(value)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<T, E> {
        let value = Buffer.visit_u128(value)?;
        self.go(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        self.go(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        self.go(value.into())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<T, E> {
        self.go(value.into())
    }

    fn visit_none<E: Error>(self) -> Result<T, E> {
        self.go(Value::Null)
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        self.go(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        let value = Buffer.visit_seq(items)?;
        self.go(value)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        let value = Buffer.visit_map(members)?;
        self.go(value)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _data: A) -> Result<T, A::Error> {
        Err(A::Error::custom("an enum of the format is no JSON value"))
    }
}

/// Reads any value; unlike `Value` itself it refuses a member that is there twice.
#[derive(Clone, Copy)]
struct Buffer;

impl<'de> DeserializeSeed<'de> for Buffer {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Buffer {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        value
            .to_string()
            .parse()
            .map(Value::Number)
            .map_err(E::custom)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        value
            .to_string()
            .parse()
            .map(Value::Number)
            .map_err(E::custom)
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Buffer)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if name == NUMBER_TOKEN {
                let text: String = members.next_value()?;
                let number: Number = text.parse().map_err(A::Error::custom)?;
                return Ok(Value::Number(number));
            }
            if object.contains_key(&name) {
                return Err(A::Error::custom("the property is there twice"));
            }
            let value = members.next_value_seed(Buffer)?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}
