//! Renders type definitions with their codecs.
//!
//! One file for each module of types, and a `types` module that re-exports them all, so that a type is
//! `crate::types::Book` wherever it is defined.

mod conversions;
mod enums;
mod methods;
mod newtypes;
mod rules;
mod signature;
mod structs;
pub(crate) mod traits;
mod tuples;
pub(crate) mod unions;
mod usage;
mod xml;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};

pub use rules::{rule_tokens, rules};
pub use signature::signature_scheme;
pub use unions::codec_lines;
pub use usage::{import, tokens};
pub use xml::{XmlSent, xml};

use crate::model::{Derive, Model, RustType, TypeBody, TypeItem, TypeItemId};
use crate::{Deprecation, Prose, RustFile};

/// The names that the text of generated files takes for itself; no type of a model has one of them.
pub const RESERVED: [&str; 59] = [
    "Any",
    "Arc",
    "Base64",
    "Base64Url",
    "Body",
    "Box",
    "BTreeMap",
    "Builder",
    "Bytes",
    "Client",
    "Clone",
    "Context",
    "Copy",
    "Cow",
    "DateTime",
    "Debug",
    "Default",
    "Display",
    "Drop",
    "Duration",
    "Eq",
    "Err",
    "Error",
    "FixedOffset",
    "Fn",
    "From",
    "FromStr",
    "Future",
    "HashMap",
    "Hash",
    "HeaderMap",
    "Into",
    "Iterator",
    "Method",
    "NaiveDate",
    "NoError",
    "None",
    "Nullable",
    "Number",
    "Ok",
    "Operation",
    "Option",
    "PartialEq",
    "Request",
    "Response",
    "Result",
    "Router",
    "SecretString",
    "Self",
    "Send",
    "Some",
    "StatusCode",
    "String",
    "Sync",
    "ToString",
    "Uri",
    "Uuid",
    "Value",
    "Vec",
];

/// Whether types have room for what the document does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Openness {
    /// The client's types: enums and unions keep unknown values, unknown members are ignored, and fields and variants
    /// can be added without breaking callers.
    Open,
    /// The server's types: what the document does not allow is refused.
    Closed,
}

/// Which types callers build, so that they have setters and are made of what they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Built {
    /// Those that are not only read from responses.
    Requests,
    /// Those that are not only read from requests.
    Responses,
    /// All.
    All,
}

impl Built {
    pub(crate) fn contains(self, item: &TypeItem) -> bool {
        let usage = item.usage;
        match self {
            Built::Requests => usage.requests || !usage.responses,
            Built::Responses => usage.responses || !usage.requests,
            Built::All => true,
        }
    }
}

/// Whether types can be validated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validation {
    /// With the feature `validate` of the generated crate.
    Feature,
    /// Always.
    Always,
}

/// Renders the types of a model: paths below `src` and files.
pub fn render(model: &Model, openness: Openness, built: Built) -> Vec<(String, RustFile)> {
    // Only the package of a client has features for groups of calls.
    let features = match built {
        Built::Requests => &model.type_features,
        Built::Responses | Built::All => &BTreeMap::new(),
    };
    let mut files = vec![("types/mod.rs".to_owned(), root(model, features, built))];
    for (index, module) in model.type_modules.iter().enumerate() {
        let mut file = RustFile::new();
        for (id, item) in model.types().filter(|(_, item)| item.module == index) {
            render_item(&mut file, model, id, item, openness, built);
        }
        files.push((format!("types/{}.rs", module.unraw()), file));
    }
    files
}

/// The attribute of the crate root that lets the compiler look deep enough into types that hold each other; `None` for
/// few types.
///
/// Each type on a way through the types takes up to four of the 128 levels it looks into by itself: the type, `Option`,
/// `Vec` or `Box`, and what that holds.
pub fn recursion_limit(model: &Model) -> Option<TokenStream> {
    (model.types.len() > 32).then(|| quote!(#![recursion_limit = "2048"]))
}

/// The module that makes all types reachable under one path.
fn root(model: &Model, features: &BTreeMap<usize, String>, built: Built) -> RustFile {
    let mut file = RustFile::new();
    let mut docs = Prose::new();
    docs.own("The types of the API.");
    file.doc(&docs);
    file.attribute(quote!(#![allow(
        clippy::disallowed_names,
        clippy::enum_variant_names,
        clippy::large_enum_variant,
        reason = "names and sizes follow the document"
    )]));
    if has_deprecated(model) {
        file.allow_deprecated();
    }
    let mut modules: Vec<_> = model.type_modules.iter().enumerate().collect();
    modules.sort_by_key(|(_, module)| module.unraw());
    let condition = |place: &usize| {
        let feature = features.get(place)?;
        Some(quote!(#[cfg(feature = #feature)]))
    };
    for (place, module) in &modules {
        let condition = condition(place);
        file.item(quote!(#condition mod #module;));
    }
    match usage::runtime_types(model).as_slice() {
        [] => {}
        [name] => drop(file.item(quote!(pub use crate::runtime::codec::#name;))),
        names => drop(file.item(quote!(pub use crate::runtime::codec::{#(#names),*};))),
    }
    for (place, module) in &modules {
        let condition = condition(place);
        file.item(quote!(#condition pub use #module::*;));
    }
    rules::render_named(&mut file, model, built);
    file
}

/// Whether the module of the types has nothing that could be imported from it.
pub fn is_empty(model: &Model, built: Built) -> bool {
    model.types.is_empty() && usage::runtime_types(model).is_empty() && rules::named(model, built).next().is_none()
}

/// The module of the crate root with the types that `validate` methods fail with; `None` where no type has
/// rules.
pub fn validation(model: &Model, validation: Validation) -> Option<TokenStream> {
    let feature = (validation == Validation::Feature).then(|| quote!(#[cfg(feature = "validate")]));
    (!model.rules.types.is_empty()).then(|| {
        quote!(
            #feature
            #[doc = " What the `validate` methods of types tell."]
            pub mod validation {
                pub use crate::runtime::codec::{Violation, Violations};
            }
        )
    })
}

fn has_deprecated(model: &Model) -> bool {
    model.types.iter().any(|item| {
        item.deprecated.is_some()
            || match &item.body {
                TypeBody::Struct(body) => body.fields.iter().any(|field| field.deprecated.is_some()),
                TypeBody::Union(body) => body.variants.iter().any(|variant| variant.deprecated.is_some()),
                _ => false,
            }
    })
}

fn render_item(file: &mut RustFile, model: &Model, id: TypeItemId, item: &TypeItem, openness: Openness, built: Built) {
    if let Some(of) = item.same_as {
        render_alias(file, model, item, &RustType::Named(of));
        return;
    }
    match &item.body {
        TypeBody::Struct(body) => structs::render(file, model, id, item, body, openness, built),
        TypeBody::Enum(body) => enums::render(file, item, body, openness),
        TypeBody::Union(body) => unions::render(file, model, id, item, body, openness, built),
        TypeBody::Tuple(body) => tuples::render(file, model, id, item, body),
        TypeBody::Newtype(inner) => newtypes::render(file, model, id, item, inner),
        TypeBody::Alias(target) => render_alias(file, model, item, target),
    }
    conversions::render(file, model, item, openness);
}

/// Another name for a type.
fn render_alias(file: &mut RustFile, model: &Model, item: &TypeItem, target: &RustType) {
    usage::import_into(file, model, target, Some(item.module));
    let (name, target) = (&item.name, tokens(model, target));
    let attributes = attributes(item, &item.docs);
    file.item(quote!(#attributes pub type #name = #target;));
}

/// The docs of an item, and whether it is deprecated.
fn attributes(item: &TypeItem, docs: &Prose) -> TokenStream {
    let docs = docs.attributes();
    let deprecated = item.deprecated.as_ref().map(Deprecation::attribute);
    quote!(#docs #deprecated)
}

/// `#[derive(..)]`, what the user adds and, on open types, `#[non_exhaustive]`.
fn derives(item: &TypeItem, derives: &[Derive], openness: Openness) -> TokenStream {
    let usual = derives
        .iter()
        .map(|derive| format_ident!("{}", derive.name()).into_token_stream());
    let is_usual = |path: &str| {
        let last = path.rsplit("::").next().unwrap_or_default().trim();
        derives.iter().any(|derive| derive.name() == last)
    };
    let extra = item.extra_derives.iter().filter(|path| !is_usual(path));
    let extra = extra.map(|path| tokens_of(path));
    let all: Vec<_> = usual.chain(extra).collect();
    let derive = (!all.is_empty()).then(|| quote!(#[derive(#(#all),*)]));
    let attributes = item.attributes.iter().map(|text| tokens_of(text));
    let open = (openness == Openness::Open).then(|| quote!(#[non_exhaustive]));
    quote!(#derive #(#[#attributes])* #open)
}

/// Text of which lowering has made sure that it is Rust.
fn tokens_of(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

/// Imports the macro that gives a type its codec.
fn import_codec(file: &mut RustFile) {
    file.import(usage::CODEC, "codec");
}

#[cfg(test)]
#[path = "types/sample.rs"]
pub(crate) mod sample;
#[cfg(test)]
#[path = "types/tests.rs"]
mod tests;
