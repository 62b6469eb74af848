//! Types of requests from those of responses.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Openness, usage};
use crate::RustFile;
use crate::model::{FieldKind, Model, RustType, Struct, TupleStruct, TypeBody, TypeItem, TypeItemId, Union};

/// Adds `From` for the type of responses that this one can be made from; what is only read is left out.
///
/// Only clients send what they read, so closed types have none.
pub(super) fn render(file: &mut RustFile, model: &Model, item: &TypeItem, openness: Openness) {
    let Some(id) = item.made_from.filter(|_| openness == Openness::Open) else {
        return;
    };
    let value = match (&model.ty(id).body, &item.body) {
        (TypeBody::Struct(from), TypeBody::Struct(to)) => fields(model, from, to),
        (TypeBody::Tuple(from), TypeBody::Tuple(to)) => items(model, from, to),
        (TypeBody::Union(from), TypeBody::Union(to)) => variants(model, id, from, to),
        _ => return,
    };
    usage::import_into(file, model, &RustType::Named(id), Some(item.module));
    let (from, to) = (&model.ty(id).name, &item.name);
    let argument = if is_used(model, id, item) {
        quote!(value)
    } else {
        quote!(_)
    };
    file.item(quote!(
        impl From<#from> for #to {
            fn from(#argument: #from) -> Self {
                #value
            }
        }
    ));
}

/// Whether anything is taken over.
fn is_used(model: &Model, id: TypeItemId, item: &TypeItem) -> bool {
    match (&model.ty(id).body, &item.body) {
        (TypeBody::Struct(from), TypeBody::Struct(to)) => {
            let known: BTreeSet<_> = from.fields.iter().map(|field| &field.wire).collect();
            to.rest.is_some() || !to.patterns.is_empty() || to.fields.iter().any(|field| known.contains(&field.wire))
        }
        _ => true,
    }
}

fn fields(model: &Model, from: &Struct, to: &Struct) -> TokenStream {
    let found: BTreeMap<_, _> = from.fields.iter().map(|field| (&field.wire, field)).collect();
    let fields = to.fields.iter().map(|field| {
        let name = &field.name;
        let value = match found.get(&field.wire) {
            Some(of) => {
                let name = &of.name;
                made(model, &of.ty, &field.ty, quote!(value.#name))
            }
            None if field.kind == FieldKind::Nullable => quote!(Nullable::Absent),
            None => quote!(None),
        };
        quote!(#name: #value)
    });
    let patterns = from.patterns.iter().zip(&to.patterns);
    let patterns = patterns.map(|(of, pattern)| (&of.field, &pattern.field));
    let others = patterns.chain(from.rest.iter().zip(&to.rest)).map(|(of, rest)| {
        let (read, name) = (&of.name, &rest.name);
        let map = |values: &RustType| RustType::Map(Box::new(values.clone()));
        let value = made(model, &map(&of.values), &map(&rest.values), quote!(value.#read));
        quote!(#name: #value)
    });
    let members = fields.chain(others);
    quote!(Self { #(#members),* })
}

fn items(model: &Model, from: &TupleStruct, to: &TupleStruct) -> TokenStream {
    let items = from.items.iter().zip(&to.items).enumerate().map(|(place, (from, to))| {
        let place = Literal::usize_unsuffixed(place);
        made(model, &from.ty, &to.ty, quote!(value.#place))
    });
    quote!(Self(#(#items),*))
}

fn variants(model: &Model, id: TypeItemId, from: &Union, to: &Union) -> TokenStream {
    let found: BTreeMap<_, _> = to.variants.iter().map(|variant| (&variant.name, variant)).collect();
    let union = &model.ty(id).name;
    let arms = from.variants.iter().map(|variant| {
        let name = &variant.name;
        match found.get(name) {
            Some(of) if variant.ty != RustType::Unit => {
                let value = made(model, &variant.ty, &of.ty, quote!(value));
                quote!(#union::#name(value) => Self::#name(#value),)
            }
            _ => quote!(#union::#name => Self::#name,),
        }
    });
    let unknown = &from.unknown;
    quote!(match value {
        #(#arms)*
        #union::#unknown(value) => Self::#unknown(value),
    })
}

/// A value of one type from that of another.
fn made(model: &Model, from: &RustType, to: &RustType, value: TokenStream) -> TokenStream {
    if is_same(model, from, to) {
        return value;
    }
    match (from, to) {
        (RustType::Boxed(from), to) if **from == *to => quote!(*#value),
        (RustType::Boxed(from), to) => made(model, from, to, quote!((*#value))),
        (from, RustType::Boxed(to)) => {
            let value = made(model, from, to, value);
            quote!(Box::new(#value))
        }
        (RustType::Option(from), RustType::Option(to)) | (RustType::Nullable(from), RustType::Nullable(to)) => {
            let change = change(model, from, to);
            quote!(#value.map(#change))
        }
        (RustType::List(from), RustType::List(to)) => {
            let change = change(model, from, to);
            quote!(#value.into_iter().map(#change).collect())
        }
        (RustType::Map(from), RustType::Map(to)) | (RustType::KeyedMap(_, from), RustType::KeyedMap(_, to)) => {
            let value_of = made(model, from, to, quote!(value));
            quote!(#value.into_iter().map(|(name, value)| (name, #value_of)).collect())
        }
        (from, to) => match (target(model, from), target(model, to)) {
            (Some(from), Some(to)) => made(model, from, to, value),
            _ => quote!(#value.into()),
        },
    }
}

/// Whether two types are one, whatever names they have in the document.
fn is_same(model: &Model, from: &RustType, to: &RustType) -> bool {
    match (model.behind_aliases(from), model.behind_aliases(to)) {
        (RustType::Boxed(from), RustType::Boxed(to))
        | (RustType::Option(from), RustType::Option(to))
        | (RustType::Nullable(from), RustType::Nullable(to))
        | (RustType::List(from), RustType::List(to))
        | (RustType::Map(from), RustType::Map(to)) => is_same(model, from, to),
        (from, to) => from == to,
    }
}

/// A function from one type to another.
fn change(model: &Model, from: &RustType, to: &RustType) -> TokenStream {
    match (from, to) {
        (RustType::Named(_), RustType::Named(_)) if target(model, from).is_none() => quote!(Into::into),
        _ => {
            let value = made(model, from, to, quote!(value));
            quote!(|value| #value)
        }
    }
}

/// What an alias is another name for.
fn target<'m>(model: &'m Model, ty: &RustType) -> Option<&'m RustType> {
    match ty {
        RustType::Named(id) => match &model.ty(*id).body {
            TypeBody::Alias(target) => Some(target),
            _ => None,
        },
        _ => None,
    }
}
