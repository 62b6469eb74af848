//! The calls of a client: groups, methods, setters, what calls give and fail with.

use super::bodies::{self, given, taken};
use super::types::text;
use super::{ItemKind, Items};
use crate::Model;
use crate::model::{Body, Group, Operation, Outcome, StreamKind, Success};

/// Adds the groups of the model with their operations.
pub(super) fn collect(items: &mut Items<'_>) {
    let model = items.model;
    for group in &model.groups {
        let path = format!("api::{}", group.name.unraw());
        let accessor = format!("Client::{}", group.accessor.unraw());
        items.add(ItemKind::Type, None, path.clone(), "struct".to_owned(), false);
        items.add(ItemKind::Function, None, accessor, format!("() -> {path}"), false);
        if let Some(feature) = &group.feature {
            items.add(
                ItemKind::Feature,
                None,
                format!("feature {feature}"),
                String::new(),
                false,
            );
        }
        for operation in &group.operations {
            methods(items, operation, &path);
            let module = format!("api::{}", group.module().unraw());
            results(items, operation, &module);
            enums(items, operation, &module);
            bodies::forms(items, &module, operation);
            links(items, model, operation, &module);
        }
    }
}

/// The methods that begin a call, and the setters of what is optional.
fn methods(items: &mut Items<'_>, operation: &Operation, group: &str) {
    let name = operation.name.unraw();
    let deprecated = operation.deprecated.is_some();
    let others = operation.other_bodies.iter().filter(|body| body.required);
    for body in [operation.body.as_ref()].into_iter().chain(others.map(Some)) {
        let body = body.filter(|body| body.required);
        let method = body.map_or(&operation.method, |body| &body.method);
        let signature = format!("({}) -> Request<{name}>", arguments(items, operation, body).join(", "));
        let path = format!("{group}::{}", method.unraw());
        items.add(ItemKind::Function, Some(group), path, signature, deprecated);
    }
    let request = format!("Request<{name}>");
    let parent = format!("{group}::{}", operation.method.unraw());
    for parameter in operation.parameters.iter().filter(|parameter| !parameter.required) {
        let path = format!("{request}::{}", parameter.name.unraw());
        let signature = format!("({})", text(items.model, &parameter.ty));
        let deprecated = parameter.deprecated.is_some();
        items.add(ItemKind::Function, Some(&parent), path, signature, deprecated);
    }
    for body in operation.bodies().filter(|body| !body.required) {
        let path = format!("{request}::{}", body.method.unraw());
        let signature = format!("({})", taken(items, body).join(", "));
        items.add(ItemKind::Function, Some(&parent), path, signature, false);
    }
}

/// The types of what must be given to begin a call.
fn arguments(items: &Items<'_>, operation: &Operation, body: Option<&Body>) -> Vec<String> {
    let required = operation.parameters.iter().filter(|parameter| parameter.required);
    let mut arguments: Vec<String> = required.map(|parameter| text(items.model, &parameter.ty)).collect();
    arguments.extend(body.into_iter().flat_map(|body| taken(items, body)));
    arguments
}

/// What a call gives and fails with, at once or piece by piece.
fn results(items: &mut Items<'_>, operation: &Operation, module: &str) {
    let responses = &operation.responses;
    let path = format!("{module}::{}", operation.name.unraw());
    items.add(ItemKind::Type, None, path.clone(), "struct".to_owned(), false);
    let success = match (responses.streams.awaited, &responses.success) {
        (Some(StreamKind::Events), _) => "EventStream".to_owned(),
        (Some(StreamKind::Records), _) => "RecordStream".to_owned(),
        (None, Success::Body(body)) => given(items, body),
        (None, Success::Enum(name)) => name.unraw().to_owned(),
    };
    let error = responses.error.as_ref().map_or("NoError", |error| error.unraw());
    let events = responses
        .streams
        .events
        .as_ref()
        .map(|events| text(items.model, &events.data));
    let records = responses
        .streams
        .records
        .as_ref()
        .map(|records| text(items.model, &records.record));
    let item = operation
        .pagination
        .as_ref()
        .map(|pages| text(items.model, &pages.item));
    let results = [
        ("Success", Some(success)),
        ("Error", Some(error.to_owned())),
        ("events", events),
        ("records", records),
        ("pages", item),
    ];
    for (name, ty) in results {
        if let Some(ty) = ty {
            items.add(ItemKind::Result, Some(&path), format!("{path}::{name}"), ty, false);
        }
    }
}

/// The enums of successes and errors.
fn enums(items: &mut Items<'_>, operation: &Operation, module: &str) {
    let success = match &operation.responses.success {
        Success::Enum(name) => Some(name),
        Success::Body(_) => None,
    };
    for (name, outcome) in [
        (success, Outcome::Success),
        (operation.responses.error.as_ref(), Outcome::Error),
    ] {
        let Some(name) = name else { continue };
        let path = format!("{module}::{}", name.unraw());
        items.add(ItemKind::Type, None, path.clone(), "enum".to_owned(), false);
        let responses = operation.responses.list.iter();
        for response in responses.filter(|response| response.outcome == outcome && response.shared.is_none()) {
            let of = format!("{path}::{}", response.name.unraw());
            let held = format!("({})", given(items, &response.body));
            items.add(ItemKind::Variant, Some(&path), of, held, false);
        }
    }
}

/// The functions of calls that responses lead to.
fn links(items: &mut Items<'_>, model: &Model, operation: &Operation, module: &str) {
    let path = format!("{module}::{}", operation.name.unraw());
    for link in &operation.links {
        let target = model
            .groups
            .get(link.target.0)
            .and_then(|group: &Group| group.operations.get(link.target.1));
        let signature = target
            .map(|target| format!("-> Request<{}>", target.name.unraw()))
            .unwrap_or_default();
        let of = format!("{path}::{}", link.name.unraw());
        items.add(ItemKind::Function, Some(&path), of, signature, false);
    }
}
