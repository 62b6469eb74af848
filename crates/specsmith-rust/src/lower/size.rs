//! Sizes of types, so that no variant of an enum makes all others large.

use super::graph::{Holding, edges};
use crate::model::{RustType, TypeBody, TypeItem};

/// Variants of more bytes are boxed; clippy's `large_enum_variant` asks for no more than this between two variants.
const MAX_VARIANT: usize = 200;

/// Boxes what variants of unions hold where it is large.
///
/// Whether a variant is boxed depends on its own type alone, so that other variants can come and go.
pub(super) fn box_large_variants(items: &mut [TypeItem]) {
    let sizes = sizes(items);
    for item in items {
        if let TypeBody::Union(union) = &mut item.body {
            for variant in &mut union.variants {
                if size(&variant.ty, &|index| sizes.get(index).copied().unwrap_or(POINTER)) > MAX_VARIANT {
                    let inner = std::mem::replace(&mut variant.ty, RustType::Unit);
                    variant.ty = RustType::Boxed(Box::new(inner));
                }
            }
        }
    }
}

/// How many bytes each type takes on a machine of 64 bits, at most. Types must not hold themselves.
fn sizes(items: &[TypeItem]) -> Vec<usize> {
    let direct = edges(items, Holding::Direct);
    let mut sizes = vec![None; items.len()];
    for start in 0..items.len() {
        let mut stack = vec![(start, 0)];
        while let Some((node, next)) = stack.last_mut() {
            let (node, place) = (*node, *next);
            *next += 1;
            if matches!(sizes.get(node), Some(Some(_))) {
                stack.pop();
                continue;
            }
            match direct.get(node).and_then(|targets| targets.get(place)) {
                Some(target) => stack.push((*target, 0)),
                None => {
                    let known = items.get(node).map_or(0, |item| body_size(&item.body, &sizes));
                    if let Some(size) = sizes.get_mut(node) {
                        *size = Some(known);
                    }
                    stack.pop();
                }
            }
        }
    }
    sizes.into_iter().map(Option::unwrap_or_default).collect()
}

fn body_size(body: &TypeBody, sizes: &[Option<usize>]) -> usize {
    let size = |ty: &RustType| size(ty, &|index| sizes.get(index).copied().flatten().unwrap_or(POINTER));
    let total = match body {
        TypeBody::Struct(body) => {
            let rest = body.rest.as_ref().map_or(0, |_| LIST);
            body.fields.iter().map(|field| size(&field.ty)).sum::<usize>() + rest
        }
        TypeBody::Union(body) => {
            let variants = body.variants.iter().map(|variant| match size(&variant.ty) {
                large if large > MAX_VARIANT => POINTER,
                small => small,
            });
            variants.max().unwrap_or(0).max(VALUE) + TAG
        }
        TypeBody::Enum(_) => VALUE,
        TypeBody::Alias(ty) => return size(ty),
    };
    total.next_multiple_of(POINTER)
}

const POINTER: usize = 8;
const TAG: usize = 8;
const LIST: usize = 24;
const VALUE: usize = 32;

fn size(ty: &RustType, named: &dyn Fn(usize) -> usize) -> usize {
    match ty {
        RustType::Unit => 0,
        RustType::Bool => 1,
        RustType::I32 | RustType::U32 | RustType::Date => 4,
        RustType::I64 | RustType::U64 | RustType::F64 | RustType::Boxed(_) => POINTER,
        RustType::DateTime | RustType::Uuid => 16,
        RustType::String
        | RustType::Uri
        | RustType::Base64
        | RustType::Number
        | RustType::List(_)
        | RustType::Map(_) => LIST,
        RustType::Value => VALUE,
        RustType::Named(id) => named(id.0 as usize),
        RustType::Tuple(items) => items.iter().map(|item| size(item, named)).sum(),
        RustType::Option(inner) if has_niche(inner) => size(inner, named),
        RustType::Option(inner) | RustType::Nullable(inner) => size(inner, named) + TAG,
    }
}

/// Whether `Option` of the type is not larger than the type.
fn has_niche(ty: &RustType) -> bool {
    matches!(
        ty,
        RustType::Bool | RustType::String | RustType::Uri | RustType::Base64 | RustType::List(_) | RustType::Boxed(_)
    )
}
