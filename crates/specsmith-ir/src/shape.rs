//! What values a type has.

use crate::{Docs, Number, TypeId, Union, Value, Xml};

/// The shape of a type. Constraints stand beside what they constrain.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Any JSON value.
    Any,
    /// No value at all (the schema `false`).
    Never,
    /// Only `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer(Numeric),
    /// A number.
    Number(Numeric),
    /// A string.
    String(Text),
    /// One of a list of values; never `null`, which is [`Shape::Nullable`] around it.
    Enum(Enum),
    /// Exactly one value.
    Const(Value),
    /// A list.
    Array(Array),
    /// A list whose first items have types of their own.
    Tuple(Tuple),
    /// An object: named fields, a map, or both.
    Object(Object),
    /// One of several types.
    Union(Union),
    /// The type or `null`; the inner type is not nullable itself.
    Nullable(TypeId),
    /// Another name for a type: a named schema that only refers to another.
    Alias(TypeId),
}

/// The constraints of numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Numeric {
    /// `int32`, `int64`, `float`, `double`, `decimal` or any other format, as written.
    pub format: Option<String>,
    /// The value is at least this.
    pub minimum: Option<Number>,
    /// The value is at most this.
    pub maximum: Option<Number>,
    /// The value is more than this.
    pub exclusive_minimum: Option<Number>,
    /// The value is less than this.
    pub exclusive_maximum: Option<Number>,
    /// The value is a multiple of each of these.
    pub multiple_of: Vec<Number>,
}

/// The constraints of strings.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Text {
    /// `date-time`, `uuid`, `byte`, `binary` or any other format, as written.
    pub format: Option<String>,
    /// The value matches each of these ECMA-262 patterns somewhere.
    pub patterns: Vec<String>,
    /// At least so many characters.
    pub min_length: Option<u64>,
    /// At most so many characters.
    pub max_length: Option<u64>,
    /// The media type of what the string holds.
    pub content_media_type: Option<String>,
    /// How the string holds it, such as `base64`.
    pub content_encoding: Option<String>,
}

/// A list of allowed values.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Enum {
    /// The values in the order of the document, each once.
    pub values: Vec<EnumValue>,
    /// Whether the document itself allows other values of the same type (`anyOf: [string, enum]`).
    pub open: bool,
}

/// An allowed value.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct EnumValue {
    /// The value: a string, a number or a boolean in almost all documents.
    pub value: Value,
    /// A name that the document suggests (`x-enum-varnames` or the title of a constant).
    pub name: Option<String>,
    /// What it means.
    pub description: Option<String>,
}

/// A list of items of one type.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Array {
    /// The type of each item.
    pub items: TypeId,
    /// At least so many items.
    pub min_items: Option<u64>,
    /// At most so many items.
    pub max_items: Option<u64>,
    /// No two items are equal.
    pub unique_items: bool,
    /// What the place of the items says about them in XML, beyond what their type says.
    pub xml: Option<Box<Xml>>,
}

/// A list whose first items have types of their own.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Tuple {
    /// The types of the first items.
    pub items: Vec<TypeId>,
    /// The type of each further item; `None` where there can be none.
    pub rest: Option<TypeId>,
    /// At least so many items.
    pub min_items: Option<u64>,
    /// At most so many items.
    pub max_items: Option<u64>,
}

/// An object.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Object {
    /// The named fields in the order of the document.
    pub fields: Vec<Field>,
    /// What other members may be there.
    pub rest: Rest,
    /// The types of members whose names match a pattern.
    pub patterns: Vec<PatternField>,
    /// The type that the names of members have, where the document restricts them.
    pub names: Option<TypeId>,
    /// At least so many members.
    pub min_properties: Option<u64>,
    /// At most so many members.
    pub max_properties: Option<u64>,
}

/// A named field of an object.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Field {
    /// The name as written.
    pub name: String,
    /// The type of the value; nullable where `null` is allowed.
    pub ty: TypeId,
    /// Whether it must be there.
    pub presence: Presence,
    /// The direction in which it is sent.
    pub access: Access,
    /// What the document says about it at this place, beyond what its type says.
    pub docs: Docs,
}

/// Whether a field or parameter must be there.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// It must.
    Required,
    /// It may be absent.
    Optional,
    /// It may be absent, and then means this value.
    Default(Value),
}

/// The direction in which a field is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// In requests and responses.
    #[default]
    ReadWrite,
    /// Only in responses.
    ReadOnly,
    /// Only in requests.
    WriteOnly,
}

/// What members beyond the named ones an object may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rest {
    /// The document does not say: they are tolerated and not kept.
    Unstated,
    /// None.
    Denied,
    /// Any, of this type, and they matter.
    Typed(TypeId),
}

/// The type of members whose names match a pattern.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PatternField {
    /// An ECMA-262 pattern, as written.
    pub pattern: String,
    /// The type of the values.
    pub ty: TypeId,
}
