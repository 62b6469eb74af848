//! The keywords of the objects of OpenAPI, all but the Schema Object (OpenAPI 3.2, section 4).

use specsmith_diagnostics::Code;

use super::{
    Fate, Keyword, Kind, Need, SCHEMA, Value,
    Version::{V3_1, V3_2},
    boolean, key, object, text,
};

pub(super) const TEXTS: Value = Value::List(&Value::Text);
pub(super) const SERVERS: Value = Value::List(&Value::Object(Kind::Server));
const PARAMETERS: Value = Value::List(&Value::Reference(Kind::Parameter));
pub(super) const CONTENT: Value = Value::Map(&Value::Reference(Kind::MediaType));
const HEADERS: Value = Value::Map(&Value::Reference(Kind::Header));
pub(super) const EXAMPLES: Value = Value::Map(&Value::Reference(Kind::Example));
pub(super) const LINKS: Value = Value::Map(&Value::Reference(Kind::Link));
pub(super) const CALLBACKS: Value = Value::Map(&Value::Reference(Kind::Callback));
const PATH_ITEMS: Value = Value::Map(&Value::Object(Kind::PathItem));
pub(super) const SECURITY: Value = Value::List(&Value::Map(&TEXTS));
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
    key("security", SECURITY).typed(),
    key("tags", Value::List(&Value::Object(Kind::Tag))),
    object("externalDocs", Kind::ExternalDocs),
];

pub(super) const INFO: &[Keyword] = &[
    text("title").documented().required(),
    text("summary").documented().since(V3_1),
    text("description").documented(),
    text("termsOfService").documented(),
    object("contact", Kind::Contact),
    object("license", Kind::License),
    text("version").documented().required(),
];

pub(super) const CONTACT: &[Keyword] = &[
    text("name").documented(),
    text("url").documented(),
    text("email").documented(),
];

pub(super) const LICENSE: &[Keyword] = &[
    text("name").documented().required(),
    text("identifier").documented().since(V3_1),
    text("url").documented(),
];

pub(super) const SERVER: &[Keyword] = &[
    text("url").typed().required(),
    text("name").documented().since(V3_2),
    text("description").documented(),
    key("variables", Value::Map(&Value::Object(Kind::ServerVariable))),
];

pub(super) const SERVER_VARIABLE: &[Keyword] = &[
    key("enum", TEXTS).documented(),
    text("default").typed().required(),
    text("description").documented(),
];

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
    text("summary").documented(),
    text("description").documented(),
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
    key("tags", TEXTS).typed(),
    text("summary").documented(),
    text("description").documented(),
    object("externalDocs", Kind::ExternalDocs),
    text("operationId").typed(),
    key("parameters", PARAMETERS),
    key("requestBody", Value::Reference(Kind::RequestBody)),
    object("responses", Kind::Responses).need(Need::RequiredBefore(V3_1)),
    key("callbacks", CALLBACKS).typed(),
    boolean("deprecated").documented(),
    key("security", SECURITY).typed(),
    key("servers", SERVERS),
];

pub(super) const EXTERNAL_DOCS: &[Keyword] = &[text("description").documented(), text("url").documented().required()];

pub(super) const PARAMETER: &[Keyword] = &[
    text("name").typed().required(),
    text("in").typed().required(),
    text("description").documented(),
    boolean("required").typed(),
    boolean("deprecated").documented(),
    boolean("allowEmptyValue").not_generated(),
    text("style").typed(),
    boolean("explode").typed(),
    boolean("allowReserved").typed(),
    key("schema", SCHEMA),
    key("content", CONTENT),
    key("example", Value::Any).documented(),
    key("examples", EXAMPLES),
];

pub(super) const HEADER: &[Keyword] = &[
    text("description").documented(),
    boolean("required").documented(),
    boolean("deprecated").documented(),
    boolean("allowEmptyValue").not_generated(),
    text("style").fate(Fate::Validated),
    boolean("explode").not_generated(),
    boolean("allowReserved").fate(Fate::Reported(Code::UnknownKeyword)),
    key("schema", SCHEMA),
    key("content", CONTENT),
    key("example", Value::Any).documented(),
    key("examples", EXAMPLES),
];

pub(super) const REQUEST_BODY: &[Keyword] = &[
    text("description").documented(),
    key("content", CONTENT).required(),
    boolean("required").typed(),
];

pub(super) const MEDIA_TYPE: &[Keyword] = &[
    text("description").not_generated().since(V3_2),
    key("schema", SCHEMA),
    key("itemSchema", SCHEMA).since(V3_2),
    key("example", Value::Any).documented(),
    key("examples", EXAMPLES),
    key("encoding", ENCODINGS),
    key("prefixEncoding", ENCODING_LIST).not_generated().since(V3_2),
    object("itemEncoding", Kind::Encoding).not_generated().since(V3_2),
];

pub(super) const ENCODING: &[Keyword] = &[
    text("contentType").documented(),
    key("headers", HEADERS),
    text("style").typed(),
    boolean("explode").typed(),
    boolean("allowReserved").typed(),
    key("encoding", ENCODINGS).not_generated().since(V3_2),
    key("prefixEncoding", ENCODING_LIST).not_generated().since(V3_2),
    object("itemEncoding", Kind::Encoding).not_generated().since(V3_2),
];

pub(super) const RESPONSE: &[Keyword] = &[
    text("summary").documented().since(V3_2),
    text("description").documented().need(Need::RequiredBefore(V3_2)),
    key("headers", HEADERS),
    key("content", CONTENT),
    key("links", LINKS),
];

pub(super) const EXAMPLE: &[Keyword] = &[
    text("summary").documented(),
    text("description").not_generated(),
    key("value", Value::Any).documented(),
    text("externalValue").not_generated(),
    key("dataValue", Value::Any).documented().since(V3_2),
    text("serializedValue").not_generated().since(V3_2),
];

pub(super) const LINK: &[Keyword] = &[
    text("operationRef").typed(),
    text("operationId").typed(),
    key("parameters", Value::Map(&Value::Any)).typed(),
    key("requestBody", Value::Any).typed(),
    text("description").documented(),
    object("server", Kind::Server).not_generated(),
];

pub(super) const TAG: &[Keyword] = &[
    text("name").typed().required(),
    text("summary").documented().since(V3_2),
    text("description").documented(),
    object("externalDocs", Kind::ExternalDocs),
    text("parent").documented().since(V3_2),
    text("kind").not_generated().since(V3_2),
];

pub(super) const SECURITY_SCHEME: &[Keyword] = &[
    text("type").typed().required(),
    text("description").documented(),
    text("name").typed(),
    text("in").typed(),
    text("scheme").typed(),
    text("bearerFormat").documented(),
    object("flows", Kind::OAuthFlows),
    text("openIdConnectUrl").documented(),
    text("oauth2MetadataUrl").not_generated().since(V3_2),
    boolean("deprecated").documented().since(V3_2),
];

pub(super) const OAUTH_FLOWS: &[Keyword] = &[
    object("implicit", Kind::OAuthFlow),
    object("password", Kind::OAuthFlow),
    object("clientCredentials", Kind::OAuthFlow),
    object("authorizationCode", Kind::OAuthFlow),
    object("deviceAuthorization", Kind::OAuthFlow).since(V3_2),
];

pub(super) const OAUTH_FLOW: &[Keyword] = &[
    text("authorizationUrl").documented(),
    text("tokenUrl").documented(),
    text("refreshUrl").documented(),
    text("deviceAuthorizationUrl").documented().since(V3_2),
    key("scopes", Value::Map(&Value::Text)).documented().required(),
];

/// What a Reference Object has, whatever it stands for.
pub(crate) const REFERENCE: &[Keyword] = &[
    text("$ref"),
    text("summary").documented().since(V3_1),
    text("description").documented().since(V3_1),
];

pub(super) const DISCRIMINATOR: &[Keyword] = &[
    text("propertyName").typed().required(),
    key("mapping", Value::Map(&Value::Text)).typed(),
    text("defaultMapping").typed().since(V3_2),
];

pub(super) const XML: &[Keyword] = &[
    text("nodeType").typed().since(V3_2),
    text("name").typed(),
    text("namespace").typed(),
    text("prefix").typed(),
    boolean("attribute").typed(),
    boolean("wrapped").typed(),
];
