//! Requests that the API sends: their bodies and parameters.

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{self as ir, Content, MediaType, Operation, ParameterIn, Presence, Shape};

use super::bodies::{json_type, report_left_out, report_text};
use super::content::{self, ContentKind};
use super::context::Context;
use super::identity::Identity;
use super::memory::Member;
use super::{docs, xml};
use crate::model::{ResponseBody, SentParameter, SentRequest, SentValue};
use crate::naming::{Case, Scope, words};
use crate::options::SignatureScheme;
use crate::{Deprecation, Ident};

/// Headers that whoever sends requests decides: those of the connection, and the signatures of Standard Webhooks.
const OWN_HEADERS: &[&str] = &[
    "connection",
    "content-length",
    "host",
    "svix-id",
    "svix-signature",
    "svix-timestamp",
    "transfer-encoding",
    "user-agent",
    "webhook-id",
    "webhook-signature",
    "webhook-timestamp",
];

/// A request, before it has names.
pub(super) struct Found<'a> {
    pub(super) source: &'a Operation,
    pub(super) body: ResponseBody,
    /// The type of a body of JSON.
    pub(super) ty: Option<ir::TypeId>,
    media_type: Option<MediaType>,
}

/// What a request has as its body.
pub(super) fn found<'a>(cx: &mut Context<'_>, source: &'a Operation) -> Found<'a> {
    let body = source.request_body.as_ref();
    let contents = body.map(|body| content::by_preference(&body.content, content::responses(cx)));
    let contents = contents.unwrap_or_default();
    if let Some(((_, taken), left_out)) = contents.split_first() {
        for (_, content) in left_out.iter().filter(|(_, content)| !is_read_alike(taken, content)) {
            report_left_out(cx, source.location, content, taken);
        }
    }
    let first = contents.first().copied();
    let (body, ty) = match first {
        None => (ResponseBody::Empty, None),
        Some((ContentKind::Json, content)) => (ResponseBody::Json(json_type(cx, content)), content.ty),
        Some((ContentKind::Xml, content)) => (ResponseBody::Xml(json_type(cx, content), xml::root(cx, content)), None),
        Some((ContentKind::Text, _)) => (ResponseBody::Text, None),
        Some((ContentKind::Bytes | ContentKind::Multipart, _)) => (ResponseBody::Bytes, None),
        Some((_, content)) => {
            report_text(cx, source.location, content);
            (ResponseBody::Text, None)
        }
    };
    Found {
        source,
        body,
        ty,
        media_type: first.map(|(_, content)| content.media_type.clone()),
    }
}

/// Whether what reads the body of one media type reads that of another one, too.
fn is_read_alike(one: &Content, other: &Content) -> bool {
    one.ty == other.ty && one.media_type.is_json() && other.media_type.is_json()
}

/// A request with its names; `place` is its own.
pub(super) fn request(
    cx: &mut Context<'_>,
    found: &Found<'_>,
    (wire, function): (&str, Ident),
    place: &Identity,
) -> SentRequest {
    let source = found.source;
    SentRequest {
        wire: wire.to_owned(),
        function,
        http_method: source.method.clone(),
        parameters: parameters(cx, source, place),
        body: found.body.clone(),
        media_type: found.media_type.clone(),
        docs: docs::prose(&source.docs),
        deprecated: Deprecation::of(&source.docs),
    }
}

fn parameters(cx: &mut Context<'_>, source: &Operation, place: &Identity) -> Vec<SentParameter> {
    let mut listed = Vec::new();
    for parameter in &source.parameters {
        match parameter.place {
            ParameterIn::Header if is_own(cx, &parameter.name) => {}
            ParameterIn::Header | ParameterIn::Query => listed.push(parameter),
            ParameterIn::Path | ParameterIn::Querystring | ParameterIn::Cookie => {
                let message = format!(
                    "nothing is generated for {} parameters that the API sends",
                    parameter.place
                );
                cx.report(Diagnostic::new(Code::NotGenerated, message).at(parameter.location));
            }
        }
    }
    let members = listed.iter().map(|parameter| {
        let (plain, sent) = (words(&parameter.name), parameter.place.to_string());
        let with_place = [plain.clone(), vec![sent.clone()]].concat();
        let place = place.inside(&["arguments", &sent, &parameter.name]);
        Member::new(place, vec![plain, with_place])
    });
    let members = members.collect();
    let names = cx.memory.members(&mut Scope::new(Case::Snake, &[&["body"]]), members);
    let named = listed.into_iter().zip(names);
    let mut parameters: Vec<SentParameter> = named
        .map(|(parameter, name)| SentParameter {
            wire: parameter.name.clone(),
            name,
            place: parameter.place,
            required: parameter.presence == Presence::Required,
            value: value(cx, parameter),
        })
        .collect();
    parameters.sort_by_key(|parameter| !parameter.required);
    parameters
}

/// Whether a header is not for whoever makes a request: it is signed, or sent.
fn is_own(cx: &Context<'_>, name: &str) -> bool {
    let signed = match &cx.options.webhooks.signature {
        Some(SignatureScheme::Timestamped(header)) => Some(header),
        Some(SignatureScheme::Hmac(hmac)) => Some(&hmac.header),
        Some(SignatureScheme::Standard) | None => None,
    };
    let is_it = |own: &str| own.eq_ignore_ascii_case(name);
    OWN_HEADERS.iter().copied().any(is_it) || signed.is_some_and(|header| is_it(header))
}

fn value(cx: &Context<'_>, parameter: &ir::Parameter) -> SentValue {
    match cx.shape(cx.resolve(parameter.ty)) {
        Shape::Integer(_) => SentValue::Integer,
        Shape::Boolean => SentValue::Boolean,
        _ => constant(cx, parameter).map_or(SentValue::Text, SentValue::Constant),
    }
}

/// The only text that a parameter can have.
pub(super) fn constant(cx: &Context<'_>, parameter: &ir::Parameter) -> Option<String> {
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
