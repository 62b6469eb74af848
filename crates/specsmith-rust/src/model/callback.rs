//! Requests that the API sends, and where those of callbacks go.

use specsmith_ir as ir;

use crate::model::{ResponseBody, RustType};
use crate::{Deprecation, Ident, Prose};

/// A request that the API sends: of a webhook or of a callback.
#[derive(Debug, Clone, PartialEq)]
pub struct SentRequest {
    /// The name as written.
    pub wire: String,
    /// The function that reads its body on the client and makes it on the server: `order_shipped`.
    pub function: Ident,
    /// The request method.
    pub http_method: ir::Method,
    /// What it has beside its body: what must be sent first.
    pub parameters: Vec<SentParameter>,
    /// What its body is.
    pub body: ResponseBody,
    /// The media type of its body; a range where the document has one.
    pub media_type: Option<ir::MediaType>,
    /// What is said about it.
    pub docs: Prose,
    /// That the document deprecates it, and why.
    pub deprecated: Option<Deprecation>,
}

/// A header or a pair of the query of a request that the API sends.
#[derive(Debug, Clone, PartialEq)]
pub struct SentParameter {
    /// The name as written.
    pub wire: String,
    /// The argument; unique in its request and never `body`.
    pub name: Ident,
    /// Where it is sent, [`Header`](ir::ParameterIn::Header) or [`Query`](ir::ParameterIn::Query).
    pub place: ir::ParameterIn,
    /// Whether it must be sent.
    pub required: bool,
    /// What it says.
    pub value: SentValue,
}

/// What a parameter of a request says that the API sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SentValue {
    /// Always this.
    Constant(String),
    /// A text.
    Text,
    /// An integer.
    Integer,
    /// `true` or `false`.
    Boolean,
}

/// A request that the API sends because of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Callback {
    /// The name of the operation: [`Operation::id`](crate::model::Operation::id).
    pub operation: String,
    /// The request.
    pub request: SentRequest,
    /// The expression that says where it is sent, as written.
    pub expression: String,
    /// Where it is sent; `None` where the document does not say.
    pub url: Option<CallbackUrl>,
}

/// Where a callback is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct CallbackUrl {
    /// The function that makes the address: `order_shipped_url`.
    pub function: Ident,
    /// What it is made of.
    pub arguments: Vec<UrlArgument>,
    /// Its parts, one after the other.
    pub parts: Vec<UrlPart>,
}

/// What the address of a callback is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct UrlArgument {
    /// The argument; unique in its function.
    pub name: Ident,
    /// Its type.
    pub ty: RustType,
}

/// A part of the address of a callback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlPart {
    /// This text.
    Text(String),
    /// The value of an argument, by its place, at this JSON Pointer.
    Value(usize, String),
}

impl SentRequest {
    /// The type of the body, where it has one.
    pub fn ty(&self) -> Option<&RustType> {
        self.body.ty()
    }
}
