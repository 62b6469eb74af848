//! Operations: what a call is made of.

use specsmith_ir as ir;

use super::context::Context;
use super::names::OperationNames;
use super::{bodies, docs, parameters, responses};
use crate::model::Operation;
use crate::naming::Scope;
use crate::{Deprecation, Ident};

/// The operation of this place in the API.
///
/// `methods` are the names of all methods of its group.
pub(super) fn lower(
    cx: &mut Context<'_>,
    index: usize,
    names: &OperationNames,
    method: Ident,
    methods: &mut Scope,
) -> Option<Operation> {
    let operation: &ir::Operation = cx.api.operations.get(index)?;
    let place = cx.identities.of_operation(index);
    let parameters = parameters::lower(cx, operation, &place);
    let mut bodies = bodies::lower(cx, index, names, &method, methods, &parameters).into_iter();
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
        parameters,
        body: bodies.next(),
        other_bodies: bodies.collect(),
        content_name: names.content.clone(),
        responses: responses::lower(cx, operation, names, &place),
        security: operation.security.clone(),
        // Decided when all operations are known.
        caller: None,
        servers: operation.servers.clone(),
        pagination: None,
        links: Vec::new(),
        retirement: operation.retirement.clone(),
        body_limit: operation.body_limit,
    })
}
