//! Example values made from a schema, the same for the same schema.

use std::cell::Cell;

use specsmith_ir::{
    Array, Condition, Field, Number, Numeric, Object, Presence, Rest, Shape, Text, TypeId, Union, Value, Variant,
    canonical_format,
};

use super::fit::{fits, in_bounds};
use super::{Direction, pattern, shown};
use crate::context::Context;

/// How deep values are made.
const MAX_DEPTH: usize = 12;
/// Objects inside this many others have only what is required.
const OPTIONAL_DEPTH: usize = 2;
/// How many optional fields an object has.
const MAX_OPTIONAL: usize = 3;
/// How many values are made for one example.
const BUDGET: usize = 400;
/// The longest text and list that is made.
const MAX_LENGTH: u64 = 64;

/// A value of a type; `None` where none is found.
pub(super) fn value(cx: &Context<'_>, ty: TypeId, direction: Direction) -> Option<Value> {
    let maker = Maker {
        cx,
        direction,
        budget: Cell::new(BUDGET),
    };
    maker.value(ty, &mut Vec::new())
}

struct Maker<'c, 'a> {
    cx: &'c Context<'a>,
    direction: Direction,
    budget: Cell<usize>,
}

impl Maker<'_, '_> {
    /// `open` are the types that the value is made for, outermost first.
    fn value(&self, ty: TypeId, open: &mut Vec<TypeId>) -> Option<Value> {
        self.budget.set(self.budget.get().checked_sub(1)?);
        if open.len() >= MAX_DEPTH || open.contains(&ty) {
            return None;
        }
        if let Some(value) = self.documented(ty) {
            return Some(value);
        }
        open.push(ty);
        let value = self.shape(ty, open);
        open.pop();
        value
    }

    fn documented(&self, ty: TypeId) -> Option<Value> {
        let examples = self.cx.ty(ty).docs.examples.iter();
        let mut values = examples.filter_map(|example| example.value.as_ref());
        values
            .find(|value| **value != Value::Null && fits(self.cx, ty, value))
            .cloned()
    }

    fn shape(&self, ty: TypeId, open: &mut Vec<TypeId>) -> Option<Value> {
        match &self.cx.ty(ty).shape {
            Shape::Any => Some(Value::Object(Vec::new())),
            Shape::Never => None,
            Shape::Null => Some(Value::Null),
            Shape::Boolean => Some(Value::Boolean(true)),
            Shape::Integer(numeric) => number(numeric, 1, true),
            Shape::Number(numeric) => number(numeric, 1, false),
            Shape::String(limits) => Some(Value::String(text(limits))),
            Shape::Enum(values) => values.values.first().map(|value| value.value.clone()),
            Shape::Const(value) => Some(value.clone()),
            Shape::Array(array) => self.list(array, open),
            Shape::Tuple(tuple) => {
                let items = tuple.items.iter().map(|item| self.value(*item, open));
                items.collect::<Option<Vec<_>>>().map(Value::Array)
            }
            Shape::Object(object) => self.object(object, open),
            Shape::Union(union) => self.union(ty, union, open),
            Shape::Nullable(inner) => self.value(*inner, open).or(Some(Value::Null)),
            Shape::Alias(inner) => self.value(*inner, open),
        }
    }

    fn list(&self, array: &Array, open: &mut Vec<TypeId>) -> Option<Value> {
        let least = array.min_items.unwrap_or(0);
        if array.max_items == Some(0) {
            return Some(Value::Array(Vec::new()));
        }
        let Some(item) = self.value(array.items, open) else {
            return (least == 0).then(|| Value::Array(Vec::new()));
        };
        let count = usize::try_from(least.clamp(1, MAX_LENGTH)).unwrap_or(1);
        Some(Value::Array(vec![item; count]))
    }

    fn object(&self, object: &Object, open: &mut Vec<TypeId>) -> Option<Value> {
        let mut optional = match self.objects(open) {
            // The innermost one is this object.
            depth if depth <= OPTIONAL_DEPTH => MAX_OPTIONAL,
            _ => 0,
        };
        let mut members: Vec<(String, Value)> = Vec::new();
        let mut empty = None;
        for field in &object.fields {
            if shown::is_left_out(field.access, self.direction) {
                continue;
            }
            if field.presence == Presence::Required {
                members.push((field.name.clone(), self.field(field, open)?));
            } else if optional > 0
                && !field.docs.deprecated
                && let Some(value) = self.field(field, open)
            {
                if is_empty(&value) {
                    empty.get_or_insert((field.name.clone(), value));
                    continue;
                }
                optional -= 1;
                members.push((field.name.clone(), value));
            }
        }
        // An object of which all members are empty still tells their names.
        if members.is_empty() {
            members.extend(empty);
        }
        if let (true, Rest::Typed(ty)) = (object.fields.is_empty(), object.rest)
            && let Some(value) = self.value(ty, open)
            && (!is_empty(&value) || object.min_properties.is_some())
        {
            members.push((self.name(object), value));
        }
        Some(Value::Object(members))
    }

    /// How many of the types that a value is made for are objects; lists and unions in between nest nothing that is read.
    fn objects(&self, open: &[TypeId]) -> usize {
        let is_object = |ty: &&TypeId| matches!(self.cx.ty(**ty).shape, Shape::Object(_));
        open.iter().filter(is_object).count()
    }

    /// The name of a member of a map.
    fn name(&self, object: &Object) -> String {
        let name = object.names.and_then(|names| self.value(names, &mut Vec::new()));
        name.as_ref().and_then(Value::as_str).unwrap_or("key").to_owned()
    }

    fn field(&self, field: &Field, open: &mut Vec<TypeId>) -> Option<Value> {
        let examples = field.docs.examples.iter().filter_map(|example| example.value.as_ref());
        let default = match &field.presence {
            Presence::Default(value) => Some(value),
            Presence::Required | Presence::Optional => None,
        };
        let mut known = examples.chain(default);
        let known = known.find(|value| **value != Value::Null && fits(self.cx, field.ty, value));
        known.cloned().or_else(|| self.value(field.ty, open))
    }

    /// A value of the first variant that can be made and told from the others.
    fn union(&self, ty: TypeId, union: &Union, open: &mut Vec<TypeId>) -> Option<Value> {
        union.variants.iter().find_map(|variant| {
            let value = self.value(variant.ty, open)?;
            let value = told(variant, value);
            let holds = variant.conditions.iter().all(|condition| condition.holds(&value));
            (holds && fits(self.cx, ty, &value)).then_some(value)
        })
    }
}

/// Whether a value says nothing.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().all(is_empty),
        Value::Object(members) => members.iter().all(|(_, value)| is_empty(value)),
        _ => false,
    }
}

/// The value with what tells its variant.
fn told(variant: &Variant, value: Value) -> Value {
    let Value::Object(mut members) = value else {
        return value;
    };
    for condition in &variant.conditions {
        match condition {
            Condition::PropertyValue { name, values } => {
                let Some(wanted) = values.first() else { continue };
                match members.iter_mut().find(|(member, _)| member == name) {
                    Some((_, value)) if !values.contains(value) => *value = wanted.clone(),
                    Some(_) => {}
                    None => members.insert(0, (name.clone(), wanted.clone())),
                }
            }
            Condition::LacksProperty(name) => members.retain(|(member, _)| member != name),
            Condition::Kind(_) | Condition::Value(_) | Condition::HasProperty(_) | Condition::AtLeast(_) => {}
        }
    }
    Value::Object(members)
}

/// A number within its bounds.
fn number(numeric: &Numeric, wish: i64, whole: bool) -> Option<Value> {
    let floor = |number: &Option<Number>| number.as_ref().and_then(Number::as_f64).map(f64::floor);
    let low = floor(&numeric.minimum).or_else(|| floor(&numeric.exclusive_minimum));
    let high = floor(&numeric.maximum).or_else(|| floor(&numeric.exclusive_maximum));
    let step = numeric.multiple_of.first().and_then(Number::as_i64);
    // Whole numbers up to 2^53 are exact.
    let near = |bound: Option<f64>| bound.filter(|bound| bound.abs() < 9e15).map(|bound| bound as i64);
    let low = near(low).into_iter().flat_map(|low| [low, low + 1]);
    let high = near(high).into_iter().flat_map(|high| [high, high - 1]);
    let mut candidates: Vec<Number> = [wish]
        .into_iter()
        .chain(step)
        .chain(low)
        .chain([0])
        .chain(high)
        .map(Number::from)
        .collect();
    if let Some(step) = step.filter(|step| *step > 0) {
        let low = numeric.minimum.as_ref().and_then(Number::as_i64).unwrap_or(0);
        candidates.extend(
            low.checked_add(step)
                .map(|next| Number::from(next - next.rem_euclid(step))),
        );
    }
    if !whole {
        candidates.extend(["0.5", "0.1", "0.01"].into_iter().filter_map(Number::new));
        candidates.extend(numeric.minimum.clone().into_iter().chain(numeric.maximum.clone()));
    }
    candidates
        .into_iter()
        .find(|number| in_bounds(numeric, number))
        .map(Value::Number)
}

/// A text of a format, a pattern or a length.
fn text(limits: &Text) -> String {
    let encoding = limits.content_encoding.as_deref();
    let known = limits.format.as_deref().or(encoding).and_then(of_format);
    if let Some(known) = known {
        return known.to_owned();
    }
    if let Some(made) = limits
        .patterns
        .first()
        .and_then(|source| pattern::matching(source, limits))
    {
        return made;
    }
    let mut text = "string".to_owned();
    if let Some(least) = limits.min_length {
        while (text.len() as u64) < least.min(MAX_LENGTH * 4) {
            text.push_str("string");
        }
        let longest = limits.max_length.unwrap_or(u64::MAX).min(least.max(6));
        text.truncate(usize::try_from(longest).unwrap_or(text.len()));
    }
    if let Some(most) = limits.max_length {
        text.truncate(usize::try_from(most).unwrap_or(text.len()));
    }
    text
}

fn of_format(format: &str) -> Option<&'static str> {
    Some(match canonical_format(format).as_str() {
        "datetime" => "2025-01-31T12:30:00Z",
        "date" => "2025-01-31",
        "time" => "12:30:00Z",
        "duration" => "P1D",
        "uuid" | "uuid1" | "uuid3" | "uuid4" | "uuid5" | "uuid6" | "uuid7" | "uuid8" | "guid" => {
            "123e4567-e89b-12d3-a456-426614174000"
        }
        "email" | "idnemail" => "user@example.com",
        "uri" | "url" | "iri" => "https://example.com",
        "urireference" | "irireference" => "/path",
        "hostname" | "idnhostname" => "example.com",
        "ipv4" | "ip" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" | "base64" => "aGVsbG8=",
        "base64url" => "aGVsbG8",
        "decimal" => "1.00",
        "int32" | "int64" | "uint32" | "uint64" => "1",
        _ => return None,
    })
}
