//! Which types generated code needs, in the order in which they get their names.

use specsmith_ir::{Content, Object, Origin, Presence, Rest, Shape, TypeId};

use super::content;
use super::context::{Context, index};

/// The named schemas and all unnamed types that they and the operations lead to: named ones each followed by what is
/// inside, then what is inside operations. An owner comes before what it holds.
pub(super) fn reachable(cx: &Context<'_>) -> Vec<TypeId> {
    let mut walk = Walk {
        cx,
        seen: vec![false; cx.api.types.len()],
        order: Vec::new(),
    };
    for (id, ty) in cx.api.types.iter() {
        if matches!(ty.origin, Origin::Component(_)) {
            walk.from(id);
        }
    }
    for operation in &cx.api.operations {
        for parameter in &operation.parameters {
            walk.from(parameter.ty);
        }
        let body = operation.request_body.iter().flat_map(|body| &body.content);
        let (requests, responses) = (content::requests(cx), content::responses(cx));
        walk.contents(body, |content| requests(content).is_typed());
        let contents = operation.responses.iter().flat_map(|response| &response.content);
        walk.contents(contents, |content| responses(content).is_typed());
    }
    walk.order
}

struct Walk<'c, 'a> {
    cx: &'c Context<'a>,
    seen: Vec<bool>,
    order: Vec<TypeId>,
}

impl Walk<'_, '_> {
    fn contents<'x>(&mut self, contents: impl Iterator<Item = &'x Content>, typed: impl Fn(&Content) -> bool) {
        for content in contents {
            if let Some(ty) = content.ty.filter(|_| typed(content)) {
                self.from(ty);
            }
        }
    }

    /// Takes a type and everything unnamed inside it, owners first, in the order of the document.
    fn from(&mut self, start: TypeId) {
        let mut stack = vec![start];
        while let Some(id) = stack.pop() {
            match self.seen.get_mut(index(id)) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            self.order.push(id);
            let mut inside = inside(self.cx, id);
            inside.reverse();
            stack.extend(inside.into_iter().filter(|id| !self.cx.is_component(*id)));
        }
    }
}

/// The types that stand inside a type and are written with it.
pub(super) fn inside(cx: &Context<'_>, id: TypeId) -> Vec<TypeId> {
    match cx.shape(id) {
        Shape::Nullable(inner) | Shape::Alias(inner) => vec![*inner],
        Shape::Array(array) => vec![array.items],
        Shape::Tuple(tuple) => tuple.items.iter().copied().chain(tuple.rest).collect(),
        Shape::Object(object) => inside_object(cx, object),
        Shape::Union(union) => union.variants.iter().map(|variant| variant.ty).collect(),
        _ => Vec::new(),
    }
}

fn inside_object(cx: &Context<'_>, object: &Object) -> Vec<TypeId> {
    let fields = object
        .fields
        .iter()
        .filter(|field| field.presence != Presence::Required || super::structs::constant(cx, field).is_none());
    let rest = match object.rest {
        Rest::Typed(ty) => Some(ty),
        Rest::Unstated | Rest::Denied => None,
    };
    fields
        .map(|field| field.ty)
        .chain(object.patterns.iter().map(|pattern| pattern.ty))
        .chain(rest)
        .collect()
}
