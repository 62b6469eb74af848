//! Versions, the info object, servers and tags.

use super::{Lowered, api, clean, lowered, outline, summaries};

fn refused(text: &str) -> Vec<String> {
    let Lowered { api, findings } = lowered(text);
    assert!(api.is_none());
    findings
}

#[test]
fn versions_3_0_to_3_2_are_read() {
    for version in ["3.0.0", "3.0.4", "3.1.0", "3.1.1", "3.1", "3.2.0", "3.1.0-rc1"] {
        clean(version, "paths: {}");
    }
}

#[test]
fn other_versions_are_refused() {
    for version in ["2.0", "3.3.0", "3.01", "4.0.0", "three", ""] {
        let findings = refused(&format!("openapi: '{version}'\npaths: {{}}"));
        let message = format!("version `{version}` of OpenAPI is not read");
        let help = "(the versions that are read are Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2)";
        assert_eq!(findings, [format!("1:10 error unsupported-version: {message} {help}")]);
    }
}

#[test]
fn swagger_is_lowered_with_the_places_of_its_own_text() {
    let Lowered { api, findings } = lowered(
        "swagger: '2.0'
info: {title: T, version: '1'}
host: api.example.com
schemes: [https]
paths:
  /a/{id}:
    get:
      operationId: getA
      parameters:
        - {name: id, in: path, required: true, type: integer}
        - {name: tags, in: query, type: array, items: {type: string}}
      responses:
        204: {description: D}
      security: [{none: []}]
",
    );
    let api = api.unwrap();
    assert_eq!(api.servers[0].url, "https://api.example.com");
    assert_eq!(outline(&api.operations), ["GET /a/{id} getA"]);
    assert_eq!(
        summaries(&api.operations[0]),
        ["path id required Simple", "query tags optional Form"]
    );
    let message = "undefined-security-scheme: no security scheme is called `none`";
    assert_eq!(
        findings,
        [format!("14:19 {message} (define it in `securityDefinitions`)")]
    );
}

#[test]
fn swagger_whose_paths_are_text_is_refused() {
    let Lowered { api, findings } = lowered("swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths: none\n");
    assert!(api.is_none());
    let told = |finding: &String| finding.contains("error wrong-type: `paths` must be an object");
    assert!(findings.iter().any(told), "{findings:?}");
}

#[test]
fn swagger_without_anything_is_refused() {
    let Lowered { api, findings } = lowered("swagger: '2.0'\ninfo: {title: T, version: '1'}\n");
    assert!(api.is_none());
    assert_eq!(
        findings,
        ["1:10 error missing-field: the document has no `paths` or `definitions`"]
    );
}

#[test]
fn a_document_that_describes_nothing_is_refused() {
    let head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}";
    for (paths, found) in [("5", "a number"), ("none", "a string"), ("null", "null")] {
        assert_eq!(
            refused(&format!("{head}\npaths: {paths}")),
            [format!("3:8 error wrong-type: `paths` must be an object, not {found}")]
        );
    }
    // What stands beside it is of use all the same.
    let (api, findings) = api("3.1.0", "paths: 5\ncomponents: {schemas: {A: {type: string}}}");
    assert_eq!(api.types.len(), 1);
    assert_eq!(findings, ["3:8 wrong-type: `paths` must be an object, not a number"]);
}

#[test]
fn what_is_no_openapi_document_is_refused() {
    assert_eq!(
        refused("info: {}\npaths: {}"),
        [
            "1:1 error unsupported-version: the document does not say which version of OpenAPI it is \
          (add `openapi: 3.1.1`, or the version it was written for)"
        ]
    );
    assert_eq!(
        refused("apiVersion: v1\nkind: Pod"),
        [
            "1:1 error unsupported-version: the document does not say which version of OpenAPI it is \
          (this looks like a document of another kind)"
        ]
    );
    assert_eq!(
        refused("- openapi"),
        ["1:1 error unsupported-version: an OpenAPI document is an object, not an array"]
    );
    assert_eq!(
        refused("openapi: true"),
        ["1:10 error unsupported-version: `openapi` must be a string such as `3.1.1`, not a boolean"]
    );
    assert_eq!(
        refused("openapi: 3.1.0\ninfo: {title: T, version: '1'}"),
        ["1:10 error missing-field: the document has no `paths`, `webhooks` or `components`"]
    );
}

#[test]
fn numbers_are_taken_as_the_text_that_was_meant() {
    let Lowered { api, findings } = lowered("openapi: 3.0\ninfo: {title: T, version: 1.10}\npaths: {}");
    assert_eq!(api.unwrap().info.version, "1.10");
    assert_eq!(
        findings,
        [
            "1:10 coerced-value: `openapi` must be a string, and is a number here \
             (it is taken as `\"3.0\"`; put quotes around it)",
            "2:27 coerced-value: `version` must be a string, and is a number here \
             (it is taken as `\"1.10\"`; put quotes around it)",
        ]
    );
}

#[test]
fn info_is_kept_whole() {
    let text = "
openapi: 3.1.0
info:
  title: Trips
  version: 1.0-beta
  summary: All trips
  description: A *description*
  termsOfService: https://example.org/terms
  contact: {name: Ann, url: 'https://example.org', email: ann@example.org}
  license: {name: MIT, identifier: MIT}
externalDocs: {url: 'https://example.org/docs', description: More}
paths: {}
";
    let Lowered { api, findings } = lowered(text);
    assert_eq!(findings, Vec::<String>::new());
    let info = api.unwrap().info;
    assert_eq!((info.title.as_str(), info.version.as_str()), ("Trips", "1.0-beta"));
    assert_eq!(info.summary.as_deref(), Some("All trips"));
    assert_eq!(info.terms_of_service.as_deref(), Some("https://example.org/terms"));
    assert_eq!(info.contact.unwrap().email.as_deref(), Some("ann@example.org"));
    assert_eq!(info.license.unwrap().identifier.as_deref(), Some("MIT"));
    assert_eq!(info.external_docs.unwrap().description.as_deref(), Some("More"));
}

#[test]
fn servers_keep_their_variables() {
    let api = clean(
        "3.1.0",
        "
servers:
- url: https://{region}.example.org/{base}
  description: Production
  variables:
    region: {default: eu, enum: [eu, us], description: Where}
    base: {default: v1}
- url: /relative
paths: {}
",
    );
    let [server, relative] = api.servers.as_slice() else {
        panic!("{:?}", api.servers)
    };
    assert_eq!(server.url, "https://{region}.example.org/{base}");
    assert_eq!(server.variables[0].values, ["eu", "us"]);
    assert_eq!(server.variables[1].default, "v1");
    assert_eq!(relative.url, "/relative");
}

#[test]
fn mistakes_of_servers_are_told() {
    let (api, findings) = api(
        "3.1.0",
        "
servers:
- url: https://{regoin}.example.org
  variables:
    region: {default: asia, enum: [eu, us]}
    port: {default: 8443, enum: []}
- description: nowhere
paths: {}
",
    );
    assert_eq!(api.servers.len(), 1);
    assert_eq!(api.servers[0].variables[1].default, "8443");
    assert_eq!(
        findings,
        [
            "8:21 coerced-value: `default` must be a string, and is a number here \
             (it is taken as `\"8443\"`; put quotes around it)",
            "9:3 missing-field: a server has no `url`",
            "7:23 invalid-value: the default `asia` of the variable `region` is none of its values \
             (the values are `eu`, `us`)",
            "8:33 invalid-value: the variable `port` can have no value \
             (leave `enum` out where any value is possible)",
            "5:8 undefined-server-variable: `variables` does not describe `regoin` (did you mean `region`?)",
            "7:5 undefined-server-variable: the address does not have the variable `region`",
            "8:5 undefined-server-variable: the address does not have the variable `port`",
        ]
    );
}

#[test]
fn tags_are_those_declared_then_those_used() {
    let api = clean(
        "3.2.0",
        "
tags:
- {name: b, summary: Bees, parent: a}
- {name: a, description: Ants}
paths:
  /x:
    get: {tags: [c, a, c], responses: {default: {}}}
",
    );
    let names: Vec<_> = api.tags.iter().map(|tag| tag.name.as_str()).collect();
    assert_eq!(names, ["b", "a", "c"]);
    assert_eq!(api.tags[0].docs.title.as_deref(), Some("Bees"));
    assert_eq!(api.tags[0].parent.as_deref(), Some("a"));
    assert_eq!(api.operations[0].tags, ["c", "a"]);
}

#[test]
fn mistakes_of_tags_are_told() {
    let (api, findings) = api(
        "3.2.0",
        "
tags:
- {name: a, parent: b}
- {name: b, parent: a}
- {name: a}
- {name: c, parent: d}
paths: {}
",
    );
    assert_eq!(api.tags.len(), 3);
    assert_eq!(api.tags[1].parent, None);
    assert_eq!(
        findings,
        [
            "7:10 duplicate-name: the tag `a` is declared twice",
            "6:21 invalid-value: the parents of the tag `b` lead in a circle, or are too many",
            "8:21 invalid-value: the parent `d` of the tag `c` is not declared",
        ]
    );
}

#[test]
fn groups_of_tags_are_tags_above_them() {
    let api = clean(
        "3.1.0",
        "
tags: [{name: a}, {name: b}, {name: c}]
x-tagGroups:
- {name: First, tags: [a, First, c, unknown]}
- {name: b, tags: [b, d, First, c]}
- {name: d, tags: [b]}
- {name: Empty, tags: []}
paths:
  /x:
    get: {tags: [d], responses: {default: {description: d}}}
",
    );
    let tags: Vec<_> = api
        .tags
        .iter()
        .map(|tag| (tag.name.as_str(), tag.parent.as_deref()))
        .collect();
    assert_eq!(
        tags,
        [
            ("a", Some("First")),
            ("b", None),
            ("c", Some("First")),
            ("d", Some("b")),
            ("First", None),
        ],
        "the first group counts, none stands below itself, and one without tags is none"
    );
}
