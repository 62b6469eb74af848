//! Responses that are read piece by piece: server-sent events, and JSON texts one after the other.

use specsmith_ir::{self as ir, Content, Object, Shape, Status, TypeId};

use super::bodies::line_type;
use super::content::{self, ContentKind};
use super::context::Context;
use super::written;
use crate::model::{EventEncoding, Events, Outcome, Records, Response, RustType, StreamKind, Streams};

/// The streams that successes can be read as: those of the first success that has one of a kind.
pub(super) fn lower(
    cx: &mut Context<'_>,
    operation: &ir::Operation,
    successes: &[Status],
    list: &[Response],
) -> Streams {
    let mut streams = Streams::default();
    let successes = operation.responses.iter().filter(|response| {
        let has_body = !matches!(response.status, Status::Code(100..=199 | 204 | 205 | 304));
        has_body && operation.method.as_str() != "HEAD" && successes.contains(&response.status)
    });
    for content in successes.flat_map(|response| &response.content) {
        let kind = content::responses(cx)(content);
        match kind {
            ContentKind::Events if streams.events.is_none() => streams.events = Some(events(cx, content)),
            ContentKind::Lines => records(cx, content, &mut streams.records),
            _ => {}
        }
    }
    streams.awaited = awaited(list);
    streams
}

pub(super) fn events(cx: &mut Context<'_>, content: &Content) -> Events {
    let (ty, encoding) = event(cx, content);
    Events {
        data: ty.map_or(RustType::String, |ty| written::reference(cx, ty)),
        encoding,
    }
}

/// Media types of records of the same type are one stream.
fn records(cx: &mut Context<'_>, content: &Content, records: &mut Option<Records>) {
    let record = match is_whole_text(cx, content) {
        true => RustType::Value,
        false => line_type(cx, content),
    };
    let found = records.get_or_insert_with(|| Records {
        record: record.clone(),
        accept: Vec::new(),
    });
    let media_type = content.media_type.essence();
    if found.record == record && !found.accept.iter().any(|known| known == media_type) {
        found.accept.push(media_type.to_owned());
    }
}

/// Whether a schema is that of all the text: it is a string, and says nothing of its lines.
pub(super) fn is_whole_text(cx: &Context<'_>, content: &Content) -> bool {
    content.item.is_none() && content.ty.is_some_and(|ty| is_text(cx, ty))
}

/// What a call gives: a stream where all successes are of its kind and have nothing else.
fn awaited(list: &[Response]) -> Option<StreamKind> {
    let mut kinds = list
        .iter()
        .filter(|response| response.outcome == Outcome::Success)
        .map(|response| match &response.media_type {
            Some(media_type) if media_type.is_event_stream() => Some(StreamKind::Events),
            Some(media_type) if media_type.is_json_sequence() => Some(StreamKind::Records),
            _ => None,
        });
    let first = kinds.next().flatten()?;
    kinds.all(|kind| kind == Some(first)).then_some(first)
}

/// The type of the data of events, and how it is written; no type is text.
///
/// Documents describe the data (what all did before OpenAPI 3.2), or events as a whole: objects with `data`. Of these it
/// is the data that counts where it is always of one type; an end such as `[DONE]` is no data.
pub(super) fn event(cx: &Context<'_>, content: &Content) -> (Option<TypeId>, EventEncoding) {
    if let Some(data) = content.event_data {
        return (Some(data), EventEncoding::Json);
    }
    let Some(ty) = content.item.or_else(|| content.ty.map(|ty| item(cx, ty))) else {
        return (None, EventEncoding::Text);
    };
    let Some(all) = whole(cx, ty) else {
        return match cx.shape(cx.resolve(ty)) {
            Shape::Any => (None, EventEncoding::Text),
            _ if is_text(cx, ty) => (Some(ty), EventEncoding::Text),
            _ => (Some(ty), EventEncoding::Json),
        };
    };
    let mut data: Vec<TypeId> = all.into_iter().filter(|data| !is_end(cx, *data)).collect();
    data.dedup();
    match data.as_slice() {
        [data] if is_text(cx, *data) => (Some(*data), EventEncoding::Text),
        [data] => (Some(*data), EventEncoding::Json),
        several if several.iter().all(|data| is_text(cx, *data)) => (Some(ty), EventEncoding::Event),
        _ => (Some(ty), EventEncoding::EventOfJson),
    }
}

/// The type of the items of a list.
fn item(cx: &Context<'_>, ty: TypeId) -> TypeId {
    match cx.shape(cx.resolve(ty)) {
        Shape::Array(array) => array.items,
        _ => ty,
    }
}

/// The types of `data`, where a type is that of events as a whole.
fn whole(cx: &Context<'_>, ty: TypeId) -> Option<Vec<TypeId>> {
    match cx.shape(cx.resolve(ty)) {
        Shape::Object(object) => data(object).map(|data| vec![data]),
        Shape::Union(union) => {
            let variants = union
                .variants
                .iter()
                .map(|variant| match cx.shape(cx.resolve(variant.ty)) {
                    Shape::Object(object) => data(object),
                    _ => None,
                });
            variants.collect()
        }
        _ => None,
    }
}

/// The type of the data of an object that can be an event as a whole.
fn data(object: &Object) -> Option<TypeId> {
    const MEMBERS: [&str; 5] = ["comment", "data", "event", "id", "retry"];
    let is_event = object.fields.iter().all(|field| MEMBERS.contains(&field.name.as_str()));
    let mut fields = object.fields.iter().filter(|_| is_event);
    fields.find(|field| field.name == "data").map(|field| field.ty)
}

fn is_text(cx: &Context<'_>, ty: TypeId) -> bool {
    match cx.shape(cx.resolve(ty)) {
        Shape::String(_) => true,
        Shape::Enum(of) => of.values.iter().all(|value| value.value.as_str().is_some()),
        Shape::Const(value) => value.as_str().is_some(),
        _ => false,
    }
}

/// Whether data is just what says that there is no more: `[DONE]`.
fn is_end(cx: &Context<'_>, ty: TypeId) -> bool {
    let is_done = |value: &ir::Value| value.as_str() == Some("[DONE]");
    match cx.shape(cx.resolve(ty)) {
        Shape::Enum(of) => of.values.iter().all(|value| is_done(&value.value)),
        Shape::Const(value) => is_done(value),
        _ => false,
    }
}
