//! Values of types, made from the intermediate model with a seed.
//!
//! What is made fits the shapes of types and most of what else schemas demand; a [`Checker`](crate::Checker) tells what
//! does not.

use std::sync::Arc;

use serde_json::{Value, json};
use specsmith_ir::{self as ir, Api, Array, Condition, Shape, Tuple, Type, TypeId, Union};

use crate::heights::{ENDLESS, Heights};
use crate::random::Random;

/// How deep values are nested before they are as small as they can be.
const MAX_DEPTH: usize = 5;
/// How many values are made inside one before the rest is as small as it can be.
const MAX_PARTS: usize = 400;
/// How many types are followed into each other.
const MAX_LEVEL: usize = 250;
/// How many items or members there are at most beyond what is needed.
const MAX_NEEDED: usize = 200;

/// What values are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Of everything that a type allows, odd texts included, as tests want it.
    Varied,
    /// Of ordinary words and numbers, as people want it.
    Plain,
    /// Of the examples and defaults of the document where it has some, with every member; else of ordinary words.
    Examples,
}

/// Makes values.
#[derive(Debug)]
pub struct Values<'a> {
    pub(crate) api: &'a Api,
    pub(crate) random: Random,
    pub(crate) source: Source,
    heights: Arc<Heights>,
    /// How many values may still be made inside the current one.
    pub(crate) parts: usize,
    level: usize,
}

impl<'a> Values<'a> {
    /// What makes varied values of this API; the same seed makes the same ones.
    pub fn new(api: &'a Api, seed: u64) -> Self {
        Self::with_heights(api, Arc::new(Heights::of(api)), seed)
    }

    /// The same, where the heights of the types are known.
    pub fn with_heights(api: &'a Api, heights: Arc<Heights>, seed: u64) -> Self {
        Self {
            api,
            random: Random::new(seed),
            source: Source::Varied,
            heights,
            parts: 0,
            level: 0,
        }
    }

    /// Makes the values of something else.
    #[must_use]
    pub fn of(mut self, source: Source) -> Self {
        self.source = source;
        self
    }

    /// A value of a type; `None` where it has none that could be made.
    pub fn make(&mut self, id: TypeId) -> Option<Value> {
        (self.parts, self.level) = (MAX_PARTS, 0);
        self.value(id, 0)
    }

    /// The API.
    pub fn api(&self) -> &'a Api {
        self.api
    }

    /// The numbers that values are made with.
    pub fn random(&mut self) -> &mut Random {
        &mut self.random
    }

    /// Whether a value has to be as small as it can be.
    pub(crate) fn is_tight(&self, depth: usize) -> bool {
        depth >= MAX_DEPTH || self.parts == 0
    }

    pub(crate) fn height(&self, id: TypeId) -> u32 {
        self.heights.get(id)
    }

    pub(crate) fn value(&mut self, id: TypeId, depth: usize) -> Option<Value> {
        if self.height(id) == ENDLESS || self.level >= MAX_LEVEL {
            return None;
        }
        self.parts = self.parts.saturating_sub(1);
        let ty = &self.api.types[id];
        if let Some(example) = self.example(ty, depth) {
            return Some(example);
        }
        self.level += 1;
        let value = self.shape(&ty.shape, depth);
        self.level -= 1;
        value
    }

    /// An example of the document.
    fn example(&self, ty: &Type, depth: usize) -> Option<Value> {
        if self.source != Source::Examples || self.is_tight(depth) {
            return None;
        }
        let mut values = ty.docs.examples.iter().filter_map(|example| example.value.as_ref());
        values.next().map(plain)
    }

    fn shape(&mut self, shape: &'a Shape, depth: usize) -> Option<Value> {
        match shape {
            Shape::Any => Some(self.any()),
            Shape::Never => None,
            Shape::Null => Some(Value::Null),
            Shape::Boolean => Some(self.random.coin(2).into()),
            Shape::Integer(numeric) => self.integer(numeric),
            Shape::Number(numeric) => self.number(numeric),
            Shape::String(text) => self.text(text).map(Value::from),
            Shape::Enum(values) => self.random.one(&values.values).map(|value| plain(&value.value)),
            Shape::Const(value) => Some(plain(value)),
            Shape::Array(array) => self.array(array, depth),
            Shape::Tuple(tuple) => self.tuple(tuple, depth),
            Shape::Object(object) => self.object(object, depth).map(Value::Object),
            Shape::Union(union) => self.union(union, depth),
            Shape::Nullable(inner) => match self.is_tight(depth) || self.is_null() {
                true => Some(Value::Null),
                false => self.value(*inner, depth).or(Some(Value::Null)),
            },
            Shape::Alias(target) => self.value(*target, depth),
        }
    }

    fn is_null(&mut self) -> bool {
        self.source != Source::Examples && self.random.coin(5)
    }

    fn any(&mut self) -> Value {
        if self.source != Source::Varied {
            return json!({});
        }
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

    /// How many items or members there are.
    fn count(&mut self, least: Option<u64>, most: Option<u64>, depth: usize) -> usize {
        let least = usize::try_from(least.unwrap_or(0))
            .unwrap_or(usize::MAX)
            .min(MAX_NEEDED);
        let most = usize::try_from(most.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
        let more = match self.source {
            _ if self.is_tight(depth) => 0,
            Source::Examples if least == 0 => 1,
            Source::Examples => 0,
            Source::Varied | Source::Plain => self.random.below(3),
        };
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
        let least = usize::try_from(tuple.min_items.unwrap_or(0)).unwrap_or(usize::MAX);
        let more = least.min(MAX_NEEDED).saturating_sub(tuple.items.len());
        let rest = tuple.rest.iter().cycle().take(more);
        let all = tuple.items.iter().chain(rest).take(most);
        let items: Option<Vec<Value>> = all.map(|item| self.value(*item, depth + 1)).collect();
        items.map(Value::Array)
    }

    fn union(&mut self, union: &Union, depth: usize) -> Option<Value> {
        let variant = match self.is_tight(depth) {
            true => union.variants.iter().min_by_key(|variant| self.height(variant.ty))?,
            false => {
                let chosen = self.random.one(&union.variants)?;
                match self.height(chosen.ty) {
                    ENDLESS => union.variants.iter().min_by_key(|variant| self.height(variant.ty))?,
                    _ => chosen,
                }
            }
        };
        let mut value = self.value(variant.ty, depth)?;
        for condition in &variant.conditions {
            let (Condition::PropertyValue { name, values }, Some(members)) = (condition, value.as_object_mut()) else {
                continue;
            };
            let allowed: Vec<Value> = values.iter().map(plain).collect();
            if !members.get(name).is_some_and(|found| allowed.contains(found)) {
                members.insert(name.clone(), self.random.one(&allowed)?.clone());
            }
        }
        Some(value)
    }
}

/// A value of a document as JSON.
pub fn plain(value: &ir::Value) -> Value {
    match value {
        ir::Value::Null => Value::Null,
        ir::Value::Boolean(value) => Value::Bool(*value),
        ir::Value::Number(number) => serde_json::from_str(number.as_str()).unwrap_or(Value::Null),
        ir::Value::String(text) => Value::String(text.clone()),
        ir::Value::Array(items) => items.iter().map(plain).collect(),
        ir::Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.clone(), plain(value)));
            Value::Object(members.collect())
        }
    }
}
