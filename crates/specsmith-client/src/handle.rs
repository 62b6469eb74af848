//! `src/client.rs`: what the document adds to the client and its builder.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::ParameterIn;
use specsmith_rust::model::{Group, Scheme, SchemeKind};
use specsmith_rust::{Model, Prose, RustFile};

use crate::group;
use crate::operation::server_url;

/// Renders what the document adds to the client and its builder.
pub(crate) fn render(model: &Model) -> RustFile {
    let mut file = RustFile::new();
    let mut docs = Prose::new();
    docs.own("What the API adds to [`Client`] and [`ClientBuilder`].");
    file.doc(&docs);
    file.use_(quote!(crate::runtime::client::{Api, Client, ClientBuilder}));
    if !model.groups.is_empty() {
        // Groups are named by their path, since one can be called as what is imported here.
        file.use_(quote!(crate::api));
    }
    file.item(api(model));
    if !model.schemes.is_empty() {
        file.use_(quote!(crate::runtime::client::{Place, Scheme}));
    }
    let groups = model.groups.iter().map(accessor);
    let builder_docs = builder_docs(model).attributes();
    file.item(quote! {
        impl Client {
            #builder_docs
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new(&API)
            }

            #(#groups)*
        }
    });
    let credentials = Vec::from_iter(model.schemes.iter().filter_map(credential));
    if !credentials.is_empty() {
        file.item(quote! {
            #[doc = " The credentials that the document names."]
            impl ClientBuilder { #(#credentials)* }
        });
    }
    file
}

/// The address of the first server that is absolute.
pub(crate) fn default_server(model: &Model) -> Option<String> {
    let mut urls = model.servers.iter().map(server_url);
    urls.find(|url| (url.starts_with("https://") || url.starts_with("http://")) && !url.contains('{'))
}

fn api(model: &Model) -> TokenStream {
    let server = match default_server(model) {
        Some(url) => quote!(Some(#url)),
        None => quote!(None),
    };
    let schemes = model.schemes.iter().map(|scheme| {
        let (name, method, place) = (&scheme.wire, scheme.method.unraw(), place(&scheme.kind));
        quote!(Scheme { name: #name, method: #method, place: #place })
    });
    quote! {
        static API: Api = Api {
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            server: #server,
            schemes: &[#(#schemes),*],
        };
    }
}

fn place(kind: &SchemeKind) -> TokenStream {
    match kind {
        SchemeKind::ApiKey {
            place: ParameterIn::Query | ParameterIn::Querystring,
            name,
        } => quote!(Place::Query(#name)),
        SchemeKind::ApiKey {
            place: ParameterIn::Cookie,
            name,
        } => quote!(Place::Cookie(#name)),
        SchemeKind::ApiKey {
            place: ParameterIn::Header | ParameterIn::Path,
            name,
        } => quote!(Place::Header(#name)),
        SchemeKind::Basic => quote!(Place::Authorization("Basic")),
        SchemeKind::Bearer => quote!(Place::Authorization("Bearer")),
        SchemeKind::Http { scheme } => quote!(Place::Authorization(#scheme)),
        SchemeKind::MutualTls | SchemeKind::Unknown => quote!(Place::Connection),
    }
}

/// The method of the client that leads to a group.
fn accessor(group: &Group) -> TokenStream {
    let mut docs = Prose::new();
    docs.own(&group::heading(group));
    let (docs, accessor, name) = (docs.attributes(), &group.accessor, &group.name);
    let condition = group::condition(group);
    quote! {
        #docs
        #condition
        pub fn #accessor(&self) -> api::#name {
            api::#name { client: self.clone() }
        }
    }
}

fn builder_docs(model: &Model) -> Prose {
    let mut docs = Prose::new();
    docs.own("Begins a client.");
    match default_server(model) {
        Some(url) => docs.own(&format!("Unless told otherwise it calls {}.", Prose::code(&url))),
        None => docs.own("The document names no absolute address, so [`ClientBuilder::base_url`] has to give one."),
    };
    let names = Vec::from_iter(model.servers.iter().map(|server| {
        let description = server.description.as_deref().or(server.name.as_deref());
        let description = description.map(|text| format!(": {}", Prose::one_line(text)));
        format!("- {}{}", Prose::code(&server.url), description.unwrap_or_default())
    }));
    if names.len() > 1 {
        docs.own(&format!("The servers of the document:\n\n{}", names.join("\n")));
    }
    docs
}

/// The method of the builder that takes a credential; there is none for a certificate, which is the transport's.
fn credential(scheme: &Scheme) -> Option<TokenStream> {
    let mut docs = Prose::new();
    let what = match &scheme.kind {
        SchemeKind::ApiKey { place, name } => format!("the key that is sent in the {place} {}", Prose::code(name)),
        SchemeKind::Basic => "user and password".to_owned(),
        SchemeKind::Bearer => "the bearer token".to_owned(),
        SchemeKind::Http { scheme } => format!("what is sent in `Authorization` after {}", Prose::code(scheme)),
        SchemeKind::MutualTls | SchemeKind::Unknown => return None,
    };
    docs.own(&format!(
        "Sets {what}, for the security scheme {}.",
        Prose::code(&scheme.wire)
    ));
    docs.append(&scheme.docs);
    let (docs, method, name) = (docs.attributes(), &scheme.method, &scheme.wire);
    Some(match &scheme.kind {
        SchemeKind::Basic => quote! {
            #docs
            pub fn #method(self, user: &str, password: &str) -> Self {
                self.basic_credential(#name, user, password)
            }
        },
        _ => quote! {
            #docs
            pub fn #method(self, credential: impl Into<String>) -> Self {
                self.credential(#name, credential)
            }
        },
    })
}
