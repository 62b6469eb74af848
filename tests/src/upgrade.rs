//! Documents in OpenAPI 3.2 mean what they meant in the version that they were written in.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use specsmith_diagnostics::{Code, Diagnostics, SourceMap};
use specsmith_ir::{Api, Shape};
use specsmith_spec::{Document, Options, Source, load, lower, upgrade};

use crate::{
    case::Case,
    corpus::{self, folder},
    metaschema::Metaschemas,
    multi, root, stem,
};

/// A document as it is and in OpenAPI 3.2.
struct Upgraded {
    old: Document,
    new: Document,
    /// How much upgrading had to say.
    told: usize,
    time: Duration,
}

/// Upgrades a document; `None` where it cannot be used.
fn both(source: Source, options: &Options) -> Option<Upgraded> {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let old = load(source, options, &mut sources, &mut diagnostics)?;
    lower(&old, &mut diagnostics)?;
    let mut diagnostics = Diagnostics::new();
    let start = Instant::now();
    let new = upgrade(&old, &mut diagnostics).expect("what is understood is upgraded");
    let time = start.elapsed();
    let told = diagnostics.iter().count();
    Some(Upgraded { old, new, told, time })
}

/// The model of a document as text, with one word for each way to hold bytes.
pub(crate) fn meaning(document: &Document) -> String {
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
    found.extend(old_words(new).into_iter().filter(|_| version(old) != version(new)));
    if version(old) == "3.2.0" && old.root().to_value() != new.root().to_value() {
        found.push("a document of 3.2 is changed".to_owned());
    }
    found
}

/// What is said in the way of an older version.
fn old_words(document: &Document) -> Vec<String> {
    let mut diagnostics = Diagnostics::new();
    lower(document, &mut diagnostics);
    let old = diagnostics.iter().filter(|finding| finding.code == Code::OlderKeyword);
    old.map(|finding| finding.message.clone()).collect()
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
        let Some(Upgraded { old, new, .. }) = both(source, &options) else {
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
fn published_documents_mean_the_same_and_are_valid() {
    let Some(folder) = folder("SPECSMITH_CORPUS") else {
        return;
    };
    let metaschemas = Metaschemas::new();
    let mut failures = Vec::new();
    print_head();
    for path in corpus::moderate(&folder) {
        failures.extend(compare(&path, &Options::default(), metaschemas.as_ref()).failures);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn documents_of_several_files_mean_the_same_and_are_valid() {
    let Some(folder) = folder("SPECSMITH_CORPUS") else {
        return;
    };
    let metaschemas = Metaschemas::new();
    let mut failures = Vec::new();
    print_head();
    for set in multi::sets(&folder) {
        let options = Options {
            folders: vec![set.clone()],
            ..Options::default()
        };
        for path in multi::roots(&set) {
            let compared = compare(&path, &options, metaschemas.as_ref());
            failures.extend(compared.failures);
            // One document of many files is as valid as they are, and these are.
            failures.extend(compared.before.map(|found| format!("{}: {found}", stem(&path))));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn print_head() {
    println!(
        "{:<44} {:<8} {:>6} {:>6} {:>8} {:>8} {:>5}  what is wrong",
        "document", "version", "model", "told", "before", "after", "ms"
    );
}

/// What was found out about a file.
#[derive(Default)]
struct Compared {
    /// The first error by the metaschema of its own version.
    before: Option<String>,
    /// What is wrong about it in OpenAPI 3.2.
    failures: Vec<String>,
}

/// Compares a file with what it is in OpenAPI 3.2; prints a line about it.
fn compare(path: &Path, options: &Options, metaschemas: Option<&Metaschemas>) -> Compared {
    let name = stem(path);
    let source = Source::from_file(path).expect("a document");
    let Some(upgraded) = both(source, options) else {
        return Compared {
            failures: vec![format!("{name}: not read")],
            ..Compared::default()
        };
    };
    let Upgraded { old, new, told, time } = upgraded;
    let mut found = differences(&old, &new);
    let errors = |document| metaschemas.map_or_else(Vec::new, |metaschemas| metaschemas.errors(document));
    let (before, after) = (errors(&old), errors(&new));
    // What is invalid in its own version stays so where nothing says what is meant.
    if before.is_empty() {
        found.extend(after.iter().cloned());
    }
    let count = |errors: &[String]| match errors.len() {
        _ if metaschemas.is_none() => "-".to_owned(),
        0 => "valid".to_owned(),
        count => count.to_string(),
    };
    println!(
        "{name:<44} {:<8} {:>6} {told:>6} {:>8} {:>8} {:>5}  {}",
        version(&old),
        if found.is_empty() { "same" } else { "DIFFERS" },
        count(&before),
        count(&after),
        time.as_millis(),
        after.first().or(before.first()).map_or("", String::as_str)
    );
    Compared {
        before: before.into_iter().next(),
        failures: found.iter().map(|found| format!("{name}: {found}")).collect(),
    }
}

fn version(document: &Document) -> &str {
    let root = document.root();
    let version = root.get("openapi").or(root.get("swagger"));
    version.and_then(|version| version.as_written()).unwrap_or_default()
}
