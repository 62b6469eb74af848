//! The keywords of the objects of Swagger 2.0 that OpenAPI 3 has no more, or has in another form.
//!
//! Keywords since 3.0 are idioms of OpenAPI 3 that are understood in a document of 2.0 as well.

use super::{
    Keyword, Kind, SCHEMA, Value,
    Value::{Any, Bound, Count, Number, Types},
    Version::V3_0,
    boolean, key, object,
    objects::{CALLBACKS, CONTENT, EXAMPLES, LINKS, SECURITY, SERVERS, TEXTS},
    text,
};

const PARAMETERS: Value = Value::List(&Value::Reference(Kind::SwaggerParameter));
const HEADERS: Value = Value::Map(&Value::Object(Kind::SwaggerHeader));
const EXAMPLE: Value = Value::Map(&Any);

pub(super) const SWAGGER: &[Keyword] = &[
    text("swagger").required(),
    object("info", Kind::Info).required(),
    text("host"),
    text("basePath"),
    key("schemes", TEXTS),
    key("consumes", TEXTS),
    key("produces", TEXTS),
    object("paths", Kind::SwaggerPaths).required(),
    key("definitions", Value::Map(&SCHEMA)),
    key("parameters", Value::Map(&Value::Object(Kind::SwaggerParameter))),
    key("responses", Value::Map(&Value::Reference(Kind::SwaggerResponse))),
    key(
        "securityDefinitions",
        Value::Map(&Value::Object(Kind::SwaggerSecurityScheme)),
    ),
    key("security", SECURITY),
    key("tags", Value::List(&Value::Object(Kind::Tag))),
    object("externalDocs", Kind::ExternalDocs),
    key("servers", SERVERS).since(V3_0),
    object("components", Kind::Components).since(V3_0),
];

pub(super) const PATH_ITEM: &[Keyword] = &[
    text("$ref"),
    object("get", Kind::SwaggerOperation),
    object("put", Kind::SwaggerOperation),
    object("post", Kind::SwaggerOperation),
    object("delete", Kind::SwaggerOperation),
    object("options", Kind::SwaggerOperation),
    object("head", Kind::SwaggerOperation),
    object("patch", Kind::SwaggerOperation),
    key("parameters", PARAMETERS),
    object("trace", Kind::SwaggerOperation).since(V3_0),
    text("summary").since(V3_0),
    text("description").since(V3_0),
    key("servers", SERVERS).since(V3_0),
];

pub(super) const OPERATION: &[Keyword] = &[
    key("tags", TEXTS),
    text("summary"),
    text("description"),
    object("externalDocs", Kind::ExternalDocs),
    text("operationId"),
    key("consumes", TEXTS),
    key("produces", TEXTS),
    key("parameters", PARAMETERS),
    object("responses", Kind::SwaggerResponses).required(),
    key("schemes", TEXTS),
    boolean("deprecated"),
    key("security", SECURITY),
    key("requestBody", Value::Reference(Kind::RequestBody)).since(V3_0),
    key("callbacks", CALLBACKS).since(V3_0),
    key("servers", SERVERS).since(V3_0),
];

pub(super) const PARAMETER: &[Keyword] = &[
    text("name").required(),
    text("in").required(),
    text("description"),
    boolean("required"),
    // Of a body.
    key("schema", SCHEMA),
    // Of the others.
    boolean("allowEmptyValue"),
    key("type", Types),
    text("format"),
    object("items", Kind::Items),
    text("collectionFormat"),
    key("default", Any),
    key("maximum", Number),
    key("exclusiveMaximum", Bound),
    key("minimum", Number),
    key("exclusiveMinimum", Bound),
    key("maxLength", Count),
    key("minLength", Count),
    text("pattern"),
    key("maxItems", Count),
    key("minItems", Count),
    boolean("uniqueItems"),
    key("enum", Value::List(&Any)),
    key("multipleOf", Number),
    boolean("nullable").since(V3_0),
    boolean("deprecated").since(V3_0),
    text("style").since(V3_0),
    boolean("explode").since(V3_0),
    boolean("allowReserved").since(V3_0),
    key("content", CONTENT).since(V3_0),
    key("example", Any).since(V3_0),
    key("examples", EXAMPLES).since(V3_0),
];

pub(super) const ITEMS: &[Keyword] = &[
    key("type", Types),
    text("format"),
    object("items", Kind::Items),
    text("collectionFormat"),
    key("default", Any),
    key("maximum", Number),
    key("exclusiveMaximum", Bound),
    key("minimum", Number),
    key("exclusiveMinimum", Bound),
    key("maxLength", Count),
    key("minLength", Count),
    text("pattern"),
    key("maxItems", Count),
    key("minItems", Count),
    boolean("uniqueItems"),
    key("enum", Value::List(&Any)),
    key("multipleOf", Number),
    boolean("nullable").since(V3_0),
    text("$ref").since(V3_0),
];

pub(super) const HEADER: &[Keyword] = &[
    text("description"),
    key("type", Types),
    text("format"),
    object("items", Kind::Items),
    text("collectionFormat"),
    key("default", Any),
    key("maximum", Number),
    key("exclusiveMaximum", Bound),
    key("minimum", Number),
    key("exclusiveMinimum", Bound),
    key("maxLength", Count),
    key("minLength", Count),
    text("pattern"),
    key("maxItems", Count),
    key("minItems", Count),
    boolean("uniqueItems"),
    key("enum", Value::List(&Any)),
    key("multipleOf", Number),
    boolean("nullable").since(V3_0),
    boolean("required").since(V3_0),
    boolean("deprecated").since(V3_0),
    key("schema", SCHEMA).since(V3_0),
    text("style").since(V3_0),
    boolean("explode").since(V3_0),
    key("content", CONTENT).since(V3_0),
    key("example", Any).since(V3_0),
    key("examples", EXAMPLES).since(V3_0),
];

pub(super) const RESPONSE: &[Keyword] = &[
    text("description").required(),
    key("schema", SCHEMA),
    key("headers", HEADERS),
    key("examples", EXAMPLE),
    key("content", CONTENT).since(V3_0),
    key("links", LINKS).since(V3_0),
];

pub(super) const SECURITY_SCHEME: &[Keyword] = &[
    text("type").required(),
    text("description"),
    text("name"),
    text("in"),
    text("flow"),
    text("authorizationUrl"),
    text("tokenUrl"),
    key("scopes", Value::Map(&Value::Text)),
    text("scheme").since(V3_0),
    text("bearerFormat").since(V3_0),
    object("flows", Kind::OAuthFlows).since(V3_0),
    text("openIdConnectUrl").since(V3_0),
];
