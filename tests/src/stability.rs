//! Names stay: whatever is added to a document, every place that had a name has the same name afterwards.
//!
//! Our own documents grow at every place. `SPECSMITH_CORPUS` adds documents of others, those that are not large;
//! `SPECSMITH_STABILITY=all` takes all of them.

#[path = "stability/insert.rs"]
mod insert;
#[path = "stability/names.rs"]
mod names;

use std::{env, fs, time::Instant};

use specsmith_ir::Value;

use crate::{case::Case, corpus, files, mutation, root, stem};
use insert::{KINDS, Kind, POSITIONS, grow};
use names::{Names, names};

/// Documents of others that are larger take too long without optimisation.
const LARGEST: u64 = 100_000;

/// How many renames of a document are shown.
const SHOWN: usize = 12;

/// The places whose names are others, with both names, and those that have none any more.
///
/// A branch, a response or a media type can change what something else is: values of an enumeration beside an object
/// become a type of their own, a default response is no success where there is another one.
fn renamed(before: &Names, after: &Names, kind: Kind) -> Vec<String> {
    let changes_others = matches!(kind, Kind::Branch | Kind::Response | Kind::MediaType);
    let mut renamed = Vec::new();
    for (place, names) in before {
        match after.get(place) {
            Some(now) if names.is_subset(now) => {}
            Some(now) => renamed.push(format!("{place}: {names:?} -> {now:?}")),
            None if changes_others => {}
            None => renamed.push(format!("{place}: {names:?} is gone")),
        }
    }
    renamed
}

/// Adds everything to a document, one kind at one position at a time; returns to how many places.
fn look(name: &str, document: &Value, report: &mut Vec<String>) -> usize {
    let Some(before) = names(document, &str::to_owned) else {
        return 0;
    };
    let mut places = 0;
    for (kind, at) in KINDS.iter().flat_map(|kind| POSITIONS.map(|at| (*kind, at))) {
        let grown = grow(document, kind, at);
        places += grown.places;
        let after = names(&grown.document, &|pointer| grown.before(pointer));
        let renamed = renamed(&before, &after.unwrap_or_default(), kind);
        if !renamed.is_empty() {
            let shown: Vec<&str> = renamed.iter().map(String::as_str).take(SHOWN).collect();
            report.push(format!(
                "{name}, {kind:?} {at:?}: {} of {} places\n  {}",
                renamed.len(),
                before.len(),
                shown.join("\n  ")
            ));
        }
    }
    places
}

#[test]
fn additions_to_our_documents_rename_nothing() {
    let mut report = Vec::new();
    let mut places = 0;
    for case in Case::all("tests/cases/ok") {
        let text = fs::read_to_string(root().join(&case.path)).expect("a document");
        let document = mutation::read(&text).expect("a value");
        places += look(&case.name, &document, &mut report);
    }
    assert!(places > 1000, "only {places} places");
    assert!(report.is_empty(), "{}", report.join("\n"));
}

#[test]
fn additions_to_published_documents_rename_nothing() {
    let Some(folder) = corpus::folder("SPECSMITH_CORPUS") else {
        return;
    };
    let all = env::var("SPECSMITH_STABILITY").is_ok_and(|value| value == "all");
    let mut report = Vec::new();
    for path in files(&folder, &["json", "yaml"]) {
        let size = fs::metadata(&path).expect("a file").len();
        if !all && size > LARGEST {
            continue;
        }
        let start = Instant::now();
        let Some(document) = mutation::read(&fs::read_to_string(&path).expect("text")) else {
            continue;
        };
        let before = report.len();
        let places = look(&stem(&path), &document, &mut report);
        println!(
            "{:<44} {places:>6} places {:>4} renames {:>6} ms",
            stem(&path),
            report.len() - before,
            start.elapsed().as_millis()
        );
    }
    assert!(report.is_empty(), "{}", report.join("\n"));
}
