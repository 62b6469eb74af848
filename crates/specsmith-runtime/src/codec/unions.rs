//! Unions: enums whose variants are types.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt::Write as _;

use serde::de::{Deserialize, Deserializer};
use serde_json::Value;

use super::buffer::read_buffered;
use super::json::{self, PathSegment};
use super::reader::{ReadError, Reader, left_over};

/// How many times what is in one value may be read as a second or later variant.
///
/// Variants that cannot be told apart are tried one by one; nested in each other they would multiply without a bound.
const RETRIES: u32 = 10_000;

/// How many characters of an inner error or of a value an error shows.
const SHOWN: usize = 200;

/// An enum of types; `codec!(union ..)` implements it.
pub trait Union: Sized {
    /// The name of the type, for errors.
    const NAME: &'static str;

    /// Reads the value as the first variant that fits.
    fn choose(choice: &mut Choice<'_>) -> Option<Self>;

    /// The variant for values that fit no other; the value itself where there is none.
    fn unknown(value: Value) -> Result<Self, Value>;
}

/// Reads a union.
pub fn read_union<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let _inside = Inside::enter();
    read_buffered(deserializer, |value| {
        let mut choice = Choice::new(&value);
        if let Some(read) = T::choose(&mut choice) {
            json::set_inner_path(Vec::new());
            if let (Some(one), Some(other)) = (choice.only, choice.second) {
                return Err(format!(
                    "fits `{one}` and `{other}`, but only one variant of `{}` may",
                    T::NAME
                ));
            }
            left_over::add(choice.fewest_left.unwrap_or_default());
            return Ok(read);
        }
        let Choice {
            failures,
            looked_at,
            exhausted,
            ..
        } = choice;
        if exhausted {
            json::set_inner_path(Vec::new());
            return Err(format!(
                "too many ways to read `{}`, whose variants cannot be told apart",
                T::NAME
            ));
        }
        if failures.is_empty() {
            left_over::add_value(&value);
            return T::unknown(value).map_err(|value| no_variant(T::NAME, &value, &looked_at));
        }
        Err(all_failed(T::NAME, failures))
    })
}

/// The JSON types of conditions, as bits.
#[expect(
    non_upper_case_globals,
    reason = "they are words of the macro's grammar"
)]
pub mod kind {
    use serde_json::Value;

    /// `null`
    pub const null: u8 = 1;
    /// `boolean`
    pub const boolean: u8 = 1 << 1;
    /// `integer`
    pub const integer: u8 = 1 << 2;
    /// Whole numbers are numbers too.
    pub const number: u8 = 1 << 3 | integer;
    /// `string`
    pub const string: u8 = 1 << 4;
    /// `array`
    pub const array: u8 = 1 << 5;
    /// `object`
    pub const object: u8 = 1 << 6;

    pub(super) fn of(value: &Value) -> u8 {
        match value {
            Value::Null => null,
            Value::Bool(_) => boolean,
            Value::Number(value) if value.is_i64() || value.is_u64() => integer,
            Value::Number(value) if value.as_f64().is_some_and(|value| value.fract() == 0.0) => {
                integer
            }
            Value::Number(_) => number & !integer,
            Value::String(_) => string,
            Value::Array(_) => array,
            Value::Object(_) => object,
        }
    }
}

/// A value, and what was tried to find its variant.
#[derive(Debug)]
pub struct Choice<'a> {
    value: &'a Value,
    failures: Vec<(&'static str, ReadError)>,
    looked_at: Vec<&'static str>,
    /// How many members the closest of the variants that look alike leaves over, once one of them was read.
    fewest_left: Option<usize>,
    /// The variant that was read, where no other may fit.
    only: Option<&'static str>,
    /// Another one that fits all the same.
    second: Option<&'static str>,
    exhausted: bool,
}

impl<'a> Choice<'a> {
    fn new(value: &'a Value) -> Self {
        Self {
            value,
            failures: Vec::new(),
            looked_at: Vec::new(),
            fewest_left: None,
            only: None,
            second: None,
            exhausted: false,
        }
    }

    /// Whether the JSON type is one of these bits.
    pub fn is(&self, kinds: u8) -> bool {
        kind::of(self.value) & kinds != 0
    }

    /// Whether the value itself satisfies a condition.
    pub fn value(&self, condition: impl FnOnce(&Value) -> bool) -> bool {
        condition(self.value)
    }

    /// Whether it is an object with this property, whose value satisfies a condition.
    pub fn property(&mut self, name: &'static str, condition: impl FnOnce(&Value) -> bool) -> bool {
        if !self.looked_at.contains(&name) {
            self.looked_at.push(name);
        }
        self.value.get(name).is_some_and(condition)
    }

    /// Whether it is an object with this property.
    pub fn has(&self, name: &str) -> bool {
        self.value.get(name).is_some()
    }

    /// Whether it is an object without this property.
    pub fn lacks(&self, name: &str) -> bool {
        self.value.is_object() && !self.has(name)
    }

    /// Reads the value as a variant whose conditions hold, unless one of those that look alike was read before.
    pub fn read<T: Deserialize<'a>>(&mut self, variant: &'static str) -> Option<T> {
        match (self.fewest_left, self.only) {
            (None, None) => self.attempt(variant),
            _ => None,
        }
    }

    /// Reads the value as a variant that others look like; `None` too where one before it leaves no more over.
    pub fn read_closer<T: Deserialize<'a>>(&mut self, variant: &'static str) -> Option<T> {
        if self.fewest_left == Some(0) || (self.fewest_left.is_some() && !may_retry()) {
            return None;
        }
        let before = left_over::start();
        let read = self.attempt(variant);
        let left = left_over::stop(before);
        let read = read?;
        if self.fewest_left.is_some_and(|fewest| fewest <= left) {
            return None;
        }
        self.fewest_left = Some(left);
        Some(read)
    }

    /// Reads the value as a variant beside which no other may fit; `None` too where one before it did.
    pub fn read_only<T: Deserialize<'a>>(&mut self, variant: &'static str) -> Option<T> {
        if self.only.is_some() && (self.second.is_some() || !may_retry()) {
            return None;
        }
        let read = self.attempt(variant)?;
        if self.only.is_some() {
            self.second = Some(variant);
            return None;
        }
        self.only = Some(variant);
        Some(read)
    }

    fn attempt<T: Deserialize<'a>>(&mut self, variant: &'static str) -> Option<T> {
        if self.exhausted || (!self.failures.is_empty() && !may_retry()) {
            self.exhausted = true;
            return None;
        }
        let before = left_over::count();
        match T::deserialize(Reader(self.value)) {
            Ok(read) => Some(read),
            Err(mut error) => {
                left_over::set(before);
                // A union inside has told the rest of the way apart from its error.
                error.path.splice(0..0, json::take_inner_path());
                self.failures.push((variant, error));
                None
            }
        }
    }
}

thread_local! {
    /// How many unions are being read within each other, and how many retries the outermost one has used.
    static STATE: Cell<(u32, u32)> = const { Cell::new((0, 0)) };
}

/// Counts the unions that are being read.
struct Inside;

impl Inside {
    fn enter() -> Self {
        let (depth, retries) = STATE.get();
        STATE.set((depth + 1, if depth == 0 { 0 } else { retries }));
        Self
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        let (depth, retries) = STATE.get();
        STATE.set((depth.saturating_sub(1), retries));
    }
}

fn may_retry() -> bool {
    let (depth, retries) = STATE.get();
    STATE.set((depth, retries.saturating_add(1)));
    retries < RETRIES
}

#[cold]
fn all_failed(name: &str, failures: Vec<(&'static str, ReadError)>) -> String {
    let failures = match <[_; 1]>::try_from(failures) {
        Ok([(variant, error)]) => {
            json::set_inner_path(error.path);
            return format!("as `{variant}`: {}", error.message);
        }
        Err(failures) => failures,
    };
    json::set_inner_path(Vec::new());
    let mut message = format!("no variant of `{name}` fits");
    for (index, (variant, error)) in failures.iter().enumerate() {
        let sign = if index == 0 { ": " } else { "; " };
        let _ = write!(
            message,
            "{sign}as `{variant}`: {}",
            shortened(&error.message)
        );
        if !error.path.is_empty() {
            let _ = write!(message, " at `{}`", json::dotted(error.path.iter().rev()));
        }
    }
    message
}

#[cold]
fn no_variant(name: &str, value: &Value, looked_at: &[&'static str]) -> String {
    json::set_inner_path(Vec::<PathSegment>::new());
    let found = match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "a boolean".to_owned(),
        Value::Number(_) => "a number".to_owned(),
        Value::String(_) => "a string".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(members) => {
            let seen = looked_at.iter().filter_map(|name| {
                let value = members
                    .get(*name)
                    .filter(|value| !value.is_object() && !value.is_array())?;
                Some(format!("\"{name}\": {}", shortened(&value.to_string())))
            });
            let seen: Vec<_> = seen.collect();
            if seen.is_empty() {
                "an object".to_owned()
            } else {
                format!("an object with {}", seen.join(", "))
            }
        }
    };
    format!("no variant of `{name}` fits: found {found}")
}

/// What fits into a message that is to be read.
fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(SHOWN) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}..", text.get(..end).unwrap_or_default())),
    }
}
