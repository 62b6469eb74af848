//! `src/webhooks.rs` and `src/callbacks.rs`: what the server sends, as deliveries for a sender.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::{MediaType, ParameterIn};
use specsmith_rust::model::{
    Callback, CallbackUrl, ResponseBody, RustType, SentParameter, SentRequest, SentValue, TypeBody, UrlPart,
};
use specsmith_rust::{Deprecation, Model, Prose, RustFile, types};

/// Whether the server sends anything.
pub(crate) fn is_any(model: &Model) -> bool {
    model.sent().next().is_some()
}

/// Renders the modules: their paths below `src`, and files.
pub(crate) fn render(model: &Model) -> Vec<(&'static str, RustFile)> {
    let webhooks = model.webhooks.as_ref().map(|webhooks| {
        let mut file = module(
            model,
            "The webhooks of the API, each as what a [`Sender`](crate::sender::Sender) sends.",
        );
        for webhook in &webhooks.list {
            let mut docs = Prose::new();
            docs.own(&format!("The webhook {}.", Prose::code(&webhook.request.wire)));
            delivery(&mut file, model, &webhook.request, docs);
        }
        ("webhooks.rs", file)
    });
    let callbacks = (!model.callbacks.is_empty()).then(|| {
        let mut file = module(
            model,
            "The callbacks of operations, each as what a [`Sender`](crate::sender::Sender) sends, and the addresses that\n\
             they are sent to.",
        );
        for callback in &model.callbacks {
            delivery(&mut file, model, &callback.request, told(callback));
            if let Some(url) = &callback.url {
                address(&mut file, model, callback, url);
            }
        }
        ("callbacks.rs", file)
    });
    webhooks.into_iter().chain(callbacks).collect()
}

/// A module without its functions but that which makes signers.
fn module(model: &Model, says: &str) -> RustFile {
    let mut file = RustFile::new();
    let mut docs = Prose::new();
    docs.own(says);
    file.doc(&docs);
    let is_deprecated = model.sent().any(|request| request.deprecated.is_some());
    if is_deprecated || model.has_deprecated_types() {
        file.allow_deprecated();
    }
    file.use_(quote!(crate::runtime::server::sender));
    if let Some(scheme) = &model.signature {
        let scheme = types::signature_scheme(scheme, &quote!(sender));
        file.item(quote! {
            #[doc = " What signs with a secret as the API does."]
            pub fn signer(secret: &str) -> Result<sender::Signer, sender::InvalidSecret> {
                sender::Signer::new(#scheme, secret)
            }
        });
    }
    file
}

/// What is said about a callback.
fn told(callback: &Callback) -> Prose {
    let mut docs = Prose::new();
    let (name, operation) = (Prose::code(&callback.request.wire), Prose::code(&callback.operation));
    docs.own(&match &callback.url {
        Some(url) => format!(
            "The callback {name} of {operation}, for the address of [`{}`].",
            url.function.unraw()
        ),
        None => format!("The callback {name} of {operation}."),
    });
    docs
}

/// The function that makes a delivery of a body.
fn delivery(file: &mut RustFile, model: &Model, request: &SentRequest, mut docs: Prose) {
    let SentRequest {
        wire,
        function,
        http_method,
        parameters,
        deprecated,
        ..
    } = request;
    docs.append(&request.docs);
    let optional = parameters
        .iter()
        .filter(|parameter| argument_of(parameter).is_none() && !is_constant(parameter));
    let optional = Vec::from_iter(optional.map(by_hand));
    if !optional.is_empty() {
        docs.own(&format!("It can have {}.", optional.join(" and ")));
    }
    let arguments = parameters.iter().filter_map(|parameter| {
        let (name, ty) = (&parameter.name, argument_of(parameter)?);
        Some(quote!(#name: #ty,))
    });
    let arguments = Vec::from_iter(arguments);
    let set = Vec::from_iter(parameters.iter().filter_map(setter));
    let (body, with_body) = body(file, model, request);
    let (docs, method) = (docs.attributes(), http_method.as_str());
    let deprecated = deprecated.as_ref().map(Deprecation::attribute);
    let many = (arguments.len() > MANY_ARGUMENTS)
        .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "the document requires them")]));
    file.item(quote! {
        #docs
        #deprecated
        #many
        pub fn #function(#(#arguments)* #body) -> sender::Delivery {
            sender::Delivery::new(#wire, #method) #(#set)* #with_body
        }
    });
}

/// How many arguments a function has before clippy says that they are many, beside the body.
const MANY_ARGUMENTS: usize = 6;

fn is_constant(parameter: &SentParameter) -> bool {
    matches!(parameter.value, SentValue::Constant(_))
}

/// The type of the argument for a parameter that must be sent.
fn argument_of(parameter: &SentParameter) -> Option<TokenStream> {
    match &parameter.value {
        _ if !parameter.required => None,
        SentValue::Constant(_) => None,
        SentValue::Text => Some(quote!(&str)),
        SentValue::Integer => Some(quote!(i64)),
        SentValue::Boolean => Some(quote!(bool)),
    }
}

/// How a parameter is set.
fn setter(parameter: &SentParameter) -> Option<TokenStream> {
    let SentParameter { wire, name, .. } = parameter;
    let value = match &parameter.value {
        SentValue::Constant(text) => quote!(#text),
        _ if parameter.required => quote!(#name),
        _ => return None,
    };
    Some(match parameter.place {
        ParameterIn::Query => quote!(.with_query(#wire, #value)),
        _ => quote!(.with_header(#wire, #value)),
    })
}

/// How users set what need not be sent.
fn by_hand(parameter: &SentParameter) -> String {
    let name = Prose::code(&parameter.wire);
    match parameter.place {
        ParameterIn::Query => format!("the query parameter {name}, by `with_query`"),
        _ => format!("the header {name}, by `with_header`"),
    }
}

/// The argument for the body, and how it is set.
fn body(file: &mut RustFile, model: &Model, request: &SentRequest) -> (Option<TokenStream>, Option<TokenStream>) {
    let media_type = |otherwise: &str| match &request.media_type {
        Some(media_type) if !media_type.is_range() => media_type.to_string(),
        _ => otherwise.to_owned(),
    };
    match &request.body {
        ResponseBody::Empty => (None, None),
        ResponseBody::Json(ty) => {
            let is_json = request.media_type.as_ref().is_some_and(MediaType::is_json);
            let media_type = match is_json {
                true => media_type("application/json"),
                false => "application/json".to_owned(),
            };
            let (ty, taken) = argument(file, model, ty);
            let borrow = (taken == Taken::Value).then(|| quote!(&));
            (Some(quote!(body: #ty)), Some(quote!(.json(#media_type, #borrow body))))
        }
        ResponseBody::Xml(..) => of_text(&media_type("application/xml")),
        ResponseBody::Text => of_text(&media_type("text/plain")),
        ResponseBody::Bytes => {
            let media_type = media_type("application/octet-stream");
            let body = quote!(body: impl Into<axum::body::Bytes>);
            (Some(body), Some(quote!(.bytes(#media_type, body))))
        }
    }
}

fn of_text(media_type: &str) -> (Option<TokenStream>, Option<TokenStream>) {
    let body = quote!(body: impl Into<String>);
    (Some(body), Some(quote!(.bytes(#media_type, body.into()))))
}

/// The function that makes the address of a callback.
fn address(file: &mut RustFile, model: &Model, callback: &Callback, url: &CallbackUrl) {
    let CallbackUrl {
        function,
        arguments,
        parts,
    } = url;
    let mut docs = Prose::new();
    let expression = Prose::code(&callback.expression);
    docs.own(&format!(
        "Where [`{}`] is sent: {expression}.",
        callback.request.function.unraw()
    ));
    docs.own("The address comes from whoever made the call; a sender refuses those that are not public.");
    let taken = arguments.iter().map(|of| (&of.name, argument(file, model, &of.ty)));
    let taken = Vec::from_iter(taken);
    let parts = parts.iter().map(|part| match part {
        UrlPart::Text(text) => quote!(.text(#text)),
        UrlPart::Value(place, pointer) => match taken.get(*place) {
            Some((name, (_, Taken::Reference))) => quote!(.value(#name, #pointer)),
            Some((name, (_, Taken::Value))) => quote!(.value(&#name, #pointer)),
            None => quote!(),
        },
    });
    let parts = Vec::from_iter(parts);
    let arguments = taken.iter().map(|(name, (ty, _))| quote!(#name: #ty));
    let docs = docs.attributes();
    file.item(quote! {
        #docs
        pub fn #function(#(#arguments),*) -> Result<String, sender::NoAddress> {
            sender::callback_url() #(#parts)* .finish()
        }
    });
}

/// How an argument is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    Reference,
    Value,
}

/// The type of an argument that is written at once.
fn argument(file: &mut RustFile, model: &Model, ty: &RustType) -> (TokenStream, Taken) {
    let mut behind = ty;
    // A chain of aliases is shorter than the list of types, unless it comes back to itself.
    for _ in &model.types {
        match behind {
            RustType::Named(id) => match &model.ty(*id).body {
                TypeBody::Alias(target) => behind = target,
                _ => break,
            },
            RustType::Boxed(inner) => behind = inner,
            _ => break,
        }
    }
    match behind {
        RustType::String => (quote!(&str), Taken::Reference),
        RustType::List(item) => {
            types::import(file, model, item);
            let item = types::tokens(model, item);
            (quote!(&[#item]), Taken::Reference)
        }
        RustType::Bool | RustType::F64 => (types::tokens(model, behind), Taken::Value),
        number if number.is_integer() => (types::tokens(model, number), Taken::Value),
        _ => {
            types::import(file, model, ty);
            let ty = types::tokens(model, ty);
            (quote!(&#ty), Taken::Reference)
        }
    }
}

/// The declarations of the modules in the root.
pub(crate) fn modules(model: &Model) -> Vec<TokenStream> {
    let callbacks = (!model.callbacks.is_empty()).then(|| {
        quote!(
            #[cfg(feature = "webhooks")]
            pub mod callbacks;
        )
    });
    let webhooks = model.webhooks.is_some().then(|| {
        quote!(
            #[cfg(feature = "webhooks")]
            pub mod webhooks;
        )
    });
    callbacks.into_iter().chain(webhooks).collect()
}

/// The module of what sends, where there is something to be sent.
pub(crate) fn exports(model: &Model) -> Option<TokenStream> {
    is_any(model).then(|| {
        quote! {
            /// What sends webhooks and callbacks, and signs them.
            #[cfg(feature = "webhooks")]
            pub mod sender {
                pub use crate::runtime::server::sender::{
                    Addresses, BoxError, BoxFuture, Delivered, Delivery, InvalidSecret, NoAddress, Refusal,
                    RefusedAddress, Retries, SendError, Sender, SenderBuilder, SignatureHash, SignatureScheme, Signer,
                    Transport,
                };
            }
        }
    })
}

/// The functions for the README, and what each is.
pub(crate) fn rows(model: &Model) -> Vec<[String; 2]> {
    let webhooks = model.webhooks.iter().flat_map(|webhooks| &webhooks.list);
    let webhooks = webhooks.map(|webhook| {
        let function = format!("webhooks::{}", webhook.request.function.unraw());
        [function, format!("the webhook {}", Prose::code(&webhook.request.wire))]
    });
    let callbacks = model.callbacks.iter().flat_map(|callback| {
        let (request, operation) = (&callback.request, Prose::code(&callback.operation));
        let what = format!("the callback {} of {operation}", Prose::code(&request.wire));
        let url = callback.url.as_ref().map(|url| {
            let function = format!("callbacks::{}", url.function.unraw());
            [function, format!("its address, {}", Prose::code(&callback.expression))]
        });
        let function = format!("callbacks::{}", request.function.unraw());
        [Some([function, what]), url].into_iter().flatten()
    });
    webhooks.chain(callbacks).collect()
}
