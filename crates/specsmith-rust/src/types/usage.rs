//! Types where they are used: short names, and the imports that make them mean the right thing.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::RustFile;
use crate::model::{Model, RustType, Uses};

/// The type by its short name, as in `Option<String>`; what it names is imported by [`import`].
pub fn tokens(model: &Model, ty: &RustType) -> TokenStream {
    match ty {
        RustType::Unit => quote!(()),
        RustType::Bool => quote!(bool),
        RustType::I32 => quote!(i32),
        RustType::I64 => quote!(i64),
        RustType::U32 => quote!(u32),
        RustType::U64 => quote!(u64),
        RustType::F64 => quote!(f64),
        RustType::String => quote!(String),
        RustType::Value => quote!(Value),
        RustType::Number => quote!(Number),
        RustType::DateTime => quote!(DateTime<FixedOffset>),
        RustType::Date => quote!(NaiveDate),
        RustType::Uuid => quote!(Uuid),
        RustType::Uri => quote!(Uri),
        RustType::Base64 => quote!(Base64),
        RustType::Named(id) => {
            let name = &model.ty(*id).name;
            quote!(#name)
        }
        RustType::List(inner) => generic(model, quote!(Vec), inner),
        RustType::Map(inner) => {
            let inner = tokens(model, inner);
            quote!(BTreeMap<String, #inner>)
        }
        RustType::Tuple(items) => {
            let items = items.iter().map(|item| tokens(model, item));
            quote!((#(#items,)*))
        }
        RustType::Option(inner) => generic(model, quote!(Option), inner),
        RustType::Nullable(inner) => generic(model, quote!(Nullable), inner),
        RustType::Boxed(inner) => generic(model, quote!(Box), inner),
    }
}

fn generic(model: &Model, outer: TokenStream, inner: &RustType) -> TokenStream {
    let inner = tokens(model, inner);
    quote!(#outer<#inner>)
}

/// Imports all that a type names into a file outside of the `types` module.
pub fn import(file: &mut RustFile, model: &Model, ty: &RustType) {
    import_into(file, model, ty, None);
}

/// Imports all that a type names into a file; `module` is the module of types that it is, if it is one.
pub(super) fn import_into(file: &mut RustFile, model: &Model, ty: &RustType, module: Option<usize>) {
    match ty {
        RustType::Value => drop(file.use_(quote!(serde_json::Value))),
        RustType::Number => drop(file.use_(quote!(serde_json::Number))),
        RustType::DateTime => drop(file.use_(quote!(chrono::{DateTime, FixedOffset}))),
        RustType::Date => drop(file.use_(quote!(chrono::NaiveDate))),
        RustType::Uuid => drop(file.use_(quote!(uuid::Uuid))),
        RustType::Uri => drop(file.use_(quote!(crate::runtime::codec::Uri))),
        RustType::Base64 => drop(file.use_(quote!(crate::runtime::codec::Base64))),
        RustType::Named(id) => {
            let item = model.ty(*id);
            if Some(item.module) != module {
                let name = &item.name;
                file.use_(quote!(crate::types::#name));
            }
        }
        RustType::Map(inner) => {
            file.use_(quote!(std::collections::BTreeMap));
            import_into(file, model, inner, module);
        }
        RustType::Nullable(inner) => {
            file.use_(quote!(crate::runtime::codec::Nullable));
            import_into(file, model, inner, module);
        }
        RustType::List(inner) | RustType::Option(inner) | RustType::Boxed(inner) => {
            import_into(file, model, inner, module);
        }
        RustType::Tuple(items) => {
            for item in items {
                import_into(file, model, item, module);
            }
        }
        RustType::Unit
        | RustType::Bool
        | RustType::I32
        | RustType::I64
        | RustType::U32
        | RustType::U64
        | RustType::F64
        | RustType::String => {}
    }
}

/// The types of the runtime that callers of a generated crate meet in its types.
pub(super) fn runtime_types(uses: &Uses) -> Vec<Ident> {
    [("Base64", uses.base64), ("Nullable", uses.nullable), ("Uri", uses.uri)]
        .into_iter()
        .filter(|(_, used)| *used)
        .map(|(name, _)| Ident::new(name, Span::call_site()))
        .collect()
}
