//! Real and hostile documents, where an environment variable names their folder.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Instant,
};

use serde_json::Value as Json;
use specsmith_diagnostics::Findings;

use super::{Limits, Source, read};
use crate::{Node, NodeKind};

/// The files of the folder that a variable names, in order.
fn files(variable: &str) -> Vec<PathBuf> {
    let Some(folder) = env::var_os(variable).filter(|folder| !folder.is_empty()) else {
        eprintln!("skipped: {variable} is not set");
        return Vec::new();
    };
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", Path::new(&folder).display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json" || extension == "yaml")
    });
    files.sort();
    assert!(!files.is_empty(), "{variable} names a folder without documents");
    files
}

#[test]
fn real_documents_are_read_whole() {
    for path in files("SPECSMITH_CORPUS") {
        let name = path.display();
        let source = Source::from_file(&path).unwrap();
        let json = (path.extension().unwrap() == "json").then(|| source.text.clone());
        let mut findings = Findings::default();
        let Findings {
            sources, diagnostics, ..
        } = &mut findings;
        let document = read(source, &Limits::default(), sources, diagnostics);
        let shown = findings.to_string();
        assert_eq!(shown, "", "{name}");
        if let Some(text) = json {
            let expected: Json = serde_json::from_str(&text).unwrap();
            assert_same(document.unwrap().root(), &expected, &name.to_string());
        }
    }
}

#[test]
fn hostile_documents_do_no_harm() {
    for path in files("SPECSMITH_ATTACKS") {
        let start = Instant::now();
        let Ok(source) = Source::from_file(&path) else { continue };
        let mut findings = Findings::default();
        let Findings {
            sources, diagnostics, ..
        } = &mut findings;
        let document = read(source, &Limits::default(), sources, diagnostics);
        let shown = findings.to_string();
        assert!(
            document.is_some() || findings.diagnostics.has_errors(),
            "{}: no reason",
            path.display()
        );
        assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown}");
        assert!(
            start.elapsed().as_secs() < 10,
            "{}: {:?}",
            path.display(),
            start.elapsed()
        );
    }
}

/// Compares with what another reader makes of the same text.
fn assert_same(node: Node<'_>, expected: &Json, name: &str) {
    let same = match (node.kind(), expected) {
        (NodeKind::Null, Json::Null) => true,
        (NodeKind::Boolean(value), Json::Bool(expected)) => value == *expected,
        (NodeKind::Number(value), Json::Number(expected)) => {
            // The other reader rounds to a float that may be off by one.
            let (text, float) = (expected.to_string(), expected.as_f64());
            value.as_str() == text
                || value
                    .as_f64()
                    .zip(float)
                    .is_some_and(|(a, b)| (a - b).abs() <= f64::EPSILON * a.abs())
        }
        (NodeKind::String(value), Json::String(expected)) => value == expected,
        (NodeKind::Array, Json::Array(expected)) => {
            for (item, expected) in node.items().zip(expected) {
                assert_same(item, expected, name);
            }
            node.items().count() == expected.len()
        }
        (NodeKind::Object, Json::Object(expected)) => {
            for (key, member) in node.members() {
                assert_same(member, expected.get(&key.name).unwrap_or(&Json::Null), name);
                assert_eq!(node.get(&key.name), Some(member), "{name} {}", member.pointer());
            }
            node.members().count() == expected.len()
        }
        _ => false,
    };
    assert!(same, "{name} {}: {expected}", node.pointer());
}
