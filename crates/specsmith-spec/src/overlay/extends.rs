//! `extends`: whether an overlay was written for the document that it is applied to.

use std::path::{Component, Path, PathBuf};

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics};

use super::Target;
use crate::Node;

/// Notes that an overlay names another document than the one that it is applied to, which stands in `path`.
///
/// What it names is only compared, never opened: an address by its last segment, since a copy of the document is as good.
pub(super) fn check(
    overlay: Node<'_>,
    path: Option<&Path>,
    document: Node<'_>,
    target: &Target,
    diagnostics: &mut Diagnostics,
) {
    let Some(extends) = overlay.get("extends") else { return };
    let Some(text) = extends.as_str() else { return };
    if document.get("$self").and_then(Node::as_str) == Some(text) || is_same(text, path, target) {
        return;
    }
    let message = format!("the overlay is for `{text}`, and is applied to `{}`", target.name);
    diagnostics.report(Diagnostic::new(Code::OverlayExtends, message).at(extends.location()));
}

fn is_same(extends: &str, overlay: Option<&Path>, target: &Target) -> bool {
    if let (false, Some(overlay), Some(document)) = (extends.contains("://"), overlay, &target.path) {
        let named = overlay.parent().unwrap_or(Path::new("")).join(extends);
        return absolute(&named) == absolute(document);
    }
    let last = |path: &str| path.rsplit(['/', '\\']).next().map(str::to_owned);
    let without_query = extends.split(['?', '#']).next().unwrap_or_default();
    last(without_query) == last(&target.name)
}

/// The path from the root, without `.` and `..`; `None` where the current folder cannot be had.
fn absolute(path: &Path) -> Option<PathBuf> {
    let mut found = PathBuf::new();
    for component in std::path::absolute(path).ok()?.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                found.pop();
            }
            other => found.push(other),
        }
    }
    Some(found)
}
