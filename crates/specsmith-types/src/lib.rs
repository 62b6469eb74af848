//! Renders a Rust crate of types from the Rust model.
//!
//! The types of the API with their codecs, for those who share them between programs or bring their own HTTP. Crates
//! with more than types have theirs by a [`Home`], and begin with the same [`Manifest`] and [`parts`] of the runtime.

mod home;
mod manifest;
mod readme;

use quote::quote;
use specsmith_output::FileTree;
use specsmith_runtime::Part;
use specsmith_rust::types::{self, Built, Openness, Validation};
use specsmith_rust::{Model, RustFile};

pub use home::{FOLDER, Home};
pub use manifest::{Manifest, Target};

/// What the document does not decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The name of the package; a name that Cargo accepts.
    pub package_name: String,
    /// The version of the package, by semantic versioning.
    pub package_version: String,
    /// Whether the types have room for what the document does not name.
    pub openness: Openness,
}

/// Renders the types of an API as a crate.
pub fn render(model: &Model, options: &Options) -> FileTree {
    let mut tree = FileTree::new();
    tree.insert("Cargo.toml", manifest(model, options).to_string());
    tree.insert("README.md", readme::render(model, options));
    tree.insert("src/lib.rs", root(model).to_string());
    for (path, file) in types::render(model, options.openness, Built::All) {
        tree.insert(format!("src/{path}"), file.to_string());
    }
    for (path, text) in specsmith_runtime::files(&parts(model, options.openness)) {
        tree.insert(format!("src/runtime/{path}"), text);
    }
    tree
}

/// `src/lib.rs`: all types, and how to read and write them.
fn root(model: &Model) -> RustFile {
    let mut file = RustFile::new();
    let mut docs = model.docs.clone();
    if docs.is_empty() {
        docs.own("The types of an API, generated from its OpenAPI document.");
    }
    docs.own(
        "All types have the traits of `serde`. [`from_json`] and [`to_json`] do what `serde_json` does, and their errors\n\
         say which value is wrong.",
    );
    file.doc(&docs);
    if let Some(limit) = types::recursion_limit(model) {
        file.attribute(limit);
    }
    file.item(quote!(
        mod runtime;
    ));
    file.item(quote!(
        mod types;
    ));
    file.item(quote!(
        pub use runtime::codec::{JsonError, JsonErrorKind, PathSegment, from_json, to_json};
    ));
    if let Some(validation) = types::validation(model, Validation::Feature) {
        file.item(validation);
    }
    if !model.types.is_empty() {
        file.item(quote!(
            pub use types::*;
        ));
    }
    file
}

fn manifest(model: &Model, options: &Options) -> Manifest {
    let Options {
        package_name,
        package_version,
        openness,
    } = options;
    let mut manifest = Manifest::new(package_name, package_version, model, *openness, Validation::Feature);
    if !model.rules.is_empty() {
        manifest.feature("default", &["validate"]);
    }
    manifest
}

/// The parts of the runtime that the types of a crate need.
pub fn parts(model: &Model, openness: Openness) -> Vec<Part> {
    let uses = &model.uses;
    let base64 = uses.base64 || uses.base64_url;
    // Rules of responses are those of servers, which check what they send.
    let responses = openness == Openness::Closed && !model.rules.responses.is_empty();
    let rules = responses || !model.rules.is_empty();
    let all = [
        (Part::Codec, true),
        (Part::Enums, uses.enums),
        (Part::Unions, uses.unions),
        (Part::Tuples, uses.tuples),
        (Part::Lenient, uses.lenient && openness == Openness::Open),
        (Part::Uri, uses.uri),
        (Part::Secret, uses.secrets),
        (Part::Base64, base64),
        (Part::Base64Url, uses.base64_url),
        (Part::JiffDates, uses.jiff_date_times),
        (Part::TimeDates, uses.time_date_times),
        (Part::Validate, rules),
        (Part::ValidateUri, rules && uses.uri),
        (Part::ValidateSecret, rules && uses.secrets),
        (Part::ValidateBase64, rules && base64),
        (Part::Patterns, model.rules.engines.linear),
        (Part::Backtracking, model.rules.engines.backtracking),
    ];
    let used = all.into_iter().filter(|(_, used)| *used);
    used.map(|(part, _)| part).collect()
}

#[cfg(test)]
mod tests;
