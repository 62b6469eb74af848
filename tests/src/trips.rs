//! Generated clients call generated servers: what is sent arrives equal, and what is answered arrives equal.
//!
//! Arguments and answers are made for the schemas, with a seed. All documents are one program, which is built once; each
//! line of its output is a call. Every fifth of our own cases is always looked at; with `SPECSMITH_FULL` all of them, and
//! documents of others where `SPECSMITH_CORPUS` says where they are (`SPECSMITH_ONLY` chooses others than the usual ones).

pub(crate) mod auth;
pub(crate) mod plan;
pub(crate) mod program;
pub(crate) mod shared;

use std::{
    env,
    fmt::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::{Map, Value};
use specsmith::{Config, Target};
use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_ir::Api;
use specsmith_rust::{Model, TypeOptions};
use specsmith_spec::{Options, Source, load, lower};

use self::plan::{Called, Plan};
use crate::{
    calls::chain::{Chain, key},
    cases, compile, corpus,
    probe::compare::{self, Difference},
    stem,
};

/// The documents of others that are tried.
const DOCUMENTS: [&str; 11] = [
    "train-travel",
    "petstore-swagger",
    "resend",
    "qdrant",
    "progenitor-buildomat",
    "iceberg-rest-catalog",
    "spotify",
    "box",
    "meilisearch",
    "mastodon",
    "openpolicy",
];
/// How many operations of a document are called.
const MOST: usize = 150;

/// A document with its client and its server.
pub(crate) struct Subject {
    pub name: String,
    pub api: Api,
    pub model: Model,
}

impl Subject {
    /// Lowers a document and writes both packages.
    pub(crate) fn write(workspace: &Path, name: &str, source: Source, options: &Options, config: Config) -> Self {
        let name = name.replace(['.', '_'], "-");
        let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
        let document = load(source, options, &mut sources, &mut diagnostics).expect("a document");
        let mut api = lower(&document, &mut diagnostics).expect("an API");
        specsmith_ir::split_views(&mut api);
        let model = specsmith_rust::lower(&api, &TypeOptions::default(), &mut diagnostics);
        let package = |kind: &str| {
            let package = format!("{name}-{kind}");
            Target::new(workspace.join(&package)).package(&package)
        };
        let config = config.client(package("client")).server(package("server"));
        specsmith::generate(&config).unwrap_or_else(|error| panic!("{name}: {error}"));
        Self { name, api, model }
    }

    /// The module of its calls.
    fn module(&self) -> String {
        format!("of_{}", self.name.replace('-', "_"))
    }
}

/// What became of the calls of a document.
#[derive(Default)]
struct Tally {
    calls: usize,
    /// Calls that break a rule that values are not made for, as the server says.
    refused: usize,
    faults: Vec<String>,
}

/// Builds the program of all subjects and looks at what its calls say; returns how many faults there are.
fn run(workspace: &Path, subjects: &[Subject]) -> usize {
    let plans: Vec<Plan<'_>> = subjects
        .iter()
        .map(|subject| Plan::new(&subject.api, &subject.model, MOST))
        .collect();
    let called: Vec<(&Subject, &Plan<'_>)> = subjects
        .iter()
        .zip(&plans)
        .filter(|(_, plan)| plan.called.iter().any(|called| !called.calls.is_empty()))
        .collect();
    build(workspace, &called);
    println!(
        "{:<30} {:>10} {:>6} {:>8} {:>9} {:>7}",
        "document", "operations", "calls", "refused", "left out", "faults"
    );
    let mut faults = 0;
    for (subject, plan) in called {
        let tally = tally(plan, &lines(&subject.module()));
        println!(
            "{:<30} {:>10} {:>6} {:>8} {:>9} {:>7}",
            subject.name,
            plan.called.len(),
            tally.calls,
            tally.refused,
            plan.left_out.len(),
            tally.faults.len()
        );
        if !plan.left_out.is_empty() {
            println!("    (left out: {})", plan.left_out.join(", "));
        }
        for fault in &tally.faults {
            println!("    {fault}");
        }
        faults += tally.faults.len();
    }
    faults
}

/// Writes and builds the program.
fn build(workspace: &Path, subjects: &[(&Subject, &Plan<'_>)]) {
    let package = workspace.join("trips");
    let (mut modules, mut arms, mut dependencies) = (String::new(), String::new(), String::new());
    let mut members = "    \"trips\",\n".to_owned();
    for (subject, plan) in subjects {
        let (name, module) = (&subject.name, subject.module());
        let text = program::module(&subject.model, plan, &name.replace('-', "_"));
        compile::put(&package.join(format!("src/{module}.rs")), &text);
        writeln!(modules, "mod {module};").expect("memory");
        writeln!(arms, "            \"{module}\" => {module}::run().await,").expect("memory");
        for (kind, features) in [("client", ", default-features = false"), ("server", "")] {
            writeln!(
                dependencies,
                "{name}-{kind} = {{ path = \"../{name}-{kind}\"{features} }}"
            )
            .expect("memory");
            writeln!(members, "    \"{name}-{kind}\",").expect("memory");
        }
    }
    let main = program::MAIN.replace("            /* modules */\n", &arms);
    let main = format!("{main}{}{modules}", shared::SHARED);
    compile::put(&package.join("src/main.rs"), &main);
    let manifest = format!(
        "[package]\nname = \"trips\"\nedition = \"2024\"\n\n[dependencies]\n\
         axum = {{ version = \"0.8\", default-features = false, features = [\"http1\", \"multipart\", \"tokio\"] }}\n\
         chrono = {{ version = \"0.4\", default-features = false }}\n\
         serde = \"1\"\nserde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"net\", \"rt\"] }}\n\
         uuid = {{ version = \"1\", default-features = false }}\n{dependencies}"
    );
    compile::put(&package.join("Cargo.toml"), &manifest);
    compile::put(
        &workspace.join("Cargo.toml"),
        &format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n"),
    );
    std::fs::copy(crate::root().join("Cargo.lock"), workspace.join("Cargo.lock")).expect("a file");
    compile::run(workspace, &["build", "--quiet", "-p", "trips"]);
}

/// What the program says about the calls of a document.
fn lines(module: &str) -> Vec<Value> {
    let output = Command::new(compile::target().join("debug/trips"))
        .arg(module)
        .stderr(Stdio::inherit())
        .output()
        .expect("a program");
    assert!(output.status.success(), "{module} failed");
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

fn tally(plan: &Plan<'_>, lines: &[Value]) -> Tally {
    let mut tally = Tally::default();
    let mut lines = lines.iter();
    for called in &plan.called {
        for (chain, answer) in &called.calls {
            let line = lines.next().expect("a line for each call");
            tally.calls += 1;
            match judge(called, chain, *answer, line) {
                Judgement::Equal => {}
                Judgement::Refused => tally.refused += 1,
                Judgement::Fault(fault) => tally.faults.push(format!("{}: {fault}", called.operation.id)),
            }
        }
    }
    assert!(lines.next().is_none(), "more lines than calls");
    tally
}

/// Rules that values are not made for, by their keywords.
const UNMADE: [&str; 12] = [
    "anyOf",
    "oneOf",
    "allOf",
    "not",
    "if",
    "contains",
    "dependentRequired",
    "dependentSchemas",
    "propertyNames",
    "unevaluatedProperties",
    "pattern",
    "uniqueItems",
];

/// What is to be said of a call.
enum Judgement {
    Equal,
    /// What was sent breaks a rule that values are not made for.
    Refused,
    Fault(String),
}

fn judge(called: &Called<'_>, chain: &Chain, answer: usize, line: &Value) -> Judgement {
    let error = line["error"].as_str().unwrap_or_default();
    let refusals = line["refusal"].as_array().map_or(&[][..], Vec::as_slice);
    let is_unmade = |refusal: &Value| refusal["code"].as_str().is_some_and(|code| UNMADE.contains(&code));
    let Some(got) = line["got"].as_object() else {
        return match refusals.iter().any(is_unmade) {
            true => Judgement::Refused,
            false => Judgement::Fault(format!(
                "did not arrive: {error} {} {} ({})",
                line["status"], line["refusal"], chain.text
            )),
        };
    };
    if got["id"] != called.operation.id {
        return Judgement::Fault(format!("{} was called", got["id"]));
    }
    for (key, sent) in &chain.sent {
        let got = &without_defaults(called, sent, got);
        if let Some(difference) = difference(sent, got.get(key).unwrap_or(&Value::Null)) {
            return Judgement::Fault(format!("{key}: {difference}"));
        }
    }
    for parameter in &called.operation.parameters {
        let key = key(parameter);
        let absent = parameter.default.as_ref().map_or(Value::Null, specsmith_values::plain);
        let found = got.get(&key).unwrap_or(&Value::Null);
        // Clients make keys themselves, so that calls can be sent again.
        let is_made = key.eq_ignore_ascii_case("header Idempotency-Key");
        let is_sent = is_made || chain.sent.iter().any(|(sent, _)| *sent == key);
        if !is_sent && !found.is_null() && difference(&absent, found).is_some() {
            return Judgement::Fault(format!("{key} was not sent, and is {found}"));
        }
    }
    let answer = &called.answers[answer];
    // The server is one of a debug build, which checks what it answers.
    if !error.is_empty() && refusals.iter().any(is_unmade) {
        return Judgement::Refused;
    }
    if !error.is_empty() {
        return Judgement::Fault(format!(
            "{} was not read: {error}: {} {}",
            answer.status, answer.value, line["refusal"]
        ));
    }
    if line["status"] != answer.status {
        return Judgement::Fault(format!("{} arrived as {}", answer.status, line["status"]));
    }
    let name = &answer.variant;
    let variant = line["variant"].as_str().unwrap_or_default();
    if !variant.is_empty() && variant != name {
        return Judgement::Fault(format!("{name} arrived as {variant}"));
    }
    match difference(&answer.value, &line["value"]) {
        Some(difference) => Judgement::Fault(format!("{name}: {difference}")),
        None => Judgement::Equal,
    }
}

/// What was got without the parts of a form that were not sent and mean something all the same.
fn without_defaults(called: &Called<'_>, sent: &Value, got: &Map<String, Value>) -> Map<String, Value> {
    let mut got = got.clone();
    let forms = called.operation.bodies().filter_map(|body| body.form.as_ref());
    let (Some(parts), Some(Value::Array(found))) = (sent.as_array(), got.get_mut("body")) else {
        return got;
    };
    let mut unsent = forms
        .flat_map(|form| &form.parts)
        .filter(|part| part.default.is_some() && parts.iter().all(|sent| sent[0] != part.wire));
    let unsent: Vec<_> = unsent.by_ref().map(|part| &part.wire).collect();
    found.retain(|part| !unsent.iter().any(|wire| part[0] == **wire));
    got
}

/// The first difference that is more than another spelling.
fn difference(before: &Value, after: &Value) -> Option<String> {
    let (before, after) = (unfolded(before), unfolded(after));
    let mut differences = compare::differences(&before, &after).into_iter();
    let found = differences.find(|difference| !matches!(difference, Difference::Spelled(_)));
    found.map(|found| format!("{found:?}"))
}

/// A value with the objects that are written in texts of its lists, as parts of multipart bodies are.
fn unfolded(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(unfolded).collect(),
        Value::String(text) if text.starts_with('{') => serde_json::from_str(text).unwrap_or_else(|_| value.clone()),
        value => value.clone(),
    }
}

fn workspace(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

#[test]
fn what_our_own_documents_send_arrives() {
    let workspace = workspace("trips");
    let mut subjects = Vec::new();
    let only = env::var("SPECSMITH_CASES").unwrap_or_default();
    let mut all = cases::documents();
    // The values of one of them hardly ever keep what it asserts.
    all.retain(|case| !case.is_configured() && case.name != "assertions");
    all.retain(|case| only.is_empty() || only.split(',').any(|name| case.name == name));
    // All of them take minutes to build.
    let step = if only.is_empty() && !corpus::is_full() { 5 } else { 1 };
    for case in all.into_iter().step_by(step) {
        let (source, options) = case.source();
        let config = case.config(&case.path).expect("a configuration");
        subjects.push(Subject::write(&workspace, &case.name, source, &options, config));
    }
    assert_eq!(
        run(&workspace, &subjects),
        0,
        "what was sent or answered did not arrive equal"
    );
}

#[test]
fn what_published_documents_send_arrives() {
    let Some(folder) = corpus::folder("SPECSMITH_CORPUS").filter(|_| corpus::is_full()) else {
        return;
    };
    let chosen = env::var("SPECSMITH_ONLY").unwrap_or_else(|_| DOCUMENTS.join(","));
    let mut paths = crate::files(&folder, &["json", "yaml"]);
    paths.retain(|path| chosen.split(',').any(|name| stem(path).starts_with(name)));
    let mut faults = 0;
    for path in paths {
        let workspace = workspace("trips-of-others").join(stem(&path));
        let source = Source::from_file(&path).expect("a document");
        let subject = Subject::write(
            &workspace,
            &stem(&path),
            source,
            &Options::default(),
            Config::new(&path),
        );
        faults += run(&workspace, &[subject]);
    }
    assert_eq!(faults, 0, "what was sent or answered did not arrive equal");
}
