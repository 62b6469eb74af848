//! Calls of an API over HTTP: [`Client`], [`Request`], [`Response`] and [`Error`].
//!
//! An operation is a type that implements [`Operation`]; [`Request`] carries the encoded [`Parts`] of a call. Everything
//! below works on these parts and on [`OperationInfo`], so that it is compiled once and not for each operation.

mod auth;
mod authorize;
#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
mod blocking;
mod body;
mod builder;
mod default_transport;
mod download;
mod error;
mod events;
#[cfg(not(target_arch = "wasm32"))]
mod file;
mod form;
mod header;
#[cfg(feature = "limits")]
mod limits;
mod lines;
pub mod link;
mod middleware;
#[cfg(feature = "mock")]
pub mod mock;
mod multipart;
mod oauth;
mod open_response;
mod operation;
pub mod pages;
mod parts;
mod prepare;
mod random;
mod rate_limit;
mod records;
mod request;
mod response;
mod retry;
mod send;
mod server;
#[cfg(feature = "tower")]
mod service;
mod stream_error;
pub mod style;
mod timer;
mod token;
mod trace;
mod transport;
mod url;
pub mod webhook;
mod xml;

use std::fmt;
use std::sync::Arc;

pub use auth::{Flow, Place, Scheme};
#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub use blocking::{Blocking, InsideRuntime, block_on};
pub use body::{Body, RequestBody};
use builder::Settings;
pub use builder::{Api, BuildError, ClientBuilder};
#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub use download::BlockingDownload;
pub use download::Download;
#[allow(unused_imports, reason = "a document may name no errors")]
pub(crate) use error::api_error;
pub use error::{
    ApiError, BodyTooLarge, DecodeError, Error, InvalidRequest, MissingCredentials, NoError,
    UnexpectedContentType,
};
pub use events::{Event, EventEncoding, EventOperation, EventResult, EventStream};
pub use header::{Header, HeaderError};
#[cfg(feature = "limits")]
pub use limits::{CircuitBreaker, CircuitOpen, RateLimiter};
pub use middleware::{Answer, Middleware, Next};
pub use multipart::{FilePart, Multipart};
#[allow(unused_imports, reason = "a document may name no flow")]
pub use oauth::*;
pub use open_response::OpenResponse;
pub use operation::{Operation, OperationInfo, ReadResult, StreamReader};
pub use pages::{Items, Pages, Paginated, Pagination};
pub use parts::Parts;
pub use rate_limit::RateLimit;
pub use records::{RecordOperation, RecordResult, RecordStream};
pub use request::Request;
pub use response::{RawResponse, Response};
pub use retry::RetryPolicy;
pub use server::Server;
#[cfg(feature = "tower")]
pub use service::TransportService;
pub use stream_error::{StreamError, StreamErrorKind};
pub use token::{
    Token, TokenError, TokenErrorKind, TokenFailure, TokenProvider, TokenRequest, TokenSource,
};
pub use transport::{
    BoxError, BoxFuture, Exchange, MaybeSend, Timeout, Transport, TransportError,
    TransportErrorKind, operation_of,
};

#[cfg(feature = "webhooks")]
pub use webhook::{InvalidSecret, SignatureError, SignatureHash, SignatureScheme, Verifier};
pub use webhook::{UnknownWebhook, WebhookError};

/// The API, ready to be called. Clones share connections and settings.
#[derive(Clone)]
pub struct Client(Arc<Settings>);

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.0.base.as_str())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
