//! Groups: the operations of each tag, and the short names of their methods.

use std::collections::BTreeMap;

use specsmith_ir::{self as ir, Tag};

use super::context::Context;
use super::identity::Identity;
use super::memory::Shared;
use super::names::{OperationNames, with};
use super::{docs, methods, operations, pointer};
use crate::model::Group;
use crate::naming::{Case, Scope, ascii_name, reserved, words};
use crate::{Ident, Prose};

/// A group before its operations are lowered.
#[derive(Debug, Clone)]
pub(super) struct GroupPlan<'a> {
    /// The tag; `None` for operations without one.
    tag: Option<&'a str>,
    /// What the document says about the tag.
    docs: Option<&'a ir::Docs>,
    /// The operations, by their places in the API.
    operations: Vec<usize>,
    /// The name of the group.
    name: Ident,
    /// The method of the client.
    accessor: Ident,
}

/// The groups of the API in the order of its tags, those without a tag last, with their names.
pub(super) fn plan<'a>(cx: &mut Context<'a>, types: &mut Scope) -> Vec<GroupPlan<'a>> {
    let api = cx.api;
    let mut by_tag: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut untagged = Vec::new();
    for (index, operation) in api.operations.iter().enumerate() {
        match operation.tags.first() {
            Some(tag) => by_tag.entry(tag).or_default().push(index),
            None => untagged.push(index),
        }
    }
    let mut found: Vec<(Option<&str>, Option<&ir::Docs>, Vec<usize>)> = Vec::new();
    for Tag { name, docs, .. } in &api.tags {
        if let Some((tag, operations)) = by_tag.remove_entry(name.as_str()) {
            found.push((Some(tag), Some(docs), operations));
        }
    }
    found.extend(
        by_tag
            .into_iter()
            .map(|(tag, operations)| (Some(tag), None, operations)),
    );
    if !untagged.is_empty() {
        found.push((None, None, untagged));
    }
    let mut accessors = Scope::new(Case::Snake, &[reserved::ACCESSORS, reserved::MODULES]);
    cx.memory.reserve(Shared::Accessors, &mut accessors);
    let mut plans = Vec::new();
    for (tag, docs, operations) in found {
        let place = place(tag);
        if !cx.memory.takes(&place) {
            continue;
        }
        cx.memory.keep_root(&place);
        let plain = group_words(cx, tag);
        let own = [plain.clone(), with(&plain, &["api"])];
        plans.push(GroupPlan {
            tag,
            docs,
            operations,
            name: cx.memory.claim(Shared::Types, types, &place.inside(&["type"]), &own),
            accessor: accessor(cx, &mut accessors, &place, &own),
        });
    }
    plans
}

/// The place of a group.
fn place(tag: Option<&str>) -> Identity {
    match tag {
        Some(tag) => Identity::root("tags", tag),
        None => Identity::root("untagged", ""),
    }
}

/// The words of a group: those of the name that the user gives, else those of its tag.
fn group_words(cx: &Context<'_>, tag: Option<&str>) -> Vec<String> {
    let Some(tag) = tag else { return words("api") };
    let place = pointer::of_tag(tag);
    let renamed = [Case::Pascal, Case::Snake].map(|case| cx.renames.get(&place, case));
    words(renamed.into_iter().flatten().next().unwrap_or(tag))
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

/// The groups with their operations.
pub(super) fn lower(
    cx: &mut Context<'_>,
    plans: Vec<GroupPlan<'_>>,
    names: &BTreeMap<usize, OperationNames>,
) -> Vec<Group> {
    plans
        .into_iter()
        .map(|plan| {
            let tag = group_words(cx, plan.tag);
            let members = plan.operations.iter().filter_map(|index| names.get_key_value(index));
            let members: Vec<(&usize, &OperationNames)> = members.collect();
            let methods = methods::remembered(cx, &tag, &members);
            let mut taken = Scope::new(Case::Snake, &[reserved::GROUP_METHODS]);
            for method in &methods {
                taken.give(method.unraw());
            }
            let operations = members
                .iter()
                .zip(methods)
                .filter_map(|((index, names), method)| operations::lower(cx, **index, names, method, &mut taken))
                .collect();
            Group {
                tag: plan.tag.map(str::to_owned),
                name: plan.name,
                accessor: plan.accessor,
                docs: plan.docs.map(docs::prose).unwrap_or_else(Prose::new),
                operations,
                parts: Vec::new(),
            }
        })
        .collect()
}
