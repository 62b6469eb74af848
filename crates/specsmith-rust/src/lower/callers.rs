//! Who may call operations, by the schemes that they require.

use std::collections::BTreeMap;

use specsmith_ir::{SchemeId, SecurityRequirement};

use super::names::with;
use crate::Ident;
use crate::model::{Caller, CallerId, CallerWay, Group, Scheme};
use crate::naming::{Case, Scope, words};

/// The ways to be let through, each with the schemes that it needs.
type Ways = Vec<Vec<SchemeId>>;

/// How many schemes the name of an enum names; of more it names the first way.
const NAMED: usize = 3;

/// Gives each operation that requires something its caller, and returns all callers.
pub(super) fn lower(schemes: &[Scheme], groups: &mut [Group]) -> Vec<Caller> {
    let mut lowering = Lowering {
        schemes,
        functions: Scope::new(Case::Snake, &[]),
        enums: Scope::new(Case::Pascal, &[&["Authenticate"]]),
        names: BTreeMap::new(),
        ids: BTreeMap::new(),
        callers: Vec::new(),
    };
    for scheme in schemes {
        // The function that asks for a scheme.
        lowering.functions.give(&format!("{}_passes", scheme.function.unraw()));
    }
    for operation in groups.iter_mut().flat_map(|group| &mut group.operations) {
        operation.caller = lowering.caller(&operation.security);
    }
    lowering.callers
}

struct Lowering<'s> {
    schemes: &'s [Scheme],
    functions: Scope,
    enums: Scope,
    /// The enums by what they are of.
    names: BTreeMap<Ways, Ident>,
    ids: BTreeMap<(Ways, bool), CallerId>,
    callers: Vec<Caller>,
}

impl Lowering<'_> {
    fn caller(&mut self, security: &[SecurityRequirement]) -> Option<CallerId> {
        let mut ways = Ways::new();
        for requirement in security {
            let mut way: Vec<_> = requirement.schemes.iter().map(|required| required.scheme).collect();
            way.sort_unstable();
            way.dedup();
            if !way.is_empty() && !ways.contains(&way) {
                ways.push(way);
            }
        }
        if ways.is_empty() {
            return None;
        }
        let is_optional = security.iter().any(|requirement| requirement.schemes.is_empty());
        let key = (ways, is_optional);
        if let Some(id) = self.ids.get(&key) {
            return Some(*id);
        }
        let id = CallerId(u32::try_from(self.callers.len()).ok()?);
        let caller = self.lower(&key.0, is_optional);
        self.callers.push(caller);
        self.ids.insert(key, id);
        Some(id)
    }

    fn lower(&mut self, ways: &Ways, is_optional: bool) -> Caller {
        let all: Vec<_> = ways.iter().map(|way| self.words(way)).collect();
        let joined = match ways.iter().map(Vec::len).sum::<usize>() > NAMED && ways.len() > 1 {
            true => with(all.first().map_or(&[], Vec::as_slice), &["or", "other"]),
            false => all.join(&"or".to_owned()),
        };
        let function = match is_optional {
            true => with(&joined, &["or", "nobody"]),
            false => joined.clone(),
        };
        let mut variants = Scope::new(Case::Pascal, &[]);
        let variants = all.into_iter().map(|words| variants.claim(&[words]));
        let ways_with_names = ways.iter().zip(variants).map(|(way, variant)| CallerWay {
            variant,
            schemes: way.clone(),
        });
        Caller {
            ways: ways_with_names.collect(),
            is_optional,
            function: self.functions.claim(&[function]),
            name: (ways.len() > 1).then(|| self.name(ways, joined)),
        }
    }

    fn name(&mut self, ways: &Ways, words: Vec<String>) -> Ident {
        let enums = &mut self.enums;
        let name = self.names.entry(ways.clone());
        name.or_insert_with(|| enums.claim(&[words])).clone()
    }

    /// The words of a way: its schemes, joined by `and`.
    fn words(&self, way: &[SchemeId]) -> Vec<String> {
        let schemes = way
            .iter()
            .filter_map(|id| self.schemes.iter().find(|scheme| scheme.source == *id));
        let words: Vec<_> = schemes.map(|scheme| words(scheme.function.unraw())).collect();
        words.join(&"and".to_owned())
    }
}
