//! A span for each request, with the names that OpenTelemetry has for HTTP.
//!
//! Neither values nor headers are in it, nor queries: they hold credentials of some APIs.

use axum::extract::{ConnectInfo, Request};
use axum::http::Version;
use axum::http::header::HOST;
use axum::middleware::Next;
use axum::response::Response;
use std::net::SocketAddr;
use tracing::field::{Empty, display};
use tracing::{Instrument as _, Span, info_span};

use super::layer::{OperationSlot, Reached};
use super::observe;
use super::request_id::RequestId;

/// A layer that opens a span for each request: `http.request.method`, `http.route`, `http.response.status_code` and
/// more, as the semantic conventions of OpenTelemetry have them.
///
/// The id of the request is there where the layer `request_id` is around this one.
///
/// ```text
/// router(App).layer(axum::middleware::from_fn(trace))
/// ```
pub async fn trace(mut request: Request, next: Next) -> Response {
    let slot = OperationSlot::of(&mut request);
    let method = observe::method(request.method());
    let span = span(&request, method);
    let response = next.run(request).instrument(span.clone()).await;
    if let Some(Reached { operation, route }) = slot.get() {
        span.record("http.route", &**route);
        span.record("operation", operation.id);
        span.record("otel.name", display(format_args!("{method} {route}")));
    }
    let status = response.status();
    span.record("http.response.status_code", status.as_u16());
    if status.is_server_error() {
        span.record("error.type", status.as_str());
        span.record("otel.status_code", "ERROR");
    }
    response
}

fn span(request: &Request, method: &'static str) -> Span {
    let span = info_span!(
        "request",
        otel.name = method,
        otel.kind = "server",
        operation = Empty,
        request.id = Empty,
        http.request.method = method,
        http.route = Empty,
        http.response.status_code = Empty,
        url.path = request.uri().path(),
        url.scheme = Empty,
        server.address = Empty,
        server.port = Empty,
        client.address = Empty,
        network.protocol.version = version(request.version()),
        "error.type" = Empty,
        otel.status_code = Empty,
    );
    if let Some(RequestId(id)) = request.extensions().get() {
        span.record("request.id", display(id));
    }
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>() {
        span.record("client.address", display(peer.ip()));
    }
    if let Some(scheme) = request.uri().scheme_str() {
        span.record("url.scheme", scheme);
    }
    let host = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok());
    let authority = request.uri().authority().cloned();
    if let Some(authority) = authority.or_else(|| host?.parse().ok()) {
        span.record("server.address", authority.host());
        if let Some(port) = authority.port_u16() {
            span.record("server.port", port);
        }
    }
    span
}

fn version(version: Version) -> &'static str {
    match version {
        Version::HTTP_09 => "0.9",
        Version::HTTP_10 => "1.0",
        Version::HTTP_2 => "2",
        Version::HTTP_3 => "3",
        _ => "1.1",
    }
}
