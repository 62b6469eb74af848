//! Webhooks: what they hold, and what tells which of them came.

use std::collections::BTreeSet;

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::decide::{Candidate, decide};
use specsmith_ir::{self as ir, Operation, ParameterIn, Shape};

use super::bodies::{json_type, report_text};
use super::content::{self, ContentKind};
use super::context::Context;
use super::enums::unknown;
use super::identity::Identity;
use super::memory::Member;
use super::{docs, size};
use crate::model::{ResponseBody, RustType, ToldBy, TypeItem, UnionVariant, Webhook, WebhookEnum, Webhooks};
use crate::naming::{Case, Scope, words};
use crate::options::{OptionTable, WebhookName};
use crate::{Deprecation, Ident, Prose};

/// What the module of webhooks has beside the functions that read them.
const FUNCTIONS: &[&str] = &["verifier", "webhook"];

/// How many headers of a webhook are looked at for its name.
const MAX_HEADERS: usize = 64;

/// A webhook, before it has names.
struct Found<'a> {
    webhook: &'a Operation,
    body: ResponseBody,
    /// The type of a body of JSON.
    ty: Option<ir::TypeId>,
}

/// The webhooks of the API; `None` where none has a body. `name` is that of the enum of all of them.
pub(super) fn lower(cx: &mut Context<'_>, types: &[TypeItem], name: Option<Ident>) -> Option<Webhooks> {
    let all = &cx.api.webhooks;
    let Some(name) = name else {
        report_unused(cx);
        return None;
    };
    let found: Vec<Found<'_>> = all.iter().map(|webhook| found(cx, webhook)).collect();
    let root = Identity::root("webhooks", "");
    let place = |webhook: &Operation| root.inside(&[webhook.path.text.as_str(), webhook.method.as_str()]);
    let member = |found: &Found<'_>, of: &str| {
        let plain = words(&found.webhook.path.text);
        let with_method = [plain.clone(), words(found.webhook.method.as_str())].concat();
        Member::new(place(found.webhook).inside(&[of]), vec![plain, with_method])
    };
    let mut functions = Scope::new(Case::Snake, &[FUNCTIONS]);
    let functions = cx.memory.members(
        &mut functions,
        found.iter().map(|found| member(found, "function")).collect(),
    );
    let members = found.iter().map(|found| member(found, "variant"));
    let members = members.chain([unknown(&root)]).collect();
    let mut variants = cx.memory.members(&mut Scope::new(Case::Pascal, &[]), members);
    let unknown = variants.pop();
    let list: Vec<Webhook> = found
        .iter()
        .zip(variants.into_iter().zip(functions))
        .map(|(found, (variant, function))| Webhook {
            wire: found.webhook.path.text.clone(),
            variant,
            function,
            body: found.body.clone(),
            docs: docs::prose(&found.webhook.docs),
            deprecated: Deprecation::of(&found.webhook.docs),
        })
        .collect();
    let mut held: Vec<RustType> = list.iter().map(|webhook| held(&webhook.body)).collect();
    size::box_variants(types, held.iter_mut());
    let told_by = told_by(cx, &found, &list, &held);
    let event = told_by.zip(unknown).map(|(told_by, unknown)| WebhookEnum {
        name,
        unknown,
        held,
        told_by,
    });
    Some(Webhooks {
        list,
        event,
        signature: cx.options.webhooks.signature.clone(),
    })
}

fn found<'a>(cx: &mut Context<'_>, webhook: &'a Operation) -> Found<'a> {
    let body = webhook.request_body.as_ref();
    let contents = body.map(|body| content::by_preference(&body.content, content::responses(cx)));
    let (body, ty) = match contents.and_then(|contents| contents.first().copied()) {
        None => (ResponseBody::Empty, None),
        Some((ContentKind::Json, content)) => (ResponseBody::Json(json_type(cx, content)), content.ty),
        Some((ContentKind::Text, _)) => (ResponseBody::Text, None),
        Some((ContentKind::Bytes | ContentKind::Multipart, _)) => (ResponseBody::Bytes, None),
        Some((_, content)) => {
            report_text(cx, webhook.location, content);
            (ResponseBody::Text, None)
        }
    };
    Found { webhook, body, ty }
}

fn held(body: &ResponseBody) -> RustType {
    match body {
        ResponseBody::Empty => RustType::Unit,
        ResponseBody::Json(ty) | ResponseBody::Xml(ty, _) => ty.clone(),
        ResponseBody::Text => RustType::String,
        ResponseBody::Bytes => RustType::List(Box::new(RustType::U8)),
    }
}

/// What tells which webhook came: what the user says, a header that is a constant of each, the bodies.
fn told_by(cx: &mut Context<'_>, found: &[Found<'_>], list: &[Webhook], held: &[RustType]) -> Option<ToldBy> {
    match &cx.options.webhooks.name {
        Some(WebhookName::Header(header)) => {
            let names = list.iter().map(|webhook| webhook.wire.clone()).collect();
            let header = header.clone();
            Some(ToldBy::Header { header, names })
        }
        Some(WebhookName::Member(pointer)) => Some(ToldBy::Member(pointer.clone())),
        None => by_header(cx, found).or_else(|| by_body(cx, found, list, held)),
    }
}

/// A header that each webhook has, with a value of its own.
fn by_header(cx: &Context<'_>, found: &[Found<'_>]) -> Option<ToldBy> {
    let (first, _) = found.split_first().filter(|(_, others)| !others.is_empty())?;
    let names = |header: &str| -> Option<Vec<String>> {
        let names: Option<Vec<String>> = found.iter().map(|found| constant(cx, found.webhook, header)).collect();
        let names = names?;
        let distinct: BTreeSet<&String> = names.iter().collect();
        (distinct.len() == names.len()).then_some(names)
    };
    let mut headers = first
        .webhook
        .parameters
        .iter()
        .filter(|parameter| parameter.place == ParameterIn::Header);
    headers.by_ref().take(MAX_HEADERS).find_map(|parameter| {
        let header = parameter.name.clone();
        names(&header).map(|names| ToldBy::Header { header, names })
    })
}

/// The only value of a header of a webhook.
fn constant(cx: &Context<'_>, webhook: &Operation, header: &str) -> Option<String> {
    let is_it = |parameter: &&ir::Parameter| {
        parameter.place == ParameterIn::Header && parameter.name.eq_ignore_ascii_case(header)
    };
    let parameter = webhook.parameters.iter().find(is_it)?;
    let value = match cx.shape(cx.resolve(parameter.ty)) {
        Shape::Const(value) => value,
        Shape::Enum(values) => match values.values.as_slice() {
            [only] => &only.value,
            _ => return None,
        },
        _ => return None,
    };
    value.as_str().map(str::to_owned)
}

/// The conditions by which the body of one webhook differs from those of all others, as the variants of a union do.
fn by_body(cx: &mut Context<'_>, found: &[Found<'_>], list: &[Webhook], held: &[RustType]) -> Option<ToldBy> {
    let candidates: Vec<Candidate<'_>> = found
        .iter()
        .filter_map(|found| {
            Some(Candidate {
                ty: found.ty?,
                tags: &[],
            })
        })
        .collect();
    let untyped = found.iter().position(|found| found.ty.is_none());
    if let Some(untyped) = untyped {
        let other = usize::from(untyped == 0);
        report_untold(cx, found, list, other, untyped);
        return None;
    }
    let decision = decide(&cx.api.types, None, &candidates);
    if let Some((one, other)) = decision.ambiguous.first() {
        report_untold(cx, found, list, *one, *other);
        return None;
    }
    let variants = decision.variants.into_iter().filter_map(|(index, conditions)| {
        Some(UnionVariant {
            source: found.get(index)?.ty?,
            name: list.get(index)?.variant.clone(),
            ty: held.get(index)?.clone(),
            conditions,
            alike: decision.alike.contains(&index),
            docs: Prose::new(),
        })
    });
    Some(ToldBy::Body(variants.collect()))
}

/// Says that nothing tells two webhooks apart; one alone, which has no body of JSON, needs not be told.
fn report_untold(cx: &mut Context<'_>, found: &[Found<'_>], list: &[Webhook], one: usize, other: usize) {
    let (Some(first), Some(second), Some(place)) = (list.get(one), list.get(other), found.get(other)) else {
        return;
    };
    let message = format!(
        "nothing tells the webhook {} from {}",
        Prose::code(&second.wire),
        Prose::code(&first.wire)
    );
    let mut finding = Diagnostic::new(Code::AmbiguousUnion, message)
        .at(place.webhook.location)
        .label("each is read by its own function, and there is no enum of all");
    finding = finding.help("if a header or a member has their names, say so: `webhooks.name = { header = \"...\" }`");
    cx.report(finding);
}

/// Says that there is nothing that options of webhooks are about.
fn report_unused(cx: &mut Context<'_>) {
    let options = &cx.options.webhooks;
    let given = [
        ("name", options.name.is_some()),
        ("signature", options.signature.is_some()),
    ];
    for (key, _) in given.into_iter().filter(|(_, given)| *given) {
        let message = format!("`webhooks.{key}` is about webhooks, which the document does not have");
        let finding = Diagnostic::new(Code::UnusedOption, message).label("has no effect");
        let finding = cx.options.finding(OptionTable::Webhooks, key, finding);
        cx.report(finding);
    }
}
