//! [`XmlError`]: why XML could not be read or written.

use std::fmt;

use super::super::codec::JsonError;

/// Why XML could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlError {
    kind: XmlErrorKind,
    message: String,
    pointer: String,
}

/// What is wrong with XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum XmlErrorKind {
    /// The text is not XML, or has what is not accepted: a document type, elements that stand too deep.
    Syntax,
    /// The text is XML, and not what it should say.
    Data,
}

impl XmlError {
    /// Text that is not XML.
    pub(super) fn syntax(message: impl Into<String>) -> Self {
        Self {
            kind: XmlErrorKind::Syntax,
            message: message.into(),
            pointer: String::new(),
        }
    }

    /// A value that is not what it should be.
    pub(super) fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            kind: XmlErrorKind::Data,
            message: message.into(),
            pointer: pointer.into(),
        }
    }

    /// A value that is not of its type.
    pub(super) fn data(error: &JsonError) -> Self {
        Self::new(error.pointer(), error.message())
    }

    /// Whether the text is not XML at all, or does not say what it should.
    pub fn kind(&self) -> XmlErrorKind {
        self.kind
    }

    /// What is wrong, without the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The way to the value that is wrong as a JSON Pointer (RFC 6901), by the names of properties; empty for the whole
    /// document.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &*self.pointer {
            "" => Ok(()),
            pointer => write!(f, " at `{pointer}`"),
        }
    }
}

impl std::error::Error for XmlError {}
