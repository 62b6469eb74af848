//! Renderers: findings as text for a terminal, and for programs as JSON, SARIF and annotations of GitHub.

mod drift;
pub mod github;
pub mod json;
mod paths;
pub mod sarif;
pub mod terminal;
mod visible;

pub use drift::Drift;
pub use paths::Base;
pub use visible::is_hidden;

use crate::{Diagnostic, render::visible::line};

/// How many columns of a text are kept in formats that people read in the end.
const TEXT_COLUMNS: usize = 1000;

/// What a diagnostic says, without its place: the message, the words under the mark, and the help on a line of its own.
fn text(diagnostic: &Diagnostic) -> String {
    let mut text = line(&diagnostic.message, TEXT_COLUMNS);
    if let Some(label) = &diagnostic.label {
        text.push_str(": ");
        text.push_str(&line(label, TEXT_COLUMNS));
    }
    for (index, help) in diagnostic.help.iter().flat_map(|help| help.lines()).enumerate() {
        text.push_str(if index == 0 { "\nhelp: " } else { "\n" });
        text.push_str(&line(help, TEXT_COLUMNS));
    }
    text
}
