//! Types of their own around other types, and their codecs.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Openness, attributes, derives, import_codec, rules, usage};
use crate::model::{Model, RustType, TypeItem, TypeItemId};
use crate::{Dates, RustFile};

/// Adds a struct of one unnamed field and its codec.
pub(super) fn render(file: &mut RustFile, model: &Model, id: TypeItemId, item: &TypeItem, inner: &RustType) {
    import_codec(file);
    usage::import_into(file, model, inner, Some(item.module));
    let attributes = attributes(item, &item.docs);
    // Anyone can make a value, so there is no room to leave for more.
    let derives = derives(item, &item.derives, Openness::Closed);
    let (name, ty) = (&item.name, usage::tokens(model, inner));
    file.item(quote!(#attributes #derives pub struct #name(pub #ty);));
    let more = conversions(model, inner);
    file.macro_line("codec", quote!(newtype #name(#ty) #more));
    rules::render(file, model, id, item);
}

/// Which conversions from and to text there are besides those from and to the inner type.
fn conversions(model: &Model, inner: &RustType) -> Option<TokenStream> {
    match inner {
        ty if ty.is_text() => Some(quote!(text)),
        // This one cannot be parsed without saying how.
        RustType::Date if model.dates == Dates::Time => None,
        RustType::Unit => None,
        RustType::Base64 | RustType::Base64Url => Some(quote!(parsed)),
        ty if ty.is_small() => Some(quote!(parsed)),
        _ => None,
    }
}
