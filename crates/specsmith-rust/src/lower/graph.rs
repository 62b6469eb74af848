//! Type definitions as a graph: which are written inside which.

use crate::model::{RustType, TypeBody, TypeItem, TypeItemId};

/// How one type is held by another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holding {
    /// Within the size of the holder: fields, options, tuples.
    Direct,
    /// In any way, also behind a pointer: lists, maps, boxes.
    Any,
}

/// Calls `visit` for each type written in the body, in order, with how it is held.
pub(super) fn types_of<'b>(body: &'b TypeBody, visit: &mut dyn FnMut(&'b RustType, Holding)) {
    match body {
        TypeBody::Struct(body) => {
            body.fields.iter().for_each(|field| visit(&field.ty, Holding::Direct));
            body.maps().for_each(|rest| visit(&rest.values, Holding::Any));
        }
        TypeBody::Union(body) => body
            .variants
            .iter()
            .for_each(|variant| visit(&variant.ty, Holding::Direct)),
        TypeBody::Tuple(body) => body.items.iter().for_each(|item| visit(&item.ty, Holding::Direct)),
        TypeBody::Alias(ty) | TypeBody::Newtype(ty) => visit(ty, Holding::Direct),
        TypeBody::Enum(_) => {}
    }
}

/// Calls `visit` for each type in the body that holds its parts directly, in order.
pub(super) fn direct_types_mut<'b>(body: &'b mut TypeBody, visit: &mut dyn FnMut(&'b mut RustType)) {
    match body {
        TypeBody::Struct(body) => body.fields.iter_mut().for_each(|field| visit(&mut field.ty)),
        TypeBody::Union(body) => body.variants.iter_mut().for_each(|variant| visit(&mut variant.ty)),
        TypeBody::Tuple(body) => body.items.iter_mut().for_each(|item| visit(&mut item.ty)),
        TypeBody::Alias(ty) | TypeBody::Newtype(ty) => visit(ty),
        TypeBody::Enum(_) => {}
    }
}

/// Calls `visit` for each definition that is named in a type.
pub(super) fn named(ty: &RustType, holding: Holding, visit: &mut dyn FnMut(TypeItemId, Holding)) {
    match ty {
        RustType::Named(id) => visit(*id, holding),
        RustType::List(inner) | RustType::Map(inner) | RustType::Boxed(inner) => named(inner, Holding::Any, visit),
        RustType::KeyedMap(key, inner) => {
            named(key, Holding::Any, visit);
            named(inner, Holding::Any, visit);
        }
        RustType::Option(inner) | RustType::Nullable(inner) => named(inner, holding, visit),
        RustType::Tuple(items) => items.iter().for_each(|item| named(item, holding, visit)),
        _ => {}
    }
}

/// Calls `visit` for each place in a type where a definition is held directly.
pub(super) fn direct_mut(ty: &mut RustType, visit: &mut dyn FnMut(TypeItemId, &mut RustType)) {
    match ty {
        RustType::Named(id) => {
            let id = *id;
            visit(id, ty);
        }
        RustType::Option(inner) | RustType::Nullable(inner) => direct_mut(inner, visit),
        RustType::Tuple(items) => items.iter_mut().for_each(|item| direct_mut(item, visit)),
        _ => {}
    }
}

/// Calls `visit` for each place in a type where a definition is named.
pub(super) fn named_mut(ty: &mut RustType, visit: &mut dyn FnMut(TypeItemId, &mut RustType)) {
    match ty {
        RustType::Named(id) => {
            let id = *id;
            visit(id, ty);
        }
        RustType::Option(inner)
        | RustType::Nullable(inner)
        | RustType::List(inner)
        | RustType::Map(inner)
        | RustType::Boxed(inner) => named_mut(inner, visit),
        RustType::KeyedMap(key, inner) => {
            named_mut(key, visit);
            named_mut(inner, visit);
        }
        RustType::Tuple(items) => items.iter_mut().for_each(|item| named_mut(item, visit)),
        _ => {}
    }
}

/// The definitions that each definition names in the order of its body, by their places in the list; with
/// [`Holding::Direct`] only those that it holds directly.
pub(super) fn edges(items: &[TypeItem], holding: Holding) -> Vec<Vec<usize>> {
    items
        .iter()
        .map(|item| {
            let mut targets = Vec::new();
            types_of(&item.body, &mut |ty, of| {
                named(ty, of, &mut |id, of| {
                    if holding == Holding::Any || of == Holding::Direct {
                        targets.push(id.0 as usize);
                    }
                });
            });
            targets
        })
        .collect()
}

/// The edges that close a cycle: each leads from a node back to one that the walk is still inside.
///
/// Walks depth first from each node in order and along edges in order, so that the answer depends on nothing else;
/// without these edges there is no cycle, and each of them alone would close one. An edge is its node and its place
/// among the edges of that node.
pub(super) fn back_edges(edges: &[Vec<usize>]) -> Vec<(usize, usize)> {
    let mut state = vec![State::New; edges.len()];
    let mut found = Vec::new();
    for start in 0..edges.len() {
        if state.get(start) != Some(&State::New) {
            continue;
        }
        let mut stack = vec![(start, 0)];
        enter(&mut state, start, State::Open);
        while let Some((node, next)) = stack.last_mut() {
            let (node, place) = (*node, *next);
            *next += 1;
            let Some(target) = edges.get(node).and_then(|targets| targets.get(place)).copied() else {
                enter(&mut state, node, State::Done);
                stack.pop();
                continue;
            };
            match state.get(target) {
                Some(State::New) => {
                    enter(&mut state, target, State::Open);
                    stack.push((target, 0));
                }
                Some(State::Open) => found.push((node, place)),
                _ => {}
            }
        }
    }
    found.sort_unstable();
    found
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

fn enter(state: &mut [State], node: usize, now: State) {
    if let Some(state) = state.get_mut(node) {
        *state = now;
    }
}
