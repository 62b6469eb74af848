//! Rules about typed values: limits of numbers and text, and of items and members one by one.

use std::cmp::Ordering;

use super::checker::Checker;
use super::decimal::Decimal;
use super::rule::{Matcher, Rule, RuleList};
use super::view::{List, Members, View};

/// How much of a text is shown.
const MAX_SHOWN: usize = 40;

/// Checks a value against rules; rules about a whole value are left out unless it is JSON.
pub(super) fn check(view: &View<'_>, rules: &[Rule], found: &mut Checker) {
    match view {
        View::Nothing => {}
        View::Integer(number) => {
            number_rules((*number).into(), &|| number.to_string(), rules, found);
        }
        View::Float(number) => number_rules((*number).into(), &|| number.to_string(), rules, found),
        View::Number(number) => {
            let text = number.to_string();
            number_rules(Decimal::parse(&text), &|| text.clone(), rules, found);
        }
        View::Text(text) => text_rules(text, shown, rules, found),
        View::Secret(text) => text_rules(text, hidden, rules, found),
        View::List(list) => list_rules(*list, rules, found),
        View::Map(members) => map_rules(*members, rules, found),
        View::Json(json) => found.json(json, rules),
        View::Own(own) if rules.iter().any(|rule| matches!(rule, Rule::Nested)) => own.check(found),
        View::Own(_) => {}
    }
}

/// Checks the rules of numbers.
pub(super) fn number_rules(
    number: Decimal,
    shown: &dyn Fn() -> String,
    rules: &[Rule],
    found: &mut Checker,
) {
    for rule in rules {
        let (keyword, relation, limit, holds) = match rule {
            Rule::Minimum(limit) => (
                "minimum",
                "a number of at least",
                limit,
                not(number, limit, Ordering::Less),
            ),
            Rule::Maximum(limit) => (
                "maximum",
                "a number of at most",
                limit,
                not(number, limit, Ordering::Greater),
            ),
            Rule::ExclusiveMinimum(limit) => (
                "exclusiveMinimum",
                "a number of more than",
                limit,
                is(number, limit, Ordering::Greater),
            ),
            Rule::ExclusiveMaximum(limit) => (
                "exclusiveMaximum",
                "a number of less than",
                limit,
                is(number, limit, Ordering::Less),
            ),
            Rule::MultipleOf(step) => (
                "multipleOf",
                "a multiple of",
                step,
                number.is_multiple_of(Decimal::parse(step)),
            ),
            _ => continue,
        };
        if !holds {
            found.report(keyword, || format!("{relation} {limit}"), shown);
        }
    }
}

fn is(number: Decimal, limit: &str, order: Ordering) -> bool {
    number.compare(Decimal::parse(limit)) == order
}

fn not(number: Decimal, limit: &str, order: Ordering) -> bool {
    !is(number, limit, order)
}

/// Checks the rules of text; `show` tells what was found.
pub(super) fn text_rules(
    text: &str,
    show: fn(&str) -> String,
    rules: &[Rule],
    found: &mut Checker,
) {
    for rule in rules {
        match rule {
            Rule::MinLength(least) if !has_length(text, *least) => {
                let expected = || format!("text of at least {}", counted(*least, "character"));
                found.report("minLength", expected, || show(text));
            }
            Rule::MaxLength(most) if has_length(text, most.saturating_add(1)) => {
                let expected = || format!("text of at most {}", counted(*most, "character"));
                found.report("maxLength", expected, || show(text));
            }
            Rule::Pattern(pattern) => pattern_rule(text, show, *pattern, found),
            _ => {}
        }
    }
}

fn pattern_rule(text: &str, show: fn(&str) -> String, pattern: &dyn Matcher, found: &mut Checker) {
    let expected = match pattern.is_match(text) {
        Some(true) => return,
        Some(false) => format!("text that matches `{}`", pattern.written()),
        None => format!(
            "text that can be compared with `{}` in time",
            pattern.written()
        ),
    };
    found.report("pattern", || expected, || show(text));
}

/// What is told of text that must not get into logs.
fn hidden(_text: &str) -> String {
    "text that is not shown".to_owned()
}

/// Whether a text has at least so many characters.
fn has_length(text: &str, count: usize) -> bool {
    // Each character takes one to four bytes, so most texts need not be counted.
    let Some(last) = count.checked_sub(1) else {
        return true;
    };
    text.len() >= count && (text.len() / 4 >= count || text.chars().nth(last).is_some())
}

/// Checks how many items or members there are, whichever the rules are about.
pub(super) fn counts(count: Option<usize>, rules: &[Rule], found: &mut Checker) {
    if let Some(count) = count {
        item_count(count, rules, found);
        member_count(count, rules, found);
    }
}

/// Checks how many items there are.
pub(super) fn item_count(count: usize, rules: &[Rule], found: &mut Checker) {
    for rule in rules {
        let (keyword, relation, limit) = match rule {
            Rule::MinItems(least) if count < *least => ("minItems", "at least", least),
            Rule::MaxItems(most) if count > *most => ("maxItems", "at most", most),
            _ => continue,
        };
        let expected = || format!("a list of {relation} {}", counted(*limit, "item"));
        found.report(keyword, expected, || counted(count, "item"));
    }
}

/// Checks how many members there are.
pub(super) fn member_count(count: usize, rules: &[Rule], found: &mut Checker) {
    for rule in rules {
        let (keyword, relation, limit) = match rule {
            Rule::MinProperties(least) if count < *least => ("minProperties", "at least", least),
            Rule::MaxProperties(most) if count > *most => ("maxProperties", "at most", most),
            _ => continue,
        };
        let expected = || format!("an object of {relation} {}", counted(*limit, "member"));
        found.report(keyword, expected, || counted(count, "member"));
    }
}

fn list_rules(list: &dyn List, rules: &[Rule], found: &mut Checker) {
    item_count(list.length(), rules, found);
    for rule in rules {
        if let Rule::Items { first, rest } = rule {
            for index in 0..list.length() {
                if !found.step() {
                    return;
                }
                if let Some(rules) = first.get(index).or(rest.as_ref()) {
                    found.in_item(index, |found| found.value(&list.item(index), rules));
                }
            }
        }
    }
}

fn map_rules(members: &dyn Members, rules: &[Rule], found: &mut Checker) {
    member_count(members.length(), rules, found);
    for rule in rules {
        match rule {
            Rule::Members {
                fields,
                patterns,
                rest,
            } => members.each(&mut |name, view| {
                for rules in rules_of(name, fields, patterns, rest.as_ref()) {
                    if found.step() {
                        found.in_member(name, |found| found.value(&view, rules));
                    }
                }
            }),
            Rule::Names(rules) => members.each(&mut |name, _| name_rules(name, rules, found)),
            _ => {}
        }
    }
}

/// Checks the name of a member, at the place of the member.
pub(super) fn name_rules(name: &str, rules: RuleList, found: &mut Checker) {
    let json = serde_json::Value::from(name);
    found.in_member(name, |found| found.json(&json, rules));
}

/// The rules for the value of the member of this name.
pub(super) fn rules_of<'r>(
    name: &str,
    fields: &'r [(&'static str, RuleList)],
    patterns: &'r [(&'static dyn Matcher, RuleList)],
    rest: Option<&'r RuleList>,
) -> Vec<&'r RuleList> {
    let mut all: Vec<&RuleList> = fields
        .iter()
        .filter(|(field, _)| *field == name)
        .map(|(_, rules)| rules)
        .collect();
    let matches = |pattern: &dyn Matcher| pattern.is_match(name) == Some(true);
    all.extend(
        patterns
            .iter()
            .filter(|(pattern, _)| matches(*pattern))
            .map(|(_, rules)| rules),
    );
    match all.is_empty() {
        true => rest.into_iter().collect(),
        false => all,
    }
}

/// A text in quotes, shortened.
pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{:?}...", text.get(..end).unwrap_or_default()),
        None => format!("{text:?}"),
    }
}

/// A number of things.
pub(super) fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}
