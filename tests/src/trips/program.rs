//! The module of a document in the program: a service that notes what it gets, and the calls.

use std::{collections::BTreeSet, fmt::Write};

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::{ParameterIn, Status};
use specsmith_rust::{
    Model, RustFile,
    model::{
        Body, BodyKind, Group, MultipartForm, Operation, Outcome, PartKind, ResponseBody, ResponseHeader, RustType,
        SentBody, SentResponse, Success,
    },
    types,
};

use super::{
    auth::{self, Trust},
    plan::{Answer, Called, Plan},
};
use crate::calls::{chain, program::credential};

/// The text of a module that has the calls of a plan.
pub(super) fn module(model: &Model, plan: &Plan<'_>, name: &str) -> String {
    let (client, server) = (format!("{name}_client"), format!("{name}_server"));
    let credentials: String = model.schemes.iter().filter_map(credential).collect();
    let mut text = MODULE
        .replace("CLIENT", &client)
        .replace("SERVER", &server)
        .replace("/* credentials */", &credentials);
    let (mut list, mut functions) = (String::new(), String::new());
    let mut number = 0;
    for (place, called) in plan.called.iter().enumerate() {
        functions.push_str(&reader(place, called));
        for (chain, answer) in &called.calls {
            let Answer {
                sent, status, value, ..
            } = &called.answers[*answer];
            let call = &chain.text;
            let (send, of) = match sent.body {
                SentBody::Whole(_) => ("send", ""),
                SentBody::Events(_) => ("events", "events_"),
                SentBody::Records(_) => ("records", "records_"),
            };
            writeln!(
                list,
                "    trip({number}, {answer}, {status}, r#####\"{value}\"#####, call_{number}(client.clone())).await;"
            )
            .expect("memory");
            write!(
                functions,
                "\nasync fn call_{number}(client: client::Client) -> Arrived {{\n    read_{of}{place}(client{call}.{send}().await).await\n}}\n"
            )
            .expect("memory");
            number += 1;
        }
    }
    text = text.replace("    /* calls */\n", &list);
    text.push_str(&functions);
    let authenticator = auth::authenticator(model, &server, Trust::All);
    if authenticator.contains("ClientCertificate") {
        let layer = format!(
            "server::routes(Service).with_base_path(String::new()).into_router().layer(axum::Extension({server}::ClientCertificate::new([1])))"
        );
        text = text.replace(
            "server::routes(Service).with_base_path(String::new()).into_router()",
            &layer,
        );
    }
    text.push_str(&authenticator);
    text.push_str(&services(model, plan, &server));
    text
}

/// What `Service` does, a module for each group.
pub(crate) fn services(model: &Model, plan: &Plan<'_>, server: &str) -> String {
    let mut text = String::new();
    for (place, group) in model.groups.iter().enumerate() {
        let handlers = handlers(model, plan, group, server);
        write!(text, "\nmod group_{place} {{\n{handlers}}}\n").expect("memory");
    }
    text
}

/// The function that tells what arrived of a response.
fn reader(place: usize, called: &Called<'_>) -> String {
    let operation = called.operation;
    let name = format!("client::api::{}", operation.name);
    let of = |outcome: Outcome| {
        let list = operation.responses.list.iter();
        list.filter(move |response| response.outcome == outcome && response.shared.is_none())
    };
    let success = match &operation.responses.success {
        _ if operation.responses.streams.awaited.is_some() => {
            "    Ok(_) => Arrived::failed(\"a stream\"),\n".to_owned()
        }
        Success::Body(body) => {
            let shown = shown(body, "&*response");
            format!("        Ok(response) => Arrived::new(\"\", response.status().as_u16(), {shown}),\n")
        }
        Success::Enum(ty) => {
            let mut arms = String::new();
            for response in of(Outcome::Success) {
                let (variant, shown) = (&response.name, shown(&response.body, "value"));
                match response.body {
                    ResponseBody::Empty => {
                        writeln!(arms, "client::api::{ty}::{variant} => (\"{variant}\", Value::Null),")
                    }
                    _ => writeln!(arms, "client::api::{ty}::{variant}(value) => (\"{variant}\", {shown}),"),
                }
                .expect("memory");
            }
            format!(
                "        Ok(response) => {{\n            let (variant, value) = match &*response {{\n{arms}_ => (\"?\", Value::Null),\n}};\n\
                 Arrived::new(variant, response.status().as_u16(), value)\n        }}\n"
            )
        }
    };
    let errors = operation.responses.error.as_ref().map_or_else(String::new, |ty| {
        let mut arms = String::new();
        for response in of(Outcome::Error) {
            let (variant, shown) = (&response.name, shown(&response.body, "&*response"));
            writeln!(
                arms,
                "client::api::{ty}::{variant}(response) => Arrived::new(\"{variant}\", response.status().as_u16(), {shown}),"
            )
            .expect("memory");
        }
        format!("        Err(client::Error::Api(error)) => match error {{\n{arms}_ => Arrived::failed(\"?\"),\n}},\n")
    });
    let error = format!("client::Error<<{name} as client::Operation>::Error>");
    let mut text = format!(
        "\nasync fn read_{place}(outcome: Result<client::Response<<{name} as client::Operation>::Success>, {error}>) -> Arrived {{\n    \
         let refusal = refusal(&outcome);\n    let arrived = match outcome {{\n{success}{errors}        \
         Err(error) => Arrived::failed(error),\n    }};\n    arrived.refused(refusal)\n}}\n"
    );
    let streams = &operation.responses.streams;
    for (is_there, kind, stream, item) in [
        (streams.events.is_some(), "events", "EventStream", "item.data"),
        (streams.records.is_some(), "records", "RecordStream", "item"),
    ] {
        if is_there {
            text += &format!(
                "\nasync fn read_{kind}_{place}(outcome: Result<client::{stream}<{name}>, {error}>) -> Arrived {{\n\
                 let mut stream = match outcome {{ Ok(stream) => stream, Err(error) => return Arrived::failed(error) }};\n\
                 let status = stream.response().status().as_u16();\n    let mut items = Vec::new();\n\
                 while let Some(item) = stream.next().await {{\n\
                 match item {{ Ok(item) => items.push(json(&{item})), Err(error) => return Arrived::failed(error) }}\n}}\n\
                 Arrived::new(\"\", status, items.into())\n}}\n"
            );
        }
    }
    text
}

/// The expression for a value as JSON.
fn shown(body: &ResponseBody, value: &str) -> String {
    match body {
        ResponseBody::Empty => "Value::Null".to_owned(),
        ResponseBody::Bytes => format!("bytes({value})"),
        _ => format!("json({value})"),
    }
}

/// The service's functions for a group.
fn handlers(model: &Model, plan: &Plan<'_>, group: &Group, server: &str) -> String {
    let mut file = RustFile::new();
    let (module, name) = (group.module(), &group.name);
    let context = root_name(model, "Context");
    let problem = root_name(model, "Problem");
    let mut functions = Vec::new();
    let mut shapes = BTreeSet::new();
    for operation in &group.operations {
        if !shapes.insert(operation.function.unraw().to_owned()) || is_unserved(model, operation) {
            continue;
        }
        let called = plan
            .called
            .iter()
            .find(|called| called.operation.source == operation.source);
        functions.push(handler(
            &mut file,
            model,
            group,
            operation,
            called,
            (&context, &problem),
        ));
    }
    if functions.is_empty() {
        return String::new();
    }
    file.item(quote! {
        impl server::api::#module::#name for super::Service {
            type Error = server::#problem;
            #(#functions)*
        }
    });
    let text = file.to_string();
    let text = text
        .replace("crate::runtime::codec::", &format!("{server}::types::"))
        .replace("crate::types", &format!("{server}::types"));
    format!("use {server} as server;\nuse crate::*;\n{text}")
}

/// Whether another operation gets its requests.
pub(super) fn is_unserved(model: &Model, operation: &Operation) -> bool {
    let first = model
        .operations()
        .map(|(_, other)| other)
        .filter(|other| super::plan::shape(other) == super::plan::shape(operation))
        .min_by_key(|other| other.source);
    first.is_some_and(|first| first.source != operation.source)
}

/// What a name of the runtime is called in the root of the server.
pub(super) fn root_name(model: &Model, name: &str) -> proc_macro2::Ident {
    let mut local = name.to_owned();
    while model.groups.iter().any(|group| group.name.to_string() == local) {
        local.insert_str(0, "Http");
    }
    quote::format_ident!("{local}")
}

fn handler(
    file: &mut RustFile,
    model: &Model,
    group: &Group,
    operation: &Operation,
    called: Option<&Called<'_>>,
    (context, problem): (&proc_macro2::Ident, &proc_macro2::Ident),
) -> TokenStream {
    let module = group.module();
    let (function, response) = (&operation.function, &operation.responses.server);
    let (mut arguments, mut notes) = (Vec::new(), Vec::new());
    for parameter in &operation.parameters {
        let (name, key) = (&parameter.name, chain::key(parameter));
        match parameter.place {
            ParameterIn::Path => {
                let ty = ty(file, model, &parameter.ty);
                arguments.push(quote!(#name: #ty));
                notes.push(quote!(got.note(#key, json(&#name));));
            }
            _ => notes.push(quote!(got.note(#key, json(&parameters.#name));)),
        }
    }
    if operation
        .parameters
        .iter()
        .any(|parameter| parameter.place != ParameterIn::Path)
    {
        let name = &operation.parameters_name;
        arguments.push(quote!(parameters: server::api::#module::#name));
    }
    if let Some(body) = &operation.body {
        let own = match operation.other_bodies.is_empty() {
            true => body_type(file, model, (&module, body)),
            false => {
                let name = &operation.content_name;
                quote!(server::api::#module::#name)
            }
        };
        arguments.push(match body.required {
            true => quote!(body: #own),
            false => quote!(body: Option<#own>),
        });
        notes.push(note_body(group, operation, body));
    }
    let id = &operation.id;
    let answer = called.map_or_else(
        || quote!(Err(server::#problem::not_found())),
        |called| {
            let arms = called.answers.iter().enumerate().map(|(place, answer)| {
                let made = answer_of(model, answer.sent);
                quote!(#place => server::api::#module::#response::#made,)
            });
            quote!(Ok(match answer() { #(#arms)* _ => return Err(server::#problem::not_found()) }))
        },
    );
    let caller = auth::caller(model, operation);
    let headers = headers(model, operation);
    quote! {
        async fn #function(&self, cx: server::#context #caller, #(#arguments),*) -> Result<server::api::#module::#response, Self::Error> {
            let mut got = Got::new(#id);
            #(#notes)*
            got.end();
            #(#headers)*
            #answer
        }
    }
}

/// Sets the headers that responses must have; their values are looked at by the round trips.
fn headers(model: &Model, operation: &Operation) -> Vec<TokenStream> {
    let required = |header: &&ResponseHeader| header.required.iter().any(|(id, _)| *id == operation.source);
    let headers = model.headers.iter().filter(required);
    let set = headers.map(|header| {
        let name = header.wire.to_ascii_lowercase();
        quote!(cx.add_response_header(#name.parse().unwrap(), "1".parse().unwrap());)
    });
    set.collect()
}

/// Notes a body, which is not there where it need not be sent.
fn note_body(group: &Group, operation: &Operation, body: &Body) -> TokenStream {
    let module = group.module();
    let note = |body: &Body| match body.kind {
        BodyKind::Bytes => quote!(got.stream(body).await;),
        BodyKind::Lines(_) => quote!({
            let mut body = body;
            let mut list = Vec::new();
            while let Some(record) = body.next().await {
                list.push(json(&record?));
            }
            got.note("body", list.into());
        }),
        BodyKind::Multipart => match &body.form {
            Some(form) => note_form(form),
            None => quote!(got.parts(body).await;),
        },
        _ => quote!(got.note("body", json(&body));),
    };
    let noted = match operation.other_bodies.is_empty() {
        true => note(body),
        false => {
            let name = &operation.content_name;
            let arms = operation.bodies().map(|body| {
                let (variant, note) = (&body.name, note(body));
                quote!(server::api::#module::#name::#variant(body) => { #note })
            });
            quote!(match body { #(#arms)* })
        }
    };
    match body.required {
        true => noted,
        false => quote!(if let Some(body) = body { #noted }),
    }
}

/// Notes the parts of a form as names and texts.
fn note_form(form: &MultipartForm) -> TokenStream {
    let notes = form.parts.iter().map(|part| {
        let (name, wire) = (&part.name, &part.wire);
        match part.kind {
            PartKind::Value(_) => {
                let is_json = part.content_type.as_deref();
                let is_json = is_json.is_some_and(|media_type| media_type.contains("json"));
                quote!(parts.extend(texts(#wire, json(&body.#name), #is_json));)
            }
            PartKind::File if part.required => quote!(parts.push(part(#wire, &body.#name.bytes().await.unwrap()));),
            PartKind::File | PartKind::Files => {
                quote!(for file in body.#name.into_iter() { parts.push(part(#wire, &file.bytes().await.unwrap())); })
            }
        }
    });
    quote!(let mut parts = Vec::new(); #(#notes)* got.note("body", parts.into());)
}

fn body_type(file: &mut RustFile, model: &Model, (module, body): (&impl quote::ToTokens, &Body)) -> TokenStream {
    if let Some(form) = &body.form {
        let name = &form.name;
        return quote!(server::api::#module::#name);
    }
    match &body.kind {
        BodyKind::Json(of) | BodyKind::Form(of) | BodyKind::Xml(of, _) => ty(file, model, of),
        BodyKind::Lines(of) => {
            let (of, records) = (ty(file, model, of), root_name(model, "Records"));
            quote!(server::#records<#of>)
        }
        BodyKind::Multipart => quote!(axum::extract::Multipart),
        BodyKind::Text => quote!(String),
        BodyKind::Bytes => quote!(axum::body::Body),
    }
}

fn ty(file: &mut RustFile, model: &Model, ty: &RustType) -> TokenStream {
    types::import(file, model, ty);
    types::tokens(model, ty)
}

/// The variant of the server with what it holds.
fn answer_of(model: &Model, response: &SentResponse) -> TokenStream {
    let name = &response.name;
    let mut held = Vec::new();
    if !matches!(response.status, Status::Code(_)) {
        held.push(quote!(status()));
    }
    let range = response
        .media_type
        .as_ref()
        .is_none_or(specsmith_ir::MediaType::is_range);
    match &response.body {
        SentBody::Whole(ResponseBody::Empty) => {}
        SentBody::Whole(ResponseBody::Bytes) => {
            if range {
                let media_type = response
                    .media_type
                    .as_ref()
                    .map_or("*/*", |media_type| media_type.essence());
                let media_type = chain::of_range(media_type);
                held.push(quote!(axum::http::HeaderValue::from_static(#media_type)));
            }
            held.push(quote!(axum::body::Body::from(answered::<String>())));
        }
        SentBody::Whole(_) => held.push(quote!(answered())),
        SentBody::Events(_) => {
            let stream = root_name(model, "EventStream");
            held.push(quote!(server::#stream::from(answered::<Vec<_>>())));
        }
        SentBody::Records(_) => {
            let stream = root_name(model, "RecordStream");
            held.push(quote!(server::#stream::from(answered::<Vec<_>>())));
        }
    }
    match held.is_empty() {
        true => quote!(#name),
        false => quote!(#name(#(#held),*)),
    }
}

const MODULE: &str = r##"//! Calls of a client, and the service that gets them.
#![allow(deprecated, unused, clippy::all)]

use CLIENT as client;
use SERVER as server;

use crate::*;

pub(crate) struct Service;

pub(crate) async fn run() {
    let url = serve(server::routes(Service).with_base_path(String::new()).into_router()).await;
    let client = client::Client::builder()
        .base_url(&url)
        .retry(client::RetryPolicy::never())/* credentials */
        .build()
        .unwrap();
    /* calls */
}

/// What a server says is wrong with a request.
fn refusal<T, E: client::runtime::client::ApiError>(outcome: &Result<client::Response<T>, client::Error<E>>) -> Value {
    let response = outcome.as_ref().err().and_then(|error| error.response());
    let body = response.and_then(|response| serde_json::from_slice::<Value>(response.body()).ok());
    body.map_or(Value::Null, |body| body["errors"].clone())
}
"##;

/// The text of `main.rs` beside what programs share: what runs the calls of a module.
pub(super) const MAIN: &str = r##"//! Generated clients call generated servers: each line of the output is what a handler got, and what arrived of its answer.
#![allow(dead_code)]
#![recursion_limit = "2048"]

use std::future::Future;
use std::io::Write;

fn arrived(state: &mut State, got: Map<String, Value>) {
    state.got = Some(got.into());
}

/// What arrived of an answer.
#[derive(Debug, Default)]
pub(crate) struct Arrived {
    variant: String,
    status: Option<u16>,
    value: Value,
    error: Option<String>,
    /// What the server says is wrong with the request.
    refusal: Value,
}

impl Arrived {
    pub(crate) fn refused(mut self, refusal: Value) -> Self {
        self.refusal = refusal;
        self
    }

    pub(crate) fn new(variant: &str, status: u16, value: Value) -> Self {
        Self { variant: variant.to_owned(), status: Some(status), value, ..Self::default() }
    }

    pub(crate) fn failed(error: impl std::fmt::Display) -> Self {
        Self { error: Some(error.to_string()), ..Self::default() }
    }
}

pub(crate) async fn serve(router: axum::Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, router).await });
    url
}

/// Makes a call and prints what came of it.
pub(crate) async fn trip(
    number: usize,
    answer: usize,
    status: u16,
    value: &str,
    call: impl Future<Output = Arrived> + Send + 'static,
) {
    state(|state| *state = State { answer, status, value: value.to_owned(), got: None });
    let arrived = match tokio::spawn(call).await {
        Ok(arrived) => arrived,
        Err(error) => Arrived::failed(format!("not made: {error}")),
    };
    let got = state(|state| state.got.take());
    let Arrived { variant, status, value, error, refusal } = arrived;
    let line = serde_json::json!({
        "call": number, "got": got, "variant": variant, "status": status, "value": value, "error": error,
        "refusal": refusal,
    });
    writeln!(std::io::stdout(), "{line}").unwrap();
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let wanted = std::env::args().nth(1).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        match wanted.as_str() {
            /* modules */
            other => panic!("no {other}"),
        }
    });
}
"##;
