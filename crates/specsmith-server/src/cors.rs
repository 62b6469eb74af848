//! What pages of other origins may send and read, as the document names it.

use std::collections::BTreeSet;

use quote::quote;
use specsmith_ir::ParameterIn;
use specsmith_rust::model::SchemeKind;
use specsmith_rust::{Model, RustFile};

use crate::names::Names;

/// Headers that pages can always read (Fetch, section 2.2.2), or never.
const UNLISTED: [&str; 9] = [
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
    "set-cookie",
    "set-cookie2",
];

/// Adds the function that makes rules for pages of other origins.
pub(crate) fn render(file: &mut RustFile, model: &Model, names: &Names) {
    let name = names.in_root("Cors");
    let (sent, answered) = (sent(model), answered(model));
    let (sent, answered) = (sent.iter(), answered.iter());
    file.item(quote! {
        /// Rules for pages of other origins, for `with_cors` of [`routes`]: they may send the headers that the document
        /// names and read those of responses, once their origin is allowed.
        #[cfg(feature = "cors")]
        pub fn cors() -> #name {
            #name::new(&[#(#sent),*], &[#(#answered),*])
        }
    });
}

/// The headers of requests, in lower case.
fn sent(model: &Model) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (_, operation) in model.operations() {
        let parameters = operation.parameters.iter();
        let headers = parameters.filter(|parameter| parameter.place == ParameterIn::Header);
        names.extend(headers.map(|parameter| parameter.wire.to_ascii_lowercase()));
        if operation.body.is_some() {
            names.insert("content-type".to_owned());
        }
    }
    for scheme in &model.schemes {
        match &scheme.kind {
            SchemeKind::ApiKey { place, name } if *place == ParameterIn::Header => {
                names.insert(name.to_ascii_lowercase());
            }
            SchemeKind::Basic | SchemeKind::Bearer | SchemeKind::Http { .. } => {
                names.insert("authorization".to_owned());
            }
            _ => {}
        }
    }
    names
}

/// The headers of responses, in lower case.
fn answered(model: &Model) -> BTreeSet<String> {
    let names = model.headers.iter().map(|header| header.wire.to_ascii_lowercase());
    names.filter(|name| !UNLISTED.contains(&name.as_str())).collect()
}
