//! What changes of a document mean to clients, to servers and to the generated client.
//!
//! `docs/reference/diff.md` tells it by the same table; `SPECSMITH_UPDATE=1 cargo test -p specsmith-tests reference`
//! writes it.

mod cases;

use std::collections::BTreeSet;
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

/// Documents of others do not differ from themselves, and without their first operation they break clients.
#[test]
fn documents_of_others_are_compared() {
    let Some(folder) = corpus::folder("SPECSMITH_CORPUS") else {
        return;
    };
    for path in corpus::chosen(&folder) {
        let text = std::fs::read(&path).expect("a document");
        if text.len() > 300_000 && !corpus::is_full() {
            continue;
        }
        let config = || Config::from_text("openapi", text.clone());
        let Ok(printed) = specsmith::bundle(&config(), Some(specsmith::Format::Json)) else {
            continue;
        };
        let Ok(diff) = specsmith::diff(&config(), &config()) else {
            continue;
        };
        assert!(
            diff.changes.is_empty() && diff.rust.is_empty(),
            "{}: {:?}",
            stem(&path),
            diff.changes.first()
        );
        rules(&stem(&path), &printed.text);
    }
}

/// Applies the rules of edits that a document has a place for.
fn rules(name: &str, text: &str) {
    let mut document: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let Some(paths) = document.get_mut("paths").and_then(serde_json::Value::as_object_mut) else {
        return;
    };
    let methods = ["get", "put", "post", "delete", "patch"];
    let place = paths.iter().find_map(|(path, item)| {
        let method = methods
            .iter()
            .find(|method| item.get(**method).is_some_and(|of| of.get("parameters").is_none()))?;
        Some((path.clone(), *method))
    });
    let Some((path, method)) = place else { return };
    let with = |parameter: serde_json::Value| {
        let mut edited = document.clone();
        edited["paths"][&path][method]["parameters"] = serde_json::json!([parameter]);
        edited.to_string()
    };
    let is_v2 = text.contains("\"swagger\"");
    let parameter = |required: bool| match is_v2 {
        true => serde_json::json!({"name": "zzSpecsmith", "in": "query", "required": required, "type": "string"}),
        false => {
            serde_json::json!({"name": "zzSpecsmith", "in": "query", "required": required, "schema": {"type": "string"}})
        }
    };
    let mut without = document.clone();
    without["paths"][&path].as_object_mut().expect("an item").remove(method);
    let edits = [
        ("operation-removed", without.to_string(), "breaking compatible"),
        ("parameter-added", with(parameter(false)), "compatible breaking"),
        ("parameter-added-required", with(parameter(true)), "breaking breaking"),
    ];
    for (kind, new, expected) in edits {
        let config = |text: &str| Config::from_text("openapi", text);
        let Ok(diff) = specsmith::diff(&config(text), &config(&new)) else {
            continue;
        };
        let change = diff.changes.iter().find(|change| change.kind == kind);
        let told = change.map(|change| format!("{} {}", change.verdict.clients.name(), change.verdict.servers.name()));
        assert_eq!(told.as_deref(), Some(expected), "{name}: {kind} at {method} {path}");
    }
}
