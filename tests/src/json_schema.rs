//! The JSON Schema Test Suite, where `SPECSMITH_JSON_SCHEMA_TESTS` says where it is: what it says of each value, closed
//! types and their `validate` say too.
//!
//! One document has all schemas of the suite, each as the type of a property. What is not met is listed in
//! `tests/json-schema-test-suite.tsv` with the reason; a listed test that is met fails, as any other does that is not.
//! With `SPECSMITH_UPDATE=1` the list is made anew; known reasons stay.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde::Deserialize;
use serde_json::{Value, json};
use specsmith::{Config, Openness, Selection, Target, TypeOptions};

use crate::{corpus::folder, files, root, stem};

/// Where schemas stand that have no address of their own.
const BASE: &str = "https://suite.example";
/// Where the suite says that its other schemas are.
const REMOTES: &str = "http://localhost:1234";

/// A schema and what is said of some values.
#[derive(Deserialize)]
struct Group {
    description: String,
    schema: Value,
    tests: Vec<Test>,
    /// The file without its extension.
    #[serde(skip)]
    file: String,
    /// The name of the type.
    #[serde(skip)]
    name: String,
}

#[derive(Deserialize)]
struct Test {
    description: String,
    data: Value,
    valid: bool,
}

impl Group {
    /// Whether it can be part of an OpenAPI document: the schema of all schemas cannot.
    fn can_stand(&self) -> bool {
        !self.schema.to_string().contains(r#""$ref":"https://json-schema.org/"#)
    }
}

/// A test that is not met: file, group and test.
type Key = (String, String, String);

fn groups(folder: &Path) -> Vec<Group> {
    let mut groups = Vec::new();
    for path in files(&folder.join("tests/draft2020-12"), &["json"]) {
        let text = fs::read(&path).expect("a file");
        let list: Vec<Group> = serde_json::from_slice(&text).expect("groups");
        for (index, group) in list.into_iter().enumerate() {
            let file = stem(&path);
            let name = format!("{}{index}", pascal(&file));
            groups.push(Group { file, name, ..group });
        }
    }
    groups
}

fn pascal(file: &str) -> String {
    let words = file.split(['-', '_']).map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    });
    words.collect()
}

/// A schema with an address, so that references inside it are about itself.
fn addressed(schema: &Value, address: &str) -> Value {
    let mut schema = schema.clone();
    if let Value::Object(members) = &mut schema {
        members.entry("$id").or_insert(json!(address));
    }
    schema
}

/// A schema that is found at an address, and may call itself something else.
fn found_at(schema: &Value, address: &str) -> Value {
    match schema.get("$id") {
        Some(own) if own != address => json!({"$id": address, "$ref": own, "$defs": {"own": schema}}),
        _ => addressed(schema, address),
    }
}

/// All schemas in one document: those of groups as types of a property, the others by their addresses.
fn document(folder: &Path, groups: &[Group]) -> Value {
    let mut schemas = serde_json::Map::new();
    for group in groups.iter().filter(|group| group.can_stand()) {
        let schema = addressed(&group.schema, &format!("{BASE}/{}", group.name));
        let holder = json!({"type": "object", "required": ["value"], "properties": {"value": schema}});
        schemas.insert(group.name.clone(), holder);
    }
    let mut remotes = Vec::new();
    let mut open = vec![folder.join("remotes")];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(dir).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                remotes.push(path);
            }
        }
    }
    remotes.sort();
    for (index, path) in remotes.iter().enumerate() {
        let below = path.strip_prefix(folder.join("remotes")).expect("below");
        let below = below.display().to_string().replace('\\', "/");
        // Those of other drafts stand there too.
        if below.starts_with("draft") && !below.starts_with("draft2020-12/") || below.starts_with("v1/") {
            continue;
        }
        let schema: Value = serde_json::from_slice(&fs::read(path).expect("a file")).expect("a schema");
        schemas.insert(
            format!("Remote{index}"),
            found_at(&schema, &format!("{REMOTES}/{below}")),
        );
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Suite", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    })
}

/// A workspace of the types and of a program that says of values whether they are valid; returns the program.
fn build(document: &Value, groups: &[Group]) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("json-schema-test-suite");
    let text = document.to_string();
    let options = TypeOptions {
        keep_unknown: Selection::All,
        ..TypeOptions::default()
    };
    let target = Target::new(dir.join("suite-types")).openness(Openness::Closed);
    let config = Config::from_text("suite.json", text)
        .types(target)
        .type_options(options);
    specsmith::generate(&config).unwrap_or_else(|error| panic!("{error}"));
    let names = groups.iter().filter(|group| group.can_stand());
    let names: Vec<&str> = names.map(|group| group.name.as_str()).collect();
    let main = format!("{PROGRAM}\ncases! {{\n    {}\n}}\n", names.join("\n    "));
    let manifest = "[package]\nname = \"suite-run\"\nedition = \"2024\"\n\n[dependencies]\n\
                    suite-types = { path = \"../suite-types\" }\n";
    for (path, text) in [
        ("suite-run/src/main.rs", main.as_str()),
        ("suite-run/Cargo.toml", manifest),
        (
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"suite-types\", \"suite-run\"]\n",
        ),
    ] {
        let path = dir.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    fs::copy(root().join("Cargo.lock"), dir.join("Cargo.lock")).expect("a file");
    let target = dir.with_file_name("json-schema-test-suite-target");
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet"])
        .current_dir(&dir)
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    target.join("debug/suite-run")
}

/// Reads lines of a type and a value, and answers each with a line.
const PROGRAM: &str = r#"use std::io::BufRead;

/// Types without anything to validate.
trait Unconstrained {
    fn validate(&self) -> Result<(), std::convert::Infallible> {
        Ok(())
    }
}

impl<T> Unconstrained for T {}

macro_rules! cases {
    ($($name:ident)*) => {
        fn judge(case: &str, text: &str) -> &'static str {
            match case {
                $(stringify!($name) => match suite_types::from_json::<suite_types::$name>(text.as_bytes()) {
                    Ok(value) if value.validate().is_ok() => "valid",
                    Ok(_) => "violates",
                    Err(_) => "unreadable",
                },)*
                _ => "absent",
            }
        }
    };
}

fn main() {
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let (case, text) = line.split_once('\t').unwrap_or_default();
        println!("{}", judge(case, text));
    }
}
"#;

/// What the program says of the values of all groups.
fn judged(program: &Path, groups: &[Group]) -> Vec<String> {
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut input = String::new();
    for group in groups {
        for test in &group.tests {
            writeln!(input, "{}\t{}", group.name, json!({"value": test.data})).expect("memory");
        }
    }
    let mut stdin = child.stdin.take().expect("an input");
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("an output");
    assert!(output.status.success(), "the program failed");
    writer.join().expect("a thread").expect("all was read");
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines().map(str::to_owned).collect()
}

fn table() -> PathBuf {
    root().join("tests/json-schema-test-suite.tsv")
}

/// The tests that are not met, with what the suite expects and why it is not so.
fn listed() -> BTreeMap<Key, (String, String)> {
    let text = fs::read_to_string(table()).unwrap_or_default();
    let rows = text.lines().skip(1).map(|line| {
        let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let [file, group, test, expected, reason] = <[String; 5]>::try_from(columns).expect("five columns");
        ((file, group, test), (expected, reason))
    });
    rows.collect()
}

#[test]
fn the_json_schema_test_suite_is_met() {
    let Some(folder) = folder("SPECSMITH_JSON_SCHEMA_TESTS") else {
        return;
    };
    let groups = groups(&folder);
    let program = build(&document(&folder, &groups), &groups);
    let mut answers = judged(&program, &groups).into_iter();
    let listed = listed();
    let (mut failures, mut rows, mut counts) = (Vec::new(), String::new(), BTreeMap::new());
    let mut unmet = BTreeSet::new();
    for group in &groups {
        let count: &mut (usize, usize) = counts.entry(&group.file).or_default();
        for test in &group.tests {
            let answer = answers.next().expect("an answer for each value");
            let key = (group.file.clone(), group.description.clone(), test.description.clone());
            count.1 += 1;
            if answer != "absent" && (answer == "valid") == test.valid {
                count.0 += 1;
                continue;
            }
            let expected = if test.valid { "valid" } else { "invalid" };
            let reason = listed.get(&key).map_or("", |(_, reason)| reason);
            writeln!(rows, "{}\t{}\t{}\t{expected}\t{reason}", key.0, key.1, key.2).expect("memory");
            if reason.is_empty() {
                failures.push(format!(
                    "{} ({}): {}: {}: {expected}, but {answer}\n    {}\n    {}",
                    group.file, group.name, group.description, test.description, group.schema, test.data
                ));
            }
            unmet.insert(key);
        }
    }
    let gone = listed.keys().filter(|key| !unmet.contains(*key));
    failures.extend(gone.map(|(file, group, test)| format!("{file}: {group}: {test}: is met, but listed")));
    println!("{:<24} {:>5} {:>5}", "file", "met", "of");
    for (file, (met, all)) in &counts {
        println!("{file:<24} {met:>5} {all:>5}");
    }
    let met: usize = counts.values().map(|(met, _)| met).sum();
    let all: usize = counts.values().map(|(_, all)| all).sum();
    println!("{:<24} {met:>5} {all:>5}", "all");
    if std::env::var_os("SPECSMITH_UPDATE").is_some_and(|value| value == "1") {
        fs::write(table(), format!("file\tgroup\ttest\texpected\treason\n{rows}")).expect("a file");
    }
    assert!(
        failures.is_empty(),
        "{} failures\n{}",
        failures.len(),
        failures.join("\n")
    );
}
