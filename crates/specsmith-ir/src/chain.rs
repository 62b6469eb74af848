//! How operations lead to a type.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::changes::Part;
use crate::{Api, Content, Operation, Rest, Shape, TypeId, refer};

/// The shortest way from an operation to a type.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    /// The operation, webhook or callback: `GET /books`.
    pub start: String,
    /// The types on the way, each with the parts that lead to it; the last one is the type itself.
    pub links: Vec<(Vec<Part>, TypeId)>,
}

/// The shortest way from an operation to a type; `None` where no operation uses it. Of ways that are equally long, it is that
/// of the first operation.
pub fn chain(api: &Api, target: TypeId) -> Option<Chain> {
    let mut before: BTreeMap<TypeId, (Option<TypeId>, Vec<Part>, usize)> = BTreeMap::new();
    let mut open = VecDeque::new();
    let all: Vec<&Operation> = api.operations.iter().chain(api.sent()).collect();
    for (index, operation) in all.iter().enumerate() {
        for (parts, id) in of_operation(operation) {
            before.entry(id).or_insert_with(|| {
                open.push_back(id);
                (None, parts, index)
            });
        }
    }
    while let Some(id) = open.pop_front() {
        if id == target {
            break;
        }
        let start = before.get(&id).map_or(0, |(.., start)| *start);
        for (part, inside) in of_shape(&api.types[id].shape) {
            before.entry(inside).or_insert_with(|| {
                open.push_back(inside);
                (Some(id), part.into_iter().collect(), start)
            });
        }
    }
    let (mut links, mut next) = (Vec::new(), Some(target));
    let mut start = None;
    while let Some(id) = next {
        let (from, parts, operation) = before.get(&id)?;
        links.push((parts.clone(), id));
        (start, next) = (all.get(*operation), *from);
    }
    links.reverse();
    let start = start?;
    Some(Chain {
        start: format!("{} {}", start.method, start.path.text),
        links,
    })
}

/// The operations, webhooks and callbacks that use a type, directly or through others: `GET /books`.
pub fn users(api: &Api, target: TypeId) -> Vec<String> {
    let mut holders: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    for (id, ty) in api.types.iter() {
        for inside in refer::of_shape(&ty.shape) {
            holders.entry(inside).or_default().push(id);
        }
    }
    let (mut around, mut open) = (BTreeSet::from([target]), vec![target]);
    while let Some(id) = open.pop() {
        for holder in holders.get(&id).into_iter().flatten() {
            if around.insert(*holder) {
                open.push(*holder);
            }
        }
    }
    let all = api.operations.iter().chain(api.sent());
    let users = all.filter(|operation| {
        let types = [refer::of_request(operation), refer::of_responses(operation)];
        types.into_iter().flatten().any(|id| around.contains(&id))
    });
    users
        .map(|operation| format!("{} {}", operation.method, operation.path.text))
        .collect()
}

/// The types that an operation names, with what leads to them.
fn of_operation(operation: &Operation) -> Vec<(Vec<Part>, TypeId)> {
    let mut types = Vec::new();
    for parameter in &operation.parameters {
        let part = Part::Parameter(parameter.place, parameter.name.clone());
        types.push((vec![part], parameter.ty));
    }
    let bodies = operation.request_body.iter().flat_map(|body| &body.content);
    types.extend(bodies.flat_map(|content| of_content(&Part::Body, content)));
    for response in &operation.responses {
        let part = Part::Response(response.status);
        types.extend(response.content.iter().flat_map(|content| of_content(&part, content)));
        for header in &response.headers {
            types.push((vec![part.clone(), Part::Header(header.name.clone())], header.ty));
        }
    }
    types
}

fn of_content(around: &Part, content: &Content) -> Vec<(Vec<Part>, TypeId)> {
    let media_type = Part::MediaType(content.media_type.as_str().to_owned());
    let parts = || vec![around.clone(), media_type.clone()];
    let whole = content.ty.map(|id| (parts(), id));
    let items = [content.item, content.event_data].into_iter().flatten();
    let items = items.map(|id| ([parts(), vec![Part::Items]].concat(), id));
    whole.into_iter().chain(items).collect()
}

/// The types inside a shape, with what leads to them.
fn of_shape(shape: &Shape) -> Vec<(Option<Part>, TypeId)> {
    match shape {
        Shape::Array(array) => vec![(Some(Part::Items), array.items)],
        Shape::Tuple(tuple) => {
            let items = tuple.items.iter().enumerate();
            let items = items.map(|(index, id)| (Some(Part::Item(index)), *id));
            items.chain(tuple.rest.map(|id| (Some(Part::Items), id))).collect()
        }
        Shape::Object(object) => {
            let fields = object.fields.iter();
            let fields = fields.map(|field| (Some(Part::Field(field.name.clone())), field.ty));
            let patterns = object.patterns.iter();
            let patterns = patterns.map(|field| (Some(Part::Pattern(field.pattern.clone())), field.ty));
            let rest = match object.rest {
                Rest::Typed(id) => Some((Some(Part::Members), id)),
                Rest::Unstated | Rest::Denied => None,
            };
            let names = object.names.map(|id| (None, id));
            fields.chain(patterns).chain(rest).chain(names).collect()
        }
        other => refer::of_shape(other).into_iter().map(|id| (None, id)).collect(),
    }
}
