//! Typed headers of responses: how values are written, and what is refused.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use tower::ServiceExt as _;

use super::super::context::{Context, OperationInfo, ResponseHeaders};
use super::super::header::Header;
use super::super::problem::Problem;
use super::super::request::Request;
use super::super::response;
use super::super::router::Routes;

static INFO: OperationInfo = OperationInfo {
    id: "test",
    method: "GET",
    path: "/",
    tags: &[],
    produces: &[],
    security: &[],
};

/// The text of a header; `None` where it cannot be written.
fn written<T: Serialize>(header: Header<T>, value: T) -> Option<String> {
    let headers = ResponseHeaders::default();
    let (parts, ()) = axum::http::Request::new(()).into_parts();
    let cx: Context = Context::new(&INFO, Box::new(parts), headers.clone());
    cx.set_header(header, value).ok()?;
    let mut written = HeaderMap::new();
    headers.move_to(&mut written);
    Some(
        written
            .get("x")
            .map_or("none", |value| value.to_str().unwrap())
            .to_owned(),
    )
}

#[test]
fn values_are_written_in_the_format_of_their_header() {
    let text = |text: &str| Some(text.to_owned());
    let words = |words: &[&str]| Vec::from_iter(words.iter().map(|word| (*word).to_owned()));
    let rgb = || BTreeMap::from([("G", 2), ("R", 1)]);
    assert_eq!(written(Header::new("X"), 12), text("12"));
    assert_eq!(written(Header::new("X"), "a, b".to_owned()), text("a, b"));
    assert_eq!(written(Header::new("X"), None::<u8>), text("none"));
    assert_eq!(
        written(Header::new("X").list(), words(&["a", "b c"])),
        text("a,b c")
    );
    assert_eq!(written(Header::new("X").object(), rgb()), text("G,2,R,1"));
    assert_eq!(
        written(Header::new("X").exploded_object(), rgb()),
        text("G=2,R=1")
    );
    assert_eq!(
        written(Header::new("X").json(), rgb()),
        text(r#"{"G":2,"R":1}"#)
    );
    assert_eq!(
        written(Header::new("X").json(), "a\r\nb".to_owned()),
        text(r#""a\r\nb""#)
    );
    // What would be another header, or another value.
    assert_eq!(
        written(Header::new("X"), "a\r\nSet-Cookie: b".to_owned()),
        None
    );
    assert_eq!(written(Header::new("X").list(), words(&["a,b"])), None);
    assert_eq!(
        written(Header::new("X").object(), BTreeMap::from([("a,b", 1)])),
        None
    );
}

async fn get(_: Arc<()>, mut request: Request) -> Result<Response, Problem> {
    request.require_headers(&[(200, 200, "x-total"), (200, 299, "x-page")]);
    let query = request.parts.uri.query().unwrap_or_default().to_owned();
    let cx = request.finish()?;
    if query.contains("total") {
        cx.set_header(Header::new("X-Total"), 3)?;
    }
    if query.contains("page") {
        cx.set_header(Header::new("X-Page"), 3)?;
    }
    Ok(response::empty(if query.contains("none") {
        204
    } else {
        200
    }))
}

#[tokio::test]
async fn debug_builds_look_for_headers_that_must_be_there() {
    let router = Routes::new().add(&INFO, &Arc::new(()), get).into_router();
    for (target, status) in [
        ("/?total&page", 200),
        ("/?total", 500),
        ("/?page", 500),
        ("/?none&page", 204),
        ("/?none", 500),
    ] {
        let request = axum::http::Request::get(target)
            .body(Body::empty())
            .unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{target}");
    }
}
