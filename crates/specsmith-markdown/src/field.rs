//! Tables of fields: those of an object, with the fields of objects inside it that have no name of their own.

use specsmith_ir::{Access, Docs, Field, Object, Presence, Rest, Shape, Text, TypeId};

use crate::constraint;
use crate::context::Context;
use crate::docs::{deprecation, docs};
use crate::escape::{cell, code};
use crate::pages::Folder;
use crate::types::describe;
use crate::view;

/// How deep objects inside objects are shown in place; deeper ones are found behind their links.
const MAX_DEPTH: usize = 3;
/// Longer tables do not show what is inside further objects.
const MAX_ROWS: usize = 300;

/// The fields of an object.
pub(crate) fn rows(cx: &Context<'_>, object: &Object, from: Folder) -> Vec<view::Field> {
    let mut table = Table {
        cx,
        from,
        rows: Vec::new(),
    };
    table.object(object, "", MAX_DEPTH);
    table.rows
}

struct Table<'c, 'a> {
    cx: &'c Context<'a>,
    from: Folder,
    rows: Vec<view::Field>,
}

impl Table<'_, '_> {
    fn object(&mut self, object: &Object, prefix: &str, depth: usize) {
        for field in &object.fields {
            let name = format!("{prefix}{}", field.name);
            let required = match field.presence {
                Presence::Required => "yes",
                Presence::Optional | Presence::Default(_) => "no",
            };
            self.row(code(&name), field.ty, required, text(self.cx, field));
            self.inside(field.ty, &name, depth);
        }
        for pattern in &object.patterns {
            let name = format!("{prefix}*");
            let says = docs(self.cx, "", None, pattern.ty);
            let matching = format!("Each member whose name matches {}. {says}", code(&pattern.pattern));
            self.row(code(&name), pattern.ty, "no", matching);
            self.inside(pattern.ty, &name, depth);
        }
        if let Rest::Typed(ty) = object.rest {
            let name = format!("{prefix}*");
            let what = if object.fields.is_empty() {
                "Each member, by name."
            } else {
                "Each other member, by name."
            };
            let names = object.names.map(|names| constraint::of_type(self.cx, names).join(" "));
            let names = names
                .filter(|names| !names.is_empty())
                .map(|names| format!(" Names: {names}"));
            let says = format!("{what}{} {}", names.unwrap_or_default(), docs(self.cx, "", None, ty));
            self.row(code(&name), ty, "no", says);
            self.inside(ty, &name, depth);
        }
    }

    fn row(&mut self, name: String, ty: TypeId, required: &'static str, text: String) {
        self.rows.push(view::Field {
            name: cell(&name),
            ty: cell(&describe(self.cx, ty, self.from)),
            required,
            text: cell(text.trim()),
        });
    }

    /// The fields of an object without a name, in place.
    fn inside(&mut self, ty: TypeId, name: &str, depth: usize) {
        if depth == 0 || self.rows.len() > MAX_ROWS || self.cx.is_component(ty) {
            return;
        }
        let core = self.cx.core(ty);
        if self.cx.is_component(core) {
            return;
        }
        match &self.cx.ty(core).shape {
            Shape::Object(object) => match (object.fields.as_slice(), object.patterns.as_slice(), object.rest) {
                // That it is a map is in its type already.
                ([], [], Rest::Typed(ty)) => self.inside(ty, &format!("{name}.*"), depth - 1),
                _ => self.object(object, &format!("{name}."), depth - 1),
            },
            Shape::Array(array) => self.inside(array.items, &format!("{name}[]"), depth - 1),
            _ => {}
        }
    }
}

/// What is said about a field: description, direction, default, limits, example.
fn text(cx: &Context<'_>, field: &Field) -> String {
    let mut parts = Vec::new();
    let of_type = || deprecation(&cx.ty(field.ty).docs).filter(|_| !cx.is_component(field.ty));
    parts.extend(deprecation(&field.docs).or_else(of_type));
    parts.push(docs(cx, &field.name, Some(&field.docs), field.ty));
    match field.access {
        Access::ReadWrite => {}
        Access::ReadOnly => parts.push("Read only.".to_owned()),
        Access::WriteOnly => parts.push("Write only.".to_owned()),
    }
    let is_secret = field.access == Access::WriteOnly || is_secret(cx, field.ty);
    if let Presence::Default(value) = &field.presence
        && !is_secret
    {
        parts.extend(constraint::default(value));
    }
    parts.extend(constraint::in_place(cx, field.ty));
    if !is_secret {
        parts.extend(example(cx, &field.docs, field.ty));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

/// Whether values of the type are passwords, of which nothing is shown.
pub(crate) fn is_secret(cx: &Context<'_>, ty: TypeId) -> bool {
    let shape = &cx.ty(cx.resolve(ty)).shape;
    matches!(shape, Shape::String(Text { format: Some(format), .. }) if format == "password")
}

/// The first example that the document gives, where it is a plain value.
pub(crate) fn example(cx: &Context<'_>, docs: &Docs, ty: TypeId) -> Option<String> {
    let of_type = (!cx.is_component(ty)).then(|| &cx.ty(ty).docs.examples);
    let all = docs.examples.iter().chain(of_type.into_iter().flatten());
    let value = all.filter_map(|example| example.value.as_ref()).next()?;
    match value {
        specsmith_ir::Value::Array(_) | specsmith_ir::Value::Object(_) => None,
        value => constraint::example(value),
    }
}
