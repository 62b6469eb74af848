//! Responses as Rust says them: as clients read them and as servers send them.

use specsmith_ir as ir;

use crate::model::{RustType, XmlRootId};
use crate::{Ident, Prose};

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
    /// What a server can send: all that the document names, streams among it, successes first, each part by status
    /// ascending with the default last. A default is there once, for any other status.
    pub sent: Vec<SentResponse>,
    /// The media types a client accepts, in the order of preference, for the `Accept` header; empty where no response
    /// has a body.
    pub accept: Vec<String>,
}

impl Responses {
    /// The types of the items of streams.
    pub fn stream_types(&self) -> impl Iterator<Item = &RustType> {
        let read: Vec<&RustType> = self.streams.types().collect();
        let sent = self.sent.iter().filter_map(|response| response.body.item());
        let more: Vec<&RustType> = sent.filter(|ty| !read.contains(ty)).collect();
        read.into_iter().chain(more)
    }
}

/// A response as a server sends it: one status, one media type.
#[derive(Debug, Clone, PartialEq)]
pub struct SentResponse {
    /// The variant in the server's enum.
    pub name: Ident,
    /// The status or statuses it is for.
    pub status: ir::Status,
    /// Whether it is a success.
    pub outcome: Outcome,
    /// Its body.
    pub body: SentBody,
    /// The media type of its body, where it has one.
    pub media_type: Option<ir::MediaType>,
    /// What is said about it.
    pub docs: Prose,
}

/// The body of a response as a server sends it.
#[derive(Debug, Clone, PartialEq)]
pub enum SentBody {
    /// All at once, as it is read.
    Whole(ResponseBody),
    /// Server-sent events.
    Events(Events),
    /// JSON texts one after the other, each of this type.
    Records(RustType),
}

impl SentBody {
    /// The type of the items of a stream.
    pub fn item(&self) -> Option<&RustType> {
        match self {
            SentBody::Whole(_) => None,
            SentBody::Events(events) => Some(&events.data),
            SentBody::Records(ty) => Some(ty),
        }
    }
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
