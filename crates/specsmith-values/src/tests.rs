//! Tests of made and checked values.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use serde_json::{Value, json};
use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_ir::{Api, Origin, TypeId};
use specsmith_spec::{Options, load, lower};

use crate::{Checker, OneOf, Patterns, Source, Values};

/// The API of a document with these schemas, JSON.
fn api(schemas: Value) -> Api {
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "t", "version": "1" }, "paths": {},
        "components": { "schemas": schemas },
    });
    let source = specsmith_spec::Source::from_bytes("t.json", document.to_string().into_bytes()).unwrap();
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let document = load(source, &Options::default(), &mut sources, &mut diagnostics).unwrap();
    lower(&document, &mut diagnostics).unwrap()
}

fn named(api: &Api, name: &str) -> TypeId {
    let mut types = api.types.iter();
    let is_named = |origin: &Origin| *origin == Origin::Component(name.to_owned());
    types.find(|(_, ty)| is_named(&ty.origin)).unwrap().0
}

/// What is wrong with a value of the schema `A`: code and pointer.
fn wrong(schema: Value, value: Value) -> Vec<String> {
    let api = api(json!({ "A": schema }));
    let patterns = Patterns::default();
    let violations = Checker::new(&api, &patterns, OneOf::Exact).violations(named(&api, "A"), &value);
    violations
        .into_iter()
        .map(|violation| format!("{} {}", violation.code, violation.pointer))
        .collect()
}

#[test]
fn everything_that_is_wrong_is_told_with_its_place() {
    let schema = json!({
        "type": "object",
        "required": ["id", "name"],
        "properties": {
            "id": { "type": "string", "format": "uuid" },
            "name": { "type": "string", "minLength": 2 },
            "tags": { "type": "array", "items": { "enum": ["a", "b"] }, "uniqueItems": true },
            "price": { "type": "number", "multipleOf": 0.01, "minimum": 0 },
            "a/b": { "type": ["integer", "null"], "format": "int32" },
        },
        "additionalProperties": false,
    });
    let value = json!({ "id": "1", "tags": ["a", "c", "a"], "price": -0.015, "a/b": 3_000_000_000_u32, "more": 1 });
    let expected = [
        "type /a~1b",
        "type /id",
        "missing /name",
        "minimum /price",
        "multipleOf /price",
        "uniqueItems /tags",
        "value /tags/1",
        "unknown /more",
    ];
    assert_eq!(wrong(schema.clone(), value), expected);
    let right = json!({ "id": "6f1c2b0e-3c57-4c3b-9c55-0a1b2c3d4e5f", "name": "ab", "price": 19.99, "a/b": null });
    assert_eq!(wrong(schema, right), [""; 0]);
}

#[test]
fn what_shapes_do_not_say_is_checked() {
    let schema = json!({ "type": "object", "properties": { "a": {}, "b": {} }, "dependentRequired": { "a": ["b"] } });
    assert_eq!(wrong(schema, json!({ "a": 1 })), ["dependentRequired /b"]);
    let schema = json!({ "type": "string", "not": { "pattern": "^x" } });
    assert_eq!(wrong(schema.clone(), json!("xy")), ["not "]);
    assert_eq!(wrong(schema, json!("yx")), [""; 0]);
    let schema = json!({ "type": "array", "items": { "type": "integer" }, "contains": { "minimum": 5 } });
    assert_eq!(wrong(schema, json!([1, 2])), ["contains "]);
}

#[test]
fn of_a_union_the_variant_that_is_meant_tells() {
    let schema = json!({ "oneOf": [
        { "type": "object", "required": ["kind", "a"], "properties": { "kind": { "const": "x" }, "a": { "type": "integer" } } },
        { "type": "object", "required": ["kind", "b"], "properties": { "kind": { "const": "y" }, "b": { "type": "string" } } },
    ] });
    assert_eq!(wrong(schema.clone(), json!({ "kind": "y" })), ["missing /b"]);
    assert_eq!(wrong(schema.clone(), json!({ "kind": "z" })), ["value "]);
    assert_eq!(wrong(schema, json!({ "kind": "x", "a": 1 })), [""; 0]);
}

#[test]
fn schemas_that_refer_to_each_other_end() {
    let api = api(json!({
        "A": { "anyOf": [{ "$ref": "#/components/schemas/B" }, { "type": "object", "required": ["a"],
            "properties": { "a": { "$ref": "#/components/schemas/A" } } }] },
        "B": { "anyOf": [{ "$ref": "#/components/schemas/A" }, { "type": "integer" }] },
        "Endless": { "type": "object", "required": ["next"], "properties": { "next": { "$ref": "#/components/schemas/Endless" } } },
    }));
    let patterns = Patterns::default();
    let checker = Checker::new(&api, &patterns, OneOf::First);
    let mut value = json!("no");
    for _ in 0..60 {
        value = json!({ "a": value });
    }
    assert!(!checker.fits(named(&api, "A"), &value));
    let mut values = Values::new(&api, 1);
    assert_eq!(values.make(named(&api, "Endless")), None);
    assert!((0..50).all(|_| values.make(named(&api, "A")).is_some()));
}

#[test]
fn what_is_made_has_its_type() {
    let api = api(json!({
        "A": {
            "type": "object",
            "required": ["pattern", "look", "price", "step", "list", "pair"],
            "properties": {
                "pattern": { "type": "string", "pattern": "^[A-Z]{3}-\\d{2,4}$" },
                "look": { "type": "string", "pattern": "^(?=.*\\d)[a-z0-9]{8}$" },
                "price": { "type": "number", "minimum": 0.5, "maximum": 9.5, "multipleOf": 0.01 },
                "step": { "type": "integer", "minimum": 7, "maximum": 20, "multipleOf": 5 },
                "list": { "type": "array", "minItems": 3, "uniqueItems": true, "items": { "type": "integer", "minimum": 1, "maximum": 9 } },
                "pair": { "type": "array", "prefixItems": [{ "type": "string" }], "items": { "type": "boolean" }, "minItems": 3 },
                "when": { "type": "string", "format": "date-time" },
                "map": { "type": "object", "additionalProperties": { "type": "integer" }, "minProperties": 2 },
            },
        },
    }));
    let (patterns, ty) = (Patterns::default(), named(&api, "A"));
    let checker = Checker::new(&api, &patterns, OneOf::Exact);
    for source in [Source::Varied, Source::Plain, Source::Examples] {
        let mut fitting = 0;
        let mut values = Values::new(&api, 3).of(source);
        for _ in 0..100 {
            let value = values.make(ty).unwrap();
            let wrong = checker.violations(ty, &value);
            assert!(
                wrong.iter().all(|wrong| wrong.pointer == "/look"),
                "{wrong:?} in {value}"
            );
            fitting += usize::from(wrong.is_empty());
        }
        assert!(fitting > 10, "{fitting} with {source:?}");
    }
    let [one, same] = [(); 2].map(|()| Values::new(&api, 5).make(ty));
    assert_eq!(one, same);
}

#[test]
fn examples_and_defaults_are_taken() {
    let api = api(json!({
        "A": { "type": "object", "properties": {
            "name": { "type": "string", "examples": ["Ada"] },
            "size": { "type": "integer", "default": 7 },
            "inner": { "$ref": "#/components/schemas/B" },
        } },
        "B": { "type": "object", "properties": { "x": { "type": "integer" } }, "examples": [{ "x": 1 }] },
    }));
    let value = Values::new(&api, 1).of(Source::Examples).make(named(&api, "A"));
    assert_eq!(value, Some(json!({ "name": "Ada", "size": 7, "inner": { "x": 1 } })));
}
