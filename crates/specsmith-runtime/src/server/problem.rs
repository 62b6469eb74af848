//! Problem details (RFC 9457): how every failure is answered.

use std::fmt;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Map, Value};

/// A failure, answered as `application/problem+json` (RFC 9457).
///
/// It is small: what it holds is boxed.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem(Box<Details>);

#[derive(Debug, Clone, PartialEq)]
struct Details {
    status: StatusCode,
    kind: Option<String>,
    title: Option<String>,
    detail: Option<String>,
    instance: Option<String>,
    violations: Vec<Violation>,
    members: Map<String, Value>,
    headers: HeaderMap,
}

/// A part of a request that breaks the contract. It never repeats what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Where it is.
    pub place: Place,
    /// What is wrong, for programs.
    pub code: &'static str,
    /// What is wrong, for people.
    pub detail: String,
}

/// Where in a request something is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the body, at this JSON pointer (RFC 6901).
    Body(String),
    /// In a parameter.
    Parameter {
        /// Where the parameter is sent: `path`, `query`, `header` or `cookie`.
        place: &'static str,
        /// The name of the parameter.
        name: String,
        /// What part of its value, as a JSON pointer; empty for the whole value.
        pointer: String,
    },
}

impl Problem {
    /// A problem of this status.
    pub fn new(status: StatusCode) -> Self {
        Self(Box::new(Details {
            status,
            kind: None,
            title: None,
            detail: None,
            instance: None,
            violations: Vec::new(),
            members: Map::new(),
            headers: HeaderMap::new(),
        }))
    }

    /// `400 Bad Request`
    pub fn bad_request() -> Self {
        Self::new(StatusCode::BAD_REQUEST)
    }

    /// `401 Unauthorized`; give it the header `WWW-Authenticate`.
    pub fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED)
    }

    /// `403 Forbidden`
    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN)
    }

    /// `404 Not Found`
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND)
    }

    /// `409 Conflict`
    pub fn conflict() -> Self {
        Self::new(StatusCode::CONFLICT)
    }

    /// `500 Internal Server Error`
    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Sets the address that identifies the kind of problem; without one it is `about:blank`.
    #[must_use]
    pub fn with_type(mut self, address: impl Into<String>) -> Self {
        self.0.kind = Some(address.into());
        self
    }

    /// Sets the summary of the kind of problem; without one it is the phrase of the status.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.0.title = Some(title.into());
        self
    }

    /// Sets the explanation of this occurrence. The caller reads it: nothing secret belongs here.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// Sets the address that identifies this occurrence.
    #[must_use]
    pub fn with_instance(mut self, address: impl Into<String>) -> Self {
        self.0.instance = Some(address.into());
        self
    }

    /// Adds a member of its own to the body.
    #[must_use]
    pub fn with_member(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0.members.insert(name.into(), value.into());
        self
    }

    /// Adds a header to the response.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.append(name, value);
        self
    }

    /// Adds a part of the request that breaks the contract.
    #[must_use]
    pub fn with_violation(mut self, violation: Violation) -> Self {
        self.0.violations.push(violation);
        self
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The explanation of this occurrence.
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// The parts of the request that break the contract.
    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }
}

/// Writes the body of the response.
impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let details = &*self.0;
        let mut body = serializer.serialize_map(None)?;
        body.serialize_entry("type", details.kind.as_deref().unwrap_or("about:blank"))?;
        if let Some(title) = details
            .title
            .as_deref()
            .or(details.status.canonical_reason())
        {
            body.serialize_entry("title", title)?;
        }
        body.serialize_entry("status", &details.status.as_u16())?;
        if let Some(detail) = &details.detail {
            body.serialize_entry("detail", detail)?;
        }
        if let Some(instance) = &details.instance {
            body.serialize_entry("instance", instance)?;
        }
        if !details.violations.is_empty() {
            body.serialize_entry("errors", &details.violations)?;
        }
        let own = |name: &str| {
            !["type", "title", "status", "detail", "instance", "errors"].contains(&name)
        };
        for (name, value) in details.members.iter().filter(|(name, _)| own(name)) {
            body.serialize_entry(name, value)?;
        }
        body.end()
    }
}

impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_map(None)?;
        match &self.place {
            Place::Body(pointer) => body.serialize_entry("pointer", pointer)?,
            Place::Parameter {
                place,
                name,
                pointer,
            } => {
                body.serialize_entry("parameter", name)?;
                body.serialize_entry("in", place)?;
                if !pointer.is_empty() {
                    body.serialize_entry("pointer", pointer)?;
                }
            }
        }
        body.serialize_entry("code", self.code)?;
        body.serialize_entry("detail", &self.detail)?;
        body.end()
    }
}

impl From<StatusCode> for Problem {
    fn from(status: StatusCode) -> Self {
        Self::new(status)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.status)?;
        match &self.0.detail {
            Some(detail) => write!(f, ": {detail}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Problem {}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.0.status;
        *response.headers_mut() = self.0.headers;
        let media_type = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(CONTENT_TYPE, media_type);
        response
    }
}
