//! The names lock: names that stay when a document changes.

use crate::folder::{DOCUMENT, Folder};

const LOCK: &str = "sdk/.specsmith-names.json";

/// The document with more properties in front of those that are there.
fn with_properties(more: &str) -> String {
    DOCUMENT.replace("properties: { text", &format!("properties: {{ {more} text"))
}

/// The name of the field of a member, as the codec of the client writes it.
fn field(folder: &Folder, wire: &str) -> String {
    let text = folder.get("sdk/src/types/greetings.rs");
    let line = text.lines().find(|line| line.contains(&format!("\"{wire}\"")));
    line.expect("a member").trim().to_owned()
}

#[test]
fn what_was_there_keeps_its_name() {
    let folder = Folder::new();
    folder.put("openapi.yaml", &with_properties("sentAt: { type: string },"));
    let first = folder.run("generate openapi.yaml --client sdk");
    assert_eq!(first.code, 0, "{first:?}");
    let before = field(&folder, "sentAt");

    let both = with_properties("sent_at: { type: string }, sentAt: { type: string },");
    folder.put("openapi.yaml", &both);
    let check = folder.run("check openapi.yaml --client sdk");
    assert_eq!(check.code, 1, "{check:?}");
    assert!(check.out.contains(".specsmith-names.json is out of date"), "{check:?}");
    let second = folder.run("generate openapi.yaml --client sdk");
    assert_eq!(second.code, 0, "{second:?}");
    assert_eq!(field(&folder, "sentAt"), before);
    assert!(field(&folder, "sent_at").contains("sent_underscore_at"));
    let check = folder.run("check openapi.yaml --client sdk");
    assert_eq!(check.code, 0, "{check:?}");

    // What yielded keeps its name, too.
    folder.put("openapi.yaml", &with_properties("sent_at: { type: string },"));
    let third = folder.run("generate openapi.yaml --client sdk");
    assert_eq!(third.code, 0, "{third:?}");
    assert!(field(&folder, "sent_at").contains("sent_underscore_at"));

    std::fs::remove_file(folder.path(LOCK)).expect("a file");
    let fresh = folder.run("generate openapi.yaml --client sdk");
    assert_eq!(fresh.code, 0, "{fresh:?}");
    assert!(!field(&folder, "sent_at").contains("sent_underscore_at"));
}

#[test]
fn the_user_wins_over_the_lock() {
    let folder = Folder::new();
    folder.put("openapi.yaml", &with_properties("sentAt: { type: string },"));
    folder.put(
        "specsmith.toml",
        "document = \"openapi.yaml\"\n[client]\ndir = \"sdk\"\n",
    );
    assert_eq!(folder.run("generate").code, 0);
    folder.put(
        "specsmith.toml",
        "document = \"openapi.yaml\"\n[client]\ndir = \"sdk\"\n[rename]\n\"#/components/schemas/Greeting/properties/text\" = \"sent_at\"\n",
    );
    let second = folder.run("generate");
    assert_eq!(second.code, 0, "{second:?}");
    assert!(field(&folder, "text").contains("sent_at"));
    assert!(field(&folder, "sentAt").contains("sent_at_2"));
}

#[test]
fn a_lock_that_cannot_be_understood_is_left_alone() {
    let folder = Folder::new();
    assert_eq!(folder.run("generate openapi.yaml --client sdk").code, 0);
    let broken = folder
        .get(LOCK)
        .replace("  \"names\": {}", "<<<<<<< main\n  \"names\": {}");
    folder.put(LOCK, &broken);
    folder.put("openapi.yaml", &with_properties("sentAt: { type: string },"));
    let before = folder.contents();
    for command in ["generate", "check"] {
        let run = folder.run(&format!("{command} openapi.yaml --client sdk"));
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.err.contains("error[invalid-names-lock]"), "{run:?}");
        assert!(run.err.contains("--> sdk/.specsmith-names.json:"), "{run:?}");
    }
    assert_eq!(folder.contents(), before);
}

#[test]
fn one_file_remembers_names_for_all() {
    let folder = Folder::new();
    let arguments = "openapi.yaml --client sdk --server server --names-lock names.json";
    let first = folder.run(&format!("generate {arguments}"));
    assert_eq!(first.code, 0, "{first:?}");
    assert_eq!(
        first.out.lines().last(),
        Some("names  names.json (1 file: 1 created)"),
        "{first:?}"
    );
    assert!(!folder.path(LOCK).exists());
    let check = folder.run(&format!("check {arguments}"));
    assert_eq!(check.code, 0, "{check:?}");
    std::fs::remove_file(folder.path("names.json")).expect("a file");
    let check = folder.run(&format!("check {arguments}"));
    assert_eq!(check.code, 1, "{check:?}");
    assert!(check.out.contains("names  names.json is missing"), "{check:?}");
}
