//! Coverage of real documents: a table, and the whole report of the one that `SPECSMITH_CORPUS_PRINT` names.
//!
//! Runs where `SPECSMITH_CORPUS` names a folder with documents.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

use std::{env, fs, path::Path};

use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_spec::{Limits, Source, coverage, read};

#[test]
fn nearly_all_schemas_of_the_corpus_are_typed() {
    let Some(corpus) = env::var_os("SPECSMITH_CORPUS").filter(|folder| !folder.is_empty()) else {
        eprintln!("skipped: SPECSMITH_CORPUS is not set");
        return;
    };
    let printed = env::var("SPECSMITH_CORPUS_PRINT").unwrap_or_default();
    let mut paths: Vec<_> = fs::read_dir(Path::new(&corpus))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && path.extension().is_some_and(|extension| extension != "tsv"))
        .collect();
    paths.sort();
    let mut poor = Vec::new();
    println!(
        "{:<48} {:>7} {:>7} {:>7} {:>7}",
        "document", "places", "typed", "%", "losses"
    );
    for path in &paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
        let limits = Limits::default();
        let source = Source::from_text(name.clone(), String::from_utf8_lossy(&fs::read(path).unwrap()));
        let covered = read(source, &limits, &mut sources, &mut diagnostics)
            .and_then(|document| coverage(&document, &limits, &sources, &mut diagnostics));
        let Some(covered) = covered else {
            poor.push(name);
            continue;
        };
        let schemas = covered.schemas;
        let per_mille = schemas.per_mille();
        println!(
            "{name:<48} {:>7} {:>7} {:>5}.{} {:>7}",
            schemas.places,
            schemas.typed,
            per_mille / 10,
            per_mille % 10,
            covered.losses.len()
        );
        if printed == name || printed == "all" {
            println!("{covered}");
        }
        if per_mille < 980 {
            poor.push(name);
        }
    }
    assert!(!paths.is_empty(), "no documents in {}", Path::new(&corpus).display());
    assert!(poor.is_empty(), "less than 98 % are typed: {poor:?}");
}
