//! Webhooks as Rust says them: requests that the API sends.

use crate::model::{ResponseBody, RustType, UnionVariant};
use crate::options::SignatureScheme;
use crate::{Deprecation, Ident, Prose};

/// The requests that the API sends.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhooks {
    /// All of them, in the order of the document.
    pub list: Vec<Webhook>,
    /// The enum of all of them; `None` where nothing tells which of them came.
    pub event: Option<WebhookEnum>,
    /// How they are signed, where the user says so.
    pub signature: Option<SignatureScheme>,
}

impl Webhooks {
    /// Whether any of them is XML of a type.
    pub fn has_xml(&self) -> bool {
        let mut bodies = self.list.iter().map(|webhook| &webhook.body);
        bodies.any(|body| matches!(body, ResponseBody::Xml(..)))
    }

    /// The types that they hold.
    pub fn types(&self) -> impl Iterator<Item = &RustType> {
        self.list.iter().filter_map(|webhook| webhook.body.ty())
    }
}

/// A request that the API sends.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhook {
    /// The name as written.
    pub wire: String,
    /// The variant of the enum: `OrderShipped`.
    pub variant: Ident,
    /// The function that reads its body: `order_shipped`.
    pub function: Ident,
    /// What its body is.
    pub body: ResponseBody,
    /// What is said about it.
    pub docs: Prose,
    /// That the document deprecates it, and why.
    pub deprecated: Option<Deprecation>,
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
