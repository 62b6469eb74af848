//! What there is to say about a document, with the texts it is about.

use std::fmt;

use specsmith_diagnostics::{Diagnostics, SourceMap};

/// What there is to say about a document, with the texts it is about.
///
/// Displays as a terminal shows it, without colours.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// Errors, warnings and notes, in the order in which they were found.
    pub diagnostics: Diagnostics,
    /// The documents that were read.
    pub sources: SourceMap,
}

impl Findings {
    /// The text that a terminal shows, with colours.
    pub fn render(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.diagnostics {
            writeln!(f, "{}: {}", diagnostic.code, diagnostic.message)?;
        }
        Ok(())
    }
}
