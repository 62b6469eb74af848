//! Enums of values.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};
use serde_json::{Number, Value};

use super::buffer::read_buffered;

/// How many values an error lists.
const LISTED: usize = 12;

/// An enum of strings; `codec!(enum ..: String ..)` implements it.
pub trait TextEnum: Sized {
    /// The name of the type, for errors.
    const NAME: &'static str;
    /// The values that the API names.
    const VALUES: &'static [&'static str];

    /// The variant of a value; `None` where there is none.
    fn from_text(text: &str) -> Option<Self>;
}

/// An enum of whole numbers; `codec!(enum ..: i64 ..)` implements it.
pub trait IntegerEnum: Sized {
    /// The name of the type, for errors.
    const NAME: &'static str;
    /// The values that the API names.
    const VALUES: &'static [i64];

    /// The variant of a value; `None` where there is none.
    fn from_integer(value: i64) -> Option<Self>;
}

/// An enum of any values; `codec!(enum ..: Value ..)` implements it.
pub trait ValueEnum: Sized {
    /// The name of the type, for errors.
    const NAME: &'static str;

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
    /// A text that is no value of `T`.
    #[cold]
    pub fn text<T: TextEnum>(found: &str) -> Self {
        Self {
            name: T::NAME,
            found: format!("{found:?}"),
            expected: OneOf(T::VALUES).to_string(),
        }
    }

    /// A number that is no value of `T`.
    #[cold]
    pub fn integer<T: IntegerEnum>(found: impl fmt::Display) -> Self {
        Self {
            name: T::NAME,
            found: found.to_string(),
            expected: OneOf(T::VALUES).to_string(),
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
pub fn read_text_enum<'de, T: TextEnum, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut variant: Option<T> = None;
    match deserializer.deserialize_str(TextVisitor(&mut variant)) {
        Ok(()) => filled(variant),
        Err(error) => Err(error),
    }
}

/// Reads an enum of whole numbers.
pub fn read_integer_enum<'de, T: IntegerEnum, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_i64(IntegerVisitor(PhantomData))
}

/// Reads an enum of any values.
pub fn read_value_enum<'de, T: ValueEnum, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    read_buffered(deserializer, |value| {
        T::from_value(value.into_value()?)
            .map_err(|value| format!("unknown value {value} for `{}`", T::NAME))
    })
}

fn filled<T, E: Error>(slot: Option<T>) -> Result<T, E> {
    match slot {
        Some(value) => Ok(value),
        None => Err(E::custom("no text was read")),
    }
}

/// Where the variant goes. The visitor knows no type, so that it is compiled once for all enums.
trait TextSlot {
    fn name(&self) -> &'static str;

    fn fill(&mut self, text: &str) -> Result<(), UnknownValue>;
}

impl<T: TextEnum> TextSlot for Option<T> {
    fn name(&self) -> &'static str {
        T::NAME
    }

    fn fill(&mut self, text: &str) -> Result<(), UnknownValue> {
        *self = T::from_text(text);
        match self {
            Some(_) => Ok(()),
            None => Err(UnknownValue::text::<T>(text)),
        }
    }
}

struct TextVisitor<'a>(&'a mut dyn TextSlot);

impl Visitor<'_> for TextVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a string (`{}`)", self.0.name())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.0.fill(text).map_err(E::custom)
    }
}

struct IntegerVisitor<T>(PhantomData<T>);

impl<T: IntegerEnum> Visitor<'_> for IntegerVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number (`{}`)", T::NAME)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        T::from_integer(value).ok_or_else(|| unknown_integer::<T, E>(&value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => Err(unknown_integer::<T, E>(&value)),
        }
    }
}

#[cold]
fn unknown_integer<T: IntegerEnum, E: Error>(found: &dyn fmt::Display) -> E {
    E::custom(UnknownValue::integer::<T>(found))
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
