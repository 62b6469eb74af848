//! The manifest of the generated crate, and the parts of the runtime it needs.

use specsmith_runtime::Part;
use specsmith_rust::Model;
use specsmith_rust::model::BodyKind;
use specsmith_rust::types::{Openness, Validation};
use specsmith_types::Manifest;

use crate::Options;

/// The dependencies of the types, of axum and of what serves it.
pub(crate) fn manifest(model: &Model, options: &Options) -> Manifest {
    let mut manifest = Manifest::new(
        &options.package_name,
        "0.1.0",
        model,
        Openness::Closed,
        Validation::Always,
    );
    let axum: &[&str] = match has_multipart(model) {
        true => &["http1", "multipart", "tokio"],
        false => &["http1", "tokio"],
    };
    manifest.dependency_with("axum", "0.8.9", axum);
    manifest.dependency_with("hyper", "1.12", &["http1", "server"]);
    manifest.dependency_with("hyper-util", "0.1.21", &["server-graceful", "service", "tokio"]);
    if model.has_xml() {
        manifest.dependency("quick-xml", "0.42");
    }
    manifest.dependency_with("tokio", "1", &["macros", "net", "rt", "time"]);
    manifest
}

/// Whether a body has several parts.
pub(crate) fn has_multipart(model: &Model) -> bool {
    has_body(model, |kind| *kind == BodyKind::Multipart)
}

fn has_body(model: &Model, wanted: fn(&BodyKind) -> bool) -> bool {
    let mut bodies = model.operations().flat_map(|(_, operation)| operation.bodies());
    bodies.any(|body| wanted(&body.kind))
}

/// The parts of the runtime that the types and handlers of the API need.
pub(crate) fn parts(model: &Model) -> Vec<Part> {
    let mut parts = specsmith_types::parts(model, Openness::Closed);
    parts.extend([Part::ValidateAlways, Part::Server]);
    if !model.rules.is_empty() {
        parts.push(Part::ServerValidate);
    }
    if has_multipart(model) {
        parts.push(Part::ServerMultipart);
    }
    if has_body(model, |kind| matches!(kind, BodyKind::Lines(_))) {
        parts.push(Part::ServerLines);
    }
    if model.has_xml() {
        parts.extend([Part::Xml, Part::ServerXml]);
    }
    parts
}
