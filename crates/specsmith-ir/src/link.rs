//! Links: calls that the response of another call leads to.

use specsmith_diagnostics::Location;

use crate::{Docs, OperationId, ParameterIn, Value};

/// A call that a response leads to.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Link {
    /// The name as written; unique in its response.
    pub name: String,
    /// What is called.
    pub target: OperationId,
    /// The parameters of the call that are known; the caller gives the others.
    pub parameters: Vec<LinkParameter>,
    /// The JSON body of the call, where it is known.
    pub body: Option<LinkValue>,
    /// What the document says about it.
    pub docs: Docs,
    /// The place in the source.
    pub location: Location,
}

/// A parameter of the call that a link is for.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct LinkParameter {
    /// Where it is sent.
    pub place: ParameterIn,
    /// The name as written.
    pub name: String,
    /// Its value.
    pub value: LinkValue,
}

/// A value that a link sends, or the address of a callback.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkValue {
    /// Always the same.
    Constant(Value),
    /// A text of these, one after the other.
    Text(Vec<LinkValue>),
    /// The status of the response, of the operation that the link or callback is of.
    Status,
    /// What was sent with the request.
    Request(LinkSource),
    /// What came with the response.
    Response(LinkSource),
}

/// A part of a request or response.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkSource {
    /// The header of this name.
    Header(String),
    /// The query parameter of this name.
    Query(String),
    /// The path parameter of this name.
    Path(String),
    /// The value at this JSON Pointer in the body.
    Body(String),
}

impl LinkValue {
    /// Whether the request has to be known for it.
    pub fn is_of_request(&self) -> bool {
        match self {
            LinkValue::Request(_) => true,
            LinkValue::Text(parts) => parts.iter().any(Self::is_of_request),
            LinkValue::Constant(_) | LinkValue::Status | LinkValue::Response(_) => false,
        }
    }
}

impl Link {
    /// The values that it sends.
    pub fn values(&self) -> impl Iterator<Item = &LinkValue> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.value);
        parameters.chain(&self.body)
    }
}

/// A runtime expression (OpenAPI 3.2, section 4.12.6); a constant as its text.
impl std::fmt::Display for LinkValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (of, source) = match self {
            LinkValue::Constant(value) => return write!(f, "{value}"),
            LinkValue::Text(parts) => {
                return parts.iter().try_for_each(|part| match part {
                    LinkValue::Constant(Value::String(text)) => f.write_str(text),
                    part => write!(f, "{{{part}}}"),
                });
            }
            LinkValue::Status => return f.write_str("$statusCode"),
            LinkValue::Request(source) => ("request", source),
            LinkValue::Response(source) => ("response", source),
        };
        match source {
            LinkSource::Header(name) => write!(f, "${of}.header.{name}"),
            LinkSource::Query(name) => write!(f, "${of}.query.{name}"),
            LinkSource::Path(name) => write!(f, "${of}.path.{name}"),
            LinkSource::Body(pointer) if pointer.is_empty() => write!(f, "${of}.body"),
            LinkSource::Body(pointer) => write!(f, "${of}.body#{pointer}"),
        }
    }
}
