//! Enums of values.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};
use serde_json::{Number, Value};

use super::buffer::read_buffered;

/// How many values an error lists.
const LISTED: usize = 12;

/// An enum of any values; `codec!(enum ..: Value ..)` implements it.
pub trait ValueEnum: Sized {
    /// The variant of a value; the value itself where there is none.
    fn from_value(value: Value) -> Result<Self, Value>;

    /// The value of the variant.
    fn to_value(&self) -> Value;
}

/// What is no value of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownValue {
    name: &'static str,
    found: String,
    expected: String,
}

impl UnknownValue {
    /// A text that is none of the values of the enum of this name.
    #[cold]
    pub fn text(name: &'static str, values: &'static [&'static str], found: &str) -> Self {
        Self {
            name,
            found: format!("{found:?}"),
            expected: OneOf(values).to_string(),
        }
    }

    /// A number that is none of the values of the enum of this name.
    #[cold]
    pub fn integer(name: &'static str, values: &'static [i64], found: &dyn fmt::Display) -> Self {
        Self {
            name,
            found: found.to_string(),
            expected: OneOf(values).to_string(),
        }
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "unknown value {} for `{}`, expected {}",
            self.found, self.name, self.expected
        )
    }
}

impl std::error::Error for UnknownValue {}

/// Reads an enum of strings.
pub fn read_text_enum<'de, T, D>(name: &'static str, deserializer: D) -> Result<T, D::Error>
where
    T: for<'a> TryFrom<&'a str, Error = UnknownValue>,
    D: Deserializer<'de>,
{
    read_text(name, deserializer, |text| T::try_from(text))
}

/// Reads an enum of strings that keeps all other values.
pub fn read_open_text_enum<'de, T, D>(name: &'static str, deserializer: D) -> Result<T, D::Error>
where
    T: for<'a> From<&'a str>,
    D: Deserializer<'de>,
{
    read_text(name, deserializer, |text| Ok(T::from(text)))
}

fn read_text<'de, T, D: Deserializer<'de>>(
    name: &'static str,
    deserializer: D,
    variant: impl Fn(&str) -> Result<T, UnknownValue>,
) -> Result<T, D::Error> {
    let mut read = None;
    let mut keep = |text: &str| {
        read = Some(variant(text)?);
        Ok(())
    };
    match deserializer.deserialize_str(TextVisitor(name, &mut keep)) {
        Ok(()) => filled(read),
        Err(error) => Err(error),
    }
}

/// Reads an enum of whole numbers.
pub fn read_integer_enum<'de, T, D>(
    name: &'static str,
    values: &'static [i64],
    deserializer: D,
) -> Result<T, D::Error>
where
    T: TryFrom<i64, Error = UnknownValue>,
    D: Deserializer<'de>,
{
    read_integer(name, values, deserializer, T::try_from)
}

/// Reads an enum of whole numbers that keeps all other values.
pub fn read_open_integer_enum<'de, T, D>(
    name: &'static str,
    values: &'static [i64],
    deserializer: D,
) -> Result<T, D::Error>
where
    T: From<i64>,
    D: Deserializer<'de>,
{
    read_integer(name, values, deserializer, |value| Ok(T::from(value)))
}

fn read_integer<'de, T, D: Deserializer<'de>>(
    name: &'static str,
    values: &'static [i64],
    deserializer: D,
    variant: impl Fn(i64) -> Result<T, UnknownValue>,
) -> Result<T, D::Error> {
    let mut read = None;
    let mut keep = |value: i64| {
        read = Some(variant(value)?);
        Ok(())
    };
    match deserializer.deserialize_i64(IntegerVisitor(name, values, &mut keep)) {
        Ok(()) => filled(read),
        Err(error) => Err(error),
    }
}

/// Reads an enum of any values.
pub fn read_value_enum<'de, T: ValueEnum, D: Deserializer<'de>>(
    name: &str,
    deserializer: D,
) -> Result<T, D::Error> {
    read_buffered(deserializer, |value| {
        T::from_value(value.into_value()?)
            .map_err(|value| format!("unknown value {value} for `{name}`"))
    })
}

fn filled<T, E: Error>(slot: Option<T>) -> Result<T, E> {
    match slot {
        Some(value) => Ok(value),
        None => Err(E::custom("no value was read")),
    }
}

/// Passes a text on to where the variant goes, which knows its type, so that the visitor is compiled once for all enums.
struct TextVisitor<'a>(
    &'static str,
    &'a mut dyn FnMut(&str) -> Result<(), UnknownValue>,
);

impl Visitor<'_> for TextVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a string (`{}`)", self.0)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        (self.1)(text).map_err(E::custom)
    }
}

/// Passes a whole number on to where the variant goes. The values are for errors.
struct IntegerVisitor<'a>(
    &'static str,
    &'static [i64],
    &'a mut dyn FnMut(i64) -> Result<(), UnknownValue>,
);

impl Visitor<'_> for IntegerVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number (`{}`)", self.0)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        (self.2)(value).map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => Err(E::custom(UnknownValue::integer(self.0, self.1, &value))),
        }
    }
}

/// Values as a list for people.
struct OneOf<T: 'static>(&'static [T]);

impl<T: fmt::Debug> fmt::Display for OneOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.len() > 1 {
            f.write_str("one of ")?;
        }
        for (index, value) in self.0.iter().take(LISTED).enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{value:?}")?;
        }
        if self.0.len() > LISTED {
            f.write_str(", ..")?;
        }
        Ok(())
    }
}

/// Whether two values are the same; numbers by what they are and not by how they are written.
pub fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => same_number(one, other),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, one)| other.get(name).is_some_and(|other| same(one, other)))
        }
        (one, other) => one == other,
    }
}

fn same_number(one: &Number, other: &Number) -> bool {
    // Beyond 2^53 a float no longer says which whole number was meant.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    one == other
        || one
            .as_f64()
            .is_some_and(|value| value.abs() < EXACT && Some(value) == other.as_f64())
}

/// The value that a JSON text stands for.
pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// Writes a value for people and parameters: a string without its quotes, all else as JSON.
pub fn show(f: &mut fmt::Formatter<'_>, value: &Value) -> fmt::Result {
    match value {
        Value::String(text) => f.pad(text),
        value => write!(f, "{value}"),
    }
}
