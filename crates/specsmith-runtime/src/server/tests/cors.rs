//! What browsers are told about pages of other origins.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, Request as HttpRequest};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use tower::ServiceExt as _;

use super::super::context::OperationInfo;
use super::super::cors::Cors;
use super::super::parameter::path;
use super::super::problem::Problem;
use super::super::request::Request;
use super::super::response;
use super::super::router::Routes;

const SHOP: &str = "https://shop.example.com";

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

static GET: OperationInfo = operation("get", "GET", "/books/{id}");
static PUT: OperationInfo = operation("put", "PUT", "/books/{id}");
static LIST: OperationInfo = operation("list", "GET", "/books");
static ASK: OperationInfo = operation("ask", "OPTIONS", "/asked");

/// Asks for credentials, as generated handlers do first.
async fn handle(_: Arc<()>, mut request: Request) -> Result<Response, Problem> {
    if !request.parts.headers.contains_key("authorization") {
        return Err(Problem::unauthorized());
    }
    let _ = request.optional::<String>(path("id"));
    request.finish()?;
    Ok(response::text(200, "text/plain", "done".to_owned()))
}

fn cors() -> Cors {
    Cors::new(&["authorization", "content-type", "if-match"], &["etag"])
}

fn router(cors: Cors) -> axum::Router {
    let service = Arc::new(());
    Routes::new()
        .add(&GET, &service, handle)
        .add(&PUT, &service, handle)
        .add(&LIST, &service, handle)
        .add(&ASK, &service, handle)
        .layer(from_fn(async |request: HttpRequest<Body>, next: Next| {
            let is_question = request
                .headers()
                .contains_key("access-control-request-method");
            assert!(
                !is_question,
                "a layer of an operation sees what browsers ask"
            );
            next.run(request).await
        }))
        .with_base_path("/v1")
        .with_cors(cors)
        .into_router()
}

async fn call(
    router: axum::Router,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
) -> (u16, HeaderMap) {
    let mut request = HttpRequest::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    (response.status().as_u16(), response.headers().clone())
}

fn list(headers: &HeaderMap, name: &str) -> Vec<String> {
    let lines = headers.get_all(name).iter();
    let mut items: Vec<String> = lines
        .flat_map(|line| line.to_str().unwrap().split(','))
        .map(|item| item.trim().to_owned())
        .collect();
    items.sort();
    items
}

async fn preflight(router: axum::Router, target: &str, origin: &str) -> (u16, HeaderMap) {
    let headers = [
        ("origin", origin),
        ("access-control-request-method", "PUT"),
        ("access-control-request-headers", "authorization,if-match"),
    ];
    call(router, "OPTIONS", target, &headers).await
}

#[tokio::test]
async fn what_browsers_ask_is_answered_before_credentials() {
    let router = router(cors().origin(SHOP).with_credentials());
    let (status, headers) = preflight(router.clone(), "/v1/books/1", SHOP).await;
    assert_eq!(status, 200);
    assert_eq!(headers["access-control-allow-origin"], SHOP);
    assert_eq!(headers["access-control-allow-credentials"], "true");
    assert_eq!(headers["access-control-max-age"], "600");
    let methods = list(&headers, "access-control-allow-methods");
    assert_eq!(methods, ["GET", "HEAD", "PUT"]);
    let names = list(&headers, "access-control-allow-headers");
    let expected = ["authorization", "content-type", "if-match", "x-request-id"];
    assert_eq!(names, expected);
    // Another path has other methods.
    let (_, headers) = preflight(router.clone(), "/v1/books", SHOP).await;
    let methods = list(&headers, "access-control-allow-methods");
    assert_eq!(methods, ["GET", "HEAD"]);
    assert_eq!(preflight(router, "/v1/nothing", SHOP).await.0, 404);
}

#[tokio::test]
async fn pages_read_what_is_exposed_also_of_refusals() {
    let router = router(
        cors()
            .origin(SHOP)
            .expose_header(HeaderName::from_static("x-own")),
    );
    let origin = ("origin", SHOP);
    for (target, credentials, status) in [
        ("/v1/books/1", Some(("authorization", "any")), 200),
        ("/v1/books/1", None, 401),
        ("/v1/nothing", None, 404),
    ] {
        let sent: Vec<_> = credentials.into_iter().chain([origin]).collect();
        let (found, headers) = call(router.clone(), "GET", target, &sent).await;
        assert_eq!(found, status);
        assert_eq!(headers["access-control-allow-origin"], SHOP, "{target}");
        let exposed = list(&headers, "access-control-expose-headers");
        for name in ["etag", "x-own", "x-request-id", "retry-after", "sunset"] {
            assert!(exposed.contains(&name.to_owned()), "{name}: {exposed:?}");
        }
        assert!(list(&headers, "vary").contains(&"origin".to_owned()));
        assert!(!headers.contains_key("access-control-allow-credentials"));
    }
}

#[tokio::test]
async fn other_origins_are_told_nothing() {
    for router in [
        router(cors()),
        router(cors().origin("https://other.example.com")),
    ] {
        let (_, headers) = preflight(router.clone(), "/v1/books/1", SHOP).await;
        assert!(!headers.contains_key("access-control-allow-origin"));
        let sent = [("origin", SHOP), ("authorization", "any")];
        let (status, headers) = call(router, "GET", "/v1/books/1", &sent).await;
        assert_eq!(status, 200);
        assert!(!headers.contains_key("access-control-allow-origin"));
    }
}

#[tokio::test]
async fn origins_are_chosen_in_other_ways() {
    let is_ours = |origin: &str| origin.ends_with(".example.com");
    let some = router(
        cors()
            .origins_where(is_ours)
            .max_age(Duration::from_secs(5)),
    );
    let (_, headers) = preflight(some.clone(), "/v1/books", SHOP).await;
    assert_eq!(headers["access-control-allow-origin"], SHOP);
    assert_eq!(headers["access-control-max-age"], "5");
    let (_, headers) = preflight(some, "/v1/books", "https://example.org").await;
    assert!(!headers.contains_key("access-control-allow-origin"));
    let any = router(cors().any_origin());
    let (_, headers) = preflight(any, "/v1/books", "https://example.org").await;
    assert_eq!(headers["access-control-allow-origin"], "*");
}

#[tokio::test]
async fn options_that_no_browser_asks_reach_the_router() {
    let router = router(cors().origin(SHOP));
    let (status, headers) = call(router.clone(), "OPTIONS", "/v1/books", &[]).await;
    assert_eq!(
        (status, &headers["allow"]),
        (204, &"GET, HEAD, OPTIONS".parse().unwrap())
    );
    let (status, headers) = call(router.clone(), "POST", "/v1/books", &[("origin", SHOP)]).await;
    assert_eq!(
        (status, &headers["allow"]),
        (405, &"GET, HEAD, OPTIONS".parse().unwrap())
    );
    let sent = [("origin", SHOP), ("authorization", "any")];
    let (status, headers) = call(router.clone(), "OPTIONS", "/v1/asked", &sent).await;
    assert_eq!(status, 200);
    assert_eq!(headers["access-control-allow-origin"], SHOP);
    // The question of a browser is never the operation.
    let (status, headers) = preflight(router, "/v1/asked", SHOP).await;
    assert_eq!(status, 200);
    let methods = list(&headers, "access-control-allow-methods");
    assert_eq!(methods, ["OPTIONS"]);
}

#[test]
fn texts_that_no_browser_sends_are_no_origins() {
    for text in [
        "https://a.example/",
        "a.example",
        "*",
        "https://A.example",
        "",
        "https://",
    ] {
        let allowed = std::panic::catch_unwind(|| cors().origin(text));
        assert!(allowed.is_err(), "{text}");
    }
    let _ = cors()
        .origin("http://localhost:8080")
        .origin("http://[::1]:80")
        .origin("null");
}

#[test]
#[should_panic(expected = "credentials need origins that are named")]
fn nobody_acts_for_everybody() {
    let _ = Routes::new().with_cors(cors().any_origin().with_credentials());
}
