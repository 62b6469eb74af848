//! Tests of references.

use super::check;

#[test]
fn references_that_mean_several_schemas_give_each_its_own() {
    check(
        "3.1.0",
        "
        Page:
          type: object
          properties: {items: {type: array, items: {$dynamicRef: '#item'}}}
          $defs: {item: {$dynamicAnchor: item, type: string}}
        Numbers:
          $ref: '#/components/schemas/Page'
          $defs: {item: {$dynamicAnchor: item, type: integer}}
        ",
        "
        object Page
          items?: [string]
        object Numbers
          items?: [integer]
        ",
        &[],
    );
}

#[test]
fn a_reference_is_the_type_itself_and_annotations_stay_at_the_place() {
    check(
        "3.1.0",
        "
        Name: {type: string, description: A name.}
        Person:
          properties:
            first: {$ref: '#/components/schemas/Name'}
            last: {$ref: '#/components/schemas/Name', description: The last one., deprecated: true}
            nick: {description: The nick., allOf: [{$ref: '#/components/schemas/Name'}]}
            typed: {type: string, allOf: [{$ref: '#/components/schemas/Name'}]}
        Alias: {$ref: '#/components/schemas/Name'}
        ",
        "
        type Name = string #
        object Person
          first?: Name
          last?: Name deprecated #
          nick?: Name #
          typed?: Name
        type Alias = Name
        ",
        &[],
    );
}

#[test]
fn constraints_beside_a_reference_are_merged() {
    check(
        "3.1.0",
        "
        Name: {type: string, maxLength: 100}
        Person:
          properties:
            short: {$ref: '#/components/schemas/Name', maxLength: 10}
            long: {$ref: '#/components/schemas/Name', maxLength: 200}
        ",
        "
        type Name = string ..100
        object Person
          short?: string ..10
          long?: string ..100
        ",
        &[],
    );
}

#[test]
fn references_lead_into_any_schema() {
    check(
        "3.1.0",
        "
        A:
          properties:
            inner: {type: object, properties: {x: {type: string}}}
            list: {type: array, items: {type: object, properties: {y: {type: integer}}}}
        B:
          properties:
            one: {$ref: '#/components/schemas/A/properties/inner'}
            two: {$ref: '#/components/schemas/A/properties/list/items'}
            three: {$ref: '#/components/schemas/D/allOf/0/properties/z'}
            four: {$ref: '#/components/schemas/D/$defs/Local'}
        D:
          allOf: [{properties: {z: {type: object, properties: {q: {type: string}}}}}]
          $defs: {Local: {type: object, properties: {l: {type: string}}}}
        ",
        "
        object A
          inner?: A.inner
          list?: [A.list[]]
        object B
          one?: A.inner
          two?: A.list[]
          three?: D.z
          four?: D.Local
        object D
          z?: D.z
        object A.inner
          x?: string
        object A.list[]
          y?: integer
        object D.z
          q?: string
        object D.Local
          l?: string
        ",
        &[],
    );
}

#[test]
fn references_that_depend_on_their_place_mean_the_outermost_schema() {
    check(
        "3.1.0",
        "
        Tree:
          $dynamicAnchor: node
          properties:
            children: {type: array, items: {$dynamicRef: '#node'}}
        Filter:
          $recursiveAnchor: true
          properties:
            filters: {items: {oneOf: [{$recursiveRef: '#'}, {type: string}]}}
        Lost: {$dynamicRef: '#nothing'}
        ",
        "
        object Tree
          children?: [Tree]
        object Filter
          filters?: [Filter.filters[]]
        type Lost = any
        one of Filter.filters[]
          Filter when object
          string when string
        ",
        &[
            "11:7 older-keyword: `$recursiveAnchor` belongs to older versions of schemas (write `$dynamicRef` and `$dynamicAnchor`, or just `$ref`)",
            "14:25 broken-ref: no schema around this one is meant by `#nothing`; taken as any value",
            "13:36 older-keyword: `$recursiveRef` belongs to older versions of schemas (write `$dynamicRef` and `$dynamicAnchor`, or just `$ref`)",
        ],
    );
}

#[test]
fn recursion_is_a_reference() {
    check(
        "3.1.0",
        "
        Tree:
          properties:
            children: {type: array, items: {$ref: '#/components/schemas/Tree'}}
            parent: {$ref: '#/components/schemas/Tree'}
        ",
        "
        object Tree
          children?: [Tree]
          parent?: Tree
        ",
        &[],
    );
}

#[test]
fn schemas_that_are_nothing_but_each_other_are_any_value() {
    check(
        "3.1.0",
        "
        A: {$ref: '#/components/schemas/B'}
        B: {$ref: '#/components/schemas/A'}
        C: {properties: {a: {$ref: '#/components/schemas/A'}}}
        ",
        "
        type A = B
        type B = any
        object C
          a?: A
        ",
        &["7:8 broken-ref: this schema refers to nothing but itself; taken as any value"],
    );
}

#[test]
fn a_broken_reference_is_any_value() {
    check(
        "3.1.0",
        "
        A: {properties: {b: {$ref: '#/components/schemas/Bok'}}}
        Book: {type: string}
        ",
        "
        object A
          b?: any
        type Book = string
        ",
        &[
            "6:32 broken-ref: `#/components/schemas/Bok` does not exist; nothing is called `Bok` there (did you mean `Book`?)",
        ],
    );
}

#[test]
fn what_a_schema_refers_to_may_stand_inside_it() {
    check(
        "3.1.0",
        "
        A:
          properties:
            b:
              $ref: '#/components/schemas/A/properties/b/$defs/x'
              $defs: {x: {properties: {c: {type: string}}}}
            d: {$id: 'https://example.com/d', $ref: '#e', $defs: {e: {$anchor: e, enum: [f, g]}}}
        ",
        "
        object A
          b?: A.x
          d?: A.e
        object A.x
          c?: string
        enum A.e
          \"f\"
          \"g\"
        ",
        &[],
    );
}
