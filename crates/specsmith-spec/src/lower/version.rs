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
    let stated = ["openapi", "swagger"]
        .into_iter()
        .find_map(|name| Some((name, root.get(name)?)));
    let Some((name, value)) = stated else {
        diagnostics.report(without_version(root));
        return None;
    };
    let text = match value.kind() {
        NodeKind::String(text) => text.trim(),
        // The missing quotes are reported with those of other strings.
        NodeKind::Number(number) => number.as_str(),
        _ => {
            let example = if name == "openapi" { "3.1.1" } else { "2.0" };
            let message = format!(
                "`{name}` must be a string such as `{example}`, not {}",
                value.kind_name()
            );
            diagnostics.report(Diagnostic::new(Code::UnsupportedVersion, message).at(value.location()));
            return None;
        }
    };
    let version = match name {
        "openapi" => Version::parse(text),
        _ => Version::parse_swagger(text),
    };
    if version.is_none() {
        let of = if name == "openapi" { "OpenAPI" } else { "Swagger" };
        diagnostics.report(unsupported(of, text, value.location()));
    }
    version
}

fn without_version(root: Node<'_>) -> Diagnostic {
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

fn unsupported(of: &str, text: &str, location: Location) -> Diagnostic {
    Diagnostic::new(
        Code::UnsupportedVersion,
        format!("version `{text}` of {of} is not read"),
    )
    .at(location)
    .help("the versions that are read are Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2")
}
