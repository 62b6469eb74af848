//! [`Transport`]: what carries requests to the server, and the faults that it meets.
//!
//! A transport sends one [`http::Request`] and gives the [`http::Response`] as soon as its head is there; bodies on both
//! sides are a [`Body`]. The `&'static OperationInfo` of the call is among the extensions of the request. Everything
//! above it - credentials, timeouts, retries, limits - is the same for any transport.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use super::{Body, OperationInfo};

/// What carries requests to the server: the HTTP client behind a [`Client`](super::Client).
///
/// ```text
/// struct Offline;
///
/// impl Transport for Offline {
///     fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
///         Box::pin(async move { Ok(http::Response::new(Body::new("{}"))) })
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends a request, once, and gives the response when its head is there.
    fn send(&self, request: http::Request<Body>) -> Exchange<'_>;
}

/// A future of any type; `Send` but on `wasm32`, where there is one thread.
#[cfg(not(target_arch = "wasm32"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
/// A future of any type; `Send` but on `wasm32`, where there is one thread.
#[cfg(target_arch = "wasm32")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A request on its way, and the response to it.
pub type Exchange<'a> = BoxFuture<'a, Result<http::Response<Body>, TransportError>>;

/// An error of any type.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// [`Send`] but on `wasm32`, where there is one thread.
#[cfg(not(target_arch = "wasm32"))]
pub trait MaybeSend: Send {}
#[cfg(not(target_arch = "wasm32"))]
impl<T: Send> MaybeSend for T {}
/// [`Send`] but on `wasm32`, where there is one thread.
#[cfg(target_arch = "wasm32")]
pub trait MaybeSend {}
#[cfg(target_arch = "wasm32")]
impl<T> MaybeSend for T {}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Body>) -> Exchange<'_> {
        (**self).send(request)
    }
}

/// The operation that a request is for.
pub fn operation_of(request: &http::Request<Body>) -> Option<&'static OperationInfo> {
    request
        .extensions()
        .get::<&'static OperationInfo>()
        .copied()
}

/// A request that could not be sent, or a response that could not be received.
///
/// Its text says the deepest cause. It never holds the query of the address.
pub struct TransportError(Box<Inner>);

struct Inner {
    kind: TransportErrorKind,
    source: BoxError,
    /// The call that it ended, once that is known.
    operation: Option<&'static OperationInfo>,
    attempts: u32,
}

/// What went wrong on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be made; the server did not see the request.
    Connect,
    /// The server could not be trusted, or does not speak TLS; it did not see the request.
    Tls,
    /// Time ran out.
    Timeout(Timeout),
    /// The connection ended before the response did.
    Reset,
    /// What came is not HTTP.
    Protocol,
    /// Redirects go in a circle.
    Redirect,
    /// The body of the request or of the response broke off or could not be read.
    Body,
    /// The transport is not willing to send: a limit or a circuit breaker.
    Refused,
    /// Anything else.
    Other,
}

/// Which time ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Timeout {
    /// The time for making a connection; the server did not see the request.
    Connect,
    /// The time between two pieces of the response.
    Idle,
    /// The time for one attempt.
    Attempt,
    /// The time for the whole call.
    Total,
}

impl TransportErrorKind {
    /// A word for it, for logs and metrics.
    pub fn name(self) -> &'static str {
        match self {
            TransportErrorKind::Connect => "connect",
            TransportErrorKind::Tls => "tls",
            TransportErrorKind::Timeout(_) => "timeout",
            TransportErrorKind::Reset => "reset",
            TransportErrorKind::Protocol => "protocol",
            TransportErrorKind::Redirect => "redirect",
            TransportErrorKind::Body => "body",
            TransportErrorKind::Refused => "refused",
            TransportErrorKind::Other => "other",
        }
    }
}

impl TransportError {
    /// An error of this kind.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self(Box::new(Inner {
            kind,
            source: source.into(),
            operation: None,
            attempts: 0,
        }))
    }

    /// The error that is in the box, or one of this kind about it.
    pub(super) fn from_boxed(kind: TransportErrorKind, source: BoxError) -> Self {
        match source.downcast::<Self>() {
            Ok(error) => *error,
            Err(source) => Self::new(kind, source),
        }
    }

    /// The error of a call that failed with it.
    pub(super) fn of(mut self, operation: &'static OperationInfo, attempts: u32) -> Self {
        self.0.operation = Some(operation);
        self.0.attempts = attempts;
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> TransportErrorKind {
        self.0.kind
    }

    /// How often the request was sent, or tried to be, before the call was given up.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether time ran out.
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, TransportErrorKind::Timeout(_))
    }

    /// Whether no connection could be made, so that the server did not see the request.
    pub fn is_connect(&self) -> bool {
        use TransportErrorKind::{Connect, Timeout as Time, Tls};
        matches!(self.0.kind, Connect | Tls | Time(Timeout::Connect))
    }

    /// The text of the deepest cause.
    fn cause(&self) -> String {
        let mut cause: &dyn StdError = &*self.0.source;
        while let Some(deeper) = cause.source() {
            cause = deeper;
        }
        cause.to_string()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{}: ", operation.id)?;
        }
        match self.0.kind {
            TransportErrorKind::Timeout(timeout) => timeout.fmt(f)?,
            _ => write!(f, "the request failed: {}", self.cause())?,
        }
        match self.0.attempts {
            0 | 1 => Ok(()),
            attempts => write!(f, " (after {attempts} attempts)"),
        }
    }
}

impl fmt::Display for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Timeout::Connect => "timed out while connecting",
            Timeout::Idle => "timed out while waiting for the rest of the response",
            Timeout::Attempt | Timeout::Total => "timed out",
        })
    }
}

impl StdError for Timeout {}

impl From<Timeout> for TransportError {
    fn from(timeout: Timeout) -> Self {
        Self::new(TransportErrorKind::Timeout(timeout), timeout)
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.0.kind)
            .field("operation", &self.0.operation.map(|operation| operation.id))
            .field("attempts", &self.0.attempts)
            .field("cause", &self.cause())
            .finish()
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0.source)
    }
}
