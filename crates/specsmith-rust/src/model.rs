//! The Rust model: everything decided, so that rendering cannot fail.

mod callback;
mod operation;
mod response;
mod rule;
mod security;
mod server;
mod ty;
mod webhook;
mod xml;

use std::collections::BTreeMap;

use specsmith_ir as ir;

pub use callback::{Callback, CallbackUrl, SentParameter, SentRequest, SentValue, UrlArgument, UrlPart};
pub use operation::{
    Body, BodyKind, FormPart, Group, HeaderFormat, Link, MultipartForm, Operation, Parameter, PartKind, ResponseHeader,
};
pub use response::{
    EventEncoding, Events, Outcome, Records, Response, ResponseBody, Responses, SentBody, SentResponse, StreamKind,
    Streams, Success,
};
pub use rule::{Engine, Engines, Pattern, Reach, Rule, RuleLine, RulePart, RuleSet, Rules};
pub use security::{Caller, CallerId, CallerWay, Scheme, SchemeKind, TokenFlow};
pub use server::{Origin, ServerChoice, ServerScope, ServerType, ServerVariable};
pub use ty::{
    Derive, EnumBase, Field, FieldKind, Leniency, NameTest, PatternField, RestField, RustType, Struct, TupleItem,
    TupleItemKind, TupleStruct, TypeBody, TypeItem, TypeItemId, Union, UnionVariant, Usage, ValueEnum, ValueVariant,
    View,
};

pub use operation::{Page, Pagination, PathStep};
pub use webhook::{ToldBy, Webhook, WebhookEnum, Webhooks, WebhooksAlike};
pub use xml::{Xml, XmlAbsence, XmlContent, XmlContentId, XmlItem, XmlNaming, XmlNode, XmlRoot, XmlRootId};

use crate::options::SignatureScheme;
use crate::{Dates, Ident, KnownNames, Prose};

/// An API as Rust says it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Model {
    /// The title of the API, one line of harmless text.
    pub title: String,
    /// What the document says about the API as a whole.
    pub docs: Prose,
    /// Where the API is served, the default first.
    pub servers: Vec<ir::Server>,
    /// Types by which callers choose a server; empty where there is no choice.
    pub server_types: Vec<ServerType>,
    /// The types, by [`TypeItemId`].
    pub types: Vec<TypeItem>,
    /// The modules that types are in, in the order of output. Names are unique.
    pub type_modules: Vec<Ident>,
    /// The features of the client's package that turn modules of types on, by the places of the modules; all others are
    /// always on.
    pub type_features: BTreeMap<usize, String>,
    /// Operations by tag: one module, client group and server trait each.
    pub groups: Vec<Group>,
    /// The requests that the API sends, where there are some with a body.
    pub webhooks: Option<Webhooks>,
    /// The requests that the API sends because of operations.
    pub callbacks: Vec<Callback>,
    /// How requests that the API sends are signed, where the user says so.
    pub signature: Option<SignatureScheme>,
    /// The headers of responses, by their names.
    pub headers: Vec<ResponseHeader>,
    /// The header that takes idempotency keys where the document names none.
    pub idempotency_header: Option<String>,
    /// The security schemes, in the order of [`ir::Api::security_schemes`].
    pub schemes: Vec<Scheme>,
    /// Who calls operations, by [`CallerId`].
    pub callers: Vec<Caller>,
    /// The library of dates and times.
    pub dates: Dates,
    /// What the types that the user chose depend on: the name of a package and the text of its value in a manifest.
    pub dependencies: Vec<(String, String)>,
    /// What values must keep to beyond their types.
    pub rules: Rules,
    /// How values stand in XML.
    pub xml: Xml,
    /// What the generated code needs beyond the core.
    pub uses: Uses,
    /// What is worth remembering of the names.
    pub names: KnownNames,
}

/// What generated types need beyond the core of the runtime.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Uses {
    /// Dates and times with an offset.
    pub date_times: bool,
    /// Dates and times with an offset of the crate `jiff`.
    pub jiff_date_times: bool,
    /// Dates and times with an offset of the crate `time`.
    pub time_date_times: bool,
    /// Dates.
    pub dates: bool,
    /// `uuid`.
    pub uuid: bool,
    /// Base64 text in JSON.
    pub base64: bool,
    /// Base64 text in the alphabet for addresses.
    pub base64_url: bool,
    /// Addresses (`format: uri`).
    pub uri: bool,
    /// Passwords (`format: password`).
    pub secrets: bool,
    /// Fields that tell absent, null and value apart.
    pub nullable: bool,
    /// Unions.
    pub unions: bool,
    /// Enums of values.
    pub enums: bool,
    /// Structs that are arrays in JSON.
    pub tuples: bool,
    /// Members that should be there and need not on the client.
    pub lenient: bool,
    /// Numbers that no primitive type holds.
    pub numbers: bool,
}

impl Model {
    /// A security scheme.
    pub fn scheme(&self, id: ir::SchemeId) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.source == id)
    }

    /// Who calls an operation.
    pub fn caller(&self, operation: &Operation) -> Option<&Caller> {
        let id = operation.caller?;
        self.callers.get(usize::try_from(id.0).ok()?)
    }

    /// What dates and times depend on: a package, its version, and its features without the default ones.
    pub fn date_dependency(&self) -> Option<(&'static str, &'static str, &'static [&'static str])> {
        let Uses { date_times, dates, .. } = self.uses;
        match (self.dates, date_times, dates) {
            (Dates::Text, ..) | (_, false, false) => None,
            (Dates::Chrono, ..) => Some(("chrono", "0.4", &["serde", "std"])),
            (Dates::Jiff, _, false) => Some(("jiff", "0.2", &["std"])),
            (Dates::Jiff, _, true) => Some(("jiff", "0.2", &["serde", "std"])),
            (Dates::Time, _, false) => Some(("time", "0.3", &["formatting", "parsing"])),
            (Dates::Time, false, true) => Some(("time", "0.3", &["serde-human-readable"])),
            (Dates::Time, true, true) => Some(("time", "0.3", &["formatting", "parsing", "serde-human-readable"])),
        }
    }

    /// The type of this id.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are only made while lowering, each for a type of its own model"
    )]
    pub fn ty(&self, id: TypeItemId) -> &TypeItem {
        &self.types[id.0 as usize]
    }

    /// The types with their ids.
    pub fn types(&self) -> impl Iterator<Item = (TypeItemId, &TypeItem)> {
        (0..).map(TypeItemId).zip(&self.types)
    }

    /// The type behind its other names.
    pub fn behind_aliases<'a>(&'a self, mut ty: &'a RustType) -> &'a RustType {
        // A chain of aliases is shorter than the list of types, unless it comes back to itself.
        for _ in &self.types {
            match ty {
                RustType::Named(id) => match &self.ty(*id).body {
                    TypeBody::Alias(target) => ty = target,
                    _ => break,
                },
                _ => break,
            }
        }
        ty
    }

    /// Whether methods take a value of the type as text, which callers have in several types.
    pub fn takes_text(&self, ty: &RustType) -> bool {
        matches!(
            self.behind_aliases(ty),
            RustType::String | RustType::Uri | RustType::Secret
        )
    }

    /// Whether callers have such a value at hand and lose nothing when they give it away, so that methods take it by value.
    pub fn takes_by_value(&self, ty: &RustType) -> bool {
        match self.behind_aliases(ty) {
            RustType::Named(id) => match &self.ty(*id).body {
                TypeBody::Enum(_) => true,
                TypeBody::Newtype(inner) => inner.is_small(),
                _ => false,
            },
            RustType::Option(inner) => self.takes_by_value(inner),
            ty => ty.is_small(),
        }
    }

    /// Whether a call of the operation returns `()`: its success has no body, or one that is always null.
    pub fn returns_nothing(&self, operation: &Operation) -> bool {
        match &operation.responses.success {
            Success::Body(ResponseBody::Empty) => true,
            Success::Body(ResponseBody::Json(ty)) => *self.behind_aliases(ty) == RustType::Unit,
            _ => false,
        }
    }

    /// Whether any type is deprecated.
    pub fn has_deprecated_types(&self) -> bool {
        self.types.iter().any(|item| item.deprecated.is_some())
    }

    /// A struct with rules that shows what validation is like: one that requests have, where there is one.
    pub fn limited_struct(&self) -> Option<&TypeItem> {
        let is_shown = |item: &&TypeItem| matches!(item.body, TypeBody::Struct(_)) && item.deprecated.is_none();
        let limited = || self.rules.types.keys().map(|id| self.ty(*id)).filter(is_shown);
        limited().find(|item| item.usage.requests).or_else(|| limited().next())
    }

    /// Whether the body of a request or response of an operation is XML of a type.
    pub fn has_xml(&self) -> bool {
        self.operations().any(|(_, operation)| {
            let mut responses = operation.responses.list.iter();
            operation.bodies().any(|body| matches!(body.kind, BodyKind::Xml(..)))
                || responses.any(|response| matches!(response.body, ResponseBody::Xml(..)))
        })
    }

    /// The requests that the API sends: webhooks, then callbacks.
    pub fn sent(&self) -> impl Iterator<Item = &SentRequest> + Clone {
        let webhooks = self.webhooks.iter().flat_map(|webhooks| &webhooks.list);
        let callbacks = self.callbacks.iter().map(|callback| &callback.request);
        webhooks.map(|webhook| &webhook.request).chain(callbacks)
    }

    /// Every operation with its group.
    pub fn operations(&self) -> impl Iterator<Item = (&Group, &Operation)> {
        self.groups
            .iter()
            .flat_map(|group| group.operations.iter().map(move |operation| (group, operation)))
    }
}
