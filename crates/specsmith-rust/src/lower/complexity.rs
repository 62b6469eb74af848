//! Which unnamed types need a definition, because Rust or its readers need a name.

use specsmith_ir::{Shape, TypeId};

use super::context::Context;
use super::structs::{self, MapValues};
use super::tuples::{self, Form};
use super::unions;

/// What clippy's `type_complexity` allows a type to weigh.
const MAX_WEIGHT: usize = 250;
/// How deep an unnamed type is written inside what uses it, in an `Option`, and what that weighs.
const USE: (usize, usize) = (2, 10);
/// The same for the values of the map of what a struct does not name: in the map, which has a type of keys, and an `Option`.
const USE_IN_REST: (usize, usize) = (3, 50);

/// Whether an unnamed type cannot be written in place, or would be too complex there.
pub(super) fn needs_definition(cx: &Context<'_>, id: TypeId) -> bool {
    needs_name(cx, id) || is_complex(cx, id)
}

/// Whether Rust needs a name for the type: for structs and enums.
fn needs_name(cx: &Context<'_>, id: TypeId) -> bool {
    match cx.shape(id) {
        Shape::Enum(values) => !structs::is_boolean(values),
        Shape::Const(_) => true,
        Shape::Object(object) => structs::map_values(cx, object).is_none(),
        Shape::Union(union) => unions::common_scalar(cx, union).is_none(),
        Shape::Tuple(tuple) => tuples::form(cx, tuple) == Form::Struct,
        _ => false,
    }
}

/// Whether a list, map or tuple is too complex to be written in place.
fn is_complex(cx: &Context<'_>, id: TypeId) -> bool {
    let (depth, weight) = if cx.is_rest(id) { USE_IN_REST } else { USE };
    match cx.shape(id) {
        Shape::Array(_) | Shape::Tuple(_) | Shape::Object(_) => weigh(cx, id, depth, MAX_WEIGHT - weight).is_none(),
        _ => false,
    }
}

/// What is left of `room` behind the weight of a type: ten for each type that is written, times its depth; `None` where
/// it does not fit.
fn weigh(cx: &Context<'_>, id: TypeId, depth: usize, room: usize) -> Option<usize> {
    let (own, inside) = parts(cx, id);
    let depth = if cx.is_nullable(id) { depth + 1 } else { depth };
    let mut room = room.checked_sub(10 * depth)?;
    for _ in 0..own {
        room = room.checked_sub(10 * (depth + 1))?;
    }
    for inner in inside {
        room = weigh(cx, inner, depth + 1, room)?;
    }
    Some(room)
}

/// How many types without parts a type is written with, and its parts.
fn parts(cx: &Context<'_>, id: TypeId) -> (usize, Vec<TypeId>) {
    if cx.is_component(id) || cx.item(id).is_some() {
        return (0, Vec::new());
    }
    match cx.shape(id) {
        Shape::Array(array) => (0, vec![array.items]),
        Shape::Tuple(tuple) => (0, tuple.items.iter().chain(&tuple.rest).copied().collect()),
        Shape::Nullable(inner) | Shape::Alias(inner) => (0, vec![*inner]),
        Shape::Object(object) => match structs::map_values(cx, object) {
            Some(MapValues::Of(ty)) => (1, vec![ty]),
            Some(MapValues::Any) => (2, Vec::new()),
            None => (0, Vec::new()),
        },
        _ => (0, Vec::new()),
    }
}
