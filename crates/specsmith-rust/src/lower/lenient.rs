//! Members that the client reads although they are missing or null, where the user wants it.

use std::collections::BTreeMap;

use super::context::Context;
use super::options::is_selected;
use crate::model::{Derive, EnumBase, FieldKind, Leniency, RustType, Struct, TypeBody, TypeItem};

/// How deep structs with a default hold each other.
const MAX_DEPTH: usize = 32;

/// Marks the fields of the types that are read leniently: those whose types have an honest default.
pub(super) fn mark(cx: &Context<'_>, items: &mut [TypeItem]) {
    let mut defaults = Defaults {
        items,
        known: BTreeMap::new(),
    };
    let found: Vec<Vec<Leniency>> = defaults
        .items
        .iter()
        .zip(&cx.definitions)
        .map(|(item, definition)| match &item.body {
            TypeBody::Struct(body) if is_selected(cx, definition, &cx.options.lenient) => body
                .fields
                .iter()
                .map(|field| defaults.leniency(field.kind, &field.ty, 0))
                .collect(),
            _ => Vec::new(),
        })
        .collect();
    let known = defaults.known;
    for (item, found) in items.iter_mut().zip(found) {
        if let TypeBody::Struct(body) = &mut item.body {
            for (field, leniency) in body.fields.iter_mut().zip(found) {
                field.leniency = leniency;
            }
        }
    }
    for (index, _) in known.into_iter().filter(|(_, has_default)| *has_default) {
        if let Some(item) = items.get_mut(index)
            && !item.derives.contains(&Derive::Default)
        {
            item.derives.push(Derive::Default);
        }
    }
}

/// Which structs have a default.
struct Defaults<'i> {
    items: &'i [TypeItem],
    /// Those that were asked for, by their places.
    known: BTreeMap<usize, bool>,
}

impl Defaults<'_> {
    fn leniency(&mut self, kind: FieldKind, ty: &RustType, depth: usize) -> Leniency {
        let inner = match (kind, ty) {
            (FieldKind::Optional, RustType::Option(inner)) => inner,
            (FieldKind::Required, ty) => ty,
            _ => return Leniency::Strict,
        };
        match (kind, resolved(self.items, inner)) {
            (_, RustType::List(item)) if !has_null(self.items, item) => Leniency::Items,
            (FieldKind::Required, RustType::Named(id)) => self.of_definition(id.0 as usize, depth),
            (FieldKind::Required, ty) if has_default(ty) => Leniency::Default,
            _ => Leniency::Strict,
        }
    }

    fn of_definition(&mut self, index: usize, depth: usize) -> Leniency {
        match self.items.get(index).map(|item| &item.body) {
            Some(TypeBody::Enum(values)) if values.base == EnumBase::String => Leniency::UnknownValue,
            Some(TypeBody::Struct(body)) if self.of_struct(index, body, depth) => Leniency::Default,
            _ => Leniency::Strict,
        }
    }

    /// Whether all members of a struct that must be there have a default.
    fn of_struct(&mut self, index: usize, body: &Struct, depth: usize) -> bool {
        if let Some(known) = self.known.get(&index) {
            return *known;
        }
        // What comes back to itself has none.
        self.known.insert(index, false);
        let has_default = depth < MAX_DEPTH
            && body.constants.is_empty()
            && body.fields.iter().all(|field| {
                let is_required = field.kind == FieldKind::Required;
                field.fixed.is_none() && (!is_required || self.leniency(field.kind, &field.ty, depth + 1).is_default())
            });
        self.known.insert(index, has_default);
        has_default
    }
}

/// Whether a type of Rust has a default that says nothing.
fn has_default(ty: &RustType) -> bool {
    matches!(
        ty,
        RustType::Bool
            | RustType::I8
            | RustType::I16
            | RustType::I32
            | RustType::I64
            | RustType::U8
            | RustType::U16
            | RustType::U32
            | RustType::U64
            | RustType::F64
            | RustType::String
            | RustType::Map(_)
            | RustType::KeyedMap(..)
            | RustType::List(_)
            | RustType::Value
            | RustType::Option(_)
    )
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
