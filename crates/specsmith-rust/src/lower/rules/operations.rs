//! The rules of what operations send and receive: parameters, bodies, the parts of forms, responses.

use std::collections::BTreeSet;

use specsmith_ir::{self as ir, Shape};

use super::super::bodies::line_id;
use super::super::context::Context;
use super::{limits, place, reach, simplify};
use crate::model::{
    Body, BodyKind, Model, PartKind, Reach, ResponseBody, Rule, RuleSet, Rules, RustType, SentBody, SentResponse,
    TypeItemId,
};

/// The rules of parameters and bodies.
pub(super) fn lower(cx: &mut Context<'_>, model: &Model, constrained: &BTreeSet<TypeItemId>, rules: &mut Rules) {
    for (_, operation) in model.operations() {
        let Some(source) = cx.api.operations.get(operation.source.0 as usize) else {
            continue;
        };
        for parameter in &operation.parameters {
            let same = |other: &&ir::Parameter| other.place == parameter.place && other.name == parameter.wire;
            let Some(ty) = source.parameters.iter().find(same).map(|source| source.ty) else {
                continue;
            };
            let found = simplify::rules(place(cx, model, &parameter.ty, ty, 0));
            let sets = reach::split(model, constrained, &parameter.ty, found);
            if !sets.is_empty() {
                let key = (operation.source, parameter.place, parameter.wire.clone());
                rules.parameters.insert(key, sets);
            }
        }
        for (index, body) in operation.bodies().enumerate() {
            let sets = self::body(cx, model, constrained, body, source);
            if !sets.is_empty() {
                rules.bodies.insert((operation.source, index), sets);
            }
            for (name, sets) in parts(cx, model, constrained, body, source) {
                rules.parts.insert((operation.source, index, name), sets);
            }
        }
        for (index, sent) in operation.responses.sent.iter().enumerate() {
            let found = response(cx, model, constrained, sent, source);
            rules
                .responses
                .extend(found.map(|set| ((operation.source, index), set)));
        }
    }
}

/// The rules of a response that is sent as a whole, without patterns: they may need an engine that nothing else needs.
fn response(
    cx: &mut Context<'_>,
    model: &Model,
    constrained: &BTreeSet<TypeItemId>,
    sent: &SentResponse,
    source: &ir::Operation,
) -> Option<RuleSet> {
    let SentBody::Whole(ResponseBody::Json(ty) | ResponseBody::Xml(ty, _)) = &sent.body else {
        return None;
    };
    let of_status = |response: &&ir::Response| response.status == sent.status;
    let of_type = |content: &&ir::Content| Some(&content.media_type) == sent.media_type.as_ref();
    let response = source.responses.iter().find(of_status)?;
    let id = response.content.iter().find(of_type)?.ty?;
    let found = simplify::rules(place(cx, model, ty, id, 0));
    let mut sets = reach::split(model, constrained, ty, found).into_iter();
    let mut set = sets.find(|set| set.reach == Reach::Typed)?;
    set.rules.retain(|rule| {
        let mut is_plain = true;
        super::for_each(std::slice::from_ref(rule), &mut |rule| {
            is_plain &= !matches!(rule, Rule::Pattern(_) | Rule::Refer(_));
            is_plain &= !matches!(rule, Rule::Members { patterns, .. } if !patterns.is_empty());
        });
        is_plain
    });
    (!set.rules.is_empty()).then_some(set)
}

fn body(
    cx: &mut Context<'_>,
    model: &Model,
    constrained: &BTreeSet<TypeItemId>,
    body: &Body,
    source: &ir::Operation,
) -> Vec<RuleSet> {
    let Some(request) = &source.request_body else {
        return Vec::new();
    };
    let ty = match &body.kind {
        BodyKind::Json(ty) | BodyKind::Form(ty) | BodyKind::Lines(ty) | BodyKind::Xml(ty, _) => ty.clone(),
        BodyKind::Text => RustType::String,
        BodyKind::Multipart | BodyKind::Bytes => return Vec::new(),
    };
    let Some(content) = content_of(body, request) else {
        return Vec::new();
    };
    let found = match (&body.kind, content.ty) {
        (BodyKind::Lines(line), _) => {
            let id = line_id(cx, content);
            id.map(|id| place(cx, model, line, id, 0)).unwrap_or_default()
        }
        (_, Some(id)) => place(cx, model, &ty, id, 0),
        (_, None) => return Vec::new(),
    };
    reach::split(model, constrained, &ty, simplify::rules(found))
}

/// What the document says of a body.
fn content_of<'a>(body: &Body, request: &'a ir::RequestBody) -> Option<&'a ir::Content> {
    let essence = body.media_type.essence();
    let same = |content: &&ir::Content| content.media_type.essence() == essence;
    request.content.iter().find(same).or(match request.content.as_slice() {
        [only] => Some(only),
        _ => None,
    })
}

/// The rules of the parts of a typed multipart body, by their names.
fn parts(
    cx: &mut Context<'_>,
    model: &Model,
    constrained: &BTreeSet<TypeItemId>,
    body: &Body,
    source: &ir::Operation,
) -> Vec<(String, Vec<RuleSet>)> {
    let (Some(form), Some(request)) = (&body.form, &source.request_body) else {
        return Vec::new();
    };
    let object = content_of(body, request).and_then(|content| content.ty);
    let Some(Shape::Object(object)) = object.map(|ty| cx.shape(cx.resolve(ty)).clone()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for part in &form.parts {
        let Some(field) = object.fields.iter().find(|field| field.name == part.wire) else {
            continue;
        };
        let sets = match &part.kind {
            PartKind::Value(ty) => {
                let rules = simplify::rules(place(cx, model, ty, field.ty, 0));
                reach::split(model, constrained, ty, rules)
            }
            PartKind::File => Vec::new(),
            PartKind::Files => match cx.shape(cx.core(field.ty)) {
                Shape::Array(array) => {
                    let rules = limits::items(array.min_items, array.max_items);
                    let reach = Reach::Counted;
                    Vec::from_iter((!rules.is_empty()).then_some(RuleSet { reach, rules }))
                }
                _ => Vec::new(),
            },
        };
        if !sets.is_empty() {
            found.push((part.wire.clone(), sets));
        }
    }
    found
}
