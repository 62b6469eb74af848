//! Short names for the methods of a client's group: `listBooks` is `list` where the group is `Books`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use specsmith_ir as ir;

use super::actions::{self, Said};
use super::bodies;
use super::context::Context;
use super::names::{OperationNames, WordSource};
use super::shorten::{Clarity, Short, is_same, shorten};
use crate::Ident;
use crate::naming::{Case, Scope, reserved};

/// The names of the methods of a group in the order of its operations: known ones have those that they had.
pub(super) fn remembered(cx: &mut Context<'_>, tag: &[String], operations: &[(&usize, &OperationNames)]) -> Vec<Ident> {
    let places: Vec<_> = operations
        .iter()
        .map(|(index, _)| cx.identities.of_operation(**index))
        .collect();
    let all: Vec<Wanted<'_>> = operations
        .iter()
        .map(|(index, operation)| wanted(cx, tag, **index, operation))
        .collect();
    // What other bodies were sent by.
    let bodies = operations.iter().zip(&places).filter_map(|((index, _), place)| {
        let body = cx.api.operations.get(**index)?.request_body.as_ref();
        Some(bodies::remembered(cx, body.filter(|body| body.required)?, place))
    });
    let bodies: Vec<Ident> = bodies.flat_map(BTreeMap::into_values).collect();
    let is_known: Vec<bool> = places.iter().map(|place| cx.memory.has(place)).collect();
    let mut given: Vec<Option<Ident>> = vec![None; all.len()];
    if is_known.contains(&true) {
        let (mut known, mut yielded) = (Vec::new(), Vec::new());
        for ((operation, place), _) in all.iter().zip(&places).zip(&is_known).filter(|(_, known)| **known) {
            known.push(operation.clone());
            yielded.push(cx.memory.name(&place.inside(&[METHOD])).map(Ident::from_name));
        }
        let slots = given.iter_mut().zip(&is_known).filter(|(_, known)| **known);
        for ((slot, _), name) in slots.zip(names(&known, &yielded, &bodies)) {
            *slot = Some(name);
        }
    }
    let names = names(&all, &given, &bodies);
    for ((operation, place), name) in all.iter().zip(&places).zip(&names) {
        let first = operation.short.as_ref().map_or(&*operation.full, |short| &short.words);
        let first = Ident::from_name(&Case::Snake.join(first));
        cx.memory.keep_name(&place.inside(&[METHOD]), name, Some(&first));
    }
    names
}

/// The step to the method of an operation.
const METHOD: &str = "method";

/// What a method can be called.
#[derive(Debug, Clone)]
struct Wanted<'n> {
    /// All words of the operation; without those of the tag where its number tells it apart.
    full: Cow<'n, [String]>,
    /// The name without what the group says.
    short: Option<Short>,
}

/// The name of the operation without the tag. A name that says just method and path is no name, nor is what tools add to
/// one.
fn wanted<'n>(cx: &Context<'_>, tag: &[String], index: usize, names: &'n OperationNames) -> Wanted<'n> {
    let full = names.words.as_slice();
    let Some(operation) = cx.api.operations.get(index) else {
        let full = Cow::Borrowed(full);
        return Wanted { full, short: None };
    };
    let said = match names.source {
        WordSource::Path => Said::Nothing,
        WordSource::Name if is_same(full, tag) && actions::is_just_group(full, operation, tag) => Said::Nothing,
        WordSource::Name => actions::said(full, operation),
    };
    let of_path = |words: Vec<String>| Short {
        words,
        clarity: Clarity::Path,
    };
    let short = match said {
        Said::Nothing => {
            let by_path = actions::name(operation, tag);
            // The verb stays, even if it could be the tag.
            let short = |words: &[String]| {
                let short = shorten(tag, words, operation, WordSource::Name)?.words;
                Some(short).filter(|short| short.first() == words.first())
            };
            by_path
                .map(|words| short(&words).unwrap_or(words))
                .or_else(|| shorten(tag, full, operation, names.source).map(|short| short.words))
                .map(of_path)
        }
        Said::Before(words) => shorten(tag, &words, operation, names.source).or_else(|| Some(of_path(words))),
        Said::All => {
            let short = shorten(tag, full, operation, names.source);
            if let Some(without) = without_number(tag, full, operation) {
                let full = short.map_or(Cow::Borrowed(full), |short| Cow::Owned(short.words));
                let short = Some(without);
                return Wanted { full, short };
            }
            short
        }
    };
    let full = Cow::Borrowed(full);
    Wanted { full, short }
}

/// The name without the number that tools add to names which repeat in the document: `getBook_2`.
fn without_number(tag: &[String], full: &[String], operation: &ir::Operation) -> Option<Short> {
    let (plain, number) = operation.name.as_deref()?.rsplit_once('_')?;
    let is_number = matches!(number.len(), 1 | 2) && number.bytes().all(|byte| byte.is_ascii_digit());
    let (last, words) = full.split_last()?;
    if !is_number || !plain.bytes().all(|byte| byte.is_ascii_alphanumeric()) || last != number || words.is_empty() {
        return None;
    }
    let words = shorten(tag, words, operation, WordSource::Name).map_or_else(|| words.to_vec(), |short| short.words);
    let clarity = Clarity::Open;
    Some(Short { words, clarity })
}

/// The names of the methods of a group in the order of its operations, each once; some are given, and some taken.
///
/// A name without the words of the tag is taken by just one operation: the one whose full name it is, else the one
/// that is [surest](Clarity) of it, else none. The others keep their full names, so the order of operations does not
/// matter.
fn names(operations: &[Wanted<'_>], known: &[Option<Ident>], taken: &[Ident]) -> Vec<Ident> {
    let short: Vec<Option<&Short>> = operations.iter().map(|operation| operation.short.as_ref()).collect();
    let mut wanted: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
    for (index, name) in short.iter().enumerate() {
        if let Some(name) = name {
            wanted.entry(&name.words).or_default().push(index);
        }
    }
    let mut scope = Scope::new(Case::Snake, &[reserved::GROUP_METHODS]);
    for name in taken {
        scope.give(name.unraw());
    }
    let mut given: Vec<Option<Ident>> = vec![None; operations.len()];
    for (slot, known) in given.iter_mut().zip(known) {
        *slot = known.as_ref().and_then(|name| scope.give(name.unraw()));
    }
    // Full names that must be kept come first, so that no short one takes them.
    for (index, operation) in operations.iter().enumerate() {
        if given.get(index).is_some_and(Option::is_some) {
            continue;
        }
        let wins = short.get(index).copied().flatten().is_some_and(|name| {
            let rivals = wanted.get(name.words.as_slice()).map(Vec::as_slice).unwrap_or_default();
            let is_full_name = operations.iter().any(|other| *other.full == *name.words);
            !is_full_name && winner(&short, rivals) == Some(index) && scope.is_free(&name.words)
        });
        if !wins {
            let name = scope.claim(&[
                operation.full.to_vec(),
                super::names::with(&operation.full, &["operation"]),
            ]);
            set(&mut given, index, name);
        }
    }
    for (index, name) in short.iter().enumerate() {
        if given.get(index) == Some(&None)
            && let (Some(name), Some(operation)) = (name, operations.get(index))
        {
            let name = scope.claim(&[name.words.clone(), operation.full.to_vec()]);
            set(&mut given, index, name);
        }
    }
    given.into_iter().flatten().collect()
}

/// Which of the operations that have the same short name takes it.
fn winner(short: &[Option<&Short>], rivals: &[usize]) -> Option<usize> {
    if let [only] = rivals {
        return Some(*only);
    }
    let clarity = |index: &usize| Some(short.get(*index)?.as_ref()?.clarity);
    let surest = rivals.iter().filter_map(clarity).min()?;
    let mut surest = rivals.iter().filter(|index| clarity(index) == Some(surest));
    match (surest.next(), surest.next()) {
        (Some(only), None) => Some(*only),
        _ => None,
    }
}

fn set(given: &mut [Option<Ident>], index: usize, name: Ident) {
    if let Some(slot) = given.get_mut(index) {
        *slot = Some(name);
    }
}
