//! Tests of arrays and tuples.

use super::check;

#[test]
fn arrays_and_tuples() {
    check(
        "3.1.0",
        "
        List: {type: array, items: {type: string}, minItems: 1, maxItems: 5, uniqueItems: true}
        Anything: {type: array}
        Pair: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}
        Open: {type: array, prefixItems: [{type: string}]}
        Rest: {type: array, prefixItems: [{type: string}], items: {type: boolean}}
        Draft4: {type: array, items: [{type: string}, {type: integer}], additionalItems: false}
        ",
        "
        type List = [string 1..5] unique
        type Anything = [any]
        type Pair = (string, integer)
        type Open = (string, ...any)
        type Rest = (string, ...boolean)
        type Draft4 = (string, integer)
        ",
        &[
            "11:27 older-keyword: a list as `items` belongs to older versions of schemas (write `prefixItems`, which OpenAPI 3.1 has)",
            "11:69 older-keyword: `additionalItems` belongs to older versions of schemas (write `prefixItems` and `items`, as OpenAPI 3.1 has them)",
        ],
    );
}

#[test]
fn items_of_several_schemas_are_items_of_all() {
    check(
        "3.1.0",
        "
        Prefix: {allOf: [{prefixItems: [{type: number}, {type: string}]}, {type: array, items: {minLength: 2, minimum: 3}}]}
        Closed: {allOf: [{prefixItems: [{type: number}], items: false}, {prefixItems: [{minimum: 1}, {type: string}]}]}
        Unevaluated: {unevaluatedItems: false, allOf: [{prefixItems: [{type: number}]}, {unevaluatedItems: {type: string}}]}
        Kept: {unevaluatedItems: false, $ref: '#/components/schemas/List'}
        List: {type: array, items: {type: string}, maxItems: 5}
        Other: {unevaluatedItems: {type: string}}
        ",
        "
        type Prefix = (number >=3, string 2.., ...Prefix[])
        type Closed = (number >=1, string ..1)
        type Unevaluated = (number, ...string)
        type Kept = [string ..5]
        type List = [string ..5]
        type Other = any
          must schema 0
        type Prefix[] = any
          must string 2..
          must number >=3
        schema 0 = other items string
        ",
        &[
            "6:92 note keyword-not-typed: the keywords of this schema do not say what type it is; taken as any value (add a `type`)",
            "11:12 note keyword-not-typed: the keywords of this schema do not say what type it is; taken as any value (add a `type`)",
        ],
    );
}
