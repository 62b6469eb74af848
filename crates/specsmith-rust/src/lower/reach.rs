//! Which types generated code needs, in the order in which they get their names.

use std::collections::BTreeMap;

use specsmith_ir::{Content, Object, Origin, Owner, Rest, Shape, Step, TypeId};

use super::content::{self, ContentKind};
use super::context::{Context, index};
use super::forms::{self, MemberKind};
use super::{keys, streams, structs, unions};

/// The types that generated code needs.
pub(super) struct Reached {
    /// The named schemas and all unnamed types that they and the operations lead to: named ones each followed by what
    /// is inside, then what is inside operations, and behind them the types that requests have beside those of
    /// responses. An owner comes before what it holds.
    pub(super) order: Vec<TypeId>,
    /// Where types are found that are not inside what their origin says, such as parts of merged schemas: what they
    /// are found in first, and the way to them.
    pub(super) found_in: BTreeMap<TypeId, (TypeId, Step)>,
}

/// Walks to everything that generated code needs.
///
/// A field that is sent in one direction adds names and changes none, so types are looked for where the document has
/// them, also where only the other direction has them left.
pub(super) fn reached(cx: &Context<'_>) -> Reached {
    let used = walk(cx, Way::Use).seen;
    let Walk {
        at_home,
        mut order,
        mut found_in,
        ..
    } = walk(cx, Way::Names);
    found_in.retain(|id, _| at_home.get(index(*id)) == Some(&false));
    order.retain(|id| used.get(index(*id)) == Some(&true));
    order.sort_by_key(|id| cx.view(*id).is_some_and(|view| view.response.is_some()));
    Reached { order, found_in }
}

/// What a walk is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// To find what is used.
    Use,
    /// To find where types stand in the document.
    Names,
}

fn walk<'c, 'a>(cx: &'c Context<'a>, way: Way) -> Walk<'c, 'a> {
    let mut walk = Walk {
        cx,
        way,
        seen: vec![false; cx.api.types.len()],
        at_home: vec![false; cx.api.types.len()],
        order: Vec::new(),
        found_in: BTreeMap::new(),
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
        if let Some(body) = &operation.request_body {
            // In the order of the document: what is added behind a body takes no name from it.
            walk.contents(&content::in_order(&body.content, content::requests(cx)));
        }
        for response in &operation.responses {
            walk.contents(&content::by_preference(&response.content, content::responses(cx)));
        }
    }
    for body in cx.api.sent().filter_map(|sent| sent.request_body.as_ref()) {
        walk.contents(&content::by_preference(&body.content, content::responses(cx)));
    }
    let responses = cx.api.operations.iter().flat_map(|operation| &operation.responses);
    for header in responses.flat_map(|response| &response.headers) {
        walk.from(header.ty);
    }
    walk
}

struct Walk<'c, 'a> {
    cx: &'c Context<'a>,
    way: Way,
    seen: Vec<bool>,
    /// Whether a type was found in what its origin says.
    at_home: Vec<bool>,
    order: Vec<TypeId>,
    found_in: BTreeMap<TypeId, (TypeId, Step)>,
}

impl Walk<'_, '_> {
    fn contents(&mut self, contents: &[(ContentKind, &Content)]) {
        for (kind, content) in contents {
            if *kind == ContentKind::Events
                && let (Some(ty), _) = streams::event(self.cx, content)
            {
                self.from(ty);
            }
            if *kind == ContentKind::Multipart {
                for (field, kind) in forms::members(self.cx, content) {
                    if kind == MemberKind::Value {
                        self.from(field.ty);
                    }
                }
            }
            for ty in [content.ty, content.item]
                .into_iter()
                .flatten()
                .filter(|_| kind.is_typed())
            {
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
            let inside = self
                .inside(id)
                .into_iter()
                .filter(|(_, inner)| !self.cx.is_component(*inner));
            let from = stack.len();
            for (step, inner) in inside {
                stack.push(inner);
                self.find(inner, id, step);
            }
            if let Some(added) = stack.get_mut(from..) {
                added.reverse();
            }
        }
    }

    /// The types that stand inside a type and are written with it, and the way to them.
    fn inside(&self, id: TypeId) -> Vec<(Step, TypeId)> {
        let now = inside(self.cx, id, self.cx.shape(id));
        match self.cx.view(id) {
            Some(view) if self.way == Way::Names && view.response.is_none() => {
                let declared = inside(self.cx, id, &view.declared).into_iter();
                declared.chain(now).collect()
            }
            _ => now,
        }
    }

    fn find(&mut self, id: TypeId, owner: TypeId, step: Step) {
        match self.cx.ty(id).map(|ty| &ty.origin) {
            Some(Origin::Inline {
                owner: Owner::Type(home),
                ..
            }) if *home != owner => {
                self.found_in.entry(id).or_insert((owner, step));
            }
            _ => {
                if let Some(at_home) = self.at_home.get_mut(index(id)) {
                    *at_home = true;
                }
            }
        }
    }
}

/// The types that stand inside a type of this shape.
fn inside(cx: &Context<'_>, id: TypeId, shape: &Shape) -> Vec<(Step, TypeId)> {
    match shape {
        Shape::Nullable(inner) | Shape::Alias(inner) => vec![(Step::NonNull, *inner)],
        Shape::Array(array) => vec![(Step::Items, array.items)],
        Shape::Tuple(tuple) => {
            let items = tuple
                .items
                .iter()
                .enumerate()
                .map(|(index, ty)| (Step::Item(index), *ty));
            items.chain(tuple.rest.map(|rest| (Step::Items, rest))).collect()
        }
        Shape::Object(object) => inside_object(cx, id, object),
        Shape::Union(union) => {
            let variants = union.variants.iter().enumerate();
            variants
                .filter(|(_, variant)| unions::only_value(cx, variant).is_none())
                .map(|(index, variant)| {
                    let hint = variant.name.clone();
                    (Step::Variant { index, hint }, variant.ty)
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

fn inside_object(cx: &Context<'_>, id: TypeId, object: &Object) -> Vec<(Step, TypeId)> {
    let fields = object
        .fields
        .iter()
        .filter(|field| structs::constant(cx, id, field).is_none());
    let rest = match object.rest {
        Rest::Typed(ty) => Some(ty),
        Rest::Unstated | Rest::Denied => None,
    };
    let patterns = object.patterns.iter();
    fields
        .map(|field| (Step::Property(field.name.clone()), field.ty))
        .chain(patterns.map(|pattern| (Step::PatternProperty(pattern.pattern.clone()), pattern.ty)))
        .chain(rest.map(|ty| (Step::AdditionalProperties, ty)))
        .chain(keys::of(cx, object).map(|ty| (Step::Property("name".to_owned()), ty)))
        .collect()
}
