//! Webhooks: what they hold, and what tells which of them came.

use std::collections::BTreeMap;

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::decide::{Candidate, decide};
use specsmith_ir::{self as ir, Operation, ParameterIn};

use super::context::Context;
use super::enums::unknown;
use super::identity::Identity;
use super::memory::Member;
use super::outgoing::{self, Found};
use super::size;
use crate::model::{
    ResponseBody, RustType, ToldBy, TypeItem, UnionVariant, Webhook, WebhookEnum, Webhooks, WebhooksAlike,
};
use crate::naming::{Case, Scope, words};
use crate::options::{OptionTable, WebhookName};
use crate::{Ident, Prose};

/// What the module of webhooks has beside the functions that read them.
const FUNCTIONS: &[&str] = &[
    "route",
    "route_of",
    "sender",
    "signer",
    "unverified_route",
    "unverified_route_of",
    "verifier",
    "webhook",
];

/// How many headers of a webhook are looked at for its name.
const MAX_HEADERS: usize = 64;

/// The webhooks of the API; `None` where none has a body. `name` is that of the enum of all of them.
pub(super) fn lower(cx: &mut Context<'_>, types: &[TypeItem], name: Option<Ident>) -> Option<Webhooks> {
    let all = &cx.api.webhooks;
    let Some(name) = name else {
        report_unused(cx);
        return None;
    };
    let found: Vec<Found<'_>> = all.iter().map(|webhook| outgoing::found(cx, webhook)).collect();
    let root = Identity::root("webhooks", "");
    let place = |webhook: &Operation| root.inside(&[webhook.path.text.as_str(), webhook.method.as_str()]);
    let member = |found: &Found<'_>, of: &str| {
        let plain = words(&found.source.path.text);
        let with_method = [plain.clone(), words(found.source.method.as_str())].concat();
        Member::new(place(found.source).inside(&[of]), vec![plain, with_method])
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
            variant,
            request: outgoing::request(cx, found, (&found.source.path.text, function), &place(found.source)),
        })
        .collect();
    let mut held: Vec<RustType> = list.iter().map(|webhook| held(&webhook.request.body)).collect();
    size::box_variants(types, held.iter_mut());
    let named = Named {
        found: &found,
        list: &list,
        held: &held,
    };
    let told_by = told_by(cx, &named, types, unknown.as_ref());
    let event = told_by.zip(unknown).map(|(told_by, unknown)| WebhookEnum {
        name,
        unknown,
        held,
        told_by,
    });
    Some(Webhooks { list, event })
}

fn held(body: &ResponseBody) -> RustType {
    match body {
        ResponseBody::Empty => RustType::Unit,
        ResponseBody::Json(ty) | ResponseBody::Xml(ty, _) => ty.clone(),
        ResponseBody::Text => RustType::String,
        ResponseBody::Bytes => RustType::List(Box::new(RustType::U8)),
    }
}

/// All webhooks with their names.
#[derive(Clone, Copy)]
struct Named<'n, 'a> {
    found: &'n [Found<'a>],
    list: &'n [Webhook],
    held: &'n [RustType],
}

/// What tells which webhook came: what the user says, a header that is a constant of each, the bodies.
fn told_by(cx: &mut Context<'_>, named: &Named<'_, '_>, types: &[TypeItem], unknown: Option<&Ident>) -> Option<ToldBy> {
    match &cx.options.webhooks.name {
        Some(WebhookName::Header(header)) => Some(ToldBy::Header {
            header: header.clone(),
            names: named.list.iter().map(|webhook| webhook.request.wire.clone()).collect(),
            alike: Vec::new(),
        }),
        Some(WebhookName::Member(pointer)) => Some(ToldBy::Member(pointer.clone())),
        Some(WebhookName::HeaderAndMember(header, pointer)) => {
            let names: Vec<String> = named
                .list
                .iter()
                .map(|webhook| spelled(&webhook.request.wire))
                .collect();
            let is_same = |(at, name): &(usize, &String)| names.iter().take(*at).any(|other| other == *name);
            if let Some((at, name)) = names.iter().enumerate().find(is_same) {
                let first = names.iter().position(|other| other == name).unwrap_or_default();
                report_untold(cx, named, first, at);
                return None;
            }
            Some(ToldBy::HeaderAndMember {
                header: header.clone(),
                pointer: pointer.clone(),
                names,
            })
        }
        None => by_header(cx, named, types, unknown?).or_else(|| match by_body(cx, named, None) {
            Ok(variants) => Some(ToldBy::Body(variants)),
            Err((one, other)) => {
                report_untold(cx, named, one, other);
                None
            }
        }),
    }
}

/// A name in lower case, with one `-` for whatever stands between letters and digits; the client spells names so, too.
fn spelled(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty()).map(str::to_ascii_lowercase);
    Vec::from_iter(words).join("-")
}

/// A header that each webhook has with a constant; those that have the same one differ by their bodies.
fn by_header(cx: &Context<'_>, named: &Named<'_, '_>, types: &[TypeItem], unknown: &Ident) -> Option<ToldBy> {
    let (first, _) = named.found.split_first().filter(|(_, others)| !others.is_empty())?;
    let parameters = first.source.parameters.iter();
    let mut headers = parameters.filter(|parameter| parameter.place == ParameterIn::Header);
    let mut found: Vec<ToldBy> = Vec::new();
    for parameter in headers.by_ref().take(MAX_HEADERS) {
        let constants = named.found.iter();
        let names: Option<Vec<String>> = constants
            .map(|found| constant(cx, found.source, &parameter.name))
            .collect();
        let Some(names) = names else { continue };
        if let Some(alike) = alike(cx, named, &names, types, unknown) {
            let is_all = alike.is_empty();
            let header = parameter.name.clone();
            let told_by = ToldBy::Header { header, names, alike };
            match is_all {
                true => return Some(told_by),
                false => found.push(told_by),
            }
        }
    }
    found.into_iter().next()
}

/// The webhooks that have the same name; `None` where a name tells nothing, or their bodies do not differ.
fn alike(
    cx: &Context<'_>,
    named: &Named<'_, '_>,
    names: &[String],
    types: &[TypeItem],
    unknown: &Ident,
) -> Option<Vec<WebhooksAlike>> {
    let mut places: BTreeMap<&String, Vec<usize>> = BTreeMap::new();
    for (place, name) in names.iter().enumerate() {
        places.entry(name).or_default().push(place);
    }
    if places.len() == 1 {
        return None;
    }
    let mut scope = Scope::new(Case::Pascal, &[]);
    for item in types {
        scope.claim(&[words(item.name.unraw())]);
    }
    let several = places.into_iter().filter(|(_, places)| places.len() > 1);
    several
        .map(|(name, places)| {
            let variants = by_body(cx, named, Some(&places)).ok()?;
            let words = [words(name), vec!["webhook".to_owned()]].concat();
            Some(WebhooksAlike {
                wire: name.clone(),
                name: scope.claim(&[words]),
                unknown: unknown.clone(),
                variants,
            })
        })
        .collect()
}

/// The only value of a header of a webhook.
fn constant(cx: &Context<'_>, webhook: &Operation, header: &str) -> Option<String> {
    let is_it = |parameter: &&ir::Parameter| {
        parameter.place == ParameterIn::Header && parameter.name.eq_ignore_ascii_case(header)
    };
    outgoing::constant(cx, webhook.parameters.iter().find(is_it)?)
}

/// The conditions by which the body of one webhook differs from those of the others, as the variants of a union do; else two
/// that nothing tells apart. `None` for the places means all webhooks.
fn by_body(
    cx: &Context<'_>,
    named: &Named<'_, '_>,
    places: Option<&[usize]>,
) -> Result<Vec<UnionVariant>, (usize, usize)> {
    let all = Vec::from_iter(0..named.found.len());
    let places = places.unwrap_or(&all);
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    for place in places {
        match named.found.get(*place).and_then(|found| found.ty) {
            Some(ty) => candidates.push(Candidate { ty, tags: &[] }),
            None => {
                let other = places.iter().find(|other| *other != place);
                return Err((other.copied().unwrap_or(*place), *place));
            }
        }
    }
    let decision = decide(&cx.api.types, None, &candidates);
    let place = |index: usize| places.get(index).copied().unwrap_or_default();
    if let Some((one, other)) = decision.ambiguous.first() {
        return Err((place(*one), place(*other)));
    }
    let variants = decision.variants.into_iter().filter_map(|(index, conditions)| {
        let place = place(index);
        Some(UnionVariant {
            source: named.found.get(place)?.ty?,
            name: named.list.get(place)?.variant.clone(),
            ty: named.held.get(place)?.clone(),
            constant: None,
            conditions,
            adds: None,
            alike: decision.alike.contains(&index),
            docs: Prose::new(),
            deprecated: None,
        })
    });
    Ok(variants.collect())
}

/// Says that nothing tells two webhooks apart; one alone, which has no body of JSON, needs not be told.
fn report_untold(cx: &mut Context<'_>, named: &Named<'_, '_>, one: usize, other: usize) {
    let list = named.list;
    let (Some(first), Some(second), Some(place)) = (list.get(one), list.get(other), named.found.get(other)) else {
        return;
    };
    if one == other {
        return;
    }
    let message = format!(
        "nothing tells the webhook {} from {}",
        Prose::code(&second.request.wire),
        Prose::code(&first.request.wire)
    );
    let mut finding = Diagnostic::new(Code::AmbiguousUnion, message)
        .at(place.source.location)
        .label("each is read by its own function, and there is no enum of all");
    finding = finding.help("if a header or a member has their names, say so: `webhooks.name = { header = \"...\" }`");
    cx.report(finding);
}

/// Says that there is nothing that options of webhooks are about.
fn report_unused(cx: &mut Context<'_>) {
    let options = &cx.options.webhooks;
    let given = [
        ("name", options.name.is_some()),
        ("signature", options.signature.is_some() && cx.api.callbacks.is_empty()),
    ];
    for (key, _) in given.into_iter().filter(|(_, given)| *given) {
        let message = format!("`webhooks.{key}` is about webhooks, which the document does not have");
        let finding = Diagnostic::new(Code::UnusedOption, message).label("has no effect");
        let finding = cx.options.finding(OptionTable::Webhooks, key, finding);
        cx.report(finding);
    }
}
