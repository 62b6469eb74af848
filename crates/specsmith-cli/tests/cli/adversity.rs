//! What goes wrong around the command: it is killed, the disk is full, folders cannot be written, several run at once.
//!
//! Whatever happens, nothing foreign is touched, no file is half written, and the next run makes all right.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::folder::Folder;

const GENERATE: &str = "generate openapi.yaml --client sdk --docs docs";
const CHECK: &str = "check openapi.yaml --client sdk --docs docs";

/// Two documents whose outputs share files with other texts, and have others that the other one has not.
fn documents() -> [String; 2] {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/bookstore/openapi.yaml");
    let text = fs::read_to_string(path).expect("the bookstore");
    let other = text
        .replace("Bookstore", "Shop")
        .replace("tags: [reviews]", "tags: [opinions]");
    assert_ne!(text, other);
    [text, other]
}

/// A folder with the first document, and foreign files where outputs are to be.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.put("openapi.yaml", &documents()[0]);
    for path in ["sdk/notes.txt", "sdk/src/types/mine.rs", "docs/own/page.md"] {
        folder.put(path, "mine");
    }
    folder
}

/// The command as a process of its own.
fn start(folder: &Folder, arguments: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_specsmith"))
        .args(arguments.split_whitespace())
        .current_dir(folder.path("."))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command")
}

/// What a check says of files that people changed, removed or put there.
fn blamed(folder: &Folder) -> Vec<String> {
    let check = folder.run(CHECK);
    // Diffs are indented.
    let lines = check.out.lines().filter(|line| !line.starts_with("    "));
    let words = ["by hand", "somebody", "in the way"];
    let blames = |line: &&str| words.iter().any(|word| line.contains(word));
    lines.filter(blames).map(str::to_owned).collect()
}

/// Adds the texts of all files to those that each may have.
fn learn(folder: &Folder, texts: &mut BTreeMap<PathBuf, BTreeSet<String>>) {
    for (path, text) in folder.contents() {
        let path = path.strip_prefix(folder.path("")).expect("below").to_owned();
        texts.entry(path).or_default().insert(text);
    }
}

/// Texts of which any file that has one is whole, and how long a run takes.
fn whole_texts() -> (BTreeMap<PathBuf, BTreeSet<String>>, Duration) {
    let folder = folder();
    let mut texts = BTreeMap::new();
    let mut longest = Duration::ZERO;
    for document in documents().iter().cycle().take(4) {
        folder.put("openapi.yaml", document);
        learn(&folder, &mut texts);
        let start = Instant::now();
        let run = folder.run(GENERATE);
        longest = longest.max(start.elapsed());
        assert!(run.code == 0 && run.err.is_empty(), "{run:?}");
        learn(&folder, &mut texts);
    }
    (texts, longest)
}

/// A small generator of numbers, the same on every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).expect("31 bits") % end
    }
}

#[test]
fn a_run_that_is_killed_leaves_whole_files_and_the_next_one_heals() {
    let (texts, longest) = whole_texts();
    let folder = folder();
    let documents = documents();
    let mut numbers = Numbers(7);
    for round in 0..40 {
        folder.put("openapi.yaml", &documents[round % 2]);
        let mut child = start(&folder, GENERATE);
        thread::sleep(longest * numbers.below(1000) / 1000);
        child.kill().ok();
        child.wait().expect("an end");
        for (path, text) in folder.contents() {
            let path = path.strip_prefix(folder.path("")).expect("below");
            let name = path.file_name().unwrap_or_default();
            let is_staged = path.iter().any(|part| part == ".specsmith-staging");
            // The manifest of a run that was cut short is one of no other run.
            if is_staged || name == ".specsmith.json" {
                continue;
            }
            let known = texts.get(path).is_some_and(|texts| texts.contains(&text));
            assert!(known, "round {round}: {} is not whole", path.display());
        }
        // Nobody changed anything, and nobody is blamed.
        assert_eq!(blamed(&folder), Vec::<String>::new(), "round {round}");
        if round % 4 == 3 {
            let run = folder.run(GENERATE);
            assert!(run.code == 0 && run.err.is_empty(), "round {round}: {run:?}");
            assert_eq!(folder.run(CHECK).code, 0);
            assert!(!folder.path("sdk/.specsmith-staging").exists());
        }
    }
    // What is there now is what a folder has in which nothing went wrong.
    for (path, text) in folder.contents() {
        let path = path.strip_prefix(folder.path("")).expect("below");
        let known = texts.get(path).is_some_and(|texts| texts.contains(&text));
        assert!(known, "{} is of no whole run", path.display());
    }
}

#[test]
fn runs_at_once_give_the_result_of_one() {
    let folder = folder();
    let documents = documents();
    for (name, document) in ["a.yaml", "b.yaml"].iter().zip(&documents) {
        folder.put(name, document);
    }
    for _ in 0..3 {
        let children: Vec<Child> = ["a.yaml", "b.yaml", "a.yaml", "b.yaml"]
            .iter()
            .map(|name| {
                start(
                    &folder,
                    &format!("generate {name} --client sdk --names-lock names.json"),
                )
            })
            .collect();
        for mut child in children {
            assert!(child.wait().expect("an end").success());
        }
        let right = |name: &str| {
            let run = folder.run(&format!("check {name} --client sdk --names-lock names.json"));
            run.code == 0
                || run
                    .out
                    .lines()
                    .all(|line| line.contains("names") || line.contains("up to date"))
        };
        assert!(
            ["a.yaml", "b.yaml"].iter().any(|name| right(name)),
            "no run had the last word"
        );
    }
    assert_eq!(folder.get("sdk/notes.txt"), "mine");
}

/// What a run gave in a shell that does something first.
#[cfg(unix)]
fn run_after(folder: &Folder, first: &str) -> (Option<i32>, String) {
    let command = env!("CARGO_BIN_EXE_specsmith");
    let output = Command::new("sh")
        .args(["-c", &format!("{first}; exec '{command}' {GENERATE}")])
        .current_dir(folder.path("."))
        .output()
        .expect("a shell");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), told)
}

#[cfg(unix)]
#[test]
fn a_full_disk_changes_nothing() {
    let folder = folder();
    let documents = documents();
    // No file may grow beyond some kilobytes, which is what a full disk is to whoever writes.
    let full = "trap '' XFSZ; ulimit -f 8";
    let before = folder.contents();
    let (code, told) = run_after(&folder, full);
    assert!(
        code == Some(1) && told.contains("error: cannot write `sdk/"),
        "{code:?} {told}"
    );
    assert_eq!(folder.contents(), before);
    let run = folder.run(GENERATE);
    assert!(run.code == 0 && run.err.is_empty(), "{run:?}");
    folder.put("openapi.yaml", &documents[1]);
    let before = folder.contents();
    let (code, told) = run_after(&folder, full);
    assert!(
        code == Some(1) && told.contains("error: cannot write `"),
        "{code:?} {told}"
    );
    assert_eq!(folder.contents(), before);
    assert_eq!(folder.run(GENERATE).code, 0);
    assert_eq!(folder.run(CHECK).code, 0);
}

#[cfg(unix)]
#[test]
fn folders_that_cannot_be_written_are_told() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder();
    let run = folder.run(GENERATE);
    assert_eq!(run.code, 0, "{run:?}");
    let allow = |mode: u32| {
        fs::set_permissions(folder.path("sdk/src/types"), fs::Permissions::from_mode(mode)).expect("permissions");
    };
    allow(0o555);
    if fs::write(folder.path("sdk/src/types/probe"), "").is_ok() {
        fs::remove_file(folder.path("sdk/src/types/probe")).expect("removed");
        println!("SKIPPED: permissions do not bind this user, so no folder is read-only");
        return;
    }
    folder.put("openapi.yaml", &documents()[1]);
    let run = folder.run(GENERATE);
    assert!(
        run.code == 1 && run.err.contains("error: cannot write `sdk/src/types/"),
        "{run:?}"
    );
    assert_eq!(blamed(&folder), Vec::<String>::new());
    allow(0o755);
    let run = folder.run(GENERATE);
    assert!(run.code == 0 && run.err.is_empty(), "{run:?}");
    assert_eq!(folder.run(CHECK).code, 0);
    assert_eq!(folder.get("sdk/src/types/mine.rs"), "mine");
}
