//! [`Api`] to [`Model`]: names, Rust types, boxing.
//!
//! The steps, each in a module of its own:
//!
//! 1. names, by rank: those of the user (`renames`), those that were given before (`memory`), named schemas, groups,
//!    operations, then unnamed types from their places (`names`, `place`);
//! 2. bodies of type definitions (`items`, `structs`, `enums`, `unions`, `written`);
//! 3. groups with their operations (`groups`, `operations`, `parameters`, `bodies`, `responses`, `xml`);
//! 4. webhooks and callbacks (`webhooks`, `callbacks`, `outgoing`), cycles (`cycles`), large types (`size`), modules (`modules`), what values must keep to
//!    (`rules`), and what all of it uses (`uses`).
//!
//! Every step is total: what it cannot say becomes any value and is reported.

mod actions;
mod bodies;
mod callbacks;
mod callers;
mod complexity;
mod content;
mod context;
mod conversions;
mod cycles;
mod derives;
mod docs;
mod enums;
mod examples;
mod exclusive;
mod facts;
mod forms;
mod graph;
mod groups;
mod headers;
mod identity;
mod items;
mod keys;
mod lenient;
mod lines;
mod links;
mod memory;
mod methods;
mod modules;
mod names;
mod operations;
mod options;
mod outgoing;
mod pagination;
mod parameters;
mod partition;
mod patterns;
mod place;
mod pointer;
mod reach;
mod renames;
mod resource;
mod responses;
pub(crate) mod rules;
mod same;
mod scalar;
mod schemes;
mod sent;
mod servers;
mod shorten;
mod size;
mod status;
mod streams;
mod structs;
mod tags;
#[cfg(test)]
mod tests;
mod tuples;
mod unions;
mod usage;
mod uses;
mod verbs;
mod webhooks;
mod written;
mod xml;

pub use resource::name as resource;
use specsmith_diagnostics::Diagnostics;
use specsmith_ir::Api;

use crate::model::{Callback, ResponseHeader, RustType, SentRequest, Webhooks};
use crate::{Model, Prose, TypeOptions};
use context::Context;
use memory::Shared;

/// Lowers an API to what Rust needs to say it.
///
/// What Rust or this version of specsmith cannot say is reported and degrades at its place.
pub fn lower(api: &Api, options: &TypeOptions, diagnostics: &mut Diagnostics) -> Model {
    let mut cx = Context::new(api, options, diagnostics);
    memory::rehearse(api, options, &mut cx);
    let mut scope = names::type_scope();
    renames::types(&mut cx, &mut scope);
    cx.memory.reserve(Shared::Types, &mut scope);
    names::components(&mut cx, &mut scope);
    let plans = groups::plan(&mut cx, &mut scope);
    let operations = names::operations(&mut cx, &mut scope);
    let webhook = names::webhook(&mut cx, &mut scope);
    names::inline(&mut cx, &mut scope, &operations);

    options::check(&mut cx);
    let mut types = items::lower(&mut cx);
    let mut groups = groups::lower(&mut cx, plans, &operations);

    if options.group_features {
        groups::name_features(&mut groups);
    }
    keys::order(&mut types, &groups);
    lenient::mark(&cx, &mut types);
    cycles::break_aliases(&mut cx, &mut types);
    conversions::decide(&mut types);
    cycles::box_cycles(&mut types);
    size::box_large(&mut types);
    pagination::lower(&mut cx, &types, &mut groups);
    links::lower(&mut cx, &mut groups);
    modules::divide(&mut groups);
    let schemes = schemes::lower(&mut cx);
    let callers = callers::lower(&schemes, &mut groups);
    let headers = headers::lower(&mut cx);
    let webhooks = webhooks::lower(&mut cx, &types, webhook);
    let callbacks = callbacks::lower(&mut cx, &groups);
    let shared = shared_types(&headers, webhooks.as_ref(), &callbacks);
    usage::mark(&mut types, &groups, &shared);
    derives::complete(&mut types, cx.options);
    let mut model = Model {
        title: Prose::one_line(&api.info.title),
        docs: docs::api(&api.info),
        servers: api.servers.clone(),
        server_types: servers::lower(&mut cx),
        types,
        groups,
        webhooks,
        callbacks,
        signature: options.webhooks.signature.clone(),
        headers,
        schemes,
        callers,
        dates: options.dates,
        idempotency_header: options.idempotency_header.clone(),
        ..Model::default()
    };
    model.xml = xml::lower(&mut cx);
    model.rules = rules::lower(&mut cx, &model);
    same::join(&cx, &mut model);
    let modules = modules::assign(&mut model.types, &model.groups, &shared);
    (model.type_modules, model.type_features) = (modules.names, modules.features);
    model.uses = uses::of(&model);
    model.dependencies = uses::dependencies(&model, options);
    renames::report_unused(&mut cx);
    cx.report_repeated();
    model.names = cx.memory.into_kept();
    model
}

/// The types of what comes from the API beside responses of operations, which no group has for itself.
fn shared_types(headers: &[ResponseHeader], webhooks: Option<&Webhooks>, callbacks: &[Callback]) -> Vec<RustType> {
    let of_headers = headers.iter().map(|header| &header.ty);
    let webhooks = webhooks.into_iter().flat_map(|webhooks| &webhooks.list);
    let sent = webhooks.map(|webhook| &webhook.request);
    let sent = sent.chain(callbacks.iter().map(|callback| &callback.request));
    of_headers.chain(sent.filter_map(SentRequest::ty)).cloned().collect()
}
