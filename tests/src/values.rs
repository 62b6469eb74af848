//! Values of types, made from the intermediate model with a seed.
//!
//! What is made fits the shapes of types and most of what else schemas demand; a validator has to tell what does not.

pub(crate) mod mutation;
mod pattern;
mod random;
mod text;

use serde_json::{Map, Value, json};
use specsmith_ir::{Api, Array, Condition, Field, Numeric, Object, Presence, Rest, Shape, Tuple, TypeId, Union};

use self::random::Random;

/// How deep values are nested before they are as small as they can be.
const MAX_DEPTH: usize = 5;
/// How many values are made inside one before the rest is as small as it can be.
const MAX_PARTS: usize = 400;
/// What has no finite value.
const ENDLESS: u32 = u32::MAX;

/// Makes values.
pub(crate) struct Values<'a> {
    api: &'a Api,
    /// How deep the smallest value of each type is nested, by its id.
    heights: Vec<u32>,
    random: Random,
    /// How many values may still be made inside the current one.
    parts: usize,
}

impl<'a> Values<'a> {
    pub(crate) fn new(api: &'a Api, seed: u64) -> Self {
        Self {
            api,
            heights: heights(api),
            random: Random::new(seed),
            parts: 0,
        }
    }

    /// A value of a type; `None` where it has none that could be made.
    pub(crate) fn make(&mut self, id: TypeId) -> Option<Value> {
        self.parts = MAX_PARTS;
        self.value(id, 0)
    }

    /// Whether a value has to be as small as it can be.
    fn is_tight(&self, depth: usize) -> bool {
        depth >= MAX_DEPTH || self.parts == 0
    }

    fn height(&self, id: TypeId) -> u32 {
        self.heights[id.0 as usize]
    }

    fn value(&mut self, id: TypeId, depth: usize) -> Option<Value> {
        if self.height(id) == ENDLESS {
            return None;
        }
        self.parts = self.parts.saturating_sub(1);
        let api = self.api;
        match &api.types[id].shape {
            Shape::Any => Some(self.any()),
            Shape::Never => None,
            Shape::Null => Some(Value::Null),
            Shape::Boolean => Some(self.random.coin(2).into()),
            Shape::Integer(numeric) => self.integer(numeric),
            Shape::Number(numeric) => self.number(numeric),
            Shape::String(text) => self.text(text).map(Value::from),
            Shape::Enum(values) => {
                let index = self.random.below(values.values.len());
                values.values.get(index).map(|value| plain(&value.value))
            }
            Shape::Const(value) => Some(plain(value)),
            Shape::Array(array) => self.array(array, depth),
            Shape::Tuple(tuple) => self.tuple(tuple, depth),
            Shape::Object(object) => self.object(object, depth).map(Value::Object),
            Shape::Union(union) => self.union(union, depth),
            Shape::Nullable(inner) => match self.is_tight(depth) || self.random.coin(5) {
                true => Some(Value::Null),
                false => self.value(*inner, depth),
            },
            Shape::Alias(target) => self.value(*target, depth),
        }
    }

    fn any(&mut self) -> Value {
        match self.random.below(7) {
            0 => json!(null),
            1 => json!(true),
            2 => json!(-7),
            3 => json!(2.5),
            4 => json!("any \u{e9} \"text\""),
            5 => json!([1, "two", null]),
            _ => json!({"a": {"b": [false]}}),
        }
    }

    fn integer(&mut self, numeric: &Numeric) -> Option<Value> {
        let bound = |number: &Option<specsmith_ir::Number>| {
            number.as_ref().and_then(|number| number.as_str().parse::<f64>().ok())
        };
        let format = numeric.format.as_deref().map(canonical).unwrap_or_default();
        let widest = match format.as_str() {
            "int64" if self.random.coin(4) => 9.0e15,
            "int8" | "uint8" => 100.0,
            _ => 20_000.0,
        };
        let least = [
            bound(&numeric.minimum),
            bound(&numeric.exclusive_minimum).map(|least| least.floor() + 1.0),
            (format.starts_with("uint") || format == "ulong").then_some(0.0),
        ];
        let most = [
            bound(&numeric.maximum),
            bound(&numeric.exclusive_maximum).map(|most| most.ceil() - 1.0),
        ];
        let least = least.into_iter().flatten().reduce(f64::max).map(f64::ceil);
        let most = most.into_iter().flatten().reduce(f64::min).map(f64::floor);
        let (least, most) = limits(least, most, widest);
        let value = self.random.between(least as i64, most as i64)?;
        let factor = numeric
            .multiple_of
            .iter()
            .filter_map(|factor| factor.as_i64())
            .product::<i64>()
            .max(1);
        Some(json!(value / factor * factor))
    }

    fn number(&mut self, numeric: &Numeric) -> Option<Value> {
        // To OpenAPI, `int32` is a format of numbers.
        let format = numeric.format.as_deref().map(canonical).unwrap_or_default();
        if format.trim_start_matches('u').starts_with("int") || matches!(format.as_str(), "long" | "ulong") {
            return self.integer(numeric);
        }
        let bound = |number: &Option<specsmith_ir::Number>| {
            number.as_ref().and_then(|number| number.as_str().parse::<f64>().ok())
        };
        let least = [bound(&numeric.minimum), bound(&numeric.exclusive_minimum)]
            .into_iter()
            .flatten()
            .reduce(f64::max);
        let most = [bound(&numeric.maximum), bound(&numeric.exclusive_maximum)]
            .into_iter()
            .flatten()
            .reduce(f64::min);
        let (least, most) = limits(least, most, 1_000.0);
        let part = self.random.between(1, 127)? as f64 / 128.0;
        let mut value = least + (most - least) * part;
        if let Some(factor) = numeric
            .multiple_of
            .first()
            .and_then(|factor| factor.as_str().parse::<f64>().ok())
        {
            value = (value / factor).floor() * factor;
        }
        match value.fract() == 0.0 && value.abs() < 1e15 && self.random.coin(2) {
            true => Some(json!(value as i64)),
            false => Some(json!(value)),
        }
    }

    /// How many items or members there are.
    fn count(&mut self, least: Option<u64>, most: Option<u64>, depth: usize) -> usize {
        let least = usize::try_from(least.unwrap_or(0)).unwrap_or(usize::MAX).min(200);
        let most = usize::try_from(most.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
        let more = if self.is_tight(depth) { 0 } else { self.random.below(3) };
        (least + more).min(most)
    }

    fn array(&mut self, array: &Array, depth: usize) -> Option<Value> {
        let count = self.count(array.min_items, array.max_items, depth);
        let mut items: Vec<Value> = Vec::new();
        for _ in 0..count * 4 {
            if items.len() == count {
                break;
            }
            match self.value(array.items, depth + 1) {
                Some(item) if array.unique_items && items.contains(&item) => {}
                Some(item) => items.push(item),
                None => break,
            }
        }
        let is_enough = array.min_items.is_none_or(|least| items.len() as u64 >= least);
        is_enough.then_some(Value::Array(items))
    }

    fn tuple(&mut self, tuple: &Tuple, depth: usize) -> Option<Value> {
        let most = usize::try_from(tuple.max_items.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
        let first = tuple.items.iter().take(most);
        let items: Option<Vec<Value>> = first.map(|item| self.value(*item, depth + 1)).collect();
        items.map(Value::Array)
    }

    fn object(&mut self, object: &Object, depth: usize) -> Option<Map<String, Value>> {
        let mut members = Map::new();
        let least = usize::try_from(object.min_properties.unwrap_or(0)).unwrap_or(usize::MAX);
        let most = usize::try_from(object.max_properties.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
        let (required, mut optional): (Vec<&Field>, Vec<&Field>) = object
            .fields
            .iter()
            .partition(|field| field.presence == Presence::Required);
        for field in required {
            members.insert(field.name.clone(), self.value(field.ty, depth + 1)?);
        }
        for field in &optional {
            if members.len() < most && !self.is_tight(depth) && self.random.coin(2) {
                let value = self.value(field.ty, depth + 1);
                members.extend(value.map(|value| (field.name.clone(), value)));
            }
        }
        // The smallest of the others, since they may lead back to this type.
        optional.sort_by_key(|field| self.height(field.ty));
        for field in optional {
            if members.len() < least && !members.contains_key(&field.name) {
                let value = self.value(field.ty, depth + 1);
                members.extend(value.map(|value| (field.name.clone(), value)));
            }
        }
        let missing = least.saturating_sub(members.len());
        if let Rest::Typed(ty) = object.rest {
            let more = if self.is_tight(depth) { 0 } else { self.random.below(3) };
            for _ in 0..more.max(missing).min(most.saturating_sub(members.len())) {
                let name = match object.names {
                    Some(names) => self.value(names, depth)?.as_str()?.to_owned(),
                    None => format!("other {}", self.random.below(1_000)),
                };
                let value = self.value(ty, depth + 1)?;
                members.entry(name).or_insert(value);
            }
        }
        for pattern in &object.patterns {
            if let Some(name) = pattern::matching(&mut self.random, &pattern.pattern)
                && !self.is_tight(depth)
            {
                let value = self.value(pattern.ty, depth + 1)?;
                members.entry(name).or_insert(value);
            }
        }
        (members.len() <= most).then_some(members)
    }

    fn union(&mut self, union: &Union, depth: usize) -> Option<Value> {
        let variant = match self.is_tight(depth) {
            true => union.variants.iter().min_by_key(|variant| self.height(variant.ty))?,
            false => &union.variants[self.random.below(union.variants.len())],
        };
        let mut value = self.value(variant.ty, depth)?;
        for condition in &variant.conditions {
            let (Condition::PropertyValue { name, values }, Some(members)) = (condition, value.as_object_mut()) else {
                continue;
            };
            let allowed: Vec<Value> = values.iter().map(plain).collect();
            if !members.get(name).is_some_and(|found| allowed.contains(found)) {
                let index = self.random.below(allowed.len());
                members.insert(name.clone(), allowed.get(index)?.clone());
            }
        }
        Some(value)
    }
}

/// A format in lower case without separators: documents write `date-time`, `dateTime` and `Date-Time`.
fn canonical(format: &str) -> String {
    let kept = format.chars().filter(|c| !matches!(c, '-' | '_' | ' '));
    kept.flat_map(char::to_lowercase).collect()
}

/// The range of a number whose document says this about it.
fn limits(least: Option<f64>, most: Option<f64>, widest: f64) -> (f64, f64) {
    match (least, most) {
        (Some(least), Some(most)) => (least, most.min(least + 2.0 * widest)),
        (Some(least), None) => (least, least + widest),
        (None, Some(most)) => (most - widest, most),
        (None, None) => (-widest, widest),
    }
}

/// A value of a document as JSON.
pub(crate) fn plain(value: &specsmith_ir::Value) -> Value {
    match value {
        specsmith_ir::Value::Null => Value::Null,
        specsmith_ir::Value::Boolean(value) => Value::Bool(*value),
        specsmith_ir::Value::Number(number) => serde_json::from_str(number.as_str()).unwrap_or(Value::Null),
        specsmith_ir::Value::String(text) => Value::String(text.clone()),
        specsmith_ir::Value::Array(items) => items.iter().map(plain).collect(),
        specsmith_ir::Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.clone(), plain(value)));
            Value::Object(members.collect())
        }
    }
}

/// How deep the smallest value of each type is nested; [`ENDLESS`] for those that contain themselves in any case.
fn heights(api: &Api) -> Vec<u32> {
    let mut heights = vec![ENDLESS; api.types.len()];
    loop {
        let mut changed = false;
        for (id, ty) in api.types.iter() {
            let of = |id: &TypeId| heights[id.0 as usize];
            let above = |height: u32| height.saturating_add(1);
            let height = match &ty.shape {
                Shape::Never => ENDLESS,
                Shape::Array(array) if array.min_items.unwrap_or(0) > 0 => above(of(&array.items)),
                Shape::Tuple(tuple) => above(tuple.items.iter().map(of).max().unwrap_or(0)),
                Shape::Object(object) => {
                    let (required, optional): (Vec<&Field>, Vec<&Field>) = object
                        .fields
                        .iter()
                        .partition(|field| field.presence == Presence::Required);
                    let least = usize::try_from(object.min_properties.unwrap_or(0)).unwrap_or(usize::MAX);
                    let more = least.saturating_sub(required.len());
                    let mut others: Vec<u32> = optional.iter().map(|field| of(&field.ty)).collect();
                    if let Rest::Typed(rest) = &object.rest {
                        others.extend(std::iter::repeat_n(of(rest), more.min(1_000)));
                    }
                    others.sort_unstable();
                    let required = required.iter().map(|field| of(&field.ty)).max();
                    let other = more.checked_sub(1).and_then(|last| others.get(last).copied());
                    above(required.max(other).unwrap_or(0))
                }
                Shape::Union(union) => union
                    .variants
                    .iter()
                    .map(|variant| of(&variant.ty))
                    .min()
                    .unwrap_or(ENDLESS),
                Shape::Alias(target) => of(target),
                _ => 0,
            };
            let slot = &mut heights[id.0 as usize];
            changed |= *slot != height;
            *slot = height;
        }
        if !changed {
            return heights;
        }
    }
}
