//! What another reader understands of documents of OpenAPI 3.0: the same facts must be in the model.
//!
//! The other reader is the crate `openapiv3`. Each side tells what it knows in lines, one fact each; the two lists of
//! lines must be equal.

mod model;
mod node;
mod other;

use std::{collections::BTreeSet, path::Path};

use openapiv3::OpenAPI;
use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_spec::{Options, Source, load, lower};

use crate::{case::Case, corpus::folder, files, root, stem};

use self::node::Plain;

/// What is known about an API.
#[derive(Debug, Default)]
struct Facts {
    /// A line for each operation, parameter, body, response, schema and property.
    lines: BTreeSet<String>,
    /// The schemas whose properties are told.
    objects: BTreeSet<String>,
    /// The names of operations so far.
    names: BTreeSet<String>,
}

impl Facts {
    fn tell(&mut self, line: impl Into<String>) {
        self.lines.insert(line.into());
    }
}

/// How a document fared.
enum Outcome {
    /// It is not of OpenAPI 3.0, or cannot be used.
    Other,
    /// The other reader refuses it.
    Refused(String),
    /// The number of facts that were compared, and those that one side does not know.
    Compared(usize, Vec<String>),
}

fn compare(source: Source) -> Outcome {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let document = load(source, &Options::default(), &mut sources, &mut diagnostics);
    let Some(document) = document.filter(|document| {
        let version = document.root().get("openapi").and_then(|version| version.as_str());
        version.is_some_and(|version| version.starts_with("3.0"))
    }) else {
        return Outcome::Other;
    };
    let Some(api) = lower(&document, &mut diagnostics) else {
        return Outcome::Other;
    };
    let read: Result<OpenAPI, node::Error> = serde::Deserialize::deserialize(Plain(document.root()));
    let other = match read {
        Ok(other) => other::facts(&other),
        Err(error) => return Outcome::Refused(error.to_string()),
    };
    let ours = model::facts(&api, &other.objects);
    let missing = other.lines.difference(&ours.lines).map(|line| format!("- {line}"));
    let more = ours.lines.difference(&other.lines).map(|line| format!("+ {line}"));
    Outcome::Compared(other.lines.len(), missing.chain(more).collect())
}

#[test]
fn cases_are_understood_alike() {
    let mut failures = Vec::new();
    let mut count = 0;
    for case in Case::all("tests/cases/ok") {
        let (source, _) = case.source();
        if let Outcome::Compared(facts, differences) = compare(source) {
            count += facts;
            failures.extend(differences.into_iter().map(|line| format!("{}: {line}", case.path)));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(count > 40, "only {count} facts were compared");
}

#[test]
fn published_documents_are_understood_alike() {
    let Some(folder) = folder("SPECSMITH_CORPUS") else {
        return;
    };
    let mut failures = Vec::new();
    println!("{:<44} {:>6} {:>6}", "document", "facts", "differ");
    for path in files(&folder, &["json", "yaml"]) {
        failures.extend(look_at(&path));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What differs about a file; prints a line about it.
fn look_at(path: &Path) -> Vec<String> {
    let name = stem(path);
    match compare(Source::from_file(path).expect("a document")) {
        Outcome::Other => Vec::new(),
        Outcome::Refused(why) => {
            println!("{name:<44} openapiv3 refuses it: {why}");
            Vec::new()
        }
        Outcome::Compared(facts, differences) => {
            println!("{name:<44} {facts:>6} {:>6}", differences.len());
            differences.iter().map(|line| format!("{name}: {line}")).collect()
        }
    }
}

#[test]
fn documents_of_the_other_crate_generate() {
    let text = std::fs::read_to_string(root().join("tests/cases/ok/same_3_0.yaml")).expect("text");
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let source = Source::from_text("same.yaml", text.as_str());
    let document = load(source, &Options::default(), &mut sources, &mut diagnostics).expect("a document");
    let other: OpenAPI = serde::Deserialize::deserialize(Plain(document.root())).expect("a document of 3.0");
    let targets = |config: specsmith::Config| {
        // A server that has the document has it as it is written.
        let config = config.client("client").server("server").without_contract();
        let outcome = specsmith::render(&config).expect("an outcome");
        let outputs = outcome.outputs.into_iter().map(|output| output.result);
        outputs.collect::<Vec<_>>()
    };
    let config = specsmith::Config::from_openapiv3(&other).expect("a configuration");
    let from_text = targets(specsmith::Config::from_text("same.yaml", text));
    for (from_text, from_memory) in from_text.iter().zip(&targets(config)) {
        for ((path, text), (_, memory)) in from_text.iter().zip(from_memory.iter()) {
            assert_eq!(text, memory, "{path}");
        }
    }
}
