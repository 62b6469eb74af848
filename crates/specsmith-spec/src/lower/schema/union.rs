//! `oneOf` and `anyOf`: which branches there are, and what stands beside them.

use std::collections::BTreeSet;

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{Discriminator, Origin, Owner, Shape, Step, TypeId, Union, UnionMode, Value, Variant};

use super::discriminator::Tagging;
use super::implied::Implied;
use super::keyword;
use super::part::Part;
use super::referent::refers;
use crate::Node;
use crate::lower::context::{self, Context};

/// A union among schemas that must hold together.
#[derive(Debug, Clone)]
pub(super) struct Choice<'d> {
    /// The part that has it.
    position: usize,
    /// `oneOf` or `anyOf`.
    keyword: &'static str,
    /// The branches other than `null`, with their places in the list; each schema once.
    branches: Vec<(usize, Node<'d>)>,
}

/// What is known about a union until it is settled.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    /// By variant.
    pub variants: Vec<DraftVariant>,
    /// The variant that a missing or unknown value of the discriminator means.
    pub default: Option<usize>,
}

/// What is known about a variant until the union is settled.
#[derive(Debug, Clone, Default)]
pub(super) struct DraftVariant {
    /// The values of the discriminator that mean it.
    pub tags: Tags,
}

/// The values of a discriminator that mean a variant, and what says so.
#[derive(Debug, Clone, Default)]
pub(super) enum Tags {
    /// There is no discriminator, or nothing says it.
    #[default]
    None,
    /// A mapping does.
    Mapped(Vec<Value>),
    /// Nothing but the name of the schema, so constants of the property in its type count more.
    Named(Value),
}

impl Tags {
    /// The first value.
    pub(super) fn first(&self) -> Option<&Value> {
        match self {
            Tags::None => None,
            Tags::Mapped(values) => values.first(),
            Tags::Named(value) => Some(value),
        }
    }
}

impl Draft {
    /// A draft without a discriminator.
    pub(super) fn plain(variants: usize) -> Self {
        Self {
            variants: vec![DraftVariant::default(); variants],
            default: None,
        }
    }
}

impl<'d> Context<'d, '_> {
    /// The first union among schemas that must hold together.
    ///
    /// Branches that only require properties constrain one object and make no union. A union of
    /// which one branch is among the schemas already is satisfied by it.
    pub(super) fn choice(&mut self, parts: &[Part<'d>]) -> Option<Choice<'d>> {
        for (position, part) in parts.iter().enumerate() {
            for keyword in ["oneOf", "anyOf"] {
                let Some(list) = part.get(keyword) else {
                    continue;
                };
                let branches = self.branches(list);
                if !self.is_open_choice(part, keyword, parts, &branches) {
                    continue;
                }
                if branches.iter().all(|(_, branch)| is_requirement(parts, *branch)) {
                    continue;
                }
                return Some(Choice {
                    position,
                    keyword,
                    branches,
                });
            }
        }
        None
    }

    /// Whether a value decides between branches, rather than the document.
    fn is_open_choice(
        &mut self,
        part: &Part<'d>,
        keyword: &'static str,
        parts: &[Part<'d>],
        branches: &[(usize, Node<'d>)],
    ) -> bool {
        let single = branches.len() == 1 && part.get("discriminator").is_none();
        !branches.is_empty()
            && !single
            && !self.has_branch(parts, branches)
            && self.listed_by_branches(part, keyword).is_none()
    }

    /// Whether `oneOf` or `anyOf` of a part says more about one type, and makes no union.
    pub(super) fn only_constrains(&mut self, part: &Part<'d>, keyword: &'static str, parts: &[Part<'d>]) -> bool {
        let Some(list) = part.get(keyword) else {
            return false;
        };
        let branches = self.branches(list);
        self.is_open_choice(part, keyword, parts, &branches)
            && branches.iter().all(|(_, branch)| is_requirement(parts, *branch))
    }

    /// The branches of a union other than `null`, each schema once.
    fn branches(&mut self, list: Node<'d>) -> Vec<(usize, Node<'d>)> {
        let mut branches: Vec<(usize, Node<'d>)> = Vec::new();
        let mut targets = BTreeSet::new();
        for (index, branch) in list.items().enumerate() {
            if self.is_null(branch) || self.is_itself(list, branch) {
                continue;
            }
            if refers(branch)
                && let Some(target) = self.referent(branch)
                && !targets.insert(target.id())
            {
                continue;
            }
            branches.push((index, branch));
        }
        branches
    }

    /// Whether one of the branches must hold anyway.
    fn has_branch(&mut self, parts: &[Part<'d>], branches: &[(usize, Node<'d>)]) -> bool {
        branches.iter().any(|(_, branch)| {
            let chain = self.reference_chain(*branch);
            parts.iter().any(|part| chain.contains(&part.node.id()))
        })
    }

    /// The union of a choice, with what stands beside it in each of its variants.
    pub(super) fn union(&mut self, id: TypeId, parts: &[Part<'d>], choice: Choice<'d>) -> Shape {
        let mut beside = parts.to_vec();
        let mut tagging = None;
        if let Some(part) = beside.get_mut(choice.position) {
            tagging = self.tagging(part);
            *part = part.without(choice.keyword).without("discriminator");
        }
        let plain = beside.iter().all(|part| !constrains(part));
        let mut union = Union {
            mode: if choice.keyword == "oneOf" {
                UnionMode::OneOf
            } else {
                UnionMode::AnyOf
            },
            variants: Vec::new(),
            discriminator: None,
        };
        let mut draft = Draft::default();
        for (index, branch) in &choice.branches {
            let tags = tagging
                .as_ref()
                .map(|tagging| self.tags(tagging, *branch))
                .unwrap_or_default();
            let hint = self.hint(*branch, &tags);
            let step = Step::Variant { index: *index, hint };
            let origin = Origin::Inline {
                owner: Owner::Type(id),
                step,
            };
            let ty = if plain || self.are_implied(&beside, *branch) == Implied::Yes {
                self.schema_type(*branch, || origin)
            } else {
                let mut roots = beside.clone();
                roots.insert((choice.position + 1).min(roots.len()), Part::whole(*branch));
                self.merged_type(roots, origin, *branch)
            };
            union.variants.push(Variant {
                ty,
                name: variant_name(*branch, &tags),
                conditions: Vec::new(),
                alike: false,
            });
            draft.variants.push(super::union::DraftVariant { tags });
        }
        if let Some(tagging) = tagging {
            self.check_mapping(&tagging, &choice);
            let branches: Vec<Node<'d>> = choice.branches.iter().map(|(_, branch)| *branch).collect();
            draft.default = self.default_variant(&tagging, &branches);
            union.discriminator = Some(Discriminator {
                property: tagging.property,
                default: draft.default,
            });
        }
        self.schema_state.drafts.insert(id, draft);
        Shape::Union(union)
    }

    /// Reports schemas that a mapping names and the union does not list.
    fn check_mapping(&mut self, tagging: &Tagging<'d>, choice: &Choice<'d>) {
        let mut listed = BTreeSet::new();
        for (_, branch) in &choice.branches {
            listed.append(&mut self.reference_chain(*branch));
        }
        for (value, target) in &tagging.mapping {
            if listed.contains(&target.id()) {
                continue;
            }
            let place = tagging.node.get("mapping").and_then(|mapping| mapping.get(value));
            let location = place.unwrap_or(tagging.node).location();
            let message = format!(
                "`{value}` is mapped to a schema that `{}` does not list",
                choice.keyword
            );
            self.report(
                Diagnostic::new(Code::UnknownMapping, message)
                    .at(location)
                    .label("left out"),
            );
        }
    }

    /// A name that the document suggests for a type that is made for a branch.
    fn hint(&mut self, branch: Node<'d>, tags: &Tags) -> Option<String> {
        if let Some(name) = self.name_in_chain(branch) {
            return Some(name.to_owned());
        }
        context::owned_text(branch, "title").or_else(|| tags.first().and_then(Value::as_str).map(str::to_owned))
    }
}

/// A name that the document suggests for a variant: its first tag in a mapping, or the title where the schema has no
/// name. Where constants of its type are the tags, settling names it.
fn variant_name(branch: Node<'_>, tags: &Tags) -> Option<String> {
    let tag = match tags {
        Tags::Mapped(values) => values.first().and_then(Value::as_str).map(str::to_owned),
        Tags::None | Tags::Named(_) => None,
    };
    let title = || context::owned_text(branch, "title").filter(|_| !refers(branch));
    tag.or_else(title)
}

/// Whether a part limits values, other than by `$ref`, `allOf` and `type`, which unfolding and kinds account for.
pub(super) fn constrains(part: &Part<'_>) -> bool {
    part.node.members().any(|(key, value)| {
        !matches!(
            key.name.as_str(),
            "$ref" | "$dynamicRef" | "$recursiveRef" | "allOf" | "type"
        ) && part.get(&key.name).is_some()
            && keyword::constrains(&key.name, value)
    })
}

/// Whether a branch only says which properties are required, of those that stand beside the union.
fn is_requirement(parts: &[Part<'_>], branch: Node<'_>) -> bool {
    let known = |name: &str| {
        parts.iter().any(|part| {
            part.get("properties")
                .is_some_and(|properties| properties.get(name).is_some())
        })
    };
    let mut requires = false;
    let only = branch.members().all(|(key, value)| match key.name.as_str() {
        "required" | "not" => {
            requires = true;
            true
        }
        "title" | "description" => true,
        "type" => value.as_str() == Some("object"),
        "minProperties" | "maxProperties" => {
            requires = true;
            true
        }
        "properties" => value
            .members()
            .all(|(key, value)| known(&key.name) && is_trivial(value)),
        _ => false,
    });
    only && requires && parts.iter().any(|part| part.get("properties").is_some())
}

/// Whether a schema says nothing, or nothing that matters beside a full description.
fn is_trivial(schema: Node<'_>) -> bool {
    schema
        .members()
        .all(|(key, value)| !keyword::constrains(&key.name, value))
}
