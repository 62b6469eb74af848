//! Renders a Rust client SDK from the Rust model.
//!
//! [`render`] makes a whole crate: manifest, README, the entry point [`root`], the handle [`handle`], one file for each
//! group of operations ([`group`]), the types and the files of the runtime. The calls themselves are small: whatever
//! does not depend on the API is code of the runtime.

mod argument;
mod body;
mod example;
mod group;
mod handle;
mod manifest;
mod method;
mod operation;
mod outcome;
mod root;

use specsmith_output::FileTree;
use specsmith_runtime::Part;
use specsmith_rust::Model;
use specsmith_rust::model::BodyKind;
use specsmith_rust::types::{self, Built, Openness};

/// What the crate is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The name of the package; a name that Cargo accepts.
    pub package_name: String,
    /// The version of the package, by semantic versioning.
    pub package_version: String,
}

/// Renders the client of an API as a crate.
pub fn render(model: &Model, options: &Options) -> FileTree {
    let mut tree = FileTree::new();
    tree.insert("Cargo.toml", manifest::render(model, options));
    tree.insert("README.md", root::readme(model, options));
    tree.insert("src/lib.rs", root::render(model, options).to_string());
    tree.insert("src/client.rs", handle::render(model).to_string());
    for (path, file) in group::render(model)
        .into_iter()
        .chain(types::render(model, Openness::Open, Built::Requests))
    {
        tree.insert(format!("src/{path}"), file.to_string());
    }
    for (path, text) in specsmith_runtime::files(&runtime_parts(model)) {
        tree.insert(format!("src/runtime/{path}"), text);
    }
    tree
}

/// The parts of the runtime that this API needs.
fn runtime_parts(model: &Model) -> Vec<Part> {
    let has_body = |wanted: fn(&BodyKind) -> bool| {
        let mut bodies = model.operations().filter_map(|(_, operation)| operation.body.as_ref());
        bodies.any(|body| wanted(&body.kind))
    };
    let all = [
        (Part::Codec, true),
        (Part::Enums, model.uses.enums),
        (Part::Unions, model.uses.unions),
        (Part::Tuples, model.uses.tuples),
        (Part::Lenient, model.uses.lenient),
        (Part::Uri, model.uses.uri),
        (Part::Base64, model.uses.base64 || model.uses.base64_url),
        (Part::Base64Url, model.uses.base64_url),
        (Part::JiffDates, model.uses.jiff_date_times),
        (Part::TimeDates, model.uses.time_date_times),
        (Part::Validate, !model.rules.is_empty()),
        (Part::ValidateUri, !model.rules.is_empty() && model.uses.uri),
        (
            Part::ValidateBase64,
            !model.rules.is_empty() && (model.uses.base64 || model.uses.base64_url),
        ),
        (Part::Patterns, model.rules.engines.linear),
        (Part::Backtracking, model.rules.engines.backtracking),
        (Part::Client, true),
        (Part::ClientForm, has_body(|kind| matches!(kind, BodyKind::Form(_)))),
        (
            Part::ClientMultipart,
            has_body(|kind| matches!(kind, BodyKind::Multipart)),
        ),
    ];
    all.into_iter()
        .filter(|(_, used)| *used)
        .map(|(part, _)| part)
        .collect()
}

#[cfg(test)]
mod tests;
