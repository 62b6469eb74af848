//! Limits of numbers, texts, lists and objects, in the words of generated servers.

use std::cmp::Ordering;

use serde_json::{Map, Number, Value};
use specsmith_ir::{Numeric, Text};

use super::{Walk, counted, number};

impl Walk<'_> {
    pub(super) fn numeric(&mut self, value: &Number, numeric: &Numeric) {
        let is = |limit: &specsmith_ir::Number, order: Ordering| number::compare(value, limit) == order;
        let (less, more) = (Ordering::Less, Ordering::Greater);
        if let Some(limit) = numeric.minimum.as_ref().filter(|limit| is(limit, less)) {
            self.expected("minimum", &format!("a number of at least {limit}"));
        }
        if let Some(limit) = numeric.maximum.as_ref().filter(|limit| is(limit, more)) {
            self.expected("maximum", &format!("a number of at most {limit}"));
        }
        if let Some(limit) = numeric.exclusive_minimum.as_ref().filter(|limit| !is(limit, more)) {
            self.expected("exclusiveMinimum", &format!("a number of more than {limit}"));
        }
        if let Some(limit) = numeric.exclusive_maximum.as_ref().filter(|limit| !is(limit, less)) {
            self.expected("exclusiveMaximum", &format!("a number of less than {limit}"));
        }
        for step in &numeric.multiple_of {
            if !number::is_multiple(value, step) {
                self.expected("multipleOf", &format!("a multiple of {step}"));
            }
        }
    }

    pub(super) fn text(&mut self, value: &str, text: &Text) {
        let length = value.chars().count() as u64;
        if let Some(least) = text.min_length.filter(|least| length < *least) {
            self.expected(
                "minLength",
                &format!("text of at least {}", counted(least, "character")),
            );
        }
        if let Some(most) = text.max_length.filter(|most| length > *most) {
            self.expected("maxLength", &format!("text of at most {}", counted(most, "character")));
        }
        for pattern in &text.patterns {
            // No server checks a pattern that no engine runs.
            if self.checker.patterns.is_match(pattern, value) == Some(false) {
                self.expected("pattern", &format!("text that matches `{pattern}`"));
            }
        }
    }

    pub(super) fn item_count(&mut self, count: usize, (least, most): (Option<u64>, Option<u64>)) {
        if let Some(least) = least.filter(|least| (count as u64) < *least) {
            self.expected("minItems", &format!("a list of at least {}", counted(least, "item")));
        }
        if let Some(most) = most.filter(|most| count as u64 > *most) {
            self.expected("maxItems", &format!("a list of at most {}", counted(most, "item")));
        }
    }

    pub(super) fn member_count(&mut self, count: usize, (least, most): (Option<u64>, Option<u64>)) {
        if let Some(least) = least.filter(|least| (count as u64) < *least) {
            let expected = format!("an object of at least {}", counted(least, "member"));
            self.expected("minProperties", &expected);
        }
        if let Some(most) = most.filter(|most| count as u64 > *most) {
            let expected = format!("an object of at most {}", counted(most, "member"));
            self.expected("maxProperties", &expected);
        }
    }

    pub(super) fn unique(&mut self, items: &[Value]) {
        let mut texts = std::collections::BTreeSet::new();
        if !items.iter().all(|item| texts.insert(canonical(item))) {
            self.expected("uniqueItems", "a list without equal items");
        }
    }
}

/// A text that is the same for values that are equal: members sorted, numbers by value.
fn canonical(value: &Value) -> String {
    match value {
        Value::Number(number) => match number::literal(number).and_then(|number| number.as_i128()) {
            Some(whole) => whole.to_string(),
            None => number.to_string(),
        },
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(members) => format!("{{{}}}", members_text(members)),
        other => other.to_string(),
    }
}

fn members_text(members: &Map<String, Value>) -> String {
    let mut members: Vec<_> = members.iter().collect();
    members.sort_by_key(|(name, _)| *name);
    let text = |(name, value): (&String, &Value)| format!("{}:{}", Value::from(name.as_str()), canonical(value));
    members.into_iter().map(text).collect::<Vec<_>>().join(",")
}
