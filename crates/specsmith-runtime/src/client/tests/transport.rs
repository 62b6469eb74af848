//! What the seam between calls and their transport promises.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::*;

/// Chunks, each of them there at once.
struct Chunks(VecDeque<&'static str>);

impl Stream for Chunks {
    type Item = Result<&'static str, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front().map(Ok))
    }
}

fn chunks(chunks: &[&'static str]) -> Body {
    Body::from_stream(Chunks(chunks.iter().copied().collect()))
}

/// Remembers what was sent, and answers with two chunks of JSON.
#[derive(Default)]
struct Recorder(Mutex<Vec<String>>);

impl Transport for Recorder {
    fn send(&self, request: http::Request<Body>) -> Exchange<'_> {
        Box::pin(async move {
            let operation = operation_of(&request).unwrap();
            let (head, mut body) = request.into_parts();
            let mut text = format!("{} {} {}:", operation.id, head.method, head.uri);
            while let Some(chunk) = body.chunk().await {
                text.push_str(&String::from_utf8_lossy(&chunk?));
                text.push('|');
            }
            self.0.lock().unwrap().push(text);
            Ok(http::Response::new(chunks(&["{\"a\"", ": 1}"])))
        })
    }
}

fn recorded() -> (Client, Arc<Recorder>) {
    let recorder = Arc::new(Recorder::default());
    let client = ClientBuilder::new(&API)
        .base_url("http://example.com")
        .credential("token", "hunter2")
        .credential("key", "hunter3")
        .transport(recorder.clone());
    (client.build().unwrap(), recorder)
}

#[tokio::test]
async fn a_transport_gets_requests_and_gives_responses() {
    let (client, recorder) = recorded();
    let mut request = get_thing(&client);
    request.parts.bytes("text/plain", "whole");
    assert_eq!(request.await.unwrap(), json!({ "a": 1 }));
    let mut request = get_thing(&client);
    request
        .parts
        .bytes("text/plain", RequestBody::once(chunks(&["one", "two"])));
    let again = request.clone();
    assert!(request.await.is_ok());
    let gone = again.await.unwrap_err().to_string();
    assert_eq!(
        gone,
        "getThing: invalid request: body was there once and is sent"
    );
    let address = "getThing GET http://example.com/things/a%20b?api_key=hunter3";
    assert_eq!(
        *recorder.0.lock().unwrap(),
        [format!("{address}:whole|"), format!("{address}:one|two|")]
    );
}

#[tokio::test]
async fn bodies_are_opened_for_each_call() {
    let (client, recorder) = recorded();
    let mut request = get_thing(&client);
    let body = RequestBody::open_with(|| async { Ok::<_, BoxError>(chunks(&["opened"])) });
    request.parts.bytes("text/plain", body);
    assert!(request.clone().await.is_ok() && request.await.is_ok());
    assert!(
        recorder
            .0
            .lock()
            .unwrap()
            .iter()
            .all(|sent| sent.ends_with(":opened|"))
    );

    let mut request = get_thing(&client);
    let body = RequestBody::open_with(|| async { Err::<Body, _>("no such file") });
    request.parts.bytes("text/plain", body);
    let Error::Transport(error) = request.await.unwrap_err() else {
        panic!("not an error of the transport")
    };
    assert_eq!(error.kind(), TransportErrorKind::Body);
    assert_eq!(
        error.to_string(),
        "getThing: the request failed: no such file"
    );
}

#[tokio::test]
async fn a_response_can_be_read_piece_by_piece() {
    let (client, _) = recorded();
    let response = OpenResponse::of(get_thing(&client)).await.unwrap();
    assert_eq!(response.head().status(), 200);
    let mut body = response.into_body();
    assert_eq!(body.chunk().await.unwrap().unwrap(), "{\"a\"");
    assert_eq!(body.chunk().await.unwrap().unwrap(), ": 1}");
    assert!(body.chunk().await.is_none());

    let response = OpenResponse::of(get_thing(&client)).await.unwrap();
    assert_eq!(response.read().await.unwrap().body(), "{\"a\": 1}");
}

#[tokio::test]
async fn streams_go_over_the_wire_in_both_directions() {
    let answer = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\n{\"a\"\r\n4\r\n: 1}\r\n0\r\n\r\n";
    let (port, requests) = serve(vec![Answer::Bytes(answer)]).await;
    let mut request = get_thing(&client(port));
    let body = chunks(&["one", "two"]).with_length(6);
    request.parts.bytes("text/plain", RequestBody::once(body));
    let mut body = OpenResponse::of(request).await.unwrap().into_body();
    let mut text = Vec::new();
    while let Some(chunk) = body.chunk().await {
        text.extend_from_slice(&chunk.unwrap());
    }
    assert_eq!(text, b"{\"a\": 1}");
    let request = requests.await.unwrap().remove(0);
    assert!(request.contains("\r\ncontent-length: 6\r\n"), "{request}");
}

#[tokio::test(start_paused = true)]
async fn stalled_bodies_run_into_the_idle_timeout() {
    struct Stalled(bool);
    impl Stream for Stalled {
        type Item = Result<&'static str, BoxError>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            match std::mem::replace(&mut self.0, false) {
                true => Poll::Ready(Some(Ok("first"))),
                false => Poll::Pending,
            }
        }
    }
    let mut body = Body::from_stream(Stalled(true)).with_idle_timeout(Duration::from_secs(5));
    assert_eq!(body.chunk().await.unwrap().unwrap(), "first");
    let started = timer::Instant::now();
    let error = body.chunk().await.unwrap().unwrap_err();
    assert_eq!(started.elapsed(), Duration::from_secs(5));
    assert_eq!(error.kind(), TransportErrorKind::Timeout(Timeout::Idle));
    assert_eq!(
        error.to_string(),
        "timed out while waiting for the rest of the response"
    );
}

#[test]
fn bodies_do_not_print_what_they_hold() {
    let text = format!(
        "{:?} {:?}",
        Body::new("hunter2"),
        RequestBody::new("hunter2")
    );
    assert_eq!(
        text,
        "Body { length: Some(7), .. } RequestBody { length: Some(7), .. }"
    );
}
