//! What all steps of lowering share.

use std::collections::BTreeMap;

use specsmith_diagnostics::{Diagnostic, Diagnostics};
use specsmith_ir::{TypeId, Types};

use crate::{Document, NodeId};

/// The state of lowering one document.
pub(super) struct Context<'d, 'a> {
    /// The document.
    pub document: &'d Document,
    /// The version it is written in.
    pub version: Version,
    /// Where findings go.
    pub diagnostics: &'a mut Diagnostics,
    /// The types so far.
    pub types: Types,
    /// The type of each schema node that was lowered or is being lowered: one node, one type.
    pub schemas: BTreeMap<NodeId, TypeId>,
}

/// The versions of OpenAPI that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// OpenAPI 3.0.x
    V3_0,
    /// OpenAPI 3.1.x
    V3_1,
}

impl Context<'_, '_> {
    /// Reports a finding.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.report(diagnostic);
    }
}
