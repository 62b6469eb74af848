//! Where types are used: by which operations and in which other types.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_ir::{Content, Operation, OperationId, Rest, Shape, TypeId};
use specsmith_rust::model::TypeItemId;

use crate::context::Context;

/// Where types are used, in the order of the document.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    operations: BTreeMap<TypeItemId, Vec<OperationId>>,
    types: BTreeMap<TypeItemId, Vec<TypeItemId>>,
}

impl Usage {
    /// The operations that name a type.
    pub(crate) fn operations(&self, id: TypeItemId) -> &[OperationId] {
        self.operations.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The types that name a type.
    pub(crate) fn types(&self, id: TypeItemId) -> &[TypeItemId] {
        self.types.get(&id).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Finds where each type is used.
pub(crate) fn of(cx: &Context<'_>) -> Usage {
    let mut usage = Usage::default();
    for (id, operation) in cx.api.operations() {
        let mut found = BTreeSet::new();
        for root in roots(operation) {
            named(cx, root, &mut found);
        }
        for item in found {
            usage.operations.entry(item).or_default().push(id);
        }
    }
    for (id, item) in cx.model.types() {
        let mut found = BTreeSet::new();
        for part in parts(cx, cx.core(item.source)) {
            named(cx, part, &mut found);
        }
        for used in found.into_iter().filter(|used| *used != id) {
            usage.types.entry(used).or_default().push(id);
        }
    }
    usage
}

/// The types that an operation names itself.
fn roots(operation: &Operation) -> Vec<TypeId> {
    let of_content = |content: &Content| [content.ty, content.item, content.event_data];
    let parameters = operation.parameters.iter().map(|parameter| parameter.ty);
    let body = operation.request_body.iter().flat_map(|body| &body.content);
    let responses = operation.responses.iter();
    let headers = responses
        .clone()
        .flat_map(|response| response.headers.iter().map(|header| header.ty));
    let bodies = body.chain(responses.flat_map(|response| &response.content));
    parameters
        .chain(headers)
        .chain(bodies.flat_map(of_content).flatten())
        .collect()
}

/// The definitions that a type names, without those that they name in turn.
fn named(cx: &Context<'_>, id: TypeId, found: &mut BTreeSet<TypeItemId>) {
    let mut seen = BTreeSet::new();
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        if let Some(item) = cx.item(id) {
            found.insert(item);
        } else if seen.insert(id) {
            open.extend(parts(cx, id));
        }
    }
}

/// The types that a type is made of.
fn parts(cx: &Context<'_>, id: TypeId) -> Vec<TypeId> {
    match &cx.ty(id).shape {
        Shape::Array(array) => vec![array.items],
        Shape::Tuple(tuple) => tuple.items.iter().copied().chain(tuple.rest).collect(),
        Shape::Object(object) => {
            let rest = match object.rest {
                Rest::Typed(ty) => Some(ty),
                Rest::Unstated | Rest::Denied => None,
            };
            let fields = object.fields.iter().map(|field| field.ty);
            let patterns = object.patterns.iter().map(|pattern| pattern.ty);
            fields.chain(patterns).chain(rest).chain(object.names).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|variant| variant.ty).collect(),
        Shape::Nullable(inner) | Shape::Alias(inner) => vec![*inner],
        _ => Vec::new(),
    }
}
