//! What a handler gets beside the parameters and the body.

use std::any::Any;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, Method, Uri};
use axum::response::{IntoResponse, IntoResponseParts, Response};

use super::media_type;
use super::problem::Problem;
use super::request_id::RequestId;

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
///
/// `C` is who calls: what the authenticator said, `()` where the operation is for everybody.
pub struct Context<C = ()> {
    operation: &'static OperationInfo,
    parts: Box<Parts>,
    headers: ResponseHeaders,
    caller: C,
}

/// Headers of the response that a handler adds to.
#[derive(Debug, Clone, Default)]
pub(crate) struct ResponseHeaders(Arc<Mutex<Noted>>);

/// What is known of the headers of a response before it is there.
#[derive(Debug, Default)]
struct Noted {
    /// Few, and looked at once: no map.
    headers: Vec<(HeaderName, HeaderValue)>,
    /// Headers that responses have: the first and the last status, and the name.
    required: &'static [RequiredHeader],
}

/// A header that responses from one status to another have.
pub(crate) type RequiredHeader = (u16, u16, &'static str);

impl ResponseHeaders {
    /// Adds the headers to a response, in place of those of the same names; a handler that panicked while it added one
    /// leaves those before.
    pub(crate) fn move_to(&self, headers: &mut HeaderMap) {
        let added = std::mem::take(&mut self.noted().headers);
        for (name, _) in &added {
            headers.remove(name);
        }
        for (name, value) in added {
            headers.append(name, value);
        }
    }

    /// Says which headers responses have.
    pub(crate) fn require(&self, required: &'static [RequiredHeader]) {
        self.noted().required = required;
    }

    /// The problem that a response lacks a header that it must have; looked for in debug builds only.
    pub(crate) fn missing(&self, response: &Response) -> Option<Problem> {
        if !cfg!(debug_assertions) {
            return None;
        }
        let (noted, status) = (self.noted(), response.status().as_u16());
        let mut required = noted
            .required
            .iter()
            .filter(|(first, last, _)| (*first..=*last).contains(&status));
        let (_, _, name) = required.find(|(_, _, name)| {
            let is_added = noted.headers.iter().any(|(added, _)| added == name);
            !is_added && !response.headers().contains_key(*name)
        })?;
        let detail = format!("the response must have the header `{name}`");
        Some(Problem::internal().with_detail(detail))
    }

    fn noted(&self) -> MutexGuard<'_, Noted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Context {
    pub(crate) fn new(
        operation: &'static OperationInfo,
        parts: Box<Parts>,
        headers: ResponseHeaders,
    ) -> Self {
        Self {
            operation,
            parts,
            headers,
            caller: (),
        }
    }

    /// The same with who calls.
    pub fn with_caller<C>(self, caller: C) -> Context<C> {
        Context {
            operation: self.operation,
            parts: self.parts,
            headers: self.headers,
            caller,
        }
    }
}

impl<C> Context<C> {
    /// Who calls.
    pub fn caller(&self) -> &C {
        &self.caller
    }

    /// Who calls, to keep.
    pub fn into_caller(self) -> C {
        self.caller
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

    /// The one of these media types that the client likes best by its `Accept`; the first where it likes several as much
    /// or says nothing, `None` where it takes none of them.
    pub fn preferred(&self, media_types: &[&'static str]) -> Option<&'static str> {
        let index = media_type::preferred(&self.parts.headers, media_types)?;
        media_types.get(index).copied()
    }

    /// Adds a header to the response, whatever it will be.
    pub fn add_response_header(&self, name: HeaderName, value: HeaderValue) {
        self.headers.noted().headers.push((name, value));
    }

    /// Sets a header of the response in place of one that was set before.
    pub(crate) fn replace_header(&self, name: HeaderName, value: HeaderValue) {
        let headers = &mut self.headers.noted().headers;
        headers.retain(|(other, _)| *other != name);
        headers.push((name, value));
    }

    /// What layers have attached to the request.
    pub fn extensions(&self) -> &Extensions {
        &self.parts.extensions
    }

    /// What a layer has attached to the request, by its type.
    pub fn extension<T: Clone + Send + Sync + 'static>(&self) -> Option<&T> {
        self.parts.extensions.get()
    }

    /// What an extractor of axum takes from method, address, headers and extensions of the request:
    /// `let jar: CookieJar = cx.extract().await?;`
    ///
    /// # Errors
    /// When the extractor rejects the request: with its [`Problem`] if its rejection is one, else with a problem that has
    /// the status and headers of the rejection.
    pub async fn extract<E>(&mut self) -> Result<E, Problem>
    where
        E: FromRequestParts<(), Rejection: 'static>,
    {
        self.extract_with_state(&()).await
    }

    /// The same for an extractor that needs a state, such as a part of the service.
    ///
    /// # Errors
    /// As [`extract`](Self::extract) does.
    pub async fn extract_with_state<E, S>(&mut self, state: &S) -> Result<E, Problem>
    where
        E: FromRequestParts<S, Rejection: 'static>,
        S: Send + Sync,
    {
        let extracted = E::from_request_parts(&mut self.parts, state).await;
        extracted.map_err(rejected)
    }

    /// Adds headers to the response, whatever it will be, as a part of a response of axum has them: cookies of a jar.
    ///
    /// # Errors
    /// When the part cannot be made; what it would answer becomes a problem.
    pub fn add_response_parts(&self, parts: impl IntoResponseParts) -> Result<(), Problem> {
        let response = (parts, ()).into_response();
        if !response.status().is_success() {
            return Err(rejected(response));
        }
        for (name, value) in response.headers() {
            self.add_response_header(name.clone(), value.clone());
        }
        Ok(())
    }

    /// The id of the request, where the layer `request_id` gives it one.
    pub fn request_id(&self) -> Option<&str> {
        self.extension::<RequestId>().map(|RequestId(id)| &**id)
    }

    /// The address of the peer, where the server passes it on: `serve` of this crate does, `axum::serve` with
    /// `into_make_service_with_connect_info`.
    pub fn remote_addr(&self) -> Option<SocketAddr> {
        self.extension::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0)
    }
}

/// The problem that a rejection is. Its body is left out: it can repeat what was sent, or name Rust types.
fn rejected(rejection: impl IntoResponse + 'static) -> Problem {
    let mut rejection = Some(rejection);
    let any: &mut dyn Any = &mut rejection;
    if let Some(problem) = any.downcast_mut::<Option<Problem>>().and_then(Option::take) {
        return problem;
    }
    let response = rejection
        .map(IntoResponse::into_response)
        .unwrap_or_default();
    let problem = Problem::new(response.status());
    let headers = response.headers().iter();
    headers
        .filter(|(name, _)| ![CONTENT_LENGTH, CONTENT_TYPE].contains(name))
        .fold(problem, |problem, (name, value)| {
            problem.with_header(name.clone(), value.clone())
        })
}

/// Neither the query nor headers: they can hold credentials.
impl<C: fmt::Debug> fmt::Debug for Context<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("operation", &self.operation.id)
            .field("method", &self.parts.method)
            .field("path", &self.parts.uri.path())
            .field("caller", &self.caller)
            .finish_non_exhaustive()
    }
}
