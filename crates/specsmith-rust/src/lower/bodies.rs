//! Bodies of requests: one for each way to send what the document allows.

use std::collections::BTreeMap;

use specsmith_diagnostics::{Code, Location};
use specsmith_ir::{self as ir, Content, MediaType, RequestBody, Shape, TypeId};

use super::content::{self, ContentKind};
use super::context::Context;
use super::identity::Identity;
use super::names::{OperationNames, with};
use super::{docs, forms, written, xml};
use crate::Ident;
use crate::model::{Body, BodyKind, Parameter, RustType};
use crate::naming::{Case, Scope, reserved, words};

/// The bodies of an operation's request, the preferred one first.
///
/// They are in this order: JSON (`application/json` before other formats of it), form, multipart, lines of JSON, XML, text,
/// bytes, other formats as text. Media types that are sent in the same way, of the same type, are one body.
pub(super) fn lower(
    cx: &mut Context<'_>,
    operation: usize,
    names: &OperationNames,
    method: &Ident,
    methods: &mut Scope,
    parameters: &[Parameter],
) -> Vec<Body> {
    let place = cx.identities.of_operation(operation);
    let operation = cx.api.operations.get(operation);
    let Some(body) = operation.and_then(|operation| operation.request_body.as_ref()) else {
        return Vec::new();
    };
    let mut found = found(cx, body);
    // What was preferred stays so: a better format that comes later takes no method from it.
    let was_preferred = |found: &Found<'_>| cx.memory.has(&preferred(&place, found.content));
    if let Some(index) = found.iter().position(was_preferred) {
        let first = found.remove(index);
        found.insert(0, first);
    }
    if let Some(first) = found.first().filter(|first| !matches!(first.kind, BodyKind::Json(_))) {
        cx.memory.keep(&preferred(&place, first.content));
    }
    let mut variants = Scope::new(Case::Pascal, &[]);
    let mut setters = setters(parameters);
    let known = remembered(cx, body, &place);
    let mut bodies = Vec::new();
    for found in found {
        let plain = way(&found);
        let of_subtype = words(found.media_type.essence().split('/').nth(1).unwrap_or_default());
        let behind = |name: &str| [&plain, &of_subtype].map(|more| [words(name), more.clone()].concat());
        let method = match (body.required, bodies.is_empty()) {
            (true, true) => method.clone(),
            (false, true) => Ident::from_name("body"),
            (is_required, false) => {
                let own = self::place(body, &place, found.content);
                let known = known.get(found.content.media_type.essence()).cloned();
                let name = known.unwrap_or_else(|| match is_required {
                    true => methods.claim(&behind(method.unraw())),
                    false => setters.claim(&behind("body")),
                });
                cx.memory.keep_name(&own, &name, None);
                name
            }
        };
        let name = variants.claim(&[plain, with(&of_subtype, &["body"])]);
        let form = match found.kind {
            BodyKind::Multipart => forms::lower(cx, found.content, &place, &names.form),
            _ => None,
        };
        if found.kind == BodyKind::Multipart && form.is_none() {
            report_untyped(cx, body.location, found.content);
        }
        bodies.push(Body {
            name,
            method,
            required: body.required,
            docs: docs::prose(&body.docs),
            form,
            encodings: encodings(found.content),
            kind: found.kind,
            media_type: found.media_type,
            also: found.also,
        });
    }
    bodies
}

/// The names that other bodies than the preferred one had, by media type. They are among the methods of the group, or
/// among the setters where no body need be sent.
pub(super) fn remembered(cx: &Context<'_>, body: &RequestBody, operation: &Identity) -> BTreeMap<String, Ident> {
    let known = body.content.iter().filter_map(|content| {
        let name = cx.memory.name(&place(body, operation, content))?;
        Some((content.media_type.essence().to_owned(), Ident::from_name(name)))
    });
    known.collect()
}

/// The place of the name of a body that is not the preferred one.
fn place(body: &RequestBody, operation: &Identity, content: &Content) -> Identity {
    let step = if body.required { "methods" } else { "setters" };
    operation.inside(&[step, content.media_type.essence()])
}

/// The place of a body that is preferred, although a document could have a better one.
fn preferred(operation: &Identity, content: &Content) -> Identity {
    operation.inside(&["preferred", content.media_type.essence()])
}

/// The setters of a request, whose names are taken.
fn setters(parameters: &[Parameter]) -> Scope {
    let mut setters = Scope::new(Case::Snake, &[reserved::PARAMETERS]);
    for parameter in parameters {
        setters.give(parameter.name.unraw());
    }
    setters
}

/// A body, before it has a name.
struct Found<'a> {
    kind: BodyKind,
    content: &'a Content,
    media_type: MediaType,
    also: Vec<MediaType>,
}

fn found<'a>(cx: &mut Context<'_>, body: &'a RequestBody) -> Vec<Found<'a>> {
    let by_preference = content::by_preference(&body.content, content::requests(cx));
    let mut all: Vec<Found<'a>> = Vec::new();
    for (kind, content) in by_preference {
        let kind = self::kind(cx, body, kind, content);
        let media_type = match kind {
            BodyKind::Json(_) => json_media_type(&content.media_type),
            _ => content.media_type.clone(),
        };
        let one = Found {
            kind,
            content,
            media_type,
            also: Vec::new(),
        };
        let same_essence = content::same_essence(all.iter().map(|other| other.content), content);
        match (all.iter_mut().find(|other| is_sent_alike(other, &one)), same_essence) {
            (Some(same), _) => same.join(one.media_type),
            (None, Some(other)) => report_left_out(cx, body.location, content, other),
            (None, None) => all.push(one),
        }
    }
    all
}

impl Found<'_> {
    /// Adds a media type; a range yields to one that can be sent.
    fn join(&mut self, media_type: MediaType) {
        if self.media_type.is_range() {
            self.also.push(std::mem::replace(&mut self.media_type, media_type));
        } else if media_type != self.media_type {
            self.also.push(media_type);
        }
    }
}

/// Whether two bodies differ in their media types only.
fn is_sent_alike(a: &Found<'_>, b: &Found<'_>) -> bool {
    a.kind == b.kind
        && match a.kind {
            BodyKind::Text | BodyKind::Multipart => way(a) == way(b),
            _ => true,
        }
}

fn kind(cx: &mut Context<'_>, body: &RequestBody, kind: ContentKind, content: &Content) -> BodyKind {
    match kind {
        ContentKind::Json => BodyKind::Json(json_type(cx, content)),
        ContentKind::Form => BodyKind::Form(json_type(cx, content)),
        ContentKind::Multipart => BodyKind::Multipart,
        ContentKind::Lines => BodyKind::Lines(line_type(cx, content)),
        ContentKind::Xml => BodyKind::Xml(json_type(cx, content), xml::root(cx, content)),
        ContentKind::Text => BodyKind::Text,
        ContentKind::Bytes => BodyKind::Bytes,
        ContentKind::TextOfFormat | ContentKind::Events => {
            report_text(cx, body.location, content);
            BodyKind::Text
        }
    }
}

/// Says that the parts of a body have no types: those of other multipart formats have no names.
fn report_untyped(cx: &mut Context<'_>, location: Location, content: &Content) {
    if content.ty.is_some() {
        let essence = content.media_type.essence();
        let message = format!("the parts of `{essence}` have no types here; callers add them one by one");
        cx.report_once(Code::NotGenerated, message, location);
    }
}

/// What tells a way to send a body from others: `json`, `merge patch`, `multipart`, `csv`.
fn way(found: &Found<'_>) -> Vec<String> {
    let (main, subtype) = found.media_type.essence().split_once('/').unwrap_or_default();
    match &found.kind {
        BodyKind::Json(_) => match subtype.strip_suffix("+json") {
            Some(format) => words(format),
            None => words("json"),
        },
        BodyKind::Form(_) => words("form"),
        BodyKind::Multipart if subtype == "form-data" || found.media_type.is_range() => words("multipart"),
        BodyKind::Multipart => with(&words("multipart"), &[subtype]),
        BodyKind::Lines(_) => words("lines"),
        BodyKind::Xml(..) => words("xml"),
        BodyKind::Bytes => words("bytes"),
        BodyKind::Text if main == "text" && matches!(subtype, "plain" | "*") => words("text"),
        BodyKind::Text => {
            let format = subtype.rsplit('+').next().unwrap_or(subtype);
            words(format.trim_start_matches("x-").trim_start_matches("vnd."))
        }
    }
}

/// How members are written, where the document gives a style.
fn encodings(content: &Content) -> Vec<(String, ir::ParameterEncoding)> {
    let styled = content
        .encoding
        .iter()
        .filter_map(|member| Some((member.name.clone(), member.style.clone()?)));
    styled.collect()
}

/// The type of a body that is typed; any value where the document gives no schema.
pub(super) fn json_type(cx: &mut Context<'_>, content: &Content) -> RustType {
    content.ty.map_or(RustType::Value, |ty| written::reference(cx, ty))
}

/// The type of each line. The schema of a whole sequence is an array; what is none is meant to be that of a line.
pub(super) fn line_type(cx: &mut Context<'_>, content: &Content) -> RustType {
    line_id(cx, content).map_or(RustType::Value, |ty| written::reference(cx, ty))
}

/// The type of each line in the intermediate model.
pub(super) fn line_id(cx: &Context<'_>, content: &Content) -> Option<TypeId> {
    let of_whole = |ty| match cx.shape(cx.resolve(ty)) {
        Shape::Array(array) => array.items,
        _ => ty,
    };
    content.item.or_else(|| content.ty.map(of_whole))
}

/// The media type that is sent: a range that holds JSON is sent as JSON.
pub(super) fn json_media_type(media_type: &MediaType) -> MediaType {
    match media_type.is_json() {
        true => media_type.clone(),
        false => MediaType::new("application/json").unwrap_or_else(|| media_type.clone()),
    }
}

/// Says that a format is text for the caller, unless the document says nothing else.
pub(super) fn report_text(cx: &mut Context<'_>, location: Location, content: &Content) {
    let is_text = |ty| matches!(cx.shape(cx.resolve(ty)), Shape::Any | Shape::String(_));
    if content.ty.is_none_or(is_text) {
        return;
    }
    let message = format!(
        "bodies of `{}` have no types here and are generated as text",
        content.media_type.essence()
    );
    cx.report_once(Code::MediaTypeAsText, message, location);
}

/// Says which media types nothing is generated for, since another one is taken.
pub(super) fn report_left_out(cx: &mut Context<'_>, location: Location, left_out: &Content, taken: &Content) {
    let (left_out, taken) = (&left_out.media_type, &taken.media_type);
    let (left_out, taken) = match left_out.essence() == taken.essence() {
        true => (left_out.as_str(), taken.as_str()),
        false => (left_out.essence(), taken.essence()),
    };
    let message = format!("bodies of `{left_out}` are not generated where there is `{taken}`");
    cx.report_once(Code::MediaTypeNotGenerated, message, location);
}
