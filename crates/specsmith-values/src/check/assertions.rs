//! What schemas demand beyond shapes, by JSON Schema 2020-12.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use specsmith_ir::{Assertion, Assertions, Contains, ItemAssertions, Kind, KindSet, MemberAssertions};

use super::{Walk, counted, is_literal, kind};

/// Which items and members assertions have looked at.
#[derive(Debug, Default)]
pub(super) struct Seen<'v> {
    /// Items before this one.
    before: usize,
    items: BTreeSet<usize>,
    members: BTreeSet<&'v str>,
}

impl<'v> Seen<'v> {
    fn add(&mut self, other: Seen<'v>) {
        self.before = self.before.max(other.before);
        self.items.extend(other.items);
        self.members.extend(other.members);
    }
}

impl Walk<'_> {
    /// Checks a value against assertions, and tells what they have looked at.
    pub(super) fn assertions<'v>(&mut self, assertions: &Assertions, value: &'v Value) -> Seen<'v> {
        let mut seen = Seen::default();
        for assertion in &assertions.0 {
            let looked = self.assertion(assertion, value);
            seen.add(looked);
        }
        // These ask what all others have looked at, wherever they stand.
        for assertion in &assertions.0 {
            self.unevaluated(assertion, value, &mut seen);
        }
        seen
    }

    fn beside<'v>(&mut self, assertions: &Assertions, value: &'v Value) -> Seen<'v> {
        self.deeper(|walk| walk.assertions(assertions, value))
    }

    fn holding<'v>(&mut self, assertions: &Assertions, value: &'v Value) -> Option<Seen<'v>> {
        self.probe(|walk| walk.assertions(assertions, value))
    }

    fn assertion<'v>(&mut self, assertion: &Assertion, value: &'v Value) -> Seen<'v> {
        let mut seen = Seen::default();
        match (assertion, value) {
            (Assertion::Never, _) => self.value_is_wrong(),
            (Assertion::Kind(kinds), _) if !kinds.contains(kind(value)) => self.expected("type", &named(*kinds)),
            (Assertion::Values(values), _) if !values.iter().any(|literal| is_literal(value, literal)) => {
                self.value_is_wrong();
            }
            (Assertion::Number(numeric), Value::Number(number)) => self.numeric(number, numeric),
            (Assertion::Text(text), Value::String(found)) => self.text(found, text),
            (Assertion::Items(items), Value::Array(found)) => return self.items(items, found),
            (Assertion::Members(members), Value::Object(found)) => return self.members(members, value, found),
            (Assertion::All(all), _) => {
                for assertions in all {
                    let looked = self.beside(assertions, value);
                    seen.add(looked);
                }
            }
            (Assertion::Any(all), _) if self.alternatives(all, value, &mut seen) == 0 => {
                let all = counted(all.len() as u64, "alternative");
                self.expected("anyOf", &format!("a value that fits one of {all}"));
            }
            (Assertion::One(all), _) if self.alternatives(all, value, &mut seen) != 1 => {
                let all = counted(all.len() as u64, "alternative");
                self.expected("oneOf", &format!("a value that fits exactly one of {all}"));
            }
            (Assertion::Not(not), _) if self.holding(not, value).is_some() => {
                self.expected("not", "a value that is not as the document excludes");
            }
            (
                Assertion::If {
                    condition,
                    then,
                    otherwise,
                },
                _,
            ) => {
                let next = match self.holding(condition, value) {
                    Some(looked) => {
                        seen.add(looked);
                        then
                    }
                    None => otherwise,
                };
                let looked = self.beside(next, value);
                seen.add(looked);
            }
            (Assertion::Refer(id), _) => {
                if let Some(assertions) = self.api().assertions.get(id.0 as usize) {
                    return self.beside(assertions, value);
                }
            }
            _ => {}
        }
        seen
    }

    /// How many alternatives hold.
    fn alternatives<'v>(&mut self, all: &[Assertions], value: &'v Value, seen: &mut Seen<'v>) -> usize {
        let mut count = 0;
        for assertions in all {
            if let Some(looked) = self.holding(assertions, value) {
                count += 1;
                seen.add(looked);
            }
        }
        count
    }

    fn part(&mut self, step: &str, assertions: &Assertions, value: &Value) {
        self.at(step, |walk| match assertions.0.as_slice() {
            [Assertion::Never] => walk.report("unknown", "is not a member of this object"),
            _ => drop(walk.beside(assertions, value)),
        });
    }

    fn items<'v>(&mut self, items: &ItemAssertions, found: &'v [Value]) -> Seen<'v> {
        let mut seen = Seen::default();
        self.item_count(found.len(), (items.min_items, items.max_items));
        if items.unique_items {
            self.unique(found);
        }
        for (index, item) in found.iter().enumerate() {
            if let Some(assertions) = items.prefix.get(index).or(items.rest.as_ref()) {
                self.part(&index.to_string(), assertions, item);
            }
        }
        seen.before = match items.rest {
            Some(_) => found.len(),
            None => items.prefix.len(),
        };
        if let Some(contains) = &items.contains {
            self.contains(contains, found, &mut seen);
        }
        seen
    }

    fn contains(&mut self, contains: &Contains, found: &[Value], seen: &mut Seen<'_>) {
        let mut count = 0;
        for (index, item) in found.iter().enumerate() {
            if self.holding(&contains.assertions, item).is_some() {
                count += 1;
                seen.items.insert(index);
            }
        }
        let such = |count| format!("{} as the document describes", counted(count, "item"));
        if count < contains.min {
            self.expected("contains", &format!("a list with at least {}", such(contains.min)));
        }
        if let Some(max) = contains.max.filter(|max| count > *max) {
            self.expected("maxContains", &format!("a list with at most {}", such(max)));
        }
    }

    fn members<'v>(&mut self, members: &MemberAssertions, value: &'v Value, found: &'v Map<String, Value>) -> Seen<'v> {
        let mut seen = Seen::default();
        self.member_count(found.len(), (members.min_properties, members.max_properties));
        for (name, member) in found {
            if self.member(members, name, member) {
                seen.members.insert(name);
            }
            if let Some(names) = &members.names {
                let text = Value::from(name.as_str());
                self.at(name, |walk| drop(walk.beside(names, &text)));
            }
        }
        self.required(&members.required, found, "missing");
        for (name, others) in &members.dependent_required {
            if found.contains_key(name) {
                self.required(others, found, "dependentRequired");
            }
        }
        for (name, assertions) in &members.dependents {
            if found.contains_key(name) {
                let looked = self.beside(assertions, value);
                seen.add(looked);
            }
        }
        seen
    }

    /// Checks a member; tells whether anything looks at it.
    fn member(&mut self, members: &MemberAssertions, name: &str, value: &Value) -> bool {
        let mut is_seen = false;
        for (_, assertions) in members.fields.iter().filter(|(field, _)| field == name) {
            is_seen = true;
            self.part(name, assertions, value);
        }
        for (pattern, assertions) in &members.patterns {
            if self.checker.patterns.is_match(pattern, name) == Some(true) {
                is_seen = true;
                self.part(name, assertions, value);
            }
        }
        if let Some(rest) = members.rest.as_ref().filter(|_| !is_seen) {
            is_seen = true;
            self.part(name, rest, value);
        }
        is_seen
    }

    fn required(&mut self, names: &[String], found: &Map<String, Value>, code: &'static str) {
        for name in names.iter().filter(|name| !found.contains_key(*name)) {
            self.at(name, |walk| walk.report(code, "is required"));
        }
    }

    fn unevaluated<'v>(&mut self, assertion: &Assertion, value: &'v Value, seen: &mut Seen<'v>) {
        match (assertion, value) {
            (Assertion::UnevaluatedItems(assertions), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    if index >= seen.before && !seen.items.contains(&index) {
                        self.part(&index.to_string(), assertions, item);
                    }
                }
                seen.before = items.len();
            }
            (Assertion::UnevaluatedMembers(assertions), Value::Object(members)) => {
                for (name, member) in members {
                    if !seen.members.contains(name.as_str()) {
                        self.part(name, assertions, member);
                    }
                }
                seen.members.extend(members.keys().map(String::as_str));
            }
            _ => {}
        }
    }
}

fn named(kinds: KindSet) -> String {
    let name = |kind| match kind {
        Kind::Null => "null",
        Kind::Boolean => "a boolean",
        Kind::Integer => "a whole number",
        Kind::Number => "a number",
        Kind::String => "a string",
        Kind::Array => "an array",
        Kind::Object => "an object",
    };
    let is_number = kinds.contains(Kind::Number);
    let names = kinds.iter().filter(|kind| !(is_number && *kind == Kind::Integer));
    names.map(name).collect::<Vec<_>>().join(" or ")
}
