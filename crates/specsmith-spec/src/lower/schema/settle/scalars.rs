//! Variants of a union that are scalars of one JSON type: they become one, since no value says which it is.

use std::collections::HashSet;

use specsmith_ir::{Enum, EnumValue, Kind, KindSet, Numeric, Origin, Shape, Text, Type, TypeId, Types, Value};

use super::Entry;

/// Variants that become one.
pub(super) struct Merged {
    /// Their places among the entries, ascending.
    pub members: Vec<usize>,
    /// What they become.
    pub shape: Shape,
    /// The type that has this shape already.
    pub kept: Option<TypeId>,
    /// A word for it.
    pub hint: &'static str,
}

/// The first variants that become one.
///
/// Constants and enumerations alone make one enumeration, and with a string beside them an open one. Among other
/// variants, those that have no name of their own do. Strings become the widest of them, and so do numbers.
pub(super) fn merge_scalars(types: &Types, entries: &[Entry]) -> Option<Merged> {
    let resolved: Vec<&Type> = entries.iter().map(|entry| &types[types.resolve(entry.ty)]).collect();
    if entries.len() < 2 {
        return None;
    }
    let values: Vec<Option<Vec<EnumValue>>> = resolved.iter().map(|ty| listed(ty)).collect();
    if values.iter().all(Option::is_some) {
        let open = resolved.iter().any(|ty| is_open(ty));
        return Some(enumeration(all(entries), &values, open));
    }
    let string = |ty: &&Type| matches!(ty.shape, Shape::String(_));
    let strings_only = resolved.iter().zip(&values).all(|(ty, values)| {
        string(ty)
            || values
                .as_ref()
                .is_some_and(|values| values.iter().all(|value| value.value.kind() == Kind::String))
    });
    if strings_only && values.iter().any(Option::is_some) {
        return Some(enumeration(all(entries), &values, true));
    }
    let wide = resolved.iter().any(|ty| is_wide(ty));
    let any_number = resolved.iter().any(|ty| matches!(ty.shape, Shape::Number(_)));
    let numbers = |ty: &&Type| match &ty.shape {
        Shape::Number(_) => true,
        Shape::Integer(_) => !(wide && any_number),
        _ => false,
    };
    for (members, hint) in [
        (positions(&resolved, string), "string"),
        (positions(&resolved, numbers), "number"),
    ] {
        if members.len() > 1 {
            return Some(widest(types, entries, &resolved, members, hint));
        }
    }
    let nameless = |ty: &&Type| matches!(ty.origin, Origin::Inline { .. }) && listed(ty).is_some() && !is_open(ty);
    let members = positions(&resolved, nameless);
    let kinds = |member: &usize| values.get(*member).and_then(Option::as_deref).map(kinds_of);
    let first = members.first().and_then(kinds);
    let alike = members.len() > 1 && members.iter().all(|member| kinds(member) == first);
    alike.then(|| enumeration(members, &values, false))
}

fn all(entries: &[Entry]) -> Vec<usize> {
    (0..entries.len()).collect()
}

fn positions(types: &[&Type], matches: impl Fn(&&Type) -> bool) -> Vec<usize> {
    let indexed = types.iter().enumerate();
    indexed.filter(|(_, ty)| matches(ty)).map(|(index, _)| index).collect()
}

fn kinds_of(values: &[EnumValue]) -> KindSet {
    values.iter().fold(KindSet::NONE, |kinds, value| {
        kinds.union(KindSet::of(value.value.kind()))
    })
}

/// The scalars that a type lists, if it lists all of its values.
fn listed(ty: &Type) -> Option<Vec<EnumValue>> {
    let scalar = |value: &Value| !matches!(value, Value::Array(_) | Value::Object(_));
    match &ty.shape {
        Shape::Enum(listed) => {
            listed
                .values
                .iter()
                .all(|value| scalar(&value.value))
                .then(|| match listed.values.as_slice() {
                    [only] => vec![constant(ty, only.value.clone(), Some(only))],
                    values => values.to_vec(),
                })
        }
        Shape::Const(value) if scalar(value) => Some(vec![constant(ty, value.clone(), None)]),
        _ => None,
    }
}

/// Whether values are integers that a floating-point number does not hold exactly.
fn is_wide(ty: &Type) -> bool {
    match &ty.shape {
        Shape::Integer(numeric) => matches!(numeric.format.as_deref(), Some("int64" | "uint64")),
        _ => false,
    }
}

fn is_open(ty: &Type) -> bool {
    matches!(&ty.shape, Shape::Enum(listed) if listed.open)
}

/// A constant with what its schema says about it.
fn constant(ty: &Type, value: Value, listed: Option<&EnumValue>) -> EnumValue {
    EnumValue {
        value,
        name: listed
            .and_then(|listed| listed.name.clone())
            .or_else(|| ty.docs.title.clone()),
        description: listed
            .and_then(|listed| listed.description.clone())
            .or_else(|| ty.docs.description.clone()),
    }
}

fn enumeration(members: Vec<usize>, values: &[Option<Vec<EnumValue>>], open: bool) -> Merged {
    let mut list: Vec<EnumValue> = Vec::new();
    let mut known = HashSet::new();
    for value in members
        .iter()
        .filter_map(|member| values.get(*member))
        .flatten()
        .flatten()
    {
        if known.insert(&value.value) {
            list.push(value.clone());
        }
    }
    Merged {
        members,
        shape: Shape::Enum(Enum { values: list, open }),
        kept: None,
        hint: "enum",
    }
}

/// The type among these that has the values of all of them, else a new one with the constraints that all have.
fn widest(types: &Types, entries: &[Entry], resolved: &[&Type], members: Vec<usize>, hint: &'static str) -> Merged {
    let shapes: Vec<&Shape> = members
        .iter()
        .filter_map(|member| resolved.get(*member))
        .map(|ty| &ty.shape)
        .collect();
    let shape = if hint == "string" {
        Shape::String(common_text(&shapes))
    } else if shapes.iter().any(|shape| matches!(shape, Shape::Number(_))) {
        Shape::Number(common_numeric(&shapes))
    } else {
        Shape::Integer(common_numeric(&shapes))
    };
    let kept = members
        .iter()
        .filter_map(|member| entries.get(*member))
        .map(|entry| entry.ty)
        .find(|ty| {
            let ty = &types[types.resolve(*ty)];
            ty.shape == shape && ty.assertions.is_empty()
        });
    Merged {
        members,
        shape,
        kept,
        hint,
    }
}

fn common_text(shapes: &[&Shape]) -> Text {
    let texts = shapes.iter().filter_map(|shape| match shape {
        Shape::String(text) => Some(text.clone()),
        _ => None,
    });
    texts
        .reduce(|a, b| Text {
            format: same(a.format, b.format),
            patterns: if a.patterns == b.patterns {
                a.patterns
            } else {
                Vec::new()
            },
            min_length: a.min_length.zip(b.min_length).map(|(a, b)| a.min(b)),
            max_length: a.max_length.zip(b.max_length).map(|(a, b)| a.max(b)),
            content_media_type: same(a.content_media_type, b.content_media_type),
            content_encoding: same(a.content_encoding, b.content_encoding),
        })
        .unwrap_or_default()
}

fn common_numeric(shapes: &[&Shape]) -> Numeric {
    let numerics = shapes.iter().filter_map(|shape| match shape {
        Shape::Integer(numeric) | Shape::Number(numeric) => Some(numeric.clone()),
        _ => None,
    });
    numerics
        .reduce(|a, b| Numeric {
            format: same(a.format, b.format),
            minimum: same(a.minimum, b.minimum),
            maximum: same(a.maximum, b.maximum),
            exclusive_minimum: same(a.exclusive_minimum, b.exclusive_minimum),
            exclusive_maximum: same(a.exclusive_maximum, b.exclusive_maximum),
            multiple_of: if a.multiple_of == b.multiple_of {
                a.multiple_of
            } else {
                Vec::new()
            },
        })
        .unwrap_or_default()
}

fn same<T: PartialEq>(a: Option<T>, b: Option<T>) -> Option<T> {
    if a == b { a } else { None }
}
