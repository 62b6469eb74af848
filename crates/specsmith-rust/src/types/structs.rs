//! Structs, their constructors and codecs.

use proc_macro2::TokenStream;
use quote::quote;

use super::traits::traits;
use super::{Built, Openness, attributes, derives, import_codec, methods, rules, usage};
use crate::model::{
    Field, FieldKind, Leniency, Model, NameTest, RestField, RustType, Struct, TypeBody, TypeItem, TypeItemId,
};
use crate::{Deprecation, Prose, RustFile, literal};

/// How many arguments clippy lets a function have.
const MANY_ARGUMENTS: usize = 7;

/// Adds a struct, its codec and, where it has required fields, its constructor; setters where callers build it.
pub(super) fn render(
    file: &mut RustFile,
    model: &Model,
    id: TypeItemId,
    item: &TypeItem,
    body: &Struct,
    openness: Openness,
    built: Built,
) {
    import_codec(file);
    for field in &body.fields {
        usage::import_into(file, model, &field.ty, Some(item.module));
    }
    for rest in body.maps() {
        let map = RustType::Map(Box::new(rest.values.clone()));
        usage::import_into(file, model, &map, Some(item.module));
    }
    define(file, model, item, body, openness);
    let name = &item.name;
    let head = match openness {
        Openness::Closed if body.closed => quote!(closed struct #name),
        _ => quote!(struct #name),
    };
    file.macro_lines("codec", head, codec_lines(model, body, openness));
    rules::render(file, model, id, item);
    if body.arguments().next().is_some() {
        file.item(constructor(model, item, body));
    } else if body.is_fixed() {
        file.item(default(model, item, body));
    }
    methods::render(file, model, item, body, built);
}

fn define(file: &mut RustFile, model: &Model, item: &TypeItem, body: &Struct, openness: Openness) {
    let attributes = attributes(item, &item.docs);
    let derives = derives(item, &traits(item, openness), openness);
    let name = &item.name;
    let fields = body.fields.iter().map(|field| field_definition(model, field));
    let patterns = body.patterns.iter().map(|pattern| {
        let docs = format!(" Other members whose names match {}.", Prose::code(&pattern.pattern));
        map_definition(model, &pattern.field, &docs)
    });
    let rest = body.rest.as_ref();
    let rest = rest.map(|rest| map_definition(model, rest, " All other members, by name."));
    let members = fields.chain(patterns).chain(rest);
    file.block(quote!(#attributes #derives pub struct #name), members);
}

fn map_definition(model: &Model, field: &RestField, docs: &str) -> TokenStream {
    let (name, values) = (&field.name, usage::tokens(model, &field.values));
    quote!(
        #[doc = #docs]
        pub #name: BTreeMap<String, #values>,
    )
}

fn field_definition(model: &Model, field: &Field) -> TokenStream {
    let docs = field.docs.attributes();
    let deprecated = field.deprecated.as_ref().map(Deprecation::attribute);
    let (name, ty) = (&field.name, usage::tokens(model, &field.ty));
    quote!(#docs #deprecated pub #name: #ty,)
}

fn codec_lines(model: &Model, body: &Struct, openness: Openness) -> Vec<TokenStream> {
    // A client tolerates that what can only be one value is not sent.
    let required = (openness == Openness::Closed).then(|| quote!(required));
    let constants = body.constants.iter().filter_map(|(name, value)| {
        let value = literal::scalar(value)?;
        Some(quote!(#name = #value #required))
    });
    let fields = body.fields.iter().map(|field| {
        let (name, wire) = (&field.name, &field.wire);
        match mode(model, field, openness) {
            Some(mode) => quote!(#name: #wire #mode),
            None => quote!(#name: #wire),
        }
    });
    let patterns = body.patterns.iter().map(|pattern| {
        let (name, text) = (&pattern.field.name, pattern.names.text());
        let test = match pattern.names {
            NameTest::StartsWith(_) => quote!(starts_with),
            NameTest::EndsWith(_) => quote!(ends_with),
            NameTest::Contains(_) => quote!(contains),
            NameTest::Is(_) => quote!(eq),
        };
        quote!(..#name if #test(#text))
    });
    let rest = body.rest.iter().map(|rest| {
        let name = &rest.name;
        quote!(..#name)
    });
    // Elsewhere members without a field are ignored anyway.
    let must_ignore = body.rest.is_some() || !body.patterns.is_empty() || (body.closed && openness == Openness::Closed);
    let left_out = body.left_out.iter().filter(|_| must_ignore);
    let left_out = left_out.map(|name| quote!(_: #name));
    constants
        .chain(fields)
        .chain(left_out)
        .chain(patterns)
        .chain(rest)
        .collect()
}

/// How a field is read and written; `None` where it is simply there.
fn mode(model: &Model, field: &Field, openness: Openness) -> Option<TokenStream> {
    let is_open = openness == Openness::Open;
    let mode = match (field.kind, field.leniency) {
        (FieldKind::Optional, Leniency::Items) if is_open => quote!(optional_items),
        // A client tolerates null where it is no value; where it is one, it is none of absence.
        (FieldKind::Optional, _) if !is_open || has_null(model, &field.ty) => quote!(exact),
        (FieldKind::Optional, _) => quote!(optional),
        (FieldKind::Nullable, _) => quote!(nullable),
        (FieldKind::Required, Leniency::Default) if is_open => quote!(lenient),
        (FieldKind::Required, Leniency::UnknownValue) if is_open => quote!(lenient_enum),
        (FieldKind::Required, Leniency::Items) if is_open => quote!(lenient_items),
        (FieldKind::Required, _) => return None,
    };
    Some(mode)
}

/// Whether null is a value of what an `Option` holds.
fn has_null(model: &Model, ty: &RustType) -> bool {
    let RustType::Option(inner) = ty else { return false };
    let mut ty = inner.as_ref();
    // A chain of aliases has at most as many links as there are types.
    for _ in 0..=model.types.len() {
        match ty {
            RustType::Named(id) => match &model.ty(*id).body {
                TypeBody::Alias(target) => ty = target,
                _ => return false,
            },
            ty => return *ty == RustType::Value,
        }
    }
    false
}

/// `new` with an argument for each required field.
fn constructor(model: &Model, item: &TypeItem, body: &Struct) -> TokenStream {
    let name = &item.name;
    let arguments = body.arguments().map(|field| {
        let (name, ty) = match &field.ty {
            RustType::Boxed(inner) => (&field.name, usage::tokens(model, inner)),
            ty => (&field.name, usage::argument(model, ty)),
        };
        quote!(#name: #ty)
    });
    let many = (body.arguments().count() > MANY_ARGUMENTS)
        .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "one for each required field")]));
    let same = (name.as_str() == "New")
        .then(|| quote!(#[expect(clippy::self_named_constructors, reason = "the document names the type so")]));
    let members = members(model, body);
    quote!(
        impl #name {
            #[doc = " Makes one of what is required; all else is absent."]
            #many
            #same
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#members),* }
            }
        }
    )
}

/// `Default` of a struct whose only required members have one value each.
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

/// The members of a struct expression in a constructor: arguments, what is fixed, and nothing for all else.
fn members(model: &Model, body: &Struct) -> Vec<TokenStream> {
    let fields = body.fields.iter().map(|field| {
        let name = &field.name;
        match (field.kind, &field.ty) {
            (FieldKind::Required, ty) if field.fixed.is_some() => {
                let value = fixed(model, ty, field);
                quote!(#name: #value)
            }
            (FieldKind::Required, RustType::Boxed(_)) => quote!(#name: Box::new(#name)),
            (FieldKind::Required, ty) if model.takes_text(ty) => quote!(#name: #name.into()),
            (FieldKind::Required, _) => quote!(#name),
            (FieldKind::Optional, _) => quote!(#name: None),
            (FieldKind::Nullable, _) => quote!(#name: Nullable::Absent),
        }
    });
    let maps = body.maps().map(|map| {
        let name = &map.name;
        quote!(#name: BTreeMap::new())
    });
    fields.chain(maps).collect()
}

/// The value that a field has unless it is changed, by the name of its type in this file.
fn fixed(model: &Model, ty: &RustType, field: &Field) -> Option<TokenStream> {
    let value = field.fixed.as_ref()?;
    if let RustType::Named(id) = ty
        && let Some(variant) = literal::variant(model, *id, value)
    {
        let name = &model.ty(*id).name;
        return Some(quote!(#name::#variant));
    }
    let expression = literal::expression(model, ty, value)?;
    Some(expression.tokens)
}
