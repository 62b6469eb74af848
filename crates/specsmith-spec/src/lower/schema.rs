//! Schema Objects to types.
//!
//! Each schema node becomes at most one type. A type is reserved where a schema is first met and lowered later from a
//! work list, so chains and circles of `$ref` cost no stack:
//!
//! 1. [`reduce`](reduce) tells whether a schema is only a reference to another one; then it has no type of its own.
//! 2. [`part`](part) unfolds `$ref` and `allOf` into the list of Schema Objects that must all hold.
//! 3. The shape is made from that list: [`union`](union), [`values`](values), [`kind`](kind), then
//!    [`object`](object), [`array`](array) or [`scalar`](scalar).
//! 4. When the list is empty, [`settle`](settle) finishes what needs the shapes of other types: nullables of nullables,
//!    unions and how they are told apart ([`decide`](decide)), and defaults.

mod annotation;
mod array;
mod assert;
mod default;
mod discriminator;
mod implied;
mod keyword;
mod kind;
mod nullable;
mod object;
mod part;
mod pattern;
mod place;
mod reduce;
mod referent;
mod scalar;
mod settle;
mod union;
mod values;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{Assertion, Assertions, Origin, Owner, Shape, Step, Type, TypeId};

use self::{
    assert::Transliterated,
    part::{Part, PartKey},
    reduce::Reduced,
    union::Draft,
    values::Listed,
};
pub(crate) use self::{
    keyword::constrains,
    nullable::{is_only_null, says_null},
};
pub(super) use self::{kind::stated, referent::refers};
use super::context::Context;
use crate::{Node, NodeId};

/// What lowering of schemas keeps beside the types.
#[derive(Default)]
pub(super) struct Schemas<'d> {
    /// Types that are reserved and not yet defined.
    pending: VecDeque<Job<'d>>,
    /// The named schemas and their names.
    components: Option<BTreeMap<NodeId, &'d str>>,
    /// The named schemas that list another one in `allOf`, by that other one.
    children: Option<BTreeMap<NodeId, Vec<Node<'d>>>>,
    /// The type of each list of schemas that must hold together without a node of their own.
    merged: BTreeMap<Vec<PartKey>, TypeId>,
    /// Types whose origin was worked out from the place of their node, because a reference came first.
    guessed: BTreeSet<TypeId>,
    /// Nodes whose keywords were checked.
    checked: BTreeSet<NodeId>,
    /// Those of them that the API leads to, when all of it is lowered.
    reached: BTreeSet<NodeId>,
    /// What is known about unions until they are settled.
    drafts: BTreeMap<TypeId, Draft>,
    /// Defaults of fields until they are checked.
    defaults: Vec<default::Claim<'d>>,
    /// What the branches of the union that was asked about last list.
    listed: Listed,
    /// The schemas that assertions refer to.
    transliterated: Transliterated<'d>,
    /// How many types are settled.
    settled: usize,
    /// How much was spent of the limit of merging.
    spent: usize,
}

impl Schemas<'_> {
    /// Takes note that all schemas that the API leads to are lowered.
    pub(super) fn close(&mut self) {
        self.reached.append(&mut self.checked);
    }

    /// The schemas that the API leads to, in the order of the document.
    pub(super) fn reached(&self) -> impl Iterator<Item = NodeId> {
        self.reached.iter().copied()
    }
}

/// A type that is reserved, and the schemas that it is made of.
struct Job<'d> {
    id: TypeId,
    roots: Vec<Part<'d>>,
}

impl<'d> Context<'d, '_> {
    /// The type of a schema that stands at `origin`; the same node gives the same type each time.
    ///
    /// A `$ref` to a named schema gives the type of that schema. The type is finished when this returns.
    pub(super) fn schema(&mut self, node: Node<'d>, origin: Origin) -> TypeId {
        let id = self.schema_type(node, || origin.clone());
        if self.schema_state.guessed.remove(&id) && self.is_made_of(id, node) {
            self.types[id].origin = origin;
        }
        self.finish_schemas();
        settle::through_inline(&self.types, id)
    }

    /// Lowers all of `components/schemas`, in the order of the document.
    pub(super) fn component_schemas(&mut self) {
        let Some(schemas) = self
            .document
            .root()
            .get("components")
            .and_then(|components| components.get("schemas"))
        else {
            return;
        };
        for (key, node) in schemas.members() {
            self.schema_type(node, || Origin::Component(key.name.clone()));
        }
        self.finish_schemas();
    }

    /// The type of a schema, which may not be defined yet.
    fn schema_type(&mut self, node: Node<'d>, origin: impl FnOnce() -> Origin) -> TypeId {
        let (id, chain) = self.chase(node, origin);
        for node in chain {
            self.schemas.insert(node.id(), id);
        }
        id
    }

    /// The type at the end of a chain of schemas that only refer to the next one, and the chain.
    fn chase(&mut self, start: Node<'d>, origin: impl FnOnce() -> Origin) -> (TypeId, Vec<Node<'d>>) {
        let mut chain = Vec::new();
        let mut seen = BTreeSet::new();
        let mut node = start;
        loop {
            if let Some(id) = self.schemas.get(&node.id()) {
                return (*id, chain);
            }
            chain.push(node);
            if !seen.insert(node.id()) {
                self.report(circular(node));
                let origin = self.standing(node);
                return (self.types.reserve(origin, node.location()), chain);
            }
            if let Some(name) = self.component_name(node) {
                let origin = Origin::Component(name.to_owned());
                return (self.reserve(node, origin), chain);
            }
            match self.reduce(node) {
                Reduced::Same {
                    target,
                    nullable: false,
                } => node = target,
                Reduced::Own | Reduced::Same { .. } => break,
            }
        }
        let id = if node == start {
            self.reserve(node, origin())
        } else {
            let origin = self.standing(node);
            let id = self.reserve(node, origin);
            self.schema_state.guessed.insert(id);
            id
        };
        (id, chain)
    }

    /// Reserves the type of a schema of its own and puts it on the work list.
    fn reserve(&mut self, node: Node<'d>, origin: Origin) -> TypeId {
        self.reserve_parts(vec![Part::whole(node)], origin, node)
    }

    /// Reserves the type of schemas that must hold together.
    fn reserve_parts(&mut self, roots: Vec<Part<'d>>, origin: Origin, place: Node<'d>) -> TypeId {
        let id = self.types.reserve(origin, place.location());
        self.schema_state.pending.push_back(Job { id, roots });
        id
    }

    /// The type of schemas that must hold together; the same schemas give the same type.
    fn merged_type(&mut self, roots: Vec<Part<'d>>, origin: Origin, place: Node<'d>) -> TypeId {
        let mut key: Vec<PartKey> = self.unfold(&roots).iter().map(Part::key).collect();
        key.sort_unstable();
        if let Some(id) = self.schema_state.merged.get(&key) {
            return *id;
        }
        let id = if self.spend(key.len(), place) {
            self.reserve_parts(roots, origin, place)
        } else {
            self.types.reserve(origin, place.location())
        };
        self.schema_state.merged.insert(key, id);
        id
    }

    /// Defines and settles everything on the work list.
    fn finish_schemas(&mut self) {
        while let Some(job) = self.schema_state.pending.pop_front() {
            self.define(job);
        }
        let settled = self.settle();
        self.finish_assertions();
        self.keep_members(settled);
    }

    fn define(&mut self, Job { id, roots }: Job<'d>) {
        if let [root] = roots.as_slice()
            && root.is_whole()
            && let Reduced::Same { target, nullable } = self.reduce(root.node)
        {
            let origin = self.standing(target);
            let target = self.schema_type(target, || origin);
            let shape = if nullable {
                Shape::Nullable(target)
            } else {
                Shape::Alias(target)
            };
            let docs = self.annotations(root.node);
            self.types.define(id, shape, docs);
            return;
        }
        let parts = self.unfold(&roots);
        for part in &parts {
            self.check_keywords(part.node);
        }
        let docs = self.merged_annotations(&roots, &parts);
        let (shape, assertions) = self.shape(id, &parts);
        let nullable = self.is_nullable(&roots, &parts) && !matches!(shape, Shape::Any | Shape::Null | Shape::Never);
        if !nullable {
            self.types.define(id, shape, docs);
            self.types[id].assertions = assertions;
            return;
        }
        let inner = self.types.add(Type {
            origin: Origin::Inline {
                owner: Owner::Type(id),
                step: Step::NonNull,
            },
            shape,
            assertions,
            docs: docs.clone(),
            location: self.types[id].location,
        });
        if let Some(draft) = self.schema_state.drafts.remove(&id) {
            self.schema_state.drafts.insert(inner, draft);
        }
        self.types.define(id, Shape::Nullable(inner), docs);
    }

    /// The shape of schemas that must hold together, without `null`, and what they demand beyond it.
    fn shape(&mut self, id: TypeId, parts: &[Part<'d>]) -> (Shape, Assertions) {
        if parts.iter().any(|part| part.node.as_bool() == Some(false)) {
            return (Shape::Never, Assertions(vec![Assertion::Never]));
        }
        if let Some(choice) = self.choice(parts) {
            return (self.union(id, parts, choice), Assertions::default());
        }
        if let Some(shape) = self.union_of_children(id, parts) {
            return (shape, Assertions::default());
        }
        let kinds = self.kinds(parts);
        let shape = match self.values(parts, kinds) {
            Some(shape) => shape,
            None => self.shape_of_kinds(id, parts, kinds),
        };
        let assertions = self.demands(parts, &shape);
        (shape, assertions)
    }

    /// Spends from the budget of merging; `false` after reporting when there is nothing left.
    pub(crate) fn spend(&mut self, amount: usize, node: Node<'d>) -> bool {
        let limit = self.limits.merged;
        let before = self.schema_state.spent;
        self.schema_state.spent = before.saturating_add(amount);
        if before <= limit && self.schema_state.spent > limit {
            let message = "the schemas of this document combine into too many";
            let diagnostic = self.limits.exceeded("merged", message).at(node.location());
            self.report(diagnostic.label("merged into others here"));
        }
        self.schema_state.spent <= limit
    }
}

/// The report about a schema that is nothing but a reference to itself.
fn circular(node: Node<'_>) -> Diagnostic {
    Diagnostic::new(Code::BrokenRef, "this schema refers to nothing but itself")
        .at(node.location())
        .label("taken as any value")
}
