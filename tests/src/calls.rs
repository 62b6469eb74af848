//! Programs that call the operations of a generated client with values that are made for their schemas.
//!
//! Each operation is called twice: with what is required, and with everything. What comes of a call is a line of the
//! program's output.

mod arguments;
pub(crate) mod chain;
pub(crate) mod program;

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;
use specsmith::{Config, Kind, Target};
use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_ir::Api;
use specsmith_rust::{Model, TypeOptions};
use specsmith_spec::{Options, Source, load, lower};

use crate::compile::{self, put};

/// A client with a program that calls it.
pub(crate) struct Caller {
    /// The name of the program's package.
    name: String,
    workspace: PathBuf,
    /// How many calls it makes.
    pub calls: usize,
    /// The operations that it cannot call, since no values could be made for them.
    pub left_out: Vec<String>,
}

/// What came of a call.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// The operation.
    pub id: String,
    /// The status of the response, where one came.
    pub status: Option<u64>,
    /// What the client says about it, where it is an error.
    pub error: Option<String>,
    /// The kind of the error: a variant of the client's.
    pub kind: String,
    /// The response's headers.
    pub headers: Value,
    /// The beginning of the response's body.
    pub body: String,
}

impl Caller {
    /// Writes the client of a document and the program, which calls at most so many operations, and builds both.
    pub(crate) fn build(workspace: &Path, document: &Path, most: usize) -> Self {
        let name = crate::stem(document).replace(['.', '_'], "-");
        let client = format!("{name}-client");
        let config = Config::new(document).client(Target::new(workspace.join(&client)).package(&client));
        let outcome = specsmith::generate(&config).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(outcome.outputs[0].kind, Kind::Client);
        let (api, model) = lowered(document);
        let program = program::write(&api, &model, &client, most);
        let package = format!("{name}-calls");
        put(&workspace.join(&package).join("src/main.rs"), &program.text);
        put(
            &workspace.join(&package).join("Cargo.toml"),
            &manifest(&package, &client),
        );
        let members = [client, package.clone()]
            .map(|member| format!("    \"{member}\",\n"))
            .concat();
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n");
        put(&workspace.join("Cargo.toml"), &manifest);
        std::fs::copy(crate::root().join("Cargo.lock"), workspace.join("Cargo.lock")).expect("a file");
        compile::run(workspace, &["build", "--quiet", "-p", &package]);
        Self {
            name: package,
            workspace: workspace.to_owned(),
            calls: program.calls,
            left_out: program.left_out,
        }
    }

    /// Makes the calls, at a server of this address.
    pub(crate) fn run(&self, url: &str) -> Vec<Call> {
        let output = Command::new(compile::target().join("debug").join(&self.name))
            .arg(url)
            .current_dir(&self.workspace)
            .stderr(Stdio::inherit())
            .output()
            .expect("a program");
        assert!(output.status.success(), "{} failed", self.name);
        let text = String::from_utf8(output.stdout).expect("text");
        let calls: Vec<Call> = text.lines().map(call).collect();
        assert_eq!(calls.len(), self.calls, "{} stopped", self.name);
        calls
    }
}

fn call(line: &str) -> Call {
    let line: Value = serde_json::from_str(line).expect("JSON");
    let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
    Call {
        id: text("id"),
        status: line["status"].as_u64(),
        error: line["error"].as_str().map(str::to_owned),
        kind: text("kind"),
        headers: line["headers"].clone(),
        body: text("body"),
    }
}

/// The document as the client is made of it.
fn lowered(document: &Path) -> (Api, Model) {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let source = Source::from_file(document).expect("a document");
    let document = load(source, &Options::default(), &mut sources, &mut diagnostics).expect("a document");
    let mut api = lower(&document, &mut diagnostics).expect("an API");
    specsmith_ir::split_views(&mut api);
    let model = specsmith_rust::lower(&api, &TypeOptions::default(), &mut diagnostics);
    (api, model)
}

fn manifest(package: &str, client: &str) -> String {
    format!(
        "[package]\nname = \"{package}\"\nedition = \"2024\"\n\n[dependencies]\n\
         {client} = {{ path = \"../{client}\", default-features = false }}\n\
         serde = \"1\"\nserde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"rt\"] }}\n"
    )
}
