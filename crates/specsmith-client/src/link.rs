//! Links: functions of the type of an operation, each of which makes a call from a response of it.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use specsmith_ir::{LinkSource, LinkValue, ParameterIn, Value};
use specsmith_rust::model::{Body, Group, Link, Operation, Outcome, Parameter};
use specsmith_rust::{Model, Prose, RustFile};

use crate::argument::argument;
use crate::body::Taken;
use crate::method::{MANY_ARGUMENTS, encode_as};
use crate::outcome::{body_type, success_type};

/// What a function has as its own arguments and values.
const OWN: [&str; 4] = ["client", "link", "request", "response"];

/// Adds the links of an operation.
pub(crate) fn render(file: &mut RustFile, model: &Model, group: &Group, operation: &Operation) {
    let links = operation
        .links
        .iter()
        .filter_map(|link| function(file, model, group, operation, link));
    let links = Vec::from_iter(links);
    if links.is_empty() {
        return;
    }
    let name = &operation.name;
    file.item(quote! {
        #[doc = " Calls that its responses lead to."]
        impl #name { #(#links)* }
    });
}

/// The function that makes the call of a link; `None` where nothing is generated for the operation that it calls.
fn function(
    file: &mut RustFile,
    model: &Model,
    group: &Group,
    operation: &Operation,
    link: &Link,
) -> Option<TokenStream> {
    let (to, target) = link.target;
    let to = model.groups.get(to)?;
    let target = to.operations.get(target)?;
    file.use_(quote!(crate::runtime::client::{Client, Response}));
    let call = call(file, model, link, target);
    let given = response_type(file, model, operation, link);
    let docs = docs(to, target, link).attributes();
    // A group need not be there that another one links to.
    let condition = (to.key != group.key).then(|| crate::group::condition(to)).flatten();
    let name = &target.name;
    let ty = match to.key == group.key && target.part == operation.part {
        true => quote!(#name),
        false => quote!(crate::api::#name),
    };
    let Call { arguments, statements } = call;
    let many = (arguments.len() + 2 > MANY_ARGUMENTS)
        .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "one for each required parameter")]));
    let is_linked = link
        .source
        .values()
        .any(|value| !matches!(value, LinkValue::Constant(_)));
    let response = match is_linked {
        true => quote!(response),
        false => quote!(_),
    };
    let body = match statements.is_empty() {
        true => quote!(Request::new(client)),
        false => {
            let values = is_linked.then(|| quote!(let link = link::of(response);));
            if is_linked || link.source.values().any(is_json) {
                file.use_(quote!(crate::runtime::client::link));
            }
            quote! {
                #values
                let mut request = Request::new(client);
                #(request.parts.#statements;)*
                request
            }
        }
    };
    let function = &link.name;
    Some(quote! {
        #docs
        #condition
        #many
        pub fn #function(client: &Client, #response: &Response<#given>, #(#arguments),*) -> Request<#ty> {
            #body
        }
    })
}

/// What a link takes beside the response, and what it does with it.
struct Call {
    arguments: Vec<TokenStream>,
    /// The calls on the parts of the request, without their receiver.
    statements: Vec<TokenStream>,
}

fn call(file: &mut RustFile, model: &Model, link: &Link, target: &Operation) -> Call {
    let mut call = Call {
        arguments: Vec::new(),
        statements: Vec::new(),
    };
    let given = link.source.parameters.iter();
    let given: BTreeMap<(ParameterIn, &str), &LinkValue> =
        given.map(|given| ((given.place, &*given.name), &given.value)).collect();
    for parameter in &target.parameters {
        match given.get(&(parameter.place, &*parameter.wire)) {
            Some(given) => {
                let given = value(given, parameter.required);
                call.statements.push(encode_as(file, parameter, &given));
            }
            None if parameter.required => {
                let (name, ty) = (own_name(parameter), argument(file, model, &parameter.ty));
                call.arguments.push(quote!(#name: #ty));
                call.statements.push(encode_as(file, parameter, &name));
            }
            None => {}
        }
    }
    match (&link.source.body, &target.body) {
        (Some(given), Some(body)) => {
            let given = value(given, true);
            call.statements.push(json(body, &given));
        }
        (None, Some(body)) if body.required => {
            let taken = Taken::new(file, model, target, body);
            call.arguments.extend(taken.arguments);
            call.statements.push(taken.statement);
        }
        _ => {}
    }
    call
}

fn json(body: &Body, value: &TokenStream) -> TokenStream {
    let media_type = body.media_type.as_str();
    match media_type == "application/json" || body.media_type.is_range() {
        true => quote!(json(#value)),
        false => quote!(json_as(#media_type, #value)),
    }
}

/// The name of an argument, which is none of the function's own.
fn own_name(parameter: &Parameter) -> TokenStream {
    let name = &parameter.name;
    match OWN.contains(&name.unraw()) {
        true => {
            let name = format_ident!("{}_value", name.unraw());
            quote!(#name)
        }
        false => quote!(#name),
    }
}

/// Whether a value is written as JSON, which code has no literal for.
fn is_json(value: &LinkValue) -> bool {
    match value {
        LinkValue::Constant(value) => !matches!(value, Value::String(_) | Value::Boolean(_) | Value::Number(_)),
        _ => false,
    }
}

fn value(given: &LinkValue, required: bool) -> TokenStream {
    let found = match given {
        LinkValue::Constant(Value::String(text)) => return quote!(#text),
        LinkValue::Constant(Value::Boolean(flag)) => return quote!(#flag),
        LinkValue::Constant(Value::Number(number)) => {
            let text = number.as_str();
            return match text.parse() {
                Ok(number) => {
                    let number = Literal::i64_unsuffixed(number);
                    quote!(#number)
                }
                Err(_) => quote!(#text),
            };
        }
        LinkValue::Constant(value) => {
            let json = value.to_string();
            return quote!(link::constant(#json));
        }
        LinkValue::Text(parts) => {
            let parts = parts.iter().map(|part| match part {
                LinkValue::Constant(Value::String(text)) => quote!(#text.into()),
                part => value(part, true),
            });
            quote!(link::text([#(#parts),*]))
        }
        LinkValue::Status => return quote!(link.status()),
        LinkValue::Request(source) => match source {
            LinkSource::Header(name) => quote!(link.request_header(#name)),
            LinkSource::Query(name) => quote!(link.request_query(#name)),
            LinkSource::Path(name) => quote!(link.request_path(#name)),
            LinkSource::Body(pointer) => quote!(link.request_body(#pointer)),
        },
        LinkValue::Response(LinkSource::Header(name)) => quote!(link.header(#name)),
        LinkValue::Response(LinkSource::Body(pointer)) => quote!(link.body(#pointer)),
        LinkValue::Response(LinkSource::Query(_) | LinkSource::Path(_)) => return quote!(()),
    };
    match required {
        true => found,
        false => quote!(#found.optional()),
    }
}

/// What the response is that leads to the call.
fn response_type(file: &mut RustFile, model: &Model, operation: &Operation, link: &Link) -> TokenStream {
    if link.outcome == Outcome::Success {
        return success_type(file, model, operation);
    }
    let is_it = |response: &&specsmith_rust::model::Response| {
        (response.status, response.outcome) == (link.status, link.outcome)
    };
    match operation.responses.list.iter().find(is_it) {
        Some(response) => body_type(file, model, &response.body),
        None => quote!(()),
    }
}

/// What is called with what.
fn docs(group: &Group, target: &Operation, link: &Link) -> Prose {
    let mut docs = link.docs.clone();
    let call = format!("client.{}().{}(..)", group.accessor, target.method);
    let mut values: Vec<String> = Vec::new();
    for parameter in &link.source.parameters {
        let (name, value) = (Prose::code(&parameter.name), Prose::code(&parameter.value.to_string()));
        values.push(format!("{name} is {value}"));
    }
    if let Some(body) = &link.source.body {
        values.push(format!("the body is {}", Prose::code(&body.to_string())));
    }
    docs.own(&match values.as_slice() {
        [] => format!("{}.", Prose::code(&call)),
        values => format!("{}, where {}.", Prose::code(&call), values.join(", ")),
    });
    docs
}
