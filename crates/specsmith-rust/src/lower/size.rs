//! Sizes of types, so that no variant of an enum makes all others large and no type is too large for a stack.

use super::graph::{Holding, direct_mut, direct_types_mut, edges};
use crate::model::{RustType, TypeBody, TypeItem};

/// Variants of more bytes are boxed; clippy's `large_enum_variant` asks for no more than this between two variants.
const MAX_VARIANT: usize = 200;
/// Definitions of more bytes are held in boxes only.
const MAX_HELD: usize = 8192;

/// Boxes what variants of unions hold where it is large, and what anything holds where it is very large.
///
/// Whether a variant is boxed depends on its own type alone, so that other variants can come and go.
pub(super) fn box_large(items: &mut [TypeItem]) {
    let sizes = sizes(items);
    let named = |index: usize| sizes.get(index).copied().unwrap_or(POINTER);
    for item in items {
        let is_other_name = matches!(&item.body, TypeBody::Alias(ty) if !matches!(ty, RustType::Tuple(_)));
        if !is_other_name {
            direct_types_mut(&mut item.body, &mut |ty| {
                direct_mut(ty, &mut |id, ty| {
                    if named(id.0 as usize) > MAX_HELD {
                        put_into_box(ty);
                    }
                });
            });
        }
        if let TypeBody::Union(union) = &mut item.body {
            let variants = union.variants.iter_mut().map(|variant| &mut variant.ty);
            variants
                .filter(|ty| size(ty, &named) > MAX_VARIANT)
                .for_each(put_into_box);
        }
    }
}

/// Boxes what variants of an enum hold that is no definition, where it is large.
pub(super) fn box_variants<'t>(items: &[TypeItem], held: impl Iterator<Item = &'t mut RustType>) {
    let sizes = sizes(items);
    let named = |index: usize| sizes.get(index).copied().unwrap_or(POINTER);
    held.filter(|ty| size(ty, &named) > MAX_VARIANT).for_each(put_into_box);
}

fn put_into_box(ty: &mut RustType) {
    let inner = std::mem::replace(ty, RustType::Unit);
    *ty = RustType::Boxed(Box::new(inner));
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
            let rest = body.maps().count() * LIST;
            body.fields.iter().map(|field| size(&field.ty)).sum::<usize>() + rest
        }
        TypeBody::Union(body) => {
            let variants = body.variants.iter().map(|variant| match size(&variant.ty) {
                large if large > MAX_VARIANT => POINTER,
                small => small,
            });
            variants.max().unwrap_or(0).max(VALUE) + TAG
        }
        TypeBody::Tuple(body) => body.items.iter().map(|item| size(&item.ty)).sum(),
        TypeBody::Enum(_) => VALUE,
        TypeBody::Alias(RustType::Named(id)) => {
            return sizes.get(id.0 as usize).copied().flatten().unwrap_or(POINTER);
        }
        TypeBody::Alias(ty) | TypeBody::Newtype(ty) => return size(ty),
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
        RustType::Bool | RustType::I8 | RustType::U8 => 1,
        RustType::I16 | RustType::U16 => 2,
        RustType::I32 | RustType::U32 | RustType::Date | RustType::Ipv4Addr => 4,
        RustType::I64 | RustType::U64 | RustType::F64 | RustType::Boxed(_) => POINTER,
        RustType::DateTime | RustType::Uuid | RustType::Ipv6Addr => 16,
        RustType::IpAddr => 17,
        RustType::String
        | RustType::Uri
        | RustType::Secret
        | RustType::Base64
        | RustType::Base64Url
        | RustType::Number
        | RustType::List(_)
        | RustType::Map(_)
        | RustType::KeyedMap(..) => LIST,
        RustType::Value | RustType::Extern(_) => VALUE,
        RustType::Named(id) => match named(id.0 as usize) {
            large if large > MAX_HELD => POINTER,
            size => size,
        },
        RustType::Tuple(items) => items.iter().map(|item| size(item, named)).sum(),
        RustType::Option(inner) if has_niche(inner) => size(inner, named),
        RustType::Option(inner) | RustType::Nullable(inner) => size(inner, named) + TAG,
    }
}

/// Whether `Option` of the type is not larger than the type.
fn has_niche(ty: &RustType) -> bool {
    matches!(
        ty,
        RustType::Bool
            | RustType::String
            | RustType::Uri
            | RustType::Secret
            | RustType::Base64
            | RustType::Base64Url
            | RustType::List(_)
            | RustType::Boxed(_)
    )
}
