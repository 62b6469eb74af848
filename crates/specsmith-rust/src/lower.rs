//! [`Api`] to [`Model`]: names, Rust types, boxing.

use specsmith_diagnostics::Diagnostics;
use specsmith_ir::Api;

use crate::Model;

/// Lowers an API to what Rust needs to say it.
///
/// What Rust or this version of specsmith cannot say is reported and degrades at its place.
pub fn lower(_api: &Api, _diagnostics: &mut Diagnostics) -> Model {
    Model::default()
}
