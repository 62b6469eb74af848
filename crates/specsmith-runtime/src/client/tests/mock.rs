//! Calls that stubs answer.

use super::super::mock::{MockRequest, MockResponse, MockTransport, UnexpectedCall};
use super::*;

/// `POST /things`: 201 is documented, and text as an error.
struct AddThing;

impl Operation for AddThing {
    type Success = Value;
    type Error = NoError;

    const INFO: &'static OperationInfo = &OperationInfo::new("addThing")
        .post("/things")
        .accept("application/vnd.thing+json");

    fn read(response: RawResponse) -> ReadResult<Self> {
        match response.status().as_u16() {
            201 if response.is("application/vnd.thing+json") => response.json(),
            _ => response.undocumented(),
        }
    }
}

/// `DELETE /things/{id}.{format}`: nothing comes back.
struct DropThing;

impl Operation for DropThing {
    type Success = ();
    type Error = NoError;

    const INFO: &'static OperationInfo =
        &OperationInfo::new("dropThing").delete("/things/{id}.{format}");

    fn read(response: RawResponse) -> ReadResult<Self> {
        match response.status().as_u16() {
            204 => response.empty(),
            _ => response.undocumented(),
        }
    }
}

/// `GET /motto`: text.
struct Motto;

impl Operation for Motto {
    type Success = String;
    type Error = NoError;

    const INFO: &'static OperationInfo = &OperationInfo::new("motto").get("/motto");

    fn read(response: RawResponse) -> ReadResult<Self> {
        match response.status().as_u16() {
            200 => response.text(),
            _ => response.undocumented(),
        }
    }
}

impl RecordOperation for AddThing {
    type Record = Value;
    const ACCEPT: &'static str = "application/json-seq, application/jsonl";
}

impl EventOperation for Motto {
    type Data = String;
    const ENCODING: EventEncoding = EventEncoding::Text;
}

impl EventOperation for AddThing {
    type Data = Value;
    const ENCODING: EventEncoding = EventEncoding::EventOfJson;
}

fn mocked() -> (MockTransport, Client) {
    let mock = MockTransport::new();
    let client = ClientBuilder::new(&API)
        .base_url("http://example.com/v1")
        .credential("token", "hunter2")
        .credential("key", "hunter3")
        .retry(RetryPolicy::new().backoff(Duration::ZERO))
        .transport(mock.clone());
    (mock, client.build().unwrap())
}

#[tokio::test]
async fn successes_are_what_the_document_says() {
    let (mock, client) = mocked();
    mock.on::<AddThing>().respond_ok(&json!({"id": 1}));
    mock.on::<DropThing>().respond_ok(&());
    mock.on::<Motto>().respond_ok(&"plain \"words\"".to_owned());
    let response = Request::<AddThing>::new(&client).send().await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response["id"]),
        (201, &json!(1))
    );
    assert_eq!(
        response.header("content-type"),
        Some("application/vnd.thing+json")
    );
    assert_eq!(
        Request::<Motto>::new(&client).await.unwrap(),
        "plain \"words\""
    );
    let mut request = Request::<DropThing>::new(&client);
    request.parts.path("id", "a.b c");
    request.parts.path("format", "json");
    assert_eq!(request.send().await.unwrap().status(), 204);
    let sent = mock.last_request().unwrap();
    assert_eq!(sent.path(), "/v1/things/a.b%20c.json");
    assert_eq!(sent.path_value("id").as_deref(), Some("a"));
    assert_eq!(sent.path_value("other"), None);
    mock.assert_done();
}

#[tokio::test]
async fn a_value_that_no_success_is_read_as_is_told() {
    struct Never;
    impl Operation for Never {
        type Success = Value;
        type Error = NoError;
        const INFO: &'static OperationInfo = &OperationInfo::new("never");
        fn read(response: RawResponse) -> ReadResult<Self> {
            response.undocumented()
        }
    }
    let (mock, client) = mocked();
    mock.on::<Never>().respond_ok(&json!(1));
    let error = Request::<Never>::new(&client)
        .await
        .unwrap_err()
        .to_string();
    let expect = "never: the request failed: no success of `never` is read as this value; say by `respond_with` what is sent";
    assert_eq!(error, expect);
}

#[tokio::test]
async fn replies_come_one_after_the_other() {
    let (mock, client) = mocked();
    mock.on::<GetThing>()
        .respond(503, &json!("busy"))
        .times(2)
        .then()
        .respond_ok(&json!("fine"))
        .header("x-request-id", "r1");
    let response = get_thing(&client).send().await.unwrap();
    assert_eq!(
        (response.raw().attempts(), response.request_id()),
        (3, Some("r1"))
    );
    assert_eq!(get_thing(&client).await.unwrap(), "fine");
    assert_eq!(mock.requests_of::<GetThing>().len(), 4);
    assert!(mock.requests_of::<Motto>().is_empty());
    mock.assert_done();
}

#[tokio::test]
async fn errors_faults_and_delays() {
    let (mock, client) = mocked();
    mock.on::<GetThing>()
        .respond(404, &json!({"title": "none"}))
        .times(1)
        .then()
        .fail(TransportErrorKind::Protocol)
        .times(1)
        .then()
        .respond_empty(501)
        .times(1)
        .then()
        .respond_ok(&json!(1))
        .delay(Duration::from_secs(60));
    let error = get_thing(&client).await.unwrap_err();
    let Error::Api(GetThingError::NotFound(problem)) = error else {
        panic!("{error}");
    };
    assert_eq!(problem["title"], "none");
    let error = get_thing(&client).await.unwrap_err();
    assert!(
        matches!(&error, Error::Transport(it) if it.kind() == TransportErrorKind::Protocol),
        "{error}"
    );
    let error = get_thing(&client).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 501);
    let slow = get_thing(&client).with_timeout(Duration::from_millis(20));
    assert!(slow.await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn the_last_stub_that_wants_a_request_answers_it() {
    let (mock, client) = mocked();
    mock.on::<GetThing>().respond_ok(&json!("any"));
    mock.on::<GetThing>()
        .when(|request| request.path_value("id").as_deref() == Some("7"))
        .when(|request| request.query_value("deep").as_deref() == Some("a b"))
        .respond_with(|request: &MockRequest| {
            let json = json!({"query": request.query_value("deep")});
            MockResponse::json(200, &json).with_header("x-total-count", "1")
        })
        .times(1);
    let seven = || {
        let mut request = Request::<GetThing>::new(&client);
        request.parts.path("id", "7");
        request.with_query("deep", "a b")
    };
    assert_eq!(get_thing(&client).await.unwrap(), "any");
    assert_eq!(
        mock.problems(),
        ["a reply to `getThing` was given 0 of 1 times"]
    );
    assert_eq!(seven().await.unwrap(), json!({"query": "a b"}));
    assert_eq!(seven().await.unwrap(), "any");
    mock.assert_done();
}

#[tokio::test]
async fn a_call_without_a_stub_is_told() {
    let (mock, client) = mocked();
    let text = |error: Error<GetThingError>| {
        let Error::Transport(error) = error else {
            panic!("{error}");
        };
        assert_eq!(
            (error.kind(), error.attempts()),
            (TransportErrorKind::Refused, 1)
        );
        let source = std::error::Error::source(&error).unwrap();
        let call = source.downcast_ref::<UnexpectedCall>().unwrap();
        assert_eq!(call.operation(), Some("getThing"));
        call.to_string()
    };
    let line = "no stub answers `GET /v1/things/a%20b` (getThing): ";
    let error = text(get_thing(&client).await.unwrap_err());
    assert_eq!(error, format!("{line}it has none"));
    mock.on::<Motto>().respond_empty(200);
    mock.on::<AddThing>().respond_empty(200);
    mock.on::<Motto>().respond_empty(200);
    let error = text(get_thing(&client).await.unwrap_err());
    assert_eq!(
        error,
        format!("{line}it has none; there are stubs for `addThing`, `motto`")
    );
    mock.on::<GetThing>().respond_ok(&json!(1)).times(0);
    mock.on::<GetThing>().when(|_| false).respond_ok(&json!(1));
    let error = text(get_thing(&client).await.unwrap_err());
    assert!(
        error.contains("1 for it want other requests, 1 gave all replies"),
        "{error}"
    );
    assert_eq!(mock.problems().len(), 3);
    assert!(std::panic::catch_unwind(|| mock.assert_done()).is_err());
}

#[tokio::test]
async fn what_cannot_be_sent_is_told() {
    let (mock, client) = mocked();
    mock.on::<GetThing>()
        .respond_with(MockResponse::empty(1000))
        .then()
        .respond_with(MockResponse::text(200, "x").with_header("a b", "c"));
    let error = get_thing(&client).await.unwrap_err().to_string();
    assert!(error.ends_with("1000 is no status of HTTP"), "{error}");
    let error = get_thing(&client).await.unwrap_err().to_string();
    assert!(
        error.ends_with("the header `a b` cannot be sent"),
        "{error}"
    );
}

#[tokio::test]
async fn streams_come_in_chunks() {
    let (mock, client) = mocked();
    mock.on::<GetThing>()
        .respond_events(&[json!({"a": 1}), json!("two\nlines")]);
    mock.on::<Motto>()
        .respond_events(&["one".to_owned(), "two\nlines".to_owned()]);
    let event = json!({"event": "added", "id": "7", "data": {"b": 2}});
    mock.on::<AddThing>()
        .respond_events(std::slice::from_ref(&event))
        .then()
        .respond_records(&[json!({"c": 3}), json!(4)]);
    let mut events = get_thing(&client).events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, json!({"a": 1}));
    assert_eq!(events.next().await.unwrap().unwrap().data, "two\nlines");
    assert!(events.next().await.is_none());
    let mut events = Request::<Motto>::new(&client).events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "one");
    assert_eq!(events.next().await.unwrap().unwrap().data, "two\nlines");
    let mut events = Request::<AddThing>::new(&client).events().await.unwrap();
    let read = events.next().await.unwrap().unwrap();
    assert_eq!((&*read.event, &*read.id, read.data), ("added", "7", event));
    let mut records = Request::<AddThing>::new(&client).records().await.unwrap();
    assert_eq!(records.next().await.unwrap().unwrap(), json!({"c": 3}));
    assert_eq!(records.next().await.unwrap().unwrap(), 4);
    assert!(records.next().await.is_none());
}

#[tokio::test]
async fn a_body_can_be_slow_and_break_off() {
    let (mock, client) = mocked();
    let chunks = MockResponse::chunks(200, "text/plain", ["a", "b"]);
    let broken = chunks.clone().broken_by(TransportErrorKind::Reset);
    mock.on::<Motto>()
        .respond_with(broken)
        .then()
        .respond_with(chunks.with_chunk_delay(Duration::from_secs(60)));
    let mut download = Request::<Motto>::new(&client).download().await.unwrap();
    assert_eq!(download.next().await.unwrap().unwrap(), "a");
    assert_eq!(download.next().await.unwrap().unwrap(), "b");
    let error = download.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Reset);
    let slow = Request::<Motto>::new(&client).with_idle_timeout(Duration::from_millis(20));
    let mut download = slow.download().await.unwrap();
    assert!(download.next().await.unwrap().unwrap_err().is_timeout());
}

#[tokio::test]
async fn requests_are_printed_without_secrets() {
    let (mock, client) = mocked();
    mock.on::<GetThing>().respond_ok(&json!(1));
    let mut request = get_thing(&client).with_header("x-note", "hunter4");
    request.parts.json(json!({"password": "hunter5"}));
    request.with_query("limit", "2").await.unwrap();
    let sent = mock.last_request().unwrap();
    assert_eq!(sent.query_value("api_key").as_deref(), Some("hunter3"));
    assert_eq!(sent.header("x-note"), Some("hunter4"));
    assert_eq!(
        sent.json::<Value>().unwrap(),
        json!({"password": "hunter5"})
    );
    assert_eq!(sent.text(), r#"{"password":"hunter5"}"#);
    let printed = format!("{sent:?} {mock:?}");
    assert!(!printed.contains("hunter"), "{printed}");
    assert!(printed.contains("(\"limit\", \"2\")"), "{printed}");
}
