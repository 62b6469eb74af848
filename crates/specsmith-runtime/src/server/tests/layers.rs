//! Layers around operations, and what the layers of the runtime do.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request as HttpRequest};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use tower::ServiceExt as _;

use super::super::context::OperationInfo;
use super::super::contract::contract;
use super::super::docs_ui::docs_ui;
use super::super::metrics::measure;
use super::super::parameter::path;
use super::super::problem::Problem;
use super::super::rate_limit::{
    InProcess, Quota, RateLimit, RateLimitStore, StoreError, Uncounted, Verdict,
};
use super::super::redis::RedisStore;
use super::super::request::Request;
use super::super::request_id::request_id;
use super::super::response;
use super::super::router::Routes;
use super::super::trace::trace;

const fn operation(
    id: &'static str,
    tags: &'static [&'static str],
    path: &'static str,
) -> OperationInfo {
    OperationInfo {
        id,
        method: "GET",
        path,
        tags,
        produces: &[],
        security: &[],
    }
}

static GET_BOOK: OperationInfo = operation("getBook", &["books"], "/books/{isbn}");
static LIST_BOOKS: OperationInfo = operation("listBooks", &["books"], "/books");
static GET_AUTHOR: OperationInfo = operation("getAuthor", &["authors"], "/authors/{id}");

async fn book(_: Arc<()>, mut request: Request) -> Result<Response, Problem> {
    let isbn = request.required::<String>(path("isbn"));
    let cx = request.finish()?;
    let id = cx.request_id().unwrap_or_default().to_owned();
    match isbn?.as_str() {
        "problem" => Err(Problem::conflict()),
        isbn => Ok(response::text(200, "text/plain", format!("{isbn} {id}"))),
    }
}

async fn other(_: Arc<()>, request: Request) -> Result<Response, Problem> {
    request.finish()?;
    Ok(response::empty(204))
}

fn routes() -> Routes {
    let service = Arc::new(());
    Routes::new()
        .add(&GET_BOOK, &service, book)
        .add(&LIST_BOOKS, &service, other)
        .add(&GET_AUTHOR, &service, other)
}

async fn get(
    router: &axum::Router,
    target: &str,
    headers: &[(&str, &str)],
) -> (u16, HeaderMap, String) {
    let mut request = HttpRequest::get(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    let peer: std::net::SocketAddr = "192.0.2.1:1234".parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let text = String::from_utf8_lossy(&body).into_owned();
    (parts.status.as_u16(), parts.headers, text)
}

/// A layer that adds a letter to a header of responses.
macro_rules! mark {
    ($letter:literal) => {
        from_fn(async |request: HttpRequest<Body>, next: Next| {
            let mut response = next.run(request).await;
            let marks = response.headers_mut();
            marks.append("x-mark", $letter.parse().unwrap());
            response
        })
    };
}

async fn marks(router: &axum::Router, target: &str) -> String {
    let (_, headers, _) = get(router, target, &[]).await;
    let marks = headers.get_all("x-mark").iter();
    marks.map(|mark| mark.to_str().unwrap()).collect()
}

#[tokio::test]
async fn layers_are_around_the_operations_that_are_meant() {
    let router = routes()
        .layer_for(&GET_BOOK, mark!("a"))
        .layer_where(|operation| operation.tags.contains(&"books"), mark!("b"))
        .layer(mark!("c"))
        .into_router();
    assert_eq!(marks(&router, "/books/1").await, "abc");
    assert_eq!(marks(&router, "/books").await, "bc");
    assert_eq!(marks(&router, "/authors/1").await, "c");
    assert_eq!(marks(&router, "/nothing").await, "");
    let (_, _, text) = get(&router, "/books/a%20b", &[]).await;
    assert_eq!(text, "a b ");
    let merged = routes()
        .layer(mark!("d"))
        .merge(Routes::new())
        .layer(mark!("e"));
    assert_eq!(marks(&merged.into_router(), "/books").await, "de");
}

#[test]
#[should_panic(expected = "`getBook` is not among those")]
fn a_layer_for_an_operation_that_is_not_there_is_a_mistake() {
    let _ = Routes::new().layer_for(&GET_BOOK, mark!("a"));
}

#[tokio::test]
async fn requests_have_ids() {
    let router = routes().into_router().layer(from_fn(request_id));
    let (_, headers, text) = get(&router, "/books/1", &[("x-request-id", "own-1")]).await;
    assert_eq!(
        (headers["x-request-id"].as_bytes(), text.as_str()),
        (&b"own-1"[..], "1 own-1")
    );
    let mut seen = std::collections::BTreeSet::new();
    for sent in ["", "a b", "\"x\"", &"a".repeat(129)] {
        let (_, headers, text) = get(&router, "/books/1", &[("x-request-id", sent)]).await;
        let id = headers["x-request-id"].to_str().unwrap().to_owned();
        assert_eq!(text, format!("1 {id}"));
        assert_eq!(id.len(), 32);
        assert!(seen.insert(id));
    }
    for target in ["/books/problem", "/nothing"] {
        let (_, headers, text) = get(&router, target, &[("x-request-id", "own-2")]).await;
        assert_eq!(headers["x-request-id"], "own-2");
        assert!(text.contains("\"request_id\":\"own-2\""), "{text}");
    }
}

#[tokio::test]
async fn quotas_run_out_and_come_back() {
    tokio::time::pause();
    let limit = RateLimit::new("books", Quota::per_minute(3));
    let router = routes().layer_for(&LIST_BOOKS, limit).into_router();
    for left in [2, 1, 0] {
        let (status, headers, _) = get(&router, "/books", &[]).await;
        assert_eq!(status, 204);
        assert_eq!(headers["ratelimit-policy"], "\"books\";q=3;w=60");
        let reset = 60 - 20 * left;
        assert_eq!(
            headers["ratelimit"],
            format!("\"books\";r={left};t={reset}")
        );
    }
    let (status, headers, text) = get(&router, "/books", &[]).await;
    assert_eq!(
        (status, headers["retry-after"].to_str().unwrap()),
        (429, "20")
    );
    assert_eq!(headers["content-type"], "application/problem+json");
    assert!(text.contains("Too Many Requests"), "{text}");
    assert_eq!(get(&router, "/authors/1", &[]).await.0, 204);
    tokio::time::advance(Duration::from_secs(20)).await;
    assert_eq!(get(&router, "/books", &[]).await.0, 204);
    assert_eq!(get(&router, "/books", &[]).await.0, 429);
}

#[tokio::test]
async fn quotas_can_be_of_anything() {
    let by_key = |request: &HttpRequest<Body>| {
        let key = request.headers().get("x-key")?;
        Some(key.to_str().ok()?.to_owned())
    };
    let limit = RateLimit::new("all", Quota::per_minute(1)).by(by_key);
    let router = routes().into_router().layer(limit);
    for (key, status) in [("a", 204), ("a", 429), ("b", 204)] {
        assert_eq!(get(&router, "/books", &[("x-key", key)]).await.0, status);
    }
    for _ in 0..3 {
        assert_eq!(get(&router, "/books", &[]).await.0, 204);
    }
}

/// A store that is out of order.
struct Broken;

impl RateLimitStore for Broken {
    fn take<'a>(
        &'a self,
        _: &'a str,
        _: Quota,
    ) -> std::pin::Pin<Box<dyn Future<Output = Result<Verdict, StoreError>> + Send + 'a>> {
        Box::pin(async { Err("out of order".into()) })
    }
}

#[tokio::test]
async fn a_store_that_fails_does_not_stop_the_service_unless_that_is_asked_for() {
    for (uncounted, status) in [(Uncounted::Granted, 204), (Uncounted::Refused, 503)] {
        let limit = RateLimit::new("all", Quota::per_minute(1))
            .store(Broken)
            .uncounted(uncounted);
        let router = routes().into_router().layer(limit);
        assert_eq!(get(&router, "/books", &[]).await.0, status);
    }
}

#[tokio::test]
async fn counts_of_many_clients_are_bounded() {
    let store = InProcess::default();
    for key in 0..100_010 {
        let verdict = store
            .take(&key.to_string(), Quota::per_minute(2))
            .await
            .unwrap();
        let expected = key < 100_002;
        assert_eq!(
            matches!(verdict, Verdict::Granted { .. }),
            expected,
            "{key}"
        );
    }
}

/// A Redis server of its own, where there is one.
struct Redis(std::process::Child, String);

impl Redis {
    fn start() -> Option<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let mut command = std::process::Command::new("redis-server");
        command.args([
            "--port",
            &port.to_string(),
            "--save",
            "",
            "--bind",
            "127.0.0.1",
        ]);
        let child = command.stdout(std::process::Stdio::null()).spawn().ok()?;
        Some(Self(child, format!("redis://127.0.0.1:{port}/")))
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn processes_share_quotas_in_redis() {
    let Some(redis) = Redis::start() else {
        println!("skipped: there is no redis-server");
        return;
    };
    let mut first = None;
    for _ in 0..100 {
        first = RedisStore::connect(&redis.1).await.ok();
        if first.is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let first = first.expect("a connection");
    let second = RedisStore::connect(&redis.1).await.unwrap();
    let quota = Quota::per_minute(4);
    let mut debts = Vec::new();
    for store in [&first, &second, &first, &second] {
        match store.take("a", quota).await.unwrap() {
            Verdict::Granted { debt } => debts.push(debt),
            refused => panic!("{refused:?} after {debts:?}"),
        }
    }
    assert!(debts.is_sorted() && debts[3] <= quota.window(), "{debts:?}");
    assert!(matches!(
        first.take("a", quota).await.unwrap(),
        Verdict::Refused { .. }
    ));
    assert!(matches!(
        first.take("b", quota).await.unwrap(),
        Verdict::Granted { .. }
    ));
    let apart = first.clone().prefix("apart:");
    assert!(matches!(
        apart.take("a", quota).await.unwrap(),
        Verdict::Granted { .. }
    ));
    let brief = Quota::new(1, Duration::from_millis(200));
    let first_time = second.take("c", brief).await.unwrap();
    assert!(matches!(first_time, Verdict::Granted { .. }));
    tokio::time::sleep(Duration::from_millis(300)).await;
    let again = first.take("c", brief).await.unwrap();
    assert!(matches!(again, Verdict::Granted { .. }));
    let limit = RateLimit::new("all", Quota::per_minute(1)).store(first);
    let router = routes().into_router().layer(limit);
    assert_eq!(get(&router, "/books", &[]).await.0, 204);
    assert_eq!(get(&router, "/books", &[]).await.0, 429);
}

#[tokio::test]
async fn the_document_is_served_and_kept() {
    let router = routes().into_router().merge(contract("{}\n", "a: 1\n"));
    for (target, media_type, text) in [
        ("/openapi.json", "application/json", "{}\n"),
        ("/openapi.yaml", "application/yaml", "a: 1\n"),
    ] {
        let (status, headers, body) = get(&router, target, &[]).await;
        assert_eq!((status, body.as_str()), (200, text));
        assert_eq!(headers["content-type"], media_type);
        let etag = headers["etag"].to_str().unwrap();
        for sent in [etag.to_owned(), format!("\"x\", W/{etag}"), "*".to_owned()] {
            let (status, headers, body) = get(&router, target, &[("if-none-match", &sent)]).await;
            assert_eq!((status, body.as_str()), (304, ""));
            assert_eq!(headers["etag"], etag);
        }
        assert_eq!(
            get(&router, target, &[("if-none-match", "\"x\"")]).await.0,
            200
        );
    }
    assert_eq!(get(&router, "/books", &[]).await.0, 204);
}

#[tokio::test]
async fn the_page_of_the_document_is_whole() {
    let router = docs_ui();
    let (status, headers, page) = get(&router, "/docs", &[]).await;
    assert_eq!(
        (status, headers["content-type"].to_str().unwrap()),
        (200, "text/html; charset=utf-8")
    );
    assert!(!page.contains("http"), "{page}");
    let files = page.split('"').filter(|text| text.starts_with("docs/"));
    let mut count = 0;
    for file in files {
        count += 1;
        let request = HttpRequest::get(format!("/{file}"))
            .body(Body::empty())
            .unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200, "{file}");
        let is_gzip = response.headers().contains_key("content-encoding");
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        if is_gzip {
            let mut text = String::new();
            let mut decoder = flate2::read::GzDecoder::new(&body[..]);
            std::io::Read::read_to_string(&mut decoder, &mut text).unwrap();
            assert!(text.len() > 1000, "{file}");
        }
    }
    assert_eq!(count, 4);
}

#[test]
fn numbers_have_the_names_of_opentelemetry() {
    use metrics_util::debugging::DebuggingRecorder;
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    metrics::with_local_recorder(&recorder, || {
        runtime.block_on(async {
            let router = routes().into_router().layer(from_fn(measure));
            get(&router, "/books/secret", &[]).await;
            get(&router, "/nothing/secret", &[]).await;
        });
    });
    let mut found: Vec<_> = snapshotter
        .snapshot()
        .into_vec()
        .into_iter()
        .map(|(key, ..)| {
            let labels = key
                .key()
                .labels()
                .map(|label| format!("{}={}", label.key(), label.value()));
            format!(
                "{} {}",
                key.key().name(),
                labels.collect::<Vec<_>>().join(" ")
            )
        })
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            "http.server.active_requests http.request.method=GET",
            "http.server.request.body.size http.request.method=GET http.response.status_code=404",
            "http.server.request.body.size http.request.method=GET http.route=/books/{isbn} http.response.status_code=200",
            "http.server.request.duration http.request.method=GET http.response.status_code=404",
            "http.server.request.duration http.request.method=GET http.route=/books/{isbn} http.response.status_code=200",
            "http.server.response.body.size http.request.method=GET http.response.status_code=404",
            "http.server.response.body.size http.request.method=GET http.route=/books/{isbn} http.response.status_code=200",
        ]
    );
}

/// Gathers the fields of spans.
#[derive(Clone, Default)]
struct Spans(Arc<std::sync::Mutex<String>>, Arc<AtomicUsize>);

impl tracing::field::Visit for Spans {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        use std::fmt::Write as _;
        write!(self.0.lock().unwrap(), "{}={value:?} ", field.name()).unwrap();
    }
}

impl tracing::Subscriber for Spans {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        span.record(&mut self.clone());
        tracing::span::Id::from_u64(1 + self.1.fetch_add(1, Ordering::Relaxed) as u64)
    }
    fn record(&self, _: &tracing::span::Id, values: &tracing::span::Record<'_>) {
        values.record(&mut self.clone());
    }
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn event(&self, _: &tracing::Event<'_>) {}
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

#[test]
fn spans_have_the_names_of_opentelemetry() {
    let spans = Spans::default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    tracing::subscriber::with_default(spans.clone(), || {
        runtime.block_on(async {
            let router = routes()
                .into_router()
                .layer(from_fn(trace))
                .layer(from_fn(request_id));
            let headers = [
                ("x-request-id", "own"),
                ("host", "shop.example:8080"),
                ("authorization", "canary"),
            ];
            get(&router, "/books/1?key=canary", &headers).await;
        });
    });
    let seen = spans.0.lock().unwrap();
    for field in [
        "otel.kind=\"server\"",
        "http.request.method=\"GET\"",
        "http.route=\"/books/{isbn}\"",
        "http.response.status_code=200",
        "url.path=\"/books/1\"",
        "server.address=\"shop.example\"",
        "server.port=8080",
        "client.address=192.0.2.1",
        "request.id=own",
        "otel.name=GET /books/{isbn}",
        "operation=\"getBook\"",
    ] {
        assert!(seen.contains(field), "no {field} in {seen}");
    }
    assert!(!seen.contains("canary"), "{seen}");
}

#[tokio::test]
async fn operations_are_below_their_base_path_and_nowhere_else() {
    async fn whole(_: Arc<()>, request: Request) -> Result<Response, Problem> {
        let path = request.finish()?.uri().path().to_owned();
        Ok(response::text(200, "text/plain", path))
    }
    static ROOT: OperationInfo = operation("root", &[], "/");
    let service = Arc::new(());
    let routes = routes()
        .add(&ROOT, &service, whole)
        .with_base_path("/api/v1/");
    let router = routes.into_router();
    for (target, status) in [
        ("/api/v1/books", 204),
        ("/api/v1/books?x=1", 204),
        ("/api/v1/books/1", 200),
        ("/books", 404),
        ("/api/v1books", 404),
        ("/api/v1/v1/books", 404),
        ("/api", 404),
        ("/", 404),
    ] {
        assert_eq!(get(&router, target, &[]).await.0, status, "{target}");
    }
    for target in ["/api/v1", "/api/v1/"] {
        let (status, _, body) = get(&router, target, &[]).await;
        assert_eq!((status, body.as_str()), (200, target));
    }
}
