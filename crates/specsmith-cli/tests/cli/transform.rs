//! `specsmith bundle` and its like: where the document goes, and in which notation.

use crate::folder::{DOCUMENT, Folder};

#[test]
fn a_bundle_goes_to_standard_output_as_it_was_written() {
    let folder = Folder::new();
    let run = folder.run("bundle openapi.yaml");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    assert!(
        run.out.starts_with("openapi: 3.1.0\ninfo:\n  title: Greetings\n"),
        "{run:?}"
    );
    let json = folder.run("bundle openapi.yaml --format json");
    assert!(json.out.starts_with("{\n  \"openapi\": \"3.1.0\",\n"), "{json:?}");
    let again = folder.run_with_input("bundle -", json.out.as_bytes());
    assert_eq!(again.out, json.out);
    let back = folder.run_with_input("bundle - --format yaml", json.out.as_bytes());
    assert_eq!(back.out, run.out);
}

#[test]
fn a_file_has_the_notation_of_its_name() {
    let folder = Folder::new();
    let run = folder.run("bundle openapi.yaml -o out.json");
    assert_eq!(
        (run.code, run.out.as_str()),
        (0, "document out.json (written)\n"),
        "{run:?}"
    );
    assert!(folder.get("out.json").starts_with('{'));
    let run = folder.run("bundle openapi.yaml --output out.json");
    assert_eq!(run.out, "document out.json (unchanged)\n", "{run:?}");
    folder.run("bundle openapi.yaml --format yaml -o out.json");
    assert!(folder.get("out.json").starts_with("openapi: 3.1.0\n"));
}

#[test]
fn the_document_itself_is_never_written() {
    let folder = Folder::new();
    let run = folder.run("bundle openapi.yaml -o ./openapi.yaml");
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("is read for the document"), "{run:?}");
    assert_eq!(folder.get("openapi.yaml"), DOCUMENT);
}

#[test]
fn nothing_is_made_of_a_document_that_cannot_be_read() {
    let folder = Folder::new();
    folder.put("bad.yaml", "openapi: 3.1.0\npaths: [");
    let run = folder.run("bundle bad.yaml -o out.yaml");
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{run:?}");
    assert!(!folder.path("out.yaml").exists());
}

/// What programs read gives way to the document where that goes to standard output.
#[test]
fn messages_stay_out_of_the_document() {
    let folder = Folder::new();
    let run = folder.run("bundle openapi.yaml --message-format json");
    assert!(run.out.starts_with("openapi: 3.1.0\n"), "{run:?}");
    assert!(run.err.starts_with("{\"type\":\"summary\""), "{run:?}");
    let run = folder.run("bundle openapi.yaml --message-format json -o out.yaml");
    assert!(run.out.starts_with("{\"type\":\"summary\""), "{run:?}");
    assert_eq!(run.err, "document out.yaml (written)\n");
}

#[test]
fn an_upgrade_is_of_the_latest_version() {
    let folder = Folder::new();
    let old = DOCUMENT
        .replace("3.1.0", "3.0.3")
        .replace("{ type: string }", "{ type: string, nullable: true }");
    folder.put("openapi.yaml", &old);
    let run = folder.run("upgrade openapi.yaml");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    assert!(
        run.out.starts_with("openapi: 3.2.0\n") && run.out.contains("- 'null'"),
        "{run:?}"
    );
    folder.put("other.yaml", "hello: world\n");
    let run = folder.run("upgrade other.yaml");
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{run:?}");
    assert!(run.err.contains("unsupported-version"), "{run:?}");
}

#[test]
fn coverage_is_a_table_or_json() {
    let folder = Folder::new();
    let run = folder.run("coverage openapi.yaml");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.contains("100") && run.err.is_empty(), "{run:?}");
    let run = folder.run("coverage openapi.yaml --format json --message-format json");
    assert!(
        run.out.starts_with('{') && run.err.starts_with("{\"type\":\"summary\""),
        "{run:?}"
    );
    folder.put(
        "openapi.yaml",
        &DOCUMENT.replace("schemas/Greeting'", "schemas/Greting'"),
    );
    let run = folder.run("coverage openapi.yaml --strict");
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{run:?}");
}

#[test]
fn a_bundle_has_everything_that_the_document_refers_to() {
    let folder = Folder::new();
    folder.put(
        "api/openapi.yaml",
        &DOCUMENT.replace("#/components/schemas/Greeting", "../common/models.json#/Hello"),
    );
    folder.put(
        "common/models.json",
        r#"{ "Hello": { "type": "object", "tittle": "Hello" } }"#,
    );
    let run = folder.run("bundle api/openapi.yaml --strict");
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{run:?}");
    assert!(
        run.err.contains("external-ref") && run.err.contains("--allow-dir"),
        "{run:?}"
    );
    let run = folder.run("bundle api/openapi.yaml --allow-dir common --strict");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    assert!(run.out.contains("$ref: '#/components/schemas/Hello'"), "{run:?}");
    let run = folder.run("lint api/openapi.yaml --allow-dir common");
    assert!(run.err.contains(" --> common/models.json:1:32\n"), "{run:?}");
    assert!(run.err.ends_with(" in api/openapi.yaml (2 files)\n"), "{run:?}");
    let run = folder.run("bundle api/openapi.yaml --allow-dir common -o common/models.json");
    assert_eq!(run.code, 2, "{run:?}");
}

#[test]
fn overlays_are_applied_in_their_order() {
    let folder = Folder::new();
    for (name, title) in [("a", "First"), ("b", "Second")] {
        let text = format!(
            "overlay: 1.0.0\ninfo: {{ title: O, version: '1' }}\nactions: [{{ target: $.info, update: {{ title: {title} }} }}]\n"
        );
        folder.put(&format!("{name}.yaml"), &text);
    }
    let run = folder.run("bundle openapi.yaml --overlay b.yaml --overlay a.yaml");
    assert!(run.out.contains("title: First\n"), "{run:?}");
    let run = folder.run("bundle openapi.yaml --overlay a.yaml --overlay b.yaml -o a.yaml");
    assert_eq!(run.code, 2, "{run:?}");
    folder.put(
        "a.yaml",
        "overlay: 1.0.0\ninfo: { title: O, version: '1' }\nactions: [{ target: $.nowhere, remove: true }]\n",
    );
    let run = folder.run("generate openapi.yaml --overlay a.yaml --client sdk");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("--> a.yaml:3:"), "{run:?}");
}
