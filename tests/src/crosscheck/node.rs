//! Values of a document as serde reads them, so that nothing has to be written as text in between.

use std::fmt;

use serde::{
    Deserializer,
    de::{
        self, IntoDeserializer, Visitor,
        value::{MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};
use specsmith_spec::{Node, NodeKind};

/// A value of a document. Numbers are plain, whatever features of `serde_json` are on.
#[derive(Clone, Copy)]
pub(super) struct Plain<'d>(pub(super) Node<'d>);

/// Why a value cannot be read.
#[derive(Debug)]
pub(super) struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl<'de> IntoDeserializer<'de, Error> for Plain<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Plain<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.kind() {
            NodeKind::Null => visitor.visit_unit(),
            NodeKind::Boolean(value) => visitor.visit_bool(value),
            NodeKind::String(text) => visitor.visit_borrowed_str(text),
            NodeKind::Number(number) => match (number.as_str().parse::<i64>(), number.as_u64()) {
                (Ok(number), _) => visitor.visit_i64(number),
                (_, Some(number)) => visitor.visit_u64(number),
                _ => visitor.visit_f64(number.as_str().parse().map_err(de::Error::custom)?),
            },
            NodeKind::Array => visitor.visit_seq(SeqDeserializer::new(self.0.items().map(Plain))),
            NodeKind::Object => {
                let members = self.0.members();
                visitor.visit_map(MapDeserializer::new(
                    members.map(|(key, node)| (key.name.as_str(), Plain(node))),
                ))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.kind() {
            NodeKind::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0.as_str() {
            Some(text) => visitor.visit_enum(text.into_deserializer()),
            None => Err(de::Error::custom("not the name of a variant")),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}
