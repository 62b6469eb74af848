//! Tests of lowering, from the text of a document to the model and the findings.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod account;
mod bodies;
mod callbacks;
mod documents;
mod operations;
mod parameters;
mod references;
mod security;
mod structure;

use specsmith_diagnostics::{Diagnostics, Severity, SourceMap};
use specsmith_ir::{Api, Operation, Parameter, ParameterEncoding, Presence};

use crate::{Limits, Source, lower, read};

/// What a document became.
struct Lowered {
    api: Option<Api>,
    /// Each finding in one line: place, severity unless it is a warning, code, message, help.
    findings: Vec<String>,
}

/// Lowers a document in YAML.
fn lowered(text: &str) -> Lowered {
    let mut sources = SourceMap::new();
    let mut diagnostics = Diagnostics::new();
    let source = Source::from_text("openapi.yaml", text);
    let document = read(source, &Limits::default(), &mut sources, &mut diagnostics).unwrap();
    let api = lower(&document, &mut diagnostics);
    let findings = diagnostics
        .iter()
        .map(|diagnostic| {
            let place = sources.line_column(diagnostic.location.unwrap()).unwrap();
            let severity = match diagnostic.severity {
                Severity::Error => "error ",
                Severity::Warning => "",
                Severity::Note => "note ",
            };
            let help = diagnostic
                .help
                .as_deref()
                .map_or(String::new(), |help| format!(" ({help})"));
            let (line, column) = (place.line, place.column);
            format!(
                "{line}:{column} {severity}{}: {}{help}",
                diagnostic.code, diagnostic.message
            )
        })
        .collect();
    Lowered { api, findings }
}

/// Lowers a document of this version that has a title, and expects it to be understood.
///
/// `rest` starts at line 3.
fn api(version: &str, rest: &str) -> (Api, Vec<String>) {
    let text = format!("openapi: '{version}'\ninfo: {{title: T, version: '1'}}\n{rest}");
    let Lowered { api, findings } = lowered(&text);
    (api.unwrap(), findings)
}

/// As [`api`], for a document about which nothing is to be said.
fn clean(version: &str, rest: &str) -> Api {
    let (api, findings) = api(version, rest);
    assert_eq!(findings, Vec::<String>::new());
    api
}

/// The operations as `GET /path name`.
fn outline(operations: &[Operation]) -> Vec<String> {
    operations
        .iter()
        .map(|operation| {
            let name = operation.name.as_deref().unwrap_or("-");
            format!("{} {} {name}", operation.method, operation.path.text)
        })
        .collect()
}

/// A parameter as `query name optional form explode`.
fn summary(parameter: &Parameter) -> String {
    let presence = match &parameter.presence {
        Presence::Required => "required".to_owned(),
        Presence::Optional => "optional".to_owned(),
        Presence::Default(value) => format!("default {value}"),
    };
    let encoding = match &parameter.encoding {
        ParameterEncoding::Style {
            style,
            explode,
            allow_reserved,
        } => {
            let explode = if *explode { " explode" } else { "" };
            let reserved = if *allow_reserved { " reserved" } else { "" };
            format!("{style:?}{explode}{reserved}")
        }
        ParameterEncoding::Content(media_type) => media_type.to_string(),
    };
    format!("{} {} {presence} {encoding}", parameter.place, parameter.name)
}

fn summaries(operation: &Operation) -> Vec<String> {
    operation.parameters.iter().map(summary).collect()
}
