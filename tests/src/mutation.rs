//! Documents that something happened to: whatever it is, there is an outcome, in time and without a panic.
//!
//! `SPECSMITH_MUTATIONS` says how often each document is changed; `SPECSMITH_CORPUS` adds documents of others.

#[path = "mutation/mutate.rs"]
mod mutate;

use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use specsmith::{Config, Error};

use crate::{case::Case, corpus, files, oracle, root};
use mutate::Random;
pub(crate) use mutate::read;

/// How often each of our own documents is changed, unless the environment says otherwise.
const CHANGES: usize = 4;

/// How long one outcome may take without optimisation.
const LONGEST: Duration = Duration::from_secs(30);

/// Documents of others that are larger are left out, since an outcome takes long without optimisation.
const LARGEST: u64 = 200_000;

fn changes() -> Option<usize> {
    env::var("SPECSMITH_MUTATIONS").ok()?.parse().ok()
}

/// How much is done with a changed document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// Every file is made.
    Render,
    /// It is read and understood.
    Lint,
}

/// What becomes of a document on the stack of a thread.
fn survive(text: String, depth: Depth) -> Result<(), String> {
    let (sender, receiver) = mpsc::channel();
    let worker = thread::Builder::new().stack_size(2 << 20);
    let work = move || {
        let config = Config::from_text("changed", text);
        let refusal = match depth {
            Depth::Lint => specsmith::lint(&config).err(),
            Depth::Render => match specsmith::render(&config.client("client").server("server").docs("docs")) {
                Ok(outcome) => {
                    for output in &outcome.outputs {
                        oracle::inspect("changed", &output.result);
                    }
                    None
                }
                Err(error) => Some(error),
            },
        };
        match refusal {
            Some(Error::Document(findings)) => assert!(findings.diagnostics.has_errors(), "nothing is said"),
            Some(error) => panic!("{error}"),
            None => {}
        }
        sender.send(()).ok();
    };
    let worker = worker.spawn(work).expect("a thread");
    match receiver.recv_timeout(LONGEST) {
        Err(mpsc::RecvTimeoutError::Timeout) => return Err(format!("takes longer than {LONGEST:?}")),
        Ok(()) | Err(mpsc::RecvTimeoutError::Disconnected) => {}
    }
    let describe = |cause: Box<dyn std::any::Any + Send>| match cause.downcast::<String>() {
        Ok(text) => *text,
        Err(cause) => cause
            .downcast::<&str>()
            .map_or_else(|_| "panic".to_owned(), |text| (*text).to_owned()),
    };
    worker.join().map_err(describe)
}

/// Where the text is kept that is being looked at, since an overflow of the stack ends the process.
fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.txt"))
}

/// Changes documents and looks at what becomes of them; returns how many were looked at.
fn look(kind: &str, documents: &[(String, String)], count: usize, depth: Depth) -> usize {
    let file = kept(kind);
    let mut looked = 0;
    let mut slowest = (Duration::ZERO, String::new());
    for (name, text) in documents {
        let Some(value) = mutate::read(text) else { continue };
        for seed in 0..count {
            let changed = mutate::document(&value, &mut Random::new(seed as u64));
            fs::write(&file, &changed).expect("a file");
            let start = Instant::now();
            if let Err(what) = survive(changed, depth) {
                panic!("{name}, change {seed}, which is in {}: {what}", file.display());
            }
            slowest = slowest.max((start.elapsed(), format!("{name} {seed}")));
            looked += 1;
        }
    }
    println!(
        "{kind}: {looked} changed documents; the slowest is {} with {:?}",
        slowest.1, slowest.0
    );
    looked
}

fn text(path: &Path) -> Option<(String, String)> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    Some((name, fs::read_to_string(path).ok()?))
}

#[test]
fn our_own_documents_survive_changes() {
    let cases = Case::all("tests/cases/ok")
        .into_iter()
        .map(|case| root().join(case.path));
    let errors = files(&root().join("tests/cases/err"), &["yaml", "json"]);
    let documents: Vec<_> = cases.chain(errors).filter_map(|path| text(&path)).collect();
    let looked = look("own", &documents, changes().unwrap_or(CHANGES), Depth::Render);
    assert!(looked > 100, "there are no documents");
}

#[test]
fn documents_of_others_survive_changes() {
    let Some(folder) = corpus::folder("SPECSMITH_CORPUS") else {
        return;
    };
    let small = |path: &PathBuf| fs::metadata(path).is_ok_and(|metadata| metadata.len() < LARGEST);
    let paths = files(&folder, &["json", "yaml"]).into_iter().filter(small);
    let documents: Vec<_> = paths.filter_map(|path| text(&path)).collect();
    let looked = look("others", &documents, changes().unwrap_or(3), Depth::Lint);
    assert!(looked > 0, "there are no documents in {}", folder.display());
}
