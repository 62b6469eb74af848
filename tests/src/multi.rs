//! Documents of several files that others publish: all of their operations arrive, wherever they stand.
//!
//! Where `SPECSMITH_CORPUS` says where they are.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use specsmith::{Config, Error};
use specsmith_diagnostics::{Code, Diagnostic, Diagnostics, SourceMap};
use specsmith_spec::{Document, Limits, Node, Options, Source};

use crate::{corpus, files, stem};

const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// The folders with documents of several files.
pub(crate) fn sets(corpus: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(corpus.join("multi")).expect("documents of several files");
    let mut sets: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    sets.retain(|set| set.is_dir());
    sets.sort();
    sets
}

/// The documents below a folder: files with `openapi` or `swagger` at their top, sorted.
pub(crate) fn roots(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if is_root(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn is_root(path: &Path) -> bool {
    let text = fs::read_to_string(path).expect("text");
    let head = |line: &str| {
        let name = line.trim_start_matches(['"', '{', ' ']);
        name.starts_with("openapi:") || name.starts_with("openapi\"") || name.starts_with("swagger")
    };
    text.lines()
        .take(100)
        .any(|line| !line.starts_with("   ") && head(line))
}

fn read(path: &Path) -> Document {
    let source = Source::from_file(path).expect("a file");
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    specsmith_spec::read(source, &Limits::default(), &mut sources, &mut diagnostics).expect("a document")
}

/// The operations, counted in the plainest way: files are opened as they are named, and nothing else is looked at.
fn count(path: &Path) -> usize {
    let document = read(path);
    let Some(paths) = document.root().get("paths") else {
        return 0;
    };
    let reference = |node: Node<'_>| node.get("$ref").and_then(Node::as_str).map(str::to_owned);
    let methods = |node: Node<'_>| {
        let names = node.members().map(|(key, _)| key.name.as_str());
        names.filter(|name| METHODS.contains(name)).count()
    };
    let items = paths.members().filter(|(key, _)| key.name.starts_with('/'));
    let counts = items.map(|(_, item)| match reference(item) {
        Some(file) => methods(read(&path.with_file_name(file)).root()),
        None => methods(item),
    });
    counts.sum()
}

/// Whether a finding is that a file is not there, and it is not.
fn is_true(told: &Diagnostic, sources: &SourceMap) -> bool {
    let place = told.location.and_then(|location| sources.file(location.file));
    let file = told
        .message
        .strip_prefix("there is no file `")
        .and_then(|rest| rest.strip_suffix('`'));
    place
        .zip(file)
        .is_some_and(|(place, file)| !Path::new(place.name()).with_file_name(file).exists())
}

#[test]
fn every_operation_of_several_files_arrives() {
    let Some(corpus) = corpus::folder("SPECSMITH_CORPUS") else {
        return;
    };
    let mut failures = Vec::new();
    println!(
        "{:<64} {:>5} {:>5} {:>5} {:>6} {:>6}",
        "document", "ops", "files", "types", "told", "ms"
    );
    for set in sets(&corpus) {
        for path in roots(&set) {
            let name = path.strip_prefix(&set).expect("a name below").display().to_string();
            let start = Instant::now();
            let options = Options {
                folders: vec![set.clone()],
                ..Options::default()
            };
            let source = Source::from_file(&path).expect("a file");
            let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
            let document = specsmith_spec::load(source, &options, &mut sources, &mut diagnostics);
            let api = document.and_then(|document| specsmith_spec::lower(&document, &mut diagnostics));
            let time = start.elapsed().as_millis();
            let Some(api) = api else {
                failures.push(format!("{name}: not read"));
                continue;
            };
            let (found, expected) = (api.operations.len(), count(&path));
            let files = sources.iter().count();
            let told = diagnostics.iter().count();
            println!(
                "{name:<64} {found:>5} {files:>5} {:>5} {told:>6} {time:>6}",
                api.types.len()
            );
            if found != expected {
                failures.push(format!("{name}: {found} operations of {expected}"));
            }
            let lost = diagnostics
                .iter()
                .filter(|told| matches!(told.code, Code::BrokenRef | Code::ExternalRef));
            let wrong = lost.filter(|told| !is_true(told, &sources));
            failures.extend(wrong.map(|told| format!("{name}: {}", told.message)));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Hostile references open nothing but the document itself, wherever they point to.
#[test]
fn no_hostile_reference_opens_a_file() {
    let Some(attacks) = corpus::folder("SPECSMITH_ATTACKS") else {
        return;
    };
    let documents = files(&attacks, &["json", "yaml"]);
    let documents: Vec<_> = documents.iter().filter(|path| stem(path).starts_with("ref-")).collect();
    assert!(!documents.is_empty());
    for path in documents {
        let name = stem(path);
        let (findings, is_whole) = match specsmith::lint(&Config::new(path)) {
            Ok(findings) => (findings, true),
            Err(Error::Document(findings)) => (findings, false),
            Err(error) => panic!("{name}: {error}"),
        };
        let opened: Vec<&str> = findings.sources.iter().map(|file| file.name()).collect();
        println!("{name:<28} {} whole: {is_whole}", findings.diagnostics.iter().count());
        assert_eq!(opened, [path.to_string_lossy()], "{name}");
        assert!(!findings.to_string().contains("root:x:0"), "{name}");
        let is_valid = ["recursive-valid", "cycle-disc-allof", "exponential-allof"];
        if !is_valid.iter().any(|valid| name.ends_with(valid)) {
            assert!(!findings.diagnostics.is_empty(), "{name}: nothing is said");
        }
    }
}
