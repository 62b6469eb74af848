//! Which types requests and responses hold.

use super::graph::{Holding, edges, named};
use crate::model::{Body, Group, Operation, ResponseBody, RustType, TypeItem, Usage};

/// Marks each type with what uses it, directly or through other types; `shared` are those of headers and webhooks.
pub(super) fn mark(items: &mut [TypeItem], groups: &[Group], shared: &[RustType]) {
    let edges = edges(items, Holding::Any);
    let operations = || groups.iter().flat_map(|group| &group.operations);
    reach(items, &edges, operations().flat_map(sent), |usage| &mut usage.requests);
    let received = operations().flat_map(received);
    let received = received.chain(shared);
    reach(items, &edges, received, |usage| &mut usage.responses);
}

/// The types that a request holds.
fn sent(operation: &Operation) -> impl Iterator<Item = &RustType> {
    let bodies = operation.bodies().flat_map(Body::types);
    operation.parameters.iter().map(|parameter| &parameter.ty).chain(bodies)
}

/// The types that responses hold.
fn received(operation: &Operation) -> impl Iterator<Item = &RustType> {
    let bodies = operation.responses.list.iter().map(|response| &response.body);
    let whole = bodies.filter_map(ResponseBody::ty);
    whole.chain(operation.responses.stream_types())
}

fn reach<'t>(
    items: &mut [TypeItem],
    edges: &[Vec<usize>],
    from: impl Iterator<Item = &'t RustType>,
    flag: fn(&mut Usage) -> &mut bool,
) {
    let mut stack = Vec::new();
    from.for_each(|ty| named(ty, Holding::Direct, &mut |id, _| stack.push(id.0 as usize)));
    while let Some(index) = stack.pop() {
        let Some(item) = items.get_mut(index) else { continue };
        let flag = flag(&mut item.usage);
        if !*flag {
            *flag = true;
            stack.extend(edges.get(index).into_iter().flatten());
        }
    }
}
