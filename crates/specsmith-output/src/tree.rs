//! Files in memory.

use std::collections::BTreeMap;

use crate::Origin;

/// Files in memory: relative paths with `/` between their parts, and texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileTree {
    files: BTreeMap<String, String>,
    origin: Option<Origin>,
}

impl FileTree {
    /// A tree without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file; one of the same path is replaced.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        let mut text = text.into();
        // Texts grow by doubling, and stay until all are written.
        text.shrink_to_fit();
        self.files.insert(path.into(), text);
    }

    /// Says what the tree was made from, for the manifest of its folder.
    pub fn set_origin(&mut self, origin: Origin) {
        self.origin = Some(origin);
    }

    /// What the tree was made from, where somebody said so.
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl<const N: usize> From<[(String, String); N]> for FileTree {
    fn from(files: [(String, String); N]) -> Self {
        Self {
            files: files.into(),
            origin: None,
        }
    }
}
