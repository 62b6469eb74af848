//! An example that makes a real call of the API.

use std::fmt::Write;

use specsmith_ir::Server;
use specsmith_rust::Model;
use specsmith_rust::model::{Body, Group, Operation, Outcome, SchemeKind, StreamKind};

use crate::call::{Call, value};
use crate::handle::default_server;
use crate::{Examples, Options};

/// How long a line gets in an example.
const WIDTH: usize = 90;

/// The example as a doctest of the crate.
pub(crate) fn doctest(model: &Model, options: &Options) -> Option<String> {
    let body = body(model, options)?;
    let (group, ..) = easiest_call(model)?;
    let condition = group.feature.as_ref();
    let condition = condition.map_or_else(String::new, |feature| format!("# #[cfg(feature = \"{feature}\")]\n"));
    Some(format!(
        "{condition}# async fn example() -> Result<(), Box<dyn std::error::Error>> {{\n{body}# Ok(())\n# }}"
    ))
}

/// The example as a program, for the README.
pub(crate) fn program(model: &Model, options: &Options) -> Option<String> {
    let body = body(model, options)?;
    let body: String = body.lines().map(|line| format!("    {line}\n")).collect();
    Some(format!(
        "#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{body}    Ok(())\n}}"
    ))
}

/// The example of a method: a call with all that it needs. `None` where that is not easily written.
pub(crate) fn of_method(
    model: &Model,
    options: &Options,
    group: &Group,
    operation: &Operation,
    body: Option<&Body>,
) -> Option<String> {
    if options.examples == Examples::Hidden {
        return None;
    }
    // What is optional is shown, too.
    let sent = body.or_else(|| operation.body.as_ref().filter(|body| !body.required));
    let call = Call::new(model, options, group, operation, sent);
    let call = call.or_else(|| Call::new(model, options, group, operation, body.filter(|body| body.required)))?;
    let optional = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required && parameter.deprecated.is_none());
    let mut setters =
        optional.filter_map(|parameter| Some(format!(".{}({})", parameter.name, value(model, &parameter.ty)?)));
    let setter = setters.next().filter(|_| sent.is_none_or(|body| body.required));
    let (target, rest) = match operation.responses.streams.awaited {
        Some(StreamKind::Events) => ("let mut events = ", EVENTS),
        Some(StreamKind::Records) => ("let mut records = ", RECORDS),
        None if model.returns_nothing(operation) => ("", ""),
        None => ("let response = ", ""),
    };
    let condition = group.feature.as_ref();
    let condition = condition.map_or_else(String::new, |feature| format!("# #[cfg(feature = \"{feature}\")]\n"));
    let uses = call.uses.iter().map(|path| format!("# use {path};\n"));
    let before = call.before.iter().map(|line| format!("{line}\n"));
    Some(format!(
        "```no_run\n{condition}# async fn example({}) -> Result<(), {}::BoxError> {{\n\
         {}{}{target}{}{}.await?;\n{rest}# Ok(()) }}\n```",
        call.parameters(),
        options.library(),
        uses.collect::<String>(),
        before.collect::<String>(),
        call.text,
        setter.unwrap_or_default(),
    ))
}

/// How events are read.
pub(crate) const EVENTS: &str =
    "while let Some(event) = events.next().await {\n    println!(\"{:?}\", event?.data);\n}\n";
/// How records are read.
pub(crate) const RECORDS: &str =
    "while let Some(record) = records.next().await {\n    println!(\"{:?}\", record?);\n}\n";

/// How to tell the errors of a call apart, for the README.
pub(crate) fn errors(model: &Model, options: &Options) -> Option<String> {
    let calls = calls(model).filter(|(_, operation, _)| operation.responses.error.is_some());
    let (group, operation, arguments) = calls.min_by_key(|(_, _, arguments)| arguments.len())?;
    let name = operation.responses.error.as_ref()?;
    let response = operation
        .responses
        .list
        .iter()
        .find(|response| response.outcome == Outcome::Error)?;
    let crate_name = options.library();
    Some(format!(
        "use {crate_name}::{{Error, api::{name}}};\n\n\
         match client.{}().{}({}).await {{\n    \
             Ok(value) => println!(\"{{value:?}}\"),\n    \
             Err(Error::Api({name}::{}(response))) => println!(\"{{}}\", response.status()),\n    \
             Err(error) => println!(\"{{error}}\"),\n\
         }}",
        group.accessor,
        operation.method,
        arguments.join(", "),
        response.name,
    ))
}

fn body(model: &Model, options: &Options) -> Option<String> {
    let (group, operation, arguments) = easiest_call(model)?;
    let mut settings = Vec::new();
    if default_server(model).is_none() {
        // A path that all addresses of the document begin with belongs to the address.
        let relative = model.servers.first().map(Server::address).unwrap_or_default();
        let path = relative.trim_end_matches('/');
        let path = if path.starts_with('/') && !path.contains("//") {
            path
        } else {
            ""
        };
        settings.push(format!(".base_url({:?})", format!("https://api.example.com{path}")));
    }
    let way = operation.security.iter().find(|way| !way.schemes.is_empty());
    let schemes = way.into_iter().flat_map(|way| &way.schemes);
    for scheme in schemes.filter_map(|required| model.schemes.iter().find(|scheme| scheme.source == required.scheme)) {
        let arguments = match scheme.kind {
            SchemeKind::Basic => "\"user\", \"password\"",
            SchemeKind::MutualTls | SchemeKind::Unknown => continue,
            SchemeKind::ApiKey { .. } | SchemeKind::Bearer | SchemeKind::Http { .. } => "\"...\"",
        };
        settings.push(format!(".{}({arguments})", scheme.method));
    }
    settings.push(".build()?;".to_owned());
    let mut text = format!("let client = {}::Client::builder()", options.library());
    let is_short = text.len() + settings.iter().map(String::len).sum::<usize>() <= WIDTH;
    let separator = if is_short { "" } else { "\n    " };
    for setting in settings {
        text.push_str(separator);
        text.push_str(&setting);
    }
    text.push('\n');
    let call = format!(
        "client.{}().{}({}).await?",
        group.accessor,
        operation.method,
        arguments.join(", ")
    );
    match model.returns_nothing(operation) {
        true => drop(writeln!(text, "{call};")),
        false => drop(writeln!(text, "let response = {call};\nprintln!(\"{{response:?}}\");")),
    }
    Some(text)
}

/// The call that is easiest to show: one that reads, with few arguments.
fn easiest_call(model: &Model) -> Option<(&Group, &Operation, Vec<String>)> {
    let reads = |operation: &Operation| {
        let responses = &operation.responses;
        operation.http_method.as_str() == "GET"
            && !model.returns_nothing(operation)
            && responses.streams.awaited.is_none()
    };
    calls(model).min_by_key(|(_, operation, arguments)| (!reads(operation), arguments.len()))
}

/// The calls whose arguments are easily written, with these.
fn calls(model: &Model) -> impl Iterator<Item = (&Group, &Operation, Vec<String>)> {
    model.operations().filter_map(|(group, operation)| {
        let is_plain = operation.deprecated.is_none() && operation.body.as_ref().is_none_or(|body| !body.required);
        let required = operation.parameters.iter().filter(|parameter| parameter.required);
        let arguments = required
            .map(|parameter| value(model, &parameter.ty))
            .collect::<Option<Vec<_>>>()?;
        is_plain.then_some((group, operation, arguments))
    })
}
