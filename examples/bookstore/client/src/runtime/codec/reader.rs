//! Reading out of a value that is kept whole, with the way to where it fails.

use std::borrow::Cow;
use std::fmt;
use std::slice;

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::Number;

use super::buffer::Kept;
use super::json::{PathSegment, rephrased};

/// How many values were met that no field is for, with all that is in them, while this thread was reading.
pub(super) mod left_over {
    use std::cell::Cell;

    use super::Kept;

    thread_local! {
        /// Nothing where nobody wants to know.
        static COUNT: Cell<Option<usize>> = const { Cell::new(None) };
    }

    /// Starts to count anew; what was counted before has to be given to [`stop`].
    pub(in super::super) fn start() -> Option<usize> {
        COUNT.replace(Some(0))
    }

    /// Stops; tells how many were met since the start.
    pub(in super::super) fn stop(before: Option<usize>) -> usize {
        COUNT.replace(before).unwrap_or_default()
    }

    /// What was counted so far, to be [`set`] again if reading fails.
    pub(in super::super) fn count() -> Option<usize> {
        COUNT.get()
    }

    /// Goes back to what was counted before.
    pub(in super::super) fn set(before: Option<usize>) {
        COUNT.set(before);
    }

    /// Adds what was counted of a value.
    pub(in super::super) fn add(count: usize) {
        if let Some(before) = COUNT.get() {
            COUNT.set(Some(before.saturating_add(count)));
        }
    }

    /// Adds a whole value.
    pub(in super::super) fn add_value(value: &Kept<'_>) {
        if COUNT.get().is_some() {
            add(size(value));
        }
    }

    fn size(value: &Kept<'_>) -> usize {
        1 + match value {
            Kept::Array(items) => items.iter().map(size).sum(),
            Kept::Object(members) => members.iter().map(|(_, value)| size(value)).sum(),
            _ => 0_usize,
        }
    }
}

/// Why a value could not be read, and where.
#[derive(Debug)]
pub(super) struct ReadError {
    pub(super) message: String,
    /// The way to the place, innermost first.
    pub(super) path: Vec<PathSegment>,
}

impl ReadError {
    #[cold]
    fn out_of_order() -> Self {
        serde::de::Error::custom("a value was read before its name")
    }

    /// The error as it is outside of an object.
    #[cold]
    fn inside(mut self, name: &str) -> Self {
        self.path.push(PathSegment::Property(name.to_owned()));
        self
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ReadError {}

impl serde::de::Error for ReadError {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self {
            message: rephrased(&message.to_string()),
            path: Vec::new(),
        }
    }
}

/// Reads out of a value.
#[derive(Clone, Copy)]
pub(super) struct Reader<'de>(pub(super) &'de Kept<'de>);

impl Reader<'_> {
    #[cold]
    fn refuse(&self, expected: &dyn Expected) -> ReadError {
        serde::de::Error::invalid_type(self.unexpected(), expected)
    }

    fn unexpected(&self) -> Unexpected<'_> {
        match self.0 {
            Kept::Null => Unexpected::Unit,
            Kept::Bool(value) => Unexpected::Bool(*value),
            Kept::Number(_) => Unexpected::Other("number"),
            Kept::String(text) => Unexpected::Str(text),
            Kept::Array(_) => Unexpected::Seq,
            Kept::Object(_) => Unexpected::Map,
        }
    }
}

/// Numbers of a stated type: what the number is, not how it is written.
macro_rules! numbers {
    ($visit:ident: $($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
            match self.0 {
                Kept::Number(number) => $visit(number, visitor),
                _ => Err(self.refuse(&visitor)),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.0 {
            Kept::Null => visitor.visit_unit(),
            Kept::Bool(value) => visitor.visit_bool(*value),
            Kept::Number(number) => number
                .deserialize_any(visitor)
                .map_err(serde::de::Error::custom),
            Kept::String(text) => visitor.visit_borrowed_str(text),
            Kept::Array(items) => visitor.visit_seq(Items {
                items: items.iter(),
                index: 0,
            }),
            Kept::Object(members) => visitor.visit_map(Members {
                members: members.iter(),
                value: None,
            }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.0 {
            Kept::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.0 {
            Kept::Object(members) => visitor.visit_map(Members {
                members: members.iter(),
                value: None,
            }),
            _ => Err(self.refuse(&visitor)),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.0 {
            Kept::Array(items) => visitor.visit_seq(Items {
                items: items.iter(),
                index: 0,
            }),
            _ => Err(self.refuse(&visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.0 {
            Kept::String(text) => visitor.visit_borrowed_str(text),
            _ => Err(self.refuse(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self)
    }

    /// As `serde_json` has it: the name of a variant, or an object of that name alone.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match self.0 {
            Kept::String(text) => visitor.visit_enum(BorrowedStrDeserializer::new(text)),
            Kept::Object(members) if members.len() == 1 => {
                visitor.visit_enum(MapAccessDeserializer::new(Members {
                    members: members.iter(),
                    value: None,
                }))
            }
            _ => Err(self.refuse(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        left_over::add_value(self.0);
        visitor.visit_unit()
    }

    numbers! {
        visit_integer:
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }
    numbers! { visit_number: deserialize_f32 deserialize_f64 }

    forward_to_deserialize_any! {
        bool i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct struct identifier
    }
}

/// Visits a whole number as one, also where it is written as `1.0`.
fn visit_integer<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, ReadError> {
    // Beyond 2^53 a float no longer says which whole number was meant.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let is_written_whole = number.is_i64() || number.is_u64();
    match number.as_f64() {
        Some(value) if !is_written_whole && value.fract() == 0.0 && value.abs() < EXACT => {
            visitor.visit_i64(value as i64)
        }
        _ => visit_number(number, visitor),
    }
}

fn visit_number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, ReadError> {
    if let Some(value) = number.as_i64() {
        visitor.visit_i64(value)
    } else if let Some(value) = number.as_u64() {
        visitor.visit_u64(value)
    } else if let Some(value) = number.as_f64() {
        visitor.visit_f64(value)
    } else {
        Err(serde::de::Error::custom(format_args!(
            "the number {number} is out of range"
        )))
    }
}

struct Items<'de> {
    items: slice::Iter<'de, Kept<'de>>,
    index: usize,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = ReadError;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, ReadError> {
        let Some(item) = self.items.next() else {
            return Ok(None);
        };
        let index = self.index;
        self.index += 1;
        match seed.deserialize(Reader(item)) {
            Ok(value) => Ok(Some(value)),
            Err(mut error) => {
                error.path.push(PathSegment::Index(index));
                Err(error)
            }
        }
    }
}

struct Members<'de> {
    members: slice::Iter<'de, (Cow<'de, str>, Kept<'de>)>,
    value: Option<(&'de str, &'de Kept<'de>)>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ReadError> {
        let Some((name, value)) = self.members.next() else {
            return Ok(None);
        };
        self.value = Some((name, value));
        seed.deserialize(BorrowedStrDeserializer::new(name))
            .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, ReadError> {
        let Some((name, value)) = self.value.take() else {
            return Err(ReadError::out_of_order());
        };
        match seed.deserialize(Reader(value)) {
            Ok(value) => Ok(value),
            Err(error) => Err(error.inside(name)),
        }
    }
}
