//! Bodies that are compressed, both ways.

use std::io::Write as _;
use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Request as HttpRequest};
use axum::middleware::from_fn;
use axum::response::Response;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use tower::ServiceExt as _;

use super::super::compression::{compress, decompress};
use super::super::context::OperationInfo;
use super::super::parameter::query;
use super::super::problem::Problem;
use super::super::request::Request;
use super::super::response;
use super::super::router::Routes;

const fn operation(id: &'static str, method: &'static str) -> OperationInfo {
    OperationInfo {
        id,
        method,
        path: "/",
        tags: &[],
        produces: &[],
        security: &[],
    }
}

static GET: OperationInfo = operation("get", "GET");
static POST: OperationInfo = operation("post", "POST");
static PUT: OperationInfo = operation("put", "PUT");

/// So many bytes of a media type.
async fn get(_: Arc<()>, mut request: Request) -> Result<Response, Problem> {
    let length = request.required::<usize>(query("length"));
    let media_type = request.required::<String>(query("type"));
    let control = request.optional::<String>(query("control"));
    request.finish()?;
    let media_type = media_type?.parse().unwrap();
    let mut response = response::bytes_of(200, media_type, vec![b'a'; length?].into());
    if let Some(control) = control? {
        let headers = response.headers_mut();
        headers.insert("cache-control", control.parse().unwrap());
    }
    Ok(response)
}

/// How long a text is.
async fn post(_: Arc<()>, mut request: Request) -> Result<Response, Problem> {
    let body = request.json::<String>().await;
    request.finish()?;
    Ok(response::json(200, "application/json", body?.len()))
}

/// How long a stream is.
async fn put(_: Arc<()>, mut request: Request) -> Result<Response, Problem> {
    let body = request.stream("*/*");
    request.finish()?;
    let bytes = to_bytes(body?, usize::MAX).await?;
    Ok(response::json(200, "application/json", bytes.len()))
}

fn plain() -> axum::Router {
    let service = Arc::new(());
    Routes::new()
        .add(&GET, &service, get)
        .add(&POST, &service, post)
        .add(&PUT, &service, put)
        .into_router()
}

fn router() -> axum::Router {
    plain().layer(from_fn(compress)).layer(from_fn(decompress))
}

async fn call(router: axum::Router, request: HttpRequest<Body>) -> (u16, HeaderMap, Bytes) {
    let (head, body) = router.oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (head.status.as_u16(), head.headers, body)
}

async fn fetch(query: &str, accepted: &str) -> (HeaderMap, Bytes) {
    let request = HttpRequest::get(format!("/?{query}"));
    let request = request.header("accept-encoding", accepted);
    let (status, headers, body) = call(router(), request.body(Body::empty()).unwrap()).await;
    assert_eq!(status, 200, "{query}");
    (headers, body)
}

#[tokio::test]
async fn responses_are_compressed_for_those_who_accept_it() {
    let (headers, body) = fetch("length=5000&type=application/json", "gzip, br").await;
    assert_eq!(headers["content-encoding"], "gzip");
    assert_eq!(headers["vary"], "accept-encoding");
    assert!(!headers.contains_key("content-length"), "{headers:?}");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut GzDecoder::new(&body[..]), &mut text).unwrap();
    assert_eq!(text, "a".repeat(5000));
    for accepted in ["", "identity", "br", "gzip;q=0"] {
        let (headers, body) = fetch("length=5000&type=application/json", accepted).await;
        assert!(!headers.contains_key("content-encoding"), "{accepted}");
        assert_eq!(body.len(), 5000, "{accepted}");
    }
}

#[tokio::test]
async fn what_gains_nothing_stays_as_it_is() {
    for query in [
        "length=100&type=application/json",
        "length=5000&type=image/png",
        "length=5000&type=video/mp4",
        "length=5000&type=application/zip",
        "length=5000&type=application/vnd.openxmlformats%2Bzip",
        "length=5000&type=text/event-stream",
        "length=5000&type=application/x-ndjson;%20charset=utf-8",
        "length=5000&type=text/plain&control=no-transform",
    ] {
        let (headers, body) = fetch(query, "gzip").await;
        assert!(!headers.contains_key("content-encoding"), "{query}");
        assert!(body.starts_with(b"aaa"), "{query}");
    }
    for query in [
        "length=5000&type=image/svg%2Bxml",
        "length=5000&type=text/plain",
    ] {
        let (headers, _) = fetch(query, "gzip").await;
        assert_eq!(headers["content-encoding"], "gzip", "{query}");
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

async fn send(
    router: axum::Router,
    method: &str,
    encoding: &str,
    body: Vec<u8>,
) -> (u16, HeaderMap, String) {
    let request = HttpRequest::builder()
        .method(method)
        .uri("/")
        .header("content-type", "application/json")
        .header("content-encoding", encoding)
        .header("content-length", body.len());
    let (status, headers, body) = call(router, request.body(body.into()).unwrap()).await;
    let text = String::from_utf8_lossy(&body).into_owned();
    (status, headers, text)
}

#[tokio::test]
async fn bodies_of_requests_are_read_compressed() {
    for encoding in ["gzip", "GZIP", "x-gzip"] {
        let (status, _, text) = send(router(), "POST", encoding, gzip(b"\"abc\"")).await;
        assert_eq!((status, text.as_str()), (200, "3"), "{encoding}");
    }
    let (status, _, text) = send(router(), "POST", "identity", b"\"abc\"".to_vec()).await;
    assert_eq!((status, text.as_str()), (200, "3"));
    for broken in [b"no gzip".to_vec(), gzip(b"\"abcdefgh\"")[..12].to_vec()] {
        let (status, ..) = send(router(), "POST", "gzip", broken).await;
        assert_eq!(status, 400);
    }
}

#[tokio::test]
async fn unknown_encodings_are_refused() {
    for encoding in ["br", "gzip, gzip", "zstd"] {
        let (status, headers, text) = send(router(), "POST", encoding, b"\"a\"".to_vec()).await;
        assert_eq!(status, 415, "{encoding}");
        assert_eq!(headers["accept-encoding"], "gzip", "{encoding}");
        assert_eq!(headers["content-type"], "application/problem+json");
        assert!(text.contains("\"status\":415"), "{text}");
    }
    // Without the layer nothing is taken that is not there as it is.
    let (status, headers, _) = send(plain(), "POST", "gzip", gzip(b"\"a\"")).await;
    assert_eq!(
        (status, &headers["accept-encoding"]),
        (415, &"identity".parse().unwrap())
    );
    let (status, headers, _) = send(router(), "POST", "identity", b"1".to_vec()).await;
    assert_eq!(status, 422, "{headers:?}");
}

/// 64 MiB as some 64 KiB.
fn bomb() -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let block = vec![b'a'; 1 << 20];
    for _ in 0..64 {
        encoder.write_all(&block).unwrap();
    }
    encoder.finish().unwrap()
}

/// A body that is small until it is read is no way around the limit of bodies.
#[tokio::test]
async fn bombs_are_refused_before_they_are_in_memory() {
    let bomb = bomb();
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    let twice = gzip(&bomb);
    for method in ["POST", "PUT"] {
        let (status, _, text) = send(router(), method, "gzip", bomb.clone()).await;
        assert_eq!(status, 413, "{method}: {text}");
    }
    // Only one layer is taken off.
    let (status, ..) = send(router(), "POST", "gzip", twice).await;
    assert_eq!(status, 400);
}

/// What comes behind the limit is not even taken from the client.
#[tokio::test]
async fn no_more_than_the_limit_is_taken_out_of_a_bomb() {
    use std::collections::VecDeque;
    use std::pin::Pin;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{Context, Poll};

    static TAKEN: AtomicUsize = AtomicUsize::new(0);

    /// Gives a bomb piece by piece.
    struct Pieces(VecDeque<Bytes>);

    impl axum::body::HttpBody for Pieces {
        type Data = Bytes;
        type Error = std::io::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
            TAKEN.fetch_add(1, Ordering::SeqCst);
            let piece = self.0.pop_front();
            Poll::Ready(piece.map(|piece| Ok(http_body::Frame::data(piece))))
        }
    }

    // Each piece becomes about a MiB.
    let bomb = bomb();
    let pieces = bomb.chunks(bomb.len() / 64).map(Bytes::copy_from_slice);
    let request = HttpRequest::post("/")
        .header("content-type", "application/json")
        .header("content-encoding", "gzip")
        .body(Body::new(Pieces(pieces.collect())))
        .unwrap();
    let (status, ..) = call(router(), request).await;
    assert_eq!(status, 413);
    let taken = TAKEN.load(Ordering::SeqCst);
    assert!(taken <= 4, "{taken} MiB were taken for a limit of 2 MiB");
}
