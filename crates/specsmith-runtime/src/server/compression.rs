//! Bodies that are sent compressed, both ways (RFC 9110, section 8.4).

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderName, HeaderValue,
};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tower_http::compression::{CompressionLayer, Predicate};
use tower_http::decompression::{DecompressionBody, RequestDecompressionLayer};
use tower_layer::Layer as _;
use tower_service::Service;

use super::media_type;
use super::problem::Problem;

/// Bodies with fewer bytes fit into one packet as they are.
const SMALL: u64 = 1024;

/// A layer that compresses the bodies of responses for clients that accept it, with gzip.
///
/// Small bodies, media types that are compressed already, streams of events and records, and what says `no-transform`
/// stay as they are.
///
/// ```text
/// router(App).layer(axum::middleware::from_fn(compress))
/// ```
pub async fn compress(request: Request, next: Next) -> Response {
    let layer = CompressionLayer::new().compress_when(Compressible);
    match layer.layer(next).call(request).await {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    }
}

/// A layer that reads bodies of requests that are compressed with gzip.
///
/// The limits of bodies are about what comes out, so a small body that becomes a large one is answered with 413 before it
/// is in memory. Other encodings are answered with 415, and `Accept-Encoding` says which there are (RFC 7694).
///
/// ```text
/// router(App).layer(axum::middleware::from_fn(decompress))
/// ```
pub async fn decompress(mut request: Request, next: Next) -> Response {
    let Some(encoding) = request.headers_mut().get_mut(CONTENT_ENCODING) else {
        return next.run(request).await;
    };
    // Names of encodings have no case, and this one has two (RFC 9110, section 8.4.1.3).
    let name = encoding.as_bytes().to_ascii_lowercase();
    let name = match name.as_slice() {
        b"x-gzip" => &b"gzip"[..],
        name => name,
    };
    if let Ok(name) = HeaderValue::from_bytes(name) {
        *encoding = name;
    }
    let mut service = RequestDecompressionLayer::new().layer(Decompressed(next));
    match service.call(request).await {
        Ok(response) => refused(response.map(Body::new)),
        Err(never) => match never {},
    }
}

/// The refusal of an encoding as a problem; other responses as they are.
fn refused(response: Response) -> Response {
    let (status, headers) = (response.status(), response.headers());
    // Problems have a content type.
    let is_bare = !headers.contains_key(CONTENT_TYPE);
    match headers.get(ACCEPT_ENCODING).cloned() {
        Some(accepted) if is_bare && status == StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            let problem = Problem::new(status).with_header(ACCEPT_ENCODING, accepted);
            problem.into_response()
        }
        _ => response,
    }
}

/// Which responses are worth to be compressed.
#[derive(Debug, Clone, Copy)]
struct Compressible;

impl Predicate for Compressible {
    fn should_compress<B: HttpBody>(&self, response: &axum::http::Response<B>) -> bool {
        let text = |name: HeaderName| response.headers().get(name)?.to_str().ok();
        let is_small = response
            .body()
            .size_hint()
            .exact()
            .is_some_and(|size| size < SMALL);
        let is_fixed = text(CACHE_CONTROL).is_some_and(|value| value.contains("no-transform"));
        let is_dense = is_dense(&media_type::essence(text(CONTENT_TYPE).unwrap_or_default()));
        !is_small && !is_fixed && !is_dense
    }
}

/// Whether bodies of a media type are compressed already, or must go out piece by piece.
fn is_dense(essence: &str) -> bool {
    const TYPES: &[&str] = &[
        "application/gzip",
        "application/json-seq",
        "application/jsonl",
        "application/ndjson",
        "application/pdf",
        "application/vnd.rar",
        "application/x-7z-compressed",
        "application/x-bzip2",
        "application/x-gzip",
        "application/x-ndjson",
        "application/x-xz",
        "application/zip",
        "application/zstd",
        "font/woff",
        "font/woff2",
        "text/event-stream",
    ];
    let main = essence.split('/').next().unwrap_or_default();
    let is_picture = matches!(main, "image" | "audio" | "video") && !essence.ends_with("+xml");
    let is_archive = essence.ends_with("+zip") || essence.ends_with("+gzip");
    // Raw pixels and samples are neither.
    let is_raw = matches!(
        essence,
        "image/bmp" | "image/x-icon" | "audio/wav" | "audio/x-wav"
    );
    (is_picture && !is_raw) || is_archive || TYPES.contains(&essence)
}

/// The service behind the layer, which takes bodies as axum has them.
struct Decompressed(Next);

impl Service<axum::http::Request<DecompressionBody<Body>>> for Decompressed {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, request: axum::http::Request<DecompressionBody<Body>>) -> Self::Future {
        self.0.call(request.map(Body::new))
    }
}
