//! Tests of upgrading: what becomes of each keyword, and that the meaning stays.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_ir::dump;

use crate::{Document, Limits, Node, Source, lower, read, upgrade};

/// A document that was upgraded.
struct Upgraded {
    sources: SourceMap,
    old: Document,
    new: Document,
    /// Each finding: line and column, message, what was done.
    findings: Vec<String>,
}

fn upgraded(text: &str) -> Upgraded {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let source = Source::from_text("openapi.yaml", text);
    let old = read(source, &Limits::default(), &mut sources, &mut diagnostics).unwrap();
    let mut diagnostics = Diagnostics::new();
    let new = upgrade(&old, &mut diagnostics).unwrap();
    let findings = diagnostics.iter().map(|diagnostic| {
        let place = sources.line_column(diagnostic.location.unwrap()).unwrap();
        let label = diagnostic.label.as_deref().unwrap_or_default();
        format!("{}:{} {} ({label})", place.line, place.column, diagnostic.message)
    });
    let findings = findings.collect();
    Upgraded {
        sources,
        old,
        new,
        findings,
    }
}

fn at<'d>(document: &'d Document, pointer: &[&str]) -> Node<'d> {
    pointer.iter().fold(document.root(), |node, step| {
        node.get(step)
            .or_else(|| node.items().nth(step.parse().unwrap()))
            .unwrap()
    })
}

/// The schemas of a document of this version, upgraded, as JSON; the model must be the same.
fn schemas(version: &str, schemas: &str) -> (Vec<String>, Vec<String>) {
    let indented = schemas.trim_end().replace('\n', "\n    ");
    let Upgraded { old, new, findings, .. } = upgraded(&format!(
        "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    {indented}"
    ));
    let model = |document: &Document| dump(&lower(document, &mut Diagnostics::new()).unwrap());
    assert_eq!(model(&old), model(&new), "{schemas}");
    let json = at(&new, &["components", "schemas"]).members();
    (json.map(|(_, node)| node.to_value().to_string()).collect(), findings)
}

/// Expects one schema to become another one, without a finding.
#[track_caller]
fn becomes(version: &str, schema: &str, expected: &str) {
    let (found, findings) = schemas(version, &format!("A: {schema}\nB: {{type: string}}"));
    assert_eq!(found[0], expected.replace('\'', "\""), "{schema}");
    assert_eq!(findings, [""; 0], "{schema}");
}

#[test]
fn null_joins_the_types() {
    becomes("3.0.4", "{type: string, nullable: true}", "{'type':['string','null']}");
    becomes("3.0.4", "{type: string, nullable: false}", "{'type':'string'}");
    becomes(
        "3.1.1",
        "{type: [string, integer], nullable: true}",
        "{'type':['string','integer','null']}",
    );
    becomes("3.1.1", "{type: [string, null]}", "{'type':['string','null']}");
    becomes(
        "3.1.1",
        "{type: [string, 'null'], nullable: true}",
        "{'type':['string','null']}",
    );
    becomes(
        "3.0.4",
        "{type: string, x-nullable: true}",
        "{'type':['string','null']}",
    );
}

#[test]
fn null_joins_the_values() {
    let expected = "{'type':['string','null'],'enum':['a',null],'x-enum-varnames':['A']}";
    becomes(
        "3.0.4",
        "{type: string, nullable: true, enum: [a], x-enum-varnames: [A]}",
        expected,
    );
    becomes("3.0.4", "{enum: [a, null], nullable: true}", "{'enum':['a',null]}");
    becomes(
        "3.1.1",
        "{const: a, nullable: true, description: D}",
        "{'description':'D','anyOf':[{'const':'a'},{'type':'null'}]}",
    );
}

#[test]
fn null_joins_what_is_referred_to() {
    let reference = "{'$ref':'#/components/schemas/B'}";
    let union = |rest: &str| format!("{{{rest}'anyOf':[{reference},{{'type':'null'}}]}}");
    becomes("3.1.1", "{$ref: '#/components/schemas/B', nullable: true}", &union(""));
    becomes(
        "3.0.4",
        "{nullable: true, description: D, allOf: [{$ref: '#/components/schemas/B'}]}",
        &union("'description':'D',"),
    );
    becomes(
        "3.0.4",
        "{nullable: true, allOf: [{$ref: '#/components/schemas/B'}, {minLength: 1}]}",
        &format!("{{'anyOf':[{{'allOf':[{reference},{{'minLength':1}}]}},{{'type':'null'}}]}}"),
    );
    becomes(
        "3.0.4",
        "{nullable: true, anyOf: [{$ref: '#/components/schemas/B'}]}",
        &union(""),
    );
}

#[test]
fn null_joins_unions() {
    becomes(
        "3.0.4",
        "{nullable: true, oneOf: [{type: string}, {type: integer}]}",
        "{'oneOf':[{'type':'string'},{'type':'integer'},{'type':'null'}]}",
    );
    // A second branch that allows `null` would make `oneOf` refuse it.
    becomes(
        "3.0.4",
        "{nullable: true, oneOf: [{type: string, nullable: true}, {type: integer}]}",
        "{'anyOf':[{'oneOf':[{'type':['string','null']},{'type':'integer'}]},{'type':'null'}]}",
    );
    becomes(
        "3.0.4",
        "{type: object, nullable: true, anyOf: [{properties: {a: {type: string}}}, {properties: {b: {type: string}}}]}",
        "{'type':['object','null'],'anyOf':[{'properties':{'a':{'type':'string'}}},\
         {'properties':{'b':{'type':'string'}}},{'type':'null'}]}",
    );
}

#[test]
fn null_joins_schemas_without_a_type() {
    becomes(
        "3.0.4",
        "{nullable: true, title: T, properties: {a: {type: string}}}",
        "{'title':'T','anyOf':[{'properties':{'a':{'type':'string'}}},{'type':'null'}]}",
    );
    becomes("3.0.4", "{nullable: true, description: D}", "{'description':'D'}");
}

#[test]
fn what_stands_for_null_in_unions_becomes_null() {
    let expected = "{'oneOf':[{'type':'string'},{'type':'null'}]}";
    becomes("3.0.4", "{oneOf: [{type: string}, {nullable: true}]}", expected);
    becomes(
        "3.0.4",
        "{oneOf: [{type: string}, {type: object, nullable: true, maxProperties: 0}]}",
        expected,
    );
    let (found, _) = schemas(
        "3.0.4",
        "Null: {nullable: true}\nA: {oneOf: [{type: string}, {$ref: '#/components/schemas/Null'}]}",
    );
    assert_eq!(found[1], expected.replace('\'', "\""));
}

#[test]
fn exclusive_bounds_are_numbers() {
    becomes(
        "3.0.4",
        "{type: integer, minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false}",
        "{'type':'integer','exclusiveMinimum':0,'maximum':9}",
    );
    becomes("3.0.4", "{type: integer, exclusiveMinimum: true}", "{'type':'integer'}");
    becomes(
        "3.1.1",
        "{type: integer, exclusiveMinimum: 0}",
        "{'type':'integer','exclusiveMinimum':0}",
    );
}

#[test]
fn schemas_are_found_wherever_they_stand() {
    let old = "{'type':'string','nullable':true}";
    let new = "{'type':['string','null']}";
    for schema in [
        "{'type':'array','items':_}",
        "{'type':'array','prefixItems':[_],'unevaluatedItems':_,'contains':_}",
        "{'type':'object','properties':{'a':_},'patternProperties':{'a':_},'additionalProperties':_}",
        "{'type':'object','propertyNames':_,'unevaluatedProperties':_,'dependentSchemas':{'a':_}}",
        "{'allOf':[_,{'oneOf':[_,{'type':'integer'}]},{'anyOf':[_,{'type':'integer'}]}]}",
        "{'not':_,'if':_,'then':_,'else':_,'contentSchema':_,'$defs':{'a':_}}",
    ] {
        let written = schema.replace('_', old).replace('\'', "\"").replace(':', ": ");
        becomes("3.1.1", &written, &schema.replace('_', new));
    }
}

#[test]
fn tuples_have_prefix_items() {
    becomes(
        "3.1.1",
        "{type: array, items: [{type: string, nullable: true}], additionalItems: false}",
        "{'type':'array','prefixItems':[{'type':['string','null']}],'items':false}",
    );
    becomes(
        "3.1.1",
        "{type: array, items: {type: string}, additionalItems: false}",
        "{'type':'array','items':{'type':'string'}}",
    );
}

#[test]
fn keywords_of_earlier_drafts_have_new_names() {
    becomes(
        "3.1.1",
        "{type: object, definitions: {N: {type: string, nullable: true}}}",
        "{'type':'object','$defs':{'N':{'type':['string','null']}}}",
    );
    becomes(
        "3.1.1",
        "{type: object, dependencies: {a: [b], c: {nullable: true, type: object}}}",
        "{'type':'object','dependentRequired':{'a':['b']},'dependentSchemas':{'c':{'type':['object','null']}}}",
    );
    becomes(
        "3.0.4",
        "{type: string, example: a}",
        "{'type':'string','examples':['a']}",
    );
    becomes(
        "3.1.1",
        "{type: string, example: b, examples: [a]}",
        "{'type':'string','examples':['a','b']}",
    );
}

#[test]
fn values_that_look_like_schemas_stay() {
    let text = "{'type':'object','default':{'type':'string','nullable':true},'x-a':{'nullable':true}}";
    becomes("3.0.4", &text.replace('\'', "\"").replace(':', ": "), text);
    becomes(
        "3.0.4",
        "{properties: {nullable: {type: string}, example: {type: string}}}",
        "{'properties':{'nullable':{'type':'string'},'example':{'type':'string'}}}",
    );
}

#[test]
fn binary_data_is_told_by_its_content() {
    let formats = |text: &str| {
        let document = format!(
            "openapi: 3.0.4\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {text}}}}}"
        );
        let Upgraded { new, .. } = upgraded(&document);
        at(&new, &["components", "schemas", "A"]).to_value().to_string()
    };
    let expected = r#"{"type":"string","contentEncoding":"base64"}"#;
    assert_eq!(formats("{type: string, format: byte}"), expected);
    let expected = r#"{"type":["string","null"],"contentMediaType":"application/octet-stream"}"#;
    assert_eq!(formats("{type: string, format: binary, nullable: true}"), expected);
    let expected = r#"{"type":"integer","format":"byte"}"#;
    assert_eq!(formats("{type: integer, format: byte}"), expected);
}

#[test]
fn references_follow_schemas_that_move() {
    let (found, findings) = schemas(
        "3.1.1",
        "A:
  type: object
  properties:
    t: {type: array, items: [{type: object, properties: {a b: {type: string}}}]}
    u: {$ref: '#/components/schemas/A/properties/t/items/0'}
    v: {$ref: '#/components/schemas/A/properties/t/items/0/properties/a%20b'}
    w: {$ref: '#/components/schemas/A/properties/t'}",
    );
    assert_eq!(findings, [""; 0]);
    for pointer in ["prefixItems/0", "prefixItems/0/properties/a%20b"] {
        let reference = format!(r##""$ref":"#/components/schemas/A/properties/t/{pointer}""##);
        assert!(found[0].contains(&reference), "{}", found[0]);
    }
    assert!(found[0].contains(r##""w":{"$ref":"#/components/schemas/A/properties/t"}"##));
}

#[test]
fn recursion_is_a_reference() {
    let (found, _) = schemas(
        "3.1.1",
        "A: {$recursiveAnchor: true, type: object, properties: {a: {$recursiveRef: '#'}}}
B: {items: [{type: object, properties: {a: {$recursiveRef: '#'}}}]}
C: {items: [{$recursiveAnchor: true, type: object, properties: {a: {$recursiveRef: '#'}}}]}",
    );
    for (found, pointer) in found.iter().zip(["A", "B", "C/prefixItems/0"]) {
        let reference = format!(r##"{{"a":{{"$ref":"#/components/schemas/{pointer}"}}}}"##);
        assert!(found.contains(&reference) && !found.contains("$recursive"), "{found}");
    }
}

#[test]
fn what_begins_to_count_is_told() {
    let (found, findings) = schemas(
        "3.0.4",
        "A: {$ref: '#/components/schemas/B', nullable: true, description: D}
B: {type: string, $schema: 'http://json-schema.org/draft-04/schema#', $id: B}",
    );
    let expected = r##"{"description":"D","anyOf":[{"$ref":"#/components/schemas/B"},{"type":"null"}]}"##;
    assert_eq!(found, [expected, r#"{"type":"string"}"#]);
    assert_eq!(
        findings,
        [
            "6:41 OpenAPI 3.0 ignores `nullable` beside a `$ref` (kept, and counts since OpenAPI 3.1)",
            "7:23 OpenAPI 3.0 ignores `$schema`, and later versions do not (left out)",
            "7:75 OpenAPI 3.0 ignores `$id`, and since 3.1 it changes what references mean (left out)",
        ]
    );
}

#[test]
fn xml_has_node_types() {
    let xml = |schema: &str, expected: &str| {
        let expected = format!("{{'type':'{}','xml':{expected}}}", &schema[..schema.find(',').unwrap()]);
        becomes("3.1.1", &format!("{{type: {schema}}}"), &expected);
    };
    xml(
        "string, xml: {attribute: true, name: a}",
        "{'nodeType':'attribute','name':'a'}",
    );
    xml("string, xml: {attribute: false, name: a}", "{'name':'a'}");
    xml("array, xml: {wrapped: true}", "{'nodeType':'element'}");
    xml("string, xml: {wrapped: true}", "{'wrapped':true}");
}

#[test]
fn parameters_and_headers_keep_what_has_effect() {
    let Upgraded { new, findings, .. } = upgraded(
        "openapi: 3.1.1
info: {title: T, version: '1'}
components:
  parameters:
    a: {name: a, in: query, allowReserved: true, allowEmptyValue: true, schema: {type: string, nullable: true}}
    b: {name: b, in: cookie, allowReserved: true, style: cookie, schema: {}}
    c: {name: c, in: header, allowEmptyValue: false, schema: {}}
  headers:
    d: {allowReserved: true, schema: {}}",
    );
    let json = at(&new, &["components"]).to_value().to_string();
    let expected = r#"{"parameters":{"a":{"name":"a","in":"query","allowReserved":true,"allowEmptyValue":true,"schema":{"type":["string","null"]}},"b":{"name":"b","in":"cookie","schema":{}},"c":{"name":"c","in":"header","schema":{}}},"headers":{"d":{"schema":{}}}}"#;
    assert_eq!(json, expected);
    assert_eq!(
        findings,
        [
            "6:30 `allowReserved` of cookies had no effect before OpenAPI 3.2 (left out)",
            "6:51 `style: cookie` came with OpenAPI 3.2, and had no effect before (left out)",
            "9:9 `allowReserved` of headers had no effect before OpenAPI 3.2 (left out)",
        ]
    );
}

#[test]
fn the_version_and_the_dialect_are_new() {
    let Upgraded { new, .. } = upgraded(
        "openapi: 3.1.0
jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base
info: {title: T, version: '1'}
components: {schemas: {A: {$schema: 'https://json-schema.org/draft/2020-12/schema', x-a: 1}}}",
    );
    assert_eq!(
        new.root().to_value().to_string(),
        r#"{"openapi":"3.2.0","jsonSchemaDialect":"https://spec.openapis.org/oas/3.2/dialect/2025-09-17","info":{"title":"T","version":"1"},"components":{"schemas":{"A":{"$schema":"https://json-schema.org/draft/2020-12/schema","x-a":1}}}}"#
    );
}

#[test]
fn values_keep_their_places() {
    let Upgraded { sources, old, new, .. } = upgraded(
        "openapi: 3.0.4
info: {title: T, version: '1'}
paths: {}
components:
  schemas:
    A:
      type: string
      nullable: true
      example: 0x1F",
    );
    let place = |pointer: &[&str]| {
        let place = sources.line_column(at(&new, pointer).location()).unwrap();
        (place.line, place.column)
    };
    let schema = ["components", "schemas", "A"];
    let inside = |steps: &[&'static str]| [&schema, steps].concat();
    assert_eq!(at(&new, &schema).location(), at(&old, &schema).location());
    assert_eq!(place(&inside(&["type", "0"])), (7, 13));
    assert_eq!(place(&inside(&["type", "1"])), (8, 7));
    let example = at(&new, &inside(&["examples", "0"]));
    assert_eq!(example.as_written(), Some("0x1F"));
}

#[test]
fn documents_of_3_2_stay_as_they_are() {
    let text =
        "openapi: 3.2.1\ninfo: {title: T, version: '1'}\ncomponents: {schemas: {A: {nullable: true, example: 1}}}";
    let Upgraded { old, new, .. } = upgraded(text);
    assert_eq!(old.root().to_value(), new.root().to_value());
}

#[test]
fn other_versions_are_refused() {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let source = Source::from_text("openapi.yaml", "openapi: 4.0.0\npaths: {}");
    let document = read(source, &Limits::default(), &mut sources, &mut diagnostics).unwrap();
    assert!(upgrade(&document, &mut diagnostics).is_none());
    assert!(diagnostics.has_errors());
}
