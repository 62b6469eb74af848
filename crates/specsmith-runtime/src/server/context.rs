//! What a handler gets beside the parameters and the body.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::ConnectInfo;
use axum::http::header::{HeaderName, HeaderValue};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, Method, Uri};

/// What an operation is, as the document says it.
#[derive(Debug, PartialEq, Eq)]
pub struct OperationInfo {
    /// Its name.
    pub id: &'static str,
    /// The method.
    pub method: &'static str,
    /// The path, with `{parameters}`.
    pub path: &'static str,
    /// Its tags.
    pub tags: &'static [&'static str],
    /// The media types of its responses; empty where they have no body.
    pub produces: &'static [&'static str],
    /// Ways to authorize a request, any of which is enough: the schemes that each needs, with their scopes. Empty
    /// where none is needed.
    pub security: &'static [&'static [(&'static str, &'static [&'static str])]],
}

/// What a handler gets beside the parameters and the body of a request.
#[derive(Debug)]
pub struct Context {
    operation: &'static OperationInfo,
    parts: Parts,
    headers: ResponseHeaders,
}

/// Headers of the response that a handler adds to.
#[derive(Debug, Clone, Default)]
pub(crate) struct ResponseHeaders(Arc<Mutex<HeaderMap>>);

impl ResponseHeaders {
    /// Takes the headers; a handler that panicked while it added one leaves those before.
    pub(crate) fn take(&self) -> HeaderMap {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn append(&self, name: HeaderName, value: HeaderValue) {
        let mut headers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        headers.append(name, value);
    }
}

impl Context {
    pub(crate) fn new(
        operation: &'static OperationInfo,
        parts: Parts,
        headers: ResponseHeaders,
    ) -> Self {
        Self {
            operation,
            parts,
            headers,
        }
    }

    /// The operation that is called.
    pub fn operation(&self) -> &'static OperationInfo {
        self.operation
    }

    /// The method of the request.
    pub fn method(&self) -> &Method {
        &self.parts.method
    }

    /// The address of the request.
    pub fn uri(&self) -> &Uri {
        &self.parts.uri
    }

    /// The headers of the request.
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// Adds a header to the response, whatever it will be.
    pub fn add_response_header(&self, name: HeaderName, value: HeaderValue) {
        self.headers.append(name, value);
    }

    /// What layers have attached to the request.
    pub fn extensions(&self) -> &Extensions {
        &self.parts.extensions
    }

    /// What a layer has attached to the request, by its type: the principal, for example.
    pub fn extension<T: Clone + Send + Sync + 'static>(&self) -> Option<&T> {
        self.parts.extensions.get()
    }

    /// The address of the peer, where the server passes it on: `serve` of this crate does, `axum::serve` with
    /// `into_make_service_with_connect_info`.
    pub fn remote_addr(&self) -> Option<SocketAddr> {
        self.extension::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0)
    }
}
