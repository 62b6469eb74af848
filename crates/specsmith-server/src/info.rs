//! What generated code knows about an operation at run time.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use specsmith_ir::{PathPart, PathTemplate, SecurityRequirement};
use specsmith_rust::model::{Group, Operation};
use specsmith_rust::{Model, RustFile};

use crate::names::Names;

/// Adds the static that describes an operation.
pub(crate) fn render(file: &mut RustFile, model: &Model, names: &Names, group: &Group, operation: &Operation) {
    let info = names.runtime(file, "OperationInfo");
    let name = name(operation);
    let (id, method, path) = (&operation.id, operation.http_method.as_str(), template(&operation.path));
    let tags = group.tag.iter();
    let produces = &operation.responses.accept;
    let security = operation
        .security
        .iter()
        .map(|requirement| alternative(model, requirement));
    file.item(quote! {
        static #name: #info = #info {
            id: #id,
            method: #method,
            path: #path,
            tags: &[#(#tags),*],
            produces: &[#(#produces),*],
            security: &[#(#security),*],
        };
    });
}

/// The name of the static: `LIST_BOOKS`.
pub(crate) fn name(operation: &Operation) -> Ident {
    Ident::new(&operation.function.unraw().to_uppercase(), Span::call_site())
}

/// One way to authorize: `&[("api_key", &[])]`.
fn alternative(model: &Model, requirement: &SecurityRequirement) -> TokenStream {
    let schemes = requirement.schemes.iter().filter_map(|required| {
        let scheme = model.schemes.iter().find(|scheme| scheme.source == required.scheme)?;
        let (name, scopes) = (&scheme.wire, &required.scopes);
        Some(quote!((#name, &[#(#scopes),*])))
    });
    quote!(&[#(#schemes),*])
}

/// The path as the runtime parses it: literals and names are percent-encoded where they hold a sign of the template.
pub(crate) fn template(path: &PathTemplate) -> String {
    let mut text = String::new();
    for segment in &path.segments {
        text.push('/');
        for part in &segment.parts {
            match part {
                PathPart::Literal(literal) => escape(literal, &mut text),
                PathPart::Parameter(name) => {
                    text.push('{');
                    escape(name, &mut text);
                    text.push('}');
                }
            }
        }
    }
    for (index, (name, value)) in path.query.iter().enumerate() {
        text.push(if index == 0 { '?' } else { '&' });
        escape(name, &mut text);
        text.push('=');
        escape(value, &mut text);
    }
    text
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '{' | '}' | '/' | '?' | '#' | '%' | '&' | '=' => out.push_str(&format!("%{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
}
