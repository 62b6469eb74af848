//! What nothing is made of is told, once where it is the same at many places, and nothing is told of what is whole.

use super::{api, clean};

#[test]
fn what_nothing_is_made_of_is_told_once_for_the_document() {
    let (_, findings) = api(
        "3.2.0",
        "
tags: [{name: a, kind: nav}]
paths:
  /a:
    get:
      parameters:
      - {name: p, in: query, schema: {type: string}, allowEmptyValue: true}
      - {name: q, in: query, schema: {type: string}, allowEmptyValue: true}
      - {name: r, in: query, schema: {type: string}, allowEmptyValue: false}
      callbacks: {}
      responses: {default: {content: {text/plain: {description: Text, schema: {type: string}}}}}
",
    );
    assert_eq!(
        findings,
        [
            "4:18 note not-generated: nothing is generated for `kind` of a tag",
            "9:54 note not-generated: nothing is generated for `allowEmptyValue` of a parameter",
            "13:52 note not-generated: nothing is generated for `description` of a media type object",
        ]
    );
}

#[test]
fn schemas_that_nothing_uses_are_checked() {
    let (_, findings) = api(
        "3.1.0",
        "
paths: {}
components:
  responses:
    Unused:
      description: Unused
      content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/None'}}}}
  parameters:
    Unused: {name: p, in: query, schema: {type: strnig, discriminator: {mapping: {}, propertName: kind}}}
",
    );
    assert_eq!(
        findings,
        [
            "9:72 broken-ref: `#/components/schemas/None` does not exist",
            "11:49 invalid-value: `strnig` is not a type \
             (types are `string`, `number`, `integer`, `boolean`, `array`, `object` and, since 3.1, `null`)",
            "11:86 unknown-keyword: `propertName` is not a keyword of a discriminator (did you mean `propertyName`?)",
            "11:72 missing-field: a discriminator has no `propertyName`",
        ]
    );
}

#[test]
fn dialects_that_are_known_say_nothing() {
    for dialect in [
        "https://spec.openapis.org/oas/3.1/dialect/base",
        "https://spec.openapis.org/oas/3.2/dialect/2025-09-17",
        "https://json-schema.org/draft/2020-12/schema",
        "http://json-schema.org/draft-07/schema#",
    ] {
        clean("3.1.0", &format!("jsonSchemaDialect: {dialect}\npaths: {{}}"));
    }
    let (_, findings) = api("3.1.0", "jsonSchemaDialect: https://example.org/own\npaths: {}");
    assert_eq!(
        findings,
        ["3:20 unknown-dialect: `https://example.org/own` is not a dialect of JSON Schema that is known here"]
    );
}

#[test]
fn names_at_the_wrong_place_are_told_where_they_belong() {
    let (_, findings) = api(
        "3.1.0",
        "
title: Pets
schemas: {}
info2: {}
paths:
  /a:
    operationId: a
    x_internal: true
    get:
      content: {}
      X-Owner: me
      responses: {'200': {description: d, body: {}, schema: {}}}
",
    );
    assert_eq!(
        findings,
        [
            "4:1 unknown-keyword: `title` is not a keyword of the document (it belongs into `info`)",
            "5:1 unknown-keyword: `schemas` is not a keyword of the document (it belongs into `components`)",
            "6:1 unknown-keyword: `info2` is not a keyword of the document (did you mean `info`?)",
            "9:5 unknown-keyword: `operationId` is not a keyword of a path item (it belongs into its operations)",
            "10:5 unknown-keyword: `x_internal` is not a keyword of a path item \
             (names of your own start with `x-`: `x-internal`)",
            "12:7 unknown-keyword: `content` is not a keyword of an operation (it belongs into one of its `responses`)",
            "13:7 unknown-keyword: `X-Owner` is not a keyword of an operation \
             (names of your own start with `x-`: `x-owner`)",
            "14:43 unknown-keyword: `body` is not a keyword of a response",
            "14:53 unknown-keyword: `schema` is not a keyword of a response \
             (put it into `content`, below a media type)",
        ]
    );
}

#[test]
fn scopes_that_no_flow_has_are_told_once() {
    let (api, findings) = api(
        "3.1.0",
        "
security: [{o: [read, raed]}]
paths:
  /a:
    get: {security: [{o: [raed]}, {k: [admin]}], responses: {default: {description: d}}}
components:
  securitySchemes:
    o: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a.example', scopes: {read: r}}}}
    k: {type: apiKey, name: k, in: header}
",
    );
    assert_eq!(api.operations[0].security[0].schemes[0].scopes, ["raed"]);
    assert_eq!(
        findings,
        ["4:23 note undefined-scope: no flow of `o` has the scope `raed` (did you mean `read`?)"]
    );
}

#[test]
fn encodings_of_no_property_and_styles_without_meaning_are_told() {
    let (_, findings) = api(
        "3.1.0",
        "
paths:
  /a:
    post:
      parameters:
      - {name: p, in: query, style: pipeDelimited, explode: true, schema: {type: array, items: {type: string}}}
      - {name: q, in: query, style: deepObject, explode: false, schema: {type: object}}
      - {name: r, in: query, style: deepObject, schema: {type: object}}
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {tags: {type: string}}}
            encoding:
              tag: {explode: true}
              tags: {contentType: application/json}
      responses: {default: {description: d}}
",
    );
    assert_eq!(
        findings,
        [
            "8:61 note conflicting-keywords: OpenAPI does not define `style: pipeDelimited` with `explode: true`",
            "9:58 note conflicting-keywords: OpenAPI does not define `style: deepObject` with `explode: false`",
            "16:15 undefined-property: `tag` is encoded but is none of the properties (did you mean `tags`?)",
            "17:22 note not-generated: nothing is generated for the `contentType` of members of forms",
        ]
    );
}
