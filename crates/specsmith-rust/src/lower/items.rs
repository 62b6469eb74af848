//! Bodies of type definitions.

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{Direction, Shape, Value};

use super::context::{Context, Definition};
use super::tuples::Form;
use super::{docs, enums, options, structs, tuples, unions, written};
use crate::literal::MAX_JSON_DEPTH;
use crate::model::{Derive, EnumBase, FieldKind, RustType, TypeBody, TypeItem, Usage, View};
use crate::{Aliases, Deprecation};

/// The type definitions in the order of their ids, not yet boxed and all in the first module.
pub(super) fn lower(cx: &mut Context<'_>) -> Vec<TypeItem> {
    let definitions = cx.definitions.clone();
    definitions.iter().map(|definition| item(cx, definition)).collect()
}

fn item(cx: &mut Context<'_>, definition: &Definition) -> TypeItem {
    cx.is_second = definition.response.is_some();
    let body = match body(cx, definition) {
        TypeBody::Alias(ty) if is_newtype(cx, definition, &ty) => TypeBody::Newtype(ty),
        body => body,
    };
    if let TypeBody::Alias(_) = body {
        options::report_alias(cx, definition);
    }
    cx.is_second = false;
    TypeItem {
        source: definition.source,
        name: definition.name.clone(),
        module: 0,
        docs: docs::definition(cx, definition),
        deprecated: cx.ty(definition.source).and_then(|ty| Deprecation::of(&ty.docs)),
        derives: derives(&body),
        extra_derives: options::derives(cx, definition),
        attributes: options::attributes(cx, definition),
        view: view(cx, definition),
        made_from: None,
        usage: Usage::default(),
        same_as: None,
        body,
    }
}

/// The direction that a definition is for.
fn view(cx: &Context<'_>, definition: &Definition) -> View {
    match cx.view(definition.source).map(|view| view.direction) {
        Some(Direction::Request) => View::Request(definition.response),
        Some(Direction::Response) => View::Response,
        None => View::Both,
    }
}

/// Whether the user wants a type of its own in place of another name; other names of types with names stay that.
fn is_newtype(cx: &Context<'_>, definition: &Definition, ty: &RustType) -> bool {
    cx.options.aliases == Aliases::Newtype
        && cx.is_component(definition.source)
        && !matches!(ty, RustType::Named(_) | RustType::Value | RustType::Unit)
}

fn body(cx: &mut Context<'_>, definition: &Definition) -> TypeBody {
    let id = definition.core;
    match cx.shape(id) {
        Shape::Object(object) => {
            structs::report_patterns(cx, id, object);
            match structs::map_values(cx, object) {
                Some(_) => TypeBody::Alias(written::aliased(cx, id)),
                None => TypeBody::Struct(structs::lower(cx, id, object)),
            }
        }
        Shape::Tuple(tuple) if tuples::form(cx, tuple) == Form::Struct => TypeBody::Tuple(tuples::lower(cx, tuple)),
        Shape::Enum(values) if structs::is_boolean(values) => TypeBody::Alias(RustType::Bool),
        Shape::Enum(values) if values.values.iter().any(|value| is_too_deep(&value.value)) => too_deep(cx, definition),
        Shape::Const(value) if is_too_deep(value) => too_deep(cx, definition),
        Shape::Enum(values) if !values.values.is_empty() => TypeBody::Enum(enums::lower(cx, id, values)),
        Shape::Const(value) => TypeBody::Enum(enums::constant(cx, id, value)),
        Shape::Union(union) if !union.variants.is_empty() => {
            let response = definition.response.and_then(|item| cx.definition(item));
            let owner = response.unwrap_or(definition).words.clone();
            unions::lower(cx, id, union, &owner)
        }
        Shape::Enum(_) | Shape::Union(_) => {
            cx.report(
                Diagnostic::new(Code::ImpossibleType, "no value fits this schema")
                    .at(cx.location(id))
                    .label("generated as any value"),
            );
            TypeBody::Alias(RustType::Value)
        }
        _ => TypeBody::Alias(written::aliased(cx, id)),
    }
}

fn is_too_deep(value: &Value) -> bool {
    value.depth() > MAX_JSON_DEPTH
}

/// Any value, in place of one that `serde_json` would not read.
fn too_deep(cx: &mut Context<'_>, definition: &Definition) -> TypeBody {
    let message = format!("a value of this schema is more than {MAX_JSON_DEPTH} levels deep");
    let finding = Diagnostic::new(Code::NotGenerated, message);
    cx.report(finding.at(cx.location(definition.core)).label("generated as any value"));
    TypeBody::Alias(RustType::Value)
}

/// What can be derived for every type of this form, whatever it holds.
pub(super) fn derives(body: &TypeBody) -> Vec<Derive> {
    let common = [Derive::Debug, Derive::Clone, Derive::PartialEq];
    let more: &[Derive] = match body {
        TypeBody::Alias(_) => return Vec::new(),
        TypeBody::Newtype(inner) => newtype_derives(inner),
        TypeBody::Enum(values) if values.base == EnumBase::Value => &[Derive::Eq],
        TypeBody::Enum(_) => &[Derive::Eq, Derive::Hash],
        TypeBody::Struct(fields) if fields.fields.iter().all(|field| field.kind != FieldKind::Required) => {
            &[Derive::Default]
        }
        _ => &[],
    };
    let mut all: Vec<_> = common.into_iter().chain(more.iter().copied()).collect();
    all.sort_unstable();
    all
}

/// What can be derived beyond the common ones for a type around another; nothing where that is not known yet.
fn newtype_derives(inner: &RustType) -> &'static [Derive] {
    use Derive::{Copy, Default, Eq, Hash, Ord, PartialOrd};
    match inner {
        RustType::F64 => &[Copy, PartialOrd],
        ty if ty.is_small() => &[Copy, Eq, PartialOrd, Ord, Hash],
        ty if ty.is_text() || *ty == RustType::Secret => &[Eq, PartialOrd, Ord, Hash],
        RustType::Base64 | RustType::Base64Url => &[Eq, PartialOrd, Ord, Hash],
        RustType::List(_) | RustType::Map(_) | RustType::KeyedMap(..) => &[Default],
        _ => &[],
    }
}
