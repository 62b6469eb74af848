//! Hostile documents, where `SPECSMITH_ATTACKS` says where they are.

use std::{
    env, fs, panic,
    path::{Path, PathBuf},
    process::Command,
};

use specsmith::output::FileTree;

use crate::{
    command::{self, Run},
    compile, corpus, oracle,
};

/// A row of the list of attacks.
struct Attack {
    path: PathBuf,
    class: String,
    expected: Expected,
}

/// What the list says must become of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// It generates.
    Generated,
    /// It is refused; or a warning names the place, and `--strict` refuses it.
    Refused,
    /// Either, in time and without a panic.
    Survived,
}

impl Attack {
    fn name(&self) -> String {
        self.path.file_name().expect("a file").to_string_lossy().into_owned()
    }
}

/// The attacks that a list of tab-separated columns names, which stand in the same folder.
fn attacks(list: &Path) -> Vec<Attack> {
    let text = fs::read_to_string(list).unwrap_or_else(|error| panic!("{}: {error}", list.display()));
    let rows = text.lines().skip(1).map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, class, expected, ..] = columns.as_slice() else {
            panic!("{}: {line}", list.display());
        };
        Attack {
            path: list.with_file_name(name),
            class: (*class).to_owned(),
            expected: match *expected {
                "generates safely and compiles" => Expected::Generated,
                "clean error" => Expected::Refused,
                _ => Expected::Survived,
            },
        }
    });
    rows.collect()
}

/// How many files of a folder are looked at.
const MOST_FILES: usize = 1_000;

/// The attacks that are too large to be kept, written by the script beside the list; none without Python.
fn large_attacks(folder: &Path, out: &Path) -> Vec<Attack> {
    let script = folder.join("make_big.py");
    match Command::new("python3").arg(&script).arg(out).status() {
        Ok(status) => {
            assert!(status.success(), "{} fails", script.display());
            attacks(&out.join("big.tsv"))
        }
        Err(error) => {
            println!("python3 cannot be run, so large documents are not looked at: {error}");
            Vec::new()
        }
    }
}

/// Large attacks that take half of the time of all, so only `SPECSMITH_FULL` asks for them.
const SLOW: [&str; 2] = ["paths-20k.json", "schemas-100k.json"];

/// Generates all targets of a document into a folder of its own.
fn generate(attack: &Attack, folder: &Path) -> Run {
    let document = attack.path.to_str().expect("a path");
    command::run(
        folder,
        [
            "generate", document, "--client", "client", "--server", "server", "--docs", "docs",
        ],
    )
}

/// What is wrong with what became of an attack.
fn complaint(attack: &Attack, run: &Run, folder: &Path) -> Option<String> {
    if let Some(failure) = run.failure() {
        return Some(failure);
    }
    let error = run.first_finding();
    let refused = run.code == Some(1);
    if refused && !(error.starts_with("error[") && (run.errors.contains(" --> ") || error.contains(&attack.name()))) {
        return Some(format!("is refused without a reason or a place: {}", run.errors));
    }
    match attack.expected {
        Expected::Generated if refused => Some(format!("is refused: {}", run.errors)),
        Expected::Refused if !refused && !run.errors.contains("warning[") => Some("nothing is said".to_owned()),
        Expected::Refused if !refused && !run.errors.contains(" --> ") => Some("no place is named".to_owned()),
        Expected::Refused if !refused => strict(attack, folder).or_else(|| foreign(folder)),
        _ if run.errors.contains("root:x:0") => Some("the text of a file of this machine is printed".to_owned()),
        _ => foreign(folder),
    }
}

/// What is wrong when warnings are errors: the document has to be refused.
fn strict(attack: &Attack, folder: &Path) -> Option<String> {
    let document = attack.path.to_str().expect("a path");
    let run = command::run(folder, ["lint", document, "--strict"]);
    run.failure()
        .or_else(|| (run.code != Some(1)).then(|| "is not refused with `--strict`".to_owned()))
}

/// A file or folder that a run should not have made.
fn foreign(folder: &Path) -> Option<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    names
        .find(|name| !["client", "server", "docs", "stderr.txt"].contains(&name.as_str()))
        .map(|name| format!("wrote {name}"))
}

/// The files of a folder, with those in folders inside it; of very many, every so-many-th.
fn tree(folder: &Path) -> FileTree {
    let (mut open, mut paths) = (vec![folder.to_owned()], Vec::new());
    while let Some(inner) = open.pop() {
        for entry in fs::read_dir(&inner).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => open.push(path),
                false => paths.push(path),
            }
        }
    }
    paths.sort();
    let step = paths.len().div_ceil(MOST_FILES).max(1);
    let mut tree = FileTree::new();
    for path in paths.into_iter().step_by(step) {
        let name = path.strip_prefix(folder).expect("below").to_str().expect("a path");
        tree.insert(name.replace('\\', "/"), fs::read_to_string(&path).expect("a text"));
    }
    tree
}

fn print(attack: &Attack, run: &Run) {
    let outcome = match run.code {
        Some(0) if run.errors.contains("warning[") => "told",
        Some(0) => "generated",
        Some(_) => "refused",
        None => "killed",
    };
    println!(
        "{:<38} {:<26} {:<9} {outcome:<9} {:>4} {:>5} ms {:>4} MB  {:.90}",
        attack.name(),
        attack.class,
        format!("{:?}", attack.expected),
        run.code.map_or("-".to_owned(), |code| code.to_string()),
        run.time.as_millis(),
        run.memory.unwrap_or(0) >> 10,
        run.first_finding(),
    );
}

#[test]
fn hostile_documents_do_no_harm() {
    let Some(folder) = corpus::folder("SPECSMITH_ATTACKS") else {
        return;
    };
    let large = tempfile::tempdir().expect("a folder");
    let mut all = attacks(&folder.join("attacks.tsv"));
    all.extend(large_attacks(&folder, large.path()));
    let is_full = corpus::is_full();
    all.retain(|attack| is_full || !SLOW.contains(&attack.name().as_str()));
    let mut complaints = Vec::new();
    for attack in &all {
        let out = tempfile::tempdir().expect("a folder");
        let run = generate(attack, out.path());
        print(attack, &run);
        if let Some(complaint) = complaint(attack, &run, out.path()) {
            complaints.push(format!("{} {complaint}", attack.name()));
        }
        let targets = ["client", "server", "docs"].map(|target| out.path().join(target));
        for dir in targets.iter().filter(|dir| dir.exists()) {
            let inspected = panic::catch_unwind(|| oracle::inspect_hostile(&attack.name(), &tree(dir)));
            if let Err(cause) = inspected {
                let what = cause
                    .downcast_ref::<String>()
                    .map_or("an inspection panics", String::as_str);
                complaints.push(what.to_owned());
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(all.len() > 100, "there are no documents in {}", folder.display());
}

/// Takes ten minutes and more, so only where `SPECSMITH_COMPILE` asks for it.
#[test]
fn what_hostile_documents_generate_compiles() {
    let Some(folder) = corpus::folder("SPECSMITH_ATTACKS") else {
        return;
    };
    if env::var_os("SPECSMITH_COMPILE").is_none() {
        println!("SPECSMITH_COMPILE is not set, so what hostile documents generate is not compiled");
        return;
    }
    let workspace = tempfile::tempdir().expect("a folder");
    let mut members = Vec::new();
    for (index, attack) in attacks(&folder.join("attacks.tsv")).iter().enumerate() {
        let document = attack.path.to_str().expect("a path");
        let (client, server) = (format!("client{index}"), format!("server{index}"));
        let arguments = ["generate", document, "--client", &client, "--server", &server];
        if command::run(workspace.path(), arguments).code == Some(0) {
            println!("{client}, {server}: {}", attack.name());
            members.extend([client, server]);
        }
    }
    compile::check(workspace.path(), &members);
}
