//! Tests of `allOf`.

use super::check;

#[test]
fn formats_that_differ_are_told() {
    check(
        "3.1.0",
        "
        A: {allOf: [{type: string, format: date}, {type: string, format: uuid}, {type: string, format: uuid}]}
        ",
        "
        type A = string uuid
        ",
        &["6:70 conflicting-allof: the formats `date` and `uuid` are both required here; this one is taken"],
    );
}

#[test]
fn members_become_one_object_in_order() {
    check(
        "3.1.0",
        "
        Base:
          required: [id]
          properties: {id: {type: string}, kind: {type: string}}
        Child:
          description: A child.
          allOf:
            - $ref: '#/components/schemas/Base'
            - type: object
              required: [kind, extra]
              properties: {extra: {type: integer}}
        ",
        "
        object Base
          id: string
          kind?: string
        object Child #
          id: string
          kind: string
          extra: integer
        ",
        &[],
    );
}

#[test]
fn siblings_and_members_that_only_require_are_merged() {
    check(
        "3.1.0",
        "
        Base: {properties: {id: {type: string}, note: {type: string}}}
        A:
          allOf: [{$ref: '#/components/schemas/Base'}]
          properties: {more: {type: boolean}}
          required: [id]
        B:
          properties: {first: {type: boolean}}
          allOf: [{$ref: '#/components/schemas/Base'}, {required: [note]}]
        ",
        "
        object Base
          id?: string
          note?: string
        object A
          id: string
          note?: string
          more?: boolean
        object B
          first?: boolean
          id?: string
          note: string
        ",
        &[],
    );
}

#[test]
fn constraints_are_intersected() {
    check(
        "3.1.0",
        "
        A:
          allOf:
            - {type: string, minLength: 2, maxLength: 10, pattern: a}
            - {minLength: 3, maxLength: 12, pattern: b}
        B:
          allOf: [{type: number, minimum: 1}, {type: integer, minimum: 0, maximum: 5}]
        C:
          allOf: [{type: string, enum: [a, b, c]}, {enum: [b, c, d]}]
        ",
        r#"
        type A = string /a/ /b/ 3..10
        type B = integer >=1 <=5
        enum C
          "b"
          "c"
        "#,
        &[],
    );
}

#[test]
fn a_property_in_two_members_has_the_stricter_type() {
    check(
        "3.1.0",
        "
        Kind: {type: string, enum: [cat, dog]}
        Base:
          properties:
            kind: {type: string}
            name: {type: string}
            size: {type: integer}
        Child:
          allOf:
            - $ref: '#/components/schemas/Base'
            - properties:
                kind: {$ref: '#/components/schemas/Kind'}
                name: {description: Only a word about it.}
                size: {minimum: 3}
        ",
        r#"
        enum Kind
          "cat"
          "dog"
        object Base
          kind?: string
          name?: string
          size?: integer
        object Child
          kind?: Kind
          name?: string #
          size?: integer >=3
        "#,
        &[],
    );
}

#[test]
fn conflicts_are_told_and_the_later_counts() {
    check(
        "3.1.0",
        "
        A:
          allOf:
            - {properties: {x: {type: string}, y: {enum: [a]}}}
            - {properties: {x: {type: integer}, y: {enum: [b]}}}
        ",
        r#"
        object A
          x?: integer
          y?: A.y
        enum A.y
          "b"
        "#,
        &[
            "9:35 conflicting-allof: no value has all of the types that are required here; excludes the type that another schema of the `allOf` states (`type` is taken from here)",
            "9:48 conflicting-allof: no value is in all of the lists that are required here; has none of the values that another schema of the `allOf` lists (the values listed here are taken)",
        ],
    );
}

#[test]
fn a_schema_that_contains_itself_is_told() {
    check(
        "3.1.0",
        "
        A:
          allOf: [{$ref: '#/components/schemas/B'}, {properties: {a: {type: string}}}]
        B:
          allOf: [{$ref: '#/components/schemas/A'}, {properties: {b: {type: string}}}]
        ",
        "
        object A
          b?: string
          a?: string
        object B
          a?: string
          b?: string
        ",
        &[
            "9:22 recursive-allof: this schema contains itself through `allOf`; leads back to the schema it stands in (the repetition is ignored; refer to the schema from a property instead, if it is meant to nest)",
            "7:22 recursive-allof: this schema contains itself through `allOf`; leads back to the schema it stands in (the repetition is ignored; refer to the schema from a property instead, if it is meant to nest)",
        ],
    );
}

#[test]
fn recursive_properties_of_merged_schemas_end() {
    check(
        "3.1.0",
        "
        A: {properties: {next: {$ref: '#/components/schemas/A'}, a: {type: string}}}
        B: {properties: {next: {$ref: '#/components/schemas/B'}, b: {type: string}}}
        C: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
        ",
        "
        object A
          next?: A
          a?: string
        object B
          next?: B
          b?: string
        object C
          next?: C.next
          a?: string
          b?: string
        object C.next
          next?: C.next
          a?: string
          b?: string
        ",
        &[],
    );
}

#[test]
fn a_union_among_members_gets_the_fields_of_the_others() {
    check(
        "3.1.0",
        "
        Base: {required: [id], properties: {id: {type: string}}}
        A: {required: [a], properties: {a: {type: string}}}
        U:
          allOf:
            - $ref: '#/components/schemas/Base'
            - oneOf:
                - $ref: '#/components/schemas/A'
                - {title: Bee, required: [b], properties: {b: {type: string}}}
        ",
        r#"
        object Base
          id: string
        object A
          a: string
        one of U
          U|0 A when has a
          U|1 Bee as "Bee" when has b
        object U|0 A
          id: string
          a: string
        object U|1 Bee # "Bee"
          id: string
          b: string
        "#,
        &[],
    );
}

#[test]
fn closed_members_close_the_whole() {
    check(
        "3.1.0",
        "
        A:
          allOf:
            - {properties: {a: {type: string}}, additionalProperties: false}
            - {properties: {b: {type: string}}}
        B:
          allOf: [{properties: {a: {type: string}}}]
          unevaluatedProperties: false
        ",
        "
        object A closed
          a?: string
          b?: string
        object B closed
          a?: string
        ",
        &[],
    );
}
