//! Unions, and how their variants are told apart.

use crate::{Kind, TypeId, Value};

/// One of several types.
///
/// A value belongs to the first variant whose conditions all hold and whose type reads it. Where the conditions of
/// just one variant hold, that variant is the only candidate and a failure to read it is final. Of variants that look
/// alike, it belongs to the one that leaves the fewest members over.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Union {
    /// Whether exactly one or at least one of the variants must fit.
    pub mode: UnionMode,
    /// The variants in the order in which they are tried.
    pub variants: Vec<Variant>,
    /// The property that names the variant, where the document has one.
    pub discriminator: Option<Discriminator>,
}

/// How many variants of a union must fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UnionMode {
    /// Exactly one.
    OneOf,
    /// At least one.
    AnyOf,
}

/// A variant of a union.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Variant {
    /// The type of the values.
    pub ty: TypeId,
    /// A name that the document suggests: the discriminator value or the title.
    pub name: Option<String>,
    /// What a value must satisfy to be of this variant, decided at generation; empty where nothing tells it.
    pub conditions: Vec<Condition>,
    /// Whether there is another variant that reads the same values, and one of them may lose members.
    pub alike: bool,
}

/// Something that can be seen on a value before it is read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// The JSON type is one of these.
    Kind(KindSet),
    /// The value is one of these.
    Value(Vec<Value>),
    /// It is an object with this property, and its value is one of these.
    PropertyValue {
        /// The name of the property.
        name: String,
        /// The values that tell this variant.
        values: Vec<Value>,
    },
    /// It is an object that has this property.
    HasProperty(String),
    /// It is an object that does not have this property.
    LacksProperty(String),
    /// It has at least so many members or items.
    AtLeast(u64),
}

impl Condition {
    /// Whether it holds for a value.
    pub fn holds(&self, value: &Value) -> bool {
        match self {
            Condition::Kind(kinds) => kinds.contains(value.kind()),
            Condition::Value(values) => values.contains(value),
            Condition::PropertyValue { name, values } => value.get(name).is_some_and(|value| values.contains(value)),
            Condition::HasProperty(name) => value.get(name).is_some(),
            Condition::LacksProperty(name) => value.kind() == Kind::Object && value.get(name).is_none(),
            Condition::AtLeast(least) => match value {
                Value::Array(items) => items.len() as u64 >= *least,
                Value::Object(members) => members.len() as u64 >= *least,
                _ => false,
            },
        }
    }
}

/// The property that names the variant of a union.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Discriminator {
    /// The name of the property.
    pub property: String,
    /// The variant, by its place in [`Union::variants`], that a missing or unknown value means.
    pub default: Option<usize>,
}

/// A set of JSON types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct KindSet(u8);

impl KindSet {
    /// Every JSON type.
    pub const ALL: KindSet = KindSet(0x7f);
    /// No JSON type.
    pub const NONE: KindSet = KindSet(0);

    /// The set of one type; [`Kind::Number`] includes [`Kind::Integer`].
    pub const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Number => Self(bit(Kind::Number) | bit(Kind::Integer)),
            kind => Self(bit(kind)),
        }
    }

    /// Whether values of this type are in the set.
    pub fn contains(self, kind: Kind) -> bool {
        self.0 & bit(kind) != 0
    }

    /// What is in either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in this one and not in the other.
    #[must_use]
    pub fn difference(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the set has no type.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The types of the set in the order of [`Kind`].
    pub fn iter(self) -> impl Iterator<Item = Kind> {
        [
            Kind::Null,
            Kind::Boolean,
            Kind::Integer,
            Kind::Number,
            Kind::String,
            Kind::Array,
            Kind::Object,
        ]
        .into_iter()
        .filter(move |kind| self.contains(*kind))
    }
}

const fn bit(kind: Kind) -> u8 {
    1 << (kind as u8)
}
