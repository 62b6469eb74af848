//! What schemas demand of a value beyond what the shape of its type says.
//!
//! A type is made of parts that must all hold. What follows here is, part by part, what the shape leaves out: `not`,
//! `if`, `contains`, limits beside an `enum`, and the like. What is said about values of a JSON type that the shape
//! excludes has no effect and is left out too. [`transliterate`] has the words for whole schemas inside.

mod circle;
mod kept;
mod members;
mod merged;
mod pattern;
mod transliterate;

use specsmith_ir::{
    Assertion, Assertions, ItemAssertions, Kind, KindSet, MemberAssertions, Numeric, Shape, Text, Value,
};

pub(super) use self::{merged::demands_of_merged, transliterate::Transliterated};
use super::{
    array::tuple_items,
    default::limits::{exceeded_numeric, exceeded_text},
    part::Part,
};
use crate::lower::context::{self, Context};

impl<'d> Context<'d, '_> {
    /// What parts demand beyond the shape that was made of them.
    ///
    /// Branches of a union are not meant: each is a type of its own, and what stands beside the union is a part of it.
    pub(super) fn demands(&mut self, parts: &[Part<'d>], shape: &Shape) -> Assertions {
        let kinds = kinds_of(shape);
        let mut list = Vec::new();
        for part in parts {
            if self.is_evaluated_with_values(part) || matches!(shape, Shape::Any) && has_unevaluated(part) {
                list.push(Assertion::Refer(self.refer(part.node)));
                continue;
            }
            self.scalar_demands(part, shape, &mut list);
            if kinds.contains(Kind::Array) {
                self.item_demands(part, parts, shape, &mut list);
            }
            if kinds.contains(Kind::Object) {
                self.member_demands(part, parts, shape, &mut list);
            }
            self.logical_demands(part, parts, &mut list);
        }
        Assertions(list)
    }

    /// Limits of strings and numbers, where the shape has no place for them.
    ///
    /// Beside listed values they say something only where one is beyond them. Whether one matches a pattern cannot be seen
    /// here; who lists values means them.
    fn scalar_demands(&mut self, part: &Part<'d>, shape: &Shape, list: &mut Vec<Assertion>) {
        let listed: Vec<&Value> = match shape {
            Shape::Any => Vec::new(),
            Shape::Enum(listed) => listed.values.iter().map(|value| &value.value).collect(),
            Shape::Const(value) => vec![value],
            _ => return,
        };
        let text = self.limits_of_text(part);
        let exceeded = |value: &&Value| {
            value
                .as_str()
                .is_some_and(|value| exceeded_text(&text, value).is_some())
        };
        if text != Text::default() && (listed.is_empty() || listed.iter().any(exceeded)) {
            list.push(Assertion::Text(text));
        }
        let numeric = self.limits_of_numbers(part);
        let exceeded = |value: &&Value| match value {
            Value::Number(number) => exceeded_numeric(&numeric, number).is_some(),
            _ => false,
        };
        if numeric != Numeric::default() && (listed.is_empty() || listed.iter().any(exceeded)) {
            list.push(Assertion::Number(numeric));
        }
    }

    /// Limits of arrays, where the shape has no place for them.
    fn item_demands(&mut self, part: &Part<'d>, parts: &[Part<'d>], shape: &Shape, list: &mut Vec<Assertion>) {
        let items = if matches!(shape, Shape::Array(_) | Shape::Tuple(_) | Shape::Union(_)) {
            let is_tuple = parts.iter().any(|part| tuple_items(part).next().is_some());
            ItemAssertions {
                contains: self.contains(part, 0),
                unique_items: is_tuple && context::flag(part.node, "uniqueItems") == Some(true),
                ..ItemAssertions::default()
            }
        } else {
            self.items(part, 0)
        };
        if items != ItemAssertions::default() {
            list.push(Assertion::Items(items));
        }
    }

    /// Limits of objects, where the shape has no place for them.
    fn member_demands(&mut self, part: &Part<'d>, parts: &[Part<'d>], shape: &Shape, list: &mut Vec<Assertion>) {
        let members = if matches!(shape, Shape::Object(_) | Shape::Union(_)) {
            let mut members = self.dependents(part, 0);
            if self.patterns_overlap(parts) {
                members.patterns = self.patterns(part, 0);
            }
            let names = part.get("propertyNames").filter(|names| names.as_bool() == Some(false));
            members.names = names.map(|names| self.nested(names, 0));
            members
        } else {
            self.members(part, 0)
        };
        if members != MemberAssertions::default() {
            list.push(Assertion::Members(Box::new(members)));
        }
    }

    /// What is said about values of every type, and unions that say more about the values of one type.
    fn logical_demands(&mut self, part: &Part<'d>, parts: &[Part<'d>], list: &mut Vec<Assertion>) {
        self.negation(part, 0, list);
        if ["then", "else"].iter().any(|keyword| part.get(keyword).is_some()) {
            self.condition(part, 0, list);
        }
        for keyword in ["oneOf", "anyOf"] {
            if self.only_constrains(part, keyword, parts) {
                self.alternatives(part, keyword, 0, list);
            }
        }
    }

    /// Whether only the value tells which of its items or members are evaluated, so that `unevaluatedItems` or
    /// `unevaluatedProperties` of a part say nothing about its type.
    pub(super) fn is_evaluated_with_values(&mut self, part: &Part<'d>) -> bool {
        if !has_unevaluated(part) {
            return false;
        }
        let items = part.get("unevaluatedItems").is_some();
        self.unfold(&[Part::whole(part.node)]).iter().any(|part| {
            let applies = ["if", "dependentSchemas", "dependencies"];
            applies.iter().any(|keyword| part.get(keyword).is_some()) || items && part.get("contains").is_some()
        })
    }

    /// Whether a part, or what stands in its `allOf` and `$ref`, has a schema for all items or members, so that none is
    /// left for its own `unevaluatedItems` or `unevaluatedProperties`, which is `keyword`.
    pub(super) fn leaves_nothing(
        &mut self,
        part: &Part<'d>,
        has_schema: impl Fn(&Part<'_>) -> bool,
        keyword: &str,
    ) -> bool {
        self.unfold(&[Part::whole(part.node)])
            .iter()
            .any(|inner| has_schema(inner) || inner.node != part.node && inner.get(keyword).is_some())
    }
}

/// Whether a schema says something about items or members that nothing else in it looks at.
fn has_unevaluated(part: &Part<'_>) -> bool {
    let keywords = ["unevaluatedItems", "unevaluatedProperties"];
    let mut values = keywords.iter().filter_map(|keyword| part.get(keyword));
    values.any(|value| value.as_bool() != Some(true))
}

/// The JSON types about which a shape of these leaves something to say, scalars aside.
fn kinds_of(shape: &Shape) -> KindSet {
    let of = |value: &Value| KindSet::of(value.kind());
    match shape {
        Shape::Any | Shape::Union(_) => KindSet::ALL,
        Shape::Array(_) | Shape::Tuple(_) => KindSet::of(Kind::Array),
        Shape::Object(_) => KindSet::of(Kind::Object),
        Shape::Enum(listed) => listed
            .values
            .iter()
            .fold(KindSet::NONE, |kinds, value| kinds.union(of(&value.value))),
        Shape::Const(value) => of(value),
        _ => KindSet::NONE,
    }
}
