//! What changes of a document mean to clients, to servers and to the generated client.
//!
//! `docs/reference/diff.md` tells it by the same table; `SPECSMITH_UPDATE=1 cargo test -p specsmith-tests reference`
//! writes it.

mod cases;
mod rules;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use specsmith::{Config, Diff};

use self::cases::{CASES, Case, Expected};
use crate::{corpus, stem};

const BASE: &str = include_str!("diff/base.yaml");

/// The base document with the edits of a case.
fn edited(case: &Case) -> String {
    case.edits.iter().fold(BASE.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{}: {from}", case.what);
        text.replace(from, to)
    })
}

fn diff(old: &str, new: &str) -> Diff {
    let config = |name: &str, text: &str| Config::from_text(name, text);
    specsmith::diff(&config("old", old), &config("new", new)).expect("two documents")
}

/// What was found: kinds in their order, and the verdict.
fn found(diff: &Diff) -> (Vec<String>, String) {
    let kinds = diff.changes.iter().map(|change| change.kind.clone()).collect();
    let verdict = diff.verdict().expect("a change");
    let (clients, servers) = (verdict.clients.name(), verdict.servers.name());
    (kinds, format!("{clients} {servers} {}", diff.bump().name()))
}

fn told(expected: &Expected) -> (Vec<String>, String) {
    let mut kinds: Vec<String> = expected.kinds.split(' ').map(str::to_owned).collect();
    kinds.sort();
    (kinds, expected.verdict.to_owned())
}

#[test]
fn changes_mean_what_the_table_says() {
    let mut wrong = Vec::new();
    for case in CASES {
        let new = edited(case);
        for (way, from, to, expected) in [("there", BASE, &*new, &case.there), ("back", &*new, BASE, &case.back)] {
            let diff = diff(from, to);
            let (mut kinds, verdict) = found(&diff);
            kinds.sort();
            let (told, told_verdict) = told(expected);
            if (&kinds, &verdict) != (&told, &told_verdict) {
                let items: Vec<String> = diff
                    .rust
                    .iter()
                    .map(|item| format!("{} {}", item.bump.name(), item.path))
                    .collect();
                wrong.push(format!(
                    "{} {way}: {kinds:?} {verdict}, and not {told:?} {told_verdict}; {items:?}",
                    case.what
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_different_from_itself() {
    let diff = diff(BASE, BASE);
    assert!(diff.changes.is_empty() && diff.rust.is_empty() && diff.verdict().is_none());
    assert_eq!(diff.bump().name(), "none");
}

#[test]
fn changes_have_places() {
    for case in CASES {
        let diff = diff(BASE, &edited(case));
        for change in diff.changes.iter().filter(|change| !change.kind.starts_with("api-")) {
            let is_placed = change.kind.starts_with("tag-") || change.kind.starts_with("security-scheme-");
            assert!(is_placed || diff.place(change).is_some(), "{}: {change:?}", case.what);
        }
    }
}

/// The page of the reference, made from the table.
pub(crate) fn page() -> String {
    let mut page = String::from(include_str!("diff/page.txt"));
    let mut rows = BTreeSet::new();
    for case in CASES {
        for expected in [&case.there, &case.back] {
            let kind = expected.kinds.split(' ').next().unwrap_or_default();
            let mut verdict = expected.verdict.split(' ');
            let mut word = || verdict.next().unwrap_or_default();
            rows.insert(format!(
                "| `{kind}` | {} | {} | {} | {} |",
                case.what,
                word(),
                word(),
                word()
            ));
        }
    }
    for row in rows {
        writeln!(page, "{row}").expect("memory");
    }
    page
}

/// The largest document that is compared unless `SPECSMITH_FULL` is set, in bytes.
const LARGEST: usize = 30_000;

/// Documents of others do not differ from themselves; edited by rules, they differ as the table says.
#[test]
fn documents_of_others_are_compared() {
    let Some(folder) = corpus::folder("SPECSMITH_CORPUS") else {
        return;
    };
    let largest = if corpus::is_full() { usize::MAX } else { LARGEST };
    let (mut applied, mut wrong) = (BTreeMap::new(), Vec::new());
    for path in corpus::chosen(&folder) {
        let text = std::fs::read(&path).expect("a document");
        if text.len() > largest {
            continue;
        }
        let config = || Config::from_text("openapi", text.clone());
        let Ok(diff) = specsmith::diff(&config(), &config()) else {
            continue;
        };
        assert!(
            diff.changes.is_empty() && diff.rust.is_empty(),
            "{}: {:?}",
            stem(&path),
            diff.changes.first()
        );
        // In one version, so that each rule has one form.
        let printed = specsmith::upgrade(&config(), Some(specsmith::Format::Json)).expect("a document");
        let document = serde_json::from_str(&printed.text).expect("JSON");
        for rule in rules::RULES {
            if rule.apply(&stem(&path), &document, &mut wrong) {
                *applied.entry(rule.what).or_insert(0) += 1;
            }
        }
    }
    for (what, times) in &applied {
        println!("{times:>4} {what}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(applied.len(), rules::RULES.len(), "each rule has a document");
}
