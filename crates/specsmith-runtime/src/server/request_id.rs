//! Names of requests, by which what is told about one is found.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use axum::extract::Request;
use axum::http::header::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// How long an id of a client may be.
const LIMIT: usize = 128;

/// The id of a request.
#[derive(Debug, Clone)]
pub(super) struct RequestId(pub(super) Arc<str>);

/// A layer that gives each request an id: that of its header `x-request-id`, else a random one.
///
/// Handlers find it in `Context::request_id`, clients in the header `x-request-id` of every response and as `request_id` in
/// problems.
///
/// ```text
/// router(App).layer(axum::middleware::from_fn(request_id))
/// ```
pub async fn request_id(mut request: Request, next: Next) -> Response {
    let sent = request.headers().get(HEADER).filter(|id| is_harmless(id));
    let (id, header) = match sent.and_then(|id| Some((id.to_str().ok()?, id))) {
        Some((text, header)) => (Arc::from(text), Some(header.clone())),
        None => {
            let id = random();
            let header = HeaderValue::from_str(&id).ok();
            (Arc::from(id), header)
        }
    };
    request.extensions_mut().insert(RequestId(id));
    let mut response = next.run(request).await;
    if let Some(header) = header {
        response.headers_mut().insert(HEADER, header);
    }
    response
}

/// Whether an id of a client may stand in logs and headers as it is.
fn is_harmless(id: &HeaderValue) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:/+=@".contains(byte);
    !id.is_empty() && id.len() <= LIMIT && id.as_bytes().iter().all(is_plain)
}

/// 128 bits that are not repeated; they keep no secret.
fn random() -> String {
    static KEYS: LazyLock<[RandomState; 2]> =
        LazyLock::new(|| [RandomState::new(), RandomState::new()]);
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let [high, low] = KEYS.each_ref().map(|keys| {
        let mut hasher = keys.build_hasher();
        hasher.write_u64(count);
        hasher.finish()
    });
    format!("{high:016x}{low:016x}")
}
