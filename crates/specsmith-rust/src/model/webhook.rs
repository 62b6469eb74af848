//! Webhooks as Rust says them: requests that the API sends.

use crate::Ident;
use crate::model::{RustType, SentRequest, UnionVariant};

/// The requests that the API sends.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhooks {
    /// All of them, in the order of the document.
    pub list: Vec<Webhook>,
    /// The enum of all of them; `None` where nothing tells which of them came.
    pub event: Option<WebhookEnum>,
}

/// A request that the API sends.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhook {
    /// The variant of the enum: `OrderShipped`.
    pub variant: Ident,
    /// The request.
    pub request: SentRequest,
}

/// The enum of all webhooks.
#[derive(Debug, Clone, PartialEq)]
pub struct WebhookEnum {
    /// Its name, unique among types: `Webhook`.
    pub name: Ident,
    /// The variant for what the document does not name.
    pub unknown: Ident,
    /// What the variants hold, by the places of the webhooks, boxed where that is large; [`RustType::Unit`] where a
    /// webhook has no body.
    pub held: Vec<RustType>,
    /// What tells which of them came.
    pub told_by: ToldBy,
}

/// What tells which webhook came.
#[derive(Debug, Clone, PartialEq)]
pub enum ToldBy {
    /// The body alone: the variants in the order in which they are tried.
    Body(Vec<UnionVariant>),
    /// The name in a header; the names are by the places of the webhooks.
    Header {
        /// The header.
        header: String,
        /// What it says.
        names: Vec<String>,
        /// The webhooks of which the header says the same.
        alike: Vec<WebhooksAlike>,
    },
    /// The name in a member of the body, at this JSON Pointer.
    Member(String),
    /// The name in a header, and behind it that in a member of the body, where there is one.
    HeaderAndMember {
        /// The header.
        header: String,
        /// The JSON Pointer of the member.
        pointer: String,
        /// The names in lower case with `-` between their words, by the places of the webhooks.
        names: Vec<String>,
    },
}

/// Webhooks that have one name in a header, and are told apart by their bodies.
#[derive(Debug, Clone, PartialEq)]
pub struct WebhooksAlike {
    /// What the header says.
    pub wire: String,
    /// The enum of their bodies, unique among types: `IssuesWebhook`.
    pub name: Ident,
    /// Its variant for a body that none of them has.
    pub unknown: Ident,
    /// Its variants, in the order in which they are tried; they are called as those of [`WebhookEnum`].
    pub variants: Vec<UnionVariant>,
}
