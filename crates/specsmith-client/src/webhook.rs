//! `src/webhooks.rs`: what the API sends by itself, and which of it came.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_runtime::Part;
use specsmith_rust::model::{
    ResponseBody, RustType, SentRequest, ToldBy, Webhook, WebhookEnum, Webhooks, WebhooksAlike,
};
use specsmith_rust::{Deprecation, Ident, Model, Prose, RustFile, types};
use specsmith_types::Manifest;

use crate::argument::imported;
use crate::body::xml_root;
use crate::security::OAuth;

/// Renders the module of webhooks; `None` where there is none.
pub(crate) fn render(model: &Model) -> Option<RustFile> {
    let webhooks = model.webhooks.as_ref()?;
    let mut file = RustFile::new();
    let mut docs = Prose::new();
    docs.own("The requests that the API sends to those who use it.");
    docs.own(
        "Anyone who knows your address can send such requests: with the feature `webhooks`, a\n\
         `Verifier` tells whether the API signed them.",
    );
    file.doc(&docs);
    allow_deprecated(&mut file, model, webhooks.list.iter().map(|webhook| &webhook.request));
    if webhooks.event.is_some() {
        file.attribute(quote!(#![allow(clippy::enum_variant_names, reason = "names follow the document")]));
    }
    file.use_(quote!(crate::runtime::client::webhook));
    if let Some(event) = &webhooks.event {
        event_enum(&mut file, model, webhooks, event);
    }
    for webhook in webhooks.list.iter() {
        // Without the enum, the function is all that there is of the webhook.
        let is_typed = matches!(
            webhook.request.body,
            ResponseBody::Json(_) | ResponseBody::Xml(..) | ResponseBody::Text
        );
        if is_typed || webhooks.event.is_none() {
            let docs = reader_docs(webhook, webhooks.event.as_ref());
            reader(&mut file, model, &webhook.request, &docs);
        }
    }
    verifier(&mut file, model);
    if let Some(event) = &webhooks.event {
        routes(&mut file, event);
    }
    routes_of(&mut file);
    Some(file)
}

/// Lets a file use what is deprecated, where anything of it is.
pub(crate) fn allow_deprecated<'m>(
    file: &mut RustFile,
    model: &Model,
    mut requests: impl Iterator<Item = &'m SentRequest>,
) {
    let is_deprecated = requests.any(|request| request.deprecated.is_some());
    if is_deprecated || model.has_deprecated_types() {
        file.allow_deprecated();
    }
}

/// The enum of all webhooks, and how one is read.
fn event_enum(file: &mut RustFile, model: &Model, webhooks: &Webhooks, event: &WebhookEnum) {
    let WebhookEnum { name, unknown, .. } = event;
    let variants = webhooks.list.iter().zip(&event.held).map(|(webhook, held)| {
        let docs = labeled(webhook).attributes();
        let variant = &webhook.variant;
        match held {
            RustType::Unit => quote!(#docs #variant,),
            _ => {
                let held = body_type(file, model, &webhook.request.body, held);
                quote!(#docs #variant(#held),)
            }
        }
    });
    let variants = Vec::from_iter(variants);
    let other = match &event.told_by {
        ToldBy::Body(_) => imported(file, model, &RustType::Value),
        _ => quote!(webhook::UnknownWebhook),
    };
    file.item(quote! {
        #[doc = " A request that the API sends."]
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = " One that the document does not name, as it came."]
            #unknown(#other),
        }
    });
    if let ToldBy::Body(variants) = &event.told_by {
        file.use_(quote!(crate::runtime::codec::codec));
        file.macro_lines("codec", quote!(union #name), types::codec_lines(variants, unknown));
    }
    let read = match &event.told_by {
        ToldBy::Body(_) => quote!(webhook::read_any(headers, body)),
        ToldBy::Header { header, names, alike } => {
            for alike in alike {
                alike_enum(file, model, alike);
            }
            let names = names.iter().map(String::as_str);
            let name = quote!(webhook::name_in(headers, #header));
            by_name(webhooks, event, &name, names, alike)
        }
        ToldBy::Member(pointer) => {
            let names = webhooks.list.iter().map(|webhook| webhook.request.wire.as_str());
            let name = quote!(webhook::name_at(headers, body, #pointer)?);
            by_name(webhooks, event, &name, names, &[])
        }
        ToldBy::HeaderAndMember { header, pointer, names } => {
            let names = names.iter().map(String::as_str);
            let name = quote!(webhook::name_of(headers, #header, body, #pointer));
            by_name(webhooks, event, &name, names, &[])
        }
    };
    file.item(quote! {
        impl #name {
            #[doc = " Reads a request without asking who sent it."]
            pub fn parse(headers: &http::HeaderMap, body: &[u8]) -> Result<Self, webhook::WebhookError> {
                #read
            }

            #[doc = " Reads a request that the API has signed. The body is the bytes as they came."]
            #[cfg(feature = "webhooks")]
            pub fn verified(
                verifier: &webhook::Verifier,
                headers: &http::HeaderMap,
                body: &[u8],
            ) -> Result<Self, webhook::WebhookError> {
                verifier.verify(headers, body)?;
                Self::parse(headers, body)
            }
        }
    });
}

/// The enum of those webhooks that have one name in the header, which their bodies tell apart.
fn alike_enum(file: &mut RustFile, model: &Model, alike: &WebhooksAlike) {
    let WebhooksAlike {
        wire,
        name,
        unknown,
        variants,
    } = alike;
    let lines = variants.iter().map(|variant| {
        let (variant, held) = (&variant.name, imported(file, model, &variant.ty));
        quote!(#variant(#held),)
    });
    let lines = Vec::from_iter(lines);
    let value = imported(file, model, &RustType::Value);
    let mut docs = Prose::new();
    docs.own(&format!("What {} can be, by its body.", Prose::code(wire)));
    let docs = docs.attributes();
    file.item(quote! {
        #docs
        enum #name {
            #(#lines)*
            #unknown(#value),
        }
    });
    file.use_(quote!(crate::runtime::codec::codec));
    file.macro_lines("codec", quote!(union #name), types::codec_lines(variants, unknown));
}

/// Reads what a name stands for that several webhooks have.
fn alike_arm(alike: &WebhooksAlike, unknown: &Ident) -> TokenStream {
    let WebhooksAlike { wire, name, .. } = alike;
    let arms = alike.variants.iter().map(|variant| {
        let variant = &variant.name;
        quote!(#name::#variant(body) => Ok(Self::#variant(body)),)
    });
    let arms = Vec::from_iter(arms);
    quote! {
        Some(#wire) => match webhook::read(#wire, body)? {
            #(#arms)*
            #name::#unknown(_) => Ok(Self::#unknown(webhook::UnknownWebhook::new(Some(#wire), body))),
        },
    }
}

/// Reads what a name stands for.
fn by_name<'n>(
    webhooks: &Webhooks,
    event: &WebhookEnum,
    name: &TokenStream,
    names: impl Iterator<Item = &'n str>,
    alike: &[WebhooksAlike],
) -> TokenStream {
    let unknown = &event.unknown;
    let of_several = alike.iter().map(|alike| alike_arm(alike, unknown));
    let of_several = Vec::from_iter(of_several);
    let arms = webhooks
        .list
        .iter()
        .zip(&event.held)
        .zip(names)
        .filter(|(_, name)| !alike.iter().any(|alike| alike.wire == *name))
        .map(|((webhook, held), name)| {
            let Webhook { variant, request } = webhook;
            let function = &request.function;
            match held {
                RustType::Unit => quote!(Some(#name) => Ok(Self::#variant),),
                _ if request.body == ResponseBody::Bytes => {
                    quote!(Some(#name) => Ok(Self::#variant(Bytes::copy_from_slice(body))),)
                }
                RustType::Boxed(_) => quote!(Some(#name) => #function(body).map(Box::new).map(Self::#variant),),
                _ => quote!(Some(#name) => #function(body).map(Self::#variant),),
            }
        });
    quote! {
        match #name.as_deref() {
            #(#arms)*
            #(#of_several)*
            name => Ok(Self::#unknown(webhook::UnknownWebhook::new(name, body))),
        }
    }
}

/// The function that reads the body of one request, for those who know which it is.
pub(crate) fn reader(file: &mut RustFile, model: &Model, request: &SentRequest, docs: &Prose) {
    let SentRequest {
        wire, function, body, ..
    } = request;
    let (ty, read) = match body {
        ResponseBody::Empty => (quote!(()), quote!(webhook::read_nothing(body))),
        ResponseBody::Json(ty) => (imported(file, model, ty), quote!(webhook::read(#wire, body))),
        ResponseBody::Xml(ty, root) => {
            let (ty, root) = (imported(file, model, ty), xml_root(file, model, *root));
            (ty, quote!(webhook::read_xml(#wire, &#root, body)))
        }
        ResponseBody::Text => (quote!(String), quote!(webhook::read_text(#wire, body))),
        ResponseBody::Bytes => (quote!(Vec<u8>), quote!(Ok(body.to_vec()))),
    };
    let docs = docs.attributes();
    let deprecated = request.deprecated.as_ref().map(Deprecation::attribute);
    file.item(quote! {
        #docs
        #deprecated
        pub fn #function(body: &[u8]) -> Result<#ty, webhook::WebhookError> {
            #read
        }
    });
}

fn reader_docs(webhook: &Webhook, event: Option<&WebhookEnum>) -> Prose {
    let mut docs = Prose::new();
    docs.own(&format!(
        "Reads the body of the webhook {}.",
        Prose::code(&webhook.request.wire)
    ));
    match event {
        Some(event) => {
            let (event, variant) = (event.name.unraw(), webhook.variant.unraw());
            docs.own(&format!("[`{event}::{variant}`] says what it is."));
        }
        None => {
            docs.append(&webhook.request.docs);
        }
    }
    docs
}

/// The functions that receive all webhooks at one address.
fn routes(file: &mut RustFile, event: &WebhookEnum) {
    let name = &event.name;
    file.item(quote! {
        #[doc = " A route of axum that receives all webhooks which the API has signed."]
        #[doc = ""]
        #[doc = " It answers `204`, `401` where the signature does not hold, `400` where a request cannot be read, and `500`"]
        #[doc = " where `handler` fails, so that the API sends it again."]
        #[cfg(feature = "axum")]
        pub fn route<S, E, F>(
            verifier: webhook::Verifier,
            handler: impl Fn(#name) -> F + Clone + Send + Sync + 'static,
        ) -> axum::routing::MethodRouter<S>
        where
            S: Clone + Send + Sync + 'static,
            E: Into<webhook::BoxError>,
            F: Future<Output = Result<(), E>> + Send,
        {
            webhook::receive(Some(verifier), #name::parse, handler)
        }
    });
    file.item(quote! {
        #[doc = " The same as [`route`], without asking who sent them: anyone who knows the address can."]
        #[cfg(feature = "axum")]
        pub fn unverified_route<S, E, F>(
            handler: impl Fn(#name) -> F + Clone + Send + Sync + 'static,
        ) -> axum::routing::MethodRouter<S>
        where
            S: Clone + Send + Sync + 'static,
            E: Into<webhook::BoxError>,
            F: Future<Output = Result<(), E>> + Send,
        {
            webhook::receive(None, #name::parse, handler)
        }
    });
}

/// What receives requests of one kind, by the function that reads their bodies.
pub(crate) fn routes_of(file: &mut RustFile) {
    file.item(quote!(
        #[cfg(feature = "axum")]
        pub use crate::runtime::client::webhook::{route_of, unverified_route_of};
    ));
}

/// The type that a variant holds.
fn body_type(file: &mut RustFile, model: &Model, body: &ResponseBody, held: &RustType) -> TokenStream {
    match body {
        ResponseBody::Bytes => {
            file.use_(quote!(bytes::Bytes));
            quote!(Bytes)
        }
        _ => imported(file, model, held),
    }
}

/// The name of a webhook and what is said about it.
fn labeled(webhook: &Webhook) -> Prose {
    Prose::labeled(&Prose::code(&webhook.request.wire), &webhook.request.docs)
}

/// The function that makes a verifier of the scheme that the user names.
pub(crate) fn verifier(file: &mut RustFile, model: &Model) {
    let Some(scheme) = &model.signature else { return };
    let scheme = types::signature_scheme(scheme, &quote!(webhook));
    file.item(quote! {
        #[doc = " Tells with a secret whether requests come from the API."]
        #[cfg(feature = "webhooks")]
        pub fn verifier(secret: &str) -> Result<webhook::Verifier, webhook::InvalidSecret> {
            webhook::Verifier::new(#scheme, secret)
        }
    });
}

/// Whether the API sends anything.
fn is_needed(model: &Model) -> bool {
    model.sent().next().is_some()
}

/// Whether anything is XML of a type: what is called, or what is sent.
pub(crate) fn has_xml(model: &Model) -> bool {
    model.has_xml() || sends_xml(model)
}

fn sends_xml(model: &Model) -> bool {
    model
        .sent()
        .any(|request| matches!(request.body, ResponseBody::Xml(..)))
}

/// The parts of the runtime that webhooks and callbacks need.
pub(crate) fn parts(model: &Model) -> Vec<Part> {
    if !is_needed(model) {
        return Vec::new();
    }
    let event = model.webhooks.as_ref().and_then(|webhooks| webhooks.event.as_ref());
    let by_body = event.is_some_and(|event| match &event.told_by {
        ToldBy::Body(_) => true,
        ToldBy::Header { alike, .. } => !alike.is_empty(),
        ToldBy::Member(_) | ToldBy::HeaderAndMember { .. } => false,
    });
    let unions = by_body.then_some(Part::Unions);
    let xml = sends_xml(model).then_some(Part::ClientWebhookXml);
    let parts = [Part::ClientWebhooks, Part::Signature, Part::Base64].into_iter();
    parts.chain(unions).chain(xml).collect()
}

/// Adds the features `webhooks` and `axum`, and what they depend on.
pub(crate) fn depend(model: &Model, oauth: Option<OAuth>, manifest: &mut Manifest) {
    if !is_needed(model) {
        return;
    }
    manifest.optional_dependency("axum", "0.8", &[]);
    manifest.optional_dependency("hmac", "0.13", &[]);
    manifest.optional_dependency("sha1", "0.11", &[]);
    // Codes of OAuth 2.0 need it always.
    let needs_sha2 = oauth.is_some_and(OAuth::has_code);
    if !needs_sha2 {
        manifest.optional_dependency("sha2", "0.11", &[]);
    }
    let enables: &[&str] = match needs_sha2 {
        true => &["dep:hmac", "dep:sha1"],
        false => &["dep:hmac", "dep:sha1", "dep:sha2"],
    };
    manifest.feature("axum", &["dep:axum", "webhooks"]);
    manifest.feature("webhooks", enables);
}

/// What is exported at the root of the crate.
pub(crate) fn exports(file: &mut RustFile, model: &Model) {
    if !is_needed(model) {
        return;
    }
    file.item(quote!(
        pub use runtime::client::{UnknownWebhook, WebhookError};
    ));
    file.item(quote!(
        #[cfg(feature = "webhooks")]
        pub use runtime::client::{InvalidSecret, SignatureError, SignatureHash, SignatureScheme, Verifier};
    ));
}

/// The webhooks for the README: what reads each, and its name.
pub(crate) fn rows(model: &Model) -> Vec<[String; 2]> {
    let webhooks = model.webhooks.iter().flat_map(|webhooks| &webhooks.list);
    let requests = webhooks.map(|webhook| &webhook.request);
    let has_function = |request: &&SentRequest| {
        matches!(
            request.body,
            ResponseBody::Json(_) | ResponseBody::Xml(..) | ResponseBody::Text
        )
    };
    requests
        .filter(has_function)
        .map(|request| {
            let function = format!("webhooks::{}", request.function.unraw());
            [function, Prose::code(&request.wire)]
        })
        .collect()
}
