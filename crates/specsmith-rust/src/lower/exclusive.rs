//! Unions whose values fit one variant only, where one that fits two could be read and would lose members.
//!
//! `oneOf` says that exactly one branch holds. Authors write it of branches that allow each other's values, too, and
//! mean that either may hold. So it is taken at its word where each of two branches requires a member that the other
//! does not have: who sends both members has not decided.

use specsmith_ir::{Condition, Kind, KindSet, Object, Rest, Shape, Union, UnionMode, Value, Variant};

use super::context::Context;

/// Unions of more variants are not looked into, because there are too many pairs.
const MAX_VARIANTS: usize = 64;

/// Whether servers look for a second variant that fits: no two variants may hold together, and conditions alone do not
/// say so.
pub(super) fn is_exclusive(cx: &Context<'_>, union: &Union) -> bool {
    if union.mode != UnionMode::OneOf || union.variants.len() > MAX_VARIANTS {
        return false;
    }
    let mut found = false;
    for (index, one) in union.variants.iter().enumerate() {
        for other in union.variants.iter().skip(index + 1) {
            if exclude(&one.conditions, &other.conditions) {
                continue;
            }
            if !requires_more(cx, one, other) || !requires_more(cx, other, one) {
                return false;
            }
            found = true;
        }
    }
    found
}

/// Whether a variant needs a member that objects of another one do not have.
fn requires_more(cx: &Context<'_>, one: &Variant, other: &Variant) -> bool {
    let Shape::Object(object) = cx.shape(cx.resolve(other.ty)) else {
        return false;
    };
    one.conditions.iter().any(|condition| match condition {
        Condition::HasProperty(name) => !may_have(object, name),
        _ => false,
    })
}

fn may_have(object: &Object, name: &str) -> bool {
    let is_field = object.fields.iter().any(|field| field.name == name);
    is_field || matches!(object.rest, Rest::Typed(_)) || !object.patterns.is_empty()
}

/// Whether conditions cannot hold together.
fn exclude(these: &[Condition], those: &[Condition]) -> bool {
    kinds(these).intersection(kinds(those)).is_empty()
        || these.iter().any(|one| those.iter().any(|other| contradict(one, other)))
}

/// The JSON types that conditions leave.
fn kinds(conditions: &[Condition]) -> KindSet {
    let of_values = |values: &[Value]| {
        let kinds = values.iter().map(|value| KindSet::of(value.kind()));
        kinds.fold(KindSet::NONE, KindSet::union)
    };
    let kinds = conditions.iter().map(|condition| match condition {
        Condition::Kind(kinds) => *kinds,
        Condition::Value(values) => of_values(values),
        Condition::PropertyValue { .. } | Condition::HasProperty(_) | Condition::LacksProperty(_) => {
            KindSet::of(Kind::Object)
        }
        Condition::AtLeast(_) => KindSet::of(Kind::Object).union(KindSet::of(Kind::Array)),
    });
    kinds.fold(KindSet::ALL, KindSet::intersection)
}

fn contradict(one: &Condition, other: &Condition) -> bool {
    match (one, other) {
        (Condition::Value(these), Condition::Value(those)) => !these.iter().any(|value| those.contains(value)),
        (
            Condition::PropertyValue { name, values },
            Condition::PropertyValue {
                name: other_name,
                values: others,
            },
        ) => name == other_name && !values.iter().any(|value| others.contains(value)),
        (Condition::HasProperty(name) | Condition::PropertyValue { name, .. }, Condition::LacksProperty(other))
        | (Condition::LacksProperty(other), Condition::HasProperty(name) | Condition::PropertyValue { name, .. }) => {
            name == other
        }
        _ => false,
    }
}
