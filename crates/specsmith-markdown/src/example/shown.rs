//! Example values as they are shown: without what does not go that way, and without secrets.

use specsmith_ir::{Access, Condition, Shape, TypeId, Value};

use super::Direction;
use crate::context::Context;
use crate::field::is_secret;

/// How deep values are looked at.
const MAX_DEPTH: usize = 32;
/// What stands for a secret.
const SECRET: &str = "...";

/// The value without fields that do not go this way and with secrets left out.
pub(super) fn of(cx: &Context<'_>, ty: Option<TypeId>, value: &Value, direction: Direction) -> Value {
    match ty {
        Some(ty) => within(cx, ty, value, direction, MAX_DEPTH),
        None => value.clone(),
    }
}

fn within(cx: &Context<'_>, ty: TypeId, value: &Value, direction: Direction, depth: usize) -> Value {
    let Some(depth) = depth.checked_sub(1) else {
        return value.clone();
    };
    let inner = |ty, value: &Value| within(cx, ty, value, direction, depth);
    match (&cx.ty(cx.resolve(ty)).shape, value) {
        (Shape::String(_), Value::String(_)) if is_secret(cx, ty) => Value::String(SECRET.to_owned()),
        (Shape::Array(array), Value::Array(items)) => {
            Value::Array(items.iter().map(|item| inner(array.items, item)).collect())
        }
        (Shape::Object(object), Value::Object(members)) => {
            let left_out = left_out(cx, ty);
            let members = members.iter().filter(|(name, _)| !left_out.contains(name));
            let members = members.filter_map(|(name, value)| {
                let field = object.fields.iter().find(|field| field.name == *name);
                let shown = match field {
                    Some(field) if is_left_out(field.access, direction) => return None,
                    Some(field) if field.access == Access::WriteOnly && value.as_str().is_some() => {
                        Value::String(SECRET.to_owned())
                    }
                    Some(field) => inner(field.ty, value),
                    None => value.clone(),
                };
                Some((name.clone(), shown))
            });
            Value::Object(members.collect())
        }
        (Shape::Union(union), value) => {
            let is_of = |conditions: &[Condition]| conditions.iter().all(|condition| condition.holds(value));
            let variant = union.variants.iter().find(|variant| is_of(&variant.conditions));
            variant.map_or_else(|| value.clone(), |variant| inner(variant.ty, value))
        }
        _ => value.clone(),
    }
}

/// The members that a type of one direction does without.
pub(super) fn left_out<'a>(cx: &Context<'a>, ty: TypeId) -> &'a [String] {
    let view = cx.api.types.view(cx.resolve(ty));
    view.map(|view| view.left_out.as_slice()).unwrap_or_default()
}

/// Whether a field does not go this way.
pub(super) fn is_left_out(access: Access, direction: Direction) -> bool {
    match direction {
        Direction::Request => access == Access::ReadOnly,
        Direction::Response => access == Access::WriteOnly,
    }
}
