//! Which types of an API something refers to.

use std::collections::BTreeSet;

use crate::{Api, Content, Header, Operation, Origin, Rest, Shape, TypeId};

/// The named schemas, the types that operations use, and all types inside those.
pub(super) fn reached(api: &Api) -> BTreeSet<TypeId> {
    let named = api
        .types
        .iter()
        .filter(|(_, ty)| matches!(ty.origin, Origin::Component(_)))
        .map(|(id, _)| id);
    let mut open: Vec<TypeId> = named.collect();
    for operation in api.operations.iter().chain(&api.webhooks) {
        open.extend(of_operation(operation));
    }
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(inside(&api.types[id].shape));
        }
    }
    reached
}

fn of_operation(operation: &Operation) -> Vec<TypeId> {
    let mut types: Vec<TypeId> = operation.parameters.iter().map(|parameter| parameter.ty).collect();
    let bodies = operation.request_body.iter().flat_map(|body| &body.content);
    types.extend(bodies.flat_map(of_content));
    for response in &operation.responses {
        types.extend(response.content.iter().flat_map(of_content));
        types.extend(of_headers(&response.headers));
    }
    types
}

fn of_content(content: &Content) -> Vec<TypeId> {
    let headers = content
        .encoding
        .iter()
        .flat_map(|encoding| of_headers(&encoding.headers));
    content.ty.into_iter().chain(content.item).chain(headers).collect()
}

fn of_headers(headers: &[Header]) -> Vec<TypeId> {
    headers.iter().map(|header| header.ty).collect()
}

/// The types that a shape refers to.
fn inside(shape: &Shape) -> Vec<TypeId> {
    match shape {
        Shape::Array(array) => vec![array.items],
        Shape::Tuple(tuple) => tuple.items.iter().copied().chain(tuple.rest).collect(),
        Shape::Object(object) => {
            let mut types: Vec<TypeId> = object.fields.iter().map(|field| field.ty).collect();
            types.extend(object.patterns.iter().map(|pattern| pattern.ty));
            types.extend(object.names);
            if let Rest::Typed(ty) = object.rest {
                types.push(ty);
            }
            types
        }
        Shape::Union(union) => union.variants.iter().map(|variant| variant.ty).collect(),
        Shape::Nullable(inner) | Shape::Alias(inner) => vec![*inner],
        Shape::Any
        | Shape::Never
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::String(_)
        | Shape::Enum(_)
        | Shape::Const(_) => Vec::new(),
    }
}
