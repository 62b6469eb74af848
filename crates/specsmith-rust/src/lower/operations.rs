//! Operations: what a call is made of.

use specsmith_ir as ir;

use super::context::Context;
use super::names::OperationNames;
use super::{bodies, docs, parameters, responses};
use crate::model::Operation;
use crate::{Deprecation, Ident};

/// The operation of this place in the API.
pub(super) fn lower(cx: &mut Context<'_>, index: usize, names: &OperationNames, method: Ident) -> Option<Operation> {
    let operation: &ir::Operation = cx.api.operations.get(index)?;
    let place = cx.identities.of_operation(index);
    Some(Operation {
        source: ir::OperationId(u32::try_from(index).unwrap_or(u32::MAX)),
        id: operation
            .name
            .clone()
            .unwrap_or_else(|| names.function.unraw().to_owned()),
        part: None,
        method,
        function: names.function.clone(),
        name: names.name.clone(),
        parameters_name: names.parameters.clone(),
        http_method: operation.method.clone(),
        path: operation.path.clone(),
        docs: docs::prose(&operation.docs),
        deprecated: Deprecation::of(&operation.docs),
        parameters: parameters::lower(cx, operation, &place),
        body: bodies::lower(cx, operation),
        responses: responses::lower(cx, operation, names, &place),
        security: operation.security.clone(),
        servers: operation.servers.clone(),
    })
}
