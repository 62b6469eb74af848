//! Unions: enums whose variants are types.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt::{self, Write as _};
use std::marker::PhantomData;
use std::mem;
use std::sync::OnceLock;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::{Number, Value};

use super::buffer::{Buffer, Kept};
use super::json::{self, PathSegment};
use super::object::{Constant, TWICE};
use super::reader::{ReadError, Reader, left_over};

/// How many times what is in one value may be read as a second or later variant.
///
/// Variants that cannot be told apart are tried one by one; nested in each other they would multiply without a bound.
const RETRIES: u32 = 10_000;

/// How many characters of an inner error or of a value an error shows.
const SHOWN: usize = 200;

/// An enum of types; `codec!(union ..)` implements it.
pub trait Union: Sized {
    /// What tells each variant.
    const TOLD: &'static [Told];

    /// Reads the value as the variant of a JSON type that tells it.
    fn read_told<'de, D: Deserializer<'de>>(kind: u8, deserializer: D) -> Result<Self, D::Error>;

    /// Reads the value as the first variant that fits.
    fn choose(choice: &mut Choice<'_>) -> Option<Self>;

    /// The variant for values that fit no other; the value itself where there is none.
    fn unknown(value: Value) -> Result<Self, Value>;
}

/// What tells a variant: the bits of its JSON types, whether nothing else is looked at, and the JSON text of its only value;
/// empty where it has others.
pub type Told = (u8, bool, &'static str);

/// Reads a union; the name is that of the type, for errors.
pub fn read_union<'de, T: Union, D: Deserializer<'de>>(
    name: &'static str,
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_any(UnionVisitor(name, PhantomData))
}

/// Reads the variant that the JSON type tells.
pub fn read_told<'de, T: Deserialize<'de>, U, D: Deserializer<'de>>(
    name: &'static str,
    variant: fn(T) -> U,
    deserializer: D,
) -> Result<U, D::Error> {
    match T::deserialize(deserializer) {
        Ok(value) => Ok(variant(value)),
        Err(error) => {
            json::add_chosen(name);
            Err(error)
        }
    }
}

/// Fails where no variant is read as soon as the JSON type is known.
pub fn untold<'de, U, D: Deserializer<'de>>(_kind: u8, _deserializer: D) -> Result<U, D::Error> {
    Err(serde::de::Error::custom("no variant is told by its type"))
}

/// Writes the value of a variant that is for it alone.
#[allow(dead_code, reason = "an API may have none")]
pub fn write_constant<C: Constant, S: Serializer>(
    constant: C,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    constant.serialize(serializer)
}

/// Writes an object with the member that tells its variant, which its type does not have.
#[allow(dead_code, reason = "an API may have none")]
pub fn write_tagged<C: Constant, T: Serialize, S: Serializer>(
    name: &str,
    tag: C,
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let to_value = |result: Result<Value, serde_json::Error>| result.map_err(S::Error::custom);
    let mut value = to_value(serde_json::to_value(value))?;
    if let Value::Object(members) = &mut value
        && !members.contains_key(name)
    {
        let tag = to_value(tag.serialize(serde_json::value::Serializer))?;
        members.insert(name.to_owned(), tag);
    }
    value.serialize(serializer)
}

/// Whether the JSON type alone tells the variant.
fn is_told(told: &[Told], kind: u8) -> bool {
    let mut fitting = told.iter().filter(|(kinds, ..)| kinds & kind != 0);
    matches!((fitting.next(), fitting.next()), (Some((_, true, _)), None))
}

/// Decides on a value that was kept.
fn decide<T: Union>(name: &str, value: Kept<'_>) -> Result<T, String> {
    let _inside = Inside::enter();
    let mut choice = Choice::new(&value);
    match T::choose(&mut choice) {
        Some(read) => match choice.accept(name) {
            Ok(()) => Ok(read),
            Err(message) => Err(message),
        },
        None => {
            let looked_at = choice.refuse(name)?;
            left_over::add_value(&value);
            match T::unknown(value.into_value()?) {
                Ok(other) => Ok(other),
                Err(value) => Err(no_variant(name, T::TOLD, &value, &looked_at)),
            }
        }
    }
}

/// Reads arrays and objects at once where their JSON type tells the variant, and keeps all else until it is decided.
struct UnionVisitor<T>(&'static str, PhantomData<T>);

impl<T: Union> UnionVisitor<T> {
    fn kept<E: serde::de::Error>(self, value: Kept<'_>) -> Result<T, E> {
        match decide(self.0, value) {
            Ok(read) => Ok(read),
            Err(message) => Err(E::custom(message)),
        }
    }
}

/// Scalars, which are kept.
macro_rules! kept {
    ($($visit:ident: $ty:ty,)*) => {
        $(fn $visit<E: serde::de::Error>(self, value: $ty) -> Result<T, E> {
            match Buffer.$visit(value) {
                Ok(value) => self.kept(value),
                Err(error) => Err(error),
            }
        })*
    };
}

impl<'de, T: Union> Visitor<'de> for UnionVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value of `{}`", self.0)
    }

    kept! {
        visit_bool: bool,
        visit_i64: i64,
        visit_u64: u64,
        visit_i128: i128,
        visit_u128: u128,
        visit_f64: f64,
        visit_borrowed_str: &'de str,
        visit_str: &str,
        visit_string: String,
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<T, E> {
        self.kept(Kept::Null)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<T, E> {
        self.kept(Kept::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        if is_told(T::TOLD, kind::array) {
            return T::read_told(kind::array, SeqAccessDeserializer::new(items));
        }
        match Buffer.visit_seq(items) {
            Ok(value) => self.kept(value),
            Err(error) => Err(error),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        if is_told(T::TOLD, kind::object) && !numbers_are_maps() {
            return T::read_told(kind::object, MapAccessDeserializer::new(members));
        }
        match Buffer.visit_map(members) {
            Ok(value) => self.kept(value),
            Err(error) => Err(error),
        }
    }
}

/// Whether `serde_json` keeps the digits of numbers, and hands out a map with the text where a number is.
///
/// Any crate of a build can turn that on.
fn numbers_are_maps() -> bool {
    static ANSWER: OnceLock<bool> = OnceLock::new();
    *ANSWER.get_or_init(|| "1e999".parse::<Number>().is_ok())
}

/// The JSON types of conditions, as bits.
#[expect(
    non_upper_case_globals,
    reason = "they are words of the macro's grammar"
)]
pub mod kind {
    use super::Kept;

    /// No JSON type.
    pub const none: u8 = 0;
    /// Every JSON type.
    pub const any: u8 = u8::MAX;
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

    pub(super) fn of(value: &Kept<'_>) -> u8 {
        match value {
            Kept::Null => null,
            Kept::Bool(_) => boolean,
            Kept::Number(value) if value.is_i64() || value.is_u64() => integer,
            Kept::Number(value) if value.as_f64().is_some_and(|value| value.fract() == 0.0) => {
                integer
            }
            Kept::Number(_) => number & !integer,
            Kept::String(_) => string,
            Kept::Array(_) => array,
            Kept::Object(_) => object,
        }
    }
}

/// A value, and what was tried to find its variant.
#[derive(Debug)]
pub struct Choice<'a> {
    value: &'a Kept<'a>,
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
    fn new(value: &'a Kept<'a>) -> Self {
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

    /// Checks what was chosen.
    fn accept(&self, union: &str) -> Result<(), String> {
        if let Some(name) = self.ambiguous_name() {
            json::set_inner_path(vec![PathSegment::Property(name.to_owned())]);
            return Err(TWICE.to_owned());
        }
        json::set_inner_path(Vec::new());
        if let (Some(one), Some(other)) = (self.only, self.second) {
            return Err(format!(
                "fits `{one}` and `{other}`, but only one variant of `{union}` may"
            ));
        }
        left_over::add(self.fewest_left.unwrap_or_default());
        Ok(())
    }

    /// Why nothing was chosen; the properties that were looked at if the conditions of no variant hold.
    fn refuse(self, union: &str) -> Result<Vec<&'static str>, String> {
        if self.exhausted {
            json::set_inner_path(Vec::new());
            return Err(format!(
                "too many ways to read `{union}`, whose variants cannot be told apart"
            ));
        }
        if self.failures.is_empty() {
            return Ok(self.looked_at);
        }
        Err(all_failed(union, self.failures))
    }

    /// Whether the JSON type is one of these bits.
    pub fn is(&self, kinds: u8) -> bool {
        kind::of(self.value) & kinds != 0
    }

    /// Whether the value itself is this one.
    pub fn value(&self, constant: impl Constant) -> bool {
        constant.is(self.value)
    }

    /// Whether it is an object with this property, whose value is this one.
    pub fn property(&mut self, name: &'static str, constant: impl Constant) -> bool {
        if !self.looked_at.contains(&name) {
            self.looked_at.push(name);
        }
        self.value.get(name).is_some_and(|value| constant.is(value))
    }

    /// A property that was looked at and is there twice, so that others might choose another variant.
    fn ambiguous_name(&self) -> Option<&'static str> {
        let Kept::Object(members) = self.value else {
            return None;
        };
        let is_twice =
            |name: &&&str| members.iter().filter(|(known, _)| known == **name).count() > 1;
        self.looked_at.iter().find(is_twice).copied()
    }

    /// Whether it is an object with this property.
    pub fn has(&self, name: &str) -> bool {
        self.value.get(name).is_some()
    }

    /// Whether it is an object without this property.
    pub fn lacks(&self, name: &str) -> bool {
        matches!(self.value, Kept::Object(_)) && !self.has(name)
    }

    /// Whether it is an object with so many members, or an array with so many items.
    pub fn at_least(&self, count: u64) -> bool {
        match self.value {
            Kept::Object(members) => members.len() as u64 >= count,
            Kept::Array(items) => items.len() as u64 >= count,
            _ => false,
        }
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
        let before = self.start()?;
        match T::deserialize(Reader(self.value)) {
            Ok(read) => Some(read),
            Err(error) => {
                self.fail(variant, error, before);
                None
            }
        }
    }

    /// What was left over before an attempt; `None` if there may be no more.
    fn start(&mut self) -> Option<Option<usize>> {
        if self.exhausted || (!self.failures.is_empty() && !may_retry()) {
            self.exhausted = true;
            return None;
        }
        json::forget();
        Some(left_over::count())
    }

    fn fail(&mut self, variant: &'static str, mut error: ReadError, before: Option<usize>) {
        left_over::set(before);
        error.message = json::with_chosen(error.message);
        // A union inside has told the rest of the way apart from its error.
        error.path.splice(0..0, json::take_inner_path());
        self.failures.push((variant, error));
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
fn no_variant(name: &str, told: &[Told], value: &Value, looked_at: &[&'static str]) -> String {
    json::set_inner_path(Vec::<PathSegment>::new());
    let is_alike = |constant: &Value| mem::discriminant(constant) == mem::discriminant(value);
    let constants = told.iter().map(|(_, _, constant)| *constant);
    let constants: Vec<&str> = constants
        .filter(|constant| constant.parse().is_ok_and(|constant| is_alike(&constant)))
        .collect();
    let found = match value {
        scalar if !constants.is_empty() => {
            let found = shortened(&scalar.to_string()).into_owned();
            format!(
                "{found}, expected {} or another type",
                constants.join(" or ")
            )
        }
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
