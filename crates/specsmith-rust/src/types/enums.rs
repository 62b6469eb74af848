//! Enums of values and their codecs.

use proc_macro2::TokenStream;
use quote::quote;

use super::traits::traits;
use super::{Openness, attributes, derives, import_codec};
use crate::model::{EnumBase, TypeItem, ValueEnum, ValueVariant};
use crate::{Prose, RustFile, literal};

/// Adds an enum of values and its codec.
pub(super) fn render(file: &mut RustFile, item: &TypeItem, body: &ValueEnum, openness: Openness) {
    import_codec(file);
    let open = openness == Openness::Open || body.open;
    if body.base == EnumBase::Value && open {
        file.import("serde_json", "Value");
    }
    define(file, item, body, openness, open);
    let name = &item.name;
    let base = match body.base {
        EnumBase::String => quote!(String),
        EnumBase::Integer => quote!(i64),
        EnumBase::Value => quote!(Value),
    };
    let values = body.variants.iter().map(|variant| {
        let (name, value) = (&variant.name, value(variant, body.base));
        quote!(#name = #value)
    });
    let unknown = &body.unknown;
    let unknown = open.then(|| quote!(..#unknown));
    let lines = values.chain(unknown).collect();
    file.macro_lines("codec", quote!(enum #name: #base), lines);
}

fn define(file: &mut RustFile, item: &TypeItem, body: &ValueEnum, openness: Openness, open: bool) {
    let attributes = attributes(item, &item.docs);
    let derives = derives(item, &traits(item, openness), openness);
    let name = &item.name;
    let variants = body.variants.iter().map(|variant| {
        let mut docs = variant.docs.clone();
        if docs.is_empty() {
            docs.own(&Prose::code(&variant.value.to_string()));
        }
        let (docs, name) = (docs.attributes(), &variant.name);
        quote!(#docs #name,)
    });
    let unknown = open.then(|| {
        let name = &body.unknown;
        let ty = match body.base {
            EnumBase::String => quote!(String),
            EnumBase::Integer => quote!(i64),
            EnumBase::Value => quote!(Value),
        };
        quote!(
            #[doc = " Another value, kept as it is."]
            #name(#ty),
        )
    });
    file.block(quote!(#attributes #derives pub enum #name), variants.chain(unknown));
}

fn value(variant: &ValueVariant, base: EnumBase) -> TokenStream {
    match base {
        EnumBase::Value => literal::json(&variant.value),
        _ => literal::scalar(&variant.value).unwrap_or_else(|| literal::json(&variant.value)),
    }
}
