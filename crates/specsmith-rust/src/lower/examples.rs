//! Example values in what is said about types, fields and parameters.

use specsmith_ir::{self as ir, Shape, TypeId, Value};

use super::context::Context;
use super::scalar::scalar;
use crate::literal::is_uuid;
use crate::model::RustType;
use crate::{Prose, json};

/// How long the values are, in characters of JSON, that are told in a sentence.
const MAX_LINE: usize = 60;
/// How many values are told in a sentence.
const MAX_VALUES: usize = 3;
/// How many lines a block of JSON has.
const MAX_LINES: usize = 30;
/// How wide the lines of a block of JSON are.
const MAX_WIDTH: usize = 100;

/// Examples of a scalar, or of a short list or map of them, as a sentence; without those that `known` tells already.
pub(super) fn sentence<'v>(
    cx: &Context<'_>,
    id: TypeId,
    examples: impl Iterator<Item = &'v ir::Example>,
    known: &str,
) -> Option<String> {
    let mut told: Vec<String> = Vec::new();
    let mut length = 0;
    for value in examples.filter_map(|example| example.value.as_ref()) {
        let json = json::compact(value);
        length += json.chars().count();
        if told.len() == MAX_VALUES || length > MAX_LINE {
            break;
        }
        let code = Prose::code(&json);
        if tells(cx, id, value) && !mentions(known, value) && !told.contains(&code) {
            told.push(code);
        }
    }
    let word = if told.len() > 1 { "Examples" } else { "Example" };
    (!told.is_empty()).then(|| format!("{word}: {}.", told.join(", ")))
}

/// The first example of an object or union that is short enough for a block, without passwords and the members that are
/// only sent in the other direction.
pub(super) fn block<'v>(
    cx: &Context<'_>,
    id: TypeId,
    examples: impl Iterator<Item = &'v ir::Example>,
    left_out: &[String],
) -> Option<Value> {
    if !matches!(cx.shape(id), Shape::Object(_) | Shape::Union(_) | Shape::Tuple(_)) {
        return None;
    }
    let mut values = examples.filter_map(|example| example.value.as_ref());
    let value = values.find(|value| is_filled(value) && is_short(value))?;
    Some(match value {
        Value::Object(members) => {
            let is_told = |name: &String| !left_out.contains(name) && !is_secret_member(cx, id, name);
            let members = members.iter().filter(|(name, _)| is_told(name));
            Value::Object(members.cloned().collect())
        }
        value => value.clone(),
    })
}

/// Whether a member of an object is a password.
fn is_secret_member(cx: &Context<'_>, id: TypeId, name: &str) -> bool {
    let Shape::Object(object) = cx.shape(id) else {
        return false;
    };
    let mut fields = object.fields.iter();
    fields.any(|field| field.name == name && is_secret(cx, cx.resolve(field.ty)))
}

fn is_filled(value: &Value) -> bool {
    match value {
        Value::Object(members) => !members.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    }
}

fn is_short(value: &Value) -> bool {
    let text = json::pretty(value);
    let mut lines = text.lines();
    lines
        .by_ref()
        .take(MAX_LINES)
        .all(|line| line.chars().count() <= MAX_WIDTH)
        && lines.next().is_none()
}

/// Whether a value is one of the type as far as that is plain, and says more than the type does.
fn tells(cx: &Context<'_>, id: TypeId, value: &Value) -> bool {
    match (cx.shape(id), value) {
        (shape @ Shape::String(_), Value::String(text)) => {
            !is_secret(cx, id)
                && !text.trim().is_empty()
                && text != "string"
                && (scalar(shape, cx.options) != Some(RustType::Uuid) || is_uuid(text))
        }
        (Shape::Integer(_) | Shape::Number(_), Value::Number(_)) => true,
        (Shape::Array(array), Value::Array(items)) => {
            !items.is_empty() && items.iter().all(|item| tells(cx, cx.resolve(array.items), item))
        }
        (Shape::Object(object), Value::Object(members)) => match object.rest {
            ir::Rest::Typed(ty) if object.fields.is_empty() => {
                !members.is_empty() && members.iter().all(|(_, value)| tells(cx, cx.resolve(ty), value))
            }
            _ => false,
        },
        (Shape::Any, Value::String(_) | Value::Number(_)) => true,
        _ => false,
    }
}

/// Whether values of the type are not shown.
pub(super) fn is_secret(cx: &Context<'_>, id: TypeId) -> bool {
    scalar(cx.shape(id), cx.options) == Some(RustType::Secret)
}

/// Whether a text has the value in it; a short one may stand there by chance.
fn mentions(text: &str, value: &Value) -> bool {
    let bare = match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    bare.len() > 2 && text.contains(&bare)
}
