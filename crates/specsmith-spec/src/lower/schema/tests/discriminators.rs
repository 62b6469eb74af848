//! Tests of discriminators.

use super::check;

#[test]
fn a_mapping_names_the_variants() {
    check(
        "3.1.0",
        "
        Cat: {required: [kind], properties: {kind: {type: string}, meow: {type: boolean}}}
        Dog: {required: [kind], properties: {kind: {type: string}, bark: {type: boolean}}}
        Pet:
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator:
            propertyName: kind
            mapping: {cat: '#/components/schemas/Cat', kitten: Cat, dog: Dog, fish: Fish, cow: '#/components/schemas/Pet'}
        ",
        r#"
        object Cat
          kind: string
          meow?: boolean
        object Dog
          kind: string
          bark?: boolean
        one of Pet by kind
          Cat as "cat" when kind in ["cat", "kitten"]
          Dog as "dog" when kind in ["dog"]
        "#,
        &[
            "12:81 unknown-mapping: `Fish` is not a schema of this document; left out",
            "12:92 unknown-mapping: `cow` is mapped to a schema that `oneOf` does not list; left out",
        ],
    );
}

#[test]
fn without_a_mapping_constants_count_more_than_names() {
    check(
        "3.1.0",
        "
        Cat: {required: [kind], properties: {kind: {const: cat}}}
        Dog: {required: [kind], properties: {kind: {type: string}}}
        Pet:
          oneOf:
            - $ref: '#/components/schemas/Cat'
            - $ref: '#/components/schemas/Dog'
            - {title: Bird, properties: {kind: {enum: [parrot, owl]}}}
          discriminator: {propertyName: kind}
        ",
        r#"
        object Cat
          kind: const "cat"
        object Dog
          kind: string
        one of Pet by kind
          Cat as "cat" when kind in ["cat"]
          Dog as "Dog" when kind in ["Dog"]
          Pet|2 Bird as "Bird" when kind in ["parrot", "owl"]
        object Pet|2 Bird # "Bird"
          kind?: Pet|2 Bird.kind
        enum Pet|2 Bird.kind
          "parrot"
          "owl"
        "#,
        &[],
    );
}

#[test]
fn a_base_is_the_union_of_the_schemas_that_build_on_it() {
    check(
        "3.0.3",
        "
        Pet:
          required: [kind]
          properties: {kind: {type: string}, name: {type: string}}
          discriminator: {propertyName: kind, mapping: {cat: Cat}}
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {meow: {type: boolean}}}]}
        Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {bark: {type: boolean}}}]}
        Puppy: {allOf: [{$ref: '#/components/schemas/Dog'}, {properties: {age: {type: integer}}}]}
        Owner: {properties: {pet: {$ref: '#/components/schemas/Pet'}}}
        ",
        r#"
        one of Pet by kind
          Cat as "cat" when kind in ["cat"]
          Dog as "Dog" when kind in ["Dog"]
          Puppy as "Puppy" when kind in ["Puppy"]
        object Cat
          kind: string
          name?: string
          meow?: boolean
        object Dog
          kind: string
          name?: string
          bark?: boolean
        object Puppy
          kind: string
          name?: string
          bark?: boolean
          age?: integer
        object Owner
          pet?: Pet
        "#,
        &[],
    );
}

#[test]
fn a_union_whose_branches_build_on_it_ends() {
    check(
        "3.1.0",
        "
        Pet:
          required: [kind]
          properties: {kind: {type: string}}
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator: {propertyName: kind}
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {meow: {type: boolean}}}]}
        Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {bark: {type: boolean}}}]}
        ",
        r#"
        one of Pet by kind
          Cat as "Cat" when kind in ["Cat"]
          Dog as "Dog" when kind in ["Dog"]
        object Cat
          kind: string
          meow?: boolean
        object Dog
          kind: string
          bark?: boolean
        "#,
        &[],
    );
}

#[test]
fn a_default_mapping_names_the_variant_of_unknown_values() {
    check(
        "3.2.0",
        "
        Cat: {required: [kind], properties: {kind: {type: string}}}
        Other: {required: [kind], properties: {kind: {type: string}}}
        Pet:
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Other'}]
          discriminator: {propertyName: kind, defaultMapping: Other}
        ",
        r#"
        object Cat
          kind: string
        object Other
          kind: string
        one of Pet by kind default 1
          Cat as "Cat" when kind in ["Cat"]
          Other as "Other" when kind in ["Other"]
        "#,
        &[],
    );
}

#[test]
fn a_discriminator_of_nothing_is_told() {
    check(
        "3.0.3",
        "
        Lonely:
          properties: {kind: {type: string}}
          discriminator: {propertyName: kind}
        ",
        "
        object Lonely
          kind?: string
        ",
        &[
            "8:22 note keyword-not-typed: this discriminator has no schemas to tell apart; has no effect (list the schemas in `oneOf`, or let them build on this one with `allOf`)",
        ],
    );
}

#[test]
fn a_union_inside_a_union_brings_its_tags() {
    check(
        "3.1.0",
        "
        A: {required: [t], properties: {t: {const: a}}}
        B: {required: [t], properties: {t: {const: b}}}
        C: {required: [t], properties: {t: {const: c}}}
        Inner: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: t}}
        Outer: {oneOf: [{$ref: '#/components/schemas/Inner'}, {$ref: '#/components/schemas/C'}], discriminator: {propertyName: t}}
        ",
        r#"
        object A
          t: const "a"
        object B
          t: const "b"
        object C
          t: const "c"
        one of Inner by t
          A as "a" when t in ["a"]
          B as "b" when t in ["b"]
        one of Outer by t
          Inner when t in ["a", "b"]
          C as "c" when t in ["c"]
        "#,
        &[],
    );
}
