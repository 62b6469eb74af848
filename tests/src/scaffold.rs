//! Programs that `specsmith scaffold server` begins compile without a warning, keep their form under rustfmt, and answer.
//!
//! `SPECSMITH_SCAFFOLDED` says for which documents of the corpus, by their names with commas between them, too.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use specsmith::{Config, ScaffoldResult, Target};

use crate::{
    case::Case,
    cases, command,
    compile::{self, put, run},
    corpus, files, root, stem,
};

/// Writes the server of a document and begins a program around it, in folders of a workspace that this is the name of.
fn begin(workspace: &Path, name: &str, config: Config) -> [String; 2] {
    let [server, app] = ["server", "app"].map(|kind| format!("{name}-{kind}"));
    let config = config.server(Target::new(workspace.join(&server)));
    for dir in [&server, &app] {
        fs::remove_dir_all(workspace.join(dir)).ok();
    }
    specsmith::generate(&config).unwrap_or_else(|error| panic!("{name}: {error}"));
    let scaffolded = specsmith::scaffold_server(&config, Some(&workspace.join(&app)));
    let scaffolded = scaffolded.unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(matches!(scaffolded.result, ScaffoldResult::Begun(_)), "{name}");
    [server, app]
}

/// Makes a workspace of programs with their servers, and looks at what cargo says.
fn look(workspace: &Path, programs: &[[String; 2]], commands: &[&[&str]]) {
    let members: String = programs
        .iter()
        .flatten()
        .map(|name| format!("    \"{name}\",\n"))
        .collect();
    put(
        &workspace.join("Cargo.toml"),
        &format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n"),
    );
    fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock")).expect("a file");
    // A user's folder has no rules of form; without this file those of our own workspace would hold below `target`.
    put(&workspace.join("rustfmt.toml"), "");
    for command in commands {
        let mut arguments = command.to_vec();
        arguments.extend(programs.iter().flat_map(|[_, app]| ["--package", app.as_str()]));
        run(workspace, &arguments);
    }
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

const CLIPPY: &[&str] = &["clippy", "--all-targets", "--quiet", "--keep-going"];
const FORM: &[&str] = &["fmt", "--check"];
const TESTS: &[&str] = &["test", "--quiet"];

#[test]
fn programs_compile_and_their_tests_pass() {
    let workspace = folder("scaffolds");
    // Those with the most to say about signatures.
    let mut names = vec!["bodies", "security"];
    if corpus::is_full() {
        names.extend(["deprecated", "formats", "names", "parameters", "streams", "tags"]);
    }
    let cases = cases::documents()
        .into_iter()
        .filter(|case| names.contains(&case.name.as_str()));
    let bookstore = Case::file("bookstore", "examples/bookstore/openapi.yaml");
    let programs: Vec<_> = cases
        .chain([bookstore])
        .map(|case| program(&workspace, &case))
        .collect();
    assert_eq!(programs.len(), names.len() + 1);
    // The tests take warnings for errors; clippy would check every dependency a second time for little more.
    let mut commands = vec![FORM, TESTS];
    if corpus::is_full() {
        commands.push(CLIPPY);
    }
    look(&workspace, &programs, &commands);
}

fn program(workspace: &Path, case: &Case) -> [String; 2] {
    let config = case
        .config(&case.path)
        .unwrap_or_else(|error| panic!("{}: {error}", case.path));
    begin(workspace, &case.name.replace('_', "-"), config)
}

#[test]
fn programs_of_published_documents_compile() {
    let chosen = env::var("SPECSMITH_SCAFFOLDED").unwrap_or_default();
    if chosen.is_empty() {
        println!("SPECSMITH_SCAFFOLDED is not set, so no program is begun");
        return;
    }
    let Some(corpus) = corpus::folder("SPECSMITH_CORPUS") else {
        return;
    };
    let mut paths = files(&corpus, &["json", "yaml"]);
    paths.retain(|path| chosen.split(',').any(|name| name == stem(path)));
    assert_eq!(paths.len(), chosen.split(',').count(), "{paths:?}");
    for path in paths {
        let (name, workspace) = (stem(&path).replace('.', "-"), folder("scaffolded"));
        let config = Config::from_text(name.as_str(), fs::read(&path).expect("a document"));
        let program = begin(&workspace, &name, config);
        look(&workspace, &[program], &[CLIPPY, FORM, TESTS]);
        println!("{name}: compiles, keeps its form, and its tests pass");
        fs::remove_dir_all(workspace).expect("a folder");
    }
}

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// The commands of a block of the README that begins like this.
fn commands(start: &str) -> Vec<String> {
    let readme = fs::read_to_string(root().join("README.md")).expect("a README");
    let blocks = readme
        .split("```console\n")
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next());
    let mut blocks = blocks.filter(|block| block.lines().any(|line| line.contains(start)));
    let block = blocks
        .next()
        .unwrap_or_else(|| panic!("no block of the README has `{start}`"));
    block
        .lines()
        .filter_map(|line| line.strip_prefix("$ "))
        .map(str::to_owned)
        .collect()
}

/// What stands on the first page of the README works as it stands there, but for folders and the port.
#[test]
fn the_first_page_of_the_readme_works() {
    let commands = commands("scaffold server");
    let [generate, scaffold, start, call] = commands.as_slice() else {
        panic!("{commands:?}");
    };
    let dir = folder("first-page");
    fs::remove_dir_all(dir.join("out")).ok();
    fs::create_dir_all(dir.join("examples")).expect("a folder");
    let bookstore = root().join("examples/bookstore/openapi.yaml");
    fs::create_dir_all(dir.join("examples/bookstore")).expect("a folder");
    fs::copy(bookstore, dir.join("examples/bookstore/openapi.yaml")).expect("a file");
    for command in [generate, scaffold] {
        let arguments = command.strip_prefix("specsmith ").expect("our command");
        let run = command::run(&dir, arguments.split_whitespace());
        assert_eq!(run.code, Some(0), "{command}\n{}", run.errors);
    }
    // With the versions of this workspace nothing needs to be fetched.
    fs::copy(root().join("Cargo.lock"), dir.join("out/app/Cargo.lock")).expect("a file");
    let arguments = start.strip_prefix("cargo ").expect("cargo");
    let mut program = Command::new(env!("CARGO"))
        .args(arguments.split_whitespace())
        .current_dir(&dir)
        .env("CARGO_TARGET_DIR", compile::target())
        // As the other programs are built, so that dependencies are shared.
        .env("RUSTFLAGS", "-D warnings")
        .env("ADDRESS", "127.0.0.1:0")
        .stdout(Stdio::piped())
        .spawn()
        .map(Running)
        .expect("cargo");
    let mut lines = BufReader::new(program.0.stdout.take().expect("its output")).lines();
    let line = lines.next().expect("a line").expect("text");
    let address = line.strip_prefix("listening on ").expect("an address").to_owned();
    let call = call.replace("http://127.0.0.1:8080", &address);
    if Command::new("curl").arg("--version").output().is_err() {
        println!("there is no curl, so nothing is asked");
        return;
    }
    let output = Command::new("sh").args(["-c", &call]).output().expect("curl");
    let answer = String::from_utf8_lossy(&output.stdout);
    assert!(answer.starts_with("HTTP/1.1 501 "), "{call}\n{answer}");
    assert!(answer.contains("content-type: application/problem+json"), "{answer}");
    assert!(
        answer.contains("write its handler in src/handlers/books.rs"),
        "{answer}"
    );
}
