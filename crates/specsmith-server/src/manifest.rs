//! The manifest of the generated crate, and the parts of the runtime it needs.

use specsmith_runtime::Part;
use specsmith_rust::Model;
use specsmith_rust::model::{BodyKind, SchemeKind, SentBody};
use specsmith_rust::types::Openness;
use specsmith_types::Manifest;

use crate::auth::Auth;
use crate::{Options, sent};

/// The dependencies of the types, of axum and of what serves it.
pub(crate) fn manifest(model: &Model, options: &Options) -> Manifest {
    let mut manifest = options.home(model).manifest();
    let axum: &[&str] = match has_multipart(model) {
        true => &["http1", "multipart", "tokio"],
        false => &["http1", "tokio"],
    };
    manifest.dependency_with("axum", "0.8.9", axum);
    if has_sent(model, |body| body.item().is_some()) || has_multipart(model) || has_records(model) {
        manifest.dependency("futures-core", "0.3");
    }
    manifest.dependency("http-body-util", "0.1");
    manifest.dependency_with("hyper", "1.12", &["http1", "server"]);
    manifest.dependency_with("hyper-util", "0.1.21", &["service", "tokio"]);
    if model.has_xml() {
        manifest.dependency("quick-xml", "0.42");
    }
    if let Some(auth) = Auth::new(model) {
        manifest.dependency_with("subtle", "2.6", &[]);
        if has_tokens(Some(&auth)) {
            manifest.optional_dependency("jsonwebtoken", "11.1", &["aws_lc_rs", "use_pem"]);
            manifest.feature("jwt", &["dep:jsonwebtoken"]);
        }
    }
    if sent::is_any(model) {
        manifest.feature(
            "webhooks",
            &["dep:hmac", "dep:httpdate", "dep:reqwest", "dep:sha1", "dep:sha2"],
        );
        manifest.optional_dependency("hmac", "0.13", &[]);
        manifest.optional_dependency("httpdate", "1", &[]);
        manifest.optional_dependency("reqwest", "0.13", &["rustls"]);
        manifest.optional_dependency("sha1", "0.11", &[]);
        manifest.optional_dependency("sha2", "0.11", &[]);
    }
    if has_forms(model) {
        manifest.dependency("tempfile", "3");
    }
    manifest.dependency_with("tokio", "1", &["macros", "net", "rt", "signal", "sync", "time"]);
    manifest.feature(
        "compression",
        &[
            "dep:tower-http",
            "tower-http/compression-gzip",
            "tower-http/decompression-gzip",
        ],
    );
    manifest.feature("cors", &["dep:tower-http", "tower-http/cors"]);
    manifest.feature("http2", &["hyper-util/server-auto"]);
    manifest.feature("metrics", &["dep:metrics"]);
    manifest.optional_dependency("metrics", "0.24", &[]);
    manifest.feature("redis", &["dep:redis"]);
    manifest.optional_dependency("redis", "1.8", &["connection-manager", "script", "tokio-comp"]);
    manifest.feature("tls", &["dep:tokio-rustls"]);
    manifest.feature("tracing", &["dep:tracing"]);
    manifest.optional_dependency("tracing", "0.1", &["std"]);
    if options.contract {
        manifest.feature("docs-ui", &["dep:utoipa-swagger-ui-vendored"]);
        manifest.optional_dependency("utoipa-swagger-ui-vendored", "0.2", &[]);
    }
    manifest.optional_dependency("tower-http", "0.6", &[]);
    manifest.dependency("tower-layer", "0.3");
    manifest.dependency("tower-service", "0.3");
    manifest.optional_dependency("tokio-rustls", "0.26", &["ring", "tls12"]);
    manifest
}

/// Whether a body has several parts.
pub(crate) fn has_multipart(model: &Model) -> bool {
    has_body(model, |kind| *kind == BodyKind::Multipart)
}

/// Whether the parts of a body have types.
pub(crate) fn has_forms(model: &Model) -> bool {
    let mut bodies = model.operations().flat_map(|(_, operation)| operation.bodies());
    bodies.any(|body| body.form.is_some())
}

/// Whether a body of several parts is handed on part by part.
pub(crate) fn has_untyped_parts(model: &Model) -> bool {
    let mut bodies = model.operations().flat_map(|(_, operation)| operation.bodies());
    bodies.any(|body| body.kind == BodyKind::Multipart && body.form.is_none())
}

/// Whether a body is JSON texts one after the other.
pub(crate) fn has_records(model: &Model) -> bool {
    has_body(model, |kind| matches!(kind, BodyKind::Lines(_)))
}

fn has_body(model: &Model, wanted: fn(&BodyKind) -> bool) -> bool {
    let mut bodies = model.operations().flat_map(|(_, operation)| operation.bodies());
    bodies.any(|body| wanted(&body.kind))
}

/// Whether anything that is received or sent has rules.
pub(crate) fn is_checked(model: &Model) -> bool {
    !model.rules.is_empty() || !model.rules.responses.is_empty()
}

/// Whether a response has such a body.
pub(crate) fn has_sent(model: &Model, wanted: fn(&SentBody) -> bool) -> bool {
    let mut sent = model.operations().flat_map(|(_, operation)| &operation.responses.sent);
    sent.any(|response| wanted(&response.body))
}

/// Whether tokens stand for callers, which can be JSON Web Tokens.
pub(crate) fn has_tokens(auth: Option<&Auth<'_>>) -> bool {
    auth.is_some_and(|auth| auth.has(|scheme| scheme.kind == SchemeKind::Bearer))
}

/// The parts of the runtime that the types and handlers of the API need, and the contract where it is served.
pub(crate) fn parts(model: &Model, contract: bool) -> Vec<Part> {
    let mut parts = specsmith_types::parts(model, Openness::Closed);
    parts.extend([Part::ValidateAlways, Part::Server]);
    parts.extend(contract.then_some(Part::ServerContract));
    let mut add = |part, checks| {
        parts.push(part);
        parts.extend(is_checked(model).then_some(checks));
    };
    if has_forms(model) {
        add(Part::ServerFormData, Part::ServerFormDataValidate);
    }
    if has_records(model) {
        add(Part::ServerLines, Part::ServerLinesValidate);
    }
    if is_checked(model) {
        parts.push(Part::ServerValidate);
    }
    if !model.headers.is_empty() {
        parts.extend([Part::Headers, Part::ServerHeaders]);
    }
    if has_multipart(model) {
        parts.push(Part::ServerMultipart);
    }
    let streams = [
        (
            has_sent(model, |body| matches!(body, SentBody::Events(_))),
            Part::ServerEvents,
        ),
        (
            has_sent(model, |body| matches!(body, SentBody::Records(_))),
            Part::ServerRecords,
        ),
    ];
    let streams: Vec<Part> = streams
        .into_iter()
        .filter_map(|(is_there, part)| is_there.then_some(part))
        .collect();
    if !streams.is_empty() {
        parts.push(Part::ServerStreams);
        parts.extend(streams);
    }
    if sent::is_any(model) {
        parts.extend([Part::ServerSender, Part::Signature, Part::Base64]);
    }
    if model.has_xml() {
        parts.extend([Part::Xml, Part::ServerXml]);
    }
    if let Some(auth) = Auth::new(model) {
        parts.push(Part::ServerAuth);
        if auth.has(|scheme| scheme.kind == SchemeKind::Basic) {
            parts.extend([Part::ServerBasic, Part::Base64]);
        }
        if has_tokens(Some(&auth)) {
            parts.push(Part::ServerJwt);
        }
    }
    parts
}
