//! Documents in OpenAPI 3.2 mean what they meant in the version that they were written in.

use std::{fs, path::Path};

use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_ir::{Api, Shape};
use specsmith_spec::{Document, Options, Source, load, lower, upgrade};

use crate::{case::Case, corpus::folder, files, root, stem};

/// A document as it is and in OpenAPI 3.2; `None` where it cannot be used.
fn both(source: Source, options: &Options) -> Option<(Document, Document)> {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let old = load(source, options, &mut sources, &mut diagnostics)?;
    lower(&old, &mut diagnostics)?;
    let new = upgrade(&old, &mut diagnostics).expect("what is understood is upgraded");
    Some((old, new))
}

/// The model of a document as text, with one word for each way to hold bytes.
fn meaning(document: &Document) -> String {
    let mut api = lower(document, &mut Diagnostics::new()).expect("a model");
    say_binary_in_one_way(&mut api);
    specsmith_ir::dump(&api)
}

/// The formats of OpenAPI 3.0 as the keywords that 3.1 has for them (OpenAPI 3.2, section 4.14.7).
fn say_binary_in_one_way(api: &mut Api) {
    let ids: Vec<_> = api.types.iter().map(|(id, _)| id).collect();
    for id in ids {
        let Shape::String(text) = &mut api.types[id].shape else {
            continue;
        };
        let (keyword, value) = match text.format.as_deref() {
            Some("byte" | "base64") => (&mut text.content_encoding, "base64"),
            Some("binary") => (&mut text.content_media_type, "application/octet-stream"),
            _ => continue,
        };
        keyword.get_or_insert_with(|| value.to_owned());
        text.format = None;
    }
}

/// The first line that differs.
fn difference(old: &str, new: &str) -> Option<String> {
    let pairs = old.lines().chain([""]).zip(new.lines().chain([""]));
    let (old, new) = pairs.into_iter().find(|(old, new)| old != new)?;
    Some(format!("{old:?} became {new:?}"))
}

/// What differs between a document, the same in OpenAPI 3.2, and that upgraded once more.
fn differences(old: &Document, new: &Document) -> Vec<String> {
    let again = upgrade(new, &mut Diagnostics::new()).expect("a document");
    let mut found: Vec<String> = difference(&meaning(old), &meaning(new)).into_iter().collect();
    if again.root().to_value() != new.root().to_value() {
        found.push("the second time changes more".to_owned());
    }
    if old.root().get("openapi").and_then(|version| version.as_str()) == Some("3.2.0")
        && old.root().to_value() != new.root().to_value()
    {
        found.push("a document of 3.2 is changed".to_owned());
    }
    found
}

#[test]
fn cases_mean_the_same() {
    let mut failures = Vec::new();
    let mut count = 0;
    for case in ["tests/cases/ok", "tests/cases/err"].into_iter().flat_map(Case::all) {
        // One case is no text.
        if fs::read_to_string(root().join(&case.path)).is_err() {
            continue;
        }
        let (source, options) = case.source();
        let Some((old, new)) = both(source, &options) else {
            continue;
        };
        count += 1;
        let found = differences(&old, &new).into_iter();
        failures.extend(found.map(|found| format!("{}: {found}", case.path)));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(count > 50, "only {count} cases were upgraded");
}

#[test]
fn published_documents_mean_the_same() {
    let Some(folder) = folder("SPECSMITH_CORPUS") else {
        return;
    };
    let mut failures = Vec::new();
    for path in files(&folder, &["json", "yaml"]) {
        failures.extend(compare(&path));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What differs between a file and the same in OpenAPI 3.2.
fn compare(path: &Path) -> Vec<String> {
    let source = Source::from_file(path).expect("a document");
    let Some((old, new)) = both(source, &Options::default()) else {
        println!("{:<44} not read", stem(path));
        return Vec::new();
    };
    let found = differences(&old, &new).into_iter();
    found.map(|found| format!("{}: {found}", stem(path))).collect()
}
