//! The grammar of OpenAPI: what its objects consist of, which values their keywords have, since when,
//! and what becomes of them.
//!
//! Everything that walks a document by what it means, and not only by its shape, is led by these tables: the check of
//! the structure, bundling, converting between versions, and the report on coverage.

mod fate;
mod name;
mod objects;
mod schema;
mod swagger;
mod version;
mod walk;

pub use self::fate::{Fate, Keyword as KeywordFate, keywords};
pub(crate) use self::objects::REFERENCE;
pub(crate) use self::{
    version::Version,
    walk::{Member, Step, walk},
};
use specsmith_diagnostics::Code;

use self::{
    objects::{
        COMPONENTS, CONTACT, DISCRIMINATOR, ENCODING, EXAMPLE, EXTERNAL_DOCS, HEADER, INFO, LICENSE, LINK, MEDIA_TYPE,
        OAUTH_FLOW, OAUTH_FLOWS, OPEN_API, OPERATION, PARAMETER, PATH_ITEM, REQUEST_BODY, RESPONSE, SECURITY_SCHEME,
        SERVER, SERVER_VARIABLE, TAG, XML,
    },
    schema::SCHEMA_KEYWORDS,
};

/// The objects of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
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
    Discriminator,
    Xml,
    /// The outermost object of Swagger 2.0, and those below it that OpenAPI 3 does not have in this form.
    Swagger,
    SwaggerPaths,
    SwaggerPathItem,
    SwaggerOperation,
    SwaggerParameter,
    /// What stands in `items` of a parameter or header of Swagger 2.0.
    Items,
    SwaggerResponses,
    SwaggerResponse,
    SwaggerHeader,
    SwaggerSecurityScheme,
}

/// What an object consists of.
pub(crate) enum Grammar {
    /// Keywords of these names.
    Keywords(&'static [Keyword]),
    /// Names that the author chooses, all with values of one type, and `x-` extensions.
    Names(Value),
}

/// A keyword of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Keyword {
    /// Its name.
    pub name: &'static str,
    /// The type of its value.
    pub value: Value,
    /// Whether it must be there.
    pub need: Need,
    /// The first version of OpenAPI that has it; 2.0 where it is as old as the object that it belongs to.
    pub since: Version,
    /// The first version that has it no more.
    pub until: Option<Version>,
    /// What it does to the values that a schema describes.
    pub role: Role,
    /// What becomes of it.
    pub fate: Fate,
}

/// Whether a keyword must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// It may be absent.
    Optional,
    /// It must.
    Required,
    /// It must, in the versions before this one.
    RequiredBefore(Version),
}

/// What a keyword of a schema does to the values that the schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// It limits them.
    Assertion,
    /// It tells people or tools something about them.
    Annotation,
}

/// The type of a keyword's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    /// Anything: an example, a default, one of the values of an `enum`.
    Any,
    /// A string.
    Text,
    /// A boolean.
    Boolean,
    /// A number.
    Number,
    /// A whole number that is not negative.
    Count,
    /// An object of this kind; a schema can be a boolean too.
    Object(Kind),
    /// An object of this kind, or a Reference Object to one.
    Reference(Kind),
    /// An array.
    List(&'static Value),
    /// An object with names that the author chooses.
    Map(&'static Value),
    /// The names of properties.
    Names,
    /// The name of a type, or since 3.1 a list of them.
    Types,
    /// A number since 3.1, a boolean before.
    Bound,
    /// A schema, or before 3.1 a list of them.
    Items,
    /// A schema, or a list of names of properties: what the `dependencies` of earlier drafts hold.
    SchemaOrNames,
}

/// A Schema Object.
pub(crate) const SCHEMA: Value = Value::Object(Kind::Schema);

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

    const fn until(mut self, version: Version) -> Self {
        self.until = Some(version);
        self
    }

    const fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    const fn fate(mut self, fate: Fate) -> Self {
        self.fate = fate;
        self
    }

    const fn typed(self) -> Self {
        self.fate(Fate::Typed)
    }

    const fn documented(self) -> Self {
        self.fate(Fate::Documented)
    }

    const fn not_generated(self) -> Self {
        self.fate(Fate::Reported(Code::NotGenerated))
    }
}

const fn key(name: &'static str, value: Value) -> Keyword {
    Keyword {
        name,
        value,
        need: Need::Optional,
        since: Version::V2_0,
        until: None,
        role: Role::Assertion,
        fate: Fate::Structural,
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

impl Kind {
    /// What an object of this kind consists of.
    pub(crate) fn grammar(self) -> Grammar {
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
            Kind::Schema => SCHEMA_KEYWORDS,
            Kind::Discriminator => DISCRIMINATOR,
            Kind::Xml => XML,
            Kind::Swagger => swagger::SWAGGER,
            Kind::SwaggerPathItem => swagger::PATH_ITEM,
            Kind::SwaggerOperation => swagger::OPERATION,
            Kind::SwaggerParameter => swagger::PARAMETER,
            Kind::Items => swagger::ITEMS,
            Kind::SwaggerResponse => swagger::RESPONSE,
            Kind::SwaggerHeader => swagger::HEADER,
            Kind::SwaggerSecurityScheme => swagger::SECURITY_SCHEME,
            Kind::SwaggerPaths => return Grammar::Names(Value::Object(Kind::SwaggerPathItem)),
            Kind::SwaggerResponses => return Grammar::Names(Value::Reference(Kind::SwaggerResponse)),
        })
    }

    /// The keyword of this name, if objects of this kind have it.
    pub(crate) fn keyword(self, name: &str) -> Option<&'static Keyword> {
        match self.grammar() {
            Grammar::Keywords(keywords) => keywords.iter().find(|keyword| keyword.name == name),
            Grammar::Names(_) => None,
        }
    }

    /// The names of the keywords that objects of this kind have.
    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        let keywords = match self.grammar() {
            Grammar::Keywords(keywords) => keywords,
            Grammar::Names(_) => &[],
        };
        keywords.iter().map(|keyword| keyword.name)
    }

    /// The type of the value of this member, whether the author chose the name or the specification; `None` for what
    /// the specification does not know.
    #[allow(dead_code, reason = "what walks a document by its grammar comes next")]
    pub(crate) fn member(self, name: &str) -> Option<Value> {
        match self.grammar() {
            Grammar::Keywords(keywords) => keywords
                .iter()
                .find(|keyword| keyword.name == name)
                .map(|keyword| keyword.value),
            Grammar::Names(value) => (!name.starts_with("x-")).then_some(value),
        }
    }

    /// Keywords of which only one can count, the one that does first.
    pub(crate) fn exclusive(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Kind::SwaggerParameter | Kind::SwaggerHeader => &[
                ("schema", "type"),
                ("content", "schema"),
                ("content", "type"),
                ("style", "collectionFormat"),
                ("examples", "example"),
            ],
            Kind::SwaggerResponse => &[("content", "schema"), ("content", "examples")],
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
