//! Rules for the text of the workspace.

use std::{fs, path::Path};

use crate::root;

const MOST_LINES: usize = 600;

/// What is not part of the workspace or made by it.
fn is_skipped(path: &str) -> bool {
    [
        "target/",
        ".git/",
        "tests/cases/",
        "tests/fuzz/artifacts/",
        "tests/fuzz/corpus/",
        "tests/fuzz/Cargo.lock",
        "Cargo.lock",
        "examples/bookstore/client/",
        "examples/bookstore/server/",
        "examples/bookstore/docs/",
    ]
    .iter()
    .any(|prefix| path.starts_with(prefix))
}

/// Every file of the workspace that git knows or would know, with its text.
fn texts() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let root = root();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = relative(&root, &path);
            if is_skipped(&name)
                || is_skipped(&format!("{name}/"))
                || name.contains("/target/")
                || name.contains(".specsmith-staging")
            {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                texts.push((name, text));
            }
        }
    }
    assert!(texts.len() > 50, "the workspace was not found");
    texts.sort();
    texts
}

fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root)
        .expect("below")
        .to_string_lossy()
        .replace('\\', "/")
}

fn check(rule: &str, mut find: impl FnMut(&str, &str) -> Option<String>) {
    let found: Vec<String> = texts()
        .iter()
        .filter_map(|(path, text)| find(path, text).map(|what| format!("{path}: {what}")))
        .collect();
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

#[test]
fn rust_files_say_what_they_own() {
    check("no `//!` sentence on the first line", |path, text| {
        let first = text.lines().next().unwrap_or_default();
        let says = first.starts_with("//! ") && first.len() > 15;
        (path.ends_with(".rs") && !says).then(|| first.to_owned())
    });
}

#[test]
fn files_are_short() {
    check("too many lines", |path, text| {
        let lines = text.lines().count();
        (path.ends_with(".rs") && lines > MOST_LINES).then(|| lines.to_string())
    });
}

#[test]
fn nothing_is_left_to_do() {
    let marks = ["todo!(", "unimplemented!(", "dbg!(", "FIXME", "XXX:"];
    check("unfinished", |path, text| {
        let looks = path.ends_with(".rs") && path != "tests/src/tidy.rs";
        let mark = marks.iter().find(|mark| looks && text.contains(**mark));
        mark.map(|mark| (*mark).to_owned())
    });
}

#[test]
fn no_test_is_ignored() {
    let attribute = concat!("#[ig", "nore");
    check("ignored tests", |path, text| {
        (path.ends_with(".rs") && text.contains(attribute)).then(|| attribute.to_owned())
    });
}

#[test]
fn no_place_of_one_machine_is_named() {
    let roots = ["/home/", "/Users/", "/root/", concat!("/wo", "rk/"), "C:\\Users"];
    check("absolute paths", |path, text| {
        if path == "tests/src/tidy.rs" {
            return None;
        }
        let line = text
            .lines()
            .find(|line| roots.iter().any(|root| names_place(line, root)));
        line.map(str::to_owned)
    });
}

/// Whether a path begins there, and not only goes on: `/api/home/x` is a path of an API.
fn names_place(line: &str, root: &str) -> bool {
    line.match_indices(root).any(|(index, _)| {
        line[..index]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '}' | '.' | '~'))
    })
}

#[test]
fn text_files_end_in_one_line_break_and_have_no_tabs() {
    check("white space", |path, text| {
        let known = [".rs", ".md", ".toml", ".yaml", ".yml", ".j2"]
            .iter()
            .any(|end| path.ends_with(end));
        if !known || text.is_empty() {
            return None;
        }
        let end = (!text.ends_with('\n') || text.ends_with("\n\n")).then(|| "the end of the file".to_owned());
        let line = text
            .lines()
            .find(|line| line.ends_with(' ') || (line.contains('\t') && path.ends_with(".rs")));
        end.or_else(|| line.map(str::to_owned))
    });
}

#[test]
fn links_between_documents_lead_somewhere() {
    let root = root();
    check("broken links", |path, text| {
        if !path.ends_with(".md") {
            return None;
        }
        let dir = root.join(path).parent().expect("a folder").to_owned();
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let local =
            |target: &&str| !target.contains("://") && !target.starts_with('#') && !target.starts_with("mailto:");
        targets
            .filter(local)
            .find(|target| !dir.join(target.split('#').next().unwrap_or_default()).exists())
            .map(str::to_owned)
    });
}
