//! Typed forms: the parts of a multipart body, put together by methods.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_rust::model::{FormPart, Group, MultipartForm, Operation, PartKind};
use specsmith_rust::{Deprecation, Model, Prose, RustFile};

use crate::argument::argument;
use crate::method::{MANY_ARGUMENTS, style_name};

/// Adds the forms of an operation.
pub(crate) fn render(file: &mut RustFile, model: &Model, group: &Group, operation: &Operation) {
    for form in operation.bodies().filter_map(|body| body.form.as_ref()) {
        let name = &form.name;
        let method = format!("{}::{}", group.name.unraw(), operation.method.unraw());
        let docs =
            format!(" The parts of a body of [`{method}`]; a [`Multipart`] with other parts can be made into it.");
        let is_empty = !form.parts.iter().any(|part| part.required);
        let default = is_empty.then(|| quote!(, Default));
        file.use_(quote!(crate::runtime::client::Multipart));
        file.item(quote! {
            #[doc = #docs]
            #[derive(Debug, Clone #default)]
            pub struct #name(Multipart);
        });
        let constructor = constructor(file, model, form);
        let optional = form.parts.iter().filter(|part| !part.required);
        let setters = Vec::from_iter(optional.map(|part| setter(file, model, part)));
        file.item(quote! {
            impl #name {
                #constructor
                #(#setters)*
            }
        });
        file.item(quote! {
            impl From<Multipart> for #name {
                fn from(body: Multipart) -> Self {
                    Self(body)
                }
            }
        });
        file.item(quote! {
            impl From<#name> for Multipart {
                fn from(form: #name) -> Self {
                    form.0
                }
            }
        });
    }
}

/// `new`, with the parts that must be sent.
fn constructor(file: &mut RustFile, model: &Model, form: &MultipartForm) -> TokenStream {
    let required = || form.parts.iter().filter(|part| part.required);
    if required().next().is_none() {
        return quote! {
            /// A form without parts.
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let mut docs = Prose::new();
    docs.own("A form of the parts that must be sent.");
    let notes = required().filter_map(|part| {
        let first = part.docs.as_str().lines().next()?;
        Some(format!("- `{}`: {first}", part.name.unraw()))
    });
    docs.own(&Vec::from_iter(notes).join("\n"));
    let docs = docs.attributes();
    let arguments = Vec::from_iter(required().map(|part| part_argument(file, model, part)));
    let calls = required().map(call);
    let many = (arguments.len() > MANY_ARGUMENTS)
        .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "one for each required part")]));
    quote! {
        #docs
        #many
        pub fn new(#(#arguments),*) -> Self {
            Self(Multipart::new()#(.#calls)*)
        }
    }
}

fn setter(file: &mut RustFile, model: &Model, part: &FormPart) -> TokenStream {
    let mut docs = part.docs.clone();
    if docs.is_empty() {
        docs.own(&format!("Sets the part {}.", Prose::code(&part.wire)));
    }
    let docs = docs.attributes();
    let deprecated = part.deprecated.as_ref().map(Deprecation::attribute);
    let (name, argument, call) = (&part.name, part_argument(file, model, part), call(part));
    quote! {
        #docs
        #deprecated
        #[must_use]
        pub fn #name(self, #argument) -> Self {
            Self(self.0.#call)
        }
    }
}

fn part_argument(file: &mut RustFile, model: &Model, part: &FormPart) -> TokenStream {
    let name = &part.name;
    let ty = match &part.kind {
        PartKind::Value(ty) => {
            if part.style.is_some() {
                file.use_(quote!(crate::runtime::client::style));
            }
            argument(file, model, ty)
        }
        PartKind::File | PartKind::Files => {
            file.use_(quote!(crate::runtime::client::FilePart));
            match part.kind {
                PartKind::Files => quote!(impl IntoIterator<Item = impl Into<FilePart>>),
                _ => quote!(impl Into<FilePart>),
            }
        }
    };
    quote!(#name: #ty)
}

/// The call on a multipart body that adds a part, without its receiver.
fn call(part: &FormPart) -> TokenStream {
    let (wire, name) = (&part.wire, &part.name);
    // With a style, the media type does not count (OpenAPI 3.2, section 4.15.1.2).
    if let (PartKind::Value(_), Some((style, explode))) = (&part.kind, part.style) {
        let style = style_name(style, explode);
        return quote!(value_styled(#wire, style::#style, #name));
    }
    match (&part.kind, &part.content_type) {
        (PartKind::File, None) => quote!(file(#wire, #name)),
        (PartKind::File, Some(content_type)) => quote!(file_as(#wire, #content_type, #name)),
        (PartKind::Files, None) => quote!(files(#wire, #name)),
        (PartKind::Files, Some(content_type)) => quote!(files_as(#wire, #content_type, #name)),
        (PartKind::Value(_), None) => quote!(value(#wire, #name)),
        (PartKind::Value(_), Some(content_type)) => quote!(value_as(#wire, #content_type, #name)),
    }
}
