//! [`Operation`]: what stands for an operation of the API, and its metadata.

use std::fmt;

use super::send::IsStream;
use super::{ApiError, Error, MaybeSend, OpenResponse, RawResponse, Response};

/// An operation of the API.
///
/// The types that implement it have no values; a [`Request`](super::Request) carries the data of a call.
pub trait Operation: Sized + 'static {
    /// What a successful call returns.
    type Success: MaybeSend + 'static;
    /// The errors that the document names.
    type Error: ApiError;

    /// Metadata.
    const INFO: &'static OperationInfo;

    /// How successes are read whose body is a stream.
    const STREAM: StreamReader<Self> = StreamReader::NONE;

    /// Reads a response by its status and media type.
    ///
    /// # Errors
    /// When the response is an error, is not documented, or cannot be read.
    fn read(response: RawResponse) -> ReadResult<Self>;
}

/// A response with its value, or why there is none.
pub type ReadResult<O> =
    Result<Response<<O as Operation>::Success>, Error<<O as Operation>::Error>>;

/// How a success is read whose body is a stream.
pub struct StreamReader<O: Operation> {
    pub(super) is_stream: IsStream,
    pub(super) open: fn(OpenResponse) -> ReadResult<O>,
}

impl<O: Operation> StreamReader<O> {
    /// No body is a stream: all are read as a whole.
    pub const NONE: Self = Self::new(
        |_| false,
        |response| Err(Error::Undocumented(Response::new(response.into_head(), ()))),
    );

    pub(super) const fn new(is_stream: IsStream, open: fn(OpenResponse) -> ReadResult<O>) -> Self {
        Self { is_stream, open }
    }
}

/// What is known about an operation before it is called.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationInfo {
    /// The name in the document, or one made from method and path.
    pub id: &'static str,
    /// The request method.
    pub method: &'static str,
    /// The path, percent-encoded, with `{name}` for each value.
    pub path: &'static str,
    /// The tag it belongs to.
    pub tag: Option<&'static str>,
    /// The media types of responses that can be read, for the header `Accept`.
    pub accept: &'static str,
    /// The ways to authorize it: names of schemes that are needed together. Empty where none is needed.
    pub security: &'static [&'static [&'static str]],
    /// The scopes that it needs, by the name of their scheme.
    pub scopes: &'static [(&'static str, &'static [&'static str])],
    /// The address of a server of its own, absolute or relative to that of the API.
    pub server: Option<&'static str>,
    /// The header that takes an idempotency key, with which a call can be sent twice without doing twice.
    pub idempotency_key: Option<&'static str>,
    /// Whether responses keep what was sent, since links to other operations need it.
    pub keeps_request: bool,
}

/// Short, since errors show it.
impl fmt::Debug for OperationInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "OperationInfo({}: {} {})",
            self.id, self.method, self.path
        )
    }
}

impl OperationInfo {
    /// An operation of this name, without any of the rest.
    pub const fn new(id: &'static str) -> Self {
        Self {
            id,
            method: "GET",
            path: "/",
            tag: None,
            accept: "*/*",
            security: &[],
            scopes: &[],
            server: None,
            idempotency_key: None,
            keeps_request: false,
        }
    }

    /// Sets method and path.
    #[must_use]
    pub const fn method(mut self, method: &'static str, path: &'static str) -> Self {
        self.method = method;
        self.path = path;
        self
    }

    /// `GET` of this path.
    #[must_use]
    pub const fn get(self, path: &'static str) -> Self {
        self.method("GET", path)
    }

    /// `POST` to this path.
    #[must_use]
    pub const fn post(self, path: &'static str) -> Self {
        self.method("POST", path)
    }

    /// `PUT` to this path.
    #[must_use]
    pub const fn put(self, path: &'static str) -> Self {
        self.method("PUT", path)
    }

    /// `PATCH` of this path.
    #[must_use]
    pub const fn patch(self, path: &'static str) -> Self {
        self.method("PATCH", path)
    }

    /// `DELETE` of this path.
    #[must_use]
    pub const fn delete(self, path: &'static str) -> Self {
        self.method("DELETE", path)
    }

    /// Sets the tag.
    #[must_use]
    pub const fn tag(mut self, tag: &'static str) -> Self {
        self.tag = Some(tag);
        self
    }

    /// Sets the media types that can be read.
    #[must_use]
    pub const fn accept(mut self, accept: &'static str) -> Self {
        self.accept = accept;
        self
    }

    /// Sets the ways to authorize it.
    #[must_use]
    pub const fn security(mut self, security: &'static [&'static [&'static str]]) -> Self {
        self.security = security;
        self
    }

    /// Sets the scopes.
    #[must_use]
    pub const fn scopes(
        mut self,
        scopes: &'static [(&'static str, &'static [&'static str])],
    ) -> Self {
        self.scopes = scopes;
        self
    }

    /// Sets the server.
    #[must_use]
    pub const fn server(mut self, server: &'static str) -> Self {
        self.server = Some(server);
        self
    }

    /// Sets the header that takes an idempotency key.
    #[must_use]
    pub const fn idempotency_key(mut self, header: &'static str) -> Self {
        self.idempotency_key = Some(header);
        self
    }

    /// Lets responses keep what was sent.
    #[must_use]
    pub const fn keeps_request(mut self) -> Self {
        self.keeps_request = true;
        self
    }

    /// Whether the method promises that sending a request twice does the same as sending it once (RFC 9110, section
    /// 9.2.2).
    pub fn is_idempotent(&self) -> bool {
        const METHODS: [&str; 7] = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY"];
        METHODS.contains(&self.method)
    }
}
