//! Rules for values whose Rust type says less than the document: any JSON, and scalars of several kinds.

use specsmith_ir::{Kind, KindSet, Object, Rest, Shape, TypeId, UnionMode, Value};

use super::super::context::Context;
use super::{assertions, limits};
use crate::model::{Rule, RustType};

/// How deep shapes are followed; what is deeper is not checked.
const MAX_DEPTH: usize = 8;

/// All that the shape of a type demands of any JSON value.
pub(super) fn lower(cx: &mut Context<'_>, id: TypeId) -> Vec<Rule> {
    shape(cx, id, 0)
}

/// What the names of members keep to.
pub(super) fn names(cx: &mut Context<'_>, object: &Object) -> Option<Rule> {
    let names = whole(cx, object.names?, 0);
    let is_string = |rule: &Rule| matches!(rule, Rule::Types(kinds) if kinds.contains(Kind::String));
    let names: Vec<Rule> = names.into_iter().filter(|rule| !is_string(rule)).collect();
    (!names.is_empty()).then_some(Rule::Names(names))
}

/// That the names of members match one of the patterns; `None` where that cannot be checked, or any name does.
pub(super) fn pattern_names(cx: &mut Context<'_>, object: &Object) -> Option<Rule> {
    let mut patterns = Vec::new();
    for field in &object.patterns {
        if matches!(field.pattern.as_str(), "" | ".*" | "^.*" | ".*$" | "^.*$" | "^" | "$") {
            return None;
        }
        let at = cx.location(field.ty);
        patterns.push(vec![Rule::Pattern(limits::pattern(cx, &field.pattern, at)?)]);
    }
    (!patterns.is_empty()).then(|| Rule::Names(vec![Rule::Any(patterns)]))
}

/// What the values of members keep to whose names decide it.
pub(super) fn pattern_members(cx: &mut Context<'_>, object: &Object) -> Option<Rule> {
    let mut patterns = Vec::new();
    for field in &object.patterns {
        let at = cx.location(field.ty);
        let pattern = limits::pattern(cx, &field.pattern, at)?;
        patterns.push((pattern, whole(cx, field.ty, 1)));
    }
    let rest = match object.rest {
        Rest::Typed(ty) => Some(whole(cx, ty, 1)),
        Rest::Denied => Some(vec![Rule::Never]),
        Rest::Unstated => None,
    };
    // What the fields of a struct say is checked by themselves.
    let fields = object.fields.iter().map(|field| (field.name.clone(), Vec::new()));
    Some(Rule::Members {
        fields: fields.collect(),
        patterns,
        rest,
    })
}

/// What a union of scalars of one Rust type demands.
pub(super) fn alternatives(cx: &mut Context<'_>, id: TypeId) -> Vec<Rule> {
    let Shape::Union(union) = cx.shape(id) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for variant in &union.variants {
        all.push(whole(cx, variant.ty, 1));
    }
    match union.mode {
        // Kinds alone are what the Rust type says.
        _ if all.iter().flatten().all(|rule| matches!(rule, Rule::Types(_))) => Vec::new(),
        UnionMode::OneOf => vec![Rule::One(all)],
        UnionMode::AnyOf if all.iter().any(Vec::is_empty) => Vec::new(),
        UnionMode::AnyOf => vec![Rule::Any(all)],
    }
}

/// All that a type demands of any JSON value.
fn whole(cx: &mut Context<'_>, id: TypeId, depth: usize) -> Vec<Rule> {
    let mut rules = Vec::new();
    if let Some(ty) = cx.ty(id) {
        rules.extend(assertions::lower(cx, &ty.assertions, ty.location));
    }
    rules.extend(shape(cx, id, depth));
    rules
}

fn shape(cx: &mut Context<'_>, id: TypeId, depth: usize) -> Vec<Rule> {
    if depth > MAX_DEPTH {
        return Vec::new();
    }
    let depth = depth + 1;
    let of = |kind| vec![Rule::Types(KindSet::of(kind))];
    match cx.shape(id) {
        Shape::Any => Vec::new(),
        // Said to be impossible where it is lowered; refusing all values would make it so.
        Shape::Never => Vec::new(),
        Shape::Null => of(Kind::Null),
        Shape::Boolean => of(Kind::Boolean),
        Shape::Integer(numeric) => [of(Kind::Integer), limits::numbers(&RustType::Value, numeric)].concat(),
        Shape::Number(numeric) => [of(Kind::Number), limits::numbers(&RustType::Value, numeric)].concat(),
        Shape::String(text) => {
            let mut rules = of(Kind::String);
            rules.extend(limits::text(cx, text, cx.location(id)));
            rules
        }
        Shape::Enum(values) if values.open => Vec::new(),
        Shape::Enum(values) => vec![Rule::Values(
            values.values.iter().map(|value| value.value.clone()).collect(),
        )],
        Shape::Const(value) => vec![Rule::Values(vec![value.clone()])],
        Shape::Array(array) => {
            let mut rules = of(Kind::Array);
            rules.extend(limits::items(array.min_items, array.max_items));
            rules.extend(array.unique_items.then_some(Rule::UniqueItems));
            rules.extend(limits::each(whole(cx, array.items, depth)));
            rules
        }
        Shape::Tuple(tuple) => {
            let mut rules = of(Kind::Array);
            rules.extend(limits::items(tuple.min_items, tuple.max_items));
            let first = tuple.items.iter().map(|item| whole(cx, *item, depth)).collect();
            let rest = match tuple.rest {
                Some(rest) => whole(cx, rest, depth),
                None => vec![Rule::Never],
            };
            rules.push(Rule::Items(first, Some(rest)));
            rules
        }
        Shape::Object(object) => {
            let mut rules = of(Kind::Object);
            rules.extend(members(cx, object, depth));
            rules
        }
        Shape::Union(union) => {
            let all = union
                .variants
                .iter()
                .map(|variant| whole(cx, variant.ty, depth))
                .collect();
            vec![match union.mode {
                UnionMode::OneOf => Rule::One(all),
                UnionMode::AnyOf => Rule::Any(all),
            }]
        }
        Shape::Nullable(inner) => {
            let null = vec![Rule::Values(vec![Value::Null])];
            match whole(cx, *inner, depth) {
                inner if inner.is_empty() => Vec::new(),
                inner => vec![Rule::Any(vec![null, inner])],
            }
        }
        Shape::Alias(target) => whole(cx, *target, depth),
    }
}

fn members(cx: &mut Context<'_>, object: &Object, depth: usize) -> Vec<Rule> {
    let mut rules = limits::members(object);
    let required = object.fields.iter().filter(|field| {
        field.presence == specsmith_ir::Presence::Required && field.access == specsmith_ir::Access::ReadWrite
    });
    let required: Vec<String> = required.map(|field| field.name.clone()).collect();
    if !required.is_empty() {
        rules.push(Rule::Required(required));
    }
    rules.extend(names(cx, object));
    let mut fields = Vec::new();
    for field in &object.fields {
        fields.push((field.name.clone(), whole(cx, field.ty, depth)));
    }
    let rest = match object.rest {
        Rest::Typed(ty) => Some(whole(cx, ty, depth)),
        Rest::Denied if object.patterns.is_empty() => Some(vec![Rule::Never]),
        Rest::Denied | Rest::Unstated => None,
    };
    if !fields.is_empty() || rest.is_some() {
        rules.push(Rule::Members {
            fields,
            patterns: Vec::new(),
            rest: rest.filter(|_| object.patterns.is_empty()),
        });
    }
    rules
}
