//! Branches of `anyOf` that each add members to one object: together they are that object, since a value can be of
//! several of them at once.

use std::collections::BTreeMap;

use specsmith_ir::{Field, Object, Origin, Presence, Rest, Shape, TypeId, Types};

use super::{Entry, looks};

/// The object that unnamed branches make together; `None` where something tells them apart: a member that one
/// requires and another does not know, or a member that they describe in different ways.
pub(super) fn merge_objects(types: &Types, entries: &[Entry]) -> Option<Shape> {
    if entries.len() < 2 {
        return None;
    }
    let objects: Vec<&Object> = entries
        .iter()
        .map(|entry| unnamed_object(types, entry.ty))
        .collect::<Option<_>>()?;
    let mut fields: Vec<Field> = Vec::new();
    // Where each member is among the fields, and how many branches know it.
    let mut known: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for field in objects.iter().flat_map(|object| &object.fields) {
        let (position, count) = known.entry(&field.name).or_insert((fields.len(), 0));
        *count += 1;
        match fields.get_mut(*position) {
            None => fields.push(field.clone()),
            Some(first) if is_same(types, first, field) => {
                if field.presence == Presence::Optional {
                    first.presence = Presence::Optional;
                }
            }
            Some(_) => return None,
        }
    }
    let is_shared = |field: &Field| {
        known
            .get(field.name.as_str())
            .is_some_and(|(_, count)| *count == objects.len())
    };
    if fields
        .iter()
        .any(|field| field.presence == Presence::Required && !is_shared(field))
    {
        return None;
    }
    Some(Shape::Object(Object {
        fields,
        rest: Rest::Unstated,
        patterns: Vec::new(),
        names: None,
        min_properties: None,
        max_properties: None,
    }))
}

/// An object without a name of its own that says nothing but what some of its members are.
fn unnamed_object(types: &Types, id: TypeId) -> Option<&Object> {
    let id = types.resolve(id);
    match (&types[id].origin, &types[id].shape) {
        (Origin::Inline { .. }, Shape::Object(object)) => {
            let is_plain = object.rest == Rest::Unstated
                && object.patterns.is_empty()
                && object.names.is_none()
                && object.min_properties.is_none()
                && object.max_properties.is_none()
                && !object.fields.is_empty();
            is_plain.then_some(object)
        }
        _ => None,
    }
}

/// Whether two branches say the same of a member, but for whether it must be there.
fn is_same(types: &Types, a: &Field, b: &Field) -> bool {
    let is_default = |field: &Field| match &field.presence {
        Presence::Default(value) => Some(value.clone()),
        Presence::Required | Presence::Optional => None,
    };
    a.access == b.access && is_default(a) == is_default(b) && looks(types, a.ty) == looks(types, b.ty)
}
