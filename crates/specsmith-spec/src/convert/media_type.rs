//! Which media types a body or response has: `consumes` and `produces`, of the operation or of the document.

use specsmith_diagnostics::{Code, Diagnostic, Location};
use specsmith_ir::MediaType;

use super::{Converter, inline::BINARY, members::Word};
use crate::{
    Node,
    lower::{as_text, text},
};

/// A media type and the place where it is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Listed<'d> {
    /// Its text.
    pub name: &'d str,
    /// Its place.
    pub location: Location,
}

/// Media types, each once.
pub(super) type MediaTypes<'d> = Vec<Listed<'d>>;

/// What values a media type can carry, as far as its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Carries {
    /// Objects and arrays.
    Structure,
    /// Text, images and other bytes without members.
    Flat,
    /// The name does not say.
    Unknown,
}

/// How many references are followed to see what a schema is.
const PEEK_LIMIT: usize = 32;
/// What is taken where neither the operation nor the document lists a media type.
const JSON: &str = "application/json";

/// The media types that a list names; `None` where there is no list.
pub(super) fn listed(list: Option<Node<'_>>) -> Option<MediaTypes<'_>> {
    let list = list.filter(|list| list.is_array())?;
    let mut media_types: MediaTypes<'_> = Vec::new();
    for item in list.items() {
        let Some(name) = as_text(item) else { continue };
        if !media_types.iter().any(|known| known.name == name) {
            let location = item.location();
            media_types.push(Listed { name, location });
        }
    }
    Some(media_types)
}

impl<'d> Converter<'d, '_> {
    /// The media types of the body of an operation; `None` stands for no operation.
    pub(super) fn body_types(&mut self, operation: Option<Node<'d>>, body: Node<'d>) -> MediaTypes<'d> {
        let own = operation.and_then(|operation| listed(operation.get("consumes")));
        let media_types = own.unwrap_or_else(|| self.consumes.clone());
        let schema = body.get("schema");
        let carried = match schema {
            Some(schema) if self.is_structured(schema) => self.carrying_structure(media_types),
            _ => media_types,
        };
        or_json(carried, schema.unwrap_or(body))
    }

    /// The media types of a response of this status.
    pub(super) fn response_types(
        &mut self,
        operation: Option<Node<'d>>,
        response: Node<'d>,
        status: &str,
    ) -> MediaTypes<'d> {
        let own = operation.and_then(|operation| listed(operation.get("produces")));
        let is_own = own.is_some();
        let mut media_types = own.unwrap_or_else(|| self.produces.clone());
        let Some((_, schema)) = response.entry("schema") else {
            return examples(response);
        };
        if text(schema, "type") == Some("file") {
            if !is_own {
                media_types.retain(|listed| carries(listed.name) != Carries::Structure);
            }
            return or(media_types, "application/octet-stream", schema);
        }
        if media_types.is_empty() {
            media_types = examples(response);
        }
        if self.is_structured(schema) {
            media_types = self.carrying_structure(media_types);
            let is_error = status.starts_with(['4', '5']) || status == "default";
            let known = media_types
                .iter()
                .any(|listed| carries(listed.name) == Carries::Structure);
            if is_error && !known && !media_types.is_empty() {
                media_types = self.error_types(&media_types, schema);
            }
        }
        or_json(media_types, schema)
    }

    /// The media types of an error whose schema is of objects, where the operation lists none that carries objects.
    ///
    /// Swagger 2.0 has one list for all responses of an operation, and authors think of the success when they write it.
    fn error_types(&mut self, listed: &[Listed<'d>], schema: Node<'d>) -> MediaTypes<'d> {
        let mut media_types = self.produces.clone();
        media_types.retain(|listed| carries(listed.name) == Carries::Structure);
        let media_types = or_json(media_types, schema);
        let names = |list: &[Listed<'_>]| list.iter().map(|one| one.name).collect::<Vec<_>>().join("`, `");
        let message = format!(
            "errors with a schema are taken as `{}`, not as `{}`",
            names(&media_types),
            names(listed)
        );
        let place = listed.first().map_or(schema.location(), |first| first.location);
        self.cx.report(
            Diagnostic::new(Code::AssumedMediaType, message)
                .at(place)
                .help("what the operation `produces` cannot carry objects or arrays"),
        );
        media_types
    }

    /// The media types of a success without a schema, where the operation itself says that it produces files or text.
    ///
    /// By the letter there is no body, and the download would be lost.
    pub(super) fn implied_file(
        &mut self,
        operation: Node<'d>,
        response: Node<'d>,
        status: &str,
    ) -> Option<MediaTypes<'d>> {
        let media_types = listed(operation.get("produces"))?;
        let first = media_types.first()?;
        let is_described = ["schema", "examples", "content"]
            .iter()
            .any(|name| response.get(name).is_some());
        let is_flat = media_types.iter().all(|listed| carries(listed.name) == Carries::Flat);
        let is_head = operation
            .parent()
            .is_some_and(|item| item.get("head") == Some(operation));
        if is_described || !is_flat || is_head || !matches!(status, "200" | "201" | "203" | "206") {
            return None;
        }
        let message = format!("a success without a schema is taken as `{}`", first.name);
        self.cx.report(
            Diagnostic::new(Code::AssumedMediaType, message)
                .at(first.location)
                .help("add `schema: { type: file }` to the response"),
        );
        Some(media_types)
    }

    /// Leaves out what cannot carry objects and arrays, where something else can.
    fn carrying_structure(&mut self, mut media_types: MediaTypes<'d>) -> MediaTypes<'d> {
        if !media_types
            .iter()
            .any(|listed| carries(listed.name) == Carries::Structure)
        {
            return media_types;
        }
        media_types.retain(|listed| {
            let is_flat = carries(listed.name) == Carries::Flat;
            if is_flat {
                let message = format!("`{}` is left out for schemas of objects and arrays", listed.name);
                self.cx.report(
                    Diagnostic::new(Code::AssumedMediaType, message)
                        .at(listed.location)
                        .help("list it for operations whose bodies are text or bytes only"),
                );
            }
            !is_flat
        });
        media_types
    }

    /// Whether values of a schema have members or items, as far as can be seen.
    fn is_structured(&mut self, schema: Node<'d>) -> bool {
        let mut node = schema;
        for _ in 0..PEEK_LIMIT {
            let Some(reference) = node.get("$ref").and_then(Node::as_str) else {
                let stated = text(node, "type");
                let has_members = ["properties", "additionalProperties", "allOf", "items"]
                    .iter()
                    .any(|name| node.get(name).is_some());
                return matches!(stated, Some("object" | "array")) || stated.is_none() && has_members;
            };
            match self.cx.find(node, reference) {
                Some(target) => node = target,
                None => return false,
            }
        }
        false
    }
}

/// The media types of which a response shows examples.
fn examples(response: Node<'_>) -> MediaTypes<'_> {
    let examples = response.get("examples").into_iter().flat_map(Node::members);
    examples
        .filter(|(key, _)| MediaType::new(&key.name).is_some())
        .map(|(key, _)| Listed {
            name: &key.name,
            location: key.location,
        })
        .collect()
}

fn or_json<'d>(media_types: MediaTypes<'d>, schema: Node<'d>) -> MediaTypes<'d> {
    or(media_types, JSON, schema)
}

fn or<'d>(media_types: MediaTypes<'d>, other: &'static str, schema: Node<'d>) -> MediaTypes<'d> {
    if media_types.is_empty() {
        let location = schema.location();
        return vec![Listed { name: other, location }];
    }
    media_types
}

/// The schema of values without members that are sent as this media type.
pub(super) fn file(name: &str) -> &'static [(&'static str, Word<'static>)] {
    match MediaType::new(name) {
        Some(media_type) if media_type.is_text() => &[("type", Word::Text("string"))],
        _ => BINARY,
    }
}

/// What a media type can carry.
fn carries(name: &str) -> Carries {
    let Some(media_type) = MediaType::new(name) else {
        return Carries::Unknown;
    };
    let essence = media_type.essence();
    let is_binary = ["image/", "audio/", "video/", "font/"]
        .iter()
        .any(|prefix| essence.starts_with(prefix));
    let subtype = essence.split('/').nth(1).unwrap_or_default();
    let has_structure = media_type.is_json()
        || media_type.is_xml()
        || media_type.is_form()
        || media_type.is_multipart()
        || media_type.is_json_sequence()
        || matches!(essence, "*/*" | "application/*")
        || ["yaml", "protobuf", "msgpack", "cbor"]
            .iter()
            .any(|format| subtype.contains(format));
    let is_archive = matches!(
        subtype,
        "octet-stream" | "x-tar" | "tar" | "zip" | "gzip" | "x-gzip" | "pdf" | "javascript"
    );
    if has_structure {
        Carries::Structure
    } else if is_binary || is_archive || matches!(essence, "text/plain" | "text/html") {
        Carries::Flat
    } else {
        Carries::Unknown
    }
}
