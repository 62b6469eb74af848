//! Short names for the methods of a client's group: `listBooks` is `list` where the group is `Books`.

use std::collections::BTreeMap;

use super::actions::{self, Said};
use super::context::Context;
use super::names::{OperationNames, WordSource};
use crate::Ident;
use crate::naming::{Case, Scope, is_plural, reserved, singular};

/// Words that a name does not begin with: they need what is left out before them.
const CONNECTING: &[&str] = &[
    "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "to", "with",
];

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
    let is_known: Vec<bool> = places.iter().map(|place| cx.memory.has(place)).collect();
    let mut given: Vec<Option<Ident>> = vec![None; all.len()];
    if is_known.contains(&true) {
        let (mut known, mut yielded) = (Vec::new(), Vec::new());
        for ((operation, place), _) in all.iter().zip(&places).zip(&is_known).filter(|(_, known)| **known) {
            known.push(operation.clone());
            yielded.push(cx.memory.name(&place.inside(&[METHOD])).map(Ident::from_name));
        }
        let slots = given.iter_mut().zip(&is_known).filter(|(_, known)| **known);
        for ((slot, _), name) in slots.zip(names(&known, &yielded)) {
            *slot = Some(name);
        }
    }
    let names = names(&all, &given);
    for ((operation, place), name) in all.iter().zip(&places).zip(&names) {
        let first = operation.short.as_ref().map_or(operation.full, |short| &short.words);
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
    /// All words of the operation.
    full: &'n [String],
    /// The name without what the group says.
    short: Option<Short>,
}

/// The name of the operation without the tag. A name that says just method and path is no name, nor is what tools add to
/// one.
fn wanted<'n>(cx: &Context<'_>, tag: &[String], index: usize, names: &'n OperationNames) -> Wanted<'n> {
    let full = names.words.as_slice();
    let Some(operation) = cx.api.operations.get(index) else {
        return Wanted { full, short: None };
    };
    let said = match names.source {
        WordSource::Path => Said::Nothing,
        WordSource::Name => actions::said(full, operation),
    };
    let is_named = !matches!(said, Said::Nothing);
    let short = match said {
        Said::Nothing => actions::name(operation, tag)
            .map(Short::of_path)
            .or_else(|| shorten(tag, full, names.source)),
        Said::Before(words) => shorten(tag, &words, names.source).or_else(|| Some(Short::of_path(words))),
        Said::All => shorten(tag, full, names.source),
    };
    let short = short.map(|short| Short { is_named, ..short });
    Wanted { full, short }
}

/// The names of the methods of a group in the order of its operations, each once; some are given.
///
/// A name without the words of the tag is taken by just one operation: the one whose full name it is, else the one
/// that the document names beside others that it does not, else the one that says the tag in the singular (`getBook`
/// beside `getBooks`), else none. The others keep their full names, so the order of operations does not matter.
fn names(operations: &[Wanted<'_>], known: &[Option<Ident>]) -> Vec<Ident> {
    let short: Vec<Option<&Short>> = operations.iter().map(|operation| operation.short.as_ref()).collect();
    let mut wanted: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
    for (index, name) in short.iter().enumerate() {
        if let Some(name) = name {
            wanted.entry(&name.words).or_default().push(index);
        }
    }
    let mut scope = Scope::new(Case::Snake, &[reserved::GROUP_METHODS]);
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
            let is_full_name = operations.iter().any(|other| other.full == name.words);
            !is_full_name && winner(&short, rivals) == Some(index) && scope.is_free(&name.words)
        });
        if !wins {
            let name = scope.claim(&[
                operation.full.to_vec(),
                super::names::with(operation.full, &["operation"]),
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

/// A name without the words of the tag.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Short {
    words: Vec<String>,
    /// Whether the tag was said in the singular.
    is_singular: bool,
    /// Whether the document names the operation.
    is_named: bool,
}

impl Short {
    /// A name that is clear without the tag.
    fn of_path(words: Vec<String>) -> Self {
        Self {
            words,
            is_singular: true,
            is_named: false,
        }
    }
}

/// Which of the operations that have the same short name takes it.
fn winner(short: &[Option<&Short>], rivals: &[usize]) -> Option<usize> {
    if let [only] = rivals {
        return Some(*only);
    }
    let only = |holds: fn(&Short) -> bool| {
        let mut all = rivals
            .iter()
            .filter(|index| matches!(short.get(**index), Some(Some(name)) if holds(name)));
        match (all.next(), all.next()) {
            (Some(only), None) => Some(*only),
            _ => None,
        }
    };
    // What has a name of its own does not yield to what is called after its method and path.
    only(|name| name.is_named).or_else(|| only(|name| name.is_singular))
}

/// Words that can stand between a verb and the tag.
const ADJECTIVES: &[&str] = &["a", "all", "an", "current", "my", "new", "one", "own", "single", "the"];

/// Verbs of collections: `listBooks` is `list`. With any other verb the name may come to be that of one thing: `getBooks`
/// is not `get`, which `getBook` will be as soon as it is there.
const OF_COLLECTIONS: &[&str] = &[
    "all", "batch", "browse", "bulk", "count", "export", "filter", "find", "import", "index", "list", "query", "scan",
    "search", "sync",
];

/// The words without those of the tag, where they stand first or right behind the verb and something that can begin a
/// name is left: `createBookingPayment` is not `create_booking`.
fn shorten(tag: &[String], words: &[String], source: WordSource) -> Option<Short> {
    let (last, before) = tag.split_last()?;
    let is_tag = |window: &[String]| {
        window.split_last().is_some_and(|(end, start)| {
            start == before && (end == last || singular(end) == *last || *end == singular(last))
        })
    };
    let at = words.windows(tag.len()).position(is_tag)?;
    if at > 1 && !(at == 2 && words.get(1).is_some_and(|word| ADJECTIVES.contains(&word.as_str()))) {
        return None;
    }
    let end = words.get(at + tag.len() - 1)?;
    let rest: Vec<String> = words
        .iter()
        .take(at)
        .chain(words.iter().skip(at + tag.len()))
        .cloned()
        .collect();
    let first = rest.first()?;
    let can_begin = !CONNECTING.contains(&first.as_str()) && !first.starts_with(|c: char| c.is_ascii_digit());
    let is_singular = !is_plural(end);
    let is_clear = is_singular
        || source == WordSource::Path
        || !matches!(rest.as_slice(), [verb] if !OF_COLLECTIONS.contains(&verb.as_str()));
    (can_begin && is_clear).then_some(Short {
        is_singular,
        is_named: true,
        words: rest,
    })
}

fn set(given: &mut [Option<Ident>], index: usize, name: Ident) {
    if let Some(slot) = given.get_mut(index) {
        *slot = Some(name);
    }
}
