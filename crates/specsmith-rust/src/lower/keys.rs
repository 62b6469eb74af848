//! The types of the names of members of a map.

use specsmith_ir::{Object, Shape, TypeId, Value};

use super::context::Context;
use super::graph::types_of;
use super::modules::for_each_type;
use super::scalar::scalar;
use super::structs;
use crate::model::{Derive, Group, RustType, TypeBody, TypeItem};

/// The type of the names of a map, where it is more than `String`: an enum of texts or a UUID.
pub(super) fn of(cx: &Context<'_>, object: &Object) -> Option<TypeId> {
    let names = object.names?;
    let shape = cx.shape(cx.resolve(names));
    let is_key = match shape {
        Shape::Enum(values) => {
            !structs::is_boolean(values)
                && !values.values.is_empty()
                && values
                    .values
                    .iter()
                    .all(|value| matches!(value.value, Value::String(_)))
        }
        Shape::String(_) => scalar(shape, cx.options) == Some(RustType::Uuid),
        _ => false,
    };
    (is_key && !cx.is_nullable(names)).then_some(names)
}

/// Gives enums that are names of members the order that a map wants.
pub(super) fn order(items: &mut [TypeItem], groups: &[Group]) {
    let mut keys = Vec::new();
    let mut open: Vec<RustType> = Vec::new();
    for operation in groups.iter().flat_map(|group| &group.operations) {
        for_each_type(operation, &mut |ty| open.push(ty.clone()));
    }
    for item in items.iter() {
        types_of(&item.body, &mut |ty, _| open.push(ty.clone()));
    }
    while let Some(ty) = open.pop() {
        match ty {
            RustType::KeyedMap(key, values) => {
                keys.push(*key);
                open.push(*values);
            }
            RustType::List(inner)
            | RustType::Map(inner)
            | RustType::Option(inner)
            | RustType::Nullable(inner)
            | RustType::Boxed(inner) => open.push(*inner),
            RustType::Tuple(items) => open.extend(items),
            _ => {}
        }
    }
    while let Some(key) = keys.pop() {
        let RustType::Named(id) = key else { continue };
        let Some(item) = items.get_mut(id.0 as usize) else {
            continue;
        };
        match &item.body {
            TypeBody::Alias(target) => keys.push(target.clone()),
            _ if !item.derives.contains(&Derive::Ord) => {
                item.derives.extend([Derive::PartialOrd, Derive::Ord]);
            }
            _ => {}
        }
    }
}
