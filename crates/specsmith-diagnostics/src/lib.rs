//! Diagnostics: what specsmith tells its user about a document, and where.
//!
//! A [`Diagnostic`] has a [`Code`], a [`Severity`], a message and usually a [`Location`]: a byte range of one file of
//! a [`SourceMap`]. Phases that can report take `&mut` [`Diagnostics`]; nothing is printed here, the renderers in
//! [`render`] make text for a terminal.

mod code;
mod diagnostic;
mod location;
pub mod render;
mod source_map;
mod suggest;

pub use code::{Code, Severity};
pub use diagnostic::{Diagnostic, Diagnostics, Related};
pub use location::{FileId, LineColumn, Location};
pub use source_map::{SourceFile, SourceMap};
pub use suggest::closest;
