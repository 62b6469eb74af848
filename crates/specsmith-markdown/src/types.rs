//! Types where they are used, in a few words with links.

use specsmith_ir::{Kind, Object, Rest, Shape, TypeId, Value};

use crate::context::Context;
use crate::escape::{code, text};
use crate::pages::Folder;

/// How deep types are written inside each other.
const MAX_DEPTH: usize = 6;

/// The type in a few words of Markdown: `array of [Book](schemas/books.md#book) or null`.
pub(crate) fn describe(cx: &Context<'_>, id: TypeId, from: Folder) -> String {
    within(cx, id, from, MAX_DEPTH)
}

fn within(cx: &Context<'_>, id: TypeId, from: Folder, depth: usize) -> String {
    let Some(depth) = depth.checked_sub(1) else {
        return "any".to_owned();
    };
    let or_null = if cx.is_nullable(id) { " or null" } else { "" };
    if let Some(item) = cx.item(id) {
        let name = cx.model.ty(item).name.unraw();
        return format!("[{}]({}){or_null}", text(name), cx.pages.type_link(item, from));
    }
    let of = |id| within(cx, id, from, depth);
    match &cx.ty(id).shape {
        Shape::Any => "any".to_owned(),
        Shape::Never => "never".to_owned(),
        Shape::Null => "null".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Integer(numeric) => formatted("integer", numeric.format.as_deref()),
        Shape::Number(numeric) => formatted("number", numeric.format.as_deref()),
        Shape::String(limits) => formatted("string", limits.format.as_deref()),
        Shape::Enum(values) => match only_value(cx, id) {
            Some(only) => code(&only.to_string()),
            None => kinds(values.values.iter().map(|value| &value.value)),
        },
        Shape::Const(value) => code(&value.to_string()),
        Shape::Array(array) => format!("array of {}", of(array.items)),
        Shape::Tuple(tuple) => {
            let items: Vec<String> = tuple.items.iter().map(|item| of(*item)).collect();
            match tuple.rest {
                Some(rest) => format!("array of {}, then {}", items.join(", "), of(rest)),
                None => format!("array of {}", items.join(", ")),
            }
        }
        Shape::Object(object) => object_of(object, of),
        Shape::Union(union) => {
            let mut variants: Vec<String> = Vec::new();
            for variant in &union.variants {
                let variant = of(variant.ty);
                if !variants.contains(&variant) {
                    variants.push(variant);
                }
            }
            variants.join(" or ")
        }
        Shape::Nullable(inner) => format!("{}{or_null}", of(*inner).trim_end_matches(" or null")),
        Shape::Alias(inner) => of(*inner),
    }
}

/// The only value of a type that has no definition of its own.
pub(crate) fn only_value<'a>(cx: &Context<'a>, id: TypeId) -> Option<&'a Value> {
    if cx.item(id).is_some() {
        return None;
    }
    match &cx.ty(id).shape {
        Shape::Const(value) => Some(value),
        Shape::Enum(values) if !values.open => match values.values.as_slice() {
            [only] => Some(&only.value),
            _ => None,
        },
        _ => None,
    }
}

fn object_of(object: &Object, of: impl Fn(TypeId) -> String) -> String {
    let values = match (object.patterns.as_slice(), object.rest) {
        ([], Rest::Typed(ty)) => Some(ty),
        ([pattern], Rest::Unstated | Rest::Denied) => Some(pattern.ty),
        _ => None,
    };
    match values.filter(|_| object.fields.is_empty()) {
        Some(values) => format!("map of {}", of(values)),
        None => "object".to_owned(),
    }
}

fn formatted(kind: &str, format: Option<&str>) -> String {
    match format {
        Some(format) => format!("{kind} ({})", text(format)),
        None => kind.to_owned(),
    }
}

/// The JSON types of values.
pub(crate) fn kinds<'v>(values: impl Iterator<Item = &'v Value>) -> String {
    let mut names: Vec<&str> = Vec::new();
    for value in values {
        let name = kind(value.kind());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(" or ")
}

/// The name of a JSON type.
pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Boolean => "boolean",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::String => "string",
        Kind::Array => "array",
        Kind::Object => "object",
    }
}
