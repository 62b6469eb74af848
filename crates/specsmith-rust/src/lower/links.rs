//! Links: calls that responses lead to, as functions of the type that stands for an operation.

use std::collections::BTreeMap;

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{self as ir, OperationId};

use super::context::Context;
use super::memory::Member;
use super::{docs, status};
use crate::model::{BodyKind, Group, Link, Operation, Outcome};
use crate::naming::{Case, Scope, words};

/// Functions that the type of an operation has already.
const FUNCTIONS: &[&str] = &["borrow", "clone", "fmt", "from", "into", "read", "type_id"];

/// What is known about the body of an operation that a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NeededBody {
    /// None must be sent.
    None,
    /// JSON, which a caller can give.
    Json,
    /// Of another kind.
    Other,
}

/// Gives operations their links.
pub(super) fn lower(cx: &mut Context<'_>, groups: &mut [Group]) {
    let api = cx.api;
    let has_links = |operation: &ir::Operation| operation.responses.iter().any(|response| !response.links.is_empty());
    if !api.operations.iter().any(has_links) {
        return;
    }
    let all = groups.iter().flat_map(|group| &group.operations);
    let bodies: BTreeMap<OperationId, NeededBody> = all.map(|operation| (operation.source, body(operation))).collect();
    for operation in groups.iter_mut().flat_map(|group| &mut group.operations) {
        if let Some(source) = api.operation(operation.source) {
            operation.links = links(cx, source, operation, &bodies);
        }
    }
}

fn body(operation: &Operation) -> NeededBody {
    match operation.body.as_ref().filter(|body| body.required) {
        None => NeededBody::None,
        Some(body) if matches!(body.kind, BodyKind::Json(_)) => NeededBody::Json,
        Some(_) => NeededBody::Other,
    }
}

fn links(
    cx: &mut Context<'_>,
    source: &ir::Operation,
    operation: &Operation,
    bodies: &BTreeMap<OperationId, NeededBody>,
) -> Vec<Link> {
    let place = cx.identities.of_operation(operation.source.0 as usize);
    let mut found: Vec<(ir::Status, Outcome, &ir::Link)> = Vec::new();
    for response in &source.responses {
        let mut known = operation.responses.list.iter();
        // A default that is a success, too, comes first as one.
        let Some(outcome) = known
            .find(|known| known.status == response.status)
            .map(|known| known.outcome)
        else {
            continue;
        };
        for link in &response.links {
            let is_same = |(_, of, other): &(ir::Status, Outcome, &ir::Link)| {
                *of == outcome && outcome == Outcome::Success && is_same(other, link)
            };
            if found.iter().any(is_same) {
                continue;
            }
            match bodies.get(&link.target) {
                Some(NeededBody::Other) if link.body.is_none() => {
                    let message = "nothing is generated for links to operations whose body is not JSON";
                    cx.report(Diagnostic::new(Code::NotGenerated, message).at(link.location));
                }
                Some(_) => found.push((response.status, outcome, link)),
                None => {}
            }
        }
    }
    let members = found.iter().map(|(of, _, link)| {
        let plain = words(&link.name);
        let with_status = [plain.clone(), status::words(*of)].concat();
        let place = place.inside(&["links", &of.to_string(), &link.name]);
        Member::new(place, vec![plain, with_status])
    });
    let members = members.collect();
    let names = cx.memory.members(&mut Scope::new(Case::Snake, &[FUNCTIONS]), members);
    let named = found.into_iter().zip(names);
    named
        .map(|((status, outcome, link), name)| Link {
            name,
            source: link.clone(),
            status,
            outcome,
            docs: docs::prose(&link.docs),
        })
        .collect()
}

/// Whether two links of one name make the same call.
fn is_same(one: &ir::Link, other: &ir::Link) -> bool {
    (&one.name, one.target, &one.parameters, &one.body) == (&other.name, other.target, &other.parameters, &other.body)
}
