//! Methods of structs for their optional fields: setters, and getters that apply defaults.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Built, usage};
use crate::model::{Field, FieldKind, Model, RustType, Struct, TypeItem};
use crate::{RustFile, literal};

/// Adds the setters of a struct that callers build, and getters where there are defaults.
pub(super) fn render(file: &mut RustFile, model: &Model, item: &TypeItem, body: &Struct, built: Built) {
    let name = &item.name;
    let setters = setters(model, body);
    if built.contains(item) && !setters.is_empty() {
        file.import(usage::CODEC, "setters");
        file.macro_lines("setters", quote!(#name), setters);
    }
    let getters: Vec<_> = body.fields.iter().filter_map(|field| getter(model, field)).collect();
    if getters.is_empty() {
        return;
    }
    file.import(usage::CODEC, "defaults");
    let mut lines = Vec::new();
    for (line, names) in getters {
        for ty in &names {
            usage::import_into(file, model, ty, Some(item.module));
        }
        lines.push(line);
    }
    file.macro_lines("defaults", quote!(#name), lines);
}

fn setters(model: &Model, body: &Struct) -> Vec<TokenStream> {
    let fields = body.fields.iter().filter_map(|field| {
        let (setter, name) = (&field.setter, &field.name);
        let ty = match (field.kind, &field.ty) {
            (FieldKind::Required, _) => return None,
            (FieldKind::Optional, RustType::Option(inner)) => usage::argument(model, inner),
            (FieldKind::Optional | FieldKind::Nullable, ty) => usage::tokens(model, ty),
        };
        Some(quote!(#setter(#name: #ty)))
    });
    let maps = body.maps().map(|map| {
        let (setter, name) = (&map.setter, &map.name);
        let values = usage::tokens(model, &map.values);
        quote!(#setter(..#name: BTreeMap<String, #values>))
    });
    fields.chain(maps).collect()
}

/// The line of a getter, and the types that its default names.
fn getter(model: &Model, field: &Field) -> Option<(TokenStream, Vec<RustType>)> {
    let value = field.default.as_ref()?;
    let (ty, default, names) = match (field.kind, &field.ty, value) {
        (FieldKind::Required, ..) => return None,
        (FieldKind::Optional, RustType::Option(inner), specsmith_ir::Value::String(text))
            if **inner == RustType::String =>
        {
            (quote!(&str), quote!(#text), Vec::new())
        }
        (FieldKind::Optional, RustType::Option(inner), value) => {
            let default = literal::expression(model, inner, value)?;
            (usage::tokens(model, inner), default.tokens, default.names)
        }
        (_, RustType::Nullable(inner), value) => {
            let ty = RustType::Option(inner.clone());
            let default = literal::expression(model, &ty, value)?;
            (usage::tokens(model, &ty), default.tokens, default.names)
        }
        _ => return None,
    };
    let (getter, name) = (&field.getter, &field.name);
    Some((quote!(#getter(#name: #ty = #default)), names))
}
