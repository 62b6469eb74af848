//! Tests of `oneOf` and `anyOf`.

use super::check;

#[test]
fn branches_that_are_all_values_are_one_enumeration() {
    check(
        "3.1.0",
        "
        A: {enum: [a]}
        U: {oneOf: [{$ref: '#/components/schemas/A'}, {const: b}, {enum: [c, a]}]}
        Open: {anyOf: [{type: string}, {type: string, enum: [x, y]}]}
        Again: {anyOf: [{$ref: '#/components/schemas/Open'}, {type: string, enum: [z]}]}
        Narrowed: {type: string, enum: [b], allOf: [{$ref: '#/components/schemas/U'}]}
        ",
        r#"
        enum A
          "a"
        enum U
          "a"
          "b"
          "c"
        enum Open open
          "x"
          "y"
        enum Again open
          "x"
          "y"
          "z"
        enum Narrowed
          "b"
        "#,
        &[],
    );
}

#[test]
fn scalars_of_one_type_are_the_widest() {
    check(
        "3.1.0",
        "
        A: {oneOf: [{type: string, format: uri}, {type: string}]}
        B: {oneOf: [{type: string, format: date}, {type: string, format: date-time, maxLength: 9}]}
        C: {oneOf: [{type: integer}, {type: number}]}
        D: {oneOf: [{type: integer, format: int64}, {type: number}]}
        E: {oneOf: [{type: string, format: uri}, {type: string, format: uuid}, {type: object}]}
        ",
        "
        type A = string
        type B = string
        type C = number
        one of D
          integer int64 when integer
          number when integer|number
        one of E
          string when string
          {*: any} when object
        ",
        &[],
    );
}

#[test]
fn one_branch_is_the_branch_and_the_same_twice_is_one() {
    check(
        "3.1.0",
        "
        A: {type: object, properties: {a: {type: string}}}
        One: {oneOf: [{$ref: '#/components/schemas/A'}]}
        Twice: {anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/A'}]}
        Same: {anyOf: [{type: array, items: {type: string}}, {type: array, items: {type: string}}]}
        ",
        "
        object A
          a?: string
        type One = A
        type Twice = A
        type Same = [string]
        ",
        &[],
    );
}

#[test]
fn types_in_a_list_are_variants() {
    check(
        "3.1.0",
        "
        A: {type: [string, integer], maxLength: 3, minimum: 4}
        B: {type: [object, array], properties: {a: {type: string}}, items: {type: string}}
        ",
        "
        one of A
          integer >=4 when integer
          string ..3 when string
        one of B
          [string] when array
          B|1 object when object
        object B|1 object
          a?: string
        ",
        &[],
    );
}

#[test]
fn branches_that_only_require_are_no_union() {
    check(
        "3.1.0",
        "
        A:
          properties: {a: {type: string}, b: {type: string}}
          anyOf: [{required: [a]}, {required: [b]}]
        B:
          properties: {a: {type: string}, b: {type: string}}
          oneOf: [{required: [a], not: {required: [b]}}, {required: [b]}, {maxProperties: 0}]
        ",
        "
        object A
          a?: string
          b?: string
          must any of(members{has a}; members{has b})
        object B
          a?: string
          b?: string
          must one of((members{has a} and not members{has b}); members{has b}; members{count ..0})
        ",
        &[],
    );
}

#[test]
fn fields_beside_a_union_stand_in_each_variant() {
    check(
        "3.1.0",
        "
        A: {required: [a], properties: {a: {type: string}}}
        B: {required: [b, id], properties: {b: {type: string}, id: {type: string}}}
        U:
          type: object
          required: [id]
          properties: {id: {type: string}}
          oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
        ",
        "
        object A
          a: string
        object B
          b: string
          id: string
        one of U
          U|0 A when has a
          B when has b
        object U|0 A
          id: string
          a: string
        ",
        &[],
    );
}

#[test]
fn unions_without_a_name_are_flattened_and_named_ones_are_variants() {
    check(
        "3.1.0",
        "
        Inner: {oneOf: [{type: string}, {type: boolean}]}
        U: {oneOf: [{$ref: '#/components/schemas/Inner'}, {oneOf: [{type: integer}, {type: array, items: {type: string}}]}]}
        ",
        "
        one of Inner
          string when string
          boolean when boolean
        one of U
          Inner when boolean|string
          integer when integer
          [string] when array
        ",
        &[],
    );
}

#[test]
fn json_types_tell_variants() {
    check(
        "3.1.0",
        r#"
        U:
          anyOf:
            - {type: string}
            - {type: array, items: {type: string}}
            - {type: object, properties: {a: {type: string}}}
            - {type: "null"}
        "#,
        "
        type U = U!?
        object U|2
          a?: string
        any of U!
          string when string
          [string] when array
          U|2 when object
        ",
        &[],
    );
}

#[test]
fn what_nothing_tells_apart_is_told() {
    check(
        "3.1.0",
        "
        A: {properties: {x: {type: string}}}
        B: {properties: {x: {type: string}}}
        C: {properties: {x: {type: string}, z: {type: string}}}
        U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}
        ",
        "
        object A
          x?: string
        object B
          x?: string
        object C
          x?: string
          z?: string
        one of U
          A when lacks z alike
          B when lacks z alike
          C when object
        ",
        &[
            "9:8 ambiguous-union: nothing tells `A` from `B`; the one that leaves the fewest members over is taken (give each a property with a constant value, and name it in `discriminator`)",
        ],
    );
}

#[test]
fn branches_of_any_of_that_only_add_members_are_one_object() {
    check(
        "3.1.0",
        "
        A:
          type: object
          properties: {id: {type: string}}
          anyOf: [{properties: {x: {type: string}}}, {properties: {y: {type: integer}}, required: [id]}]
        B: {anyOf: [{type: object, properties: {x: {type: string}}}, {type: object, properties: {x: {type: integer}}}]}
        C: {anyOf: [{type: object, properties: {x: {type: string}}, required: [x]}, {type: object, properties: {y: {}}}]}
        D: {oneOf: [{type: object, properties: {x: {type: string}}}, {type: object, properties: {y: {}}}]}
        ",
        "
        object A
          id?: string
          x?: string
          y?: integer
        any of B
          B|0 when object
          B|1 when object
        any of C
          C|0 when has x
          C|1 when lacks x
        one of D
          D|0 when lacks y
          D|1 when object
        object B|0
          x?: string
        object B|1
          x?: integer
        object C|0
          x: string
        object C|1
          y?: any
        object D|0
          x?: string
        object D|1
          y?: any
        ",
        &[],
    );
}

#[test]
fn unions_without_values_have_none() {
    check(
        "3.1.0",
        "
        Never: {oneOf: [false, {allOf: [false, {type: string}]}]}
        Null: {anyOf: [{anyOf: [{type: 'null'}]}]}
        Some: {oneOf: [false, {type: string}]}
        ",
        "
        type Never = never
          must never
        type Null = null
        type Some = string
        ",
        &[],
    );
}

#[test]
fn a_schema_among_its_own_branches_adds_nothing() {
    check(
        "3.1.0",
        "
        A: {anyOf: [{$ref: '#/components/schemas/A'}, {type: string}]}
        B: {oneOf: [{$ref: '#/components/schemas/B'}, {type: string}, {type: integer}]}
        C: {anyOf: [{$ref: '#/components/schemas/C'}, {type: string}, {type: 'null'}]}
        D: {anyOf: [{type: array, items: {$ref: '#/components/schemas/D'}}, {type: string}]}
        ",
        "
        type A = string
        one of B
          string when string
          integer when integer
        type C = string?
        any of D
          [D] when array
          string when string
        ",
        &[
            "6:17 recursive-allof: this schema lists itself in its `anyOf`; allows nothing that the others do not, and is left out",
            "7:17 recursive-allof: this schema lists itself in its `oneOf`; allows nothing that the others do not, and is left out",
            "8:17 recursive-allof: this schema lists itself in its `anyOf`; allows nothing that the others do not, and is left out",
        ],
    );
}
