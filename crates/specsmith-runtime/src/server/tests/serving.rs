//! What generated code says of operations beside their handlers: limits, headers of all responses, and base paths.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, Request as HttpRequest};
use axum::middleware::from_fn;
use axum::response::Response;
use axum::routing::get;
use tower::ServiceExt as _;

use super::super::context::OperationInfo;
use super::super::metrics::measure;
use super::super::problem::Problem;
use super::super::request::Request;
use super::super::response;
use super::super::router::Routes;

const fn operation(id: &'static str, method: &'static str, path: &'static str) -> OperationInfo {
    OperationInfo {
        id,
        method,
        path,
        tags: &[],
        produces: &[],
        security: &[],
    }
}

static LIST: OperationInfo = operation("list", "GET", "/books");
static CREATE: OperationInfo = operation("create", "POST", "/books");
static UPLOAD: OperationInfo = operation("upload", "PUT", "/books/{id}/cover");

async fn list(_: Arc<String>, request: Request) -> Result<Response, Problem> {
    let cx = request.finish()?;
    if cx.headers().contains_key("x-own") {
        cx.add_response_header("sunset".parse().unwrap(), "own".parse().unwrap());
        cx.add_response_header("link".parse().unwrap(), "</own>".parse().unwrap());
    }
    Err(Problem::conflict())
}

async fn length(name: Arc<String>, mut request: Request) -> Result<Response, Problem> {
    let body = request.json::<String>().await;
    request.finish()?;
    let text = format!("{name} {}", body?.len());
    Ok(response::text(200, "text/plain", text))
}

fn routes(name: &'static str) -> Routes {
    let service = Arc::new(name.to_owned());
    Routes::new()
        .add(&LIST, &service, list)
        .announce(&LIST, &[("sunset", "Fri, 01 Jan 2027 00:00:00 GMT")])
        .announce(
            &LIST,
            &[("link", "</moving>; rel=\"sunset\""), ("no header", "a")],
        )
        .add(&CREATE, &service, length)
        .add(&UPLOAD, &service, length)
        .limit_body(&UPLOAD, 3 << 20)
}

async fn call(
    router: &axum::Router,
    request: axum::http::request::Builder,
    body: impl Into<Body>,
) -> (u16, HeaderMap, String) {
    let request = request.header("content-type", "application/json");
    let response = router.clone().oneshot(request.body(body.into()).unwrap());
    let (head, body) = response.await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let text = String::from_utf8_lossy(&body).into_owned();
    (head.status.as_u16(), head.headers, text)
}

/// Whether a text of so many bytes is taken, quotation marks included.
async fn takes(router: &axum::Router, request: axum::http::request::Builder, bytes: usize) -> bool {
    let text = format!("\"{}\"", "a".repeat(bytes - 2));
    match call(router, request, text).await.0 {
        200 => true,
        413 => false,
        status => panic!("{status}"),
    }
}

#[tokio::test]
async fn limits_of_operations_count_before_those_of_all() {
    let upload = || HttpRequest::put("/books/1/cover");
    let create = || HttpRequest::post("/books");
    let router = routes("a").limit_bodies(100).into_router();
    assert!(takes(&router, upload(), 3 << 20).await);
    assert!(!takes(&router, upload(), (3 << 20) + 1).await);
    assert!(takes(&router, create(), 100).await);
    assert!(!takes(&router, create(), 101).await);
    // A program counts before the configuration.
    let own = |operation: &OperationInfo| (operation.id == "upload").then_some(10);
    let router = routes("a")
        .limit_bodies(100)
        .with_body_limits(own)
        .into_router();
    assert!(!takes(&router, upload(), 11).await);
    assert!(takes(&router, create(), 100).await);
    // Where the configuration says nothing, layers count.
    let router = routes("a").into_router().layer(DefaultBodyLimit::max(50));
    assert!(!takes(&router, create(), 51).await);
    assert!(takes(&router, upload(), 1000).await);
}

#[tokio::test]
async fn every_response_of_an_operation_says_its_end() {
    let router = routes("a").into_router();
    let (status, headers, _) = call(&router, HttpRequest::get("/books"), "").await;
    assert_eq!(status, 409);
    assert_eq!(headers["sunset"], "Fri, 01 Jan 2027 00:00:00 GMT");
    assert_eq!(headers["link"], "</moving>; rel=\"sunset\"");
    assert!(!headers.contains_key("no header"));
    // What a handler says stays, and links come together.
    let own = HttpRequest::get("/books").header("x-own", "1");
    let (_, headers, _) = call(&router, own, "").await;
    let all = |name| headers.get_all(name).iter().collect::<Vec<_>>();
    assert_eq!(all("sunset"), ["own"]);
    assert_eq!(all("link"), ["</own>", "</moving>; rel=\"sunset\""]);
    let (_, headers, _) = call(&router, HttpRequest::post("/books"), "\"a\"").await;
    assert!(!headers.contains_key("sunset"));
}

#[tokio::test]
async fn routers_of_several_apis_are_merged() {
    let v1 = routes("v1").with_base_path("/v1").into_router();
    let v2 = routes("v2").with_base_path("/v2").into_router();
    let own = axum::Router::new().route("/healthz", get(async || "ok"));
    let app = v1.merge(v2.reset_fallback()).merge(own);
    for (target, status, body) in [
        ("/v1/books", 200, "v1 1"),
        ("/v2/books", 200, "v2 1"),
        ("/v2/books/", 404, ""),
        ("/books", 404, ""),
    ] {
        let (found, headers, text) = call(&app, HttpRequest::post(target), "\"a\"").await;
        assert_eq!(found, status, "{target}");
        match body {
            "" => assert_eq!(headers["content-type"], "application/problem+json"),
            body => assert_eq!(text, body),
        }
    }
    let (status, _, text) = call(&app, HttpRequest::get("/healthz"), "").await;
    assert_eq!((status, text.as_str()), (200, "ok"));
    let (status, headers, _) = call(&app, HttpRequest::delete("/v2/books"), "").await;
    assert_eq!(
        (status, &headers["allow"]),
        (405, &"GET, HEAD, OPTIONS, POST".parse().unwrap())
    );
    let (status, headers, text) = call(&app, HttpRequest::head("/v1/books"), "").await;
    assert_eq!((status, text.as_str()), (409, ""));
    assert!(headers.contains_key("content-length"));
}

#[test]
fn routes_of_numbers_begin_with_what_is_before_them() {
    use metrics_util::debugging::DebuggingRecorder;
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    metrics::with_local_recorder(&recorder, || {
        runtime.block_on(async {
            let v1 = routes("v1").with_base_path("/v1").into_router();
            let v2 = axum::Router::new().nest("/v2", routes("v2").into_router());
            let app = v1.merge(v2).layer(from_fn(measure));
            for target in ["/v1/books/1/cover", "/v2/books/1/cover"] {
                call(&app, HttpRequest::put(target), "\"a\"").await;
            }
        });
    });
    let snapshot = snapshotter.snapshot().into_vec();
    let keys = snapshot.iter().map(|(key, ..)| key.key());
    let durations = keys.filter(|key| key.name() == "http.server.request.duration");
    let mut routes: Vec<String> = durations
        .flat_map(|key| key.labels())
        .filter(|label| label.key() == "http.route")
        .map(|label| label.value().to_owned())
        .collect();
    routes.sort();
    assert_eq!(routes, ["/v1/books/{id}/cover", "/v2/books/{id}/cover"]);
}
