//! Types as they are used: from the id of a type to the Rust type that is written there.

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{Shape, Tuple, TypeId};

use super::context::Context;
use super::scalar::scalar;
use super::structs::{self, MapValues};
use super::tuples::{self, Form};
use super::{keys, unions};
use crate::model::RustType;

/// How deep types are written inside each other before the rest is any value.
const MAX_DEPTH: usize = 32;
/// How many types are written in one place before the rest is any value.
const MAX_PARTS: usize = 1024;

/// The type as it is written where it is used, with `Option` where `null` is a value.
pub(super) fn reference(cx: &mut Context<'_>, id: TypeId) -> RustType {
    Writer::new(cx).nullable(id, 0)
}

/// The type as it is written where it is used, without what `null` adds.
pub(super) fn bare_reference(cx: &mut Context<'_>, id: TypeId) -> RustType {
    Writer::new(cx).bare(id, 0)
}

/// What the definition of a type is another name for; not the name of that definition itself.
pub(super) fn aliased(cx: &mut Context<'_>, id: TypeId) -> RustType {
    Writer::new(cx).shape(id, 0)
}

struct Writer<'c, 'a> {
    cx: &'c mut Context<'a>,
    parts: usize,
}

impl<'c, 'a> Writer<'c, 'a> {
    fn new(cx: &'c mut Context<'a>) -> Self {
        Self { cx, parts: 0 }
    }

    fn nullable(&mut self, id: TypeId, depth: usize) -> RustType {
        let ty = self.bare(id, depth);
        match ty {
            // These have null among their values already.
            RustType::Unit | RustType::Value | RustType::Option(_) => ty,
            ty if self.cx.is_nullable(id) => RustType::Option(Box::new(ty)),
            ty => ty,
        }
    }

    fn bare(&mut self, id: TypeId, depth: usize) -> RustType {
        match self.cx.item(id) {
            Some(item) => RustType::Named(item),
            None => self.shape(id, depth),
        }
    }

    fn shape(&mut self, id: TypeId, depth: usize) -> RustType {
        self.parts += 1;
        if depth > MAX_DEPTH || self.parts > MAX_PARTS {
            self.too_deep(id);
            return RustType::Value;
        }
        let depth = depth + 1;
        match self.cx.shape(id) {
            Shape::Never => {
                self.impossible(id);
                RustType::Value
            }
            Shape::Nullable(inner) | Shape::Alias(inner) => self.bare(*inner, depth),
            Shape::Array(array) => RustType::List(Box::new(self.nullable(array.items, depth))),
            Shape::Tuple(tuple) => self.tuple(tuple, depth),
            Shape::Object(object) => match structs::map_values(self.cx, object) {
                Some(MapValues::Of(ty)) => {
                    let values = Box::new(self.nullable(ty, depth));
                    match keys::of(self.cx, object) {
                        Some(key) => RustType::KeyedMap(Box::new(self.bare(key, depth)), values),
                        None => RustType::Map(values),
                    }
                }
                _ => RustType::Map(Box::new(RustType::Value)),
            },
            Shape::Union(union) => unions::common_scalar(self.cx, union).unwrap_or(RustType::Value),
            Shape::Enum(values) if structs::is_boolean(values) => RustType::Bool,
            shape => scalar(shape, self.cx.options).unwrap_or(RustType::Value),
        }
    }

    /// A tuple, or a list where all items are of one type and not fixed in number.
    fn tuple(&mut self, tuple: &Tuple, depth: usize) -> RustType {
        let mut items: Vec<RustType> = tuple.items.iter().map(|item| self.nullable(*item, depth)).collect();
        match (tuples::form(self.cx, tuple), items.is_empty()) {
            (Form::Tuple, _) => RustType::Tuple(items),
            (Form::List, false) => RustType::List(Box::new(items.swap_remove(0))),
            (Form::Struct | Form::List, _) => RustType::List(Box::new(RustType::Value)),
        }
    }

    fn too_deep(&mut self, id: TypeId) {
        self.cx.report(
            Diagnostic::new(Code::NotGenerated, "too many types are written inside each other")
                .at(self.cx.location(id))
                .label("generated as any value")
                .help("give the schema a name under `components/schemas`"),
        );
    }

    fn impossible(&mut self, id: TypeId) {
        self.cx.report(
            Diagnostic::new(Code::ImpossibleType, "no value fits this schema")
                .at(self.cx.location(id))
                .label("generated as any value"),
        );
    }
}
