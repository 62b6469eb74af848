//! What is called, what it sends, and what is answered.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use specsmith_ir::{self as ir, Api, PathPart, Status};
use specsmith_rust::{
    Model,
    model::{Group, Operation, Outcome, ResponseBody, RustType, SentBody, SentResponse},
};

use crate::calls::chain::{Chain, Chains, Extent, Receiver, TEXT, is_told_in_xml};

/// How many calls are tried in each way, each with other values: some values of a schema fail a rule that they were not
/// made for.
const TRIES: usize = 2;

/// An operation that is called.
pub(crate) struct Called<'m> {
    pub operation: &'m Operation,
    /// The calls, each with the place of its answer.
    pub calls: Vec<(Chain, usize)>,
    pub answers: Vec<Answer<'m>>,
}

/// What a handler answers, and what arrives of it.
pub(crate) struct Answer<'m> {
    pub sent: &'m SentResponse,
    /// The variant of the client, where it arrives as one; empty where there is just one body.
    pub variant: String,
    pub status: u16,
    pub value: Value,
}

/// All calls of a document, and the operations that cannot be called.
pub(crate) struct Plan<'m> {
    pub called: Vec<Called<'m>>,
    pub left_out: Vec<String>,
}

impl<'m> Plan<'m> {
    pub(crate) fn new(api: &'m Api, model: &'m Model, most: usize) -> Self {
        let mut chains = Chains::new(api, model, Receiver::Server);
        let mut plan = Plan {
            called: Vec::new(),
            left_out: Vec::new(),
        };
        let operations: Vec<_> = model.operations().collect();
        let mut first: BTreeMap<String, ir::OperationId> = BTreeMap::new();
        for (_, operation) in &operations {
            let first = first.entry(shape(operation)).or_insert(operation.source);
            *first = operation.source.min(*first);
        }
        let step = operations.len().div_ceil(most).max(1);
        for (group, operation) in operations.into_iter().step_by(step) {
            // Of several that no request tells apart, the first is called.
            if first.get(&shape(operation)) != Some(&operation.source) {
                plan.left_out.push(format!("{} (the same path)", operation.id));
                continue;
            }
            let Some(source) = api.operation(operation.source) else {
                continue;
            };
            let answers = answers(&mut chains, model, source, operation);
            if answers.is_empty() {
                plan.left_out.push(format!("{} (no answer)", operation.id));
                continue;
            }
            let calls = calls(&mut chains, (group, operation), answers.len(), &mut plan.left_out);
            plan.called.push(Called {
                operation,
                calls,
                answers,
            });
        }
        plan
    }
}

/// The calls of an operation, at least one for each answer.
fn calls(
    chains: &mut Chains<'_>,
    (group, operation): (&Group, &Operation),
    answers: usize,
    left_out: &mut Vec<String>,
) -> Vec<(Chain, usize)> {
    let first = operation.bodies().next();
    let others = operation.bodies().skip(1).map(|body| (Some(body), Extent::Everything));
    let ways: Vec<_> = [(first, Extent::Required), (first, Extent::Everything)]
        .into_iter()
        .chain(others)
        .collect();
    let mut calls = Vec::new();
    for way in 0..ways.len().max(answers) {
        let (body, extent) = ways[way % ways.len()];
        let before = calls.len();
        for _ in 0..TRIES {
            let chain = chains.make((group, operation), body, extent);
            calls.extend(chain.map(|chain| (chain, way % answers)));
        }
        if calls.len() == before && way < ways.len() {
            let kind = body.map_or_else(String::new, |body| format!(" ({})", body.media_type.as_str()));
            left_out.push(format!("{}{kind}", operation.id));
        }
    }
    calls
}

/// Method and path without the names of its parameters.
pub(super) fn shape(operation: &Operation) -> String {
    let mut text = operation.http_method.to_string();
    for segment in &operation.path.segments {
        text.push('/');
        for part in &segment.parts {
            match part {
                PathPart::Literal(literal) => text.push_str(literal),
                PathPart::Parameter(_) => text.push_str("{}"),
            }
        }
    }
    format!("{text} {:?}", operation.path.query)
}

/// An answer of each kind that an operation has.
pub(crate) fn answers<'m>(
    chains: &mut Chains<'_>,
    model: &Model,
    source: &ir::Operation,
    operation: &'m Operation,
) -> Vec<Answer<'m>> {
    let list = &operation.responses.list;
    let documented: BTreeSet<u16> = list
        .iter()
        .filter_map(|response| match response.status {
            Status::Code(code) => Some(code),
            _ => None,
        })
        .collect();
    let mut answers = Vec::new();
    for sent in &operation.responses.sent {
        let is_second = |outcome| {
            let mut same = list.iter().filter(|other| other.status == sent.status);
            sent.status == Status::Default && same.any(|other| other.outcome == outcome)
        };
        for outcome in [Outcome::Success, Outcome::Error] {
            if outcome != sent.outcome && !is_second(outcome) {
                continue;
            }
            let class = match (sent.status, outcome) {
                (Status::Code(code), _) => code / 100,
                (Status::Class(class), _) => u16::from(class),
                (Status::Default, Outcome::Success) => 2,
                (Status::Default, Outcome::Error) => {
                    let is_free = |class: &u16| {
                        let mut all = list.iter();
                        all.all(|other| !matches!(other.status, Status::Class(of) if u16::from(of) == *class))
                    };
                    // Those of class 3 lead elsewhere.
                    [4, 5, 3].into_iter().find(is_free).unwrap_or(4)
                }
            };
            let status = match sent.status {
                Status::Code(code) => Some(code),
                _ => (class * 100 + 30..class * 100 + 100).find(|code| !documented.contains(code)),
            };
            // What comes before the response is not the handler's to send.
            let Some(status) = status.filter(|status| *status >= 200) else {
                continue;
            };
            let same = list.iter().find(|other| {
                (other.status, other.outcome) == (sent.status, outcome) && other.media_type == sent.media_type
            });
            let name = same.map(|response| response.shared.as_ref().unwrap_or(&response.name).to_string());
            // Errors that are streams are read as text.
            if sent.body.item().is_some() && outcome == Outcome::Error {
                continue;
            }
            answers.extend(value(chains, model, source, sent).map(|value| Answer {
                sent,
                variant: name.unwrap_or_default(),
                status,
                value,
            }));
        }
    }
    answers
}

fn value(chains: &mut Chains<'_>, model: &Model, source: &ir::Operation, sent: &SentResponse) -> Option<Value> {
    let mut responses = source.responses.iter();
    let found = responses.find(|found| found.status == sent.status)?;
    match &sent.body {
        SentBody::Whole(ResponseBody::Empty) => Some(Value::Null),
        SentBody::Whole(ResponseBody::Text | ResponseBody::Bytes) => Some(TEXT.into()),
        SentBody::Whole(body @ (ResponseBody::Json(_) | ResponseBody::Xml(..))) => {
            let of_type = |content: &&ir::Content| Some(&content.media_type) == sent.media_type.as_ref();
            // A range that holds JSON is sent as JSON.
            let content = found.content.iter().find(of_type).or(found.content.first())?;
            match content.ty {
                Some(ty) if matches!(body, ResponseBody::Xml(..)) => {
                    (0..50).filter_map(|_| chains.value_of(ty)).find(is_told_in_xml)
                }
                Some(ty) => chains.value_of(ty),
                None => Some(TEXT.into()),
            }
        }
        SentBody::Events(_) | SentBody::Records(_) => {
            let items = (0..3).map(|number| item(chains, model, sent.body.item()?, number));
            items.collect::<Option<Vec<Value>>>().map(Value::Array)
        }
    }
}

/// An item of a stream.
fn item(chains: &mut Chains<'_>, model: &Model, ty: &RustType, number: usize) -> Option<Value> {
    match ty {
        RustType::String => Some(format!("text {number}").into()),
        RustType::Value => Some(json!({ "number": number })),
        RustType::Named(id) => chains.value_of(model.ty(*id).source),
        _ => None,
    }
}
