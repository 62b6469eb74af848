//! Generators that are programs.

use crate::folder::{DOCUMENT, Folder};

/// Keeps what it reads, and prints what stands in a file.
const COMMAND: &str = "cat > request.json && cat answer.json";

fn folder(answer: &str) -> Folder {
    let folder = Folder::new();
    configure(&folder, COMMAND, "{ level = 3, since = 2026-01-02 }");
    folder.put("answer.json", answer);
    folder
}

fn configure(folder: &Folder, command: &str, options: &str) {
    let text = format!(
        "document = 'openapi.yaml'\n[generators.audit]\ncommand = '{command}'\ndir = 'audit'\noptions = {options}\n"
    );
    folder.put("specsmith.toml", &text);
}

#[test]
fn files_of_programs_are_written_and_checked() {
    let folder = folder(r#"{"files":{"a/b.txt":"hello\n","c.txt":"x\n"}}"#);
    let run = folder.run("generate");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(run.out, "audit  audit (2 files: 2 created)\n");
    assert_eq!(folder.get("audit/a/b.txt"), "hello\n");
    let request: serde_json::Value = serde_json::from_str(&folder.get("request.json")).expect("JSON");
    assert_eq!(request["format"], 1);
    assert_eq!(request["generator"], "audit");
    assert_eq!(request["options"]["level"], 3);
    assert_eq!(request["options"]["since"], "2026-01-02");
    assert_eq!(request["files"][0], "openapi.yaml");
    assert_eq!(request["api"]["operations"][0]["name"], "getGreeting");
    let call = &request["rust"]["operations"][0]["client"]["call"];
    assert_eq!(call, "client.greetings().get(name)");
    assert_eq!(folder.run("check").code, 0);
    folder.put("audit/c.txt", "mine\n");
    let check = folder.run("check");
    assert!(
        check.code == 1 && check.out.contains("audit/c.txt was changed by hand"),
        "{check:?}"
    );
    folder.put("answer.json", r#"{"files":{"c.txt":"x\n"}}"#);
    let run = folder.run("generate");
    assert!(run.out.contains("1 updated, 1 removed"), "{run:?}");
    assert!(!folder.path("audit/a").exists());
}

#[test]
fn other_options_are_another_configuration() {
    let folder = folder(r#"{"files":{"a.txt":"x\n"}}"#);
    folder.run("generate");
    configure(&folder, COMMAND, "{ level = 4 }");
    folder.put("answer.json", r#"{"files":{"a.txt":"y\n"}}"#);
    let check = folder.run("check");
    assert!(check.code == 1 && check.out.contains("configuration"), "{check:?}");
}

#[test]
fn what_programs_find_is_shown_at_its_place() {
    let start = DOCUMENT.find("Greetings").expect("a title");
    let answer = |severity: &str| {
        let place = format!(r#"{{"file":0,"start":{start},"end":{}}}"#, start + 9);
        format!(
            r#"{{"files":{{"a.txt":"x"}},"diagnostics":[{{"severity":"{severity}","message":"too friendly","location":{place},"label":"here","help":"be stern"}}]}}"#
        )
    };
    let folder = folder(&answer("warning"));
    let run = folder.run("generate");
    assert_eq!(run.code, 0, "{run:?}");
    for words in [
        "warning[generator]: audit: too friendly",
        "openapi.yaml:2:16",
        "here",
        "help: be stern",
    ] {
        assert!(run.err.contains(words), "{run:?}");
    }
    assert_eq!(folder.run("generate --deny generator").code, 1);
    let run = folder.run("generate --allow generator");
    assert!(run.code == 0 && !run.err.contains("too friendly"), "{run:?}");
    folder.put("answer.json", &answer("error").replace("a.txt", "b.txt"));
    let run = folder.run("generate");
    assert!(run.code == 1 && run.err.contains("error[generator]"), "{run:?}");
    assert!(!folder.path("audit/b.txt").exists());
    // A place that there is not is no place.
    folder.put("answer.json", &answer("warning").replace("\"file\":0", "\"file\":9"));
    let run = folder.run("generate");
    assert!(run.code == 0 && run.err.contains("too friendly"), "{run:?}");
}

#[test]
fn what_goes_wrong_with_programs_is_told() {
    for (command, answer, words) in [
        ("exit 3", "", "audit: `exit 3` failed with exit status: 3"),
        (COMMAND, "no", "prints no answer: expected"),
        (COMMAND, r#"{"file":{}}"#, "unknown field `file`"),
        (
            COMMAND,
            r#"{"files":{"../a":""}}"#,
            "the path \"../a\" cannot be written",
        ),
        (COMMAND, r#"{"files":{"/a":""}}"#, "it is absolute"),
        (COMMAND, r#"{"files":{".specsmith.json":""}}"#, "cannot be written"),
    ] {
        let folder = folder(answer);
        configure(&folder, command, "{}");
        let run = folder.run("generate");
        assert!(run.code == 1 && run.err.contains(words), "{words}: {run:?}");
        assert!(!folder.path("audit").exists(), "{words}");
    }
}

#[test]
fn programs_that_leave_their_input_unread_do_not_block() {
    let folder = folder(r#"{"files":{"a.txt":"x\n"}}"#);
    configure(&folder, "cat answer.json", "{}");
    assert_eq!(folder.run("generate").code, 0);
}

#[test]
fn only_generating_runs_programs() {
    let folder = folder("{}");
    configure(&folder, "touch ran; echo {}", "{}");
    assert_eq!(folder.run("lint openapi.yaml").code, 0);
    assert_eq!(folder.run("list openapi.yaml").code, 0);
    assert!(!folder.path("ran").exists());
    assert_eq!(folder.run("generate").code, 0);
    assert!(folder.path("ran").exists());
}
