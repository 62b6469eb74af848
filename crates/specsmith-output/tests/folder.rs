//! Writing and checking real folders.
//!
//! Nothing outside temporary folders is touched.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    thread,
    time::{Duration, SystemTime},
};

use specsmith_output::{DriftKind, FileTree, MANIFEST, OutputError, check, write};

fn tree(files: &[(&str, &str)]) -> FileTree {
    let mut tree = FileTree::new();
    for (path, text) in files {
        tree.insert(*path, *text);
    }
    tree
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn put(dir: &Path, path: &str, text: &str) {
    let place = dir.join(path);
    fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
    fs::write(place, text).expect("a file");
}

fn get(dir: &Path, path: &str) -> String {
    fs::read_to_string(dir.join(path)).expect("a file")
}

/// Every file below a folder with its text.
fn contents(dir: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(dir).expect("below").to_string_lossy().into_owned();
                files.insert(name, fs::read_to_string(&path).expect("text"));
            }
        }
    }
    files
}

fn kinds(dir: &Path, tree: &FileTree) -> Vec<(String, DriftKind)> {
    let report = check(dir, tree).expect("a report");
    report.drift.into_iter().map(|drift| (drift.path, drift.kind)).collect()
}

#[test]
fn writes_then_leaves_alone_what_is_right() {
    let dir = folder();
    let files = tree(&[("Cargo.toml", "a = 1\n"), ("src/lib.rs", "mod a;\n")]);
    let first = write(dir.path(), &files).expect("written");
    assert_eq!(first.created, ["Cargo.toml", "src/lib.rs"]);
    let old = SystemTime::now() - Duration::from_secs(1000);
    for path in ["Cargo.toml", "src/lib.rs", MANIFEST] {
        let file = fs::File::options()
            .write(true)
            .open(dir.path().join(path))
            .expect("a file");
        file.set_modified(old).expect("a time");
    }
    let second = write(dir.path(), &files).expect("written");
    assert!(second.is_unchanged());
    assert_eq!(second.unchanged, 2);
    for path in ["Cargo.toml", "src/lib.rs", MANIFEST] {
        let modified = fs::metadata(dir.path().join(path)).and_then(|metadata| metadata.modified());
        assert_eq!(modified.expect("a time"), old, "{path}");
    }
    assert_eq!(contents(dir.path()).len(), 3);
}

#[test]
fn formatted_and_checked_out_files_are_right() {
    let dir = folder();
    let files = tree(&[
        ("src/lib.rs", "mod b;\nmod a;\nfn f(a: A, b: B) {}\n"),
        ("README.md", "a\nb\n"),
    ]);
    write(dir.path(), &files).expect("written");
    put(
        dir.path(),
        "src/lib.rs",
        "mod a;\r\nmod b;\r\nfn f(\r\n    a: A,\r\n    b: B,\r\n) {\r\n}\r\n",
    );
    put(dir.path(), "README.md", "a\r\nb\r\n");
    let manifest = get(dir.path(), MANIFEST).replace('\n', "\r\n");
    put(dir.path(), MANIFEST, &manifest);
    assert_eq!(kinds(dir.path(), &files), []);
    assert!(write(dir.path(), &files).expect("written").is_unchanged());
}

#[test]
fn check_tells_each_kind_of_drift_and_changes_nothing() {
    let dir = folder();
    write(
        dir.path(),
        &tree(&[("a", "1\n"), ("b", "1\n"), ("c", "1\n"), ("d/e", "1\n")]),
    )
    .expect("written");
    put(dir.path(), "b", "2\n");
    put(dir.path(), "f", "mine\n");
    fs::remove_file(dir.path().join("c")).expect("removed");
    let wanted = tree(&[("a", "new\n"), ("b", "1\n"), ("c", "1\n"), ("f", "1\n"), ("g", "1\n")]);
    let before = contents(dir.path());
    let expected = [
        ("a", DriftKind::Outdated),
        ("b", DriftKind::Edited),
        ("c", DriftKind::Missing),
        ("d/e", DriftKind::Stale),
        ("f", DriftKind::Foreign),
        ("g", DriftKind::Missing),
    ];
    assert_eq!(
        kinds(dir.path(), &wanted),
        expected.map(|(path, kind)| (path.to_owned(), kind))
    );
    assert_eq!(contents(dir.path()), before);
    let report = check(dir.path(), &wanted).expect("a report");
    assert_eq!(
        report.drift[1].diff.as_deref(),
        Some("--- b (found)\n+++ b (generated)\n@@ -1 +1 @@\n-2\n+1\n")
    );
}

#[test]
fn check_misses_a_manifest() {
    let dir = folder();
    let files = tree(&[("a", "1\n")]);
    put(dir.path(), "a", "1\n");
    assert_eq!(kinds(dir.path(), &files), [(MANIFEST.to_owned(), DriftKind::Missing)]);
    write(dir.path(), &files).expect("identical files are taken over");
    assert_eq!(kinds(dir.path(), &files), []);
}

#[test]
fn check_of_a_folder_that_is_not_there_makes_none() {
    let dir = folder();
    let absent = dir.path().join("absent");
    assert_eq!(
        kinds(&absent, &tree(&[("a", "1")])),
        [("a".to_owned(), DriftKind::Missing)]
    );
    assert!(!absent.exists());
}

#[test]
fn stale_files_go_unless_somebody_changed_them() {
    let dir = folder();
    write(
        dir.path(),
        &tree(&[("a", "1"), ("old/x", "1"), ("old/y", "1"), ("edited", "1")]),
    )
    .expect("written");
    put(dir.path(), "edited", "2");
    put(dir.path(), "old/foreign", "mine");
    let written = write(dir.path(), &tree(&[("a", "1")])).expect("written");
    assert_eq!(written.removed, ["old/x", "old/y"]);
    assert_eq!(written.kept, ["edited"]);
    assert_eq!(get(dir.path(), "edited"), "2");
    assert_eq!(get(dir.path(), "old/foreign"), "mine");
    let again = write(dir.path(), &tree(&[("a", "1")])).expect("written");
    assert_eq!(again.kept, ["edited"], "it is told until somebody decides");
    fs::remove_file(dir.path().join("edited")).expect("removed");
    assert_eq!(
        kinds(dir.path(), &tree(&[("a", "1")])),
        [(MANIFEST.to_owned(), DriftKind::Outdated)]
    );
    assert!(
        write(dir.path(), &tree(&[("a", "1")]))
            .expect("written")
            .kept
            .is_empty()
    );
    assert_eq!(kinds(dir.path(), &tree(&[("a", "1")])), []);
}

#[test]
fn folders_that_become_empty_go() {
    let dir = folder();
    write(dir.path(), &tree(&[("a/b/c", "1"), ("a/d", "1")])).expect("written");
    write(dir.path(), &tree(&[("a/d", "1")])).expect("written");
    assert!(!dir.path().join("a/b").exists());
    write(dir.path(), &tree(&[])).expect("written");
    assert!(!dir.path().join("a").exists() && dir.path().exists());
}

#[test]
fn a_changed_file_of_ours_is_replaced_and_told() {
    let dir = folder();
    write(dir.path(), &tree(&[("a", "1")])).expect("written");
    put(dir.path(), "a", "2");
    let written = write(dir.path(), &tree(&[("a", "1")])).expect("written");
    assert_eq!(written.overwritten, ["a"]);
    assert_eq!(get(dir.path(), "a"), "1");
}

#[test]
fn a_foreign_file_in_the_way_stops_everything() {
    let dir = folder();
    put(dir.path(), "b", "mine");
    let before = contents(dir.path());
    let error = write(dir.path(), &tree(&[("a", "1"), ("b", "2")])).expect_err("refused");
    assert!(
        matches!(&error, OutputError::Foreign { paths, .. } if paths == &["b"]),
        "{error}"
    );
    assert!(error.to_string().contains("\n  b\n"), "{error}");
    assert_eq!(contents(dir.path()), before);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;

    let outside = folder();
    put(outside.path(), "target", "mine");
    for (link, target, path) in [
        ("a", outside.path().join("target"), "a"),
        ("dir", outside.path().to_owned(), "dir/target"),
        ("dangling", outside.path().join("nothing"), "dangling"),
        (".specsmith-staging", outside.path().to_owned(), "x"),
        (MANIFEST, outside.path().join("target"), "x"),
    ] {
        let dir = folder();
        symlink(target, dir.path().join(link)).expect("a link");
        let error = write(dir.path(), &tree(&[(path, "1")])).expect_err("refused");
        assert!(matches!(error, OutputError::NotPlain { .. }), "{link}: {error}");
        assert_eq!(get(outside.path(), "target"), "mine");
        assert_eq!(contents(outside.path()).len(), 1);
    }
}

#[test]
fn a_folder_in_the_place_of_a_file_is_refused() {
    let dir = folder();
    put(dir.path(), "a/b", "mine");
    put(dir.path(), "f", "mine");
    for path in ["a", "f/g"] {
        let error = write(dir.path(), &tree(&[(path, "1")])).expect_err("refused");
        assert!(matches!(error, OutputError::NotPlain { .. }), "{error}");
    }
}

#[test]
fn a_hostile_manifest_removes_nothing() {
    let outer = folder();
    put(outer.path(), "victim", "mine");
    let dir = outer.path().join("out");
    for path in ["../victim", "/etc/hostname", "a/../../victim"] {
        put(&dir, MANIFEST, &format!(r#"{{"format":1,"files":{{"{path}":"x"}}}}"#));
        let error = write(&dir, &tree(&[("a", "1")])).expect_err("refused");
        assert!(matches!(error, OutputError::Manifest { .. }), "{error}");
        assert_eq!(get(outer.path(), "victim"), "mine");
    }
}

#[test]
fn what_a_run_left_that_was_cut_short_is_no_obstacle() {
    let dir = folder();
    put(dir.path(), ".specsmith-staging/0", "half");
    write(dir.path(), &tree(&[("a", "1")])).expect("written");
    assert!(!dir.path().join(".specsmith-staging").exists());
    assert_eq!(kinds(dir.path(), &tree(&[("a", "1")])), []);
}

#[test]
fn runs_at_once_give_one_complete_result() {
    let dir = folder();
    let trees: Vec<FileTree> = (0..4)
        .map(|run| {
            let files: Vec<(String, String)> = (0..30)
                .map(|file| (format!("src/f{}.rs", file + run), format!("const RUN: u8 = {run};\n")))
                .collect();
            let files: Vec<(&str, &str)> = files
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str()))
                .collect();
            tree(&files)
        })
        .collect();
    for _ in 0..5 {
        thread::scope(|scope| {
            for tree in &trees {
                scope.spawn(|| write(dir.path(), tree).expect("written"));
            }
        });
        let complete = trees.iter().filter(|tree| kinds(dir.path(), tree).is_empty()).count();
        assert_eq!(complete, 1);
    }
}
