//! Structs, their constructors and codecs.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Openness, attributes, derives, import_codec, usage};
use crate::model::{Derive, Field, FieldKind, Model, RustType, Struct, TypeItem};
use crate::{RustFile, literal};

/// How many arguments clippy lets a function have.
const MANY_ARGUMENTS: usize = 7;

/// Adds a struct, its codec and, where it has required fields, its constructor.
pub(super) fn render(file: &mut RustFile, model: &Model, item: &TypeItem, body: &Struct, openness: Openness) {
    import_codec(file);
    for field in &body.fields {
        usage::import_into(file, model, &field.ty, Some(item.module));
    }
    if let Some(rest) = &body.rest {
        let map = RustType::Map(Box::new(rest.values.clone()));
        usage::import_into(file, model, &map, Some(item.module));
    }
    file.item(definition(model, item, body, openness));
    let name = &item.name;
    let head = match openness {
        Openness::Closed if body.closed => quote!(closed struct #name),
        _ => quote!(struct #name),
    };
    file.macro_lines("codec", head, codec_lines(body));
    if body.arguments().next().is_some() {
        file.item(constructor(model, item, body));
    } else if body.fields.iter().any(|field| field.tag.is_some()) {
        file.item(default(model, item, body));
    }
}

fn definition(model: &Model, item: &TypeItem, body: &Struct, openness: Openness) -> TokenStream {
    let attributes = attributes(item, &item.docs);
    let mut traits = item.derives.clone();
    traits.retain(|derive| *derive != Derive::Default);
    if body.fields.iter().all(|field| field.kind != FieldKind::Required) {
        traits.push(Derive::Default);
    }
    let derives = derives(item, &traits, openness);
    let name = &item.name;
    let fields = body.fields.iter().map(|field| field_definition(model, field));
    let rest = body.rest.as_ref().map(|rest| {
        let (name, values) = (&rest.name, usage::tokens(model, &rest.values));
        quote!(
            #[doc = " All other members, by name."]
            pub #name: BTreeMap<String, #values>,
        )
    });
    quote!(#attributes #derives pub struct #name { #(#fields)* #rest })
}

fn field_definition(model: &Model, field: &Field) -> TokenStream {
    let docs = field.docs.attributes();
    let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
    let (name, ty) = (&field.name, usage::tokens(model, &field.ty));
    quote!(#docs #deprecated pub #name: #ty,)
}

fn codec_lines(body: &Struct) -> Vec<TokenStream> {
    let constants = body.constants.iter().filter_map(|(name, value)| {
        let value = literal::scalar(value)?;
        Some(quote!(#name = #value))
    });
    let fields = body.fields.iter().map(|field| {
        let (name, wire) = (&field.name, &field.wire);
        match field.kind {
            FieldKind::Required => quote!(#name: #wire),
            FieldKind::Optional => quote!(#name: #wire optional),
            FieldKind::Nullable => quote!(#name: #wire nullable),
        }
    });
    let rest = body.rest.iter().map(|rest| {
        let name = &rest.name;
        quote!(..#name)
    });
    constants.chain(fields).chain(rest).collect()
}

/// `new` with an argument for each required field.
fn constructor(model: &Model, item: &TypeItem, body: &Struct) -> TokenStream {
    let name = &item.name;
    let arguments = body.arguments().map(|field| {
        let (name, ty) = (&field.name, argument(model, &field.ty));
        quote!(#name: #ty)
    });
    let many = (body.arguments().count() > MANY_ARGUMENTS)
        .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "one for each required field")]));
    let members = members(model, body);
    quote!(
        impl #name {
            #[doc = " Makes one of what is required; all else is absent."]
            #many
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#members),* }
            }
        }
    )
}

/// `Default` of a struct whose only required members are known from the union that it is of.
fn default(model: &Model, item: &TypeItem, body: &Struct) -> TokenStream {
    let (name, members) = (&item.name, members(model, body));
    quote!(
        impl Default for #name {
            fn default() -> Self {
                Self { #(#members),* }
            }
        }
    )
}

/// The members of a struct expression in a constructor: arguments, tags, and nothing for all else.
fn members(model: &Model, body: &Struct) -> Vec<TokenStream> {
    let fields = body.fields.iter().map(|field| {
        let name = &field.name;
        match (field.kind, &field.ty) {
            (FieldKind::Required, ty) if field.tag.is_some() => {
                let tag = tag(model, ty, field);
                quote!(#name: #tag)
            }
            (FieldKind::Required, RustType::String | RustType::Uri) => quote!(#name: #name.into()),
            (FieldKind::Required, RustType::Boxed(_)) => quote!(#name: Box::new(#name)),
            (FieldKind::Required, _) => quote!(#name),
            (FieldKind::Optional, _) => quote!(#name: None),
            (FieldKind::Nullable, _) => quote!(#name: Nullable::Absent),
        }
    });
    let rest = body.rest.iter().map(|rest| {
        let name = &rest.name;
        quote!(#name: BTreeMap::new())
    });
    fields.chain(rest).collect()
}

fn tag(model: &Model, ty: &RustType, field: &Field) -> Option<TokenStream> {
    let expression = literal::expression(model, ty, field.tag.as_ref()?)?;
    Some(expression.tokens)
}

fn argument(model: &Model, ty: &RustType) -> TokenStream {
    match ty {
        RustType::String => quote!(impl Into<String>),
        RustType::Uri => quote!(impl Into<Uri>),
        RustType::Boxed(inner) => usage::tokens(model, inner),
        ty => usage::tokens(model, ty),
    }
}
