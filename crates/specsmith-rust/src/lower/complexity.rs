//! Which unnamed types need a definition, because Rust or its readers need a name.

use specsmith_ir::{Api, Rest, Shape, TypeId};

use super::context::{self, Context};
use super::scalar;
use super::structs::{self, MapValues};
use super::tuples::{self, Form};
use super::unions;
use crate::Dates;
use crate::model::RustType;

/// What clippy's `type_complexity` allows a type to weigh.
const MAX_WEIGHT: usize = 250;

/// What an unnamed type is written inside of.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum Use {
    /// A field, which may be optional, or a variant: `Option<_>`, `Response<_>`.
    #[default]
    Value,
    /// A response that may be null: `Response<Option<_>>`.
    NullableResponse,
    /// The map of what a struct does not name, and an `Option`: `BTreeMap<String, Option<_>>`.
    Rest,
}

impl Use {
    /// How deep the type is written there, and what stands around it weighs.
    fn depth_and_weight(self) -> (usize, usize) {
        match self {
            Use::Value => (2, 10),
            Use::NullableResponse => (3, 30),
            Use::Rest => (3, 50),
        }
    }
}

/// What each type is written inside of.
pub(super) fn uses(api: &Api) -> Vec<Use> {
    let mut uses = vec![Use::default(); api.types.len()];
    let mut set = |id: TypeId, to: Use| {
        if let Some(slot) = uses.get_mut(context::index(id)) {
            *slot = to;
        }
    };
    let responses = api.operations().flat_map(|(_, operation)| &operation.responses);
    for ty in responses
        .flat_map(|response| &response.content)
        .filter_map(|content| content.ty)
    {
        if let Shape::Nullable(inner) = api.types[ty].shape {
            set(inner, Use::NullableResponse);
        }
    }
    for (_, ty) in api.types.iter() {
        let Shape::Object(object) = &ty.shape else { continue };
        if object.fields.is_empty() && object.patterns.is_empty() {
            continue;
        }
        let typed = match object.rest {
            Rest::Typed(ty) => Some(ty),
            Rest::Unstated | Rest::Denied => None,
        };
        for id in object.patterns.iter().map(|pattern| pattern.ty).chain(typed) {
            set(id, Use::Rest);
            if let Shape::Nullable(inner) = api.types[id].shape {
                set(inner, Use::Rest);
            }
        }
    }
    uses
}

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
    let (depth, weight) = cx.use_of(id).depth_and_weight();
    match cx.shape(id) {
        Shape::Array(_) | Shape::Tuple(_) | Shape::Object(_) => weigh(cx, id, depth, MAX_WEIGHT - weight).is_none(),
        _ => false,
    }
}

/// What is left of `room` behind the weight of a type: ten for each type that is written, times its depth; `None` where
/// it does not fit.
fn weigh(cx: &Context<'_>, id: TypeId, depth: usize, room: usize) -> Option<usize> {
    let (own, inside) = parts(cx, id);
    let mut room = room;
    let mut depth = depth;
    if cx.is_nullable(id) {
        room = room.checked_sub(10 * depth)?;
        depth += 1;
    } else if matches!(cx.shape(id), Shape::Alias(_)) {
        // Next to nothing, so that a chain that comes back to itself ends.
        room = room.checked_sub(1)?;
    }
    if let (Shape::Nullable(_) | Shape::Alias(_), [inner]) = (cx.shape(id), inside.as_slice()) {
        return weigh(cx, *inner, depth, room);
    }
    room = room.checked_sub(10 * depth)?;
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
        // `DateTime<FixedOffset>`
        text @ Shape::String(_) if cx.options.dates == Dates::Chrono => {
            let is_date_time = scalar::scalar(text, cx.options) == Some(RustType::DateTime);
            (usize::from(is_date_time), Vec::new())
        }
        _ => (0, Vec::new()),
    }
}
