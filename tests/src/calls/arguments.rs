//! The arguments of calls, as Rust expressions.

use serde_json::Value;
use specsmith_rust::{
    Model,
    model::{RustType, TypeBody},
};

/// An expression for an argument of this type that has this value.
///
/// Types are left to inference where they can be, as callers do.
pub(super) fn expression(model: &Model, ty: &RustType, value: &Value) -> String {
    let json = format!("r#####\"{value}\"#####");
    match resolve(model, ty) {
        RustType::String | RustType::Uri | RustType::Secret => format!("&value::<String>({json})"),
        RustType::List(item) => match resolve(model, item) {
            RustType::String | RustType::Uri | RustType::Secret => format!("&value::<Vec<String>>({json})"),
            _ => format!("&value::<Vec<_>>({json})"),
        },
        RustType::Boxed(inner) => expression(model, inner, value),
        ty if is_small(model, ty) => format!("value({json})"),
        _ => format!("&value({json})"),
    }
}

fn resolve<'m>(model: &'m Model, mut ty: &'m RustType) -> &'m RustType {
    while let RustType::Named(id) = ty
        && let TypeBody::Alias(target) = &model.ty(*id).body
    {
        ty = target;
    }
    ty
}

/// Whether it is taken by value.
fn is_small(model: &Model, ty: &RustType) -> bool {
    match ty {
        RustType::Named(id) => match &model.ty(*id).body {
            TypeBody::Enum(_) => true,
            TypeBody::Newtype(inner) => inner.is_small(),
            _ => false,
        },
        RustType::Option(inner) => is_small(model, resolve(model, inner)),
        ty => ty.is_small(),
    }
}
