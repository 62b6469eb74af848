//! Callbacks: requests that the API sends because of operations, and where they are sent.

use std::collections::BTreeMap;

use specsmith_ir::{self as ir, Direction, LinkSource, LinkValue, ParameterIn};

use super::bodies::json_type;
use super::context::Context;
use super::identity::Identity;
use super::memory::Member;
use super::outgoing::{self, Found};
use super::written;
use crate::Ident;
use crate::model::{Callback, CallbackUrl, Group, Operation, RustType, UrlArgument, UrlPart};
use crate::naming::{Case, Scope, words};

/// What the module of callbacks has beside the functions of each, and what these use.
const FUNCTIONS: &[&str] = &[
    "callback",
    "route_of",
    "sender",
    "signer",
    "unverified_route_of",
    "verifier",
    "webhook",
];

/// A callback, before it has names.
struct Unnamed<'a> {
    source: &'a ir::Callback,
    /// The operation that it is of.
    operation: &'a Operation,
    place: Identity,
    found: Found<'a>,
}

/// The callbacks of the operations.
pub(super) fn lower(cx: &mut Context<'_>, groups: &[Group]) -> Vec<Callback> {
    let api = cx.api;
    let operations = groups.iter().flat_map(|group| &group.operations);
    let operations: BTreeMap<_, _> = operations.map(|operation| (operation.source, operation)).collect();
    let mut unnamed = Vec::new();
    for source in &api.callbacks {
        if let Some(operation) = operations.get(&source.operation).copied() {
            let place = cx.identities.of_operation(source.operation.0 as usize);
            let (method, text) = (source.request.method.as_str(), &source.request.path.text);
            unnamed.push(Unnamed {
                source,
                operation,
                place: place.inside(&["callbacks", &source.name, text, method]),
                found: outgoing::found(cx, &source.request),
            });
        }
    }
    let mut scope = Scope::new(Case::Snake, &[FUNCTIONS]);
    let functions = unnamed.iter().map(|of| member(of, "function", &[])).collect();
    let functions = cx.memory.members(&mut scope, functions);
    let urls = unnamed.iter().map(|of| member(of, "url", &["url"])).collect();
    let urls = cx.memory.members(&mut scope, urls);
    let named = unnamed.iter().zip(functions.into_iter().zip(urls));
    named
        .map(|(of, (function, url))| Callback {
            operation: of.operation.id.clone(),
            request: outgoing::request(cx, &of.found, (&of.source.name, function), &of.place),
            expression: of.source.request.path.text.clone(),
            url: of.source.url.as_ref().and_then(|value| address(cx, of, value, url)),
        })
        .collect()
}

/// The name of a callback, else that of its operation before it, else its method behind both.
fn member(of: &Unnamed<'_>, what: &str, more: &[&str]) -> Member {
    let more: Vec<String> = more.iter().map(|word| (*word).to_owned()).collect();
    let plain = words(&of.source.name);
    let with_operation = [words(of.operation.function.unraw()), plain.clone()].concat();
    let with_method = [with_operation.clone(), words(of.source.request.method.as_str())].concat();
    let candidates = [plain, with_operation, with_method].map(|words| [words, more.clone()].concat());
    Member::new(of.place.inside(&[what]), candidates.to_vec())
}

/// How the address is made.
fn address(cx: &mut Context<'_>, of: &Unnamed<'_>, value: &LinkValue, function: Ident) -> Option<CallbackUrl> {
    let values = match value {
        LinkValue::Text(parts) => parts.as_slice(),
        value => std::slice::from_ref(value),
    };
    let mut taken: Vec<(Taken, RustType)> = Vec::new();
    let mut parts = Vec::new();
    for value in values {
        if let LinkValue::Constant(value) = value {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            parts.push(UrlPart::Text(text));
            continue;
        }
        let (from, pointer, ty) = source(cx, of, value)?;
        let known = taken.iter().position(|(other, _)| *other == from);
        let place = known.unwrap_or_else(|| {
            taken.push((from, ty));
            taken.len() - 1
        });
        parts.push(UrlPart::Value(place, pointer));
    }
    let members = taken.iter().map(|(from, _)| {
        let (plain, exact) = from.words();
        Member::new(
            of.place.inside(&["url arguments", &exact.join(" ")]),
            vec![plain, exact],
        )
    });
    let members = members.collect();
    let names = cx
        .memory
        .members(&mut Scope::new(Case::Snake, &[&["callback"]]), members);
    let arguments = names.into_iter().zip(taken);
    Some(CallbackUrl {
        function,
        arguments: arguments.map(|(name, (_, ty))| UrlArgument { name, ty }).collect(),
        parts,
    })
}

/// What a value of an address is taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Taken {
    Parameter(ParameterIn, String),
    Body,
    Status,
    ResponseHeader(String),
    ResponseBody,
}

impl Taken {
    /// What an argument is called: shortly, and so that it is told apart.
    fn words(&self) -> (Vec<String>, Vec<String>) {
        let (plain, exact) = match self {
            Self::Parameter(place, name) => (words(name), [words(name), words(&place.to_string())].concat()),
            Self::Body => (words("body"), words("request body")),
            Self::Status => (words("status"), words("response status")),
            Self::ResponseHeader(name) => (words(name), [words("response"), words(name)].concat()),
            Self::ResponseBody => (words("response"), words("response body")),
        };
        (plain, exact)
    }
}

/// What a value is taken from, where in it, and its type.
fn source(cx: &mut Context<'_>, of: &Unnamed<'_>, value: &LinkValue) -> Option<(Taken, String, RustType)> {
    let api = cx.api;
    let operation = api.operation(of.source.operation)?;
    let whole = String::new();
    Some(match value {
        LinkValue::Status => (Taken::Status, whole, RustType::U16),
        LinkValue::Request(LinkSource::Body(pointer)) => {
            let mut contents = operation.request_body.iter().flat_map(|body| &body.content);
            let content = contents.find(|content| content.media_type.is_json())?;
            (Taken::Body, pointer.clone(), json_type(cx, content))
        }
        LinkValue::Request(source) => {
            let (place, name) = match source {
                LinkSource::Header(name) => (ParameterIn::Header, name),
                LinkSource::Query(name) => (ParameterIn::Query, name),
                LinkSource::Path(name) | LinkSource::Body(name) => (ParameterIn::Path, name),
            };
            let is_it = |parameter: &&ir::Parameter| {
                let is_same = match place {
                    ParameterIn::Header => parameter.name.eq_ignore_ascii_case(name),
                    _ => parameter.name == *name,
                };
                parameter.place == place && is_same
            };
            let parameter = operation.parameters.iter().find(is_it)?;
            let ty = written::bare_reference(cx, parameter.ty);
            (Taken::Parameter(place, parameter.name.clone()), whole, ty)
        }
        LinkValue::Response(LinkSource::Header(name)) => {
            let mut headers = operation.responses.iter().flat_map(|response| &response.headers);
            let header = headers.find(|header| header.name.eq_ignore_ascii_case(name))?;
            let ty = written::bare_reference(cx, header.ty);
            (Taken::ResponseHeader(header.name.clone()), whole, ty)
        }
        LinkValue::Response(LinkSource::Body(pointer)) => {
            let contents = operation.responses.iter().flat_map(|response| &response.content);
            let leads = |content: &&ir::Content| {
                let leads = |ty| ir::pointer::follow(&api.types, ty, pointer, Direction::Response).is_ok();
                content.media_type.is_json() && content.ty.is_none_or(leads)
            };
            let content = { contents }.find(leads)?;
            (Taken::ResponseBody, pointer.clone(), json_type(cx, content))
        }
        LinkValue::Response(_) | LinkValue::Constant(_) | LinkValue::Text(_) => return None,
    })
}
