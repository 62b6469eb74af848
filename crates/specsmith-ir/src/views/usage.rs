//! In which directions operations use each type.

use crate::{Api, Direction, Shape, TypeId, Types, refer};

/// In which directions types are used.
pub(crate) struct Usage {
    requests: Vec<bool>,
    responses: Vec<bool>,
}

impl Usage {
    /// Whether values of a type are sent in a direction.
    pub(crate) fn has(&self, id: TypeId, direction: Direction) -> bool {
        let used = match direction {
            Direction::Request => &self.requests,
            Direction::Response => &self.responses,
        };
        used.get(id.0 as usize).copied().unwrap_or(false)
    }
}

/// Walks to all that operations send, leaving fields out that do not go that way.
pub(crate) fn of(api: &Api) -> Usage {
    let (mut requests, mut responses) = (Vec::new(), Vec::new());
    for operation in &api.operations {
        requests.extend(refer::of_request(operation));
        responses.extend(refer::of_responses(operation));
    }
    for sent in api.sent() {
        requests.extend(refer::of_responses(sent));
        responses.extend(refer::of_request(sent));
    }
    Usage {
        requests: walk(&api.types, requests, Direction::Request),
        responses: walk(&api.types, responses, Direction::Response),
    }
}

fn walk(types: &Types, mut open: Vec<TypeId>, direction: Direction) -> Vec<bool> {
    let mut used = vec![false; types.len()];
    while let Some(id) = open.pop() {
        if let Some(seen) = used.get_mut(id.0 as usize).filter(|seen| !**seen) {
            *seen = true;
            open.extend(carried(&types[id].shape, direction));
        }
    }
    used
}

/// The types that are sent inside a value of this shape.
fn carried(shape: &Shape, direction: Direction) -> Vec<TypeId> {
    let Shape::Object(object) = shape else {
        return refer::of_shape(shape);
    };
    let mut object = object.clone();
    object.fields.retain(|field| direction.carries(field.access));
    refer::of_shape(&Shape::Object(object))
}
