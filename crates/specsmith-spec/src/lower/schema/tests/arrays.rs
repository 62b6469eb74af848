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
