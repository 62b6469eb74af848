//! Responses that are sent item by item, and requests that are read so.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::response::Response;
use serde_json::{Value, json};

use super::super::context::{OperationInfo, ResponseHeaders};
use super::super::events::{Event, EventEncoding, EventStream, events};
use super::super::layer::Found;
use super::super::lines::Records;
use super::super::problem::{Place, Problem};
use super::super::records::{RecordStream, records};
use super::super::request::Request;
use crate::runtime::codec::rules;

static INFO: OperationInfo = OperationInfo {
    id: "test",
    method: "POST",
    path: "/",
    tags: &[],
    produces: &[],
    security: &[],
};

async fn text(response: Response) -> String {
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

async fn written(encoding: EventEncoding, item: Value) -> String {
    text(events(200, encoding, vec![item].into())).await
}

#[tokio::test]
async fn events_are_written_as_the_document_describes_them() {
    use EventEncoding::{Event, EventOfJson, Json, Text};
    let data = json!({ "a": 1 });
    assert_eq!(written(Json, data.clone()).await, "data: {\"a\":1}\n\n");
    assert_eq!(written(Json, json!("a")).await, "data: \"a\"\n\n");
    assert_eq!(written(Text, json!("a\nb")).await, "data: a\ndata: b\n\n");
    let whole = json!({ "event": "added", "id": "7", "retry": 250, "data": "a" });
    assert_eq!(
        written(Event, whole).await,
        "event: added\nid: 7\nretry: 250\ndata: a\n\n"
    );
    let whole = json!({ "event": "added", "data": data });
    assert_eq!(
        written(EventOfJson, whole).await,
        "event: added\ndata: {\"a\":1}\n\n"
    );
    assert_eq!(
        written(EventOfJson, json!({ "data": "[DONE]" })).await,
        "data: [DONE]\n\n"
    );
    // As it is, a client would read a number.
    assert_eq!(
        written(EventOfJson, json!({ "data": "1" })).await,
        "data: \"1\"\n\n"
    );
}

#[tokio::test]
async fn events_have_names_and_ids() {
    let event = Event::new(1).with_name("n").with_id("i");
    let event = event.with_retry(Duration::from_secs(1));
    let stream = EventStream::<i32>::new(futures_of([event.clone()]));
    assert_eq!(
        text(events(200, EventEncoding::Json, stream)).await,
        "event: n\nid: i\nretry: 1000\ndata: 1\n\n"
    );
    let stream = EventStream::<i32>::new(futures_of([2]));
    let response = events(201, EventEncoding::Json, stream);
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    for broken in [event.clone().with_name("a\nb"), event.with_id("a\rb")] {
        let stream = EventStream::<i32>::new(futures_of([broken]));
        let response = events(200, EventEncoding::Json, stream);
        assert!(to_bytes(response.into_body(), usize::MAX).await.is_err());
    }
}

#[tokio::test(start_paused = true)]
async fn silence_is_filled_with_comments() {
    let next = |mut response: Response| async move {
        let body = std::pin::Pin::new(response.body_mut());
        let mut frame = Box::pin(NextFrame(body));
        let frame = tokio::time::timeout(Duration::from_secs(60), &mut frame).await;
        frame.ok().flatten()
    };
    let silent = || EventStream::<Value>::new(Silent);
    let response = events(200, EventEncoding::Json, silent());
    assert_eq!(next(response).await.as_deref(), Some(":\n\n"));
    let stream = silent().with_keep_alive(None);
    let response = events(200, EventEncoding::Json, stream);
    assert_eq!(next(response).await, None);
}

#[tokio::test]
async fn records_are_written_one_after_the_other() {
    let items = || vec![json!({ "a": 1 }), json!("b")];
    let response = records(200, "application/jsonl", items().into());
    assert_eq!(response.headers()["content-type"], "application/jsonl");
    assert_eq!(text(response).await, "{\"a\":1}\n\"b\"\n");
    let stream = RecordStream::new(futures_of(items()));
    assert_eq!(
        text(records(200, "application/json-seq", stream)).await,
        "\u{1e}{\"a\":1}\n\u{1e}\"b\"\n"
    );
    let stream = RecordStream::try_new(futures_of([Ok(json!(1)), Err("the database is away")]));
    let response = records(200, "application/jsonl", stream);
    assert!(to_bytes(response.into_body(), usize::MAX).await.is_err());
}

/// A stream of these items.
fn futures_of<T: Send + 'static>(
    items: impl IntoIterator<Item = T>,
) -> impl futures_core::Stream<Item = T> + Send + 'static {
    struct Items<T>(std::collections::VecDeque<T>);
    impl<T> Unpin for Items<T> {}
    impl<T> futures_core::Stream for Items<T> {
        type Item = T;
        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<T>> {
            std::task::Poll::Ready(self.0.pop_front())
        }
    }
    Items(items.into_iter().collect())
}

/// A stream that has nothing to say.
struct Silent;

impl futures_core::Stream for Silent {
    type Item = Value;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Value>> {
        std::task::Poll::Pending
    }
}

/// The text of the next frame of a body.
struct NextFrame<'b>(std::pin::Pin<&'b mut axum::body::Body>);

impl Future for NextFrame<'_> {
    type Output = Option<String>;

    fn poll(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Self::Output> {
        use hyper::body::Body as _;
        let frame = self.0.as_mut().poll_frame(cx);
        frame.map(|frame| {
            let data = frame?.ok()?.into_data().ok()?;
            String::from_utf8(data.to_vec()).ok()
        })
    }
}

/// A record, or the status and places of what is wrong.
async fn next(records: &mut Records<Vec<u8>>) -> Option<Result<Vec<u8>, String>> {
    let told = |problem: Problem| {
        let places = problem
            .violations()
            .iter()
            .map(|violation| match &violation.place {
                Place::Body(pointer) => format!(" {pointer} {}", violation.code),
                Place::Parameter { .. } => String::new(),
            });
        format!("{}{}", problem.status().as_u16(), String::from_iter(places))
    };
    records.next().await.map(|record| record.map_err(told))
}

fn records_of(media_type: &str, text: &str) -> Records<Vec<u8>> {
    // Chunks end anywhere.
    let chunks: Vec<_> = text
        .as_bytes()
        .chunks(3)
        .map(|chunk| Ok::<_, Problem>(chunk.to_vec()))
        .collect();
    let mut request = axum::http::Request::new(Body::from_stream(futures_of(chunks)));
    request
        .headers_mut()
        .insert("content-type", media_type.parse().unwrap());
    let mut request = Request::new(request, &INFO, Found::default(), ResponseHeaders::default());
    request
        .records("application/jsonl, application/json-seq")
        .unwrap()
}

#[tokio::test]
async fn records_of_requests_go_on_behind_one_that_is_wrong() {
    let text = "[1,2]\n\n[3\n[4,\"x\",500]\r\n[5]\n[6,7,8]\n[9]";
    let records = records_of("application/jsonl", text);
    let mut records = records.check_counted(rules!(max_items(2)));
    assert_eq!(next(&mut records).await, Some(Ok(vec![1, 2])));
    assert_eq!(
        next(&mut records).await,
        Some(Err("400 /1 syntax".to_owned()))
    );
    assert_eq!(
        next(&mut records).await,
        Some(Err("422 /2/1 type /2/2 type /2 maxItems".to_owned()))
    );
    assert_eq!(next(&mut records).await, Some(Ok(vec![5])));
    assert_eq!(
        next(&mut records).await,
        Some(Err("422 /4 maxItems".to_owned()))
    );
    assert_eq!(next(&mut records).await, Some(Ok(vec![9])));
    assert_eq!(next(&mut records).await, None);
    let mut sequence = records_of("application/json-seq", "\u{1e}[1,\n2]\n\u{1e}[3]\n");
    assert_eq!(next(&mut sequence).await, Some(Ok(vec![1, 2])));
    assert_eq!(next(&mut sequence).await, Some(Ok(vec![3])));
    assert_eq!(next(&mut sequence).await, None);
}

#[tokio::test]
async fn records_of_requests_have_a_limit() {
    let mut records = records_of("application/jsonl", "[1]\n[1,2,3,4]\n[1]\n").with_max_size(8);
    assert_eq!(next(&mut records).await, Some(Ok(vec![1])));
    assert_eq!(next(&mut records).await, Some(Err("413".to_owned())));
    assert_eq!(next(&mut records).await, None);
}
