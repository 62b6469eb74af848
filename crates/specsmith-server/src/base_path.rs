//! The path that all paths of a server are below.

use specsmith_rust::Model;

use crate::Options;

/// The path, with `/` in front and none at its end; empty where there is none.
pub(crate) fn of(model: &Model, options: &Options) -> String {
    specsmith_ir::base_path(&model.servers, options.base_path.as_deref())
}

/// Whether a router of axum takes it as it is.
pub(crate) fn is_plain(path: &str) -> bool {
    !path.contains(['{', '}', ':', '*'])
}
