//! Doc text that is safe in a Rust doc comment.

/// The text of a doc comment: our own words and, made harmless, words of the document.
///
/// Words of the document go through [`foreign`](Prose::foreign): no live doctest, HTML, intra-doc link or control
/// character comes out of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose(String);

impl Prose {
    /// No text.
    pub fn new() -> Self {
        Self::default()
    }

    /// The text, CommonMark for rustdoc, without trailing white space.
    pub fn as_str(&self) -> &str {
        self.0.trim_end()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }
}
