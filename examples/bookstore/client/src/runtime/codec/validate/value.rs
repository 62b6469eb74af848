//! Rules about JSON values, by JSON Schema 2020-12.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::checker::{Checker, Probe};
use super::decimal::Decimal;
use super::limits::{self, counted, shown};
use super::rule::{Rule, RuleList, Values};

/// Which items and members rules have looked at.
#[derive(Debug, Default)]
struct Seen<'v> {
    /// Items before this one.
    before: usize,
    items: HashSet<usize>,
    members: HashSet<&'v str>,
}

impl<'v> Seen<'v> {
    fn add(&mut self, other: Seen<'v>) {
        self.before = self.before.max(other.before);
        self.items.extend(other.items);
        self.members.extend(other.members);
    }
}

/// Checks a value against rules.
pub(super) fn check(value: &Value, rules: &[Rule], found: &mut Checker) {
    apply(value, rules, found);
}

/// How many values a value consists of.
pub(super) fn parts(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(parts).fold(1, usize::saturating_add),
        Value::Object(members) => members.values().map(parts).fold(1, usize::saturating_add),
        _ => 1,
    }
}

/// Checks a value against the rules of one schema, and tells what they have looked at.
fn apply<'v>(value: &'v Value, rules: &[Rule], found: &mut Checker) -> Seen<'v> {
    let mut seen = Seen::default();
    match value {
        Value::Number(number) => {
            let text = number.to_string();
            limits::number_rules(Decimal::parse(&text), &|| text.clone(), rules, found);
        }
        Value::String(text) => limits::text_rules(text, limits::shown, rules, found),
        Value::Array(items) => limits::item_count(items.len(), rules, found),
        Value::Object(members) => limits::member_count(members.len(), rules, found),
        Value::Null | Value::Bool(_) => {}
    }
    for rule in rules {
        if !found.step() {
            return seen;
        }
        any_value(value, rule, &mut seen, found);
        match value {
            Value::Array(items) => array(items, rule, &mut seen, found),
            Value::Object(members) => object(value, members, rule, &mut seen, found),
            _ => {}
        }
    }
    // These ask what all others have looked at, wherever they stand.
    for rule in rules {
        match (rule, value) {
            (Rule::UnevaluatedItems(rules), Value::Array(items)) => {
                let left = |index: &usize| *index >= seen.before && !seen.items.contains(index);
                for (index, item) in items.iter().enumerate().filter(|(index, _)| left(index)) {
                    found.in_item(index, |found| {
                        nested(item, rules, "unevaluatedItems", found)
                    });
                }
                seen.before = items.len();
            }
            (Rule::UnevaluatedMembers(rules), Value::Object(members)) => {
                let left = |name: &str| !seen.members.contains(name);
                for (name, member) in members.iter().filter(|(name, _)| left(name)) {
                    found.in_member(name, |found| {
                        nested(member, rules, "unevaluatedProperties", found)
                    });
                }
                seen.members.extend(members.keys().map(String::as_str));
            }
            _ => {}
        }
    }
    seen
}

/// Checks a part of a value; a part that cannot be is told by the keyword that says so.
fn nested(value: &Value, rules: RuleList, keyword: &'static str, found: &mut Checker) {
    if let [Rule::Never] = rules {
        return found.report(keyword, || "nothing here", || describe(value));
    }
    found.deeper(|found| drop(apply(value, rules, found)));
}

/// Applies rules about the same value.
fn beside<'v>(value: &'v Value, rules: RuleList, found: &mut Checker) -> Seen<'v> {
    let mut seen = Seen::default();
    found.deeper(|found| seen = apply(value, rules, found));
    seen
}

/// What rules look at if they hold.
fn probe<'v>(value: &'v Value, rules: RuleList, found: &mut Checker) -> Option<Seen<'v>> {
    let before = std::mem::replace(&mut found.probe, Probe::Holds);
    let seen = beside(value, rules, found);
    let holds = found.probe == Probe::Holds;
    found.probe = before;
    holds.then_some(seen)
}

/// Rules about values of every type.
fn any_value<'v>(value: &'v Value, rule: &Rule, seen: &mut Seen<'v>, found: &mut Checker) {
    match rule {
        Rule::Never => found.report("false", || "nothing here", || describe(value)),
        Rule::Types(types) if !types.iter().any(|name| is_type(value, name)) => {
            found.report("type", || types.join(" or "), || describe(value));
        }
        Rule::Values(values) if !is_one_of(value, values) => {
            let expected = || match values.list() {
                [_] => values.text().to_owned(),
                _ => format!("one of {}", values.text()),
            };
            found.report("enum", expected, || describe(value));
        }
        Rule::All(all) => {
            for rules in *all {
                seen.add(beside(value, rules, found));
            }
        }
        Rule::Any(all) => {
            let (count, looked) = alternatives(value, all, found);
            seen.add(looked);
            if count == 0 {
                let expected = || {
                    format!(
                        "a value that fits one of {}",
                        counted(all.len(), "alternative")
                    )
                };
                found.report("anyOf", expected, || describe(value));
            }
        }
        Rule::One(all) => {
            let (count, looked) = alternatives(value, all, found);
            seen.add(looked);
            if count != 1 {
                let expected = || {
                    format!(
                        "a value that fits exactly one of {}",
                        counted(all.len(), "alternative")
                    )
                };
                found.report("oneOf", expected, || format!("one that fits {count}"));
            }
        }
        Rule::Not(rules) if probe(value, rules, found).is_some() => {
            found.report(
                "not",
                || "a value that is not as the document excludes",
                || describe(value),
            );
        }
        Rule::If {
            condition,
            then,
            otherwise,
        } => match probe(value, condition, found) {
            Some(looked) => {
                seen.add(looked);
                seen.add(beside(value, then, found));
            }
            None => seen.add(beside(value, otherwise, found)),
        },
        Rule::Refer(rules) => seen.add(beside(value, rules, found)),
        _ => {}
    }
}

/// How many alternatives hold, and what those look at.
fn alternatives<'v>(value: &'v Value, all: &[RuleList], found: &mut Checker) -> (usize, Seen<'v>) {
    let (mut count, mut seen) = (0, Seen::default());
    for rules in all {
        if let Some(looked) = probe(value, rules, found) {
            count += 1;
            seen.add(looked);
        }
    }
    (count, seen)
}

fn array(items: &[Value], rule: &Rule, seen: &mut Seen<'_>, found: &mut Checker) {
    match rule {
        Rule::UniqueItems if items.len() < 2 => {}
        Rule::UniqueItems => {
            let mut texts = HashSet::new();
            if !items.iter().all(|item| texts.insert(canonical(item))) {
                found.report(
                    "uniqueItems",
                    || "a list without equal items",
                    || counted(items.len(), "item"),
                );
            }
        }
        Rule::Items { first, rest } => {
            for (index, item) in items.iter().enumerate() {
                if !found.step() {
                    return;
                }
                if let Some(rules) = first.get(index).or(rest.as_ref()) {
                    found.in_item(index, |found| nested(item, rules, "items", found));
                }
            }
            let looked = if rest.is_some() {
                items.len()
            } else {
                first.len()
            };
            seen.before = seen.before.max(looked);
        }
        Rule::Contains { min, max, rules } => {
            let mut count = 0;
            for (index, item) in items.iter().enumerate() {
                if probe(item, rules, found).is_some() {
                    count += 1;
                    seen.items.insert(index);
                }
            }
            let such = |count| format!("{count} as the document describes");
            if count < *min {
                let expected = || format!("a list with at least {}", such(counted(*min, "item")));
                found.report("contains", expected, || such(counted(count, "item")));
            }
            if let Some(max) = max.filter(|max| count > *max) {
                let expected = || format!("a list with at most {}", such(counted(max, "item")));
                found.report("maxContains", expected, || such(counted(count, "item")));
            }
        }
        _ => {}
    }
}

fn object<'v>(
    value: &'v Value,
    members: &'v Map<String, Value>,
    rule: &Rule,
    seen: &mut Seen<'v>,
    found: &mut Checker,
) {
    match rule {
        Rule::Members {
            fields,
            patterns,
            rest,
        } => {
            for (name, member) in members {
                let all = limits::rules_of(name, fields, patterns, rest.as_ref());
                if !all.is_empty() {
                    seen.members.insert(name);
                }
                for rules in all {
                    found.in_member(name, |found| {
                        nested(member, rules, "additionalProperties", found)
                    });
                }
            }
        }
        Rule::Names(rules) => {
            for name in members.keys() {
                limits::name_rules(name, rules, found);
            }
        }
        Rule::Required(names) => require(members, names, "required", found),
        Rule::DependentRequired(name, others) if members.contains_key(*name) => {
            require(members, others, "dependentRequired", found);
        }
        Rule::Dependent(name, rules) if members.contains_key(*name) => {
            seen.add(beside(value, rules, found));
        }
        _ => {}
    }
}

fn require(
    members: &Map<String, Value>,
    names: &[&str],
    keyword: &'static str,
    found: &mut Checker,
) {
    for name in names.iter().filter(|name| !members.contains_key(**name)) {
        found.in_member(name, |found| {
            found.report(keyword, || "a member of this name", || "none")
        });
    }
}

fn is_type(value: &Value, name: &str) -> bool {
    match (name, value) {
        ("null", Value::Null)
        | ("boolean", Value::Bool(_))
        | ("string", Value::String(_))
        | ("array", Value::Array(_))
        | ("object", Value::Object(_))
        | ("number", Value::Number(_)) => true,
        ("integer", Value::Number(number)) => Decimal::parse(&number.to_string()).is_integer(),
        _ => false,
    }
}

fn is_one_of(value: &Value, values: &Values) -> bool {
    let text = canonical(value);
    values.list().iter().any(|other| canonical(other) == text)
}

/// A text that is the same for values that are equal: members sorted, numbers by value.
fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write_canonical(value, &mut text);
    text
}

fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&Decimal::parse(&number.to_string()).to_string()),
        Value::String(text) => out.push_str(&Value::from(text.as_str()).to_string()),
        Value::Array(items) => {
            out.push('[');
            for item in items {
                write_canonical(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            out.push('{');
            for (name, member) in members {
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push(':');
                write_canonical(member, out);
                out.push(',');
            }
            out.push('}');
        }
    }
}

/// What a value is, shortened.
fn describe(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("a list of {}", counted(items.len(), "item")),
        Value::Object(members) => format!("an object of {}", counted(members.len(), "member")),
        Value::String(text) => shown(text),
        scalar => scalar.to_string(),
    }
}
