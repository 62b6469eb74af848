//! [`MockResponse`]: what a test answers with.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use super::super::transport::BoxFuture;
use super::super::{Body, TransportError, TransportErrorKind, timer};
use super::MockRequest;

/// What a request of a test is answered with: a response, or a fault on the way.
///
/// ```text
/// MockResponse::json(200, &page).with_header("x-total-count", "4")
/// ```
#[derive(Debug, Clone)]
pub struct MockResponse {
    head: Result<Head, Fault>,
    chunks: VecDeque<Bytes>,
    /// How the body ends, unless well.
    broken: Option<Fault>,
    delay: Duration,
    chunk_delay: Duration,
}

#[derive(Debug, Clone)]
struct Head {
    status: StatusCode,
    headers: HeaderMap,
}

/// What a transport fails with.
#[derive(Debug, Clone)]
struct Fault {
    kind: TransportErrorKind,
    text: String,
}

impl Fault {
    /// What the network is made to do.
    fn of(kind: TransportErrorKind) -> Self {
        let text = format!("the test says so ({})", kind.name());
        Self { kind, text }
    }

    /// What a test asks for and cannot be.
    fn unusable(text: String) -> Self {
        let kind = TransportErrorKind::Refused;
        Self { kind, text }
    }

    fn error(self) -> TransportError {
        match self.kind {
            TransportErrorKind::Timeout(timeout) => timeout.into(),
            kind => TransportError::new(kind, self.text),
        }
    }
}

impl MockResponse {
    fn of(status: u16, chunks: impl IntoIterator<Item = Bytes>) -> Self {
        let head = match StatusCode::from_u16(status) {
            Ok(status) => Ok(Head {
                status,
                headers: HeaderMap::new(),
            }),
            Err(_) => Err(Fault::unusable(format!("{status} is no status of HTTP"))),
        };
        Self {
            head,
            chunks: chunks.into_iter().collect(),
            broken: None,
            delay: Duration::ZERO,
            chunk_delay: Duration::ZERO,
        }
    }

    /// A response without a body.
    pub fn empty(status: u16) -> Self {
        Self::of(status, None)
    }

    /// A response whose body is this value as JSON.
    pub fn json(status: u16, value: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(value) {
            Ok(json) => Self::bytes(status, "application/json", json),
            Err(error) => Self::unusable(format!("the body cannot be written as JSON: {error}")),
        }
    }

    /// A response whose body is text.
    pub fn text(status: u16, text: impl Into<String>) -> Self {
        Self::bytes(status, "text/plain; charset=utf-8", text.into())
    }

    /// A response with these bytes, of a media type.
    pub fn bytes(status: u16, content_type: &str, bytes: impl Into<Bytes>) -> Self {
        Self::chunks(status, content_type, [bytes])
    }

    /// A response whose body comes in chunks, for streams; see [`with_chunk_delay`](Self::with_chunk_delay).
    pub fn chunks(
        status: u16,
        content_type: &str,
        chunks: impl IntoIterator<Item = impl Into<Bytes>>,
    ) -> Self {
        let response = Self::of(status, chunks.into_iter().map(Into::into));
        response.with_header(CONTENT_TYPE.as_str(), content_type)
    }

    /// A response with these headers, of which there can be several of one name.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn recorded(status: u16, body: Vec<u8>, headers: &[(String, String)]) -> Self {
        let mut response = Self::of(status, [body.into()]);
        if let Ok(head) = &mut response.head {
            for (name, value) in headers {
                let name = HeaderName::from_bytes(name.as_bytes());
                if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
                    head.headers.append(name, value);
                }
            }
        }
        response
    }

    /// No response: the transport fails.
    pub fn fail(kind: TransportErrorKind) -> Self {
        Self::failing(Fault::of(kind))
    }

    pub(super) fn unusable(text: String) -> Self {
        Self::failing(Fault::unusable(text))
    }

    fn failing(fault: Fault) -> Self {
        let mut response = Self::empty(200);
        response.head = Err(fault);
        response
    }

    /// Sets a header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        let Ok(head) = &mut self.head else {
            return self;
        };
        match (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(value),
        ) {
            (Ok(name), Ok(value)) => drop(head.headers.insert(name, value)),
            _ => {
                self.head = Err(Fault::unusable(format!(
                    "the header `{name}` cannot be sent"
                )))
            }
        }
        self
    }

    /// Sets how long it is until the response begins.
    #[must_use]
    pub fn with_delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Sets how long it is until each chunk of the body.
    #[must_use]
    pub fn with_chunk_delay(mut self, delay: Duration) -> Self {
        self.chunk_delay = delay;
        self
    }

    /// Lets the body break off behind its last chunk.
    #[must_use]
    pub fn broken_by(mut self, kind: TransportErrorKind) -> Self {
        self.broken = Some(Fault::of(kind));
        self
    }

    pub(super) async fn send(self) -> Result<http::Response<Body>, TransportError> {
        if !self.delay.is_zero() {
            timer::sleep(self.delay).await;
        }
        let head = self.head.map_err(Fault::error)?;
        let mut chunks = self.chunks;
        let is_whole = chunks.len() <= 1 && self.broken.is_none() && self.chunk_delay.is_zero();
        let body = match is_whole {
            true => Body::new(chunks.pop_front().unwrap_or_default()),
            false => Body::from_chunks(Chunks {
                chunks,
                broken: self.broken,
                delay: self.chunk_delay,
                timer: None,
            }),
        };
        let mut response = http::Response::new(body);
        *response.status_mut() = head.status;
        *response.headers_mut() = head.headers;
        Ok(response)
    }
}

/// What makes the response to a request: a [`MockResponse`], or a closure that gives one.
pub trait Respond: Send + Sync + 'static {
    /// Answers a request.
    fn respond(&self, request: &MockRequest) -> MockResponse;
}

impl Respond for MockResponse {
    fn respond(&self, _: &MockRequest) -> MockResponse {
        self.clone()
    }
}

impl<F: Fn(&MockRequest) -> MockResponse + Send + Sync + 'static> Respond for F {
    fn respond(&self, request: &MockRequest) -> MockResponse {
        self(request)
    }
}

/// A body that comes in chunks.
struct Chunks {
    chunks: VecDeque<Bytes>,
    broken: Option<Fault>,
    delay: Duration,
    /// Runs until the next chunk.
    timer: Option<BoxFuture<'static, ()>>,
}

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let is_end = self.chunks.is_empty() && self.broken.is_none();
        if !self.delay.is_zero() && !is_end {
            let delay = self.delay;
            let timer = self
                .timer
                .get_or_insert_with(|| Box::pin(timer::sleep(delay)));
            std::task::ready!(timer.as_mut().poll(context));
            self.timer = None;
        }
        Poll::Ready(match self.chunks.pop_front() {
            Some(chunk) => Some(Ok(chunk)),
            None => self.broken.take().map(|fault| Err(fault.error())),
        })
    }
}
