//! What is told first of a request that breaks several rules, and what is not read for it.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use tower::ServiceExt as _;

use super::super::context::OperationInfo;
use super::super::problem::Problem;
use super::super::request::Request;
use super::super::response;
use super::super::router::Routes;

static PUT: OperationInfo = OperationInfo {
    id: "put",
    method: "PUT",
    path: "/",
    tags: &[],
    produces: &["application/json"],
    security: &[],
};

/// A body that says how long it is and must not be asked for more.
struct Unread(u64);

impl HttpBody for Unread {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
        panic!("the body is read");
    }

    fn size_hint(&self) -> http_body::SizeHint {
        http_body::SizeHint::with_exact(self.0)
    }
}

async fn put(_: Arc<()>, mut request: Request) -> Result<Response, Problem> {
    if request.parts.headers.contains_key("x-nobody") {
        return Err(Problem::unauthorized());
    }
    let body = request.json::<serde_json::Value>().await;
    request.finish()?;
    Ok(response::json(200, "application/json", body?))
}

/// The status, and what problems are said to be in another form.
async fn send(headers: &[(&str, &str)], length: u64) -> (StatusCode, String) {
    let routes = Routes::new().add(&PUT, &Arc::new(()), put);
    let router = routes
        .with_problems(|problem| (problem.status(), "sorry").into_response())
        .into_router();
    let mut request = axum::http::Request::put("/").header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::new(Unread(length))).unwrap();
    let response = router.oneshot(request).await.unwrap();
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX)
        .await
        .unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn bodies_that_cannot_be_taken_are_not_read() {
    let sorry = |status: u16| (StatusCode::from_u16(status).unwrap(), "sorry".to_owned());
    assert_eq!(send(&[], 10 << 30).await, sorry(413));
    assert_eq!(send(&[("accept", "text/html")], 8).await, sorry(406));
    assert_eq!(send(&[("accept", "text/html")], 10 << 30).await, sorry(406));
    assert_eq!(send(&[("x-nobody", "")], 10 << 30).await, sorry(401));
}

#[tokio::test]
async fn who_may_not_call_learns_nothing_else() {
    let nobody = [
        ("x-nobody", ""),
        ("accept", "text/html"),
        ("content-type", "text/csv"),
    ];
    assert_eq!(send(&nobody, 8).await.0, 401);
}
