//! A light check of whether a value belongs to a type: kinds, fields, bounds; patterns and formats are trusted.

use specsmith_ir::{
    Array, Number, Numeric, Object, Presence, Rest, Shape, Text, TypeId, Union, Value, canonical_format,
};

use super::shown::left_out;
use crate::context::Context;

/// How deep values are checked.
const MAX_DEPTH: usize = 24;

/// Whether a value belongs to a type.
pub(crate) fn fits(cx: &Context<'_>, ty: TypeId, value: &Value) -> bool {
    within(cx, ty, value, MAX_DEPTH)
}

fn within(cx: &Context<'_>, ty: TypeId, value: &Value, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else {
        return true;
    };
    match &cx.ty(ty).shape {
        Shape::Any => true,
        Shape::Never => false,
        Shape::Null => *value == Value::Null,
        Shape::Boolean => matches!(value, Value::Boolean(_)),
        Shape::Integer(numeric) => {
            matches!(value, Value::Number(number) if number.is_integer() && in_bounds(numeric, number))
        }
        Shape::Number(numeric) => matches!(value, Value::Number(number) if in_bounds(numeric, number)),
        Shape::String(limits) => {
            matches!(value, Value::String(text) if has_length(limits, text) && has_format(limits, text))
        }
        Shape::Enum(values) => {
            let is_like = |of: &Value| of.kind() == value.kind();
            values
                .values
                .iter()
                .any(|of| of.value == *value || (values.open && is_like(&of.value)))
        }
        Shape::Const(of) => of == value,
        Shape::Array(array) => list(cx, array, value, depth),
        Shape::Tuple(tuple) => match value {
            Value::Array(items) => {
                let types = tuple
                    .items
                    .iter()
                    .copied()
                    .chain(std::iter::repeat_n(tuple.rest, items.len()).flatten());
                has_count(items.len(), tuple.min_items, tuple.max_items)
                    && (tuple.rest.is_some() || items.len() <= tuple.items.len())
                    && items.iter().zip(types).all(|(item, ty)| within(cx, ty, item, depth))
            }
            _ => false,
        },
        Shape::Object(of) => object(cx, ty, of, value, depth),
        Shape::Union(union) => variant(cx, union, value, depth),
        Shape::Nullable(inner) => *value == Value::Null || within(cx, *inner, value, depth),
        Shape::Alias(inner) => within(cx, *inner, value, depth),
    }
}

fn list(cx: &Context<'_>, array: &Array, value: &Value, depth: usize) -> bool {
    match value {
        Value::Array(items) => {
            has_count(items.len(), array.min_items, array.max_items)
                && items.iter().all(|item| within(cx, array.items, item, depth))
        }
        _ => false,
    }
}

fn object(cx: &Context<'_>, ty: TypeId, object: &Object, value: &Value, depth: usize) -> bool {
    let Value::Object(members) = value else {
        return false;
    };
    let has_all = object
        .fields
        .iter()
        .all(|field| field.presence != Presence::Required || value.get(&field.name).is_some() || is_one_way(field));
    let left_out = left_out(cx, ty);
    let fitting = members
        .iter()
        .filter(|(name, _)| !left_out.contains(name))
        .all(
            |(name, value)| match (object.fields.iter().find(|field| field.name == *name), object.rest) {
                (Some(field), _) => within(cx, field.ty, value, depth),
                (None, Rest::Typed(ty)) if object.patterns.is_empty() => within(cx, ty, value, depth),
                (None, Rest::Denied) => !object.patterns.is_empty(),
                (None, _) => true,
            },
        );
    has_all && fitting && has_count(members.len(), object.min_properties, object.max_properties)
}

/// Whether a field is only sent one way, so that an example may lack it though it is required.
fn is_one_way(field: &specsmith_ir::Field) -> bool {
    field.access != specsmith_ir::Access::ReadWrite
}

fn variant(cx: &Context<'_>, union: &Union, value: &Value, depth: usize) -> bool {
    union.variants.iter().any(|variant| {
        variant.conditions.iter().all(|condition| condition.holds(value)) && within(cx, variant.ty, value, depth)
    })
}

fn has_count(count: usize, least: Option<u64>, most: Option<u64>) -> bool {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    least.is_none_or(|least| count >= least) && most.is_none_or(|most| count <= most)
}

fn has_length(limits: &Text, text: &str) -> bool {
    has_count(text.chars().count(), limits.min_length, limits.max_length)
}

/// Whether text has the form of the formats that the client parses.
fn has_format(limits: &Text, text: &str) -> bool {
    match limits.format.as_deref().map(canonical_format).as_deref() {
        Some("date") => has_form(text, "0000-00-00"),
        Some("datetime") => {
            let time = text.get(10..).unwrap_or_default();
            let has_zone = time.ends_with(['Z', 'z']) || time.contains(['+', '-']);
            text.get(..10).is_some_and(|date| has_form(date, "0000-00-00"))
                && time.get(1..9).is_some_and(|time| has_form(time, "00:00:00"))
                && has_zone
        }
        Some("uuid" | "uuid1" | "uuid3" | "uuid4" | "uuid5" | "uuid6" | "uuid7" | "uuid8" | "guid") => {
            has_form(text, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh")
        }
        _ => true,
    }
}

/// Whether text has the characters of a form: `0` is a digit, `h` a hexadecimal one.
fn has_form(text: &str, form: &str) -> bool {
    let fits = |(c, form)| match form {
        b'0' => u8::is_ascii_digit(&c),
        b'h' => c.is_ascii_hexdigit(),
        form => c == form,
    };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}

/// Whether a number is within its bounds.
pub(super) fn in_bounds(numeric: &Numeric, number: &Number) -> bool {
    let Some(value) = number.as_f64() else {
        return false;
    };
    let bound = |bound: &Option<Number>, holds: fn(f64, f64) -> bool| {
        bound
            .as_ref()
            .and_then(Number::as_f64)
            .is_none_or(|bound| holds(value, bound))
    };
    let is_multiple = |step: &Number| match (number.as_i128(), step.as_i128()) {
        (Some(value), Some(step)) if step != 0 => value % step == 0,
        _ => step
            .as_f64()
            .is_none_or(|step| step == 0.0 || (value / step).fract().abs() < 1e-9),
    };
    bound(&numeric.minimum, |value, bound| value >= bound)
        && bound(&numeric.maximum, |value, bound| value <= bound)
        && bound(&numeric.exclusive_minimum, |value, bound| value > bound)
        && bound(&numeric.exclusive_maximum, |value, bound| value < bound)
        && numeric.multiple_of.iter().all(is_multiple)
}
