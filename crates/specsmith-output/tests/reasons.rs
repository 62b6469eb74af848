//! Why files are not as they should be, as the manifest of their folder remembers it.
//!
//! Nothing outside temporary folders is touched.

#![allow(clippy::expect_used, missing_docs)]

use std::{fs, path::Path};

use specsmith_output::{FileTree, MANIFEST, Origin, check, fingerprint, write};

fn tree(document: &str, version: &str, files: &[(&str, &str)]) -> FileTree {
    let mut tree = FileTree::new();
    for (path, text) in files {
        tree.insert(*path, *text);
    }
    tree.set_origin(Origin {
        version: version.to_owned(),
        document: fingerprint([document]),
        configuration: fingerprint(["none"]),
    });
    tree
}

/// What is said of each file, and whether generating keeps it.
fn told(dir: &Path, tree: &FileTree) -> Vec<String> {
    let report = check(dir, tree).expect("a report");
    let told = |drift: &specsmith_output::Drift| {
        let stays = if drift.stays() { " (stays)" } else { "" };
        format!("{} {}{stays}", drift.path, drift.words())
    };
    report.drift.iter().map(told).collect()
}

#[test]
fn each_reason_is_told() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path();
    let first = tree(
        "one",
        "1.0.0",
        &[("a", "1"), ("b", "1"), ("c", "1"), ("old", "1"), ("old2", "1")],
    );
    assert_eq!(
        told(dir, &tree("one", "1.0.0", &[("a", "1")])),
        ["a is missing: nothing was generated there yet"]
    );
    write(dir, &first).expect("written");
    fs::write(dir.join("b"), "mine").expect("a file");
    fs::remove_file(dir.join("c")).expect("removed");
    fs::write(dir.join("old2"), "mine").expect("a file");
    fs::write(dir.join("d"), "mine").expect("a file");
    let second = tree(
        "two",
        "1.0.0",
        &[("a", "2"), ("b", "1"), ("c", "2"), ("d", "1"), ("e", "1")],
    );
    let expected = [
        "a is out of date: the document has changed",
        "b was changed by hand",
        "c is missing: somebody removed it; the document has changed",
        "d is in the way: specsmith did not write it (stays)",
        "e is missing: the document has changed",
        "old is no longer generated: the document has changed",
        "old2 is no longer generated, and was changed by hand: the document has changed (stays)",
    ];
    assert_eq!(told(dir, &second), expected);
}

#[test]
fn versions_and_unknown_causes_are_told() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path();
    write(dir, &tree("one", "1.0.0", &[("a", "1")])).expect("written");
    assert_eq!(
        told(dir, &tree("one", "1.1.0", &[("a", "2")])),
        ["a is out of date: specsmith 1.0.0 wrote it, and this is 1.1.0"]
    );
    let unknown = "a is out of date: why is not known; another build of specsmith may have written it";
    assert_eq!(told(dir, &tree("one", "1.0.0", &[("a", "2")])), [unknown]);
    // A folder of a version that did not remember.
    let mut silent = FileTree::new();
    silent.insert("a", "3");
    write(dir, &silent).expect("written");
    assert_eq!(told(dir, &tree("one", "1.0.0", &[("a", "2")])), [unknown]);
    fs::write(dir.join("a"), "mine").expect("a file");
    assert_eq!(
        told(dir, &tree("two", "1.0.0", &[("a", "2")])),
        ["a was changed by hand, and is out of date: why is not known; another build of specsmith may have written it"]
    );
}

#[test]
fn a_document_that_changes_nothing_writes_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path();
    write(dir, &tree("one", "1.0.0", &[("a", "1")])).expect("written");
    let manifest = fs::read_to_string(dir.join(MANIFEST)).expect("a manifest");
    let same = tree("two", "2.0.0", &[("a", "1")]);
    assert_eq!(told(dir, &same), [""; 0]);
    assert!(write(dir, &same).expect("written").is_unchanged());
    assert_eq!(fs::read_to_string(dir.join(MANIFEST)).expect("a manifest"), manifest);
}

#[test]
fn a_run_that_was_cut_short_blames_nobody() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path();
    write(dir, &tree("one", "1.0.0", &[("a", "1"), ("b", "1")])).expect("written");
    let before = fs::read_to_string(dir.join(MANIFEST)).expect("a manifest");
    // The manifest that a run writes before it moves files: `a` has two texts, `c` is not there yet.
    let digest = |text: &str| {
        let other = tempfile::tempdir().expect("a folder");
        write(other.path(), &tree("one", "1.0.0", &[("x", text)])).expect("written");
        let manifest = fs::read_to_string(other.path().join(MANIFEST)).expect("a manifest");
        let line = manifest.lines().find(|line| line.contains("\"x\"")).expect("a line");
        line.split('"').nth(3).expect("a digest").to_owned()
    };
    let (one, two) = (digest("1"), digest("2"));
    let during = before
        .replace("  \"files\"", "  \"unfinished\": true,\n  \"files\"")
        .replace(
            &format!("\"a\": \"{one}\""),
            &format!("\"a\": \"{one} {two}\",\n    \"c\": \"{one}\""),
        );
    assert_ne!(before, during);
    fs::write(dir.join(MANIFEST), during).expect("a file");
    let second = tree("one", "1.0.0", &[("a", "2"), ("c", "1")]);
    let cut_short = "an earlier run did not come to its end";
    let expected = [
        format!("a is out of date: {cut_short}"),
        format!("b is no longer generated: {cut_short}"),
        format!("c is missing: {cut_short}"),
    ];
    assert_eq!(told(dir, &second), expected);
    let written = write(dir, &second).expect("written");
    assert!(written.overwritten.is_empty() && written.kept.is_empty(), "{written:?}");
    assert_eq!(told(dir, &second), [""; 0]);
}
