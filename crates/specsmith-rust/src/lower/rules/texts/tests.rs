//! Tests of the limits of text that types read as something else.

#![allow(clippy::expect_used, reason = "tests")]

use super::*;
use crate::lower::rules::pattern;

fn left(ty: &RustType, rules: Vec<Rule>) -> usize {
    without_implied(ty, rules).len()
}

fn matching(text: &str) -> Rule {
    Rule::Pattern(pattern::translate(text).expect("a pattern"))
}

#[test]
fn what_every_uuid_keeps_to_is_no_rule() {
    let lengths = vec![Rule::MinLength(36), Rule::MaxLength(36)];
    assert_eq!(left(&RustType::Uuid, lengths.clone()), 0);
    assert_eq!(left(&RustType::String, lengths), 2);
    assert_eq!(left(&RustType::Uuid, vec![matching("^[0-9a-f-]+$")]), 0);
}

#[test]
fn what_some_values_break_is_one() {
    assert_eq!(left(&RustType::Uuid, vec![matching("^.{14}4")]), 1);
    assert_eq!(left(&RustType::DateTime, vec![Rule::MaxLength(20), matching("Z$")]), 2);
    assert_eq!(left(&RustType::Date, vec![matching("^2")]), 1);
}
