//! Modules: types with the one group that uses them, else shared; operations with their group. What is too long for
//! one file is divided by names (`partition`).

use std::collections::BTreeMap;

use specsmith_ir::{PathPart, PathSegment};

use crate::Ident;
use crate::model::{Body, Group, Operation, RustType, TypeItem};
use crate::naming::{Case, Scope, ascii_name, reserved, words};

use super::graph::{Holding, edges, named};
use super::partition::{Entry, partition};
use super::{lines, resource};

/// Who uses a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum User {
    Nobody,
    Group(usize),
    Several,
}

/// The modules of types.
pub(super) struct TypeModules {
    /// Their names, in the order of output.
    pub(super) names: Vec<Ident>,
    /// The features that turn some of them on, by their places.
    pub(super) features: BTreeMap<usize, String>,
}

/// Puts each type into a module; `shared` are the types of headers and webhooks, which are always there.
pub(super) fn assign(items: &mut [TypeItem], groups: &[Group], shared: &[RustType]) -> TypeModules {
    let users = users(items, groups, shared);
    let mut features = BTreeMap::new();
    let mut scope = Scope::new(Case::Snake, &[reserved::MODULES, &["shared", "types"]]);
    let mut modules = Vec::new();
    let owners = groups
        .iter()
        .enumerate()
        .map(|(index, group)| (User::Group(index), Some(group)));
    for (user, group) in owners.chain([(User::Several, None)]) {
        let members: Vec<usize> = users
            .iter()
            .enumerate()
            .filter(|(_, of)| **of == user || (user == User::Several && **of == User::Nobody))
            .map(|(index, _)| index)
            .collect();
        let base = group.map_or_else(|| words("shared"), |group| words(&ascii_name(group.accessor.unraw())));
        for part in partition(&entries(items, &members)) {
            let name = [base.as_slice(), &part.words].concat();
            let module = modules.len();
            if let Some(feature) = group.and_then(|group| group.feature.clone()) {
                features.insert(module, feature);
            }
            modules.push(match (group, name == base) {
                (None, true) => Ident::from_name("shared"),
                _ => scope.claim(&[name.clone(), [name, words("types")].concat()]),
            });
            for item in part.members.iter().filter_map(|place| members.get(*place)) {
                if let Some(item) = items.get_mut(*item) {
                    item.module = module;
                }
            }
        }
    }
    TypeModules {
        names: modules,
        features,
    }
}

/// Puts the operations of each group into the files of its parts, where they are too long for one file.
pub(super) fn divide(groups: &mut [Group]) {
    for group in groups {
        let own = words(group.name.unraw());
        let entries: Vec<Entry> = group
            .operations
            .iter()
            .map(|operation| Entry {
                words: path_words(operation, &own),
                lines: lines::of_operation(operation),
            })
            .collect();
        let parts = partition(&entries);
        if parts.len() < 2 {
            continue;
        }
        // A module in a module of the same name is confusing, and clippy says so.
        let module = group.module();
        let mut scope = Scope::new(Case::Snake, &[reserved::MODULES, &["root", module.unraw()]]);
        for (index, part) in parts.iter().enumerate() {
            let name = match part.words.is_empty() {
                true => vec!["root".to_owned()],
                false => part.words.clone(),
            };
            let name = scope.claim(&[name.clone(), [name, words("operations")].concat()]);
            group.parts.push(name);
            for member in &part.members {
                if let Some(operation) = group.operations.get_mut(*member) {
                    operation.part = Some(index);
                }
            }
        }
    }
}

/// The words of the literal segments of a path, without what all paths begin with: a version, `api`, the group itself.
/// The method is the last word.
fn path_words(operation: &Operation, group: &[String]) -> Vec<String> {
    let literal = |segment: &PathSegment| match segment.parts.as_slice() {
        [PathPart::Literal(text), ..] => Some(text.clone()),
        _ => None,
    };
    let own = |segment: &String| words(&ascii_name(segment)) == group;
    let segments = operation.path.segments.iter().filter_map(literal);
    let segments = segments.skip_while(|segment| resource::is_frame(segment) || own(segment));
    let mut all: Vec<String> = segments.flat_map(|text| words(&ascii_name(&text))).collect();
    all.extend(words(operation.http_method.as_str()));
    all
}

fn entries(items: &[TypeItem], members: &[usize]) -> Vec<Entry> {
    let items = members.iter().filter_map(|member| items.get(*member));
    items
        .map(|item| Entry {
            words: words(&ascii_name(item.name.unraw())),
            lines: lines::of_type(item),
        })
        .collect()
}

/// Who uses each type, by its own name or through other types.
fn users(items: &[TypeItem], groups: &[Group], shared: &[RustType]) -> Vec<User> {
    let has_features = groups.iter().any(|group| group.feature.is_some());
    let edges = uses(items, has_features);
    let mut users = vec![User::Nobody; items.len()];
    for (group, operations) in groups.iter().enumerate() {
        let mut stack = Vec::new();
        for operation in &operations.operations {
            for_each_type(operation, &mut |ty| {
                named(ty, Holding::Direct, &mut |id, _| stack.push(id.0 as usize));
            });
        }
        while let Some(index) = stack.pop() {
            let Some(user) = users.get_mut(index) else { continue };
            let now = match *user {
                User::Nobody => User::Group(group),
                User::Group(other) if other != group => User::Several,
                // What it holds has been told already.
                _ => continue,
            };
            *user = now;
            stack.extend(edges.get(index).into_iter().flatten());
        }
    }
    // What is always there holds nothing that is there with a feature.
    if has_features {
        let mut stack = Vec::from_iter((0..users.len()).filter(|index| users.get(*index) == Some(&User::Nobody)));
        for ty in shared {
            named(ty, Holding::Direct, &mut |id, _| stack.push(id.0 as usize));
        }
        while let Some(index) = stack.pop() {
            if let Some(user) = users.get_mut(index)
                && *user != User::Several
            {
                *user = User::Several;
                stack.extend(edges.get(index).into_iter().flatten());
            }
        }
    }
    users
}

/// The definitions that each definition names, by their places in the list; that which it is another name for is one.
///
/// With features for groups so is the one that it can be made from, which is there then, too.
fn uses(items: &[TypeItem], has_features: bool) -> Vec<Vec<usize>> {
    let mut edges = edges(items, Holding::Any);
    for (item, targets) in items.iter().zip(&mut edges) {
        let made_from = item.made_from.filter(|_| has_features);
        targets.extend(item.same_as.into_iter().chain(made_from).map(|of| of.0 as usize));
    }
    edges
}

/// Calls `visit` for each type that an operation names.
pub(super) fn for_each_type<'o>(operation: &'o Operation, visit: &mut dyn FnMut(&'o RustType)) {
    operation.parameters.iter().for_each(|parameter| visit(&parameter.ty));
    operation.bodies().flat_map(Body::types).for_each(&mut *visit);
    for response in &operation.responses.list {
        response.body.ty().into_iter().for_each(&mut *visit);
    }
    operation.responses.stream_types().for_each(visit);
}
