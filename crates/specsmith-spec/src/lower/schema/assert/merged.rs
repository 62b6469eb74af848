//! What a union demands whose variants became one type, because no value says which of them it is.

use specsmith_ir::{
    Assertion, Assertions, Kind, KindSet, MemberAssertions, Numeric, Object, Presence, Shape, Text, Type, TypeId,
    Types, UnionMode, Value,
};

use crate::lower::schema::default::limits::exceeded_text;

/// What variants demand beyond the shape that they became together.
pub(in crate::lower::schema) fn demands_of_merged(
    types: &Types,
    variants: &[TypeId],
    merged: &Shape,
    mode: UnionMode,
) -> Assertions {
    let variants: Vec<&Type> = variants.iter().map(|variant| &types[types.resolve(*variant)]).collect();
    let held = limits(merged, merged);
    let mut branches: Vec<Vec<Assertion>> = Vec::new();
    for variant in &variants {
        let mut list = limits(&variant.shape, merged);
        list.extend_from_slice(&variant.assertions.0);
        if !branches.contains(&list) {
            branches.push(list);
        }
    }
    let is_listed = |list: &[Assertion]| matches!(list, [Assertion::Values(_)]);
    let all_listed = matches!(merged, Shape::Enum(_)) && branches.iter().all(|list| is_listed(list));
    if all_listed || branches.iter().any(|list| list.is_empty() || *list == held) {
        return Assertions::default();
    }
    let branches = without_covered(branches);
    if let [only] = branches.as_slice() {
        return Assertions(only.clone());
    }
    let exclusive = mode == UnionMode::OneOf && are_distinct(&branches) && !variants.iter().any(|ty| has_format(ty));
    let branches = branches.into_iter().map(Assertions).collect();
    Assertions(vec![if exclusive {
        Assertion::One(branches)
    } else {
        Assertion::Any(branches)
    }])
}

/// The branches without lists of values that are all strings which another branch has.
fn without_covered(branches: Vec<Vec<Assertion>>) -> Vec<Vec<Assertion>> {
    let limits: Vec<Text> = branches
        .iter()
        .filter_map(|branch| match branch.as_slice() {
            [Assertion::Text(text)] if text.patterns.is_empty() => Some(text.clone()),
            _ => None,
        })
        .collect();
    let within = |value: &Value, text: &Text| value.as_str().is_some_and(|value| exceeded_text(text, value).is_none());
    let is_covered = |branch: &Vec<Assertion>| match branch.as_slice() {
        [Assertion::Values(values)] => limits.iter().any(|text| values.iter().all(|value| within(value, text))),
        _ => false,
    };
    branches.into_iter().filter(|branch| !is_covered(branch)).collect()
}

/// What the shape of a variant says that the one that it became part of may not say.
fn limits(shape: &Shape, merged: &Shape) -> Vec<Assertion> {
    match shape {
        Shape::String(text) => {
            let text = Text {
                format: None,
                content_media_type: None,
                content_encoding: None,
                ..text.clone()
            };
            Vec::from_iter((text != Text::default()).then_some(Assertion::Text(text)))
        }
        Shape::Integer(numeric) | Shape::Number(numeric) => {
            let whole = matches!((shape, merged), (Shape::Integer(_), Shape::Number(_)));
            let whole = whole.then_some(Assertion::Kind(KindSet::of(Kind::Integer)));
            let numeric = Numeric {
                format: None,
                ..numeric.clone()
            };
            let numeric = (numeric != Numeric::default()).then_some(Assertion::Number(numeric));
            whole.into_iter().chain(numeric).collect()
        }
        Shape::Enum(listed) if !listed.open => {
            let values = listed.values.iter().map(|value| value.value.clone());
            vec![Assertion::Values(values.collect())]
        }
        Shape::Const(value) => vec![Assertion::Values(vec![value.clone()])],
        Shape::Object(object) => {
            let required = required(object, merged);
            let members = MemberAssertions {
                required,
                ..MemberAssertions::default()
            };
            Vec::from_iter((members != MemberAssertions::default()).then(|| Assertion::Members(Box::new(members))))
        }
        _ => Vec::new(),
    }
}

/// The members that must be there in a variant, and not in what it became part of.
fn required(object: &Object, merged: &Shape) -> Vec<String> {
    let is_optional = |name: &str| match merged {
        Shape::Object(merged) => merged
            .fields
            .iter()
            .any(|field| field.name == name && field.presence != Presence::Required),
        _ => false,
    };
    let required = object
        .fields
        .iter()
        .filter(|field| field.presence == Presence::Required);
    let names = required.map(|field| field.name.clone());
    names.filter(|name| is_optional(name)).collect()
}

/// Whether no branch says all that another one says: where one does, the author means that either may hold.
fn are_distinct(branches: &[Vec<Assertion>]) -> bool {
    let mut others = branches.iter().enumerate();
    others.all(|(index, branch)| {
        let mut rest = branches.iter().enumerate().filter(|(other, _)| *other != index);
        !rest.any(|(_, other)| branch.iter().all(|assertion| other.contains(assertion)))
    })
}

/// Whether a format tells the values of a variant, which assertions do not look at.
fn has_format(ty: &Type) -> bool {
    match &ty.shape {
        Shape::String(text) => text.format.is_some() || text.content_encoding.is_some(),
        Shape::Integer(numeric) | Shape::Number(numeric) => numeric.format.is_some(),
        _ => false,
    }
}
