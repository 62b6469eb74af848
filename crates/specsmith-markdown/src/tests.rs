//! Cases for whole references: what pages say, that links lead somewhere, and that nothing of a document is live.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod examples;
mod layouts;
mod links;
mod overview;
mod pages;
mod safety;

use std::{env, fs, path::PathBuf};

use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_output::FileTree;
use specsmith_spec::{Limits, Source};

use crate::{Layout, Options, render};

/// The reference of a document; `None` where the document cannot be used.
fn reference(name: &str, text: Vec<u8>) -> Option<FileTree> {
    with(name, text, Options::default())
}

/// The reference of a document with options.
fn with(name: &str, text: Vec<u8>, options: Options) -> Option<FileTree> {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let source = Source::from_bytes(name, text).ok()?;
    let document = specsmith_spec::read(source, &Limits::default(), &mut sources, &mut diagnostics)?;
    let api = specsmith_spec::lower(&document, &mut diagnostics)?;
    if diagnostics.has_errors() {
        return None;
    }
    let model = specsmith_rust::lower(&api, &Default::default(), &mut diagnostics);
    let options = Options {
        client_package: "books-client".to_owned(),
        ..options
    };
    Some(render(&api, &model, &options).expect("templates of ours"))
}

/// A page of the reference of a document.
fn page(document: &str, path: &str) -> String {
    let tree = reference("openapi.yaml", document.as_bytes().to_vec()).expect("a reference");
    links::check("openapi.yaml", &tree);
    safety::check("openapi.yaml", &tree);
    let paths: Vec<&str> = tree.iter().map(|(path, _)| path).collect();
    tree.get(path)
        .unwrap_or_else(|| panic!("{path} is none of {paths:?}"))
        .to_owned()
}

/// The documents in the folder that a variable of the environment names.
fn documents(variable: &str) -> Vec<PathBuf> {
    let Some(folder) = env::var_os(variable).filter(|folder| !folder.is_empty()) else {
        println!("{variable} is not set, so its documents are not looked at");
        return Vec::new();
    };
    let entries = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path());
    let is_document = |path: &PathBuf| path.extension().is_some_and(|of| of == "json" || of == "yaml");
    let mut paths: Vec<PathBuf> = entries.filter(is_document).collect();
    paths.sort();
    paths
}

/// Larger documents take long without optimisation, so they are looked at once and in the usual layout.
const LARGEST: usize = 500_000;

/// Looks at the references of all documents of a folder; of the large ones only where `SPECSMITH_FULL` asks for them.
fn check_all(variable: &str) {
    let is_full = env::var_os("SPECSMITH_FULL").is_some();
    for path in documents(variable) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = fs::read(&path).expect("a document");
        if text.len() > LARGEST && !is_full {
            continue;
        }
        if let Some(tree) = reference(&name, text.clone()) {
            links::check(&name, &tree);
            safety::check(&name, &tree);
            if text.len() > LARGEST {
                continue;
            }
            let again = reference(&name, text.clone()).expect("a reference");
            assert!(tree.iter().eq(again.iter()), "{name} is not the same twice");
            let options = Options {
                layout: Layout::Single,
                ..Options::default()
            };
            let single = with(&name, text, options).expect("a page");
            links::check(&name, &single);
            safety::check(&name, &single);
        }
    }
}

#[test]
fn references_of_published_documents_hold_together() {
    check_all("SPECSMITH_CORPUS");
}

#[test]
fn references_of_hostile_documents_are_harmless() {
    check_all("SPECSMITH_ATTACKS");
}
