//! Limits and defaults as sentences, since Rust types do not show them.

use specsmith_ir::{Numeric, Presence, Rest, Shape, Text, TypeId, Value};

use super::context::Context;
use super::scalar::{number_shows_format, shows_format};
use crate::{Prose, TypeOptions, limits};

/// Longer values are not quoted.
const MAX_VALUE: usize = 120;

/// What limits the values of a type.
pub(super) fn of_type(cx: &Context<'_>, id: TypeId) -> Vec<String> {
    match cx.shape(id) {
        Shape::Integer(numeric) | Shape::Number(numeric) => numbers(numeric, cx.options),
        Shape::String(limits) => strings(limits, cx.options),
        Shape::Array(array) => {
            let mut facts = limits::counts("items", array.min_items, array.max_items);
            if array.unique_items {
                facts.push("No two items are equal.".to_owned());
            }
            facts.extend(of_each(cx, "item", array.items));
            facts
        }
        Shape::Tuple(tuple) => limits::counts("items", tuple.min_items, tuple.max_items),
        Shape::Object(object) => {
            let mut facts = limits::counts("members", object.min_properties, object.max_properties);
            if let Some(names) = object.names {
                facts.extend(of_each(cx, "name", names));
            }
            if let Rest::Typed(values) = object.rest
                && object.fields.is_empty()
            {
                facts.extend(of_each(cx, "value", values));
            }
            facts
        }
        _ => Vec::new(),
    }
}

/// What limits each item, name or value of a list or map, where its type says that nowhere else.
fn of_each(cx: &Context<'_>, noun: &str, id: TypeId) -> Option<String> {
    let core = cx.core(id);
    if cx.item(id).is_some() || cx.item(core).is_some() {
        return None;
    }
    let facts = match cx.shape(core) {
        Shape::Integer(numeric) | Shape::Number(numeric) => numbers(numeric, cx.options),
        Shape::String(limits) => strings(limits, cx.options),
        _ => Vec::new(),
    };
    let facts = facts
        .iter()
        .map(|fact| lower_first(fact.trim_end_matches('.')).replacen("format: ", "format ", 1));
    let facts: Vec<_> = facts.collect();
    (!facts.is_empty()).then(|| format!("Each {noun}: {}.", facts.join(", ")))
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(chars).collect()
}

/// What absence means.
pub(super) fn of_presence(presence: &Presence) -> Option<String> {
    let Presence::Default(value) = presence else {
        return None;
    };
    short(value).map(|value| format!("Default: {value}."))
}

fn short(value: &Value) -> Option<String> {
    let json = value.to_string();
    (json.chars().count() <= MAX_VALUE).then(|| Prose::code(&json))
}

fn numbers(numeric: &Numeric, options: &TypeOptions) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(format) = numeric
        .format
        .as_deref()
        .filter(|format| !number_shows_format(format, options))
    {
        facts.push(format!("Format: {}.", Prose::code(format)));
    }
    facts.extend(limits::bounds(numeric));
    facts
}

fn strings(limits: &Text, options: &TypeOptions) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(format) = limits.format.as_deref().filter(|_| !shows_format(limits, options)) {
        facts.push(format!("Format: {}.", Prose::code(format)));
    }
    facts.extend(limits::counts("characters", limits.min_length, limits.max_length));
    let patterns = limits
        .patterns
        .iter()
        .filter(|pattern| pattern.chars().count() <= MAX_VALUE);
    facts.extend(patterns.map(|pattern| format!("Matches {}.", Prose::code(pattern))));
    if let Some(media_type) = &limits.content_media_type {
        facts.push(format!("Holds {}.", Prose::code(media_type)));
    }
    facts
}
