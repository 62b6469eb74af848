//! Media types and what they mean for a body.

use std::fmt;

/// A media type or range such as `application/json; charset=utf-8` or `image/*` (RFC 9110, section 8.3.1).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MediaType {
    text: String,
    essence: String,
}

impl MediaType {
    /// Takes the text of a media type; `None` if it has no `type/subtype` of token characters or holds controls.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let (main, sub) = essence.split_once('/')?;
        let visible = text.bytes().all(|byte| (0x20..0x7f).contains(&byte));
        (is_token(main) && is_token(sub) && visible).then(|| Self {
            text: text.to_owned(),
            essence: essence.clone(),
        })
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// `type/subtype` in lower case, without parameters.
    pub fn essence(&self) -> &str {
        &self.essence
    }

    /// `application/json`, `text/json` or anything with the suffix `+json`.
    pub fn is_json(&self) -> bool {
        matches!(self.essence.as_str(), "application/json" | "text/json") || self.essence.ends_with("+json")
    }

    /// `application/x-www-form-urlencoded`.
    pub fn is_form(&self) -> bool {
        self.essence == "application/x-www-form-urlencoded"
    }

    /// Any `multipart/...`.
    pub fn is_multipart(&self) -> bool {
        self.essence.starts_with("multipart/")
    }

    /// `application/xml`, `text/xml` or anything with the suffix `+xml`.
    pub fn is_xml(&self) -> bool {
        matches!(self.essence.as_str(), "application/xml" | "text/xml") || self.essence.ends_with("+xml")
    }

    /// `application/yaml` and its older names, or anything with the suffix `+yaml`.
    pub fn is_yaml(&self) -> bool {
        matches!(self.essence.as_str(), "application/yaml" | "application/x-yaml") || self.essence.ends_with("+yaml")
    }

    /// `text/...` that is neither JSON nor XML nor an event stream.
    pub fn is_text(&self) -> bool {
        self.essence.starts_with("text/") && !self.is_json() && !self.is_xml() && !self.is_event_stream()
    }

    /// `text/event-stream`.
    pub fn is_event_stream(&self) -> bool {
        self.essence == "text/event-stream"
    }

    /// JSON texts one after the other: JSON Lines, NDJSON, JSON text sequences.
    pub fn is_json_sequence(&self) -> bool {
        matches!(
            self.essence.as_str(),
            "application/jsonl" | "application/x-ndjson" | "application/ndjson" | "application/json-seq"
        )
    }

    /// A range such as `*/*` or `image/*`.
    pub fn is_range(&self) -> bool {
        self.essence.ends_with("/*")
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
