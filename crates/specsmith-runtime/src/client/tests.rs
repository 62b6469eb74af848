//! Calls over a loopback connection to a server that answers with fixed bytes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

mod blocking;
mod canary;
mod fault_server;
mod faults;
mod middleware;
mod mock;
mod pages;
mod recordings;
mod retry;
mod streams;
mod transport;

/// `GET /things/{id}`: 200 and 404 are documented.
struct GetThing;

impl Operation for GetThing {
    type Success = Value;
    type Error = GetThingError;

    const INFO: &'static OperationInfo = &OperationInfo::new("getThing")
        .get("/things/{id}")
        .accept("application/json")
        .security(&[&["token", "key"]]);

    fn read(response: RawResponse) -> ReadResult<Self> {
        match response.status().as_u16() {
            200 => response.json(),
            404 => response.json_error(GetThingError::NotFound),
            _ => response.undocumented(),
        }
    }
}

#[derive(Debug)]
enum GetThingError {
    NotFound(Response<Value>),
}
api_error!(GetThingError { NotFound });

static API: Api = Api {
    user_agent: "things/1.0",
    server: None,
    schemes: &[
        Scheme::new("token", "bearer", Place::Authorization("Bearer")),
        Scheme::new("key", "api_key", Place::Query("api_key")),
    ],
};

/// What answers a request.
#[derive(Clone, Copy)]
enum Answer {
    /// These bytes, then the connection is closed.
    Bytes(&'static str),
    /// A redirect to a path of the server at this port, or of the same one.
    Redirect(Option<u16>, &'static str),
    /// Nothing.
    Silence,
}

/// Serves `answers` one after the other; gives the port and, when all are given, the requests.
async fn serve(answers: Vec<Answer>) -> (u16, tokio::task::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let requests = tokio::spawn(async move {
        let mut requests = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = vec![0; 64 << 10];
            let length = stream.read(&mut request).await.unwrap();
            requests.push(String::from_utf8_lossy(&request[..length]).into_owned());
            let text = match answer {
                Answer::Bytes(text) => text.to_owned(),
                Answer::Redirect(to, path) => {
                    let port = to.unwrap_or(port);
                    format!(
                        "HTTP/1.1 307 x\r\nlocation: http://127.0.0.1:{port}{path}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
                    )
                }
                Answer::Silence => {
                    tokio::time::sleep(Duration::from_secs(5)).await;
                    continue;
                }
            };
            stream.write_all(text.as_bytes()).await.unwrap();
        }
        requests
    });
    (port, requests)
}

fn client(port: u16) -> Client {
    ClientBuilder::new(&API)
        .base_url(format!("http://127.0.0.1:{port}/v1"))
        .credential("token", "hunter2")
        .credential("key", "hunter3")
        .build()
        .unwrap()
}

fn get_thing(client: &Client) -> Request<GetThing> {
    let mut request = Request::new(client);
    request.parts.path("id", "a b");
    request
}

async fn call(answer: &'static str) -> Result<Value, Error<GetThingError>> {
    let (port, _) = serve(vec![Answer::Bytes(answer)]).await;
    get_thing(&client(port)).await
}

const JSON: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-next: 2\r\ncontent-length: 8\r\n\r\n{\"a\": 1}";

#[tokio::test]
async fn a_call_sends_and_reads_what_the_document_says() {
    let (port, requests) = serve(vec![Answer::Bytes(JSON)]).await;
    let response = get_thing(&client(port))
        .with_header("X-Trace", "t")
        .send()
        .await
        .unwrap();
    assert_eq!(
        (response.status().as_u16(), response.header("x-next")),
        (200, Some("2"))
    );
    assert_eq!((*response).clone(), json!({ "a": 1 }));
    assert_eq!(response.body(), "{\"a\": 1}");
    let request = requests.await.unwrap().remove(0);
    assert!(
        request.starts_with("GET /v1/things/a%20b?api_key=hunter3 HTTP/1.1\r\n"),
        "{request}"
    );
    for line in [
        "authorization: Bearer hunter2",
        "user-agent: things/1.0",
        "accept: application/json",
        "x-trace: t",
    ] {
        assert!(
            request.contains(&format!("\r\n{line}\r\n")),
            "{line} in {request}"
        );
    }
}

#[tokio::test]
async fn documented_errors_are_typed() {
    let answer = "HTTP/1.1 404 Not Found\r\ncontent-type: application/problem+json\r\ncontent-length: 13\r\n\r\n{\"title\":\"x\"}";
    let error = call(answer).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "getThing: 404 Not Found: {\"title\":\"x\"}"
    );
    assert_eq!(error.status().unwrap(), 404);
    let Error::Api(GetThingError::NotFound(problem)) = error else {
        panic!("{error:?}")
    };
    assert_eq!(*problem, json!({ "title": "x" }));
}

#[tokio::test]
async fn undocumented_statuses_keep_everything() {
    let error = call("HTTP/1.1 999 Odd\r\nx-a: 1\r\ncontent-length: 9\r\n\r\n<b>\n no\n\n")
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "getThing: 999 <unknown status code>: <b> no (not documented)"
    );
    let response = error.response().unwrap();
    assert_eq!(
        (response.header("x-a"), &response.body()[..]),
        (Some("1"), &b"<b>\n no\n\n"[..])
    );
}

#[tokio::test]
async fn bodies_that_are_something_else_are_kept() {
    let error =
        call("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>")
            .await
            .unwrap_err();
    let expected =
        "getThing: 200 OK, but with the content type `text/html` where JSON was expected: <html>";
    assert_eq!(error.to_string(), expected);
    assert_eq!(error.response().unwrap().body(), "<html>");
    let error = call("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "getThing: 200 OK, but its body was not understood: the body is empty"
    );
    let error = call("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n{\"a\"")
        .await
        .unwrap_err();
    assert!(
        matches!(&error, Error::Decode(error) if !error.message().is_empty()),
        "{error:?}"
    );
}

#[tokio::test]
async fn broken_transport_is_a_typed_error() {
    let truncated =
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    assert!(matches!(call(truncated).await, Err(Error::Transport(_))));
    assert!(matches!(
        call("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n").await,
        Err(Error::Transport(_))
    ));
    let (port, requests) = serve(Vec::new()).await;
    requests.await.unwrap();
    let error = get_thing(&client(port)).await.unwrap_err();
    assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
    assert!(
        error
            .to_string()
            .starts_with("getThing: the request failed: "),
        "{error}"
    );
}

#[tokio::test]
async fn silent_servers_run_into_the_timeout() {
    let (port, _) = serve(vec![Answer::Silence]).await;
    let error = get_thing(&client(port))
        .with_timeout(Duration::from_millis(50))
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.to_string(), "getThing: timed out");
}

#[tokio::test]
async fn redirects_stay_on_their_origin() {
    let (other, mut reached) = serve(vec![Answer::Bytes(JSON)]).await;
    let (port, _) = serve(vec![Answer::Redirect(Some(other), "/elsewhere")]).await;
    let error = get_thing(&client(port)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
    let reached = tokio::time::timeout(Duration::from_millis(100), &mut reached).await;
    assert!(reached.is_err(), "the other origin got {reached:?}");

    let (port, requests) = serve(vec![
        Answer::Redirect(None, "/elsewhere"),
        Answer::Bytes(JSON),
    ])
    .await;
    assert!(get_thing(&client(port)).await.is_ok());
    assert!(requests.await.unwrap()[1].starts_with("GET /elsewhere "));
}

#[tokio::test]
async fn large_bodies_are_cut_off() {
    let (port, _) = serve(vec![Answer::Bytes(JSON)]).await;
    let error = get_thing(&client(port))
        .with_max_response_size(7)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "getThing: the response is larger than 7 bytes"
    );
    let (port, _) = serve(vec![Answer::Bytes(JSON)]).await;
    assert!(
        get_thing(&client(port))
            .with_max_response_size(8)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn what_cannot_be_sent_is_not_sent() {
    let client = client(9);
    let message = |error: Error<GetThingError>| error.to_string();
    let error = get_thing(&client)
        .with_header("x-a", "1\r\nx-b: 2")
        .await
        .unwrap_err();
    let expected =
        "getThing: invalid request: header `x-a` holds a character that no header can hold";
    assert_eq!(message(error), expected);
    let error = get_thing(&client)
        .with_header("Host", "example.com")
        .await
        .unwrap_err();
    assert_eq!(
        message(error),
        "getThing: invalid request: header `Host` is written by the transport"
    );
    let mut request = get_thing(&client);
    request
        .parts
        .json(std::collections::BTreeMap::from([(vec![1], 1)]));
    assert!(matches!(request.await, Err(Error::InvalidRequest(_))));
    let anonymous = ClientBuilder::new(&API)
        .base_url("http://127.0.0.1:9")
        .build()
        .unwrap();
    let expected = "getThing: no credentials for `token` (ClientBuilder::bearer) and `key` (ClientBuilder::api_key)";
    assert_eq!(message(get_thing(&anonymous).await.unwrap_err()), expected);
}

#[tokio::test]
async fn secrets_are_printed_nowhere() {
    let (port, _) = serve(vec![Answer::Bytes(
        "HTTP/1.1 500 x\r\nset-cookie: hunter4\r\ncontent-length: 0\r\n\r\n",
    )])
    .await;
    let client = client(port);
    let mut request = get_thing(&client)
        .with_header("authorization", "hunter5")
        .with_query("q", "hunter6");
    request.parts.cookie("session", "hunter7");
    let texts = [
        format!("{client:?}"),
        format!("{request:?}"),
        format!(
            "{:?}",
            ClientBuilder::new(&API)
                .credential("token", "hunter2")
                .header("x", "hunter8")
        ),
    ];
    let answered = request.clone().await.unwrap_err();
    let refused = request.await.unwrap_err();
    assert!(refused.is_connect(), "{refused:?}");
    let errors = [&answered, &refused]
        .map(|error| format!("{error} {error:?} {:?}", std::error::Error::source(error)));
    for text in texts.iter().chain(&errors) {
        assert!(!text.contains("hunter"), "{text}");
    }
}

#[test]
fn errors_stay_small() {
    assert!(size_of::<Error<GetThingError>>() <= 24);
    assert_eq!(size_of::<Response<[u64; 100]>>(), size_of::<usize>());
}

#[test]
fn a_client_needs_an_address() {
    let error = ClientBuilder::new(&API).build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "no address of the API is known; give one with `ClientBuilder::base_url`"
    );
    let error = ClientBuilder::new(&API)
        .base_url("http://h")
        .credential("token", "a\nb")
        .build()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the credential of `token` cannot be sent"
    );
}

#[test]
fn futures_of_calls_stay_small() {
    let client = client(9);
    let sent = size_of_val(&get_thing(&client).send());
    assert!(sent <= 2560, "{sent}");
    assert_eq!(size_of::<Request<GetThing>>(), 3 * size_of::<usize>());
}
