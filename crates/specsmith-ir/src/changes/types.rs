//! Differences of types: named ones by their names, others where they stand.

use std::collections::BTreeSet;

use super::operations::presence;
use super::{Aspect, Comparison, Part, Subject};
use crate::{
    Access, Api, Array, Direction, Enum, Numeric, Object, Origin, Presence, Rest, Shape, Text, TypeId, Types, Union,
};

/// How many aliases and nullables are followed, and how deep types without names are compared.
const MAX_DEPTH: usize = 48;
/// How deep types are written inside each other.
const MAX_WORDS: usize = 6;

/// Compares the named schemas.
pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let (old, new) = (named(comparison.old), named(comparison.new));
    for (name, is_request, id) in &new {
        let before = old.iter().find(|(of, request, _)| of == name && request == is_request);
        // A schema that begins to differ by direction has a new type for requests, and is no new schema.
        let is_known = old.iter().any(|(of, _, _)| of == name);
        comparison.about(Subject::Schema((*name).to_owned()));
        if *is_request {
            comparison.parts.push(Part::Requests);
        }
        match before {
            Some((_, _, before)) => walk(comparison, *before, *id, true),
            None if !is_known => comparison.added(false),
            None => {}
        }
    }
    let mut gone = BTreeSet::new();
    for (name, _, _) in old {
        if !new.iter().any(|(of, _, _)| *of == name) && gone.insert(name) {
            comparison.about(Subject::Schema(name.to_owned()));
            comparison.removed();
        }
    }
}

/// The named schemas, and whether they are those of requests alone where responses have another.
fn named(api: &Api) -> Vec<(&str, bool, TypeId)> {
    let is_request = |id: TypeId| {
        let view = api.types.view(id);
        view.is_some_and(|view| view.direction == Direction::Request && view.response.is_some())
    };
    let named = api.types.iter().filter_map(|(id, ty)| match &ty.origin {
        Origin::Component(name) => Some((name.as_str(), is_request(id), id)),
        Origin::Inline { .. } => None,
    });
    let mut seen = BTreeSet::new();
    named
        .filter(|(name, request, _)| seen.insert((*name, *request)))
        .collect()
}

/// Compares the types of one place.
pub(super) fn pair(comparison: &mut Comparison<'_>, old: TypeId, new: TypeId) {
    walk(comparison, old, new, false);
}

/// Reports that a place has a type in one of the APIs only.
pub(super) fn one_side(comparison: &mut Comparison<'_>, old: Option<TypeId>, new: Option<TypeId>) {
    let says = |types: &Types, id: Option<TypeId>| id.map(|id| words(types, id)).unwrap_or_default();
    let (old, new) = (says(&comparison.old.types, old), says(&comparison.new.types, new));
    comparison.aspect(Aspect::Type, old, new);
}

/// Compares two types; `is_root` where they are the named schemas themselves.
fn walk(comparison: &mut Comparison<'_>, old: TypeId, new: TypeId, is_root: bool) {
    let (before, after) = (comparison.old, comparison.new);
    let names = (name(&before.types, old), name(&after.types, new));
    if comparison.parts.len() > MAX_DEPTH || !comparison.seen.insert((old, new)) {
        return;
    }
    match names {
        // It is compared as a schema.
        (Some(old), Some(new)) if !is_root && old == new => return,
        (Some(old), Some(new)) if old != new => {
            return comparison.aspect(Aspect::Type, old.to_owned(), new.to_owned());
        }
        _ => {}
    }
    let (inner_old, inner_new) = (core(&before.types, old, is_root), core(&after.types, new, is_root));
    if inner_old != old || inner_new != new {
        let (null_old, null_new) = (is_null(&before.types, old), is_null(&after.types, new));
        if null_old != null_new {
            let (old, new) = (words(&before.types, old), words(&after.types, new));
            return comparison.aspect(Aspect::Type, old, new);
        }
        return walk(comparison, inner_old, inner_new, false);
    }
    match (&before.types[old].shape, &after.types[new].shape) {
        (Shape::Object(old), Shape::Object(new)) => objects(comparison, old, new),
        (Shape::Array(old), Shape::Array(new)) => {
            comparison.aspect(Aspect::Limits, array_limits(old), array_limits(new));
            let (old, new) = (old.items, new.items);
            comparison.at(Part::Items, |comparison| pair(comparison, old, new));
        }
        (Shape::Enum(old), Shape::Enum(new)) => values(comparison, old, new),
        (Shape::Union(old), Shape::Union(new)) => variants(comparison, old, new),
        (of_old, of_new) => {
            let (old, new) = (words(&before.types, old), words(&after.types, new));
            comparison.aspect(Aspect::Type, old, new);
            comparison.aspect(Aspect::Limits, limits(of_old), limits(of_new));
        }
    }
}

fn name(types: &Types, id: TypeId) -> Option<&str> {
    match &types[id].origin {
        Origin::Component(name) => Some(name),
        Origin::Inline { .. } => None,
    }
}

/// The type behind nullables and aliases, up to the next that has a name.
fn core(types: &Types, id: TypeId, is_root: bool) -> TypeId {
    let mut core = id;
    for step in 0..MAX_DEPTH {
        if name(types, core).is_some() && !(is_root && step == 0) {
            break;
        }
        match &types[core].shape {
            Shape::Nullable(inner) | Shape::Alias(inner) => core = *inner,
            _ => break,
        }
    }
    core
}

fn is_null(types: &Types, id: TypeId) -> bool {
    let mut id = id;
    for _ in 0..MAX_DEPTH {
        match &types[id].shape {
            Shape::Nullable(_) => return true,
            Shape::Alias(inner) => id = *inner,
            _ => break,
        }
    }
    false
}

fn objects(comparison: &mut Comparison<'_>, old: &Object, new: &Object) {
    comparison.aspect(
        Aspect::Limits,
        counts("members", old.min_properties, old.max_properties),
        counts("members", new.min_properties, new.max_properties),
    );
    for field in &new.fields {
        let before = old.fields.iter().find(|of| of.name == field.name);
        comparison.at(Part::Field(field.name.clone()), |comparison| match before {
            Some(before) => {
                presence(comparison, &before.presence, &field.presence);
                comparison.aspect(Aspect::Access, access(before.access), access(field.access));
                comparison.deprecation(before.docs.deprecated, field.docs.deprecated);
                pair(comparison, before.ty, field.ty);
            }
            None => comparison.added(field.presence == Presence::Required),
        });
    }
    for field in &old.fields {
        if !new.fields.iter().any(|of| of.name == field.name) {
            comparison.at(Part::Field(field.name.clone()), Comparison::removed);
        }
    }
    patterns(comparison, old, new);
    match (old.rest, new.rest) {
        (Rest::Typed(old), Rest::Typed(new)) => comparison.at(Part::Members, |comparison| pair(comparison, old, new)),
        (old, new) => comparison.aspect(Aspect::Openness, rest(old), rest(new)),
    }
}

fn patterns(comparison: &mut Comparison<'_>, old: &Object, new: &Object) {
    for field in &new.patterns {
        let before = old.patterns.iter().find(|of| of.pattern == field.pattern);
        comparison.at(Part::Pattern(field.pattern.clone()), |comparison| match before {
            Some(before) => pair(comparison, before.ty, field.ty),
            None => comparison.added(false),
        });
    }
    for field in &old.patterns {
        if !new.patterns.iter().any(|of| of.pattern == field.pattern) {
            comparison.at(Part::Pattern(field.pattern.clone()), Comparison::removed);
        }
    }
}

fn access(access: Access) -> String {
    let words = match access {
        Access::ReadWrite => "both",
        Access::ReadOnly => "read only",
        Access::WriteOnly => "write only",
    };
    words.to_owned()
}

fn rest(rest: Rest) -> String {
    let words = match rest {
        Rest::Unstated => "",
        Rest::Denied => "none",
        Rest::Typed(_) => "any",
    };
    words.to_owned()
}

fn values(comparison: &mut Comparison<'_>, old: &Enum, new: &Enum) {
    let open = |of: &Enum| if of.open { "any" } else { "none" }.to_owned();
    comparison.aspect(Aspect::Openness, open(old), open(new));
    for value in &new.values {
        if !old.values.iter().any(|of| of.value == value.value) {
            let part = Part::Value(value.value.to_string());
            comparison.at(part, |comparison| comparison.added(false));
        }
    }
    for value in &old.values {
        if !new.values.iter().any(|of| of.value == value.value) {
            comparison.at(Part::Value(value.value.to_string()), Comparison::removed);
        }
    }
}

/// Compares unions by what their variants are called, or look like.
fn variants(comparison: &mut Comparison<'_>, old: &Union, new: &Union) {
    let says = |types: &Types, union: &Union| -> Vec<(String, TypeId)> {
        let variants = union.variants.iter();
        variants.map(|variant| (words(types, variant.ty), variant.ty)).collect()
    };
    let (old, new) = (says(&comparison.old.types, old), says(&comparison.new.types, new));
    for (index, (words, id)) in new.iter().enumerate() {
        let same = old.iter().find(|(of, _)| of == words);
        // Objects without names look alike, so they are compared in their order.
        let same = same.filter(|_| words != "object").or_else(|| {
            let place = new.iter().take(index).filter(|(of, _)| of == words).count();
            old.iter().filter(|(of, _)| of == words).nth(place)
        });
        comparison.at(Part::Variant(words.clone()), |comparison| match same {
            Some((_, before)) => pair(comparison, *before, *id),
            None => comparison.added(false),
        });
    }
    for (words, _) in &old {
        if !new.iter().any(|(of, _)| of == words) {
            comparison.at(Part::Variant(words.clone()), Comparison::removed);
        }
    }
}

/// A type in a few words: `array of Book or null`.
fn words(types: &Types, id: TypeId) -> String {
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
        Shape::String(text) => formatted("string", &text.format),
        Shape::Enum(_) => "enum".to_owned(),
        Shape::Const(value) => value.to_string(),
        Shape::Array(array) => format!("array of {}", within(types, array.items, depth)),
        Shape::Tuple(tuple) => format!("array of {}", tuple.items.len()),
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
fn limits(shape: &Shape) -> String {
    match shape {
        Shape::Integer(numeric) | Shape::Number(numeric) => numeric_limits(numeric),
        Shape::String(text) => text_limits(text),
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

fn array_limits(array: &Array) -> String {
    let mut all = vec![counts("items", array.min_items, array.max_items)];
    all.extend(array.unique_items.then(|| "no two equal".to_owned()));
    all.retain(|words| !words.is_empty());
    all.join(", ")
}

fn counts(noun: &str, least: Option<u64>, most: Option<u64>) -> String {
    match (least, most) {
        (None, None) => String::new(),
        (Some(least), None) => format!("at least {least} {noun}"),
        (None, Some(most)) => format!("at most {most} {noun}"),
        (Some(least), Some(most)) => format!("{least} to {most} {noun}"),
    }
}
