//! Receiving what an API sends: routes of axum, with the feature `axum`.
//!
//! A body is limited as in all handlers of axum: to 2 MiB, or to what the layer `DefaultBodyLimit` says.

use std::future::Future;

use axum::extract::rejection::BytesRejection;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde_json::json;

use super::super::BoxError;
use super::{Verifier, WebhookError};

/// A route that receives requests of one kind which the API has signed: `read` is the function that reads their bodies.
///
/// It answers `204`, `401` where the signature does not hold, `400` where a request cannot be read, and `500` where
/// `handler` fails, so that the API sends it again. Senders repeat themselves, too, when an answer gets lost: what was
/// received once must not count twice.
pub fn route_of<T, S, E, F>(
    verifier: Verifier,
    read: fn(&[u8]) -> Result<T, WebhookError>,
    handler: impl Fn(T) -> F + Clone + Send + Sync + 'static,
) -> MethodRouter<S>
where
    T: 'static,
    S: Clone + Send + Sync + 'static,
    E: Into<BoxError>,
    F: Future<Output = Result<(), E>> + Send,
{
    receive(Some(verifier), move |_, body| read(body), handler)
}

/// The same as [`route_of`], without asking who sent them: anyone who knows the address can.
pub fn unverified_route_of<T, S, E, F>(
    read: fn(&[u8]) -> Result<T, WebhookError>,
    handler: impl Fn(T) -> F + Clone + Send + Sync + 'static,
) -> MethodRouter<S>
where
    T: 'static,
    S: Clone + Send + Sync + 'static,
    E: Into<BoxError>,
    F: Future<Output = Result<(), E>> + Send,
{
    receive(None, move |_, body| read(body), handler)
}

/// A route that verifies requests where there is a verifier, reads them and hands them on.
pub fn receive<T, S, E, F>(
    verifier: Option<Verifier>,
    read: impl Fn(&HeaderMap, &[u8]) -> Result<T, WebhookError> + Clone + Send + Sync + 'static,
    handler: impl Fn(T) -> F + Clone + Send + Sync + 'static,
) -> MethodRouter<S>
where
    S: Clone + Send + Sync + 'static,
    E: Into<BoxError>,
    F: Future<Output = Result<(), E>> + Send,
{
    any(
        move |headers: HeaderMap, body: Result<Bytes, BytesRejection>| async move {
            let body = match body {
                Ok(body) => body,
                Err(rejection) => return problem(rejection.status(), &rejection.body_text()),
            };
            if let Some(verifier) = &verifier
                && let Err(error) = verifier.verify(&headers, &body)
            {
                return problem(StatusCode::UNAUTHORIZED, &error.to_string());
            }
            let handled = match read(&headers, &body) {
                Ok(request) => handler(request),
                Err(error) => return problem(StatusCode::BAD_REQUEST, &error.to_string()),
            };
            match handled.await {
                Ok(()) => StatusCode::NO_CONTENT.into_response(),
                Err(error) => {
                    let error: BoxError = error.into();
                    failed(&*error)
                }
            }
        },
    )
}

/// What the sender needs not know is logged.
fn failed(error: &(dyn std::error::Error + Send + Sync)) -> Response {
    #[cfg(feature = "tracing")]
    tracing::error!(%error, "a request that the API sent was not handled");
    #[cfg(not(feature = "tracing"))]
    let _ = error;
    problem(
        StatusCode::INTERNAL_SERVER_ERROR,
        "the request was not handled",
    )
}

/// A problem (RFC 9457).
fn problem(status: StatusCode, detail: &str) -> Response {
    let problem = json!({
        "title": status.canonical_reason(),
        "status": status.as_u16(),
        "detail": detail,
    });
    let headers = [(CONTENT_TYPE, "application/problem+json")];
    (status, headers, problem.to_string()).into_response()
}
