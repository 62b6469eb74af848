//! The walk through a value: where it is, what it found, and how much more it may do.

use serde::Serialize;
use serde_json::Value;

use super::place::Place;
use super::rule::{Rule, RuleList};
use super::view::{Check, View};
use super::violation::{Violation, Violations};
use super::{limits, value};

/// The most violations that are listed.
const MAX_LISTED: usize = 100;
/// How deep values and rules are followed.
const MAX_DEPTH: usize = 256;
/// How many rules are looked at for each part of a JSON value, so that rules that refer to each other end.
const STEPS_PER_PART: usize = 10_000;

/// Walks through a value and notes what breaks a rule.
#[derive(Debug, Default)]
pub struct Checker {
    place: Place,
    depth: usize,
    /// How many rules may still be looked at for the JSON value that is checked.
    steps: Option<usize>,
    /// Where it gave up.
    gave_up: Option<String>,
    list: Vec<Violation>,
    more: usize,
    /// Whether it is only asked whether rules hold, and if so whether one does not.
    pub(super) probe: Probe,
}

/// Whether violations are noted, or only that there is one.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Probe {
    /// They are noted.
    #[default]
    Off,
    /// There is none so far.
    Holds,
    /// There is one.
    Fails,
}

/// A place in a value that is walked through.
#[derive(Debug)]
pub struct At<'c> {
    checker: &'c mut Checker,
    /// Whether it is not where the checker was before.
    entered: bool,
}

impl Checker {
    /// Checks what the type of a value demands.
    pub fn run(value: &dyn Check) -> Result<(), Violations> {
        Self::run_with(value, &[Rule::Nested])
    }

    /// Checks a value against rules.
    pub(crate) fn run_with(value: &dyn Check, rules: &[Rule]) -> Result<(), Violations> {
        let mut checker = Self::default();
        checker.value(&value.view(), rules);
        checker.finish()
    }

    /// Checks how many items or members there are.
    #[allow(dead_code, reason = "the server does")]
    pub(crate) fn run_counted(count: Option<usize>, rules: &[Rule]) -> Result<(), Violations> {
        let mut checker = Self::default();
        limits::counts(count, rules, &mut checker);
        checker.finish()
    }

    /// Checks a value as it is in JSON.
    #[allow(dead_code, reason = "the server does")]
    pub(crate) fn run_whole<T: Serialize>(value: &T, rules: RuleList) -> Result<(), Violations> {
        let mut checker = Self::default();
        checker.here().whole(value, rules);
        checker.finish()
    }

    fn finish(mut self) -> Result<(), Violations> {
        if let Some(pointer) = self.gave_up.take() {
            // What could not be checked is not right.
            self.list.push(Violation {
                pointer,
                keyword: "limit",
                expected: "a value that can be checked in time".to_owned(),
                found: "one that is too deep".to_owned(),
            });
        }
        match self.list.is_empty() {
            true => Ok(()),
            false => Err(Violations {
                list: self.list,
                more: self.more,
            }),
        }
    }

    /// The member of this name.
    pub fn member(&mut self, name: &'static str) -> At<'_> {
        self.place.enter_member(name);
        At {
            checker: self,
            entered: true,
        }
    }

    /// The item at this place.
    #[allow(dead_code, reason = "an API may have no tuples")]
    pub fn item(&mut self, index: usize) -> At<'_> {
        self.place.enter_item(index);
        At {
            checker: self,
            entered: true,
        }
    }

    /// The value itself.
    pub fn here(&mut self) -> At<'_> {
        At {
            checker: self,
            entered: false,
        }
    }

    /// Checks the member of this name.
    pub(super) fn in_member(&mut self, name: &str, check: impl FnOnce(&mut Self)) {
        self.place.enter_named(name);
        check(self);
        self.place.leave();
    }

    /// Checks the item at this place.
    pub(super) fn in_item(&mut self, index: usize, check: impl FnOnce(&mut Self)) {
        self.place.enter_item(index);
        check(self);
        self.place.leave();
    }

    /// Checks a value that is walked through.
    pub(super) fn value(&mut self, view: &View<'_>, rules: &[Rule]) {
        self.deeper(|checker| limits::check(view, rules, checker));
    }

    /// Checks a value as it is in JSON.
    pub(super) fn json(&mut self, value: &Value, rules: &[Rule]) {
        let outer = self.steps;
        self.steps = outer.or_else(|| Some(value::parts(value).saturating_mul(STEPS_PER_PART)));
        self.deeper(|checker| value::check(value, rules, checker));
        self.steps = outer.and(self.steps);
    }

    /// Goes one level deeper, unless that is too deep.
    pub(super) fn deeper(&mut self, check: impl FnOnce(&mut Self)) {
        if self.depth >= MAX_DEPTH {
            self.give_up();
            return;
        }
        self.depth += 1;
        check(self);
        self.depth -= 1;
    }

    /// Counts a rule; false where enough is known.
    pub(super) fn step(&mut self) -> bool {
        match &mut self.steps {
            Some(0) => self.give_up(),
            Some(steps) => *steps -= 1,
            None => {}
        }
        self.probe != Probe::Fails && self.gave_up.is_none()
    }

    fn give_up(&mut self) {
        if self.gave_up.is_none() {
            self.gave_up = Some(self.place.pointer());
        }
    }

    /// Notes a violation.
    pub(super) fn report<E: Into<String>, F: Into<String>>(
        &mut self,
        keyword: &'static str,
        expected: impl FnOnce() -> E,
        found: impl FnOnce() -> F,
    ) {
        if self.probe != Probe::Off {
            self.probe = Probe::Fails;
        } else if self.list.len() < MAX_LISTED {
            self.list.push(Violation {
                pointer: self.place.pointer(),
                keyword,
                expected: expected().into(),
                found: found().into(),
            });
        } else {
            self.more += 1;
        }
    }
}

impl At<'_> {
    /// Checks a value as it is.
    pub fn value(self, value: &dyn Check, rules: RuleList) {
        self.checker.value(&value.view(), rules);
        self.leave();
    }

    /// Checks how many items or members a value has.
    pub fn counted(self, count: Option<usize>, rules: RuleList) {
        limits::counts(count, rules, self.checker);
        self.leave();
    }

    /// Checks a value as it is in JSON; one that is absent or null keeps all rules.
    pub fn whole<T: Serialize + ?Sized>(self, value: &T, rules: RuleList) {
        match serde_json::to_value(value) {
            Ok(Value::Null) | Err(_) => {}
            Ok(json) => self.checker.json(&json, rules),
        }
        self.leave();
    }

    fn leave(self) {
        if self.entered {
            self.checker.place.leave();
        }
    }
}
