//! Calls that are recorded and replayed.

use std::future::IntoFuture;
use std::path::PathBuf;

use super::super::mock::{MockResponse, MockTransport, NotRecorded, Recorder, Replayer};
use super::*;

/// A file of its own for each test.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let folder = format!("specsmith-recordings-{}-{name}", std::process::id());
        Self(std::env::temp_dir().join(folder).join("calls.json"))
    }

    fn text(&self) -> String {
        std::fs::read_to_string(&self.0).unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.parent().unwrap());
    }
}

fn builder() -> ClientBuilder {
    ClientBuilder::new(&API)
        .base_url("http://example.com/v1")
        .credential("token", "hunter2")
        .credential("key", "hunter3")
        .retry(RetryPolicy::new().backoff(Duration::ZERO))
}

fn post(client: &Client, body: &Value) -> Request<GetThing> {
    let mut request = get_thing(client);
    request.parts.json(body);
    request
}

#[tokio::test]
async fn calls_are_replayed_in_their_order_without_their_secrets() {
    let file = Scratch::new("order");
    let mock = MockTransport::new();
    mock.on::<GetThing>()
        .respond(503, &json!({"echo": "hunter2 and hunter3"}))
        .then()
        .respond_ok(&json!({"n": 1.5, "access_token": "hunter4"}))
        .header("set-cookie", "session=hunter5")
        .header("x-next", "2")
        .then()
        .respond_with(MockResponse::bytes(
            200,
            "application/json",
            " {\"big\": 1.00000000000000000001}",
        ))
        .then()
        .respond_with(MockResponse::bytes(
            404,
            "application/json",
            b"\xff\xfe".to_vec(),
        ))
        .then()
        .fail(TransportErrorKind::Tls);
    let recorder = Recorder::new(&file.0)
        .redact_field("email")
        .redact_query("sig")
        .redact_header("x-mine");
    let client = builder()
        .transport(mock)
        .middleware(recorder.clone())
        .build()
        .unwrap();
    let limited = |client: &Client| {
        get_thing(client)
            .with_query("limit", "2")
            .with_query("sig", "hunter6")
            .with_header("x-mine", "hunter7")
    };
    assert_eq!(limited(&client).await.unwrap()["n"], 1.5);
    let body = json!({"password": "hunter8", "user": {"email": "hunter9", "name": "Ada"}});
    post(&client, &body).await.unwrap();
    post(&client, &body).await.unwrap_err();
    post(&client, &body).await.unwrap_err();
    recorder.finish().unwrap();
    let text = file.text();
    assert!(!text.contains("hunter"), "{text}");
    let calls: Value = serde_json::from_str(&text).unwrap();
    let shown = json!({
        "operation": "getThing",
        "request": {
            "method": "GET",
            "path": "/v1/things/a%20b",
            "query": ["limit=2", "sig=[redacted]", "api_key=[redacted]"],
            "headers": {
                "accept": "application/json",
                "authorization": "[redacted]",
                "user-agent": "[redacted]",
                "x-mine": "[redacted]",
            },
        },
        "response": {
            "status": 200,
            "headers": {"content-type": "application/json", "set-cookie": "[redacted]", "x-next": "2"},
            "json": {"n": 1.5, "access_token": "[redacted]"},
        },
    });
    assert_eq!(calls["calls"][1], shown);
    assert_eq!(
        calls["calls"][0]["response"]["json"]["echo"],
        "[redacted] and [redacted]"
    );
    assert_eq!(calls["calls"][2]["request"]["json"]["user"]["name"], "Ada");
    assert_eq!(calls["calls"][4]["error"], "tls");

    // Other credentials, and none at all for what was redacted.
    let replayer = Replayer::open(&file.0).unwrap();
    let client = builder()
        .credential("key", "other")
        .transport(replayer.clone())
        .build()
        .unwrap();
    assert_eq!(replayer.unused().len(), 5);
    let response = get_thing(&client)
        .with_query("limit", "2")
        .send()
        .await
        .unwrap();
    assert_eq!(
        (response.raw().attempts(), response.header("x-next")),
        (2, Some("2"))
    );
    assert_eq!(response["n"], 1.5);
    let body = json!({"password": "other", "user": {"email": "other", "name": "Ada"}});
    let response = post(&client, &body).send().await.unwrap();
    let body_text = String::from_utf8_lossy(response.body());
    assert!(body_text.contains("1.00000000000000000001"), "{body_text}");
    let error = post(&client, &body).await.unwrap_err();
    assert_eq!(error.response().unwrap().body()[..], b"\xff\xfe"[..]);
    let error = post(&client, &body).await.unwrap_err();
    assert!(
        matches!(&error, Error::Transport(it) if it.kind() == TransportErrorKind::Tls),
        "{error}"
    );
    replayer.assert_done();
}

#[tokio::test]
async fn what_is_not_recorded_is_told_with_the_nearest_recording() {
    let file = Scratch::new("nearest");
    let mock = MockTransport::new();
    mock.on::<GetThing>().respond_ok(&json!(1));
    let recorder = Recorder::new(&file.0);
    let client = builder()
        .transport(mock)
        .middleware(recorder.clone())
        .build()
        .unwrap();
    get_thing(&client).with_query("limit", "1").await.unwrap();
    get_thing(&client).with_query("limit", "2").await.unwrap();
    drop((client, recorder));
    let replayer = Replayer::open(&file.0).unwrap();
    let client = builder().transport(replayer.clone()).build().unwrap();
    let text = |error: Error<GetThingError>| {
        let Error::Transport(error) = error else {
            panic!("{error}");
        };
        let source = std::error::Error::source(&error).unwrap();
        let call = source.downcast_ref::<NotRecorded>().unwrap();
        assert_eq!(call.operation(), Some("getThing"));
        call.to_string()
    };
    let line = "`GET /v1/things/a%20b` (getThing) is not recorded";
    let error = text(
        get_thing(&client)
            .with_query("limit", "3")
            .await
            .unwrap_err(),
    );
    assert_eq!(
        error,
        format!("{line}; number 1, `GET /v1/things/a%20b`, has another query")
    );
    get_thing(&client).with_query("limit", "2").await.unwrap();
    let error = text(
        get_thing(&client)
            .with_query("limit", "2")
            .await
            .unwrap_err(),
    );
    assert_eq!(error, format!("{line} once more: number 2 was used before"));
    assert_eq!(replayer.unused(), ["`GET /v1/things/a%20b`"]);
    assert!(std::panic::catch_unwind(|| replayer.assert_done()).is_err());
    let mut other = get_thing(&client);
    other.parts.text("text/plain", "a");
    let error = text(other.await.unwrap_err());
    assert!(error.ends_with("has another query and body"), "{error}");
}

#[tokio::test]
async fn streams_and_multipart_bodies_are_recorded() {
    let file = Scratch::new("streams");
    let mock = MockTransport::new();
    mock.on::<GetThing>()
        .respond_events(&[json!(1), json!(2)])
        .then()
        .respond_with(
            MockResponse::chunks(200, "application/octet-stream", ["a", "b"])
                .broken_by(TransportErrorKind::Reset),
        );
    let recorder = Recorder::new(&file.0);
    let client = builder()
        .transport(mock)
        .middleware(recorder.clone())
        .build()
        .unwrap();
    let with_file = |client: &Client| {
        let form = Multipart::new().value("note", "hello");
        let mut request = get_thing(client);
        request.parts.multipart("multipart/form-data", form);
        request
    };
    let mut events = with_file(&client).events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, 1);
    assert_eq!(events.next().await.unwrap().unwrap().data, 2);
    let mut download = get_thing(&client).download().await.unwrap();
    while download.next().await.is_some_and(|chunk| chunk.is_ok()) {}
    recorder.finish().unwrap();
    let client = builder()
        .transport(Replayer::open(&file.0).unwrap())
        .build()
        .unwrap();
    let mut events = with_file(&client).events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, 1);
    let mut download = get_thing(&client).download().await.unwrap();
    assert_eq!(download.next().await.unwrap().unwrap(), "ab");
    assert!(download.next().await.unwrap().is_err());
}

#[tokio::test]
async fn a_text_is_redacted_wherever_it_is() {
    let call = |client: &Client, token: &str| {
        let mut request = Request::<GetThing>::new(client);
        request.parts.path("id", format!("bot{token}:x"));
        request
            .parts
            .json(json!({"hook": format!("https://me/{token}/in"), "n": 1}));
        request
            .with_query("from", &format!("a{token}b"))
            .with_query("list", "1")
            .into_future()
    };
    let file = Scratch::new("text");
    let mock = MockTransport::new();
    mock.on::<GetThing>().respond_ok(&json!(1));
    let recorder = Recorder::new(&file.0)
        .redact_text("hunter4:5")
        .redact_text("");
    let client = builder()
        .transport(mock)
        .middleware(recorder.clone())
        .build()
        .unwrap();
    call(&client, "hunter4:5").await.unwrap();
    recorder.finish().unwrap();
    let text = file.text();
    assert!(
        !text.contains("hunter") && text.contains("/v1/things/bot[redacted]%3Ax"),
        "{text}"
    );
    let client = builder()
        .transport(Replayer::open(&file.0).unwrap())
        .build()
        .unwrap();
    call(&client, "other").await.unwrap();
}

#[tokio::test]
async fn requests_for_tokens_are_recorded_without_them() {
    static OAUTH: Api = Api {
        user_agent: "things/1.0",
        server: None,
        schemes: &[
            Scheme::new("token", "bearer", Place::Authorization("Bearer"))
                .flows(&[Flow::ClientCredentials { token: "/token" }]),
            Scheme::new("key", "api_key", Place::Query("api_key")),
        ],
    };
    let builder = |secret: &str| {
        ClientBuilder::new(&OAUTH)
            .base_url("http://example.com")
            .credential("key", "hunter3")
            .credential(
                "token",
                OAuthClient::new("me").secret(secret).client_credentials(),
            )
    };
    let file = Scratch::new("tokens");
    let mock = MockTransport::new();
    mock.on::<GetThing>().respond_ok(&json!(1));
    let token = json!({"access_token": "hunter7", "token_type": "bearer", "expires_in": 3600});
    mock.on_token_request().respond(200, &token).times(1);
    let recorder = Recorder::new(&file.0);
    let client = builder("hunter8")
        .transport(mock.clone())
        .middleware(recorder.clone())
        .build()
        .unwrap();
    get_thing(&client).await.unwrap();
    mock.assert_done();
    let requests = mock.requests();
    assert_eq!(
        (requests[0].path(), requests[0].operation()),
        ("/token", None)
    );
    assert_eq!(requests[1].header("authorization"), Some("Bearer hunter7"));
    recorder.finish().unwrap();
    assert!(!file.text().contains("hunter"), "{}", file.text());
    assert!(
        file.text().contains("grant_type=client_credentials"),
        "{}",
        file.text()
    );
    let client = builder("other")
        .transport(Replayer::open(&file.0).unwrap())
        .build()
        .unwrap();
    get_thing(&client).await.unwrap();
}

#[test]
fn files_that_have_no_recordings_are_refused() {
    let file = Scratch::new("broken");
    assert_eq!(
        Replayer::open(&file.0).unwrap_err().kind(),
        std::io::ErrorKind::NotFound
    );
    std::fs::create_dir_all(file.0.parent().unwrap()).unwrap();
    for (text, expect) in [
        ("{", "EOF"),
        ("{}", "it has no list `calls`"),
        (r#"{"calls": [{}]}"#, "call 1: it has no `request`"),
        (
            r#"{"calls": [{"request": {"method": "GET", "path": "/"}, "error": "odd"}]}"#,
            "call 1: no fault is called `odd`",
        ),
    ] {
        std::fs::write(&file.0, text).unwrap();
        let error = Replayer::open(&file.0).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
        assert!(error.to_string().contains(expect), "{error}");
    }
}
