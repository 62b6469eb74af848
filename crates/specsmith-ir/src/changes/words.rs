//! Types, limits and the like in words.

use crate::{
    Access, Array, Assertion, Numeric, Origin, ParameterEncoding, Rest, Shape, Text, TypeId, Types, dump_assertion,
};

/// How deep types are written inside each other.
const MAX_WORDS: usize = 6;

/// The name of a named schema.
pub(super) fn name(types: &Types, id: TypeId) -> Option<&str> {
    match &types[id].origin {
        Origin::Component(name) => Some(name),
        Origin::Inline { .. } => None,
    }
}

/// A type in a few words: `array of Book or null`.
pub(super) fn of_type(types: &Types, id: TypeId) -> String {
    within(types, id, MAX_WORDS)
}

fn within(types: &Types, id: TypeId, depth: usize) -> String {
    let Some(depth) = depth.checked_sub(1) else {
        return "any".to_owned();
    };
    if let Some(name) = name(types, id) {
        return name.to_owned();
    }
    let formatted = |kind: &str, format: &Option<String>| match format {
        Some(format) => format!("{kind} ({format})"),
        None => kind.to_owned(),
    };
    match &types[id].shape {
        Shape::Any => "any".to_owned(),
        Shape::Never => "never".to_owned(),
        Shape::Null => "null".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Integer(numeric) => formatted("integer", &numeric.format),
        Shape::Number(numeric) => formatted("number", &numeric.format),
        Shape::String(text) => {
            let held = [&text.format, &text.content_encoding, &text.content_media_type];
            let held: Vec<String> = held.into_iter().flatten().cloned().collect();
            formatted("string", &Some(held.join(", ")).filter(|held| !held.is_empty()))
        }
        Shape::Enum(_) => "enum".to_owned(),
        Shape::Const(value) => value.to_string(),
        Shape::Array(array) => format!("array of {}", within(types, array.items, depth)),
        Shape::Tuple(tuple) => {
            let mut items: Vec<String> = tuple.items.iter().map(|item| within(types, *item, depth)).collect();
            items.extend(tuple.rest.map(|rest| format!("more of {}", within(types, rest, depth))));
            format!("array of ({})", items.join(", "))
        }
        Shape::Object(_) => "object".to_owned(),
        Shape::Union(union) => {
            let variants = union.variants.iter().map(|variant| within(types, variant.ty, depth));
            variants.collect::<Vec<_>>().join(" or ")
        }
        Shape::Nullable(inner) => format!("{} or null", within(types, *inner, depth)),
        Shape::Alias(inner) => within(types, *inner, depth),
    }
}

/// The limits of values of a shape, in words.
pub(super) fn limits(shape: &Shape) -> String {
    match shape {
        Shape::Integer(numeric) | Shape::Number(numeric) => numeric_limits(numeric),
        Shape::String(text) => text_limits(text),
        Shape::Tuple(tuple) => counts("items", tuple.min_items, tuple.max_items),
        _ => String::new(),
    }
}

fn numeric_limits(numeric: &Numeric) -> String {
    let bounds = [
        ("at least", &numeric.minimum),
        ("more than", &numeric.exclusive_minimum),
        ("at most", &numeric.maximum),
        ("less than", &numeric.exclusive_maximum),
    ];
    let bounds = bounds.into_iter();
    let bounds = bounds.filter_map(|(words, bound)| Some(format!("{words} {}", bound.as_ref()?)));
    let steps = numeric.multiple_of.iter().map(|step| format!("a multiple of {step}"));
    bounds.chain(steps).collect::<Vec<_>>().join(", ")
}

fn text_limits(text: &Text) -> String {
    let mut all = vec![counts("characters", text.min_length, text.max_length)];
    all.extend(text.patterns.iter().map(|pattern| format!("matches {pattern}")));
    all.retain(|words| !words.is_empty());
    all.join(", ")
}

pub(super) fn array_limits(array: &Array) -> String {
    let mut all = vec![counts("items", array.min_items, array.max_items)];
    all.extend(array.unique_items.then(|| "no two equal".to_owned()));
    all.retain(|words| !words.is_empty());
    all.join(", ")
}

pub(super) fn counts(noun: &str, least: Option<u64>, most: Option<u64>) -> String {
    match (least, most) {
        (None, None) => String::new(),
        (Some(least), None) => format!("at least {least} {noun}"),
        (None, Some(most)) => format!("at most {most} {noun}"),
        (Some(least), Some(most)) => format!("{least} to {most} {noun}"),
    }
}

/// How a value is written, in words: `form, exploded`.
pub(super) fn encoding(encoding: &ParameterEncoding) -> String {
    match encoding {
        ParameterEncoding::Style {
            style,
            explode,
            allow_reserved,
        } => {
            let exploded = if *explode { ", exploded" } else { "" };
            let reserved = if *allow_reserved {
                ", reserved characters allowed"
            } else {
                ""
            };
            format!("{style:?}{exploded}{reserved}")
        }
        ParameterEncoding::Content(media_type) => media_type.to_string(),
    }
}

pub(super) fn access(access: Access) -> &'static str {
    match access {
        Access::ReadWrite => "both",
        Access::ReadOnly => "read only",
        Access::WriteOnly => "write only",
    }
}

pub(super) fn rest(rest: Rest) -> &'static str {
    match rest {
        Rest::Unstated => "",
        Rest::Denied => "none",
        Rest::Typed(_) => "any",
    }
}

/// What a value must satisfy. Schemas that assertions refer to are told by nothing but that they are there, since their
/// numbers are others in each document.
pub(super) fn condition(assertion: &Assertion) -> String {
    let text = dump_assertion(assertion);
    let mut parts = text.split("schema ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("schema");
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    out
}
