//! `src/client.rs`: what the document adds to the client and its builder.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::Server;
use specsmith_rust::model::{Group, ServerScope};
use specsmith_rust::{Model, Prose, RustFile};

use crate::{group, security, servers};

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
    let api = api(&mut file, model);
    file.item(api);
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
    security::render(&mut file, model);
    file
}

/// The address of the first server that is absolute.
pub(crate) fn default_server(model: &Model) -> Option<String> {
    let mut urls = model.servers.iter().map(Server::address);
    urls.find(|url| (url.starts_with("https://") || url.starts_with("http://")) && !url.contains('{'))
}

fn api(file: &mut RustFile, model: &Model) -> TokenStream {
    let server = match default_server(model) {
        Some(url) => quote!(Some(#url)),
        None => quote!(None),
    };
    let schemes = security::schemes(file, model);
    quote! {
        static API: Api = Api {
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            server: #server,
            schemes: &[#(#schemes),*],
        };
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
    let mut of_api = model
        .server_types
        .iter()
        .filter(|server| server.scope == ServerScope::Api)
        .peekable();
    match (default_server(model), of_api.peek()) {
        (Some(url), _) => docs.own(&format!("Unless told otherwise it calls {}.", Prose::code(&url))),
        (None, None) => {
            docs.own("The document names no absolute address, so [`ClientBuilder::base_url`] has to give one.")
        }
        (None, Some(_)) => docs.own(
            "The document names no absolute address, so [`ClientBuilder::server`] or [`ClientBuilder::base_url`] has to\n\
             give one.",
        ),
    };
    if of_api.peek().is_some() {
        let servers = of_api.map(|server| {
            let name = server.name.unraw();
            let link = format!("[`servers::{name}`](crate::servers::{name})");
            format!("- {link}, {}", servers::description(server))
        });
        let servers = Vec::from_iter(servers).join("\n");
        docs.own(&format!(
            "The servers of the document, for [`ClientBuilder::server`]:\n\n{servers}"
        ));
    }
    docs
}
