//! [`Body`] as it goes over a transport, and [`RequestBody`], from which one is opened for each attempt.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;

use super::timer;
use super::transport::{BoxError, BoxFuture, MaybeSend};
use super::{Timeout, TransportError, TransportErrorKind};

/// A body on its way: bytes, or a stream of chunks. It is itself a [`Stream`] of its chunks.
pub struct Body(Content);

enum Content {
    Bytes(Bytes),
    Stream { chunks: Chunks, length: Option<u64> },
}

/// The chunks of a body.
#[cfg(not(target_arch = "wasm32"))]
type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;
#[cfg(target_arch = "wasm32")]
type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>>>>;

impl Body {
    /// A body of these bytes.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self(Content::Bytes(bytes.into()))
    }

    /// A body without any bytes.
    pub fn empty() -> Self {
        Self::new(Bytes::new())
    }

    /// A body that comes chunk by chunk.
    pub fn from_stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + MaybeSend + 'static,
        B: Into<Bytes> + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::from_chunks(Mapped(Box::pin(stream)))
    }

    /// A body of chunks as they are.
    pub(super) fn from_chunks(
        chunks: impl Stream<Item = Result<Bytes, TransportError>> + MaybeSend + 'static,
    ) -> Self {
        let chunks = Box::pin(chunks);
        Self(Content::Stream {
            chunks,
            length: None,
        })
    }

    /// Says how many bytes a stream has, where that is known before.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        if let Content::Stream { length, .. } = &mut self.0 {
            *length = Some(bytes);
        }
        self
    }

    /// How many bytes it has, where that is known.
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::Stream { length, .. } => *length,
        }
    }

    /// The bytes, where they are all there.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream { .. } => None,
        }
    }

    /// The next chunk; `None` at the end.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, TransportError>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The same body, which fails where the next chunk takes longer than this.
    #[must_use]
    pub fn with_idle_timeout(self, timeout: Duration) -> Self {
        match self.0 {
            Content::Bytes(_) => self,
            Content::Stream { chunks, length } => {
                let timer = None;
                let chunks = Box::pin(Watched {
                    chunks,
                    timeout,
                    timer,
                });
                Self(Content::Stream { chunks, length })
            }
        }
    }
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Content::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Content::Bytes(bytes) => Poll::Ready(Some(Ok(std::mem::take(bytes)))),
            Content::Stream { chunks, .. } => chunks.as_mut().poll_next(context),
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self::new(bytes)
    }
}

/// Without content: it can be secret.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("length", &self.length())
            .finish_non_exhaustive()
    }
}

/// A stream of other chunks and errors.
struct Mapped<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Mapped<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<BoxError>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.0.as_mut().poll_next(context);
        next.map_ok(Into::into)
            .map_err(|error| TransportError::from_boxed(TransportErrorKind::Body, error.into()))
    }
}

/// Chunks that have a time in which each has to come.
struct Watched {
    chunks: Chunks,
    timeout: Duration,
    /// Runs while a chunk is waited for.
    timer: Option<BoxFuture<'static, ()>>,
}

impl Stream for Watched {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.chunks.as_mut().poll_next(context);
        if next.is_ready() {
            self.timer = None;
            return next;
        }
        let timeout = self.timeout;
        let timer = self
            .timer
            .get_or_insert_with(|| Box::pin(timer::sleep(timeout)));
        timer
            .as_mut()
            .poll(context)
            .map(|()| Some(Err(Timeout::Idle.into())))
    }
}

/// Where the body of a request comes from. It is opened for each attempt, so that a call can be retried.
#[derive(Clone)]
pub struct RequestBody(Source);

#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    Open(Arc<dyn Opener>),
    Once(Arc<Mutex<Option<Body>>>),
}

/// What opens a body anew.
pub(super) trait Opener: Send + Sync {
    fn open(&self) -> BoxFuture<'static, Result<Body, BoxError>>;

    /// Whether it can be opened now.
    fn can_be_sent(&self) -> bool {
        true
    }
}

struct Closure<F>(F);

impl<F, Fut, E> Opener for Closure<F>
where
    F: Fn() -> Fut + Send + Sync,
    Fut: Future<Output = Result<Body, E>> + MaybeSend + 'static,
    E: Into<BoxError>,
{
    fn open(&self) -> BoxFuture<'static, Result<Body, BoxError>> {
        let opened = (self.0)();
        Box::pin(async { opened.await.map_err(Into::into) })
    }
}

impl RequestBody {
    /// A body of these bytes.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self(Source::Bytes(bytes.into()))
    }

    /// A body that is opened for each attempt, such as a file.
    pub fn open_with<F, Fut, E>(open: F) -> Self
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Body, E>> + MaybeSend + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::opened_by(Closure(open))
    }

    pub(super) fn opened_by(opener: impl Opener + 'static) -> Self {
        Self(Source::Open(Arc::new(opener)))
    }

    /// A body that is there once: the call is not retried once it is sent.
    pub fn once(body: Body) -> Self {
        match body.0 {
            Content::Bytes(bytes) => Self::new(bytes),
            Content::Stream { .. } => Self(Source::Once(Arc::new(Mutex::new(Some(body))))),
        }
    }

    /// The bytes, where they are all there.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Source::Bytes(bytes) => Some(bytes),
            Source::Open(_) | Source::Once(_) => None,
        }
    }

    /// Whether it can be sent now: unless it was there once and is sent.
    pub(super) fn can_be_sent(&self) -> bool {
        match &self.0 {
            Source::Bytes(_) => true,
            Source::Open(source) => source.can_be_sent(),
            Source::Once(body) => body
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .is_some(),
        }
    }

    /// The body for an attempt.
    pub(super) async fn open(&self) -> Result<Body, TransportError> {
        let failed = |source| TransportError::from_boxed(TransportErrorKind::Body, source);
        match &self.0 {
            Source::Bytes(bytes) => Ok(Body::new(bytes.clone())),
            Source::Open(source) => source.open().await.map_err(failed),
            Source::Once(body) => {
                let body = body.lock().unwrap_or_else(PoisonError::into_inner).take();
                body.ok_or_else(|| failed("the body of the request was sent before".into()))
            }
        }
    }
}

impl<T: Into<Bytes>> From<T> for RequestBody {
    fn from(bytes: T) -> Self {
        Self::new(bytes)
    }
}

/// Without content: it can be secret.
impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.as_bytes().map(Bytes::len);
        f.debug_struct("RequestBody")
            .field("length", &length)
            .finish_non_exhaustive()
    }
}
