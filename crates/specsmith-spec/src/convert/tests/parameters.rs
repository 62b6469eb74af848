//! Parameters and headers.

use super::{clean, told};

/// The parameters that a list becomes, without the operation around them.
fn parameters(list: &str) -> String {
    let text = clean(&format!(
        "paths:\n  /a:\n    get:\n      parameters: [{list}]\n      responses: {{default: {{description: D}}}}\n"
    ));
    let (_, rest) = text.split_once("      parameters:\n").unwrap();
    let (list, _) = rest.split_once("      responses:\n").unwrap();
    list.lines()
        .map(|line| line.get(8..).unwrap_or_default().to_owned() + "\n")
        .collect()
}

#[test]
fn what_a_parameter_says_of_its_values_is_its_schema() {
    let text = parameters(
        "{name: p, in: query, description: D, required: true, type: integer, format: int32, default: 1, minimum: 0, exclusiveMinimum: true, maximum: 9, multipleOf: 2, enum: [2, 4], x-a: b}",
    );
    let expected = "- name: p
  in: query
  description: D
  required: true
  schema:
    type: integer
    format: int32
    default: 1
    minimum: 0
    exclusiveMinimum: true
    maximum: 9
    multipleOf: 2
    enum:
      - 2
      - 4
  x-a: b
";
    assert_eq!(text, expected);
}

#[test]
fn arrays_in_the_query_are_joined_as_they_were() {
    let array = |format: &str| {
        let stated = if format.is_empty() {
            String::new()
        } else {
            format!(", collectionFormat: {format}")
        };
        let text = parameters(&format!(
            "{{name: p, in: query, type: array, items: {{type: string}}{stated}}}"
        ));
        text.lines()
            .filter(|line| line.contains("style") || line.contains("explode"))
            .map(|line| line.trim().to_owned())
            .collect::<Vec<_>>()
            .join(", ")
    };
    assert_eq!(array(""), "style: form, explode: false");
    assert_eq!(array("csv"), "style: form, explode: false");
    assert_eq!(array("ssv"), "style: spaceDelimited, explode: false");
    assert_eq!(array("pipes"), "style: pipeDelimited, explode: false");
    assert_eq!(array("multi"), "");
}

#[test]
fn arrays_in_paths_and_headers_are_joined_by_commas_without_saying_so() {
    let text =
        parameters("{name: p, in: header, type: array, items: {type: string, pattern: a}, collectionFormat: csv}");
    let expected = "- name: p
  in: header
  schema:
    type: array
    items:
      type: string
      pattern: a
";
    assert_eq!(text, expected);
}

#[test]
fn what_openapi_3_cannot_join_is_text() {
    let (text, findings) = told(
        "paths:
  /a:
    get:
      parameters:
        - {name: p, in: query, type: array, items: {type: integer}, collectionFormat: tsv, description: D}
      responses: {default: {description: D}}
",
    );
    let expected = "        - name: p
          in: query
          schema:
            type: string
          description: D
";
    assert!(text.contains(expected), "{text}");
    assert_eq!(
        findings,
        ["7:87 collection-format: arrays joined by tabs are not generated at this place (join the items by tabs)"]
    );
}

#[test]
fn headers_of_responses_have_schemas() {
    let text = clean(
        "paths:
  /a:
    get:
      responses:
        200:
          description: D
          headers:
            X-Left: {description: Left., type: integer, format: int64}
            X-Tags: {type: array, items: {type: string}}
",
    );
    let expected = "          headers:
            X-Left:
              description: Left.
              schema:
                type: integer
                format: int64
            X-Tags:
              schema:
                type: array
                items:
                  type: string
";
    assert!(text.ends_with(expected), "{text}");
}
