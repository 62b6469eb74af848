//! No secret is printed: neither by what callers hold, nor by errors, nor in logs.

use std::error::Error as _;
use std::fmt::{Debug, Write as _};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::*;

/// What every secret below contains.
const CANARY: &str = "hunter";

static SECRET_API: Api = Api {
    user_agent: "secret/1.0",
    server: None,
    schemes: &[
        scheme("bearer", Place::Authorization("Bearer")),
        scheme("basic", Place::Authorization("Basic")),
        scheme("header", Place::Header("x-key")),
        scheme("query", Place::Query("key")),
        scheme("cookie", Place::Cookie("session")),
    ],
};

const fn scheme(name: &'static str, place: Place) -> Scheme {
    Scheme::new(name, name, place)
}

struct All;

impl Operation for All {
    type Success = Value;
    type Error = NoError;

    const INFO: &'static OperationInfo = &OperationInfo::new("all")
        .post("/things/{id}")
        .idempotency_key("idempotency-key")
        .security(&[&["bearer", "header", "query", "cookie"]]);

    fn read(response: RawResponse) -> ReadResult<Self> {
        match response.status().as_u16() {
            200 => response.json(),
            _ => response.undocumented(),
        }
    }
}

/// Keeps the text of all spans and events.
#[derive(Clone, Default)]
struct Log(Arc<(Mutex<String>, AtomicU64)>);

impl Log {
    fn text(&self) -> String {
        self.0.0.lock().unwrap().clone()
    }
}

struct Writer<'a>(&'a mut String);

impl Visit for Writer<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, "{}={value:?};", field.name());
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().contains("client")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Writer(&mut self.0.0.lock().unwrap()));
        Id::from_u64(self.0.1.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Writer(&mut self.0.0.lock().unwrap()));
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Writer(&mut self.0.0.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

fn builder(port: u16) -> ClientBuilder {
    ClientBuilder::new(&SECRET_API)
        .base_url(format!("http://127.0.0.1:{port}/v1"))
        .credential("bearer", "hunter-bearer")
        .credential("header", "hunter-header")
        .credential("query", "hunter-query")
        .credential("cookie", "hunter-cookie")
        .header("x-default", "hunter-default")
}

fn request(client: &Client) -> Request<All> {
    let mut request = Request::new(client);
    request.parts.path("id", "hunter-path");
    request.parts.cookie("crumb", "hunter-crumb");
    request.parts.header("x-parameter", "hunter-parameter");
    request.parts.query("q", "hunter-parameter");
    request.parts.json(json!({ "password": "hunter-body" }));
    request
        .with_header("x-call", "hunter-call")
        .with_query("call", "hunter-call")
        .with_idempotency_key("hunter-key")
        .with_retry(RetryPolicy::new().max_attempts(2).backoff(Duration::ZERO))
}

#[test]
fn what_callers_hold_prints_no_secret() {
    let builder = builder(9);
    let client = builder.clone().build().unwrap();
    let request = request(&client);
    let basic = builder
        .clone()
        .basic_credential("basic", "user", "hunter-basic");
    let texts = [
        format!("{builder:?}"),
        format!("{basic:?}"),
        format!("{client:?}"),
        format!("{request:?}"),
        format!("{:?}", request.parts),
        format!("{:#?}", request.clone()),
    ];
    // These are refused, and say why.
    let refused = [
        builder.clone().credential("bearer", "hunter\nx").build(),
        builder.clone().header("x-a", "hunter\r\nx").build(),
        builder.clone().base_url("https://user:hunter@h/").build(),
        builder.clone().base_url("https://h/?key=hunter").build(),
        builder
            .clone()
            .basic_credential("basic", "a:b", "hunter")
            .build(),
    ];
    let refused = refused.map(|refused| {
        let error = refused.unwrap_err();
        format!("{error} {error:?}")
    });
    for text in texts.iter().chain(&refused) {
        assert!(!text.contains(CANARY), "{text}");
    }
}

#[tokio::test]
async fn errors_and_logs_print_no_secret() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let mut texts = Vec::new();
    let answers: [&[Answer]; 5] = [
        // The connection is refused.
        &[],
        &[Answer::Bytes("")],
        &[Answer::Bytes("HTTP/1.1 503 x\r\nset-cookie: hunter\r\ncontent-length: 0\r\n\r\n"); 2],
        &[Answer::Bytes(
            "HTTP/1.1 200 x\r\nx-key: hunter\r\ncontent-length: 1\r\n\r\n{",
        )],
        &[Answer::Redirect(Some(9), "/?key=hunter")],
    ];
    for answers in answers {
        let (port, served) = serve(answers.to_vec()).await;
        if answers.is_empty() {
            served.await.unwrap();
        }
        let error = request(&builder(port).build().unwrap()).await.unwrap_err();
        texts.push(format!("{error} {error:?} {error:#?}"));
        let mut source = error.source();
        while let Some(error) = source {
            texts.push(format!("{error} {error:?}"));
            source = error.source();
        }
    }
    let invalid = request(&builder(9).build().unwrap()).with_header("x-a", "hunter\nx");
    let error = invalid.await.unwrap_err();
    texts.push(format!("{error} {error:?}"));
    for text in texts.iter().chain([&log.text()]) {
        assert!(!text.contains(CANARY), "{text}");
    }
}

#[tokio::test]
async fn spans_have_the_names_of_opentelemetry() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let busy = "HTTP/1.1 503 x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    let (port, _) = serve(vec![Answer::Bytes(busy), Answer::Bytes(JSON)]).await;
    assert!(request(&builder(port).build().unwrap()).await.is_ok());
    let text = log.text();
    for expected in [
        "otel.name=POST /things/{id};",
        "otel.kind=\"client\";",
        "operation=\"all\";",
        "http.request.method=\"POST\";",
        "url.template=\"/things/{id}\";",
        "server.address=\"127.0.0.1\";",
        &format!("server.port={port};"),
        "http.response.status_code=503;",
        "error.type=503;",
        "otel.status_code=\"ERROR\";",
        "http.request.resend_count=1;",
        "http.response.status_code=200;",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
}
