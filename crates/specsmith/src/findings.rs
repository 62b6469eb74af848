//! What there is to say about a document, with the texts it is about.

use std::fmt;

use specsmith_diagnostics::{
    Diagnostics, SourceMap,
    render::terminal::{self, Color},
};

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
    /// The text that a terminal shows, with colours, and a line that counts; empty where there is nothing to say.
    pub fn render(&self, color: Color) -> String {
        let mut text = terminal::render(&self.diagnostics, &self.sources, color);
        if !self.diagnostics.is_empty() {
            text.push('\n');
            text.push_str(&terminal::summary(&self.diagnostics));
            text.push('\n');
        }
        text
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Color::Never))
    }
}
