//! Bodies of requests: one media type of those that the document allows.

use specsmith_diagnostics::{Code, Location};
use specsmith_ir::{self as ir, Content, MediaType, RequestBody, Shape};

use super::content::{self, ContentKind};
use super::context::Context;
use super::{docs, written};
use crate::Prose;
use crate::model::{Body, BodyKind, RustType};

/// The body of an operation's request.
///
/// Of several media types the first of these kinds is taken: JSON (`application/json` before other formats of it), form,
/// multipart, text, bytes, other formats as text.
pub(super) fn lower(cx: &mut Context<'_>, operation: &ir::Operation) -> Option<Body> {
    let body = operation.request_body.as_ref()?;
    let by_preference = content::by_preference(&body.content, content::requests(cx));
    let (kind, content) = by_preference.first()?;
    for other in body
        .content
        .iter()
        .filter(|other| other.media_type != content.media_type)
    {
        report_left_out(cx, body.location, other, content);
    }
    let (kind, media_type) = match kind {
        ContentKind::Json => (
            BodyKind::Json(json_type(cx, content)),
            json_media_type(&content.media_type),
        ),
        ContentKind::Form => (BodyKind::Form(json_type(cx, content)), content.media_type.clone()),
        ContentKind::Multipart => {
            let essence = content.media_type.essence();
            let message = format!("the parts of `{essence}` have no types yet; callers add them by name");
            cx.report_once(Code::NotGenerated, message, body.location);
            (BodyKind::Multipart, content.media_type.clone())
        }
        ContentKind::Text => (BodyKind::Text, content.media_type.clone()),
        ContentKind::Bytes => (BodyKind::Bytes, content.media_type.clone()),
        ContentKind::TextOfFormat => {
            report_text(cx, body.location, content);
            (BodyKind::Text, content.media_type.clone())
        }
    };
    Some(Body {
        required: body.required,
        docs: body_docs(cx, body, content, &kind),
        kind,
        media_type,
        encodings: encodings(content),
    })
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

/// The media type that is sent: a range that holds JSON is sent as JSON.
pub(super) fn json_media_type(media_type: &MediaType) -> MediaType {
    match media_type.is_json() {
        true => media_type.clone(),
        false => MediaType::new("application/json").unwrap_or_else(|| media_type.clone()),
    }
}

/// Says that a format is text for the caller.
pub(super) fn report_text(cx: &mut Context<'_>, location: Location, content: &Content) {
    let message = format!(
        "bodies of `{}` have no types yet and are generated as text",
        content.media_type.essence()
    );
    cx.report_once(Code::MediaTypeAsText, message, location);
}

/// Says which media types nothing is generated for, since another one is taken.
pub(super) fn report_left_out(cx: &mut Context<'_>, location: Location, left_out: &Content, taken: &Content) {
    let (left_out, taken) = (left_out.media_type.essence(), taken.media_type.essence());
    let message = format!("bodies of `{left_out}` are not generated where there is `{taken}`");
    cx.report_once(Code::MediaTypeNotGenerated, message, location);
}

fn body_docs(cx: &Context<'_>, body: &RequestBody, content: &Content, kind: &BodyKind) -> Prose {
    let mut text = docs::prose(&body.docs);
    if *kind == BodyKind::Multipart
        && let Some(ty) = content.ty
        && let Shape::Object(object) = cx.shape(cx.resolve(ty))
        && !object.fields.is_empty()
    {
        let lines: Vec<String> = object
            .fields
            .iter()
            .map(|field| {
                let name = Prose::code(&field.name);
                let presence = if field.presence == ir::Presence::Required {
                    "required"
                } else {
                    "optional"
                };
                let title = field.docs.title.as_deref().or_else(|| first_line(&field.docs));
                match title {
                    Some(title) => format!("- {name}, {presence}: {}", Prose::one_line(title)),
                    None => format!("- {name}, {presence}"),
                }
            })
            .collect();
        text.own(&format!("Parts:\n\n{}", lines.join("\n")));
    }
    text
}

fn first_line(docs: &ir::Docs) -> Option<&str> {
    docs.description
        .as_deref()?
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
}
