//! What needs the shapes of other types: circles of aliases, nullables of nullables, unions and defaults.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{
    Assertion, Assertions, Docs, Origin, Owner, Rest, Shape, Step, Type, TypeId, Types, Union, UnionMode, Value,
    Variant,
};

use super::assert::demands_of_merged;
use super::union::{Draft, Tags};
use crate::lower::context::Context;
use specsmith_ir::decide::profile::profile;
use specsmith_ir::decide::{Candidate, decide};

mod objects;
mod scalars;

use objects::merge_objects;
use scalars::merge_scalars;

/// How deep the shapes of variants are compared.
const ALIKE_DEPTH: usize = 4;
/// How many types inside a variant are compared.
const LOOKS_LIMIT: usize = 1_000;

/// A variant of a union that is being settled.
#[derive(Debug, Clone)]
struct Entry {
    ty: TypeId,
    name: Option<String>,
    tags: Vec<Value>,
}

/// The variants of a union that is being settled, each once.
#[derive(Debug, Default)]
struct Entries {
    list: Vec<Entry>,
    /// The positions in the list, by how the types look.
    positions: HashMap<String, usize>,
}

impl<'d> Context<'d, '_> {
    /// Finishes all types that were added since the last time, and tells which these are.
    pub(super) fn settle(&mut self) -> impl Iterator<Item = TypeId> + use<> {
        let start = self.schema_state.settled;
        self.break_circles(start);
        for id in self.types_since(start) {
            self.settle_unions_of(id);
        }
        for id in self.types_since(start) {
            if let Shape::Nullable(inner) = self.types[id].shape
                && matches!(
                    self.types[self.types.resolve(inner)].shape,
                    Shape::Nullable(_) | Shape::Null | Shape::Any
                )
            {
                self.types[id].shape = Shape::Alias(inner);
            }
        }
        for id in self.types_since(start) {
            let mut shape = std::mem::replace(&mut self.types[id].shape, Shape::Any);
            for_each_reference(&mut shape, &mut |target| *target = through_inline(&self.types, *target));
            self.types[id].shape = shape;
        }
        let settled = self.types_since(start);
        self.schema_state.settled = self.types.len();
        self.settle_defaults();
        settled
    }

    fn types_since(&self, start: usize) -> impl Iterator<Item = TypeId> + use<> {
        let range = u32::try_from(start).unwrap_or(u32::MAX)..u32::try_from(self.types.len()).unwrap_or(u32::MAX);
        range.map(TypeId)
    }

    /// Makes types any value that are nothing but names for each other in a circle.
    fn break_circles(&mut self, start: usize) {
        let mut done = BTreeSet::new();
        for first in self.types_since(start) {
            let mut path = BTreeSet::new();
            let mut id = first;
            while !done.contains(&id) {
                let (Shape::Alias(next) | Shape::Nullable(next)) = self.types[id].shape else {
                    break;
                };
                path.insert(id);
                if path.contains(&next) {
                    let location = self.types[id].location;
                    self.types[id].shape = Shape::Any;
                    self.report(
                        Diagnostic::new(Code::BrokenRef, "this schema refers to nothing but itself")
                            .at(location)
                            .label("taken as any value"),
                    );
                    break;
                }
                id = next;
            }
            done.extend(path);
        }
    }

    /// Settles a union after the unions among its variants.
    fn settle_unions_of(&mut self, first: TypeId) {
        let mut stack = vec![(first, false)];
        let mut open = BTreeSet::new();
        while let Some((id, ready)) = stack.pop() {
            if ready {
                if let Some(draft) = self.schema_state.drafts.remove(&id) {
                    self.settle_union(id, draft);
                }
                continue;
            }
            let Shape::Union(union) = &self.types[id].shape else {
                continue;
            };
            if !self.schema_state.drafts.contains_key(&id) || !open.insert(id) {
                continue;
            }
            stack.push((id, true));
            let inner = union.variants.iter().map(|variant| innermost(&self.types, variant.ty));
            stack.extend(inner.map(|id| (id, false)));
        }
    }

    fn settle_union(&mut self, id: TypeId, draft: Draft) {
        let Shape::Union(union) = std::mem::replace(&mut self.types[id].shape, Shape::Any) else {
            return;
        };
        let (mut entries, mut nullable) = self.entries(id, &union, draft);
        if matches!(
            self.types[id].origin,
            Origin::Inline {
                step: Step::NonNull,
                ..
            }
        ) {
            nullable = false;
        }
        if union.discriminator.is_none()
            && let Some((shape, assertions)) = self.merge_scalar_entries(id, &mut entries, union.mode)
        {
            return self.finish_union(id, shape, assertions, nullable);
        }
        if union.discriminator.is_none()
            && union.mode == UnionMode::AnyOf
            && let Some(shape) = merge_objects(&self.types, &entries)
        {
            let variants: Vec<TypeId> = entries.iter().map(|entry| entry.ty).collect();
            let assertions = demands_of_merged(&self.types, &variants, &shape, union.mode);
            return self.finish_union(id, shape, assertions, nullable);
        }
        let shape = match entries.as_slice() {
            [] if nullable => return self.types[id].shape = Shape::Null,
            [] if self.are_never(&union) => Shape::Never,
            [] => Shape::Any,
            [only] if nullable => return self.types[id].shape = Shape::Nullable(only.ty),
            [only] => Shape::Alias(only.ty),
            _ => self.decided_union(id, union, &entries),
        };
        let demands = match shape {
            Shape::Never => vec![Assertion::Never],
            _ => Vec::new(),
        };
        self.finish_union(id, shape, Assertions(demands), nullable);
    }

    /// Whether no variant has a value.
    fn are_never(&self, union: &Union) -> bool {
        let is_never = |ty| matches!(self.types[self.types.resolve(ty)].shape, Shape::Never);
        !union.variants.is_empty() && union.variants.iter().all(|variant| is_never(variant.ty))
    }

    fn finish_union(&mut self, id: TypeId, shape: Shape, merged: Assertions, nullable: bool) {
        let mut assertions = std::mem::take(&mut self.types[id].assertions);
        assertions.0.extend(merged.0);
        if !nullable {
            self.types[id].shape = shape;
            self.types[id].assertions = assertions;
            return;
        }
        let Type { docs, location, .. } = self.types[id].clone();
        let owner = Owner::Type(id);
        let origin = Origin::Inline {
            owner,
            step: Step::NonNull,
        };
        let inner = self.types.add(Type {
            origin,
            shape,
            assertions,
            docs,
            location,
        });
        self.types[id].shape = Shape::Nullable(inner);
    }

    /// The variants of a union with those of unions inside it, each once and none of them nullable; and whether `null`
    /// was among them.
    fn entries(&mut self, id: TypeId, union: &Union, draft: Draft) -> (Vec<Entry>, bool) {
        let mut entries = Entries::default();
        let mut nullable = false;
        let mut drafts = draft.variants.into_iter();
        for variant in &union.variants {
            let draft = drafts.next().unwrap_or_default();
            let tags = self.tag_values(union, variant, draft.tags);
            let mut ty = variant.ty;
            if let Shape::Nullable(inner) = self.types[self.types.resolve(ty)].shape {
                nullable = true;
                ty = inner;
            }
            let target = self.types.resolve(ty);
            if target == id {
                continue;
            }
            match &self.types[target].shape {
                Shape::Null => nullable = true,
                Shape::Never => {}
                Shape::Union(inner) if self.is_spliced(target, inner, &tags) => {
                    let spliced = inner.variants.iter().map(|variant| Entry {
                        ty: variant.ty,
                        name: variant.name.clone(),
                        tags: Vec::new(),
                    });
                    for entry in spliced.collect::<Vec<_>>() {
                        self.push_entry(&mut entries, entry);
                    }
                }
                _ => {
                    let tag = || match tags.as_slice() {
                        [Value::String(only)] => Some(only.clone()),
                        _ => None,
                    };
                    let name = variant.name.clone().or_else(tag);
                    self.push_entry(&mut entries, Entry { ty, name, tags });
                }
            }
        }
        let mut entries = entries.list;
        // A name that two variants have tells neither.
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for name in entries.iter().filter_map(|entry| entry.name.clone()) {
            *counts.entry(name).or_default() += 1;
        }
        for entry in &mut entries {
            entry.name = entry.name.take().filter(|name| counts.get(name) == Some(&1));
        }
        (entries, nullable)
    }

    /// The values of the discriminator that mean a variant; constants of the property in its type count more than its
    /// name.
    fn tag_values(&self, union: &Union, variant: &Variant, tags: Tags) -> Vec<Value> {
        if let Tags::Mapped(values) = tags {
            return values;
        }
        let listed = union.discriminator.as_ref().and_then(|discriminator| {
            let members = profile(&self.types, variant.ty).members?;
            let mut values = members.listed.get(&discriminator.property)?.clone();
            values.retain(|value| *value != Value::Null);
            Some(values)
        });
        match (listed, tags) {
            (Some(values), _) if !values.is_empty() => values,
            (_, Tags::Named(name)) => vec![name],
            _ => Vec::new(),
        }
    }

    /// Whether the variants of a union inside a union become variants of the outer one.
    fn is_spliced(&self, id: TypeId, union: &Union, tags: &[Value]) -> bool {
        matches!(self.types[id].origin, Origin::Inline { .. })
            && self.types[id].assertions.is_empty()
            && union.discriminator.is_none()
            && tags.is_empty()
    }

    /// Adds an entry, unless one of the same type or of one that is written in the same way is there.
    fn push_entry(&self, entries: &mut Entries, entry: Entry) {
        let looks = looks(&self.types, entry.ty);
        let position = *entries.positions.entry(looks).or_insert(entries.list.len());
        match entries.list.get_mut(position) {
            Some(known) => known.tags.extend(entry.tags),
            None => entries.list.push(entry),
        }
    }

    /// Merges scalars that cannot be told apart. What the whole is, where nothing else is left.
    fn merge_scalar_entries(
        &mut self,
        id: TypeId,
        entries: &mut Vec<Entry>,
        mode: UnionMode,
    ) -> Option<(Shape, Assertions)> {
        while let Some(group) = merge_scalars(&self.types, entries) {
            let first = group.members.first().copied()?;
            let members = group.members.iter().filter_map(|member| entries.get(*member));
            let variants: Vec<TypeId> = members.map(|entry| entry.ty).collect();
            let assertions = demands_of_merged(&self.types, &variants, &group.shape, mode);
            if entries.len() == group.members.len() && group.kept.is_none() {
                return Some((group.shape, assertions));
            }
            let kept = match group.kept {
                Some(kept) => kept,
                None => self.types.add(Type {
                    origin: Origin::Inline {
                        owner: Owner::Type(id),
                        step: Step::Variant {
                            index: first,
                            hint: Some(group.hint.to_owned()),
                        },
                    },
                    shape: group.shape,
                    assertions,
                    docs: Docs::default(),
                    location: self.types[id].location,
                }),
            };
            if let Some(entry) = entries.get_mut(first) {
                entry.ty = kept;
                entry.name = None;
            }
            let mut position = 0;
            entries.retain(|_| {
                position += 1;
                position - 1 == first || group.members.binary_search(&(position - 1)).is_err()
            });
        }
        None
    }

    fn decided_union(&mut self, id: TypeId, union: Union, entries: &[Entry]) -> Shape {
        let property = union
            .discriminator
            .as_ref()
            .map(|discriminator| discriminator.property.as_str());
        let candidates: Vec<Candidate<'_>> = entries
            .iter()
            .map(|entry| Candidate {
                ty: entry.ty,
                tags: &entry.tags,
            })
            .collect();
        let decision = decide(&self.types, property, &candidates);
        let default_type = union
            .discriminator
            .as_ref()
            .and_then(|discriminator| discriminator.default)
            .and_then(|index| union.variants.get(index))
            .map(|variant| self.types.resolve(variant.ty));
        if let Some((a, b)) = decision.ambiguous.first() {
            self.report_ambiguous(id, entries, *a, *b, decision.ambiguous.len());
        }
        let variants: Vec<Variant> = decision
            .variants
            .into_iter()
            .filter_map(|(index, conditions)| {
                let entry = entries.get(index)?;
                Some(Variant {
                    ty: entry.ty,
                    name: entry.name.clone(),
                    conditions,
                    alike: decision.alike.contains(&index),
                })
            })
            .collect();
        let default =
            default_type.and_then(|ty| variants.iter().position(|variant| self.types.resolve(variant.ty) == ty));
        Shape::Union(Union {
            mode: union.mode,
            variants,
            discriminator: union.discriminator.map(|mut discriminator| {
                discriminator.default = default;
                discriminator
            }),
        })
    }

    fn report_ambiguous(&mut self, id: TypeId, entries: &[Entry], a: usize, b: usize, count: usize) {
        let name = |index: usize| {
            entries
                .get(index)
                .map_or_else(String::new, |entry| match &self.types[entry.ty].origin {
                    Origin::Component(name) => format!("`{name}`"),
                    Origin::Inline { .. } => match &entry.name {
                        Some(name) => format!("`{name}`"),
                        None => format!("branch {}", index + 1),
                    },
                })
        };
        let message = format!("nothing tells {} from {}", name(a), name(b));
        let more = if count > 1 {
            format!("; so do {} other pairs", count - 1)
        } else {
            String::new()
        };
        let diagnostic = Diagnostic::new(Code::AmbiguousUnion, message)
            .at(self.types[id].location)
            .label(format!("the one that leaves the fewest members over is taken{more}"))
            .help("give each a property with a constant value, and name it in `discriminator`");
        self.report(diagnostic);
    }
}

/// A text that two types share where they are the same: all of a type without a name, with such types inside it.
fn looks(types: &Types, id: TypeId) -> String {
    let mut text = String::new();
    let mut left = LOOKS_LIMIT;
    let mut open = vec![(id, ALIKE_DEPTH)];
    while let Some((id, depth)) = open.pop() {
        let id = types.resolve(id);
        let inner = depth.checked_sub(1).filter(|_| left > 0);
        let (Origin::Inline { .. }, Some(depth)) = (&types[id].origin, inner) else {
            let _ = write!(text, "{id:?}");
            continue;
        };
        left -= 1;
        let mut shape = types[id].shape.clone();
        let start = open.len();
        for_each_reference(&mut shape, &mut |id| {
            open.push((std::mem::replace(id, TypeId(0)), depth))
        });
        open.get_mut(start..).unwrap_or_default().reverse();
        let _ = write!(text, "{shape:?}{:?}", types[id].assertions);
    }
    text
}

/// The type behind aliases and `null`.
fn innermost(types: &Types, id: TypeId) -> TypeId {
    match types[types.resolve(id)].shape {
        Shape::Nullable(inner) => types.resolve(inner),
        _ => types.resolve(id),
    }
}

/// Follows aliases that have no name of their own.
pub(super) fn through_inline(types: &Types, mut id: TypeId) -> TypeId {
    for _ in 0..types.len() {
        match (&types[id].shape, &types[id].origin) {
            (Shape::Alias(target), Origin::Inline { .. }) => id = *target,
            _ => break,
        }
    }
    id
}

/// Visits each type that a shape refers to.
fn for_each_reference(shape: &mut Shape, visit: &mut impl FnMut(&mut TypeId)) {
    match shape {
        Shape::Array(array) => visit(&mut array.items),
        Shape::Tuple(tuple) => tuple.items.iter_mut().chain(&mut tuple.rest).for_each(visit),
        Shape::Object(object) => {
            object.fields.iter_mut().for_each(|field| visit(&mut field.ty));
            object.patterns.iter_mut().for_each(|pattern| visit(&mut pattern.ty));
            object.names.iter_mut().for_each(&mut *visit);
            if let Rest::Typed(ty) = &mut object.rest {
                visit(ty);
            }
        }
        Shape::Union(union) => union.variants.iter_mut().for_each(|variant| visit(&mut variant.ty)),
        Shape::Nullable(inner) | Shape::Alias(inner) => visit(inner),
        Shape::Any
        | Shape::Never
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::String(_)
        | Shape::Enum(_)
        | Shape::Const(_) => {}
    }
}
