//! Structs that are arrays in JSON, and their codecs.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Index;

use super::{Openness, attributes, derives, import_codec, rules, usage};
use crate::RustFile;
use crate::model::{Model, TupleItemKind, TupleStruct, TypeItem, TypeItemId};

/// Adds a struct that is an array in JSON, and its codec.
pub(super) fn render(file: &mut RustFile, model: &Model, id: TypeItemId, item: &TypeItem, body: &TupleStruct) {
    import_codec(file);
    for part in &body.items {
        usage::import_into(file, model, &part.ty, Some(item.module));
    }
    file.item(definition(model, item, body));
    let name = &item.name;
    let lines = body.items.iter().enumerate().map(|(place, item)| {
        let place = Index::from(place);
        match item.kind {
            TupleItemKind::Required => quote!(#place),
            TupleItemKind::Optional => quote!(#place optional),
            TupleItemKind::Rest => quote!(#place rest),
        }
    });
    file.macro_lines("codec", quote!(tuple #name), lines.collect());
    rules::render(file, model, id, item);
}

/// The struct; callers make one by its name, so it is not `#[non_exhaustive]`.
fn definition(model: &Model, item: &TypeItem, body: &TupleStruct) -> TokenStream {
    let attributes = attributes(item, &item.docs);
    let derives = derives(item, &item.derives, Openness::Closed);
    let name = &item.name;
    let items = body.items.iter().map(|item| {
        let ty = usage::tokens(model, &item.ty);
        quote!(pub #ty)
    });
    quote!(#attributes #derives pub struct #name(#(#items),*);)
}
