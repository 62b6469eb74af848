//! Bodies as callers give and get them.

use super::types::text;
use super::{ItemKind, Items};
use crate::model::{Body, BodyKind, MultipartForm, Operation, PartKind, ResponseBody, RustType};

/// The arguments that a body takes, by their types.
pub(super) fn taken(items: &Items<'_>, body: &Body) -> Vec<String> {
    let model = items.model;
    let media_type = body.media_type.is_range().then(|| "&str".to_owned());
    match &body.kind {
        BodyKind::Json(ty) | BodyKind::Form(ty) | BodyKind::Xml(ty, _) => vec![text(model, ty)],
        BodyKind::Lines(ty) => vec![text(model, &RustType::List(Box::new(ty.clone())))],
        BodyKind::Multipart => match &body.form {
            Some(form) => vec![form.name.unraw().to_owned()],
            None => vec!["Multipart".to_owned()],
        },
        BodyKind::Text => media_type.into_iter().chain(["String".to_owned()]).collect(),
        BodyKind::Bytes => media_type.into_iter().chain(["RequestBody".to_owned()]).collect(),
    }
}

/// The type of the body of a response.
pub(super) fn given(items: &Items<'_>, body: &ResponseBody) -> String {
    match body {
        ResponseBody::Empty => "()".to_owned(),
        ResponseBody::Json(ty) | ResponseBody::Xml(ty, _) => text(items.model, ty),
        ResponseBody::Text => "String".to_owned(),
        ResponseBody::Bytes => "Bytes".to_owned(),
    }
}

/// Adds the types that put multipart bodies together.
pub(super) fn forms(items: &mut Items<'_>, module: &str, operation: &Operation) {
    for form in operation.bodies().filter_map(|body| body.form.as_ref()) {
        self::form(items, module, form);
    }
}

fn form(items: &mut Items<'_>, module: &str, form: &MultipartForm) {
    let path = format!("{module}::{}", form.name.unraw());
    items.add(ItemKind::Type, None, path.clone(), "struct".to_owned(), false);
    let held = |items: &Items<'_>, kind: &PartKind| match kind {
        PartKind::Value(ty) => text(items.model, ty),
        PartKind::File => "File".to_owned(),
        PartKind::Files => "Files".to_owned(),
    };
    let (required, optional): (Vec<_>, Vec<_>) = form.parts.iter().partition(|part| part.required);
    let arguments: Vec<String> = required.iter().map(|part| held(items, &part.kind)).collect();
    let signature = format!("({})", arguments.join(", "));
    items.add(
        ItemKind::Function,
        Some(&path),
        format!("{path}::new"),
        signature,
        false,
    );
    for part in optional {
        let signature = format!("({})", held(items, &part.kind));
        let setter = format!("{path}::{}", part.name.unraw());
        items.add(
            ItemKind::Function,
            Some(&path),
            setter,
            signature,
            part.deprecated.is_some(),
        );
    }
}
