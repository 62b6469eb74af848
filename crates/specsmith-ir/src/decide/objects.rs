//! Steps 4 to 6 of the decision: objects among themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Condition, Value};

use super::profile::Members;
use super::{Deciding, classes, overlap, pairs, pairs_of, texts};

/// So many properties must be absent at most for a variant to be told by that.
const ABSENCE_LIMIT: usize = 24;

/// Tells variants apart that are all objects.
pub(super) fn split(deciding: &mut Deciding<'_>, class: &[usize]) {
    let mut open = vec![class.to_vec()];
    while let Some(class) = open.pop() {
        if class.len() < 2 {
            continue;
        }
        let Some(property) = best_constant(deciding, &class) else {
            by_presence(deciding, &class);
            continue;
        };
        let (covered, others): (Vec<usize>, Vec<usize>) = class
            .iter()
            .copied()
            .partition(|index| constant(deciding, *index, &property).is_some());
        let shared = |index| constant(deciding, index, &property).map_or_else(Vec::new, texts);
        open.extend(classes(&covered, shared));
        for index in &covered {
            if let Some(values) = constant(deciding, *index, &property).map(<[Value]>::to_vec) {
                deciding.need(
                    *index,
                    Condition::PropertyValue {
                        name: property.clone(),
                        values,
                    },
                );
            }
        }
        deciding.before.extend(pairs_of(&covered, &others));
        open.push(others);
    }
}

fn constant<'d>(deciding: &'d Deciding<'_>, index: usize, property: &str) -> Option<&'d [Value]> {
    // A property whose condition is there already separates no further.
    let used = deciding.conditions.get(index).is_some_and(|conditions| {
        conditions
            .iter()
            .any(|condition| matches!(condition, Condition::PropertyValue { name, .. } if name == property))
    });
    let values = deciding.members(index)?.constants.get(property)?;
    (!used).then_some(values)
}

/// The required property whose constant values separate the most pairs of a class.
fn best_constant(deciding: &Deciding<'_>, class: &[usize]) -> Option<String> {
    let mut names: Vec<&String> = Vec::new();
    let mut seen = BTreeSet::new();
    for members in class.iter().filter_map(|index| deciding.members(*index)) {
        for name in &members.order {
            if members.constants.contains_key(name) && seen.insert(name) {
                names.push(name);
            }
        }
    }
    let mut best: Option<(usize, &String)> = None;
    for name in names {
        let values: Vec<&[Value]> = class
            .iter()
            .filter_map(|index| constant(deciding, *index, name))
            .collect();
        let positions: Vec<usize> = (0..values.len()).collect();
        let separated = pairs(&positions)
            .into_iter()
            .filter(|(a, b)| values.get(*a).zip(values.get(*b)).is_some_and(|(a, b)| !overlap(a, b)))
            .count();
        if separated > best.map_or(0, |(count, _)| count) {
            best = Some((separated, name));
        }
    }
    best.map(|(_, name)| name.clone())
}

/// Tells objects apart by which required properties are there.
fn by_presence(deciding: &mut Deciding<'_>, class: &[usize]) {
    let mut knowing: BTreeMap<&str, usize> = BTreeMap::new();
    for members in class.iter().filter_map(|index| deciding.members(*index)) {
        for name in members.known.keys() {
            *knowing.entry(name).or_default() += 1;
        }
    }
    let needed: BTreeMap<usize, Vec<String>> = class
        .iter()
        .map(|index| (*index, distinctive(deciding, *index, class, &knowing)))
        .collect();
    let separates = |deciding: &Deciding<'_>, names: &[String], other: usize| {
        names
            .iter()
            .find(|name| {
                deciding
                    .members(other)
                    .is_some_and(|members| !members.known.contains_key(*name))
            })
            .cloned()
    };
    let mut lacking: BTreeSet<(usize, String)> = BTreeSet::new();
    for (a, b) in pairs(class) {
        let names = |index: usize| needed.get(&index).map_or(&[][..], Vec::as_slice);
        match (separates(deciding, names(a), b), separates(deciding, names(b), a)) {
            (Some(_), Some(_)) => {}
            (Some(name), None) => {
                lacking.insert((b, name));
                deciding.before.push((a, b));
            }
            (None, Some(name)) => {
                lacking.insert((a, name));
                deciding.before.push((b, a));
            }
            (None, None) => by_knowledge(deciding, a, b),
        }
    }
    for (index, names) in needed {
        for name in names {
            deciding.need(index, Condition::HasProperty(name));
        }
    }
    for (index, name) in lacking {
        deciding.need(index, Condition::LacksProperty(name));
    }
}

/// Required properties of a variant, as few as needed, so that each other one that can be excluded does not know one.
///
/// `knowing` counts the variants of the class that know each property.
fn distinctive(deciding: &Deciding<'_>, index: usize, class: &[usize], knowing: &BTreeMap<&str, usize>) -> Vec<String> {
    let Some(members) = deciding.members(index) else {
        return Vec::new();
    };
    let alone = |name: &&String| members.required.contains(*name) && knowing.get(name.as_str()) == Some(&1);
    if let Some(name) = members.order.iter().find(alone) {
        return vec![name.clone()];
    }
    let mut others: Vec<&Members> = class
        .iter()
        .filter(|other| **other != index)
        .filter_map(|other| deciding.members(*other))
        .collect();
    let mut chosen = Vec::new();
    loop {
        let mut best: Option<(usize, &String)> = None;
        for name in members.order.iter().filter(|name| members.required.contains(*name)) {
            let count = others.iter().filter(|other| !other.known.contains_key(name)).count();
            if count > best.map_or(0, |(count, _)| count) {
                best = Some((count, name));
            }
        }
        let Some((_, name)) = best else {
            return chosen;
        };
        others.retain(|other| other.known.contains_key(name));
        chosen.push(name.clone());
    }
}

/// Tells two objects apart that know each other's required properties. The one that requires more comes first, else the
/// order of the document decides; the first needs a constant that the second excludes, or the absence of all that only
/// the second knows.
fn by_knowledge(deciding: &mut Deciding<'_>, a: usize, b: usize) {
    let (Some(left), Some(right)) = (deciding.members(a), deciding.members(b)) else {
        deciding.cannot_tell(a, b);
        return;
    };
    let more = |x: &Members, y: &Members| y.required.is_subset(&x.required) && x.required.len() > y.required.len();
    let (forward, backward) = (excluding(left, right), excluding(right, left));
    let (first, second, conditions) = if more(left, right) {
        (a, b, forward)
    } else if more(right, left) {
        (b, a, backward)
    } else if !forward.is_empty() {
        (a, b, forward)
    } else if !backward.is_empty() {
        (b, a, backward)
    } else if deciding.reading_tells(a, b) {
        (a, b, forward)
    } else if deciding.reading_tells(b, a) {
        (b, a, backward)
    } else {
        deciding.cannot_tell(a, b);
        return;
    };
    deciding.try_before(first, second, &conditions);
    for condition in conditions {
        deciding.need(first, condition);
    }
}

/// Conditions that objects of one type satisfy and others do not, although neither is required: a listed value, or the
/// absence of what only the others know.
fn excluding(members: &Members, others: &Members) -> Vec<Condition> {
    let listed = members.order.iter().find_map(|name| {
        let (values, other) = (members.listed.get(name)?, others.listed.get(name)?);
        (!overlap(values, other)).then(|| Condition::PropertyValue {
            name: name.clone(),
            values: values.clone(),
        })
    });
    if let Some(condition) = listed {
        return vec![condition];
    }
    let unknown = others.order.iter().filter(|name| !members.known.contains_key(*name));
    let lacks: Vec<Condition> = unknown.map(|name| Condition::LacksProperty(name.clone())).collect();
    if lacks.len() > ABSENCE_LIMIT { Vec::new() } else { lacks }
}
