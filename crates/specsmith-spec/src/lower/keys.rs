//! The one table of what the objects of OpenAPI consist of: each object's keywords, their types and versions.
//!
//! Schema Objects are not in it; `schema` knows their keywords.

use super::version::Version::{self, V3_1, V3_2};

/// The objects of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    OpenApi,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    Schema,
}

/// What an object consists of.
pub(super) enum Grammar {
    /// Keywords of these names.
    Keywords(&'static [Keyword]),
    /// Names that the author chooses, all with values of one type, and `x-` extensions.
    Names(Value),
    /// Whatever `schema` understands.
    Schema,
}

/// A keyword of an object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keyword {
    /// Its name.
    pub name: &'static str,
    /// The type of its value.
    pub value: Value,
    /// Whether it must be there.
    pub need: Need,
    /// The first version of OpenAPI that has it.
    pub since: Version,
}

/// Whether a keyword must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// It may be absent.
    Optional,
    /// It must.
    Required,
    /// It must, in the versions before this one.
    RequiredBefore(Version),
}

/// The type of a keyword's value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value {
    /// Anything.
    Any,
    /// A string.
    Text,
    /// A boolean.
    Boolean,
    /// An object of this kind.
    Object(Kind),
    /// An object of this kind, or a `$ref` to one.
    Reference(Kind),
    /// An array.
    List(&'static Value),
    /// An object with names that the author chooses.
    Map(&'static Value),
}

impl Keyword {
    const fn required(self) -> Self {
        self.need(Need::Required)
    }

    const fn need(mut self, need: Need) -> Self {
        self.need = need;
        self
    }

    const fn since(mut self, version: Version) -> Self {
        self.since = version;
        self
    }
}

const fn key(name: &'static str, value: Value) -> Keyword {
    Keyword {
        name,
        value,
        need: Need::Optional,
        since: Version::V3_0,
    }
}

const fn text(name: &'static str) -> Keyword {
    key(name, Value::Text)
}

const fn boolean(name: &'static str) -> Keyword {
    key(name, Value::Boolean)
}

const fn object(name: &'static str, kind: Kind) -> Keyword {
    key(name, Value::Object(kind))
}

const SCHEMA: Value = Value::Object(Kind::Schema);
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

impl Kind {
    /// What an object of this kind consists of.
    pub(super) fn grammar(self) -> Grammar {
        Grammar::Keywords(match self {
            Kind::OpenApi => OPEN_API,
            Kind::Info => INFO,
            Kind::Contact => CONTACT,
            Kind::License => LICENSE,
            Kind::Server => SERVER,
            Kind::ServerVariable => SERVER_VARIABLE,
            Kind::Components => COMPONENTS,
            Kind::PathItem => PATH_ITEM,
            Kind::Operation => OPERATION,
            Kind::ExternalDocs => EXTERNAL_DOCS,
            Kind::Parameter => PARAMETER,
            Kind::RequestBody => REQUEST_BODY,
            Kind::MediaType => MEDIA_TYPE,
            Kind::Encoding => ENCODING,
            Kind::Response => RESPONSE,
            Kind::Example => EXAMPLE,
            Kind::Link => LINK,
            Kind::Header => HEADER,
            Kind::Tag => TAG,
            Kind::SecurityScheme => SECURITY_SCHEME,
            Kind::OAuthFlows => OAUTH_FLOWS,
            Kind::OAuthFlow => OAUTH_FLOW,
            Kind::Paths | Kind::Callback => return Grammar::Names(Value::Object(Kind::PathItem)),
            Kind::Responses => return Grammar::Names(Value::Reference(Kind::Response)),
            Kind::Schema => return Grammar::Schema,
        })
    }

    /// The kind as a phrase: `a parameter`.
    pub(super) fn phrase(self) -> &'static str {
        match self {
            Kind::OpenApi => "the document",
            Kind::Info => "an info object",
            Kind::Contact => "a contact",
            Kind::License => "a license",
            Kind::Server => "a server",
            Kind::ServerVariable => "a server variable",
            Kind::Components => "the components object",
            Kind::Paths => "the paths object",
            Kind::PathItem => "a path item",
            Kind::Operation => "an operation",
            Kind::ExternalDocs => "an external documentation object",
            Kind::Parameter => "a parameter",
            Kind::RequestBody => "a request body",
            Kind::MediaType => "a media type object",
            Kind::Encoding => "an encoding",
            Kind::Responses => "a responses object",
            Kind::Response => "a response",
            Kind::Callback => "a callback",
            Kind::Example => "an example",
            Kind::Link => "a link",
            Kind::Header => "a header",
            Kind::Tag => "a tag",
            Kind::SecurityScheme => "a security scheme",
            Kind::OAuthFlows => "an OAuth flows object",
            Kind::OAuthFlow => "an OAuth flow",
            Kind::Schema => "a schema",
        }
    }

    /// Keywords of which only one can count, the one that does first.
    pub(super) fn exclusive(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Kind::Parameter | Kind::Header => &[
                ("schema", "content"),
                ("content", "style"),
                ("content", "explode"),
                ("content", "allowReserved"),
                ("examples", "example"),
            ],
            Kind::MediaType => &[
                ("examples", "example"),
                ("encoding", "prefixEncoding"),
                ("encoding", "itemEncoding"),
            ],
            Kind::Example => &[
                ("value", "externalValue"),
                ("dataValue", "value"),
                ("value", "serializedValue"),
                ("serializedValue", "externalValue"),
            ],
            Kind::Link => &[("operationId", "operationRef")],
            Kind::License => &[("identifier", "url")],
            _ => &[],
        }
    }
}

const OPEN_API: &[Keyword] = &[
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

const INFO: &[Keyword] = &[
    text("title").required(),
    text("summary").since(V3_1),
    text("description"),
    text("termsOfService"),
    object("contact", Kind::Contact),
    object("license", Kind::License),
    text("version").required(),
];

const CONTACT: &[Keyword] = &[text("name"), text("url"), text("email")];

const LICENSE: &[Keyword] = &[text("name").required(), text("identifier").since(V3_1), text("url")];

const SERVER: &[Keyword] = &[
    text("url").required(),
    text("name").since(V3_2),
    text("description"),
    key("variables", Value::Map(&Value::Object(Kind::ServerVariable))),
];

const SERVER_VARIABLE: &[Keyword] = &[key("enum", TEXTS), text("default").required(), text("description")];

const COMPONENTS: &[Keyword] = &[
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

const PATH_ITEM: &[Keyword] = &[
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

const OPERATION: &[Keyword] = &[
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

const EXTERNAL_DOCS: &[Keyword] = &[text("description"), text("url").required()];

const PARAMETER: &[Keyword] = &[
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

const HEADER: &[Keyword] = &[
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

const REQUEST_BODY: &[Keyword] = &[
    text("description"),
    key("content", CONTENT).required(),
    boolean("required"),
];

const MEDIA_TYPE: &[Keyword] = &[
    text("description").since(V3_2),
    key("schema", SCHEMA),
    key("itemSchema", SCHEMA).since(V3_2),
    key("example", Value::Any),
    key("examples", EXAMPLES),
    key("encoding", ENCODINGS),
    key("prefixEncoding", ENCODING_LIST).since(V3_2),
    object("itemEncoding", Kind::Encoding).since(V3_2),
];

const ENCODING: &[Keyword] = &[
    text("contentType"),
    key("headers", HEADERS),
    text("style"),
    boolean("explode"),
    boolean("allowReserved"),
    key("encoding", ENCODINGS).since(V3_2),
    key("prefixEncoding", ENCODING_LIST).since(V3_2),
    object("itemEncoding", Kind::Encoding).since(V3_2),
];

const RESPONSE: &[Keyword] = &[
    text("summary").since(V3_2),
    text("description").need(Need::RequiredBefore(V3_2)),
    key("headers", HEADERS),
    key("content", CONTENT),
    key("links", LINKS),
];

const EXAMPLE: &[Keyword] = &[
    text("summary"),
    text("description"),
    key("value", Value::Any),
    text("externalValue"),
    key("dataValue", Value::Any).since(V3_2),
    text("serializedValue").since(V3_2),
];

const LINK: &[Keyword] = &[
    text("operationRef"),
    text("operationId"),
    key("parameters", Value::Map(&Value::Any)),
    key("requestBody", Value::Any),
    text("description"),
    object("server", Kind::Server),
];

const TAG: &[Keyword] = &[
    text("name").required(),
    text("summary").since(V3_2),
    text("description"),
    object("externalDocs", Kind::ExternalDocs),
    text("parent").since(V3_2),
    text("kind").since(V3_2),
];

const SECURITY_SCHEME: &[Keyword] = &[
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

const OAUTH_FLOWS: &[Keyword] = &[
    object("implicit", Kind::OAuthFlow),
    object("password", Kind::OAuthFlow),
    object("clientCredentials", Kind::OAuthFlow),
    object("authorizationCode", Kind::OAuthFlow),
    object("deviceAuthorization", Kind::OAuthFlow).since(V3_2),
];

const OAUTH_FLOW: &[Keyword] = &[
    text("authorizationUrl"),
    text("tokenUrl"),
    text("refreshUrl"),
    text("deviceAuthorizationUrl").since(V3_2),
    key("scopes", Value::Map(&Value::Text)).required(),
];
