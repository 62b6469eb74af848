//! What types of one direction demand: nothing that is only sent in the other.

use std::collections::BTreeSet;

use crate::{Assertion, Assertions};

/// Lets members be absent, wherever they would have to be there. What must not hold stays as it is: less of it would
/// refuse more.
pub(super) fn without(assertions: &mut Assertions, left_out: &BTreeSet<String>) {
    for assertion in &mut assertions.0 {
        match assertion {
            Assertion::Members(members) => {
                members.min_properties = fewer(members.min_properties, left_out.len());
                members.required.retain(|name| !left_out.contains(name));
                for (_, required) in &mut members.dependent_required {
                    required.retain(|name| !left_out.contains(name));
                }
                for (_, inner) in &mut members.dependents {
                    without(inner, left_out);
                }
            }
            Assertion::All(all) | Assertion::Any(all) => {
                all.iter_mut().for_each(|inner| without(inner, left_out));
            }
            Assertion::If { then, otherwise, .. } => {
                without(then, left_out);
                without(otherwise, left_out);
            }
            _ => {}
        }
    }
}

/// How many members there must be where some are left out, which may have been among them. What counts its members still
/// does where none has to be there, so that both directions keep the same members.
pub(super) fn fewer(least: Option<u64>, left_out: usize) -> Option<u64> {
    let left_out = u64::try_from(left_out).unwrap_or(u64::MAX);
    least.map(|least| least.saturating_sub(left_out))
}
