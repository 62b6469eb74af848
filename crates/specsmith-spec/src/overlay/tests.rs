//! What overlays make of documents, and what is said about those that cannot be applied.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, clippy::indexing_slicing)]

mod corpus;
mod grammar;
mod merge;
mod places;
mod query;
mod random;
mod specification;
mod unmatched;

use specsmith_diagnostics::{Diagnostics, SourceMap};

use crate::{Document, Limits, Options, Source, load, to_yaml};

/// What came out of applying overlays.
struct Outcome {
    document: Option<Document>,
    sources: SourceMap,
    diagnostics: Diagnostics,
}

/// Applies overlays in their order.
fn outcome(document: &str, overlays: &[&str]) -> Outcome {
    let options = Options {
        overlays: overlays
            .iter()
            .map(|overlay| Source::from_text("overlay.yaml", *overlay))
            .collect(),
        ..Options::default()
    };
    outcome_with(document, &options)
}

fn outcome_with(document: &str, options: &Options) -> Outcome {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let source = Source::from_text("openapi.yaml", document);
    let document = load(source, options, &mut sources, &mut diagnostics);
    Outcome {
        document,
        sources,
        diagnostics,
    }
}

impl Outcome {
    /// The document as YAML; empty if there is none.
    fn yaml(&self) -> String {
        self.document.as_ref().map_or_else(String::new, to_yaml)
    }

    /// The findings as `severity code file:line:column "marked text" message (help)`.
    fn findings(&self) -> Vec<String> {
        let finding = |finding: &specsmith_diagnostics::Diagnostic| {
            let location = finding.location.unwrap_or_default();
            let start = self.sources.line_column(location).unwrap();
            let file = self.sources.file(location.file).unwrap();
            let marked = &file.text()[location.start as usize..location.end as usize];
            let help = finding
                .help
                .as_ref()
                .map_or_else(String::new, |help| format!(" ({help})"));
            format!(
                "{:?} {} {}:{}:{} `{}` {}{help}",
                finding.severity,
                finding.code,
                file.name(),
                start.line,
                start.column,
                marked.lines().next().unwrap_or_default(),
                finding.message
            )
        };
        self.diagnostics.iter().map(finding).collect()
    }
}

/// An overlay with these actions.
fn overlay(version: &str, actions: &str) -> String {
    format!("overlay: {version}\ninfo: {{title: Changes, version: '1'}}\nactions:\n{actions}")
}

/// Applies actions of Overlay 1.1 that nothing is wrong with.
#[track_caller]
fn applied(document: &str, actions: &str) -> String {
    let outcome = outcome(document, &[&overlay("1.1.0", actions)]);
    assert_eq!(outcome.findings(), [""; 0]);
    outcome.yaml()
}

/// Applies actions of Overlay 1.1; returns the findings and the document.
fn told(document: &str, actions: &str) -> (Vec<String>, String) {
    let outcome = outcome(document, &[&overlay("1.1.0", actions)]);
    (outcome.findings(), outcome.yaml())
}

/// The limits of reading, with a depth.
fn limited(depth: usize) -> Limits {
    Limits {
        depth,
        ..Limits::default()
    }
}
