//! `src/servers.rs`: a type for each server that the document names, where there is a choice.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_rust::model::{Operation, Origin, ServerChoice, ServerScope, ServerType, ServerVariable};
use specsmith_rust::{Model, Prose, RustFile};

use crate::handle;

/// Renders the servers; `None` where there is no choice.
pub(crate) fn render(model: &Model) -> Option<RustFile> {
    if model.server_types.is_empty() {
        return None;
    }
    let mut file = RustFile::new();
    let mut docs = Prose::new();
    docs.own("The servers that the document names.");
    if has(model, ServerScope::Api) {
        docs.own("[`ClientBuilder::server`](crate::ClientBuilder::server) takes that of all calls.");
    }
    if has(model, ServerScope::Operations) {
        docs.own(
            "[`Request::with_server`](crate::Request::with_server) takes that of a call which has a server of its own.",
        );
    }
    file.doc(&docs);
    file.use_(quote!(crate::runtime::client::Server));
    let mut choices = BTreeSet::new();
    for server in &model.server_types {
        add(&mut file, server);
        for choice in server.variables.iter().filter_map(|variable| variable.choice.as_ref()) {
            if choices.insert(choice.name.as_str()) {
                add_choice(&mut file, choice);
            }
        }
    }
    Some(file)
}

fn has(model: &Model, scope: ServerScope) -> bool {
    model.server_types.iter().any(|server| server.scope == scope)
}

/// The address of an operation's own server; `None` where it is that of the API.
pub(crate) fn own_address(model: &Model, operation: &Operation) -> Option<String> {
    let own = operation.servers.first()?.address();
    (handle::default_server(model).as_ref() != Some(&own)).then_some(own)
}

/// What is said about an operation's own server; empty where it has none.
pub(crate) fn docs(model: &Model, operation: &Operation) -> String {
    let Some(own) = own_address(model, operation) else {
        return String::new();
    };
    let is_own = |server: &&ServerType| operation.servers.iter().any(|own| own.url == server.server.url);
    let types = model.server_types.iter().filter(is_own).map(|server| {
        let name = server.name.unraw();
        format!("[`servers::{name}`](crate::servers::{name})")
    });
    let types = Vec::from_iter(types).join(", ");
    let others = match types.is_empty() {
        true => String::new(),
        false => format!("\n[`with_server`](Request::with_server) takes {types}."),
    };
    let own = Prose::code(&own);
    format!("The server is {own}, unless the client was given one.{others}")
}

/// What a server is, in a line.
pub(crate) fn description(server: &ServerType) -> String {
    let (url, server) = (Prose::code(&server.server.url), &server.server);
    match server.description.as_deref().or(server.name.as_deref()) {
        Some(text) => format!("{url}: {}", Prose::one_line(text)),
        None => url,
    }
}

fn add(file: &mut RustFile, server: &ServerType) {
    let mut docs = Prose::new();
    docs.own(&description(server));
    let (docs, name) = (docs.attributes(), &server.name);
    if server.variables.is_empty() && server.origin == Origin::Absolute {
        let url = &server.server.url;
        file.item(quote! {
            #docs
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub struct #name;
        });
        file.item(quote! {
            impl From<#name> for Server {
                fn from(_: #name) -> Self {
                    Server::new(#url)
                }
            }
        });
        return;
    }
    let fields = server.variables.iter().map(|variable| {
        let (field, ty) = (&variable.name, field_type(variable));
        quote!(#field: #ty)
    });
    let base = (server.origin == Origin::Relative).then(|| quote!(base: String,));
    file.item(quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct #name { #base #(#fields),* }
    });
    let (new, setters) = (new(server), server.variables.iter().map(setter));
    file.item(quote!(impl #name { #new #(#setters)* }));
    if server.origin == Origin::Absolute {
        file.item(quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        });
    }
    let url = &server.server.url;
    let base = (server.origin == Origin::Relative).then(|| quote!(.relative_to(&server.base)));
    let values = server.variables.iter().map(|variable| {
        let (field, wire) = (&variable.name, &variable.wire);
        match variable.choice {
            Some(_) => quote!(.with(#wire, server.#field.as_str())),
            None => quote!(.with(#wire, &server.#field)),
        }
    });
    file.item(quote! {
        impl From<#name> for Server {
            fn from(server: #name) -> Self {
                Server::new(#url) #base #(#values)*
            }
        }
    });
}

fn field_type(variable: &ServerVariable) -> TokenStream {
    match &variable.choice {
        Some(choice) => {
            let name = &choice.name;
            quote!(#name)
        }
        None => quote!(String),
    }
}

fn new(server: &ServerType) -> TokenStream {
    let defaults = server.variables.iter().map(|variable| {
        let (field, text) = (&variable.name, &variable.default);
        match &variable.choice {
            Some(choice) => {
                let (name, default) = (&choice.name, &choice.default);
                quote!(#field: #name::#default)
            }
            None if text.is_empty() => quote!(#field: String::new()),
            None => quote!(#field: #text.to_owned()),
        }
    });
    match server.origin {
        Origin::Absolute => quote! {
            #[doc = " The server, with the defaults of its variables."]
            pub fn new() -> Self {
                Self { #(#defaults),* }
            }
        },
        Origin::Relative => quote! {
            #[doc = " The server whose address starts from `base`, such as `https://example.com`."]
            pub fn new(base: impl Into<String>) -> Self {
                Self { base: base.into(), #(#defaults),* }
            }
        },
    }
}

fn setter(variable: &ServerVariable) -> TokenStream {
    let mut docs = Prose::new();
    docs.own(&format!(
        "Sets {}; {} unless set.",
        Prose::code(&variable.wire),
        match variable.default.is_empty() {
            true => "empty".to_owned(),
            false => Prose::code(&variable.default),
        }
    ));
    docs.append(&variable.docs);
    let (docs, name) = (docs.attributes(), &variable.name);
    match &variable.choice {
        Some(choice) => {
            let ty = &choice.name;
            quote! {
                #docs
                #[must_use]
                pub fn #name(mut self, #name: #ty) -> Self {
                    self.#name = #name;
                    self
                }
            }
        }
        None => quote! {
            #docs
            #[must_use]
            pub fn #name(mut self, #name: impl Into<String>) -> Self {
                self.#name = #name.into();
                self
            }
        },
    }
}

fn add_choice(file: &mut RustFile, choice: &ServerChoice) {
    let name = &choice.name;
    let variants = choice.variants.iter().map(|(variant, text)| {
        let docs = match text.is_empty() {
            true => " Nothing.".to_owned(),
            false => format!(" {}", Prose::code(text)),
        };
        quote!(#[doc = #docs] #variant)
    });
    let texts = choice
        .variants
        .iter()
        .map(|(variant, text)| quote!(Self::#variant => #text));
    file.item(quote! {
        #[doc = " A value of a variable."]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
    });
    file.item(quote! {
        impl #name {
            #[doc = " The text in the address."]
            pub fn as_str(self) -> &'static str {
                match self { #(#texts),* }
            }
        }
    });
}

/// The servers for the README: how each is made, and its address.
pub(crate) fn rows(model: &Model) -> Vec<[String; 2]> {
    let of_api = model
        .server_types
        .iter()
        .filter(|server| server.scope == ServerScope::Api);
    let rows = of_api.map(|server| {
        let arguments = match (server.origin, server.variables.is_empty()) {
            (Origin::Absolute, true) => "",
            (Origin::Absolute, false) => "::new()",
            (Origin::Relative, _) => "::new(\"https://...\")",
        };
        let setters = server.variables.iter().map(|variable| match &variable.choice {
            Some(choice) => format!(".{}(servers::{}::{})", variable.name, choice.name, choice.default),
            None => format!(".{}(\"...\")", variable.name),
        });
        let call = format!("servers::{}{arguments}{}", server.name, setters.collect::<String>());
        [call, description(server)].map(|text| text.replace('|', "\\|"))
    });
    rows.collect()
}
