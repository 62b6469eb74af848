//! [`MockRequest`]: a request as a test looks at it.

use std::fmt;

use bytes::Bytes;
use http::header::HeaderMap;
use http::{Method, Uri};
use reqwest::Url;
use serde::de::DeserializeOwned;

use super::super::super::codec::{self, JsonError};
use super::super::{Body, OperationInfo, Place, Scheme, TransportError, operation_of};
use super::Schemes;

/// A request as it was sent, with its body.
///
/// It is printed without secrets: neither credentials nor the body.
#[derive(Clone)]
pub struct MockRequest {
    operation: Option<&'static OperationInfo>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
    schemes: &'static [Scheme],
}

impl MockRequest {
    /// Reads the body of a request; gives the request with what was read, too.
    pub(super) async fn read(
        request: http::Request<Body>,
    ) -> Result<(Self, http::Request<Body>), TransportError> {
        let operation = operation_of(&request);
        let schemes = request.extensions().get::<Schemes>();
        let schemes = schemes.map_or(&[][..], |schemes| schemes.0);
        let (head, mut body) = request.into_parts();
        let mut bytes = Vec::new();
        while let Some(chunk) = body.chunk().await {
            bytes.extend_from_slice(&chunk?);
        }
        let body = Bytes::from(bytes);
        let read = Self {
            operation,
            method: head.method.clone(),
            uri: head.uri.clone(),
            headers: head.headers.clone(),
            body: body.clone(),
            schemes,
        };
        Ok((read, http::Request::from_parts(head, Body::new(body))))
    }

    /// The operation that is called; `None` where it is none of the API, such as a request for a token.
    pub fn operation(&self) -> Option<&'static OperationInfo> {
        self.operation
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The whole address.
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The path as it was sent, with that of the base URL before it and without the query.
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The text of a path parameter, decoded.
    pub fn path_value(&self, name: &str) -> Option<String> {
        let template = self.operation?.path;
        // The base URL can have a path of its own, so that segments are counted from the end.
        let segments = self.path().rsplit('/').zip(template.rsplit('/'));
        let mut found =
            segments.filter_map(|(segment, template)| value_in(segment, template, name));
        found.next().map(decoded)
    }

    /// The query parameters, decoded.
    pub fn query(&self) -> Vec<(String, String)> {
        match Url::parse(&self.uri.to_string()) {
            Ok(url) => url.query_pairs().into_owned().collect(),
            Err(_) => Vec::new(),
        }
    }

    /// The text of a query parameter, decoded; the first one of this name.
    pub fn query_value(&self, name: &str) -> Option<String> {
        let mut query = self.query().into_iter();
        query.find_map(|(key, value)| (key == name).then_some(value))
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The text of a header, if it is there and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as text, with a sign in place of each byte that is none.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as a value of a type, such as that of the operation, or `serde_json::Value`.
    ///
    /// # Errors
    /// When the body is no JSON, or not of that type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        codec::from_json(&self.body)
    }

    /// The security schemes of the API.
    pub(super) fn schemes(&self) -> &'static [Scheme] {
        self.schemes
    }

    /// Whether a query parameter is a credential.
    pub(super) fn is_secret_query(&self, name: &str) -> bool {
        let is_it = |scheme: &Scheme| matches!(scheme.place, Place::Query(key) if key == name);
        self.schemes.iter().any(is_it)
    }

    /// `` `GET /v1/books/1` (getBook) ``, without the query: that can be secret.
    pub(super) fn line(&self) -> String {
        let line = format!("`{} {}`", self.method, self.path());
        match self.operation {
            Some(operation) => format!("{line} ({})", operation.id),
            None => line,
        }
    }
}

impl fmt::Debug for MockRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |(name, value): (String, String)| match self.is_secret_query(&name) {
            true => (name, "[redacted]".to_owned()),
            false => (name, value),
        };
        f.debug_struct("MockRequest")
            .field("operation", &self.operation.map(|operation| operation.id))
            .field("method", &self.method)
            .field("path", &self.path())
            .field(
                "query",
                &Vec::from_iter(self.query().into_iter().map(shown)),
            )
            .field("headers", &self.headers)
            .field("body_length", &self.body.len())
            .finish()
    }
}

/// The value of a parameter in a segment of a path, by the segment of the template.
fn value_in<'a>(segment: &'a str, template: &str, name: &str) -> Option<&'a str> {
    let (mut segment, mut template) = (segment, template);
    while let Some((literal, after)) = template.split_once('{') {
        let (hole, after) = after.split_once('}')?;
        segment = segment.strip_prefix(literal)?;
        let literal = after.split('{').next().unwrap_or_default();
        let end = match literal.is_empty() {
            true => segment.len(),
            false => segment.find(literal)?,
        };
        let (value, rest) = segment.split_at(end);
        if hole == name {
            return Some(value);
        }
        (segment, template) = (rest, after);
    }
    None
}

/// A text without its percent-encoding.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let digits = more.get(..2).filter(|_| *first == b'%');
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = more.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
