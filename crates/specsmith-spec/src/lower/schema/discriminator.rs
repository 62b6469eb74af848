//! Discriminators: which values of a property mean which schema.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{Discriminator, Origin, Owner, Shape, Step, TypeId, Union, UnionMode, Value, Variant};

use super::part::Part;
use super::referent::refers;
use super::union::{Draft, DraftVariant, Tags};
use crate::lower::context::{self, Context};
use crate::{Node, NodeId};

/// A Discriminator Object.
#[derive(Debug, Clone)]
pub(super) struct Tagging<'d> {
    /// The object itself.
    pub node: Node<'d>,
    /// The name of the property.
    pub property: String,
    /// The values that `mapping` lists, with the schemas they mean, in order.
    pub mapping: Vec<(&'d str, Node<'d>)>,
    /// The positions in `mapping` of what means a schema.
    meaning: BTreeMap<NodeId, Vec<usize>>,
    /// The schema that a missing or unknown value means.
    pub default: Option<Node<'d>>,
}

impl<'d> Context<'d, '_> {
    /// The Discriminator Object of a part.
    pub(super) fn tagging(&mut self, part: &Part<'d>) -> Option<Tagging<'d>> {
        let node = part.get("discriminator")?;
        // Swagger 2.0 has just the name of the property.
        let property = node.as_str().or_else(|| context::text(node, "propertyName"));
        let property = property?;
        let mut mapping = Vec::new();
        for (key, value) in node.get("mapping").into_iter().flat_map(Node::members) {
            if let Some(target) = self.mapped(value) {
                mapping.push((key.name.as_str(), target));
            }
        }
        let mut meaning: BTreeMap<NodeId, Vec<usize>> = BTreeMap::new();
        for (position, (_, target)) in mapping.iter().enumerate() {
            meaning.entry(target.id()).or_default().push(position);
        }
        let default = node.get("defaultMapping").and_then(|value| self.mapped(value));
        Some(Tagging {
            node,
            property: property.to_owned(),
            mapping,
            meaning,
            default,
        })
    }

    /// The schema that a value of `mapping` means: the name of one, or a reference.
    fn mapped(&mut self, value: Node<'d>) -> Option<Node<'d>> {
        let Some(text) = context::as_text(value) else {
            let message = format!("a mapping names a schema, it cannot be {}", value.kind_name());
            self.report(Diagnostic::new(Code::WrongType, message).at(value.location()));
            return None;
        };
        let schemas = self.document.root().get("components")?.get("schemas")?;
        if let Some(target) = schemas.get(text) {
            return Some(target);
        }
        if let Some(target) = self.find(value, text) {
            return Some(target);
        }
        // `Dog.yaml` or `./Dog.json#/Dog` of a document that was put together from files.
        let last = text.rsplit(['/', '#']).next().unwrap_or(text);
        let name = last.split_once('.').map_or(last, |(name, _)| name);
        if let Some(target) = schemas.get(last).or_else(|| schemas.get(name)) {
            return Some(target);
        }
        if self.report_unresolved(value) {
            return None;
        }
        let mut diagnostic = Diagnostic::new(
            Code::UnknownMapping,
            format!("`{text}` is not a schema of this document"),
        )
        .at(value.location())
        .label("left out");
        if let Some(meant) = self.suggest(last, schemas.members().map(|(key, _)| key.name.as_str())) {
            diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
        }
        self.report(diagnostic);
        None
    }

    /// The values of the discriminator that mean a schema: those that a mapping lists, else its name.
    ///
    /// Where there is no mapping, the constants of the property in the type count more; settling sees them.
    pub(super) fn tags(&mut self, tagging: &Tagging<'d>, branch: Node<'d>) -> Tags {
        let targets = self.reference_chain(branch);
        let mut positions: Vec<usize> = targets
            .iter()
            .filter_map(|id| tagging.meaning.get(id))
            .flatten()
            .copied()
            .collect();
        positions.sort_unstable();
        let mapped = positions
            .into_iter()
            .filter_map(|position| tagging.mapping.get(position));
        let values: Vec<Value> = mapped.map(|(value, _)| Value::String((*value).to_owned())).collect();
        if !values.is_empty() {
            return Tags::Mapped(values);
        }
        match self.name_in_chain(branch) {
            Some(name) => Tags::Named(Value::String(name.to_owned())),
            None => Tags::None,
        }
    }

    /// A schema and the schemas that it refers to, when it does nothing else.
    pub(super) fn reference_chain(&mut self, start: Node<'d>) -> BTreeSet<NodeId> {
        self.chain(start).into_iter().map(Node::id).collect()
    }

    /// The first name of a schema, or of those that it refers to.
    pub(super) fn name_in_chain(&mut self, start: Node<'d>) -> Option<&'d str> {
        let chain = self.chain(start);
        chain.into_iter().find_map(|node| self.component_name(node))
    }

    /// The union of the schemas that build on a schema with a discriminator; `None` where it is no such schema.
    ///
    /// The schema itself is one of them only where `mapping` says so.
    pub(super) fn union_of_children(&mut self, id: TypeId, parts: &[Part<'d>]) -> Option<Shape> {
        // Reached through `allOf`, a schema with a discriminator is a part of its child and no union.
        let own = |part: &&Part<'d>| self.schemas.get(&part.node.id()) == Some(&id);
        let base = parts.iter().find(own).copied()?;
        let tagging = self.tagging(&base)?;
        let children = self.children_of(base.node, &tagging);
        if children.is_empty() {
            self.report(
                Diagnostic::new(Code::KeywordNotTyped, "this discriminator has no schemas to tell apart")
                    .at(tagging.node.location())
                    .label("has no effect")
                    .help("list the schemas in `oneOf`, or let them build on this one with `allOf`"),
            );
            return None;
        }
        let mut variants = Vec::new();
        let mut drafts = Vec::new();
        for (index, child) in children.iter().enumerate() {
            let tags = self.tags(&tagging, *child);
            let name = self.name_in_chain(*child).map(str::to_owned);
            let step = Step::Variant { index, hint: name };
            let owner = Owner::Type(id);
            let ty = if *child == base.node {
                let rest: Vec<Part<'d>> = parts.iter().map(|part| part.without("discriminator")).collect();
                self.merged_type(rest, Origin::Inline { owner, step }, base.node)
            } else {
                self.schema_type(*child, || Origin::Inline { owner, step })
            };
            variants.push(Variant {
                ty,
                name: tags.first().and_then(Value::as_str).map(str::to_owned),
                conditions: Vec::new(),
                alike: false,
            });
            drafts.push(DraftVariant { tags });
        }
        let default = self.default_variant(&tagging, &children);
        self.schema_state.drafts.insert(
            id,
            Draft {
                variants: drafts,
                default,
            },
        );
        Some(Shape::Union(Union {
            mode: UnionMode::OneOf,
            variants,
            discriminator: Some(Discriminator {
                property: tagging.property,
                default,
            }),
        }))
    }

    /// Which of the branches `defaultMapping` names.
    pub(super) fn default_variant(&mut self, tagging: &Tagging<'d>, branches: &[Node<'d>]) -> Option<usize> {
        let default = tagging.default?;
        branches
            .iter()
            .position(|branch| self.reference_chain(*branch).contains(&default.id()))
    }

    /// The schemas that a mapping names, then those that build on `base` in `allOf`, in the order of the document;
    /// without those that build on another one that is there already and has a discriminator itself.
    fn children_of(&mut self, base: Node<'d>, tagging: &Tagging<'d>) -> Vec<Node<'d>> {
        let mut children: Vec<Node<'d>> = Vec::new();
        let mut seen: BTreeSet<NodeId> = BTreeSet::new();
        for (_, target) in &tagging.mapping {
            if seen.insert(target.id()) {
                children.push(*target);
            }
        }
        seen.insert(base.id());
        let mut open = self.direct_children(base);
        open.reverse();
        while let Some(child) = open.pop() {
            if !seen.insert(child.id()) {
                continue;
            }
            children.push(child);
            if child.get("discriminator").is_none() {
                open.extend(self.direct_children(child).into_iter().rev());
            }
        }
        children
    }

    /// The named schemas that list this one in `allOf`.
    fn direct_children(&mut self, base: Node<'d>) -> Vec<Node<'d>> {
        if self.schema_state.children.is_none() {
            let children = self.find_children();
            self.schema_state.children = Some(children);
        }
        let children = self.schema_state.children.as_ref();
        children
            .and_then(|children| children.get(&base.id()))
            .cloned()
            .unwrap_or_default()
    }

    fn find_children(&mut self) -> BTreeMap<NodeId, Vec<Node<'d>>> {
        let schemas = self
            .document
            .root()
            .get("components")
            .and_then(|components| components.get("schemas"));
        let mut children: BTreeMap<NodeId, Vec<Node<'d>>> = BTreeMap::new();
        for (_, schema) in schemas.into_iter().flat_map(Node::members) {
            for member in schema.get("allOf").into_iter().flat_map(Node::items) {
                if refers(member)
                    && let Some(base) = self.referent(member)
                {
                    let list = children.entry(base.id()).or_default();
                    if list.last() != Some(&schema) {
                        list.push(schema);
                    }
                }
            }
        }
        children
    }
}
