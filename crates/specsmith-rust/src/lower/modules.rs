//! Modules of types: with the one group that uses a type, else shared.

use crate::Ident;
use crate::model::{BodyKind, Group, Operation, ResponseBody, RustType, TypeItem};
use crate::naming::{Case, Scope, ascii_name, reserved, words};

use super::graph::{Holding, edges, named};

/// How many types a module has at most before it is split by the first letters of their names.
const MAX_TYPES: usize = 100;

/// Who uses a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum User {
    Nobody,
    Group(usize),
    Several,
}

/// Puts each type into a module; returns the names of the modules in the order of output.
pub(super) fn assign(items: &mut [TypeItem], groups: &[Group]) -> Vec<Ident> {
    let users = users(items, groups);
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
        for (name, part) in parts(items, &members, &base) {
            let module = modules.len();
            modules.push(match (group, name == base) {
                (None, true) => Ident::from_name("shared"),
                _ => scope.claim(&[name.clone(), [name, words("types")].concat()]),
            });
            for index in part {
                if let Some(item) = items.get_mut(index) {
                    item.module = module;
                }
            }
        }
    }
    modules
}

/// The members of a module in parts that are not too long: by ranges of first letters, or by each first letter.
///
/// The ranges are fixed, so that a new type stays out of the files of the others.
fn parts(items: &[TypeItem], members: &[usize], base: &[String]) -> Vec<(Vec<String>, Vec<usize>)> {
    if members.is_empty() {
        return Vec::new();
    }
    let count = members.len().div_ceil(MAX_TYPES);
    let ranges: &[(&str, &str)] = match count {
        1 => return vec![(base.to_vec(), members.to_vec())],
        2 => &[("a", "l"), ("m", "z")],
        3 | 4 => &[("a", "d"), ("e", "l"), ("m", "r"), ("s", "z")],
        _ => {
            return by_letter(items, members, base);
        }
    };
    let mut parts: Vec<(Vec<String>, Vec<usize>)> = ranges
        .iter()
        .map(|(from, to)| {
            (
                [base, &[(*from).to_owned(), "to".to_owned(), (*to).to_owned()]].concat(),
                Vec::new(),
            )
        })
        .collect();
    for member in members {
        let letter = first_letter(items, *member);
        let place = ranges
            .iter()
            .position(|(_, to)| letter.as_str() <= *to)
            .unwrap_or(ranges.len() - 1);
        if let Some((_, part)) = parts.get_mut(place) {
            part.push(*member);
        }
    }
    parts.retain(|(_, part)| !part.is_empty());
    parts
}

fn by_letter(items: &[TypeItem], members: &[usize], base: &[String]) -> Vec<(Vec<String>, Vec<usize>)> {
    let mut parts = std::collections::BTreeMap::<String, Vec<usize>>::new();
    for member in members {
        parts.entry(first_letter(items, *member)).or_default().push(*member);
    }
    parts
        .into_iter()
        .map(|(letter, part)| ([base, &[letter]].concat(), part))
        .collect()
}

/// The first letter of a type's name in lower case; `z` beyond ASCII.
fn first_letter(items: &[TypeItem], index: usize) -> String {
    let first = items.get(index).and_then(|item| item.name.unraw().chars().next());
    first
        .filter(char::is_ascii_alphabetic)
        .unwrap_or('z')
        .to_ascii_lowercase()
        .to_string()
}

/// Who uses each type, by its own name or through other types.
fn users(items: &[TypeItem], groups: &[Group]) -> Vec<User> {
    let edges = edges(items, Holding::Any);
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
    users
}

/// Calls `visit` for each type that an operation names.
pub(super) fn for_each_type<'o>(operation: &'o Operation, visit: &mut dyn FnMut(&'o RustType)) {
    operation.parameters.iter().for_each(|parameter| visit(&parameter.ty));
    if let Some(BodyKind::Json(ty) | BodyKind::Form(ty)) = operation.body.as_ref().map(|body| &body.kind) {
        visit(ty);
    }
    for response in &operation.responses.list {
        if let ResponseBody::Json(ty) = &response.body {
            visit(ty);
        }
    }
}
