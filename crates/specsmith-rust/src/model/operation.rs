//! Operations as Rust says them.

use specsmith_ir as ir;

use crate::model::{RustType, XmlRootId};
use crate::naming::ascii_name;
use crate::{Deprecation, Ident, Prose};

/// The operations of a tag, else of a resource: a group of methods of the client, a trait of the server, a page of the
/// docs.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What users call the group by: the tag as written, else the resource that the paths of its operations begin with,
    /// else `api`.
    pub key: String,
    /// The tag as written; `None` for operations without a tag.
    pub tag: Option<String>,
    /// The name of the group and of the trait: `Books`.
    pub name: Ident,
    /// The method of the client that leads to it: `books`; its module is [`module`](Self::module).
    pub accessor: Ident,
    /// The feature of the client's package that turns it on; `None` where it is always on.
    pub feature: Option<String>,
    /// What the document says about the tag.
    pub docs: Prose,
    /// The operations whose first tag this is, and those without a tag whose resource has its name, in the order of the
    /// document.
    pub operations: Vec<Operation>,
    /// The modules inside that of the group, each for some of its operations; none where they fit into one file.
    pub parts: Vec<Ident>,
}

impl Group {
    /// What the operations have in common, behind a word for them: ``of the tag `Books` ``.
    pub fn phrase(&self) -> String {
        match &self.tag {
            Some(tag) => format!("of the tag {}", Prose::code(tag)),
            None if self.is_rest() => "that have neither a tag nor a resource".to_owned(),
            None => format!("of the resource {}", Prose::code(&self.key)),
        }
    }

    /// Whether these are the operations that have neither a tag nor a resource.
    pub fn is_rest(&self) -> bool {
        self.tag.is_none() && self.key == Self::REST
    }

    /// What the group of operations is called that have neither a tag nor a resource.
    pub const REST: &str = "api";

    /// The module of the group inside a module `api`, in ASCII: named as the method that leads to it, unless that is
    /// `api` or has other letters.
    pub fn module(&self) -> Ident {
        match self.accessor.as_str() {
            "api" => Ident::from_name("api_operations"),
            name if !name.is_ascii() => Ident::from_name(&ascii_name(name)),
            _ => self.accessor.clone(),
        }
    }

    /// The operations in the file of a part; with `None` those in the file of the group itself.
    pub fn operations_in(&self, part: Option<usize>) -> impl Iterator<Item = &Operation> {
        self.operations.iter().filter(move |operation| operation.part == part)
    }

    /// The parts that have operations, by their places in [`parts`](Self::parts), with their names.
    pub fn used_parts(&self) -> impl Iterator<Item = (usize, &Ident)> {
        let parts = self.parts.iter().enumerate();
        parts.filter(|(part, _)| self.operations_in(Some(*part)).next().is_some())
    }
}

/// An operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The operation of the intermediate model.
    pub source: ir::OperationId,
    /// Which of [`Group::parts`] it is in.
    pub part: Option<usize>,
    /// The name in metadata and logs: the operationId as written, else the name made from method and path.
    pub id: String,
    /// The method of the client's group: `list`.
    pub method: Ident,
    /// The method of the server's trait, unique in the API: `list_books`.
    pub function: Ident,
    /// The type that stands for the operation, unique in the API: `ListBooks`.
    pub name: Ident,
    /// The name of the struct that holds the parameters outside the path on the server: `ListBooksParameters`.
    pub parameters_name: Ident,
    /// The request method.
    pub http_method: ir::Method,
    /// The path.
    pub path: ir::PathTemplate,
    /// What is said about it, without parameters and responses.
    pub docs: Prose,
    /// That the document deprecates it, and why.
    pub deprecated: Option<Deprecation>,
    /// The parameters: required ones first, each part in the order of [`ir::Operation::parameters`].
    pub parameters: Vec<Parameter>,
    /// The body of the request, of the kind that is preferred where the document allows several.
    pub body: Option<Body>,
    /// The bodies of other kinds that the document allows, the more usual ones first.
    pub other_bodies: Vec<Body>,
    /// The enum of all kinds of bodies on the server: `CreateBookContent`.
    pub content_name: Ident,
    /// The responses.
    pub responses: Responses,
    /// Ways to authorize it, any of which is enough.
    pub security: Vec<ir::SecurityRequirement>,
    /// Servers of its own.
    pub servers: Vec<ir::Server>,
    /// How its pages follow each other, where it gives a list in pages.
    pub pagination: Option<Pagination>,
    /// Calls that its responses lead to.
    pub links: Vec<Link>,
}

/// A call that responses of an operation lead to.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The function that makes the call; unique in its operation.
    pub name: Ident,
    /// What the document says.
    pub source: ir::Link,
    /// The operation that it calls: the places of its group and of itself in that.
    pub target: (usize, usize),
    /// The response that leads to it.
    pub status: ir::Status,
    /// Whether that is a success.
    pub outcome: Outcome,
    /// What is said about it.
    pub docs: Prose,
}

/// How the pages of an operation follow each other, and where the list is in them.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// What the document or the user says about them.
    pub source: ir::pagination::Pagination,
    /// The pages: the successes that have such a list, and the way to it.
    pub pages: Vec<Page>,
    /// What the list consists of.
    pub item: RustType,
}

/// A success with a list in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The variant of the enum of successes, where there is such an enum.
    pub variant: Option<Ident>,
    /// The way to the list.
    pub path: Vec<PathStep>,
}

/// A step from a value to one inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathStep {
    /// A field of a struct, which may be boxed.
    Field(Ident),
    /// What an `Option` holds.
    Option,
    /// What a `Nullable` holds.
    Nullable,
    /// What a newtype holds.
    Newtype,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// The name as written.
    pub wire: String,
    /// The argument or setter on the client, the argument or field on the server; unique in its operation and never
    /// `body`, `cx` or `parameters`.
    pub name: Ident,
    /// Where it is sent.
    pub place: ir::ParameterIn,
    /// Whether it must be sent.
    pub required: bool,
    /// The type of the value, never [`RustType::Option`].
    pub ty: RustType,
    /// How it is written.
    pub encoding: ir::ParameterEncoding,
    /// What absence means, where the document says so and the value is one of the type.
    pub default: Option<ir::Value>,
    /// What is said about it.
    pub docs: Prose,
    /// That the document deprecates it, and why.
    pub deprecated: Option<Deprecation>,
}

impl Operation {
    /// The bodies that a request can have, the preferred one first.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        self.body.iter().chain(&self.other_bodies)
    }
}

/// A body of a request: media types that are sent in one way, of one type.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The variant in the server's enum of all bodies: `Json`.
    pub name: Ident,
    /// The method of the client that takes it: that of the operation where it is the preferred one and must be sent,
    /// else one of its own (`create_multipart`); a method of the request where no body need be sent (`body_multipart`).
    pub method: Ident,
    /// Whether it must be sent.
    pub required: bool,
    /// What it is.
    pub kind: BodyKind,
    /// The media type that is sent; a range stays a range and the caller gives the type.
    pub media_type: ir::MediaType,
    /// Other media types that it can have.
    pub also: Vec<ir::MediaType>,
    /// The parts of a multipart body, where the document names them.
    pub form: Option<MultipartForm>,
    /// How members of a form are written, by their names, where the document gives a style.
    pub encodings: Vec<(String, ir::ParameterEncoding)>,
    /// What is said about it.
    pub docs: Prose,
}

impl Body {
    /// The types that it holds.
    pub fn types(&self) -> impl Iterator<Item = &RustType> {
        let whole = match &self.kind {
            BodyKind::Json(ty) | BodyKind::Form(ty) | BodyKind::Lines(ty) | BodyKind::Xml(ty, _) => Some(ty),
            BodyKind::Multipart | BodyKind::Text | BodyKind::Bytes => None,
        };
        let parts = self.form.iter().flat_map(|form| &form.parts);
        let parts = parts.filter_map(|part| match &part.kind {
            PartKind::Value(ty) => Some(ty),
            PartKind::File | PartKind::Files => None,
        });
        whole.into_iter().chain(parts)
    }
}

/// The parts of a multipart body.
#[derive(Debug, Clone, PartialEq)]
pub struct MultipartForm {
    /// The type of the client that puts it together: `CreateBookForm`.
    pub name: Ident,
    /// The parts, those that must be sent first.
    pub parts: Vec<FormPart>,
}

/// A part of a multipart body.
#[derive(Debug, Clone, PartialEq)]
pub struct FormPart {
    /// The name as written.
    pub wire: String,
    /// The name in Rust.
    pub name: Ident,
    /// Whether it must be sent.
    pub required: bool,
    /// What it is.
    pub kind: PartKind,
    /// The style of a value, where the document gives one, and whether it is exploded.
    pub style: Option<(ir::Style, bool)>,
    /// Its media type, where the document gives just one; a file can have one of its own.
    pub content_type: Option<String>,
    /// What is said about it.
    pub docs: Prose,
    /// That the document deprecates it, and why.
    pub deprecated: Option<Deprecation>,
}

/// What a part of a multipart body is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartKind {
    /// A value: text, JSON where it is an object, a part for each item where it is a list.
    Value(RustType),
    /// A file.
    File,
    /// Files, each a part of its own.
    Files,
}

/// What a request body is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyKind {
    /// JSON of this type.
    Json(RustType),
    /// `application/x-www-form-urlencoded` of this type, which is an object.
    Form(RustType),
    /// `multipart/form-data`, put together part by part.
    Multipart,
    /// JSON texts one after the other, each of this type: JSON Lines, NDJSON, JSON text sequences.
    Lines(RustType),
    /// XML of this type.
    Xml(RustType, XmlRootId),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// The responses of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Responses {
    /// All of them: successes first, then errors, each by status ascending with the default last.
    pub list: Vec<Response>,
    /// What a successful call returns.
    pub success: Success,
    /// The enum of the documented errors on the client: `ListBooksError`; `None` where none is documented.
    pub error: Option<Ident>,
    /// The enum of all responses on the server: `ListBooksResponse`.
    pub server: Ident,
    /// What a client can read piece by piece.
    pub streams: Streams,
    /// The media types a client accepts, in the order of preference, for the `Accept` header; empty where no response
    /// has a body.
    pub accept: Vec<String>,
}

/// What the successes of an operation can be read as, piece by piece.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Streams {
    /// Server-sent events.
    pub events: Option<Events>,
    /// JSON texts one after the other.
    pub records: Option<Records>,
    /// What a call gives where successes have no body that is read as a whole.
    pub awaited: Option<StreamKind>,
}

impl Streams {
    /// The types of items.
    pub fn types(&self) -> impl Iterator<Item = &RustType> {
        let data = self.events.iter().map(|events| &events.data);
        data.chain(self.records.iter().map(|records| &records.record))
    }
}

/// A kind of stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamKind {
    /// Server-sent events.
    Events,
    /// JSON texts one after the other.
    Records,
}

/// Server-sent events.
#[derive(Debug, Clone, PartialEq)]
pub struct Events {
    /// The type of the data of an event, or of an event as a whole.
    pub data: RustType,
    /// How it is written.
    pub encoding: EventEncoding,
}

/// How the data of events is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventEncoding {
    /// As JSON.
    Json,
    /// As text.
    Text,
    /// The type is that of events as a whole, whose data is text.
    Event,
    /// The type is that of events as a whole, whose data is JSON where it can be.
    EventOfJson,
}

/// JSON texts one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Records {
    /// The type of each.
    pub record: RustType,
    /// The media types, for the `Accept` header.
    pub accept: Vec<String>,
}

/// What a successful call returns.
#[derive(Debug, Clone, PartialEq)]
pub enum Success {
    /// The one body that all successful responses have.
    Body(ResponseBody),
    /// An enum with a variant for each successful response, of this name: `ListBooksSuccess`.
    Enum(Ident),
}

/// A response: one status, one media type.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The variant in the enum of successes or errors and in the server's enum; unique in the operation.
    pub name: Ident,
    /// The variant of the client, where the same value comes in another format, too, and has that variant.
    pub shared: Option<Ident>,
    /// The status or statuses it is for.
    pub status: ir::Status,
    /// Whether it is a success. A default response of an operation without a documented 2xx is in the list twice: as
    /// a success for statuses 2xx, and as an error for the others.
    pub outcome: Outcome,
    /// Its body.
    pub body: ResponseBody,
    /// The media type of its body, where it has one.
    pub media_type: Option<ir::MediaType>,
    /// What is said about it.
    pub docs: Prose,
}

/// Whether a response is a success.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It is.
    Success,
    /// It is not.
    Error,
}

/// The body of a response.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ResponseBody {
    /// None.
    Empty,
    /// JSON of this type.
    Json(RustType),
    /// XML of this type.
    Xml(RustType, XmlRootId),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

impl ResponseBody {
    /// The type of its value, where it is one of the document.
    pub fn ty(&self) -> Option<&RustType> {
        match self {
            ResponseBody::Json(ty) | ResponseBody::Xml(ty, _) => Some(ty),
            ResponseBody::Empty | ResponseBody::Text | ResponseBody::Bytes => None,
        }
    }

    /// Whether callers get the same value, whatever the format.
    pub fn is_like(&self, other: &ResponseBody) -> bool {
        self == other || self.ty().is_some() && self.ty() == other.ty()
    }
}

/// A header of responses.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseHeader {
    /// The constant of the client: `X_RATE_LIMIT`.
    pub name: Ident,
    /// The name as written.
    pub wire: String,
    /// The type of its value.
    pub ty: RustType,
    /// How its value is written.
    pub format: HeaderFormat,
    /// The operations whose responses have it.
    pub operations: Vec<ir::OperationId>,
    /// What is said about it.
    pub docs: Prose,
    /// That the document deprecates it, and why.
    pub deprecated: Option<Deprecation>,
}

/// How the value of a header is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderFormat {
    /// One text.
    Text,
    /// `a,b`
    List,
    /// `R,100,G,200`
    Object,
    /// `R=100,G=200`
    ExplodedObject,
    /// JSON.
    Json,
}

/// A security scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// The scheme of the intermediate model.
    pub source: ir::SchemeId,
    /// The name as written.
    pub wire: String,
    /// The method of the client's builder that takes the credential: `api_key`.
    pub method: Ident,
    /// What the credential is and where it goes.
    pub kind: SchemeKind,
    /// The ways to get a token over HTTP.
    pub flows: Vec<TokenFlow>,
    /// What is said about it.
    pub docs: Prose,
}

/// A way to get a token, with the addresses of its endpoints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenFlow {
    /// A user agrees in a browser.
    AuthorizationCode {
        /// Where the user agrees.
        authorization: String,
        /// The token endpoint.
        token: String,
        /// Where tokens are refreshed, if elsewhere.
        refresh: Option<String>,
    },
    /// The client stands for itself.
    ClientCredentials {
        /// The token endpoint.
        token: String,
    },
    /// A user agrees on another device.
    DeviceAuthorization {
        /// Where the code for the user comes from.
        device: String,
        /// The token endpoint.
        token: String,
        /// Where tokens are refreshed, if elsewhere.
        refresh: Option<String>,
    },
    /// The client has the password of a user.
    Password {
        /// The token endpoint.
        token: String,
        /// Where tokens are refreshed, if elsewhere.
        refresh: Option<String>,
    },
    /// A discovery document says the rest.
    OpenIdConnect {
        /// Where it is.
        url: String,
    },
}

/// What a credential is and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// A key in a header, in the query or in a cookie, of this name.
    ApiKey {
        /// Where it is sent.
        place: ir::ParameterIn,
        /// The name of the header, query parameter or cookie.
        name: String,
    },
    /// A user and a password in `Authorization: Basic`.
    Basic,
    /// A token in `Authorization: Bearer`: HTTP bearer, OAuth 2.0 and OpenID Connect.
    Bearer,
    /// Other credentials in `Authorization` with this scheme.
    Http {
        /// The authentication scheme in lower case.
        scheme: String,
    },
    /// A client certificate; nothing is sent with a request.
    MutualTls,
    /// A scheme that the document requires but does not define; no credential for it is known.
    Unknown,
}
