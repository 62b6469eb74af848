//! How the values of two types relate: the same, fewer, more, or others.
//!
//! Where only a proof would tell, they are others.

use std::collections::BTreeMap;

use super::Values;
use crate::{Array, Enum, Number, Numeric, Object, Presence, Rest, Shape, Text, TypeId, Types, Union, Value};

/// How many pairs of types are looked at before nobody knows.
const MAX_PAIRS: usize = 4_000;
/// How deep types inside each other are looked at.
const MAX_DEPTH: usize = 48;

/// What is in the first list and not in the second.
pub(super) fn only_in<'a>(one: &'a [String], other: &[String]) -> Vec<&'a String> {
    one.iter().filter(|of| !other.contains(of)).collect()
}

/// Two lists of demands, all of which hold: more of them allow fewer values.
pub(super) fn of_lists(old: &[String], new: &[String]) -> Values {
    match (only_in(old, new).is_empty(), only_in(new, old).is_empty()) {
        (true, true) => Values::Same,
        (true, false) => Values::Fewer,
        (false, true) => Values::More,
        (false, false) => Values::Others,
    }
}

/// Two types of two APIs.
pub(super) fn of_types(old: (&Types, TypeId), new: (&Types, TypeId)) -> Values {
    let mut relation = Relation {
        old: old.0,
        new: new.0,
        known: BTreeMap::new(),
    };
    relation.types(old.1, new.1, MAX_DEPTH)
}

/// Limits of scalars.
pub(super) fn of_limits(old: &Shape, new: &Shape) -> Values {
    match (old, new) {
        (Shape::Integer(old) | Shape::Number(old), Shape::Integer(new) | Shape::Number(new)) => bounds(old, new),
        (Shape::String(old), Shape::String(new)) => lengths(old, new),
        (Shape::Tuple(old), Shape::Tuple(new)) => {
            of_counts((old.min_items, old.max_items), (new.min_items, new.max_items))
        }
        _ => Values::Others,
    }
}

/// Limits of lists.
pub(super) fn of_arrays(old: &Array, new: &Array) -> Values {
    let unique = match (old.unique_items, new.unique_items) {
        (true, false) => Values::More,
        (false, true) => Values::Fewer,
        _ => Values::Same,
    };
    of_counts((old.min_items, old.max_items), (new.min_items, new.max_items)).and(unique)
}

/// At least and at most so many.
pub(super) fn of_counts(old: (Option<u64>, Option<u64>), new: (Option<u64>, Option<u64>)) -> Values {
    let least = old.0.unwrap_or(0).cmp(&new.0.unwrap_or(0));
    let most = new.1.unwrap_or(u64::MAX).cmp(&old.1.unwrap_or(u64::MAX));
    tighter(least).and(tighter(most))
}

/// Which members are allowed that have no name.
pub(super) fn of_rests(old: Rest, new: Rest) -> Values {
    match (old, new) {
        (Rest::Denied, Rest::Denied) => Values::Same,
        (Rest::Denied, _) => Values::More,
        (_, Rest::Denied) => Values::Fewer,
        _ => Values::Same,
    }
}

/// What a limit that grew (`Less`) or shrank makes of values, where more of it allows fewer.
fn tighter(order: std::cmp::Ordering) -> Values {
    match order {
        std::cmp::Ordering::Less => Values::Fewer,
        std::cmp::Ordering::Equal => Values::Same,
        std::cmp::Ordering::Greater => Values::More,
    }
}

/// One demand that may be there.
fn demand<T: PartialEq>(old: Option<&T>, new: Option<&T>, both: impl FnOnce(&T, &T) -> Values) -> Values {
    match (old, new) {
        (None, None) => Values::Same,
        (None, Some(_)) => Values::Fewer,
        (Some(_), None) => Values::More,
        (Some(old), Some(new)) if old == new => Values::Same,
        (Some(old), Some(new)) => both(old, new),
    }
}

fn bounds(old: &Numeric, new: &Numeric) -> Values {
    let at_least = |old: &Option<Number>, new: &Option<Number>| {
        demand(old.as_ref(), new.as_ref(), |old, new| {
            let order = old.as_f64().partial_cmp(&new.as_f64());
            order.map_or(Values::Others, tighter)
        })
    };
    let at_most = |old: &Option<Number>, new: &Option<Number>| {
        demand(old.as_ref(), new.as_ref(), |old, new| {
            let order = new.as_f64().partial_cmp(&old.as_f64());
            order.map_or(Values::Others, tighter)
        })
    };
    let steps = |numeric: &Numeric| numeric.multiple_of.iter().map(ToString::to_string).collect::<Vec<_>>();
    at_least(&old.minimum, &new.minimum)
        .and(at_least(&old.exclusive_minimum, &new.exclusive_minimum))
        .and(at_most(&old.maximum, &new.maximum))
        .and(at_most(&old.exclusive_maximum, &new.exclusive_maximum))
        .and(of_lists(&steps(old), &steps(new)))
}

fn lengths(old: &Text, new: &Text) -> Values {
    of_counts((old.min_length, old.max_length), (new.min_length, new.max_length))
        .and(of_lists(&old.patterns, &new.patterns))
}

/// Formats of numbers: those with more bits allow more.
fn number_formats(old: &Numeric, new: &Numeric) -> Values {
    const SIGNED: [&str; 4] = ["int8", "int16", "int32", "int64"];
    const UNSIGNED: [&str; 4] = ["uint8", "uint16", "uint32", "uint64"];
    const FLOATS: [&str; 2] = ["float", "double"];
    demand(old.format.as_ref(), new.format.as_ref(), |old, new| {
        let families: [&[&str]; 3] = [&SIGNED, &UNSIGNED, &FLOATS];
        let orders = families.into_iter().filter_map(|family| {
            let place = |format: &String| family.iter().position(|of| of == format);
            Some(place(new)?.cmp(&place(old)?))
        });
        orders.map(tighter).next().unwrap_or(Values::Others)
    })
}

fn texts(old: &Text, new: &Text) -> Values {
    let others = |_: &String, _: &String| Values::Others;
    demand(old.format.as_ref(), new.format.as_ref(), others)
        .and(demand(
            old.content_encoding.as_ref(),
            new.content_encoding.as_ref(),
            others,
        ))
        .and(demand(
            old.content_media_type.as_ref(),
            new.content_media_type.as_ref(),
            others,
        ))
        .and(lengths(old, new))
}

/// The values that are listed.
fn listed(shape: &Shape) -> Option<(Vec<&Value>, bool)> {
    match shape {
        Shape::Enum(Enum { values, open }) => Some((values.iter().map(|value| &value.value).collect(), *open)),
        Shape::Const(value) => Some((vec![value], false)),
        Shape::Null => Some((vec![&Value::Null], false)),
        _ => None,
    }
}

/// Two lists of values.
fn lists(old: &(Vec<&Value>, bool), new: &(Vec<&Value>, bool)) -> Values {
    let holds = |of: &(Vec<&Value>, bool), other: &(Vec<&Value>, bool)| {
        of.1 || (!other.1 && other.0.iter().all(|value| of.0.contains(value)))
    };
    match (holds(old, new), holds(new, old)) {
        (true, true) => Values::Same,
        (true, false) => Values::Fewer,
        (false, true) => Values::More,
        (false, false) => Values::Others,
    }
}

/// Whether a type without limits has all of these values.
fn has_all(shape: &Shape, values: &[&Value]) -> bool {
    match shape {
        Shape::String(text) => *text == Text::default() && values.iter().all(|value| value.as_str().is_some()),
        Shape::Boolean => values.iter().all(|value| matches!(value, Value::Boolean(_))),
        Shape::Number(numeric) => {
            *numeric == Numeric::default() && values.iter().all(|value| matches!(value, Value::Number(_)))
        }
        Shape::Integer(numeric) => {
            let is_whole = |value: &&Value| matches!(value, Value::Number(number) if number.is_integer());
            *numeric == Numeric::default() && values.iter().all(is_whole)
        }
        _ => false,
    }
}

/// What is known of the types of two APIs.
struct Relation<'a> {
    old: &'a Types,
    new: &'a Types,
    /// What is known of pairs; those that are looked at are taken to be the same.
    known: BTreeMap<(TypeId, TypeId), Values>,
}

impl Relation<'_> {
    fn types(&mut self, old: TypeId, new: TypeId, depth: usize) -> Values {
        let (old, new) = (self.old.resolve(old), self.new.resolve(new));
        if let Some(known) = self.known.get(&(old, new)) {
            return *known;
        }
        let Some(depth) = depth.checked_sub(1).filter(|_| self.known.len() < MAX_PAIRS) else {
            return Values::Others;
        };
        self.known.insert((old, new), Values::Same);
        let conditions = |types: &Types, id: TypeId| -> Vec<String> {
            types[id].assertions.0.iter().map(super::words::condition).collect()
        };
        let demands = of_lists(&conditions(self.old, old), &conditions(self.new, new));
        let values = self.shapes(old, new, depth).and(demands);
        self.known.insert((old, new), values);
        values
    }

    fn shapes(&mut self, old: TypeId, new: TypeId, depth: usize) -> Values {
        let (types_old, types_new) = (self.old, self.new);
        let (of_old, of_new) = (&types_old[old].shape, &types_new[new].shape);
        match (of_old, of_new) {
            (Shape::Any, Shape::Any) | (Shape::Never, Shape::Never) | (Shape::Boolean, Shape::Boolean) => Values::Same,
            (_, Shape::Any) | (Shape::Never, _) => Values::More,
            (Shape::Any, _) | (_, Shape::Never) => Values::Fewer,
            (Shape::Nullable(old), Shape::Nullable(new)) => self.types(*old, *new, depth),
            (Shape::Nullable(old), _) => Values::Fewer.and(self.types(*old, new, depth)),
            (_, Shape::Nullable(new)) => Values::More.and(self.types(old, *new, depth)),
            (Shape::Integer(old), Shape::Integer(new)) | (Shape::Number(old), Shape::Number(new)) => {
                number_formats(old, new).and(bounds(old, new))
            }
            (Shape::Integer(old), Shape::Number(new)) => Values::More.and(bounds(old, new)),
            (Shape::Number(old), Shape::Integer(new)) => Values::Fewer.and(bounds(old, new)),
            (Shape::String(old), Shape::String(new)) => texts(old, new),
            (Shape::Array(old), Shape::Array(new)) => of_arrays(old, new).and(self.types(old.items, new.items, depth)),
            (Shape::Tuple(old), Shape::Tuple(new)) if old.items.len() == new.items.len() && old.rest == new.rest => {
                let counts = of_counts((old.min_items, old.max_items), (new.min_items, new.max_items));
                let items = old.items.iter().zip(&new.items);
                items.fold(counts, |values, (old, new)| values.and(self.types(*old, *new, depth)))
            }
            (Shape::Object(old), Shape::Object(new)) => self.objects(old, new, depth),
            (Shape::Union(old), Shape::Union(new)) => self.unions(old, new, depth),
            (_, Shape::Union(union)) => self.one_of(union, |relation, variant| relation.types(old, variant, depth)),
            (Shape::Union(union), _) => {
                let values = self.one_of(union, |relation, variant| match relation.types(variant, new, depth) {
                    Values::Fewer => Values::More,
                    Values::More => Values::Fewer,
                    values => values,
                });
                if values == Values::More { Values::Fewer } else { values }
            }
            _ => match (listed(of_old), listed(of_new)) {
                (Some(old), Some(new)) => lists(&old, &new),
                (Some((values, false)), None) if has_all(of_new, &values) => Values::More,
                (None, Some((values, false))) if has_all(of_old, &values) => Values::Fewer,
                _ => Values::Others,
            },
        }
    }

    /// What becomes of the values of one type that are all of one variant: there are more, or nobody knows.
    fn one_of(&mut self, union: &Union, mut relate: impl FnMut(&mut Self, TypeId) -> Values) -> Values {
        let mut variants = union.variants.iter();
        let has = variants.any(|variant| matches!(relate(self, variant.ty), Values::Same | Values::More));
        if has { Values::More } else { Values::Others }
    }

    fn unions(&mut self, old: &Union, new: &Union, depth: usize) -> Values {
        let mut kept = vec![false; new.variants.len()];
        let mut values = Values::Same;
        for variant in &old.variants {
            let found = new
                .variants
                .iter()
                .position(|of| matches!(self.types(variant.ty, of.ty, depth), Values::Same));
            match found.and_then(|place| kept.get_mut(place)) {
                Some(kept) => *kept = true,
                None => values = values.and(Values::Fewer),
            }
        }
        if kept.contains(&false) {
            values = values.and(Values::More);
        }
        values
    }

    fn objects(&mut self, old: &Object, new: &Object, depth: usize) -> Values {
        let mut values = of_rests(old.rest, new.rest).and(of_counts(
            (old.min_properties, old.max_properties),
            (new.min_properties, new.max_properties),
        ));
        for field in &new.fields {
            let is_required = field.presence == Presence::Required;
            values = values.and(match old.fields.iter().find(|of| of.name == field.name) {
                Some(before) => {
                    let presence = match (before.presence == Presence::Required, is_required) {
                        (true, false) => Values::More,
                        (false, true) => Values::Fewer,
                        _ => Values::Same,
                    };
                    presence.and(self.types(before.ty, field.ty, depth))
                }
                None if is_required => Values::Fewer,
                None if old.rest == Rest::Denied => Values::More,
                None => Values::Same,
            });
        }
        for field in old
            .fields
            .iter()
            .filter(|field| !new.fields.iter().any(|of| of.name == field.name))
        {
            values = values.and(match (field.presence == Presence::Required, new.rest) {
                (true, Rest::Denied) => Values::Others,
                (true, _) => Values::More,
                (false, Rest::Denied) => Values::Fewer,
                (false, _) => Values::Same,
            });
        }
        if let (Rest::Typed(old), Rest::Typed(new)) = (old.rest, new.rest) {
            values = values.and(self.types(old, new, depth));
        }
        values
    }
}
