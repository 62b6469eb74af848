//! A part of an API: some of its operations, and what they use.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Api, Operation, OperationId, Origin, Owner, RequiredScheme, SchemeId, TypeId, refer};

/// Leaves out the operations and webhooks that are not to be kept, the callbacks of operations that are gone, the types,
/// security schemes and tags that are no longer used, and links to what is gone. What stays is in the order that it had.
///
/// Types of one direction must be there already ([`split_views`](crate::split_views)), since what uses a type decides
/// which it has.
pub fn select(api: &mut Api, keep: &mut dyn FnMut(&Operation) -> bool) {
    let mut kept: BTreeMap<OperationId, OperationId> = BTreeMap::new();
    let mut operations = Vec::new();
    let mut left_out = Vec::new();
    for (index, operation) in (0..).zip(std::mem::take(&mut api.operations)) {
        if keep(&operation) {
            let place = u32::try_from(operations.len()).unwrap_or(u32::MAX);
            kept.insert(OperationId(index), OperationId(place));
            operations.push(operation);
        } else {
            left_out.push(operation);
        }
    }
    api.operations = operations;
    let (webhooks, others): (Vec<_>, Vec<_>) = std::mem::take(&mut api.webhooks)
        .into_iter()
        .partition(|hook| keep(hook));
    api.webhooks = webhooks;
    left_out.extend(others);
    for mut callback in std::mem::take(&mut api.callbacks) {
        match kept.get(&callback.operation) {
            Some(operation) => {
                callback.operation = *operation;
                api.callbacks.push(callback);
            }
            None => left_out.push(callback.request),
        }
    }
    tags(api, &left_out);
    schemes(api, &left_out);
    types(api, &kept);
}

/// Leaves out the tags of operations that are gone, unless what stays has them or tags below them.
fn tags(api: &mut Api, left_out: &[Operation]) {
    let gone: BTreeSet<&String> = left_out.iter().flat_map(|operation| &operation.tags).collect();
    let all = api.operations.iter().chain(api.sent());
    let mut used: BTreeSet<String> = all.flat_map(|operation| operation.tags.clone()).collect();
    let parents: BTreeMap<&String, &String> = api
        .tags
        .iter()
        .filter_map(|tag| Some((&tag.name, tag.parent.as_ref()?)))
        .collect();
    let mut above: Vec<String> = used.iter().cloned().collect();
    while let Some(tag) = above.pop() {
        if let Some(parent) = parents.get(&tag)
            && used.insert((*parent).clone())
        {
            above.push((*parent).clone());
        }
    }
    let parents_gone: BTreeSet<String> = gone
        .iter()
        .filter_map(|tag| parents.get(*tag))
        .map(|parent| (*parent).clone())
        .collect();
    api.tags
        .retain(|tag| used.contains(&tag.name) || !gone.contains(&tag.name) && !parents_gone.contains(&tag.name));
}

/// Leaves out the schemes that only operations require that are gone.
fn schemes(api: &mut Api, left_out: &[Operation]) {
    let required = |operations: &[Operation]| -> BTreeSet<SchemeId> {
        let ways = operations.iter().flat_map(|operation| &operation.security);
        ways.flat_map(|way| &way.schemes)
            .map(|required| required.scheme)
            .collect()
    };
    let (used, gone) = (required(&api.operations), required(left_out));
    let mut places = BTreeMap::new();
    let mut schemes = Vec::new();
    for (index, scheme) in (0..).zip(std::mem::take(&mut api.security_schemes)) {
        let id = SchemeId(index);
        if used.contains(&id) || !gone.contains(&id) {
            places.insert(id, SchemeId(u32::try_from(schemes.len()).unwrap_or(u32::MAX)));
            schemes.push(scheme);
        }
    }
    api.security_schemes = schemes;
    for RequiredScheme { scheme, .. } in api
        .exchanges_mut()
        .flat_map(|operation| &mut operation.security)
        .flat_map(|way| &mut way.schemes)
    {
        *scheme = places.get(scheme).copied().unwrap_or(*scheme);
    }
}

/// Leaves out the types that nothing uses which stays.
fn types(api: &mut Api, operations: &BTreeMap<OperationId, OperationId>) {
    let mut reached = vec![false; api.types.len()];
    let all = api.operations.iter().chain(api.sent());
    let mut stack: Vec<TypeId> = all
        .flat_map(|operation| [refer::of_request(operation), refer::of_responses(operation)])
        .flatten()
        .collect();
    while let Some(id) = stack.pop() {
        let Some(seen) = reached.get_mut(id.0 as usize) else {
            continue;
        };
        if std::mem::replace(seen, true) {
            continue;
        }
        let ty = &api.types[id];
        stack.extend(refer::of_shape(&ty.shape));
        // What a type stands in gives it its name.
        if let Origin::Inline {
            owner: Owner::Type(owner),
            ..
        } = &ty.origin
        {
            stack.push(*owner);
        }
        if let Some(view) = api.types.view(id) {
            stack.extend(view.response);
            stack.extend(refer::of_shape(&view.declared));
        }
    }
    let mut places = BTreeMap::new();
    for (index, _) in (0..).zip(&reached).filter(|(_, reached)| **reached) {
        let place = u32::try_from(places.len()).unwrap_or(u32::MAX);
        places.insert(TypeId(index), TypeId(place));
    }
    let moved = |id: &mut TypeId| *id = places.get(id).copied().unwrap_or(*id);
    api.types.retain(&places, &|owner| match owner {
        Owner::Type(id) => moved(id),
        Owner::Operation(id) | Owner::Callback(id, _) => {
            *id = operations.get(id).copied().unwrap_or(OperationId(u32::MAX))
        }
        Owner::Component(..) => {}
    });
    for operation in api.exchanges_mut() {
        refer::of_operation_mut(operation).into_iter().for_each(moved);
        for response in &mut operation.responses {
            response.links.retain(|link| operations.contains_key(&link.target));
            for link in &mut response.links {
                link.target = operations.get(&link.target).copied().unwrap_or(link.target);
            }
        }
    }
}

#[cfg(test)]
#[path = "select/tests.rs"]
mod tests;
