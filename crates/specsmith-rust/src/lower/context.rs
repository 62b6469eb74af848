//! What all steps of lowering share.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics, Location};
use specsmith_ir::{self as ir, Api, Origin, Shape, TypeId};

use super::complexity::{self, Use};
use super::enums;
use super::identity::Identities;
use super::memory::Memory;
use super::renames::Renames;
use super::tags::Tags;
use super::xml;
use crate::model::{Pattern, TypeItemId};
use crate::naming::Case;
use crate::{Ident, TypeOptions};

/// The state of lowering one API.
pub(super) struct Context<'a> {
    /// The API.
    pub(super) api: &'a Api,
    /// What the user decided.
    pub(super) options: &'a TypeOptions,
    /// The names that the user gives.
    pub(super) renames: Renames<'a>,
    /// The names that were given before.
    pub(super) memory: Memory<'a>,
    /// What places are told by.
    pub(super) identities: Identities,
    /// Where findings go.
    pub(super) diagnostics: &'a mut Diagnostics,
    /// Whether the body of a type is lowered that requests have beside that of responses.
    pub(super) is_second: bool,
    /// The discriminators of variants.
    pub(super) tags: Tags,
    /// Whether each type allows `null`, by its id.
    nullable: Vec<bool>,
    /// What each type is written inside of, by its id.
    uses: Vec<Use>,
    /// The names of members and parameters that one of their own values would have as well.
    bindings: BTreeSet<String>,
    /// The type definition of each type that has one, by its id.
    items: Vec<Option<TypeItemId>>,
    /// The type definitions, by their ids.
    pub(super) definitions: Vec<Definition>,
    /// The patterns that were looked at, for the engine that can run each or why none can.
    pub(super) patterns: BTreeMap<String, Result<Pattern, String>>,
    /// The root elements that bodies have in XML.
    pub(super) xml_roots: xml::Roots,
    /// What is reported once for all of its places: the first one, and how many there are.
    repeated: BTreeMap<(Code, String), (Location, usize)>,
}

/// A type definition with its name, before its body is known.
#[derive(Debug, Clone)]
pub(super) struct Definition {
    /// The type that gives it its name and prose.
    pub(super) source: TypeId,
    /// The type whose shape it has: the same, or what a named nullable wraps.
    pub(super) core: TypeId,
    /// Its name.
    pub(super) name: Ident,
    /// The words that names of types inside it begin with.
    pub(super) words: Vec<String>,
    /// The definition of the same type as responses have it, where requests have one of their own.
    pub(super) response: Option<TypeItemId>,
}

impl<'a> Context<'a> {
    pub(super) fn new(api: &'a Api, options: &'a TypeOptions, diagnostics: &'a mut Diagnostics) -> Self {
        let mut cx = Self {
            is_second: false,
            memory: Memory::of(&options.known),
            identities: Identities::default(),
            tags: Tags::of(api),
            nullable: nullable(api),
            uses: complexity::uses(api),
            bindings: enums::bindings(api),
            items: vec![None; api.types.len()],
            definitions: Vec::new(),
            patterns: BTreeMap::new(),
            xml_roots: xml::Roots::default(),
            repeated: BTreeMap::new(),
            renames: Renames::of(options),
            api,
            options,
            diagnostics,
        };
        cx.identities = Identities::of(&cx);
        cx
    }

    /// Reports a finding; once where it is about a type of responses and that of requests beside it.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        let is_same = |known: &Diagnostic| {
            (known.code, known.location, &known.message) == (diagnostic.code, diagnostic.location, &diagnostic.message)
        };
        if !self.is_second || !self.diagnostics.found().any(is_same) {
            self.diagnostics.report(diagnostic);
        }
    }

    /// Reports a finding that may come up very often, with its first place and the number of places.
    pub(super) fn report_once(&mut self, code: Code, message: String, location: Location) {
        let places = self.repeated.entry((code, message)).or_insert((location, 0));
        places.0 = places.0.min(location);
        places.1 += 1;
    }

    /// Reports what was reported once for all of its places, in the order of first places.
    pub(super) fn report_repeated(&mut self) {
        let mut all: Vec<_> = std::mem::take(&mut self.repeated).into_iter().collect();
        all.sort_by(|a, b| (a.1.0, &a.0).cmp(&(b.1.0, &b.0)));
        for ((code, message), (location, count)) in all {
            let diagnostic = Diagnostic::new(code, message).at(location);
            self.report(match count {
                1 => diagnostic,
                count => diagnostic.label(format!("the first of {count} places")),
            });
        }
    }

    /// The type of this id; `None` for an id of another arena.
    pub(super) fn ty(&self, id: TypeId) -> Option<&'a ir::Type> {
        (index(id) < self.api.types.len()).then(|| &self.api.types[id])
    }

    /// The shape of a type.
    pub(super) fn shape(&self, id: TypeId) -> &'a Shape {
        self.ty(id).map_or(&Shape::Any, |ty| &ty.shape)
    }

    /// The place of a type in the source.
    pub(super) fn location(&self, id: TypeId) -> Location {
        self.ty(id).map(|ty| ty.location).unwrap_or_default()
    }

    /// The direction that the type is for; `None` for one that serves both or none.
    pub(super) fn view(&self, id: TypeId) -> Option<&'a ir::View> {
        self.api.types.view(id)
    }

    /// The definition of the same type as responses have it, for a type that requests have beside it.
    pub(super) fn response_item(&self, id: TypeId) -> Option<TypeItemId> {
        self.item(self.view(id)?.response?)
    }

    /// Whether the type is a named schema.
    pub(super) fn is_component(&self, id: TypeId) -> bool {
        self.ty(id).is_some_and(|ty| matches!(ty.origin, Origin::Component(_)))
    }

    /// Whether the type allows `null`.
    pub(super) fn is_nullable(&self, id: TypeId) -> bool {
        self.nullable.get(index(id)).copied().unwrap_or(false)
    }

    /// What an unnamed type is written inside of.
    pub(super) fn use_of(&self, id: TypeId) -> Use {
        self.uses.get(index(id)).copied().unwrap_or_default()
    }

    /// Whether a member or a parameter has the name of a variant of these words, and such a variant as a value.
    pub(super) fn is_binding(&self, words: &[String]) -> bool {
        !self.bindings.is_empty() && self.bindings.contains(&Case::Pascal.join(words))
    }

    /// The type definition of a type, if it has one.
    pub(super) fn item(&self, id: TypeId) -> Option<TypeItemId> {
        self.items.get(index(id)).copied().flatten()
    }

    /// The name and source of a type definition.
    pub(super) fn definition(&self, id: TypeItemId) -> Option<&Definition> {
        self.definitions.get(id.0 as usize)
    }

    /// Adds a type definition and says that its types have it.
    pub(super) fn define(&mut self, definition: Definition) {
        let id = TypeItemId(u32::try_from(self.definitions.len()).unwrap_or(u32::MAX));
        for ty in [definition.source, definition.core] {
            if let Some(item) = self.items.get_mut(index(ty))
                && item.is_none()
            {
                *item = Some(id);
            }
        }
        self.definitions.push(definition);
    }

    /// The type with a shape of its own behind nullables and aliases that are not named; `id` itself where there is
    /// none.
    pub(super) fn core(&self, id: TypeId) -> TypeId {
        let mut core = id;
        for _ in 0..MAX_CHAIN {
            match self.shape(core) {
                Shape::Nullable(inner) | Shape::Alias(inner) if !self.is_component(*inner) => core = *inner,
                _ => return core,
            }
        }
        id
    }

    /// The type with a shape of its own behind nullables and aliases, named or not.
    pub(super) fn resolve(&self, id: TypeId) -> TypeId {
        let mut target = id;
        for _ in 0..MAX_CHAIN {
            match self.shape(target) {
                Shape::Nullable(inner) | Shape::Alias(inner) => target = *inner,
                _ => break,
            }
        }
        target
    }
}

/// How many nullables and aliases are followed.
const MAX_CHAIN: usize = 64;

/// The place of a type in a list by id.
pub(super) fn index(id: TypeId) -> usize {
    id.0 as usize
}

/// Whether each type allows `null`, in time linear in the number of types.
fn nullable(api: &Api) -> Vec<bool> {
    let mut known: Vec<Option<bool>> = vec![None; api.types.len()];
    for (start, _) in api.types.iter() {
        let mut path = Vec::new();
        let mut id = start;
        let answer = loop {
            match known.get(index(id)) {
                None => break false,
                Some(Some(answer)) => break *answer,
                Some(None) => {}
            }
            path.push(id);
            // An answer for now ends a chain that comes back to itself.
            set(&mut known, id, false);
            match &api.types[id].shape {
                Shape::Nullable(_) | Shape::Null => break true,
                Shape::Alias(target) => id = *target,
                _ => break false,
            }
        };
        for id in path {
            set(&mut known, id, answer);
        }
    }
    known.into_iter().map(|answer| answer.unwrap_or(false)).collect()
}

fn set(known: &mut [Option<bool>], id: TypeId, answer: bool) {
    if let Some(slot) = known.get_mut(index(id)) {
        *slot = Some(answer);
    }
}
