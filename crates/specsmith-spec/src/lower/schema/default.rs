//! Defaults, and whether they are values of their types.

pub(super) mod limits;

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{Kind, KindSet, Presence, Shape, TypeId, Types, Value};

use super::Schemas;
use super::part::Part;
use super::values::coerce;
use crate::Node;
use crate::lower::context::Context;
use specsmith_ir::decide::profile;

/// A default of a field, to be checked when the types are finished.
pub(super) struct Claim<'d> {
    object: TypeId,
    field: String,
    default: Node<'d>,
}

impl<'d> Context<'d, '_> {
    /// What absence of a parameter with this schema means, if the schema says so and the value is one of the type.
    pub(in crate::lower) fn schema_default(&mut self, node: Node<'d>, ty: TypeId) -> Option<Value> {
        let default = self.default_node(node)?;
        self.checked_default(default, ty)
    }

    /// The presence of a field that is not required, by the default that its schemas state.
    pub(super) fn claim_default(&mut self, object: TypeId, field: &str, places: &[(Part<'d>, Node<'d>)]) -> Presence {
        let default = places.iter().rev().find_map(|(_, node)| self.default_node(*node));
        let Some(default) = default else {
            return Presence::Optional;
        };
        self.schema_state.defaults.push(Claim {
            object,
            field: field.to_owned(),
            default,
        });
        Presence::Optional
    }

    /// The `default` of a schema, or of what it refers to.
    fn default_node(&mut self, start: Node<'d>) -> Option<Node<'d>> {
        self.chain(start).into_iter().find_map(|node| node.get("default"))
    }

    /// Checks the defaults of fields, now that all types have their shapes.
    pub(super) fn settle_defaults(&mut self) {
        let Schemas { defaults, .. } = &mut self.schema_state;
        for Claim { object, field, default } in std::mem::take(defaults) {
            let inner = match self.types[object].shape {
                Shape::Nullable(inner) => inner,
                _ => object,
            };
            let Some(ty) = field_type(&self.types, inner, &field) else {
                continue;
            };
            let Some(value) = self.checked_default(default, ty) else {
                continue;
            };
            if let Shape::Object(object) = &mut self.types[inner].shape
                && let Some(field) = object.fields.iter_mut().find(|known| known.name == field)
            {
                field.presence = Presence::Default(value);
            }
        }
    }

    /// A default as a value of the type; `None` after reporting it where it is none.
    fn checked_default(&mut self, node: Node<'d>, ty: TypeId) -> Option<Value> {
        let value = node.to_value();
        if admits(&self.types, ty, &value) {
            return self.within_limits(node, ty, value);
        }
        let kinds = profile::kinds(&self.types, ty);
        if let Some(meant) = coerce(node, kinds)
            && admits(&self.types, ty, &meant)
        {
            self.report(
                Diagnostic::new(
                    Code::CoercedValue,
                    "the default is not of the type that the schema states",
                )
                .at(node.location())
                .label(format!("taken as `{meant}`")),
            );
            return self.within_limits(node, ty, meant);
        }
        let (message, label) = if value == Value::Null {
            (
                "the default is `null`, which the schema does not allow",
                "taken as no default",
            )
        } else {
            ("the default is not a value of the schema", "taken as no default")
        };
        self.report(
            Diagnostic::new(Code::WrongDefault, message)
                .at(node.location())
                .label(label),
        );
        None
    }
}

impl<'d> Context<'d, '_> {
    /// A default, unless it is beyond a limit of the type; then it is reported.
    fn within_limits(&mut self, node: Node<'d>, ty: TypeId, value: Value) -> Option<Value> {
        let Some(limit) = limits::exceeded(&self.types, ty, &value) else {
            return Some(value);
        };
        self.report(
            Diagnostic::new(Code::WrongDefault, format!("the default is beyond the {limit}"))
                .at(node.location())
                .label("taken as no default"),
        );
        None
    }
}

fn field_type(types: &Types, object: TypeId, name: &str) -> Option<TypeId> {
    match &types[object].shape {
        Shape::Object(object) => object
            .fields
            .iter()
            .find(|field| field.name == name)
            .map(|field| field.ty),
        _ => None,
    }
}

/// Whether a value is one of a type, without looking at constraints.
///
/// Each step into a type goes with a step into the value or into a smaller type, and the depth of values is limited.
pub(super) fn admits(types: &Types, ty: TypeId, value: &Value) -> bool {
    admits_within(types, ty, value, 64)
}

fn admits_within(types: &Types, ty: TypeId, value: &Value, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else {
        return true;
    };
    let all = |ty: TypeId, items: &[Value]| items.iter().all(|item| admits_within(types, ty, item, depth));
    match (&types[types.resolve(ty)].shape, value) {
        (Shape::Any | Shape::Alias(_), _) | (Shape::Null | Shape::Nullable(_), Value::Null) => true,
        (Shape::Nullable(inner), value) => admits_within(types, *inner, value, depth),
        (Shape::Boolean, Value::Boolean(_)) | (Shape::String(_), Value::String(_)) => true,
        (Shape::Integer(_), value) => value.kind() == Kind::Integer,
        (Shape::Number(_), value) => KindSet::of(Kind::Number).contains(value.kind()),
        (Shape::Enum(listed), value) => {
            let same = |known: &Value| same_value(known, value);
            listed.values.iter().any(|known| same(&known.value))
                || listed.open && listed.values.iter().any(|known| known.value.kind() == value.kind())
        }
        (Shape::Const(known), value) => same_value(known, value),
        (Shape::Array(array), Value::Array(items)) => all(array.items, items),
        (Shape::Tuple(tuple), Value::Array(items)) => {
            let first = tuple.items.iter().zip(items);
            first
                .into_iter()
                .all(|(ty, item)| admits_within(types, *ty, item, depth))
                && items.len() >= tuple.items.len()
                && tuple
                    .rest
                    .is_some_and(|rest| all(rest, items.get(tuple.items.len()..).unwrap_or_default()))
                || items.len() == tuple.items.len()
                    && tuple
                        .items
                        .iter()
                        .zip(items)
                        .all(|(ty, item)| admits_within(types, *ty, item, depth))
        }
        (Shape::Object(object), Value::Object(members)) => {
            object.fields.iter().all(|field| match value.get(&field.name) {
                Some(member) => admits_within(types, field.ty, member, depth),
                None => field.presence != Presence::Required,
            }) && members.iter().all(|(name, member)| {
                object.fields.iter().any(|field| field.name == *name)
                    || match object.rest {
                        specsmith_ir::Rest::Typed(ty) => admits_within(types, ty, member, depth),
                        _ => true,
                    }
            })
        }
        (Shape::Union(union), value) => union
            .variants
            .iter()
            .any(|variant| admits_within(types, variant.ty, value, depth)),
        _ => false,
    }
}

/// Whether two values are equal; numbers are by what they mean, however they are written.
fn same_value(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => super::scalar::compare(a, b).is_eq(),
        (a, b) => a == b,
    }
}
