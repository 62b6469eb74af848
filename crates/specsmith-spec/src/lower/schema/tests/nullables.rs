//! Tests of `null`.

use super::check;

#[test]
fn every_way_to_say_null_is_one() {
    check(
        "3.1.0",
        r#"
        N: {type: string}
        All:
          properties:
            list: {type: [string, "null"]}
            oneOf: {oneOf: [{$ref: '#/components/schemas/N'}, {type: "null"}]}
            anyOf: {anyOf: [{type: "null"}, {type: integer}]}
            enum: {enum: [a, b, null]}
            only: {type: "null"}
            const: {const: null}
            both: {type: [string, "null"], enum: [a, null]}
            union: {oneOf: [{type: string}, {type: boolean}, {type: "null"}]}
            any: {type: [string, number, integer, boolean, array, object, "null"]}
        "#,
        r#"
        type N = string
        object All
          list?: string?
          oneOf?: N?
          anyOf?: integer?
          enum?: All.enum!?
          only?: null
          const?: null
          both?: All.both!?
          union?: All.union!?
          any?: any
        enum All.enum!
          "a"
          "b"
        enum All.both!
          "a"
        one of All.union!
          string when string
          boolean when boolean
        "#,
        &[],
    );
}

#[test]
fn nullable_of_3_0_is_understood() {
    check(
        "3.0.3",
        "
        N: {type: string}
        Nullable: {type: object, nullable: true, properties: {a: {type: string}}}
        All:
          properties:
            plain: {type: string, nullable: true}
            ref: {nullable: true, allOf: [{$ref: '#/components/schemas/N'}]}
            bare: {$ref: '#/components/schemas/N', nullable: true}
            twice: {nullable: true, allOf: [{$ref: '#/components/schemas/Nullable'}]}
            enum: {type: string, nullable: true, enum: [a, b]}
            branch: {oneOf: [{$ref: '#/components/schemas/N'}, {nullable: true}]}
            inside: {oneOf: [{type: string, nullable: true}, {type: integer}]}
        ",
        r#"
        type N = string
        type Nullable = Nullable!?
        object All
          plain?: string?
          ref?: N?
          bare?: N?
          twice?: Nullable
          enum?: All.enum!?
          branch?: N?
          inside?: All.inside!?
        object Nullable!
          a?: string
        enum All.enum!
          "a"
          "b"
        one of All.inside!
          string when string
          integer when integer
        "#,
        &[],
    );
}

#[test]
fn nullable_in_3_1_is_told() {
    check(
        "3.1.0",
        "
        A: {type: string, nullable: true}
        ",
        "
        type A = string?
        ",
        &[
            r#"6:23 older-keyword: `nullable` belongs to older versions of schemas (add `null` to the types instead: `type: [string, "null"]`)"#,
        ],
    );
}

#[test]
fn a_union_of_nullable_schemas_is_nullable_once() {
    check(
        "3.1.0",
        r#"
        A: {type: [object, "null"], required: [a], properties: {a: {type: string}}}
        B: {type: object, required: [b], properties: {b: {type: string}}}
        U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
        "#,
        "
        type A = A!?
        object B
          b: string
        type U = U!?
        object A!
          a: string
        one of U!
          A! when has a
          B when has b
        ",
        &[],
    );
}
