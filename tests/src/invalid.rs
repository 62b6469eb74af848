//! Documents of others that are not valid: each is refused or warned about, at the place of what is wrong.
//!
//! `tests/invalid.tsv` says which finding must be there. Where `SPECSMITH_CORPUS` says where the documents are, a table
//! of what is said about each is printed.

use std::{collections::BTreeMap, fs};

use specsmith::{Error, Findings, lint};
use specsmith_diagnostics::{Diagnostic, Severity};

use crate::{
    corpus::{config, folder},
    files, root,
};

/// A finding that must be there.
struct Expected {
    outcome: String,
    code: String,
    place: String,
}

fn expectations() -> BTreeMap<String, Expected> {
    let table = fs::read_to_string(root().join("tests/invalid.tsv")).expect("a table");
    let rows = table.lines().skip(1).map(|line| {
        let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let [document, outcome, code, place] = <[String; 4]>::try_from(columns).expect("four columns");
        (document, Expected { outcome, code, place })
    });
    rows.collect()
}

fn place(findings: &Findings, finding: &Diagnostic) -> String {
    let place = finding
        .location
        .and_then(|location| findings.sources.line_column(location));
    place.map_or_else(String::new, |place| format!("{}:{}", place.line, place.column))
}

/// The finding that a row of the table asks for, and whether the document was refused or not.
fn found<'f>(findings: &'f Findings, expected: &Expected) -> Option<&'f Diagnostic> {
    let refused = findings.diagnostics.count(Severity::Error) > 0;
    let outcome = if refused { "refused" } else { "warned" };
    let mut all = findings.diagnostics.iter();
    let finding = all.find(|finding| {
        finding.code.name() == expected.code
            && place(findings, finding) == expected.place
            && finding.severity < Severity::Note
    });
    finding.filter(|_| outcome == expected.outcome)
}

#[test]
fn invalid_documents_are_told_at_the_right_place() {
    let Some(folder) = folder("SPECSMITH_CORPUS") else {
        return;
    };
    let mut expectations = expectations();
    let mut failures = Vec::new();
    for path in files(&folder.join("invalid"), &["json", "yaml"]) {
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        let findings = match lint(&config(&path)) {
            Ok(findings) | Err(Error::Document(findings)) => findings,
            Err(error) => panic!("{name}: {error}"),
        };
        let exit = i32::from(findings.diagnostics.has_errors());
        let finding = expectations
            .remove(&name)
            .and_then(|expected| found(&findings, &expected));
        match finding {
            Some(finding) => println!(
                "{name} | {exit} | {}: {} | {}",
                finding.code,
                finding.message,
                place(&findings, finding)
            ),
            None => failures.push(format!("{name}:\n{findings}")),
        }
    }
    let missing: Vec<&String> = expectations.keys().collect();
    assert!(missing.is_empty(), "not in the folder: {missing:?}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
