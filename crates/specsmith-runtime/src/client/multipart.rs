//! [`Multipart`]: bodies of `multipart/form-data` (RFC 7578) and other `multipart` formats (RFC 2046), put together part
//! by part.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use serde::Serialize;
use serde_json::Value;

use super::body::Opener;
use super::random::random;
use super::style::Encoding;
use super::transport::{BoxError, BoxFuture};
use super::{Body, Parts, RequestBody, TransportError};

/// A body of `multipart/form-data`, or of another format such as `multipart/mixed`, put together part by part.
///
/// ```text
/// Multipart::new()
///     .value("title", "Dune")
///     .file("cover", FilePart::new(bytes).with_file_name("dune.png").with_content_type("image/png"))
/// ```
#[derive(Debug, Clone, Default)]
pub struct Multipart {
    parts: Vec<Part>,
}

/// A part that is a file: its content, and what is told about it.
///
/// The content is bytes or a source that is opened for each attempt; see [`RequestBody`].
#[derive(Debug, Clone)]
pub struct FilePart {
    content: RequestBody,
    file_name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
struct Part {
    /// `None` in formats whose parts have no names.
    name: Option<String>,
    content: Result<FilePart, String>,
}

impl FilePart {
    /// A file of this content.
    pub fn new(content: impl Into<RequestBody>) -> Self {
        Self {
            content: content.into(),
            file_name: None,
            content_type: None,
            headers: Vec::new(),
        }
    }

    /// A file of this path, called as it is there, which is read while it is sent.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn path(path: impl Into<std::path::PathBuf>) -> Self {
        let path = path.into();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let mut file = Self::new(RequestBody::file(path));
        file.file_name = name;
        file
    }

    /// Says what the file is called.
    #[must_use]
    pub fn with_file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Says what media type the file has.
    #[must_use]
    pub fn with_content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// Adds a header to the part.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// What stands before the content; the error says what is wrong with it.
    fn head(&self, name: Option<&str>) -> Result<String, &'static str> {
        let mut head = match (name, &self.file_name) {
            (Some(name), _) => format!("\r\nContent-Disposition: form-data; name={}", quoted(name)),
            (None, Some(_)) => "\r\nContent-Disposition: attachment".to_owned(),
            (None, None) => String::new(),
        };
        if let Some(file_name) = &self.file_name {
            head.push_str(&format!("; filename={}", quoted(file_name)));
        }
        if let Some(content_type) = &self.content_type {
            if !is_line(content_type) {
                return Err("has a media type that no header can hold");
            }
            head.push_str(&format!("\r\nContent-Type: {content_type}"));
        }
        for (name, value) in &self.headers {
            if http::HeaderName::from_bytes(name.as_bytes()).is_err() || !is_line(value) {
                return Err("has a header that cannot be sent");
            }
            head.push_str(&format!("\r\n{name}: {value}"));
        }
        // Many servers refuse parts without any header.
        if head.is_empty() {
            let is_text = self
                .content
                .as_bytes()
                .is_some_and(|bytes| str::from_utf8(bytes).is_ok());
            head.push_str(match is_text {
                true => "\r\nContent-Type: text/plain; charset=utf-8",
                false => "\r\nContent-Type: application/octet-stream",
            });
        }
        head.push_str("\r\n\r\n");
        Ok(head)
    }
}

impl<T: Into<RequestBody>> From<T> for FilePart {
    fn from(content: T) -> Self {
        Self::new(content)
    }
}

impl Multipart {
    /// A body without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part that is a file.
    #[must_use]
    pub fn file(self, name: &str, file: impl Into<FilePart>) -> Self {
        self.part(name, Ok(file.into()))
    }

    /// Adds a part without a name, as it is in all formats but `multipart/form-data`.
    #[must_use]
    pub fn append(mut self, part: impl Into<FilePart>) -> Self {
        self.parts.push(Part {
            name: None,
            content: Ok(part.into()),
        });
        self
    }

    /// Adds files, each as a part of the same name.
    #[must_use]
    pub fn files<F: Into<FilePart>>(self, name: &str, files: impl IntoIterator<Item = F>) -> Self {
        let files = files.into_iter();
        files.fold(self, |body, file| body.file(name, file))
    }

    /// Adds a part that is a file, of this media type unless it has one of its own.
    #[must_use]
    pub fn file_as(self, name: &str, content_type: &str, file: impl Into<FilePart>) -> Self {
        let mut file = file.into();
        file.content_type
            .get_or_insert_with(|| content_type.to_owned());
        self.part(name, Ok(file))
    }

    /// Adds files, each as a part of the same name, of this media type unless they have one of their own.
    #[must_use]
    pub fn files_as<F: Into<FilePart>>(
        self,
        name: &str,
        content_type: &str,
        files: impl IntoIterator<Item = F>,
    ) -> Self {
        let files = files.into_iter();
        files.fold(self, |body, file| body.file_as(name, content_type, file))
    }

    /// Adds a value: text where it is one, JSON where it is an object, a part for each item where it is a list, and
    /// none where it is null.
    #[must_use]
    pub fn value(self, name: &str, value: impl Serialize) -> Self {
        self.values(name, None, value)
    }

    /// Adds a value as a part of this media type; a list as a part for each item.
    #[must_use]
    pub fn value_as(self, name: &str, content_type: &str, value: impl Serialize) -> Self {
        self.values(name, Some(content_type), value)
    }

    /// Adds a value in a style: a part for each pair that it has there, `a[b]` and `1` for `a[b]=1`.
    #[must_use]
    pub fn value_styled(self, name: &str, encoding: Encoding, value: impl Serialize) -> Self {
        match serde_json::to_value(&value).map(|value| encoding.pairs(name, &value)) {
            Ok(pairs) => pairs
                .into_iter()
                .fold(self, |body, (name, text)| body.part(&name, Ok(text.into()))),
            Err(error) => self.part(name, Err(unwritable(error))),
        }
    }

    /// Adds a part that is JSON, whatever the value is.
    #[must_use]
    pub fn json(self, name: &str, value: impl Serialize) -> Self {
        let text = serde_json::to_vec(&value).map_err(unwritable);
        let part = text.map(|text| FilePart::new(text).with_content_type(JSON));
        self.part(name, part)
    }

    fn values(self, name: &str, content_type: Option<&str>, value: impl Serialize) -> Self {
        match serde_json::to_value(&value) {
            Ok(Value::Null) => self,
            Ok(Value::Array(items)) => items.iter().fold(self, |body, item| {
                body.part(name, Ok(value_part(item, content_type)))
            }),
            Ok(value) => self.part(name, Ok(value_part(&value, content_type))),
            Err(error) => self.part(name, Err(unwritable(error))),
        }
    }

    fn part(mut self, name: &str, content: Result<FilePart, String>) -> Self {
        self.parts.push(Part {
            name: Some(name.to_owned()),
            content,
        });
        self
    }

    /// The media type of the first part.
    fn root_type(&self) -> Option<&str> {
        let root = self.parts.first()?.content.as_ref().ok()?;
        root.content_type.as_deref().filter(|text| is_line(text))
    }

    /// The body as it is sent; the error names the part and what is wrong with it.
    fn encode(&self, format: &str, boundary: &str) -> Result<RequestBody, (String, String)> {
        let mut pieces = Pieces::default();
        for (index, part) in self.parts.iter().enumerate() {
            let refuse = |reason: &str| match &part.name {
                Some(name) => (format!("part `{name}`"), reason.to_owned()),
                None => (format!("part {}", index + 1), reason.to_owned()),
            };
            if part.name.is_none() && format == FORM_DATA {
                return Err(refuse("has no name, without which a form cannot have it"));
            }
            let file = part.content.as_ref().map_err(|reason| refuse(reason))?;
            let head = file.head(part.name.as_deref()).map_err(refuse)?;
            pieces.text(&format!("--{boundary}{head}"));
            pieces.content(&file.content);
            pieces.text("\r\n");
        }
        pieces.text(&format!("--{boundary}--\r\n"));
        Ok(pieces.into_body())
    }
}

impl Parts {
    /// Sets the body to parts, in the format of this media type.
    pub fn multipart(&mut self, content_type: &str, multipart: impl Into<Multipart>) {
        let (boundary, multipart) = (boundary(), multipart.into());
        let root = multipart.root_type().filter(|_| content_type == RELATED);
        // A body of this format says what its first part is (RFC 2387, section 3.1).
        let root = root.map_or_else(String::new, |root| format!("; type={}", quoted(root)));
        match multipart.encode(content_type, &boundary) {
            Ok(body) => self.bytes(&format!("{content_type}{root}; boundary={boundary}"), body),
            Err((part, reason)) => self.refuse(part, reason),
        }
    }
}

const JSON: &str = "application/json";
const FORM_DATA: &str = "multipart/form-data";
const RELATED: &str = "multipart/related";

/// The part that is a single value.
fn value_part(value: &Value, content_type: Option<&str>) -> FilePart {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match (content_type, value) {
        (Some(json), value) if is_json(json) => {
            FilePart::new(value.to_string()).with_content_type(json)
        }
        (Some(other), value) => FilePart::new(text(value)).with_content_type(other),
        (None, Value::Object(_) | Value::Array(_)) => {
            FilePart::new(value.to_string()).with_content_type(JSON)
        }
        (None, value) => FilePart::new(text(value)),
    }
}

fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case(JSON) || essence.ends_with("+json")
}

fn unwritable(error: serde_json::Error) -> String {
    format!("cannot be written: {error}")
}

/// Whether text can be the value of a header.
fn is_line(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..0x7f).contains(&byte))
}

/// What a body is put together from, in order: bytes that stand side by side are one piece.
#[derive(Clone, Default)]
struct Pieces {
    before: Vec<RequestBody>,
    last: Vec<u8>,
}

impl Pieces {
    fn text(&mut self, text: &str) {
        self.last.extend_from_slice(text.as_bytes());
    }

    fn content(&mut self, content: &RequestBody) {
        match content.as_bytes() {
            Some(bytes) => self.last.extend_from_slice(bytes),
            None => {
                self.before.push(std::mem::take(&mut self.last).into());
                self.before.push(content.clone());
            }
        }
    }

    fn into_body(mut self) -> RequestBody {
        if self.before.is_empty() {
            return self.last.into();
        }
        self.before.push(self.last.into());
        RequestBody::opened_by(Joined(self.before))
    }
}

/// Bodies one after the other.
struct Joined(Vec<RequestBody>);

impl Opener for Joined {
    fn open(&self) -> BoxFuture<'static, Result<Body, BoxError>> {
        let sources = self.0.clone();
        Box::pin(async move {
            let mut bodies = VecDeque::new();
            for source in sources {
                bodies.push_back(source.open().await?);
            }
            let length = bodies.iter().map(Body::length).sum::<Option<u64>>();
            let body = Body::from_stream(Chain(bodies));
            Ok(match length {
                Some(length) => body.with_length(length),
                None => body,
            })
        })
    }

    fn can_be_sent(&self) -> bool {
        self.0.iter().all(RequestBody::can_be_sent)
    }
}

struct Chain(VecDeque<Body>);

impl Stream for Chain {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(body) = self.0.front_mut() {
            match Pin::new(body).poll_next(context) {
                Poll::Ready(None) => drop(self.0.pop_front()),
                other => return other,
            }
        }
        Poll::Ready(None)
    }
}

/// A name in quotes; what would end it is percent-encoded, as browsers do (HTML, section "Multipart form data").
fn quoted(name: &str) -> String {
    let mut out = String::from("\"");
    for c in name.chars() {
        match c {
            '"' => out.push_str("%22"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            c if c.is_control() => out.push('_'),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A line that no content has: 128 random bits.
fn boundary() -> String {
    format!("{:016x}{:016x}", random(), random())
}

#[cfg(test)]
mod tests;
