//! Generators that are programs: JSON on their standard input, JSON on their standard output.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use specsmith_diagnostics::{Code, Diagnostic, FileId, Findings, Location, Severity, SourceFile};
use specsmith_ir::Api;
use specsmith_output::FileTree;

use super::{Generated, GeneratorInput};
use crate::list;

/// Goes up when a member of the request is gone or gets another meaning; that of the model has
/// [a number of its own](specsmith_ir::JSON_FORMAT), which is the same as long as nothing else changes.
pub const GENERATOR_FORMAT: u32 = specsmith_ir::JSON_FORMAT;

/// A generator that is a program. The library runs none: whoever does hands over the [`request`](Self::request), and
/// takes the [`answer`](Self::answer) for what it made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratorCommand {
    /// What its output is called in messages.
    pub name: String,
    /// A line for a shell.
    pub line: String,
    /// The folder in which it runs; empty for that of the process.
    pub folder: PathBuf,
    /// The folder that is generated.
    pub dir: PathBuf,
    options: Value,
}

/// What a program reads.
#[derive(Serialize)]
struct Request<'a> {
    format: u32,
    generator: &'a str,
    options: &'a Value,
    document: &'a str,
    files: Vec<&'a str>,
    api: &'a Api,
    rust: Names,
}

#[derive(Serialize)]
struct Names {
    operations: Vec<Value>,
    schemas: Vec<Value>,
}

/// What a program prints.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    #[serde(default)]
    files: BTreeMap<String, String>,
    #[serde(default)]
    diagnostics: Vec<Told>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    severity: Level,
    message: String,
    location: Option<Place>,
    label: Option<String>,
    help: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Level {
    Error,
    Warning,
    Note,
}

#[derive(Deserialize)]
struct Place {
    file: u32,
    start: u32,
    end: u32,
}

impl GeneratorCommand {
    /// A line for a shell that runs in a folder, for an output in `dir`.
    pub fn new(
        name: impl Into<String>,
        line: impl Into<String>,
        folder: impl AsRef<Path>,
        dir: impl Into<PathBuf>,
    ) -> Self {
        Self {
            name: name.into(),
            line: line.into(),
            folder: folder.as_ref().to_owned(),
            dir: dir.into(),
            options: Value::Object(serde_json::Map::new()),
        }
    }

    /// Hands these options to the program.
    #[must_use]
    pub(crate) fn options(mut self, options: Value) -> Self {
        self.options = options;
        self
    }

    /// What the user decides, as text.
    pub fn decisions(&self) -> String {
        format!("{} {}", self.line, self.options)
    }

    /// What the program reads: an object with `format`, the name of the `generator`, its `options`, the name of the
    /// `document`, the `files` that locations count from 0, the `api`, and under `rust` the `operations` and `schemas`
    /// with their names.
    pub fn request(&self, input: &GeneratorInput<'_>) -> String {
        let sources = &input.findings.sources;
        let request = Request {
            format: GENERATOR_FORMAT,
            generator: &self.name,
            options: &self.options,
            document: &input.findings.document,
            files: sources.iter().map(SourceFile::name).collect(),
            api: input.api,
            rust: Names {
                operations: list::json::operations(&list::operations(input.api, input.model), sources),
                schemas: list::json::schemas(&list::schemas(input.api, input.model), sources),
            },
        };
        // Text, numbers and lists always have a form in JSON.
        serde_json::to_string(&request).unwrap_or_default()
    }

    /// What the program made, by what it printed: an object with `files`, whose names are those of the files and whose
    /// values are texts, and `diagnostics`. What cannot be understood is an error among the diagnostics.
    pub fn answer(&self, printed: &[u8], findings: &Findings) -> Generated {
        let Answer { files, diagnostics } = match serde_json::from_slice(printed) {
            Ok(answer) => answer,
            Err(error) => return Generated::failed(format!("`{}` prints no answer: {error}", self.line)),
        };
        let mut tree = FileTree::new();
        for (path, text) in files {
            tree.insert(path, text);
        }
        Generated {
            files: tree,
            diagnostics: diagnostics.into_iter().map(|told| told.diagnostic(findings)).collect(),
        }
    }
}

impl Told {
    fn diagnostic(self, findings: &Findings) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(Code::Generator, self.message);
        diagnostic.severity = match self.severity {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Note => Severity::Note,
        };
        diagnostic.location = self.location.and_then(|place| place.location(findings));
        diagnostic.label = self.label;
        diagnostic.help = self.help;
        diagnostic
    }
}

impl Place {
    /// The place, where there is one in these files.
    fn location(&self, findings: &Findings) -> Option<Location> {
        let file = FileId(self.file);
        let text = findings.sources.file(file)?.text();
        let range = usize::try_from(self.start).ok()?..usize::try_from(self.end).ok()?;
        text.get(range)?;
        Some(Location::new(file, self.start, self.end))
    }
}
