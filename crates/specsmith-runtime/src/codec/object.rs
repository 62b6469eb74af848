//! Objects: structs with named members.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor,
};
use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};

use super::buffer::{Kept, read_buffered};
use super::nullable::Nullable;

/// A struct that is an object in JSON; `codec!(struct ..)` implements it.
pub trait Object: Sized {
    /// The members that have one value only; no more than 64 are counted.
    const CONSTANTS: &'static [(&'static str, Presence)] = &[];

    /// Reads the members of an object; `None` after an error, which the reader keeps.
    fn read<'de, A: MapAccess<'de>>(members: &mut ObjectReader<'_, 'de, A>) -> Option<Self>;
}

/// Whether a member must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It may be absent.
    Optional,
    /// It must be there.
    Required,
}

/// Reads an object; the name is that of the type, for errors.
pub fn read_object<'de, T: Object, D: Deserializer<'de>>(
    name: &'static str,
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(name, PhantomData))
}

struct ObjectVisitor<T>(&'static str, PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object (`{}`)", self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<T, A::Error> {
        let mut reader = ObjectReader {
            members: &mut members,
            object: self.0,
            key: Key(Cow::Borrowed("")),
            constants: T::CONSTANTS,
            seen: 0,
            error: None,
        };
        match T::read(&mut reader) {
            Some(object) => Ok(object),
            None => Err(reader.failure()),
        }
    }
}

/// The name of a member, borrowed from the text where it stands there as it is.
#[derive(Debug)]
pub(super) struct Key<'de>(pub(super) Cow<'de, str>);

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

/// A string, whole number, other number or boolean in the lines of `codec!`.
pub trait Constant: Serialize + fmt::Debug {
    /// Whether a value is this one.
    fn is(&self, value: &Kept<'_>) -> bool;
}

impl Constant for &str {
    fn is(&self, value: &Kept<'_>) -> bool {
        value.as_str() == Some(self)
    }
}

impl Constant for bool {
    fn is(&self, value: &Kept<'_>) -> bool {
        matches!(value, Kept::Bool(value) if value == self)
    }
}

impl Constant for i64 {
    fn is(&self, value: &Kept<'_>) -> bool {
        value
            .as_number()
            .is_some_and(|number| match number.as_i64() {
                Some(value) => value == *self,
                None => number
                    .as_f64()
                    .is_some_and(|value| value == *self as f64 && value.abs() < 9e15),
            })
    }
}

impl Constant for f64 {
    fn is(&self, value: &Kept<'_>) -> bool {
        value.as_number().and_then(serde_json::Number::as_f64) == Some(*self)
    }
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

/// Why a property that is there twice is refused.
pub(super) const TWICE: &str = "the property is there twice";

/// Fails in place of reading a value, so that the deserializer knows where.
struct Refused<'a>(&'a str);

impl<'de> DeserializeSeed<'de> for Refused<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, _deserializer: D) -> Result<(), D::Error> {
        Err(D::Error::custom(self.0))
    }
}

/// Reads members one by one and keeps the first error, so that generated code has none to pass on.
#[derive(Debug)]
pub struct ObjectReader<'a, 'de, A: MapAccess<'de>> {
    members: &'a mut A,
    /// The name of the type, for errors.
    pub(super) object: &'static str,
    key: Key<'de>,
    /// The members that have one value only, and a bit for each that was there.
    constants: &'static [(&'static str, Presence)],
    seen: u64,
    error: Option<A::Error>,
}

impl<'de, A: MapAccess<'de>> ObjectReader<'_, 'de, A> {
    /// Goes to the next member; `false` at the end and after an error.
    pub fn advance(&mut self) -> bool {
        if self.error.is_some() {
            return false;
        }
        match self.members.next_key() {
            Ok(Some(key)) => {
                self.key = key;
                true
            }
            Ok(None) => false,
            Err(error) => {
                self.error = Some(error);
                false
            }
        }
    }

    /// The name of the member.
    #[inline]
    pub fn name(&self) -> &str {
        &self.key.0
    }

    /// Reads the member.
    pub fn value<T: Deserialize<'de>>(&mut self, field: &mut Option<T>) {
        if field.is_some() {
            return self.refuse(TWICE);
        }
        match self.members.next_value() {
            Ok(value) => *field = Some(value),
            Err(error) => self.error = Some(error),
        }
    }

    /// Reads the member, which has one value only.
    pub fn constant(&mut self, name: &'static str, expected: impl Constant) {
        let place = self.constants.iter().position(|(known, _)| *known == name);
        let bit = place.map_or(0, |place| 1_u64.unbounded_shl(place as u32));
        if self.seen & bit != 0 {
            return self.refuse(TWICE);
        }
        self.seen |= bit;
        self.error = self.members.next_value_seed(ConstantSeed(expected)).err();
    }

    /// Whether nothing failed so far, and all constants that must be there were.
    pub fn is_sound(&mut self) -> bool {
        if !self.constants.is_empty() {
            self.require_constants();
        }
        self.error.is_none()
    }

    /// The first error.
    #[cold]
    fn failure(&mut self) -> A::Error {
        self.error
            .take()
            .unwrap_or_else(|| A::Error::custom(format_args!("no `{}`", self.object)))
    }

    /// Fails where a member that has one value only must be there and is not.
    fn require_constants(&mut self) {
        let mut seen = self.seen;
        for (name, presence) in self.constants.iter().take(64) {
            if *presence == Presence::Required && seen & 1 == 0 && self.error.is_none() {
                self.error = Some(missing(name, self.object));
            }
            seen >>= 1;
        }
    }

    /// Reads the member and forgets it.
    pub fn skip(&mut self) {
        self.error = self.members.next_value::<IgnoredAny>().err();
    }

    /// Refuses a member that has no field.
    pub fn unknown(&mut self) {
        let message = format!("unknown property `{}`", self.key.0);
        self.refuse(&message);
    }

    /// Fails where the value of the member is.
    #[cold]
    fn refuse(&mut self, message: &str) {
        self.error = self.members.next_value_seed(Refused(message)).err();
    }

    /// Reads a member that has no field into the field for all others.
    pub fn keep<T: Deserialize<'de>>(&mut self, rest: &mut BTreeMap<String, T>) {
        if rest.contains_key(&*self.key.0) {
            return self.refuse(TWICE);
        }
        match self.members.next_value() {
            Ok(value) => drop(rest.insert(self.key.0.to_string(), value)),
            Err(error) => self.error = Some(error),
        }
    }

    /// Fails where a member that must be there is not.
    #[cold]
    pub fn miss<T>(&mut self, name: &'static str) -> Option<T> {
        if self.error.is_none() {
            self.error = Some(missing(name, self.object));
        }
        None
    }
}

#[cold]
fn missing<E: serde::de::Error>(name: &str, object: &str) -> E {
    E::custom(format_args!("missing property `{name}` of `{object}`"))
}

/// Writes members one by one and keeps the first error, so that generated code has none to pass on.
#[derive(Debug)]
pub struct ObjectWriter<M: SerializeMap>(Result<M, M::Error>);

impl<M: SerializeMap> ObjectWriter<M> {
    /// Begins an object.
    pub fn begin<S>(serializer: S) -> Self
    where
        S: Serializer<SerializeMap = M, Error = M::Error>,
    {
        Self(serializer.serialize_map(None))
    }

    /// Ends the object.
    pub fn end(self) -> Result<M::Ok, M::Error> {
        match self.0 {
            Ok(map) => map.end(),
            Err(error) => Err(error),
        }
    }

    /// Writes nothing: for objects that have no members.
    pub fn nothing(&mut self) {}

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
            if named.contains(&name.as_str()) {
                self.fail(format_args!("the property `{name}` has a field of its own"));
            }
            self.entry(name, value);
        }
    }

    /// Writes other members of certain names; it is an error if one of them has another name or a field of its own.
    pub fn matching<T: Serialize>(
        &mut self,
        named: &[&str],
        belongs: impl Fn(&str) -> bool,
        members: &BTreeMap<String, T>,
    ) {
        if let Some(name) = members.keys().find(|name| !belongs(name)) {
            self.fail(format_args!(
                "the property `{name}` is not in the right field"
            ));
        }
        self.rest(named, members);
    }

    fn entry<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if let Ok(map) = &mut self.0
            && let Err(error) = map.serialize_entry(name, value)
        {
            self.0 = Err(error);
        }
    }

    #[cold]
    fn fail(&mut self, message: fmt::Arguments<'_>) {
        if self.0.is_ok() {
            self.0 = Err(M::Error::custom(message));
        }
    }
}
