//! Why files are not as generated, what mends it, and what becomes of files that people changed.

use serde_json::Value;

use crate::folder::{DOCUMENT, Folder};

const SDK: &str = "openapi.yaml --client sdk";

/// A folder with a client, and a document that has changed since.
fn changed() -> Folder {
    let folder = Folder::new();
    assert_eq!(folder.run(&format!("generate {SDK}")).code, 0);
    folder.put("openapi.yaml", &DOCUMENT.replace("Greetings,", "Salutations,"));
    folder
}

#[test]
fn the_cause_is_the_configuration_or_the_version() {
    let folder = Folder::new();
    let config = "document = \"openapi.yaml\"\nclient.dir = \"sdk\"\n";
    folder.put("specsmith.toml", config);
    assert_eq!(folder.run("generate").code, 0);
    folder.put(
        "specsmith.toml",
        &format!("# Mine.\n{config}rename.Greeting = \"Salute\"\n"),
    );
    let run = folder.run("check");
    assert!(
        run.out.contains(" is out of date: the configuration has changed\n"),
        "{run:?}"
    );
    assert!(run.err.ends_with("help: `specsmith generate` mends that\n"), "{run:?}");
    // A version that wrote the same files but for one.
    let manifest = folder.get("sdk/.specsmith.json");
    let line = manifest
        .lines()
        .find(|line| line.contains("\"version\""))
        .expect("a version");
    folder.put(
        "sdk/.specsmith.json",
        &manifest.replace(line, "  \"version\": \"0.0.1\","),
    );
    let run = folder.run("check");
    let version = env!("CARGO_PKG_VERSION");
    let words = format!("specsmith 0.0.1 wrote it, and this is {version}\n");
    let told: Vec<&str> = run
        .out
        .split_inclusive('\n')
        .filter(|line| line.ends_with(&words))
        .collect();
    assert!(
        told.len() == 1 && told[0].starts_with("client sdk is out of date, "),
        "{run:?}"
    );
    assert_eq!(run.out.lines().count(), 1, "{run:?}");
}

#[test]
fn programs_learn_the_cause() {
    let folder = changed();
    let run = folder.run(&format!("check {SDK} --message-format json"));
    let lines: Vec<Value> = run
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let file = lines.iter().find(|line| line["type"] == "file").expect("a file");
    assert_eq!(file["reasons"], serde_json::json!(["document"]));
    assert_eq!(file["message"], "is out of date: the document has changed");
    let last = lines.last().expect("a line");
    assert_eq!(last["command"], format!("specsmith generate {SDK}"));
    let run = folder.run(&format!("check {SDK} --message-format github"));
    assert!(
        run.out
            .contains("title=specsmith check::is out of date: the document has changed\n"),
        "{run:?}"
    );
    let run = folder.run(&format!("check {SDK} --message-format sarif"));
    let log: Value = serde_json::from_str(&run.out).expect("one log");
    let result = &log["runs"][0]["results"][0];
    assert_eq!(
        (&result["ruleId"], &result["properties"]["state"]),
        (&"drift".into(), &"outdated".into())
    );
}

#[test]
fn several_apis_are_one_log_of_sarif() {
    let folder = Folder::new();
    let api = |name: &str| format!("[apis.{name}]\ndocument = \"openapi.yaml\"\nclient.dir = \"{name}\"\n");
    folder.put("specsmith.toml", &format!("{}{}", api("a"), api("b")));
    let run = folder.run("check --message-format sarif");
    let log: Value = serde_json::from_str(&run.out).expect("one log");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let of = |name: &str| {
        let uri = |result: &Value| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].to_string();
        results
            .iter()
            .filter(|result| uri(result).starts_with(&format!("\"{name}/")))
            .count()
    };
    assert!(run.code == 1 && of("a") > 5 && of("a") == of("b"), "{run:?}");
}

#[test]
fn what_people_changed_is_kept_or_told() {
    let folder = Folder::new();
    assert_eq!(folder.run(&format!("generate {SDK}")).code, 0);
    let group = "sdk/src/api/greetings.rs";
    folder.put(group, "// mine");
    folder.put("openapi.yaml", &DOCUMENT.replace("[greetings]", "[salutations]"));
    let before = folder.contents();
    let dry = folder.run(&format!("generate {SDK} --dry-run"));
    assert!(dry.code == 0 && dry.err.contains("so it would stay"), "{dry:?}");
    assert!(dry.out.contains(", 1 would be removed, 1 would be kept)"), "{dry:?}");
    let check = folder.run(&format!("check {SDK}"));
    let words = "greetings.rs is no longer generated, and was changed by hand: the document has changed\n";
    assert!(check.code == 1 && check.out.contains(words), "{check:?}");
    assert!(
        check
            .err
            .contains("help: 1 file is never removed: delete what you do not need\n"),
        "{check:?}"
    );
    assert!(check.err.ends_with(" mends the rest\n"), "{check:?}");
    assert_eq!(folder.contents(), before);
    let run = folder.run(&format!("generate {SDK}"));
    assert!(run.code == 0 && run.out.contains(", 1 kept)"), "{run:?}");
    assert_eq!(folder.get(group), "// mine");
    let check = folder.run(&format!("check {SDK}"));
    assert!(check.code == 1 && !check.err.contains("mends"), "{check:?}");
    std::fs::remove_file(folder.path(group)).expect("removed");
    assert_eq!(folder.run(&format!("generate {SDK}")).code, 0);
    assert_eq!(folder.run(&format!("check {SDK}")).code, 0);
}
