//! The files of the `api` module: one for each group of operations.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_rust::model::Group;
use specsmith_rust::{Model, Prose, RustFile};

use crate::{Options, method, operation};

/// Renders the module of all groups and those of each: paths below `src` and files.
pub(crate) fn render(model: &Model, options: &Options) -> Vec<(String, RustFile)> {
    let mut files = vec![("api/mod.rs".to_owned(), root(model))];
    for group in &model.groups {
        let module = group.module();
        let module = module.unraw();
        files.push((format!("api/{module}.rs"), group_file(model, options, group)));
        for (part, name) in group.used_parts() {
            let file = part_file(model, options, group, part);
            files.push((format!("api/{module}/{}.rs", name.unraw()), file));
        }
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
        clippy::match_overlapping_arm,
        reason = "names, sizes and ranges of statuses follow the document"
    )]));
    if model.has_deprecated_types() {
        file.allow_deprecated();
    }
    let modules = Vec::from_iter(model.groups.iter().map(|group| (condition(group), group.module())));
    for (condition, module) in &modules {
        file.item(quote!(#condition pub mod #module;));
    }
    for (condition, module) in &modules {
        file.item(quote!(#condition pub use #module::*;));
    }
    file
}

/// The attribute of what is only there with the feature of a group.
pub(crate) fn condition(group: &Group) -> Option<TokenStream> {
    let feature = group.feature.as_ref()?;
    Some(quote!(#[cfg(feature = #feature)]))
}

/// The file of a group: its handle, and its operations or the modules that have them.
fn group_file(model: &Model, options: &Options, group: &Group) -> RustFile {
    let mut file = RustFile::new();
    let mut docs = Prose::new();
    docs.own(&heading(group));
    file.doc(&docs);
    file.use_(quote!(crate::runtime::client::Client));
    let name = &group.name;
    let mut docs = Prose::new();
    docs.own(&heading(group));
    docs.append(&group.docs);
    docs.own(&format!("[`Client::{}`] leads here.", group.accessor.unraw()));
    let docs = docs.attributes();
    let parts = Vec::from_iter(group.used_parts().map(|(_, part)| part));
    for part in &parts {
        file.item(quote!(mod #part;));
    }
    for part in &parts {
        file.item(quote!(pub use self::#part::*;));
    }
    file.item(quote! {
        #docs
        #[derive(Debug, Clone)]
        pub struct #name {
            pub(crate) client: Client,
        }
    });
    operations(&mut file, model, options, group, None);
    file
}

/// The file of some operations of a group.
fn part_file(model: &Model, options: &Options, group: &Group, part: usize) -> RustFile {
    let mut file = RustFile::new();
    let name = &group.name;
    file.use_(quote!(crate::api::#name));
    operations(&mut file, model, options, group, Some(part));
    file
}

/// Adds the calls of one file and all that they need.
fn operations(file: &mut RustFile, model: &Model, options: &Options, group: &Group, part: Option<usize>) {
    let operations = Vec::from_iter(group.operations_in(part));
    if operations.is_empty() {
        return;
    }
    file.use_(quote!(crate::runtime::client::{
        Operation, OperationInfo, RawResponse, ReadResult, Request
    }));
    if operations.iter().any(|operation| operation.responses.error.is_some()) {
        file.use_(quote!(crate::runtime::client::Response));
    }
    let name = &group.name;
    let methods = operations
        .iter()
        .flat_map(|operation| method::calls(file, model, options, group, operation));
    let methods = Vec::from_iter(methods);
    file.block(quote!(impl #name), methods);
    for operation in operations {
        operation::render(file, model, group, operation);
    }
}

/// What a group holds, in one sentence.
pub(crate) fn heading(group: &Group) -> String {
    format!("The calls {}.", group.phrase())
}
