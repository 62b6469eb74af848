//! Findings as SARIF 2.1.0, the form in which code scanning services take them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{Base, text};
use crate::{Code, Diagnostic, Findings, Location, Severity, SourceMap};

/// Renders the findings about all documents as one run, with the rules that they are about.
pub fn render(findings: &[&Findings], version: &str, base: &Base) -> String {
    let reported = findings.iter().copied().flat_map(|findings| &findings.diagnostics);
    let reported: BTreeSet<Code> = reported.map(|diagnostic| diagnostic.code).collect();
    let rules: Vec<Code> = Code::ALL
        .iter()
        .copied()
        .filter(|code| reported.contains(code))
        .collect();
    let results: Vec<Value> = findings
        .iter()
        .copied()
        .flat_map(|findings| {
            let printer = Printer {
                findings,
                rules: &rules,
                base,
            };
            findings
                .diagnostics
                .iter()
                .map(move |diagnostic| printer.result(diagnostic))
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "specsmith",
                "semanticVersion": version,
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: Code) -> Value {
    let lines: Vec<&str> = code.explanation().lines().map(str::trim).collect();
    let explanation = lines.join(" ").trim().to_owned();
    let first = explanation.split_inclusive(". ").next().unwrap_or_default().trim();
    json!({
        "id": code.name(),
        "shortDescription": { "text": first },
        "fullDescription": { "text": explanation },
        "help": { "text": explanation, "markdown": explanation },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn level(severity: Severity) -> &'static str {
    severity.name()
}

/// What results are made with.
struct Printer<'f> {
    findings: &'f Findings,
    rules: &'f [Code],
    base: &'f Base,
}

impl Printer<'_> {
    fn result(&self, diagnostic: &Diagnostic) -> Value {
        let mut result = Map::new();
        result.insert("ruleId".into(), diagnostic.code.name().into());
        let index = self.rules.iter().position(|code| *code == diagnostic.code);
        result.insert("ruleIndex".into(), index.into());
        result.insert("level".into(), level(diagnostic.severity).into());
        result.insert("message".into(), message(&text(diagnostic)));
        // What has no place is about the document.
        let document = || self.artifact(&self.findings.document);
        let place = diagnostic.location.and_then(|location| self.place(location));
        let place = place.unwrap_or_else(|| json!({ "artifactLocation": document() }));
        result.insert("locations".into(), json!([{ "physicalLocation": place }]));
        let related: Vec<Value> = diagnostic
            .related
            .iter()
            .filter_map(|related| {
                let place = self.place(related.location)?;
                Some(json!({ "physicalLocation": place, "message": message(&related.message) }))
            })
            .collect();
        if !related.is_empty() {
            result.insert("relatedLocations".into(), related.into());
        }
        result.into()
    }

    fn place(&self, location: Location) -> Option<Value> {
        let sources: &SourceMap = &self.findings.sources;
        let file = sources.file(location.file)?;
        let (start, end) = (file.line_column(location.start), file.line_column(location.end));
        Some(json!({
            "artifactLocation": self.artifact(file.name()),
            "region": {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
                "byteOffset": file.offset_in_file(location.start),
                "byteLength": location.end.saturating_sub(location.start),
            },
        }))
    }

    fn artifact(&self, name: &str) -> Value {
        json!({ "uri": self.base.uri(name) })
    }
}

/// A plain message, in which nothing is a link.
fn message(text: &str) -> Value {
    json!({ "text": text.replace("](", "] (") })
}
