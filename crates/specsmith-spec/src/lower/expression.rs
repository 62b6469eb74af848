//! Runtime expressions (OpenAPI 3.2, section 4.12.6): values of a request and its response that links and addresses of
//! callbacks are made of.
//!
//! They are about operations anywhere in the document, so they are read when all operations are known.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::{Code, Diagnostic, Location};
use specsmith_ir::pointer;
use specsmith_ir::{
    Content, Direction, LinkSource, LinkValue, Operation, Parameter, ParameterEncoding, ParameterIn, Response, Shape,
    Status, Style, Value,
};

use super::context::{Context, quoted};

/// Why nothing is made of a link or an address.
pub(super) type Problem = Box<Diagnostic>;

/// Where things are, so that nothing is searched for again for each expression.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Operations by their names.
    pub(super) names: BTreeMap<String, usize>,
    /// Operations by path and method.
    pub(super) places: BTreeMap<(String, String), usize>,
    /// Parameters by operation, place and name; those without a place are by name alone, the first of each.
    parameters: BTreeMap<usize, BTreeMap<(Option<ParameterIn>, String), usize>>,
    /// Headers of responses.
    headers: BTreeMap<(usize, Status), BTreeSet<String>>,
}

impl Index {
    pub(super) fn of(operations: &[Operation]) -> Self {
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
    pub(super) fn parameter<'o>(
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

/// Reads expressions about one operation.
pub(super) struct Expressions<'r, 'd, 'a> {
    pub(super) cx: &'r mut Context<'d, 'a>,
    pub(super) operations: &'r [Operation],
    pub(super) index: &'r mut Index,
    /// The operation, by its place in the list.
    pub(super) operation: usize,
    /// The response; `None` for any of the operation.
    pub(super) status: Option<Status>,
    /// The code of what cannot be right.
    pub(super) code: Code,
}

impl<'r> Expressions<'r, '_, '_> {
    /// A runtime expression, or a text with some in braces.
    pub(super) fn read(&mut self, text: &str, at: Location) -> Result<LinkValue, Problem> {
        let mut parts = Vec::new();
        for part in parts_of(text) {
            parts.push(match part {
                Part::Text(text) => LinkValue::Constant(Value::String(text.to_owned())),
                Part::Expression(expression) => self.expression(expression, at)?,
            });
        }
        Ok(match parts.len() {
            0 => LinkValue::Constant(Value::String(String::new())),
            1 => parts.swap_remove(0),
            _ => LinkValue::Text(parts),
        })
    }

    fn expression(&mut self, expression: &str, at: Location) -> Result<LinkValue, Problem> {
        match expression {
            "$url" => Err(not_generated("the expression `$url`", at)),
            "$statusCode" => Ok(LinkValue::Status),
            "$method" => {
                let method = self.operation().map(|operation| operation.method.to_string());
                Ok(LinkValue::Constant(Value::String(method.unwrap_or_default())))
            }
            _ => self.source(expression, at),
        }
    }

    /// A part of the request or of the response, if it is there.
    fn source(&mut self, expression: &str, at: Location) -> Result<LinkValue, Problem> {
        let code = self.code;
        let unknown = || {
            let message = format!("{} is no runtime expression", quoted(expression));
            let finding = Diagnostic::new(code, message).at(at);
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
            true => self.in_request(&source, at)?,
            false => self.in_response(&source, at)?,
        }
        Ok(match is_request {
            true => LinkValue::Request(source),
            false => LinkValue::Response(source),
        })
    }

    fn in_request(&mut self, source: &LinkSource, at: Location) -> Result<(), Problem> {
        let operations: &'r [Operation] = self.operations;
        let Some(operation) = operations.get(self.operation) else {
            return Ok(());
        };
        let (place, name) = match source {
            LinkSource::Body(pointer) => {
                let content = json_body(operation);
                let what = format!("a request of {}", title(operation));
                return self.in_body(content, pointer, (&what, Direction::Request), at);
            }
            LinkSource::Header(name) => (ParameterIn::Header, name),
            LinkSource::Query(name) => (ParameterIn::Query, name),
            LinkSource::Path(name) => (ParameterIn::Path, name),
        };
        match self.index.parameter(self.operation, operation, Some(place), name) {
            Some(parameter) if self.is_one_text(parameter) => Ok(()),
            Some(_) => Err(not_generated(
                "expressions that take lists and objects from parameters",
                at,
            )),
            None => {
                let message = format!("{} has no {place} parameter `{name}`", title(operation));
                let of_place = operation.parameters.iter().filter(|parameter| parameter.place == place);
                let names = of_place.map(|parameter| parameter.name.as_str());
                Err(self.with_names(self.invalid(message, at), name, names))
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

    /// Whether any of the responses has it.
    fn in_response(&mut self, source: &LinkSource, at: Location) -> Result<(), Problem> {
        let Some(operation) = self.operation() else {
            return Ok(());
        };
        let responses = operation.responses.iter();
        let wanted = self.status;
        let mut problem = None;
        for response in responses.filter(|response| wanted.is_none_or(|status| status == response.status)) {
            match self.in_one_response(source, operation, response, at) {
                Ok(()) => return Ok(()),
                Err(other) => problem = problem.or(Some(other)),
            }
        }
        let none = || self.invalid(format!("{} has no responses", title(operation)), at);
        Err(problem.unwrap_or_else(none))
    }

    fn in_one_response(
        &mut self,
        source: &LinkSource,
        operation: &Operation,
        response: &Response,
        at: Location,
    ) -> Result<(), Problem> {
        let what = format!("the response {} of {}", response.status, title(operation));
        match source {
            LinkSource::Header(name) => {
                let place = (self.operation, response.status);
                if self.index.has_header(place, response, name) {
                    return Ok(());
                }
                let message = format!("{what} has no header `{name}`");
                let names = response.headers.iter().map(|header| header.name.as_str());
                Err(self.with_names(self.invalid(message, at), name, names))
            }
            LinkSource::Body(pointer) => {
                let mut contents = response.content.iter();
                let content = contents.find(|content| content.media_type.is_json());
                self.in_body(content, pointer, (&what, Direction::Response), at)
            }
            LinkSource::Query(_) | LinkSource::Path(_) => Ok(()),
        }
    }

    /// Whether a pointer leads somewhere in a body.
    fn in_body(
        &mut self,
        content: Option<&Content>,
        pointer: &str,
        (what, direction): (&str, Direction),
        at: Location,
    ) -> Result<(), Problem> {
        let Some(content) = content else {
            return Err(self.invalid(format!("{what} has no body of JSON"), at));
        };
        let Some(ty) = content.ty else { return Ok(()) };
        let Err(lost) = pointer::follow(&self.cx.types, ty, pointer, direction) else {
            return Ok(());
        };
        let (step, members) = (
            lost.step,
            lost.members.into_iter().map(str::to_owned).collect::<Vec<_>>(),
        );
        let finding = self.invalid(format!("{what} has no `{step}` in its body"), at);
        Err(self.with_names(finding, &step, members.iter().map(String::as_str)))
    }

    /// Says which name is meant, where one is close.
    pub(super) fn with_names<'n>(
        &mut self,
        finding: Problem,
        name: &str,
        names: impl Iterator<Item = &'n str>,
    ) -> Problem {
        match self.cx.suggest(name, names) {
            Some(meant) => Box::new(finding.help(format!("did you mean `{meant}`?"))),
            None => finding,
        }
    }

    /// A finding of what cannot be right.
    pub(super) fn invalid(&self, message: String, location: Location) -> Problem {
        Box::new(Diagnostic::new(self.code, message).at(location))
    }

    fn operation(&self) -> Option<&'r Operation> {
        self.operations.get(self.operation)
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

/// The body of JSON that an operation takes.
pub(super) fn json_body(operation: &Operation) -> Option<&Content> {
    let mut contents = operation.request_body.as_ref()?.content.iter();
    contents.find(|content| content.media_type.is_json())
}

/// What an operation is called in messages.
pub(super) fn title(operation: &Operation) -> String {
    match &operation.name {
        Some(name) => format!("`{name}`"),
        None => format!("`{} {}`", operation.method, operation.path.text),
    }
}

fn not_generated(what: &str, at: Location) -> Problem {
    let message = format!("nothing is generated for {what}");
    Box::new(Diagnostic::new(Code::NotGenerated, message).at(at))
}
