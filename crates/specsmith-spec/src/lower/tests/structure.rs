//! Unknown and missing keywords, values of other types, and keywords that exclude each other.

use super::{api, clean};
use crate::grammar::{Grammar, Kind};

#[test]
fn unknown_keywords_are_told_with_what_was_meant() {
    let (_, findings) = api(
        "3.1.0",
        "
paths:
  /a:
    get:
      sumary: A
      consumes: [application/json]
      x-anything: {deep: [1]}
      responses:
        '200': {description: '', schema: {}}
        '201': {description: '', type: object}
definitions: {}
host: example.org
",
    );
    assert_eq!(
        findings,
        [
            "7:7 unknown-keyword: `sumary` is not a keyword of an operation (did you mean `summary`?)",
            "8:7 unknown-keyword: `consumes` is not a keyword of an operation \
             (media types are the keys of `content`)",
            "11:34 unknown-keyword: `schema` is not a keyword of a response \
             (put it into `content`, below a media type)",
            "12:34 unknown-keyword: `type` is not a keyword of a response \
             (put it into `content`, in the `schema` of a media type)",
            "13:1 unknown-keyword: `definitions` is not a keyword of the document \
             (schemas belong into `components/schemas`)",
            "14:1 unknown-keyword: `host` is not a keyword of the document (addresses belong into `servers`)",
        ]
    );
}

#[test]
fn values_of_another_type_are_told_and_the_rest_goes_on() {
    let (api, findings) = api(
        "3.1.0",
        "
tags: {a: b}
paths:
  /a: null
  /b:
    get: []
    put:
      description: null
      tags: [1, {}]
      parameters: [text, null]
      responses: {'200': null, '201': {description: [], content: []}}
",
    );
    assert_eq!(api.operations.len(), 1);
    assert_eq!(api.operations[0].tags, ["1"]);
    assert_eq!(api.operations[0].responses.len(), 1);
    assert_eq!(
        findings,
        [
            "4:7 wrong-type: `tags` must be an array, not an object",
            "6:7 wrong-type: `/a` must be an object, not null",
            "8:10 wrong-type: `get` must be an object, not an array",
            "10:20 wrong-type: `description` must be a string, not null (it is taken as absent; leave it out)",
            "11:14 coerced-value: `tags` must be a string, and is a number here \
             (it is taken as `\"1\"`; put quotes around it)",
            "11:17 wrong-type: `tags` must be a string, not an object",
            "12:20 wrong-type: `parameters` must be an object, not a string",
            "12:26 wrong-type: `parameters` must be an object, not null",
            "13:26 wrong-type: `200` must be an object, not null",
            "13:53 wrong-type: `description` must be a string, not an array",
            "13:66 wrong-type: `content` must be an object, not an array",
        ]
    );
}

#[test]
fn what_is_required_and_not_there_is_told() {
    let (_, findings) = api(
        "3.0.3",
        "
paths:
  /a: {get: {responses: {'200': {}}, externalDocs: {}}}
",
    );
    assert_eq!(
        findings,
        [
            "5:26 missing-field: a response has no `description`",
            "5:38 missing-field: an external documentation object has no `url`",
        ]
    );
    clean("3.2.0", "paths: {/a: {get: {responses: {'200': {}}}}}");
    let (_, findings) = api("3.0.3", "components: {}");
    assert_eq!(findings, ["1:1 missing-field: the document has no `paths`"]);
    clean("3.1.0", "components: {}");
}

#[test]
fn keywords_that_exclude_each_other_are_told() {
    let (_, findings) = api(
        "3.1.0",
        "
components:
  parameters:
    A: {name: a, in: query, schema: {}, content: {text/plain: {}}, example: 1, examples: {}}
  links:
    B: {operationId: b, operationRef: '#/paths/~1b/get'}
",
    );
    assert_eq!(
        findings,
        [
            "6:41 conflicting-keywords: a parameter has either `schema` or `content`, not both",
            "6:68 conflicting-keywords: a parameter has either `examples` or `example`, not both",
            "8:25 conflicting-keywords: a link has either `operationId` or `operationRef`, not both",
        ]
    );
}

#[test]
fn a_reference_cannot_stand_for_a_map() {
    let (_, findings) = api("3.1.0", "components: {schemas: {$ref: './schemas.yaml'}}");
    assert_eq!(
        findings[0],
        "3:24 unknown-keyword: a `$ref` cannot stand for this whole object (refer to its members one by one)"
    );
}

#[test]
fn keywords_are_in_the_table_once() {
    let kinds = [
        Kind::OpenApi,
        Kind::Info,
        Kind::Contact,
        Kind::License,
        Kind::Server,
        Kind::ServerVariable,
        Kind::Components,
        Kind::PathItem,
        Kind::Operation,
        Kind::ExternalDocs,
        Kind::Parameter,
        Kind::RequestBody,
        Kind::MediaType,
        Kind::Encoding,
        Kind::Response,
        Kind::Example,
        Kind::Link,
        Kind::Header,
        Kind::Tag,
        Kind::SecurityScheme,
        Kind::OAuthFlows,
        Kind::OAuthFlow,
    ];
    for kind in kinds {
        let Grammar::Keywords(keywords) = kind.grammar() else {
            panic!("{kind:?} has no keywords")
        };
        let names: std::collections::BTreeSet<_> = keywords.iter().map(|keyword| keyword.name).collect();
        assert_eq!(names.len(), keywords.len(), "{kind:?}");
        for (first, second) in kind.exclusive() {
            assert!(
                names.contains(first) && names.contains(second),
                "{kind:?}: {first}, {second}"
            );
        }
    }
}
