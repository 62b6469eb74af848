//! What values must keep to: the constraints of shapes and the assertions of types, for each place of the Rust model.
//!
//! Rules follow the Rust type and the type of the intermediate model side by side: what the Rust type says already is
//! left out, and a definition is checked by itself wherever it is named.

mod assertions;
mod limits;
mod operations;
pub(crate) mod pattern;
mod reach;
mod simplify;
mod texts;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::Location;
use specsmith_ir::{self as ir, Shape, TypeId};

use super::context::Context;
use super::structs::{self, MapValues};
use crate::model::{
    Engine, Engines, Model, Pattern, Rule, RuleLine, RulePart, RuleSet, Rules, RustType, Struct, TupleItemKind,
    TypeBody, TypeItem, TypeItemId, Union,
};

/// How deep rules are written inside each other.
const MAX_DEPTH: usize = 32;

/// The rules of a model whose types are finished.
pub(super) fn lower(cx: &mut Context<'_>, model: &Model) -> Rules {
    let mut lines: Vec<Vec<(RulePart, Vec<Rule>)>> = Vec::new();
    for item in &model.types {
        lines.push(of_item(cx, model, item));
    }
    let constrained = constrained(&lines);
    let mut rules = Rules::default();
    for ((id, item), lines) in model.types().zip(lines) {
        let split = lines.into_iter().flat_map(|(part, rules)| {
            let ty = part_type(item, id, part);
            let sets = reach::split(model, &constrained, &ty, rules);
            sets.into_iter().map(move |set| RuleLine { part, set })
        });
        let split: Vec<RuleLine> = split.collect();
        if constrained.contains(&id) {
            rules.types.insert(id, split);
        }
    }
    operations::lower(cx, model, &constrained, &mut rules);
    refer(cx, &mut rules);
    rules.engines = engines(&rules);
    rules
}

/// Adds the rules that those of a model refer to by name, and those that these refer to.
fn refer(cx: &mut Context<'_>, rules: &mut Rules) {
    let mut open = BTreeSet::new();
    of_types(rules).for_each(|set| references(&set.rules, &mut open));
    follow(cx, open, &mut rules.named);
    rules.named_of_types = rules.named.keys().copied().collect();
    let mut open = BTreeSet::new();
    of_operations(rules).for_each(|set| references(&set.rules, &mut open));
    follow(cx, open, &mut rules.named);
}

/// Adds rules with names, and those that they refer to.
fn follow(
    cx: &mut Context<'_>,
    mut open: BTreeSet<ir::AssertionsId>,
    named: &mut BTreeMap<ir::AssertionsId, Vec<Rule>>,
) {
    while let Some(id) = open.pop_first() {
        if named.contains_key(&id) {
            continue;
        }
        let assertions = cx.api.assertions.get(id.0 as usize);
        let rules = assertions.map(|assertions| assertions::lower(cx, assertions, Location::default()));
        let rules = rules.unwrap_or_default();
        references(&rules, &mut open);
        named.insert(id, rules);
    }
}

/// The rules of types.
fn of_types(rules: &Rules) -> impl Iterator<Item = &RuleSet> {
    rules.types.values().flatten().map(|line| &line.set)
}

/// The rules of operations.
fn of_operations(rules: &Rules) -> impl Iterator<Item = &RuleSet> {
    let of_operations = rules.parameters.values().chain(rules.bodies.values()).flatten();
    of_operations.chain(rules.parts.values().flatten())
}

/// Adds the names that rules refer to.
fn references(rules: &[Rule], found: &mut BTreeSet<ir::AssertionsId>) {
    for_each(rules, &mut |rule| {
        if let Rule::Refer(id) = rule {
            found.insert(*id);
        }
    });
}

/// The engines that the patterns of rules need.
fn engines(rules: &Rules) -> Engines {
    let mut engines = Engines::default();
    let mut need = |pattern: &Pattern| match pattern.engine {
        Engine::Linear => engines.linear = true,
        Engine::Backtracking => engines.backtracking = true,
    };
    let named = rules.named.values().map(Vec::as_slice);
    let sets = of_types(rules).chain(of_operations(rules));
    for rules in sets.map(|set| set.rules.as_slice()).chain(named) {
        for_each(rules, &mut |rule| match rule {
            Rule::Pattern(pattern) => need(pattern),
            Rule::Members { patterns, .. } => patterns.iter().for_each(|(pattern, _)| need(pattern)),
            _ => {}
        });
    }
    engines
}

/// Calls `visit` for each rule and those inside it.
fn for_each(rules: &[Rule], visit: &mut dyn FnMut(&Rule)) {
    for rule in rules {
        visit(rule);
        simplify::inside(rule).for_each(|rules| for_each(rules, visit));
    }
}

/// The same, to be changed.
pub(super) fn for_each_mut(rules: &mut [Rule], visit: &mut dyn FnMut(&mut Rule)) {
    for rule in rules {
        visit(rule);
        simplify::inside_mut(rule).for_each(|rules| for_each_mut(rules, visit));
    }
}

/// The type of a part of a definition.
fn part_type(item: &TypeItem, id: TypeItemId, part: RulePart) -> RustType {
    let found = match (&item.body, part) {
        (TypeBody::Struct(body), RulePart::Field(index)) => body.fields.get(index).map(|field| field.ty.clone()),
        (TypeBody::Struct(body), RulePart::Pattern(index)) => {
            let values = body.patterns.get(index).map(|pattern| pattern.field.values.clone());
            values.map(|values| RustType::Map(Box::new(values)))
        }
        (TypeBody::Struct(body), RulePart::Rest) => {
            let values = body.rest.as_ref().map(|rest| rest.values.clone());
            values.map(|values| RustType::Map(Box::new(values)))
        }
        (TypeBody::Union(body), RulePart::Variant(index)) => body.variants.get(index).map(|variant| variant.ty.clone()),
        (TypeBody::Tuple(body), RulePart::Item(index)) => {
            body.items.get(index).map(|item| each_of(&item.ty, item.kind))
        }
        (TypeBody::Newtype(inner), RulePart::Item(_)) => Some(inner.clone()),
        _ => None,
    };
    found.unwrap_or(RustType::Named(id))
}

/// The type of one item.
fn each_of(ty: &RustType, kind: TupleItemKind) -> RustType {
    match (ty, kind) {
        (RustType::List(item), TupleItemKind::Rest) => (**item).clone(),
        (ty, _) => ty.clone(),
    }
}

/// The definitions that demand something, themselves or by what they hold.
fn constrained(lines: &[Vec<(RulePart, Vec<Rule>)>]) -> BTreeSet<TypeItemId> {
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); lines.len()];
    let mut found = BTreeSet::new();
    let mut open = Vec::new();
    for (index, lines) in lines.iter().enumerate() {
        let mut own = false;
        for (_, rules) in lines {
            for_each_leaf(rules, &mut |rule| match rule {
                Rule::Nested(held) => {
                    if let Some(holders) = holders.get_mut(held.0 as usize) {
                        holders.push(index);
                    }
                }
                _ => own = true,
            });
        }
        if own {
            open.push(index);
        }
    }
    while let Some(index) = open.pop() {
        if found.insert(TypeItemId(u32::try_from(index).unwrap_or(u32::MAX))) {
            open.extend(holders.get(index).into_iter().flatten());
        }
    }
    found
}

/// Calls `visit` for each rule that says something by itself.
fn for_each_leaf(rules: &[Rule], visit: &mut dyn FnMut(&Rule)) {
    for rule in rules {
        match rule {
            Rule::Items(first, rest) => first.iter().chain(rest).for_each(|rules| for_each_leaf(rules, visit)),
            Rule::Members { fields, patterns, rest } if fields.is_empty() && patterns.is_empty() => {
                rest.iter().for_each(|rules| for_each_leaf(rules, visit));
            }
            rule => visit(rule),
        }
    }
}

/// The rules of the parts of a definition.
fn of_item(cx: &mut Context<'_>, model: &Model, item: &TypeItem) -> Vec<(RulePart, Vec<Rule>)> {
    let mut lines = Vec::new();
    match &item.body {
        // Other names of types and enums have their rules where they are used.
        TypeBody::Alias(_) | TypeBody::Enum(_) => return lines,
        TypeBody::Newtype(inner) => {
            let rules = simplify::rules(place(cx, model, inner, item.source, 0));
            lines.extend((!rules.is_empty()).then_some((RulePart::Item(0), rules)));
            return lines;
        }
        _ => {}
    }
    let mut own = Vec::new();
    let core = chain(cx, item.source, &mut own);
    match (&item.body, cx.shape(core)) {
        (TypeBody::Struct(body), Shape::Object(object)) => {
            for (index, field) in body.fields.iter().enumerate() {
                let source = object.fields.iter().find(|source| source.name == field.wire);
                if let Some(source) = source {
                    lines.push((RulePart::Field(index), place(cx, model, &field.ty, source.ty, 0)));
                }
            }
            lines.extend(of_maps(cx, model, body, object));
            own.extend(limits::members(object));
            own.extend(values::names(cx, object));
        }
        (TypeBody::Tuple(body), Shape::Tuple(tuple)) => {
            for (index, item) in body.items.iter().enumerate() {
                let source = match item.kind {
                    TupleItemKind::Rest => tuple.rest,
                    TupleItemKind::Required | TupleItemKind::Optional => tuple.items.get(index).copied(),
                };
                if let Some(source) = source {
                    let ty = each_of(&item.ty, item.kind);
                    lines.push((RulePart::Item(index), place(cx, model, &ty, source, 0)));
                }
            }
            own.extend(limits::items_of_struct(tuple));
        }
        (TypeBody::Union(body), Shape::Union(_)) => lines.extend(of_variants(cx, model, body)),
        _ => {}
    }
    let own = simplify::rules(own);
    let mut lines: Vec<(RulePart, Vec<Rule>)> = lines
        .into_iter()
        .map(|(part, rules)| (part, simplify::rules(rules)))
        .collect();
    // The other members are members of the whole.
    let others = lines.iter_mut().filter(|(part, _)| *part == RulePart::Rest);
    others.for_each(|(_, rules)| rules.retain(|rule| !own.contains(rule)));
    lines.push((RulePart::Whole, own));
    lines.retain(|(_, rules)| !rules.is_empty());
    lines
}

/// The rules of what variants hold: none where a variant takes whatever breaks those of the others.
fn of_variants(cx: &mut Context<'_>, model: &Model, body: &Union) -> Vec<(RulePart, Vec<Rule>)> {
    if body.variants.iter().any(|variant| takes_anything(cx, variant.source)) {
        return Vec::new();
    }
    // A variant that holds nothing is one value, which the document knows.
    let holding = body.variants.iter().enumerate();
    let holding = holding.filter(|(_, variant)| variant.ty != RustType::Unit);
    let lines = holding.map(|(index, variant)| {
        let rules = place(cx, model, &variant.ty, variant.source, 0);
        (RulePart::Variant(index), rules)
    });
    lines.collect()
}

/// Whether every value is one of the type.
fn takes_anything(cx: &mut Context<'_>, id: TypeId) -> bool {
    let mut assertions = Vec::new();
    let core = chain(cx, id, &mut assertions);
    matches!(cx.shape(core), Shape::Any) && assertions.is_empty()
}

/// The rules of the fields that keep members without a field of their own.
fn of_maps(cx: &mut Context<'_>, model: &Model, body: &Struct, object: &ir::Object) -> Vec<(RulePart, Vec<Rule>)> {
    let mut lines = Vec::new();
    for (index, field) in body.patterns.iter().enumerate() {
        let source = object.patterns.iter().find(|source| source.pattern == field.pattern);
        if let Some(source) = source {
            let values = place(cx, model, &field.field.values, source.ty, 0);
            lines.push((RulePart::Pattern(index), limits::each_member(values)));
        }
    }
    let is_told = body.patterns.len() == object.patterns.len();
    match (&body.rest, object.rest) {
        (Some(rest), ir::Rest::Typed(ty)) if is_told => {
            let values = place(cx, model, &rest.values, ty, 0);
            lines.push((RulePart::Rest, limits::each_member(values)));
        }
        (Some(_), _) if !is_told => {
            lines.push((
                RulePart::Rest,
                values::pattern_members(cx, object).into_iter().collect(),
            ));
        }
        _ => {}
    }
    lines
}

/// Follows nullables and aliases to a type with a shape of its own, and gathers the assertions on the way.
fn chain(cx: &mut Context<'_>, id: TypeId, rules: &mut Vec<Rule>) -> TypeId {
    let mut target = id;
    for _ in 0..MAX_DEPTH {
        if let Some(ty) = cx.ty(target) {
            rules.extend(assertions::lower(cx, &ty.assertions, ty.location));
        }
        match cx.shape(target) {
            Shape::Nullable(inner) | Shape::Alias(inner) => target = *inner,
            _ => break,
        }
    }
    target
}

/// The rules of a type where it is used.
fn place(cx: &mut Context<'_>, model: &Model, ty: &RustType, id: TypeId, depth: usize) -> Vec<Rule> {
    if depth > MAX_DEPTH {
        return Vec::new();
    }
    let depth = depth + 1;
    match ty {
        RustType::Option(inner) | RustType::Nullable(inner) | RustType::Boxed(inner) => {
            place(cx, model, inner, id, depth)
        }
        RustType::Named(item) => named(cx, model, *item, id, depth),
        ty => {
            let mut rules = Vec::new();
            let core = chain(cx, id, &mut rules);
            rules.extend(of_shape(cx, model, ty, core, depth));
            rules
        }
    }
}

/// The rules of a definition where it is used, with those of the way to it.
fn named(cx: &mut Context<'_>, model: &Model, item: TypeItemId, id: TypeId, depth: usize) -> Vec<Rule> {
    let definition = model.ty(item);
    if let TypeBody::Alias(target) = &definition.body {
        return place(cx, model, target, id, depth);
    }
    if let TypeBody::Enum(_) = &definition.body {
        let mut rules = Vec::new();
        chain(cx, id, &mut rules);
        return rules;
    }
    let mut rules = vec![Rule::Nested(item)];
    let mut target = id;
    for _ in 0..MAX_DEPTH {
        if target == definition.source {
            break;
        }
        if let Some(ty) = cx.ty(target) {
            rules.extend(assertions::lower(cx, &ty.assertions, ty.location));
        }
        match cx.shape(target) {
            Shape::Nullable(inner) | Shape::Alias(inner) => target = *inner,
            _ => break,
        }
    }
    // A type that is defined in place has its own assertions among those of its definition.
    if cx.item(id) == Some(item) {
        rules.truncate(1);
    }
    rules
}

fn of_shape(cx: &mut Context<'_>, model: &Model, ty: &RustType, id: TypeId, depth: usize) -> Vec<Rule> {
    match (ty, cx.shape(id)) {
        (RustType::Value, Shape::Any) => Vec::new(),
        (RustType::Value, _) => values::lower(cx, id),
        (_, Shape::Integer(numeric) | Shape::Number(numeric)) => limits::numbers(ty, numeric),
        (ty, Shape::String(text)) => {
            let rules = limits::text(cx, text, cx.location(id));
            texts::without_implied(ty, rules)
        }
        (RustType::List(inner), Shape::Array(array)) => {
            let mut rules = limits::items(array.min_items, array.max_items);
            rules.extend(array.unique_items.then_some(Rule::UniqueItems));
            let items = place(cx, model, inner, array.items, depth);
            rules.extend(limits::each(items));
            rules
        }
        (RustType::List(inner), Shape::Tuple(tuple)) => {
            let types = vec![&**inner; tuple.items.len()];
            of_tuple(cx, model, &types, Some(inner), tuple, depth)
        }
        (RustType::Tuple(types), Shape::Tuple(tuple)) => {
            let types: Vec<&RustType> = types.iter().collect();
            of_tuple(cx, model, &types, None, tuple, depth)
        }
        (RustType::Map(inner) | RustType::KeyedMap(_, inner), Shape::Object(object)) => {
            let mut rules = limits::members(object);
            rules.extend(values::names(cx, object));
            rules.extend(of_members(cx, model, inner, object, depth));
            rules
        }
        (_, Shape::Union(_)) => values::alternatives(cx, id),
        _ => Vec::new(),
    }
}

/// The rules of the members of a map.
fn of_members(cx: &mut Context<'_>, model: &Model, ty: &RustType, object: &ir::Object, depth: usize) -> Vec<Rule> {
    if !matches!(structs::map_values(cx, object), Some(MapValues::Of(_))) {
        return values::pattern_members(cx, object).into_iter().collect();
    }
    let typed = match object.rest {
        ir::Rest::Typed(rest) => Some(rest),
        ir::Rest::Denied | ir::Rest::Unstated => None,
    };
    let mut types = object.patterns.iter().map(|pattern| pattern.ty).chain(typed);
    let first = types
        .next()
        .map(|id| place(cx, model, ty, id, depth))
        .unwrap_or_default();
    let is_uniform = types.all(|id| place(cx, model, ty, id, depth) == first);
    let is_told = object.rest != ir::Rest::Unstated || first.is_empty();
    if !is_uniform || !is_told {
        return values::pattern_members(cx, object).into_iter().collect();
    }
    let names = match object.rest {
        ir::Rest::Denied => values::pattern_names(cx, object),
        ir::Rest::Typed(_) | ir::Rest::Unstated => None,
    };
    limits::each_member(first).into_iter().chain(names).collect()
}

/// The rules of a list whose first items have types of their own.
fn of_tuple(
    cx: &mut Context<'_>,
    model: &Model,
    types: &[&RustType],
    rest: Option<&RustType>,
    tuple: &ir::Tuple,
    depth: usize,
) -> Vec<Rule> {
    // A tuple of Rust has just its items.
    let mut rules = match rest {
        Some(_) => limits::items(tuple.min_items, tuple.max_items),
        None => Vec::new(),
    };
    let mut first = Vec::new();
    for (ty, id) in types.iter().zip(&tuple.items) {
        first.push(place(cx, model, ty, *id, depth));
    }
    let behind = match (rest, tuple.rest) {
        (Some(ty), Some(id)) => Some(place(cx, model, ty, id, depth)),
        (Some(_), None) => Some(vec![Rule::Never]),
        (None, _) => None,
    };
    let behind = behind.filter(|rules| !rules.is_empty());
    if behind.is_some() || first.iter().any(|rules| !rules.is_empty()) {
        rules.push(Rule::Items(first, behind));
    }
    rules
}
