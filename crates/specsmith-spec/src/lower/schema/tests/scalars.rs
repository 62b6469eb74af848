//! Tests of strings and numbers.

use super::check;

#[test]
fn constraints_are_kept_as_written() {
    check(
        "3.1.0",
        "
        A: {type: integer, minimum: -9223372036854775809, exclusiveMaximum: 1e30, multipleOf: 5}
        B: {type: number, format: float, exclusiveMinimum: 0}
        C: {type: string, format: byte, contentMediaType: image/png, contentEncoding: base64}
        D: {type: string, maxLength: 10.0}
        ",
        "
        type A = integer >=-9223372036854775809 <1e30 %5
        type B = number float >0
        type C = string byte base64 image/png
        type D = string ..10
        ",
        &[],
    );
}

#[test]
fn exclusive_bounds_of_both_versions_are_understood() {
    check(
        "3.0.3",
        "
        Old: {type: integer, minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false}
        New: {type: integer, exclusiveMinimum: 1}
        ",
        "
        type Old = integer >1 <=9
        type New = integer >1
        ",
        &["7:26 newer-keyword: a number as `exclusiveMinimum` belongs to OpenAPI 3.1"],
    );
}

#[test]
fn exclusive_bounds_of_older_versions_are_told() {
    check(
        "3.1.0",
        "
        Old: {type: integer, minimum: 1, exclusiveMinimum: true}
        ",
        "
        type Old = integer >1
        ",
        &[
            "6:38 older-keyword: a boolean as `exclusiveMinimum` belongs to older versions of schemas (write the number itself as `exclusiveMinimum` or `exclusiveMaximum`)",
        ],
    );
}

#[test]
fn wrong_types_of_constraints_have_no_effect() {
    check(
        "3.1.0",
        "
        A: {type: string, maxLength: ten, minLength: -1, pattern: [a]}
        ",
        "
        type A = string
        ",
        &[
            "6:34 wrong-type: `maxLength` must be a whole number that is not negative, not a string; has no effect",
            "6:50 wrong-type: `minLength` must be a whole number that is not negative, not `-1`; has no effect",
            "6:63 wrong-type: `pattern` must be a string, not an array; has no effect",
        ],
    );
}

#[test]
fn a_flag_is_about_the_bound_that_another_schema_has() {
    check(
        "3.0.3",
        "
        A: {allOf: [{type: integer, minimum: 3}, {exclusiveMinimum: true}]}
        B: {type: integer, exclusiveMaximum: true, allOf: [{maximum: 9, minimum: 1}]}
        C: {allOf: [{type: integer, minimum: 3, exclusiveMinimum: true}, {minimum: 2}, {maximum: 4}]}
        D: {type: integer, exclusiveMinimum: true}
        ",
        "
        type A = integer >3
        type B = integer >=1 <9
        type C = integer >=2 >3 <=4
        type D = integer
        ",
        &[],
    );
}
