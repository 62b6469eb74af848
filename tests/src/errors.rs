//! A document for each diagnostic code, and how the findings are shown.

use std::{collections::BTreeSet, fs};

use specsmith::{Config, Error, Findings};
use specsmith_diagnostics::Code;

use crate::{files, root, stem};

/// Reads a document of `tests/cases/err`, wherever that leads.
fn findings(name: &str, bytes: Vec<u8>) -> Findings {
    match specsmith::lint(&Config::from_text(name, bytes)) {
        Ok(findings) | Err(Error::Document(findings)) => findings,
        Err(error) => panic!("{name}: {error}"),
    }
}

/// The code that a case is about: its name, without a number behind it.
fn code_of(stem: &str) -> &str {
    stem.trim_end_matches(|c: char| c.is_ascii_digit())
        .trim_end_matches('-')
}

#[test]
fn each_case_reports_its_code() {
    let mut silent = Vec::new();
    for path in files(&root().join("tests/cases/err"), &["yaml", "json"]) {
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        let findings = findings(&name, fs::read(&path).expect("a document"));
        let codes: BTreeSet<&str> = findings
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code.name())
            .collect();
        let stem = stem(&path);
        if !codes.contains(code_of(&stem)) {
            silent.push(format!("{name} reports {codes:?}"));
            continue;
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(root().join("tests/cases/err/snapshots"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(stem, findings.to_string()));
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn each_code_has_a_case() {
    let cases: BTreeSet<String> = files(&root().join("tests/cases/err"), &["yaml", "json"])
        .iter()
        .map(|path| code_of(&stem(path)).to_owned())
        .collect();
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.name().to_owned()).collect();
    let missing: Vec<&String> = codes.difference(&cases).collect();
    let unknown: Vec<&String> = cases.difference(&codes).collect();
    assert!(
        missing.is_empty() && unknown.is_empty(),
        "without a case: {missing:?}; without a code: {unknown:?}"
    );
}

#[test]
fn each_explanation_says_something() {
    let mut seen = BTreeSet::new();
    for code in Code::ALL {
        let text = code.explanation();
        assert!(text.trim().len() > 30 && text.trim().ends_with('.'), "{code}: {text}");
        let plain = code
            .name()
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(plain && seen.insert(code.name()), "{code}");
    }
}
