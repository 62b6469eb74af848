//! What is sent: method, headers and body, put together by generated code.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use axum::body::Bytes;
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method, Request};
use serde::Serialize;

use super::address::Target;
use super::{RefusedAddress, SendError};

/// A webhook or callback that is to be sent.
///
/// What cannot be written is told when it is sent.
#[derive(Debug)]
#[must_use = "nothing is sent until a `Sender` sends it"]
pub struct Delivery(Result<Ready, SendError>);

/// A delivery that can be sent.
#[derive(Debug)]
pub(super) struct Ready {
    /// The webhook or callback, for logs.
    pub(super) name: &'static str,
    pub(super) id: String,
    method: Method,
    pub(super) query: Vec<(&'static str, String)>,
    headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Delivery {
    /// A delivery without a body. The method is one of HTTP.
    pub fn new(name: &'static str, method: &'static str) -> Self {
        let method = Method::from_bytes(method.as_bytes());
        let method = method.map_err(|_| SendError::Unwritable("the method".to_owned()));
        Self(method.map(|method| Ready {
            name,
            id: format!("msg_{:016x}{:016x}", random(), random()),
            method,
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }))
    }

    /// Sets the id, by which receivers know a delivery again; it is random unless it is said.
    ///
    /// A delivery that is sent again another day should have the id that it had.
    pub fn with_id(self, id: impl Into<String>) -> Self {
        self.map(|ready| {
            ready.id = id.into();
            Ok(())
        })
    }

    /// Adds a header.
    pub fn with_header(self, name: &str, value: impl ToString) -> Self {
        let value = value.to_string();
        self.map(|ready| {
            let unwritable = || SendError::Unwritable(format!("the header `{name}`"));
            let name: HeaderName = name.parse().map_err(|_| unwritable())?;
            let value = HeaderValue::from_str(&value).map_err(|_| unwritable())?;
            ready.headers.insert(name, value);
            Ok(())
        })
    }

    /// Adds a pair to the query.
    pub fn with_query(self, name: &'static str, value: impl ToString) -> Self {
        let value = value.to_string();
        self.map(|ready| {
            ready.query.push((name, value));
            Ok(())
        })
    }

    /// Sets a body of JSON.
    pub fn json<T: Serialize + ?Sized>(self, media_type: &'static str, value: &T) -> Self {
        let written = serde_json::to_vec(value);
        let delivery = self.map(|ready| {
            let body = written.map_err(|_| SendError::Unwritable("the body".to_owned()))?;
            ready.body = body.into();
            Ok(())
        });
        delivery.with_header(CONTENT_TYPE.as_str(), media_type)
    }

    /// Sets a body of text or bytes.
    pub fn bytes(self, media_type: &str, body: impl Into<Bytes>) -> Self {
        let body = body.into();
        let delivery = self.map(|ready| {
            ready.body = body;
            Ok(())
        });
        delivery.with_header(CONTENT_TYPE.as_str(), media_type)
    }

    pub(super) fn into_ready(self) -> Result<Ready, SendError> {
        self.0
    }

    fn map(self, change: impl FnOnce(&mut Ready) -> Result<(), SendError>) -> Self {
        Self(self.0.and_then(|mut ready| {
            change(&mut ready)?;
            Ok(ready)
        }))
    }
}

impl Ready {
    /// The request of an attempt.
    pub(super) fn request(&self, target: &Target) -> Result<Request<Bytes>, RefusedAddress> {
        let mut request = Request::new(self.body.clone());
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = target.uri()?;
        *request.headers_mut() = self.headers.clone();
        Ok(request)
    }
}

/// 64 random bits. They are not meant to be secret.
pub(super) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
