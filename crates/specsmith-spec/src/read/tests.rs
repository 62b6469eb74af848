//! What is read from texts, and what is said about those that cannot be read.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod corpus;
mod format;
mod json;
mod limits;
mod places;
mod source;
mod yaml;

use specsmith_diagnostics::{Diagnostics, SourceMap};

use super::{LimitError, Limits, Source, read};
use crate::Document;

/// What came out of reading a text.
struct Outcome {
    document: Option<Document>,
    sources: SourceMap,
    diagnostics: Diagnostics,
}

/// Reads a text of a file without a telling name.
fn outcome(text: &str) -> Outcome {
    outcome_of("api", text, &Limits::default())
}

fn outcome_of(name: &str, text: &str, limits: &Limits) -> Outcome {
    let source = Source::from_text(name, text);
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let document = read(source, limits, &mut sources, &mut diagnostics);
    Outcome {
        document,
        sources,
        diagnostics,
    }
}

impl Outcome {
    /// The value as compact JSON, or `-` if there is none.
    fn value(&self) -> String {
        match &self.document {
            Some(document) => document.root().to_value().to_string(),
            None => "-".to_owned(),
        }
    }

    /// The findings as `code line:column-column message`, where the second column is that behind the end.
    fn findings(&self) -> Vec<String> {
        let finding = |finding: &specsmith_diagnostics::Diagnostic| {
            let location = finding.location.unwrap_or_default();
            let start = self.sources.line_column(location).unwrap();
            let end = self.sources.file(location.file).unwrap().line_column(location.end);
            let place = format!("{}:{}-{}", start.line, start.column, end.column);
            format!("{} {place} {}", finding.code, finding.message)
        };
        self.diagnostics.iter().map(finding).collect()
    }
}

/// Reads a text that has nothing wrong with it.
#[track_caller]
fn value(text: &str) -> String {
    let outcome = outcome(text);
    assert_eq!(outcome.findings(), [""; 0], "{text}");
    outcome.value()
}

/// Reads a text that cannot be read; returns the only finding.
#[track_caller]
fn refused(name: &str, text: &str) -> String {
    let outcome = outcome_of(name, text, &Limits::default());
    assert_eq!(outcome.value(), "-", "{text}");
    match outcome.findings().as_slice() {
        [finding] => finding.clone(),
        findings => panic!("{text}: {findings:?}"),
    }
}

/// Compares findings of texts that cannot be read with what is expected.
#[track_caller]
fn check_refused(name: &str, table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(refused(name, text), *expected, "{text}");
    }
}
