//! Calls without `async`, with a server on a thread of its own.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use super::super::mock::{MockResponse, MockTransport};
use super::*;

/// Serves each of these answers on a connection of its own; gives a client.
fn answered(answers: &'static [&'static str]) -> ClientBuilder {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = vec![0; 64 << 10];
            assert!(stream.read(&mut request).unwrap() > 0);
            stream.write_all(answer.as_bytes()).unwrap();
            // Silence, until the client has enough.
            let _ = stream.read(&mut request);
        }
    });
    ClientBuilder::new(&API)
        .base_url(format!("http://127.0.0.1:{port}/v1"))
        .credential("token", "hunter2")
        .credential("key", "hunter3")
        .retry(RetryPolicy::new().backoff(Duration::ZERO))
}

const BUSY: &str = "HTTP/1.1 503 x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

#[test]
fn a_call_is_sent_again_and_read() {
    let client = answered(&[BUSY, JSON]).build().unwrap();
    let response = get_thing(&client).send_blocking().unwrap();
    assert_eq!((response.raw().attempts(), &response["a"]), (2, &json!(1)));
    let client = answered(&[JSON]).build().unwrap();
    assert_eq!(get_thing(&client).call_blocking().unwrap()["a"], 1);
}

#[test]
fn a_connection_is_used_again() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        for _ in 0..2 {
            let mut request = vec![0; 64 << 10];
            assert!(stream.read(&mut request).unwrap() > 0);
            stream.write_all(JSON.as_bytes()).unwrap();
        }
        drop(listener);
    });
    let client = client(port);
    for _ in 0..2 {
        assert_eq!(get_thing(&client).call_blocking().unwrap()["a"], 1);
    }
}

#[test]
fn time_runs_out() {
    let client = answered(&[""]).build().unwrap();
    let call = get_thing(&client).with_timeout(Duration::from_millis(30));
    let error = call.call_blocking().unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[test]
fn a_download_is_a_reader() {
    let client = answered(&[
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n",
    ]);
    let client = client.build().unwrap();
    let mut download = get_thing(&client).download_blocking().unwrap();
    assert_eq!(download.status(), 200);
    let mut text = String::new();
    download.read_to_string(&mut text).unwrap();
    assert_eq!(text, "abc");
    let slow = get_thing(&client).with_idle_timeout(Duration::from_millis(30));
    let error = slow
        .download_blocking()
        .unwrap()
        .read_to_string(&mut text)
        .unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::TimedOut);
    let inner = error
        .get_ref()
        .unwrap()
        .downcast_ref::<TransportError>()
        .unwrap();
    assert_eq!(inner.kind(), TransportErrorKind::Timeout(Timeout::Idle));
}

#[test]
fn streams_are_iterators() {
    let mock = MockTransport::new();
    mock.on::<GetThing>()
        .respond_events(&[json!(1), json!(2)])
        .then()
        .respond_with(
            MockResponse::chunks(200, "text/event-stream", ["data: 3\n\n"])
                .with_chunk_delay(Duration::from_secs(60)),
        );
    let client = answered(&[]).transport(mock).build().unwrap();
    let events = get_thing(&client).events_blocking().unwrap();
    assert_eq!(events.response().status(), 200);
    let data = events.map(|event| event.unwrap().data);
    assert_eq!(Vec::from_iter(data), [json!(1), json!(2)]);
    let slow = get_thing(&client).with_idle_timeout(Duration::from_millis(20));
    let mut events = slow.events_blocking().unwrap();
    assert!(events.next().unwrap().unwrap_err().is_timeout());
    assert!(events.next().is_none());
}

/// What a blocking call inside of a runtime says.
fn refused(error: &TransportError) {
    let source = std::error::Error::source(error).unwrap();
    assert!(source.is::<InsideRuntime>(), "{error}");
}

#[tokio::test]
async fn inside_of_a_runtime_it_is_an_error() {
    let mock = MockTransport::new();
    mock.on::<GetThing>().respond_events(&[json!(1)]);
    let client = answered(&[]).transport(mock.clone()).build().unwrap();
    let error = get_thing(&client).call_blocking().unwrap_err();
    let expect = "getThing: the request failed: a blocking call inside of an async runtime; `.await` the request there";
    assert_eq!(error.to_string(), expect);
    let Error::Transport(error) = error else {
        panic!("{error}");
    };
    refused(&error);
    assert!(matches!(
        get_thing(&client).events_blocking(),
        Err(Error::Transport(_))
    ));
    assert!(matches!(
        get_thing(&client).download_blocking(),
        Err(Error::Transport(_))
    ));
    assert!(mock.requests().is_empty());
    // A stream that began with `async` ends with the error.
    let mut events = Blocking::new(get_thing(&client).events().await.unwrap());
    assert!(matches!(events.next(), Some(Err(Error::Transport(_)))));
    assert!(events.next().is_none());
    refused(&block_on(async {}).unwrap_err());
    assert_eq!(
        thread::spawn(|| block_on(async { 7 }).unwrap())
            .join()
            .unwrap(),
        7
    );
}
