//! [`Parts`]: what a request sends, encoded as its methods are called.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::Url;
use serde::Serialize;
use serde_json::Value;

use super::style::{self, Encoding, Escape};
use super::{InvalidRequest, RequestBody};

/// What a request sends: path values, query, headers, cookies and body.
///
/// Values are encoded when they are given. What cannot be sent is kept as the error that the call ends with, so that
/// calls can be chained.
#[derive(Clone, Default)]
pub struct Parts {
    path: Vec<(&'static str, String)>,
    query: Vec<(Cow<'static, str>, String)>,
    headers: HeaderMap,
    cookies: Vec<(String, String)>,
    body: Option<Content>,
    content_type: Option<HeaderValue>,
    address: Option<Url>,
    invalid: Option<Box<InvalidRequest>>,
}

/// What responses keep of a request for links. Unlike [`Parts`] it has no body that is still to come, which threads could not
/// share on every target.
#[derive(Clone)]
pub(super) struct Sent {
    path: Vec<(&'static str, String)>,
    query: Vec<(Cow<'static, str>, String)>,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Bytes>,
}

impl Sent {
    /// A path parameter, encoded.
    pub(super) fn path_value(&self, name: &str) -> Option<&str> {
        let mut values = self.path.iter();
        let (_, text) = values.find(|(known, _)| *known == name)?;
        Some(text)
    }

    /// A query parameter as it is sent, with its name.
    pub(super) fn query_pair(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.iter();
        let (_, pairs) = pairs.find(|(known, _)| known == name)?;
        Some(pairs)
    }
}

/// A body and its media type.
#[derive(Clone)]
pub(super) struct Content {
    pub(super) content_type: HeaderValue,
    pub(super) body: RequestBody,
}

/// Headers that the transport writes, and that would change how the message is read.
const TRANSPORT_HEADERS: [&str; 8] = [
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

impl Parts {
    /// Sets a path parameter of style `simple`.
    pub fn path(&mut self, name: &'static str, value: impl Serialize) {
        self.path_styled(name, style::SIMPLE, value);
    }

    /// Sets a path parameter of another style.
    pub fn path_styled(&mut self, name: &'static str, encoding: Encoding, value: impl Serialize) {
        let part = || format!("path parameter `{name}`");
        if let Some((encoding, value)) = self.value(part, encoding, style::SIMPLE, &value) {
            self.set_path(name, encoding.write(name, &value).unwrap_or_default());
        }
    }

    /// Sets a query parameter of style `form`, exploded.
    pub fn query(&mut self, name: &'static str, value: impl Serialize) {
        self.query_styled(name, style::FORM, value);
    }

    /// Sets a query parameter of another style.
    pub fn query_styled(&mut self, name: &'static str, encoding: Encoding, value: impl Serialize) {
        let part = || format!("query parameter `{name}`");
        if let Some((encoding, value)) = self.value(part, encoding, style::FORM, &value) {
            self.set_query(name, encoding.write(name, &value));
        }
    }

    /// Sets the whole query to a form: the members of an object.
    pub fn querystring(&mut self, name: &'static str, value: impl Serialize) {
        match self.value(|| "query".to_owned(), style::FORM, style::FORM, &value) {
            Some((_, Value::Object(members))) => match style::form(&members, &[]) {
                Ok(text) => {
                    self.query.clear();
                    self.set_query(name, Some(text));
                }
                Err((name, character)) => {
                    self.refuse(format!("member `{name}`"), unescapable(character));
                }
            },
            Some(_) => self.refuse("query", "is a form of something that has no members"),
            None => {}
        }
    }

    /// Sets the whole query to one text: JSON or plain text.
    pub fn querystring_styled(
        &mut self,
        name: &'static str,
        encoding: Encoding,
        value: impl Serialize,
    ) {
        let found = self.value(|| "query".to_owned(), encoding, style::FORM, &value);
        if let Some((_, value)) = found {
            self.query.clear();
            self.set_query(name, Some(style::scalar_text(&value, Escape::Reserved)));
        }
    }

    /// Sets a header of style `simple`.
    pub fn header(&mut self, name: &'static str, value: impl Serialize) {
        self.header_styled(name, style::SIMPLE, value);
    }

    /// Sets a header of another style.
    pub fn header_styled(&mut self, name: &'static str, encoding: Encoding, value: impl Serialize) {
        let part = || format!("header `{name}`");
        let found = self.value(part, encoding.verbatim(), style::SIMPLE.verbatim(), &value);
        if let Some((encoding, value)) = found
            && let Some(text) = encoding.write(name, &value)
        {
            self.set_header(name, &text);
        }
    }

    /// Sets a cookie of style `form`, exploded.
    pub fn cookie(&mut self, name: &'static str, value: impl Serialize) {
        self.cookie_styled(name, style::FORM, value);
    }

    /// Sets a cookie of another style.
    pub fn cookie_styled(&mut self, name: &'static str, encoding: Encoding, value: impl Serialize) {
        let part = || format!("cookie `{name}`");
        let Some((encoding, value)) = self.value(part, encoding, style::FORM, &value) else {
            return;
        };
        if encoding.is_verbatim() && holds_delimiter(&value) {
            return self.refuse(part(), "holds a character that no cookie can hold");
        }
        self.cookies.retain(|(known, _)| known != name);
        if let Some(text) = encoding.write(name, &value) {
            let text = match encoding.is_verbatim() {
                true => text,
                // Cookies are separated by `; ` also where the style of queries is used.
                false => text.replace(';', "%3B").replace('&', "; "),
            };
            self.cookies.push((name.to_owned(), text));
        }
    }

    /// Sets the body to JSON.
    pub fn json(&mut self, value: impl Serialize) {
        self.json_as("application/json", value);
    }

    /// Sets the body to JSON of another media type.
    pub fn json_as(&mut self, content_type: &str, value: impl Serialize) {
        match serde_json::to_vec(&value) {
            Ok(bytes) => self.bytes(content_type, bytes),
            Err(error) => self.refuse("body", format!("cannot be written as JSON: {error}")),
        }
    }

    /// Sets the body to text.
    pub fn text(&mut self, content_type: &str, text: impl Into<String>) {
        self.bytes(content_type, text.into());
    }

    /// Sets the body to bytes, or to what they are read from.
    pub fn bytes(&mut self, content_type: &str, body: impl Into<RequestBody>) {
        match HeaderValue::from_str(content_type) {
            Ok(content_type) => {
                let body = body.into();
                self.body = Some(Content { content_type, body });
            }
            Err(_) => self.refuse(
                "media type of the body",
                "holds a character that no header can hold",
            ),
        }
    }

    /// Sets the body to another one of the same media type; of bytes where there was none.
    pub(super) fn replace_body(&mut self, body: RequestBody) {
        match &mut self.body {
            Some(content) => content.body = body,
            None => self.bytes("application/octet-stream", body),
        }
    }

    /// Sets the media type of the body to another one.
    pub(super) fn set_content_type(&mut self, media_type: &str) {
        match HeaderValue::from_str(media_type) {
            Ok(content_type) => self.content_type = Some(content_type),
            Err(_) => self.refuse(
                "media type of the body",
                "holds a character that no header can hold",
            ),
        }
    }

    /// Sets a header to text; for headers that the document does not name.
    pub(super) fn set_header(&mut self, name: &str, text: &str) {
        let part = || format!("header `{name}`");
        if TRANSPORT_HEADERS
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known))
        {
            return self.refuse(part(), "is written by the transport");
        }
        let Ok(name) = HeaderName::from_bytes(name.as_bytes()) else {
            return self.refuse(part(), "is not the name of a header");
        };
        match HeaderValue::from_bytes(text.as_bytes()) {
            Ok(mut value) => {
                value.set_sensitive(true);
                self.headers.insert(name, value);
            }
            Err(_) => self.refuse(part(), "holds a character that no header can hold"),
        }
    }

    /// Sets a query parameter to encoded pairs; `None` takes it away.
    pub(super) fn set_query(&mut self, name: impl Into<Cow<'static, str>>, pairs: Option<String>) {
        let name = name.into();
        self.query.retain(|(known, _)| *known != name);
        if let Some(pairs) = pairs {
            self.query.push((name, pairs));
        }
    }

    /// The encoded pairs of a query parameter.
    pub(super) fn query_pair(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.iter();
        pairs
            .find(|(known, _)| known == name)
            .map(|(_, pairs)| &**pairs)
    }

    /// Sets the whole address, which stands for path and query.
    pub(super) fn set_address(&mut self, address: Url) {
        self.address = Some(address);
    }

    /// The address that stands for path and query.
    pub(super) fn address(&self) -> Option<&Url> {
        self.address.as_ref()
    }

    fn set_path(&mut self, name: &'static str, text: String) {
        if text.is_empty() {
            return self.refuse(format!("path parameter `{name}`"), "is empty");
        }
        // Reserved characters that may stay in other places would lead to another path.
        let text = match text.bytes().any(|byte| matches!(byte, b'/' | b'?')) {
            true => text.replace('/', "%2F").replace('?', "%3F"),
            false => text,
        };
        self.path.push((name, text));
    }

    /// The value as a tree, and how it is written; `None` where it cannot be sent, which is an error of the call.
    fn value(
        &mut self,
        part: impl Fn() -> String,
        encoding: Encoding,
        usual: Encoding,
        value: &impl Serialize,
    ) -> Option<(Encoding, Value)> {
        match serde_json::to_value(value) {
            Ok(value) => self.checked(part, encoding.resolve(usual, value)),
            Err(error) => {
                self.refuse(part(), format!("cannot be written: {error}"));
                None
            }
        }
    }

    /// The value, unless it would be read as another one.
    fn checked(
        &mut self,
        part: impl Fn() -> String,
        (encoding, value): (Encoding, Value),
    ) -> Option<(Encoding, Value)> {
        let Some(character) = encoding.unescapable(&value) else {
            return Some((encoding, value));
        };
        self.refuse(part(), unescapable(character));
        None
    }

    /// Keeps the first reason for which the request cannot be sent.
    pub(super) fn refuse(&mut self, part: impl Into<String>, reason: impl Into<String>) {
        if self.invalid.is_none() {
            self.invalid = Some(Box::new(InvalidRequest::new(part, reason)));
        }
    }

    /// Why the request cannot be sent, where it cannot.
    pub(super) fn invalid(&self) -> Option<&InvalidRequest> {
        self.invalid.as_deref()
    }

    /// The encoded text of a path parameter.
    pub(super) fn path_value(&self, name: &str) -> Option<&str> {
        self.path
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, text)| &**text)
    }

    /// The query, encoded: one text for each parameter.
    pub(super) fn query_pairs(&self) -> impl Iterator<Item = &str> {
        self.query.iter().map(|(_, pairs)| &**pairs)
    }

    /// The cookies, as the header says them.
    pub(super) fn cookie_text(&self) -> String {
        let pairs: Vec<_> = self.cookies.iter().map(|(_, pairs)| &**pairs).collect();
        pairs.join("; ")
    }

    /// What responses keep of it.
    pub(super) fn sent(&self) -> Sent {
        let body = self
            .body
            .as_ref()
            .and_then(|content| content.body.as_bytes());
        Sent {
            path: self.path.clone(),
            query: self.query.clone(),
            headers: self.headers.clone(),
            body: body.cloned(),
        }
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, with the media type that the caller chose.
    pub(super) fn content(&self) -> Option<Content> {
        let mut content = self.body.clone()?;
        if let Some(chosen) = &self.content_type {
            content.content_type = with_boundary(chosen.clone(), &content.content_type);
        }
        Some(content)
    }
}

/// A media type with the boundary of the one that it replaces, if that has one.
fn with_boundary(chosen: HeaderValue, replaced: &HeaderValue) -> HeaderValue {
    let boundary = replaced
        .to_str()
        .ok()
        .and_then(|text| text.split_once("; boundary="));
    let joined = boundary.zip(chosen.to_str().ok());
    let text = joined.map(|((_, boundary), chosen)| format!("{chosen}; boundary={boundary}"));
    text.and_then(|text| HeaderValue::from_str(&text).ok())
        .unwrap_or(chosen)
}

/// Why a value cannot be sent that holds what would be read as the end of an item or name.
pub(super) fn unescapable(character: char) -> String {
    match character {
        ' ' => "holds a space inside an item or name, which would end it there".to_owned(),
        character => {
            format!("holds `{character}` inside an item or name, which would end it there")
        }
    }
}

/// Whether any text inside has a character that ends or breaks a cookie (RFC 6265, section 4.1.1).
fn holds_delimiter(value: &Value) -> bool {
    let breaks = |text: &str| {
        text.bytes()
            .any(|byte| byte <= b' ' || byte == 0x7f || b"\"\\;".contains(&byte))
    };
    match value {
        Value::String(text) => breaks(text),
        Value::Array(items) => items.iter().any(holds_delimiter),
        Value::Object(members) => members
            .iter()
            .any(|(key, member)| breaks(key) || holds_delimiter(member)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Names only: values can be secret.
impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts")
            .field(
                "path",
                &Vec::from_iter(self.path.iter().map(|(name, _)| name)),
            )
            .field(
                "query",
                &Vec::from_iter(self.query.iter().map(|(name, _)| name)),
            )
            .field("headers", &Vec::from_iter(self.headers.keys()))
            .field(
                "cookies",
                &Vec::from_iter(self.cookies.iter().map(|(name, _)| name)),
            )
            .field("body", &self.body.as_ref().map(|content| &content.body))
            .finish()
    }
}
