//! The types of a client, with their fields, variants, constructors and setters.

use super::{ItemKind, Items};
use crate::model::{EnumBase, FieldKind, Model, RustType, Struct, TypeBody, TypeItem, Union, ValueEnum};
use crate::types::traits::traits;
use crate::types::unions::converted;
use crate::types::{Built, Openness, tokens};

/// The types that clients build.
const BUILT: Built = Built::Requests;

/// Adds the types of the model.
pub(super) fn collect(items: &mut Items<'_>) {
    let model = items.model;
    for item in &model.types {
        let path = format!("types::{}", item.name.unraw());
        let signature = match &item.body {
            TypeBody::Struct(_) => "struct".to_owned(),
            TypeBody::Enum(body) => format!("enum of {}", base(body.base)),
            TypeBody::Union(_) => "enum of types".to_owned(),
            TypeBody::Tuple(body) => {
                let parts: Vec<String> = body.items.iter().map(|part| text(model, &part.ty)).collect();
                format!("struct({})", parts.join(", "))
            }
            TypeBody::Alias(target) => format!("= {}", text(model, target)),
            TypeBody::Newtype(inner) => format!("struct({})", text(model, inner)),
        };
        items.add(ItemKind::Type, None, path.clone(), signature, item.deprecated.is_some());
        if !matches!(item.body, TypeBody::Alias(_)) {
            derived(items, item, &path);
        }
        match &item.body {
            TypeBody::Struct(body) => fields(items, item, body, &path),
            TypeBody::Enum(body) => values(items, body, &path),
            TypeBody::Union(body) => variants(items, item, body, &path),
            TypeBody::Tuple(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => {}
        }
    }
}

/// A type as it is written: `Option<String>`.
pub(super) fn text(model: &Model, ty: &RustType) -> String {
    let mut text = tokens(model, ty).to_string();
    for (spaced, tight) in [
        (" < ", "<"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        (" :: ", "::"),
    ] {
        text = text.replace(spaced, tight);
    }
    text
}

fn base(base: EnumBase) -> &'static str {
    match base {
        EnumBase::String => "String",
        EnumBase::Integer => "i64",
        EnumBase::Value => "Value",
    }
}

fn derived(items: &mut Items<'_>, item: &TypeItem, path: &str) {
    let usual = traits(item, Openness::Open)
        .into_iter()
        .map(|derive| derive.name().to_owned());
    for name in usual.chain(item.extra_derives.iter().cloned()) {
        let of = format!("impl {name} for {path}");
        items.add(ItemKind::Trait, Some(path), of, String::new(), false);
    }
    if let Some(source) = item.made_from {
        let of = format!("impl From<types::{}> for {path}", items.model.ty(source).name.unraw());
        items.add(ItemKind::Trait, Some(path), of, String::new(), false);
    }
}

fn fields(items: &mut Items<'_>, item: &TypeItem, body: &Struct, path: &str) {
    let model = items.model;
    let is_built = BUILT.contains(item);
    let arguments: Vec<String> = body
        .arguments()
        .map(|field| match &field.ty {
            RustType::Boxed(inner) => text(model, inner),
            ty => text(model, ty),
        })
        .collect();
    if !arguments.is_empty() {
        let signature = format!("({})", arguments.join(", "));
        items.add(ItemKind::Function, Some(path), format!("{path}::new"), signature, false);
    }
    if body.is_fixed() {
        let of = format!("impl Default for {path}");
        items.add(ItemKind::Trait, Some(path), of, String::new(), false);
    }
    for field in &body.fields {
        let deprecated = field.deprecated.is_some();
        let (name, ty) = (field.name.unraw(), text(model, &field.ty));
        items.add(
            ItemKind::Field,
            Some(path),
            format!("{path}.{name}"),
            ty.clone(),
            deprecated,
        );
        if is_built && field.kind != FieldKind::Required {
            let setter = format!("{path}::{}", field.setter.unraw());
            items.add(ItemKind::Function, Some(path), setter, format!("({ty})"), false);
        }
        if field.default.is_some() && field.kind != FieldKind::Required {
            let getter = format!("{path}::{}", field.getter.unraw());
            items.add(ItemKind::Function, Some(path), getter, format!("-> {ty}"), false);
        }
    }
    for map in body.maps() {
        let ty = format!("BTreeMap<String, {}>", text(model, &map.values));
        let field = format!("{path}.{}", map.name.unraw());
        items.add(ItemKind::Field, Some(path), field, ty.clone(), false);
        if is_built {
            let setter = format!("{path}::{}", map.setter.unraw());
            items.add(ItemKind::Function, Some(path), setter, format!("({ty})"), false);
        }
    }
}

fn values(items: &mut Items<'_>, body: &ValueEnum, path: &str) {
    for variant in &body.variants {
        let of = format!("{path}::{}", variant.name.unraw());
        items.add(ItemKind::Variant, Some(path), of, String::new(), false);
    }
    let unknown = format!("{path}::{}", body.unknown.unraw());
    items.add(
        ItemKind::Variant,
        Some(path),
        unknown,
        format!("({})", base(body.base)),
        false,
    );
}

fn variants(items: &mut Items<'_>, item: &TypeItem, body: &Union, path: &str) {
    let model = items.model;
    for variant in &body.variants {
        let of = format!("{path}::{}", variant.name.unraw());
        let held = match &variant.ty {
            RustType::Unit => String::new(),
            ty => format!("({})", text(model, ty)),
        };
        items.add(ItemKind::Variant, Some(path), of, held, variant.deprecated.is_some());
    }
    let unknown = format!("{path}::{}", body.unknown.unraw());
    items.add(ItemKind::Variant, Some(path), unknown, "(Value)".to_owned(), false);
    for (_, ty) in converted(model, item, body, BUILT) {
        let of = format!("impl From<{}> for {path}", text(model, &ty));
        items.add(ItemKind::Trait, Some(path), of, String::new(), false);
    }
}
