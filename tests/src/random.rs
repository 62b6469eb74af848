//! Documents that are drawn by chance from what real ones have, in combinations that nobody thought of: what is generated
//! of each, with a configuration that is drawn, too, compiles without a warning of rustc or clippy, and is the same to us
//! behind rustfmt.
//!
//! `SPECSMITH_RANDOM` says which documents, by the first and the last of their seeds (`1..20`). They are left below the
//! target folder, where `SPECSMITH_CORPUS` lets other tests look at them.

mod alone;
mod document;
mod draw;
mod messages;
mod options;
mod schemas;
mod shared;
mod swagger;

use std::{
    env, fs,
    ops::RangeInclusive,
    path::{Path, PathBuf},
};

use serde_json::Value;
use specsmith::{Config, Kind};

use crate::{compile, root};

/// The seeds where the environment names none.
const SEEDS: RangeInclusive<u64> = 1..=2;
/// Features of packages whose dependencies are few.
const FEATURES: &[&str] = &["full", "validate", "blocking", "mock", "webhooks", "docs-ui"];

fn seeds() -> RangeInclusive<u64> {
    let Ok(text) = env::var("SPECSMITH_RANDOM") else {
        return SEEDS;
    };
    let (first, last) = text.split_once("..").unwrap_or((&text, &text));
    let [first, last] = [first, last].map(|seed| seed.trim_start_matches('=').parse().expect("a seed"));
    first..=last
}

/// Writes the document with its schemas in a file of their own.
fn in_two_files(document: Value, workspace: &Path, name: &str) -> PathBuf {
    let dir = workspace.join("apart").join(name);
    let [document, schemas] = shared::apart(document, "schemas.json");
    compile::put(&dir.join("schemas.json"), &schemas);
    compile::put(&dir.join("openapi.json"), &document);
    dir.join("openapi.json")
}

/// What a document became.
struct Generated {
    config: Config,
    /// The folders of the packages, below the workspace.
    members: Vec<String>,
}

/// Writes the document of a seed, and what is generated of it.
fn generate(seed: u64, document: Value, workspace: &Path) -> Generated {
    let name = format!("random-{seed}");
    let text = serde_json::to_string_pretty(&document).expect("text");
    let path = workspace.join("documents").join(format!("{name}.json"));
    compile::put(&path, &text);
    let mut config = options::config(seed, &name, workspace);
    let is_apart = seed.is_multiple_of(5) && document.get("swagger").is_none();
    config = match is_apart {
        true => config.document(in_two_files(document, workspace, &name)),
        false => config.document(path),
    };
    let outcome = specsmith::generate(&config).unwrap_or_else(|error| panic!("{name}: {error}"));
    let below = |dir: &PathBuf| dir.strip_prefix(workspace).expect("below").display().to_string();
    let packages = outcome.outputs.iter().map(|output| match output.kind {
        Kind::Docs => compile::samples(workspace, &output.dir, &name),
        _ => below(&output.dir),
    });
    let members = packages.collect();
    Generated { config, members }
}

/// The features of a package that are turned on beside none.
fn features(workspace: &Path, member: &str) -> Vec<String> {
    let manifest = fs::read_to_string(workspace.join(member).join("Cargo.toml")).expect("a manifest");
    let has = |feature: &&&str| manifest.contains(&format!("\n{feature} = "));
    let found = FEATURES.iter().filter(has);
    found.map(|feature| format!("{member}/{feature}")).collect()
}

#[test]
fn what_becomes_of_random_documents_compiles() {
    compiles("random", document::document);
}

#[test]
fn what_becomes_of_single_operations_compiles() {
    compiles("random-alone", |seed| alone::alone(document::document(seed), seed));
}

fn compiles(name: &str, document: fn(u64) -> Value) {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let generated = seeds().map(|seed| generate(seed, document(seed), &workspace));
    let generated: Vec<Generated> = generated.collect();
    let members: Vec<&String> = generated.iter().flat_map(|generated| &generated.members).collect();
    let list: String = members.iter().map(|member| format!("    \"{member}\",\n")).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{list}]\n");
    compile::put(&workspace.join("Cargo.toml"), &manifest);
    fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock")).expect("a file");
    let features: Vec<String> = members.iter().flat_map(|member| features(&workspace, member)).collect();
    let features = format!("--features={}", features.join(","));
    let clippy = [
        "clippy",
        "--workspace",
        "--no-default-features",
        "--quiet",
        "--keep-going",
    ];
    compile::run(&workspace, &clippy);
    compile::run(&workspace, &[&clippy[..], &[&features]].concat());
    generated
        .iter()
        .for_each(|generated| compile::keeps_its_form(&generated.config));
}

#[test]
fn the_document_of_a_seed_stays() {
    let [a, b, c] = [7, 7, 8].map(document::document);
    assert_eq!(a, b);
    assert_ne!(a, c);
    let paths = a["paths"].as_object().map_or(0, serde_json::Map::len);
    assert!(paths > 1, "{a}");
    assert!(
        a["components"]["schemas"]
            .as_object()
            .is_some_and(|schemas| schemas.values().all(Value::is_object))
    );
}
