//! Limits and defaults as sentences, since Rust types do not show them.

use specsmith_ir::{Numeric, Presence, Shape, Text, TypeId, Value};

use super::context::Context;
use super::scalar::{number_shows_format, shows_format};
use crate::{Prose, TypeOptions};

/// Longer values are not quoted.
const MAX_VALUE: usize = 120;

/// Adds what limits the values of a type.
pub(super) fn of_type(cx: &Context<'_>, id: TypeId, text: &mut Prose) {
    let facts = match cx.shape(id) {
        Shape::Integer(numeric) | Shape::Number(numeric) => numbers(numeric, cx.options),
        Shape::String(limits) => strings(limits, cx.options),
        Shape::Array(array) => {
            let mut facts = counts("items", array.min_items, array.max_items);
            if array.unique_items {
                facts.push("No two items are equal.".to_owned());
            }
            facts
        }
        Shape::Tuple(tuple) => counts("items", tuple.min_items, tuple.max_items),
        Shape::Object(object) => counts("members", object.min_properties, object.max_properties),
        _ => Vec::new(),
    };
    text.own(&facts.join(" "));
}

/// Adds what absence means.
pub(super) fn of_presence(presence: &Presence, text: &mut Prose) {
    if let Presence::Default(value) = presence
        && let Some(value) = short(value)
    {
        text.own(&format!("Default: {value}."));
    }
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
    let bounds = [
        ("At least", &numeric.minimum),
        ("More than", &numeric.exclusive_minimum),
        ("At most", &numeric.maximum),
        ("Less than", &numeric.exclusive_maximum),
    ];
    for (relation, bound) in bounds {
        facts.extend(bound.as_ref().map(|bound| format!("{relation} {bound}.")));
    }
    facts.extend(numeric.multiple_of.iter().map(|step| format!("A multiple of {step}.")));
    facts
}

fn strings(limits: &Text, options: &TypeOptions) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(format) = limits.format.as_deref().filter(|_| !shows_format(limits, options)) {
        facts.push(format!("Format: {}.", Prose::code(format)));
    }
    facts.extend(counts("characters", limits.min_length, limits.max_length));
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

fn counts(noun: &str, least: Option<u64>, most: Option<u64>) -> Vec<String> {
    let one = noun.trim_end_matches('s');
    let count = |number: u64| match number {
        1 => format!("1 {one}"),
        number => format!("{number} {noun}"),
    };
    match (least.filter(|least| *least > 0), most) {
        (Some(least), Some(most)) if least == most => vec![format!("Exactly {}.", count(least))],
        (Some(least), Some(most)) => vec![format!("{least} to {}.", count(most))],
        (Some(least), None) => vec![format!("At least {}.", count(least))],
        (None, Some(most)) => vec![format!("At most {}.", count(most))],
        (None, None) => Vec::new(),
    }
}
