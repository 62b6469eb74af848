//! Every operation of the documents of others is in the model, where `SPECSMITH_CORPUS` says where they are.

use std::{fs, path::Path};

use specsmith_diagnostics::{Diagnostics, Severity, SourceMap};
use specsmith_ir::Api;
use specsmith_spec::{Options, Source};

use crate::corpus;

/// A row of the index of the corpus: the name of a file, and how many operations somebody else counted in it.
fn rows(index: &str) -> Vec<(&str, usize)> {
    let mut lines = index.lines();
    let titles: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |title: &str| titles.iter().position(|known| *known == title).expect(title);
    let (file, operations) = (column("file"), column("operations"));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            (cells[file], cells[operations].parse().expect("a number"))
        })
        .collect()
}

fn lower(path: &Path, diagnostics: &mut Diagnostics) -> Option<Api> {
    let source = Source::from_file(path).ok()?;
    let mut sources = SourceMap::new();
    let document = specsmith_spec::load(source, &Options::default(), &mut sources, diagnostics)?;
    specsmith_spec::lower(&document, diagnostics)
}

#[test]
fn every_operation_is_in_the_model() {
    let Some(folder) = corpus::folder("SPECSMITH_CORPUS") else {
        return;
    };
    let index = fs::read_to_string(folder.join("index.tsv")).expect("an index");
    let mut missing = Vec::new();
    println!(
        "{:<54} {:>8} {:>8} {:>8} {:>8}",
        "document", "counted", "lowered", "webhooks", "warnings"
    );
    for (name, counted) in rows(&index) {
        let mut diagnostics = Diagnostics::new();
        let api = lower(&folder.join(name), &mut diagnostics);
        let (lowered, webhooks) = api.map_or((0, 0), |api| (api.operations.len(), api.webhooks.len()));
        let warnings = diagnostics.count(Severity::Warning);
        println!("{name:<54} {counted:>8} {lowered:>8} {webhooks:>8} {warnings:>8}");
        if lowered != counted {
            missing.push(format!("{name}: {lowered} of {counted}"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
