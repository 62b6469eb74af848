//! Renders an axum server crate from the Rust model.
//!
//! A trait for each group of operations, structs for parameters, enums for responses, the handlers that lead from
//! HTTP to the traits, and the runtime that they lean on. [`scaffold`](fn@scaffold) begins a program around it.

mod auth;
mod base_path;
mod checks;
mod contents;
mod contract;
mod cors;
mod forms;
mod group;
mod handler;
mod headers;
mod info;
mod manifest;
mod names;
mod parameters;
mod readme;
mod responses;
mod root;
mod scaffold;
mod sent;
mod served;
mod signature;

use quote::quote;
use specsmith_output::FileTree;
use specsmith_rust::types::{self, Built, Openness, Validation, XmlSent};
use specsmith_rust::{Model, Prose, RustFile};
use specsmith_types::Home;

use auth::Auth;
pub use contract::Contract;
use names::Names;
pub use scaffold::{Interface, Scaffold, ScaffoldOptions, handlers, scaffold};
use served::Served;

/// What the document does not decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The name of the package that is generated.
    pub package_name: String,
    /// The name of the package that its types are in, where they have one of their own.
    pub types_package: Option<String>,
    /// Whether the server serves the document; its files come by [`Contract::add`].
    pub contract: bool,
    /// The path that all paths are below; `None` for that of the first server of the document.
    pub base_path: Option<String>,
    /// How many bytes the bodies of requests may have where their operation has no limit of its own; `None` for what axum
    /// has.
    pub body_limit: Option<u64>,
}

impl Options {
    /// Where the types are.
    fn home<'a>(&'a self, model: &'a Model) -> Home<'a> {
        Home {
            model,
            openness: Openness::Closed,
            built: Built::Responses,
            validation: Validation::Always,
            user: &self.package_name,
            version: PACKAGE_VERSION,
            package: self.types_package.as_deref(),
        }
    }
}

/// The version of what is generated.
const PACKAGE_VERSION: &str = "0.1.0";

/// Renders a server crate.
pub fn render(model: &Model, options: &Options) -> FileTree {
    let served = Served::new(model);
    let model: &Model = &served.reached(model);
    let names = Names::new(model);
    let mut tree = FileTree::new();
    tree.insert("Cargo.toml", manifest::manifest(model, options).to_string());
    tree.insert("README.md", readme::render(model, options));
    tree.insert("src/lib.rs", root::render(model, options, &names).to_string());
    if options.contract {
        tree.insert("src/contract.rs", contract::render().to_string());
    }
    if let Some(auth) = Auth::new(model) {
        tree.insert("src/auth.rs", auth.render().to_string());
    }
    tree.insert("src/api/mod.rs", api(model).to_string());
    for group in &model.groups {
        for (path, file) in group::render(model, &names, &served, group) {
            tree.insert(format!("src/api/{path}"), file.to_string());
        }
    }
    if let Some(file) = specsmith_rust::headers(model, &quote!(server), headers::DOCS) {
        tree.insert("src/headers.rs", file.to_string());
    }
    if let Some(file) = types::xml(model, XmlSent::Text) {
        tree.insert("src/xml.rs", file.to_string());
    }
    for (path, file) in sent::render(model) {
        tree.insert(format!("src/{path}"), file.to_string());
    }
    options
        .home(model)
        .add(&mut tree, &manifest::parts(model, options.contract));
    tree
}

/// The module of the groups.
fn api(model: &Model) -> RustFile {
    let mut file = RustFile::new();
    let mut docs = Prose::new();
    docs.own("The operations in groups: what to implement, what comes in and what goes out.");
    file.doc(&docs);
    file.attribute(quote!(#![allow(
        clippy::disallowed_names,
        clippy::large_enum_variant,
        clippy::type_complexity,
        reason = "names and types follow the document"
    )]));
    if model.has_deprecated_types() {
        file.allow_deprecated();
    }
    for group in &model.groups {
        let name = group.module();
        file.item(quote!(pub mod #name;));
    }
    file
}

#[cfg(test)]
mod tests;
