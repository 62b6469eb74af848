//! Links of responses: what they call, and where its values are from.
//!
//! They lead to operations anywhere in the document, so they are read when all operations are known.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::{Code, Diagnostic, Location};
use specsmith_ir::pointer;
use specsmith_ir::{
    Content, Docs, Link, LinkParameter, LinkSource, LinkValue, Operation, OperationId, Parameter, ParameterEncoding,
    ParameterIn, Response, Shape, Status, Style, Value,
};

use super::context::{Context, as_text, owned_text, quoted};
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

/// Why nothing is made of a link.
type Problem = Box<Diagnostic>;

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
            let link = Reader {
                cx,
                operations,
                index: &mut index,
                found,
            }
            .link();
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

/// Where things are, so that nothing is searched for link by link.
#[derive(Debug, Default)]
struct Index {
    /// Operations by their names.
    names: BTreeMap<String, usize>,
    /// Operations by path and method.
    places: BTreeMap<(String, String), usize>,
    /// Parameters by operation, place and name; those without a place are by name alone, the first of each.
    parameters: BTreeMap<usize, BTreeMap<(Option<ParameterIn>, String), usize>>,
    /// Headers of responses.
    headers: BTreeMap<(usize, Status), BTreeSet<String>>,
}

impl Index {
    fn of(operations: &[Operation]) -> Self {
        let mut index = Self::default();
        for (place, operation) in operations.iter().enumerate() {
            if let Some(name) = &operation.name {
                index.names.entry(name.clone()).or_insert(place);
            }
            let method = operation.method.as_str().to_ascii_lowercase();
            let request = (operation.path.text.clone(), method);
            index.places.entry(request).or_insert(place);
        }
        index
    }

    /// The parameter of an operation that has this name, in this place if one is given.
    fn parameter<'o>(
        &mut self,
        place: usize,
        operation: &'o Operation,
        sent: Option<ParameterIn>,
        name: &str,
    ) -> Option<&'o Parameter> {
        let known = self.parameters.entry(place).or_insert_with(|| {
            let mut known = BTreeMap::new();
            for (index, parameter) in operation.parameters.iter().enumerate() {
                for sent in [None, Some(parameter.place)] {
                    let name = spelled(Some(parameter.place), &parameter.name);
                    known.entry((sent, name)).or_insert(index);
                    known.entry((sent, parameter.name.clone())).or_insert(index);
                }
            }
            known
        });
        let index = known.get(&(sent, name.to_owned())).or_else(|| {
            let header = spelled(Some(ParameterIn::Header), name);
            known
                .get(&(Some(ParameterIn::Header), header))
                .filter(|_| sent.is_none_or(|sent| sent == ParameterIn::Header))
        });
        operation.parameters.get(*index?)
    }

    fn has_header(&mut self, place: (usize, Status), response: &Response, name: &str) -> bool {
        let known = self.headers.entry(place).or_insert_with(|| {
            let names = response.headers.iter().map(|header| header.name.to_ascii_lowercase());
            names.collect()
        });
        known.contains(&name.to_ascii_lowercase())
    }
}

/// A name as it is compared: those of headers in lower case.
fn spelled(place: Option<ParameterIn>, name: &str) -> String {
    match place {
        Some(ParameterIn::Header) => name.to_ascii_lowercase(),
        _ => name.to_owned(),
    }
}

struct Reader<'r, 'd, 'a> {
    cx: &'r mut Context<'d, 'a>,
    operations: &'r [Operation],
    index: &'r mut Index,
    found: Found<'d>,
}

impl<'r> Reader<'r, '_, '_> {
    fn link(&mut self) -> Result<Link, Problem> {
        let node = self.found.node;
        let index = self.target()?;
        let operations: &'r [Operation] = self.operations;
        let Some(target) = operations.get(index) else {
            return Err(invalid("the operation is not there".to_owned(), node.location()));
        };
        let mut parameters: Vec<LinkParameter> = Vec::new();
        let mut known = BTreeSet::new();
        for (key, value) in node.get("parameters").into_iter().flat_map(Node::members) {
            let Some(parameter) = self.parameter(index, target, &key.name) else {
                let message = format!("{} has no parameter `{}`", title(target), key.name);
                let names = target.parameters.iter().map(|parameter| parameter.name.as_str());
                return Err(self.with_names(invalid(message, key.location), &key.name, names));
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
                return Err(invalid(message, key.location));
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
            if let Some(index) = self.index.names.get(name) {
                return Ok(*index);
            }
            let message = format!("no operation has the `operationId` {}", quoted(name));
            let finding = invalid(message, value.location());
            let operations: &'r [Operation] = self.operations;
            let names = operations.iter().filter_map(|operation| operation.name.as_deref());
            return Err(self.with_names(finding, name, names));
        }
        let Some(value) = node.get("operationRef") else {
            let message = "a link has an `operationId` or an `operationRef`".to_owned();
            return Err(invalid(message, self.found.location));
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
                self.index.places.get(&request).copied()
            }
            _ => None,
        };
        place.ok_or_else(|| {
            let finding = invalid(format!("{} is no operation", quoted(text)), value.location());
            let help = "an operation is referred to as in `#/paths/~1books~1{isbn}/get`".to_owned();
            Box::new(finding.help(help))
        })
    }

    /// A constant or a runtime expression.
    fn value(&mut self, node: Node<'_>) -> Result<LinkValue, Problem> {
        let Some(text) = node.as_str() else {
            return Ok(LinkValue::Constant(node.to_value()));
        };
        let mut parts = Vec::new();
        for part in parts_of(text) {
            parts.push(match part {
                Part::Text(text) => LinkValue::Constant(Value::String(text.to_owned())),
                Part::Expression(expression) => self.expression(expression, node)?,
            });
        }
        Ok(match parts.len() {
            0 => LinkValue::Constant(Value::String(String::new())),
            1 => parts.swap_remove(0),
            _ => LinkValue::Text(parts),
        })
    }

    fn expression(&mut self, expression: &str, node: Node<'_>) -> Result<LinkValue, Problem> {
        match expression {
            "$url" => Err(not_generated("the expression `$url`", node)),
            "$statusCode" => Ok(LinkValue::Status),
            "$method" => {
                let method = self.operation().map(|operation| operation.method.to_string());
                Ok(LinkValue::Constant(Value::String(method.unwrap_or_default())))
            }
            _ => self.source(expression, node),
        }
    }

    /// A part of the request or of the response, if it is there.
    fn source(&mut self, expression: &str, node: Node<'_>) -> Result<LinkValue, Problem> {
        let unknown = || {
            let finding = invalid(
                format!("{} is no runtime expression", quoted(expression)),
                node.location(),
            );
            finding.help("such as `$response.body#/id`, `$response.header.Location` or `$request.path.id`")
        };
        let rest = expression.strip_prefix("$request.");
        let is_request = rest.is_some();
        let Some(rest) = rest.or_else(|| expression.strip_prefix("$response.")) else {
            return Err(Box::new(unknown()));
        };
        let source = if let Some(name) = rest.strip_prefix("header.") {
            LinkSource::Header(name.to_owned())
        } else if let Some(fragment) = rest.strip_prefix("body") {
            let pointer = fragment.strip_prefix('#').unwrap_or(fragment);
            if !(pointer.is_empty() || fragment.starts_with("#/")) {
                return Err(Box::new(unknown()));
            }
            LinkSource::Body(pointer.to_owned())
        } else if let (Some(name), true) = (rest.strip_prefix("query."), is_request) {
            LinkSource::Query(name.to_owned())
        } else if let (Some(name), true) = (rest.strip_prefix("path."), is_request) {
            LinkSource::Path(name.to_owned())
        } else {
            return Err(Box::new(unknown()));
        };
        match is_request {
            true => self.in_request(&source, node)?,
            false => self.in_response(&source, node)?,
        }
        Ok(match is_request {
            true => LinkValue::Request(source),
            false => LinkValue::Response(source),
        })
    }

    fn in_request(&mut self, source: &LinkSource, node: Node<'_>) -> Result<(), Problem> {
        let operations: &'r [Operation] = self.operations;
        let Some(operation) = operations.get(self.found.operation) else {
            return Ok(());
        };
        let (place, name) = match source {
            LinkSource::Body(pointer) => {
                let content = json_body(operation);
                return self.in_body(content, pointer, &format!("a request of {}", title(operation)), node);
            }
            LinkSource::Header(name) => (ParameterIn::Header, name),
            LinkSource::Query(name) => (ParameterIn::Query, name),
            LinkSource::Path(name) => (ParameterIn::Path, name),
        };
        match self.index.parameter(self.found.operation, operation, Some(place), name) {
            Some(parameter) if self.is_one_text(parameter) => Ok(()),
            Some(_) => Err(not_generated("links that take lists and objects from parameters", node)),
            None => {
                let message = format!("{} has no {place} parameter `{name}`", title(operation));
                let of_place = operation.parameters.iter().filter(|parameter| parameter.place == place);
                let names = of_place.map(|parameter| parameter.name.as_str());
                Err(self.with_names(invalid(message, node.location()), name, names))
            }
        }
    }

    /// Whether the text that is sent for a parameter is its value and nothing else.
    fn is_one_text(&self, parameter: &Parameter) -> bool {
        let shape = &self.cx.types[pointer::resolve(&self.cx.types, parameter.ty)].shape;
        let style = match &parameter.encoding {
            ParameterEncoding::Style { style, .. } => *style,
            ParameterEncoding::Content(media_type) => return media_type.is_text(),
        };
        matches!(style, Style::Simple | Style::Form)
            && !matches!(shape, Shape::Array(_) | Shape::Tuple(_) | Shape::Object(_))
    }

    fn in_response(&mut self, source: &LinkSource, node: Node<'_>) -> Result<(), Problem> {
        let (Some(operation), Some(response)) = (self.operation(), self.response()) else {
            return Ok(());
        };
        let what = format!("the response {} of {}", self.found.status, title(operation));
        match source {
            LinkSource::Header(name) => {
                let place = (self.found.operation, self.found.status);
                if self.index.has_header(place, response, name) {
                    return Ok(());
                }
                let message = format!("{what} has no header `{name}`");
                let names = response.headers.iter().map(|header| header.name.as_str());
                Err(self.with_names(invalid(message, node.location()), name, names))
            }
            LinkSource::Body(pointer) => {
                let mut contents = response.content.iter();
                let content = contents.find(|content| content.media_type.is_json());
                self.in_body(content, pointer, &what, node)
            }
            LinkSource::Query(_) | LinkSource::Path(_) => Ok(()),
        }
    }

    /// Whether a pointer leads somewhere in a body.
    fn in_body(&mut self, content: Option<&Content>, pointer: &str, what: &str, node: Node<'_>) -> Result<(), Problem> {
        let Some(content) = content else {
            return Err(invalid(format!("{what} has no body of JSON"), node.location()));
        };
        let Some(ty) = content.ty else { return Ok(()) };
        let Err(lost) = pointer::follow(&self.cx.types, ty, pointer) else {
            return Ok(());
        };
        let (step, members) = (
            lost.step,
            lost.members.into_iter().map(str::to_owned).collect::<Vec<_>>(),
        );
        let finding = invalid(format!("{what} has no `{step}` in its body"), node.location());
        Err(self.with_names(finding, &step, members.iter().map(String::as_str)))
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
            self.index.parameter(place, operation, Some(sent), name)
        });
        qualified.or_else(|| self.index.parameter(place, operation, None, text))
    }

    /// Says which name is meant, where one is close.
    fn with_names<'n>(&mut self, finding: Problem, name: &str, names: impl Iterator<Item = &'n str>) -> Problem {
        match self.cx.suggest(name, names) {
            Some(meant) => Box::new(finding.help(format!("did you mean `{meant}`?"))),
            None => finding,
        }
    }

    fn operation(&self) -> Option<&'r Operation> {
        self.operations.get(self.found.operation)
    }

    fn response(&self) -> Option<&'r Response> {
        let mut responses = self.operation()?.responses.iter();
        responses.find(|response| response.status == self.found.status)
    }
}

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'t> {
    Text(&'t str),
    Expression(&'t str),
}

/// The texts and expressions that a value consists of: one expression, or any number of them in braces.
fn parts_of(text: &str) -> Vec<Part<'_>> {
    if text.starts_with('$') {
        return vec![Part::Expression(text)];
    }
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once("{$")
        && let Some(end) = inside.find('}')
    {
        if !before.is_empty() {
            parts.push(Part::Text(before));
        }
        let (_, with_dollar) = rest.split_at(before.len() + 1);
        let (expression, after) = with_dollar.split_at(end + 1);
        parts.push(Part::Expression(expression));
        rest = after.strip_prefix('}').unwrap_or(after);
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    parts
}

fn json_body(operation: &Operation) -> Option<&Content> {
    let mut contents = operation.request_body.as_ref()?.content.iter();
    contents.find(|content| content.media_type.is_json())
}

/// What an operation is called in messages.
fn title(operation: &Operation) -> String {
    match &operation.name {
        Some(name) => format!("`{name}`"),
        None => format!("`{} {}`", operation.method, operation.path.text),
    }
}

fn invalid(message: String, location: Location) -> Problem {
    Box::new(Diagnostic::new(Code::InvalidLink, message).at(location))
}

fn not_generated(what: &str, node: Node<'_>) -> Problem {
    let message = format!("nothing is generated for {what}");
    Box::new(Diagnostic::new(Code::NotGenerated, message).at(node.location()))
}
