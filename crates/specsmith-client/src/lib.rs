//! Renders a Rust client SDK from the Rust model.
//!
//! [`render`] makes a whole crate: manifest, README, the entry point [`root`], the handle [`handle`], one file for each
//! group of operations ([`group`]), the types and the files of the runtime. The calls themselves are small: whatever
//! does not depend on the API is code of the runtime.

mod argument;
mod body;
mod call;
mod callback;
mod example;
mod form;
mod group;
mod guide;
mod handle;
mod link;
mod method;
mod operation;
mod outcome;
mod pagination;
mod root;
mod security;
mod servers;
mod stream;
mod webhook;

use quote::quote;
use specsmith_output::FileTree;
use specsmith_runtime::Part;
use specsmith_rust::Model;
use specsmith_rust::model::BodyKind;
use specsmith_rust::types::{self, Built, Openness, Validation, XmlSent};
use specsmith_types::{Home, Manifest};

use security::OAuth;

/// What the module of headers says of itself.
const HEADERS: &str =
    "The headers that responses can have, for [`Response::read_header`](crate::Response::read_header).";

/// What the crate is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The name of the package; a name that Cargo accepts.
    pub package_name: String,
    /// The version of the package, by semantic versioning.
    pub package_version: String,
    /// The name of the package that its types are in, where they have one of their own.
    pub types_package: Option<String>,
    /// Whether methods have examples.
    pub examples: Examples,
}

impl Options {
    /// The name of the package as Rust code has it.
    fn library(&self) -> String {
        self.package_name.replace('-', "_")
    }

    /// Where the types are.
    fn home<'a>(&'a self, model: &'a Model) -> Home<'a> {
        Home {
            model,
            openness: Openness::Open,
            built: Built::Requests,
            validation: Validation::Feature,
            user: &self.package_name,
            version: &self.package_version,
            package: self.types_package.as_deref(),
        }
    }
}

/// Whether methods have examples, which `cargo test` compiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Examples {
    /// They have.
    Shown,
    /// They have not: the code becomes part of another package, which examples cannot name.
    Hidden,
}

/// Renders the client of an API as a crate.
pub fn render(model: &Model, options: &Options) -> FileTree {
    let mut tree = FileTree::new();
    tree.insert("Cargo.toml", manifest(model, options).to_string());
    tree.insert("README.md", root::readme(model, options));
    tree.insert("src/lib.rs", root::render(model, options).to_string());
    tree.insert("src/client.rs", handle::render(model).to_string());
    if let Some(file) = specsmith_rust::headers(model, &quote!(client), HEADERS) {
        tree.insert("src/headers.rs", file.to_string());
    }
    if let Some(file) = types::xml(model, XmlSent::Typed) {
        tree.insert("src/xml.rs", file.to_string());
    }
    if let Some(servers) = servers::render(model) {
        tree.insert("src/servers.rs", servers.to_string());
    }
    if let Some(file) = webhook::render(model) {
        tree.insert("src/webhooks.rs", file.to_string());
    }
    if let Some(file) = callback::render(model) {
        tree.insert("src/callbacks.rs", file.to_string());
    }
    for (path, file) in group::render(model, options) {
        tree.insert(format!("src/{path}"), file.to_string());
    }
    options.home(model).add(&mut tree, &parts(model));
    tree
}

/// The parts of the runtime that the types and calls of this API need.
fn parts(model: &Model) -> Vec<Part> {
    let has_body = |wanted: fn(&BodyKind) -> bool| {
        let mut bodies = model.operations().flat_map(|(_, operation)| operation.bodies());
        bodies.any(|body| wanted(&body.kind))
    };
    let mut parts = specsmith_types::parts(model, Openness::Open);
    parts.push(Part::Client);
    parts.extend(OAuth::of(model).into_iter().flat_map(OAuth::parts));
    if has_body(|kind| matches!(kind, BodyKind::Form(_))) {
        parts.push(Part::ClientForm);
    }
    if has_body(|kind| matches!(kind, BodyKind::Multipart)) {
        parts.push(Part::ClientMultipart);
    }
    if sends_files(model) {
        parts.push(Part::ClientFile);
    }
    if has_body(|kind| matches!(kind, BodyKind::Lines(_))) {
        parts.push(Part::ClientLines);
    }
    if webhook::has_xml(model) {
        parts.push(Part::Xml);
    }
    if model.has_xml() {
        parts.push(Part::ClientXml);
    }
    if !model.headers.is_empty() {
        parts.extend([Part::Headers, Part::ClientHeaders]);
    }
    parts.extend(stream::parts(model));
    if is_paginated(model) {
        parts.push(Part::ClientPages);
    }
    if model.operations().any(|(_, operation)| !operation.links.is_empty()) {
        parts.push(Part::ClientLinks);
    }
    parts.extend(webhook::parts(model));
    parts
}

/// Whether a body can be a file, whole or in part.
fn sends_files(model: &Model) -> bool {
    let mut bodies = model.operations().flat_map(|(_, operation)| operation.bodies());
    bodies.any(|body| matches!(body.kind, BodyKind::Bytes | BodyKind::Multipart))
}

/// Whether any list comes in pages.
fn is_paginated(model: &Model) -> bool {
    model.operations().any(|(_, operation)| operation.pagination.is_some())
}

const NATIVE: &str = "cfg(not(target_arch = \"wasm32\"))";
const WASM: &str = "cfg(target_arch = \"wasm32\")";

fn manifest(model: &Model, options: &Options) -> Manifest {
    let home = options.home(model);
    let mut manifest = home.manifest();
    let groups = Vec::from_iter(model.groups.iter().filter_map(|group| group.feature.as_deref()));
    for group in &groups {
        let of_types = home.group_feature(group);
        manifest.feature(group, of_types.as_deref().as_slice());
    }
    match groups.is_empty() {
        true => manifest.feature("default", &["rustls"]),
        false => {
            manifest.feature("full", &groups);
            manifest.feature("default", &["full", "rustls"]);
        }
    }
    manifest.feature("blocking", &["tokio/rt-multi-thread"]);
    manifest.feature("brotli", &["reqwest/brotli"]);
    if stream::parts(model).contains(&Part::ClientDownload) {
        manifest.feature("fs", &["tokio/fs", "tokio/io-util"]);
    }
    manifest.feature("gzip", &["reqwest/gzip"]);
    manifest.feature("http2", &["reqwest/http2"]);
    manifest.feature("limits", &[]);
    manifest.feature("mock", &[]);
    manifest.feature("native-tls", &["reqwest/native-tls"]);
    manifest.feature("rustls", &["reqwest/rustls"]);
    manifest.feature("tower", &["dep:tower-layer", "dep:tower-service"]);
    manifest.optional_dependency("tower-layer", "0.3", &[]);
    manifest.optional_dependency("tower-service", "0.3", &[]);
    // Lenient reading logs always.
    match model.uses.lenient {
        true => manifest.feature("tracing", &[]),
        false => {
            manifest.feature("tracing", &["dep:tracing"]);
            manifest.optional_dependency("tracing", "0.1", &["std"]);
        }
    }
    manifest.dependency("bytes", "1");
    manifest.dependency_with("futures-core", "0.3", &[]);
    manifest.dependency("http", "1");
    manifest.dependency("httpdate", "1");
    if webhook::has_xml(model) {
        manifest.dependency("quick-xml", "0.42");
    }
    manifest.dependency_with("reqwest", "0.13", &[]);
    // Browsers bring HTTP, and time that needs no runtime.
    manifest.target(NATIVE).dependency("http-body", "1");
    manifest.target(NATIVE).dependency_with("hyper", "1", &[]);
    let oauth = OAuth::of(model);
    let tokio: &[&str] = match (sends_files(model), oauth) {
        (true, Some(_)) => &["fs", "rt", "sync", "time"],
        (true, None) => &["fs", "rt", "time"],
        (false, Some(_)) => &["sync", "time"],
        (false, None) => &["time"],
    };
    manifest.target(NATIVE).dependency_with("tokio", "1", tokio);
    manifest.target(WASM).dependency("js-sys", "0.3");
    manifest.target(WASM).dependency_with("reqwest", "0.13", &["stream"]);
    manifest.target(WASM).dependency("wasmtimer", "0.4");
    if let Some(oauth) = oauth {
        oauth.depend(&mut manifest);
    }
    webhook::depend(model, oauth, &mut manifest);
    manifest
}

#[cfg(test)]
mod tests;
