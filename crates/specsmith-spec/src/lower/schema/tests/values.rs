//! Tests of enumerations, constants and defaults.

use super::check;

#[test]
fn defaults_beyond_a_limit_are_none() {
    check(
        "3.1.0",
        "
        A:
          type: object
          properties:
            low: {type: integer, minimum: 1, default: 0}
            edge: {type: integer, exclusiveMaximum: 9, default: 9}
            short: {type: [string, 'null'], minLength: 2, default: a}
            long: {type: array, items: {type: integer}, maxItems: 1, default: [1, 2]}
            fits: {type: number, minimum: 1, maximum: 1, default: 1.0}
        ",
        "
        object A
          low?: integer >=1
          edge?: integer <9
          short?: string 2..?
          long?: [integer ..1]
          fits?: number >=1 <=1 = 1.0
        ",
        &[
            "9:51 wrong-default: the default is beyond the `minimum` of 1; taken as no default",
            "10:61 wrong-default: the default is beyond the `exclusiveMaximum` of 9; taken as no default",
            "11:64 wrong-default: the default is beyond the `minLength` of 2; taken as no default",
            "12:75 wrong-default: the default is beyond the `maxItems` of 1; taken as no default",
        ],
    );
}

#[test]
fn enumerations_of_all_types() {
    check(
        "3.1.0",
        r#"
        Text: {type: string, enum: [a, b, "", a]}
        Number: {type: integer, enum: [1, 2]}
        Mixed: {enum: [1, x, true]}
        One: {type: string, enum: [only]}
        Const: {const: 5}
        Both: {type: boolean, enum: [true, false]}
        True: {type: boolean, enum: [true]}
        "#,
        r#"
        enum Text
          "a"
          "b"
          ""
        enum Number
          1
          2
        enum Mixed
          1
          "x"
          true
        enum One
          "only"
        type Const = const 5
        type Both = boolean
        enum True
          true
        "#,
        &[r#"6:43 duplicate-name: `enum` lists `"a"` twice"#],
    );
}

#[test]
fn names_and_descriptions_come_from_extensions() {
    check(
        "3.1.0",
        "
        A:
          type: integer
          enum: [0, 1]
          x-enum-varnames: [Off, On]
          x-enum-descriptions: [It is off., It is on.]
        B:
          type: string
          enum: [x, y]
          x-ms-enum: {values: [{value: x, name: Ex, description: An x.}]}
        C:
          oneOf: [{const: 1, title: Low, description: Quite low.}, {const: 2, title: High}]
        ",
        r#"
        enum A
          0 as "Off" #
          1 as "On" #
        enum B
          "x" as "Ex" #
          "y"
        enum C
          1 as "Low" #
          2 as "High"
        "#,
        &[],
    );
}

#[test]
fn values_of_other_types_are_taken_as_meant_or_left_out() {
    check(
        "3.1.0",
        r#"
        A: {type: string, enum: [no, 1.10, 2020-01-01, x]}
        B: {type: integer, enum: [1, "2", x]}
        C: {type: array, items: {type: string}, enum: [a, b]}
        D: {type: string, enum: []}
        "#,
        r#"
        enum A
          "no"
          "1.10"
          "2020-01-01"
          "x"
        enum B
          1
          2
        type C = [string]
        type D = string
        "#,
        &[
            r#"6:34 coerced-value: `1.10` in `enum` is not of the type that the schema states; taken as `"1.10"`"#,
            r#"7:34 coerced-value: `"2"` in `enum` is not of the type that the schema states; taken as `2`"#,
            "7:39 invalid-value: a value in `enum` is not of the type that the schema states; left out",
            "8:52 invalid-value: a value in `enum` is not of the type that the schema states; left out",
            "8:55 invalid-value: a value in `enum` is not of the type that the schema states; left out",
            "9:29 invalid-value: `enum` lists no value; has no effect",
        ],
    );
}

#[test]
fn defaults_are_checked() {
    check(
        "3.1.0",
        r#"
        Color: {type: string, enum: [red, blue]}
        A:
          properties:
            good: {$ref: '#/components/schemas/Color', default: red}
            bad: {$ref: '#/components/schemas/Color', default: green}
            number: {type: integer, default: "5"}
            text: {type: string, default: 1.50}
            "null": {type: string, default: null}
            list: {type: array, items: {type: integer}, default: [1, 2]}
            object: {type: object, properties: {x: {type: integer}}, default: {x: y}}
            inherited: {$ref: '#/components/schemas/WithDefault'}
        WithDefault: {type: integer, default: 3}
        "#,
        r#"
        enum Color
          "red"
          "blue"
        object A
          good?: Color = "red"
          bad?: Color
          number?: integer = 5
          text?: string = "1.50"
          null?: string
          list?: [integer] = [1,2]
          object?: A.object
          inherited?: WithDefault = 3
        type WithDefault = integer
        object A.object
          x?: integer
        "#,
        &[
            "10:60 wrong-default: the default is not a value of the schema; taken as no default",
            "11:42 coerced-value: the default is not of the type that the schema states; taken as `5`",
            r#"12:39 coerced-value: the default is not of the type that the schema states; taken as `"1.50"`"#,
            "13:41 wrong-default: the default is `null`, which the schema does not allow; taken as no default",
            "15:75 wrong-default: the default is not a value of the schema; taken as no default",
        ],
    );
}
