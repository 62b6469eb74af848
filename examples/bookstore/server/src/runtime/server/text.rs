//! Sent text as a deserializer: the type that reads decides what the text must be.

use std::borrow::Cow;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde_json::Value;

use super::fault::{Fault, FaultKind};
use super::input::Input;

/// Reads a value of a type.
///
/// Where the type does not say what it expects (any value, a union), what the text looks like decides; if the type
/// then refuses it, it is offered as plain text, as a list and as an object.
pub(crate) fn read<T: DeserializeOwned>(input: Input) -> Result<T, Fault> {
    let text = |guess| Text(Cow::Borrowed(&input), guess);
    let first = match T::deserialize(text(Guess::Scalar)) {
        Ok(value) => return Ok(value),
        Err(fault) => fault,
    };
    for guess in [Guess::String, Guess::List, Guess::Object] {
        if let Ok(value) = T::deserialize(text(guess)) {
            return Ok(value);
        }
    }
    Err(first)
}

/// What text is where the type does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Guess {
    /// A number or a boolean where it looks like one, else a string.
    Scalar,
    /// A string.
    String,
    /// A list.
    List,
    /// An object.
    Object,
}

impl Guess {
    /// The guess for what is inside a list or an object.
    fn inner(self) -> Self {
        match self {
            Guess::String => Guess::String,
            Guess::Scalar | Guess::List | Guess::Object => Guess::Scalar,
        }
    }
}

struct Text<'i>(Cow<'i, Input>, Guess);

impl<'i> Text<'i> {
    fn scalar(self) -> Result<Cow<'i, str>, Fault> {
        match self.0 {
            Cow::Borrowed(input) => input.scalar(),
            Cow::Owned(Input::Text(text)) => Ok(text.into()),
            Cow::Owned(input) => Ok(input.scalar()?.into_owned().into()),
        }
    }

    /// The JSON that nested lists and objects are written as, where no style has a form for them.
    fn nested_json(&self, open: char) -> Option<Value> {
        match &*self.0 {
            Input::Text(text) if text.starts_with(open) => serde_json::from_str(text).ok(),
            _ => None,
        }
    }

    /// Reads what the text looks like.
    fn guess<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let guess = self.1;
        let text = self.scalar()?;
        match (guess, &*text) {
            (Guess::Scalar, "true") => visitor.visit_bool(true),
            (Guess::Scalar, "false") => visitor.visit_bool(false),
            (Guess::Scalar, number) => match json_number(number) {
                Some(number) => number
                    .deserialize_any(visitor)
                    .map_err(|_| FaultKind::Value.into()),
                None => visit_text(text, visitor),
            },
            _ => visit_text(text, visitor),
        }
    }

    // Numbers are visited as primitives: a `serde_json::Number` of arbitrary precision visits as an object.
    fn integer<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let text = self.scalar()?;
        let digits = text
            .strip_prefix('-')
            .unwrap_or(&text)
            .bytes()
            .all(|byte| byte.is_ascii_digit());
        if !digits || json_number(&text).is_none() {
            return Err(FaultKind::Type("an integer".into()).into());
        }
        let out_of_range = || Fault::new(FaultKind::Type("an integer in range".into()));
        let value = match (text.parse(), text.parse()) {
            (Ok(value), _) => visitor.visit_i64(value),
            (_, Ok(value)) => visitor.visit_u64(value),
            _ => return Err(out_of_range()),
        };
        value.map_err(|_: Fault| out_of_range())
    }

    fn float<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let text = self.scalar()?;
        let number = text.parse().ok().filter(|number: &f64| number.is_finite());
        let number = number.filter(|_| json_number(&text).is_some());
        visitor.visit_f64(number.ok_or(FaultKind::Type("a number".into()))?)
    }
}

/// The number that a text is by the grammar of JSON.
fn json_number(text: &str) -> Option<serde_json::Number> {
    let number = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    serde_json::from_str(text)
        .ok()
        .filter(|_| number && text.trim_end() == text)
}

fn visit_text<'de, V: Visitor<'de>>(text: Cow<'_, str>, visitor: V) -> Result<V::Value, Fault> {
    match text {
        Cow::Borrowed(text) => visitor.visit_str(text),
        Cow::Owned(text) => visitor.visit_string(text),
    }
}

/// Reads a JSON value that stands in a text.
fn visit_json<'de, V: Visitor<'de>>(
    value: Value,
    read: impl FnOnce(Value, V) -> Result<V::Value, serde_json::Error>,
    visitor: V,
) -> Result<V::Value, Fault> {
    read(value, visitor).map_err(|_| FaultKind::Value.into())
}

macro_rules! forward {
    ($to:ident: $($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            self.$to(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Text<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match (&*self.0, self.1) {
            (Input::Tree(tree), _) if tree.is_list() => self.deserialize_seq(visitor),
            (Input::Tree(tree), _) if tree.is_object() => self.deserialize_map(visitor),
            (Input::Styled(styled), _) if styled.values.are_several() => {
                self.deserialize_seq(visitor)
            }
            (_, Guess::List) => self.deserialize_seq(visitor),
            (_, Guess::Object) => self.deserialize_map(visitor),
            (_, Guess::Scalar | Guess::String) => self.guess(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &*self.scalar()? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(FaultKind::Type("`true` or `false`".into()).into()),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visit_text(self.scalar()?, visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &*self.scalar()? {
            "" | "null" => visitor.visit_unit(),
            _ => Err(FaultKind::Type("empty".into()).into()),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.nested_json('[') {
            Some(value) => visit_json(value, Value::deserialize_seq, visitor),
            None => visitor.visit_seq(Items {
                items: self.0.into_owned().list()?.into_iter(),
                next: 0,
                guess: self.1.inner(),
            }),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.nested_json('{') {
            Some(value) => visit_json(value, Value::deserialize_map, visitor),
            None => visitor.visit_map(Members {
                members: self.0.into_owned().members()?.into_iter(),
                value: None,
                guess: self.1.inner(),
            }),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_enum(self.scalar()?.into_deserializer())
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward!(integer: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128);
    forward!(integer: deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128);
    forward!(float: deserialize_f32 deserialize_f64);
    forward!(deserialize_string: deserialize_str deserialize_char deserialize_identifier);
    forward!(deserialize_string: deserialize_bytes deserialize_byte_buf);
}

struct Items {
    items: std::vec::IntoIter<Input>,
    next: usize,
    guess: Guess,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some(item) = self.items.next() else {
            return Ok(None);
        };
        let index = self.next;
        self.next += 1;
        let item = seed.deserialize(Text(Cow::Owned(item), self.guess));
        item.map(Some)
            .map_err(|fault| fault.within(index.to_string()))
    }
}

struct Members {
    members: std::vec::IntoIter<(String, Input)>,
    value: Option<(String, Input)>,
    guess: Guess,
}

impl<'de> MapAccess<'de> for Members {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some((name, value)) = self.members.next() else {
            return Ok(None);
        };
        let key = IntoDeserializer::<Fault>::into_deserializer(name.clone());
        let key = seed.deserialize(key)?;
        self.value = Some((name, value));
        Ok(Some(key))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let (name, value) = self.value.take().ok_or(FaultKind::Syntax)?;
        seed.deserialize(Text(Cow::Owned(value), self.guess))
            .map_err(|fault| fault.within(name))
    }
}
