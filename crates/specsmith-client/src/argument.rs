//! How a value is taken: by value where that costs nothing, by reference otherwise.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_rust::model::RustType;
use specsmith_rust::{Model, RustFile, types};

/// The type of an argument for a value of `ty`, which is encoded at once; imports what it names.
pub(crate) fn argument(file: &mut RustFile, model: &Model, ty: &RustType) -> TokenStream {
    match model.behind_aliases(ty) {
        text if model.takes_text(text) => quote!(&str),
        RustType::List(item) if model.takes_text(item) => quote!(&[impl AsRef<str> + serde::Serialize]),
        RustType::List(item) => {
            let item = imported(file, model, item);
            quote!(&[#item])
        }
        RustType::Boxed(inner) => argument(file, model, inner),
        by_value if model.takes_by_value(by_value) => imported(file, model, ty),
        _ => {
            let ty = imported(file, model, ty);
            quote!(&#ty)
        }
    }
}

/// The type, with all that it names imported.
pub(crate) fn imported(file: &mut RustFile, model: &Model, ty: &RustType) -> TokenStream {
    types::import(file, model, ty);
    types::tokens(model, ty)
}
