//! The page of status codes: which there are, what errors look like, and the kinds of problems that the document names.

use std::collections::BTreeMap;

use specsmith_ir::{Content, OperationId, Response, Shape, Status, TypeId, Value};

use crate::constraint;
use crate::context::Context;
use crate::escape::{cell, code, text};
use crate::exchange::status;
use crate::message;
use crate::pages::Folder;
use crate::view;

/// How many operations are named beside a status.
const MAX_OPERATIONS: usize = 6;
/// How many kinds of problems are listed.
const MAX_PROBLEMS: usize = 100;
/// The members that tell kinds of problems apart: that of RFC 9457, section 3.1.1, and those that others use.
const KINDS: [&str; 3] = ["type", "code", "error"];

/// The page of status codes.
pub(crate) fn page(cx: &Context<'_>) -> view::Statuses {
    let errors = errors(cx).into_iter().map(|error| view::ErrorBody {
        body: cell(&error.body),
        statuses: error.statuses.join(", "),
        operations: counted(error.operations, "operation"),
    });
    view::Statuses {
        title: cx.pages.title(cx.pages.statuses()),
        statuses: statuses(cx),
        errors: errors.collect(),
        problems: problems(cx),
    }
}

/// `1 operation`, `2 operations`, `2 bodies`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (count, Some(start)) => format!("{count} {start}ies"),
        (count, None) => format!("{count} {noun}s"),
    }
}

fn statuses(cx: &Context<'_>) -> Vec<view::Status> {
    let mut all: BTreeMap<Status, Vec<OperationId>> = BTreeMap::new();
    for (id, operation) in cx.api.operations() {
        for response in &operation.responses {
            all.entry(response.status).or_default().push(id);
        }
    }
    let rows = all.into_iter().map(|(of, operations)| view::Status {
        status: status(of),
        meaning: meaning(of),
        operations: named(cx, &operations),
    });
    rows.collect()
}

/// What a status means (RFC 9110, section 15, and the registry of IANA).
fn meaning(status: Status) -> String {
    match status {
        Status::Code(code) => http::StatusCode::from_u16(code)
            .ok()
            .and_then(|code| code.canonical_reason())
            .unwrap_or_default()
            .to_owned(),
        Status::Class(1) => "Any interim response".to_owned(),
        Status::Class(2) => "Any success".to_owned(),
        Status::Class(3) => "Any redirection".to_owned(),
        Status::Class(4) => "Any error of the client".to_owned(),
        Status::Class(_) => "Any error of the server".to_owned(),
        Status::Default => "Any status that is not listed at the operation".to_owned(),
    }
}

/// Links to some operations, and how many more there are.
fn named(cx: &Context<'_>, operations: &[OperationId]) -> String {
    let links = operations.iter().take(MAX_OPERATIONS).filter_map(|id| {
        let (_, operation) = cx.operation(*id)?;
        let way = cx.pages.operation_link(*id, Folder::Root);
        Some(format!("[{}]({way})", code(operation.function.unraw())))
    });
    let mut links: Vec<String> = links.collect();
    let more = operations.len().saturating_sub(MAX_OPERATIONS);
    links.extend((more > 0).then(|| format!("{more} more")));
    links.join(", ")
}

/// A body of errors.
pub(crate) struct Told {
    /// What it is, with links.
    pub(crate) body: String,
    /// The statuses that it comes with.
    statuses: Vec<String>,
    /// How many operations tell errors so.
    pub(crate) operations: usize,
}

/// The bodies of errors, the most usual first.
pub(crate) fn errors(cx: &Context<'_>) -> Vec<Told> {
    let mut all: Vec<Told> = Vec::new();
    for operation in &cx.api.operations {
        let mut counted: Vec<String> = Vec::new();
        for (response, content) in error_bodies(&operation.responses) {
            let ty = message::ty(cx, content, Folder::Root);
            // Text, or an object without a name, says nothing of errors as such.
            if ty.is_empty() || !ty.contains("](") {
                continue;
            }
            let body = match content.media_type.essence() {
                "application/json" => ty,
                _ => format!("{ty} as {}", code(content.media_type.as_str())),
            };
            let place = match all.iter().position(|told| told.body == body) {
                Some(place) => place,
                None => {
                    all.push(Told {
                        body: body.clone(),
                        statuses: Vec::new(),
                        operations: 0,
                    });
                    all.len() - 1
                }
            };
            let Some(told) = all.get_mut(place) else { continue };
            let of = status(response.status);
            if !told.statuses.contains(&of) {
                told.statuses.push(of);
            }
            if !counted.contains(&body) {
                told.operations += 1;
                counted.push(body);
            }
        }
    }
    all.sort_by_key(|told| std::cmp::Reverse(told.operations));
    for told in &mut all {
        told.statuses.sort();
    }
    all
}

/// The bodies of responses that tell errors; that of `default` does where successes have responses of their own.
fn error_bodies(responses: &[Response]) -> impl Iterator<Item = (&Response, &Content)> {
    let is_success = |response: &Response| matches!(response.status, Status::Code(..=399) | Status::Class(..=3));
    let has_success = responses.iter().any(is_success);
    let errors = responses
        .iter()
        .filter(move |response| !is_success(response) && (has_success || response.status != Status::Default));
    errors.flat_map(|response| response.content.iter().map(move |content| (response, content)))
}

/// The kinds of problems that schemas and examples of errors name.
fn problems(cx: &Context<'_>) -> Vec<view::Problem> {
    let mut problems: BTreeMap<String, view::Problem> = BTreeMap::new();
    let bodies = cx.api.operations.iter();
    let bodies = bodies.flat_map(|operation| error_bodies(&operation.responses));
    let mut looked_at = std::collections::BTreeSet::new();
    for (response, content) in bodies {
        let of_type = content.ty.filter(|ty| looked_at.insert(*ty));
        let examples = content.examples.iter().filter_map(|example| example.value.as_ref());
        let typed = of_type.map(|ty| (&cx.ty(cx.resolve(ty)).docs.examples, kinds(cx, ty)));
        let (of_schema, kinds) = typed.unzip();
        let of_schema = of_schema
            .into_iter()
            .flatten()
            .filter_map(|example| example.value.as_ref());
        for value in examples.chain(of_schema) {
            let Some(kind) = KINDS.iter().find_map(|name| value.get(name)?.as_str()) else {
                continue;
            };
            let said = |name: &str| value.get(name).and_then(Value::as_str).map(text);
            let title = said("title").or_else(|| said("message")).unwrap_or_default();
            let row = problems
                .entry(kind.to_owned())
                .or_insert_with(|| problem(kind, String::new()));
            row.title = if row.title.is_empty() {
                cell(&title)
            } else {
                row.title.clone()
            };
            let of = status(response.status);
            if !row.statuses.split(", ").any(|known| known == of) {
                let separator = if row.statuses.is_empty() { "" } else { ", " };
                row.statuses.push_str(&format!("{separator}{of}"));
            }
        }
        for (kind, title) in kinds.into_iter().flatten() {
            problems.entry(kind.clone()).or_insert_with(|| problem(&kind, title));
        }
    }
    problems.into_values().take(MAX_PROBLEMS).collect()
}

fn problem(kind: &str, title: String) -> view::Problem {
    view::Problem {
        kind: cell(&code(kind)),
        title,
        statuses: String::new(),
    }
}

/// The kinds of problems that the schema of an error lists, with their meanings.
fn kinds(cx: &Context<'_>, ty: TypeId) -> Vec<(String, String)> {
    let Some(object) = cx.object(ty) else {
        return Vec::new();
    };
    let field = KINDS
        .iter()
        .find_map(|name| object.fields.iter().find(|field| field.name == *name));
    let shape = field.map(|field| &cx.ty(cx.resolve(field.ty)).shape);
    match shape {
        Some(Shape::Enum(values)) => values
            .values
            .iter()
            .map(|value| {
                let says = value.description.as_deref().map(crate::escape::inline);
                (constraint::bare(&value.value), cell(&says.unwrap_or_default()))
            })
            .collect(),
        Some(Shape::Const(value)) => vec![(constraint::bare(value), String::new())],
        _ => Vec::new(),
    }
}
