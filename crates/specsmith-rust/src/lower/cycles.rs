//! Cycles of types: aliases that come back to themselves are broken, types that would hold themselves are boxed.

use std::collections::BTreeSet;

use specsmith_diagnostics::{Code, Diagnostic};

use super::context::Context;
use super::graph::{Holding, back_edges, direct_mut, direct_types_mut, edges, named_mut};
use crate::model::{RustType, TypeBody, TypeItem};

/// Makes types of their own of the lists, maps and tuples that close a cycle of aliases, since Rust has no recursive
/// aliases; where there is nothing but other names, any value.
pub(super) fn break_aliases(cx: &mut Context<'_>, items: &mut [TypeItem]) {
    let is_alias: Vec<bool> = items
        .iter()
        .map(|item| matches!(item.body, TypeBody::Alias(_)))
        .collect();
    let all = edges(items, Holding::Any);
    let aliases: Vec<Vec<usize>> = all
        .iter()
        .zip(&is_alias)
        .map(|(targets, from_alias)| {
            let to_alias = |target: &&usize| is_alias.get(**target) == Some(&true);
            if *from_alias {
                targets.iter().filter(to_alias).copied().collect()
            } else {
                Vec::new()
            }
        })
        .collect();
    let closing: BTreeSet<(usize, usize)> = back_edges(&aliases).into_iter().collect();
    let newtypes = newtypes(items, &aliases, &closing);
    for (index, item) in items.iter_mut().enumerate() {
        if newtypes.contains(&index)
            && let TypeBody::Alias(ty) = &item.body
        {
            item.body = TypeBody::Newtype(ty.clone());
            item.derives = super::items::derives(&item.body);
            continue;
        }
        let mut place = 0;
        let mut broken = false;
        if let TypeBody::Alias(ty) = &mut item.body {
            named_mut(ty, &mut |target, ty| {
                if is_alias.get(target.0 as usize) == Some(&true) {
                    if closing.contains(&(index, place)) && !newtypes.contains(&(target.0 as usize)) {
                        *ty = RustType::Value;
                        broken = true;
                    }
                    place += 1;
                }
            });
        }
        if broken {
            cx.report(
                Diagnostic::new(
                    Code::NotGenerated,
                    format!("`{}` is defined by itself alone", item.name),
                )
                .at(cx.location(item.source))
                .label("any value where it comes back to itself")
                .help("give one of the schemas on the way properties of its own"),
            );
        }
    }
}

/// An end of each edge that closes a cycle of aliases: one that is more than another name.
fn newtypes(items: &[TypeItem], aliases: &[Vec<usize>], closing: &BTreeSet<(usize, usize)>) -> BTreeSet<usize> {
    let wraps = |index: &usize| {
        let body = items.get(*index).map(|item| &item.body);
        matches!(body, Some(TypeBody::Alias(ty)) if !matches!(ty, RustType::Named(_)))
    };
    let ends = closing.iter().filter_map(|(from, place)| {
        let target = aliases.get(*from)?.get(*place)?;
        [*from, *target].into_iter().find(wraps)
    });
    ends.collect()
}

/// Boxes the edges that close a cycle of types that hold each other directly.
///
/// Aliases are looked through: the box is put where a struct or union names them. Aliases must not be recursive.
pub(super) fn box_cycles(items: &mut [TypeItem]) {
    let direct = edges(items, Holding::Direct);
    let is_alias: Vec<bool> = items
        .iter()
        .map(|item| matches!(item.body, TypeBody::Alias(_)))
        .collect();
    let held = held_through_aliases(&direct, &is_alias);
    // Each place of a struct or union is an edge to every type that it holds, perhaps several behind one alias.
    let mut flat = Vec::with_capacity(items.len());
    let mut places = Vec::with_capacity(items.len());
    for (targets, from_alias) in direct.iter().zip(&is_alias) {
        let mut edges = Vec::new();
        let mut place_of = Vec::new();
        for (place, target) in targets.iter().enumerate().filter(|_| !from_alias) {
            let behind: &[usize] = match is_alias.get(*target) {
                Some(true) => held.get(*target).map(Vec::as_slice).unwrap_or_default(),
                _ => std::slice::from_ref(target),
            };
            edges.extend_from_slice(behind);
            place_of.extend(behind.iter().map(|_| place));
        }
        flat.push(edges);
        places.push(place_of);
    }
    let closing: BTreeSet<(usize, usize)> = back_edges(&flat)
        .into_iter()
        .filter_map(|(node, edge)| Some((node, *places.get(node)?.get(edge)?)))
        .collect();
    for (index, item) in items.iter_mut().enumerate() {
        let mut place = 0;
        if !matches!(item.body, TypeBody::Alias(_)) {
            direct_types_mut(&mut item.body, &mut |ty| {
                direct_mut(ty, &mut |_, ty| {
                    if closing.contains(&(index, place)) {
                        let inner = std::mem::replace(ty, RustType::Unit);
                        *ty = RustType::Boxed(Box::new(inner));
                    }
                    place += 1;
                });
            });
        }
    }
}

/// The structs, enums and unions that each alias holds directly, through other aliases too.
fn held_through_aliases(direct: &[Vec<usize>], is_alias: &[bool]) -> Vec<Vec<usize>> {
    let mut held: Vec<Option<Vec<usize>>> = vec![None; direct.len()];
    for start in 0..direct.len() {
        let mut stack = vec![start];
        while let Some(node) = stack.last().copied() {
            let targets = direct.get(node).map(Vec::as_slice).unwrap_or_default();
            let is_open =
                |target: &&usize| is_alias.get(**target) == Some(&true) && matches!(held.get(**target), Some(None));
            if is_alias.get(node) != Some(&true) || matches!(held.get(node), Some(Some(_))) {
                stack.pop();
            } else if let Some(open) = targets.iter().find(is_open) {
                stack.push(*open);
            } else {
                let mut all = BTreeSet::new();
                for target in targets {
                    match held.get(*target) {
                        Some(Some(inner)) if is_alias.get(*target) == Some(&true) => all.extend(inner.iter().copied()),
                        _ => {
                            all.insert(*target);
                        }
                    }
                }
                if let Some(slot) = held.get_mut(node) {
                    *slot = Some(all.into_iter().collect());
                }
                stack.pop();
            }
        }
    }
    held.into_iter().map(Option::unwrap_or_default).collect()
}
