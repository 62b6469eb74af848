//! `$ref` of objects other than schemas.

use super::{api, clean, summaries};

/// The findings about a document with one operation that refers to a parameter, in line 7 from column 21 on.
fn refer(reference: &str, components: &str) -> (Vec<String>, Vec<String>) {
    let (api, findings) = api(
        "3.1.0",
        &format!(
            "paths:
  /a:
    get:
      parameters:
            - $ref: {reference}
      responses: {{default: {{description: ''}}}}
components:
{components}"
        ),
    );
    (summaries(&api.operations[0]), findings)
}

const PAGE: &str = "  parameters:\n    Page: {name: page, in: query, schema: {type: integer}}";

#[test]
fn references_are_pointers_with_escapes() {
    let components = "  parameters:\n    'a/b~c d': {name: page, in: query, schema: {type: integer}}";
    let (parameters, findings) = refer("'#/components/parameters/a~1b~0c%20d'", components);
    assert_eq!(findings, Vec::<String>::new());
    assert_eq!(parameters, ["query page optional Form explode"]);
}

#[test]
fn references_follow_references() {
    let components = "  parameters:
    A: {$ref: '#/components/parameters/B'}
    B: {$ref: '#/components/parameters/C'}
    C: {name: page, in: query, schema: {type: integer}}";
    let (parameters, findings) = refer("'#/components/parameters/A'", components);
    assert_eq!(findings, Vec::<String>::new());
    assert_eq!(parameters.len(), 1);
}

#[test]
fn references_into_paths_and_lists_work() {
    let api = clean(
        "3.1.0",
        "
paths:
  /a:
    get:
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses: {'200': {description: A}}
  /b:
    get:
      parameters: [{$ref: '#/paths/~1a/get/parameters/0'}]
      responses: {'200': {$ref: '#/paths/~1a/get/responses/200'}}
",
    );
    assert_eq!(summaries(&api.operations[1]), ["query page optional Form explode"]);
    assert_eq!(api.operations[1].responses[0].docs.description.as_deref(), Some("A"));
}

#[test]
fn broken_references_are_told_with_what_was_meant() {
    let (parameters, findings) = refer("'#/components/parameters/Pag'", PAGE);
    assert_eq!(parameters, Vec::<String>::new());
    assert_eq!(
        findings,
        ["7:21 broken-ref: `#/components/parameters/Pag` does not exist (did you mean `Page`?)"]
    );
    let (_, findings) = refer("'#/component/parameters/Page'", PAGE);
    assert_eq!(
        findings,
        ["7:21 broken-ref: `#/component/parameters/Page` does not exist (did you mean `components`?)"]
    );
}

#[test]
fn circles_are_told_once() {
    let components = "  parameters:
    A: {$ref: '#/components/parameters/B'}
    B: {$ref: '#/components/parameters/A'}";
    let (parameters, findings) = refer("'#/components/parameters/A'", components);
    assert_eq!(parameters, Vec::<String>::new());
    assert_eq!(
        findings,
        ["11:15 broken-ref: `#/components/parameters/B` leads back to itself"]
    );
}

#[test]
fn references_must_point_to_the_right_kind() {
    let components = "  schemas:\n    Page: {type: integer}";
    let (_, findings) = refer("'#/components/schemas/Page'", components);
    assert_eq!(
        findings,
        ["7:21 broken-ref: `#/components/schemas/Page` is a schema, not a parameter"]
    );
    let (_, findings) = refer("'#/info/title'", PAGE);
    assert_eq!(
        findings,
        ["7:21 broken-ref: `#/info/title` is a string, not a parameter"]
    );
    let (_, findings) = refer("'#'", PAGE);
    assert_eq!(findings, ["7:21 broken-ref: `#` is the document, not a parameter"]);
}

#[test]
fn what_is_outside_of_the_document_is_not_opened() {
    for reference in [
        "shared.yaml#/Page",
        "https://example.org/shared.yaml",
        "/etc/passwd",
        "file:///etc/passwd",
        "data:application/json,{}",
    ] {
        let (parameters, findings) = refer(&format!("'{reference}'"), PAGE);
        assert_eq!(parameters, Vec::<String>::new());
        let why = if reference.starts_with("https") {
            "is not a file beside this document (save it beside the document and refer to that file)"
        } else {
            "is outside of this document (put what it refers to into the document, for example with a bundler)"
        };
        assert_eq!(findings, [format!("7:21 external-ref: `{reference}` {why}")]);
    }
}

#[test]
fn references_that_are_none_are_told() {
    let (_, findings) = refer("5", PAGE);
    assert_eq!(findings, ["7:21 wrong-type: `$ref` must be a string, not a number"]);
    let (_, findings) = refer("''", PAGE);
    assert_eq!(
        findings,
        ["7:21 broken-ref: `$ref` is empty (write it like `#/components/schemas/Pet`)"]
    );
    let (_, findings) = refer("'#/components/parameters/~2'", PAGE);
    assert_eq!(
        findings,
        ["7:21 broken-ref: `#/components/parameters/~2` is not a JSON pointer \
          (`~` must be written `~0`, and `/` in a name `~1`)"]
    );
    let (_, findings) = refer("'#page'", PAGE);
    assert_eq!(
        findings,
        ["7:21 broken-ref: no schema has the anchor of `#page` \
          (write it like `#/components/schemas/Pet`, or add an `$anchor` to the schema that is meant)"]
    );
    let (_, findings) = refer("Page", PAGE);
    assert_eq!(
        findings,
        ["7:21 external-ref: `Page` means a file of this name \
          (a schema of the document is `#/components/schemas/Page`)"]
    );
}

#[test]
fn summaries_and_descriptions_beside_a_reference_count() {
    let (api, findings) = api(
        "3.1.0",
        "
paths:
  /a:
    get:
      parameters: [{$ref: '#/components/parameters/Page', description: Own, required: true}]
      responses: {default: {$ref: '#/components/responses/Error'}}
components:
  parameters:
    Page: {name: page, in: query, description: Shared, schema: {type: integer}}
  responses:
    Error: {description: Shared}
",
    );
    let operation = &api.operations[0];
    assert_eq!(operation.parameters[0].docs.description.as_deref(), Some("Own"));
    assert_eq!(operation.responses[0].docs.description.as_deref(), Some("Shared"));
    assert_eq!(summaries(operation), ["query page optional Form explode"]);
    assert_eq!(
        findings,
        ["7:77 ref-siblings: `required` beside a `$ref` has no effect \
          (put it where the `$ref` points to, or replace the `$ref` with a copy)"]
    );
}

#[test]
fn a_parameter_can_stand_for_a_header() {
    let (api, findings) = api(
        "3.1.0",
        "
paths:
  /a:
    get:
      responses: {'200': {description: '', headers: {ETag: {$ref: '#/components/parameters/Tag'}}}}
components:
  parameters:
    Tag: {name: ETag, in: header, schema: {type: string}}
",
    );
    assert_eq!(api.operations[0].responses[0].headers[0].name, "ETag");
    assert_eq!(
        findings,
        [
            "7:67 broken-ref: `#/components/parameters/Tag` is a parameter, not a header \
          (it is taken as a header all the same)",
        ]
    );
}

#[test]
fn long_chains_are_followed_without_recursion() {
    let count = 20_000;
    let mut components = String::from("  parameters:\n");
    for index in 0..count {
        components.push_str(&format!(
            "    P{index}: {{$ref: '#/components/parameters/P{}'}}\n",
            index + 1
        ));
    }
    components.push_str(&format!(
        "    P{count}: {{name: page, in: query, schema: {{type: integer}}}}"
    ));
    let (parameters, findings) = refer("'#/components/parameters/P0'", &components);
    assert_eq!(findings, Vec::<String>::new());
    assert_eq!(parameters.len(), 1);
}

#[test]
fn what_is_shared_can_only_be_copied_so_often() {
    let mut text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n".to_owned();
    for index in 0..2000 {
        let responses = "responses: {default: {$ref: '#/components/responses/Long'}}";
        text.push_str(&format!("  /{index}: {{get: {{{responses}}}}}\n"));
    }
    let long = "x".repeat(300_000);
    text.push_str(&format!("components: {{responses: {{Long: {{description: {long}}}}}}}"));
    let super::Lowered { api, findings } = super::lowered(&text);
    let copies = api
        .unwrap()
        .operations
        .iter()
        .filter(|operation| !operation.responses.is_empty())
        .count();
    assert!((400..450).contains(&copies), "{copies}");
    assert_eq!(findings.len(), 1);
    assert!(findings[0].ends_with(
        "error limit-exceeded: what this document uses more than once adds up to too much \
         (`--limit copied=268435456` raises the limit)"
    ));
}
