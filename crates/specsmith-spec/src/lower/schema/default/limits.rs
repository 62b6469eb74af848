//! Whether a value is within the limits of its type.

use std::cmp::Ordering;

use specsmith_ir::{Array, Number, Numeric, Shape, Text, TypeId, Types, Value};

use crate::lower::schema::scalar::compare;

/// Which limit of a type a value is beyond, in words; patterns are not looked at.
pub(super) fn exceeded(types: &Types, ty: TypeId, value: &Value) -> Option<String> {
    match (&types[types.resolve(ty)].shape, value) {
        (Shape::Nullable(inner), value) if *value != Value::Null => exceeded_itself(types, *inner, value),
        (_, value) => exceeded_itself(types, ty, value),
    }
}

fn exceeded_itself(types: &Types, ty: TypeId, value: &Value) -> Option<String> {
    match (&types[types.resolve(ty)].shape, value) {
        (Shape::Integer(numeric) | Shape::Number(numeric), Value::Number(number)) => exceeded_numeric(numeric, number),
        (Shape::String(text), Value::String(value)) => exceeded_text(text, value),
        (Shape::Array(array), Value::Array(items)) => arrays(array, items.len()),
        _ => None,
    }
}

/// Which limit of numbers a value is beyond, in words.
pub(in crate::lower::schema) fn exceeded_numeric(numeric: &Numeric, number: &Number) -> Option<String> {
    let bounds = [
        ("minimum", &numeric.minimum, [Ordering::Equal, Ordering::Greater]),
        ("maximum", &numeric.maximum, [Ordering::Equal, Ordering::Less]),
        (
            "exclusiveMinimum",
            &numeric.exclusive_minimum,
            [Ordering::Greater, Ordering::Greater],
        ),
        (
            "exclusiveMaximum",
            &numeric.exclusive_maximum,
            [Ordering::Less, Ordering::Less],
        ),
    ];
    bounds.into_iter().find_map(|(name, bound, allowed)| {
        let bound = bound.as_ref()?;
        (!allowed.contains(&compare(number, bound))).then(|| format!("`{name}` of {bound}"))
    })
}

/// Which limit of strings a value is beyond, in words; patterns are not looked at.
pub(in crate::lower::schema) fn exceeded_text(text: &Text, value: &str) -> Option<String> {
    counts(
        value.chars().count(),
        ("minLength", text.min_length),
        ("maxLength", text.max_length),
    )
}

fn arrays(array: &Array, count: usize) -> Option<String> {
    counts(count, ("minItems", array.min_items), ("maxItems", array.max_items))
}

fn counts(count: usize, (min, least): (&str, Option<u64>), (max, most): (&str, Option<u64>)) -> Option<String> {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    match (least, most) {
        (Some(least), _) if count < least => Some(format!("`{min}` of {least}")),
        (_, Some(most)) if count > most => Some(format!("`{max}` of {most}")),
        _ => None,
    }
}
