//! Responses as servers send them: what clients read whole, and beside it every stream.

use specsmith_ir::{self as ir, Content, Status};

use super::bodies::{line_type, report_left_out};
use super::content::{self, ContentKind};
use super::context::Context;
use super::identity::Identity;
use super::memory::Member;
use super::names::with;
use super::{responses, status, streams};
use crate::Ident;
use crate::model::{Outcome, Response, ResponseBody, SentBody, SentResponse};
use crate::naming::words;

/// A stream of a response, before it has a name.
pub(super) struct Stream<'o> {
    response: &'o ir::Response,
    outcome: Outcome,
    body: SentBody,
    content: &'o Content,
}

/// The streams of all responses.
pub(super) fn streams<'o>(cx: &mut Context<'_>, operation: &'o ir::Operation, successes: &[Status]) -> Vec<Stream<'o>> {
    if operation.method.as_str() == "HEAD" {
        return Vec::new();
    }
    let mut found: Vec<Stream<'o>> = Vec::new();
    for response in &operation.responses {
        if matches!(response.status, Status::Code(100..=199 | 204 | 205 | 304)) {
            continue;
        }
        let outcome = match successes.contains(&response.status) && response.status != Status::Default {
            true => Outcome::Success,
            false => Outcome::Error,
        };
        for content in &response.content {
            let Some(body) = body(cx, content) else {
                continue;
            };
            let others = found.iter().filter(|other| std::ptr::eq(other.response, response));
            match others
                .clone()
                .find(|other| other.content.media_type.essence() == content.media_type.essence())
            {
                Some(other) if other.body == body => {}
                Some(other) => report_left_out(cx, response.location, content, other.content),
                None => found.push(Stream {
                    response,
                    outcome,
                    body,
                    content,
                }),
            }
        }
    }
    found
}

fn body(cx: &mut Context<'_>, content: &Content) -> Option<SentBody> {
    let kind = content::responses(cx)(content);
    match kind {
        ContentKind::Events => Some(SentBody::Events(streams::events(cx, content))),
        ContentKind::Lines => Some(SentBody::Records(match streams::is_whole_text(cx, content) {
            true => crate::model::RustType::Value,
            false => line_type(cx, content),
        })),
        _ => None,
    }
}

/// What is named of a stream.
pub(super) fn member(operation: &Identity, stream: &Stream<'_>) -> Member {
    let kind = match stream.body {
        SentBody::Events(_) => "events",
        _ => "lines",
    };
    let media_type = stream.content.media_type.essence();
    let subtype = media_type.split('/').nth(1).unwrap_or_default();
    let status = status::words(stream.response.status);
    let candidates = vec![with(&status, &[kind]), [status.as_slice(), &words(subtype)].concat()];
    let status = stream.response.status.to_string();
    Member {
        rank: 2,
        ..Member::new(operation.inside(&["sent", &status, media_type]), candidates)
    }
}

/// What a server sends: the responses that clients read whole, without those that are streams, and the streams.
pub(super) fn lower<'o>(list: &[Response], streams: impl Iterator<Item = (Stream<'o>, Ident)>) -> Vec<SentResponse> {
    let is_stream = |response: &Response| {
        let media_type = response
            .media_type
            .as_ref()
            .filter(|_| response.body == ResponseBody::Text);
        media_type.is_some_and(|media_type| media_type.is_event_stream() || media_type.is_json_sequence())
    };
    // It is in the list as an error, too.
    let is_second = |response: &Response| (response.status, response.outcome) == (Status::Default, Outcome::Success);
    let whole = list
        .iter()
        .filter(|response| !is_stream(response) && !is_second(response));
    let whole = whole.map(|response| SentResponse {
        name: response.name.clone(),
        status: response.status,
        outcome: response.outcome,
        body: SentBody::Whole(response.body.clone()),
        media_type: response.media_type.clone(),
        docs: response.docs.clone(),
    });
    let streams = streams.map(|(stream, name)| SentResponse {
        name,
        status: stream.response.status,
        outcome: stream.outcome,
        docs: responses::response_docs(stream.response),
        body: stream.body,
        media_type: Some(stream.content.media_type.clone()),
    });
    let mut sent: Vec<SentResponse> = whole.chain(streams).collect();
    sent.sort_by_key(|response| (response.outcome, response.status));
    sent
}
