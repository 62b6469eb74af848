//! Responses of operations: bodies, variants, what is a success.

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{self as ir, Content, MediaType, Status};

use super::bodies::{json_media_type, json_type, report_left_out, report_text};
use super::content::{self, ContentKind};
use super::context::Context;
use super::identity::Identity;
use super::memory::Member;
use super::names::{OperationNames, with};
use super::{docs, sent, status, streams, xml};
use crate::model::{Outcome, Response, ResponseBody, Responses, Success};
use crate::naming::{Case, Scope, words};
use crate::{Ident, Prose};

/// The responses of an operation.
pub(super) fn lower(
    cx: &mut Context<'_>,
    operation: &ir::Operation,
    names: &OperationNames,
    place: &Identity,
) -> Responses {
    let successes = successes(&operation.responses);
    let found = found(cx, operation, &successes);
    let sent = sent::streams(cx, operation, &successes);
    let members = found.iter().map(|found| member(place, found));
    let members = members.chain(sent.iter().map(|stream| sent::member(place, stream)));
    let mut scope = Scope::new(Case::Pascal, &[]);
    let mut variants = cx.memory.members(&mut scope, members.collect()).into_iter();
    let mut list: Vec<Response> = found
        .into_iter()
        .zip(&mut variants)
        .map(|(found, name)| Response {
            name,
            shared: None,
            status: found.response.status,
            outcome: found.outcome,
            docs: response_docs(found.response),
            body: found.body,
            media_type: found.media_type,
        })
        .collect();
    list.sort_by_key(|response| (response.outcome, response.status));
    share(&mut list);
    let has_errors = list.iter().any(|response| response.outcome == Outcome::Error);
    Responses {
        streams: streams::lower(cx, operation, &successes, &list),
        success: success_of(&list, &names.success),
        error: has_errors.then(|| names.error.clone()),
        server: names.server.clone(),
        accept: accept(&list),
        sent: sent::lower(&list, sent.into_iter().zip(variants)),
        list,
    }
}

/// Gives the same value in another format the variant of the first.
fn share(list: &mut [Response]) {
    for index in 1..list.len() {
        let (before, rest) = list.split_at_mut(index);
        let Some(response) = rest.first_mut() else { continue };
        let same = before.iter().find(|other| {
            (other.outcome, other.status) == (response.outcome, response.status) && other.body.is_like(&response.body)
        });
        response.shared = same.map(|other| other.name.clone());
    }
}

/// A body of a response, before it has a name.
#[derive(Clone)]
struct Found<'o> {
    response: &'o ir::Response,
    outcome: Outcome,
    body: ResponseBody,
    media_type: Option<MediaType>,
    /// What the document says of it; nothing where there is no body.
    content: Option<&'o Content>,
}

/// The bodies of all responses: those of a default that is a success where there is no other are errors, too.
fn found<'o>(cx: &mut Context<'_>, operation: &'o ir::Operation, success: &[Status]) -> Vec<Found<'o>> {
    let mut found = Vec::new();
    for response in &operation.responses {
        let outcomes: &[Outcome] = match (success.contains(&response.status), response.status) {
            (true, Status::Default) => &[Outcome::Success, Outcome::Error],
            (true, _) => &[Outcome::Success],
            (false, _) => &[Outcome::Error],
        };
        for body in bodies(cx, operation, response, outcomes) {
            found.extend(outcomes.iter().map(|outcome| Found {
                outcome: *outcome,
                ..body.clone()
            }));
        }
    }
    found
}

/// What is named of a response: what is chosen among several media types by its own.
fn member(operation: &Identity, found: &Found<'_>) -> Member {
    let words = status::words(found.response.status);
    let mut candidates = candidates(&words, &found.body, found.media_type.as_ref());
    let is_second = found.outcome == Outcome::Success && found.response.status == Status::Default;
    if is_second {
        candidates = candidates.iter().map(|words| with(words, &["success"])).collect();
    }
    let is_json = |media_type: &MediaType| media_type.essence() == "application/json";
    let written = found.content.map_or("", |content| content.media_type.essence());
    let status = found.response.status.to_string();
    let kind = if is_second { "successes" } else { "variants" };
    Member {
        rank: usize::from(is_second),
        // It comes before all others of its status.
        is_safe: matches!(found.body, ResponseBody::Empty) || found.media_type.as_ref().is_some_and(is_json),
        ..Member::new(operation.inside(&[kind, &status, written]), candidates)
    }
}

/// The statuses that are successes: those of class 2; where there are none the default; where there is none either
/// those of classes 1 and 3.
fn successes(responses: &[ir::Response]) -> Vec<Status> {
    let all = || responses.iter().map(|response| response.status);
    let class = |status: &Status| match status {
        Status::Code(code) => code / 100,
        Status::Class(class) => u16::from(*class),
        Status::Default => 0,
    };
    let of_class_2: Vec<Status> = all().filter(|status| class(status) == 2).collect();
    if !of_class_2.is_empty() {
        return of_class_2;
    }
    let default: Vec<Status> = all().filter(|status| *status == Status::Default).collect();
    if !default.is_empty() {
        return default;
    }
    all().filter(|status| matches!(class(status), 1 | 3)).collect()
}

/// What the bodies of a response are: one for each type that its media types have.
fn bodies<'o>(
    cx: &mut Context<'_>,
    operation: &ir::Operation,
    response: &'o ir::Response,
    outcomes: &[Outcome],
) -> Vec<Found<'o>> {
    let empty = || Found {
        response,
        outcome: Outcome::Success,
        body: ResponseBody::Empty,
        media_type: None,
        content: None,
    };
    if response.content.is_empty() {
        return vec![empty()];
    }
    if operation.method.as_str() == "HEAD" || matches!(response.status, Status::Code(100..=199 | 204 | 205 | 304)) {
        cx.report(
            Diagnostic::new(Code::BodyNeverSent, "responses of this kind never have a body")
                .at(response.location)
                .label("generated without its body"),
        );
        return vec![empty()];
    }
    let mut found: Vec<Found<'o>> = Vec::new();
    for content in generated(cx, response, outcomes) {
        let (body, media_type) = body(cx, response, content);
        if found.iter().any(|other| other.body == body) {
            continue;
        }
        let taken = found.iter().filter_map(|other| other.content);
        match content::same_essence(taken, content) {
            Some(other) => report_left_out(cx, response.location, content, other),
            None => found.push(Found {
                body,
                media_type: Some(media_type),
                content: Some(content),
                ..empty()
            }),
        }
    }
    found
}

/// The contents that code is generated for: formats without types only where there is nothing else.
fn generated<'a>(cx: &mut Context<'_>, response: &'a ir::Response, outcomes: &[Outcome]) -> Vec<&'a Content> {
    let mut by_preference = content::by_preference(&response.content, content::responses(cx));
    // Clients read them as streams.
    if outcomes.contains(&Outcome::Success) && by_preference.iter().any(|(kind, _)| !kind.is_stream()) {
        by_preference.retain(|(kind, _)| !kind.is_stream());
    }
    let Some(((first_kind, first), others)) = by_preference.split_first() else {
        return Vec::new();
    };
    let is_typed = |kind: &ContentKind| {
        !matches!(
            kind,
            ContentKind::TextOfFormat | ContentKind::Form | ContentKind::Events | ContentKind::Lines
        )
    };
    let mut taken = vec![*first];
    for (kind, other) in others {
        match is_typed(first_kind) && !is_typed(kind) {
            true => report_left_out(cx, response.location, other, first),
            false => taken.push(*other),
        }
    }
    taken
}

fn body(cx: &mut Context<'_>, response: &ir::Response, content: &Content) -> (ResponseBody, MediaType) {
    let kind = content::responses(cx)(content);
    let media_type = content.media_type.clone();
    match kind {
        ContentKind::Json => (ResponseBody::Json(json_type(cx, content)), json_media_type(&media_type)),
        ContentKind::Xml => (
            ResponseBody::Xml(json_type(cx, content), xml::root(cx, content)),
            media_type,
        ),
        ContentKind::Text => (ResponseBody::Text, media_type),
        ContentKind::TextOfFormat | ContentKind::Form => {
            report_text(cx, response.location, content);
            (ResponseBody::Text, media_type)
        }
        ContentKind::Events | ContentKind::Lines => (ResponseBody::Text, media_type),
        ContentKind::Bytes | ContentKind::Multipart => (ResponseBody::Bytes, media_type),
    }
}

/// What the variant of a response can be named: its status, and the kind of a body that is not JSON.
///
/// The kind is said although the status may have no other body yet: a response that gets one keeps its name.
fn candidates(status: &[String], body: &ResponseBody, media_type: Option<&MediaType>) -> Vec<Vec<String>> {
    let kind = match body {
        ResponseBody::Empty | ResponseBody::Json(_) => None,
        ResponseBody::Xml(..) => Some("xml"),
        ResponseBody::Text => Some("text"),
        ResponseBody::Bytes => Some("bytes"),
    };
    let subtype = media_type.and_then(|media_type| media_type.essence().split('/').nth(1));
    let of_subtype = subtype.map(|subtype| [status, &words(subtype)].concat());
    [with(status, kind.as_slice())].into_iter().chain(of_subtype).collect()
}

/// One body where all successes have the same, else an enum.
fn success_of(list: &[Response], name: &Ident) -> Success {
    let mut successes = list.iter().filter(|response| response.outcome == Outcome::Success);
    match successes.next() {
        None => Success::Body(ResponseBody::Empty),
        Some(first) if successes.all(|other| other.body.is_like(&first.body)) => Success::Body(first.body.clone()),
        Some(_) => Success::Enum(name.clone()),
    }
}

/// The media types of all bodies, those of successes first.
fn accept(list: &[Response]) -> Vec<String> {
    let mut accept: Vec<String> = Vec::new();
    for media_type in list.iter().filter_map(|response| response.media_type.as_ref()) {
        if !accept.iter().any(|known| known == media_type.essence()) {
            accept.push(media_type.essence().to_owned());
        }
    }
    accept
}

/// What the document says about a response, and the names of its headers; the reference describes them.
pub(super) fn response_docs(response: &ir::Response) -> Prose {
    let mut text = docs::prose(&response.docs);
    if !response.headers.is_empty() {
        let names: Vec<String> = response
            .headers
            .iter()
            .map(|header| Prose::code(&header.name))
            .collect();
        text.own(&format!("Headers: {}.", names.join(", ")));
    }
    text
}
