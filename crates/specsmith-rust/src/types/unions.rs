//! Enums of types and their codecs.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use specsmith_ir::{Condition, Kind, KindSet, Value};

use super::traits::traits;
use super::{Built, Openness, attributes, derives, import_codec, rules, usage};
use crate::model::{Model, RustType, TypeBody, TypeItem, TypeItemId, Union, UnionVariant};
use crate::{Deprecation, Ident, RustFile, literal};

/// Adds an enum of types and its codec.
pub(super) fn render(
    file: &mut RustFile,
    model: &Model,
    id: TypeItemId,
    item: &TypeItem,
    body: &Union,
    openness: Openness,
    built: Built,
) {
    import_codec(file);
    for variant in &body.variants {
        usage::import_into(file, model, &variant.ty, Some(item.module));
    }
    if openness == Openness::Open {
        usage::import_into(file, model, &RustType::Value, Some(item.module));
    }
    define(file, model, item, body, openness);
    let name = &item.name;
    let variants = body
        .variants
        .iter()
        .map(|variant| codec_line(variant, body.exclusive && openness == Openness::Closed));
    let unknown = &body.unknown;
    let unknown = (openness == Openness::Open).then(|| quote!(..#unknown));
    file.macro_lines("codec", quote!(union #name), variants.chain(unknown).collect());
    rules::render(file, model, id, item);
    let conversions = conversions(file, model, item, body, built);
    file.items(conversions);
}

/// The variants that are made of what they hold, with that: of types that only one variant holds.
pub(crate) fn converted<'a>(
    model: &Model,
    item: &TypeItem,
    body: &'a Union,
    built: Built,
) -> Vec<(&'a UnionVariant, RustType)> {
    let held: Vec<_> = body.variants.iter().map(|variant| held(model, &variant.ty)).collect();
    let is_only = |ty: &RustType| {
        let others = held.iter().flatten().map(|other| written(model, other));
        others.filter(|other| *other == written(model, ty)).count() == 1
    };
    let is_made = |ty: &RustType| is_only(ty) && (built.contains(item) || matches!(ty, RustType::Named(_)));
    let variants = body.variants.iter().zip(&held);
    let made = variants.filter_map(|(variant, ty)| Some((variant, ty.clone().filter(|ty| is_made(ty))?)));
    made.collect()
}

/// `From` for each type that only one variant holds: those of the model, and scalars and lists where callers make such
/// values.
fn conversions(file: &mut RustFile, model: &Model, item: &TypeItem, body: &Union, built: Built) -> Vec<TokenStream> {
    let mut conversions = Vec::new();
    for (variant, ty) in converted(model, item, body, built) {
        usage::import_into(file, model, &ty, Some(item.module));
        conversions.push(conversion(model, item, variant, &ty));
        if built.contains(item) && ty == RustType::String {
            let (union, variant) = (&item.name, &variant.name);
            conversions.push(quote!(
                impl From<&str> for #union {
                    fn from(text: &str) -> Self {
                        Self::#variant(text.to_owned())
                    }
                }
            ));
        }
    }
    conversions
}

fn conversion(model: &Model, item: &TypeItem, variant: &UnionVariant, ty: &RustType) -> TokenStream {
    let (union, name, held) = (&item.name, &variant.name, usage::tokens(model, ty));
    let value = match variant.ty {
        RustType::Boxed(_) => quote!(Box::new(value)),
        _ => quote!(value),
    };
    quote!(
        impl From<#held> for #union {
            fn from(value: #held) -> Self {
                Self::#name(#value)
            }
        }
    )
}

/// What a variant holds behind its box and its aliases, where that is a definition, a scalar, or a list of those.
fn held(model: &Model, ty: &RustType) -> Option<RustType> {
    let mut ty = ty;
    // A chain of aliases has at most as many links as there are types.
    for _ in 0..=model.types.len() {
        ty = match ty {
            RustType::Boxed(inner) => inner,
            RustType::Named(id) => match &model.ty(*id).body {
                TypeBody::Alias(target) => target,
                _ => return Some(ty.clone()),
            },
            RustType::List(inner) => return Some(RustType::List(Box::new(held(model, inner)?))),
            RustType::String | RustType::Bool | RustType::F64 | RustType::Uuid => return Some(ty.clone()),
            ty if ty.is_integer() => return Some(ty.clone()),
            _ => return None,
        };
    }
    None
}

/// The type that is written out for what a variant holds; types that are equal here are the same in Rust.
fn written(model: &Model, held: &RustType) -> RustType {
    match held {
        RustType::Named(id) => RustType::Named(model.ty(*id).same_as.unwrap_or(*id)),
        RustType::List(item) => RustType::List(Box::new(written(model, item))),
        ty => ty.clone(),
    }
}

fn define(file: &mut RustFile, model: &Model, item: &TypeItem, body: &Union, openness: Openness) {
    let attributes = attributes(item, &item.docs);
    let derives = derives(item, &traits(item, openness), openness);
    let name = &item.name;
    let variants = body.variants.iter().map(|variant| {
        let (docs, name) = (variant.docs.attributes(), &variant.name);
        let deprecated = variant.deprecated.as_ref().map(Deprecation::attribute);
        match &variant.ty {
            RustType::Unit => quote!(#docs #deprecated #name,),
            ty => {
                let ty = usage::tokens(model, ty);
                quote!(#docs #deprecated #name(#ty),)
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
    file.block(quote!(#attributes #derives pub enum #name), variants.chain(unknown));
}

/// The lines of the codec of a union that is open: a variant each, and the one for all other values.
pub fn codec_lines(variants: &[UnionVariant], unknown: &Ident) -> Vec<TokenStream> {
    let lines = variants.iter().map(|variant| codec_line(variant, false));
    lines.chain([quote!(..#unknown)]).collect()
}

fn codec_line(variant: &UnionVariant, exclusive: bool) -> TokenStream {
    let name = &variant.name;
    if variant.ty == RustType::Unit {
        let constant = variant.constant.as_ref().and_then(literal::scalar);
        let constant = constant.unwrap_or_else(|| quote!(null));
        return quote!(#name: #constant);
    }
    // What the variant writes comes first.
    let (added, rest): (Vec<_>, Vec<_>) = variant
        .conditions
        .iter()
        .partition(|condition| is_added(variant, condition));
    let added = added.into_iter().filter_map(condition).map(|line| quote!(adds #line));
    let conditions = added.chain(rest.into_iter().filter_map(condition));
    let needs_member = |condition: &Condition| matches!(condition, Condition::HasProperty(_));
    let mode = match variant.alike {
        true => Some(quote!(alike)),
        false if exclusive && variant.conditions.iter().any(needs_member) => Some(quote!(only)),
        false => None,
    };
    quote!(#name: [#(#conditions),*] #mode)
}

/// Whether a condition is of a member that the variant writes.
fn is_added(variant: &UnionVariant, condition: &Condition) -> bool {
    match condition {
        Condition::PropertyValue { name, values } => variant.adds.as_ref() == Some(name) && scalars(values).is_some(),
        _ => false,
    }
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
        Condition::AtLeast(count) => {
            let count = Literal::u64_unsuffixed(*count);
            Some(quote!(at_least #count))
        }
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
