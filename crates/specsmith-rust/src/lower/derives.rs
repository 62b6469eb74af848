//! `Eq` and `Hash` for all types that can have them, where the user wants that.

use super::graph::{Holding, edges, types_of};
use super::options;
use crate::TypeOptions;
use crate::model::{Derive, EnumBase, RustType, TypeBody, TypeItem};

/// Derives what the user wants for all types, for each whose parts have it.
pub(super) fn complete(items: &mut [TypeItem], options: &TypeOptions) {
    let wanted = options::derived_everywhere(options);
    if wanted.is_empty() {
        return;
    }
    let users = reversed(&edges(items, Holding::Any));
    for derive in wanted.iter().copied() {
        let lacking = lacking(items, &users, derive);
        for (item, lacks) in items.iter_mut().zip(lacking) {
            let is_alias = matches!(item.body, TypeBody::Alias(_));
            if !lacks && !is_alias && !item.derives.contains(&derive) {
                let equality = [Derive::PartialEq, Derive::Eq];
                let before = item.derives.iter().rposition(|other| equality.contains(other));
                item.derives.insert(before.map_or(0, |at| at + 1), derive);
            }
        }
    }
}

/// Whether each type lacks a trait, by itself or by what it holds.
fn lacking(items: &[TypeItem], users: &[Vec<usize>], derive: Derive) -> Vec<bool> {
    let mut lacking = vec![false; items.len()];
    let by_itself = items.iter().enumerate().filter(|(_, item)| lacks(&item.body, derive));
    let mut stack: Vec<usize> = by_itself.map(|(index, _)| index).collect();
    while let Some(index) = stack.pop() {
        match lacking.get_mut(index) {
            Some(lacks) if !*lacks => *lacks = true,
            _ => continue,
        }
        stack.extend(users.get(index).into_iter().flatten());
    }
    lacking
}

/// Whether something in a body lacks a trait, definitions aside.
fn lacks(body: &TypeBody, derive: Derive) -> bool {
    let keeps_any = match body {
        // What the document does not name is kept as any value.
        TypeBody::Union(_) => true,
        TypeBody::Enum(body) => body.base == EnumBase::Value,
        _ => false,
    };
    let mut lacks = keeps_any && type_lacks(&RustType::Value, derive);
    types_of(body, &mut |ty, _| lacks = lacks || type_lacks(ty, derive));
    lacks
}

fn type_lacks(ty: &RustType, derive: Derive) -> bool {
    match ty {
        RustType::F64 | RustType::Extern(_) => true,
        // Only the newest versions of `serde_json` have it.
        RustType::Value | RustType::Number => derive == Derive::Hash,
        RustType::List(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Nullable(inner)
        | RustType::Boxed(inner) => type_lacks(inner, derive),
        RustType::KeyedMap(key, inner) => type_lacks(key, derive) || type_lacks(inner, derive),
        RustType::Tuple(items) => items.iter().any(|item| type_lacks(item, derive)),
        _ => false,
    }
}

/// The same edges from their ends.
fn reversed(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut reversed = vec![Vec::new(); edges.len()];
    for (from, targets) in edges.iter().enumerate() {
        for target in targets {
            if let Some(sources) = reversed.get_mut(*target) {
                sources.push(from);
            }
        }
    }
    reversed
}
