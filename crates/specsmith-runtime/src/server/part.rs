//! Parts of multipart bodies as generated code describes them: a name, and how the content is written.

use super::parameter::{Encoding, Members, Spread, Style};

/// A part of a body of `multipart/form-data`.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub(crate) name: &'static str,
    pub(crate) content: PartContent,
    pub(crate) count: PartCount,
    /// The media types that a file can have; empty where it can have any.
    pub(crate) media_types: &'static str,
    pub(crate) style: Option<Encoding>,
    pub(crate) members: Members,
}

/// How the content of a part is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartContent {
    /// As text, as a parameter is.
    Text,
    /// As JSON.
    Json,
    /// As JSON where its media type says so, else as text.
    Any,
    /// It is a file.
    File,
}

/// Whether there can be several parts of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartCount {
    /// The type of the value decides.
    Any,
    /// Each is an item of a list.
    List,
}

/// What becomes of parts that the document does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// They are read over.
    Ignored,
    /// They break the contract.
    Refused,
}

/// A value that is written as text.
pub const fn value(name: &'static str) -> Part {
    Part::new(name, PartContent::Text)
}

/// A value that is written as JSON.
pub const fn json(name: &'static str) -> Part {
    Part::new(name, PartContent::Json)
}

/// A value that is written as JSON where its media type says so, else as text.
pub const fn any(name: &'static str) -> Part {
    Part::new(name, PartContent::Any)
}

/// A file.
pub const fn file(name: &'static str) -> Part {
    Part::new(name, PartContent::File)
}

impl Part {
    const fn new(name: &'static str, content: PartContent) -> Self {
        Self {
            name,
            content,
            count: PartCount::Any,
            media_types: "",
            style: None,
            members: Members::Own,
        }
    }

    /// The same part as one of several, each an item of a list.
    #[must_use]
    pub const fn list(mut self) -> Self {
        self.count = PartCount::List;
        self
    }

    /// The same part as a file of one of these media types.
    #[must_use]
    pub const fn of(mut self, media_types: &'static str) -> Self {
        self.media_types = media_types;
        self
    }

    /// The same part in a style: each pair that the value has there is a part.
    #[must_use]
    pub const fn style(mut self, encoding: Encoding) -> Self {
        self.style = Some(encoding);
        self
    }

    /// The same part as an object whose members are parts of their own, of these names.
    #[must_use]
    pub const fn members(mut self, names: &'static [&'static str]) -> Self {
        self.members = Members::Named(names);
        self
    }

    /// Whether a part of this name belongs to it.
    pub(crate) fn takes(&self, name: &str) -> bool {
        if self.members != Members::Own {
            return self.members.include(name);
        }
        match self.style {
            Some(encoding) if encoding.style == Style::DeepObject => {
                let inner = name.strip_prefix(self.name);
                inner.is_some_and(|inner| inner.is_empty() || inner.starts_with('['))
            }
            _ => name == self.name,
        }
    }

    /// The style in which a value is one text.
    pub(crate) fn joined(&self) -> Option<Encoding> {
        self.style.filter(|encoding| {
            encoding.spread == Spread::Joined && encoding.style != Style::DeepObject
        })
    }
}
