//! Generators of one's own, beside those of specsmith: the seam at which they are put in.

mod protocol;

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics, Findings, Severity};
use specsmith_ir::Api;
use specsmith_output::FileTree;
use specsmith_rust::Model;

use crate::{Kind, Output, origin, pipeline::Lowered};

pub use protocol::{GENERATOR_FORMAT, GeneratorCommand};

/// Makes files from what a document means, and from what that is called in Rust.
///
/// [`Config::generator`](crate::Config::generator) puts it beside the targets of specsmith: its files are written,
/// checked and removed as theirs are, and what it reports is shown with what specsmith has to say.
///
/// ```
/// use specsmith::{Config, Generated, Generator, GeneratorInput};
///
/// struct Routes;
///
/// impl Generator for Routes {
///     fn name(&self) -> &str {
///         "routes"
///     }
///
///     fn generate(&self, input: &GeneratorInput<'_>) -> Generated {
///         let mut generated = Generated::default();
///         let operations = input.api.operations.iter();
///         let lines = operations.map(|operation| format!("{} {}\n", operation.method, operation.path.text));
///         generated.files.insert("routes.txt", lines.collect::<String>());
///         generated
///     }
/// }
///
/// # let document = r#"{"openapi":"3.1.0","info":{"title":"A","version":"1"},"paths":{"/a":{"get":{"responses":{}}}}}"#;
/// let config = Config::from_text("openapi.json", document).generator("out", Routes);
/// let outcome = specsmith::render(&config)?;
/// assert_eq!(outcome.outputs[0].result.get("routes.txt"), Some("GET /a\n"));
/// # Ok::<(), specsmith::Error>(())
/// ```
pub trait Generator: Send + Sync {
    /// What its output is called in messages, in kebab-case.
    fn name(&self) -> &str;

    /// Makes the files; a diagnostic that is an error keeps everything from being written. The same input gives the same
    /// files, else they would never be up to date.
    fn generate(&self, input: &GeneratorInput<'_>) -> Generated;

    /// What its user decides, as text: where it is another one than before, `check` says that the configuration changed.
    fn decisions(&self) -> String {
        String::new()
    }
}

/// What a generator makes files from.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct GeneratorInput<'a> {
    /// What the document means, without the operations that are left out.
    pub api: &'a Api,
    /// What that is called in Rust; it names what is in `api`.
    pub model: &'a Model,
    /// What there is to say about the document so far, and its files.
    pub findings: &'a Findings,
}

/// What a generator made.
#[derive(Debug, Clone, Default)]
pub struct Generated {
    /// The files, relative to the folder of the output.
    pub files: FileTree,
    /// What it has to say, with the code [`Code::Generator`](crate::diagnostics::Code::Generator).
    pub diagnostics: Vec<Diagnostic>,
}

impl Generated {
    /// No files, for this reason.
    pub fn failed(reason: impl Into<String>) -> Self {
        let mut diagnostic = Diagnostic::new(Code::Generator, reason);
        diagnostic.severity = Severity::Error;
        Self {
            files: FileTree::new(),
            diagnostics: vec![diagnostic],
        }
    }
}

/// A generator and the folder that it fills.
#[derive(Clone)]
pub(crate) struct Plugged {
    pub(crate) dir: PathBuf,
    generator: Arc<dyn Generator>,
}

impl Plugged {
    pub(crate) fn new(dir: PathBuf, generator: impl Generator + 'static) -> Self {
        Self {
            dir,
            generator: Arc::new(generator),
        }
    }

    /// Makes the output, and reports what the generator has to say.
    pub(crate) fn render(&self, lowered: &mut Lowered, origin: &origin::Inputs) -> Output<FileTree> {
        let input = GeneratorInput {
            api: &lowered.api,
            model: &lowered.model,
            findings: &lowered.findings,
        };
        let mut generated = self.generator.generate(&input);
        if let Err(error) = specsmith_output::validate(&generated.files) {
            generated = Generated::failed(error.to_string());
        }
        let Generated { mut files, diagnostics } = generated;
        report(self.generator.name(), diagnostics, &mut lowered.findings.diagnostics);
        files.set_origin(origin.of_generator(self.generator.name(), &self.generator.decisions()));
        Output {
            kind: Kind::Own,
            name: self.generator.name().to_owned(),
            dir: self.dir.clone(),
            result: files,
        }
    }
}

impl fmt::Debug for Plugged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, dir) = (self.generator.name(), self.dir.as_path());
        f.debug_struct("Generator")
            .field("name", &name)
            .field("dir", &dir as &&Path)
            .finish_non_exhaustive()
    }
}

/// Says of what a generator reports which one it was.
fn report(name: &str, found: Vec<Diagnostic>, diagnostics: &mut Diagnostics) {
    for mut diagnostic in found {
        diagnostic.message = format!("{name}: {}", diagnostic.message);
        diagnostics.report(diagnostic);
    }
}
