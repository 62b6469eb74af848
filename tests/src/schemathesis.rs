//! Schemathesis, which is not ours, finds nothing wrong with generated servers.
//!
//! `SPECSMITH_SCHEMATHESIS` is the path of its command, `SPECSMITH_CORPUS` the folder of documents, `SPECSMITH_ONLY` chooses
//! others than the usual ones by the beginnings of their names (`bookstore` is our example). The handlers of the servers answer
//! values that are made for the schemas, with a seed; requests are made by Schemathesis, with data that is right and data that is
//! wrong.

mod contract;
mod program;
mod report;

use std::{
    collections::BTreeMap,
    env,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::Value;
use specsmith::Config;
use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_ir as ir;
use specsmith_rust::model::SchemeKind;
use specsmith_spec::{Options, Source, load, to_json};

use crate::{
    calls::chain::{Chains, Receiver},
    compile::{self, put},
    corpus,
    probe::{self, validity::Validators},
    stem,
    trips::{
        Subject,
        auth::SECRET,
        plan::{self, Plan},
    },
};

/// The documents that are tried.
const DOCUMENTS: [&str; 6] = [
    "bookstore",
    "train-travel",
    "petstore-swagger",
    "progenitor-buildomat",
    "resend",
    "iceberg-rest-catalog",
];
/// How many values are tried for an answer.
const VALUES: usize = 8;
/// How many cases are tried for an operation in a phase.
const EXAMPLES: &str = "100";

/// A server that is stopped when it is dropped.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Server {
    /// Starts a server, and says where it listens.
    fn start(answers: &Path) -> (Self, String) {
        let child = Command::new(compile::target().join("debug/served"))
            .arg(answers)
            .stdout(Stdio::piped())
            .spawn()
            .expect("a server");
        let mut server = Self(child);
        let output = server.0.stdout.take().expect("an output");
        let mut url = String::new();
        BufReader::new(output).read_line(&mut url).expect("a line");
        (server, url.trim().to_owned())
    }
}

/// The answers of each operation: the number of the handler's response, its status and its value.
type Answers = BTreeMap<String, Vec<(usize, u16, String)>>;

/// Makes answers, successes where there are any; those that break a rule that values are not made for are left out.
fn answers(subject: &Subject, plan: &Plan<'_>, path: &Path) -> Answers {
    let document = probe::upgraded(path).expect("a document");
    let mut chains = Chains::new(&subject.api, &subject.model, Receiver::Server);
    let mut all = Answers::new();
    for called in &plan.called {
        let operation = called.operation;
        let Some(source) = subject.api.operation(operation.source) else {
            continue;
        };
        let schemas: Vec<_> = called
            .answers
            .iter()
            .map(|answer| schema(&document, source, answer))
            .collect();
        let pointers: Vec<_> = schemas.iter().flatten().cloned().collect();
        let validators = Validators::new(&document, &pointers);
        let mut list = Vec::new();
        for _ in 0..VALUES {
            let made = plan::answers(&mut chains, &subject.model, source, operation);
            if made.len() != called.answers.len() {
                continue;
            }
            for (number, (answer, schema)) in made.into_iter().zip(&schemas).enumerate() {
                let place = schema
                    .as_ref()
                    .and_then(|schema| pointers.iter().position(|pointer| pointer == schema));
                let is_wrong = place.is_some_and(|place| validators.error(place, &answer.value).is_some());
                if !is_wrong {
                    list.push((number, answer.status, answer.value.to_string()));
                }
            }
        }
        if list.iter().any(|(_, status, _)| *status < 300) {
            list.retain(|(_, status, _)| *status < 300);
        }
        if list.is_empty() {
            println!("    {} has no answer", operation.id);
        }
        all.insert(operation.id.clone(), list);
    }
    all
}

/// The place of the schema of an answer in JSON.
fn schema(document: &Value, operation: &ir::Operation, answer: &plan::Answer<'_>) -> Option<String> {
    let mut at = "/paths".to_owned();
    let method = operation.method.as_str().to_ascii_lowercase();
    let key = |step: &str| format!("/{}", step.replace('~', "~0").replace('/', "~1"));
    at += &key(&operation.path.text);
    at += &key(&method);
    at += "/responses";
    at += &key(&answer.sent.status.to_string());
    if let Some(reference) = document.pointer(&at)?.get("$ref").and_then(Value::as_str) {
        at = reference.strip_prefix('#')?.to_owned();
    }
    let media_type = answer.sent.media_type.as_ref()?;
    if !media_type.is_json() {
        return None;
    }
    let mut keys = document.pointer(&at)?.get("content")?.as_object()?.keys();
    let name = keys.find(|name| ir::MediaType::new(name).as_ref() == Some(media_type))?;
    at = format!("{at}/content{}/schema", key(name));
    document.pointer(&at).map(|_| at)
}

/// The text of a document as it is written, in JSON.
fn json(path: &Path) -> Value {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let source = Source::from_file(path).expect("a document");
    let document = load(source, &Options::default(), &mut sources, &mut diagnostics).expect("a document");
    serde_json::from_str(&to_json(&document)).expect("JSON")
}

/// The configuration of Schemathesis: credentials for each scheme.
fn configuration(subject: &Subject) -> String {
    let mut text = String::new();
    for scheme in &subject.model.schemes {
        let value = match scheme.kind {
            SchemeKind::ApiKey { .. } => format!("api_key = \"{SECRET}\""),
            SchemeKind::Basic => format!("username = \"{SECRET}\"\npassword = \"{SECRET}\""),
            SchemeKind::Bearer => format!("bearer = \"{SECRET}\""),
            SchemeKind::Http { .. } | SchemeKind::MutualTls | SchemeKind::Unknown => continue,
        };
        text += &format!("[auth.openapi.\"{}\"]\n{value}\n\n", scheme.wire);
    }
    text
}

/// Lets Schemathesis try the server of a document; returns how many failures it found that are ours.
fn run(command: &Path, workspace: &Path, path: &Path, name: &str) -> usize {
    let source = Source::from_file(path).expect("a document");
    let subject = Subject::write(workspace, name, source, &Options::default(), Config::new(path));
    let plan = Plan::new(&subject.api, &subject.model, usize::MAX);
    program::build(workspace, &subject, &plan);
    let file = workspace.join("answers.json");
    let answers = answers(&subject, &plan, path);
    put(&file, &serde_json::to_string(&answers).expect("JSON"));
    put(&workspace.join("schemathesis.toml"), &configuration(&subject));
    let contract = contract::of(json(path));
    put(&workspace.join("openapi.json"), &contract.to_string());
    let (_server, url) = Server::start(&file);
    let report = workspace.join("report.json");
    Command::new(command)
        .current_dir(workspace)
        .args([
            "--config-file",
            "schemathesis.toml",
            "--no-color",
            "run",
            "openapi.json",
        ])
        .args(["--url", &url, "--checks", "all", "--mode", "all", "--seed", "1"])
        // What is deleted is not gone, as the handlers know nothing of each other.
        .args(["--exclude-checks", "use_after_free,ensure_resource_availability"])
        .args([
            "--max-examples",
            EXAMPLES,
            "--continue-on-failure",
            "--suppress-health-check",
            "all",
        ])
        .args([
            "--workers",
            "2",
            "--warnings",
            "off",
            "--report",
            "json",
            "--report-json-path",
        ])
        .arg(&report)
        .stdout(std::fs::File::create(workspace.join("output.txt")).expect("a file"))
        .status()
        .expect("Schemathesis");
    report::read(name, &report)
}

#[test]
fn nothing_is_wrong_with_servers() {
    let Some(command) = env::var_os("SPECSMITH_SCHEMATHESIS").map(PathBuf::from) else {
        return;
    };
    let chosen = env::var("SPECSMITH_ONLY").unwrap_or_else(|_| DOCUMENTS.join(","));
    let mut paths = vec![(
        "bookstore".to_owned(),
        crate::root().join("examples/bookstore/openapi.yaml"),
    )];
    if let Some(folder) = corpus::folder("SPECSMITH_CORPUS") {
        let files = crate::files(&folder, &["json", "yaml"]);
        paths.extend(files.into_iter().map(|path| (stem(&path), path)));
    }
    paths.retain(|(name, _)| chosen.split(',').any(|chosen| name.starts_with(chosen)));
    assert!(!paths.is_empty(), "there is no document");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("schemathesis");
    println!(
        "{:<30} {:>10} {:>6} {:>8}",
        "document", "operations", "cases", "failures"
    );
    let mut failures = 0;
    for (name, path) in paths {
        failures += run(&command, &folder.join(&name), &path, &name);
    }
    assert_eq!(failures, 0, "Schemathesis found failures");
}
