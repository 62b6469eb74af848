//! Servers of several documents in one program, as the guide about versions has it: its code compiles, and each version
//! answers at its own path.

use std::{fs, path::Path};

use specsmith::Target;

use crate::{
    case::Case,
    compile::{put, run},
    root,
};

/// The documents of the guide, and the packages of their servers.
const SERVERS: [(&str, &str); 2] = [("versions_v1", "orders-v1"), ("versions_v2", "orders-v2")];

const MANIFEST: &str = r#"[package]
name = "orders"
edition = "2024"

[dependencies]
orders-v1 = { path = "../orders-v1", features = ["compression", "cors", "docs-ui", "tracing"] }
orders-v2 = { path = "../orders-v2", features = ["docs-ui", "tracing"] }
tokio = { version = "1", features = ["macros", "net", "rt-multi-thread"] }

[dev-dependencies]
tower = { version = "0.5", default-features = false, features = ["util"] }
"#;

const TESTS: &str = r##"//! What clients of both versions see.

use orders::{App, router};
use orders_v1::axum::body::{Body, to_bytes};
use orders_v1::axum::http::{HeaderMap, Request};
use tower::ServiceExt as _;

async fn call(app: &App, method: &str, target: &str, body: &str) -> (u16, HeaderMap, String) {
    let request = Request::builder().method(method).uri(target);
    let request = request.header("content-type", "application/json").header("host", "a");
    let request = request.body(Body::from(body.to_owned())).unwrap();
    let (head, body) = router(app.clone()).oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (head.status.as_u16(), head.headers, String::from_utf8(body.into()).unwrap())
}

#[tokio::test]
async fn state_is_shared() {
    let app = App::default();
    let (status, ..) = call(&app, "POST", "/v1/orders", r#"{"id":7,"total":1.5}"#).await;
    assert_eq!(status, 201);
    let (status, _, text) = call(&app, "GET", "/v1/orders/7", "").await;
    assert_eq!((status, text.as_str()), (200, r#"{"id":7,"total":1.5}"#));
    let (status, _, text) = call(&app, "GET", "/v2/orders/7", "").await;
    assert_eq!((status, text.as_str()), (200, r#"{"id":7,"total":{"cents":150,"currency":"EUR"}}"#));
}

#[tokio::test]
async fn each_version_answers_for_itself() {
    let app = App::default();
    for (method, target, status) in [
        ("GET", "/v1/openapi.json", 200),
        ("GET", "/v2/openapi.json", 200),
        ("GET", "/v1/docs", 200),
        ("GET", "/v2/docs", 200),
        ("GET", "/openapi.json", 404),
        ("POST", "/v2/orders", 404),
        ("DELETE", "/v2/orders/7", 405),
        ("GET", "/v3/orders/7", 404),
    ] {
        let (found, headers, text) = call(&app, method, target, "").await;
        assert_eq!(found, status, "{method} {target}: {text}");
        assert!(headers.contains_key("x-request-id") || found == 200, "{method} {target}");
        if found >= 400 {
            assert_eq!(headers["content-type"], "application/problem+json", "{method} {target}");
        }
    }
    let (_, _, text) = call(&app, "GET", "/v2/openapi.json", "").await;
    assert!(text.contains("Money"), "{text}");
}

#[tokio::test]
async fn layers_without_operations_are_around_both() {
    for version in ["v1", "v2"] {
        let request = Request::get(format!("/{version}/openapi.json")).header("accept-encoding", "gzip");
        let response = router(App::default()).oneshot(request.body(Body::empty()).unwrap());
        assert_eq!(response.await.unwrap().headers()["content-encoding"], "gzip", "{version}");
    }
}

#[tokio::test]
async fn what_goes_away_says_so() {
    let app = App::default();
    let (status, headers, _) = call(&app, "GET", "/v1/orders/1", "").await;
    assert_eq!(status, 404);
    assert_eq!(headers["deprecation"], "@1761955200");
    assert_eq!(headers["sunset"], "Fri, 01 Jan 2027 00:00:00 GMT");
    let links: Vec<_> = headers.get_all("link").iter().collect();
    assert_eq!(
        links,
        [
            "<https://example.com/moving>; rel=\"deprecation\"",
            "<https://example.com/end>; rel=\"sunset\""
        ]
    );
    let (_, headers, _) = call(&app, "GET", "/v2/orders/1", "").await;
    assert!(!headers.contains_key("deprecation") && !headers.contains_key("sunset"));
}

#[tokio::test]
async fn bodies_have_the_limits_of_the_configuration() {
    let app = App::default();
    let order = format!(r#"{{"id":1,"total":1}}{}"#, " ".repeat(64 << 10));
    assert_eq!(call(&app, "POST", "/v1/orders", &order).await.0, 413);
    assert_eq!(call(&app, "POST", "/v1/orders", &order[..64 << 10]).await.0, 201);
    let put = |bytes: usize| {
        let request = Request::put("/v1/orders/1/receipt").header("content-type", "application/pdf");
        router(app.clone()).oneshot(request.body(Body::from(vec![0; bytes])).unwrap())
    };
    assert_eq!(put(8 << 20).await.unwrap().status(), 204);
    assert_eq!(put((8 << 20) + 1).await.unwrap().status(), 413);
}
"##;

#[test]
fn several_versions_are_served_by_one_program() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("together");
    for (case, package) in SERVERS {
        let cases = Case::all("tests/cases/ok");
        let case = cases.iter().find(|found| found.name == case).expect("a case");
        let config = case.config(&case.path).unwrap_or_else(|error| panic!("{error}"));
        let config = config.server(Target::new(workspace.join(package)).package(package));
        specsmith::generate(&config).unwrap_or_else(|error| panic!("{error}"));
    }
    let guide = fs::read_to_string(root().join("docs/guides/versions.md")).expect("a guide");
    let mut blocks = guide
        .split("```rust\n")
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next());
    for path in ["src/lib.rs", "src/main.rs"] {
        let code = blocks.next().expect("a block");
        put(
            &workspace.join("orders").join(path),
            &format!("//! Of the guide.\n\n{code}\n"),
        );
    }
    put(&workspace.join("orders/tests/versions.rs"), TESTS);
    put(&workspace.join("orders/Cargo.toml"), MANIFEST);
    put(
        &workspace.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"orders\", \"orders-v1\", \"orders-v2\"]\n",
    );
    fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock")).expect("a file");
    run(&workspace, &["test", "--quiet", "--package", "orders"]);
}
