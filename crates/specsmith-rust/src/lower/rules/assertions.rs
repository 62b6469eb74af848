//! Assertions of the intermediate model as rules.

use specsmith_diagnostics::Location;
use specsmith_ir::{Assertion, Assertions, ItemAssertions, MemberAssertions};

use super::super::context::Context;
use super::limits;
use crate::model::{Rule, RustType};

/// The rules of a list of assertions.
pub(super) fn lower(cx: &mut Context<'_>, assertions: &Assertions, at: Location) -> Vec<Rule> {
    let mut rules = Vec::new();
    for assertion in &assertions.0 {
        one(cx, assertion, at, &mut rules);
    }
    rules
}

fn all(cx: &mut Context<'_>, list: &[Assertions], at: Location) -> Vec<Vec<Rule>> {
    list.iter().map(|assertions| lower(cx, assertions, at)).collect()
}

fn one(cx: &mut Context<'_>, assertion: &Assertion, at: Location, rules: &mut Vec<Rule>) {
    match assertion {
        Assertion::Never => rules.push(Rule::Never),
        Assertion::Kind(kinds) => rules.push(Rule::Types(*kinds)),
        Assertion::Values(values) => rules.push(Rule::Values(values.clone())),
        Assertion::Number(numeric) => rules.extend(limits::numbers(&RustType::Value, numeric)),
        Assertion::Text(text) => rules.extend(limits::text(cx, text, at)),
        Assertion::Items(items) => self::items(cx, items, at, rules),
        Assertion::Members(members) => self::members(cx, members, at, rules),
        Assertion::All(list) => rules.push(Rule::All(all(cx, list, at))),
        Assertion::Any(list) => rules.push(Rule::Any(all(cx, list, at))),
        Assertion::One(list) => rules.push(Rule::One(all(cx, list, at))),
        Assertion::Not(inner) => rules.push(Rule::Not(lower(cx, inner, at))),
        Assertion::If {
            condition,
            then,
            otherwise,
        } => {
            let (condition, then, otherwise) =
                (lower(cx, condition, at), lower(cx, then, at), lower(cx, otherwise, at));
            rules.push(Rule::If(condition, then, otherwise));
        }
        Assertion::UnevaluatedItems(inner) => rules.push(Rule::UnevaluatedItems(lower(cx, inner, at))),
        Assertion::UnevaluatedMembers(inner) => rules.push(Rule::UnevaluatedMembers(lower(cx, inner, at))),
        Assertion::Refer(id) => rules.push(Rule::Refer(*id)),
    }
}

fn items(cx: &mut Context<'_>, items: &ItemAssertions, at: Location, rules: &mut Vec<Rule>) {
    rules.extend(limits::items(items.min_items, items.max_items));
    rules.extend(items.unique_items.then_some(Rule::UniqueItems));
    if !items.prefix.is_empty() || items.rest.is_some() {
        let rest = items.rest.as_ref().map(|rest| lower(cx, rest, at));
        rules.push(Rule::Items(all(cx, &items.prefix, at), rest));
    }
    if let Some(contains) = &items.contains {
        rules.push(Rule::Contains {
            min: contains.min,
            max: contains.max,
            rules: lower(cx, &contains.assertions, at),
        });
    }
}

fn members(cx: &mut Context<'_>, members: &MemberAssertions, at: Location, rules: &mut Vec<Rule>) {
    let least = members.min_properties.filter(|least| *least > 0);
    rules.extend(least.map(Rule::MinProperties));
    rules.extend(members.max_properties.map(Rule::MaxProperties));
    if !members.required.is_empty() {
        rules.push(Rule::Required(members.required.clone()));
    }
    for (name, others) in &members.dependent_required {
        rules.push(Rule::DependentRequired(name.clone(), others.clone()));
    }
    for (name, inner) in &members.dependents {
        rules.push(Rule::Dependent(name.clone(), lower(cx, inner, at)));
    }
    if let Some(names) = &members.names {
        rules.push(Rule::Names(lower(cx, names, at)));
    }
    let mut fields = Vec::new();
    for (name, inner) in &members.fields {
        fields.push((name.clone(), lower(cx, inner, at)));
    }
    let mut patterns = Vec::new();
    for (pattern, inner) in &members.patterns {
        let inner = lower(cx, inner, at);
        patterns.extend(limits::pattern(cx, pattern, at).map(|pattern| (pattern, inner)));
    }
    let rest = members.rest.as_ref().map(|rest| lower(cx, rest, at));
    if !fields.is_empty() || !patterns.is_empty() || rest.is_some() {
        rules.push(Rule::Members { fields, patterns, rest });
    }
}
