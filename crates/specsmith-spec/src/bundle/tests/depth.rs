//! Files as deep as they can be.

use std::thread;

use super::*;

/// Loads on a stack of 2 MiB, as threads have.
fn load_deep(files: &[(&str, String)], depth: usize) -> Loaded {
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let folder = Folder::new(&files);
    let mut options = Options::default();
    options.limits.set("depth", depth).unwrap();
    thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(2 << 20);
        worker
            .spawn_scoped(scope, || folder.load_with(&options))
            .unwrap()
            .join()
            .unwrap()
    })
}

/// Schemas inside each other, and a reference inside the innermost.
fn nested(levels: usize, reference: &str) -> String {
    let inner = format!(r#"{{"$ref": "{reference}"}}"#);
    format!("{}{inner}{}", r#"{"items":"#.repeat(levels), "}".repeat(levels))
}

#[test]
fn a_file_as_deep_as_allowed_is_taken_in() {
    let files = [
        ("api.yaml", api("    A: {$ref: a.json}\n")),
        ("a.json", nested(990, "a.json")),
    ];
    let loaded = load_deep(&files, Limits::MAX_DEPTH);
    assert!(loaded.document.is_some(), "{:?}", loaded.diagnostics);
}

#[test]
fn files_that_are_too_deep_together_are_refused() {
    let example = |next: &str| format!("{}{{\"$ref\": \"{next}\"}}{}", "[".repeat(400), "]".repeat(400));
    let files = [
        ("api.yaml", api("    A: {example: {$ref: a.json}}\n")),
        ("a.json", example("b.json")),
        ("b.json", example("c.json")),
        ("c.json", example("d.json")),
        ("d.json", "1".to_owned()),
    ];
    let mut loaded = load_deep(&files, Limits::MAX_DEPTH);
    assert!(loaded.document.is_none());
    assert!(
        loaded
            .findings()
            .contains("limit-exceeded: values are nested more than 1000 levels deep")
    );
}

#[test]
fn a_long_chain_of_files_costs_no_stack() {
    let count = 2_000;
    let links: Vec<(String, String)> = (0..count)
        .map(|number| {
            let next = format!("{{$ref: {}.yaml}}", number + 1);
            (format!("{number}.yaml"), next)
        })
        .collect();
    let mut files = vec![("api.yaml", api("    A: {$ref: 0.yaml}\n"))];
    files.extend(links.iter().map(|(name, text)| (name.as_str(), text.clone())));
    let end = format!("{count}.yaml");
    files.push((&end, "{type: string}".to_owned()));
    let loaded = load_deep(&files, 100);
    let document = loaded.document.unwrap();
    let schemas = document.root().get("components").unwrap().get("schemas").unwrap();
    assert_eq!(schemas.members().count(), count + 1);
}
