//! Bodies: request bodies, and the media types of requests and responses.

use std::collections::BTreeSet;

use specsmith_diagnostics::{Code, Diagnostic, Location};
use specsmith_ir::{
    ComponentKind, Content, MediaType, Operation, Origin, Owner, ParameterEncoding, ParameterIn, PropertyEncoding,
    RequestBody, Rest, Shape, Status, Step, TypeId, Types,
};

use super::{
    context::{Context, as_text, quoted, text},
    style::StylePlace,
};
use crate::{Node, grammar::Kind};

/// Where a body or header stands, so that the types in it know where they come from.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The operation or component.
    pub owner: Owner,
    /// The response of the operation, if it is not in the request.
    pub status: Option<Status>,
}

impl Place {
    /// The origin of a body of this media type.
    fn body(&self, media_type: &str) -> Origin {
        let media_type = media_type.to_owned();
        Origin::Inline {
            owner: self.owner.clone(),
            step: match self.status {
                Some(status) => Step::Response(status, media_type),
                None => Step::RequestBody(media_type),
            },
        }
    }

    /// The origin of a header of this name.
    pub(super) fn header(&self, name: &str) -> Origin {
        Origin::Inline {
            owner: self.owner.clone(),
            step: match self.status {
                Some(status) => Step::ResponseHeader(status, name.to_owned()),
                None => Step::Parameter(ParameterIn::Header, name.to_owned()),
            },
        }
    }
}

impl<'d> Context<'d, '_> {
    /// The `requestBody` of an operation.
    pub(super) fn request_body(&mut self, operation: Node<'d>, owner: &Owner) -> Option<RequestBody> {
        let (key, reference) = operation.entry("requestBody")?;
        let node = self.resolve_to(reference, Kind::RequestBody)?;
        let content = node.get("content").filter(|content| content.is_object())?;
        if !self.afford_copy(reference, node) {
            return None;
        }
        let place = Place {
            owner: self.owner_of(node, ComponentKind::RequestBody, owner),
            status: None,
        };
        if content.members().next().is_none() {
            let message = "the content of a request body has no media type";
            self.report(
                Diagnostic::new(Code::MissingField, message)
                    .at(content.location())
                    .help("leave `requestBody` out where there is no body"),
            );
        }
        let content = self.content(node, &place);
        if content.is_empty() {
            return None;
        }
        Some(RequestBody {
            required: super::context::flag(node, "required").unwrap_or(false),
            content,
            docs: self.docs_through(reference, node),
            location: key.location,
        })
    }

    /// The `content` of an object, by media type.
    pub(super) fn content(&mut self, node: Node<'d>, place: &Place) -> Vec<Content> {
        let content = node.get("content").into_iter().flat_map(Node::members);
        content
            .filter_map(|(key, reference)| {
                let media_type = self.media_type(&key.name, key.location)?;
                let body = self.resolve_to(reference, Kind::MediaType)?;
                let affordable = self.afford_copy(reference, body) && self.afford_name(&place.owner, key.location);
                (affordable && body.is_object()).then(|| self.body(media_type, body, place))
            })
            .collect()
    }

    /// A media type; `None` after reporting that it is none.
    pub(super) fn media_type(&mut self, name: &str, location: Location) -> Option<MediaType> {
        let media_type = MediaType::new(name);
        if media_type.is_none() {
            let message = format!("{} is not a media type", quoted(name));
            self.report(
                Diagnostic::new(Code::InvalidValue, message)
                    .at(location)
                    .help("such as `application/json` or `image/*`"),
            );
        }
        media_type
    }

    fn body(&mut self, media_type: MediaType, node: Node<'d>, place: &Place) -> Content {
        let origin = || place.body(media_type.as_str());
        let ty = node.get("schema").map(|schema| self.schema(schema, origin()));
        let event_data = match media_type.is_event_stream() {
            true => self.event_data(node),
            false => None,
        };
        let item = node.get("itemSchema").map(|schema| self.schema(schema, origin()));
        let event_data = event_data.map(|schema| self.schema(schema, origin()));
        let encoding = self.encodings(&media_type, node, place);
        if let Some((encodings, ty)) = node.get("encoding").filter(|_| !encoding.is_empty()).zip(ty) {
            self.check_encoded(encodings, ty);
        }
        let examples = self.examples(node);
        let schema = node.get("schema").filter(|_| media_type.is_xml());
        Content {
            media_type,
            ty,
            item,
            event_data,
            encoding,
            examples,
            xml: schema.zip(ty).and_then(|(schema, ty)| self.xml_at(schema, ty)),
        }
    }

    /// The schema of what the data of each event holds: the `contentSchema` of the property `data` of events.
    fn event_data(&mut self, node: Node<'d>) -> Option<Node<'d>> {
        let event = self.resolve_to(node.get("itemSchema")?, Kind::Schema)?;
        let data = self.resolve_to(event.get("properties")?.get("data")?, Kind::Schema)?;
        let media_type = data.get("contentMediaType").and_then(as_text);
        let is_json = media_type.is_none_or(|text| MediaType::new(text).is_some_and(|media_type| media_type.is_json()));
        let (key, schema) = data.entry("contentSchema").filter(|_| is_json)?;
        // Elsewhere nothing is made of it.
        self.needs_no_word(Code::KeywordNotTyped, key.location);
        Some(schema)
    }

    fn encodings(&mut self, media_type: &MediaType, node: Node<'d>, place: &Place) -> Vec<PropertyEncoding> {
        let Some((key, encodings)) = node.entry("encoding") else {
            return Vec::new();
        };
        if !media_type.is_form() && !media_type.is_multipart() && !media_type.is_range() {
            let message = format!("`encoding` has no effect for `{media_type}`");
            self.note(Code::NotGenerated, message, key.location);
            return Vec::new();
        }
        for (_, encoding) in encodings.members() {
            self.note_unused_encoding(media_type, encoding);
        }
        encodings
            .members()
            .filter(|(_, encoding)| encoding.is_object())
            .map(|(key, encoding)| self.property_encoding(&key.name, encoding, place))
            .collect()
    }

    /// Notes what has no effect on forms, or on the parts of multipart bodies.
    fn note_unused_encoding(&mut self, media_type: &MediaType, encoding: Node<'d>) {
        let (names, of): (&[&str], _) = if media_type.is_form() {
            (&["contentType", "headers"], "members of forms")
        } else if media_type.essence() == "multipart/form-data" {
            (&["allowReserved"], "parts")
        } else {
            (&["style", "explode", "allowReserved"], "parts")
        };
        for (key, value) in encoding.members().filter(|(key, _)| names.contains(&key.name.as_str())) {
            let usual = key.name == "contentType" && as_text(value) == Some("text/plain");
            if !usual {
                let message = format!("nothing is generated for the `{}` of {of}", key.name);
                self.note(Code::NotGenerated, message, key.location);
            }
        }
    }

    /// Reports encodings of what are no properties.
    fn check_encoded(&mut self, encodings: Node<'d>, ty: TypeId) {
        let mut ty = self.types.resolve(ty);
        if let Shape::Nullable(inner) = self.types[ty].shape {
            ty = self.types.resolve(inner);
        }
        let Shape::Object(object) = &self.types[ty].shape else {
            return;
        };
        if matches!(object.rest, Rest::Typed(_)) || !object.patterns.is_empty() {
            return;
        }
        let known: BTreeSet<String> = object.fields.iter().map(|field| field.name.clone()).collect();
        for (key, _) in encodings.members().filter(|(key, _)| !known.contains(&key.name)) {
            let message = format!("`{}` is encoded but is none of the properties", key.name);
            let diagnostic = Diagnostic::new(Code::UndefinedProperty, message)
                .at(key.location)
                .label("has no effect");
            let meant = self.suggest(&key.name, known.iter().map(String::as_str));
            self.report(match meant {
                Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
                None => diagnostic,
            });
        }
    }

    fn property_encoding(&mut self, name: &str, node: Node<'d>, place: &Place) -> PropertyEncoding {
        let mut content_types = Vec::new();
        if let Some(value) = node.get("contentType") {
            for media_type in split_list(as_text(value).unwrap_or_default()) {
                if let Some(media_type) = self.media_type(media_type, value.location()) {
                    content_types.push(media_type.as_str().to_owned());
                }
            }
        }
        let styled = ["style", "explode", "allowReserved"]
            .iter()
            .any(|key| text(node, key).is_some());
        let style = styled.then(|| self.style(node, StylePlace::Property));
        let place = Place {
            owner: place.owner.clone(),
            status: place.status,
        };
        PropertyEncoding {
            name: name.to_owned(),
            content_types,
            style: style.filter(|style| matches!(style, ParameterEncoding::Style { .. })),
            headers: self.headers(node, &place),
        }
    }
}

/// The items of a list with commas, which do not count inside quotes.
fn split_list(text: &str) -> Vec<&str> {
    let mut quoted = false;
    text.split(move |c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    })
    .map(str::trim)
    .collect()
}

/// Leaves out bodies that are never anything but empty: optional forms that can have no fields. Frameworks write one at
/// each operation, also at those that only read.
pub(super) fn leave_out_empty_forms(types: &Types, operations: &mut [Operation]) {
    let can_have_none = |ty: TypeId| match &types[ty].shape {
        Shape::Object(object) => object.fields.is_empty() && object.patterns.is_empty() && object.rest == Rest::Denied,
        _ => false,
    };
    let is_empty = |content: &Content| content.media_type.is_form() && content.ty.is_some_and(can_have_none);
    let says_nothing =
        |body: &mut RequestBody| !body.required && body.docs.description.is_none() && body.content.iter().all(is_empty);
    for operation in operations {
        operation.request_body.take_if(says_nothing);
    }
}
