//! References, and what they lead to in the new document.

use super::{clean, told};

#[test]
fn references_into_paths_and_schemas_lead_to_the_same_schemas() {
    let text = clean(
        "paths:
  /a/{id}:
    get:
      parameters: [{name: id, in: path, required: true, type: string}]
      responses:
        200: {description: D, schema: {type: object, properties: {x: {type: object}}}}
  /b:
    post:
      parameters:
        - {name: one, in: body, schema: {$ref: '#/paths/~1a~1{id}/get/responses/200/schema'}}
      responses:
        200: {description: D, schema: {$ref: '#/definitions/A/properties/y'}}
        201: {description: D, schema: {$ref: '#/paths/~1b/post/parameters/0/schema'}}
definitions:
  A: {type: object, properties: {y: {type: object}}}
",
    );
    let references: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split_once("$ref: "))
        .map(|(_, to)| to)
        .collect();
    assert_eq!(
        references,
        [
            "'#/paths/~1a~1%7Bid%7D/get/responses/200/content/application~1json/schema'",
            "'#/components/schemas/A/properties/y'",
            "'#/paths/~1b/post/requestBody/content/application~1json/schema'",
        ]
    );
}

#[test]
fn references_into_extensions_find_what_they_mean() {
    let text = clean(
        "paths:
  /a:
    $ref: '#/x-paths/a'
x-paths:
  a:
    get:
      parameters: [{$ref: '#/x-more/limit'}]
      responses: {200: {description: D, schema: {$ref: '#/x-more/answer'}}}
x-more:
  limit: {name: limit, in: query, type: integer}
  answer: {type: object, properties: {pet: {$ref: '#/definitions/Pet'}}}
  other: {$ref: '#/definitions/Pet'}
definitions:
  Pet: {type: object}
",
    );
    let expected = "x-more:
  limit:
    name: limit
    in: query
    schema:
      type: integer
  answer:
    type: object
    properties:
      pet:
        $ref: '#/components/schemas/Pet'
  other:
    $ref: '#/definitions/Pet'
";
    assert!(text.contains(expected), "{text}");
    assert!(
        text.contains("              schema:\n                $ref: '#/x-more/answer'\n"),
        "{text}"
    );
}

#[test]
fn a_broken_reference_stays_and_is_told_once() {
    let (text, findings) = told(
        "paths:
  /a:
    get:
      responses:
        200: {description: D, schema: {$ref: '#/definitions/Pett'}}
        404: {$ref: '#/responses/None'}
definitions:
  Pet: {type: object}
",
    );
    assert!(
        text.contains("$ref: '#/definitions/Pett'") && text.contains("$ref: '#/responses/None'"),
        "{text}"
    );
    assert_eq!(
        findings,
        [
            "8:21 broken-ref: `#/responses/None` does not exist",
            "7:46 broken-ref: `#/definitions/Pett` does not exist (did you mean `Pet`?)",
        ]
    );
}

#[test]
fn a_shared_response_is_referred_to_where_its_media_types_fit() {
    let text = clean(
        "produces: [application/json]
paths:
  /a:
    get: {responses: {404: {$ref: '#/responses/Problem'}, 410: {$ref: '#/responses/Gone'}}}
  /b:
    get: {produces: [application/xml], responses: {404: {$ref: '#/responses/Problem'}, 410: {$ref: '#/responses/Gone'}}}
responses:
  Problem: {description: P, schema: {type: object, properties: {title: {type: string}}}}
  Gone: {description: G}
",
    );
    let expected = "        '404':
          description: P
          content:
            application/xml:
              schema:
                $ref: '#/components/responses/Problem/content/application~1json/schema'
        '410':
          $ref: '#/components/responses/Gone'
";
    assert!(text.contains(expected), "{text}");
    assert_eq!(
        text.matches("$ref: '#/components/responses/Problem'").count(),
        1,
        "{text}"
    );
}
