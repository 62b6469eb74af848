//! The keywords of Schema Objects: JSON Schema 2020-12, what OpenAPI adds to it, and what OpenAPI 3.0 and earlier drafts
//! of JSON Schema have in place of it.

use specsmith_diagnostics::Code;

use super::{
    Fate, Keyword, Kind, Role, SCHEMA, Value,
    Value::{Any, Boolean, Bound, Count, Items, List, Map, Names, Number, Object, SchemaOrNames, Text, Types},
    Version::{V3_0, V3_1},
    key,
};

const SCHEMAS: Value = List(&SCHEMA);
const NAMED_SCHEMAS: Value = Map(&SCHEMA);

/// A keyword that limits the values, which types say.
const fn typed(name: &'static str, value: Value) -> Keyword {
    key(name, value).typed()
}

/// A keyword that limits the values, which the documentation says.
const fn documented(name: &'static str, value: Value) -> Keyword {
    key(name, value).documented()
}

/// A keyword that limits the values, against which values are checked.
const fn validated(name: &'static str, value: Value) -> Keyword {
    key(name, value).fate(Fate::Validated)
}

/// A keyword that limits values in a way that nothing says.
const fn untyped(name: &'static str, value: Value) -> Keyword {
    key(name, value).fate(Fate::Reported(Code::KeywordNotTyped))
}

/// A keyword that tells people or tools something about the values.
const fn annotation(name: &'static str, value: Value) -> Keyword {
    key(name, value).role(Role::Annotation)
}

pub(super) const SCHEMA_KEYWORDS: &[Keyword] = &[
    typed("$ref", Any),
    typed("type", Types),
    typed("enum", List(&Any)),
    typed("const", Any).since(V3_1),
    typed("nullable", Boolean).since(V3_0).until(V3_1),
    typed("allOf", SCHEMAS),
    typed("oneOf", SCHEMAS).since(V3_0),
    typed("anyOf", SCHEMAS).since(V3_0),
    typed("discriminator", Object(Kind::Discriminator)),
    typed("properties", NAMED_SCHEMAS),
    typed("required", Names),
    typed("additionalProperties", SCHEMA),
    typed("patternProperties", NAMED_SCHEMAS).since(V3_1),
    typed("propertyNames", SCHEMA).since(V3_1),
    typed("unevaluatedProperties", SCHEMA).since(V3_1),
    validated("minProperties", Count),
    validated("maxProperties", Count),
    typed("items", Items),
    typed("prefixItems", SCHEMAS).since(V3_1),
    typed("additionalItems", SCHEMA).until(V3_1),
    typed("unevaluatedItems", SCHEMA).since(V3_1),
    validated("minItems", Count),
    validated("maxItems", Count),
    validated("uniqueItems", Boolean),
    typed("format", Text),
    validated("pattern", Text),
    validated("minLength", Count),
    validated("maxLength", Count),
    typed("contentEncoding", Text).since(V3_1),
    documented("contentMediaType", Text).since(V3_1),
    validated("minimum", Number),
    validated("maximum", Number),
    validated("exclusiveMinimum", Bound),
    validated("exclusiveMaximum", Bound),
    validated("multipleOf", Number),
    validated("not", SCHEMA).since(V3_0),
    validated("if", SCHEMA).since(V3_1),
    validated("then", SCHEMA).since(V3_1),
    validated("else", SCHEMA).since(V3_1),
    validated("dependentRequired", Map(&Names)).since(V3_1),
    validated("dependentSchemas", NAMED_SCHEMAS).since(V3_1),
    validated("dependencies", Map(&SchemaOrNames)).until(V3_1),
    validated("contains", SCHEMA).since(V3_1),
    validated("minContains", Count).since(V3_1),
    validated("maxContains", Count).since(V3_1),
    untyped("contentSchema", SCHEMA).since(V3_1),
    typed("$dynamicRef", Text).since(V3_1),
    typed("$recursiveRef", Text).until(V3_1),
    annotation("title", Text).documented(),
    annotation("description", Text).documented(),
    annotation("default", Any).typed(),
    annotation("example", Any).documented(),
    annotation("examples", Any).documented().since(V3_1),
    annotation("deprecated", Boolean).documented().since(V3_0),
    annotation("readOnly", Boolean).typed(),
    annotation("writeOnly", Boolean).typed().since(V3_0),
    annotation("externalDocs", Object(Kind::ExternalDocs)),
    annotation("xml", Object(Kind::Xml)).typed(),
    annotation("$comment", Text).since(V3_1),
    annotation("$id", Text).since(V3_1),
    annotation("id", Text).until(V3_1),
    annotation("$schema", Text).since(V3_1),
    annotation("$anchor", Text).since(V3_1),
    annotation("$dynamicAnchor", Text).since(V3_1),
    annotation("$recursiveAnchor", Boolean).until(V3_1),
    annotation("$vocabulary", Map(&Boolean)).not_generated().since(V3_1),
    annotation("$defs", NAMED_SCHEMAS).since(V3_1),
    annotation("definitions", NAMED_SCHEMAS).until(V3_1),
];
