//! How much a document may cost; what is beyond ends with a diagnostic that names the limit.

use std::fmt;

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics};

use crate::Document;

/// How much a document may cost to read and to lower.
///
/// Each field is a limit that `--limit NAME=VALUE` sets by the name of the field. The defaults leave room for ten times
/// the largest published documents, and hold hostile ones to some seconds and less than 1 GiB.
///
/// ```
/// let mut limits = specsmith_spec::Limits::default();
/// limits.set("depth", 800)?;
/// assert_eq!(limits.depth, 800);
/// # Ok::<(), specsmith_spec::LimitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the text of one file, at most 4 GiB; 64 MiB by default.
    pub bytes: usize,
    /// Levels of nesting, at most [`Limits::MAX_DEPTH`]; 500 by default.
    pub depth: usize,
    /// Values in all, with those that aliases repeat; 8 million by default.
    pub nodes: usize,
    /// Bytes that the aliases of YAML may repeat, and references where their target is taken in, where each value counts for 64 and its text; 64 MiB by default.
    pub repeated: usize,
    /// Bytes that the model may hold of components that are used more than once; 128 MiB by default.
    pub copied: usize,
    /// Schemas and properties in all, counted once for each schema that `allOf` merges them into; 400,000 by default.
    pub merged: usize,
    /// Files that one document may consist of; 20,000 by default.
    pub files: usize,
    /// Bytes of the text of all files that a document refers to; 256 MiB by default.
    pub total_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            depth: 500,
            nodes: 8_000_000,
            repeated: 64 << 20,
            copied: 128 << 20,
            merged: 400_000,
            files: 20_000,
            total_bytes: 256 << 20,
        }
    }
}

impl Limits {
    /// The most that [`depth`](Self::depth) can be: what every step is tested with on a stack of 2 MiB.
    pub const MAX_DEPTH: usize = 1_000;

    /// The names of all limits, in the order of the fields.
    pub fn names() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|(name, ..)| *name)
    }

    /// Sets the limit of this name.
    ///
    /// # Errors
    /// When no limit has the name, or the value is more than the limit can be.
    pub fn set(&mut self, name: &str, value: usize) -> Result<(), LimitError> {
        let Some((_, most, field)) = TABLE.iter().find(|(known, ..)| *known == name) else {
            return Err(LimitError::Unknown);
        };
        if value > *most {
            return Err(LimitError::TooLarge(*most));
        }
        *field(self) = value;
        Ok(())
    }

    /// Whether a document that was put together of several parts is within the limits; reports it where it is not.
    pub(crate) fn admit(&self, document: &Document, diagnostics: &mut Diagnostics) -> bool {
        let mut open = vec![(document.root(), 0)];
        while let Some((node, depth)) = open.pop() {
            let inside = depth + usize::from(node.is_object() || node.is_array());
            if inside > self.levels() {
                let message = format!("values are nested more than {} levels deep", self.levels());
                diagnostics.report(self.exceeded("depth", message).at(node.location()));
                return false;
            }
            open.extend(
                node.items()
                    .chain(node.members().map(|(_, value)| value))
                    .map(|node| (node, inside)),
            );
        }
        true
    }

    /// The diagnostic for what is beyond the limit of this name; its help says how to raise it.
    pub(crate) fn exceeded(&self, name: &str, message: impl Into<String>) -> Diagnostic {
        let diagnostic = Diagnostic::new(Code::LimitExceeded, message);
        let Some((_, most, field)) = TABLE.iter().find(|(known, ..)| *known == name) else {
            return diagnostic;
        };
        let value = *field(&mut self.clone());
        if value >= *most {
            return diagnostic.help("this limit cannot be raised");
        }
        let raised = value.saturating_mul(2).clamp(1, *most);
        diagnostic.help(format!("`--limit {name}={raised}` raises the limit"))
    }

    /// The levels that are read, whatever the field says.
    pub(crate) fn levels(&self) -> usize {
        self.depth.min(Self::MAX_DEPTH)
    }
}

type Field = fn(&mut Limits) -> &mut usize;

/// The name of each limit, the most that it can be, and its field.
const TABLE: [(&str, usize, Field); 8] = [
    ("bytes", u32::MAX as usize, |limits| &mut limits.bytes),
    ("depth", Limits::MAX_DEPTH, |limits| &mut limits.depth),
    ("nodes", u32::MAX as usize, |limits| &mut limits.nodes),
    ("repeated", usize::MAX, |limits| &mut limits.repeated),
    ("copied", usize::MAX, |limits| &mut limits.copied),
    ("merged", usize::MAX, |limits| &mut limits.merged),
    ("files", u32::MAX as usize, |limits| &mut limits.files),
    ("total_bytes", usize::MAX, |limits| &mut limits.total_bytes),
];

/// Why a limit was not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitError {
    /// No limit has this name.
    Unknown,
    /// The limit cannot be more than this.
    TooLarge(usize),
}

impl fmt::Display for LimitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LimitError::Unknown => {
                let names: Vec<&str> = Limits::names().collect();
                write!(f, "there is no such limit; the limits are {}", names.join(", "))
            }
            LimitError::TooLarge(most) => write!(f, "this limit cannot be more than {most}"),
        }
    }
}

impl std::error::Error for LimitError {}
