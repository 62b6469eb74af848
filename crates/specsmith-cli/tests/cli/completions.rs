//! What shells complete.

use std::process::Command;

use crate::folder::Folder;

/// What bash is told behind this line.
fn completed(folder: &Folder, line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split(' ').collect();
    let output = Command::new(env!("CARGO_BIN_EXE_specsmith"))
        .arg("--")
        .args(&words)
        .current_dir(folder.path(""))
        .env("COMPLETE", "bash")
        .env("_CLAP_COMPLETE_INDEX", (words.len() - 1).to_string())
        .env("_CLAP_COMPLETE_COMP_TYPE", "9")
        .env("_CLAP_IFS", "\n")
        .env("_CLAP_COMPLETE_SPACE", "true")
        .output()
        .expect("the command");
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines().map(str::to_owned).collect()
}

#[test]
fn shells_are_told_whom_to_ask() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = Folder::new().run(&format!("completions {shell}"));
        assert!(
            run.code == 0 && run.out.contains("COMPLETE") && run.out.contains("specsmith"),
            "{run:?}"
        );
    }
}

#[test]
fn subcommands_and_options_are_completed() {
    let folder = Folder::new();
    assert_eq!(completed(&folder, "specsmith gen"), ["generate"]);
    assert!(completed(&folder, "specsmith list --o").contains(&"--only".to_owned()));
    assert_eq!(completed(&folder, "specsmith explain broken"), ["broken-ref"]);
    assert_eq!(completed(&folder, "specsmith lint --deny broken"), ["broken-ref"]);
}

#[test]
fn names_of_the_document_are_completed() {
    let folder = Folder::new();
    let line = "specsmith generate openapi.yaml --include ";
    assert_eq!(completed(&folder, &format!("{line}tag")), ["tag:greetings"]);
    assert_eq!(completed(&folder, &format!("{line}get")), ["getGreeting"]);
    assert_eq!(completed(&folder, &format!("{line}/")), ["/greetings/{name}"]);
    // Without a document on the line, it is that of the configuration file.
    assert!(completed(&folder, "specsmith why Gr").is_empty());
    folder.put("specsmith.toml", "document = 'openapi.yaml'\nclient.dir = 'sdk'\n");
    assert_eq!(completed(&folder, "specsmith why Gr"), ["Greeting"]);
    folder.put(
        "specsmith.toml",
        "[apis.one]\ndocument = 'openapi.yaml'\nclient.dir = 'sdk'\n",
    );
    assert_eq!(completed(&folder, "specsmith check --api o"), ["one"]);
    folder.put("openapi.yaml", "openapi: [");
    assert!(completed(&folder, "specsmith why Gr").is_empty());
}
