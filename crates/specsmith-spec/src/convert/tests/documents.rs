//! Addresses, components, security and the head of a document.

use super::{clean, converted, told};

const PATHS: &str = "paths: {}\n";

#[test]
fn host_path_and_schemes_are_servers() {
    let text = clean("host: api.example.com:8443\nbasePath: /v1/\nschemes: [https, wss]\npaths: {}\n");
    let servers = "servers:\n  - url: https://api.example.com:8443/v1\n  - url: wss://api.example.com:8443/v1\n";
    assert_eq!(text, format!("{servers}{PATHS}"));
    let relative = clean("basePath: /v1\npaths: {}\n");
    assert_eq!(relative, format!("servers:\n  - url: /v1\n{PATHS}"));
    let root = clean("basePath: /\npaths: {}\n");
    assert_eq!(root, format!("servers:\n  - url: /\n{PATHS}"));
    let same_scheme = clean("host: api.example.com\npaths: {}\n");
    assert_eq!(same_scheme, format!("servers:\n  - url: //api.example.com\n{PATHS}"));
    assert_eq!(clean(PATHS), PATHS);
}

#[test]
fn schemes_of_an_operation_are_its_servers() {
    let text = clean(
        "host: a.example\nschemes: [https]\npaths:\n  /a:\n    get:\n      schemes: [http]\n      responses: {default: {description: D}}\n",
    );
    assert!(
        text.contains("      servers:\n        - url: http://a.example\n"),
        "{text}"
    );
}

#[test]
fn schemes_without_a_host_are_told_once() {
    let (text, findings) = told(
        "schemes: [https]\npaths:\n  /a:\n    get:\n      schemes: [http]\n      responses: {default: {description: D}}\n",
    );
    assert!(!text.contains("servers"), "{text}");
    assert_eq!(
        findings,
        ["3:1 not-generated: `schemes` has no effect without a `host`"]
    );
}

#[test]
fn a_version_that_is_a_number_is_understood() {
    let (text, findings) = converted("swagger: 2.0\ninfo: {title: T, version: '1'}\npaths: {}\n");
    assert!(text.starts_with("openapi: 3.0.4\ninfo:\n"), "{text}");
    assert_eq!(findings.len(), 1);
    assert!(
        findings
            .iter()
            .all(|finding| finding.starts_with("1:10 coerced-value: "))
    );
}

#[test]
fn schemes_of_security_have_their_names_of_openapi_3() {
    let text = clean(
        "paths: {}
securityDefinitions:
  basic: {type: basic, description: D}
  key: {type: apiKey, name: X-Key, in: header, x-more: 1}
  code: {type: oauth2, flow: accessCode, authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: {read: R}}
  app: {type: oauth2, flow: application, tokenUrl: 'https://t', scopes: {}}
security: [{code: [read], basic: []}]
",
    );
    let expected = "paths: {}
components:
  securitySchemes:
    basic:
      type: http
      scheme: basic
      description: D
    key:
      type: apiKey
      name: X-Key
      in: header
      x-more: 1
    code:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://a
          tokenUrl: https://t
          scopes:
            read: R
    app:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://t
          scopes: {}
security:
  - code:
      - read
    basic: []
";
    assert_eq!(text, expected);
}

#[test]
fn names_that_openapi_3_does_not_allow_are_replaced_wherever_they_stand() {
    let text = clean(
        "paths: {}
securityDefinitions:
  my key: {type: apiKey, name: k, in: query}
security: [{my key: []}]
definitions:
  List«Pet»: {type: array, items: {$ref: '#/definitions/a~1b'}}
  List_Pet: {type: string}
  a/b: {$ref: '#/definitions/List%C2%ABPet%C2%BB'}
  «»: {type: string}
",
    );
    let expected = "paths: {}
components:
  securitySchemes:
    my_key:
      type: apiKey
      name: k
      in: query
  schemas:
    List_Pet_2:
      type: array
      items:
        $ref: '#/components/schemas/a_b'
    List_Pet:
      type: string
    a_b:
      $ref: '#/components/schemas/List_Pet_2'
    Unnamed:
      type: string
security:
  - my_key: []
";
    assert_eq!(text, expected);
}

#[test]
fn a_discriminator_is_an_object_with_the_values_that_are_no_names() {
    let text = clean(
        "paths: {}
definitions:
  Pet: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string}}}
  Cat: {allOf: [{$ref: '#/definitions/Pet'}]}
  Dog: {x-discriminator-value: dog, allOf: [{$ref: '#/definitions/Pet'}]}
  Pet of «prey»: {allOf: [{$ref: '#/definitions/Cat'}]}
",
    );
    let expected = "      discriminator:
        propertyName: kind
        mapping:
          dog: '#/components/schemas/Dog'
          Pet of «prey»: '#/components/schemas/Pet_of_prey'
";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn nullable_schemas_say_so_as_openapi_3_does() {
    let text = clean(
        "paths: {}
definitions:
  A: {type: string, x-nullable: true}
  B: {$ref: '#/definitions/A', x-nullable: true}
",
    );
    let expected = "    A:
      type: string
      nullable: true
    B:
      allOf:
        - $ref: '#/components/schemas/A'
      nullable: true
";
    assert!(text.ends_with(expected), "{text}");
}
