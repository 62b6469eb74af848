//! [`Document`] to [`Api`]: decides what a document means.
//!
//! The steps, in order: the version; the structure of all objects (unknown and missing keywords, types, references);
//! named schemas; security schemes and tags; the operations of paths; webhooks; callbacks; an account of every keyword of which
//! nothing was made.

mod account;
mod budget;
mod callback;
mod content;
mod context;
mod expression;
mod header;
mod info;
mod link;
mod observe;
mod operation;
mod pagination;
mod parameter;
mod parameter_list;
mod path;
mod reference;
mod response;
mod retirement;
mod schema;
mod security;
mod server;
mod structure;
mod style;
mod tag;
#[cfg(test)]
mod tests;
pub(crate) mod version;

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics, Severity};
use specsmith_ir::{Api, XmlNames};

pub(crate) use self::{
    context::{Context, as_flag, as_text, flag, text},
    observe::{Observed, Use},
    schema::{constrains, is_only_null, says_null},
};
use self::{operation::Operations, security::Schemes, tag::Tags};
use crate::{Document, Limits, Node, convert::convert, generic::instantiate, grammar::Version};

/// Lowers a document to the intermediate model, within the default limits.
///
/// See [`lower_within`].
pub fn lower(document: &Document, diagnostics: &mut Diagnostics) -> Option<Api> {
    lower_within(document, &Limits::default(), diagnostics)
}

/// Lowers a document to the intermediate model.
///
/// What cannot be expressed is reported, and only its place degrades. Returns `None` after reporting why, when the
/// document as a whole is not an OpenAPI document of a version that is read.
pub fn lower_within(document: &Document, limits: &Limits, diagnostics: &mut Diagnostics) -> Option<Api> {
    lower_then(document, limits, diagnostics, |_| ()).map(|(api, ())| api)
}

/// Lowers a document, and tells what became of its places.
pub(crate) fn lower_observed(
    document: &Document,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Option<(Api, Observed)> {
    lower_then(document, limits, diagnostics, |cx| cx.observe())
}

/// Lowers a document, and looks at what is known when all is done.
fn lower_then<R>(
    document: &Document,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
    then: impl FnOnce(&mut Context<'_, '_>) -> R,
) -> Option<(Api, R)> {
    if !limits.admit(document, diagnostics) {
        return None;
    }
    let version = version::check(document, diagnostics)?;
    if let Some(finding) = without_content(document.root(), version) {
        diagnostics.report(finding);
        return None;
    }
    if version == Version::V2_0 {
        let converted = convert(document, limits, diagnostics);
        return lower_as(&converted, version, limits, diagnostics, then);
    }
    match instantiate(document, limits) {
        Some(instantiated) => lower_as(&instantiated, version, limits, diagnostics, then),
        None => lower_as(document, version, limits, diagnostics, then),
    }
}

/// Lowers a document of OpenAPI 3 that was written in this version.
fn lower_as<R>(
    document: &Document,
    version: Version,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
    then: impl FnOnce(&mut Context<'_, '_>) -> R,
) -> Option<(Api, R)> {
    let root = document.root();
    let mut cx = Context::new(document, version, *limits, diagnostics);
    structure::check(&mut cx);
    cx.component_schemas();
    let info = info::info(root);
    let servers = cx.servers(root);
    let schemes = Schemes::defined(&mut cx, root);
    let tags = Tags::declared(&mut cx, root);
    let mut operations = Operations::new(&mut cx, schemes, tags);
    operations.paths(root);
    let webhooks = operations.webhooks(root);
    let callbacks = operations.callbacks();
    let Operations {
        schemes,
        tags,
        mut list,
        declared,
        links,
        ..
    } = operations;
    account::check(&mut cx);
    links.settle(&mut cx, &mut list);
    declared.settle(&mut cx, &mut list);
    let callbacks = callbacks.settle(&mut cx, &list);
    content::leave_out_empty_forms(&cx.types, &mut list);
    let assertions = cx.take_assertions();
    let seen = then(&mut cx);
    let api = Api {
        info,
        servers,
        tags: tags.finish(root),
        operations: list,
        webhooks,
        callbacks,
        security_schemes: schemes.finish(),
        types: cx.types,
        assertions,
        xml_names: match version {
            Version::V2_0 | Version::V3_0 | Version::V3_1 => XmlNames::Properties,
            Version::V3_2 => XmlNames::Schemas,
        },
    };
    Some((api, seen))
}

/// What to say about a document that describes nothing at all.
fn without_content(root: Node<'_>, version: Version) -> Option<Diagnostic> {
    let sections = match version {
        Version::V2_0 => ["paths", "definitions", "components"],
        _ => ["paths", "webhooks", "components"],
    };
    let sections = sections.map(|name| (name, root.get(name)));
    if sections.iter().any(|(_, node)| node.is_some_and(Node::is_object)) {
        return None;
    }
    let mut present = sections.iter().filter_map(|(name, node)| Some((name, (*node)?)));
    let mut diagnostic = match present.next() {
        Some((name, node)) => {
            let message = format!("`{name}` must be an object, not {}", node.kind_name());
            Diagnostic::new(Code::WrongType, message)
                .at(node.location())
                .label("there is nothing else to generate from")
        }
        None => {
            let place = root.get("openapi").or_else(|| root.get("swagger"));
            let place = place.map_or(root.location(), Node::location);
            let message = match version {
                Version::V2_0 => "the document has no `paths` or `definitions`",
                _ => "the document has no `paths`, `webhooks` or `components`",
            };
            Diagnostic::new(Code::MissingField, message).at(place)
        }
    };
    diagnostic.severity = Severity::Error;
    Some(diagnostic)
}
