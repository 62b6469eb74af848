//! Which types of an API something refers to.

use std::collections::BTreeSet;

use crate::{Api, Origin, TypeId, refer};

/// The named schemas, the types that operations use, and all types inside those.
pub(super) fn reached(api: &Api) -> BTreeSet<TypeId> {
    let named = api
        .types
        .iter()
        .filter(|(_, ty)| matches!(ty.origin, Origin::Component(_)))
        .map(|(id, _)| id);
    let mut open: Vec<TypeId> = named.collect();
    for operation in api.operations.iter().chain(api.sent()) {
        open.extend(refer::of_request(operation));
        open.extend(refer::of_responses(operation));
    }
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(refer::of_shape(&api.types[id].shape));
        }
    }
    reached
}
