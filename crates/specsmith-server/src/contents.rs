//! Bodies of requests: how each is read, and the enum of those of an operation that can have several.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::{ParameterEncoding, ParameterIn, Style};
use specsmith_rust::model::{Body, BodyKind, Operation, XmlRootId};
use specsmith_rust::{Model, Prose, RustFile, types};

use crate::names::Names;
use crate::{checks, parameters};

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
        let (variant, read) = (&body.name, read(file, model, body, &quote!(request)));
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
                quote!(#read.#map)
            }
            false => quote!(let body = #read; #(#checks)* #wrapped),
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
    if let Some(form) = &body.form {
        let name = &form.name;
        return quote!(#name);
    }
    match &body.kind {
        BodyKind::Json(ty) | BodyKind::Form(ty) | BodyKind::Xml(ty, _) => {
            types::import(file, model, ty);
            types::tokens(model, ty)
        }
        BodyKind::Lines(ty) => {
            types::import(file, model, ty);
            let (records, ty) = (names.runtime(file, "Records"), types::tokens(model, ty));
            quote!(#records<#ty>)
        }
        BodyKind::Multipart => {
            let multipart = names.runtime(file, "Multipart");
            quote!(#multipart)
        }
        BodyKind::Text => quote!(String),
        BodyKind::Bytes => {
            let body = names.import(file, "axum::body", "Body");
            quote!(#body)
        }
    }
}

/// The expression that reads a body; `request` is a reference to the request.
pub(crate) fn read(file: &mut RustFile, model: &Model, body: &Body, request: &TokenStream) -> TokenStream {
    if let Some(form) = &body.form {
        let name = &form.name;
        return quote!(#name::read(#request).await);
    }
    let call = call(file, model, body);
    match body.kind {
        // It is only taken.
        BodyKind::Bytes | BodyKind::Lines(_) => quote!(request.#call),
        _ => quote!(request.#call.await),
    }
}

/// The call that reads a body.
fn call(file: &mut RustFile, model: &Model, body: &Body) -> TokenStream {
    let media_types = media_types(body).join(", ");
    match (&body.kind, body.required) {
        (BodyKind::Json(_), true) => quote!(json()),
        (BodyKind::Json(_), false) => quote!(optional_json()),
        (BodyKind::Form(_), required) => {
            let styled = styled_members(file, model, body);
            match (styled.is_empty(), required) {
                (true, true) => quote!(form()),
                (true, false) => quote!(optional_form()),
                (false, true) => quote!(form_of(&[#(#styled),*])),
                (false, false) => quote!(optional_form_of(&[#(#styled),*])),
            }
        }
        (BodyKind::Multipart, true) => quote!(multipart(#media_types)),
        (BodyKind::Multipart, false) => quote!(optional_multipart(#media_types)),
        (BodyKind::Lines(_), true) => quote!(records(#media_types)),
        (BodyKind::Lines(_), false) => quote!(optional_records(#media_types)),
        (BodyKind::Xml(_, root), required) => {
            let root = xml_root(file, model, *root);
            match required {
                true => quote!(xml(#media_types, &#root)),
                false => quote!(optional_xml(#media_types, &#root)),
            }
        }
        (BodyKind::Text, true) => quote!(text(#media_types)),
        (BodyKind::Text, false) => quote!(optional_text(#media_types)),
        (BodyKind::Bytes, true) => quote!(stream(#media_types)),
        (BodyKind::Bytes, false) => quote!(optional_stream(#media_types)),
    }
}

/// The members of a form that are not written one by one: `parameter::query("tags").style(..)`.
fn styled_members(file: &mut RustFile, model: &Model, body: &Body) -> Vec<TokenStream> {
    let mut members = Vec::new();
    if let BodyKind::Form(ty) = &body.kind {
        // With brackets in its name it is no item or member of what is named before them.
        let names = parameters::field_names(model, ty)
            .into_iter()
            .filter(|name| name.contains('['));
        for name in names.filter(|name| !body.encodings.iter().any(|(other, _)| other == name)) {
            file.use_(quote!(crate::runtime::server::parameter));
            members.push(quote!(parameter::query(#name)));
        }
    }
    for (name, encoding) in &body.encodings {
        let ParameterEncoding::Style { style, explode, .. } = encoding else {
            continue;
        };
        let is_joined = !explode || matches!(style, Style::SpaceDelimited | Style::PipeDelimited);
        if is_joined && *style != Style::DeepObject {
            file.use_(quote!(crate::runtime::server::parameter));
            let style = parameters::styled(ParameterIn::Query, *style, Some(*explode));
            members.push(quote!(parameter::query(#name)#style));
        }
    }
    members
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
