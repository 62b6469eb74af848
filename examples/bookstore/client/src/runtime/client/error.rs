//! [`Error`]: everything that a call can end with but its success.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::StatusCode;
use http::header::CONTENT_TYPE;

use super::super::codec::JsonError;
use super::response::snippet;
use super::retry;
use super::{
    OperationInfo, RawResponse, Response, Scheme, StreamError, TokenFailure, TransportError,
};

/// Why a call failed. `E` is the enum of the errors that the document names for the operation.
///
/// No text that it prints holds a credential or the query of the address.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = NoError> {
    /// The server answered with an error that the document names.
    Api(E),
    /// The server answered with a status that the document does not name.
    Undocumented(Response<()>),
    /// The response came, but its body is not what the document says.
    Decode(Box<DecodeError>),
    /// The response came, but its body has a media type that the document does not name.
    UnexpectedContentType(Box<UnexpectedContentType>),
    /// The request could not be sent, or the response not be received.
    Transport(TransportError),
    /// The time for the call or the connection ran out.
    Timeout(TransportError),
    /// The body of the response is larger than the limit.
    BodyTooLarge(BodyTooLarge),
    /// The server reports an error in a stream, or an item of the stream is too large.
    Stream(Box<StreamError>),
    /// The request cannot be sent as it is; nothing was sent.
    InvalidRequest(Box<InvalidRequest>),
    /// The operation needs credentials that the client does not have; nothing was sent.
    MissingCredentials(Box<MissingCredentials>),
    /// There is no token for the operation; nothing was sent.
    Token(Box<TokenFailure>),
}

/// An error that a document names: an enum with a variant for each status.
pub trait ApiError: StdError + Send + Sync + 'static {
    /// The response as it came.
    fn response(&self) -> &RawResponse;
}

/// The errors of an operation whose document names none; there is no value of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoError {}

/// A body that is not what the document says.
#[derive(Debug)]
pub struct DecodeError {
    response: RawResponse,
    path: String,
    message: String,
}

/// A body of a media type that the document does not name.
#[derive(Debug)]
pub struct UnexpectedContentType {
    response: RawResponse,
    expected: &'static str,
}

/// A response that is larger than the limit.
#[derive(Debug)]
pub struct BodyTooLarge {
    pub(super) operation: &'static OperationInfo,
    pub(super) limit: usize,
}

/// A request that cannot be sent as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidRequest {
    operation: Option<&'static str>,
    part: String,
    reason: String,
}

/// Credentials that an operation needs and the client does not have.
#[derive(Debug)]
pub struct MissingCredentials {
    operation: &'static OperationInfo,
    schemes: &'static [Scheme],
}

impl<E: ApiError> Error<E> {
    /// The response, where one came.
    pub fn response(&self) -> Option<&RawResponse> {
        match self {
            Error::Api(error) => Some(error.response()),
            Error::Undocumented(response) => Some(response.raw()),
            Error::Decode(error) => Some(&error.response),
            Error::UnexpectedContentType(error) => Some(&error.response),
            Error::Stream(error) => Some(error.response()),
            Error::Transport(_)
            | Error::Timeout(_)
            | Error::BodyTooLarge(_)
            | Error::InvalidRequest(_)
            | Error::MissingCredentials(_)
            | Error::Token(_) => None,
        }
    }

    /// The status of the response, where one came.
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(RawResponse::status)
    }

    /// What the server calls this exchange, for its logs and its support.
    pub fn request_id(&self) -> Option<&str> {
        self.response()?.request_id()
    }

    /// How long the server asks to wait before another request.
    pub fn retry_after(&self) -> Option<Duration> {
        self.response()?.retry_after()
    }

    /// How often the request was sent, or tried to be; zero where it was not.
    pub fn attempts(&self) -> u32 {
        match (self, self.response()) {
            (Error::Transport(error) | Error::Timeout(error), _) => error.attempts(),
            (Error::BodyTooLarge(_), _) => 1,
            (_, Some(response)) => response.attempts(),
            (_, None) => 0,
        }
    }

    /// Whether the same call can succeed later: the server is busy, or the connection broke.
    ///
    /// It says nothing about whether the call may be repeated. Those that may have been, as often as the
    /// [`RetryPolicy`](super::RetryPolicy) says.
    pub fn is_retryable(&self) -> bool {
        match (self, self.response()) {
            (Error::Transport(error) | Error::Timeout(error), _) => {
                error.is_timeout() || retry::is_transient(error)
            }
            (Error::Token(failure), _) => failure.error().is_retryable(),
            (_, Some(response)) => retry::is_retryable(response),
            (_, None) => false,
        }
    }

    /// Whether the server did what it was asked for, though its answer cannot be understood: sending the request again
    /// would do it twice.
    pub fn request_succeeded(&self) -> bool {
        let is_success = |status: StatusCode| status.is_success();
        !matches!(self, Error::Api(_)) && self.status().is_some_and(is_success)
    }

    /// Whether time ran out.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Error::Timeout(_))
    }

    /// Whether no connection could be made, so that the server did not see the request.
    pub fn is_connect(&self) -> bool {
        matches!(self, Error::Transport(error) | Error::Timeout(error) if error.is_connect())
    }
}

impl Error {
    /// The same error of an operation that has errors of its own.
    pub(super) fn widen<E>(self) -> Error<E> {
        match self {
            Error::Api(never) => match never {},
            Error::Undocumented(response) => Error::Undocumented(response),
            Error::Decode(error) => Error::Decode(error),
            Error::UnexpectedContentType(error) => Error::UnexpectedContentType(error),
            Error::Transport(error) => Error::Transport(error),
            Error::Timeout(error) => Error::Timeout(error),
            Error::BodyTooLarge(error) => Error::BodyTooLarge(error),
            Error::Stream(error) => Error::Stream(error),
            Error::InvalidRequest(error) => Error::InvalidRequest(error),
            Error::MissingCredentials(error) => Error::MissingCredentials(error),
            Error::Token(error) => Error::Token(error),
        }
    }

    /// A word for it, for logs.
    #[cfg(feature = "tracing")]
    pub(super) fn name(&self) -> &'static str {
        match self {
            Error::Transport(error) | Error::Timeout(error) => error.kind().name(),
            Error::BodyTooLarge(_) => "body_too_large",
            Error::Stream(_) => "stream",
            Error::InvalidRequest(_) => "invalid_request",
            Error::MissingCredentials(_) => "missing_credentials",
            Error::Token(_) => "token",
            Error::Api(_) | Error::Undocumented(_) => "status",
            Error::Decode(_) | Error::UnexpectedContentType(_) => "decode",
        }
    }

    pub(super) fn transport(error: TransportError) -> Self {
        match error.is_timeout() {
            true => Error::Timeout(error),
            false => Error::Transport(error),
        }
    }
}

impl<E: ApiError> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Api(error) => fmt::Display::fmt(error, f),
            Error::Undocumented(response) => write!(f, "{} (not documented)", response.raw()),
            Error::Decode(error) => error.fmt(f),
            Error::UnexpectedContentType(error) => error.fmt(f),
            Error::Transport(error) | Error::Timeout(error) => error.fmt(f),
            Error::BodyTooLarge(error) => error.fmt(f),
            Error::Stream(error) => error.fmt(f),
            Error::InvalidRequest(error) => error.fmt(f),
            Error::MissingCredentials(error) => error.fmt(f),
            Error::Token(error) => error.fmt(f),
        }
    }
}

impl<E: ApiError> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Error::Transport(error) | Error::Timeout(error) => error.source(),
            Error::Token(error) => error.source(),
            _ => None,
        }
    }
}

impl<E> From<TransportError> for Error<E> {
    fn from(error: TransportError) -> Self {
        Error::transport(error).widen()
    }
}

impl<E> From<DecodeError> for Error<E> {
    fn from(error: DecodeError) -> Self {
        Error::Decode(Box::new(error))
    }
}

impl<E> From<StreamError> for Error<E> {
    fn from(error: StreamError) -> Self {
        Error::Stream(Box::new(error))
    }
}

impl<E> From<UnexpectedContentType> for Error<E> {
    fn from(error: UnexpectedContentType) -> Self {
        Error::UnexpectedContentType(Box::new(error))
    }
}

impl DecodeError {
    pub(super) fn new(
        response: RawResponse,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            response,
            path: path.into(),
            message: message.into(),
        }
    }

    pub(super) fn json(response: RawResponse, error: &JsonError) -> Self {
        Self::new(response, error.pointer(), error.message())
    }

    /// The response as it came.
    pub fn response(&self) -> &RawResponse {
        &self.response
    }

    /// The place in the body as a JSON Pointer; empty for the whole body.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was expected there, and what was found.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (id, status) = (self.response.operation().id, self.response.status());
        write!(f, "{id}: {status}, but its body was not understood: ")?;
        match &*self.path {
            "" => f.write_str(&self.message)?,
            path => write!(f, "at `{path}`: {}", self.message)?,
        }
        match lacking(&self.message) {
            Some(ty) => write!(
                f,
                "; to accept such responses, put `lenient = [\"{ty}\"]` under `[types]` in specsmith.toml"
            ),
            None => Ok(()),
        }
    }
}

/// The type that lacks a property, by the words of the codec.
fn lacking(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("missing property `")?;
    let (_, ty) = rest.split_once("` of `")?;
    let (ty, _) = ty.split_once('`')?;
    Some(ty)
}

impl UnexpectedContentType {
    pub(super) fn new(response: RawResponse) -> Self {
        Self {
            response,
            expected: "JSON was",
        }
    }

    /// Says what was expected, with its verb.
    pub(super) fn expecting(mut self, expected: &'static str) -> Self {
        self.expected = expected;
        self
    }

    /// The response as it came.
    pub fn response(&self) -> &RawResponse {
        &self.response
    }

    /// The media type that came.
    pub fn content_type(&self) -> &str {
        self.response
            .header(CONTENT_TYPE.as_str())
            .unwrap_or_default()
    }
}

impl fmt::Display for UnexpectedContentType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (id, status) = (self.response.operation().id, self.response.status());
        let found = self.content_type();
        let text = snippet(self.response.body());
        write!(
            f,
            "{id}: {status}, but with the content type `{found}` where {} expected: {text}",
            self.expected
        )
    }
}

impl fmt::Display for BodyTooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: the response is larger than {} bytes",
            self.operation.id, self.limit
        )
    }
}

impl BodyTooLarge {
    /// The limit in bytes.
    pub fn limit(&self) -> usize {
        self.limit
    }
}

impl InvalidRequest {
    pub(super) fn new(part: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            operation: None,
            part: part.into(),
            reason: reason.into(),
        }
    }

    pub(super) fn of(mut self, operation: &'static OperationInfo) -> Self {
        self.operation = Some(operation.id);
        self
    }

    /// The part of the request that is wrong.
    pub fn part(&self) -> &str {
        &self.part
    }

    /// What is wrong with it.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation {
            write!(f, "{operation}: ")?;
        }
        write!(f, "invalid request: {} {}", self.part, self.reason)
    }
}

impl MissingCredentials {
    pub(super) fn new(operation: &'static OperationInfo, schemes: &'static [Scheme]) -> Self {
        Self { operation, schemes }
    }

    /// The ways to authorize the operation, any of which is enough: names of schemes that are needed together.
    pub fn ways(&self) -> &'static [&'static [&'static str]] {
        self.operation.security
    }
}

impl fmt::Display for MissingCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let describe = |name: &&str| match self.schemes.iter().find(|scheme| scheme.name == *name) {
            Some(scheme) => format!("`{name}` (ClientBuilder::{})", scheme.method),
            None => format!("`{name}`"),
        };
        let ways = self
            .ways()
            .iter()
            .map(|way| Vec::from_iter(way.iter().map(describe)).join(" and "));
        write!(
            f,
            "{}: no credentials for {}",
            self.operation.id,
            Vec::from_iter(ways).join(" or ")
        )
    }
}

impl StdError for DecodeError {}
impl StdError for UnexpectedContentType {}
impl StdError for BodyTooLarge {}
impl StdError for InvalidRequest {}
impl StdError for MissingCredentials {}
impl StdError for NoError {}

impl fmt::Display for NoError {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

/// Implements [`ApiError`] for an enum whose variants each hold a [`Response`].
#[allow(unused_macros, reason = "a document may name no errors")]
macro_rules! api_error {
    ($name:ident { $($variant:ident),+ $(,)? }) => {
        impl $crate::runtime::client::ApiError for $name {
            fn response(&self) -> &$crate::runtime::client::RawResponse {
                match self {
                    $(Self::$variant(response) => response.raw(),)+
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt($crate::runtime::client::ApiError::response(self), f)
            }
        }

        impl ::std::error::Error for $name {}
    };
}
#[allow(unused_imports, reason = "a document may name no errors")]
pub(crate) use api_error;
