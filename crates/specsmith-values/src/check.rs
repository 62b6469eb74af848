//! Whether values have a type: its shape, its limits and what else its schema demands.
//!
//! What is wrong is told as generated servers tell it, with the same codes and words, and never with the value.

mod assertions;
mod limits;
mod number;
mod shapes;

use serde_json::Value;
use specsmith_ir::{Api, Kind, TypeId, Value as Literal};

use crate::patterns::Patterns;

/// The most that is listed.
const MAX_LISTED: usize = 100;
/// How deep values and types are followed.
const MAX_LEVEL: usize = 250;
/// How many types and assertions are looked at for each part of a value, so that those that refer to each other end.
const STEPS_PER_PART: usize = 10_000;

/// Something that is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Where it is: a JSON Pointer (RFC 6901), empty for the whole value.
    pub pointer: String,
    /// What is wrong, for programs: `type`, `missing`, `unknown`, `value`, or a keyword such as `maxLength`.
    pub code: &'static str,
    /// What is wrong, for people, without the value: `must be text of at most 5 characters`.
    pub detail: String,
}

/// What `oneOf` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OneOf {
    /// As generated code takes it: of several variants that fit, the first counts.
    First,
    /// As JSON Schema has it: exactly one variant fits.
    Exact,
}

/// Tells what is wrong with values.
#[derive(Debug, Clone, Copy)]
pub struct Checker<'a> {
    api: &'a Api,
    patterns: &'a Patterns,
    one_of: OneOf,
}

impl<'a> Checker<'a> {
    /// What tells about the types of this API.
    pub fn new(api: &'a Api, patterns: &'a Patterns, one_of: OneOf) -> Self {
        Self { api, patterns, one_of }
    }

    /// Everything that keeps a value from having a type; empty where it has it.
    pub fn violations(&self, id: TypeId, value: &Value) -> Vec<Violation> {
        let mut walk = Walk {
            checker: *self,
            pointer: String::new(),
            level: 0,
            steps: parts(value).saturating_mul(STEPS_PER_PART),
            probe: Probe::Off,
            list: Vec::new(),
        };
        walk.ty(id, value);
        walk.list
    }

    /// Whether a value has a type.
    pub fn fits(&self, id: TypeId, value: &Value) -> bool {
        self.violations(id, value).is_empty()
    }
}

/// Whether violations are listed, or it is only asked whether there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Probe {
    Off,
    Holds,
    Fails,
}

/// A walk through a value.
struct Walk<'a> {
    checker: Checker<'a>,
    pointer: String,
    level: usize,
    steps: usize,
    probe: Probe,
    list: Vec<Violation>,
}

impl<'a> Walk<'a> {
    fn report(&mut self, code: &'static str, detail: impl Into<String>) {
        if self.probe != Probe::Off {
            self.probe = Probe::Fails;
        } else if self.list.len() < MAX_LISTED {
            self.list.push(Violation {
                pointer: self.pointer.clone(),
                code,
                detail: detail.into(),
            });
        }
    }

    /// Tells that something else was expected.
    fn expected(&mut self, code: &'static str, expected: &str) {
        self.report(code, format!("must be {expected}"));
    }

    fn value_is_wrong(&mut self) {
        self.report("value", "is not an allowed value");
    }

    /// Goes on with a part of the value.
    fn at(&mut self, step: &str, check: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
        check(self);
        self.pointer.truncate(length);
    }

    /// Goes one level deeper, unless that is too deep or takes too long.
    fn deeper<T: Default>(&mut self, check: impl FnOnce(&mut Self) -> T) -> T {
        if self.probe == Probe::Fails {
            return T::default();
        }
        if self.level >= MAX_LEVEL || self.steps == 0 {
            // What could not be checked is not right.
            if self.steps > 0 || self.list.is_empty() {
                self.expected("limit", "a value that can be checked in time");
            }
            return T::default();
        }
        self.level += 1;
        self.steps -= 1;
        let result = check(self);
        self.level -= 1;
        result
    }

    /// What a check tells if nothing is wrong.
    fn probe<T: Default>(&mut self, check: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let before = std::mem::replace(&mut self.probe, Probe::Holds);
        let result = self.deeper(check);
        let holds = self.probe == Probe::Holds;
        self.probe = before;
        holds.then_some(result)
    }

    fn api(&self) -> &'a Api {
        self.checker.api
    }
}

/// How many values a value consists of.
fn parts(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(parts).fold(1, usize::saturating_add),
        Value::Object(members) => members.values().map(parts).fold(1, usize::saturating_add),
        _ => 1,
    }
}

/// The JSON type of a value.
fn kind(value: &Value) -> Kind {
    match value {
        Value::Null => Kind::Null,
        Value::Bool(_) => Kind::Boolean,
        Value::Number(number) if number::is_integer(number) => Kind::Integer,
        Value::Number(_) => Kind::Number,
        Value::String(_) => Kind::String,
        Value::Array(_) => Kind::Array,
        Value::Object(_) => Kind::Object,
    }
}

/// Whether a value is this literal of the document; numbers are compared by value.
fn is_literal(value: &Value, literal: &Literal) -> bool {
    match (value, literal) {
        (Value::Null, Literal::Null) => true,
        (Value::Bool(value), Literal::Boolean(literal)) => value == literal,
        (Value::Number(value), Literal::Number(literal)) => number::compare(value, literal).is_eq(),
        (Value::String(value), Literal::String(literal)) => value == literal,
        (Value::Array(items), Literal::Array(literals)) => {
            let mut pairs = items.iter().zip(literals);
            items.len() == literals.len() && pairs.all(|(item, literal)| is_literal(item, literal))
        }
        (Value::Object(members), Literal::Object(literals)) => {
            let has =
                |(name, literal): &(String, Literal)| members.get(name).is_some_and(|value| is_literal(value, literal));
            members.len() == literals.len() && literals.iter().all(has)
        }
        _ => false,
    }
}

/// A number of things.
fn counted(count: u64, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}
