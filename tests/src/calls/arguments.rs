//! The arguments of calls, as Rust expressions.

use serde_json::Value;
use specsmith_rust::{Model, model::RustType};

/// An expression for an argument of this type that has this value.
///
/// Types are left to inference where they can be, as callers do.
pub(super) fn expression(model: &Model, ty: &RustType, value: &Value) -> String {
    let json = format!("r#####\"{value}\"#####");
    match model.behind_aliases(ty) {
        text if model.takes_text(text) => format!("&value::<String>({json})"),
        RustType::List(item) => items(model, item, &json),
        RustType::Boxed(inner) => expression(model, inner, value),
        ty if model.takes_by_value(ty) => format!("value({json})"),
        _ => format!("&value({json})"),
    }
}

/// The same for a list of this type, as JSON in a literal.
pub(super) fn items(model: &Model, item: &RustType, json: &str) -> String {
    match model.takes_text(item) {
        true => format!("&value::<Vec<String>>({json})"),
        false => format!("&value::<Vec<_>>({json})"),
    }
}
