//! Hostile documents, where `SPECSMITH_ATTACKS` says where they are.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use specsmith::{
    Config, Error, Findings, Outcome,
    output::{
        FileTree,
        lexer::{TokenKind, tokens},
    },
};
use specsmith_diagnostics::Severity;

use crate::{corpus, files, oracle, stem};

const LONGEST: Duration = Duration::from_secs(10);

/// What the list of attacks says must become of a document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// It generates.
    Generated,
    /// It is refused, or a warning names the place.
    Told,
    /// Either, in time and without a panic.
    Survived,
}

/// What is expected of each document of the folder, by its name.
fn expectations(folder: &Path) -> BTreeMap<String, Expected> {
    let list = fs::read_to_string(folder.join("attacks.tsv")).unwrap_or_default();
    list.lines()
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let expected = match (columns.next()?, columns.nth(1)?) {
                (name, "generates safely and compiles") => (name, Expected::Generated),
                (name, "clean error") => (name, Expected::Told),
                (name, _) => (name, Expected::Survived),
            };
            Some((expected.0.to_owned(), expected.1))
        })
        .collect()
}

/// Renders on a small stack and within the time.
fn render(name: &str, config: Config) -> Result<Outcome<FileTree>, Error> {
    let (sender, receiver) = mpsc::channel();
    let start = Instant::now();
    // What needs much of the stack of a thread does not survive a deeper document.
    let worker = thread::Builder::new().stack_size(2 << 20);
    let worker = worker
        .spawn(move || sender.send(specsmith::render(&config)).ok())
        .expect("a thread");
    let result = match receiver.recv_timeout(LONGEST) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("{name} takes longer than {LONGEST:?}"),
        Err(mpsc::RecvTimeoutError::Disconnected) => panic!("{name} makes specsmith panic"),
    };
    worker.join().expect("no panic");
    assert!(start.elapsed() < LONGEST, "{name} takes {:?}", start.elapsed());
    result
}

fn inspect(name: &str, tree: &FileTree) {
    oracle::inspect(name, tree);
    for (path, text) in tree.iter() {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_./-".contains(c);
        let known = ["Cargo.toml", "README.md", "SUMMARY.md"].contains(&path) || path.chars().all(plain);
        assert!(known, "{name}: the path {path:?}");
        assert!(
            !text.contains("root:x:0"),
            "{name}: {path} has the text of a file of this machine"
        );
        if path.ends_with(".rs") {
            let mut words = tokens(text).into_iter().filter(|token| token.kind == TokenKind::Word);
            let word = words.find(|token| is_injected(&text[token.range.clone()]));
            assert!(word.is_none(), "{name}: {path} has code from the document at {word:?}");
        }
    }
}

/// Words that only the documents have, where they would be code; a name that is made from one has more to it.
fn is_injected(word: &str) -> bool {
    ["pwned", "include_str", "include_bytes"].contains(&word)
}

fn told(findings: &Findings) -> bool {
    findings.diagnostics.count(Severity::Error) + findings.diagnostics.count(Severity::Warning) > 0
}

#[test]
fn hostile_documents_do_no_harm() {
    let Some(folder) = corpus::folder("SPECSMITH_ATTACKS") else {
        return;
    };
    let expectations = expectations(&folder);
    let (mut generated, mut refused) = (0, 0);
    for path in files(&folder, &["json", "yaml", "yml"]) {
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        let expected = expectations.get(&name).copied().unwrap_or(Expected::Survived);
        match render(&name, corpus::config(&path)) {
            Ok(outcome) => {
                generated += 1;
                assert!(
                    expected != Expected::Told || told(&outcome.findings),
                    "{name}: nothing is said"
                );
                for output in &outcome.outputs {
                    inspect(&stem(&path), &output.result);
                }
            }
            Err(Error::Document(findings)) => {
                refused += 1;
                assert!(expected != Expected::Generated, "{name} is refused:\n{findings}");
                assert!(findings.diagnostics.has_errors(), "{name} is refused without a reason");
            }
            Err(error) => panic!("{name}: {error}"),
        }
    }
    println!("{generated} generated, {refused} refused");
    assert!(
        generated + refused > 0,
        "there are no documents in {}",
        folder.display()
    );
}
