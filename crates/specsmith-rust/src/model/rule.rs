//! What values must keep to beyond their types.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_ir as ir;

use super::ty::TypeItemId;

/// What the types, parameters and bodies of a model must keep to; what has no rules is not here.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rules {
    /// The rules of type definitions.
    pub types: BTreeMap<TypeItemId, Vec<RuleLine>>,
    /// The rules of parameters, by operation, place and name.
    pub parameters: BTreeMap<(ir::OperationId, ir::ParameterIn, String), Vec<RuleSet>>,
    /// The rules of request bodies, by their places in [`Operation::bodies`](super::Operation::bodies).
    pub bodies: BTreeMap<(ir::OperationId, usize), Vec<RuleSet>>,
    /// The rules of the parts of typed multipart bodies, by the places of these in
    /// [`Operation::bodies`](super::Operation::bodies) and by name.
    pub parts: BTreeMap<(ir::OperationId, usize, String), Vec<RuleSet>>,
    /// The rules of bodies of responses, by their places in [`Responses::sent`](super::Responses::sent): those that can
    /// be checked as the types are.
    pub responses: BTreeMap<(ir::OperationId, usize), RuleSet>,
    /// Rules with names, since they refer to each other.
    pub named: BTreeMap<ir::AssertionsId, Vec<Rule>>,
    /// Those of `named` that the rules of types lead to; the others are of parameters and bodies alone.
    pub named_of_types: BTreeSet<ir::AssertionsId>,
    /// The engines that patterns need.
    pub engines: Engines,
}

impl Rules {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.types.is_empty() && self.parameters.is_empty() && self.bodies.is_empty() && self.parts.is_empty()
    }
}

/// The engines that patterns need.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Engines {
    /// The one in linear time.
    pub linear: bool,
    /// The one that looks around and refers back.
    pub backtracking: bool,
}

/// Rules of a part of a type definition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RuleLine {
    /// The part.
    pub part: RulePart,
    /// The rules.
    pub set: RuleSet,
}

/// A part of a type definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RulePart {
    /// A field of a struct, by its place.
    Field(usize),
    /// What a variant of a union holds, by its place.
    Variant(usize),
    /// An item of a struct that is an array in JSON, by its place; each one of those that are all other items. Also what
    /// a type around another one holds.
    Item(usize),
    /// The members of a field that keeps those of certain names, by its place.
    Pattern(usize),
    /// The members that have no field of their own.
    Rest,
    /// The whole value.
    Whole,
}

/// Rules that are checked in one way.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RuleSet {
    /// The way.
    pub reach: Reach,
    /// The rules.
    pub rules: Vec<Rule>,
}

/// How rules look at a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// At the typed value.
    Typed,
    /// Only at the number of its items or members.
    Counted,
    /// At the value as it is in JSON.
    Whole,
}

/// Something that a value must keep to.
///
/// As in JSON Schema 2020-12, a rule about one JSON type holds for values of every other type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Rule {
    /// What a type definition demands.
    Nested(TypeItemId),
    /// No value is right.
    Never,
    /// The JSON type is one of these.
    Types(ir::KindSet),
    /// The value is one of these.
    Values(Vec<ir::Value>),
    /// At least this number.
    Minimum(ir::Number),
    /// At most this number.
    Maximum(ir::Number),
    /// More than this number.
    ExclusiveMinimum(ir::Number),
    /// Less than this number.
    ExclusiveMaximum(ir::Number),
    /// A multiple of this number.
    MultipleOf(ir::Number),
    /// At least so many characters.
    MinLength(u64),
    /// At most so many characters.
    MaxLength(u64),
    /// Text that matches somewhere.
    Pattern(Pattern),
    /// At least so many items.
    MinItems(u64),
    /// At most so many items.
    MaxItems(u64),
    /// No two items are equal.
    UniqueItems,
    /// What items keep to: the first ones one by one, and those behind them.
    Items(Vec<Vec<Rule>>, Option<Vec<Rule>>),
    /// Some items keep to these.
    Contains {
        /// At least so many.
        min: u64,
        /// At most so many.
        max: Option<u64>,
        /// The rules.
        rules: Vec<Rule>,
    },
    /// At least so many members.
    MinProperties(u64),
    /// At most so many members.
    MaxProperties(u64),
    /// What the values of members keep to.
    Members {
        /// Members by name.
        fields: Vec<(String, Vec<Rule>)>,
        /// Members whose names match a pattern.
        patterns: Vec<(Pattern, Vec<Rule>)>,
        /// All other members.
        rest: Option<Vec<Rule>>,
    },
    /// What the names of members keep to.
    Names(Vec<Rule>),
    /// Members that are there.
    Required(Vec<String>),
    /// Members that are there where the first one is.
    DependentRequired(String, Vec<String>),
    /// What the object keeps to where a member is there.
    Dependent(String, Vec<Rule>),
    /// All of these hold, each by itself.
    All(Vec<Vec<Rule>>),
    /// At least one of these holds.
    Any(Vec<Vec<Rule>>),
    /// Exactly one of these holds.
    One(Vec<Vec<Rule>>),
    /// These do not hold together.
    Not(Vec<Rule>),
    /// Where the condition holds, the second holds, else the third.
    If(Vec<Rule>, Vec<Rule>, Vec<Rule>),
    /// What the items keep to that no other rule beside this one looks at.
    UnevaluatedItems(Vec<Rule>),
    /// What the values of members keep to that no other rule beside this one looks at.
    UnevaluatedMembers(Vec<Rule>),
    /// Rules with a name.
    Refer(ir::AssertionsId),
}

/// A pattern, and what runs it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// The pattern as the document writes it.
    pub written: String,
    /// The pattern in the syntax of the engine.
    pub text: String,
    /// What runs it.
    pub engine: Engine,
}

/// What runs a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// The one in linear time.
    Linear,
    /// The one that looks around and refers back.
    Backtracking,
}
