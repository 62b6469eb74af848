//! [`Multipart`]: bodies of `multipart/form-data` (RFC 7578), put together part by part.

use std::hash::{BuildHasher, Hasher, RandomState};

use bytes::Bytes;
use serde::Serialize;

use super::Parts;

/// A body of `multipart/form-data`, put together part by part.
///
/// ```text
/// Multipart::new()
///     .text("title", "Dune")
///     .file("cover", "dune.png", "image/png", bytes)
/// ```
#[derive(Debug, Clone, Default)]
pub struct Multipart {
    parts: Vec<Part>,
}

#[derive(Debug, Clone)]
struct Part {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    content: Result<Bytes, String>,
}

impl Multipart {
    /// A body without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part that is text.
    #[must_use]
    pub fn text(self, name: &str, text: impl Into<String>) -> Self {
        self.part(name, None, None, Ok(text.into().into()))
    }

    /// Adds a part that is JSON.
    #[must_use]
    pub fn json(self, name: &str, value: &impl Serialize) -> Self {
        let content = serde_json::to_vec(value)
            .map(Bytes::from)
            .map_err(|error| error.to_string());
        self.part(name, None, Some("application/json"), content)
    }

    /// Adds a part of any media type.
    #[must_use]
    pub fn bytes(self, name: &str, content_type: &str, content: impl Into<Bytes>) -> Self {
        self.part(name, None, Some(content_type), Ok(content.into()))
    }

    /// Adds a file.
    #[must_use]
    pub fn file(
        self,
        name: &str,
        file_name: &str,
        content_type: &str,
        content: impl Into<Bytes>,
    ) -> Self {
        self.part(
            name,
            Some(file_name),
            Some(content_type),
            Ok(content.into()),
        )
    }

    fn part(
        mut self,
        name: &str,
        file_name: Option<&str>,
        content_type: Option<&str>,
        content: Result<Bytes, String>,
    ) -> Self {
        self.parts.push(Part {
            name: name.to_owned(),
            file_name: file_name.map(str::to_owned),
            content_type: content_type.map(str::to_owned),
            content,
        });
        self
    }

    /// The body as it is sent; the error names the part and what is wrong with it.
    fn encode(&self, boundary: &str) -> Result<Vec<u8>, (String, String)> {
        let mut body = Vec::new();
        for part in &self.parts {
            let refuse = |reason: &str| (format!("part `{}`", part.name), reason.to_owned());
            let name = quoted(&part.name);
            body.extend_from_slice(
                format!("--{boundary}\r\nContent-Disposition: form-data; name={name}").as_bytes(),
            );
            if let Some(file_name) = &part.file_name {
                body.extend_from_slice(format!("; filename={}", quoted(file_name)).as_bytes());
            }
            if let Some(content_type) = &part.content_type {
                if !content_type
                    .bytes()
                    .all(|byte| (b' '..0x7f).contains(&byte))
                {
                    return Err(refuse("has a media type that no header can hold"));
                }
                body.extend_from_slice(format!("\r\nContent-Type: {content_type}").as_bytes());
            }
            let content = part.content.as_ref();
            let content =
                content.map_err(|error| refuse(&format!("cannot be written as JSON: {error}")))?;
            body.extend_from_slice(b"\r\n\r\n");
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        Ok(body)
    }
}

impl Parts {
    /// Sets the body to the parts of a form.
    pub fn multipart(&mut self, content_type: &str, multipart: &Multipart) {
        let boundary = boundary();
        match multipart.encode(&boundary) {
            Ok(body) => self.bytes(&format!("{content_type}; boundary={boundary}"), body),
            Err((part, reason)) => self.refuse(part, reason),
        }
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
    let bits = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", bits(), bits())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn parts_are_written_as_the_rfc_says() {
        let body = Multipart::new()
            .text("title", "Dune")
            .json("tags", &["a"])
            .bytes("raw", "application/octet-stream", vec![0, 255])
            .file("cover", "dune.png", "image/png", "png");
        let expected: &[u8] = b"--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nDune\r\n\
            --B\r\nContent-Disposition: form-data; name=\"tags\"\r\nContent-Type: application/json\r\n\r\n[\"a\"]\r\n\
            --B\r\nContent-Disposition: form-data; name=\"raw\"\r\nContent-Type: application/octet-stream\r\n\r\n\0\xff\r\n\
            --B\r\nContent-Disposition: form-data; name=\"cover\"; filename=\"dune.png\"\r\n\
            Content-Type: image/png\r\n\r\npng\r\n--B--\r\n";
        assert_eq!(body.encode("B").unwrap(), expected);
    }

    #[test]
    fn names_cannot_add_headers() {
        let body = Multipart::new().file("a\"\r\nX: 1", "x\r\n\r\ny\0", "text/plain", "");
        let text = String::from_utf8(body.encode("B").unwrap()).unwrap();
        assert!(
            text.contains("name=\"a%22%0D%0AX: 1\"; filename=\"x%0D%0A%0D%0Ay_\""),
            "{text}"
        );
        let body = Multipart::new().bytes("a", "text/plain\r\nX: 1", "");
        assert_eq!(body.encode("B").unwrap_err().0, "part `a`");
    }

    #[test]
    fn boundaries_differ() {
        assert_ne!(boundary(), boundary());
    }
}
