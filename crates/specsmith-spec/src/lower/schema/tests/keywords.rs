//! Tests of the check of keywords.

use super::check;

#[test]
fn keywords_of_another_type_are_noted_once() {
    check(
        "3.1.0",
        "
        A: {type: string, minItems: 1}
        B: {type: string, minItems: 2, properties: {}, uniqueItems: true, additionalProperties: false}
        C: {type: [integer, 'null'], pattern: a}
        D: {type: [integer, string], pattern: a, minimum: 1}
        E: {type: integer, minimum: 1, examples: {low: {value: 1}}}
        ",
        "
        type A = string
        type B = string
        type C = integer?
        one of D
          integer >=1 when integer
          string /a/ when string
        type E = integer >=1 e.g. 1
        ",
        &[
            "10:46 coerced-value: the `examples` of a schema are a list of values \
             (they are taken as those of a media type, which have names and stand in `value`)",
            "6:23 note keyword-not-typed: `minItems` has no effect on values of type `string`; the first of 2 places",
            "8:34 note keyword-not-typed: `pattern` has no effect on values of these types",
        ],
    );
}

#[test]
fn what_types_do_not_say_is_told_once() {
    check(
        "3.1.0",
        "
        A:
          type: object
          not: {required: [x]}
          if: {required: [y]}
          then: {required: [z]}
          else: {required: [w]}
          dependentRequired: {a: [b]}
        ",
        "
        object A *: any
          must members{a needs b}
          must not members{has x}
          must if members{has y} then members{has z} else members{has w}
        ",
        &[],
    );
}

#[test]
fn unknown_keywords_are_told_with_what_is_meant() {
    check(
        "3.1.0",
        "
        A: {type: string, minLenght: 3, myOwn: 1, x-fine: 2}
        ",
        "
        type A = string
        ",
        &[
            "6:23 unknown-keyword: `minLenght` is not a keyword of schemas; has no effect (did you mean `minLength`?)",
            "6:37 note unknown-keyword: `myOwn` is not a keyword of schemas; has no effect",
        ],
    );
}

#[test]
fn schemas_that_only_refer_are_checked_too() {
    check(
        "3.1.0",
        "
        A: {type: string}
        B:
          properties:
            a: {$ref: '#/components/schemas/A', minLenght: 3}
            b: {nullable: true, allOf: [{$ref: '#/components/schemas/A'}]}
        ",
        "
        type A = string
        object B
          a?: A
          b?: A?
        ",
        &[
            "9:45 unknown-keyword: `minLenght` is not a keyword of schemas; has no effect (did you mean `minLength`?)",
            r#"10:13 older-keyword: `nullable` belongs to older versions of schemas (add `null` to the types instead: `type: [string, "null"]`)"#,
        ],
    );
}

#[test]
fn unknown_keywords_of_3_0_are_warnings() {
    check(
        "3.0.3",
        "
        A: {type: string, myOwn: 1}
        ",
        "
        type A = string
        ",
        &["6:23 unknown-keyword: `myOwn` is not a keyword of schemas; has no effect"],
    );
}

#[test]
fn keywords_of_other_versions_are_told_and_understood() {
    check(
        "3.0.3",
        r#"
        A: {type: [string, "null"], const: a}
        B: {type: array, prefixItems: [{type: string}]}
        "#,
        r#"
        type A = const "a"?
        type B = (string, ...any)
        "#,
        &[
            "6:9 newer-keyword: a list of types belongs to OpenAPI 3.1",
            "6:33 newer-keyword: `const` belongs to OpenAPI 3.1",
            "7:22 newer-keyword: `prefixItems` belongs to OpenAPI 3.1",
        ],
    );
}

#[test]
fn things_that_are_no_schemas_are_any_value() {
    check(
        "3.1.0",
        "
        A: 5
        B: [a]
        C: {properties: {x: text}, required: true}
        ",
        "
        type A = any
        type B = any
        object C
          x?: any
        ",
        &[
            "6:8 wrong-type: `A` must be a schema, which is an object, not a number",
            "7:8 wrong-type: `B` must be a schema, which is an object, not an array",
            "8:42 wrong-type: `required` must be an array of names of properties, not a boolean; has no effect \
             (list the name of the property in the `required` of the object around it)",
            "8:25 wrong-type: a schema is an object or a boolean, not a string; taken as any value",
        ],
    );
}
