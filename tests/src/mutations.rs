//! Values with one thing about them that is wrong.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use specsmith_ir::{Array, Enum, Kind, Number, Numeric, Object, Presence, Rest, Shape, Text, TypeId, Union, UnionMode};

use specsmith_values::{Values, plain};

/// What is wrong, by the keywords of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Wrong {
    /// `required`.
    Required,
    /// `type`.
    Type,
    /// `enum`.
    Enum,
    /// `const`.
    Const,
    /// `minimum`, `maximum` and the exclusive ones.
    Bound,
    /// `multipleOf`.
    Multiple,
    /// `minLength`, `maxLength`.
    Length,
    /// `pattern`.
    Pattern,
    /// `format`.
    Format,
    /// `minItems`, `maxItems`.
    Items,
    /// `uniqueItems`.
    Unique,
    /// `minProperties`, `maxProperties`.
    Properties,
    /// `additionalProperties: false`.
    Unknown,
    /// More than one branch of `oneOf` holds, and nothing else is wrong.
    ExactlyOne,
}

/// A change of a value: where, and what stands there then; `None` takes a member away.
type Change = (Vec<String>, Option<Value>);

/// How many changes are looked for in one value.
const MAX_CHANGES: usize = 1_000;
/// How deep types are followed.
const MAX_DEPTH: usize = 40;

/// The changes that were found in a value.
struct Changes {
    place: Vec<String>,
    list: BTreeMap<Wrong, Vec<Change>>,
    count: usize,
    depth: usize,
}

impl Changes {
    fn add(&mut self, wrong: Wrong, put: impl Into<Option<Value>>) {
        self.list
            .entry(wrong)
            .or_default()
            .push((self.place.clone(), put.into()));
        self.count += 1;
    }
}

/// Some changes that make a value of a type one that it does not have, as far as can be seen: so many of each kind.
pub(crate) fn mutations(
    values: &mut Values<'_>,
    id: TypeId,
    value: &Value,
    count: usize,
) -> Vec<(Wrong, String, Value)> {
    Breaking(values).mutations(id, value, count)
}

/// Looks for what can be broken in values.
struct Breaking<'v, 'a>(&'v mut Values<'a>);

impl Breaking<'_, '_> {
    fn mutations(&mut self, id: TypeId, value: &Value, count: usize) -> Vec<(Wrong, String, Value)> {
        let mut changes = Changes {
            place: Vec::new(),
            list: BTreeMap::new(),
            count: 0,
            depth: 0,
        };
        self.collect(id, value, &mut changes);
        let mut chosen = Vec::new();
        for (wrong, mut list) in changes.list {
            for _ in 0..count.min(list.len()) {
                let (place, put) = list.swap_remove(self.0.random().below(list.len()));
                let mut value = value.clone();
                if apply(&mut value, &place, put) {
                    chosen.push((wrong, format!("/{}", place.join("/")), value));
                }
            }
        }
        chosen
    }

    fn collect(&mut self, id: TypeId, value: &Value, changes: &mut Changes) {
        if changes.count >= MAX_CHANGES || changes.depth >= MAX_DEPTH {
            return;
        }
        changes.depth += 1;
        let api = self.0.api();
        match (&api.types[id].shape, value) {
            (Shape::Alias(target), _) => self.collect(*target, value, changes),
            (Shape::Nullable(inner), value) if !value.is_null() => self.collect(*inner, value, changes),
            (Shape::Boolean, _) => changes.add(Wrong::Type, json!("true")),
            (Shape::Integer(numeric), _) => {
                changes.add(Wrong::Type, json!("1"));
                changes.add(Wrong::Type, json!(1.5));
                numbers(numeric, changes);
            }
            (Shape::Number(numeric), _) => {
                changes.add(Wrong::Type, json!("1.5"));
                numbers(numeric, changes);
            }
            (Shape::String(text), Value::String(found)) => self::text(text, found, changes),
            (Shape::Enum(values), _) => one_of(values, changes),
            (Shape::Const(_), _) => {
                changes.add(Wrong::Const, json!("no such value"));
                changes.add(Wrong::Const, json!(987_654_321));
            }
            (Shape::Array(array), Value::Array(items)) => self.collect_list(array, items, changes),
            (Shape::Tuple(tuple), Value::Array(items)) => {
                changes.add(Wrong::Type, json!({"0": 1}));
                changes.add(Wrong::Items, json!([]));
                let behind = tuple.items.last().or(tuple.rest.as_ref());
                let types = tuple.items.iter().chain(behind.into_iter().cycle());
                for (index, (item, id)) in items.iter().zip(types).enumerate() {
                    self.within(index.to_string(), *id, item, changes);
                }
            }
            (Shape::Object(object), Value::Object(_)) => self.collect_object(object, value, changes),
            (Shape::Union(union), _) => self.collect_union(union, value, changes),
            _ => {}
        }
        changes.depth -= 1;
    }

    fn within(&mut self, step: String, id: TypeId, value: &Value, changes: &mut Changes) {
        changes.place.push(step);
        self.collect(id, value, changes);
        changes.place.pop();
    }

    fn collect_list(&mut self, array: &Array, items: &[Value], changes: &mut Changes) {
        changes.add(Wrong::Type, json!({"0": 1}));
        if array.min_items.is_some_and(|least| least > 0) {
            changes.add(Wrong::Items, json!([]));
        }
        let most = array.max_items.and_then(|most| usize::try_from(most).ok());
        if let (Some(most), Some(item)) = (most.filter(|most| *most < 1_000), items.first()) {
            changes.add(Wrong::Items, Value::Array(vec![item.clone(); most + 1]));
        }
        if let Some(item) = items.first().filter(|_| array.unique_items) {
            let twice = items.iter().chain([item]).cloned().collect();
            changes.add(Wrong::Unique, Value::Array(twice));
        }
        for (index, item) in items.iter().enumerate().take(3) {
            self.within(index.to_string(), array.items, item, changes);
        }
    }

    fn collect_object(&mut self, object: &Object, value: &Value, changes: &mut Changes) {
        changes.add(Wrong::Type, json!([]));
        let members = value.as_object().into_iter().flatten();
        for (name, member) in members {
            let field = object.fields.iter().find(|field| field.name == *name);
            let rest = match object.rest {
                Rest::Typed(ty) => Some(ty),
                Rest::Unstated | Rest::Denied => None,
            };
            let patterns = object.patterns.iter().map(|pattern| pattern.ty);
            // Which pattern matches is not asked: what is not wrong is not taken.
            for ty in field.map(|field| field.ty).into_iter().chain(patterns).chain(rest) {
                self.within(name.clone(), ty, member, changes);
            }
        }
        let required = object.fields.iter().filter(|field| {
            // What is sent in one direction only may be absent here.
            field.presence == Presence::Required && field.access == specsmith_ir::Access::ReadWrite
        });
        for field in required {
            changes.place.push(field.name.clone());
            changes.add(Wrong::Required, None);
            changes.place.pop();
        }
        if object.rest == Rest::Denied {
            changes.place.push("no such member".to_owned());
            changes.add(Wrong::Unknown, json!(1));
            changes.place.pop();
        }
        let is_free = |name: &&String| !object.fields.iter().any(|field| field.name == **name);
        let kept = value.as_object().into_iter().flatten();
        if object.min_properties.is_some_and(|least| least > 0) {
            let fixed = kept.clone().filter(|(name, _)| !is_free(name));
            let required = fixed.filter(|(name, _)| {
                let field = object.fields.iter().find(|field| field.name == **name);
                field.is_some_and(|field| field.presence == Presence::Required)
            });
            let few = required.map(|(name, value)| (name.clone(), value.clone())).collect();
            changes.add(Wrong::Properties, Value::Object(few));
        }
        let most = object.max_properties.and_then(|most| usize::try_from(most).ok());
        if let Some(most) = most.filter(|most| *most < 1_000)
            && let Rest::Typed(ty) = object.rest
            && let Some(other) = self.0.make(ty)
            && let Some(mut members) = value.as_object().cloned()
        {
            members.extend((0..=most).map(|index| (format!("more{index}"), other.clone())));
            changes.add(Wrong::Properties, Value::Object(members));
        }
    }

    fn collect_union(&mut self, union: &Union, value: &Value, changes: &mut Changes) {
        for put in [json!(null), json!(true), json!(1), json!("x"), json!([]), json!({})] {
            changes.add(Wrong::Type, put);
        }
        if union.mode == UnionMode::OneOf && union.variants.len() > 1 {
            let [first, second] = [0; 2].map(|_| self.0.random().below(union.variants.len()));
            let made = [first, second].map(|index| self.0.make(union.variants[index].ty));
            if let [Some(Value::Object(mut one)), Some(Value::Object(other))] = made {
                one.extend(other);
                changes.add(Wrong::ExactlyOne, Value::Object(one));
            }
        }
        // Which variant it is is not asked: what is not wrong is not taken.
        for variant in union.variants.iter().take(20) {
            self.collect(variant.ty, value, changes);
        }
    }
}

fn numbers(numeric: &Numeric, changes: &mut Changes) {
    let number = |number: &Number| number.as_str().parse::<f64>().ok();
    // Whole numbers of documents are written as such.
    let put = |value: f64| match value.fract() == 0.0 && value.abs() < 9e15 {
        true => json!(value as i64),
        false => json!(value),
    };
    let below = numeric.minimum.iter().chain(&numeric.maximum).filter_map(number);
    for bound in below {
        changes.add(Wrong::Bound, put(bound - 1.0));
        changes.add(Wrong::Bound, put(bound + 1.0));
    }
    let exclusive = numeric.exclusive_minimum.iter().chain(&numeric.exclusive_maximum);
    for bound in exclusive.filter_map(number) {
        changes.add(Wrong::Bound, put(bound));
    }
    for step in numeric.multiple_of.iter().filter_map(number) {
        let step = if step == step.trunc() && step > 1.0 {
            1.0
        } else {
            step / 2.0
        };
        changes.add(
            Wrong::Multiple,
            put(numeric.minimum.as_ref().and_then(number).unwrap_or_default() + step),
        );
    }
}

fn text(text: &Text, found: &str, changes: &mut Changes) {
    changes.add(Wrong::Type, json!(7));
    changes.add(Wrong::Type, json!({"a": 1}));
    let most = text.max_length.and_then(|most| usize::try_from(most).ok());
    if let Some(most) = most.filter(|most| *most < 10_000) {
        changes.add(Wrong::Length, json!("x".repeat(most + 1)));
        // Of characters that it has, since the pattern or the format may want them.
        let last = found.chars().last().unwrap_or('0');
        let missing = (most + 1).saturating_sub(found.chars().count());
        changes.add(
            Wrong::Length,
            json!(format!("{found}{}", last.to_string().repeat(missing))),
        );
    }
    if let Some(least) = text
        .min_length
        .and_then(|least| usize::try_from(least).ok())
        .filter(|least| *least > 0)
    {
        changes.add(Wrong::Length, json!(""));
        changes.add(Wrong::Length, json!(found.chars().take(least - 1).collect::<String>()));
    }
    if !text.patterns.is_empty() {
        changes.add(Wrong::Pattern, json!(format!("\u{1}{found}\u{1}")));
        changes.add(Wrong::Pattern, json!("\u{1}"));
    }
    if matches!(
        text.format.as_deref(),
        Some("date-time" | "date" | "uuid" | "ipv4" | "ipv6")
    ) {
        changes.add(Wrong::Format, json!("of another form"));
    }
}

fn one_of(values: &Enum, changes: &mut Changes) {
    let put = match values.values.first().map(|value| value.value.kind()) {
        Some(Kind::String) => json!("no such value"),
        _ => json!(987_654_321),
    };
    changes.add(Wrong::Enum, put);
    if let Some(Value::String(first)) = values.values.first().map(|value| plain(&value.value)) {
        changes.add(Wrong::Enum, json!(format!("{first} ")));
    }
}

fn apply(value: &mut Value, place: &[String], put: Option<Value>) -> bool {
    let Some((last, way)) = place.split_last() else {
        return put.is_some_and(|put| {
            *value = put;
            true
        });
    };
    let mut target = value;
    for step in way {
        let next = match target {
            Value::Object(members) => members.get_mut(step),
            Value::Array(items) => step.parse::<usize>().ok().and_then(|index| items.get_mut(index)),
            _ => None,
        };
        let Some(next) = next else { return false };
        target = next;
    }
    match (target, put) {
        (Value::Object(members), Some(put)) => drop(members.insert(last.clone(), put)),
        (Value::Object(members), None) => drop(members.remove(last)),
        (Value::Array(items), Some(put)) => match last.parse::<usize>().ok().and_then(|index| items.get_mut(index)) {
            Some(item) => *item = put,
            None => return false,
        },
        _ => return false,
    }
    true
}
