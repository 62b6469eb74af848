//! What every part of the reference looks things up in.

use std::collections::BTreeMap;

use specsmith_ir::{Api, Object, OperationId, Origin, Shape, Type, TypeId};
use specsmith_rust::Model;
use specsmith_rust::model::{Operation, TypeItemId, View};

use crate::pages::Pages;
use crate::usage::{self, Usage};
use crate::{Layout, Options};

/// How many nullables and aliases are followed.
const MAX_CHAIN: usize = 64;

/// The API, its names and its pages.
pub(crate) struct Context<'a> {
    pub(crate) api: &'a Api,
    pub(crate) model: &'a Model,
    pub(crate) pages: Pages,
    pub(crate) options: &'a Options,
    /// The crate of the client, as Rust spells it.
    pub(crate) client: String,
    /// Where each type is used.
    pub(crate) usage: Usage,
    items: BTreeMap<TypeId, TypeItemId>,
    /// The types that requests have beside those of responses, by the latter.
    requests: BTreeMap<TypeItemId, TypeItemId>,
    operations: BTreeMap<OperationId, (usize, &'a Operation)>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(api: &'a Api, model: &'a Model, options: &'a Options) -> Self {
        let operations = model.groups.iter().enumerate().flat_map(|(index, group)| {
            let operations = group.operations.iter();
            operations.map(move |operation| (operation.source, (index, operation)))
        });
        let mut cx = Self {
            api,
            model,
            pages: Pages::new(api, model, options),
            options,
            client: options.client_package.replace('-', "_"),
            usage: Usage::default(),
            items: BTreeMap::new(),
            requests: BTreeMap::new(),
            operations: operations.collect(),
        };
        for (id, item) in model.types() {
            cx.items.entry(item.source).or_insert(id);
            if let View::Request(Some(response)) = item.view {
                cx.requests.insert(response, id);
            }
        }
        for (id, item) in model.types() {
            cx.items.entry(cx.core(item.source)).or_insert(id);
        }
        cx.usage = usage::of(&cx);
        cx
    }

    /// Whether there are diagrams.
    pub(crate) fn has_diagrams(&self) -> bool {
        self.options.diagrams.unwrap_or(self.options.layout != Layout::Book)
    }

    /// A type.
    pub(crate) fn ty(&self, id: TypeId) -> &'a Type {
        &self.api.types[id]
    }

    /// Whether a type has a name in the document.
    pub(crate) fn is_component(&self, id: TypeId) -> bool {
        matches!(self.ty(id).origin, Origin::Component(_))
    }

    /// The type definition of a type, if it has one.
    pub(crate) fn item(&self, id: TypeId) -> Option<TypeItemId> {
        self.items.get(&id).copied()
    }

    /// The type that requests have beside this one of responses.
    pub(crate) fn request_of(&self, id: TypeItemId) -> Option<TypeItemId> {
        self.requests.get(&id).copied()
    }

    /// An operation of the API as Rust says it, with the place of its group.
    pub(crate) fn operation(&self, id: OperationId) -> Option<(usize, &'a Operation)> {
        self.operations.get(&id).copied()
    }

    /// The type behind nullables and aliases without a name.
    pub(crate) fn core(&self, id: TypeId) -> TypeId {
        let mut core = id;
        for _ in 0..MAX_CHAIN {
            match &self.ty(core).shape {
                Shape::Nullable(inner) | Shape::Alias(inner) if !self.is_component(*inner) => core = *inner,
                _ => break,
            }
        }
        core
    }

    /// The type behind all nullables and aliases.
    pub(crate) fn resolve(&self, mut id: TypeId) -> TypeId {
        for _ in 0..MAX_CHAIN {
            match &self.ty(id).shape {
                Shape::Nullable(inner) | Shape::Alias(inner) => id = *inner,
                _ => break,
            }
        }
        id
    }

    /// Whether `null` is among the values of a type.
    pub(crate) fn is_nullable(&self, mut id: TypeId) -> bool {
        for _ in 0..MAX_CHAIN {
            match &self.ty(id).shape {
                Shape::Nullable(_) | Shape::Null => return true,
                Shape::Alias(target) => id = *target,
                _ => break,
            }
        }
        false
    }

    /// The object that a type is behind nullables and aliases.
    pub(crate) fn object(&self, id: TypeId) -> Option<&'a Object> {
        match &self.ty(self.resolve(id)).shape {
            Shape::Object(object) => Some(object),
            _ => None,
        }
    }
}
