//! Which types something refers to.

use crate::{Content, Header, Operation, Rest, Shape, TypeId};

/// The types of what the caller of an operation sends.
pub(crate) fn of_request(operation: &Operation) -> Vec<TypeId> {
    let mut types: Vec<TypeId> = operation.parameters.iter().map(|parameter| parameter.ty).collect();
    let bodies = operation.request_body.iter().flat_map(|body| &body.content);
    types.extend(bodies.flat_map(of_content));
    types
}

/// The types of what the caller of an operation gets.
pub(crate) fn of_responses(operation: &Operation) -> Vec<TypeId> {
    let mut types = Vec::new();
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
pub(crate) fn of_shape(shape: &Shape) -> Vec<TypeId> {
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
