//! The shapes of types, held against values.

use serde_json::{Map, Value};
use specsmith_ir::{
    Array, Condition, Enum, Kind, Number, Numeric, Object, Presence, Rest, Shape, Text, Tuple, TypeId, Union,
    UnionMode, Variant,
};

use super::{OneOf, Walk, is_literal, kind, number};
use crate::format;

impl Walk<'_> {
    /// Checks a value against a type.
    pub(super) fn ty(&mut self, id: TypeId, value: &Value) {
        let ty = &self.api().types[id];
        let before = self.list.len();
        self.deeper(|walk| walk.shape(id, &ty.shape, value));
        // A value of another type breaks all that is said about it.
        if self.list.len() == before && !ty.assertions.is_empty() {
            self.deeper(|walk| drop(walk.assertions(&ty.assertions, value)));
        }
    }

    fn shape(&mut self, id: TypeId, shape: &Shape, value: &Value) {
        match (shape, value) {
            (Shape::Any, _) | (Shape::Null, Value::Null) | (Shape::Boolean, Value::Bool(_)) => {}
            (Shape::Never, _) => self.value_is_wrong(),
            (Shape::Null, _) => self.expected("type", "null"),
            (Shape::Boolean, _) => self.expected("type", "a boolean"),
            (Shape::Integer(numeric), Value::Number(found)) if number::is_integer(found) => {
                self.number(found, numeric);
            }
            (Shape::Integer(_), _) => self.expected("type", "a whole number"),
            (Shape::Number(numeric), Value::Number(found)) => self.number(found, numeric),
            (Shape::Number(_), _) => self.expected("type", "a number"),
            (Shape::String(text), Value::String(found)) => self.string(found, text),
            (Shape::String(_), _) => self.expected("type", "a string"),
            (Shape::Enum(values), _) => self.one_of(values, value),
            (Shape::Const(literal), _) if is_literal(value, literal) => {}
            (Shape::Const(_), _) => self.value_is_wrong(),
            (Shape::Array(array), Value::Array(items)) => self.array(array, items),
            (Shape::Tuple(tuple), Value::Array(items)) => self.tuple(tuple, items),
            (Shape::Array(_) | Shape::Tuple(_), _) => self.expected("type", "an array"),
            (Shape::Object(object), Value::Object(members)) => self.object(id, object, members),
            (Shape::Object(_), _) => self.expected("type", "an object"),
            (Shape::Union(union), _) => self.union(union, value),
            (Shape::Nullable(_), Value::Null) => {}
            (Shape::Nullable(inner) | Shape::Alias(inner), _) => self.ty(*inner, value),
        }
    }

    fn number(&mut self, found: &serde_json::Number, numeric: &Numeric) {
        if let Some((least, most)) = numeric.format.as_deref().and_then(format::integers) {
            let value = number::literal(found).and_then(|number: Number| number.as_i128());
            match value {
                Some(value) if (least..=most).contains(&value) => {}
                Some(_) => return self.expected("type", "a number in range"),
                None => return self.expected("type", "a whole number"),
            }
        }
        self.numeric(found, numeric);
    }

    fn string(&mut self, found: &str, text: &Text) {
        let encoding = text.content_encoding.as_deref();
        let named = [encoding, text.format.as_deref()].into_iter().flatten();
        for name in named {
            if let Some(expected) = format::expected(name, found) {
                return self.expected("type", expected);
            }
        }
        self.text(found, text);
    }

    fn one_of(&mut self, values: &Enum, value: &Value) {
        let mut listed = values.values.iter();
        let is_listed = match values.open {
            true => listed.any(|listed| listed.value.kind() == kind(value)),
            false => listed.any(|listed| is_literal(value, &listed.value)),
        };
        if !is_listed {
            self.value_is_wrong();
        }
    }

    fn array(&mut self, array: &Array, items: &[Value]) {
        self.item_count(items.len(), (array.min_items, array.max_items));
        if array.unique_items {
            self.unique(items);
        }
        for (index, item) in items.iter().enumerate() {
            self.at(&index.to_string(), |walk| walk.ty(array.items, item));
        }
    }

    fn tuple(&mut self, tuple: &Tuple, items: &[Value]) {
        self.item_count(items.len(), (tuple.min_items, tuple.max_items));
        for (index, item) in items.iter().enumerate() {
            let ty = tuple.items.get(index).copied().or(tuple.rest);
            self.at(&index.to_string(), |walk| match ty {
                Some(ty) => walk.ty(ty, item),
                None => walk.report("unknown", "is not an item of this list"),
            });
        }
    }

    fn object(&mut self, id: TypeId, object: &Object, members: &Map<String, Value>) {
        self.member_count(members.len(), (object.min_properties, object.max_properties));
        for field in &object.fields {
            match members.get(&field.name) {
                Some(value) => self.at(&field.name, |walk| walk.ty(field.ty, value)),
                None if field.presence == Presence::Required => {
                    self.at(&field.name, |walk| walk.report("missing", "is required"));
                }
                None => {}
            }
        }
        let left_out = self.api().types.view(id).map_or(&[][..], |view| &view.left_out);
        let is_named = |name: &String| object.fields.iter().any(|field| field.name == *name) || left_out.contains(name);
        for (name, value) in members {
            let mut is_matched = false;
            for pattern in &object.patterns {
                if self.checker.patterns.is_match(&pattern.pattern, name) == Some(true) {
                    is_matched = true;
                    self.at(name, |walk| walk.ty(pattern.ty, value));
                }
            }
            if let Some(names) = object.names {
                self.at(name, |walk| walk.ty(names, &Value::from(name.as_str())));
            }
            if is_matched || is_named(name) {
                continue;
            }
            match object.rest {
                Rest::Unstated => {}
                Rest::Denied => self.at(name, |walk| walk.report("unknown", "is not a member of this object")),
                Rest::Typed(ty) => self.at(name, |walk| walk.ty(ty, value)),
            }
        }
    }

    /// Where conditions leave one variant, what is wrong is told of that.
    fn union(&mut self, union: &Union, value: &Value) {
        let holds = |variant: &&Variant| variant.conditions.iter().all(|condition| holds(condition, value));
        let mut candidates: Vec<&Variant> = union.variants.iter().filter(holds).collect();
        if candidates.is_empty() {
            let default = union
                .discriminator
                .as_ref()
                .and_then(|discriminator| discriminator.default);
            candidates.extend(default.and_then(|index| union.variants.get(index)));
        }
        match candidates.as_slice() {
            [] => self.value_is_wrong(),
            [variant] => self.ty(variant.ty, value),
            all if all.iter().any(|variant| self.holds_type(variant.ty, value)) => {}
            all => self.nearest(all, value),
        }
        if self.checker.one_of == OneOf::Exact && union.mode == UnionMode::OneOf {
            let mut fitting = 0;
            for variant in &union.variants {
                fitting += usize::from(self.holds_type(variant.ty, value));
            }
            if fitting > 1 {
                self.expected("oneOf", "a value that fits exactly one of its alternatives");
            }
        }
    }

    fn holds_type(&mut self, ty: TypeId, value: &Value) -> bool {
        self.probe(|walk| walk.ty(ty, value)).is_some()
    }

    /// No variant fits: where one is of the JSON type of the value alone, it tells what is wrong.
    fn nearest(&mut self, all: &[&Variant], value: &Value) {
        let is_kind = |variant: &&&Variant| self.is_kind(variant.ty, value);
        let near: Vec<_> = all.iter().filter(is_kind).collect();
        match near.as_slice() {
            [variant] => self.ty(variant.ty, value),
            _ => self.value_is_wrong(),
        }
    }

    /// Whether values of a type have the JSON type of this one, as far as its shape tells.
    fn is_kind(&self, id: TypeId, value: &Value) -> bool {
        let types = &self.api().types;
        match (&types[types.resolve(id)].shape, value) {
            (Shape::Object(_), Value::Object(_)) | (Shape::Array(_) | Shape::Tuple(_), Value::Array(_)) => true,
            (Shape::String(_), Value::String(_)) | (Shape::Integer(_) | Shape::Number(_), Value::Number(_)) => true,
            (Shape::Any | Shape::Union(_) | Shape::Nullable(_), _) => true,
            (Shape::Enum(values), _) => values.values.iter().any(|listed| listed.value.kind() == kind(value)),
            _ => false,
        }
    }
}

/// Whether a condition holds for a value.
fn holds(condition: &Condition, value: &Value) -> bool {
    let is_one =
        |values: &[specsmith_ir::Value], value: &Value| values.iter().any(|literal| is_literal(value, literal));
    match condition {
        Condition::Kind(kinds) => kinds.contains(kind(value)),
        Condition::Value(values) => is_one(values, value),
        Condition::PropertyValue { name, values } => value.get(name).is_some_and(|value| is_one(values, value)),
        Condition::HasProperty(name) => value.get(name).is_some(),
        Condition::LacksProperty(name) => kind(value) == Kind::Object && value.get(name).is_none(),
        Condition::AtLeast(least) => match value {
            Value::Array(items) => items.len() as u64 >= *least,
            Value::Object(members) => members.len() as u64 >= *least,
            _ => false,
        },
    }
}
