//! Which version of OpenAPI a document is written in, and whether it is one that is read.

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics, Location};

use crate::{Document, Node, NodeKind, grammar::Version};

/// The version of a document; `None` after reporting why, if it is not one that is read.
pub(crate) fn check(document: &Document, diagnostics: &mut Diagnostics) -> Option<Version> {
    let root = document.root();
    if !root.is_object() {
        let message = format!("an OpenAPI document is an object, not {}", root.kind_name());
        diagnostics.report(Diagnostic::new(Code::UnsupportedVersion, message).at(root.location()));
        return None;
    }
    let Some(value) = root.get("openapi") else {
        diagnostics.report(without_version(root));
        return None;
    };
    match value.kind() {
        NodeKind::String(text) => {
            let version = Version::parse(text.trim());
            if version.is_none() {
                diagnostics.report(unsupported(text, value.location()));
            }
            version
        }
        // The missing quotes are reported with those of other strings.
        NodeKind::Number(number) => {
            let version = Version::parse(number.as_str());
            if version.is_none() {
                diagnostics.report(unsupported(number.as_str(), value.location()));
            }
            version
        }
        _ => {
            let message = format!("`openapi` must be a string such as `3.1.1`, not {}", value.kind_name());
            diagnostics.report(Diagnostic::new(Code::UnsupportedVersion, message).at(value.location()));
            None
        }
    }
}

fn without_version(root: Node<'_>) -> Diagnostic {
    if let Some((key, value)) = root.entry("swagger") {
        return Diagnostic::new(Code::UnsupportedVersion, "Swagger 2.0 documents are not read")
            .at(key.location)
            .related(value.location(), "the version is stated here")
            .help("convert the document to OpenAPI 3, for example with a converter for Swagger 2.0");
    }
    let place = root.members().next().map_or(root.location(), |(key, _)| key.location);
    let diagnostic = Diagnostic::new(
        Code::UnsupportedVersion,
        "the document does not say which version of OpenAPI it is",
    );
    let help = match root.get("asyncapi").or_else(|| root.get("kind")) {
        Some(_) => "this looks like a document of another kind",
        None => "add `openapi: 3.1.1`, or the version it was written for",
    };
    diagnostic.at(place).label("no `openapi` in this object").help(help)
}

fn unsupported(text: &str, location: Location) -> Diagnostic {
    Diagnostic::new(
        Code::UnsupportedVersion,
        format!("version `{text}` of OpenAPI is not read"),
    )
    .at(location)
    .help("the versions that are read are 3.0, 3.1 and 3.2")
}
