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

/// The types that a body names; a macro, since there is one list of them for those who read and those who change.
macro_rules! of_content {
    ($content:expr, $iter:ident, $($ref:tt)+) => {{
        let content = $content;
        let headers = content.encoding.$iter().flat_map(|encoding| encoding.headers.$iter());
        let types = [content.ty.$iter(), content.item.$iter(), content.event_data.$iter()];
        types.into_iter().flatten().chain(headers.map(|header| $($ref)+ header.ty)).collect()
    }};
}

fn of_content(content: &Content) -> Vec<&TypeId> {
    of_content!(content, iter, &)
}

fn of_content_mut(content: &mut Content) -> Vec<&mut TypeId> {
    of_content!(content, iter_mut, &mut)
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

/// The types that an operation names, to be changed.
pub(crate) fn of_operation_mut(operation: &mut Operation) -> Vec<&mut TypeId> {
    let mut types: Vec<&mut TypeId> = operation
        .parameters
        .iter_mut()
        .map(|parameter| &mut parameter.ty)
        .collect();
    let bodies = operation.request_body.iter_mut().flat_map(|body| &mut body.content);
    types.extend(bodies.flat_map(of_content_mut));
    for response in &mut operation.responses {
        types.extend(response.content.iter_mut().flat_map(of_content_mut));
        types.extend(response.headers.iter_mut().map(|header| &mut header.ty));
    }
    types
}

/// The types that a shape refers to, to be changed.
pub(crate) fn of_shape_mut(shape: &mut Shape) -> Vec<&mut TypeId> {
    match shape {
        Shape::Array(array) => vec![&mut array.items],
        Shape::Tuple(tuple) => tuple.items.iter_mut().chain(&mut tuple.rest).collect(),
        Shape::Object(object) => {
            let mut types: Vec<&mut TypeId> = object.fields.iter_mut().map(|field| &mut field.ty).collect();
            types.extend(object.patterns.iter_mut().map(|pattern| &mut pattern.ty));
            types.extend(&mut object.names);
            if let Rest::Typed(ty) = &mut object.rest {
                types.push(ty);
            }
            types
        }
        Shape::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        Shape::Nullable(inner) | Shape::Alias(inner) => vec![inner],
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
