//! Tests of objects and maps.

use super::check;

#[test]
fn fields_keep_their_order_and_presence() {
    check(
        "3.1.0",
        r#"
        Book:
          type: object
          description: A book.
          required: [title, isbn]
          properties:
            title: {type: string, minLength: 1, maxLength: 200}
            pages: {type: integer, format: int32, minimum: 1, default: 100}
            isbn: {type: string, pattern: "^[0-9]+$", readOnly: true}
            secret: {type: string, writeOnly: true, deprecated: true}
        "#,
        "
        object Book #
          title: string 1..200
          pages?: integer int32 >=1 = 100
          isbn: string /^[0-9]+$/ read-only
          secret?: string write-only
        ",
        &[],
    );
}

#[test]
fn an_object_of_which_nothing_is_said_is_a_map_of_anything() {
    check(
        "3.1.0",
        "
        Any: {}
        AnyToo: true
        Nothing: false
        Map: {type: object}
        Empty: {type: object, properties: {}}
        Explicit: {type: object, additionalProperties: true}
        Strings: {additionalProperties: {type: string}}
        Closed: {type: object, additionalProperties: false}
        ",
        "
        type Any = any
        type AnyToo = any
        type Nothing = never
          must never
        object Map *: any
        object Empty *: any
        object Explicit *: any
        object Strings *: string
        object Closed closed
        ",
        &[],
    );
}

#[test]
fn maps_and_fields_stand_together() {
    check(
        "3.1.0",
        r#"
        Mixed:
          type: object
          properties: {id: {type: integer}}
          patternProperties: {"^x-": {type: boolean}}
          additionalProperties: {type: number}
          propertyNames: {pattern: "^[a-z]+$"}
          minProperties: 1
          maxProperties: 9
        "#,
        "
        object Mixed *: number 1..9
          id?: integer
          /^x-/: boolean
          names: string /^[a-z]+$/
        ",
        &[],
    );
}

#[test]
fn a_required_name_that_is_no_property_is_told_or_a_member_of_the_map() {
    check(
        "3.1.0",
        "
        Typo:
          properties: {name: {type: string}}
          required: [nmae]
        Map:
          additionalProperties: {type: string}
          required: [a]
        ",
        "
        object Typo
          name?: string
        object Map *: string
          a: string
        ",
        &[
            "8:18 undefined-property: `nmae` is required but is none of the properties; has no effect (did you mean `name`?)",
        ],
    );
}

#[test]
fn types_are_inferred_where_keywords_speak_of_one() {
    check(
        "3.1.0",
        "
        Object: {properties: {a: {type: string}}}
        Array: {items: {type: string}}
        Text: {minLength: 3}
        Number: {minimum: 3}
        Integer: {format: int64}
        Unclear: {minLength: 3, minimum: 3}
        ",
        "
        object Object
          a?: string
        type Array = [string]
        type Text = string 3..
        type Number = number >=3
        type Integer = integer int64
        type Unclear = any
          must string 3..
          must number >=3
        ",
        &[
            "11:14 note keyword-not-typed: the keywords of this schema do not say what type it is; \
             taken as any value (add a `type`)",
        ],
    );
}

#[test]
fn slips_in_type_are_told_and_understood() {
    check(
        "3.1.0",
        "
        A: {type: int}
        B: {type: strange}
        C: {type: [string, bool]}
        ",
        "
        type A = integer
        type B = any
        one of C
          boolean when boolean
          string when string
        ",
        &[
            "6:15 invalid-value: `int` is not a type; taken as `integer`",
            "7:15 invalid-value: `strange` is not a type; taken as any value (types are `string`, `number`, `integer`, `boolean`, `array`, `object` and, since 3.1, `null`)",
            "8:24 invalid-value: `bool` is not a type; taken as `boolean`",
        ],
    );
}

#[test]
fn inline_objects_are_called_by_their_place() {
    check(
        "3.1.0",
        "
        Order:
          type: object
          properties:
            items:
              type: array
              items:
                type: object
                properties: {sku: {type: string}}
        ",
        "
        object Order
          items?: [Order.items[]]
        object Order.items[]
          sku?: string
        ",
        &[],
    );
}

#[test]
fn read_only_and_write_only_together_are_neither() {
    check(
        "3.1.0",
        "
        A:
          properties: {x: {type: string, readOnly: true, writeOnly: true}}
        ",
        "
        object A
          x?: string
        ",
        &["7:23 conflicting-keywords: `readOnly` and `writeOnly` exclude each other; taken as neither"],
    );
}

#[test]
fn what_is_evaluated_inside_leaves_nothing_outside() {
    check(
        "3.1.0",
        "
        A: {unevaluatedProperties: false, properties: {a: {type: string}}, allOf: [{additionalProperties: {type: integer}}]}
        B: {unevaluatedProperties: false, properties: {a: {type: string}}, allOf: [{unevaluatedProperties: true}]}
        C: {unevaluatedProperties: true, properties: {a: {type: string}}, allOf: [{unevaluatedProperties: false}]}
        D: {unevaluatedProperties: false, properties: {a: {type: string}}, allOf: [{properties: {b: {type: string}}}]}
        ",
        "
        object A *: integer
          a?: string
        object B *: any
          a?: string
        object C closed
          a?: string
        object D closed
          a?: string
          b?: string
        ",
        &[],
    );
}
