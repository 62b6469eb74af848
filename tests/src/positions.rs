//! The same document says the same at the same places, whatever its notation and line breaks are.

use std::{collections::BTreeMap, fs};

use specsmith::{Config, Error, Findings};
use specsmith_diagnostics::{Diagnostic, Diagnostics, LineColumn, Location, SourceMap};
use specsmith_spec::{Document, Limits, Node, Source};

use crate::{case::Case, corpus, root};

/// What is said, and where in the document, but not in which line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    code: &'static str,
    message: String,
    label: Option<String>,
    help: Option<String>,
    places: Vec<Vec<String>>,
}

/// A text with all that is said about it.
struct Linted {
    findings: Findings,
    /// The document, unless it cannot be read.
    document: Option<Document>,
    /// Whether reading alone has something to say: then the same document cannot be written in JSON.
    told_by_reader: bool,
}

/// The text of each case that is one file of UTF-8, by its path.
fn texts() -> BTreeMap<String, String> {
    let cases = ["tests/cases/err", "tests/cases/ok"].into_iter().flat_map(Case::all);
    let files = cases.filter(|case| {
        root()
            .join(&case.path)
            .parent()
            .is_some_and(|dir| dir.ends_with("err") || dir.ends_with("ok"))
    });
    files
        .filter_map(|case| Some((case.path.clone(), fs::read_to_string(root().join(&case.path)).ok()?)))
        .collect()
}

fn lint(text: &str) -> Linted {
    let findings = match specsmith::lint(&Config::from_text("document", text)) {
        Ok(findings) | Err(Error::Document(findings)) => findings,
        Err(error) => panic!("{error}"),
    };
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let source = Source::from_text("document", text);
    let document = specsmith_spec::read(source, &Limits::default(), &mut sources, &mut diagnostics);
    Linted {
        findings,
        document,
        told_by_reader: !diagnostics.is_empty(),
    }
}

impl Linted {
    fn said(&self) -> Vec<Said> {
        let places = self.document.as_ref().map(Places::new).unwrap_or_default();
        self.findings
            .diagnostics
            .iter()
            .map(|diagnostic| said(diagnostic, &places))
            .collect()
    }
}

fn said(diagnostic: &Diagnostic, places: &Places) -> Said {
    let related = diagnostic.related.iter().map(|related| related.location);
    Said {
        code: diagnostic.code.name(),
        message: diagnostic.message.clone(),
        label: diagnostic.label.clone(),
        help: diagnostic.help.clone(),
        places: diagnostic
            .location
            .into_iter()
            .chain(related)
            .map(|place| places.of(place))
            .collect(),
    }
}

/// The pointers to the values and names of a document, by their places.
#[derive(Default)]
struct Places {
    pointers: BTreeMap<Location, Vec<String>>,
}

impl Places {
    fn new(document: &Document) -> Self {
        let mut pointers: BTreeMap<Location, Vec<String>> = BTreeMap::new();
        let mut open: Vec<Node<'_>> = vec![document.root()];
        while let Some(node) = open.pop() {
            pointers.entry(node.location()).or_default().push(node.pointer());
            for (key, value) in node.members() {
                let name = format!("name of {}", value.pointer());
                pointers.entry(key.location).or_default().push(name);
            }
            open.extend(node.items().chain(node.members().map(|(_, value)| value)));
        }
        Self { pointers }
    }

    /// Several where a value begins and ends with what it holds.
    fn of(&self, location: Location) -> Vec<String> {
        if let Some(pointers) = self.pointers.get(&location) {
            return pointers.clone();
        }
        // A part of a text: the smallest value that it stands in.
        let around = self
            .pointers
            .iter()
            .filter(|(place, _)| place.start <= location.start && place.end >= location.end);
        let smallest = around.min_by_key(|(place, _)| place.end - place.start);
        smallest.map_or_else(Vec::new, |(_, pointers)| pointers.clone())
    }
}

/// Whether the same is said at places that can be the same.
fn agree(a: &[Said], b: &[Said]) -> bool {
    let meet =
        |a: &[String], b: &[String]| (a.is_empty() && b.is_empty()) || a.iter().any(|pointer| b.contains(pointer));
    let same = |a: &Said, b: &Said| {
        let places = a.places.len() == b.places.len() && a.places.iter().zip(&b.places).all(|(a, b)| meet(a, b));
        places && (a.code, &a.message, &a.label, &a.help) == (b.code, &b.message, &b.label, &b.help)
    };
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
}

fn assert_agree(path: &str, what: &str, before: &[Said], after: &[Said]) {
    let differs = before
        .iter()
        .zip(after)
        .find(|(a, b)| !agree(&[(*a).clone()], &[(*b).clone()]));
    assert!(
        agree(before, after),
        "{path} {what}: {} and {} findings, {differs:#?}",
        before.len(),
        after.len()
    );
}

#[test]
fn yaml_and_json_say_the_same() {
    let (mut compared, mut said, mut skipped) = (0, 0, 0);
    for (path, text) in texts() {
        let linted = lint(&text);
        let before = linted.said();
        let Some(document) = linted.document.as_ref().filter(|_| !linted.told_by_reader) else {
            skipped += 1;
            continue;
        };
        let notations = [
            ("JSON", specsmith_spec::to_json(document)),
            ("YAML", specsmith_spec::to_yaml(document)),
        ];
        for (notation, text) in notations {
            let again = lint(&text);
            assert_agree(&path, notation, &before, &again.said());
            assert_positions(&format!("{path} as {notation}"), &text, &again.findings);
        }
        compared += 1;
        said += before.len();
    }
    println!("{compared} documents with {said} findings compared, {skipped} that JSON cannot say");
    assert!(compared > 70 && said > 60 && skipped < compared / 5);
}

/// The same for what others publish; values that only YAML can say are few, and no finding is about one.
#[test]
fn published_documents_say_the_same_in_the_other_notation() {
    let Some(folder) = corpus::folder("SPECSMITH_CORPUS") else {
        return;
    };
    let (mut compared, mut said) = (0, 0);
    for path in corpus::moderate(&folder) {
        let name = path.display().to_string();
        let linted = lint(&fs::read_to_string(&path).expect("text"));
        let Some(document) = linted.document.as_ref().filter(|_| !linted.told_by_reader) else {
            continue;
        };
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        let other = if is_json {
            specsmith_spec::to_yaml(document)
        } else {
            specsmith_spec::to_json(document)
        };
        let (before, again) = (linted.said(), lint(&other));
        assert_agree(&name, "in the other notation", &before, &again.said());
        compared += 1;
        said += before.len();
    }
    println!("{compared} published documents with {said} findings compared");
    assert!(compared > 0);
}

#[test]
fn line_breaks_and_marks_do_not_matter() {
    for (path, text) in texts() {
        let linted = lint(&text);
        let before = linted.said();
        assert_positions(&path, &text, &linted.findings);
        for (what, text) in [
            ("with CRLF", text.replace('\n', "\r\n")),
            ("with CR", text.replace('\n', "\r")),
            ("with a mark", format!("\u{FEFF}{text}")),
            ("below a comment", format!("# 名前 e\u{301} 👩\u{200d}🚀\t\n{text}")),
        ] {
            if what == "below a comment" && path.ends_with(".json") {
                continue;
            }
            let again = lint(&text);
            assert_agree(&path, what, &before, &again.said());
            assert_positions(
                &format!("{path} {what}"),
                text.trim_start_matches('\u{FEFF}'),
                &again.findings,
            );
        }
    }
}

/// Lines and columns are what counting from the beginning of the text gives.
fn assert_positions(path: &str, text: &str, findings: &Findings) {
    let Some(file) = findings.sources.iter().next() else {
        return;
    };
    assert_eq!(file.text(), text, "{path}");
    for diagnostic in &findings.diagnostics {
        let places = diagnostic
            .location
            .iter()
            .chain(diagnostic.related.iter().map(|related| &related.location));
        for offset in places.flat_map(|place| [place.start, place.end]) {
            let found = file.line_column(offset);
            assert_eq!(
                found,
                counted(text, offset),
                "{path} at {offset}: {}",
                diagnostic.message
            );
        }
    }
}

fn counted(text: &str, offset: u32) -> LineColumn {
    let (mut line, mut column, mut last) = (1, 1, ' ');
    for (index, character) in text.char_indices() {
        if index >= offset as usize {
            break;
        }
        match (last, character) {
            ('\r', '\n') => {}
            (_, '\r' | '\n') => (line, column) = (line + 1, 1),
            _ => column += 1,
        }
        last = character;
    }
    LineColumn { line, column }
}

#[test]
fn tabs_and_wide_characters_count_one_each() {
    let text = "{\t\"openapi\":\"3.1.0\",\r\n\t\"info\":{\"title\":\"名前\",\t\"vershun\":\"é👩\",\"version\":\"1\"},\"paths\":{}}";
    let linted = lint(text);
    let diagnostic = linted.findings.diagnostics.iter().next().expect("a finding");
    let place = linted
        .findings
        .sources
        .line_column(diagnostic.location.expect("a place"))
        .expect("a line");
    assert_eq!(
        (diagnostic.code.name(), place.line, place.column),
        ("unknown-keyword", 2, 24)
    );
    assert_positions("tabs", text, &linted.findings);
}
