//! Types where they are used: short names, and the imports that make them mean the right thing.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Model, RustType};
use crate::{Dates, RustFile};

/// The module of the runtime that has the types of values.
pub(super) const CODEC: &str = "crate::runtime::codec";

/// The type by its short name, as in `Option<String>`; what it names is imported by [`import`].
pub fn tokens(model: &Model, ty: &RustType) -> TokenStream {
    match ty {
        RustType::Unit => quote!(()),
        RustType::Bool => quote!(bool),
        RustType::I8 => quote!(i8),
        RustType::I16 => quote!(i16),
        RustType::I32 => quote!(i32),
        RustType::I64 => quote!(i64),
        RustType::U8 => quote!(u8),
        RustType::U16 => quote!(u16),
        RustType::U32 => quote!(u32),
        RustType::U64 => quote!(u64),
        RustType::F64 => quote!(f64),
        RustType::String => quote!(String),
        RustType::Value => quote!(Value),
        RustType::Number => quote!(Number),
        RustType::DateTime => date_time(model.dates),
        RustType::Date => date(model.dates),
        RustType::Uuid => quote!(Uuid),
        RustType::Uri => quote!(Uri),
        RustType::Secret => quote!(SecretString),
        RustType::Base64 => quote!(Base64),
        RustType::Base64Url => quote!(Base64Url),
        RustType::IpAddr => quote!(std::net::IpAddr),
        RustType::Ipv4Addr => quote!(std::net::Ipv4Addr),
        RustType::Ipv6Addr => quote!(std::net::Ipv6Addr),
        // A path of the user, which was checked; it is written in full, so that no name of the document is in its way.
        RustType::Extern(path) => path.parse().unwrap_or_else(|_| quote!(String)),
        RustType::Named(id) => {
            let name = &model.ty(*id).name;
            quote!(#name)
        }
        RustType::List(inner) => generic(model, quote!(Vec), inner),
        RustType::Map(inner) => {
            let inner = tokens(model, inner);
            quote!(BTreeMap<String, #inner>)
        }
        RustType::KeyedMap(key, inner) => {
            let (key, inner) = (tokens(model, key), tokens(model, inner));
            quote!(BTreeMap<#key, #inner>)
        }
        RustType::Tuple(items) => {
            let comma = (items.len() == 1).then(|| quote!(,));
            let items = items.iter().map(|item| tokens(model, item));
            quote!((#(#items),* #comma))
        }
        RustType::Option(inner) => generic(model, quote!(Option), inner),
        RustType::Nullable(inner) => generic(model, quote!(Nullable), inner),
        RustType::Boxed(inner) => generic(model, quote!(Box), inner),
    }
}

/// A date and time with an offset, in the library that the user chose.
fn date_time(dates: Dates) -> TokenStream {
    match dates {
        Dates::Chrono => quote!(DateTime<FixedOffset>),
        Dates::Jiff | Dates::Time => quote!(DateTime),
        Dates::Text => quote!(String),
    }
}

/// A date, in the library that the user chose.
fn date(dates: Dates) -> TokenStream {
    match dates {
        Dates::Chrono => quote!(NaiveDate),
        Dates::Jiff => quote!(jiff::civil::Date),
        Dates::Time => quote!(time::Date),
        Dates::Text => quote!(String),
    }
}

fn generic(model: &Model, outer: TokenStream, inner: &RustType) -> TokenStream {
    let inner = tokens(model, inner);
    quote!(#outer<#inner>)
}

/// The type of an argument that becomes a value of the type: text is taken in any form.
pub(super) fn argument(model: &Model, ty: &RustType) -> TokenStream {
    let tokens = tokens(model, ty);
    match ty {
        ty if model.takes_text(ty) => quote!(impl Into<#tokens>),
        _ => tokens,
    }
}

/// Imports all that a type names into a file outside of the `types` module.
pub fn import(file: &mut RustFile, model: &Model, ty: &RustType) {
    import_into(file, model, ty, None);
}

/// Imports all that a type names into a file; `module` is the module of types that it is, if it is one.
pub(super) fn import_into(file: &mut RustFile, model: &Model, ty: &RustType, module: Option<usize>) {
    match ty {
        RustType::Value => drop(file.import("serde_json", "Value")),
        RustType::Number => drop(file.import("serde_json", "Number")),
        RustType::DateTime => import_date_time(file, model.dates),
        RustType::Date => import_date(file, model.dates),
        RustType::Uuid => drop(file.import("uuid", "Uuid")),
        RustType::Uri => drop(file.import(CODEC, "Uri")),
        RustType::Secret => drop(file.import(CODEC, "SecretString")),
        RustType::Base64 => drop(file.import(CODEC, "Base64")),
        RustType::Base64Url => drop(file.import(CODEC, "Base64Url")),
        RustType::Named(id) => {
            let item = model.ty(*id);
            if Some(item.module) != module {
                file.import("crate::types", item.name.as_str());
            }
        }
        RustType::Map(inner) => {
            file.import("std::collections", "BTreeMap");
            import_into(file, model, inner, module);
        }
        RustType::KeyedMap(key, inner) => {
            file.import("std::collections", "BTreeMap");
            import_into(file, model, key, module);
            import_into(file, model, inner, module);
        }
        RustType::Nullable(inner) => {
            file.import(CODEC, "Nullable");
            import_into(file, model, inner, module);
        }
        RustType::List(inner) | RustType::Option(inner) | RustType::Boxed(inner) => {
            import_into(file, model, inner, module);
        }
        RustType::Tuple(items) => {
            for item in items {
                import_into(file, model, item, module);
            }
        }
        _ => {}
    }
}

fn import_date_time(file: &mut RustFile, dates: Dates) {
    match dates {
        Dates::Chrono => drop(file.import("chrono", "DateTime").import("chrono", "FixedOffset")),
        Dates::Jiff => drop(file.import("crate::runtime::codec::jiff_dates", "DateTime")),
        Dates::Time => drop(file.import("crate::runtime::codec::time_dates", "DateTime")),
        Dates::Text => {}
    }
}

fn import_date(file: &mut RustFile, dates: Dates) {
    if dates == Dates::Chrono {
        file.import("chrono", "NaiveDate");
    }
}

/// The types of the runtime that callers of a generated crate meet in its types: modules of the codec and names.
pub(super) fn runtime_types(model: &Model) -> Vec<TokenStream> {
    let uses = &model.uses;
    let all = [
        (quote!(Base64), uses.base64),
        (quote!(Base64Url), uses.base64_url),
        (quote!(Nullable), uses.nullable),
        (quote!(SecretString), uses.secrets),
        (quote!(Uri), uses.uri),
        (quote!(jiff_dates::DateTime), uses.jiff_date_times),
        (quote!(time_dates::DateTime), uses.time_date_times),
    ];
    all.into_iter()
        .filter(|(_, used)| *used)
        .map(|(path, _)| path)
        .collect()
}
