//! Names that are remembered from one generation to the next.

#![allow(clippy::unwrap_used)]

use std::fs;

use super::*;
use crate::{
    Error, Target, check, generate,
    pipeline::{self, Manifests},
};

fn parsed(text: &str) -> Result<KnownNames, Diagnostic> {
    let source = Source::from_text("names.json", text);
    parse(source, &Config::unnamed(), &mut SourceMap::new())
}

fn known() -> KnownNames {
    let document = document("fooBar: {type: string}, foo-bar: {type: string}");
    let config = Config::from_text("api.yaml", document);
    pipeline::lower(&config, Manifests::Generated).unwrap().model.names
}

/// A document with a schema that has these properties.
fn document(properties: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents: {{schemas: {{A: {{type: object, properties: {{{properties}}}}}}}}}\n"
    )
}

#[test]
fn the_text_reads_back() {
    let known = known();
    assert_eq!(known.names.len(), 1, "{known:?}");
    assert_eq!(parsed(&text(&known)).unwrap(), known);
    assert_eq!(parsed(&text(&KnownNames::default())).unwrap(), KnownNames::default());
}

#[test]
fn what_cannot_be_seen_is_escaped() {
    let mut known = KnownNames::default();
    known
        .places
        .insert("tags/a\u{202e}b\u{e0001}\n".to_owned(), Default::default());
    let text = text(&known);
    assert!(text.contains(r#""a\u202eb\udb40\udc01\n""#), "{text}");
    assert_eq!(parsed(&text).unwrap(), known);
}

#[test]
fn a_line_for_each_named_thing() {
    assert_eq!(
        text(&known()),
        "{\n  \"generator\": \"specsmith\",\n  \"format\": 1,\n  \"places\": {\n    \"schemas\": {\n      \"A\": \"cpYC\"\n    }\n  },\n  \
         \"names\": {\n    \"schemas/A/fields/foo-bar\": \"foo_dash_bar\"\n  }\n}\n"
    );
}

#[test]
fn what_is_no_file_of_names_is_told() {
    let of = |rest: &str| format!("{{\"generator\": \"specsmith\", \"format\": 1, {rest}}}");
    for broken in [
        String::new(),
        "{}".to_owned(),
        "<<<<<<< ours\n{}\n".to_owned(),
        "{\"generator\": \"specsmith\", \"format\": 2}".to_owned(),
        "{\"generator\": \"other\", \"format\": 1}".to_owned(),
        of("\"places\": {\"schemas\": {\"A\": \"abc\"}}"),
        of("\"places\": {\"schemas\": {\"A\": \"äbc\"}}"),
        of("\"places\": {\"schemas\": {\"A\": 1}}"),
        of("\"names\": {\"schemas/A\": \"a b\"}"),
        of("\"names\": {\"schemas/A\": \"B\", \"schemas/A\": \"C\"}"),
    ] {
        let found = parsed(&broken).unwrap_err();
        assert_eq!(found.code, Code::InvalidNamesLock, "{broken}");
        assert!(found.location.is_some(), "{broken}");
    }
}

#[test]
fn packages_remember_names() {
    let dir = tempfile::tempdir().unwrap();
    let client = dir.path().join("client");
    let config = |properties: &str| Config::from_text("api.yaml", document(properties)).client(client.as_path());
    let field = |wire: &str| {
        let lines = fs::read_dir(client.join("src/types")).unwrap().flat_map(|file| {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            let lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines
        });
        let quoted = format!("\"{wire}\"");
        let line = lines.into_iter().find(|line| line.contains(&quoted)).unwrap();
        line.trim().to_owned()
    };
    generate(&config("fooBar: {type: string}")).unwrap();
    let before = field("fooBar");
    let more = config("foo_bar: {type: string}, fooBar: {type: string}");
    assert!(
        !check(&more)
            .unwrap()
            .outputs
            .iter()
            .all(|output| output.result.is_up_to_date())
    );
    generate(&more).unwrap();
    assert_eq!(field("fooBar"), before);
    assert!(
        check(&more)
            .unwrap()
            .outputs
            .iter()
            .all(|output| output.result.is_up_to_date())
    );
    fs::write(client.join(NAMES), "no").unwrap();
    assert!(matches!(generate(&more), Err(Error::Document(_))));
    assert_eq!(fs::read_to_string(client.join(NAMES)).unwrap(), "no");
    fs::remove_file(client.join(NAMES)).unwrap();
    generate(&more).unwrap();
    assert_ne!(field("fooBar"), before);
}

#[test]
fn a_file_of_the_user_is_for_all_outputs() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    let lock = path("names.json");
    let config = |properties: &str| {
        Config::from_text("api.yaml", document(properties))
            .client(path("client"))
            .server(Target::new(path("server")))
    };
    let old = config("fooBar: {type: string}");
    generate(&old).unwrap();
    assert!(path("client").join(NAMES).exists() && path("server").join(NAMES).exists());

    // What packages remember moves into the file.
    let both = config("foo_bar: {type: string}, fooBar: {type: string}").names_lock(&lock);
    assert!(!check(&both).unwrap().names.unwrap().result.is_up_to_date());
    let written = generate(&both).unwrap().names.unwrap();
    assert_eq!(written.result.created, ["names.json"]);
    assert!(fs::read_to_string(&lock).unwrap().contains("schemas/A/fields/foo_bar"));
    assert!(!path("client").join(NAMES).exists() && !path("server").join(NAMES).exists());
    assert!(check(&both).unwrap().names.unwrap().result.is_up_to_date());
    assert_eq!(generate(&both).unwrap().names.unwrap().result.unchanged, 1);
}
