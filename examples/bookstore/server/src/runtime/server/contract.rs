//! The document that the server was made from, for those who ask for it.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{MethodRouter, get};

/// A router that serves the document as `/openapi.json` and `/openapi.yaml`.
pub fn contract(json: &'static str, yaml: &'static str) -> axum::Router {
    axum::Router::new()
        .route("/openapi.json", file(json, "application/json"))
        .route("/openapi.yaml", file(yaml, "application/yaml"))
}

/// A text that clients may keep, and ask whether it is still the same.
fn file(text: &'static str, media_type: &'static str) -> MethodRouter {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let etag = format!("\"{:016x}\"", hasher.finish());
    get(async move |headers: HeaderMap| {
        let is_known = is_known(&headers, &etag);
        let mut response = Response::new(match is_known {
            true => Body::empty(),
            false => Body::from(text),
        });
        if is_known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        if let Ok(etag) = HeaderValue::from_str(&etag) {
            headers.insert(ETAG, etag);
        }
        response
    })
}

/// Whether a client has this version already (RFC 9110, section 13.1.2).
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let lines = headers.get_all(IF_NONE_MATCH).iter();
    let mut tags = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(str::trim);
    tags.any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}
