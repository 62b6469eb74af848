//! Packages of generated types with a program that reads values into them and writes them back.
//!
//! A probe is a schema somewhere in a document: a named schema is added that has it as a property, so its Rust type has a
//! name and its rules are checked. Probes of one Rust type with the same rules share what is compiled.

pub(crate) mod compare;
pub(crate) mod places;
pub(crate) mod validity;

use std::{
    collections::HashMap,
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

use serde_json::{Value, json};
use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_ir::{Api, Origin, Shape, TypeId};
use specsmith_rust::{
    Model, TypeOptions,
    model::{Struct, TypeBody, TypeItemId},
    types::Openness,
};
use specsmith_spec::{Options, Source, load, lower, to_json, upgrade};

use crate::{compile, root};

/// A document in OpenAPI 3.2.
pub(crate) fn upgraded(path: &Path) -> Option<Value> {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let source = Source::from_file(path).expect("a document");
    let document = load(source, &Options::default(), &mut sources, &mut diagnostics)?;
    let document = upgrade(&document, &mut diagnostics)?;
    serde_json::from_str(&to_json(&document)).ok()
}

/// A package of types with its program.
pub(crate) struct Package {
    /// The name of the package and of its folder.
    name: String,
    /// By probe: which of the program's types it has.
    probes: Vec<usize>,
    /// Whether numbers keep every digit, which is a feature of a dependency that all packages of a build share.
    pub exact_numbers: bool,
}

/// What became of a value.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It was read, is valid, and was written as this.
    Valid(Value),
    /// It was read, and this breaks rules.
    Refused(String),
    /// It was not read, for this reason.
    Unreadable(String),
}

/// The name of the schema that is added for a probe.
fn probe_name(index: usize) -> String {
    format!("SpecsmithProbe{index}")
}

impl Package {
    /// Writes the package into a folder of the workspace; `schemas` are JSON Pointers, each a probe.
    ///
    /// What comes with it is the API with all probes.
    pub(crate) fn write(
        workspace: &Path,
        name: &str,
        document: &Value,
        schemas: &[String],
        openness: Openness,
    ) -> (Self, Api) {
        let all: Vec<usize> = (0..schemas.len()).collect();
        let (all_probes, model) = lowered(&with_probes(document, schemas, &all));
        let api = &all_probes;
        let mut representatives: Vec<usize> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut probes = Vec::new();
        for index in all {
            let probe = probed(api, &model, index);
            let rules = model.rules.types.get(&probe.id);
            let types = probe.body.fields.iter().map(|field| &field.ty);
            let key = format!("{:?} {:?} {rules:?}", types.collect::<Vec<_>>(), probe.body.constants);
            probes.push(*known.entry(key).or_insert_with(|| {
                representatives.push(index);
                representatives.len() - 1
            }));
        }
        let (api, model) = lowered(&with_probes(document, schemas, &representatives));
        let options = specsmith_types::Options {
            package_name: name.to_owned(),
            package_version: "0.1.0".to_owned(),
            openness,
        };
        let folder = workspace.join(name);
        for (path, text) in specsmith_types::render(&model, &options).iter() {
            compile::put(&folder.join(path), text);
        }
        let names = representatives.iter().map(|index| probed(&api, &model, *index).name);
        compile::put(&folder.join("src/main.rs"), &program(name, names));
        let package = Self {
            name: name.to_owned(),
            probes,
            exact_numbers: model.uses.numbers,
        };
        (package, all_probes)
    }

    /// Reads values into the types of probes, validates them and writes them back.
    pub(crate) fn run(&self, target: &Path, values: &[(usize, &Value)]) -> Vec<Outcome> {
        let program = target.join("debug").join(&self.name);
        let mut child = Command::new(&program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let mut input = String::new();
        for (probe, value) in values {
            writeln!(input, "{}\t{}", self.probes[*probe], json!({"value": value})).expect("memory");
        }
        let mut stdin = child.stdin.take().expect("a pipe");
        let writer = thread::spawn(move || stdin.write_all(input.as_bytes()));
        let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let outcomes: Vec<_> = lines.map(|line| outcome(&line.expect("text"))).collect();
        writer.join().expect("a thread").expect("a pipe");
        assert!(child.wait().expect("a process").success(), "{} failed", self.name);
        assert_eq!(outcomes.len(), values.len(), "{} stopped", self.name);
        outcomes
    }
}

/// What a line of the program says.
fn outcome(line: &str) -> Outcome {
    match line.split_once('\t') {
        Some(("valid", json)) => match serde_json::from_str(json).expect("JSON") {
            // A value that may be absent is no member when it is null.
            Value::Object(mut members) => Outcome::Valid(members.remove("value").unwrap_or_default()),
            other => panic!("{other} is no object"),
        },
        Some(("refused", message)) => Outcome::Refused(message.to_owned()),
        Some(("unreadable", message)) => Outcome::Unreadable(message.to_owned()),
        _ => panic!("{line:?} is no outcome"),
    }
}

/// A document with schemas that name the types of probes.
fn with_probes(document: &Value, schemas: &[String], chosen: &[usize]) -> Value {
    let mut document = document.clone();
    let components = member(&mut document, "components");
    let named = member(components, "schemas").as_object_mut().expect("an object");
    for index in chosen {
        let value = json!({ "$ref": reference(&schemas[*index]) });
        let schema = json!({ "type": "object", "required": ["value"], "properties": { "value": value } });
        named.insert(probe_name(*index), schema);
    }
    document
}

fn member<'v>(value: &'v mut Value, name: &str) -> &'v mut Value {
    value
        .as_object_mut()
        .expect("an object")
        .entry(name)
        .or_insert_with(|| json!({}))
}

/// A JSON Pointer as a reference within the document.
pub(crate) fn reference(pointer: &str) -> String {
    let mut text = "#".to_owned();
    for byte in pointer.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'~' | b'-' | b'_' | b'.' | b'$' => text.push(byte.into()),
            byte => write!(text, "%{byte:02X}").expect("memory"),
        }
    }
    text
}

fn lowered(document: &Value) -> (Api, Model) {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let source = Source::from_text("openapi.json", document.to_string());
    let document = load(source, &Options::default(), &mut sources, &mut diagnostics).expect("a document");
    let api = lower(&document, &mut diagnostics).expect("an API");
    let model = specsmith_rust::lower(&api, &TypeOptions::default(), &mut diagnostics);
    (api, model)
}

/// A probe in Rust.
struct Probe<'m> {
    id: TypeItemId,
    name: String,
    body: &'m Struct,
}

fn probed<'m>(api: &Api, model: &'m Model, index: usize) -> Probe<'m> {
    let name = probe_name(index);
    let is_probe = |source| matches!(&api.types[source].origin, Origin::Component(found) if *found == name);
    let (id, item) = model.types().find(|(_, item)| is_probe(item.source)).expect("a probe");
    match &item.body {
        TypeBody::Struct(body) => Probe {
            id,
            name: item.name.to_string(),
            body,
        },
        other => panic!("{name} is {other:?}"),
    }
}

/// The type of the schema that is probed.
pub(crate) fn probed_type(api: &Api, index: usize) -> TypeId {
    let name = probe_name(index);
    let mut types = api.types.iter();
    let probe = types.find(|(_, ty)| matches!(&ty.origin, Origin::Component(found) if *found == name));
    match probe.map(|(_, ty)| &ty.shape) {
        Some(Shape::Object(object)) if object.fields.len() == 1 => object.fields[0].ty,
        other => panic!("{name} is {other:?}"),
    }
}

/// The program: each line of its input is the number of a type and JSON, each line of its output what became of that.
fn program(package: &str, names: impl Iterator<Item = String>) -> String {
    let library = package.replace('-', "_");
    let list: String = names.map(|name| format!("    {name}\n")).collect();
    format!("{}\nprobes! {{\n{list}}}\n", PROGRAM.replace("library", &library))
}

const PROGRAM: &str = r#"//! Reads values, validates them and writes them back.
#![recursion_limit = "2048"]

use std::io::{Write, stdin, stdout};

use serde::{Serialize, de::DeserializeOwned};

/// Types without anything to validate.
#[allow(dead_code, reason = "there may be none")]
trait Unconstrained {
    fn validate(&self) -> Result<(), std::convert::Infallible> {
        Ok(())
    }
}

impl<T> Unconstrained for T {}

fn probe<T: Serialize + DeserializeOwned>(text: &str, validate: fn(&T) -> Result<(), String>) -> String {
    let line = |message: String| message.replace('\n', " ");
    let value = match library::from_json::<T>(text.as_bytes()) {
        Ok(value) => value,
        Err(error) => return format!("unreadable\t{}", line(error.to_string())),
    };
    if let Err(violations) = validate(&value) {
        return format!("refused\t{}", line(violations));
    }
    match library::to_json(&value) {
        Ok(json) => format!("valid\t{}", String::from_utf8(json).unwrap()),
        Err(error) => format!("unreadable\t{}", line(error.to_string())),
    }
}

macro_rules! probes {
    ($($name:ident)*) => {
        const PROBES: &[fn(&str) -> String] = &[$(
            |text| probe::<library::$name>(text, |value| value.validate().map_err(|error| error.to_string()))
        ),*];
    };
}

fn main() {
    let mut out = std::io::BufWriter::new(stdout().lock());
    for line in stdin().lines() {
        let line = line.unwrap();
        let (index, text) = line.split_once('\t').unwrap();
        let index: usize = index.parse().unwrap();
        writeln!(out, "{}", PROBES[index](text)).unwrap();
    }
}
"#;

/// Builds packages of a workspace; those that keep numbers exactly on their own, since that changes a dependency for
/// all.
pub(crate) fn build(workspace: &Path, packages: &[&Package]) -> PathBuf {
    let members: String = packages
        .iter()
        .map(|package| format!("    \"{}\",\n", package.name))
        .collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n");
    compile::put(&workspace.join("Cargo.toml"), &manifest);
    fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock")).expect("a file");
    for exact in [false, true] {
        let chosen: Vec<&&Package> = packages
            .iter()
            .filter(|package| package.exact_numbers == exact)
            .collect();
        if chosen.is_empty() {
            continue;
        }
        let names = chosen.iter().flat_map(|package| ["-p", package.name.as_str()]);
        let arguments: Vec<&str> = ["build", "--quiet", "--keep-going"].into_iter().chain(names).collect();
        compile::run(workspace, &arguments);
    }
    compile::target()
}
