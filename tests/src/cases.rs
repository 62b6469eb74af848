//! Documents of our own, and what becomes of them: one snapshot per target with the document and the whole tree, one of the
//! intermediate model, and one of the findings.
//!
//! Files of the runtime are only named: they are the same everywhere, and tested where they are made.

use std::{fmt::Write, path::Path};

use specsmith::{Config, Kind, Target, output::FileTree};
use specsmith_diagnostics::{Diagnostics, SourceMap};

use crate::{case::Case, oracle, root};

/// The documents that must generate without an error.
pub(crate) fn documents() -> Vec<Case> {
    Case::all("tests/cases/ok")
}

/// The configuration of a case: all targets, with packages called after the case.
pub(crate) fn config(case: &Case, out: &Path) -> Config {
    let package = case.name.replace('_', "-");
    let config = case.config(&case.path);
    config
        .unwrap_or_else(|error| panic!("{}: {error}", case.path))
        .client(Target::new(out.join(format!("{package}-client"))))
        .server(Target::new(out.join(format!("{package}-server"))))
        .docs(Target::new(out.join(format!("{package}-docs"))))
}

fn is_runtime(path: &str) -> bool {
    // The document stands above.
    path.starts_with("src/runtime/") || path.starts_with("src/openapi.")
}

fn snapshot(document: &str, tree: &FileTree) -> String {
    let mut text = format!("{}\n", document.trim_end());
    // What is remembered of names is looked at where names are tested.
    for (path, content) in tree.iter().filter(|(path, _)| *path != ".specsmith-names.json") {
        if is_runtime(path) {
            write!(text, "\n===== {path}\n").expect("memory");
        } else {
            write!(text, "\n===== {path}\n{content}").expect("memory");
        }
    }
    text
}

fn assert_case(name: &str, suffix: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("tests/cases/ok/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("{name}.{suffix}"), text));
}

/// The intermediate model of a document, as text.
fn intermediate(case: &Case) -> String {
    let (source, options) = case.source();
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    specsmith_spec::load(source, &options, &mut sources, &mut diagnostics)
        .and_then(|document| specsmith_spec::lower(&document, &mut diagnostics))
        .map_or_else(String::new, |api| specsmith_ir::dump(&api))
}

#[test]
fn snapshots() {
    for case in documents() {
        let (name, document) = (&case.name, case.text());
        let outcome = match specsmith::render(&config(&case, Path::new("out"))) {
            Ok(outcome) => outcome,
            Err(error) => panic!("{}: {error}", case.path),
        };
        assert_case(name, "findings", &outcome.findings.to_string());
        assert_case(name, "ir", &intermediate(&case));
        for output in &outcome.outputs {
            oracle::inspect(name, &output.result);
            assert_case(name, output.kind.name(), &snapshot(&document, &output.result));
        }
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for case in documents() {
        let render = || {
            specsmith::render(&config(&case, Path::new("out")))
                .expect("an outcome")
                .outputs
        };
        for (a, b) in render().iter().zip(&render()) {
            assert!(a.result == b.result, "{}: {}", case.path, a.kind.name());
        }
    }
}

#[test]
fn every_target_has_files() {
    for case in documents() {
        let outcome = specsmith::render(&config(&case, Path::new("out"))).expect("an outcome");
        let kinds: Vec<Kind> = outcome.outputs.iter().map(|output| output.kind).collect();
        assert_eq!(kinds, [Kind::Client, Kind::Server, Kind::Docs]);
        for output in outcome.outputs {
            assert!(!output.result.is_empty(), "{}: {}", case.path, output.kind.name());
        }
    }
}
