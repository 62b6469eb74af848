//! Parts of multipart bodies: a value or a file for each member of the schema.

use std::collections::BTreeSet;

use specsmith_ir::{self as ir, Access, Content, Presence, Shape, TypeId};

use super::context::Context;
use super::identity::Identity;
use super::memory::Member;
use super::names::with;
use super::{docs, written};
use crate::model::{FormPart, MultipartForm, PartKind};
use crate::naming::{Case, Scope, reserved, words};
use crate::{Deprecation, Ident};

/// What a member of a multipart body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MemberKind {
    /// A value of its type.
    Value,
    /// A file.
    File,
    /// A list of files.
    Files,
}

/// The typed form of a multipart body; `None` where the document does not name its parts.
pub(super) fn lower(cx: &mut Context<'_>, content: &Content, place: &Identity, name: &Ident) -> Option<MultipartForm> {
    let members = members(cx, content).into_iter();
    let members: Vec<(ir::Field, MemberKind)> = members.map(|(field, kind)| (field.clone(), kind)).collect();
    if members.is_empty() || !is_form(content) {
        return None;
    }
    let is_closed = match content.ty.map(|ty| cx.shape(cx.resolve(ty))) {
        Some(Shape::Object(object)) => object.rest == ir::Rest::Denied && object.patterns.is_empty(),
        _ => false,
    };
    let named = members.iter().map(|(field, _)| {
        let plain = words(&field.name);
        let is_exact = Case::Snake.join(&plain) == field.name;
        Member {
            rank: usize::from(!is_exact),
            is_safe: is_exact,
            ..Member::new(
                place.inside(&["parts", &field.name]),
                vec![plain.clone(), with(&plain, &["part"])],
            )
        }
    });
    let named = named.collect();
    let names = cx
        .memory
        .members(&mut Scope::new(Case::Snake, &[reserved::FORM_METHODS]), named);
    let mut parts = Vec::new();
    for ((field, kind), name) in members.iter().zip(names) {
        parts.push(FormPart {
            name,
            wire: field.name.clone(),
            required: field.presence == Presence::Required,
            kind: match kind {
                MemberKind::Value => PartKind::Value(written::bare_reference(cx, field.ty)),
                MemberKind::File => PartKind::File,
                MemberKind::Files => PartKind::Files,
            },
            style: match kind {
                MemberKind::Value => style(content, &field.name),
                MemberKind::File | MemberKind::Files => None,
            },
            content_type: content_type(content, &field.name),
            content_types: content_types(content, &field.name).to_vec(),
            default: match &field.presence {
                Presence::Default(value) => Some(value.clone()),
                Presence::Required | Presence::Optional => None,
            },
            docs: docs::field(cx, content.ty?, field),
            deprecated: Deprecation::of(&field.docs),
        });
    }
    parts.sort_by_key(|part| !part.required);
    Some(MultipartForm {
        name: name.clone(),
        parts,
        is_closed,
    })
}

/// Whether the parts have names, which they have in `multipart/form-data` only.
fn is_form(content: &Content) -> bool {
    content.media_type.essence() == "multipart/form-data" || content.media_type.is_range()
}

/// The members that are sent as parts of a multipart body, with what they are.
pub(super) fn members<'c>(cx: &'c Context<'_>, content: &Content) -> Vec<(&'c ir::Field, MemberKind)> {
    let Some(Shape::Object(object)) = content.ty.map(|ty| cx.shape(cx.resolve(ty))) else {
        return Vec::new();
    };
    let sent = object.fields.iter().filter(|field| field.access != Access::ReadOnly);
    sent.map(|field| (field, member_kind(cx, content, field))).collect()
}

fn member_kind(cx: &Context<'_>, content: &Content, field: &ir::Field) -> MemberKind {
    let is_encoded_as_file = || {
        let content_type = content_type(content, &field.name);
        let content_type = content_type.as_deref().and_then(ir::MediaType::new);
        content_type.is_some_and(|content_type| match cx.shape(cx.resolve(field.ty)) {
            Shape::Any => !is_text(&content_type),
            Shape::String(_) => is_of_bytes(&content_type),
            _ => false,
        })
    };
    match file(cx, field.ty, &mut BTreeSet::new()) {
        None if is_encoded_as_file() => MemberKind::File,
        None => MemberKind::Value,
        Some(kind) => kind,
    }
}

/// Whether values of a type are files or lists of files; `None` if they are something else.
fn file(cx: &Context<'_>, ty: TypeId, seen: &mut BTreeSet<TypeId>) -> Option<MemberKind> {
    let ty = cx.core(ty);
    if !seen.insert(ty) {
        return None;
    }
    match cx.shape(ty) {
        Shape::String(text) => {
            let holds_bytes = text.content_media_type.is_some() && text.content_encoding.is_none();
            (text.format.as_deref() == Some("binary") || holds_bytes).then_some(MemberKind::File)
        }
        Shape::Array(array) => match file(cx, array.items, seen)? {
            MemberKind::File => Some(MemberKind::Files),
            _ => None,
        },
        Shape::Union(union) => {
            let mut all = MemberKind::File;
            for variant in &union.variants {
                let mut seen = seen.clone();
                if file(cx, variant.ty, &mut seen)? == MemberKind::Files {
                    all = MemberKind::Files;
                }
            }
            (!union.variants.is_empty()).then_some(all)
        }
        _ => None,
    }
}

/// The style that the document gives a part.
fn style(content: &Content, name: &str) -> Option<(ir::Style, bool)> {
    let encoding = content.encoding.iter().find(|encoding| encoding.name == name)?;
    match encoding.style.as_ref()? {
        ir::ParameterEncoding::Style { style, explode, .. } => Some((*style, *explode)),
        ir::ParameterEncoding::Content(_) => None,
    }
}

/// The one media type that the document gives a part.
fn content_type(content: &Content, name: &str) -> Option<String> {
    match content_types(content, name) {
        [only] if !only.contains('*') && only != "text/plain" => Some(only.clone()),
        _ => None,
    }
}

/// The media types that the document gives a part.
fn content_types<'c>(content: &'c Content, name: &str) -> &'c [String] {
    let encoding = content.encoding.iter().find(|encoding| encoding.name == name);
    encoding.map_or(&[], |encoding| &encoding.content_types)
}

/// Whether parts of a media type are texts that are written from values.
fn is_text(media_type: &ir::MediaType) -> bool {
    media_type.is_text() || media_type.is_json() || media_type.is_xml()
}

/// Whether a media type is one that no text has.
fn is_of_bytes(media_type: &ir::MediaType) -> bool {
    let (main, _) = media_type.essence().split_once('/').unwrap_or_default();
    matches!(main, "image" | "audio" | "video" | "font") || media_type.essence() == "application/octet-stream"
}
