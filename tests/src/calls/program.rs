//! The text of a program that makes calls.

use std::fmt::Write;

use specsmith_ir::Api;
use specsmith_rust::{
    Model,
    model::{Scheme, SchemeKind},
};

use super::chain::{Chains, Extent, Receiver};

/// A program, and what it does.
pub(super) struct Program {
    pub text: String,
    pub calls: usize,
    pub left_out: Vec<String>,
}

/// Writes a program that calls at most so many operations, which are spread evenly over the document.
pub(super) fn write(api: &Api, model: &Model, client: &str, most: usize) -> Program {
    let mut chains = Chains::new(api, model, Receiver::Prism);
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
            let Some(chain) = chains.make((group, operation), body, extent) else {
                let kind = body.map_or_else(String::new, |body| format!(" ({})", body.media_type.as_str()));
                left_out.push(format!("{}{kind}", operation.id));
                continue;
            };
            let (id, chain) = (format!("{:?}", operation.id), chain.text);
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
pub(crate) fn credential(scheme: &Scheme) -> Option<String> {
    let method = &scheme.method;
    match scheme.kind {
        SchemeKind::MutualTls | SchemeKind::Unknown => None,
        SchemeKind::Basic => Some(format!(".{method}(\"user\", \"password\")")),
        _ => Some(format!(".{method}(\"credential\")")),
    }
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
