//! What limits values, as sentences.

use specsmith_ir::{Array, Object, Shape, Text, Tuple, TypeId, Value};
use specsmith_rust::limits;

use crate::context::Context;
use crate::escape::code;

/// Enums with more values are not written where they are used.
const MAX_VALUES: usize = 16;
/// How deep limits of items of items are followed.
const MAX_DEPTH: usize = 4;
/// Longer values are not quoted in a sentence.
const MAX_VALUE: usize = 120;

/// What limits the values of a type where it is used; nothing for a named type, which says so itself.
pub(crate) fn in_place(cx: &Context<'_>, id: TypeId) -> Vec<String> {
    within(cx, id, MAX_DEPTH)
}

fn within(cx: &Context<'_>, id: TypeId, depth: usize) -> Vec<String> {
    if depth == 0 || cx.is_component(id) {
        return Vec::new();
    }
    let core = cx.core(id);
    let mut facts = if cx.is_component(core) {
        Vec::new()
    } else {
        of_shape(&cx.ty(core).shape)
    };
    if let Shape::Array(array) = &cx.ty(core).shape {
        let items = within(cx, array.items, depth - 1);
        facts.extend(of_items(&items));
    }
    facts
}

/// What limits the items of a list, as one sentence of a kind: `Each item: at least 1 character. One of ..`
pub(crate) fn of_items(limits: &[String]) -> Option<String> {
    let all = limits.join(" ");
    let mut letters = all.chars();
    let first = letters.next()?;
    Some(format!("Each item: {}{}", first.to_lowercase(), letters.as_str()))
}

/// What limits the values of a type.
pub(crate) fn of_type(cx: &Context<'_>, id: TypeId) -> Vec<String> {
    of_shape(&cx.ty(cx.core(id)).shape)
}

fn of_shape(shape: &Shape) -> Vec<String> {
    match shape {
        Shape::Integer(numeric) | Shape::Number(numeric) => limits::bounds(numeric),
        Shape::String(limits) => strings(limits),
        Shape::Enum(values) if values.values.len() <= MAX_VALUES => {
            let names: Vec<String> = values.values.iter().map(|value| code(&bare(&value.value))).collect();
            let open = if values.open { ", or another value" } else { "" };
            vec![format!("One of {}{open}.", names.join(", "))]
        }
        Shape::Array(array) => arrays(array),
        Shape::Tuple(Tuple {
            min_items, max_items, ..
        }) => limits::counts("items", *min_items, *max_items),
        Shape::Object(object) => objects(object),
        _ => Vec::new(),
    }
}

/// `Default: x`, where the value is short enough.
pub(crate) fn default(value: &Value) -> Option<String> {
    short(value).map(|value| format!("Default: {value}."))
}

/// `Example: x`, where the value is short enough.
pub(crate) fn example(value: &Value) -> Option<String> {
    short(value).map(|value| format!("Example: {value}."))
}

fn short(value: &Value) -> Option<String> {
    let text = bare(value);
    (text.chars().count() <= MAX_VALUE).then(|| code(&text))
}

/// A value as text: strings without quotes, except where that would be unclear.
pub(crate) fn bare(value: &Value) -> String {
    match value {
        Value::String(text) if !text.trim().is_empty() && text.trim().len() == text.len() && !text.contains('\n') => {
            text.clone()
        }
        value => value.to_string(),
    }
}

fn strings(limits: &Text) -> Vec<String> {
    let mut facts = limits::counts("characters", limits.min_length, limits.max_length);
    facts.extend(
        limits
            .patterns
            .iter()
            .map(|pattern| format!("Matches {}.", code(pattern))),
    );
    if let Some(media_type) = &limits.content_media_type {
        facts.push(format!("Holds {}.", code(media_type)));
    }
    if let Some(encoding) = &limits.content_encoding {
        facts.push(format!("Encoded as {}.", code(encoding)));
    }
    facts
}

fn arrays(array: &Array) -> Vec<String> {
    let mut facts = limits::counts("items", array.min_items, array.max_items);
    if array.unique_items {
        facts.push("No two items are equal.".to_owned());
    }
    facts
}

fn objects(object: &Object) -> Vec<String> {
    limits::counts("members", object.min_properties, object.max_properties)
}
