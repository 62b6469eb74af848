//! Findings as SARIF 2.1.0, the form in which code scanning services take them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{Base, Drift, TEXT_COLUMNS, text, visible::line};
use crate::{Code, Diagnostic, Findings, Location, Severity, SourceMap};

/// The rule of generated files that are not as they should be.
const DRIFT: &str = "drift";

/// Renders the findings about all documents, and the generated files that are not as they should be, as one run with the
/// rules that they are about.
pub fn render(findings: &[&Findings], drift: &[Drift], version: &str, base: &Base) -> String {
    let reported = findings.iter().copied().flat_map(|findings| &findings.diagnostics);
    let reported: BTreeSet<Code> = reported.map(|diagnostic| diagnostic.code).collect();
    let rules: Vec<Code> = Code::ALL
        .iter()
        .copied()
        .filter(|code| reported.contains(code))
        .collect();
    let mut results: Vec<Value> = findings
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
    let mut described: Vec<Value> = rules.iter().map(|code| rule(*code)).collect();
    if !drift.is_empty() {
        results.extend(drift.iter().map(|file| drifted(file, described.len(), base)));
        described.push(drift_rule());
    }
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "specsmith",
                "semanticVersion": version,
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": described,
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

fn drift_rule() -> Value {
    let text = "A generated file is not as the document, the configuration and this version of specsmith make it.";
    json!({
        "id": DRIFT,
        "shortDescription": { "text": text },
        "fullDescription": { "text": text },
        "help": { "text": "`specsmith generate` with the arguments of `specsmith check` makes it right." },
        "defaultConfiguration": { "level": "error" },
    })
}

fn drifted(drift: &Drift, rule: usize, base: &Base) -> Value {
    let place = json!({ "artifactLocation": { "uri": base.uri(&drift.file) }, "region": { "startLine": 1 } });
    json!({
        "ruleId": DRIFT,
        "ruleIndex": rule,
        "level": "error",
        "message": message(&format!("`{}` {}", line(&drift.file, TEXT_COLUMNS), drift.message)),
        "locations": [{ "physicalLocation": place }],
        "properties": { "target": drift.target, "state": drift.state, "reasons": drift.reasons },
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

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::{Codes, Diagnostics, FileId, Level, Levels};

    fn findings() -> [Findings; 2] {
        let mut levels = Levels::default();
        levels.set(Codes::One(Code::BrokenRef), Level::Deny).unwrap();
        let mut first = Findings::new("api v1.yaml", Diagnostics::with_levels(levels));
        first.sources.add("api v1.yaml", "\u{FEFF}x: ä\r\n  $ref: 'y'\n");
        let place = |start, end| Location::new(FileId(0), start, end);
        let broken = Diagnostic::new(Code::BrokenRef, "`[y](1)` does not exist")
            .at(place(15, 18))
            .related(place(3, 5), "here")
            .help("did you mean `z`?");
        first.diagnostics.report(broken);
        let mut second = Findings::new("/elsewhere/b.yaml", Diagnostics::new());
        second
            .diagnostics
            .report(Diagnostic::new(Code::UnreadableFile, "cannot read `b`"));
        [first, second]
    }

    #[test]
    fn one_run_with_rules_and_regions() {
        let findings = findings();
        let text = render(&findings.each_ref(), &[], "1.2.3", &Base::new("/r", "/r/sub"));
        let log: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(log["version"], "2.1.0");
        assert_eq!(log["runs"].as_array().unwrap().len(), 1);
        let run = &log["runs"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        assert_eq!(run["tool"]["driver"]["semanticVersion"], "1.2.3");
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        let results = run["results"].as_array().unwrap();
        assert_eq!((rules.len(), results.len()), (2, 2));
        for result in results {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
        }
        let broken = &results[0];
        assert_eq!(broken["level"], "error", "as the levels have it");
        assert_eq!(rules[1]["defaultConfiguration"]["level"], "warning");
        let (short, full) = (
            &rules[1]["shortDescription"]["text"],
            &rules[1]["fullDescription"]["text"],
        );
        let (short, full) = (short.as_str().unwrap(), full.as_str().unwrap());
        assert!(
            full.starts_with(short) && short.ends_with('.') && short.len() < full.len(),
            "{short}"
        );
        assert_eq!(
            broken["message"]["text"], "`[y] (1)` does not exist\nhelp: did you mean `z`?",
            "no link of the document's making"
        );
        let place = &broken["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "sub/api%20v1.yaml");
        let expected = json!({
            "startLine": 2, "startColumn": 9, "endLine": 2, "endColumn": 12, "byteOffset": 18, "byteLength": 3,
        });
        assert_eq!(place["region"], expected);
        let related = &broken["relatedLocations"][0];
        assert_eq!(related["message"]["text"], "here");
        assert_eq!(related["physicalLocation"]["region"]["endColumn"], 5);
    }

    #[test]
    fn drift_is_a_result_with_its_reasons() {
        let drift = Drift {
            target: "client".to_owned(),
            file: "sdk/lib.rs".to_owned(),
            state: "outdated",
            reasons: vec!["document"],
            message: "is out of date: the document has changed".to_owned(),
        };
        let findings = findings();
        let text = render(&findings.each_ref(), &[drift], "1", &Base::new("/r", "/r/sub"));
        let log: Value = serde_json::from_str(&text).unwrap();
        let run = &log["runs"][0];
        let result = &run["results"][2];
        assert_eq!(
            result["message"]["text"],
            "`sdk/lib.rs` is out of date: the document has changed"
        );
        let place = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(place, "sub/sdk/lib.rs");
        assert_eq!(result["properties"]["reasons"], json!(["document"]));
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "drift");
    }

    #[test]
    fn what_has_no_place_is_about_its_document() {
        let findings = findings();
        let log: Value = serde_json::from_str(&render(&findings.each_ref(), &[], "1", &Base::new("/r", "/r"))).unwrap();
        let place = &log["runs"][0]["results"][1]["locations"][0]["physicalLocation"];
        assert_eq!(
            *place,
            json!({ "artifactLocation": { "uri": "file:///elsewhere/b.yaml" } })
        );
    }
}
