//! Bodies and responses.

use std::fmt;

use specsmith_diagnostics::Location;

use crate::{Docs, Example, Link, MediaType, ParameterEncoding, TypeId, Xml};

/// The body of a request.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct RequestBody {
    /// Whether it must be sent.
    pub required: bool,
    /// What it can be, by media type, in the order of the document; at least one.
    pub content: Vec<Content>,
    /// What the document says about it.
    pub docs: Docs,
    /// The place in the source.
    pub location: Location,
}

/// A body of one media type.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Content {
    /// The media type or range.
    pub media_type: MediaType,
    /// The type of the whole body; `None` where the document gives no schema.
    pub ty: Option<TypeId>,
    /// The type of each item of a sequential media type.
    pub item: Option<TypeId>,
    /// The type of what the data of each event holds, where the items are server-sent events that say it.
    pub event_data: Option<TypeId>,
    /// How properties are encoded in forms and multipart bodies.
    pub encoding: Vec<PropertyEncoding>,
    /// Example bodies.
    pub examples: Vec<Example>,
    /// What the place says about the body in XML, beyond what its type says.
    pub xml: Option<Box<Xml>>,
}

/// How one property of a form or multipart body is encoded.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct PropertyEncoding {
    /// The property.
    pub name: String,
    /// The media types of its part, as written and in order; empty where the document does not say.
    pub content_types: Vec<String>,
    /// The style, where the document gives one.
    pub style: Option<ParameterEncoding>,
    /// Headers of its part.
    pub headers: Vec<Header>,
}

/// A response.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Response {
    /// The status or statuses it is for.
    pub status: Status,
    /// What its body can be, by media type; empty where there is no body.
    pub content: Vec<Content>,
    /// Its headers, without `Content-Type`.
    pub headers: Vec<Header>,
    /// Calls that it leads to.
    pub links: Vec<Link>,
    /// What the document says about it.
    pub docs: Docs,
    /// The place in the source.
    pub location: Location,
}

/// A response header.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Header {
    /// The name as written.
    pub name: String,
    /// The type of its value.
    pub ty: TypeId,
    /// Whether it is always there.
    pub required: bool,
    /// How its value is written.
    pub encoding: ParameterEncoding,
    /// What the document says about it.
    pub docs: Docs,
}

/// The status or statuses a response is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Just this one, 100 to 599.
    Code(u16),
    /// All of a class, by its first digit: `4` for `4XX`.
    Class(u8),
    /// All that no other response is for.
    Default,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Status::Code(code) => write!(f, "{code}"),
            Status::Class(class) => write!(f, "{class}XX"),
            Status::Default => f.write_str("default"),
        }
    }
}
