//! What a document says to people.

use crate::Value;

/// The prose of a thing; CommonMark as the author wrote it, untrusted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Docs {
    /// A short name or summary, one line.
    pub title: Option<String>,
    /// The description, CommonMark.
    pub description: Option<String>,
    /// Where more is to be read.
    pub external_docs: Option<ExternalDocs>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Why it should no longer be used, where the document says that apart from the description.
    pub deprecation: Option<String>,
    /// Example values.
    pub examples: Vec<Example>,
}

/// A link to more documentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalDocs {
    /// The address, as written.
    pub url: String,
    /// What is there.
    pub description: Option<String>,
}

/// An example value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The key among named examples.
    pub name: Option<String>,
    /// A short description.
    pub summary: Option<String>,
    /// The value itself; `None` where the document only links to one.
    pub value: Option<Value>,
}
