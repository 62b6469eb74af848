//! Values of a document as Rust expressions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use specsmith_ir::Value;

/// A string, whole number, other number or boolean as a Rust literal; `None` for all else, and for numbers that no
/// literal holds exactly.
pub(crate) fn scalar(value: &Value) -> Option<TokenStream> {
    match value {
        Value::Boolean(value) => Some(quote!(#value)),
        Value::String(text) => Some(quote!(#text)),
        Value::Number(number) => {
            if let Some(number) = number.as_i64() {
                let literal = Literal::i64_unsuffixed(number);
                return Some(quote!(#literal));
            }
            let number = number.as_f64().filter(|_| !number.is_integer())?;
            let literal = Literal::f64_unsuffixed(number);
            Some(quote!(#literal))
        }
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Any value as an expression that is turned into a `serde_json::Value`.
pub(crate) fn json(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(()),
        value => scalar(value).unwrap_or_else(|| {
            let text = value.to_string();
            quote!(json(#text))
        }),
    }
}
