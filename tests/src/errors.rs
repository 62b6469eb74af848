//! A document for each diagnostic code, and how the findings are shown.

use std::{collections::BTreeSet, path::Path};

use specsmith::{Error, Findings, Generated, Generator, GeneratorInput};
use specsmith_diagnostics::{Code, Diagnostic, Diagnostics};

use crate::{case::Case, root};

const CASES: &str = "tests/cases/err";

/// Reads a case, wherever that leads.
fn findings(case: &Case) -> Findings {
    let name = Path::new(&case.path).file_name().expect("a file").to_string_lossy();
    // The one code that neither reading nor generating reports.
    if code_of(&case.name) == Code::InexactUpgrade.name() {
        let (mut source, options) = case.source();
        source.name = name.to_string();
        let mut findings = Findings::new(name, Diagnostics::new());
        let document = specsmith_spec::load(source, &options, &mut findings.sources, &mut findings.diagnostics);
        document.and_then(|document| specsmith_spec::upgrade(&document, &mut findings.diagnostics));
        return findings;
    }
    // What generators of one's own report.
    if code_of(&case.name) == Code::Generator.name() {
        let config = case.config(&name).expect("a configuration").generator("out", Summaries);
        return specsmith::render(&config).expect("a document").findings;
    }
    match case.config(&name).and_then(|config| specsmith::lint(&config)) {
        Ok(findings) | Err(Error::Document(findings) | Error::ConfigFile(findings)) => findings,
        Err(error) => panic!("{name}: {error}"),
    }
}

/// A generator that makes nothing, and reports operations without a summary.
struct Summaries;

impl Generator for Summaries {
    fn name(&self) -> &str {
        "summaries"
    }

    fn generate(&self, input: &GeneratorInput<'_>) -> Generated {
        let without = input.api.operations.iter().filter(|of| of.docs.title.is_none());
        let diagnostics = without.map(|of| Diagnostic::new(Code::Generator, "there is no summary").at(of.location));
        Generated {
            diagnostics: diagnostics.collect(),
            ..Generated::default()
        }
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
    for case in Case::all(CASES) {
        let findings = findings(&case);
        let codes: BTreeSet<&str> = findings
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code.name())
            .collect();
        if !codes.contains(code_of(&case.name)) {
            silent.push(format!("{} reports {codes:?}", case.path));
            continue;
        }
        let shown = findings.to_string();
        assert!(
            !shown.contains(&*root().to_string_lossy()),
            "the place of this machine:\n{shown}"
        );
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(root().join(CASES).join("snapshots"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(case.name, shown));
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn each_code_has_a_case() {
    let cases: BTreeSet<String> = Case::all(CASES)
        .iter()
        .map(|case| code_of(&case.name).to_owned())
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
