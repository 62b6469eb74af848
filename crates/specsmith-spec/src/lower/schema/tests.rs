//! Tests of lowering schemas: the text of `components/schemas`, the types it becomes, and what is said about it.

#![allow(clippy::unwrap_used, clippy::panic)]

mod all_of;
mod arrays;
mod assertions;
mod discriminators;
mod keywords;
mod limits;
mod nullables;
mod objects;
mod references;
mod scalars;
mod unions;
mod values;

use specsmith_diagnostics::{Diagnostic, Diagnostics, Severity, SourceMap};
use specsmith_ir::{Api, dump};

use crate::{Limits, Source, lower, read};

/// Checks what schemas become, as the dump of their types, and the findings, each in one line: place, severity unless it
/// is a warning, code, message, label, help. The schemas start at line 6.
#[track_caller]
fn check(version: &str, schemas: &str, types: &str, findings: &[&str]) {
    let (api, found) = lowered(version, &unindented(schemas));
    let dumped = dump(&api);
    let (_, dumped) = dumped.split_once('\n').unwrap();
    assert_eq!(dumped.trim_end(), unindented(types).trim_end());
    assert_eq!(found, findings);
}

/// The API of these schemas, and the findings.
fn lowered(version: &str, schemas: &str) -> (Api, Vec<String>) {
    let schemas: String = schemas.lines().map(|line| format!("    {line}\n")).collect();
    let text = format!(
        "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    );
    let mut sources = SourceMap::new();
    let mut diagnostics = Diagnostics::new();
    let source = Source::from_text("openapi.yaml", text);
    let document = read(source, &Limits::default(), &mut sources, &mut diagnostics).unwrap();
    let api = lower(&document, &mut diagnostics).unwrap();
    let findings = diagnostics
        .iter()
        .map(|diagnostic| line(diagnostic, &sources))
        .collect();
    (api, findings)
}

fn line(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let place = sources.line_column(diagnostic.location.unwrap()).unwrap();
    let severity = match diagnostic.severity {
        Severity::Error => "error ",
        Severity::Warning => "",
        Severity::Note => "note ",
    };
    let label = diagnostic
        .label
        .as_ref()
        .map_or(String::new(), |label| format!("; {label}"));
    let help = diagnostic
        .help
        .as_ref()
        .map_or(String::new(), |help| format!(" ({help})"));
    let (code, message) = (diagnostic.code, &diagnostic.message);
    format!(
        "{}:{} {severity}{code}: {message}{label}{help}",
        place.line, place.column
    )
}

/// A text without its first line break and the indentation of its first line.
fn unindented(text: &str) -> String {
    let text = text.strip_prefix('\n').unwrap_or(text);
    let indent = text.len() - text.trim_start_matches(' ').len();
    text.lines()
        .map(|line| line.get(indent..).unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}
