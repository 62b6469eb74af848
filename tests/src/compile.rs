//! What becomes of the cases compiles without a warning of rustc, clippy or rustdoc, and survives `cargo fmt`.
//!
//! All packages share one workspace below the target folder, with the lock file of this one, so dependencies are built
//! once and nothing is fetched that is not here already.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
};

use specsmith::Kind;

use crate::{cases, root};

static WORKSPACE: Mutex<()> = Mutex::new(());

/// The workspace of the packages of all cases, up to date.
fn workspace() -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases");
    let mut members = Vec::new();
    for (name, path) in cases::documents() {
        let config = cases::config(&name, &path, &dir);
        let outcome = specsmith::generate(&config).unwrap_or_else(|error| panic!("{path}: {error}"));
        let packages = outcome.outputs.iter().filter(|output| output.kind != Kind::Docs);
        members.extend(packages.map(|output| {
            let member = output.dir.strip_prefix(&dir).expect("below");
            format!("    \"{}\",\n", member.display())
        }));
    }
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{}]\n", members.concat());
    fs::write(dir.join("Cargo.toml"), manifest).expect("a file");
    fs::copy(root().join("Cargo.lock"), dir.join("Cargo.lock")).expect("a file");
    dir
}

/// Runs cargo over all packages and expects success.
fn cargo(arguments: &[&str]) {
    let guard = WORKSPACE.lock().unwrap_or_else(PoisonError::into_inner);
    let dir = workspace();
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(&dir)
        .env("CARGO_TARGET_DIR", dir.with_file_name("cases-target"))
        .env("RUSTFLAGS", "-D warnings")
        .env("RUSTDOCFLAGS", "-D warnings")
        .env("CARGO_TERM_COLOR", "never")
        .output()
        .expect("cargo");
    drop(guard);
    let errors = String::from_utf8_lossy(&output.stderr);
    let shown: Vec<&str> = errors
        .lines()
        .filter(|line| !line.trim_start().starts_with("Check"))
        .take(400)
        .collect();
    assert!(
        output.status.success(),
        "cargo {}:\n{}",
        arguments.join(" "),
        shown.join("\n")
    );
}

#[test]
fn packages_compile_and_clippy_is_content() {
    // TLS is the same for every package and takes minutes to build; the examples have it.
    cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--no-default-features",
        "--quiet",
        "--keep-going",
    ]);
}

#[test]
fn rustdoc_is_content() {
    cargo(&[
        "doc",
        "--workspace",
        "--no-deps",
        "--no-default-features",
        "--quiet",
        "--keep-going",
    ]);
}

#[test]
fn formatting_is_no_drift() {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, path) in cases::documents() {
        let config = cases::config(&name, &path, dir.path());
        let outcome = specsmith::generate(&config).unwrap_or_else(|error| panic!("{path}: {error}"));
        for output in outcome.outputs.iter().filter(|output| output.kind != Kind::Docs) {
            let formatted = Command::new(env!("CARGO"))
                .args(["fmt"])
                .current_dir(&output.dir)
                .output()
                .expect("cargo");
            assert!(
                formatted.status.success(),
                "{name}: {}",
                String::from_utf8_lossy(&formatted.stderr)
            );
        }
        let checked = specsmith::check(&config).expect("a report");
        for output in checked.outputs {
            let drift = output.result.drift.first();
            let diff = drift.and_then(|drift| drift.diff.as_deref()).unwrap_or_default();
            assert!(drift.is_none(), "{name}: {drift:?}\n{diff}");
        }
    }
}
