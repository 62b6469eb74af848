//! Tests of converting, from the text of Swagger 2.0 to the text of OpenAPI 3.0 and the findings.

#![allow(clippy::unwrap_used, clippy::panic)]

mod bodies;
mod documents;
mod limits;
mod parameters;
mod references;

use specsmith_diagnostics::{Diagnostics, SourceMap};

use super::convert;
use crate::{Limits, Source, read, to_yaml};

/// What a document in YAML becomes, and each finding in one line.
fn converted(text: &str) -> (String, Vec<String>) {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let limits = Limits::default();
    let source = Source::from_text("swagger.yaml", text);
    let document = read(source, &limits, &mut sources, &mut diagnostics).unwrap();
    let converted = convert(&document, &limits, &mut diagnostics);
    let findings = diagnostics.iter().map(|diagnostic| {
        let place = sources.line_column(diagnostic.location.unwrap()).unwrap();
        let help = diagnostic.help.as_deref().map(|help| format!(" ({help})"));
        format!(
            "{}:{} {}: {}{}",
            place.line,
            place.column,
            diagnostic.code,
            diagnostic.message,
            help.unwrap_or_default()
        )
    });
    (to_yaml(&converted), findings.collect())
}

/// What a document becomes that has a title, and about which nothing is to be said; without the head.
fn clean(rest: &str) -> String {
    let (text, findings) = told(rest);
    assert_eq!(findings, Vec::<String>::new());
    text
}

/// What a document becomes that has a title, without the head, and what is told.
///
/// `rest` starts at line 3.
fn told(rest: &str) -> (String, Vec<String>) {
    let (text, findings) = converted(&format!("swagger: '2.0'\ninfo: {{title: T, version: '1'}}\n{rest}"));
    let head = "openapi: 3.0.4\ninfo:\n  title: T\n  version: '1'\n";
    let rest = text.strip_prefix(head);
    (rest.unwrap_or_else(|| panic!("{text}")).to_owned(), findings)
}
