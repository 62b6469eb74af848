//! The files of the `api` module: one for each group of operations.

use quote::quote;
use specsmith_rust::model::Group;
use specsmith_rust::{Model, Prose, RustFile};

use crate::{method, operation};

/// Renders the module of all groups and that of each: paths below `src` and files.
pub(crate) fn render(model: &Model) -> Vec<(String, RustFile)> {
    let mut files = vec![("api/mod.rs".to_owned(), root(model))];
    for group in &model.groups {
        files.push((format!("api/{}.rs", group.module().unraw()), group_file(model, group)));
    }
    files
}

fn root(model: &Model) -> RustFile {
    let mut file = RustFile::new();
    let mut docs = Prose::new();
    docs.own("The calls of the API, in groups.");
    file.doc(&docs);
    file.attribute(quote!(#![allow(
        clippy::disallowed_names,
        clippy::enum_variant_names,
        clippy::large_enum_variant,
        reason = "names and sizes follow the document"
    )]));
    if model.types.iter().any(|item| item.deprecated) {
        file.attribute(quote!(#![allow(deprecated, reason = "what is deprecated still works")]));
    }
    let modules = Vec::from_iter(model.groups.iter().map(Group::module));
    for module in &modules {
        file.item(quote!(pub mod #module;));
    }
    for module in &modules {
        file.item(quote!(pub use #module::*;));
    }
    file
}

fn group_file(model: &Model, group: &Group) -> RustFile {
    let mut file = RustFile::new();
    let mut docs = Prose::new();
    docs.own(&heading(group));
    file.doc(&docs);
    file.use_(quote!(crate::runtime::client::{
        Client, Operation, OperationInfo, RawResponse, ReadResult, Request
    }));
    if group
        .operations
        .iter()
        .any(|operation| operation.responses.error.is_some())
    {
        file.use_(quote!(crate::runtime::client::Response));
    }
    let name = &group.name;
    let mut docs = Prose::new();
    docs.own(&heading(group));
    docs.append(&group.docs);
    docs.own(&format!("[`Client::{}`] leads here.", group.accessor.unraw()));
    let docs = docs.attributes();
    file.item(quote! {
        #docs
        #[derive(Debug, Clone)]
        pub struct #name {
            pub(crate) client: Client,
        }
    });
    let methods = group
        .operations
        .iter()
        .map(|operation| method::call(&mut file, model, operation));
    let methods = Vec::from_iter(methods);
    file.item(quote!(impl #name { #(#methods)* }));
    for operation in &group.operations {
        operation::render(&mut file, model, group, operation);
    }
    file
}

/// What a group holds, in one sentence.
pub(crate) fn heading(group: &Group) -> String {
    match &group.tag {
        Some(tag) => format!("The calls of the tag {}.", Prose::code(tag)),
        None => "The calls without a tag.".to_owned(),
    }
}
