//! Bodies, forms, files, and their media types.

use super::{clean, told};

/// The body that the parameters of an operation become.
fn body(consumes: &str, parameters: &str) -> (String, Vec<String>) {
    let (text, findings) = told(&format!(
        "paths:\n  /a:\n    post:\n      {consumes}\n      parameters: [{parameters}]\n      responses: {{default: {{description: D}}}}\n"
    ));
    let (_, rest) = text.split_once("      requestBody:\n").unwrap();
    let (body, _) = rest.split_once("      responses:\n").unwrap();
    let lines = body
        .lines()
        .map(|line| line.get(8..).unwrap_or_default().to_owned() + "\n");
    (lines.collect(), findings)
}

#[test]
fn a_body_has_a_schema_for_each_media_type_and_says_it_once() {
    let (text, findings) = body(
        "consumes: [application/json, application/xml]",
        "{name: b, in: body, required: true, description: D, schema: {type: object, properties: {a: {type: string}}}}",
    );
    let expected = "required: true
description: D
content:
  application/json:
    schema:
      type: object
      properties:
        a:
          type: string
  application/xml:
    schema:
      $ref: '#/paths/~1a/post/requestBody/content/application~1json/schema'
";
    assert_eq!((text.as_str(), findings.len()), (expected, 0));
}

#[test]
fn a_body_without_media_types_is_json() {
    for consumes in ["summary: S", "consumes: []"] {
        let (text, _) = body(consumes, "{name: b, in: body, schema: {type: string}}");
        assert_eq!(text, "content:\n  application/json:\n    schema:\n      type: string\n");
    }
}

#[test]
fn a_form_is_one_object() {
    let (text, findings) = body(
        "summary: S",
        "{name: a, in: formData, type: string, required: true, description: A.}, {name: b, in: formData, type: array, items: {type: integer}, collectionFormat: pipes}, {name: c, in: formData, type: array, items: {type: integer}, collectionFormat: multi}",
    );
    let expected = "required: true
content:
  application/x-www-form-urlencoded:
    schema:
      type: object
      required:
        - a
      properties:
        a:
          type: string
          description: A.
        b:
          type: array
          items:
            type: integer
        c:
          type: array
          items:
            type: integer
    encoding:
      b:
        style: pipeDelimited
        explode: false
";
    assert_eq!((text.as_str(), findings.len()), (expected, 0));
}

#[test]
fn a_file_makes_a_form_multipart() {
    let (text, findings) = body("summary: S", "{name: f, in: formData, type: file, format: png}");
    let expected = "content:
  multipart/form-data:
    schema:
      type: object
      properties:
        f:
          type: string
          format: binary
";
    assert_eq!((text.as_str(), findings.len()), (expected, 0));
}

#[test]
fn parameters_of_a_path_are_replaced_by_those_of_an_operation() {
    let text = clean(
        "paths:
  /a:
    parameters:
      - {name: a, in: formData, type: string}
      - {name: b, in: formData, type: string}
    post:
      parameters:
        - {name: c, in: formData, type: string}
        - {name: a, in: formData, type: integer}
      responses: {default: {description: D}}
    put:
      responses: {default: {description: D}}
",
    );
    let (post, put) = text.split_once("    put:\n").unwrap();
    let properties = |text: &str| {
        let (_, rest) = text.split_once(" properties:\n").unwrap();
        let lines = rest.lines().take_while(|line| !line.contains("responses:"));
        lines.map(str::trim).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(properties(post), "a: type: integer b: type: string c: type: string");
    assert_eq!(properties(put), "a: type: string b: type: string");
}

#[test]
fn the_body_of_a_path_is_that_of_each_of_its_operations() {
    let text = clean(
        "paths:
  /a:
    parameters: [{name: b, in: body, schema: {type: object, properties: {a: {type: string}}}}]
    post: {responses: {default: {description: D}}}
    put: {responses: {default: {description: D}}}
",
    );
    let expected = "            schema:
              $ref: '#/paths/~1a/post/requestBody/content/application~1json/schema'
";
    assert!(text.contains(expected) && !text.contains("parameters"), "{text}");
}

#[test]
fn a_shared_body_is_a_component() {
    let text = clean(
        "consumes: [application/json]
paths:
  /a:
    post: {parameters: [{$ref: '#/parameters/B'}], responses: {default: {description: D}}}
    put: {consumes: [text/xml], parameters: [{$ref: '#/parameters/B'}], responses: {default: {description: D}}}
parameters:
  B: {name: b, in: body, schema: {$ref: '#/definitions/A'}}
definitions:
  A: {type: object}
",
    );
    assert!(
        text.contains("      requestBody:\n        $ref: '#/components/requestBodies/B'\n"),
        "{text}"
    );
    assert!(
        text.contains("          text/xml:\n            schema:\n              $ref: '#/components/schemas/A'\n"),
        "{text}"
    );
}

#[test]
fn a_file_is_sent_as_what_the_operation_produces() {
    let response = |produces: &str| {
        clean(&format!(
            "produces: [application/json]\npaths:\n  /a:\n    get:\n      {produces}\n      responses: {{200: {{description: D, schema: {{type: file}}}}}}\n"
        ))
    };
    let media_type = |text: &str| {
        text.lines()
            .find(|line| line.starts_with("            a"))
            .unwrap()
            .trim()
            .to_owned()
    };
    assert_eq!(media_type(&response("produces: [application/pdf]")), "application/pdf:");
    assert_eq!(media_type(&response("summary: S")), "application/octet-stream:");
}

#[test]
fn a_download_without_a_schema_is_no_empty_response() {
    let response = |produces: &str| {
        let operation = "responses: {200: {description: D}, 404: {description: E}}";
        told(&format!(
            "paths:\n  /a:\n    get:\n      produces: [{produces}]\n      {operation}\n"
        ))
    };
    let (text, findings) = response("application/x-tar");
    let expected = "        '200':
          description: D
          content:
            application/x-tar:
              schema:
                type: string
                format: binary
        '404':
          description: E
";
    assert!(text.ends_with(expected), "{text}");
    let told = "6:18 assumed-media-type: a success without a schema is taken as `application/x-tar`";
    assert_eq!(
        findings,
        [format!("{told} (add `schema: {{ type: file }}` to the response)")]
    );
    let (text, findings) = response("application/json");
    assert!(!text.contains("content") && findings.is_empty(), "{text}");
}

#[test]
fn each_example_stands_below_its_media_type() {
    let (text, findings) = told(
        "paths:
  /a:
    get:
      produces: [application/json; charset=utf-8, application/xml]
      responses:
        200:
          description: D
          schema: {type: object}
          examples: {application/json: {a: 1}, text/csv: a}
",
    );
    let expected = "          content:
            application/json; charset=utf-8:
              schema:
                type: object
              example:
                a: 1
            application/xml:
              schema:
                type: object
";
    assert!(text.ends_with(expected), "{text}");
    assert_eq!(findings.len(), 1);
    assert!(
        findings
            .iter()
            .all(|finding| finding.starts_with("11:48 invalid-value: `text/csv`")),
        "{findings:?}"
    );
}
