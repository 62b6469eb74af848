//! Operations as Rust says them.

use specsmith_ir as ir;

use crate::model::{CallerId, Outcome, Responses, RustType, XmlRootId};
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
    /// Who calls it; `None` where nothing says who anybody is.
    pub caller: Option<CallerId>,
    /// Servers of its own.
    pub servers: Vec<ir::Server>,
    /// How its pages follow each other, where it gives a list in pages.
    pub pagination: Option<Pagination>,
    /// Calls that its responses lead to.
    pub links: Vec<Link>,
    /// What is known of its end.
    pub retirement: Option<Box<ir::Retirement>>,
    /// How many bytes the body of a request may have, where it has a limit of its own.
    pub body_limit: Option<u64>,
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
    /// The type of the client that puts it together, and of the server that holds what was sent: `CreateBookForm`.
    pub name: Ident,
    /// The parts, those that must be sent first.
    pub parts: Vec<FormPart>,
    /// Whether the document allows no others.
    pub is_closed: bool,
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
    /// The media types that the document gives it.
    pub content_types: Vec<String>,
    /// What absence means, where the document says so and the value is one of the type.
    pub default: Option<ir::Value>,
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
    /// The responses that always have it.
    pub required: Vec<(ir::OperationId, ir::Status)>,
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
