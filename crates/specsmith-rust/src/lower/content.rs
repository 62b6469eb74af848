//! What a body of a media type becomes.

use specsmith_ir::{Content, Shape, TypeId};

use super::context::Context;
use super::xml;

/// What a body becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ContentKind {
    /// JSON of the type of its schema.
    Json,
    /// A form of the type of its schema.
    Form,
    /// Parts, put together by the caller.
    Multipart,
    /// JSON texts one after the other, each of the type of an item.
    Lines,
    /// XML of the type of its schema.
    Xml,
    /// Text, because it is text.
    Text,
    /// Bytes.
    Bytes,
    /// Text of a format without types: YAML, XML that no schema describes.
    TextOfFormat,
    /// Server-sent events.
    Events,
}

impl ContentKind {
    /// Whether the type of the schema is used.
    pub(super) fn is_typed(self) -> bool {
        matches!(
            self,
            ContentKind::Json | ContentKind::Form | ContentKind::Lines | ContentKind::Xml
        )
    }

    /// Whether it is read piece by piece.
    pub(super) fn is_stream(self) -> bool {
        matches!(self, ContentKind::Events | ContentKind::Lines)
    }
}

/// What bodies of requests become.
pub(super) fn requests<'c>(cx: &'c Context<'_>) -> impl Fn(&Content) -> ContentKind + use<'c> {
    // A form needs names for its pairs, so it is one only where the schema is an object.
    move |content| match kind(cx, content) {
        ContentKind::Form if !content.ty.is_some_and(|ty| has_members(cx, ty)) => ContentKind::TextOfFormat,
        ContentKind::Events => ContentKind::TextOfFormat,
        kind => kind,
    }
}

/// What bodies of responses become.
pub(super) fn responses<'c>(cx: &'c Context<'_>) -> impl Fn(&Content) -> ContentKind + use<'c> {
    move |content| match kind(cx, content) {
        ContentKind::Form => ContentKind::TextOfFormat,
        ContentKind::Multipart => ContentKind::Bytes,
        kind => kind,
    }
}

/// The contents of a body with their kinds: the best kind first, and `application/json` before other formats of its
/// kind, so that the order of the document does not matter where the document has it.
pub(super) fn by_preference(
    contents: &[Content],
    kind: impl Fn(&Content) -> ContentKind,
) -> Vec<(ContentKind, &Content)> {
    let mut all = in_order(contents, kind);
    all.sort_by_key(|(kind, content)| (*kind, content.media_type.essence() != "application/json"));
    all
}

/// The one whose media type differs from that of `content` in its parameters alone: nobody tells them apart.
pub(super) fn same_essence<'c>(
    contents: impl IntoIterator<Item = &'c Content>,
    content: &Content,
) -> Option<&'c Content> {
    let essence = content.media_type.essence();
    contents.into_iter().find(|other| other.media_type.essence() == essence)
}

/// The contents of a body with their kinds, as the document has them.
pub(super) fn in_order(contents: &[Content], kind: impl Fn(&Content) -> ContentKind) -> Vec<(ContentKind, &Content)> {
    contents.iter().map(|content| (kind(content), content)).collect()
}

fn kind(cx: &Context<'_>, content: &Content) -> ContentKind {
    let media_type = &content.media_type;
    if media_type.is_json() {
        ContentKind::Json
    } else if media_type.is_form() {
        ContentKind::Form
    } else if media_type.is_multipart() {
        ContentKind::Multipart
    } else if media_type.is_event_stream() {
        ContentKind::Events
    } else if media_type.is_json_sequence() {
        ContentKind::Lines
    } else if media_type.is_xml() && xml::is_typed(cx, content) {
        ContentKind::Xml
    } else if media_type.is_xml() || media_type.is_yaml() {
        ContentKind::TextOfFormat
    } else if media_type.is_text() {
        ContentKind::Text
    } else if matches!(media_type.essence(), "*/*" | "application/*") && is_structured(cx, content) {
        // What real documents mean by a schema under a range is JSON.
        ContentKind::Json
    } else {
        ContentKind::Bytes
    }
}

/// Whether the schema is of values that are more than a string.
fn is_structured(cx: &Context<'_>, content: &Content) -> bool {
    content.ty.is_some_and(|ty| {
        let shape = cx.shape(cx.resolve(ty));
        !matches!(shape, Shape::String(_) | Shape::Any | Shape::Never | Shape::Null)
    })
}

/// Whether values of the type are objects.
fn has_members(cx: &Context<'_>, ty: TypeId) -> bool {
    match cx.shape(cx.resolve(ty)) {
        Shape::Object(_) => true,
        Shape::Union(union) => {
            let is_object = |ty| matches!(cx.shape(cx.resolve(ty)), Shape::Object(_));
            union.variants.iter().all(|variant| is_object(variant.ty))
        }
        _ => false,
    }
}
