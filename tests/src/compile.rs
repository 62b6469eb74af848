//! What becomes of the cases compiles without a warning of rustc, clippy or rustdoc, and survives `cargo fmt`.
//!
//! So does the bookstore, and so do the samples of the references: each is a function of a package that depends on the client.
//!
//! All packages share one workspace below the target folder, with the lock file of this one, so dependencies are built
//! once and nothing is fetched that is not here already.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
};

use specsmith::{Config, Kind, Openness, Target};

use crate::{case::Case, cases, corpus, files, root};

/// The cases with the most to say, for what takes some seconds for each.
const TALKATIVE: [&str; 10] = [
    "bodies",
    "bookstore",
    "hostile_text",
    "names",
    "parameters",
    "resources",
    "responses",
    "streams",
    "unions",
    "webhooks",
];

static WORKSPACE: Mutex<()> = Mutex::new(());

/// The workspace of the packages of all cases, up to date.
fn workspace() -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases");
    let mut members = Vec::new();
    let bookstore = Case::file("bookstore", "examples/bookstore/openapi.yaml");
    for case in cases::documents().into_iter().chain([bookstore]) {
        let config = cases::config(&case, &dir);
        let types = dir.join(format!("{}-types", case.name.replace('_', "-")));
        let config = config.types(Target::new(types).openness(Openness::Closed));
        let outcome = specsmith::generate(&config).unwrap_or_else(|error| panic!("{}: {error}", case.path));
        for output in outcome.outputs {
            let member = output.dir.strip_prefix(&dir).expect("below").display().to_string();
            if output.kind == Kind::Docs {
                members.push(samples(&dir, &output.dir, &case.name.replace('_', "-")));
            } else {
                members.push(member);
            }
        }
    }
    let members: String = members.iter().map(|member| format!("    \"{member}\",\n")).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n");
    fs::write(dir.join("Cargo.toml"), manifest).expect("a file");
    fs::copy(root().join("Cargo.lock"), dir.join("Cargo.lock")).expect("a file");
    dir
}

/// Makes a package of the Rust samples of a reference, and of the README of the client beside it; returns its folder below
/// the workspace.
pub(crate) fn samples(workspace: &Path, docs: &Path, case: &str) -> String {
    let package = format!("{case}-samples");
    let client = format!("{}_client", case.replace('-', "_"));
    let mut code =
        format!("//! Samples.\n#![allow(unused, deprecated, clippy::too_many_arguments)]\n\nuse {client}::Client;\n\n");
    code.push_str("type Outcome = Result<(), Box<dyn std::error::Error>>;\n");
    let (mut count, mut handlers) = (0, 0);
    let readme = workspace.join(format!("{case}-client")).join("README.md");
    for page in pages(docs).into_iter().chain([readme]) {
        let text = fs::read_to_string(&page).expect("a page");
        for sample in text
            .split("```rust\n")
            .skip(1)
            .filter_map(|rest| rest.split("\n```").next())
        {
            count += 1;
            if let Some(handler) = handler(sample) {
                handlers += 1;
                write!(code, "\nmod handler_{count} {{\n{handler}\n}}\n")
            } else if sample.contains("async fn main()") {
                write!(code, "\nmod program_{count} {{\n{sample}\n}}\n")
            } else {
                write!(
                    code,
                    "\nasync fn sample_{count}(client: Client) -> Outcome {{\n{sample}\nOk(())\n}}\n"
                )
            }
            .expect("memory");
        }
    }
    let manifest = fs::read_to_string(workspace.join(format!("{case}-client/Cargo.toml"))).expect("a manifest");
    let wanted = ["validate", "full"].into_iter();
    let wanted = wanted.filter(|feature| manifest.contains(&format!("\n{feature} = ")));
    let features: Vec<String> = wanted.map(|feature| format!("\"{feature}\"")).collect();
    let features = features.join(", ");
    let server = match handlers {
        0 => String::new(),
        _ => format!("{case}-server = {{ path = \"../{case}-server\", default-features = false }}\n"),
    };
    let dates = [("jiff", "0.2"), ("time", "0.3")].into_iter();
    let dates = dates.filter(|(library, _)| code.contains(&format!("{library}::")));
    let dates = dates.map(|(library, version)| {
        format!("{library} = {{ version = \"{version}\", default-features = false, features = [\"std\"] }}\n")
    });
    let dates: String = dates.collect();
    let manifest = format!(
        "[package]\nname = \"{package}\"\nedition = \"2024\"\n\n[dependencies]\n\
         {case}-client = {{ path = \"../{case}-client\", default-features = false, features = [{features}] }}\n\
         chrono = {{ version = \"0.4\", default-features = false }}\n{dates}serde_json = \"1\"\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\
         uuid = {{ version = \"1\", default-features = false }}\n{server}"
    );
    put(&workspace.join(&package).join("Cargo.toml"), &manifest);
    put(&workspace.join(&package).join("src/lib.rs"), &code);
    package
}

/// The sample of a handler as a method of a type of its own, since it is only one of those that its trait wants; `None` for
/// another sample.
fn handler(sample: &str) -> Option<String> {
    let head = sample.lines().find(|line| line.starts_with("impl "))?;
    let (_, service) = head.trim_end_matches(" {").split_once(" for ")?;
    let sample = sample.replace(head, &format!("struct {service};\n\nimpl {service} {{"));
    // Who calls is a type of the trait; any will do.
    let mut parts = sample.split("Self::");
    let mut code = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
        code.push_str(&format!("u8{rest}"));
    }
    Some(code)
}

/// The pages of a reference, in the folder and one below it.
fn pages(docs: &Path) -> Vec<PathBuf> {
    let mut pages = files(docs, &["md"]);
    let schemas = docs.join("schemas");
    if schemas.exists() {
        pages.extend(files(&schemas, &["md"]));
    }
    pages
}

/// Writes a file unless it is right already, so that cargo does not build it again.
pub(crate) fn put(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// Runs cargo over all packages of the cases and expects success.
fn cargo(arguments: &[&str]) {
    let guard = WORKSPACE.lock().unwrap_or_else(PoisonError::into_inner);
    run(&workspace(), arguments);
    drop(guard);
}

/// Checks the packages in a folder, which becomes a workspace.
pub(crate) fn check(dir: &Path, members: &[String]) {
    let members: String = members.iter().map(|member| format!("    \"{member}\",\n")).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n");
    fs::write(dir.join("Cargo.toml"), manifest).expect("a file");
    fs::copy(root().join("Cargo.lock"), dir.join("Cargo.lock")).expect("a file");
    run(
        dir,
        &[
            "check",
            "--workspace",
            "--no-default-features",
            "--quiet",
            "--keep-going",
        ],
    );
}

/// The target folder of all packages that tests make.
pub(crate) fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases-target")
}

/// Runs cargo in a workspace and expects success.
pub(crate) fn run(dir: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(dir)
        .env("CARGO_TARGET_DIR", target())
        .env("RUSTFLAGS", "-D warnings")
        .env("RUSTDOCFLAGS", "-D warnings")
        .env("CARGO_TERM_COLOR", "never")
        .output()
        .expect("cargo");
    let [said, errors] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    let shown: Vec<&str> = errors
        .lines()
        .filter(|line| !line.trim_start().starts_with("Check"))
        .chain(said.lines())
        .take(400)
        .collect();
    assert!(
        output.status.success(),
        "cargo {}:\n{}",
        arguments.join(" "),
        shown.join("\n")
    );
}

/// Only `SPECSMITH_FULL` asks for all packages of all cases; else it is all of the talkative ones, and a third of the clients
/// of the others.
#[test]
fn packages_compile_and_clippy_is_content() {
    let packages: Vec<String> = match corpus::is_full() {
        true => vec!["--workspace".to_owned()],
        false => {
            let all = ["client", "server", "types", "samples"];
            let others = cases::documents().into_iter().step_by(3);
            let others = others.map(|case| package(&case.name, "client"));
            let packages = TALKATIVE
                .iter()
                .flat_map(|case| all.map(|kind| package(case, kind)))
                .chain(others);
            packages.collect()
        }
    };
    // TLS is the same for every package and takes minutes to build; the examples have it.
    let mut arguments = vec![
        "clippy",
        "--all-targets",
        "--no-default-features",
        "--quiet",
        "--keep-going",
    ];
    arguments.extend(packages.iter().map(String::as_str));
    cargo(&arguments);
}

/// The argument that chooses a package of a case.
fn package(case: &str, kind: &str) -> String {
    format!("--package={}-{kind}", case.replace('_', "-"))
}

#[test]
fn what_tests_and_small_tools_turn_on_compiles() {
    // Each of them needs other parts of the runtime.
    let packages = ["bodies", "bookstore", "security", "streams"];
    let each = [&["blocking", "mock"][..], &["blocking"], &["mock"]];
    let chosen = if corpus::is_full() { each.len() } else { 1 };
    for features in each.into_iter().take(chosen) {
        let features = packages.map(|case| features.iter().map(move |feature| format!("{case}-client/{feature}")));
        let features: Vec<String> = features.into_iter().flatten().collect();
        let features = format!("--features={}", features.join(","));
        let packages = packages.map(|case| format!("--package={case}-client"));
        let mut arguments = vec!["clippy", "--no-default-features", "--quiet", &features];
        arguments.extend(packages.iter().map(String::as_str));
        cargo(&arguments);
    }
}

#[test]
fn examples_of_methods_compile() {
    // Each package takes some seconds to link.
    let step = if corpus::is_full() { 1 } else { 3 };
    let cases = TALKATIVE.iter().step_by(step);
    let packages: Vec<String> = cases.map(|case| package(case, "client")).collect();
    let mut arguments = vec!["test", "--doc", "--no-default-features", "--quiet"];
    arguments.extend(packages.iter().map(String::as_str));
    cargo(&arguments);
}

/// Packages of types have the docs that those of clients have, and samples have none. Only `SPECSMITH_FULL` asks for all.
#[test]
fn rustdoc_is_content() {
    let packages: Vec<String> = match corpus::is_full() {
        true => ["--workspace", "--exclude=*-types", "--exclude=*-samples"]
            .map(str::to_owned)
            .to_vec(),
        false => TALKATIVE
            .iter()
            .step_by(3)
            .flat_map(|case| ["client", "server"].map(|kind| package(case, kind)))
            .collect(),
    };
    let mut arguments = vec!["doc", "--no-deps", "--no-default-features", "--quiet", "--keep-going"];
    arguments.extend(packages.iter().map(String::as_str));
    cargo(&arguments);
}

/// Only `SPECSMITH_FULL` asks for all cases.
#[test]
fn formatting_is_no_drift() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut cases = cases::documents();
    let is_full = corpus::is_full();
    cases.retain(|case| is_full || TALKATIVE.contains(&case.name.as_str()));
    assert!(!cases.is_empty());
    for case in cases {
        let config = cases::config(&case, dir.path());
        specsmith::generate(&config).unwrap_or_else(|error| panic!("{}: {error}", case.name));
        keeps_its_form(&config);
    }
}

/// Formats what was generated, and looks whether that is drift.
pub(crate) fn keeps_its_form(config: &Config) {
    let checked = || specsmith::check(config).expect("a report").outputs;
    for output in checked().iter().filter(|output| output.kind != Kind::Docs) {
        run(&output.dir, &["fmt"]);
    }
    for output in checked() {
        let drift = output.result.drift.first();
        let diff = drift.and_then(|drift| drift.diff.as_deref()).unwrap_or_default();
        assert!(drift.is_none(), "{}: {drift:?}\n{diff}", output.dir.display());
    }
}
