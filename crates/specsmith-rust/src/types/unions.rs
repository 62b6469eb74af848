//! Enums of types and their codecs.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::{Condition, Kind, KindSet, Value};

use super::{Openness, attributes, derives, import_codec, rules, usage};
use crate::model::{Derive, Model, RustType, TypeBody, TypeItem, TypeItemId, Union, UnionVariant};
use crate::{RustFile, literal};

/// Adds an enum of types and its codec.
pub(super) fn render(
    file: &mut RustFile,
    model: &Model,
    id: TypeItemId,
    item: &TypeItem,
    body: &Union,
    openness: Openness,
) {
    import_codec(file);
    for variant in &body.variants {
        usage::import_into(file, model, &variant.ty, Some(item.module));
    }
    if openness == Openness::Open {
        usage::import_into(file, model, &RustType::Value, Some(item.module));
    }
    file.item(definition(model, item, body, openness));
    let name = &item.name;
    let variants = body.variants.iter().map(codec_line);
    let unknown = &body.unknown;
    let unknown = (openness == Openness::Open).then(|| quote!(..#unknown));
    file.macro_lines("codec", quote!(union #name), variants.chain(unknown).collect());
    rules::render(file, model, id, item);
    file.items(conversions(model, item, body));
}

/// `From` for each type of the model that only one variant holds.
fn conversions(model: &Model, item: &TypeItem, body: &Union) -> Vec<TokenStream> {
    let held: Vec<_> = body.variants.iter().map(|variant| held(model, &variant.ty)).collect();
    let mut counts: BTreeMap<TypeItemId, usize> = BTreeMap::new();
    for id in held.iter().flatten() {
        *counts.entry(*id).or_default() += 1;
    }
    let union = &item.name;
    let conversion = |(variant, id): (&UnionVariant, &Option<TypeItemId>)| {
        let id = id.filter(|id| counts.get(id) == Some(&1))?;
        let (variant, ty, boxed) = (
            &variant.name,
            &model.ty(id).name,
            matches!(variant.ty, RustType::Boxed(_)),
        );
        let value = if boxed { quote!(Box::new(value)) } else { quote!(value) };
        Some(quote!(
            impl From<#ty> for #union {
                fn from(value: #ty) -> Self {
                    Self::#variant(#value)
                }
            }
        ))
    };
    body.variants.iter().zip(&held).filter_map(conversion).collect()
}

/// The definition that a variant holds, behind its box and its aliases.
fn held(model: &Model, ty: &RustType) -> Option<TypeItemId> {
    let mut ty = match ty {
        RustType::Boxed(inner) => inner,
        ty => ty,
    };
    // A chain of aliases has at most as many links as there are types.
    for _ in 0..=model.types.len() {
        match ty {
            RustType::Named(id) => match &model.ty(*id).body {
                TypeBody::Alias(target) => ty = target,
                _ => return Some(*id),
            },
            _ => return None,
        }
    }
    None
}

fn definition(model: &Model, item: &TypeItem, body: &Union, openness: Openness) -> TokenStream {
    let attributes = attributes(item, &item.docs);
    let mut traits = item.derives.clone();
    traits.retain(|derive| *derive != Derive::Default && (*derive != Derive::Copy || openness == Openness::Closed));
    let derives = derives(item, &traits, openness);
    let name = &item.name;
    let variants = body.variants.iter().map(|variant| {
        let (docs, name) = (variant.docs.attributes(), &variant.name);
        match &variant.ty {
            RustType::Unit => quote!(#docs #name,),
            ty => {
                let ty = usage::tokens(model, ty);
                quote!(#docs #name(#ty),)
            }
        }
    });
    let unknown = (openness == Openness::Open).then(|| {
        let name = &body.unknown;
        quote!(
            #[doc = " A value that fits none of the others, kept as it is."]
            #name(Value),
        )
    });
    quote!(#attributes #derives pub enum #name { #(#variants)* #unknown })
}

fn codec_line(variant: &UnionVariant) -> TokenStream {
    let name = &variant.name;
    if variant.ty == RustType::Unit {
        return quote!(#name: null);
    }
    let conditions = variant.conditions.iter().filter_map(condition);
    quote!(#name: [#(#conditions),*])
}

/// A condition as the macro takes it; `None` where it says nothing.
fn condition(condition: &Condition) -> Option<TokenStream> {
    match condition {
        Condition::Kind(kinds) => kind_set(*kinds),
        Condition::Value(values) => {
            let values = scalars(values)?;
            Some(quote!(= #values))
        }
        Condition::PropertyValue { name, values } => Some(match scalars(values) {
            Some(values) => quote!(#name = #values),
            None => quote!(has #name),
        }),
        Condition::HasProperty(name) => Some(quote!(has #name)),
        Condition::LacksProperty(name) => Some(quote!(lacks #name)),
    }
}

fn scalars(values: &[Value]) -> Option<TokenStream> {
    let values: Vec<_> = values.iter().map(literal::scalar).collect::<Option<_>>()?;
    Some(quote!(#(#values)|*))
}

fn kind_set(kinds: KindSet) -> Option<TokenStream> {
    if kinds == KindSet::ALL {
        return None;
    }
    let number = kinds.contains(Kind::Number);
    let names = kinds.iter().filter_map(|kind| match kind {
        Kind::Null => Some(quote!(null)),
        Kind::Boolean => Some(quote!(boolean)),
        Kind::Integer if number => None,
        Kind::Integer => Some(quote!(integer)),
        Kind::Number => Some(quote!(number)),
        Kind::String => Some(quote!(string)),
        Kind::Array => Some(quote!(array)),
        Kind::Object => Some(quote!(object)),
    });
    Some(quote!(#(#names)|*))
}
