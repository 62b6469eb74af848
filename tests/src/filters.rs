//! A part of an API has the names that it has in the whole, and nothing that it does not need.

use std::{collections::BTreeSet, path::Path};

use specsmith::{Config, Kind, Outcome, output::FileTree};

use crate::{case::Case, cases, corpus, stem};

/// What is public in the files of a package that come from the document: types, traits, functions, each with what it is in.
fn names(tree: &FileTree) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (path, text) in tree.iter() {
        if !path.ends_with(".rs") || path.starts_with("src/runtime/") {
            continue;
        }
        let mut of = String::new();
        for line in text.lines() {
            if line.starts_with("impl") || line.starts_with("pub trait") {
                of = line.trim_end_matches('{').trim().to_owned();
            }
            let trimmed = line.trim();
            // Which of the names that say the same is written out depends on which there are.
            let starts = ["pub struct ", "pub enum ", "pub type ", "pub trait "];
            if let Some(rest) = starts.iter().find_map(|start| trimmed.strip_prefix(start)) {
                let name = rest.split(['{', '(', ';', '=', ':', '<']).next().unwrap_or_default();
                names.insert(name.trim().to_owned());
            } else if line.starts_with("    pub fn ") || line.starts_with("    fn ") && of.starts_with("pub trait") {
                let name = trimmed.split('(').next().unwrap_or_default();
                // A struct whose only member tells the variant of a union has none.
                if name != "pub fn new" {
                    names.insert(format!("{of} {name}"));
                }
            }
        }
    }
    names
}

fn of_kind(outcome: &Outcome<FileTree>, kind: Kind) -> &FileTree {
    let output = outcome.outputs.iter().find(|output| output.kind == kind);
    &output.expect("an output").result
}

/// The groups of a client, by its README.
fn groups(client: &FileTree) -> Vec<String> {
    let readme = client.get("README.md").expect("a README");
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `client."));
    rows.filter_map(|row| row.split('(').next())
        .map(str::to_owned)
        .collect()
}

/// Selects one tag after the other; returns for each how many names of how many it has.
fn parts(name: &str, config: &Config, tags: &[String]) -> Vec<(usize, usize)> {
    let whole = specsmith::render(config).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut sizes = Vec::new();
    for tag in tags {
        let part = config.clone().include(format!("tag:{tag}"));
        let part = specsmith::render(&part).unwrap_or_else(|error| panic!("{name} {tag}: {error}"));
        for kind in [Kind::Client, Kind::Server] {
            let (all, some) = (names(of_kind(&whole, kind)), names(of_kind(&part, kind)));
            let others: Vec<&String> = some.difference(&all).take(20).collect();
            assert!(
                others.is_empty(),
                "{name}, {tag}: {others:?} have other names in the whole"
            );
            sizes.push((some.len(), all.len()));
        }
        let lock = |outcome| {
            of_kind(outcome, Kind::Client)
                .get(".specsmith-names.json")
                .map(str::to_owned)
        };
        assert_eq!(lock(&part), lock(&whole), "{name}, {tag}");
    }
    sizes
}

/// The tags and resources of the operations of a document, in the order of the groups.
fn tags(config: &Config) -> Vec<String> {
    let whole = specsmith::render(config).expect("an outcome");
    let client = of_kind(&whole, Kind::Client);
    let mut tags = Vec::new();
    let starts = ["//! The calls of the tag `", "//! The calls of the resource `"];
    for (_, text) in client.iter().filter(|(path, _)| path.starts_with("src/api/")) {
        let heads = text.lines().take(5);
        let found = heads.filter_map(|line| starts.iter().find_map(|start| line.strip_prefix(start)));
        tags.extend(found.filter_map(|rest| rest.strip_suffix("`.")).map(str::to_owned));
    }
    tags
}

#[test]
fn parts_of_our_documents_have_the_names_of_the_whole() {
    let (mut count, mut smaller) = (0, 0);
    for case in Case::all("tests/cases/ok") {
        let config = cases::config(&case, Path::new("out"));
        let tags = tags(&config);
        for (some, all) in parts(&case.name, &config, &tags) {
            count += 1;
            smaller += usize::from(some < all);
        }
    }
    assert!(
        count > 100 && smaller > count / 2,
        "{smaller} of {count} parts are smaller"
    );
}

#[test]
fn selectors_choose_operations() {
    let case = Case::file("resources", "tests/cases/ok/resources.yaml");
    let config = cases::config(&case, Path::new("out"));
    let chosen = |include: &[&str], exclude: &[&str]| {
        let config = include
            .iter()
            .fold(config.clone(), |config, selector| config.include(*selector));
        let config = exclude
            .iter()
            .fold(config, |config, selector| config.exclude(*selector));
        let outcome = specsmith::render(&config).expect("an outcome");
        groups(of_kind(&outcome, Kind::Client)).join(" ")
    };
    assert_eq!(chosen(&[], &[]), "shelves books api");
    assert_eq!(chosen(&["tag:books"], &[]), "books");
    assert_eq!(chosen(&["tag:Shelves"], &[]), "shelves");
    assert_eq!(chosen(&["/api/**"], &["tag:shelves"]), "books");
    assert_eq!(chosen(&["GET /**"], &["/api/**", "/health"]), "shelves api");
    assert_eq!(chosen(&["send*"], &[]), "api");
}

#[test]
fn parts_of_published_documents_have_the_names_of_the_whole() {
    let Some(folder) = corpus::folder("SPECSMITH_CORPUS") else {
        return;
    };
    for path in corpus::moderate(&folder) {
        let config = corpus::config(&path);
        let tags: Vec<String> = tags(&config).into_iter().take(4).collect();
        let sizes = parts(&stem(&path), &config, &tags);
        println!("{:<44} {sizes:?}", stem(&path));
    }
}
