//! Members that the client reads although they are missing or null, where the user wants it.

use super::context::Context;
use super::options::is_selected;
use crate::model::{EnumBase, FieldKind, Leniency, RustType, TypeBody, TypeItem};

/// Marks the fields of the types that are read leniently: those whose types have an honest default.
pub(super) fn mark(cx: &Context<'_>, items: &mut [TypeItem]) {
    let found: Vec<Vec<Leniency>> = items
        .iter()
        .zip(&cx.definitions)
        .map(|(item, definition)| match &item.body {
            TypeBody::Struct(body) if is_selected(cx, definition, &cx.options.lenient) => body
                .fields
                .iter()
                .map(|field| leniency(items, field.kind, &field.ty))
                .collect(),
            _ => Vec::new(),
        })
        .collect();
    for (item, found) in items.iter_mut().zip(found) {
        if let TypeBody::Struct(body) = &mut item.body {
            for (field, leniency) in body.fields.iter_mut().zip(found) {
                field.leniency = leniency;
            }
        }
    }
}

fn leniency(items: &[TypeItem], kind: FieldKind, ty: &RustType) -> Leniency {
    let inner = match (kind, ty) {
        (FieldKind::Optional, RustType::Option(inner)) => inner,
        (FieldKind::Required, ty) => ty,
        _ => return Leniency::Strict,
    };
    match (kind, resolved(items, inner)) {
        (_, RustType::List(item)) if !has_null(items, item) => Leniency::Items,
        (FieldKind::Required, RustType::Named(id)) => match items.get(id.0 as usize).map(|item| &item.body) {
            Some(TypeBody::Enum(values)) if values.base == EnumBase::String => Leniency::UnknownValue,
            Some(TypeBody::Struct(body)) if body.fields.iter().all(|field| field.kind != FieldKind::Required) => {
                Leniency::Default
            }
            _ => Leniency::Strict,
        },
        (
            FieldKind::Required,
            RustType::Bool
            | RustType::I32
            | RustType::I64
            | RustType::U32
            | RustType::U64
            | RustType::F64
            | RustType::String
            | RustType::Map(_)
            | RustType::KeyedMap(..)
            | RustType::List(_)
            | RustType::Value
            | RustType::Option(_),
        ) => Leniency::Default,
        _ => Leniency::Strict,
    }
}

/// Whether null is a value of a type.
fn has_null(items: &[TypeItem], ty: &RustType) -> bool {
    matches!(
        resolved(items, ty),
        RustType::Option(_) | RustType::Value | RustType::Unit | RustType::Nullable(_)
    )
}

/// The type behind aliases.
fn resolved<'t>(items: &'t [TypeItem], mut ty: &'t RustType) -> &'t RustType {
    // A chain of aliases has at most as many links as there are types.
    for _ in 0..=items.len() {
        match ty {
            RustType::Named(id) => match items.get(id.0 as usize).map(|item| &item.body) {
                Some(TypeBody::Alias(target)) => ty = target,
                _ => break,
            },
            _ => break,
        }
    }
    ty
}
