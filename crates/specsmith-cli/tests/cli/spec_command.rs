//! `--spec-command`: documents that a program prints.

use crate::folder::{DOCUMENT, Folder, Run};

/// `cat` stands for a program that prints its document.
fn run(folder: &Folder, arguments: &str) -> Run {
    run_with(folder, arguments, "cat printed.yaml")
}

fn run_with(folder: &Folder, arguments: &str, command: &str) -> Run {
    let mut words: Vec<&str> = arguments.split_whitespace().collect();
    words.extend(["--spec-command", command]);
    folder.run_words(&words, b"")
}

#[test]
fn the_document_is_what_the_program_prints() {
    let folder = Folder::new();
    folder.put("printed.yaml", DOCUMENT);
    let first = run(&folder, "generate --client sdk");
    assert_eq!(first.code, 0, "{first:?}");
    assert!(folder.get("sdk/README.md").starts_with("# Greetings"));
    assert_eq!(run(&folder, "check --client sdk").code, 0);
    folder.put("printed.yaml", "openapi: [");
    let broken = run(&folder, "check --client sdk");
    assert!(
        broken.code == 1 && broken.err.contains("cat printed.yaml:1:"),
        "{broken:?}"
    );
    let failing = run_with(&folder, "generate --client sdk", "exit 3");
    assert!(
        failing.code == 1 && failing.err.contains("`exit 3` failed with exit"),
        "{failing:?}"
    );
}

#[test]
fn a_committed_document_is_compared_by_its_values() {
    let folder = Folder::new();
    folder.put("printed.yaml", &format!("# Printed.\n{DOCUMENT}"));
    let generated = run(&folder, "generate openapi.yaml --client sdk");
    assert!(generated.code == 0 && generated.err.is_empty(), "{generated:?}");
    let check = run(&folder, "check openapi.yaml --client sdk");
    assert_eq!(check.code, 0, "{check:?}");
    folder.put(
        "openapi.yaml",
        &DOCUMENT.replace("title: Greetings", "title: Salutations"),
    );
    let check = run(&folder, "check openapi.yaml --client sdk");
    let words = "openapi.yaml:2 is not what `cat printed.yaml` prints: `#/info/title` has another value";
    assert!(check.code == 1 && check.out.contains(words), "{check:?}");
    assert!(
        check
            .err
            .contains("help: `cat printed.yaml > openapi.yaml` writes the document anew"),
        "{check:?}"
    );
    let json = run(&folder, "check openapi.yaml --client sdk --message-format json");
    assert!(
        json.out.contains("\"target\":\"document\",\"file\":\"openapi.yaml\""),
        "{json:?}"
    );
    let generated = run(&folder, "generate openapi.yaml --client sdk");
    assert!(
        generated.code == 0 && generated.err.contains("is not what"),
        "{generated:?}"
    );
}

#[test]
fn the_configuration_names_the_program() {
    let folder = Folder::new();
    folder.put("api/printed.yaml", DOCUMENT);
    let config = "document-command = \"cat printed.yaml\"\nclient.dir = \"sdk\"\n";
    folder.put("api/specsmith.toml", config);
    let run = folder.run("generate --config api/specsmith.toml");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(folder.path("api/sdk/README.md").exists());
    folder.put(
        "api/specsmith.toml",
        &format!("document = \"../openapi.yaml\"\n{config}"),
    );
    assert_eq!(folder.run("check --config api/specsmith.toml").code, 0);
    folder.put("api/printed.yaml", &DOCUMENT.replace("'1'", "'2'"));
    assert_eq!(folder.run("check --config api/specsmith.toml").code, 1);
    #[cfg(feature = "watch")]
    let watch = folder.run("generate --config api/specsmith.toml --watch");
    #[cfg(feature = "watch")]
    assert!(watch.code == 2 && watch.err.contains("cannot be watched"), "{watch:?}");
}
