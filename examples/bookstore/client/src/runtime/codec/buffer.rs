//! Values that are kept whole before it is decided what they are.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::object::{Key, TWICE};

/// What `serde_json` hands out in place of a number where it keeps the text of numbers.
const NUMBER_TOKEN: &str = "$serde_json::private::Number";

/// A value that is kept whole; its texts stay where they were read, where that is possible.
#[derive(Debug)]
pub enum Kept<'de> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(Cow<'de, str>),
    /// An array.
    Array(Vec<Kept<'de>>),
    /// An object with its members in their order; a name may be there twice.
    Object(Vec<(Cow<'de, str>, Kept<'de>)>),
}

impl<'de> Kept<'de> {
    /// The first member of this name, if it is an object that has one.
    pub(super) fn get(&self, name: &str) -> Option<&Kept<'de>> {
        let Kept::Object(members) = self else {
            return None;
        };
        let member = members.iter().find(|(known, _)| known == name);
        member.map(|(_, value)| value)
    }

    /// The text, if it is a string.
    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Kept::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub(super) fn as_number(&self) -> Option<&Number> {
        match self {
            Kept::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The value; a member that is there twice is an error.
    pub(super) fn into_value(self) -> Result<Value, String> {
        Ok(match self {
            Kept::Null => Value::Null,
            Kept::Bool(value) => Value::Bool(value),
            Kept::Number(number) => Value::Number(number),
            Kept::String(text) => Value::String(text.into_owned()),
            Kept::Array(items) => {
                let items: Result<_, String> = items.into_iter().map(Kept::into_value).collect();
                Value::Array(items?)
            }
            Kept::Object(members) => {
                let mut object = Map::new();
                for (name, value) in members {
                    if object
                        .insert(name.into_owned(), value.into_value()?)
                        .is_some()
                    {
                        return Err(TWICE.to_owned());
                    }
                }
                Value::Object(object)
            }
        })
    }
}

/// Reads a whole value and passes it on; an error of `then` gets the place of the value.
pub(super) fn read_buffered<'de, D, T, F>(deserializer: D, then: F) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    F: FnOnce(Kept<'de>) -> Result<T, String>,
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

impl<'de, T, F: FnOnce(Kept<'de>) -> Result<T, String>> Then<F, T> {
    fn go<E: Error>(self, value: Kept<'de>) -> Result<T, E> {
        (self.then)(value).map_err(E::custom)
    }
}

impl<'de, T, F: FnOnce(Kept<'de>) -> Result<T, String>> Visitor<'de> for Then<F, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Buffer.expecting(f)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        self.go(Kept::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        self.go(Kept::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        self.go(Kept::Number(value.into()))
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
        let value = Buffer.visit_f64(value)?;
        self.go(value)
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<T, E> {
        self.go(Kept::String(Cow::Borrowed(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        self.go(Kept::String(Cow::Owned(value.to_owned())))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<T, E> {
        self.go(Kept::String(Cow::Owned(value)))
    }

    fn visit_none<E: Error>(self) -> Result<T, E> {
        self.go(Kept::Null)
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        self.go(Kept::Null)
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

/// Reads any value.
#[derive(Clone, Copy)]
pub(super) struct Buffer;

impl<'de> DeserializeSeed<'de> for Buffer {
    type Value = Kept<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Kept<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

fn parsed<'de, E: Error>(number: &str) -> Result<Kept<'de>, E> {
    number.parse().map(Kept::Number).map_err(E::custom)
}

impl<'de> Visitor<'de> for Buffer {
    type Value = Kept<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Kept<'de>, E> {
        Ok(Kept::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Kept<'de>, E> {
        Ok(Kept::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Kept<'de>, E> {
        Ok(Kept::Number(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Kept<'de>, E> {
        parsed(&value.to_string())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Kept<'de>, E> {
        parsed(&value.to_string())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Kept<'de>, E> {
        Ok(Number::from_f64(value).map_or(Kept::Null, Kept::Number))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Kept<'de>, E> {
        Ok(Kept::String(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Kept<'de>, E> {
        Ok(Kept::String(Cow::Owned(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Kept<'de>, E> {
        Ok(Kept::String(Cow::Owned(value)))
    }

    fn visit_none<E>(self) -> Result<Kept<'de>, E> {
        Ok(Kept::Null)
    }

    fn visit_unit<E>(self) -> Result<Kept<'de>, E> {
        Ok(Kept::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Kept<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Kept<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Kept<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Buffer)? {
            list.push(item);
        }
        Ok(Kept::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Kept<'de>, A::Error> {
        let mut object = Vec::new();
        while let Some(Key(name)) = members.next_key()? {
            if name == NUMBER_TOKEN {
                let text: String = members.next_value()?;
                return parsed(&text);
            }
            object.push((name, members.next_value_seed(Buffer)?));
        }
        Ok(Kept::Object(object))
    }
}
