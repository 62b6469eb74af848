//! Diagnostics: what specsmith tells its user about a document, and where.
//!
//! A [`Diagnostic`] has a [`Code`], a [`Severity`], a message and usually a [`Location`]: a byte range of one file of
//! a [`SourceMap`]. Phases that can report take `&mut` [`Diagnostics`], which gives each the severity that the
//! [`Levels`] of the user ask for. Nothing is printed here: the renderers in [`render`] make text of [`Findings`] for a
//! terminal, and for programs JSON, SARIF and annotations of GitHub.

mod code;
mod diagnostic;
mod findings;
mod levels;
mod location;
pub mod render;
mod source_map;
mod suggest;

pub use code::{Code, Severity};
pub use diagnostic::{Diagnostic, Diagnostics, Related};
pub use findings::Findings;
pub use levels::{Codes, Level, LevelError, Levels};
pub use location::{FileId, LineColumn, Location};
pub use source_map::{SourceFile, SourceMap};
pub use suggest::closest;
