//! The text of a program that makes calls.

use std::fmt::Write;

use serde_json::Value;
use specsmith_ir::{self as ir, Api, ParameterIn, Shape, TypeId};
use specsmith_rust::{
    Model,
    model::{Body, BodyKind, Group, Operation, Parameter, Scheme, SchemeKind},
};

use super::arguments::expression;
use crate::values::Values;

/// A program, and what it does.
pub(super) struct Program {
    pub text: String,
    pub calls: usize,
    pub left_out: Vec<String>,
}

/// How much of an operation is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    Required,
    Everything,
}

/// Writes a program that calls at most so many operations, which are spread evenly over the document.
pub(super) fn write(api: &Api, model: &Model, client: &str, most: usize) -> Program {
    let mut values = Values::new(api, 1);
    let (mut functions, mut list) = (String::new(), String::new());
    let (mut calls, mut left_out) = (0, Vec::new());
    let operations: Vec<_> = model.operations().collect();
    let step = operations.len().div_ceil(most).max(1);
    for (group, operation) in operations.into_iter().step_by(step) {
        let others = operation.bodies().skip(1).map(|body| (Some(body), Extent::Everything));
        let first = operation.bodies().next();
        let ways = [(first, Extent::Required), (first, Extent::Everything)]
            .into_iter()
            .chain(others);
        for (body, extent) in ways {
            let Some(chain) = chain(api, model, &mut values, (group, operation), body, extent) else {
                let kind = body.map_or_else(String::new, |body| format!(" ({})", body.media_type.as_str()));
                left_out.push(format!("{}{kind}", operation.id));
                continue;
            };
            let id = format!("{:?}", operation.id);
            write!(
                functions,
                "\nasync fn call_{calls}(client: Client) -> String {{\n    line({id}, client{chain}.send().await)\n}}\n"
            )
            .expect("memory");
            writeln!(list, "    run!({id}, call_{calls});").expect("memory");
            calls += 1;
        }
    }
    let credentials: String = model.schemes.iter().filter_map(credential).collect();
    let text = PROGRAM
        .replace("library", &client.replace('-', "_"))
        .replace("/* credentials */", &credentials)
        .replace("    /* calls */\n", &list);
    Program {
        text: format!("{text}{functions}"),
        calls,
        left_out,
    }
}

/// The method of the builder that takes a credential, with one.
fn credential(scheme: &Scheme) -> Option<String> {
    let method = &scheme.method;
    match scheme.kind {
        SchemeKind::MutualTls | SchemeKind::Unknown => None,
        SchemeKind::Basic => Some(format!(".{method}(\"user\", \"password\")")),
        _ => Some(format!(".{method}(\"credential\")")),
    }
}

/// The methods of a call, one after the other; `None` where a value that is needed could not be made.
fn chain(
    api: &Api,
    model: &Model,
    values: &mut Values<'_>,
    (group, operation): (&Group, &Operation),
    body: Option<&Body>,
    extent: Extent,
) -> Option<String> {
    let source = api.operation(operation.source)?;
    let mut arguments = Vec::new();
    let mut setters = String::new();
    for parameter in &operation.parameters {
        let ty = source_type(source, parameter)?;
        if parameter.required {
            let value = value(api, values, parameter, ty)?;
            arguments.push(expression(model, &parameter.ty, &value));
        } else if extent == Extent::Everything
            && let Some(value) = value(api, values, parameter, ty)
        {
            let argument = expression(model, &parameter.ty, &value);
            write!(setters, ".{}({argument})", parameter.name).expect("memory");
        }
    }
    let body = body.filter(|body| body.required || extent == Extent::Everything);
    let mut method = &operation.method;
    if let Some(body) = body {
        let argument = body_argument(model, values, source, body);
        match body.required {
            true => {
                method = &body.method;
                arguments.push(argument?);
            }
            false => setters.extend(argument.map(|argument| format!(".{}({argument})", body.method))),
        }
    }
    let accessor = &group.accessor;
    Some(format!(".{accessor}().{method}({}){setters}", arguments.join(", ")))
}

fn source_type(source: &ir::Operation, parameter: &Parameter) -> Option<TypeId> {
    let is_same = |found: &&ir::Parameter| found.name == parameter.wire && found.place == parameter.place;
    source.parameters.iter().find(is_same).map(|found| found.ty)
}

/// A value for a parameter, of those that can be sent in its place.
fn value(api: &Api, values: &mut Values<'_>, parameter: &Parameter, ty: TypeId) -> Option<Value> {
    let is_told = |value: &Value| !is_choice_of_text(api, ty) || is_text(value);
    let mut made = (0..20).filter_map(|_| values.make(ty));
    made.find(|value| can_be_sent(parameter.place, value) && is_told(value))
}

/// Whether a value is a text or something else: outside of JSON they look the same.
fn is_choice_of_text(api: &Api, ty: TypeId) -> bool {
    match &api.types[ty].shape {
        Shape::Alias(target) | Shape::Nullable(target) => is_choice_of_text(api, *target),
        Shape::Union(union) => {
            let mut shapes = union.variants.iter().map(|variant| &api.types[variant.ty].shape);
            shapes.any(|shape| matches!(shape, Shape::String(_)))
        }
        _ => false,
    }
}

/// Whether it can only be a text.
fn is_text(value: &Value) -> bool {
    let text = value.as_str().unwrap_or("0");
    text.parse::<f64>().is_err() && !["true", "false", "null"].contains(&text)
}

fn can_be_sent(place: ParameterIn, value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => {
            let others = match place {
                ParameterIn::Path => "-_:",
                ParameterIn::Header | ParameterIn::Cookie => "-_.:/+=",
                ParameterIn::Query | ParameterIn::Querystring => return true,
            };
            !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || others.contains(c))
        }
        Value::Array(items) => !items.is_empty() && items.iter().all(|item| can_be_sent(place, item)),
        Value::Object(members) => !members.is_empty() && members.values().all(|member| can_be_sent(place, member)),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

fn body_argument(model: &Model, values: &mut Values<'_>, source: &ir::Operation, body: &Body) -> Option<String> {
    let mut content = source.request_body.as_ref()?.content.iter();
    let ty = content.find(|content| content.media_type == body.media_type)?.ty;
    let media_type = match body.media_type.is_range() {
        true => "\"application/octet-stream\", ",
        false => "",
    };
    match &body.kind {
        BodyKind::Json(rust) => Some(expression(model, rust, &values.make(ty?)?)),
        BodyKind::Form(rust) => {
            let mut made = (0..50).filter_map(|_| values.make(ty?));
            Some(expression(model, rust, &made.find(is_told_in_a_form)?))
        }
        // Prism does not read XML.
        BodyKind::Xml(..) => None,
        BodyKind::Text if body.media_type.as_str().contains("xml") => None,
        BodyKind::Text | BodyKind::Bytes => Some(format!("{media_type}\"some text\"")),
        BodyKind::Lines(_) | BodyKind::Multipart => None,
    }
}

/// Whether every reader of forms understands it: some see the last item of a list only.
fn is_told_in_a_form(value: &Value) -> bool {
    let members = value.as_object().into_iter().flatten();
    members.map(|(_, member)| member).all(|member| !member.is_array())
}

const PROGRAM: &str = r##"//! Calls the operations of a client.
#![allow(deprecated, unused_mut)]

use std::io::Write;

use library::{Client, Error, Response, runtime::client::{ApiError, RawResponse}};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

fn value<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn line<T, E: ApiError>(id: &str, outcome: Result<Response<T>, Error<E>>) -> String {
    match outcome {
        Ok(response) => show(id, Some(response.raw()), "", None),
        Err(error) => {
            let kind = match &error {
                Error::Api(_) => "api",
                Error::Undocumented(_) => "undocumented",
                Error::Decode(_) => "decode",
                Error::UnexpectedContentType(_) => "content type",
                Error::InvalidRequest(_) => "invalid request",
                Error::MissingCredentials(_) => "missing credentials",
                _ => "transport",
            };
            show(id, error.response(), kind, Some(error.to_string()))
        }
    }
}

fn show(id: &str, response: Option<&RawResponse>, kind: &str, error: Option<String>) -> String {
    let headers = response.into_iter().flat_map(|response| response.headers());
    let headers: Map<String, Value> = headers
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into()))
        .collect();
    let body = response.map(|response| String::from_utf8_lossy(response.body()).chars().take(2_000).collect::<String>());
    let status = response.map(|response| response.status().as_u16());
    json!({ "id": id, "status": status, "headers": headers, "body": body, "kind": kind, "error": error }).to_string()
}

fn main() {
    let url = std::env::args().nth(1).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = Client::builder().base_url(&url)/* credentials */.build().unwrap();
    let mut out = std::io::stdout().lock();
    // A value that the type does not read stops its own call only.
    macro_rules! run {
        ($id:literal, $call:ident) => {
            let call = runtime.block_on(async { tokio::spawn($call(client.clone())).await });
            let text = call.unwrap_or_else(|error| show($id, None, "not made", Some(error.to_string())));
            writeln!(out, "{text}").unwrap();
        };
    }
    /* calls */
}
"##;
