//! The whole API.

use crate::{
    Assertions, Callback, Docs, ExternalDocs, Operation, OperationId, SchemeId, SecurityScheme, Types, XmlNames,
};

/// An API: what one OpenAPI document means.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct Api {
    /// Title, version and the like.
    pub info: Info,
    /// Where it is served, the default first; empty where the document does not say.
    pub servers: Vec<Server>,
    /// Every tag that is declared or used: declared ones in their order, then the others by first use.
    pub tags: Vec<Tag>,
    /// The operations in the order of the document.
    pub operations: Vec<Operation>,
    /// The requests that the API sends to its users, in the order of the document; their paths are names.
    pub webhooks: Vec<Operation>,
    /// The requests that the API sends because of operations, in the order of the operations.
    pub callbacks: Vec<Callback>,
    /// The security schemes in the order of the document.
    pub security_schemes: Vec<SecurityScheme>,
    /// All types.
    #[serde(serialize_with = "crate::json::types")]
    pub types: Types,
    /// Schemas that assertions refer to, by [`AssertionsId`](crate::AssertionsId).
    pub assertions: Vec<Assertions>,
    /// Where elements get their names from that no schema names.
    pub xml_names: XmlNames,
}

impl Api {
    /// The operations with their ids.
    pub fn operations(&self) -> impl Iterator<Item = (OperationId, &Operation)> {
        (0..).map(OperationId).zip(&self.operations)
    }

    /// The requests that the API sends: webhooks, then those of callbacks.
    pub fn sent(&self) -> impl Iterator<Item = &Operation> + Clone {
        let callbacks = self.callbacks.iter().map(|callback| &callback.request);
        self.webhooks.iter().chain(callbacks)
    }

    /// The requests that the API gets and sends, to be changed.
    pub(crate) fn exchanges_mut(&mut self) -> impl Iterator<Item = &mut Operation> {
        let callbacks = self.callbacks.iter_mut().map(|callback| &mut callback.request);
        self.operations.iter_mut().chain(&mut self.webhooks).chain(callbacks)
    }

    /// The operation of this id, if it is one of this API.
    pub fn operation(&self, id: OperationId) -> Option<&Operation> {
        self.operations.get(usize::try_from(id.0).ok()?)
    }

    /// The scheme of this id, if it is one of this API.
    pub fn security_scheme(&self, id: SchemeId) -> Option<&SecurityScheme> {
        self.security_schemes.get(usize::try_from(id.0).ok()?)
    }
}

/// What the document says about the API as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Info {
    /// The title, as written.
    pub title: String,
    /// The version of the API, as written; any text.
    pub version: String,
    /// A short summary.
    pub summary: Option<String>,
    /// The description, CommonMark.
    pub description: Option<String>,
    /// The address of the terms of service.
    pub terms_of_service: Option<String>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// Under which licence it may be used.
    pub license: Option<License>,
    /// Where more is to be read.
    pub external_docs: Option<ExternalDocs>,
}

/// Whom to ask about an API.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Contact {
    /// A name.
    pub name: Option<String>,
    /// An address.
    pub url: Option<String>,
    /// An e-mail address.
    pub email: Option<String>,
}

/// Under which licence an API may be used.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct License {
    /// Its name.
    pub name: String,
    /// Its SPDX expression.
    pub identifier: Option<String>,
    /// The address of its text.
    pub url: Option<String>,
}

/// A tag: a group of operations.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Tag {
    /// The name as written.
    pub name: String,
    /// Summary (as title), description, external docs.
    pub docs: Docs,
    /// The tag that this one belongs under.
    pub parent: Option<String>,
}

/// Where an API is served.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Server {
    /// The address as written, with `{variables}`; may be relative.
    pub url: String,
    /// A name for it.
    pub name: Option<String>,
    /// What it is.
    pub description: Option<String>,
    /// The variables of the address.
    pub variables: Vec<ServerVariable>,
}

impl Server {
    /// The address with the defaults of its variables.
    pub fn address(&self) -> String {
        let mut address = self.url.clone();
        for variable in &self.variables {
            address = address.replace(&format!("{{{}}}", variable.name), &variable.default);
        }
        address
    }
}

/// A variable of a server's address.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ServerVariable {
    /// The name as written.
    pub name: String,
    /// The value where none is chosen.
    pub default: String,
    /// The values it can have; empty where it can have any.
    pub values: Vec<String>,
    /// What it is.
    pub description: Option<String>,
}
