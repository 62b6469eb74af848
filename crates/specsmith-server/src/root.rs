//! The root of the generated crate.

use quote::quote;
use specsmith_rust::{Model, Prose, RustFile};

use crate::manifest;
use crate::names::Names;

/// Renders `src/lib.rs`.
pub(crate) fn render(model: &Model, names: &Names) -> RustFile {
    let mut file = RustFile::new();
    file.doc(&docs(model));
    file.item(quote!(
        pub mod api;
    ));
    file.item(quote!(
        mod runtime;
    ));
    file.item(quote!(
        pub mod types;
    ));
    file.item(quote!(
        pub use axum;
    ));
    for group in &model.groups {
        let (module, name) = (&group.accessor, &group.name);
        file.item(quote!(pub use api::#module::#name;));
    }
    let multipart = manifest::has_multipart(model).then_some("Multipart");
    for name in ["Context", "OperationInfo", "Place", "Problem", "Routes", "Violation"]
        .into_iter()
        .chain(multipart)
    {
        let (local, name) = (
            names.local(name),
            proc_macro2::Ident::new(name, proc_macro2::Span::call_site()),
        );
        file.item(match local == name {
            true => quote!(pub use runtime::server::#name;),
            false => quote!(pub use runtime::server::#name as #local;),
        });
    }
    file.item(quote!(
        pub use runtime::server::serve;
    ));
    router(&mut file, model);
    file
}

fn docs(model: &Model) -> Prose {
    let mut docs = Prose::new();
    docs.own(&match model.title.is_empty() {
        true => "A server of the API.".to_owned(),
        false => format!("A server of the API {}.", Prose::code(&model.title)),
    });
    docs.append(&model.docs);
    let traits = model
        .groups
        .iter()
        .map(|group| format!("[`{}`]", group.name.unraw()))
        .collect::<Vec<_>>();
    if !traits.is_empty() {
        docs.own(&format!(
            "Implement {}, make a [`router`] of it, and [`serve`] that.",
            traits.join(", ")
        ));
    }
    docs
}

/// The function that makes a router of a service.
fn router(file: &mut RustFile, model: &Model) {
    if model.groups.is_empty() {
        file.item(quote! {
            /// A router without operations: the document has none.
            pub fn router() -> axum::Router {
                runtime::server::Routes::new().into_router()
            }
        });
        return;
    }
    file.use_(quote!(std::sync::Arc));
    let bounds = model.groups.iter().map(|group| &group.name);
    let merges = model.groups.iter().map(|group| {
        let module = &group.accessor;
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
            runtime::server::Routes::new() #(#merges)* .into_router()
        }
    });
}
