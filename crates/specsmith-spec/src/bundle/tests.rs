//! Documents of several files, and what becomes of them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::{fmt::Write, fs, path::Path};

use specsmith_diagnostics::{Diagnostics, SourceMap};

use crate::{Document, Limits, Options, Source, load, to_json};

mod depth;
mod files;
mod homes;
mod places;

/// A folder with files, of which the first is the document.
struct Folder {
    dir: tempfile::TempDir,
    entry: String,
}

/// What was loaded.
struct Loaded {
    document: Option<Document>,
    sources: SourceMap,
    diagnostics: Diagnostics,
}

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let entry = files.first().unwrap().0.to_owned();
        Self { dir, entry }
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn load(&self) -> Loaded {
        self.load_with(&Options::default())
    }

    fn load_with(&self, options: &Options) -> Loaded {
        let path = self.path().join(&self.entry);
        let source = Source {
            name: self.entry.clone(),
            ..Source::from_file(&path).unwrap()
        };
        load_source(source, options)
    }
}

fn load_source(source: Source, options: &Options) -> Loaded {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let document = load(source, options, &mut sources, &mut diagnostics);
    Loaded {
        document,
        sources,
        diagnostics,
    }
}

impl Loaded {
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&to_json(self.document.as_ref().unwrap())).unwrap()
    }

    /// The value at a JSON pointer.
    fn at(&self, pointer: &str) -> serde_json::Value {
        let json = self.json();
        json.pointer(pointer)
            .unwrap_or_else(|| panic!("{pointer} in {json:#}"))
            .clone()
    }

    /// The names of the files that were read.
    fn files(&self) -> Vec<&str> {
        self.sources.iter().map(|file| file.name()).collect()
    }

    /// All findings, those of lowering too: a line each.
    fn findings(&mut self) -> String {
        if let Some(document) = &self.document {
            crate::lower(document, &mut self.diagnostics);
        }
        let mut text = String::new();
        for diagnostic in &self.diagnostics {
            let place = diagnostic.location.map(|location| {
                let place = self.sources.line_column(location).unwrap();
                let file = self.sources.file(location.file).unwrap();
                format!("{}:{}:{}: ", file.name(), place.line, place.column)
            });
            let place = place.unwrap_or_default();
            write!(text, "{place}{}: {}", diagnostic.code, diagnostic.message).unwrap();
            if let Some(help) = &diagnostic.help {
                write!(text, " ({help})").unwrap();
            }
            text.push('\n');
        }
        text
    }
}

/// A document with these schemas, an operation that uses the first of them, and what else it has.
fn api(schemas: &str) -> String {
    format!("openapi: 3.1.0\ninfo: {{title: Pets, version: '1'}}\ncomponents:\n  schemas:\n{schemas}")
}

#[test]
fn a_whole_document_is_not_touched() {
    let text = api("    A: {$ref: '#/components/schemas/B'}\n    B: {type: string}\n");
    let folder = Folder::new(&[("api.yaml", &text)]);
    let loaded = folder.load();
    assert_eq!(loaded.document.unwrap().len(), 11);
    assert!(loaded.diagnostics.is_empty());
}

#[test]
fn limits_on_files_and_bytes_are_errors_at_the_reference() {
    let text = api("    A: {$ref: a.yaml}\n    B: {$ref: b.yaml}\n");
    let folder = Folder::new(&[("api.yaml", &text), ("a.yaml", "{}"), ("b.yaml", "{type: string}")]);
    let mut options = Options::default();
    for (name, value, expected) in [
        (
            "files",
            2,
            "limit-exceeded: the document consists of more than 2 files (`--limit files=4` raises the limit)",
        ),
        (
            "total_bytes",
            9,
            "limit-exceeded: the files of the document have more than 9 bytes (`--limit total_bytes=18` raises the limit)",
        ),
    ] {
        options.limits = Limits::default();
        options.limits.set(name, value).unwrap();
        let mut loaded = folder.load_with(&options);
        assert!(loaded.document.is_none());
        assert_eq!(loaded.findings(), format!("api.yaml:6:15: {expected}\n"));
    }
}

#[test]
fn what_is_taken_in_again_and_again_is_limited() {
    let text = api("    A: {example: {$ref: 1.json}}\n");
    let levels: Vec<(String, String)> = (1..30)
        .map(|level| {
            let next = format!(r#"{{"$ref": "{}.json"}}"#, level + 1);
            (format!("{level}.json"), format!("[{next}, {next}]"))
        })
        .collect();
    let mut files = vec![("api.yaml", text.as_str())];
    files.extend(levels.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let mut loaded = Folder::new(&files).load();
    assert!(loaded.document.is_none());
    let findings = loaded.findings();
    assert!(
        findings.contains("limit-exceeded: what references stand for adds up to too much"),
        "{findings}"
    );
}
