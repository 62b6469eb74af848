//! The root of the generated crate.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use specsmith_rust::types::Validation;
use specsmith_rust::{Model, Prose, RustFile, types};

use crate::manifest;
use crate::names::Names;

/// Renders `src/lib.rs`.
pub(crate) fn render(model: &Model, names: &Names) -> RustFile {
    let mut file = RustFile::new();
    file.doc(&docs(model));
    if let Some(limit) = types::recursion_limit(model) {
        file.attribute(limit);
    }
    file.item(quote!(
        pub mod api;
    ));
    file.item(quote!(
        mod runtime;
    ));
    file.item(quote!(
        pub mod types;
    ));
    if model.has_xml() {
        file.item(quote!(
            mod xml;
        ));
    }
    file.item(quote!(
        pub use axum;
    ));
    for group in &model.groups {
        let (module, name) = (group.module(), &group.name);
        file.item(quote!(pub use api::#module::#name;));
    }
    let exports = exports(model, names);
    file.item(quote!(pub use runtime::server::{#(#exports),*};));
    if let Some(validation) = types::validation(model, Validation::Always) {
        file.item(validation);
    }
    router(&mut file, model, names);
    file
}

/// What callers need of the runtime.
fn exports(model: &Model, names: &Names) -> Vec<TokenStream> {
    let multipart = manifest::has_multipart(model).then_some("Multipart");
    let types = ["Context", "OperationInfo", "Place", "Problem", "Routes", "Violation"];
    let types = types.into_iter().chain(multipart).map(|name| {
        let (local, name) = (names.in_root(name), Ident::new(name, Span::call_site()));
        match local == name {
            true => quote!(#name),
            false => quote!(#name as #local),
        }
    });
    types.chain([quote!(serve)]).collect()
}

fn docs(model: &Model) -> Prose {
    let mut docs = model.docs.clone();
    if docs.is_empty() {
        docs.own(&Prose::one_line(&model.title));
    }
    let traits: Vec<_> = model
        .groups
        .iter()
        .map(|group| format!("[`{}`]", group.name.unraw()))
        .collect();
    match traits.as_slice() {
        [] => docs.own("# Server\n\nThe API has no operations."),
        [one] => docs.own(&format!(
            "# Server\n\nImplement {one} for a service, make a [`router`] of it, and [`serve`] that."
        )),
        traits => docs.own(&format!(
            "# Server\n\nImplement {} for a service, make a [`router`] of it, and [`serve`] that.",
            traits.join(", ")
        )),
    };
    docs
}

/// The function that makes a router of a service.
fn router(file: &mut RustFile, model: &Model, names: &Names) {
    let routes = names.in_root("Routes");
    if model.groups.is_empty() {
        file.item(quote! {
            /// A router without operations: the document has none.
            pub fn router() -> axum::Router {
                #routes::new().into_router()
            }
        });
        return;
    }
    file.use_(quote!(std::sync::Arc));
    let bounds = model.groups.iter().map(|group| &group.name);
    let merges = model.groups.iter().map(|group| {
        let module = group.module();
        quote!(.merge(api::#module::routes(&service)))
    });
    file.item(quote! {
        /// A router that serves all operations with one service.
        ///
        /// The operations are its fallback: layers, nesting and other routes work as on any router. For a service of
        /// its own for each group, merge the `routes` of the modules in [`api`].
        pub fn router<S>(service: S) -> axum::Router
        where
            S: #(#bounds)+*,
        {
            let service = Arc::new(service);
            #routes::new() #(#merges)* .into_router()
        }
    });
}
