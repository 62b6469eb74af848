//! Groups: the operations of each tag, else of each resource, and the short names of their methods.

use std::collections::BTreeMap;

use specsmith_ir::{self as ir, Tag};

use super::context::Context;
use super::identity::Identity;
use super::memory::Shared;
use super::names::{OperationNames, with};
use super::{docs, methods, operations, pointer, resource};
use crate::model::Group;
use crate::naming::{Case, Scope, ascii_name, reserved, words};
use crate::{Ident, Prose};

/// A group before its operations are lowered.
#[derive(Debug, Clone)]
pub(super) struct GroupPlan<'a> {
    members: Members<'a>,
    /// The name of the group.
    name: Ident,
    /// The method of the client.
    accessor: Ident,
}

/// What a group is made of.
#[derive(Debug, Clone)]
struct Members<'a> {
    /// The tag, else the resource: what users call the group by.
    key: String,
    /// The tag; `None` for operations without one.
    tag: Option<&'a str>,
    /// What the document says about the tag.
    docs: Option<&'a ir::Docs>,
    /// The operations, by their places in the API.
    operations: Vec<usize>,
}

/// The groups of the API in the order of its tags, then those of resources by name, with their names.
pub(super) fn plan<'a>(cx: &mut Context<'a>, types: &mut Scope) -> Vec<GroupPlan<'a>> {
    let mut accessors = Scope::new(Case::Snake, &[reserved::ACCESSORS, reserved::MODULES]);
    cx.memory.reserve(Shared::Accessors, &mut accessors);
    let mut plans = Vec::new();
    for members in members(cx.api) {
        let place = Identity::root("tags", &members.key);
        if !cx.memory.takes(&place) {
            continue;
        }
        cx.memory.keep_root(&place);
        let plain = group_words(cx, &members.key);
        let own = [plain.clone(), with(&plain, &["api"])];
        plans.push(GroupPlan {
            members,
            name: cx.memory.claim(Shared::Types, types, &place.inside(&["type"]), &own),
            accessor: accessor(cx, &mut accessors, &place, &own),
        });
    }
    plans
}

/// The operations by groups. Those of a resource that is called as a tag belong to the tag.
fn members(api: &ir::Api) -> Vec<Members<'_>> {
    let mut by_tag: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_resource: BTreeMap<Option<Vec<String>>, Vec<usize>> = BTreeMap::new();
    for (index, operation) in api.operations.iter().enumerate() {
        match operation.tags.first() {
            Some(tag) => by_tag.entry(tag).or_default().push(index),
            None => by_resource
                .entry(resource::of_path(&operation.path))
                .or_default()
                .push(index),
        }
    }
    let rest = by_resource
        .remove(&None)
        .map(|operations| (words(Group::REST), operations));
    let resources = by_resource.into_iter().filter_map(|(words, all)| Some((words?, all)));
    let mut resources: Vec<(Vec<String>, Vec<usize>)> = resources.chain(rest).collect();
    let mut found = Vec::new();
    let mut add = |tag, docs, mut operations: Vec<usize>| {
        let own = words(tag);
        if let Some(at) = resources.iter().position(|(resource, _)| *resource == own) {
            operations.extend(resources.remove(at).1);
            operations.sort_unstable();
        }
        found.push(Members {
            key: tag.to_owned(),
            tag: Some(tag),
            docs,
            operations,
        });
    };
    for Tag { name, docs, .. } in &api.tags {
        if let Some((tag, operations)) = by_tag.remove_entry(name.as_str()) {
            add(tag, Some(docs), operations);
        }
    }
    for (tag, operations) in by_tag {
        add(tag, None, operations);
    }
    found.extend(resources.into_iter().map(|(words, operations)| Members {
        key: Case::Snake.join(&words),
        tag: None,
        docs: None,
        operations,
    }));
    found
}

/// The words of a group: those of the name that the user gives, else its own.
fn group_words(cx: &Context<'_>, key: &str) -> Vec<String> {
    let place = pointer::of_tag(key);
    let renamed = [Case::Pascal, Case::Snake].map(|case| cx.renames.get(&place, case));
    match renamed.into_iter().flatten().next() {
        Some(name) => words(name),
        None => without_version(words(key)),
    }
}

/// The words of a tag without the date of the API in front: `Api20100401Message` is `message`.
fn without_version(words: Vec<String>) -> Vec<String> {
    let is_date = |word: &str| {
        let date = word.strip_prefix("api");
        date.is_some_and(|date| date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit()))
    };
    match words.split_first() {
        Some((first, rest)) if is_date(first) && !rest.is_empty() => rest.to_vec(),
        _ => words,
    }
}

/// The method that leads to a group, whose module is free, too.
fn accessor(cx: &mut Context<'_>, scope: &mut Scope, group: &Identity, candidates: &[Vec<String>]) -> Ident {
    let place = group.inside(&["accessor"]);
    let name = cx.memory.claim(Shared::Accessors, scope, &place, candidates);
    if name.as_str().is_ascii() {
        return name;
    }
    let module = words(&ascii_name(name.as_str()));
    match scope.is_free(&module) {
        true => {
            scope.claim(&[module]);
            name
        }
        false => scope.claim(&[module]),
    }
}

/// What is a feature of a client's package already, or may become one.
const FEATURES: &[&str] = &[
    "all",
    "axum",
    "blocking",
    "brotli",
    "default",
    "full",
    "gzip",
    "http2",
    "limits",
    "mock",
    "mocks",
    "multipart",
    "native-tls",
    "oauth",
    "oauth2",
    "recorder",
    "rustls",
    "serde",
    "sse",
    "std",
    "stream",
    "test",
    "testing",
    "tower",
    "tracing",
    "validate",
    "webhooks",
    "xml",
];

/// Makes each group a feature, called after its module.
pub(super) fn name_features(groups: &mut [Group]) {
    for group in groups {
        let name = group.module().unraw().replace('_', "-");
        group.feature = Some(match FEATURES.contains(&name.as_str()) {
            true => format!("{name}-api"),
            false => name,
        });
    }
}

/// The groups with their operations.
pub(super) fn lower(
    cx: &mut Context<'_>,
    plans: Vec<GroupPlan<'_>>,
    names: &BTreeMap<usize, OperationNames>,
) -> Vec<Group> {
    plans
        .into_iter()
        .map(|plan| {
            let GroupPlan {
                members,
                name,
                accessor,
            } = plan;
            let group = group_words(cx, &members.key);
            let found = members.operations.iter().filter_map(|index| names.get_key_value(index));
            let found: Vec<(&usize, &OperationNames)> = found.collect();
            let methods = methods::remembered(cx, &group, &found);
            let mut taken = Scope::new(Case::Snake, &[reserved::GROUP_METHODS]);
            for method in &methods {
                taken.give(method.unraw());
            }
            let operations = found
                .iter()
                .zip(methods)
                .filter_map(|((index, names), method)| operations::lower(cx, **index, names, method, &mut taken))
                .collect();
            Group {
                key: members.key,
                tag: members.tag.map(str::to_owned),
                name,
                accessor,
                feature: None,
                docs: members.docs.map(docs::prose).unwrap_or_else(Prose::new),
                operations,
                parts: Vec::new(),
            }
        })
        .collect()
}
