//! What is generated from published documents compiles without a warning.
//!
//! `SPECSMITH_CHECKED` says of which documents of the corpus, by their names with commas between them, or `all`; each of
//! the packages that `SPECSMITH_TARGETS` names is checked, or all of them.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use specsmith::{Config, Kind, Target};

use super::folder;
use crate::{compile, files, root, stem};

/// What cargo had to say about the packages of a document.
struct Checked {
    packages: usize,
    lines: usize,
    seconds: f64,
    errors: usize,
    warnings: usize,
    /// The first of it.
    said: String,
}

/// The packages of a document, each in a folder of the workspace.
fn config(workspace: &Path, path: &Path, name: &str) -> Config {
    let chosen = env::var("SPECSMITH_TARGETS").unwrap_or_default();
    let config = Config::from_text(name, fs::read(path).expect("a document"));
    let kinds = [Kind::Client, Kind::Server, Kind::Types].into_iter();
    let kinds = kinds.filter(|kind| chosen.is_empty() || chosen.split(',').any(|word| word == kind.name()));
    kinds.fold(config, |config, kind| {
        config.with(kind, Target::new(workspace.join(format!("{name}-{}", kind.name()))))
    })
}

fn check(workspace: &Path, path: &Path) -> Checked {
    let name = stem(path).replace('.', "-");
    let outcome =
        specsmith::generate(&config(workspace, path, &name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let members: Vec<String> = outcome
        .outputs
        .iter()
        .map(|output| output.dir.file_name().expect("a name").to_string_lossy().into_owned())
        .collect();
    let list: String = members.iter().map(|member| format!("    \"{member}\",\n")).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{list}]\n");
    compile::put(&workspace.join("Cargo.toml"), &manifest);
    fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock")).expect("a file");
    let command = if env::var_os("SPECSMITH_CLIPPY").is_some() {
        "clippy"
    } else {
        "check"
    };
    let features: Vec<String> = members
        .iter()
        .filter_map(|member| validate(workspace, member))
        .collect();
    let start = Instant::now();
    let output = Command::new(env!("CARGO"))
        .args([command, "--workspace", "--no-default-features", "--keep-going"])
        .args(["--message-format", "short", "--features", &features.join(",")])
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", compile::target())
        .env("CARGO_TERM_COLOR", "never")
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .expect("cargo");
    let seconds = start.elapsed().as_secs_f64();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let said: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("error") || line.contains("warning"))
        .collect();
    let count = |word: &str| said.iter().filter(|line| line.contains(word)).count();
    // `-D warnings` makes errors of warnings, and says so by the name of the lint.
    let checked = Checked {
        packages: members.len(),
        lines: members
            .iter()
            .map(|member| lines(&workspace.join(member).join("src")))
            .sum(),
        seconds,
        errors: count("error"),
        warnings: count("warning"),
        said: said.iter().take(12).map(|line| format!("    {line}\n")).collect(),
    };
    assert!(output.status.success() == (checked.errors == 0), "{text}");
    for member in members {
        fs::remove_dir_all(workspace.join(member)).expect("a folder");
    }
    checked
}

/// The feature with which a package validates its types, if it has one.
fn validate(workspace: &Path, member: &str) -> Option<String> {
    let manifest = fs::read_to_string(workspace.join(member).join("Cargo.toml")).expect("a manifest");
    let has_feature = manifest.lines().any(|line| line.starts_with("validate = "));
    has_feature.then(|| format!("{member}/validate"))
}

/// How many lines the Rust files below a folder have.
fn lines(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let count = |path: PathBuf| match path.is_dir() {
        true => lines(&path),
        false => fs::read_to_string(path).map_or(0, |text| text.lines().count()),
    };
    paths.map(count).sum()
}

#[test]
fn published_documents_compile() {
    let chosen = env::var("SPECSMITH_CHECKED").unwrap_or_default();
    if chosen.is_empty() {
        println!("SPECSMITH_CHECKED is not set, so nothing is checked");
        return;
    }
    let Some(folder) = folder("SPECSMITH_CORPUS") else {
        return;
    };
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("checked");
    let mut paths = files(&folder, &["json", "yaml"]);
    paths.retain(|path| chosen == "all" || chosen.split(',').any(|name| name == stem(path)));
    assert!(!paths.is_empty(), "{chosen} is not there");
    println!(
        "{:<44} {:>8} {:>8} {:>8} {:>6} {:>8}",
        "document", "packages", "lines", "seconds", "errors", "warnings"
    );
    let mut failures = Vec::new();
    for path in paths {
        let checked = check(&workspace, &path);
        println!(
            "{:<44} {:>8} {:>8} {:>8.1} {:>6} {:>8}",
            stem(&path),
            checked.packages,
            checked.lines,
            checked.seconds,
            checked.errors,
            checked.warnings
        );
        print!("{}", checked.said);
        if checked.errors + checked.warnings > 0 {
            failures.push(stem(&path));
        }
    }
    assert!(failures.is_empty(), "{failures:?} do not compile without a warning");
}
