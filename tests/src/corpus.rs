//! Documents that others publish, where `SPECSMITH_CORPUS` says where they are.

mod checked;

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    time::Instant,
};

use specsmith::{Config, Kind};
use specsmith_diagnostics::Severity;

use crate::{files, oracle, stem};

/// The folder that an environment variable names; says so where it does not.
pub(crate) fn folder(variable: &str) -> Option<PathBuf> {
    let folder = env::var_os(variable)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from);
    if folder.is_none() {
        println!("{variable} is not set, so its documents are not looked at");
    }
    folder
}

/// The documents of a folder; `SPECSMITH_ONLY` chooses some by parts of their names.
pub(crate) fn chosen(folder: &Path) -> Vec<PathBuf> {
    let only = env::var("SPECSMITH_ONLY").unwrap_or_default();
    let mut files = files(folder, &["json", "yaml"]);
    files.retain(|path| only.is_empty() || only.split(',').any(|part| stem(path).contains(part)));
    files
}

/// Whether `SPECSMITH_FULL` asks for what takes many minutes; says so where it does not.
pub(crate) fn is_full() -> bool {
    let is_full = env::var_os("SPECSMITH_FULL").is_some_and(|value| !value.is_empty());
    if !is_full {
        println!("SPECSMITH_FULL is not set, so what takes long is left out");
    }
    is_full
}

/// How large documents are, in bytes, that are looked at without `SPECSMITH_FULL`.
const MODERATE: u64 = 300_000;

/// The documents of a folder that are looked at: all with `SPECSMITH_FULL`, else those that do not take long.
pub(crate) fn moderate(folder: &Path) -> Vec<PathBuf> {
    let mut documents = chosen(folder);
    if !is_full() {
        documents.retain(|path| fs::metadata(path).is_ok_and(|data| data.len() <= MODERATE));
    }
    documents
}

/// All targets of a document, without a folder.
pub(crate) fn config(path: &Path) -> Config {
    let name = path.file_name().expect("a file").to_string_lossy().into_owned();
    Config::from_text(name, fs::read(path).expect("a document"))
        .client("client")
        .server("server")
        .docs("docs")
}

/// How many lines a generated Rust file has at most.
const LONGEST: usize = 3_000;

/// The longest Rust files so far: those of types, and of each kind of package beside them.
#[derive(Default)]
struct Longest(BTreeMap<String, (usize, String)>);

impl Longest {
    /// Looks at a file; returns what is wrong with it.
    fn look(&mut self, kind: Kind, document: &str, path: &str, lines: usize) -> Option<String> {
        if !path.ends_with(".rs") {
            return None;
        }
        let of = match path.starts_with("src/types/") {
            true => "types".to_owned(),
            false => kind.name().to_owned(),
        };
        let name = format!("{document} {path}");
        let longest = self.0.entry(of).or_default();
        *longest = longest.clone().max((lines, name.clone()));
        (lines > LONGEST).then(|| format!("{name} has {lines} lines"))
    }
}

#[test]
fn every_published_document_generates() {
    let Some(folder) = folder("SPECSMITH_CORPUS") else {
        return;
    };
    let (mut failures, mut longest) = (Vec::new(), Longest::default());
    println!(
        "{:<44} {:>10} {:>8} {:>7} {:>6} {:>6} {:>6} {:>8} {:>8}",
        "document", "operations", "schemas", "typed %", "errors", "warn", "files", "lines", "ms"
    );
    for document in moderate(&folder) {
        let start = Instant::now();
        let result = specsmith::render(&config(&document));
        let time = start.elapsed().as_millis();
        let findings = match &result {
            Ok(outcome) => &outcome.findings,
            Err(error) => error.findings().expect("findings"),
        };
        let count = |severity| findings.diagnostics.count(severity);
        let (mut tree_files, mut lines) = (0, 0);
        for output in result.iter().flat_map(|outcome| &outcome.outputs) {
            oracle::inspect(&stem(&document), &output.result);
            tree_files += output.result.len();
            for (path, text) in output.result.iter() {
                let count = text.lines().count();
                lines += count;
                failures.extend(longest.look(output.kind, &stem(&document), path, count));
            }
        }
        let coverage = specsmith::coverage(&config(&document)).map(|covered| covered.coverage);
        let (operations, schemas, typed) = coverage.map_or((0, 0, 0.0), |coverage| {
            let places = coverage.schemas.places;
            let typed = 100.0 * coverage.schemas.typed as f64 / places.max(1) as f64;
            (coverage.operations, places, typed)
        });
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        println!(
            "{:<44} {operations:>10} {schemas:>8} {typed:>7.1} {errors:>6} {warnings:>6} {tree_files:>6} {lines:>8} {time:>8}",
            stem(&document)
        );
        if result.is_err() {
            failures.push(format!("{}:\n{findings}", document.display()));
        }
    }
    for (of, (lines, name)) in &longest.0 {
        println!("the longest file of {of}: {lines} lines, {name}");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
