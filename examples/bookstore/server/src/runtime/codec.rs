//! Reading and writing JSON: what stands behind the `codec!` lines of generated types.
//!
//! The types get plain `serde` impls without derive: `codec!` expands to small impls of non-derive traits, and
//! generic code that is written once does the rest.

mod base64;
mod buffer;
mod enums;
mod json;
mod macros;
mod methods;
mod nullable;
mod numbers;
mod object;
mod reader;
mod rule_macro;
mod union_macro;
mod unions;
mod uri;
mod validate;

pub use self::base64::Base64;
pub use self::enums::{
    UnknownValue, ValueEnum, json, read_integer_enum, read_open_integer_enum, read_open_text_enum,
    read_text_enum, read_value_enum, same, show,
};
pub use self::json::{JsonError, JsonErrorKind, PathSegment, from_json, to_json};
#[allow(unused_imports, reason = "an API may have no types")]
pub(crate) use self::macros::codec;
pub use self::methods::OrDefault;
#[allow(unused_imports, reason = "an API may have no optional members")]
pub(crate) use self::methods::{defaults, setters};
pub use self::nullable::Nullable;
pub use self::object::{Constant, Object, ObjectReader, ObjectWriter, Presence, read_object};
#[allow(unused_imports, reason = "an API may have no rules")]
pub(crate) use self::rule_macro::rules;
#[allow(unused_imports, reason = "an API may have no unions")]
pub(crate) use self::union_macro::union_codec;
pub use self::unions::{
    Choice, Told, Union, kind, read_told, read_union, untold, write_constant, write_tagged,
};
pub use self::uri::Uri;
pub use self::validate::*;
