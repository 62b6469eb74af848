//! Makes the types of each direction, and lets operations refer to them.

use std::collections::{BTreeMap, BTreeSet};

use super::usage::Usage;
use super::{behind, demands};
use crate::{
    Api, Assertions, Condition, Content, Direction, Header, Object, Operation, Origin, Owner, Rest, Shape, TypeId,
    Types, Union, View,
};

/// How many types are looked at behind a variant of a union that is a union itself.
const MAX_NESTED: usize = 64;

/// The types that requests have beside those of responses, by the latter.
type Requests = BTreeMap<TypeId, TypeId>;

/// A type of one direction that is to be made.
struct Plan {
    /// The type as the document has it.
    source: TypeId,
    /// Where it goes.
    target: TypeId,
    direction: Direction,
}

/// Makes types of one direction of those that differ.
pub(super) fn split(api: &mut Api, differing: &[bool], usage: &Usage) {
    let (plans, requests) = plan(&mut api.types, differing, usage);
    let made: Vec<(TypeId, Shape, Assertions, View)> = plans
        .iter()
        .map(|plan| {
            let shape = shape(&api.types, plan, &requests);
            let assertions = assertions(&api.types, plan);
            (plan.target, shape, assertions, view(&api.types, plan))
        })
        .collect();
    for (id, shape, assertions, view) in made {
        let ty = &mut api.types[id];
        ty.shape = shape;
        ty.assertions = assertions;
        if view.response.is_some() {
            refer_to_owner(&mut ty.origin, &requests);
        }
        api.types.set_view(id, view);
    }
    for operation in &mut api.operations {
        let of_request = request_types(operation);
        to_requests(of_request, &requests);
    }
    let callbacks = api.callbacks.iter_mut().map(|callback| &mut callback.request);
    for sent in api.webhooks.iter_mut().chain(callbacks) {
        let of_responses = response_types(sent);
        to_requests(of_responses, &requests);
    }
}

/// What is to be made, and the types that requests get for it.
fn plan(types: &mut Types, differing: &[bool], usage: &Usage) -> (Vec<Plan>, Requests) {
    let ids: Vec<(TypeId, bool)> = types.iter().map(|(id, _)| (id, types.view(id).is_none())).collect();
    let mut plans = Vec::new();
    let mut requests = Requests::new();
    for ((source, is_new), differs) in ids.into_iter().zip(differing) {
        if !is_new || !differs {
            continue;
        }
        let is_in_responses = usage.has(source, Direction::Response);
        if is_in_responses {
            plans.push(Plan {
                source,
                target: source,
                direction: Direction::Response,
            });
        }
        if usage.has(source, Direction::Request) {
            let target = match is_in_responses {
                true => types.add(types[source].clone()),
                false => source,
            };
            if target != source {
                requests.insert(source, target);
            }
            plans.push(Plan {
                source,
                target,
                direction: Direction::Request,
            });
        }
    }
    (plans, requests)
}

fn view(types: &Types, plan: &Plan) -> View {
    View {
        direction: plan.direction,
        response: (plan.target != plan.source).then_some(plan.source),
        left_out: match &types[plan.source].shape {
            Shape::Object(object) => left_out_of(object, plan.direction),
            _ => Vec::new(),
        },
        declared: types[plan.source].shape.clone(),
    }
}

fn left_out_of(object: &Object, direction: Direction) -> Vec<String> {
    let fields = object.fields.iter();
    let fields = fields.filter(|field| !direction.carries(field.access));
    fields.map(|field| field.name.clone()).collect()
}

/// The shape in a direction, which refers to types of that direction.
fn shape(types: &Types, plan: &Plan, requests: &Requests) -> Shape {
    let mut shape = types[plan.source].shape.clone();
    match &mut shape {
        Shape::Object(object) => {
            let count = object.fields.len();
            object.fields.retain(|field| plan.direction.carries(field.access));
            let left_out = count.saturating_sub(object.fields.len());
            object.min_properties = demands::fewer(object.min_properties, left_out);
        }
        Shape::Union(union) => drop_conditions(types, union, plan.direction),
        _ => {}
    }
    if plan.direction == Direction::Request {
        to_requests(types_of_shape(&mut shape), requests);
    }
    shape
}

/// What values must satisfy in a direction.
fn assertions(types: &Types, plan: &Plan) -> Assertions {
    let mut assertions = types[plan.source].assertions.clone();
    if !assertions.is_empty() {
        demands::without(&mut assertions, &left_out(types, plan.source, plan.direction));
    }
    assertions
}

/// Drops conditions that look at what is left out, since nothing is there to be looked at.
fn drop_conditions(types: &Types, union: &mut Union, direction: Direction) {
    for variant in &mut union.variants {
        let left_out = left_out(types, variant.ty, direction);
        variant.conditions.retain(|condition| match condition {
            Condition::PropertyValue { name, .. } | Condition::HasProperty(name) => !left_out.contains(name),
            Condition::AtLeast(_) => left_out.is_empty(),
            Condition::Kind(_) | Condition::Value(_) | Condition::LacksProperty(_) => true,
        });
    }
}

/// The members that are left out of values of a type, through unions too.
fn left_out(types: &Types, id: TypeId, direction: Direction) -> BTreeSet<String> {
    let mut left_out = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        let id = behind(types, id);
        if seen.len() >= MAX_NESTED || !seen.insert(id) {
            continue;
        }
        match &types[id].shape {
            Shape::Object(object) => left_out.extend(left_out_of(object, direction)),
            Shape::Union(union) => open.extend(union.variants.iter().map(|variant| variant.ty)),
            _ => {}
        }
    }
    left_out
}

/// What stands inside a type of requests stands inside its own owner.
fn refer_to_owner(origin: &mut Origin, requests: &Requests) {
    if let Origin::Inline {
        owner: Owner::Type(owner),
        ..
    } = origin
    {
        to_requests(vec![owner], requests);
    }
}

fn to_requests(types: Vec<&mut TypeId>, requests: &Requests) {
    for ty in types {
        if let Some(request) = requests.get(ty) {
            *ty = *request;
        }
    }
}

/// The types of what the caller of an operation sends.
fn request_types(operation: &mut Operation) -> Vec<&mut TypeId> {
    let parameters = operation.parameters.iter_mut().map(|parameter| &mut parameter.ty);
    let bodies = operation.request_body.iter_mut().flat_map(|body| &mut body.content);
    parameters.chain(bodies.flat_map(content_types)).collect()
}

/// The types of what the caller of an operation gets.
fn response_types(operation: &mut Operation) -> Vec<&mut TypeId> {
    let mut types = Vec::new();
    for response in &mut operation.responses {
        types.extend(response.content.iter_mut().flat_map(content_types));
        types.extend(header_types(&mut response.headers));
    }
    types
}

fn content_types(content: &mut Content) -> Vec<&mut TypeId> {
    let encodings = content.encoding.iter_mut();
    let headers = encodings.flat_map(|encoding| header_types(&mut encoding.headers));
    let items = content.item.iter_mut().chain(&mut content.event_data);
    content.ty.iter_mut().chain(items).chain(headers).collect()
}

fn header_types(headers: &mut [Header]) -> impl Iterator<Item = &mut TypeId> {
    headers.iter_mut().map(|header| &mut header.ty)
}

/// The types that a shape refers to.
fn types_of_shape(shape: &mut Shape) -> Vec<&mut TypeId> {
    match shape {
        Shape::Array(array) => vec![&mut array.items],
        Shape::Tuple(tuple) => tuple.items.iter_mut().chain(&mut tuple.rest).collect(),
        Shape::Object(object) => {
            let rest = match &mut object.rest {
                Rest::Typed(ty) => Some(ty),
                Rest::Unstated | Rest::Denied => None,
            };
            let fields = object.fields.iter_mut().map(|field| &mut field.ty);
            let patterns = object.patterns.iter_mut().map(|pattern| &mut pattern.ty);
            fields.chain(patterns).chain(&mut object.names).chain(rest).collect()
        }
        Shape::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        Shape::Nullable(inner) | Shape::Alias(inner) => vec![inner],
        _ => Vec::new(),
    }
}
