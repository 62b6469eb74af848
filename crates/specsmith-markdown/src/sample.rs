//! Samples of calls: for the shell, and with the generated client.

mod curl;
mod expr;
mod rust;
mod shell;
mod value;
mod wire;

use specsmith_ir::{Operation, Parameter, Presence, Server, Value};

use crate::context::Context;
use crate::example;

pub(crate) use curl::curl;
pub(crate) use rust::rust;

/// How many optional parameters a sample has.
const MAX_OPTIONAL: usize = 3;
/// The address where the document gives none.
const ANY_SERVER: &str = "https://api.example.com";

/// How a client is made, with these calls on its builder.
pub(crate) fn client(cx: &Context<'_>, calls: &[String]) -> String {
    let base = default_server(&cx.api.servers).is_none().then(|| {
        let relative = cx.api.servers.first().map(Server::address).unwrap_or_default();
        let path = relative.trim_end_matches('/');
        let path = if path.starts_with('/') && !path.contains("//") {
            path
        } else {
            ""
        };
        format!(".base_url({:?})", format!("{ANY_SERVER}{path}"))
    });
    let calls: Vec<&str> = base.iter().chain(calls).map(String::as_str).collect();
    let builder = format!("let client = {}::Client::builder()", cx.client);
    match calls.as_slice() {
        [] => format!("{builder}.build()?;"),
        calls => format!("{builder}\n    {}\n    .build()?;", calls.join("\n    ")),
    }
}

/// The address of the first server that is absolute, with the defaults of its variables.
fn default_server(servers: &[Server]) -> Option<String> {
    let mut urls = servers.iter().map(Server::address);
    urls.find(|url| (url.starts_with("https://") || url.starts_with("http://")) && !url.contains('{'))
}

/// The parameters that a sample shows, with values: those that must be sent, and some for which the document has
/// examples. `None` where a value that must be sent is not known.
fn arguments<'a>(cx: &Context<'_>, operation: &'a Operation) -> Option<Vec<(&'a Parameter, Value)>> {
    let mut optional = MAX_OPTIONAL;
    let mut arguments = Vec::new();
    for parameter in &operation.parameters {
        if parameter.presence == Presence::Required {
            arguments.push((parameter, example::for_parameter(cx, parameter)?));
        } else if optional > 0
            && !parameter.docs.deprecated
            && let Some(value) = example::of_parameter(cx, parameter)
        {
            optional -= 1;
            arguments.push((parameter, value));
        }
    }
    Some(arguments)
}
