//! [`Request`]: a call that is being put together.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use http::header::ACCEPT;
use reqwest::Url;

use super::auth::KnownCredentials;
use super::builder::known_credential;
use super::send::{Arrived, IsStream, Outgoing};
use super::style;
use super::{
    BoxFuture, Client, Error, OpenResponse, Operation, Parts, ReadResult, RequestBody, Response,
    RetryPolicy, Server, StreamReader, TokenSource,
};

/// A call that is being put together: `.await` gives the value, [`send`](Request::send) the whole response.
///
/// Optional parameters are methods of the request; those that begin with `with_` are for any request.
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Request<O> {
    pub(super) client: Client,
    // Boxed, so that setters move little.
    pub(crate) parts: Box<Parts>,
    pub(super) overrides: Box<Overrides>,
    operation: PhantomData<fn() -> O>,
}

const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// What a request changes of the settings of its client.
#[derive(Clone, Default)]
pub(super) struct Overrides {
    pub(super) base: Option<Url>,
    pub(super) credentials: KnownCredentials,
    pub(super) timeout: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) idle_timeout: Option<Duration>,
    pub(super) retry: Option<RetryPolicy>,
    /// Whether the caller gave an idempotency key.
    pub(super) has_key: bool,
    pub(super) max_response_size: Option<usize>,
}

impl<O: Operation> Request<O> {
    /// A request without parameters and body.
    pub fn new(client: &Client) -> Self {
        Self::of(client.clone(), Box::default(), Box::default())
    }

    /// A request of these parts.
    pub(super) fn of(client: Client, parts: Box<Parts>, overrides: Box<Overrides>) -> Self {
        Self {
            client,
            parts,
            overrides,
            operation: PhantomData,
        }
    }

    /// Sets the time for this call, from the first attempt to the last byte of the response.
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.overrides.timeout = Some(timeout);
        self
    }

    /// Sets the time for each attempt of this call.
    pub fn with_attempt_timeout(mut self, timeout: Duration) -> Self {
        self.overrides.attempt_timeout = Some(timeout);
        self
    }

    /// Sets the time in which each piece of this response has to follow the one before.
    pub fn with_idle_timeout(mut self, timeout: Duration) -> Self {
        self.overrides.idle_timeout = Some(timeout);
        self
    }

    /// Sets when this call is sent again.
    pub fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.overrides.retry = Some(policy);
        self
    }

    /// Sets the key by which the server knows attempts of the same call. With it a call of any method can be sent again.
    ///
    /// Operations whose document names a header for it get a random key unless one is set.
    pub fn with_idempotency_key(mut self, key: &str) -> Self {
        let header = O::INFO.idempotency_key.unwrap_or(IDEMPOTENCY_KEY);
        self.parts.set_header(header, key);
        self.overrides.has_key = true;
        self
    }

    /// Sets how many bytes the body of this response can have, or each item of one that is a stream.
    pub fn with_max_response_size(mut self, bytes: usize) -> Self {
        self.overrides.max_response_size = Some(bytes);
        self
    }

    /// Sets the server for this request: an address, or one of those that the document names. The credentials of the
    /// client go there.
    pub fn with_server(mut self, server: impl Into<Server>) -> Self {
        match server.into().url() {
            Ok(url) => self.overrides.base = Some(url),
            Err(error) => self
                .parts
                .refuse("server", format!("is not usable: {error}")),
        }
        self
    }

    /// Sets the credential of a security scheme for this request, by the name of the scheme in the document.
    pub fn with_credential(
        mut self,
        scheme: &'static str,
        credential: impl Into<TokenSource>,
    ) -> Self {
        let schemes = self.client.0.credentials.schemes;
        match known_credential(schemes, scheme, credential.into()) {
            Ok(known) => self.overrides.credentials.push(known),
            Err(_) => self
                .parts
                .refuse(format!("credential of `{scheme}`"), "cannot be sent"),
        }
        self
    }

    /// Sets a header.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.parts.set_header(name, value);
        self
    }

    /// Sends this in place of the body, with the media type that the body has; a stream of lines, for example.
    pub fn with_body(mut self, body: impl Into<RequestBody>) -> Self {
        self.parts.replace_body(body.into());
        self
    }

    /// Sets the media type of the body, where it can have several.
    pub fn with_content_type(mut self, media_type: &str) -> Self {
        self.parts.set_content_type(media_type);
        self
    }

    /// Sets a query parameter.
    pub fn with_query(mut self, name: &str, value: &str) -> Self {
        let pair = style::FORM.write(name, &value.into());
        self.parts.set_query(name.to_owned(), pair);
        self
    }

    /// Sends the request and gives the response with status, headers, body and value.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn send(self) -> ReadResult<O> {
        let StreamReader { is_stream, open } = O::STREAM;
        match self.arrive(is_stream).await {
            Ok(Arrived::Whole(response)) => O::read(response),
            Ok(Arrived::Open(response)) => open(*response),
            Err(error) => Err(error.widen()),
        }
    }

    /// Sends the request, and reads the response to its end unless it is a stream.
    pub(super) fn arrive(
        self,
        is_stream: IsStream,
    ) -> impl Future<Output = Result<Arrived, Error>> {
        self.outgoing().arrive(is_stream)
    }

    fn outgoing(self) -> Outgoing {
        Outgoing {
            client: self.client,
            operation: O::INFO,
            parts: self.parts,
            overrides: self.overrides,
        }
    }

    /// Asks for a media type, unless the caller does.
    pub(super) fn accepting(mut self, media_type: &str) -> Self {
        if !self.parts.headers().contains_key(ACCEPT) {
            self.parts.set_header(ACCEPT.as_str(), media_type);
        }
        self
    }
}

impl OpenResponse {
    /// Sends a request and gives the response before its body is read.
    ///
    /// The time of the call ends with the head of the response; each piece of the body then has its own.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn of<O: Operation>(request: Request<O>) -> Result<Self, Error<O::Error>> {
        let opened = request.outgoing().open().await;
        opened.map(|response| *response).map_err(Error::widen)
    }
}

impl<O: Operation> IntoFuture for Request<O> {
    type Output = Result<O::Success, Error<O::Error>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async { self.send().await.map(Response::into_value) })
    }
}

impl<O> Clone for Request<O> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            parts: self.parts.clone(),
            overrides: self.overrides.clone(),
            operation: PhantomData,
        }
    }
}

impl<O: Operation> fmt::Debug for Request<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &O::INFO.id)
            .field("parts", &self.parts)
            .finish_non_exhaustive()
    }
}
