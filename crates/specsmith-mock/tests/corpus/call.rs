//! Requests that are made for operations, with values that fit.

use axum::{body::Body, extract::Request};
use serde_json::Value;
use specsmith_ir::{Api, Content, Operation, Parameter, ParameterIn, PathPart, Presence, RequestBody, TypeId};
use specsmith_values::{Checker, OneOf, Patterns, Source, Values};

use crate::written::{self, Pairs};

/// How often a value is made anew that does not fit.
const TRIES: usize = 60;

/// Makes requests.
pub(crate) struct Caller<'a> {
    checker: Checker<'a>,
    values: Values<'a>,
}

impl<'a> Caller<'a> {
    pub(crate) fn new(api: &'a Api, patterns: &'a Patterns) -> Self {
        Self {
            checker: Checker::new(api, patterns, OneOf::First),
            values: Values::new(api, 11).of(Source::Plain),
        }
    }

    /// A value that has a type and can be sent.
    fn value(&mut self, ty: TypeId, can_be_sent: impl Fn(&Value) -> bool) -> Option<Value> {
        let mut made = (0..TRIES).filter_map(|_| self.values.make(ty));
        made.find(|value| can_be_sent(value) && self.checker.fits(ty, value))
    }

    /// A request; `None` where something that is required could not be made.
    pub(crate) fn request(&mut self, operation: &Operation) -> Option<Request> {
        let mut path = Vec::new();
        let mut query: Vec<String> = operation
            .path
            .query
            .iter()
            .map(|(name, value)| written::pair(name, value))
            .collect();
        let mut cookies: Vec<String> = Vec::new();
        let mut headers: Vec<(String, String)> = Vec::new();
        for parameter in &operation.parameters {
            let is_required = parameter.presence == Presence::Required;
            if !is_required && self.values.random().coin(2) {
                continue;
            }
            let written = self.value(parameter.ty, |value| written::can_be_sent(parameter, value));
            let Some(pairs) = written.and_then(|value| written::parameter(parameter, &value)) else {
                if is_required {
                    return None;
                }
                continue;
            };
            add(parameter, pairs, &mut path, &mut query, &mut cookies, &mut headers);
        }
        let mut target = String::new();
        for segment in &operation.path.segments {
            target.push('/');
            for part in &segment.parts {
                match part {
                    PathPart::Literal(text) => target.push_str(&written::escaped(text)),
                    PathPart::Parameter(name) => {
                        let (_, text) = path.iter().find(|(other, _)| other == name)?;
                        target.push_str(text);
                    }
                }
            }
        }
        if !query.is_empty() {
            target = format!("{target}?{}", query.join("&"));
        }
        let mut request = Request::builder().method(operation.method.as_str()).uri(target);
        if !cookies.is_empty() {
            headers.push(("cookie".to_owned(), cookies.join("; ")));
        }
        let body = match &operation.request_body {
            Some(body) if body.required || self.values.random().coin(2) => self.body(body)?,
            _ => None,
        };
        if let Some((media_type, _)) = &body {
            headers.push(("content-type".to_owned(), media_type.clone()));
        }
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let body = body.map_or_else(Body::empty, |(_, bytes)| Body::from(bytes));
        request.body(body).ok()
    }

    /// The media type and the bytes of a body; the outer `None` where none could be made.
    fn body(&mut self, body: &RequestBody) -> Option<Option<(String, Vec<u8>)>> {
        let place = self.values.random().below(body.content.len());
        let content = body.content.get(place)?;
        match self.content(content) {
            Some(made) => Some(Some(made)),
            None if body.required => None,
            None => Some(None),
        }
    }

    fn content(&mut self, content: &Content) -> Option<(String, Vec<u8>)> {
        let media_type = &content.media_type;
        let name = match media_type.is_range() {
            true => "application/octet-stream"
                .replace("application/", media_type.essence().trim_end_matches('*'))
                .replace("*/octet", "application/octet"),
            false => media_type.as_str().to_owned(),
        };
        if media_type.is_json_sequence() {
            let item = self.value(content.item?, |_| true)?;
            return Some((name, format!("{item}\n{item}\n").into_bytes()));
        }
        let Some(ty) = content.ty else {
            return Some((name, b"{}".to_vec()));
        };
        if media_type.is_json() {
            return Some((name, self.value(ty, |_| true)?.to_string().into_bytes()));
        }
        if media_type.is_form() || media_type.is_multipart() {
            let value = self.value(ty, |value| {
                let is_simple =
                    |member: &Value| !member.is_null() && !matches!(member, Value::Array(items) if items.is_empty());
                value.as_object().is_some_and(|members| {
                    members
                        .values()
                        .all(|member| is_simple(member) && written::is_flat(member))
                })
            })?;
            return match media_type.is_form() {
                true => Some((name, written::form(content, &value)?.into_bytes())),
                false => Some((
                    format!("{}; boundary=B", media_type.essence()),
                    written::multipart(&value),
                )),
            };
        }
        let value = match media_type.is_text() {
            true => self.value(ty, Value::is_string)?,
            false => Value::from("bytes"),
        };
        Some((name, value.as_str()?.as_bytes().to_vec()))
    }
}

fn add(
    parameter: &Parameter,
    pairs: Pairs,
    path: &mut Vec<(String, String)>,
    query: &mut Vec<String>,
    cookies: &mut Vec<String>,
    headers: &mut Vec<(String, String)>,
) {
    match parameter.place {
        ParameterIn::Path => path.extend(pairs.into_iter().map(|(_, text)| (parameter.name.clone(), text))),
        ParameterIn::Header => headers.extend(pairs),
        ParameterIn::Cookie => cookies.extend(pairs.iter().map(|(name, value)| format!("{name}={value}"))),
        ParameterIn::Query | ParameterIn::Querystring => {
            query.extend(pairs.iter().map(|(name, value)| match name.is_empty() {
                true => value.clone(),
                false => format!("{name}={value}"),
            }));
        }
    }
}
