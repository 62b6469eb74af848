//! Who calls in the program: nobody in particular.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_rust::{
    Model, RustFile,
    model::{Operation, SchemeKind},
};

use super::program::{is_unserved, root_name};

/// What the context of an operation has for its caller.
pub(super) fn caller(model: &Model, operation: &Operation) -> Option<TokenStream> {
    model.caller(operation).map(|caller| {
        let mut schemes: Vec<_> = caller.ways.iter().flat_map(|way| &way.schemes).collect();
        schemes.sort();
        schemes.dedup();
        let all = schemes.iter().map(|_| quote!(()));
        let ty = match (&caller.name, schemes.len()) {
            (Some(name), _) => quote!(server::auth::#name<#(#all),*>),
            (None, 1) => quote!(()),
            (None, _) => quote!((#(#all),*)),
        };
        match caller.is_optional {
            true => quote!(<Option<#ty>>),
            false => quote!(<#ty>),
        }
    })
}

/// What the service says to credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// They are all good.
    All,
    /// Those are good that are [`SECRET`], also as name and password.
    Secret,
}

/// What is a good credential for a service that does not trust all.
pub(crate) const SECRET: &str = "secret";

/// The service's answer to credentials.
pub(crate) fn authenticator(model: &Model, server: &str, trust: Trust) -> String {
    let used = model.operations().filter_map(|(_, operation)| {
        let caller = model.caller(operation)?;
        (!is_unserved(model, operation)).then_some(caller)
    });
    let used: BTreeSet<_> = used
        .flat_map(|caller| &caller.ways)
        .flat_map(|way| &way.schemes)
        .collect();
    let schemes: Vec<_> = model
        .schemes
        .iter()
        .filter(|scheme| used.contains(&scheme.source))
        .collect();
    if schemes.is_empty() {
        return String::new();
    }
    let server = quote::format_ident!("{server}");
    let name = |name: &str| {
        let name = root_name(model, name);
        quote!(#server::#name)
    };
    let (authenticate, cx, denied) = (name("Authenticate"), name("AuthContext"), name("Denied"));
    let functions = schemes.iter().map(|scheme| {
        let (function, principal) = (&scheme.function, &scheme.principal);
        let argument = match scheme.kind {
            SchemeKind::Basic => Some(name("BasicCredentials")),
            SchemeKind::MutualTls => Some(name("ClientCertificate")),
            SchemeKind::Unknown => None,
            _ => Some(name("Credential")),
        };
        let argument = argument.map(|ty| quote!(credential: #ty,));
        let granted = name("Granted");
        let (ty, value) = match scheme.is_scoped {
            true => (quote!(#granted<()>), quote!(#granted::all(()))),
            false => (quote!(()), quote!(())),
        };
        let is_good = match (trust, &scheme.kind) {
            (Trust::All, _) | (_, SchemeKind::MutualTls | SchemeKind::Unknown) => quote!(true),
            (Trust::Secret, SchemeKind::Basic) => quote!(credential.matches(#SECRET, #SECRET)),
            (Trust::Secret, _) => quote!(credential.matches(#SECRET)),
        };
        quote! {
            type #principal = ();
            async fn #function(&self, #argument _: #cx<'_>) -> Result<#ty, #denied> {
                match #is_good { true => Ok(#value), false => Err(#denied::Invalid) }
            }
        }
    });
    let mut file = RustFile::new();
    file.item(quote!(impl #authenticate for Service { #(#functions)* }));
    file.to_string()
}
