//! The keywords of the objects of OpenAPI, all but the Schema Object (OpenAPI 3.2, section 4).

use super::{
    Keyword, Kind, Need, SCHEMA, Value,
    Version::{V3_1, V3_2},
    boolean, key, object, text,
};

const TEXTS: Value = Value::List(&Value::Text);
const SERVERS: Value = Value::List(&Value::Object(Kind::Server));
const PARAMETERS: Value = Value::List(&Value::Reference(Kind::Parameter));
const CONTENT: Value = Value::Map(&Value::Reference(Kind::MediaType));
const HEADERS: Value = Value::Map(&Value::Reference(Kind::Header));
const EXAMPLES: Value = Value::Map(&Value::Reference(Kind::Example));
const LINKS: Value = Value::Map(&Value::Reference(Kind::Link));
const CALLBACKS: Value = Value::Map(&Value::Reference(Kind::Callback));
const PATH_ITEMS: Value = Value::Map(&Value::Object(Kind::PathItem));
const SECURITY: Value = Value::List(&Value::Map(&TEXTS));
const ENCODINGS: Value = Value::Map(&Value::Object(Kind::Encoding));
const ENCODING_LIST: Value = Value::List(&Value::Object(Kind::Encoding));

pub(super) const OPEN_API: &[Keyword] = &[
    text("openapi"),
    text("$self").since(V3_2),
    object("info", Kind::Info).required(),
    text("jsonSchemaDialect").since(V3_1),
    key("servers", SERVERS),
    object("paths", Kind::Paths).need(Need::RequiredBefore(V3_1)),
    key("webhooks", PATH_ITEMS).since(V3_1),
    object("components", Kind::Components),
    key("security", SECURITY),
    key("tags", Value::List(&Value::Object(Kind::Tag))),
    object("externalDocs", Kind::ExternalDocs),
];

pub(super) const INFO: &[Keyword] = &[
    text("title").required(),
    text("summary").since(V3_1),
    text("description"),
    text("termsOfService"),
    object("contact", Kind::Contact),
    object("license", Kind::License),
    text("version").required(),
];

pub(super) const CONTACT: &[Keyword] = &[text("name"), text("url"), text("email")];

pub(super) const LICENSE: &[Keyword] = &[text("name").required(), text("identifier").since(V3_1), text("url")];

pub(super) const SERVER: &[Keyword] = &[
    text("url").required(),
    text("name").since(V3_2),
    text("description"),
    key("variables", Value::Map(&Value::Object(Kind::ServerVariable))),
];

pub(super) const SERVER_VARIABLE: &[Keyword] = &[key("enum", TEXTS), text("default").required(), text("description")];

pub(super) const COMPONENTS: &[Keyword] = &[
    key("schemas", Value::Map(&SCHEMA)),
    key("responses", Value::Map(&Value::Reference(Kind::Response))),
    key("parameters", Value::Map(&Value::Reference(Kind::Parameter))),
    key("examples", EXAMPLES),
    key("requestBodies", Value::Map(&Value::Reference(Kind::RequestBody))),
    key("headers", HEADERS),
    key("securitySchemes", Value::Map(&Value::Reference(Kind::SecurityScheme))),
    key("links", LINKS),
    key("callbacks", CALLBACKS),
    key("pathItems", PATH_ITEMS).since(V3_1),
    key("mediaTypes", CONTENT).since(V3_2),
];

pub(super) const PATH_ITEM: &[Keyword] = &[
    text("$ref"),
    text("summary"),
    text("description"),
    object("get", Kind::Operation),
    object("put", Kind::Operation),
    object("post", Kind::Operation),
    object("delete", Kind::Operation),
    object("options", Kind::Operation),
    object("head", Kind::Operation),
    object("patch", Kind::Operation),
    object("trace", Kind::Operation),
    object("query", Kind::Operation).since(V3_2),
    key("additionalOperations", Value::Map(&Value::Object(Kind::Operation))).since(V3_2),
    key("servers", SERVERS),
    key("parameters", PARAMETERS),
];

pub(super) const OPERATION: &[Keyword] = &[
    key("tags", TEXTS),
    text("summary"),
    text("description"),
    object("externalDocs", Kind::ExternalDocs),
    text("operationId"),
    key("parameters", PARAMETERS),
    key("requestBody", Value::Reference(Kind::RequestBody)),
    object("responses", Kind::Responses).need(Need::RequiredBefore(V3_1)),
    key("callbacks", CALLBACKS),
    boolean("deprecated"),
    key("security", SECURITY),
    key("servers", SERVERS),
];

pub(super) const EXTERNAL_DOCS: &[Keyword] = &[text("description"), text("url").required()];

pub(super) const PARAMETER: &[Keyword] = &[
    text("name").required(),
    text("in").required(),
    text("description"),
    boolean("required"),
    boolean("deprecated"),
    boolean("allowEmptyValue"),
    text("style"),
    boolean("explode"),
    boolean("allowReserved"),
    key("schema", SCHEMA),
    key("content", CONTENT),
    key("example", Value::Any),
    key("examples", EXAMPLES),
];

pub(super) const HEADER: &[Keyword] = &[
    text("description"),
    boolean("required"),
    boolean("deprecated"),
    boolean("allowEmptyValue"),
    text("style"),
    boolean("explode"),
    boolean("allowReserved"),
    key("schema", SCHEMA),
    key("content", CONTENT),
    key("example", Value::Any),
    key("examples", EXAMPLES),
];

pub(super) const REQUEST_BODY: &[Keyword] = &[
    text("description"),
    key("content", CONTENT).required(),
    boolean("required"),
];

pub(super) const MEDIA_TYPE: &[Keyword] = &[
    text("description").since(V3_2),
    key("schema", SCHEMA),
    key("itemSchema", SCHEMA).since(V3_2),
    key("example", Value::Any),
    key("examples", EXAMPLES),
    key("encoding", ENCODINGS),
    key("prefixEncoding", ENCODING_LIST).since(V3_2),
    object("itemEncoding", Kind::Encoding).since(V3_2),
];

pub(super) const ENCODING: &[Keyword] = &[
    text("contentType"),
    key("headers", HEADERS),
    text("style"),
    boolean("explode"),
    boolean("allowReserved"),
    key("encoding", ENCODINGS).since(V3_2),
    key("prefixEncoding", ENCODING_LIST).since(V3_2),
    object("itemEncoding", Kind::Encoding).since(V3_2),
];

pub(super) const RESPONSE: &[Keyword] = &[
    text("summary").since(V3_2),
    text("description").need(Need::RequiredBefore(V3_2)),
    key("headers", HEADERS),
    key("content", CONTENT),
    key("links", LINKS),
];

pub(super) const EXAMPLE: &[Keyword] = &[
    text("summary"),
    text("description"),
    key("value", Value::Any),
    text("externalValue"),
    key("dataValue", Value::Any).since(V3_2),
    text("serializedValue").since(V3_2),
];

pub(super) const LINK: &[Keyword] = &[
    text("operationRef"),
    text("operationId"),
    key("parameters", Value::Map(&Value::Any)),
    key("requestBody", Value::Any),
    text("description"),
    object("server", Kind::Server),
];

pub(super) const TAG: &[Keyword] = &[
    text("name").required(),
    text("summary").since(V3_2),
    text("description"),
    object("externalDocs", Kind::ExternalDocs),
    text("parent").since(V3_2),
    text("kind").since(V3_2),
];

pub(super) const SECURITY_SCHEME: &[Keyword] = &[
    text("type").required(),
    text("description"),
    text("name"),
    text("in"),
    text("scheme"),
    text("bearerFormat"),
    object("flows", Kind::OAuthFlows),
    text("openIdConnectUrl"),
    text("oauth2MetadataUrl").since(V3_2),
    boolean("deprecated").since(V3_2),
];

pub(super) const OAUTH_FLOWS: &[Keyword] = &[
    object("implicit", Kind::OAuthFlow),
    object("password", Kind::OAuthFlow),
    object("clientCredentials", Kind::OAuthFlow),
    object("authorizationCode", Kind::OAuthFlow),
    object("deviceAuthorization", Kind::OAuthFlow).since(V3_2),
];

pub(super) const OAUTH_FLOW: &[Keyword] = &[
    text("authorizationUrl"),
    text("tokenUrl"),
    text("refreshUrl"),
    text("deviceAuthorizationUrl").since(V3_2),
    key("scopes", Value::Map(&Value::Text)).required(),
];

pub(super) const DISCRIMINATOR: &[Keyword] = &[
    text("propertyName").required(),
    key("mapping", Value::Map(&Value::Text)),
    text("defaultMapping").since(V3_2),
];

pub(super) const XML: &[Keyword] = &[
    text("nodeType").since(V3_2),
    text("name"),
    text("namespace"),
    text("prefix"),
    boolean("attribute"),
    boolean("wrapped"),
];
