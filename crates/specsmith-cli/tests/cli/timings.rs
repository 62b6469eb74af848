//! `--timings`, and what is said while a person waits.

use crate::folder::Folder;

#[test]
fn timings_name_each_step() {
    let folder = Folder::new();
    let run = folder.run("generate openapi.yaml --client sdk --docs docs --timings");
    let steps: Vec<String> = run
        .err
        .lines()
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            assert_eq!(words.last(), Some(&"ms"), "{run:?}");
            words[..words.len() - 2].join(" ")
        })
        .collect();
    let expected = [
        "read",
        "lower",
        "model",
        "render client",
        "render docs",
        "write client",
        "write docs",
        "total",
    ];
    assert_eq!(steps, expected, "{run:?}");
    let run = folder.run("check openapi.yaml --client sdk --timings");
    assert!(run.code == 0 && run.err.contains("\ncheck  client "), "{run:?}");
}

#[test]
fn nothing_is_said_of_progress_where_nobody_waits() {
    let folder = Folder::new();
    let run = folder.run("generate openapi.yaml --client sdk");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
}
