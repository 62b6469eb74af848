//! Responses that are read piece by piece.

use super::build::*;
use crate::model::{EventEncoding, ResponseBody, RustType, StreamKind, Streams, Success};
use specsmith_ir::*;

/// The streams of an operation with a response of these contents, and what a call gives.
fn streams(api: &mut ApiBuilder, content: Vec<Content>) -> (Streams, Success) {
    api.operation(None, "GET", "/", &[]).responses = vec![response(Status::Code(200), content)];
    let lowered = api.lower();
    let (_, operation) = lowered.model.operations().next().unwrap();
    let responses = operation.responses.clone();
    (responses.streams, responses.success)
}

/// How events of this schema are read, and whether their type is that of the schema.
fn events(api: &mut ApiBuilder, ty: TypeId) -> (EventEncoding, bool) {
    let of = |api: &mut ApiBuilder, ty| streams(api, vec![content("text/event-stream", ty)]).0.events.unwrap();
    let events = of(api, Some(ty));
    let is_named = matches!(&events.data, RustType::Named(_));
    api.api.operations.clear();
    let whole = streams(api, vec![as_json(Some(ty))]).1;
    (
        events.encoding,
        is_named && whole == Success::Body(ResponseBody::Json(events.data)),
    )
}

#[test]
fn events_are_described_by_their_data_or_as_a_whole() {
    let mut api = ApiBuilder::default();
    let text = api.component("Text", string());
    let number = api.component("Number", integer());
    let end = api.component("End", values(&["[DONE]"]));
    let book = api.component("Book", required(&[("title", text)]));
    let event = api.component("Event", required(&[("event", text), ("data", book)]));
    let last = api.component("Last", required(&[("data", end)]));
    let note = api.component("Note", required(&[("data", text), ("id", text)]));
    let page = api.component("Page", required(&[("data", text), ("next", text)]));
    let ended = api.component("Ended", union(&[event, last]));
    let mixed = api.component("Mixed", union(&[event, note]));
    let texts = api.component("Texts", union(&[note, last]));
    let other = api.component("Other", union(&[event, book]));
    let books = api.component("Books", list(book));
    for (name, ty, expected) in [
        ("text", text, (EventEncoding::Text, true)),
        ("number", number, (EventEncoding::Json, true)),
        ("book", book, (EventEncoding::Json, true)),
        ("event", event, (EventEncoding::Json, false)),
        ("note", note, (EventEncoding::Text, false)),
        ("page", page, (EventEncoding::Json, true)),
        ("ended", ended, (EventEncoding::Json, false)),
        ("mixed", mixed, (EventEncoding::EventOfJson, true)),
        ("texts", texts, (EventEncoding::Text, false)),
        ("other", other, (EventEncoding::Json, true)),
        ("books", books, (EventEncoding::Json, false)),
    ] {
        let mut api = ApiBuilder { api: api.api.clone() };
        assert_eq!(events(&mut api, ty), expected, "{name}");
    }
}

#[test]
fn records_are_described_by_their_type() {
    let mut api = ApiBuilder::default();
    let text = api.component("Text", string());
    let book = api.component("Book", object(&[]));
    let books = api.component("Books", list(book));
    let mut record = |content| {
        api.api.operations.clear();
        streams(&mut api, vec![content]).0.records.unwrap().record
    };
    let of_book = record(Content {
        item: Some(book),
        ..content("application/jsonl", None)
    });
    assert!(matches!(of_book, RustType::Named(_)));
    for ty in [book, books] {
        assert_eq!(record(content("application/x-ndjson", Some(ty))), of_book);
    }
    // A schema of all the text says nothing of its lines.
    for ty in [None, Some(text)] {
        assert_eq!(record(content("application/json-seq", ty)), RustType::Value);
    }
}

#[test]
fn a_call_gives_a_stream_only_where_there_is_nothing_else() {
    let mut api = ApiBuilder::default();
    let book = api.component("Book", object(&[]));
    let lines = || Content {
        item: Some(book),
        ..content("application/jsonl", None)
    };
    let mut kinds = |content| {
        api.api.operations.clear();
        let (streams, _) = streams(&mut api, content);
        (streams.awaited, streams.events.is_some(), streams.records.is_some())
    };
    let events = || content("text/event-stream", None);
    assert_eq!(kinds(vec![events()]), (Some(StreamKind::Events), true, false));
    assert_eq!(kinds(vec![lines()]), (Some(StreamKind::Records), false, true));
    assert_eq!(kinds(vec![events(), lines(), as_json(Some(book))]), (None, true, true));
    assert_eq!(kinds(vec![events(), content("audio/mpeg", None)]), (None, true, false));
    assert_eq!(kinds(vec![as_json(Some(book))]), (None, false, false));
}
