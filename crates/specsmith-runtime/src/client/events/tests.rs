//! The parser on every split of sample bytes, and streams over a transport that breaks off.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Value, json};

use super::super::{
    Api, Body, Client, ClientBuilder, Exchange, OperationInfo, ReadResult, Transport,
    TransportError, TransportErrorKind, timer,
};
use super::parser::{Parser, TooLarge};
use super::*;

/// All events of chunks, as `event/id/data`.
fn parse(chunks: &[&[u8]]) -> Vec<String> {
    let mut parser = Parser::new(1 << 20, String::new());
    let mut events = Vec::new();
    for chunk in chunks {
        parser.feed(Bytes::copy_from_slice(chunk));
        while let Some(event) = parser.next() {
            let Event { event, id, data } = event.unwrap();
            events.push(format!("{event}/{id}/{data}"));
        }
    }
    events
}

const SAMPLES: &[(&[u8], &[&str])] = &[
    (b"data: a\n\n", &["message//a"]),
    (
        b"\xef\xbb\xbfdata: a\r\n\r\ndata: b\r\rdata: c\n\n",
        &["message//a", "message//b", "message//c"],
    ),
    (b"data: a\ndata\ndata:b\n\n", &["message//a\n\nb"]),
    (
        b": keep-alive\n\n:\n\nevent: ping\n\ndata:  a \n\n",
        &["message// a "],
    ),
    (
        b"id: 1\nevent: add\ndata: a\n\ndata: b\n\nid\ndata: c\n\n",
        &["add/1/a", "message/1/b", "message//c"],
    ),
    (
        b"id: a\0b\ndata: x\n\nretry: 5x\nretrying: 1\nnonsense\ndata: y\n\n",
        &["message//x", "message//y"],
    ),
    (b"data\n\n", &["message//"]),
    (
        "data: h\u{e9}\u{1f600}\n\ndata: \u{feff}\n\n".as_bytes(),
        &["message//h\u{e9}\u{1f600}", "message//\u{feff}"],
    ),
    (b"data: \xff\n\n", &["message//\u{fffd}"]),
    (b"data: a\n\ndata: not ended\n", &["message//a"]),
];

#[test]
fn every_split_gives_the_same_events() {
    for (text, events) in SAMPLES {
        for first in 0..=text.len() {
            for second in first..=text.len() {
                let chunks = [&text[..first], &text[first..second], &text[second..]];
                assert_eq!(parse(&chunks), *events, "{first} {second}");
            }
        }
        let bytes = Vec::from_iter(text.chunks(1));
        assert_eq!(parse(&bytes), *events);
    }
}

#[test]
fn the_parser_knows_when_to_come_again_and_what_is_too_large() {
    let mut parser = Parser::new(10, "0".to_owned());
    parser.feed(Bytes::from_static(b"retry: 20\n\ndata: 1234\n"));
    assert_eq!(parser.next(), None);
    assert_eq!(parser.retry(), Some(Duration::from_millis(20)));
    assert_eq!(parser.last_event_id(), "0");
    parser.feed(Bytes::from_static(b"data: 5"));
    assert_eq!(parser.next(), Some(Err(TooLarge)));
    assert_eq!(parser.restarted().retry(), Some(Duration::from_millis(20)));
}

/// A status, a media type, and the pieces of a body.
type Answer = (u16, &'static str, Vec<&'static [u8]>);

/// Answers requests with bodies one after the other; a piece without bytes breaks the connection.
struct Answers {
    bodies: Mutex<Vec<Answer>>,
    last_event_ids: Mutex<Vec<Option<String>>>,
}

impl Transport for Arc<Answers> {
    fn send(&self, request: http::Request<Body>) -> Exchange<'_> {
        let header = |name| Some(request.headers().get(name)?.to_str().unwrap().to_owned());
        assert_eq!(header("accept").unwrap(), "text/event-stream");
        self.last_event_ids
            .lock()
            .unwrap()
            .push(header("last-event-id"));
        let (status, media_type, pieces) = self.bodies.lock().unwrap().remove(0);
        let pieces = pieces.into_iter().map(|piece| match piece {
            [] => Err(TransportError::new(TransportErrorKind::Reset, "reset")),
            piece => Ok(Bytes::from_static(piece)),
        });
        let body = Body::from_stream(Pieces(Vec::from_iter(pieces).into_iter()));
        let response = http::Response::builder()
            .status(status)
            .header("content-type", media_type);
        Box::pin(async move { Ok(response.body(body).unwrap()) })
    }
}

struct Pieces(std::vec::IntoIter<Result<Bytes, TransportError>>);

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next())
    }
}

static API: Api = Api {
    user_agent: "chat/1.0",
    server: Some("http://127.0.0.1/"),
    schemes: &[],
};

type Bodies = Vec<(u16, &'static str, Vec<&'static [u8]>)>;

fn answers(bodies: Bodies) -> (Client, Arc<Answers>) {
    let answers = Arc::new(Answers {
        bodies: Mutex::new(bodies),
        last_event_ids: Mutex::default(),
    });
    let builder = ClientBuilder::new(&API).transport(answers.clone());
    (
        builder.retry(RetryPolicy::never()).build().unwrap(),
        answers,
    )
}

/// An operation whose response is JSON, or events of numbers.
struct Chat;

impl Operation for Chat {
    type Success = Value;
    type Error = super::super::NoError;

    const INFO: &'static OperationInfo = &OperationInfo::new("chat").get("/chat");

    fn read(response: RawResponse) -> ReadResult<Self> {
        match response.status().as_u16() {
            200 => response.json(),
            _ => response.undocumented(),
        }
    }
}

impl EventOperation for Chat {
    type Data = u32;
    const ENCODING: EventEncoding = EventEncoding::Json;
}

/// An operation that has events only.
struct Feed;

impl Operation for Feed {
    type Success = EventStream<Self>;
    type Error = super::super::NoError;

    const INFO: &'static OperationInfo = &OperationInfo::new("feed")
        .get("/feed")
        .accept("text/event-stream");
    const STREAM: StreamReader<Self> = EventStream::READER;

    fn read(response: RawResponse) -> ReadResult<Self> {
        match response.status().as_u16() {
            200 => response.events(),
            _ => response.undocumented(),
        }
    }
}

impl EventOperation for Feed {
    type Data = String;
    const ENCODING: EventEncoding = EventEncoding::Text;
}

const STREAM: &str = "text/event-stream; charset=utf-8";

/// The items of a stream as text.
async fn items<O>(mut stream: EventStream<O>) -> Vec<String>
where
    O: EventOperation<Data: fmt::Display>,
{
    let mut items = Vec::new();
    while let Some(item) = stream.next().await {
        items.push(match item {
            Ok(Event { event, data, .. }) => format!("{event} {data}"),
            Err(error) => error.to_string(),
        });
    }
    items
}

#[tokio::test]
async fn events_are_read_until_the_end_that_the_server_names() {
    let pieces: Vec<&[u8]> = vec![
        b"data: 1\n\nda",
        b"ta: 2\n\n",
        b"data: [DONE]\n\ndata: 3\n\n",
    ];
    let (client, _) = answers(vec![(200, STREAM, pieces)]);
    let stream = Request::<Chat>::new(&client).events().await.unwrap();
    assert_eq!(items(stream).await, ["message 1", "message 2"]);
}

#[tokio::test]
async fn errors_in_a_stream_leave_the_rest_to_be_read() {
    let pieces: Vec<&[u8]> = vec![
        b"data: 1\n\ndata: no\n\nevent: error\ndata: {\"code\": 7}\n\n",
        b"data: {\"error\": {}}\n\ndata: 2\n\n",
        b"",
    ];
    let (client, _) = answers(vec![(200, STREAM, pieces)]);
    let stream = Request::<Chat>::new(&client).events().await.unwrap();
    let items = items(stream).await;
    assert_eq!(
        [&items[0], &items[2], &items[3], &items[4]],
        [
            "message 1",
            "chat: the server reports an error: {\"code\": 7}",
            "chat: the server reports an error: {\"error\": {}}",
            "message 2",
        ]
    );
    assert!(
        items[1].starts_with("chat: 200 OK, but its body was not understood: "),
        "{items:?}"
    );
    assert_eq!(items[5..], ["chat: the request failed: reset"]);
}

#[tokio::test]
async fn what_is_no_stream_is_an_error() {
    let json: Bodies = vec![
        (200, "application/json", vec![b"{}"]),
        (500, STREAM, vec![b"data: 1\n\n"]),
    ];
    let (client, _) = answers(json);
    let error = Request::<Chat>::new(&client).events().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "chat: 200 OK, but with the content type `application/json` where server-sent events were expected: {}"
    );
    let error = Request::<Chat>::new(&client).events().await.unwrap_err();
    assert_eq!(error.response().unwrap().body(), "data: 1\n\n");
    assert_eq!(error.status().unwrap(), 500);
}

#[tokio::test]
async fn an_event_has_a_limit() {
    let (client, _) = answers(vec![(
        200,
        STREAM,
        vec![b"data: 1\n\ndata: 22222222222\n\ndata: 3\n\n"],
    )]);
    let request = Request::<Chat>::new(&client).with_max_response_size(12);
    let stream = request.events().await.unwrap();
    assert_eq!(
        items(stream).await,
        [
            "message 1",
            "chat: an item of the stream is larger than 12 bytes"
        ]
    );
}

#[tokio::test]
async fn operations_with_events_only_give_them_when_awaited() {
    let answer: Bodies = vec![(
        200,
        STREAM,
        vec![b"event: add\ndata: a b\n\n", b"data: [DONE]\n\n"],
    )];
    let (client, _) = answers(answer.clone());
    let stream = Request::<Feed>::new(&client).await.unwrap();
    assert_eq!(items(stream).await, ["add a b", "message [DONE]"]);
    let (client, _) = answers(answer);
    let response = Request::<Feed>::new(&client).send().await.unwrap();
    assert_eq!(response.header("content-type"), Some(STREAM));
    assert_eq!(items(response.into_value()).await.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_stream_goes_on_after_its_last_event() {
    let bodies: Bodies = vec![
        (
            200,
            STREAM,
            vec![b"retry: 50\nid: 1\ndata: a\n\nid: 2\ndata: b", b""],
        ),
        (200, STREAM, vec![b"id: 2\ndata: b\n\ndata: c\n\n"]),
        (204, STREAM, vec![]),
    ];
    let (client, seen) = answers(bodies.clone());
    let stream = Request::<Feed>::new(&client).await.unwrap();
    let stream = stream.with_reconnect(RetryPolicy::new());
    let start = timer::Instant::now();
    assert_eq!(items(stream).await, ["message a", "message b", "message c"]);
    assert_eq!(start.elapsed(), Duration::from_millis(100));
    let ids = seen.last_event_ids.lock().unwrap().clone();
    assert_eq!(ids, [None, Some("1".to_owned()), Some("2".to_owned())]);

    // Unless asked for, it ends with the connection.
    let (client, seen) = answers(bodies);
    let stream = Request::<Feed>::new(&client).await.unwrap();
    assert_eq!(
        items(stream).await,
        ["message a", "feed: the request failed: reset"]
    );
    assert_eq!(seen.last_event_ids.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_has_no_events_is_given_up() {
    let empty = || (200, STREAM, vec![]);
    let (client, seen) = answers(vec![empty(), empty(), empty(), empty(), empty()]);
    let stream = Request::<Feed>::new(&client).await.unwrap();
    let stream = stream.with_reconnect(RetryPolicy::new().max_attempts(3));
    assert_eq!(items(stream).await, [""; 0]);
    assert_eq!(seen.last_event_ids.lock().unwrap().len(), 4);

    let (client, _) = answers(vec![empty(), (401, "text/plain", vec![b"no"])]);
    let stream = Request::<Feed>::new(&client).await.unwrap();
    let stream = stream.with_reconnect(RetryPolicy::new());
    assert_eq!(
        items(stream).await,
        ["feed: 401 Unauthorized: no (not documented)"]
    );
}

#[test]
fn events_are_described_as_a_whole() {
    let event = |data: &str| Event {
        event: "add".to_owned(),
        id: "1".to_owned(),
        data: data.to_owned(),
    };
    let whole = |form: EventEncoding, data| -> Value {
        serde_json::from_slice(&form.json(&event(data))).unwrap()
    };
    assert_eq!(
        whole(EventEncoding::Event, "{\"a\": 1}"),
        json!({ "event": "add", "id": "1", "data": "{\"a\": 1}" })
    );
    assert_eq!(
        whole(EventEncoding::EventOfJson, "{\"a\": 1}"),
        json!({ "event": "add", "id": "1", "data": { "a": 1 } })
    );
    assert_eq!(whole(EventEncoding::EventOfJson, "[a")["data"], "[a");
}
