//! Schema Objects to types.

use specsmith_ir::{Origin, TypeId};

use super::context::Context;
use crate::Node;

impl<'d> Context<'d, '_> {
    /// The type of a schema that stands at `origin`; the same node gives the same type each time.
    ///
    /// A `$ref` to a named schema gives the type of that schema.
    pub(super) fn schema(&mut self, node: Node<'d>, origin: Origin) -> TypeId {
        self.types.reserve(origin, node.location())
    }
}
