//! Operations and their parameters.

use std::fmt;

use specsmith_diagnostics::Location;

use crate::pagination::Pagination;
use crate::{
    Docs, MediaType, PathTemplate, Presence, RequestBody, Response, Retirement, SecurityRequirement, Server, TypeId,
};

/// Identifies an operation of [`Api::operations`](crate::Api::operations) by its place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct OperationId(pub u32);

/// An operation: a method of a path.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Operation {
    /// The name that the document gives it, as written; unique where present.
    pub name: Option<String>,
    /// The method.
    pub method: Method,
    /// The path.
    pub path: PathTemplate,
    /// Names of its tags, in order; each is one of [`Api::tags`](crate::Api::tags).
    pub tags: Vec<String>,
    /// What the document says about it: summary (as title), description, deprecation.
    pub docs: Docs,
    /// Its parameters with those of its path: path parameters in the order of the path, then the others in the order
    /// of the document. No two have the same name and place.
    pub parameters: Vec<Parameter>,
    /// The body of the request.
    pub request_body: Option<RequestBody>,
    /// Its responses: codes ascending, then classes, then the default; no two for the same status.
    pub responses: Vec<Response>,
    /// Ways to authorize it, any of which is enough; empty where none is needed. Defaults of the document are applied.
    pub security: Vec<SecurityRequirement>,
    /// Servers of its own, before those of the API; empty where it has none.
    pub servers: Vec<Server>,
    /// How its pages follow each other, where it gives a list in pages.
    pub pagination: Option<Box<Pagination>>,
    /// What is known of its end; `None` where nothing is.
    pub retirement: Option<Box<Retirement>>,
    /// How many bytes the body of a request may have, where it has a limit of its own.
    pub body_limit: Option<u64>,
    /// The place in the source.
    pub location: Location,
}

/// A request method (RFC 9110, section 9), in upper case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Method(String);

impl Method {
    /// Takes the text of a method, a token of RFC 9110; `None` if it is not.
    pub fn new(text: &str) -> Option<Self> {
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        (!text.is_empty() && text.bytes().all(token)).then(|| Self(text.to_owned()))
    }

    /// The text, such as `GET`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A parameter of an operation.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Parameter {
    /// The name as written.
    pub name: String,
    /// Where it is sent.
    pub place: ParameterIn,
    /// Whether it must be sent; always [`Presence::Required`] in a path.
    pub presence: Presence,
    /// The type of its value.
    pub ty: TypeId,
    /// How its value is written.
    pub encoding: ParameterEncoding,
    /// What the document says about it.
    pub docs: Docs,
    /// The place in the source.
    pub location: Location,
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterIn {
    /// In the path.
    Path,
    /// In the query, as a pair.
    Query,
    /// As the whole query.
    Querystring,
    /// In a header.
    Header,
    /// In the cookies.
    Cookie,
}

impl fmt::Display for ParameterIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ParameterIn::Path => "path",
            ParameterIn::Query => "query",
            ParameterIn::Querystring => "querystring",
            ParameterIn::Header => "header",
            ParameterIn::Cookie => "cookie",
        })
    }
}

/// How the value of a parameter is written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterEncoding {
    /// By a style (OpenAPI 3.2, section 4.12.2.2.1, Style Values).
    Style {
        /// The style.
        style: Style,
        /// Whether each item of an array or property of an object is written on its own.
        explode: bool,
        /// Whether reserved characters stay as they are.
        allow_reserved: bool,
    },
    /// As text of a media type.
    Content(MediaType),
}

/// A style of writing a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// `;color=blue`
    Matrix,
    /// `.blue`
    Label,
    /// `blue,black`
    Simple,
    /// `color=blue`
    Form,
    /// `color=blue%20black`
    SpaceDelimited,
    /// `color=blue%7Cblack`
    PipeDelimited,
    /// `color[R]=100`
    DeepObject,
    /// `color=blue; size=3`, as cookies are written
    Cookie,
}
