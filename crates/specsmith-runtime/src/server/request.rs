//! A request on its way to a handler: parameters are read, and everything that is wrong is gathered.

use std::fmt;
use std::sync::Arc;

use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::body::Misread;
use super::context::{Context, OperationInfo, ResponseHeaders};
use super::fault::{Fault, FaultKind};
use super::input::{Escape, Input, Styled, Tree, Values};
use super::layer::Found;
use super::pairs::Pairs;
use super::parameter::{Format, Members, Parameter, ParameterIn, Style};
use super::percent::{self, Plus};
use super::problem::{Place, Problem, Violation};
use super::text;

/// A request on its way to a handler.
///
/// Everything is read before [`finish`](Request::finish) tells whether the request keeps the contract, so that a
/// caller learns everything that is wrong at once.
pub struct Request {
    /// Apart, so that neither the future of the handler nor what it gets is large.
    pub(crate) parts: Box<Parts>,
    pub(crate) body: Body,
    pub(crate) operation: &'static OperationInfo,
    values: Vec<(Arc<str>, String)>,
    pub(crate) query: Pairs,
    headers: ResponseHeaders,
    failure: Option<Problem>,
    status: StatusCode,
    violations: Vec<Violation>,
    pub(super) misread: Misread,
}

/// What is said of a request of which some values are wrong.
pub(super) const BROKEN: &str = "the request does not keep the contract of the operation";

/// Stands for a value that could not be read; why is kept by the [`Request`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rejected;

impl Request {
    pub(super) fn new(
        request: axum::extract::Request,
        operation: &'static OperationInfo,
        Found { values, query }: Found,
        headers: ResponseHeaders,
    ) -> Self {
        let (parts, body) = request.into_parts();
        Self {
            parts: Box::new(parts),
            body,
            operation,
            values,
            query,
            headers,
            failure: None,
            status: StatusCode::UNPROCESSABLE_ENTITY,
            violations: Vec::new(),
            misread: Misread::default(),
        }
    }

    /// Reads a parameter that must be sent.
    pub fn required<T: DeserializeOwned>(&mut self, parameter: Parameter) -> Result<T, Rejected> {
        match self.optional(parameter)? {
            Some(value) => Ok(value),
            None => Err(self.reject_parameter(parameter, &FaultKind::Missing.into())),
        }
    }

    /// Reads a parameter that means `default` where it is not sent.
    pub fn or<T: DeserializeOwned>(
        &mut self,
        parameter: Parameter,
        default: T,
    ) -> Result<T, Rejected> {
        Ok(self.optional(parameter)?.unwrap_or(default))
    }

    /// Reads a parameter that need not be sent.
    pub fn optional<T: DeserializeOwned>(
        &mut self,
        parameter: Parameter,
    ) -> Result<Option<T>, Rejected> {
        let value = match self.input(parameter) {
            Ok(None) => return Ok(None),
            Ok(Some(input)) if parameter.format == Format::Json => read_json(input),
            Ok(Some(input)) => text::read(input),
            Err(fault) => Err(fault),
        };
        value
            .map(Some)
            .map_err(|fault| self.reject_parameter(parameter, &fault))
    }

    /// Says which headers responses have, by the first and the last status; debug builds look whether they do.
    pub fn require_headers(&mut self, required: &'static [(u16, u16, &'static str)]) {
        self.headers.require(required);
    }

    /// Ends reading: what the handler gets, or everything that is wrong.
    pub fn finish(self) -> Result<Context, Problem> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        if !self.violations.is_empty() {
            let problem = Problem::new(self.status).with_detail(BROKEN);
            return Err(self
                .violations
                .into_iter()
                .fold(problem, Problem::with_violation));
        }
        Ok(Context::new(self.operation, self.parts, self.headers))
    }

    /// Notes a problem that says more than that some values are wrong.
    pub(crate) fn fail(&mut self, problem: Problem) -> Rejected {
        self.failure.get_or_insert(problem);
        Rejected
    }

    /// Whether it is refused whatever else is in it, so that its body need not be read.
    pub(crate) fn has_failed(&self) -> bool {
        self.failure.is_some()
    }

    /// Notes something that is wrong; the whole request is malformed if any part of it is.
    pub(crate) fn reject(&mut self, status: StatusCode, violation: Violation) -> Rejected {
        if status == StatusCode::BAD_REQUEST {
            self.status = status;
        }
        self.violations.push(violation);
        Rejected
    }

    pub(super) fn reject_parameter(&mut self, parameter: Parameter, fault: &Fault) -> Rejected {
        let place = Place::Parameter {
            place: parameter.place.as_str(),
            name: parameter.name.to_owned(),
            pointer: fault.pointer(),
        };
        self.reject(fault.status(), fault.violation(place))
    }

    /// Takes what was sent for a parameter.
    pub(super) fn input(&mut self, parameter: Parameter) -> Result<Option<Input>, Fault> {
        let (values, escape) = match parameter.place {
            ParameterIn::Path => (
                self.path_value(parameter.name),
                Escape::Percent(Plus::Literal),
            ),
            ParameterIn::Header => (self.header_values(parameter.name)?, Escape::Nothing),
            ParameterIn::Querystring => return self.querystring(parameter.format),
            ParameterIn::Query => {
                if let Some(input) = pairs_input(parameter, &self.query, Plus::Space)? {
                    return Ok(input);
                }
                (
                    Values::of(self.query.values(parameter.name)),
                    Escape::Percent(Plus::Space),
                )
            }
            ParameterIn::Cookie => {
                let cookies = self.cookies();
                if let Some(input) = pairs_input(parameter, &cookies, Plus::Literal)? {
                    return Ok(input);
                }
                (
                    Values::of(cookies.values(parameter.name)),
                    cookie_escape(parameter.format),
                )
            }
        };
        let Some(values) = values else {
            return Ok(None);
        };
        let encoding = match parameter.format {
            Format::Style(encoding) => encoding,
            Format::Json | Format::Text | Format::Form => Style::Simple.joined(),
        };
        let styled = Styled {
            name: parameter.name,
            values,
            encoding,
            escape,
        };
        Ok(Some(Input::Styled(styled)))
    }

    fn path_value(&mut self, name: &str) -> Option<Values> {
        let mut values = self.values.iter_mut();
        let (_, value) = values.find(|(other, _)| **other == *name)?;
        Values::of([std::mem::take(value)])
    }

    fn header_values(&self, name: &str) -> Result<Option<Values>, Fault> {
        let values = self.parts.headers.get_all(name).iter();
        let texts = values.map(|value| std::str::from_utf8(value.as_bytes()));
        let texts: Result<Vec<&str>, _> = texts.collect();
        Ok(Values::of(texts.map_err(|_| FaultKind::Encoding)?))
    }

    fn cookies(&self) -> Pairs {
        let mut cookies = Pairs::default();
        let lines = self.parts.headers.get_all(COOKIE).iter();
        let texts = lines.filter_map(|line| std::str::from_utf8(line.as_bytes()).ok());
        let pairs = texts.flat_map(|line| line.split(';'));
        for (name, value) in pairs.filter_map(|pair| pair.trim().split_once('=')) {
            cookies.push(name, value);
        }
        cookies
    }

    /// The whole query as one value.
    fn querystring(&self, format: Format) -> Result<Option<Input>, Fault> {
        let Some(query) = self.parts.uri.query().filter(|query| !query.is_empty()) else {
            return Ok(None);
        };
        match format {
            Format::Json | Format::Text => {
                let text = percent::decode(query, Plus::Space).map_err(|_| FaultKind::Encoding)?;
                Ok(Some(Input::Text(text.into_owned())))
            }
            Format::Form | Format::Style(_) => Ok(Some(Input::Tree(form_tree(query, &[])?))),
        }
    }
}

/// Neither the query nor headers: they can hold credentials.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.id)
            .finish_non_exhaustive()
    }
}

impl From<Rejected> for Problem {
    fn from(_: Rejected) -> Self {
        Problem::bad_request()
    }
}

/// The pairs of a form by the brackets of their names; some members can have a style of their own.
pub(crate) fn form_tree(text: &str, styled: &[Parameter]) -> Result<Tree, Fault> {
    let decode =
        |text| percent::decode(text, Plus::Space).map_err(|_| Fault::new(FaultKind::Encoding));
    let mut plain = Vec::new();
    let mut values: Vec<Vec<&str>> = vec![Vec::new(); styled.len()];
    for (name, value) in percent::pairs(text) {
        let name = decode(name)?;
        let index = styled.iter().position(|member| member.name == name);
        match index.and_then(|index| values.get_mut(index)) {
            Some(values) => values.push(value),
            None => plain.push((name, decode(value)?)),
        }
    }
    let mut tree = Tree::nested(plain);
    for (member, values) in styled.iter().zip(values) {
        if let (Format::Style(encoding), Some(values)) = (member.format, Values::of(values)) {
            tree.insert_styled(Styled {
                name: member.name,
                values,
                encoding,
                escape: Escape::Percent(Plus::Space),
            });
        }
    }
    Ok(tree)
}

/// What was sent for a parameter that is written as several pairs; the outer `None` where it is not.
fn pairs_input(
    parameter: Parameter,
    pairs: &Pairs,
    plus: Plus,
) -> Result<Option<Option<Input>>, Fault> {
    let decode = |text| percent::decode(text, plus).map_err(|_| Fault::new(FaultKind::Encoding));
    let tree = match (parameter.format, parameter.members) {
        (Format::Style(encoding), Members::Own) if encoding.style == Style::DeepObject => {
            let ours = pairs
                .iter()
                .filter(|(name, _)| name.starts_with(parameter.name));
            let decoded = ours.map(|(name, value)| Ok((name.into(), decode(value)?)));
            match decoded.collect::<Result<Vec<_>, Fault>>()? {
                none if none.is_empty() => None,
                decoded => Tree::nested(decoded).take(parameter.name),
            }
        }
        (_, Members::Own) => return Ok(None),
        (_, members) => {
            let mut tree = Tree::default();
            for (name, value) in pairs.iter().filter(|(name, _)| members.include(name)) {
                tree.insert(&[name], decode(value)?.into_owned());
            }
            Some(tree)
        }
    };
    Ok(Some(tree.filter(|tree| !tree.is_empty()).map(Input::Tree)))
}

fn cookie_escape(format: Format) -> Escape {
    match format {
        Format::Style(encoding) if encoding.style == Style::Cookie => Escape::Nothing,
        _ => Escape::Percent(Plus::Literal),
    }
}

fn read_json<T: DeserializeOwned>(input: Input) -> Result<T, Fault> {
    let value: serde_json::Value =
        serde_json::from_str(&input.scalar()?).map_err(|_| FaultKind::Syntax)?;
    T::deserialize(value).map_err(|_| FaultKind::Value.into())
}
