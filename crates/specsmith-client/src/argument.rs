//! How a value is taken: by value where that costs nothing, by reference otherwise.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_rust::model::{RustType, TypeBody};
use specsmith_rust::{Model, RustFile, types};

/// The type of an argument for a value of `ty`, which is encoded at once; imports what it names.
pub(crate) fn argument(file: &mut RustFile, model: &Model, ty: &RustType) -> TokenStream {
    match resolve(model, ty) {
        RustType::String | RustType::Uri | RustType::Secret => quote!(&str),
        RustType::List(item) => match resolve(model, item) {
            RustType::String | RustType::Uri | RustType::Secret => quote!(&[impl AsRef<str> + serde::Serialize]),
            _ => {
                let item = imported(file, model, item);
                quote!(&[#item])
            }
        },
        RustType::Boxed(inner) => argument(file, model, inner),
        by_value if is_small(model, by_value) => imported(file, model, ty),
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

/// The type behind aliases.
pub(crate) fn resolve<'a>(model: &'a Model, mut ty: &'a RustType) -> &'a RustType {
    // A chain of aliases is shorter than the list of types, unless it comes back to itself.
    for _ in &model.types {
        match ty {
            RustType::Named(id) => match &model.ty(*id).body {
                TypeBody::Alias(target) => ty = target,
                _ => break,
            },
            _ => break,
        }
    }
    ty
}

/// Whether callers have such a value at hand, and lose nothing when they give it away.
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
