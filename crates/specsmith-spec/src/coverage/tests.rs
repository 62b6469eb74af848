//! Tests of coverage: places, losses and counts, as text and as JSON.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use specsmith_diagnostics::{Code, Diagnostics, SourceMap};

use super::{Coverage, coverage};
use crate::{Fate, Limits, Source, read};

const DOCUMENT: &str = "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /pets:
    get:
      x-owner: me
      parameters: [{name: p, in: query, allowEmptyValue: true, schema: {type: string}}]
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Pet'}
        '404': {$ref: '#/components/responses/None', description: Gone, content: {}}
components:
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string, xml: {attribute: true}}
        owner: {$ref: '#/components/schemas/Ovner'}
        anything: {}
        described: {description: Whatever it is}
        typo: {type: strnig}
      not: {required: [color]}
    Owner: {type: object}
";

fn covered(text: &str) -> Coverage {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let source = Source::from_text("openapi.yaml", text);
    let document = read(source, &Limits::default(), &mut sources, &mut diagnostics).unwrap();
    coverage(&document, &Limits::default(), &sources, &mut diagnostics).unwrap()
}

#[test]
fn places_are_typed_unless_they_say_more_than_their_type() {
    let coverage = covered(DOCUMENT);
    // The parameter's, the response's, `Pet` and its five properties, `Owner`; `owner` is broken and `typo` has no type.
    assert_eq!((coverage.schemas.places, coverage.schemas.typed), (9, 7));
    assert_eq!(coverage.schemas.per_mille(), 777);
    let untyped: Vec<_> = coverage.untyped.iter().map(|place| place.pointer.as_str()).collect();
    let properties = "/components/schemas/Pet/properties";
    assert_eq!(untyped, [format!("{properties}/owner"), format!("{properties}/typo")]);
    assert_eq!((coverage.operations, coverage.webhooks), (1, 0));
}

#[test]
fn losses_have_their_place() {
    let coverage = covered(DOCUMENT);
    let losses: Vec<_> = coverage
        .losses
        .iter()
        .map(|loss| {
            let place = loss.place.as_ref().unwrap();
            format!("{} {}:{} {}", loss.code, place.line, place.column, place.pointer)
        })
        .collect();
    assert_eq!(
        losses,
        [
            "ref-siblings 14:73 /paths/~1pets/get/responses/404/content",
            "broken-ref 14:23 /paths/~1pets/get/responses/404/$ref",
            "broken-ref 21:23 /components/schemas/Pet/properties/owner/$ref",
            "invalid-value 24:22 /components/schemas/Pet/properties/typo/type",
            "not-generated 7:41 /paths/~1pets/get/parameters/0/allowEmptyValue",
        ]
    );
}

#[test]
fn keywords_are_counted_with_what_becomes_of_them() {
    let coverage = covered(DOCUMENT);
    let find = |object: &str, keyword: &str| {
        let found = coverage
            .keywords
            .iter()
            .find(|item| item.object == object && item.keyword == keyword)
            .unwrap();
        (found.fate, found.used, found.lost)
    };
    assert_eq!(find("Schema Object", "type"), (Some(Fate::Typed), 5, 0));
    assert_eq!(find("Schema Object", "required"), (Some(Fate::Typed), 1, 0));
    assert_eq!(find("Operation Object", "x-owner"), (None, 1, 0));
    assert_eq!(
        find("Parameter Object", "allowEmptyValue"),
        (Some(Fate::Reported(Code::NotGenerated)), 1, 0)
    );
    assert_eq!(find("Reference Object", "$ref"), (Some(Fate::Structural), 1, 0));
    assert_eq!(find("Reference Object", "description"), (Some(Fate::Documented), 1, 0));
    assert_eq!(
        find("Reference Object", "content"),
        (Some(Fate::Reported(Code::RefSiblings)), 1, 0)
    );
    assert_eq!(find("Operation Object", "responses"), (Some(Fate::Structural), 1, 0));
}

#[test]
fn what_is_lost_comes_first_in_the_text() {
    let text = covered(DOCUMENT).to_string();
    let lines: Vec<&str> = text.lines().take(7).collect();
    assert_eq!(
        lines,
        [
            "77.7 % of schemas are typed: 7 of 9 places",
            "1 operation",
            "",
            "Lost or left out:",
            "",
            "  broken-ref: 2 places",
            "    line 14     `#/components/responses/None` does not exist",
        ]
    );
    assert!(
        text.contains("\n  allowEmptyValue       1  reported: not-generated\n"),
        "{text}"
    );
    let clean = covered("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n").to_string();
    assert!(
        clean.starts_with("100.0 % of schemas are typed: 0 of 0 places\n0 operations\n\nNothing is lost.\n"),
        "{clean}"
    );
}

#[test]
fn json_holds_the_same() {
    let json: serde_json::Value = serde_json::from_str(&covered(DOCUMENT).to_json()).unwrap();
    assert_eq!(json["schemas"]["perMille"], 777);
    assert_eq!(json["losses"][1]["code"], "broken-ref");
    assert_eq!(json["losses"][1]["place"]["line"], 14);
    assert_eq!(json["losses"][1]["place"]["file"], "openapi.yaml");
    let keywords = json["keywords"].as_array().unwrap();
    let empty = keywords
        .iter()
        .find(|item| item["keyword"] == "allowEmptyValue")
        .unwrap();
    assert_eq!(empty["code"], "not-generated");
    assert_eq!(empty["fate"], "reported");
}
