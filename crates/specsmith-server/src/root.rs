//! The root of the generated crate.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use specsmith_rust::model::SentBody;
use specsmith_rust::types::Validation;
use specsmith_rust::{Model, Prose, RustFile, types};

use crate::Options;
use crate::auth::Auth;
use crate::base_path;
use crate::contract;
use crate::cors;
use crate::group;
use crate::manifest;
use crate::names::Names;
use crate::sent;

/// Renders `src/lib.rs`.
pub(crate) fn render(model: &Model, options: &Options, names: &Names) -> RustFile {
    let mut file = RustFile::new();
    file.doc(&docs(model));
    if let Some(limit) = types::recursion_limit(model) {
        file.attribute(limit);
    }
    file.item(quote!(
        pub mod api;
    ));
    let auth = Auth::new(model);
    if auth.is_some() {
        file.item(quote!(
            pub mod auth;
        ));
    }
    if options.contract {
        file.item(quote!(
            mod contract;
        ));
    }
    for module in sent::modules(model) {
        file.item(module);
    }
    file.item(quote!(
        mod runtime;
    ));
    file.item(options.home(model).module());
    if !model.headers.is_empty() {
        file.item(quote!(
            pub mod headers;
        ));
    }
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
    if options.contract {
        file.item(quote!(
            pub use contract::contract;
        ));
    }
    let exports = exports(model, names, auth.as_ref());
    if auth.is_some() {
        let name = names.root_import("Authenticate");
        file.item(quote!(pub use auth::#name;));
    }
    file.item(quote!(pub use runtime::server::{#(#exports),*};));
    features(&mut file, names, auth.as_ref());
    if let Some(sender) = sent::exports(model) {
        file.item(sender);
    }
    if let Some(validation) = types::validation(model, Validation::Always) {
        file.item(validation);
    }
    router(&mut file, model, options, names);
    if !model.groups.is_empty() {
        cors::render(&mut file, model, names);
    }
    file
}

/// What features add.
fn features(file: &mut RustFile, names: &Names, auth: Option<&Auth<'_>>) {
    if manifest::has_tokens(auth) {
        let names = ["JwtVerifier", "NoUsableKey"].map(|name| names.root_import(name));
        file.item(quote!(
            #[cfg(feature = "jwt")]
            pub use jsonwebtoken;
        ));
        file.item(quote!(#[cfg(feature = "jwt")] pub use runtime::server::{#(#names),*};));
    }
    let config = names.root_import("ServerConfig");
    file.item(quote! {
        #[cfg(feature = "compression")]
        pub use runtime::server::{compress, decompress};
    });
    let cors = names.root_import("Cors");
    file.item(quote! {
        #[cfg(feature = "cors")]
        pub use runtime::server::#cors;
    });
    file.item(quote! {
        #[cfg(feature = "metrics")]
        pub use runtime::server::{describe_metrics, measure};
    });
    file.item(quote! {
        #[cfg(feature = "tls")]
        pub use runtime::server::{#config, tls_from_pem};
    });
    file.item(quote! {
        #[cfg(feature = "tracing")]
        pub use runtime::server::trace;
    });
    file.item(quote! {
        /// Limits of how often clients may ask.
        pub mod rate_limit {
            #[cfg(feature = "redis")]
            pub use crate::runtime::server::RedisStore;
            pub use crate::runtime::server::{
                InProcess, Quota, RateLimit, RateLimitStore, RateLimited, StoreError, Uncounted, Verdict,
            };
        }
    });
}

/// What callers need of the runtime.
fn exports(model: &Model, names: &Names, auth: Option<&Auth<'_>>) -> Vec<TokenStream> {
    let multipart = manifest::has_untyped_parts(model).then_some("Multipart");
    let records = manifest::has_records(model).then_some("Records");
    let files = manifest::has_forms(model).then_some("FilePart");
    let types = [
        "Context",
        "OperationInfo",
        "Place",
        "Problem",
        "Routes",
        "Server",
        "Violation",
    ];
    let has_events = manifest::has_sent(model, |body| matches!(body, SentBody::Events(_)));
    let has_records = manifest::has_sent(model, |body| matches!(body, SentBody::Records(_)));
    let streams = [
        (has_events || has_records, "BoxError"),
        (has_events, "Event"),
        (has_events, "EventStream"),
        (has_records, "RecordStream"),
    ];
    let streams = streams
        .into_iter()
        .filter_map(|(is_there, name)| is_there.then_some(name));
    let auth = auth.into_iter().flat_map(Auth::exports);
    let types = types
        .into_iter()
        .chain(multipart)
        .chain(files)
        .chain(records)
        .chain(streams)
        .chain(auth);
    let checked = manifest::is_checked(model).then(|| quote!(check_responses));
    let functions = [quote!(request_id), quote!(serve), quote!(shutdown_signal)];
    let types = types.map(|name| names.root_import(name));
    types.chain(checked).chain(functions).collect()
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
    if sent::is_any(model) {
        docs.own(
            "What the API sends by itself is made by functions, and a `Sender` sends it: with the feature `webhooks`.",
        );
    }
    docs
}

/// The function that makes a router of a service.
fn router(file: &mut RustFile, model: &Model, options: &Options, names: &Names) {
    let base_path = base_path::of(model, options);
    let (based, nested) = match base_path.is_empty() {
        true => (None, quote!(contract())),
        false => (
            Some(quote!(.with_base_path(BASE_PATH))),
            quote!(axum::Router::new().nest(BASE_PATH, contract())),
        ),
    };
    if based.is_some() {
        file.item(quote! {
            /// The path that everything is below: that of the server in the document.
            pub const BASE_PATH: &str = #base_path;
        });
    }
    let merge = contract::is_served(model, options).then(|| quote!(.merge(#nested)));
    let routes = names.in_root("Routes");
    if model.groups.is_empty() {
        file.item(quote! {
            /// A router without operations: the document has none.
            pub fn router() -> axum::Router {
                #routes::new() #based .into_router() #merge
            }
        });
        return;
    }
    file.use_(quote!(std::sync::Arc));
    let bounds = model.groups.iter().map(|group| &group.name);
    let below = based.as_ref().map_or("", |_| " below [`BASE_PATH`]");
    let document = merge.as_ref().map_or("", |_| ", and the document by [`contract`]");
    let more: &[&str] = match base_path.is_empty() {
        true => &[" The operations are its fallback: layers, nesting and other routes work as on any router."],
        false => &[
            " Its fallback answers what is elsewhere with 404: layers, nesting and other routes work as on any router.",
            " Of several routers that are merged all but one lose theirs by `reset_fallback`.",
        ],
    };
    let docs = format!(" A router that serves all operations{below} with one service{document}.");
    file.item(quote! {
        #[doc = #docs]
        ///
        #(#[doc = #more])*
        pub fn router<S>(service: S) -> axum::Router
        where
            S: #(#bounds)+*,
        {
            routes(service).into_router() #merge
        }
    });
    all_routes(file, model, options, &routes);
}

/// The function that gives all operations to be made into a router.
fn all_routes(file: &mut RustFile, model: &Model, options: &Options, routes: &Ident) {
    let bounds = model.groups.iter().map(|group| &group.name);
    let merges = model.groups.iter().map(|group| {
        let module = group.module();
        quote!(.merge(api::#module::routes(&service)))
    });
    let limited = options.body_limit.map(|bytes| {
        let bytes = group::bytes(bytes);
        quote!(.limit_bodies(#bytes))
    });
    let based = match base_path::of(model, options).is_empty() {
        true => None,
        false => Some(quote!(.with_base_path(BASE_PATH))),
    };
    let calls: Vec<_> = merges.chain(limited).chain(based).collect();
    let all = group::chain(routes, &calls);
    file.item(quote! {
        /// All operations with one service, to be made into a router: with limits of bodies and layers for each
        /// operation, and problems in another form.
        ///
        /// For a service of its own for each group, merge the `routes` of the modules in [`api`].
        pub fn routes<S>(service: S) -> #routes
        where
            S: #(#bounds)+*,
        {
            let service = Arc::new(service);
            #all
        }
    });
}
