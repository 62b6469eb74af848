//! Scalars: formats and bounds to Rust's own types.

use specsmith_ir::{self as ir, Numeric, Shape, Text};

use crate::model::RustType;

/// The Rust type of a shape that needs no other types; `None` for lists, objects, enums, unions and references.
pub(super) fn scalar(shape: &Shape) -> Option<RustType> {
    Some(match shape {
        Shape::Any | Shape::Never => RustType::Value,
        Shape::Null => RustType::Unit,
        Shape::Boolean => RustType::Bool,
        Shape::Integer(numeric) => integer(numeric),
        Shape::Number(_) => RustType::F64,
        Shape::String(text) => string(text),
        _ => return None,
    })
}

/// The type that the format names if the bounds fit into it, else `i64` unless the bounds say that values are beyond it.
fn integer(numeric: &Numeric) -> RustType {
    let least = numeric
        .minimum
        .as_ref()
        .or(numeric.exclusive_minimum.as_ref())
        .map(bound);
    let most = numeric
        .maximum
        .as_ref()
        .or(numeric.exclusive_maximum.as_ref())
        .map(bound);
    let fits = |low: i128, high: i128| least.is_none_or(|least| least >= low) && most.is_none_or(|most| most <= high);
    // 2^63 and 2^64 are what the greatest values become when they are written as floats.
    let (i64_low, i64_high, u64_high) = (i128::from(i64::MIN), 1_i128 << 63, 1_i128 << 64);
    match numeric.format.as_deref() {
        Some("int32" | "int16" | "int8" | "uint16" | "uint8") if fits(i128::from(i32::MIN), i128::from(i32::MAX)) => {
            RustType::I32
        }
        Some("uint32") if fits(0, i128::from(u32::MAX)) => RustType::U32,
        Some("uint64" | "uint" | "ulong") if fits(0, u64_high) => RustType::U64,
        _ if fits(i64_low, i64_high) => RustType::I64,
        _ if least.is_some_and(|least| least >= 0) && fits(0, u64_high) => RustType::U64,
        _ => RustType::Number,
    }
}

/// A bound as an integer; the nearest one where it is a fraction or beyond 128 bits.
fn bound(number: &ir::Number) -> i128 {
    let nearest = || number.as_str().parse::<f64>().map_or(0, |value| value as i128);
    number.as_i128().unwrap_or_else(nearest)
}

fn string(text: &Text) -> RustType {
    if text
        .content_encoding
        .as_deref()
        .is_some_and(|encoding| encoding.eq_ignore_ascii_case("base64"))
    {
        return RustType::Base64;
    }
    match text.format.as_deref() {
        Some("date-time") => RustType::DateTime,
        Some("date") => RustType::Date,
        Some("uuid") => RustType::Uuid,
        Some("uri" | "uri-reference" | "iri" | "iri-reference" | "url") => RustType::Uri,
        Some("byte" | "base64") => RustType::Base64,
        _ => RustType::String,
    }
}
