//! OpenAPI Overlays: changes to a document that stand in a document of their own (Overlay Specification 1.0 to 1.2).
//!
//! Values of an overlay keep their place in the overlay, what they are merged into keeps its own. An action that cannot be
//! applied is an error: nobody writes one that is to do nothing.

mod action;
mod extends;
mod grammar;
mod merge;
mod query;
mod segment;
#[cfg(test)]
mod tests;
mod tree;
mod unmatched;

use std::path::PathBuf;

use specsmith_diagnostics::{Diagnostics, SourceMap};

use self::{action::Actions, tree::Tree};
use crate::{Document, Limits, Source, read};

/// The document that overlays are applied to, as far as an overlay can name it.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// The name that diagnostics print.
    pub name: String,
    /// The file that it was read from.
    pub path: Option<PathBuf>,
}

/// Applies an overlay to a document.
///
/// Actions that cannot be applied are reported, and the others are. Returns `None` after reporting why, when the overlay
/// cannot be read, is no overlay of a version that is read, or makes the document exceed the limits.
pub(crate) fn apply(
    document: &Document,
    target: &Target,
    overlay: Source,
    limits: &Limits,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let path = overlay.path.clone();
    let overlay = read(overlay, limits, sources, diagnostics)?;
    let root = overlay.root();
    let version = grammar::check(root, diagnostics)?;
    extends::check(root, path.as_deref(), document.root(), target, diagnostics);
    let mut actions = Actions {
        tree: Tree::new(document),
        version,
        limits,
        sources,
        diagnostics,
    };
    for action in root.get("actions").into_iter().flat_map(|actions| actions.items()) {
        actions.apply(action, root)?;
    }
    Some(actions.tree.finish())
}
