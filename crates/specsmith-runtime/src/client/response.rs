//! Responses: [`RawResponse`] as it came, and [`Response`] with its value.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap};
use serde::de::DeserializeOwned;

use super::super::codec;
use super::parts::Sent;
use super::rate_limit::{self, RateLimit, RetryAfter};
use super::{ApiError, DecodeError, Error, OperationInfo, Parts, UnexpectedContentType};

/// A response as it came: status, headers and body.
#[derive(Clone)]
pub struct RawResponse {
    operation: &'static OperationInfo,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    attempts: u32,
    /// What was sent, where links need it.
    request: Option<Arc<Sent>>,
}

/// A response with its value; dereferences to the value.
#[derive(Clone)]
pub struct Response<T>(Box<Inner<T>>);

#[derive(Clone)]
struct Inner<T> {
    raw: RawResponse,
    value: T,
}

impl RawResponse {
    /// Puts a response together, for tests and other transports.
    pub fn new(
        operation: &'static OperationInfo,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    ) -> Self {
        Self {
            operation,
            status,
            headers,
            body,
            attempts: 1,
            request: None,
        }
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static OperationInfo {
        self.operation
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
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

    /// What the server calls this exchange, for its logs and its support: the first of `x-request-id`, `request-id` and
    /// similar headers.
    pub fn request_id(&self) -> Option<&str> {
        const HEADERS: [&str; 7] = [
            "x-request-id",
            "request-id",
            "x-amzn-requestid",
            "x-ms-request-id",
            "x-github-request-id",
            "x-correlation-id",
            "cf-ray",
        ];
        HEADERS.into_iter().find_map(|name| self.header(name))
    }

    /// How much more a caller can ask of the server, where its headers say it.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        rate_limit::rate_limit(&self.headers)
    }

    /// How long the server asks to wait before another request.
    pub fn retry_after(&self) -> Option<Duration> {
        match rate_limit::retry_after(&self.headers) {
            RetryAfter::In(wait) => Some(wait),
            RetryAfter::Unsaid => None,
        }
    }

    /// How often the request was sent until this response came.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    pub(super) fn after(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    pub(super) fn answers(mut self, request: &Parts) -> Self {
        if self.operation.keeps_request {
            self.request = Some(Arc::new(request.sent()));
        }
        self
    }

    /// What was sent, where links need it.
    pub(super) fn request(&self) -> Option<&Sent> {
        self.request.as_deref()
    }

    pub(super) fn set_body(&mut self, body: Bytes) {
        self.body = body;
    }

    /// Whether the body has this media type, or one of this range (`image/*`), whatever its parameters.
    pub fn is(&self, media_type: &str) -> bool {
        let Some(found) = self.media_type() else {
            return false;
        };
        let found = found.to_ascii_lowercase();
        match media_type.strip_suffix("/*") {
            Some("*") => true,
            Some(kind) => found.split('/').next() == Some(kind),
            None => found == media_type,
        }
    }

    /// `type/subtype` of the body.
    pub(super) fn media_type(&self) -> Option<&str> {
        let text = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        text.split(';').next().map(str::trim)
    }

    /// Whether the body is JSON: `application/json`, `text/json` or anything with the suffix `+json`. A body without a media
    /// type is JSON if it can be read as such.
    pub fn is_json(&self) -> bool {
        match self.media_type() {
            Some(essence) => is_json(essence),
            None => codec::from_json::<serde::de::IgnoredAny>(&self.body).is_ok(),
        }
    }

    fn json_value<T: DeserializeOwned>(&self) -> Result<T, Error> {
        if !self.media_type().is_none_or(is_json) {
            return Err(UnexpectedContentType::new(self.clone()).into());
        }
        if self.body.is_empty() {
            return Err(DecodeError::new(self.clone(), "", "the body is empty").into());
        }
        codec::from_json(&self.body).map_err(|error| DecodeError::json(self.clone(), &error).into())
    }

    fn text_value(&self) -> Result<String, Error> {
        match std::str::from_utf8(&self.body) {
            Ok(text) => Ok(text.to_owned()),
            // The bytes of Latin-1 are the first 256 characters of Unicode.
            Err(_) if self.is_latin_1() => Ok(self.body.iter().copied().map(char::from).collect()),
            Err(error) => Err(DecodeError::new(self.clone(), "", error.to_string()).into()),
        }
    }

    fn is_latin_1(&self) -> bool {
        let content_type = self.header(CONTENT_TYPE.as_str()).unwrap_or_default();
        content_type.to_ascii_lowercase().contains("iso-8859-1")
    }

    /// A success without a body.
    pub fn empty<E>(self) -> Result<Response<()>, Error<E>> {
        Ok(Response::new(self, ()))
    }

    /// A success whose body is JSON.
    pub fn json<T: DeserializeOwned, E>(self) -> Result<Response<T>, Error<E>> {
        self.json_as(|value| value)
    }

    /// A success whose body is text.
    pub fn text<E>(self) -> Result<Response<String>, Error<E>> {
        self.text_as(|text| text)
    }

    /// A success whose body is bytes.
    pub fn bytes<E>(self) -> Result<Response<Bytes>, Error<E>> {
        self.bytes_as(|bytes| bytes)
    }

    /// A success without a body, as a variant.
    pub fn empty_as<S, E>(self, success: S) -> Result<Response<S>, Error<E>> {
        Ok(Response::new(self, success))
    }

    /// A success whose body is JSON, as a variant.
    pub fn json_as<T: DeserializeOwned, S, E>(
        self,
        success: fn(T) -> S,
    ) -> Result<Response<S>, Error<E>> {
        match self.json_value() {
            Ok(value) => Ok(Response::new(self, success(value))),
            Err(error) => Err(error.widen()),
        }
    }

    /// A success whose body is text, as a variant.
    pub fn text_as<S, E>(self, success: fn(String) -> S) -> Result<Response<S>, Error<E>> {
        match self.text_value() {
            Ok(text) => Ok(Response::new(self, success(text))),
            Err(error) => Err(error.widen()),
        }
    }

    /// A success whose body is bytes, as a variant.
    pub fn bytes_as<S, E>(self, success: fn(Bytes) -> S) -> Result<Response<S>, Error<E>> {
        let bytes = self.body.clone();
        Ok(Response::new(self, success(bytes)))
    }

    /// A documented error without a body.
    pub fn empty_error<S, E>(self, error: fn(Response<()>) -> E) -> Result<S, Error<E>> {
        Err(Error::Api(error(Response::new(self, ()))))
    }

    /// A documented error whose body is JSON.
    pub fn json_error<T: DeserializeOwned, S, E>(
        self,
        error: fn(Response<T>) -> E,
    ) -> Result<S, Error<E>> {
        match self.json_value() {
            Ok(value) => Err(Error::Api(error(Response::new(self, value)))),
            Err(failure) => Err(failure.widen()),
        }
    }

    /// A documented error whose body is text.
    pub fn text_error<S, E>(self, error: fn(Response<String>) -> E) -> Result<S, Error<E>> {
        match self.text_value() {
            Ok(text) => Err(Error::Api(error(Response::new(self, text)))),
            Err(failure) => Err(failure.widen()),
        }
    }

    /// A documented error whose body is bytes.
    pub fn bytes_error<S, E>(self, error: fn(Response<Bytes>) -> E) -> Result<S, Error<E>> {
        let bytes = self.body.clone();
        Err(Error::Api(error(Response::new(self, bytes))))
    }

    /// A response that the document does not name.
    pub fn undocumented<S, E>(self) -> Result<S, Error<E>> {
        Err(Error::Undocumented(Response::new(self, ())))
    }
}

/// Whether a media type is that of JSON.
fn is_json(essence: &str) -> bool {
    let (_, suffix) = essence.rsplit_once('+').unwrap_or_default();
    essence.eq_ignore_ascii_case("application/json")
        || suffix.eq_ignore_ascii_case("json")
        || essence.eq_ignore_ascii_case("text/json")
}

impl<T> Response<T> {
    /// Puts a response together, for tests.
    pub fn new(raw: RawResponse, value: T) -> Self {
        Self(Box::new(Inner { raw, value }))
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.0.raw.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.raw.headers
    }

    /// The text of a header, if it is there and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.raw.header(name)
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        &self.0.raw.body
    }

    /// What the server calls this exchange, for its logs and its support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.raw.request_id()
    }

    /// How much more a caller can ask of the server, where its headers say it.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.0.raw.rate_limit()
    }

    /// The response as it came.
    pub fn raw(&self) -> &RawResponse {
        &self.0.raw
    }

    /// The value.
    pub fn into_value(self) -> T {
        self.0.value
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.value
    }
}

/// Without headers: they can be secret.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status())
            .field("value", &self.0.value)
            .finish_non_exhaustive()
    }
}

/// Without headers: they can be secret.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("body", &snippet(&self.body))
            .finish_non_exhaustive()
    }
}

/// `getBook: 404 Not Found: {"title":"no such book"}`
impl fmt::Display for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation.id, self.status)?;
        match &*snippet(&self.body) {
            "" => {}
            text => write!(f, ": {text}")?,
        }
        match self.attempts {
            0 | 1 => Ok(()),
            attempts => write!(f, " (after {attempts} attempts)"),
        }
    }
}

/// The beginning of a body on one line.
pub(super) fn snippet(body: &[u8]) -> String {
    const LENGTH: usize = 200;
    let start = body.get(..4 * LENGTH).unwrap_or(body);
    let text = String::from_utf8_lossy(start);
    let words = Vec::from_iter(
        text.split(|c: char| c.is_whitespace() || c.is_control())
            .filter(|word| !word.is_empty()),
    );
    let line = words.join(" ");
    match line.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}...", line.get(..end).unwrap_or_default()),
        None if start.len() < body.len() => format!("{line}..."),
        None => line,
    }
}

impl ApiError for super::NoError {
    fn response(&self) -> &RawResponse {
        match *self {}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use http::HeaderValue;

    use super::*;

    static INFO: OperationInfo = OperationInfo::new("getNote").get("/note");

    /// Reads as generated code does where a status has JSON and text.
    fn read(content_type: Option<&'static str>, body: &'static str) -> Result<String, Error> {
        let mut headers = HeaderMap::new();
        if let Some(content_type) = content_type {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        let body = Bytes::from_static(body.as_bytes());
        let response = RawResponse::new(&INFO, StatusCode::OK, headers, body);
        let read = match response.status().as_u16() {
            200 if response.is_json() => {
                response.json_as(|value: serde_json::Value| format!("JSON {value}"))
            }
            _ => response.text_as(|text| format!("text {text}")),
        };
        read.map(Response::into_value)
    }

    #[test]
    fn without_a_media_type_what_can_be_read_as_json_is_json() {
        for (content_type, body, expected) in [
            (None, "{\"a\": 1}", "JSON {\"a\":1}"),
            (None, "all is well", "text all is well"),
            (None, "", "text "),
            (Some("text/plain"), "{}", "text {}"),
            (Some("Application/JSON; charset=utf-8"), "{}", "JSON {}"),
            (Some("application/problem+json"), "[]", "JSON []"),
            (Some("text/html"), "<p>", "text <p>"),
        ] {
            assert_eq!(
                read(content_type, body).unwrap(),
                expected,
                "{content_type:?} {body}"
            );
        }
    }
}
