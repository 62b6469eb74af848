//! The command as a user runs it: arguments, exit codes, what is written and what is said.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

mod adversity;
mod ci;
mod completions;
mod config;
mod diagnostics;
mod diff;
mod docs;
mod drift;
mod folder;
#[cfg(unix)]
mod generators;
mod init;
mod ir;
mod list;
#[cfg(feature = "mock")]
mod mock;
mod names;
mod reference;
mod spec_command;
mod timings;
mod transform;
#[cfg(feature = "watch")]
mod watch;
mod why;

use std::{fs, path::Path};

use folder::{DOCUMENT, Folder};

const ALL: &str = "openapi.yaml --client sdk --server server --types types --docs docs";

#[test]
fn generates_all_targets_and_then_nothing() {
    let folder = Folder::new();
    let first = folder.run(&format!("generate {ALL}"));
    assert_eq!(first.code, 0, "{first:?}");
    assert_eq!(first.err, "");
    let lines: Vec<&str> = first.out.lines().collect();
    assert_eq!(lines.len(), 4, "{first:?}");
    for (line, kind, dir) in [
        (lines[0], "client", "sdk"),
        (lines[1], "server", "server"),
        (lines[2], "types", "types"),
        (lines[3], "docs", "docs"),
    ] {
        assert!(
            line.starts_with(kind) && line.contains(&format!(" {dir} (")) && line.ends_with("created)"),
            "{line}"
        );
    }
    assert!(folder.get("sdk/Cargo.toml").contains("name = \"sdk\""));
    assert!(folder.get("server/Cargo.toml").contains("name = \"server\""));
    let before = folder.contents();
    let second = folder.run(&format!("generate {ALL}"));
    assert_eq!(second.code, 0, "{second:?}");
    assert!(
        second.out.lines().all(|line| line.ends_with("unchanged)")),
        "{second:?}"
    );
    assert_eq!(folder.contents(), before);
    let check = folder.run(&format!("check {ALL}"));
    assert_eq!(check.code, 0, "{check:?}");
    assert!(check.out.lines().all(|line| line.ends_with("up to date)")), "{check:?}");
}

#[test]
fn a_dry_run_tells_what_would_be_written() {
    let folder = Folder::new();
    let before = folder.contents();
    let run = folder.run("generate openapi.yaml --client sdk --dry-run");
    assert!(run.code == 0 && run.out.ends_with(" would be created)\n"), "{run:?}");
    assert_eq!(folder.contents(), before);
    assert_eq!(folder.run("generate openapi.yaml --client sdk").code, 0);
    let run = folder.run("generate openapi.yaml --client sdk --dry-run");
    assert!(run.out.ends_with(": unchanged)\n"), "{run:?}");
    folder.put("sdk/src/lib.rs", "// mine");
    folder.put("docs/index.md", "mine");
    let run = folder.run("generate openapi.yaml --client sdk --docs docs --dry-run");
    assert!(run.code == 1 && run.err.contains("index.md` is in the way"), "{run:?}");
    assert!(
        run.out.contains(": 1 would be updated)") && run.out.contains(", 1 in the way)"),
        "{run:?}"
    );
    assert_eq!(folder.get("sdk/src/lib.rs"), "// mine");
}

#[test]
fn packages_have_names() {
    let folder = Folder::new();
    let run =
        folder.run("generate openapi.yaml --client a/client --client-name greetings --server b --server-name greeter --types c --types-name greeting");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(folder.get("a/client/Cargo.toml").contains("name = \"greetings\""));
    assert!(folder.get("b/Cargo.toml").contains("name = \"greeter\""));
    assert!(folder.get("c/Cargo.toml").contains("name = \"greeting\""));
    let run = folder.run("generate openapi.yaml --client d --client-name 2x");
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("\"2x\""), "{run:?}");
    assert!(!folder.path("d").exists());
}

#[test]
fn check_names_each_drift_with_a_diff() {
    let folder = Folder::new();
    assert_eq!(folder.run(&format!("generate {ALL}")).code, 0);
    folder.put("sdk/README.md", "mine\n");
    fs::remove_file(folder.path("server/README.md")).expect("removed");
    folder.put(
        "openapi.yaml",
        &DOCUMENT.replace("text:", "words:").replace("[text]", "[words]"),
    );
    let before = folder.contents();
    let run = folder.run(&format!("check {ALL}"));
    assert_eq!(run.code, 1, "{run:?}");
    let place = |path: &str| Path::new(path).display().to_string();
    assert!(
        run.out
            .contains(&format!("{} was changed by hand", place("sdk/README.md"))),
        "{run:?}"
    );
    assert!(
        run.out.contains(&format!("{} is missing", place("server/README.md"))),
        "{run:?}"
    );
    assert!(
        run.out.contains(" is out of date: the document has changed\n"),
        "{run:?}"
    );
    assert!(run.out.contains("    -mine\n"), "{run:?}");
    assert!(run.out.contains("words"), "{run:?}");
    assert!(run.err.contains("not as generated"), "{run:?}");
    assert!(
        run.err
            .ends_with(&format!("help: `specsmith generate {ALL}` mends that\n")),
        "{run:?}"
    );
    assert_eq!(folder.contents(), before);
    let run = folder.run(&format!("generate {ALL}"));
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.err.contains("was changed by hand, and is now as generated"),
        "{run:?}"
    );
    assert_eq!(folder.run(&format!("check {ALL}")).code, 0);
}

#[test]
fn stale_files_are_named_and_removed() {
    let folder = Folder::new();
    assert_eq!(folder.run("generate openapi.yaml --client sdk").code, 0);
    let before = folder.contents();
    let renamed = DOCUMENT.replace("[greetings]", "[salutations]");
    folder.put("openapi.yaml", &renamed);
    let run = folder.run("check openapi.yaml --client sdk");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("is no longer generated"), "{run:?}");
    assert!(run.out.contains("is missing"), "{run:?}");
    let run = folder.run("generate openapi.yaml --client sdk");
    assert!(run.code == 0 && run.out.contains("removed"), "{run:?}");
    assert_ne!(folder.contents(), before);
    assert_eq!(folder.run("check openapi.yaml --client sdk").code, 0);
}

#[test]
fn foreign_files_stay() {
    let folder = Folder::new();
    folder.put("sdk/Cargo.toml", "mine\n");
    folder.put("sdk/notes.txt", "mine\n");
    let before = folder.contents();
    let run = folder.run("generate openapi.yaml --client sdk");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.err.contains("Cargo.toml") && !run.err.contains("notes.txt"),
        "{run:?}"
    );
    assert_eq!(folder.contents(), before);
}

#[test]
fn a_document_that_cannot_be_used_changes_nothing() {
    let folder = Folder::new();
    for (text, code) in [
        ("openapi: 3.1.0\npaths: [", "syntax-error"),
        ("swagger: '1.2'\npaths: {}\n", "unsupported-version"),
    ] {
        folder.put("bad.yaml", text);
        for command in [
            "generate bad.yaml --client sdk",
            "check bad.yaml --client sdk",
            "lint bad.yaml",
        ] {
            let run = folder.run(command);
            assert_eq!(run.code, 1, "{run:?}");
            assert!(run.err.starts_with(&format!("error[{code}]: ")), "{run:?}");
            assert!(run.err.contains("bad.yaml:"), "{run:?}");
            assert_eq!(run.out, "", "{run:?}");
        }
    }
    assert!(!folder.path("sdk").exists());
    let run = folder.run("lint absent.yaml");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.err.contains("absent.yaml") && run.err.contains("unreadable-file"),
        "{run:?}"
    );
}

#[test]
fn a_broken_place_is_a_warning() {
    let folder = Folder::new();
    folder.put(
        "openapi.yaml",
        &DOCUMENT.replace("schemas/Greeting'", "schemas/Greting'"),
    );
    let run = folder.run("generate openapi.yaml --client sdk");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.err.starts_with("warning[broken-ref]: ") && run.err.contains("`Greeting`"),
        "{run:?}"
    );
    assert!(folder.path("sdk/src/lib.rs").exists());
    assert_eq!(folder.run("lint openapi.yaml").code, 0);
    assert_eq!(folder.run("lint --strict openapi.yaml").code, 1);
}

#[test]
fn reads_standard_input() {
    let folder = Folder::new();
    let run = folder.run_with_input("generate - --client sdk", DOCUMENT.as_bytes());
    assert_eq!(run.code, 0, "{run:?}");
    assert!(folder.path("sdk/src/lib.rs").exists());
    let run = folder.run_with_input("lint -", b"openapi: 3.1.0\nx: \xff\n");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("<stdin>"), "{run:?}");
}

#[test]
fn wrong_usage_is_told() {
    let folder = Folder::new();
    for arguments in [
        "",
        "generate",
        "generate openapi.yaml",
        "check openapi.yaml",
        "generate openapi.yaml --client",
        "generate openapi.yaml --server s --client-name n",
        "generate openapi.yaml --client same --docs same",
        "generate openapi.yaml --client ./same --server same/",
        "frobnicate",
        "explain no-such-code",
    ] {
        let run = folder.run(arguments);
        assert_eq!(run.code, 2, "{arguments}: {run:?}");
        assert!(!run.err.is_empty(), "{arguments}");
    }
    assert_eq!(folder.contents().len(), 1);
}

#[test]
fn explains_codes() {
    let folder = Folder::new();
    let run = folder.run("explain broken-ref");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.starts_with("broken-ref (warning)\n\nA `$ref`"), "{run:?}");
    let list = folder.run("explain");
    assert!(list.code == 0 && list.out.lines().count() > 10, "{list:?}");
    let run = folder.run("explain broken-reff");
    assert!(run.err.contains("did you mean `broken-ref`?"), "{run:?}");
}

#[test]
fn help_has_examples() {
    let folder = Folder::new();
    for command in [
        "init", "generate", "check", "lint", "bundle", "upgrade", "coverage", "explain",
    ] {
        let run = folder.run(&format!("{command} --help"));
        assert_eq!(run.code, 0, "{run:?}");
        assert!(run.out.contains(&format!("  specsmith {command}")), "{run:?}");
    }
    assert!(folder.run("--help").out.contains("Exit codes:"));
    assert!(folder.run("--version").out.starts_with("specsmith "));
}
