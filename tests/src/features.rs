//! With `group-features` the calls of each group compile alone, and with all others.

use std::{fs, path::Path};

use specsmith::{Config, Kind, Target};
use specsmith_rust::TypeOptions;

use crate::{case::Case, cases, compile, corpus, root};

/// What becomes of documents with some groups, types that groups share, and types that nothing uses.
const SUBJECTS: &[&str] = &["components", "constraints", "deprecated", "read_write", "resources"];

/// The client of a case with a feature for each group.
fn config(case: &Case, workspace: &Path) -> Config {
    let options = TypeOptions {
        group_features: true,
        ..TypeOptions::default()
    };
    let name = format!("{}-features", case.name);
    let target = Target::new(workspace.join(&name)).package(name);
    case.config(&case.path)
        .expect("a configuration")
        .type_options(options)
        .with(Kind::Client, target)
}

/// The features that a manifest says are groups.
fn groups(manifest: &str) -> Vec<String> {
    let full = manifest.lines().find_map(|line| line.strip_prefix("full = "));
    let names = full.expect("a feature `full`").trim_matches(['[', ']']).split(", ");
    names.map(|name| name.trim_matches('"').to_owned()).collect()
}

/// Each group is compiled by itself, so only `SPECSMITH_FULL` asks for more than those of the bookstore.
#[test]
fn groups_compile_alone() {
    let subjects = if corpus::is_full() { SUBJECTS } else { &[] };
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("features");
    let bookstore = Case::file("bookstore", "examples/bookstore/openapi.yaml");
    let cases = cases::documents()
        .into_iter()
        .filter(|case| subjects.contains(&case.name.as_str()));
    let mut members = Vec::new();
    for case in cases.chain([bookstore]) {
        let outcome = specsmith::generate(&config(&case, &workspace)).unwrap_or_else(|error| panic!("{error}"));
        let dir = &outcome.outputs.first().expect("a client").dir;
        let manifest = fs::read_to_string(dir.join("Cargo.toml")).expect("a manifest");
        let validate = manifest.lines().any(|line| line.starts_with("validate = "));
        members.push((format!("{}-features", case.name), groups(&manifest), validate));
    }
    assert_eq!(members.len(), subjects.len() + 1);
    let list: String = members
        .iter()
        .map(|(member, ..)| format!("    \"{member}\",\n"))
        .collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{list}]\n");
    compile::put(&workspace.join("Cargo.toml"), &manifest);
    fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock")).expect("a file");
    let check = |package: &str, features: &str| {
        let arguments = [
            "check",
            "--quiet",
            "--package",
            package,
            "--no-default-features",
            "--features",
            features,
        ];
        compile::run(&workspace, &arguments);
    };
    for (package, groups, validate) in &members {
        check(package, "");
        check(package, "full");
        for group in groups {
            check(package, group);
        }
        if *validate {
            let last = groups.last().expect("a group");
            check(package, "full,validate");
            check(package, &format!("{last},validate"));
        }
    }
}

#[test]
fn what_a_group_uses_alone_is_there_with_the_group_alone() {
    let case = Case::file("bookstore", "examples/bookstore/openapi.yaml");
    let outcome = specsmith::render(&config(&case, Path::new("out"))).expect("an outcome");
    let tree = &outcome.outputs.first().expect("a client").result;
    let text = |path: &str| tree.get(path).unwrap_or_else(|| panic!("{path} is not there"));
    assert!(text("Cargo.toml").contains("default = [\"full\", \"rustls\"]"));
    assert!(text("src/api/mod.rs").contains("#[cfg(feature = \"books\")]\npub mod books;"));
    assert!(text("src/types/mod.rs").contains("#[cfg(feature = \"books\")]\nmod books;"));
    assert!(text("src/types/mod.rs").contains("\nmod shared;"));
    assert!(text("README.md").contains("`books`, `authors`"));
}
