//! Unnamed types that say the same: one of them is written out, and the others are other names for it.
//!
//! Every place keeps its name, so that programs do not notice which one is written out, nor that a place says something
//! of its own one day. Schemas with names are told apart by whoever named them, so each is a type of its own, which
//! unnamed ones may be another name for.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::mem::{Discriminant, discriminant};

use specsmith_ir::TypeId;

use super::context::Context;
use super::graph::named_mut;
use super::rules;
use crate::Deprecation;
use crate::model::{Derive, Model, Rule, RuleLine, RustType, TypeBody, TypeItem, TypeItemId, Usage, View};

/// Finds what says the same, and lets all but one of it be other names. Types must be finished, and rules too.
pub(super) fn join(cx: &Context<'_>, model: &mut Model) {
    let mut together: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, class) in classes(cx, model).into_iter().enumerate() {
        together.entry(class).or_default().push(index);
    }
    for members in together.into_values().filter(|members| members.len() > 1) {
        let is_named = |index: usize| {
            let source = model.types.get(index).map(|item| item.source);
            source.is_some_and(|source| cx.is_component(source))
        };
        let Some(written) = members.iter().copied().min_by_key(|index| rank(cx, model, *index)) else {
            continue;
        };
        let others: Vec<usize> = members
            .into_iter()
            .filter(|it| *it != written && !is_named(*it))
            .collect();
        name(model, written, &others);
    }
}

/// Which of those that say the same is written out: the first schema with a name, then one that the user names, then the
/// one with the shortest name.
fn rank(cx: &Context<'_>, model: &Model, index: usize) -> Option<(bool, bool, usize, usize)> {
    let item = model.types.get(index)?;
    let is_named = cx.is_component(item.source);
    let is_renamed = cx.renames.of_type(item.source).is_some();
    let length = if is_named { 0 } else { item.name.as_str().len() };
    Some((!is_named, !is_renamed, length, index))
}

/// Makes definitions other names for one that says the same; what uses one of them uses all.
fn name(model: &mut Model, written: usize, others: &[usize]) {
    let id = |index: usize| TypeItemId(u32::try_from(index).unwrap_or(u32::MAX));
    let mut usage = Usage::default();
    let all = || others.iter().copied().chain([written]);
    for item in all().filter_map(|index| model.types.get(index)) {
        usage.requests |= item.usage.requests;
        usage.responses |= item.usage.responses;
    }
    for index in all() {
        let Some(item) = model.types.get_mut(index) else {
            continue;
        };
        item.usage = usage;
        if index != written {
            item.same_as = Some(id(written));
            model.rules.types.remove(&id(index));
        }
    }
}

/// The class of each definition, by the place of one in it: those of one class say the same.
///
/// A definition is looked at behind its parts, and schemas with names are parts as they are, so each is looked at once.
/// What holds itself without such a schema in between is the same as nothing.
fn classes(cx: &Context<'_>, model: &Model) -> Vec<usize> {
    let forms = forms(model);
    let mut classes = Classes {
        is_named: model.types.iter().map(|item| cx.is_component(item.source)).collect(),
        known: HashMap::new(),
        states: vec![State::New; forms.len()],
    };
    for start in 0..forms.len() {
        let mut open = Vec::from_iter(classes.enter(start).then_some((start, 0)));
        while let Some((index, next)) = open.last_mut() {
            let (index, place) = (*index, *next);
            *next += 1;
            let form = forms.get(index).and_then(Option::as_ref);
            match form.and_then(|(_, parts)| parts.get(place)) {
                Some(part) if classes.is_named(*part) => {}
                Some(part) => open.extend(classes.enter(part.0 as usize).then_some((part.0 as usize, 0))),
                None => {
                    open.pop();
                    classes.settle(index, form);
                }
            }
        }
    }
    classes
        .states
        .into_iter()
        .enumerate()
        .map(|(index, state)| state.class().unwrap_or(index))
        .collect()
}

/// The classes while they are found.
struct Classes {
    is_named: Vec<bool>,
    /// The class by the form and the classes of the parts.
    known: HashMap<(usize, Vec<usize>), usize>,
    states: Vec<State>,
}

/// How far a definition was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done(usize),
}

impl State {
    fn class(self) -> Option<usize> {
        match self {
            State::Done(class) => Some(class),
            State::New | State::Open => None,
        }
    }
}

impl Classes {
    fn is_named(&self, id: TypeItemId) -> bool {
        self.is_named.get(id.0 as usize) == Some(&true)
    }

    /// Opens a definition that was not looked at yet.
    fn enter(&mut self, index: usize) -> bool {
        match self.states.get_mut(index) {
            Some(state) if *state == State::New => {
                *state = State::Open;
                true
            }
            _ => false,
        }
    }

    /// Finds the class of a definition whose parts were looked at.
    fn settle(&mut self, index: usize, form: Option<&(usize, Vec<TypeItemId>)>) {
        let key = form.and_then(|(form, parts)| {
            let parts = parts.iter().map(|part| match self.is_named(*part) {
                true => Some(part.0 as usize),
                false => self.states.get(part.0 as usize)?.class(),
            });
            Some((*form, parts.collect::<Option<Vec<usize>>>()?))
        });
        let class = key.map_or(index, |key| *self.known.entry(key).or_insert(index));
        if let Some(state) = self.states.get_mut(index) {
            *state = State::Done(class);
        }
    }
}

/// The form of each definition as a number, and the definitions that it names; `None` for what is the same as no other.
fn forms(model: &Model) -> Vec<Option<(usize, Vec<TypeItemId>)>> {
    let mut alike: HashMap<u64, usize> = HashMap::new();
    let outlines: Vec<Option<u64>> = model.types.iter().map(outline).collect();
    for outline in outlines.iter().flatten() {
        *alike.entry(*outline).or_default() += 1;
    }
    let mut known: HashMap<Form, usize> = HashMap::new();
    let forms = model.types().zip(outlines).map(|((id, item), outline)| {
        outline.filter(|outline| alike.get(outline).is_some_and(|count| *count > 1))?;
        let mut parts = Vec::new();
        let form = Form::of(model, id, item, &mut parts);
        let new = known.len();
        Some((*known.entry(form).or_insert(new), parts))
    });
    forms.collect()
}

/// What two definitions have in common that say the same, told at a glance; `None` for what is never another name: what
/// requests and responses have beside each other, and what is made by its name.
fn outline(item: &TypeItem) -> Option<u64> {
    if item.view != View::Both {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    match &item.body {
        TypeBody::Struct(body) => body.fields.iter().for_each(|field| field.wire.hash(&mut hasher)),
        TypeBody::Enum(body) => body.variants.iter().for_each(|variant| variant.value.hash(&mut hasher)),
        TypeBody::Union(body) => body.variants.iter().for_each(|variant| variant.name.hash(&mut hasher)),
        TypeBody::Tuple(_) | TypeBody::Newtype(_) | TypeBody::Alias(_) => return None,
    }
    let kind: Discriminant<TypeBody> = discriminant(&item.body);
    kind.hash(&mut hasher);
    Some(hasher.finish())
}

/// All that is written for a definition but its name, what is said about the whole, and the names of its parts.
#[derive(PartialEq, Eq, Hash)]
struct Form {
    deprecated: Option<Deprecation>,
    derives: Vec<Derive>,
    extra_derives: Vec<String>,
    attributes: Vec<String>,
    body: TypeBody,
    rules: Vec<RuleLine>,
}

impl Form {
    /// The form of a definition; the definitions that it names go into `parts`.
    fn of(model: &Model, id: TypeItemId, item: &TypeItem, parts: &mut Vec<TypeItemId>) -> Self {
        let mut rules = model.rules.types.get(&id).cloned().unwrap_or_default();
        for line in &mut rules {
            rules::for_each_mut(&mut line.set.rules, &mut |rule| {
                // It is the definition that the part names.
                if let Rule::Nested(id) = rule {
                    *id = NO_ONE;
                }
            });
        }
        Self {
            deprecated: item.deprecated.clone(),
            derives: item.derives.clone(),
            extra_derives: item.extra_derives.clone(),
            attributes: item.attributes.clone(),
            body: nameless(item.body.clone(), parts),
            rules,
        }
    }
}

/// Stands for any definition.
const NO_ONE: TypeItemId = TypeItemId(u32::MAX);

/// A body that names no definitions; those that it named go into `parts`.
fn nameless(mut body: TypeBody, parts: &mut Vec<TypeItemId>) -> TypeBody {
    let mut take = |ty: &mut RustType| {
        named_mut(ty, &mut |id, ty| {
            parts.push(id);
            *ty = RustType::Named(NO_ONE);
        });
    };
    match &mut body {
        TypeBody::Struct(body) => {
            body.fields.iter_mut().for_each(|field| take(&mut field.ty));
            body.patterns
                .iter_mut()
                .for_each(|pattern| take(&mut pattern.field.values));
            body.rest.iter_mut().for_each(|rest| take(&mut rest.values));
        }
        TypeBody::Union(body) => {
            for variant in &mut body.variants {
                variant.source = TypeId(u32::MAX);
                take(&mut variant.ty);
            }
        }
        TypeBody::Tuple(_) | TypeBody::Newtype(_) | TypeBody::Alias(_) | TypeBody::Enum(_) => {}
    }
    body
}
