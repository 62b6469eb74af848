//! The configuration file as the command uses it.

use std::{fs, path::Path, process::Command};

use serde_json::{Value, json};
use toml_edit::{Document, Item, Value as Toml};

use crate::folder::Folder;

const CONFIG: &str = "document = \"openapi.yaml\"\nclient.dir = \"sdk\"\ndocs.dir = \"docs\"\n";

#[test]
fn the_file_says_what_to_generate() {
    let folder = Folder::new();
    folder.put("specsmith.toml", CONFIG);
    let run = folder.run("generate");
    assert!(run.code == 0 && run.err.is_empty(), "{run:?}");
    assert!(folder.path("sdk/Cargo.toml").exists() && folder.path("docs").exists());
    assert_eq!(folder.run("check").code, 0);
    folder.put("specsmith.toml", &CONFIG.replace("sdk", "other"));
    assert_eq!(folder.run("check").code, 1);
}

#[test]
fn arguments_win_over_the_file() {
    let folder = Folder::new();
    folder.put("conf/api.toml", &CONFIG.replace("openapi.yaml", "absent.yaml"));
    let run = folder.run("generate --config conf/api.toml openapi.yaml --client mine --client-name theirs");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(folder.get("mine/Cargo.toml").contains("name = \"theirs\""));
    assert!(folder.path("conf/docs").exists() && !folder.path("conf/sdk").exists());
}

#[test]
fn a_document_that_is_named_needs_no_file() {
    let folder = Folder::new();
    folder.put("specsmith.toml", "nonsense");
    assert_eq!(folder.run("generate openapi.yaml --client sdk").code, 0);
}

#[test]
fn the_file_is_found_above() {
    let folder = Folder::new();
    folder.put("specsmith.toml", CONFIG);
    folder.put("a/b/c.txt", "");
    let output = Command::new(env!("CARGO_BIN_EXE_specsmith"))
        .arg("generate")
        .current_dir(folder.path("a/b"))
        .output()
        .expect("a run");
    assert!(output.status.success(), "{output:?}");
    let out = String::from_utf8_lossy(&output.stdout).replace('\\', "/");
    assert!(
        out.contains("../../sdk") && folder.path("sdk/Cargo.toml").exists(),
        "{out}"
    );
}

#[test]
fn what_is_wrong_with_it_is_wrong_usage() {
    let folder = Folder::new();
    folder.put("specsmith.toml", &CONFIG.replace("document", "documnt"));
    let run = folder.run("generate");
    assert_eq!(run.code, 2, "{run:?}");
    assert!(
        run.err.contains("did you mean `document`?") && run.err.contains("specsmith.toml:1:1"),
        "{run:?}"
    );
    assert_eq!(folder.run("check --config absent.toml").code, 2);
    folder.put("specsmith.toml", "client.dir = \"sdk\"");
    assert_eq!(folder.run("generate").code, 2);
    assert!(!folder.path("sdk").exists());
}

#[test]
fn options_about_what_is_not_there_are_told() {
    let folder = Folder::new();
    folder.put("specsmith.toml", &format!("{CONFIG}[derives]\nGreting = \"Eq\"\n"));
    let run = folder.run("generate");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.err.contains("specsmith.toml:5:1") && run.err.contains("did you mean `Greeting`?"),
        "{run:?}"
    );
}

const SEVERAL: &str = "\
[types]
dates = \"jiff\"

[apis.first]
document = \"openapi.yaml\"
client.dir = \"a\"

[apis.second]
document = \"openapi.yaml\"
client = { dir = \"b\" }
docs.dir = \"docs\"
";

#[test]
fn a_file_has_several_apis() {
    let folder = Folder::new();
    folder.put("specsmith.toml", SEVERAL);
    let run = folder.run("generate");
    assert!(run.code == 0 && run.err.is_empty(), "{run:?}");
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 5, "{run:?}");
    assert!(
        lines[0] == "first" && lines[1].contains(" a (") && lines[2] == "second" && lines[3].contains(" b ("),
        "{run:?}"
    );
    assert_eq!(folder.run("check").code, 0);
    folder.put("b/src/lib.rs", "// mine");
    let check = folder.run("check");
    assert!(
        check.code == 1 && check.err.contains("1 file is not as generated"),
        "{check:?}"
    );
    assert_eq!(folder.run("check --api first").code, 0);
    assert_eq!(folder.run("check --api first --api second").code, 1);
}

#[test]
fn what_is_about_one_api_needs_one() {
    let folder = Folder::new();
    folder.put("specsmith.toml", SEVERAL);
    for (arguments, told) in [
        (
            "generate --client sdk",
            "`--client` is about one API, and the configuration file has `first`, `second`",
        ),
        ("scaffold server", "a program is about one API"),
        ("generate --api frist", "no API `frist`; did you mean `first`?"),
        (
            "generate openapi.yaml --config specsmith.toml",
            "a document is about one API",
        ),
    ] {
        let run = folder.run(arguments);
        assert!(run.code == 2 && run.err.contains(told), "{arguments}: {run:?}");
    }
    assert_eq!(folder.run("generate --api first --client sdk").code, 0);
    assert!(folder.path("sdk/Cargo.toml").exists() && !folder.path("a").exists());
    folder.put("specsmith.toml", &SEVERAL.replace("\"b\"", "\"./a\""));
    let run = folder.run("generate");
    assert!(
        run.code == 2 && run.err.contains("two outputs go into the folder"),
        "{run:?}"
    );
}

/// What a file says as JSON.
fn plain(item: &Item) -> Value {
    match item {
        Item::None => Value::Null,
        Item::Value(value) => plain_value(value),
        Item::Table(table) => table.iter().map(|(key, item)| (key.to_owned(), plain(item))).collect(),
        Item::ArrayOfTables(tables) => tables.iter().map(|table| plain(&Item::Table(table.clone()))).collect(),
    }
}

fn plain_value(value: &Toml) -> Value {
    match value {
        Toml::String(text) => json!(text.value()),
        Toml::Integer(number) => json!(number.value()),
        Toml::Float(number) => json!(number.value()),
        Toml::Boolean(flag) => json!(flag.value()),
        Toml::Datetime(date) => json!(date.value().to_string()),
        Toml::Array(items) => items.iter().map(plain_value).collect(),
        Toml::InlineTable(table) => table
            .iter()
            .map(|(key, value)| (key.to_owned(), plain_value(value)))
            .collect(),
    }
}

#[test]
fn the_schema_knows_what_the_file_may_say() {
    let run = Folder::new().run("config schema");
    let schema = serde_json::from_str(&run.out).expect("JSON");
    jsonschema::meta::validate(&schema).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors = |text: &str| {
        let document = Document::parse(text).expect("TOML");
        let value = plain(document.as_item());
        let errors = validator.iter_errors(&value).map(|error| error.to_string());
        errors.collect::<Vec<_>>()
    };
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/configuration.md");
    let page = fs::read_to_string(page).expect("a page");
    let examples: Vec<&str> = page
        .split("```toml\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    assert_eq!(examples.len(), 2);
    for example in examples {
        assert_eq!(errors(example), [] as [&str; 0], "{example}");
    }
    for wrong in [
        "documnt = 'a'",
        "types.dates = 'chorno'",
        "client.group-features = 1",
        "apis.a.client.dri = 'a'",
        "types.formats.a = {}",
        "webhooks.name = {}",
    ] {
        assert_ne!(errors(wrong), [] as [&str; 0], "{wrong}");
    }
}

#[test]
fn types_can_be_a_package_of_their_own() {
    let folder = Folder::new();
    let client = "document = \"openapi.yaml\"\nclient = { dir = \"sdk\", layout = \"split\" }\n";
    folder.put("specsmith.toml", client);
    assert_eq!(folder.run("generate").code, 0);
    assert!(folder.get("sdk/Cargo.toml").contains("\nsdk-types = { version"));
    assert!(folder.get("sdk/types/Cargo.toml").contains("name = \"sdk-types\"\n"));
    assert_eq!(folder.run("check").code, 0);
    folder.put("sdk/types/src/lib.rs", "pub fn mine() {}\n");
    let run = folder.run("check");
    assert!(run.code == 1 && run.out.contains("types/src/lib.rs"), "{run:?}");
    // Its folder is not free for others, and types alone are one package.
    for (server, why) in [
        (
            "server.dir = \"sdk/types\"\n",
            "two outputs go into the folder `sdk/types`",
        ),
        (
            "types = { dir = \"types\", layout = \"split\" }\n",
            "`types.layout` cannot be `split`",
        ),
    ] {
        folder.put("specsmith.toml", &format!("{client}{server}"));
        let run = folder.run("generate");
        assert!(run.code == 2 && run.err.contains(why), "{run:?}");
    }
}

#[test]
fn what_prints_documents_takes_that_of_the_file() {
    let folder = Folder::new();
    folder.put("specsmith.toml", CONFIG);
    for line in ["bundle", "upgrade", "coverage"] {
        let run = folder.run(line);
        let named = folder.run(&format!("{line} openapi.yaml"));
        assert_eq!((run.code, &run.out), (0, &named.out), "{run:?}");
        assert!(!run.out.is_empty());
    }
}

#[test]
fn a_module_goes_into_the_crate_around_it() {
    let folder = Folder::new();
    folder.put(
        "specsmith.toml",
        "document = \"openapi.yaml\"\n[client]\ndir = \"app/src/api\"\nlayout = \"module\"\n[docs]\ndir = \"docs\"\n",
    );
    let run = folder.run("generate");
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("a module goes below the `src` of a crate"), "{run:?}");
    folder.put(
        "app/Cargo.toml",
        "[package]\nname = \"app\"\n[dependencies]\nserde = \"1\"\n",
    );
    let run = folder.run("generate");
    assert_eq!(run.code, 0, "{run:?}");
    let lines = run.err.lines();
    let lacking: Vec<&str> = lines.filter(|line| line.contains(" = ")).map(str::trim).collect();
    assert!(
        run.err.contains("the module `api` needs") && run.err.contains("`app/Cargo.toml`"),
        "{run:?}"
    );
    assert!(
        lacking.contains(&"bytes = \"1\"") && !lacking.contains(&"serde = \"1\""),
        "{run:?}"
    );
    let root = folder.get("app/src/api/mod.rs");
    assert!(root.contains("\n#![allow(dead_code, "), "{root}");
    assert!(
        folder
            .get("app/src/api/client.rs")
            .contains("use crate::api::runtime::client::")
    );
    assert!(!folder.path("app/src/api/Cargo.toml").exists());
    assert!(folder.path("app/src/api/.specsmith-names.json").exists());
    assert!(folder.get("docs/index.md").contains("crate::api::Client::builder()"));
    // What is lacking fails where that is asked for, and nothing is lacking where all is there.
    assert_eq!(folder.run("check").code, 0);
    assert_eq!(folder.run("check --deny missing-dependency").code, 1);
    folder.put(
        "app/Cargo.toml",
        &format!(
            "[package]\nname = \"app\"\n[dependencies]\nserde = \"1\"\n{}\n",
            lacking.join("\n")
        ),
    );
    let run = folder.run("check");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    let run = folder.run("scaffold server --server app/src/server");
    assert_eq!(run.code, 0, "{run:?}");
    folder.put(
        "specsmith.toml",
        "document = \"openapi.yaml\"\n[server]\ndir = \"app/src/server\"\nlayout = \"module\"\n",
    );
    let run = folder.run("scaffold server");
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("this one is a module"), "{run:?}");
}
