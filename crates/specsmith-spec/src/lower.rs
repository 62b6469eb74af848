//! [`Document`] to [`Api`]: decides what a document means.

mod context;
mod reference;
mod schema;

use specsmith_diagnostics::Diagnostics;
use specsmith_ir::Api;

use crate::Document;

/// Lowers a document to the intermediate model.
///
/// What cannot be expressed is reported, and only its place degrades. Returns `None` after reporting why, when the
/// document as a whole is not an OpenAPI document of a version that is read.
pub fn lower(_document: &Document, _diagnostics: &mut Diagnostics) -> Option<Api> {
    None
}
