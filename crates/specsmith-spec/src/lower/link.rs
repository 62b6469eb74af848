//! Links of responses: what they call, and where its values are from.
//!
//! They lead to operations anywhere in the document, so they are read when all operations are known.

use std::collections::BTreeSet;

use specsmith_diagnostics::{Code, Diagnostic, Location};
use specsmith_ir::{
    Docs, Link, LinkParameter, LinkValue, Operation, OperationId, Parameter, ParameterIn, Response, Status,
};

use super::{
    context::{Context, as_text, owned_text, quoted},
    expression::{Expressions, Index, Problem, json_body, title},
};
use crate::{
    Node,
    grammar::Kind,
    resource::{Fragment, Reference},
};

/// The links of all responses, before they are read.
#[derive(Debug, Default)]
pub(super) struct Links<'d>(Vec<Found<'d>>);

/// A Link Object.
#[derive(Debug, Clone, Copy)]
struct Found<'d> {
    /// The operation that has the response, by its place in the list.
    operation: usize,
    status: Status,
    name: &'d str,
    location: Location,
    node: Node<'d>,
}

impl<'d> Links<'d> {
    /// Finds the links of an operation that gets this place, in those of its responses that there are.
    pub(super) fn read(&mut self, cx: &mut Context<'d, '_>, operation: usize, node: Node<'d>, lowered: &[Response]) {
        let responses = node.get("responses").into_iter().flat_map(Node::members);
        for (key, reference) in responses.filter(|(key, _)| !key.name.starts_with("x-")) {
            let Some(status) = cx.status(key) else { continue };
            if !lowered.iter().any(|response| response.status == status) {
                continue;
            }
            let Some(response) = cx.resolve_to(reference, Kind::Response) else {
                continue;
            };
            for (key, reference) in response.get("links").into_iter().flat_map(Node::members) {
                let link = cx.resolve_to(reference, Kind::Link).filter(|link| link.is_object());
                if let Some(node) = link.filter(|link| cx.afford_copy(reference, *link)) {
                    self.0.push(Found {
                        operation,
                        status,
                        name: &key.name,
                        location: key.location,
                        node,
                    });
                }
            }
        }
    }

    /// Gives responses their links, and reports those that do not fit.
    pub(super) fn settle(self, cx: &mut Context<'d, '_>, operations: &mut [Operation]) {
        if self.0.is_empty() {
            return;
        }
        let mut index = Index::of(operations);
        for found in self.0 {
            let values = Expressions {
                cx,
                operations,
                index: &mut index,
                operation: found.operation,
                status: Some(found.status),
                code: Code::InvalidLink,
            };
            let link = Reader { values, found }.link();
            match link {
                Ok(link) => {
                    let operation = operations.get_mut(found.operation);
                    let responses = operation.into_iter().flat_map(|operation| &mut operation.responses);
                    if let Some(response) = { responses }.find(|response| response.status == found.status) {
                        response.links.push(link);
                    }
                }
                Err(problem) => cx.report(problem.label("nothing is generated for this link")),
            }
        }
    }
}

struct Reader<'r, 'd, 'a> {
    values: Expressions<'r, 'd, 'a>,
    found: Found<'d>,
}

impl<'r> Reader<'r, '_, '_> {
    fn link(&mut self) -> Result<Link, Problem> {
        let node = self.found.node;
        let index = self.target()?;
        let operations: &'r [Operation] = self.values.operations;
        let Some(target) = operations.get(index) else {
            return Err(self
                .values
                .invalid("the operation is not there".to_owned(), node.location()));
        };
        let mut parameters: Vec<LinkParameter> = Vec::new();
        let mut known = BTreeSet::new();
        for (key, value) in node.get("parameters").into_iter().flat_map(Node::members) {
            let Some(parameter) = self.parameter(index, target, &key.name) else {
                let message = format!("{} has no parameter `{}`", title(target), key.name);
                let names = target.parameters.iter().map(|parameter| parameter.name.as_str());
                return Err(self
                    .values
                    .with_names(self.values.invalid(message, key.location), &key.name, names));
            };
            if known.insert((parameter.place, &parameter.name)) {
                parameters.push(LinkParameter {
                    place: parameter.place,
                    name: parameter.name.clone(),
                    value: self.value(value)?,
                });
            }
        }
        let body = match node.entry("requestBody") {
            None => None,
            Some((_, value)) if json_body(target).is_some() => Some(self.value(value)?),
            Some((key, _)) => {
                let message = format!("{} takes no body of JSON", title(target));
                return Err(self.values.invalid(message, key.location));
            }
        };
        Ok(Link {
            name: self.found.name.to_owned(),
            target: OperationId(u32::try_from(index).unwrap_or(u32::MAX)),
            parameters,
            body,
            docs: Docs {
                description: owned_text(node, "description"),
                ..Docs::default()
            },
            location: self.found.location,
        })
    }

    /// The operation that is called, by its place in the list.
    fn target(&mut self) -> Result<usize, Problem> {
        let node = self.found.node;
        if let Some(value) = node.get("operationId") {
            let name = as_text(value).unwrap_or_default();
            if let Some(index) = self.values.index.names.get(name) {
                return Ok(*index);
            }
            let message = format!("no operation has the `operationId` {}", quoted(name));
            let finding = self.values.invalid(message, value.location());
            let operations: &'r [Operation] = self.values.operations;
            let names = operations.iter().filter_map(|operation| operation.name.as_deref());
            return Err(self.values.with_names(finding, name, names));
        }
        let Some(value) = node.get("operationRef") else {
            let message = "a link has an `operationId` or an `operationRef`".to_owned();
            return Err(self.values.invalid(message, self.found.location));
        };
        let text = as_text(value).unwrap_or_default();
        let Ok(Reference {
            address: "",
            fragment: Fragment::Pointer(steps),
        }) = Reference::parse(text)
        else {
            let message = "nothing is generated for links to operations of other documents";
            return Err(Box::new(
                Diagnostic::new(Code::NotGenerated, message).at(value.location()),
            ));
        };
        let place = match steps.as_slice() {
            [paths, path, method] if paths == "paths" => {
                let request = (path.clone(), method.to_ascii_lowercase());
                self.values.index.places.get(&request).copied()
            }
            _ => None,
        };
        place.ok_or_else(|| {
            let finding = self
                .values
                .invalid(format!("{} is no operation", quoted(text)), value.location());
            let help = "an operation is referred to as in `#/paths/~1books~1{isbn}/get`".to_owned();
            Box::new(finding.help(help))
        })
    }

    /// A constant or a runtime expression.
    fn value(&mut self, node: Node<'_>) -> Result<LinkValue, Problem> {
        match node.as_str() {
            Some(text) => self.values.read(text, node.location()),
            None => Ok(LinkValue::Constant(node.to_value())),
        }
    }

    /// The parameter of an operation that a link means: by its name, or by place and name.
    fn parameter(&mut self, place: usize, operation: &'r Operation, text: &str) -> Option<&'r Parameter> {
        let qualified = text.split_once('.').and_then(|(sent, name)| {
            let sent = match sent {
                "path" => ParameterIn::Path,
                "query" => ParameterIn::Query,
                "header" => ParameterIn::Header,
                "cookie" => ParameterIn::Cookie,
                _ => return None,
            };
            self.values.index.parameter(place, operation, Some(sent), name)
        });
        qualified.or_else(|| self.values.index.parameter(place, operation, None, text))
    }
}
