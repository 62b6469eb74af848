//! Assertions in the text of an API.

use crate::{Assertion, Assertions, Contains, ItemAssertions, KindSet, MemberAssertions};

use super::ty::{kinds, limits, list, numeric, strings};

/// All that must hold, in one line.
pub(super) fn all(Assertions(list): &Assertions) -> String {
    match list.as_slice() {
        [] => "any".to_owned(),
        [only] => one(only),
        list => format!("({})", join(list.iter().map(one), " and ")),
    }
}

/// One thing that must hold.
pub(super) fn one(assertion: &Assertion) -> String {
    match assertion {
        Assertion::Never => "never".to_owned(),
        Assertion::Kind(KindSet::ALL) => "any".to_owned(),
        Assertion::Kind(set) => kinds(*set),
        Assertion::Values(values) => format!("in {}", list(values)),
        Assertion::Number(number) => format!("number{}", numeric(number)),
        Assertion::Text(text) => format!("string{}", strings(text)),
        Assertion::Items(assertions) => format!("items[{}]", items(assertions)),
        Assertion::Members(assertions) => format!("members{{{}}}", members(assertions)),
        Assertion::All(branches) => format!("all({})", each(branches)),
        Assertion::Any(branches) => format!("any of({})", each(branches)),
        Assertion::One(branches) => format!("one of({})", each(branches)),
        Assertion::Not(assertions) => format!("not {}", all(assertions)),
        Assertion::If {
            condition,
            then,
            otherwise,
        } => format!("if {} then {} else {}", all(condition), all(then), all(otherwise)),
        Assertion::UnevaluatedItems(assertions) => format!("other items {}", all(assertions)),
        Assertion::UnevaluatedMembers(assertions) => format!("other members {}", all(assertions)),
        Assertion::Refer(id) => format!("schema {}", id.0),
    }
}

fn each(branches: &[Assertions]) -> String {
    join(branches.iter().map(all), "; ")
}

fn join(parts: impl Iterator<Item = String>, between: &str) -> String {
    parts.collect::<Vec<_>>().join(between)
}

fn items(items: &ItemAssertions) -> String {
    let mut parts: Vec<String> = items.prefix.iter().map(all).collect();
    parts.extend(items.rest.as_ref().map(|rest| format!("*: {}", all(rest))));
    parts.extend(items.contains.as_ref().map(contains));
    parts.extend(count(items.min_items, items.max_items));
    parts.extend(items.unique_items.then(|| "unique".to_owned()));
    parts.join(", ")
}

fn contains(Contains { assertions, min, max }: &Contains) -> String {
    format!("contains{} {}", limits(Some(*min), *max), all(assertions))
}

fn members(members: &MemberAssertions) -> String {
    let mut parts: Vec<String> = Vec::new();
    let fields = members.fields.iter();
    parts.extend(fields.map(|(name, assertions)| format!("{name}: {}", all(assertions))));
    let patterns = members.patterns.iter();
    parts.extend(patterns.map(|(pattern, assertions)| format!("/{pattern}/: {}", all(assertions))));
    parts.extend(members.rest.as_ref().map(|rest| format!("*: {}", all(rest))));
    parts.extend(members.names.as_ref().map(|names| format!("names {}", all(names))));
    if !members.required.is_empty() {
        parts.push(format!("has {}", members.required.join(" ")));
    }
    let dependent = members.dependent_required.iter();
    parts.extend(dependent.map(|(name, required)| format!("{name} needs {}", required.join(" "))));
    let dependents = members.dependents.iter();
    parts.extend(dependents.map(|(name, assertions)| format!("with {name} {}", all(assertions))));
    parts.extend(count(members.min_properties, members.max_properties));
    parts.join(", ")
}

fn count(min: Option<u64>, max: Option<u64>) -> Option<String> {
    (min.is_some() || max.is_some()).then(|| format!("count{}", limits(min, max)))
}
