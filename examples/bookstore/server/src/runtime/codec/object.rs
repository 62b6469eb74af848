//! Objects: structs with named members.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};

use serde_json::Value;

use super::buffer::read_buffered;
use super::nullable::Nullable;

/// A struct that is an object in JSON; `codec!(struct ..)` implements it.
pub trait Object: Sized {
    /// The name of the type, for errors.
    const NAME: &'static str;

    /// Reads the members of an object.
    fn read<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Self, A::Error>;

    /// Writes the members.
    fn write<M: SerializeMap>(&self, out: &mut ObjectWriter<'_, M>);
}

/// Reads an object.
pub fn read_object<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

/// Writes an object.
pub fn write_object<T: Object, S: Serializer>(object: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    let mut out = ObjectWriter {
        map: &mut map,
        error: None,
    };
    object.write(&mut out);
    match out.error {
        None => map.end(),
        Some(error) => Err(error),
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object (`{}`)", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<T, A::Error> {
        T::read(&mut members)
    }
}

/// The name of a member, borrowed from the text where it stands there as it is.
#[derive(Debug)]
pub struct Key<'de>(Cow<'de, str>);

impl Key<'_> {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(name)))
    }

    fn visit_str<E>(self, name: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(name.to_owned())))
    }

    fn visit_string<E>(self, name: String) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(name)))
    }
}

/// Reads the name of the next member.
pub fn next_key<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Option<Key<'de>>, A::Error> {
    members.next_key()
}

/// Reads the value of a member that is there at most once.
pub fn value<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    members: &mut A,
    slot: &mut Option<T>,
) -> Result<(), A::Error> {
    if slot.is_some() {
        return Err(duplicate());
    }
    *slot = Some(members.next_value()?);
    Ok(())
}

/// Reads a value and forgets it.
pub fn skip<'de, A: MapAccess<'de>>(members: &mut A) -> Result<(), A::Error> {
    members.next_value::<IgnoredAny>().map(drop)
}

/// Refuses a member that has no field.
pub fn unknown<'de, A: MapAccess<'de>>(_members: &mut A, name: &str) -> Result<(), A::Error> {
    Err(A::Error::custom(format_args!("unknown property `{name}`")))
}

/// Reads a member that has no field into the field for all others.
pub fn keep<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    members: &mut A,
    rest: &mut BTreeMap<String, T>,
    key: Key<'de>,
) -> Result<(), A::Error> {
    if rest.contains_key(key.as_str()) {
        return Err(duplicate());
    }
    rest.insert(key.0.into_owned(), members.next_value()?);
    Ok(())
}

/// A string, whole number, other number or boolean in the lines of `codec!`.
pub trait Constant: Serialize + fmt::Debug {
    /// Whether a value is this one.
    fn is(&self, value: &Value) -> bool;
}

impl Constant for &str {
    fn is(&self, value: &Value) -> bool {
        value.as_str() == Some(self)
    }
}

impl Constant for bool {
    fn is(&self, value: &Value) -> bool {
        value.as_bool() == Some(*self)
    }
}

impl Constant for i64 {
    fn is(&self, value: &Value) -> bool {
        match value.as_i64() {
            Some(value) => value == *self,
            None => value
                .as_f64()
                .is_some_and(|value| value == *self as f64 && value.abs() < 9e15),
        }
    }
}

impl Constant for f64 {
    fn is(&self, value: &Value) -> bool {
        value.as_f64() == Some(*self)
    }
}

/// Reads a property that has one value only.
pub fn constant<'de, A: MapAccess<'de>>(members: &mut A, expected: impl Constant) -> Result<(), A::Error> {
    members.next_value_seed(ConstantSeed(expected))
}

struct ConstantSeed<C>(C);

impl<'de, C: Constant> DeserializeSeed<'de> for ConstantSeed<C> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        read_buffered(deserializer, |found| match self.0.is(&found) {
            true => Ok(()),
            false => Err(format!("expected {:?}", self.0)),
        })
    }
}

/// The error for a member that is required and not there.
#[cold]
pub fn missing<E: serde::de::Error>(name: &'static str) -> E {
    E::missing_field(name)
}

#[cold]
fn duplicate<E: serde::de::Error>() -> E {
    E::custom("the property is there twice")
}

/// The field of a member that may be absent.
pub fn optional<T>(slot: Option<Option<T>>) -> Option<T> {
    slot.flatten()
}

/// The field of a member that may be absent or null.
pub fn nullable<T>(slot: Option<Nullable<T>>) -> Nullable<T> {
    slot.unwrap_or_default()
}

/// Writes members one by one and keeps the first error, so that generated code has none to pass on.
#[derive(Debug)]
pub struct ObjectWriter<'a, M: SerializeMap> {
    map: &'a mut M,
    error: Option<M::Error>,
}

impl<M: SerializeMap> ObjectWriter<'_, M> {
    /// Writes a member.
    pub fn value<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.entry(name, value);
    }

    /// Writes a property that has one value only.
    pub fn constant(&mut self, name: &'static str, value: impl Constant) {
        self.entry(name, &value);
    }

    /// Writes a member unless it is absent.
    pub fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.entry(name, value);
        }
    }

    /// Writes a member or null, unless it is absent.
    pub fn nullable<T: Serialize>(&mut self, name: &'static str, value: &Nullable<T>) {
        match value {
            Nullable::Absent => {}
            Nullable::Null => self.entry(name, &()),
            Nullable::Value(value) => self.entry(name, value),
        }
    }

    /// Writes all other members; it is an error if one of them has a field of its own.
    pub fn rest<T: Serialize>(&mut self, named: &[&str], rest: &BTreeMap<String, T>) {
        for (name, value) in rest {
            if named.contains(&name.as_str()) && self.error.is_none() {
                self.error = Some(M::Error::custom(format_args!(
                    "the property `{name}` has a field of its own"
                )));
            }
            self.entry(name, value);
        }
    }

    fn entry<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if self.error.is_none() {
            self.error = self.map.serialize_entry(name, value).err();
        }
    }
}
