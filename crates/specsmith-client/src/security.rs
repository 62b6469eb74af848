//! What the document says about credentials: the schemes, and the methods of the builder that take them.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::ParameterIn;
use specsmith_runtime::Part;
use specsmith_rust::model::{Operation, Scheme, SchemeKind, TokenFlow};
use specsmith_rust::{Model, Prose, RustFile};
use specsmith_types::Manifest;

use crate::Options;
use crate::WASM;

/// Adds the methods of the builder that take credentials.
pub(crate) fn render(file: &mut RustFile, model: &Model) {
    let methods = Vec::from_iter(model.schemes.iter().filter_map(|scheme| credential(file, scheme)));
    if !methods.is_empty() {
        file.item(quote! {
            #[doc = " The credentials that the document names."]
            impl ClientBuilder { #(#methods)* }
        });
    }
}

/// The schemes, as the runtime has them.
pub(crate) fn schemes(file: &mut RustFile, model: &Model) -> Vec<TokenStream> {
    if !model.schemes.is_empty() {
        file.use_(quote!(crate::runtime::client::{Place, Scheme}));
    }
    if model.schemes.iter().any(|scheme| !scheme.flows.is_empty()) {
        file.use_(quote!(crate::runtime::client::Flow));
    }
    let schemes = model.schemes.iter().map(|scheme| {
        let (name, method, place) = (&scheme.wire, scheme.method.unraw(), place(&scheme.kind));
        let flows = scheme.flows.iter().map(flow);
        let flows = (!scheme.flows.is_empty()).then(|| quote!(.flows(&[#(#flows),*])));
        quote!(Scheme::new(#name, #method, #place) #flows)
    });
    schemes.collect()
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

fn flow(flow: &TokenFlow) -> TokenStream {
    let optional = |url: &Option<String>| match url {
        Some(url) => quote!(Some(#url)),
        None => quote!(None),
    };
    match flow {
        TokenFlow::AuthorizationCode {
            authorization,
            token,
            refresh,
        } => {
            let refresh = optional(refresh);
            quote!(Flow::AuthorizationCode { authorization: #authorization, token: #token, refresh: #refresh })
        }
        TokenFlow::ClientCredentials { token } => quote!(Flow::ClientCredentials { token: #token }),
        TokenFlow::DeviceAuthorization { device, token, refresh } => {
            let refresh = optional(refresh);
            quote!(Flow::DeviceAuthorization { device: #device, token: #token, refresh: #refresh })
        }
        TokenFlow::Password { token, refresh } => {
            let refresh = optional(refresh);
            quote!(Flow::Password { token: #token, refresh: #refresh })
        }
        TokenFlow::OpenIdConnect { url } => quote!(Flow::OpenIdConnect { url: #url }),
    }
}

/// The method of the builder that takes a credential; there is none for a certificate, which is the transport's.
fn credential(file: &mut RustFile, scheme: &Scheme) -> Option<TokenStream> {
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
    if scheme.kind == SchemeKind::Bearer {
        docs.own(match scheme.flows.is_empty() {
            true => "It is a token, or a [`TokenProvider`](crate::TokenProvider) that gives one for each call.",
            false => {
                "It is a token, [`OAuthTokens`](crate::OAuthTokens) that get and refresh it, or your own\n\
                 [`TokenProvider`](crate::TokenProvider)."
            }
        });
    }
    docs.append(&scheme.docs);
    let (docs, method, name) = (docs.attributes(), &scheme.method, &scheme.wire);
    Some(match &scheme.kind {
        SchemeKind::Basic => quote! {
            #docs
            pub fn #method(self, user: &str, password: &str) -> Self {
                self.basic_credential(#name, user, password)
            }
        },
        SchemeKind::Bearer => {
            file.use_(quote!(crate::runtime::client::TokenSource));
            quote! {
                #docs
                pub fn #method(self, token: impl Into<TokenSource>) -> Self {
                    self.credential(#name, token)
                }
            }
        }
        _ => quote! {
            #docs
            pub fn #method(self, credential: impl Into<String>) -> Self {
                self.credential(#name, credential.into())
            }
        },
    })
}

/// The scopes that an operation needs, by their scheme: those of the first way that has the scheme.
pub(crate) fn scopes(model: &Model, operation: &Operation) -> Option<TokenStream> {
    let mut found: Vec<(&str, &[String])> = Vec::new();
    for required in operation.security.iter().flat_map(|way| &way.schemes) {
        let scheme = model.schemes.iter().find(|scheme| scheme.source == required.scheme);
        if let Some(scheme) = scheme.filter(|scheme| !scheme.flows.is_empty())
            && !found.iter().any(|(name, _)| *name == scheme.wire)
        {
            found.push((&scheme.wire, &required.scopes));
        }
    }
    found.retain(|(_, scopes)| !scopes.is_empty());
    let scopes = found.iter().map(|(name, scopes)| quote!((#name, &[#(#scopes),*])));
    (!found.is_empty()).then(|| quote!(.scopes(&[#(#scopes),*])))
}

/// What the flows of the document need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OAuth {
    /// A user agrees in a browser.
    code: bool,
    /// A user agrees on another device.
    device: bool,
}

impl OAuth {
    /// Whether a user agrees in a browser, by a code.
    pub(crate) fn has_code(self) -> bool {
        self.code
    }

    /// `None` where the document names no flow.
    pub(crate) fn of(model: &Model) -> Option<Self> {
        let flows = Vec::from_iter(model.schemes.iter().flat_map(|scheme| &scheme.flows));
        let any = |wanted: fn(&TokenFlow) -> bool| {
            let mut flows = flows.iter();
            flows.any(|flow| wanted(flow) || matches!(flow, TokenFlow::OpenIdConnect { .. }))
        };
        (!flows.is_empty()).then(|| Self {
            code: any(|flow| matches!(flow, TokenFlow::AuthorizationCode { .. })),
            device: any(|flow| matches!(flow, TokenFlow::DeviceAuthorization { .. })),
        })
    }

    /// The parts of the runtime.
    pub(crate) fn parts(self) -> impl Iterator<Item = Part> {
        let parts = [
            (Part::OAuth, true),
            (Part::OAuthCode, self.code),
            (Part::OAuthDevice, self.device),
        ];
        parts.into_iter().filter_map(|(part, used)| used.then_some(part))
    }

    /// Adds what the parts depend on, but for tokio on platforms where every client has it.
    pub(crate) fn depend(self, manifest: &mut Manifest) {
        manifest.target(WASM).dependency_with("tokio", "1", &["sync"]);
        if self.code {
            manifest.dependency_with("getrandom", "0.4", &["std"]);
            manifest
                .target(WASM)
                .dependency_with("getrandom", "0.4", &["std", "wasm_js"]);
            manifest.dependency_with("sha2", "0.11", &[]);
        }
    }

    /// What is exported at the root of the crate.
    pub(crate) fn exports(self) -> TokenStream {
        let code = self.code.then(|| quote!(Authorization,));
        let device = self.device.then(|| quote!(DeviceAuthorization,));
        quote!(pub use runtime::client::{#code #device OAuthClient, OAuthTokens, TokenResponse};)
    }
}

/// The credentials for the README: the method of the builder, and the scheme that it is for.
pub(crate) fn rows(model: &Model) -> Vec<[String; 2]> {
    let rows = model.schemes.iter().filter_map(|scheme| {
        let (arguments, what) = match &scheme.kind {
            SchemeKind::Basic => ("user, password", "user and password".to_owned()),
            SchemeKind::Bearer if scheme.flows.is_empty() => ("token", "a bearer token".to_owned()),
            SchemeKind::Bearer => ("token", "a token of OAuth 2.0, or what gets it".to_owned()),
            SchemeKind::ApiKey { place, name } => ("key", format!("the {place} {}", Prose::code(name))),
            SchemeKind::Http { scheme } => ("credential", format!("`Authorization`, after {}", Prose::code(scheme))),
            SchemeKind::MutualTls => {
                let what = "a certificate of the connection".to_owned();
                return Some([
                    "http_client(client)".to_owned(),
                    format!("{}: {what}", Prose::code(&scheme.wire)),
                ]);
            }
            SchemeKind::Unknown => return None,
        };
        let call = format!("{}({arguments})", scheme.method);
        Some([call, format!("{}: {what}", Prose::code(&scheme.wire))])
    });
    rows.map(|row| row.map(|text| text.replace('|', "\\|"))).collect()
}

/// How a token of OAuth 2.0 is got, for the README.
pub(crate) fn example(model: &Model, options: &Options) -> Option<String> {
    let scheme = model.schemes.iter().find(|scheme| !scheme.flows.is_empty())?;
    let stands_for_itself = |flow: &TokenFlow| matches!(flow, TokenFlow::ClientCredentials { .. });
    let tokens = match scheme.flows.iter().any(stands_for_itself) {
        true => "client_credentials()",
        false => "refresh_token(\"...\")",
    };
    Some(format!(
        "use {}::{{Client, OAuthClient}};\n\n\
         let tokens = OAuthClient::new(\"id\").secret(\"...\").{tokens};\n\
         let client = Client::builder().{}(tokens).build()?;",
        options.library(),
        scheme.method
    ))
}
