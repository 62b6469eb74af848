//! Assertions: what a schema demands of a value beyond what the shape of its type says.
//!
//! They follow JSON Schema 2020-12: an assertion about one JSON type holds for values of every other type. Shapes carry
//! the limits of scalars, lists and objects; what is here is the rest, such as `not`, `if`, `contains` and
//! `dependentRequired`.

use crate::{KindSet, Numeric, Text, Value};

/// Identifies one of [`Api::assertions`](crate::Api::assertions).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct AssertionsId(pub u32);

/// What one schema demands: all of it must hold.
///
/// Unevaluated items and members are those that no other assertion of the same list looks at, nested ones included.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct Assertions(pub Vec<Assertion>);

impl Assertions {
    /// Whether every value satisfies them because there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Something that a value must satisfy.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Assertion {
    /// No value does (the schema `false`).
    Never,
    /// The JSON type is one of these.
    Kind(KindSet),
    /// The value is one of these.
    Values(Vec<Value>),
    /// Limits of numbers.
    Number(Numeric),
    /// Limits of strings.
    Text(Text),
    /// Limits of arrays.
    Items(ItemAssertions),
    /// Limits of objects.
    Members(Box<MemberAssertions>),
    /// All of these hold; each is a schema of its own.
    All(Vec<Assertions>),
    /// At least one of these holds.
    Any(Vec<Assertions>),
    /// Exactly one of these holds.
    One(Vec<Assertions>),
    /// These do not hold.
    Not(Box<Assertions>),
    /// Where the condition holds, `then` does, else `otherwise`.
    If {
        /// What decides.
        condition: Box<Assertions>,
        /// What must hold if it does.
        then: Box<Assertions>,
        /// What must hold if it does not.
        otherwise: Box<Assertions>,
    },
    /// Every item that no other assertion looks at satisfies these.
    UnevaluatedItems(Box<Assertions>),
    /// The value of every member that no other assertion looks at satisfies these.
    UnevaluatedMembers(Box<Assertions>),
    /// What another schema demands, which may be one that this one stands in.
    Refer(AssertionsId),
}

/// Limits of arrays.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct ItemAssertions {
    /// What the first items satisfy.
    pub prefix: Vec<Assertions>,
    /// What the items behind them satisfy.
    pub rest: Option<Assertions>,
    /// What some items satisfy.
    pub contains: Option<Contains>,
    /// At least so many items.
    pub min_items: Option<u64>,
    /// At most so many items.
    pub max_items: Option<u64>,
    /// No two items are equal.
    pub unique_items: bool,
}

/// Items that an array contains.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Contains {
    /// What they satisfy.
    pub assertions: Assertions,
    /// At least so many of them; 1 where the document does not say.
    pub min: u64,
    /// At most so many of them.
    pub max: Option<u64>,
}

/// Limits of objects.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct MemberAssertions {
    /// What members of these names satisfy.
    pub fields: Vec<(String, Assertions)>,
    /// What members satisfy whose names match an ECMA-262 pattern.
    pub patterns: Vec<(String, Assertions)>,
    /// What all other members satisfy.
    pub rest: Option<Assertions>,
    /// What the names of members satisfy.
    pub names: Option<Assertions>,
    /// The members that are there.
    pub required: Vec<String>,
    /// The members that are there where one of this name is.
    pub dependent_required: Vec<(String, Vec<String>)>,
    /// What the object satisfies where a member of this name is there.
    pub dependents: Vec<(String, Assertions)>,
    /// At least so many members.
    pub min_properties: Option<u64>,
    /// At most so many members.
    pub max_properties: Option<u64>,
}
