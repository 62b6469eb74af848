//! The direction of dependencies, as docs/architecture.md has it.

use std::{collections::BTreeMap, process::Command};

use serde_json::Value;

use crate::root;

/// Each crate, and the crates of the workspace that it may use.
const ALLOWED: &[(&str, &[&str])] = &[
    ("specsmith-diagnostics", &[]),
    ("specsmith-ir", &["specsmith-diagnostics"]),
    ("specsmith-spec", &["specsmith-diagnostics", "specsmith-ir"]),
    ("specsmith-rust", &["specsmith-diagnostics", "specsmith-ir"]),
    ("specsmith-output", &["specsmith-diagnostics"]),
    ("specsmith-runtime", &[]),
    ("specsmith-templates", &[]),
    ("specsmith-client", HTTP),
    ("specsmith-server", HTTP),
    ("specsmith-types", GENERATOR),
    ("specsmith-values", &["specsmith-ir", "specsmith-rust"]),
    (
        "specsmith-mock",
        &["specsmith", "specsmith-ir", "specsmith-runtime", "specsmith-values"],
    ),
    ("specsmith-markdown", GENERATOR),
    ("specsmith", LIBRARY),
    (
        "specsmith-cli",
        &["specsmith", "specsmith-diagnostics", "specsmith-mock"],
    ),
];

const GENERATOR: &[&str] = &[
    "specsmith-diagnostics",
    "specsmith-ir",
    "specsmith-rust",
    "specsmith-output",
    "specsmith-runtime",
    "specsmith-templates",
];

/// Client and server begin with what the crate of types has.
const HTTP: &[&str] = &[
    "specsmith-diagnostics",
    "specsmith-ir",
    "specsmith-rust",
    "specsmith-output",
    "specsmith-runtime",
    "specsmith-templates",
    "specsmith-types",
];

const LIBRARY: &[&str] = &[
    "specsmith-diagnostics",
    "specsmith-ir",
    "specsmith-spec",
    "specsmith-rust",
    "specsmith-output",
    "specsmith-client",
    "specsmith-server",
    "specsmith-types",
    "specsmith-markdown",
];

/// Crates that only one crate may use, since it alone knows what they are for.
const OWNED: &[(&str, &[&str])] = &[
    ("granit-parser", &["specsmith-spec"]),
    (
        "sha2",
        &[
            "specsmith-output",
            "specsmith-runtime",
            "bookstore",
            "bookstore-server",
            "specsmith-round-trip",
        ],
    ),
    ("minijinja", &["specsmith-templates"]),
    ("clap", &["specsmith-cli"]),
];

/// The normal dependencies of each member of the workspace.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let normal = |package: &Value| {
        let list = package["dependencies"].as_array().expect("dependencies").iter();
        list.filter(|dependency| dependency["kind"].is_null())
            .map(|dependency| dependency["name"].as_str().expect("a name").to_owned())
            .collect()
    };
    packages
        .iter()
        .map(|package| (package["name"].as_str().expect("a name").to_owned(), normal(package)))
        .collect()
}

#[test]
fn dependencies_point_one_way() {
    let dependencies = dependencies();
    for (name, uses) in &dependencies {
        let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| known == name) else {
            assert!(
                !name.starts_with("specsmith-") || name == "specsmith-tests" || name == "specsmith-round-trip",
                "{name} has no rule"
            );
            continue;
        };
        for used in uses.iter().filter(|used| used.starts_with("specsmith")) {
            assert!(allowed.contains(&used.as_str()), "{name} may not use {used}");
        }
    }
    for (name, _) in ALLOWED {
        assert!(dependencies.contains_key(*name), "{name} is gone");
    }
}

#[test]
fn crates_with_an_owner_are_used_by_it_alone() {
    for (name, uses) in dependencies() {
        for (owned, owners) in OWNED {
            let uses = uses.iter().any(|used| used == owned);
            assert!(!uses || owners.contains(&name.as_str()), "{name} may not use {owned}");
        }
    }
}
