//! What can be seen on the values of a type before reading them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Access, Condition, Kind, KindSet, Object, Presence, Rest, Shape, TypeId, Types, Union, Value};

/// How deep types are looked into.
const DEPTH_LIMIT: usize = 24;

/// What can be seen on the values of a type.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    /// Their JSON types.
    pub kinds: KindSet,
    /// All of them, where the type lists them.
    pub values: Option<Vec<Value>>,
    /// The members of those that are objects.
    pub members: Option<Members>,
    /// The type of the items of those that are arrays.
    pub items: Option<TypeId>,
    /// How many members or items each of them has at least.
    pub least: u64,
}

/// What can be seen on objects.
#[derive(Debug, Clone, Default)]
pub struct Members {
    /// Names in the order of the document.
    pub order: Vec<String>,
    /// Those that are always there.
    pub required: BTreeSet<String>,
    /// The types of those that are known.
    pub known: BTreeMap<String, Vec<TypeId>>,
    /// The values of those that are always there and whose values are listed.
    pub constants: BTreeMap<String, Vec<Value>>,
    /// The values of those whose values are listed, always there or not.
    pub listed: BTreeMap<String, Vec<Value>>,
    /// Whether there are no others.
    pub closed: bool,
    /// Whether others are kept.
    pub keeps: bool,
}

/// The JSON types of the values of a type.
pub fn kinds(types: &Types, ty: TypeId) -> KindSet {
    profile(types, ty).kinds
}

/// What can be seen on the values of a type.
pub fn profile(types: &Types, ty: TypeId) -> Profile {
    profile_within(types, ty, DEPTH_LIMIT, &mut BTreeSet::new())
}

fn profile_within(types: &Types, ty: TypeId, depth: usize, open: &mut BTreeSet<TypeId>) -> Profile {
    let ty = types.resolve(ty);
    let Some(depth) = depth.checked_sub(1) else {
        return Profile::unknown();
    };
    match &types[ty].shape {
        Shape::Any | Shape::Alias(_) => Profile::unknown(),
        Shape::Never => Profile::default(),
        Shape::Null => Profile::of(Kind::Null),
        Shape::Boolean => Profile::of(Kind::Boolean),
        Shape::Integer(_) => Profile::of(Kind::Integer),
        Shape::Number(_) => Profile::of(Kind::Number),
        Shape::String(_) => Profile::of(Kind::String),
        Shape::Enum(listed) => {
            let values: Vec<Value> = listed.values.iter().map(|value| value.value.clone()).collect();
            let mut profile = Profile::listing(values);
            if listed.open {
                profile.values = None;
            }
            profile
        }
        Shape::Const(value) => Profile::listing(vec![value.clone()]),
        Shape::Array(array) => Profile {
            items: Some(array.items),
            least: array.min_items.unwrap_or_default(),
            ..Profile::of(Kind::Array)
        },
        Shape::Tuple(tuple) => Profile {
            least: tuple.min_items.unwrap_or_default(),
            ..Profile::of(Kind::Array)
        },
        Shape::Object(object) => Profile {
            members: Some(Members::of(types, object)),
            least: object.min_properties.unwrap_or_default(),
            ..Profile::of(Kind::Object)
        },
        Shape::Nullable(inner) => {
            let mut profile = profile_within(types, *inner, depth, open);
            profile.kinds = profile.kinds.union(KindSet::of(Kind::Null));
            profile.least = 0;
            if let Some(values) = &mut profile.values {
                values.push(Value::Null);
            }
            profile
        }
        Shape::Union(union) => {
            if !open.insert(ty) {
                return Profile::default();
            }
            let profile = profile_of_union(types, union, depth, open);
            open.remove(&ty);
            profile
        }
    }
}

fn profile_of_union(types: &Types, union: &Union, depth: usize, open: &mut BTreeSet<TypeId>) -> Profile {
    let profiles = union.variants.iter().map(|variant| {
        let mut profile = profile_within(types, variant.ty, depth, open);
        for condition in &variant.conditions {
            if let (Condition::PropertyValue { name, values }, Some(members)) = (condition, &mut profile.members) {
                members.required.insert(name.clone());
                members.constants.insert(name.clone(), values.clone());
                members.listed.insert(name.clone(), values.clone());
            }
        }
        profile
    });
    profiles.reduce(Profile::either).unwrap_or_default()
}

impl Profile {
    fn of(kind: Kind) -> Self {
        Self {
            kinds: KindSet::of(kind),
            ..Self::default()
        }
    }

    fn unknown() -> Self {
        Self {
            kinds: KindSet::ALL,
            ..Self::default()
        }
    }

    fn listing(values: Vec<Value>) -> Self {
        let kinds = values.iter().map(|value| KindSet::of(value.kind()));
        Self {
            kinds: kinds.fold(KindSet::NONE, KindSet::union),
            values: Some(values),
            ..Self::default()
        }
    }

    /// What can be seen on values that are of one type or the other.
    fn either(self, other: Self) -> Self {
        let objects = |profile: &Self| profile.kinds.contains(Kind::Object);
        let members = match (objects(&self), objects(&other)) {
            (true, true) => self.members.zip(other.members).map(|(a, b)| a.either(b)),
            (true, false) => self.members,
            _ => other.members,
        };
        let values = match (self.values, other.values) {
            (Some(mut values), Some(others)) => {
                values.extend(others);
                Some(values)
            }
            _ => None,
        };
        let arrays = self.kinds.contains(Kind::Array) && other.kinds.contains(Kind::Array);
        Self {
            kinds: self.kinds.union(other.kinds),
            values,
            members,
            items: if arrays { None } else { self.items.or(other.items) },
            least: self.least.min(other.least),
        }
    }
}

impl Members {
    fn of(types: &Types, object: &Object) -> Self {
        let mut members = Self {
            closed: object.rest == Rest::Denied && object.patterns.is_empty(),
            keeps: match object.rest {
                Rest::Typed(_) => true,
                Rest::Unstated => object.min_properties.is_some() || object.max_properties.is_some(),
                Rest::Denied => false,
            },
            ..Self::default()
        };
        for field in &object.fields {
            members.order.push(field.name.clone());
            members.known.insert(field.name.clone(), vec![field.ty]);
            let values = constants(types, field.ty);
            if let Some(values) = &values {
                members.listed.insert(field.name.clone(), values.clone());
            }
            // What is sent in one direction only is not there in the other. A constant that is only read is the
            // exception: it is there to tell what a response holds.
            if field.presence != Presence::Required || field.access == Access::WriteOnly {
                continue;
            }
            if field.access == Access::ReadWrite {
                members.required.insert(field.name.clone());
            }
            if let Some(values) = values {
                members.constants.insert(field.name.clone(), values);
            }
        }
        members
    }

    fn either(mut self, other: Self) -> Self {
        self.required.retain(|name| other.required.contains(name));
        common(&mut self.constants, &other.constants);
        common(&mut self.listed, &other.listed);
        for (name, types) in other.known {
            self.known.entry(name).or_default().extend(types);
        }
        let new: Vec<String> = other
            .order
            .into_iter()
            .filter(|name| !self.order.contains(name))
            .collect();
        self.order.extend(new);
        self.closed &= other.closed;
        self.keeps &= other.keeps;
        self
    }
}

/// Keeps the properties that both list, with the values of both.
fn common(values: &mut BTreeMap<String, Vec<Value>>, others: &BTreeMap<String, Vec<Value>>) {
    values.retain(|name, values| match others.get(name) {
        Some(others) => {
            let new: Vec<Value> = others.iter().filter(|value| !values.contains(value)).cloned().collect();
            values.extend(new);
            true
        }
        None => false,
    });
}

/// The values of a type that lists them.
fn constants(types: &Types, ty: TypeId) -> Option<Vec<Value>> {
    match &types[types.resolve(ty)].shape {
        Shape::Enum(listed) if !listed.open => Some(listed.values.iter().map(|value| value.value.clone()).collect()),
        Shape::Const(value) => Some(vec![value.clone()]),
        Shape::Null => Some(vec![Value::Null]),
        // The inner type is not nullable, so this goes no deeper.
        Shape::Nullable(inner) if !matches!(types[types.resolve(*inner)].shape, Shape::Nullable(_)) => {
            let mut values = constants(types, *inner)?;
            values.push(Value::Null);
            Some(values)
        }
        _ => None,
    }
}
