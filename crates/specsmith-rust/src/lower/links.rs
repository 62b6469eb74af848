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

/// What a link can lead to.
#[derive(Debug, Clone, Copy)]
struct Target {
    /// The places of the group, and of the operation in it.
    place: (usize, usize),
    body: NeededBody,
}

/// Gives operations their links.
pub(super) fn lower(cx: &mut Context<'_>, groups: &mut [Group]) {
    let api = cx.api;
    let has_links = |operation: &ir::Operation| operation.responses.iter().any(|response| !response.links.is_empty());
    if !api.operations.iter().any(has_links) {
        return;
    }
    let mut targets = BTreeMap::new();
    for (group, of) in groups.iter().enumerate() {
        for (place, operation) in of.operations.iter().enumerate() {
            let target = Target {
                place: (group, place),
                body: body(operation),
            };
            targets.insert(operation.source, target);
        }
    }
    for operation in groups.iter_mut().flat_map(|group| &mut group.operations) {
        if let Some(source) = api.operation(operation.source) {
            operation.links = links(cx, source, operation, &targets);
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
    targets: &BTreeMap<OperationId, Target>,
) -> Vec<Link> {
    let place = cx.identities.of_operation(operation.source.0 as usize);
    let mut found: Vec<(ir::Status, Outcome, &ir::Link, (usize, usize))> = Vec::new();
    let mut successes: BTreeMap<&str, Vec<&ir::Link>> = BTreeMap::new();
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
            let Some(target) = targets.get(&link.target) else {
                continue;
            };
            if target.body == NeededBody::Other && link.body.is_none() {
                let message = "nothing is generated for links to operations whose body is not JSON";
                cx.report(Diagnostic::new(Code::NotGenerated, message).at(link.location));
                continue;
            }
            if outcome == Outcome::Success {
                let same = successes.entry(&link.name).or_default();
                if same.iter().any(|known| is_same(known, link)) {
                    continue;
                }
                same.push(link);
            }
            found.push((response.status, outcome, link, target.place));
        }
    }
    let members = found.iter().map(|(of, _, link, _)| {
        let plain = words(&link.name);
        let with_status = [plain.clone(), status::words(*of)].concat();
        let place = place.inside(&["links", &of.to_string(), &link.name]);
        Member::new(place, vec![plain, with_status])
    });
    let members = members.collect();
    let names = cx.memory.members(&mut Scope::new(Case::Snake, &[FUNCTIONS]), members);
    let named = found.into_iter().zip(names);
    named
        .map(|((status, outcome, link, target), name)| Link {
            name,
            source: link.clone(),
            target,
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
