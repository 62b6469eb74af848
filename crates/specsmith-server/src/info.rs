//! What generated code knows about an operation at run time.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use specsmith_ir::SecurityRequirement;
use specsmith_rust::model::{Group, Operation, Outcome, SentResponse};
use specsmith_rust::{Model, RustFile};

use crate::names::Names;

/// Adds the static that describes an operation.
pub(crate) fn render(file: &mut RustFile, model: &Model, names: &Names, group: &Group, operation: &Operation) {
    let info = names.runtime(file, "OperationInfo");
    let name = name(operation);
    let (id, method, path) = (&operation.id, operation.http_method.as_str(), operation.path.escaped());
    let tags = group.tag.iter();
    let produces = produces(operation);
    let security = operation
        .security
        .iter()
        .map(|requirement| alternative(model, requirement));
    let docs = format!(
        " What the document says of [`{}::{}`].",
        group.name.unraw(),
        operation.function.unraw()
    );
    file.item(quote! {
        #[doc = #docs]
        pub static #name: #info = #info {
            id: #id,
            method: #method,
            path: #path,
            tags: &[#(#tags),*],
            produces: &[#(#produces),*],
            security: &[#(#security),*],
        };
    });
}

/// The media types of successes; none where one has no body, which everybody accepts. Where no success is documented,
/// those of all responses.
fn produces(operation: &Operation) -> Vec<&str> {
    let sent = &operation.responses.sent;
    let is_success = |response: &&SentResponse| response.outcome == Outcome::Success;
    let successes: Vec<_> = sent.iter().filter(is_success).collect();
    let chosen = match successes.is_empty() {
        true => sent.iter().collect(),
        false => successes,
    };
    let mut produces = Vec::new();
    for response in chosen {
        match &response.media_type {
            Some(media_type) if !produces.contains(&media_type.essence()) => produces.push(media_type.essence()),
            Some(_) => {}
            None => return Vec::new(),
        }
    }
    produces
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
