//! Names that were given before: they are given again before anything new is named.
//!
//! Types have one scope and name each other, so they are named twice: first only what is known, as if the document had
//! nothing else (`rehearsal`), then everything, around those names. In all other scopes the known ones are named first.

use std::collections::BTreeMap;

use specsmith_diagnostics::Diagnostics;
use specsmith_ir::Api;

use super::context::Context;
use super::identity::Identity;
use super::{groups, names, renames};
use crate::known::{KnownNames, Mark};
use crate::naming::Scope;
use crate::{Ident, TypeOptions};

/// The scopes that all types and operations share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shared {
    /// Names of types.
    Types,
    /// Functions of the server.
    Functions,
    /// Methods of the client that lead to groups.
    Accessors,
}

/// What is to be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Only what is known.
    Known,
    /// Everything.
    All,
}

/// What is known of names, and what is worth knowing of those that are given now.
#[derive(Debug)]
pub(super) struct Memory<'a> {
    known: &'a KnownNames,
    part: Part,
    /// The names that known places had.
    given: BTreeMap<(Shared, Identity), Ident>,
    /// What is worth knowing the next time.
    kept: KnownNames,
}

impl<'a> Memory<'a> {
    pub(super) fn of(known: &'a KnownNames) -> Self {
        Self {
            known,
            part: Part::All,
            given: BTreeMap::new(),
            kept: KnownNames::default(),
        }
    }

    /// Whether no names were given before.
    pub(super) fn knows_nothing(&self) -> bool {
        self.known.is_empty()
    }

    /// Whether a place was there.
    pub(super) fn has(&self, place: &Identity) -> bool {
        match self.known.places.get(&place.root) {
            None => false,
            Some(_) if place.inside.is_empty() => true,
            Some(marks) => marks.contains(&Mark::of(&place.inside)) || self.name(place).is_some(),
        }
    }

    /// The name of a place that had to yield.
    pub(super) fn name(&self, place: &Identity) -> Option<&'a str> {
        match self.known.names.is_empty() {
            true => None,
            false => self.known.names.get(&place.text()).map(String::as_str),
        }
    }

    /// Whether a place is to be named.
    pub(super) fn takes(&self, place: &Identity) -> bool {
        self.part == Part::All || self.has(place)
    }

    /// Names something in a scope that all share; a name that it had is taken there already.
    pub(super) fn claim(
        &mut self,
        of: Shared,
        scope: &mut Scope,
        place: &Identity,
        candidates: &[Vec<String>],
    ) -> Ident {
        let known = match self.part {
            Part::All => self.given.get(&(of, place.clone())).cloned(),
            Part::Known => self.name(place).and_then(|name| scope.give(name)),
        };
        let name = known.unwrap_or_else(|| scope.claim(candidates));
        let first = candidates.first().map(|first| scope.ident(first));
        self.keep_name(place, &name, first.as_ref());
        if self.part == Part::Known {
            self.given.insert((of, place.clone()), name.clone());
        }
        name
    }

    /// Takes the names that known places had, but for those that the user gave to something else.
    pub(super) fn reserve(&mut self, of: Shared, scope: &mut Scope) {
        self.given
            .retain(|(shared, _), name| *shared != of || scope.give(name.unraw()).is_some());
    }

    /// Remembers that a named thing is there.
    pub(super) fn keep_root(&mut self, place: &Identity) {
        self.kept.places.entry(place.root.clone()).or_default();
    }

    /// Remembers that a place is there.
    pub(super) fn keep(&mut self, place: &Identity) {
        let marks = self.kept.places.entry(place.root.clone()).or_default();
        if place.inside.is_empty() {
            return;
        }
        marks.insert(Mark::of(&place.inside));
    }

    /// Remembers the name of a place that is not its first choice.
    pub(super) fn keep_name(&mut self, place: &Identity, name: &Ident, first: Option<&Ident>) {
        if first != Some(name) {
            self.kept.places.entry(place.root.clone()).or_default();
            self.kept.names.insert(place.text(), name.unraw().to_owned());
        }
    }

    /// What is worth knowing the next time.
    pub(super) fn into_kept(self) -> KnownNames {
        self.kept
    }

    /// Names the members of one scope, in their order: those that the user names have their names already; then names
    /// that yielded, then known members, then new ones, each by rank.
    pub(super) fn members(&mut self, scope: &mut Scope, members: Vec<Member>) -> Vec<Ident> {
        let mut names: Vec<Option<Ident>> = Vec::with_capacity(members.len());
        for member in &members {
            names.push(match (&member.renamed, self.name(&member.place)) {
                (Some(name), _) => Some(name.clone()),
                (None, Some(name)) => scope.give(name),
                (None, None) => None,
            });
        }
        let mut order: Vec<(bool, usize, usize)> = Vec::with_capacity(members.len());
        for (index, member) in members.iter().enumerate() {
            order.push((!self.has(&member.place), member.rank, index));
        }
        order.sort_unstable();
        for (is_new, _, index) in order {
            let (Some(member), Some(name)) = (members.get(index), names.get_mut(index)) else {
                continue;
            };
            name.get_or_insert_with(|| match &member.first {
                Some(first) if !is_new => {
                    let all: Vec<_> = [first].into_iter().chain(&member.candidates).cloned().collect();
                    scope.claim(&all)
                }
                _ => scope.claim(&member.candidates),
            });
        }
        let names: Vec<Ident> = names.into_iter().flatten().collect();
        for (member, name) in members.iter().zip(&names) {
            self.keep_member(scope, member, name);
        }
        names
    }

    fn keep_member(&mut self, scope: &Scope, member: &Member, name: &Ident) {
        let first = member.first.as_ref().or(member.candidates.first());
        let first = first.map(|first| scope.ident(first));
        match (&member.renamed, first.as_ref() == Some(name)) {
            (Some(_), _) => {}
            (None, false) => self.keep_name(&member.place, name, None),
            (None, true) if member.is_safe => {}
            (None, true) => self.keep(&member.place),
        }
    }
}

/// Something that gets a name in the scope of its owner.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// Its place.
    pub(super) place: Identity,
    /// What it can be called.
    pub(super) candidates: Vec<Vec<String>>,
    /// What it was called if it is known, where that is none of what it could be called now.
    pub(super) first: Option<Vec<String>>,
    /// Members of lower rank choose first.
    pub(super) rank: usize,
    /// Whether nothing that is added can take its first choice.
    pub(super) is_safe: bool,
    /// The name that the user gives it.
    pub(super) renamed: Option<Ident>,
}

impl Member {
    /// A member that has no rank and no name of the user.
    pub(super) fn new(place: Identity, candidates: Vec<Vec<String>>) -> Self {
        Self {
            place,
            candidates,
            first: None,
            rank: 0,
            is_safe: false,
            renamed: None,
        }
    }
}

/// Gives each known place the name that it had, as if there were nothing else.
pub(super) fn rehearse<'a>(api: &'a Api, options: &'a TypeOptions, cx: &mut Context<'a>) {
    if options.known.is_empty() {
        return;
    }
    let mut diagnostics = Diagnostics::new();
    let mut rehearsal = Context::new(api, options, &mut diagnostics);
    rehearsal.memory.part = Part::Known;
    let mut scope = names::type_scope();
    renames::types(&mut rehearsal, &mut scope);
    names::components(&mut rehearsal, &mut scope);
    groups::plan(&mut rehearsal, &mut scope);
    let operations = names::operations(&mut rehearsal, &mut scope);
    names::webhook(&mut rehearsal, &mut scope);
    names::inline(&mut rehearsal, &mut scope, &operations);
    cx.memory.given = std::mem::take(&mut rehearsal.memory.given);
}
