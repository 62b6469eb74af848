//! Bodies of requests: how each is read, and the enum of those of an operation that can have several.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_rust::model::{Body, BodyKind, Operation, XmlRootId};
use specsmith_rust::{Model, Prose, RustFile, types};

use crate::checks;
use crate::names::Names;

/// Adds the enum of the bodies of an operation, if it can have several.
pub(crate) fn render(file: &mut RustFile, model: &Model, names: &Names, operation: &Operation) {
    if operation.other_bodies.is_empty() {
        return;
    }
    let name = &operation.content_name;
    let mut variants = Vec::new();
    for body in operation.bodies() {
        let media_types = media_types(body).into_iter().map(Prose::code);
        let mut docs = Prose::new();
        docs.own(&Vec::from_iter(media_types).join(", "));
        let (docs, variant, ty) = (docs.attributes(), &body.name, body_type(file, model, names, body));
        variants.push(quote!(#docs #variant(#ty),));
    }
    let docs = format!(" Bodies of `{}`.", operation.function.unraw());
    file.item(quote! {
        #[doc = #docs]
        #[derive(Debug)]
        pub enum #name { #(#variants)* }
    });
    let read = read_one_of(file, model, names, operation);
    file.item(quote!(impl #name { #read }));
}

/// The function that reads the body by its media type. What no other body has is left to the preferred one.
fn read_one_of(file: &mut RustFile, model: &Model, names: &Names, operation: &Operation) -> TokenStream {
    let (request, rejected) = (names.runtime(file, "Request"), names.runtime(file, "Rejected"));
    let is_required = operation.body.as_ref().is_none_or(|body| body.required);
    let mut branches = Vec::new();
    for (index, body) in operation.bodies().enumerate() {
        let (variant, read) = (&body.name, read(file, model, body));
        let wrapped = match is_required {
            true => quote!(body.map(Self::#variant)),
            false => quote!(body.map(|body| body.map(Self::#variant))),
        };
        let checks = checks::body(file, model, operation, index);
        let read = match checks.is_empty() {
            true => {
                let map = match is_required {
                    true => quote!(map(Self::#variant)),
                    false => quote!(map(|body| body.map(Self::#variant))),
                };
                quote!(request.#read.await.#map)
            }
            false => quote!(let body = request.#read.await; #(#checks)* #wrapped),
        };
        branches.push((media_types(body).join(", "), read));
    }
    let mut branches = branches.into_iter();
    let preferred = branches.next().map(|(_, read)| read);
    let others = branches.map(|(media_types, read)| quote!(if request.has_body_of(#media_types) { #read } else));
    let result = match is_required {
        true => quote!(Self),
        false => quote!(Option<Self>),
    };
    quote! {
        async fn read(request: &mut #request) -> Result<#result, #rejected> {
            #(#others)* { #preferred }
        }
    }
}

/// The type of the body of an operation.
pub(crate) fn operation_type(
    file: &mut RustFile,
    model: &Model,
    names: &Names,
    operation: &Operation,
) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    let ty = match operation.other_bodies.is_empty() {
        true => body_type(file, model, names, body),
        false => {
            let name = &operation.content_name;
            quote!(#name)
        }
    };
    Some(match body.required {
        true => ty,
        false => quote!(Option<#ty>),
    })
}

/// The type of a body that is there.
fn body_type(file: &mut RustFile, model: &Model, names: &Names, body: &Body) -> TokenStream {
    match &body.kind {
        BodyKind::Json(ty) | BodyKind::Form(ty) | BodyKind::Xml(ty, _) => {
            types::import(file, model, ty);
            types::tokens(model, ty)
        }
        BodyKind::Lines(ty) => {
            types::import(file, model, ty);
            let ty = types::tokens(model, ty);
            quote!(Vec<#ty>)
        }
        BodyKind::Multipart => {
            let multipart = names.runtime(file, "Multipart");
            quote!(#multipart)
        }
        BodyKind::Text => quote!(String),
        BodyKind::Bytes => {
            file.use_(quote!(axum::body::Bytes));
            quote!(Bytes)
        }
    }
}

/// The call that reads a body.
pub(crate) fn read(file: &mut RustFile, model: &Model, body: &Body) -> TokenStream {
    let media_types = media_types(body).join(", ");
    match (&body.kind, body.required) {
        (BodyKind::Json(_), true) => quote!(json()),
        (BodyKind::Json(_), false) => quote!(optional_json()),
        (BodyKind::Form(_), true) => quote!(form()),
        (BodyKind::Form(_), false) => quote!(optional_form()),
        (BodyKind::Multipart, true) => quote!(multipart()),
        (BodyKind::Multipart, false) => quote!(optional_multipart()),
        (BodyKind::Lines(_), true) => quote!(json_lines(#media_types)),
        (BodyKind::Lines(_), false) => quote!(optional_json_lines(#media_types)),
        (BodyKind::Xml(_, root), required) => {
            let root = xml_root(file, model, *root);
            match required {
                true => quote!(xml(#media_types, &#root)),
                false => quote!(optional_xml(#media_types, &#root)),
            }
        }
        (BodyKind::Text, true) => quote!(text(#media_types)),
        (BodyKind::Text, false) => quote!(optional_text(#media_types)),
        (BodyKind::Bytes, true) => quote!(bytes(#media_types)),
        (BodyKind::Bytes, false) => quote!(optional_bytes(#media_types)),
    }
}

/// The root element of a body.
pub(crate) fn xml_root(file: &mut RustFile, model: &Model, root: XmlRootId) -> TokenStream {
    file.use_(quote!(crate::xml));
    let name = &model.xml.root(root).name;
    quote!(xml::#name)
}

/// The media types that a body can have, as the document writes them.
fn media_types(body: &Body) -> Vec<&str> {
    let all = [&body.media_type].into_iter().chain(&body.also);
    all.map(|media_type| match body.also.is_empty() {
        true => media_type.as_str(),
        // A parameter could have a comma.
        false => media_type.essence(),
    })
    .collect()
}
