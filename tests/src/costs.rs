//! What generated types cost: to check and build them, and to read and write JSON, next to the same types with derives.
//!
//! `SPECSMITH_COSTS` has to be set, and `SPECSMITH_CORPUS` says where the documents are. Times are those of the whole
//! process of cargo as `/usr/bin/time` has them, each the median of three cold runs that take turns.

mod derive;
mod part;

use std::{
    collections::BTreeSet,
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use specsmith::{Openness, output::FileTree};
use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_ir::{Api, Origin, TypeId};
use specsmith_rust::{Model, TypeOptions, model::TypeBody};
use specsmith_spec::{Options, Source, load, lower};

use specsmith_values::Values;

use crate::{compile, corpus, probe, root};

/// The documents, each with the named schema that is read and written, and how much of the document is taken.
const SUBJECTS: &[(&str, &str, Extent)] = &[
    ("github.json", "issue", Extent::Whole),
    // Programs of the whole take half an hour to build for release.
    ("stripe.yaml", "charge", Extent::Steps(2)),
];
/// How often each is built.
const RUNS: usize = 3;
/// How many bytes of JSON are read and written.
const BYTES: usize = 10_000_000;

/// How much of a document is taken.
#[derive(Clone, Copy)]
enum Extent {
    /// All of it.
    Whole,
    /// What the schema reaches in so many references.
    Steps(usize),
}

struct Subject {
    name: &'static str,
    /// The name in Rust of the type that is read and written.
    read: String,
    data: PathBuf,
}

impl Subject {
    /// Writes both packages and the data into the workspace.
    fn new(workspace: &Path, path: &Path, name: &'static str, schema: &str, extent: Extent) -> Self {
        let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
        let source = match extent {
            Extent::Whole => Source::from_file(path).expect("a document"),
            Extent::Steps(steps) => {
                let whole = probe::upgraded(path).expect("a document");
                Source::from_text(name, part::part(&whole, schema, steps).to_string())
            }
        };
        let document = load(source, &Options::default(), &mut sources, &mut diagnostics).expect("a document");
        let api = lower(&document, &mut diagnostics).expect("an API");
        let model = specsmith_rust::lower(&api, &TypeOptions::default(), &mut diagnostics);
        let is_read = |id: TypeId| matches!(&api.types[id].origin, Origin::Component(name) if name == schema);
        let item = model
            .types
            .iter()
            .find(|item| is_read(item.source))
            .expect("the schema");
        let subject = Self {
            name,
            read: item.name.to_string(),
            data: workspace.join(format!("{name}.json")),
        };
        for kind in ["codec", "derive"] {
            let options = specsmith_types::Options {
                package_name: format!("{name}-{kind}"),
                package_version: "0.1.0".to_owned(),
                openness: Openness::Open,
            };
            let tree = specsmith_types::render(&model, &options);
            let tree = if kind == "derive" {
                derive::package(&model, &tree)
            } else {
                tree
            };
            subject.write(workspace, kind, &model, tree);
        }
        compile::put(&subject.data, &data(&api, item.source));
        subject
    }

    fn write(&self, workspace: &Path, kind: &str, model: &Model, mut tree: FileTree) {
        let library = format!("{}_{kind}", self.name);
        tree.insert("src/main.rs", every_type(&library, model));
        tree.insert("src/bin/speed.rs", speed(&library, &self.read));
        let folder = workspace.join(format!("{}-{kind}", self.name));
        let _ = fs::remove_dir_all(&folder);
        for (path, text) in tree.iter() {
            compile::put(&folder.join(path), text);
        }
    }
}

/// A list of values, some megabytes of it.
fn data(api: &Api, id: TypeId) -> String {
    let mut values = Values::new(api, 7);
    let mut text = "[".to_owned();
    while text.len() < BYTES {
        let Some(value) = values.make(id) else { continue };
        if text.len() > 1 {
            text.push(',');
        }
        write!(text, "{value}").expect("memory");
    }
    text.push(']');
    text
}

/// A program that reads and writes every type.
fn every_type(library: &str, model: &Model) -> String {
    let named = model
        .types
        .iter()
        .filter(|item| !matches!(item.body, TypeBody::Alias(_)));
    let list: String = named
        .map(|item| format!("    copy::<{library}::{}>,\n", item.name))
        .collect();
    format!(
        "#![recursion_limit = \"2048\"]\n\
         fn copy<T: serde::Serialize + serde::de::DeserializeOwned>(text: &str) -> String {{\n    \
             let value: T = serde_json::from_str(text).unwrap();\n    \
             serde_json::to_string(&value).unwrap()\n}}\n\n\
         const TYPES: &[fn(&str) -> String] = &[\n{list}];\n\n\
         fn main() {{\n    \
             let index: usize = std::env::args().nth(1).unwrap().parse().unwrap();\n    \
             println!(\"{{}}\", TYPES[index](&std::env::args().nth(2).unwrap()));\n}}\n"
    )
}

/// A program that reads and writes a list over and over, and prints the best times in milliseconds.
fn speed(library: &str, name: &str) -> String {
    format!(
        "#![recursion_limit = \"2048\"]\n\
         use std::{{hint::black_box, time::Instant}};\n\n\
         fn main() {{\n    \
             let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();\n    \
             let (mut read, mut write) = (f64::MAX, f64::MAX);\n    \
             for _ in 0..15 {{\n        \
                 let start = Instant::now();\n        \
                 let list: Vec<{library}::{name}> = serde_json::from_str(black_box(&text)).unwrap();\n        \
                 read = read.min(start.elapsed().as_secs_f64());\n        \
                 let start = Instant::now();\n        \
                 black_box(serde_json::to_string(black_box(&list)).unwrap());\n        \
                 write = write.min(start.elapsed().as_secs_f64());\n    \
             }}\n    \
             println!(\"{{:.3}} {{:.3}}\", read * 1e3, write * 1e3);\n}}\n"
    )
}

fn cargo(workspace: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("/usr/bin/time");
    command
        .args(["-f", "%U %S %M", "--output", "time.txt", env!("CARGO")])
        .args(arguments)
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", workspace.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env_remove("RUSTFLAGS");
    command
}

/// Runs cargo: CPU seconds, and the megabytes of its largest process.
fn timed(workspace: &Path, arguments: &[&str]) -> (f64, f64) {
    let output = cargo(workspace, arguments).output().expect("a process");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = fs::read_to_string(workspace.join("time.txt")).expect("times");
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [user, system, kilobytes] = numbers[..] else {
        panic!("{text}")
    };
    (user + system, kilobytes / 1024.0)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Times what cargo does with the packages of a document, taking turns; the dependencies are built before.
fn compare(workspace: &Path, name: &str, command: &str) {
    let packages = ["codec", "derive"].map(|kind| format!("{name}-{kind}"));
    let mut times = [Vec::new(), Vec::new()];
    let mut peaks = [Vec::new(), Vec::new()];
    for run in 0..=RUNS {
        for (index, package) in packages.iter().enumerate() {
            timed(workspace, &["clean", "--quiet", "-p", package]);
            let mut arguments = vec![command, "--quiet", "--offline", "-p", package];
            if command == "build" {
                arguments.extend(["--bin", package]);
            } else {
                arguments.push("--lib");
            }
            let (seconds, megabytes) = timed(workspace, &arguments);
            // The first run builds the dependencies.
            if run > 0 {
                times[index].push(seconds);
                peaks[index].push(megabytes);
            }
        }
    }
    let [codec, derive] = times.map(median);
    let [codec_peak, derive_peak] = peaks.map(median);
    println!(
        "{name:<10} {command:<6} CPU s: codec {codec:>6.1}, derive {derive:>6.1}, ratio {:.2}; peak MB: {codec_peak:>5.0}, {derive_peak:>5.0}, ratio {:.2}",
        derive / codec,
        derive_peak / codec_peak
    );
}

/// Reads and writes the data with both packages, taking turns.
fn race(workspace: &Path, subject: &Subject) {
    let programs = ["codec", "derive"].map(|kind| {
        let package = format!("{}-{kind}", subject.name);
        timed(
            workspace,
            &[
                "build",
                "--quiet",
                "--offline",
                "--release",
                "-p",
                &package,
                "--bin",
                "speed",
            ],
        );
        // Both programs have one name, so the second would replace the first.
        let (program, kept) = (
            workspace.join("target/release/speed"),
            workspace.join(&package).join("speed"),
        );
        fs::copy(program, &kept).expect("a program");
        kept
    });
    let mut reads = [Vec::new(), Vec::new()];
    let mut writes = [Vec::new(), Vec::new()];
    for _ in 0..RUNS {
        for (index, program) in programs.iter().enumerate() {
            let output = Command::new(program).arg(&subject.data).output().expect("a process");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let text = String::from_utf8(output.stdout).expect("text");
            let numbers: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
            reads[index].push(numbers[0]);
            writes[index].push(numbers[1]);
        }
    }
    let megabytes = fs::metadata(&subject.data).expect("a file").len() as f64 / 1e6;
    let [codec, derive] = reads.map(median);
    println!(
        "{:<10} read   {megabytes:.1} MB, ms: codec {codec:.1}, derive {derive:.1}, ratio {:.2}",
        subject.name,
        derive / codec
    );
    let [codec, derive] = writes.map(median);
    println!(
        "{:<10} write  {megabytes:.1} MB, ms: codec {codec:.1}, derive {derive:.1}, ratio {:.2}",
        subject.name,
        derive / codec
    );
}

#[test]
fn types_cost_less_than_derives() {
    let chosen = env::var("SPECSMITH_COSTS").unwrap_or_default();
    if chosen.is_empty() {
        println!("SPECSMITH_COSTS is not set, so nothing is measured");
        return;
    }
    let steps: BTreeSet<&str> = match chosen.as_str() {
        "check" | "build" | "speed" => BTreeSet::from([chosen.as_str()]),
        _ => BTreeSet::from(["check", "build", "speed"]),
    };
    let Some(folder) = corpus::folder("SPECSMITH_CORPUS") else {
        return;
    };
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("costs");
    let subjects: Vec<Subject> = SUBJECTS
        .iter()
        .map(|(file, schema, extent)| {
            let (name, _) = file.split_once('.').expect("an extension");
            Subject::new(&workspace, &folder.join(file), name, schema, *extent)
        })
        .collect();
    let members: String = subjects
        .iter()
        .map(|subject| format!("    \"{0}-codec\",\n    \"{0}-derive\",\n", subject.name))
        .collect();
    compile::put(
        &workspace.join("Cargo.toml"),
        &format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n"),
    );
    fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock")).expect("a file");
    for subject in &subjects {
        for command in ["check", "build"].into_iter().filter(|command| steps.contains(command)) {
            compare(&workspace, subject.name, command);
        }
        if steps.contains("speed") {
            race(&workspace, subject);
        }
    }
}
