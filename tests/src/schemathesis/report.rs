//! What Schemathesis says it found.

use std::path::Path;

use serde_json::Value;

/// Failures that are not ours, with reasons: document, title, operation and reason in columns.
const KNOWN: &str = include_str!("../../schemathesis/known.tsv");

/// Prints a report; returns how many failures it has that are not known.
pub(super) fn read(name: &str, report: &Path) -> usize {
    let text = std::fs::read_to_string(report).expect("a report");
    let report: Value = serde_json::from_str(&text).expect("JSON");
    let mut all = found(&report);
    let before = all.len();
    all.retain(|(title, operation)| !is_known(name, title, operation));
    println!(
        "{name:<30} {:>10} {:>6} {:>6} {:>8}",
        report["operations"]["tested"],
        report["test_cases"]["generated"],
        before - all.len(),
        all.len()
    );
    for (title, operation) in &all {
        println!("    {title}: {operation}");
    }
    for error in report["errors"].as_array().expect("errors") {
        println!("    (of Schemathesis itself: {error})");
    }
    assert_eq!(report["complete"], true, "{name} was not tried to the end");
    let operations = &report["operations"];
    assert_eq!(
        operations["tested"], operations["total"],
        "operations of {name} were left out"
    );
    all.len()
}

/// The failures of a report with their operations.
fn found(report: &Value) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for failure in report["failures"].as_array().expect("failures") {
        let title = failure["title"].as_str().expect("a title");
        for operation in failure["operations"].as_array().expect("operations") {
            all.push((title.to_owned(), operation.as_str().expect("an operation").to_owned()));
        }
    }
    all
}

fn is_known(name: &str, title: &str, operation: &str) -> bool {
    KNOWN.lines().skip(1).any(|line| {
        let columns: Vec<_> = line.split('\t').collect();
        match columns.as_slice() {
            [document, known, of, _] => *document == name && *known == title && *of == operation,
            _ => panic!("a line of other columns: {line}"),
        }
    })
}
