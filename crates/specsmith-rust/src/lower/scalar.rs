//! Scalars: formats and bounds to Rust's own types.

use specsmith_ir::{self as ir, Numeric, Shape, Text, TypeId, canonical_format};

use super::context::Context;
use crate::model::RustType;
use crate::{Dates, TypeOptions};

/// The Rust type of a shape that needs no other types; `None` for lists, objects, enums, unions and references.
pub(super) fn scalar(shape: &Shape, options: &TypeOptions) -> Option<RustType> {
    if let Some(chosen) = format(shape).and_then(|format| options.formats.get(format)) {
        return Some(chosen.rust_type());
    }
    Some(match shape {
        Shape::Any | Shape::Never => RustType::Value,
        Shape::Null => RustType::Unit,
        Shape::Boolean => RustType::Bool,
        Shape::Integer(numeric) => integer(numeric),
        Shape::Number(numeric) => number(numeric),
        Shape::String(text) => match string(text) {
            RustType::DateTime | RustType::Date if options.dates == Dates::Text => RustType::String,
            ty => ty,
        },
        _ => return None,
    })
}

/// Whether two types are written alike: the same type, or scalars of one Rust type.
pub(super) fn is_same(cx: &Context<'_>, one: TypeId, other: TypeId) -> bool {
    let shapes = [one, other].map(|ty| cx.shape(cx.resolve(ty)));
    let alike = cx.resolve(one) == cx.resolve(other)
        || scalar(shapes[0], cx.options).is_some_and(|ty| Some(ty) == scalar(shapes[1], cx.options));
    alike && cx.is_nullable(one) == cx.is_nullable(other)
}

/// Whether the Rust type of a text shows its format, so that nothing needs to be said about it.
pub(super) fn shows_format(text: &Text, options: &TypeOptions) -> bool {
    let chosen = text
        .format
        .as_ref()
        .is_some_and(|format| options.formats.contains_key(format));
    let is_uri = || {
        matches!(
            text.format.as_deref().map(canonical_format).as_deref(),
            Some("uri" | "url")
        )
    };
    !chosen
        && match string(text) {
            RustType::String => false,
            RustType::DateTime | RustType::Date => options.dates != Dates::Text,
            // References may be relative, which the type does not say.
            RustType::Uri => is_uri(),
            _ => true,
        }
}

/// Whether the Rust type of a number shows its format.
pub(super) fn number_shows_format(format: &str, options: &TypeOptions) -> bool {
    let is_float = || {
        matches!(
            canonical_format(format).as_str(),
            "float" | "double" | "number" | "float64"
        )
    };
    !options.formats.contains_key(format) && (integer_format(format).is_some() || is_float())
}

fn format(shape: &Shape) -> Option<&str> {
    match shape {
        Shape::Integer(numeric) | Shape::Number(numeric) => numeric.format.as_deref(),
        Shape::String(text) => text.format.as_deref(),
        _ => None,
    }
}

/// The integer that a format names, and its least and greatest value.
fn integer_format(format: &str) -> Option<(RustType, i128, i128)> {
    macro_rules! integers {
        ($($name:literal $(| $other:literal)* => $variant:ident $ty:ty,)*) => {
            match canonical_format(format).as_str() {
                $($name $(| $other)* => Some((RustType::$variant, <$ty>::MIN.into(), <$ty>::MAX.into())),)*
                _ => None,
            }
        };
    }
    integers! {
        "int8" => I8 i8,
        "int16" => I16 i16,
        "int32" => I32 i32,
        "int64" | "integer" | "int" | "long" => I64 i64,
        "uint8" => U8 u8,
        "uint16" => U16 u16,
        "uint32" => U32 u32,
        "uint64" | "uint" | "ulong" => U64 u64,
    }
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
    match numeric.format.as_deref().and_then(integer_format) {
        Some((RustType::U64, ..)) if fits(0, u64_high) => RustType::U64,
        Some((ty, low, high)) if ty != RustType::I64 && fits(low, high) => ty,
        _ if fits(i64_low, i64_high) => RustType::I64,
        _ if least.is_some_and(|least| least >= 0) && fits(0, u64_high) => RustType::U64,
        _ => RustType::Number,
    }
}

/// `f64`, or an integer where the format names one: to OpenAPI, `int32` is a format of numbers.
fn number(numeric: &Numeric) -> RustType {
    match numeric.format.as_deref().and_then(integer_format) {
        Some(_) => integer(numeric),
        None => RustType::F64,
    }
}

/// A bound as an integer; the nearest one where it is a fraction or beyond 128 bits.
fn bound(number: &ir::Number) -> i128 {
    let nearest = || number.as_str().parse::<f64>().map_or(0, |value| value as i128);
    number.as_i128().unwrap_or_else(nearest)
}

fn string(text: &Text) -> RustType {
    match text.content_encoding.as_deref().map(canonical_format).as_deref() {
        Some("base64") => return RustType::Base64,
        Some("base64url") => return RustType::Base64Url,
        _ => {}
    }
    match text.format.as_deref().map(canonical_format).as_deref() {
        Some("datetime") => RustType::DateTime,
        Some("date") => RustType::Date,
        Some("uuid" | "uuid1" | "uuid3" | "uuid4" | "uuid5" | "uuid6" | "uuid7" | "uuid8" | "guid") => RustType::Uuid,
        Some("uri" | "urireference" | "iri" | "irireference" | "url") => RustType::Uri,
        Some("password") => RustType::Secret,
        Some("byte" | "base64") => RustType::Base64,
        Some("base64url") => RustType::Base64Url,
        Some("ip") => RustType::IpAddr,
        Some("ipv4") => RustType::Ipv4Addr,
        Some("ipv6") => RustType::Ipv6Addr,
        _ => RustType::String,
    }
}
