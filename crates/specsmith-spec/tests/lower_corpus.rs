//! Lowers real documents: every operation arrives, whatever else a document says.
//!
//! Runs where `SPECSMITH_CORPUS` names a folder with documents and an `index.tsv` that says how many operations each
//! of them has. `SPECSMITH_CORPUS_PRINT` names a document whose findings are printed.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr
)]

use std::{
    collections::BTreeMap,
    env, fs,
    path::Path,
    time::{Duration, Instant},
};

use specsmith_diagnostics::{Code, Diagnostics, SourceMap};
use specsmith_ir::Api;
use specsmith_spec::{Limits, Source, lower, read};

struct Lowered {
    api: Option<Api>,
    sources: SourceMap,
    diagnostics: Diagnostics,
}

fn lower_file(path: &Path) -> Lowered {
    let mut sources = SourceMap::new();
    let mut diagnostics = Diagnostics::new();
    let source = Source::from_text(
        path.file_name().unwrap().to_string_lossy(),
        String::from_utf8_lossy(&fs::read(path).unwrap()),
    );
    let document = read(source, &Limits::default(), &mut sources, &mut diagnostics);
    let api = document.and_then(|document| lower(&document, &mut diagnostics));
    Lowered {
        api,
        sources,
        diagnostics,
    }
}

fn print(name: &str, lowered: &Lowered) {
    for diagnostic in &lowered.diagnostics {
        let place = diagnostic
            .location
            .and_then(|location| lowered.sources.line_column(location));
        let place = place.map_or(String::new(), |place| format!(":{}:{}", place.line, place.column));
        let help = diagnostic
            .help
            .as_deref()
            .map_or(String::new(), |help| format!(" ({help})"));
        println!("{name}{place}: {}: {}{help}", diagnostic.code, diagnostic.message);
    }
}

/// The rows of a table with a header line, by column name.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let names: Vec<_> = lines.next().unwrap().split('\t').collect();
    lines
        .map(|line| {
            let cells = line.split('\t').map(str::to_owned);
            names.iter().map(|name| (*name).to_owned()).zip(cells).collect()
        })
        .collect()
}

#[test]
fn every_operation_of_the_corpus_is_lowered() {
    let Some(corpus) = env::var_os("SPECSMITH_CORPUS") else {
        eprintln!("skipped: SPECSMITH_CORPUS is not set");
        return;
    };
    let corpus = Path::new(&corpus);
    let printed = env::var("SPECSMITH_CORPUS_PRINT").unwrap_or_default();
    let mut codes: BTreeMap<Code, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    for row in rows(&corpus.join("index.tsv")) {
        let file = &row["file"];
        let lowered = lower_file(&corpus.join(file));
        if printed == row["name"] || printed == "all" {
            print(file, &lowered);
        }
        for diagnostic in &lowered.diagnostics {
            *codes.entry(diagnostic.code).or_default() += 1;
        }
        if row["version"].starts_with("2.") {
            if lowered.api.is_some() || !has(&lowered, Code::UnsupportedVersion) {
                failures.push(format!("{file}: version {} is not refused", row["version"]));
            }
            continue;
        }
        let Some(api) = &lowered.api else {
            failures.push(format!("{file}: not lowered"));
            continue;
        };
        let expected: usize = row["operations"].parse().unwrap();
        let found = api.operations.len();
        let noise = lowered.diagnostics.iter().count();
        println!(
            "{file}: {found} operations, {} types, {noise} findings",
            api.types.len()
        );
        if found != expected && !has(&lowered, Code::InvalidPath) {
            failures.push(format!("{file}: {found} operations of {expected}"));
        }
    }
    for (code, count) in codes {
        println!("{code:28} {count:6}");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn invalid_documents_are_told_about() {
    let Some(corpus) = env::var_os("SPECSMITH_CORPUS") else {
        eprintln!("skipped: SPECSMITH_CORPUS is not set");
        return;
    };
    let folder = Path::new(&corpus).join("invalid");
    let printed = env::var("SPECSMITH_CORPUS_PRINT").unwrap_or_default();
    let mut silent = Vec::new();
    for row in rows(&folder.join("index.tsv")) {
        let lowered = lower_file(&folder.join(&row["file"]));
        if printed == "invalid" {
            println!("\n{} ({})", row["file"], row["reason_measured"]);
            print(&row["file"], &lowered);
        }
        if lowered.diagnostics.is_empty() {
            silent.push(format!("{}: {}", row["file"], row["reason_measured"]));
        }
    }
    assert!(silent.is_empty(), "nothing said about\n{}", silent.join("\n"));
}

#[test]
fn hostile_documents_neither_panic_nor_hang() {
    let Some(attacks) = env::var_os("SPECSMITH_ATTACKS") else {
        eprintln!("skipped: SPECSMITH_ATTACKS is not set");
        return;
    };
    let print_name = env::var("SPECSMITH_CORPUS_PRINT").unwrap_or_default();
    let mut paths: Vec<_> = fs::read_dir(attacks)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let mut slow = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let start = Instant::now();
        let lowered = lower_file(&path);
        let taken = start.elapsed();
        if taken > Duration::from_secs(10) {
            slow.push(format!("{name}: {taken:?}"));
        }
        if print_name == "attacks" {
            println!("\n{name}: lowered: {}, {taken:?}", lowered.api.is_some());
            print(&name, &lowered);
        }
        if lowered.api.is_none() {
            assert!(lowered.diagnostics.has_errors(), "{name}: refused without a word");
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

fn has(lowered: &Lowered, code: Code) -> bool {
    lowered.diagnostics.iter().any(|diagnostic| diagnostic.code == code)
}
