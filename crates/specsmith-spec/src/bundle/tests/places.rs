//! References where the specification has none, and in values.

use super::*;

#[test]
fn misplaced_references_become_their_targets() {
    let text = concat!(
        "openapi: 3.1.0\ninfo: {$ref: info.yaml}\ntags: [{$ref: 'parts.yaml#/tag'}]\n",
        "paths: {$ref: paths.yaml}\ncomponents:\n  schemas: {$ref: schemas.json}\n",
    );
    let parts = concat!(
        "{tag: {name: pets}, text: Hello, list: [{name: q, in: query, schema: {$ref: '#/size'}}],\n",
        " size: {type: integer}}",
    );
    let get = concat!(
        "summary: Get\nparameters: {$ref: 'parts.yaml#/list'}\nresponses: {$ref: '#/x-all'}\n",
        "x-all: {'204': {description: Done}}\n",
    );
    let files = [
        ("api.yaml", text),
        (
            "info.yaml",
            "{title: T, version: '1', description: {$ref: 'parts.yaml#/text'}}",
        ),
        ("parts.yaml", parts),
        ("paths.yaml", "/a:\n  get: {$ref: get.yaml}\n"),
        ("get.yaml", get),
        (
            "schemas.json",
            r#"{"Pet": {"properties": {"$ref": "more.json"}, "required": ["x"]}}"#,
        ),
        ("more.json", r#"{"x": {"type": "string"}}"#),
    ];
    let mut loaded = Folder::new(&files).load();
    assert_eq!(loaded.at("/info/description"), "Hello");
    assert_eq!(loaded.at("/tags/0/name"), "pets");
    assert_eq!(
        loaded.at("/paths/~1a/get/parameters/0/schema/$ref"),
        "#/components/schemas/size"
    );
    assert_eq!(loaded.at("/paths/~1a/get/responses/204/description"), "Done");
    assert_eq!(loaded.at("/components/schemas/Pet/properties/x/type"), "string");
    let findings = loaded.findings();
    let misplaced: Vec<&str> = findings.lines().filter(|line| line.contains("misplaced-ref")).collect();
    assert_eq!(misplaced.len(), 9, "{findings}");
    let first = "api.yaml:2:14: misplaced-ref: the specification has no `$ref` for an info object";
    assert_eq!(misplaced[0], first);
}

#[test]
fn what_stands_beside_a_reference_that_is_taken_in_goes_first() {
    let text = "openapi: 3.1.0\ninfo: {$ref: info.yaml, title: Mine}\npaths: {/a: {$ref: a.yaml, summary: S}}\n";
    let files = [
        ("api.yaml", text),
        ("info.yaml", "{title: Theirs, version: '1'}"),
        ("a.yaml", "{summary: T, get: {responses: {'204': {description: Done}}}}"),
    ];
    let loaded = Folder::new(&files).load();
    assert_eq!(loaded.at("/info"), serde_json::json!({"title": "Mine", "version": "1"}));
    assert_eq!(loaded.at("/paths/~1a/summary"), "S");
    assert_eq!(loaded.at("/paths/~1a/get/responses/204/description"), "Done");
}

#[test]
fn misplaced_references_inside_one_file_work_too() {
    let text = concat!(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n",
        "paths:\n  /a: {get: {$ref: '#/x-get'}}\n  /b: {get: {$ref: '#/x-none'}}\n",
        "x-get: {responses: {'204': {description: Done}}}\n",
    );
    let mut loaded = Folder::new(&[("api.yaml", text)]).load();
    assert_eq!(loaded.at("/paths/~1a/get/responses/204/description"), "Done");
    let findings = loaded.findings();
    assert!(
        findings.contains("misplaced-ref: the specification has no `$ref` for an operation"),
        "{findings}"
    );
    assert!(
        findings.contains("api.yaml:5:20: broken-ref: `#/x-none` does not exist"),
        "{findings}"
    );
    assert!(!findings.contains("unknown-keyword: `$ref`"), "{findings}");
}

#[test]
fn references_in_values_are_data_unless_they_name_a_file() {
    let schema = concat!(
        "    A:\n      example:\n        $ref: '#/components/schemas/A'\n        b: {$ref: one.json, id: 2}\n",
        "        c: {$ref: none.json}\n        d: {$ref: README}\n",
        "      default: [{$ref: 'one.json#/name'}]\n      x-mine: {$ref: one.json}\n",
        "      properties: {$ref: {type: string}}\n",
    );
    let text = api(schema);
    let files = [
        ("api.yaml", text.as_str()),
        ("one.json", r#"{"id": 1, "name": "Bo", "next": {"$ref": "two.yaml"}}"#),
        ("two.yaml", "{n: 2}"),
        ("README", "text"),
    ];
    let mut loaded = Folder::new(&files).load();
    let a = loaded.at("/components/schemas/A");
    assert_eq!(a["example"]["$ref"], "#/components/schemas/A");
    assert_eq!(
        a["example"]["b"],
        serde_json::json!({"id": 2, "name": "Bo", "next": {"n": 2}})
    );
    assert_eq!(a["example"]["c"]["$ref"], "none.json");
    assert_eq!(a["example"]["d"]["$ref"], "README");
    assert_eq!(a["default"][0], "Bo");
    assert_eq!(
        a["x-mine"],
        serde_json::json!({"id": 1, "name": "Bo", "next": {"n": 2}})
    );
    assert_eq!(a["properties"]["$ref"]["type"], "string");
    let findings = loaded.findings();
    assert!(!findings.contains("-ref:"), "{findings}");
}

#[test]
fn circles_of_what_is_taken_in_end() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {$ref: a.yaml}}\n";
    let files = [
        ("api.yaml", text),
        ("a.yaml", "get: {$ref: b.yaml}\n"),
        ("b.yaml", "responses: {}\ncallbacks: {c: {'{$url}': {$ref: a.yaml}}}\n"),
    ];
    let mut loaded = Folder::new(&files).load();
    let findings = loaded.findings();
    assert!(
        findings.contains("b.yaml:2:34: broken-ref: `a.yaml` leads back to itself"),
        "{findings}"
    );
}
