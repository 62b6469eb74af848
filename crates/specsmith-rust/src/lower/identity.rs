//! Which place is which: what a place is told by when the document changes around it.
//!
//! Places are told by names of the document and never by their order, so branches of unions are told by what they are
//! called after. What cannot be told apart is counted.

use std::collections::BTreeMap;

use specsmith_ir::{self as ir, ComponentKind, Origin, Owner, Step, TypeId};

use super::context::Context;
use super::{complexity, names, place, pointer};
use crate::known::hash;

/// How far owners of owners are followed.
const MAX_DEPTH: usize = 1024;

/// How many characters of a step are kept.
const MAX_STEP: usize = 200;

/// A place that has a name: the named thing of the document that it stands in, and the way to it from there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Identity {
    /// The kind and the name of the named thing: `schemas/Book`.
    pub(super) root: String,
    /// The way, each step behind a `/`.
    pub(super) inside: String,
}

impl Identity {
    /// The place of a named thing.
    pub(super) fn root(kind: &str, name: &str) -> Self {
        Self {
            root: format!("{kind}/{}", escaped(name)),
            inside: String::new(),
        }
    }

    /// A place inside this one.
    pub(super) fn inside(&self, steps: &[&str]) -> Self {
        let mut place = self.clone();
        for step in steps {
            place.inside.push('/');
            place.inside.push_str(&escaped(step));
        }
        place
    }

    /// The place as text.
    pub(super) fn text(&self) -> String {
        format!("{}{}", self.root, self.inside)
    }

    /// The same place, as the one of this number among those that cannot be told apart, from 1.
    pub(super) fn numbered(self, number: usize) -> Self {
        match number {
            ..=1 => self,
            number => Self {
                inside: format!("{}#{number}", self.inside),
                ..self
            },
        }
    }
}

/// The places of types that have names, and of operations.
#[derive(Debug, Default)]
pub(super) struct Identities {
    types: BTreeMap<TypeId, Identity>,
    operations: Vec<Identity>,
}

impl Identities {
    /// Finds the places.
    pub(super) fn of(cx: &Context<'_>) -> Self {
        let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
        let mut counted = |place: Identity| {
            let number = seen.entry(hash(&place.text())).or_default();
            *number += 1;
            place.numbered(*number)
        };
        let operations: Vec<Identity> = cx.api.operations.iter().map(|of| counted(operation(of))).collect();
        let ids = || cx.api.types.iter().map(|(id, _)| id);
        let components = ids().filter(|id| cx.is_component(*id));
        // Behind them, since what a nullable component wraps stands at the same place.
        let unnamed = ids().filter(|id| !cx.is_component(*id) && complexity::needs_definition(cx, *id));
        let named = components.chain(unnamed);
        let types = named.map(|id| (id, counted(of_type(cx, &operations, id)))).collect();
        Self { types, operations }
    }

    /// The place of a type that has a name.
    pub(super) fn of_type(&self, id: TypeId) -> Identity {
        self.types
            .get(&id)
            .cloned()
            .unwrap_or_else(|| Identity::root("types", ""))
    }

    /// The place of an operation, by its place in the API.
    pub(super) fn of_operation(&self, index: usize) -> Identity {
        let known = self.operations.get(index).cloned();
        known.unwrap_or_else(|| Identity::root("operations", ""))
    }
}

/// An operation is told by its name, else by method and path.
fn operation(operation: &ir::Operation) -> Identity {
    match &operation.name {
        Some(name) => Identity::root("operations", name),
        None => {
            let (method, path) = (operation.method.as_str(), &operation.path.text);
            Identity::root("operations", &format!("{method} {path}"))
        }
    }
}

fn of_type(cx: &Context<'_>, operations: &[Identity], id: TypeId) -> Identity {
    let mut id = id;
    let mut inside: Vec<Vec<String>> = Vec::new();
    let mut root = Identity::root("types", "");
    for _ in 0..MAX_DEPTH {
        let Some(ty) = cx.ty(id) else { break };
        let owner = match &ty.origin {
            Origin::Inline {
                owner: Owner::Type(owner),
                ..
            } => Some(*owner),
            _ => None,
        };
        // What requests have beside responses is another type at the same place.
        if names::is_second(cx, id) && !owner.is_some_and(|owner| names::is_second(cx, owner)) {
            inside.push(vec!["request".to_owned()]);
        }
        match &ty.origin {
            Origin::Component(name) => {
                root = Identity::root("schemas", name);
                break;
            }
            Origin::Inline { owner, step } => {
                inside.push(steps(cx, owner, step, id));
                match owner {
                    Owner::Type(owner) => id = *owner,
                    Owner::Operation(operation) => {
                        root = operations.get(operation.0 as usize).cloned().unwrap_or(root);
                        break;
                    }
                    Owner::Callback(operation, name) => {
                        let of = operations.get(operation.0 as usize).cloned().unwrap_or(root);
                        root = of.inside(&["callbacks", name]);
                        break;
                    }
                    Owner::Component(kind, name) => {
                        root = Identity::root(section(*kind), name);
                        break;
                    }
                }
            }
        }
    }
    let steps: Vec<&str> = inside.iter().rev().flatten().map(String::as_str).collect();
    root.inside(&steps)
}

fn steps(cx: &Context<'_>, owner: &Owner, step: &Step, id: TypeId) -> Vec<String> {
    match (step, owner) {
        (Step::Variant { hint, .. }, Owner::Type(union)) => {
            let step = place::variant_step(cx, *union, hint.as_deref(), id);
            vec!["oneOf".to_owned(), step]
        }
        _ => pointer::of_step(cx, owner, step),
    }
}

fn section(kind: ComponentKind) -> &'static str {
    match kind {
        ComponentKind::Parameter => "parameters",
        ComponentKind::RequestBody => "requestBodies",
        ComponentKind::Response => "responses",
        ComponentKind::Header => "headers",
        ComponentKind::Path => "paths",
        ComponentKind::Webhook => "webhooks",
        ComponentKind::Callback => "callbacks",
    }
}

/// A step as a part of a text. Long ones are cut, since each place inside repeats them.
fn escaped(step: &str) -> String {
    let step = match step.char_indices().nth(MAX_STEP) {
        Some((end, _)) => format!("{}~{:x}", step.get(..end).unwrap_or_default(), hash(step)),
        None => step.to_owned(),
    };
    match step.contains(['~', '/']) {
        true => step.replace('~', "~0").replace('/', "~1"),
        false => step,
    }
}
