//! `specsmith init`: in an empty folder, a workspace, and a crate that has a build script already.

use std::{fs, process::Command};

use crate::folder::{DOCUMENT, Folder, Run};

/// A folder that is the root of a repository, without a document.
fn empty() -> Folder {
    let folder = Folder::new();
    fs::remove_file(folder.path("openapi.yaml")).expect("removed");
    fs::create_dir(folder.path(".git")).expect("a folder");
    folder
}

/// What a run in a folder below gave.
fn run_in(folder: &Folder, below: &str, arguments: &str) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_specsmith"))
        .args(arguments.split_whitespace())
        .current_dir(folder.path(below))
        .output()
        .expect("the command");
    Run {
        code: output.status.code().expect("no signal"),
        out: String::from_utf8(output.stdout).expect("text"),
        err: String::from_utf8(output.stderr).expect("text"),
    }
}

#[test]
fn an_empty_folder_gets_a_configuration_to_be_filled() {
    let folder = empty();
    let run = folder.run("init");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.err.starts_with("warning: no OpenAPI document is here"), "{run:?}");
    assert!(run.out.starts_with("created specsmith.toml\n"), "{run:?}");
    let config = folder.get("specsmith.toml");
    assert!(config.contains("\n# document = \"openapi.yaml\"\n"), "{config}");
    // All that is commented out can be said.
    folder.put("openapi.yaml", DOCUMENT);
    let lines = config.lines().map(|line| match line.strip_prefix("# ") {
        Some(rest) if rest.starts_with('[') || rest.contains(" = ") => rest,
        _ => line,
    });
    folder.put("specsmith.toml", &lines.collect::<Vec<_>>().join("\n"));
    let run = folder.run("generate");
    assert_eq!((run.code, run.out.lines().count()), (0, 3), "{run:?}");
}

#[test]
fn the_document_is_found_by_what_it_says() {
    let folder = empty();
    folder.put(
        "openapi.yaml",
        "overlay: 1.0.0\ninfo: {title: No document, version: '1'}\n",
    );
    folder.put("spec/pets.yml", DOCUMENT);
    folder.put("docs/swagger.json", "{\"paths\": {}, \"swagger\": \"2.0\"}");
    folder.put("package.json", "{\"name\": \"openapi\"}");
    folder.put("target/openapi.yaml", DOCUMENT);
    let run = folder.run("init");
    assert_eq!(run.code, 0, "{run:?}");
    let lines: Vec<&str> = run.out.lines().take(3).collect();
    let expected = [
        "found   docs/swagger.json (Swagger 2.0)",
        "also    spec/pets.yml (OpenAPI 3.1.0)",
        "created specsmith.toml",
    ];
    assert_eq!(lines, expected, "{run:?}");
    let before = folder.contents();
    let run = folder.run("init spec/pets.yml");
    assert!(run.code == 0 && run.out.contains("kept    specsmith.toml\n"), "{run:?}");
    assert_eq!(folder.contents(), before);
    let run = folder.run("init package.json");
    assert!(run.code == 2 && run.err.contains("is no OpenAPI document"), "{run:?}");
}

#[test]
fn a_workspace_is_told_of_its_new_member() {
    let folder = empty();
    folder.put("Cargo.toml", "[workspace]\nmembers = [\"crates/app\"]\n");
    folder.put(
        "crates/app/Cargo.toml",
        "[package]\nname = \"Shop_App\"\nversion = \"0.1.0\"\n",
    );
    folder.put("crates/app/openapi.yaml", DOCUMENT);
    let run = run_in(&folder, "crates/app", "init --ci github --pre-commit");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.out
            .contains("Add \"crates/app/shop_app-client\" to `members` of the workspace in ../../Cargo.toml."),
        "{run:?}"
    );
    assert!(
        run.out.contains("shop_app-client = { path = \"shop_app-client\" }"),
        "{run:?}"
    );
    let command = "specsmith check --message-format github --config crates/app/specsmith.toml";
    assert!(folder.get(".github/workflows/specsmith.yml").contains(command));
    assert!(
        folder
            .get(".pre-commit-config.yaml")
            .contains("specsmith check --config crates/app/specsmith.toml")
    );
    assert_eq!(run_in(&folder, "crates/app", "generate").code, 0);
    assert_eq!(folder.run(&command["specsmith ".len()..]).code, 0);
    // The root takes in what is below `crates`.
    folder.put("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n");
    let run = folder.run("init");
    assert!(run.out.contains("crates/") && !run.out.contains("`members`"), "{run:?}");
    assert!(run.out.contains("found   crates/app/openapi.yaml"), "{run:?}");
}

#[test]
fn a_build_script_that_is_there_stays() {
    let folder = empty();
    folder.put("openapi.yaml", DOCUMENT);
    let run = folder.run("init --build-script");
    assert!(run.code == 2 && run.err.contains("is for a crate"), "{run:?}");
    assert!(!folder.path("specsmith.toml").exists());
    folder.put("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n");
    folder.put("build.rs", "fn main() {}\n");
    folder.put(".gitlab-ci.yml", "test: {script: [cargo test]}\n");
    let run = folder.run("init --build-script --ci gitlab");
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(folder.get("build.rs"), "fn main() {}\n");
    assert_eq!(folder.get(".gitlab-ci.yml"), "test: {script: [cargo test]}\n");
    for told in [
        "Add to `main` in build.rs:\n      let config = specsmith::Config::from_file(\"specsmith.toml\")?;\n",
        "Add to Cargo.toml:\n      [build-dependencies]\n      specsmith = ",
        "Add to src/main.rs or src/lib.rs:\n      include!(",
        "Add to .gitlab-ci.yml:\n      specsmith:\n",
        "specsmith lint openapi.yaml\n",
    ] {
        assert!(run.out.contains(told), "{told}: {run:?}");
    }
    fs::remove_file(folder.path("build.rs")).expect("removed");
    let run = folder.run("init --build-script");
    assert!(
        run.out.contains("created build.rs\n") && !run.out.contains("`main`"),
        "{run:?}"
    );
    assert!(
        folder
            .get("build.rs")
            .contains("Config::from_file(\"specsmith.toml\")?")
    );
}
