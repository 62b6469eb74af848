//! Numbers of values and those of documents, compared by value.

use std::cmp::Ordering;

use serde_json::Number;
use specsmith_ir::Number as Literal;

/// Whether a number is whole, however it is written.
pub(super) fn is_integer(number: &Number) -> bool {
    literal(number).is_some_and(|number| number.is_integer())
}

/// The number as the document would write it.
pub(super) fn literal(number: &Number) -> Option<Literal> {
    Literal::new(&number.to_string())
}

/// Compares a number with one of the document.
pub(super) fn compare(number: &Number, other: &Literal) -> Ordering {
    let Some(number) = literal(number) else {
        return Ordering::Less;
    };
    match (number.as_i128(), other.as_i128()) {
        (Some(number), Some(other)) => number.cmp(&other),
        _ => float(&number).total_cmp(&float(other)),
    }
}

/// Whether a number is a multiple of one of the document.
pub(super) fn is_multiple(number: &Number, step: &Literal) -> bool {
    let Some(number) = literal(number) else { return false };
    if let (Some(number), Some(step)) = (scaled(&number, step), scaled(step, &number)) {
        return step == 0 || number % step == 0;
    }
    let ratio = float(&number) / float(step);
    (ratio - ratio.round()).abs() <= ratio.abs().max(1.0) * 1e-9
}

fn float(number: &Literal) -> f64 {
    // What is too large for a float is infinite.
    let float = number.as_str().parse().unwrap_or(f64::MAX);
    if float == 0.0 { 0.0 } else { float }
}

/// A number in units of the last digit of the one of both that has more behind the point.
fn scaled(number: &Literal, other: &Literal) -> Option<i128> {
    let decimals = decimals(number)?.max(decimals(other)?);
    let text = number.as_str();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let zeros = "0".repeat(decimals.checked_sub(fraction.len())?);
    format!("{whole}{fraction}{zeros}").parse().ok()
}

/// How many digits there are behind the point; `None` where there are many, or an exponent.
fn decimals(number: &Literal) -> Option<usize> {
    let text = number.as_str();
    let count = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    (count <= 20 && !text.contains(['e', 'E'])).then_some(count)
}
