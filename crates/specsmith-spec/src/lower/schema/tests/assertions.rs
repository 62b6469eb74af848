//! What schemas demand beyond shapes.

use super::check;

#[test]
fn keywords_without_a_place_in_shapes_are_assertions() {
    check(
        "3.1.0",
        "
        Not: {type: string, not: {enum: [a, b]}}
        Condition: {type: integer, if: {minimum: 10}, then: {multipleOf: 5}}
        Idle: {type: integer, then: {multipleOf: 5}, if: true}
        Contains: {type: array, items: {type: string}, contains: {const: a}, minContains: 0, maxContains: 2}
        Dependents:
          properties: {a: {type: string}, b: {type: string}}
          dependentRequired: {a: [b]}
          dependentSchemas: {b: {maxProperties: 1}, c: false}
          dependencies: {d: [a], e: {required: [b]}}
        Names: {type: object, additionalProperties: {type: string}, propertyNames: false}
        Tuple: {type: array, prefixItems: [{type: string}], uniqueItems: true}
        ",
        "
        type Not = string
          must not in [\"a\", \"b\"]
        type Condition = integer
          must if number >=10 then number %5 else any
        type Idle = integer
          must if any then number %5 else any
        type Contains = [string]
          must items[contains 0..2 in [\"a\"]]
        object Dependents *: any
          a?: string
          b?: string
          must members{a needs b, d needs a, with b members{count ..1}, with c never, with e members{has b}}
        object Names *: string
          must members{names never}
        type Tuple = (string, ...any)
          must items[unique]
        ",
        &[
            "14:7 older-keyword: `dependencies` belongs to older versions of schemas (write `dependentRequired` or `dependentSchemas`)",
        ],
    );
}

#[test]
fn limits_that_a_shape_cannot_hold_are_assertions() {
    check(
        "3.1.0",
        "
        Listed: {type: integer, enum: [1, 2, 30], maximum: 9}
        Within: {type: integer, enum: [1, 2], maximum: 9}
        Pattern: {enum: [a, b], pattern: a}
        Object: {enum: [{a: 1}, [2]], required: [a], minItems: 1}
        Mixed: {minimum: 3, maxLength: 5, required: [a]}
        Kinds: {type: [string, array], minLength: 2, not: {const: x}, items: {type: string}, prefixItems: [{type: integer}], uniqueItems: true}
        Nullable: {type: [string, 'null'], not: {const: a}}
        ",
        "
        enum Listed
          1
          2
          30
          must number <=9
        enum Within
          1
          2
        enum Pattern
          \"a\"
          \"b\"
        enum Object
          {\"a\":1}
          [2]
          must items[count 1..]
          must members{has a}
        type Mixed = any
          must string ..5
          must number >=3
          must members{has a}
        one of Kinds
          string 2.. when string
          (integer, ...string) when array
          must items[unique]
          must not in [\"x\"]
        type Nullable = Nullable!?
        type Nullable! = string
          must not in [\"a\"]
        ",
        &[
            "10:12 note keyword-not-typed: the keywords of this schema do not say what type it is; taken as any value (add a `type`)",
        ],
    );
}

#[test]
fn variants_that_became_one_keep_their_limits() {
    check(
        "3.1.0",
        "
        Patterns: {anyOf: [{type: string, pattern: a}, {type: string, pattern: b, minLength: 2}]}
        Wide: {anyOf: [{type: string}, {type: string, maxLength: 4}]}
        Exclusive: {oneOf: [{type: string, maxLength: 4}, {type: string, pattern: a}]}
        Formats: {oneOf: [{type: string, format: uuid, maxLength: 40}, {type: string, pattern: a}]}
        Included: {oneOf: [{type: integer, minimum: 3}, {type: integer, minimum: 3, maximum: 5}]}
        Open: {anyOf: [{type: string, maxLength: 4}, {enum: [abcdef, abcdefg]}]}
        Covered: {anyOf: [{type: string, maxLength: 4}, {enum: ['', abc]}]}
        Numbers: {anyOf: [{type: integer, minimum: 3}, {type: number, maximum: 1}]}
        Beside: {anyOf: [{type: string, pattern: a}, {type: string, pattern: b}, {type: integer}, {type: 'null'}]}
        Members: {anyOf: [{type: object, properties: {a: {type: string}, b: {}}, required: [a]}, {type: object, properties: {a: {type: string}, b: {}}, required: [b]}]}
        Common: {type: string, pattern: c, anyOf: [{minLength: 3}, {const: c}, {pattern: d}]}
        ",
        "
        type Patterns = string
          must any of(string /a/; string /b/ 2..)
        type Wide = string
        type Exclusive = string
          must one of(string ..4; string /a/)
        type Formats = string
          must any of(string ..40; string /a/)
        type Included = integer >=3
        enum Open open
          \"abcdef\"
          \"abcdefg\"
          must any of(string ..4; in [\"abcdef\", \"abcdefg\"])
        enum Covered open
          \"\"
          \"abc\"
          must string ..4
        type Numbers = number
          must any of((integer and number >=3); number <=1)
        type Beside = Beside!?
        object Members
          a?: string
          b?: any
          must any of(members{has a}; members{has b})
        enum Common open
          \"c\"
          must any of(string /c/ 3..; in [\"c\"]; string /c/ /d/)
        any of Beside!
          Beside!|0 string when string
          integer when integer
        type Beside!|0 string = string
          must any of(string /a/; string /b/)
        ",
        &[],
    );
}

#[test]
fn schemas_inside_assertions_are_transliterated() {
    check(
        "3.1.0",
        "
        Base: {type: object, properties: {a: {type: string}}, not: {required: [a, b]}}
        Derived: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {b: {type: string}}, if: {required: [b]}, then: {required: [c]}}]}
        Tree: {properties: {but: {not: {$ref: '#/components/schemas/Tree'}}}}
        Circle: {not: {anyOf: [{$ref: '#/components/schemas/Circle'}, {type: string}]}}
        Deep: {not: {not: {not: {not: {not: {not: {not: {not: {not: {not: {type: string}}}}}}}}}}}
        Old: {not: {type: integer, minimum: 3, exclusiveMinimum: true, nullable: true, enum: [4]}}
        Wrapped: {not: {nullable: true, allOf: [{minimum: 3}]}}
        Later: {properties: {a: {}}, unevaluatedProperties: false, if: {properties: {b: {}}, required: [b]}}
        Now: {properties: {a: {}}, unevaluatedProperties: false, allOf: [{properties: {b: {}}}]}
        Kept: {unevaluatedProperties: false, allOf: [{properties: {a: {}}, additionalProperties: {type: string}}]}
        Items: {type: array, contains: {type: string}, unevaluatedItems: {type: integer}}
        Overlap: {properties: {xa: {type: string}}, patternProperties: {'^x': {maxLength: 2}}}
        Apart: {properties: {a: {type: string}}, patternProperties: {'^x': {maxLength: 2}}}
        Within: {properties: {xa: {type: string, maxLength: 2}}, patternProperties: {'^x': {type: string}}}
        OrNull: {properties: {xa: {type: [string, 'null']}}, patternProperties: {'^x': {type: string}}}
        ",
        "
        object Base *: any
          a?: string
          must not members{has a b}
        object Derived *: any
          a?: string
          b?: string
          must not members{has a b}
          must if members{has b} then members{has c} else any
        object Tree
          but?: Tree.but
        type Circle = any
          must not any of(schema 0; string)
        type Deep = any
          must not not not not not not not not not schema 1
        type Old = any
          must not (null|integer and in [4, null] and number >3)
        type Wrapped = any
          must not any of(null; all(number >=3))
        object Later *: any
          a?: any
          must schema 2
        object Now closed
          a?: any
          b?: any
        object Kept *: string
          a?: any
        type Items = [any]
          must schema 3
        object Overlap
          xa?: string
          /^x/: string ..2
          must members{/^x/: string ..2}
        object Apart
          a?: string
          /^x/: string ..2
        object Within
          xa?: string ..2
          /^x/: string
        object OrNull
          xa?: string?
          /^x/: string
          must members{/^x/: string}
        type Tree.but = any
          must not schema 4
        schema 0 = not any of(any; string)
        schema 1 = not string
        schema 2 = (members{a: any} and if members{b: any, has b} then any else any and other members never)
        schema 3 = (array and items[contains 1.. string] and other items integer)
        schema 4 = members{but: not schema 4}
        ",
        &[
            "8:30 note keyword-not-typed: the keywords of this schema do not say what type it is; taken as any value (add a `type`)",
            "9:13 note keyword-not-typed: the keywords of this schema do not say what type it is; taken as any value (add a `type`)",
            "10:11 note keyword-not-typed: the keywords of this schema do not say what type it is; taken as any value (add a `type`)",
            "11:10 note keyword-not-typed: the keywords of this schema do not say what type it is; taken as any value (add a `type`)",
            "12:14 note keyword-not-typed: the keywords of this schema do not say what type it is; taken as any value (add a `type`)",
            "11:44 older-keyword: a boolean as `exclusiveMinimum` belongs to older versions of schemas (write the number itself as `exclusiveMinimum` or `exclusiveMaximum`)",
            "11:68 older-keyword: `nullable` belongs to older versions of schemas (add `null` to the types instead: `type: [string, \"null\"]`)",
            "12:21 older-keyword: `nullable` belongs to older versions of schemas (add `null` to the types instead: `type: [string, \"null\"]`)",
            "9:13 broken-ref: this schema refers to itself for the same value; the repetition is ignored",
        ],
    );
}
