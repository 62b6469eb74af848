//! Limits of shapes as rules, without what the Rust type says already.

use std::cmp::Ordering;

use specsmith_diagnostics::{Code, Location};
use specsmith_ir::{self as ir, Numeric, Object, Text};

use super::super::context::Context;
use super::pattern;
use crate::Prose;
use crate::model::{Pattern, Rule, RustType};

/// How much of a pattern is shown.
const MAX_SHOWN: usize = 60;

/// The limits of numbers.
pub(super) fn numbers(ty: &RustType, numeric: &Numeric) -> Vec<Rule> {
    let range = range(ty);
    let implied = |bound: &ir::Number, limit: Option<i128>, below: Ordering| {
        let (Some(bound), Some(limit)) = (bound.as_i128(), limit) else {
            return false;
        };
        bound == limit || bound.cmp(&limit) == below
    };
    let (low, high) = (range.map(|range| range.0), range.map(|range| range.1));
    let minimum = numeric
        .minimum
        .iter()
        .filter(|bound| !implied(bound, low, Ordering::Less));
    let maximum = numeric
        .maximum
        .iter()
        .filter(|bound| !implied(bound, high, Ordering::Greater));
    let above = numeric.exclusive_minimum.iter();
    let above = above.filter(|bound| !implied(bound, low.map(|low| low.saturating_sub(1)), Ordering::Less));
    let below = numeric.exclusive_maximum.iter();
    let below = below.filter(|bound| !implied(bound, high.map(|high| high.saturating_add(1)), Ordering::Greater));
    let is_one = |step: &&ir::Number| range.is_some() && step.as_i128() == Some(1);
    let steps = numeric.multiple_of.iter().filter(|step| !is_one(step));
    minimum
        .cloned()
        .map(Rule::Minimum)
        .chain(above.cloned().map(Rule::ExclusiveMinimum))
        .chain(maximum.cloned().map(Rule::Maximum))
        .chain(below.cloned().map(Rule::ExclusiveMaximum))
        .chain(steps.cloned().map(Rule::MultipleOf))
        .collect()
}

/// The numbers that a type has.
fn range(ty: &RustType) -> Option<(i128, i128)> {
    Some(match ty {
        RustType::I8 => (i8::MIN.into(), i8::MAX.into()),
        RustType::I16 => (i16::MIN.into(), i16::MAX.into()),
        RustType::U8 => (0, u8::MAX.into()),
        RustType::U16 => (0, u16::MAX.into()),
        RustType::I32 => (i32::MIN.into(), i32::MAX.into()),
        RustType::I64 => (i64::MIN.into(), i64::MAX.into()),
        RustType::U32 => (0, u32::MAX.into()),
        RustType::U64 => (0, u64::MAX.into()),
        _ => return None,
    })
}

/// The limits of text.
pub(super) fn text(cx: &mut Context<'_>, text: &Text, at: Location) -> Vec<Rule> {
    let least = text.min_length.filter(|least| *least > 0).map(Rule::MinLength);
    let most = text.max_length.map(Rule::MaxLength);
    let mut rules: Vec<Rule> = least.into_iter().chain(most).collect();
    for written in &text.patterns {
        rules.extend(pattern(cx, written, at).map(Rule::Pattern));
    }
    rules
}

/// A pattern, for the engine that can run it; `None` where none can, which is reported.
pub(super) fn pattern(cx: &mut Context<'_>, written: &str, at: Location) -> Option<Pattern> {
    let known = cx.patterns.get(written).cloned();
    let translated = known.unwrap_or_else(|| pattern::translate(written));
    cx.patterns.insert(written.to_owned(), translated.clone());
    match translated {
        Ok(pattern) => Some(pattern),
        Err(reason) => {
            let shown = Prose::code(&written.chars().take(MAX_SHOWN).collect::<String>());
            let message = format!("the pattern {shown} cannot be checked: {reason}");
            cx.report_once(Code::PatternNotChecked, message, at);
            None
        }
    }
}

/// How many items there are.
pub(super) fn items(least: Option<u64>, most: Option<u64>) -> Vec<Rule> {
    let least = least.filter(|least| *least > 0).map(Rule::MinItems);
    least.into_iter().chain(most.map(Rule::MaxItems)).collect()
}

/// How many items there are in a struct of them, beyond what it says itself.
pub(super) fn items_of_struct(tuple: &ir::Tuple) -> Vec<Rule> {
    let count = tuple.items.len() as u64;
    let least = tuple.min_items.filter(|least| *least > count);
    items(least, tuple.max_items.filter(|_| tuple.rest.is_some()))
}

/// How many members there are.
pub(super) fn members(object: &Object) -> Vec<Rule> {
    let least = object
        .min_properties
        .filter(|least| *least > 0)
        .map(Rule::MinProperties);
    let most = object.max_properties.map(Rule::MaxProperties);
    least.into_iter().chain(most).collect()
}

/// What each item keeps to, if that is anything.
pub(super) fn each(rules: Vec<Rule>) -> Option<Rule> {
    (!rules.is_empty()).then(|| Rule::Items(Vec::new(), Some(rules)))
}

/// What the value of each member keeps to, if that is anything.
pub(super) fn each_member(rules: Vec<Rule>) -> Vec<Rule> {
    let rule = (!rules.is_empty()).then(|| Rule::Members {
        fields: Vec::new(),
        patterns: Vec::new(),
        rest: Some(rules),
    });
    rule.into_iter().collect()
}
