//! The same types with the derives of serde in place of `codec!`, as one would write them by hand.
//!
//! Where derives do less, they are let off: members with one value are neither written nor checked, and enums have no
//! `as_str`, `Display` and `FromStr`.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;
use specsmith::output::FileTree;
use specsmith_ir::Value;
use specsmith_rust::{
    Model,
    model::{EnumBase, FieldKind, Struct, TypeBody, TypeItem, Union, ValueEnum},
};
use syn::{Attribute, Fields, Item, ItemEnum, ItemStruct, parse::Parser};

/// A package of types with derives.
pub(super) fn package(model: &Model, package: &FileTree) -> FileTree {
    let items: HashMap<String, &TypeItem> = model.types.iter().map(|item| (item.name.to_string(), item)).collect();
    let mut derived = FileTree::new();
    for (path, text) in package.iter() {
        match path {
            "Cargo.toml" => {
                let serde = "serde = { version = \"1\", features = [\"derive\"] }";
                derived.insert(path, text.replace("serde = \"1\"", serde));
            }
            path if path.starts_with("src/types/") && !path.ends_with("/mod.rs") => {
                derived.insert(path, file(&items, text))
            }
            path => derived.insert(path, text),
        }
    }
    derived
}

fn file(items: &HashMap<String, &TypeItem>, text: &str) -> String {
    let mut file = syn::parse_file(text).expect("Rust");
    file.items.retain(|item| !is_codec(items, item));
    for item in &mut file.items {
        match item {
            Item::Struct(item) => {
                if let Some(TypeBody::Struct(body)) = items.get(&item.ident.to_string()).map(|item| &item.body) {
                    derive_struct(item, body);
                }
            }
            Item::Enum(item) => match items.get(&item.ident.to_string()).map(|item| &item.body) {
                Some(TypeBody::Enum(body)) if body.base == EnumBase::String => derive_enum(item, body),
                Some(TypeBody::Union(body)) => derive_union(item, body),
                _ => {}
            },
            _ => {}
        }
    }
    prettyplease::unparse(&file)
}

/// Whether an item is the codec of a type that is derived.
fn is_codec(items: &HashMap<String, &TypeItem>, item: &Item) -> bool {
    let Item::Macro(call) = item else { return false };
    let words: Vec<String> = call
        .mac
        .tokens
        .clone()
        .into_iter()
        .take(4)
        .map(|token| token.to_string())
        .collect();
    let named = words.iter().find_map(|word| items.get(word));
    let stays = named.is_some_and(|item| match &item.body {
        TypeBody::Enum(body) => body.base != EnumBase::String,
        TypeBody::Tuple(_) => true,
        _ => false,
    });
    call.mac.path.is_ident("codec") && !stays
}

fn attributes(tokens: TokenStream) -> Vec<Attribute> {
    Attribute::parse_outer.parse2(tokens).expect("attributes")
}

fn derives() -> Vec<Attribute> {
    attributes(quote!(#[derive(::serde::Serialize, ::serde::Deserialize)]))
}

fn derive_struct(item: &mut ItemStruct, body: &Struct) {
    item.attrs.extend(derives());
    let Fields::Named(fields) = &mut item.fields else {
        return;
    };
    for field in &mut fields.named {
        let name = field.ident.as_ref().expect("a name").to_string();
        if body.rest.as_ref().is_some_and(|rest| rest.name.to_string() == name) {
            field.attrs.extend(attributes(quote!(#[serde(flatten)])));
            continue;
        }
        if body
            .patterns
            .iter()
            .any(|pattern| pattern.field.name.to_string() == name)
        {
            field.attrs.extend(attributes(quote!(#[serde(skip)])));
            continue;
        }
        let Some(known) = body.fields.iter().find(|field| field.name.to_string() == name) else {
            continue;
        };
        if known.wire != name.trim_start_matches("r#") {
            let wire = &known.wire;
            field.attrs.extend(attributes(quote!(#[serde(rename = #wire)])));
        }
        let absent = match known.kind {
            FieldKind::Required => continue,
            FieldKind::Optional => "Option::is_none",
            FieldKind::Nullable => "Nullable::is_absent",
        };
        field
            .attrs
            .extend(attributes(quote!(#[serde(default, skip_serializing_if = #absent)])));
    }
}

fn derive_enum(item: &mut ItemEnum, body: &ValueEnum) {
    item.attrs.extend(derives());
    for variant in &mut item.variants {
        let name = variant.ident.to_string();
        match body
            .variants
            .iter()
            .find(|known| known.name.to_string() == name)
            .map(|known| &known.value)
        {
            Some(Value::String(value)) => variant.attrs.extend(attributes(quote!(#[serde(rename = #value)]))),
            _ => variant.attrs.extend(attributes(quote!(#[serde(untagged)]))),
        }
    }
}

fn derive_union(item: &mut ItemEnum, _: &Union) {
    item.attrs.extend(derives());
    item.attrs.extend(attributes(quote!(#[serde(untagged)])));
}
