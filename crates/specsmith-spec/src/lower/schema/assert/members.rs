//! What keywords about arrays and objects demand, those of shapes among them.

use specsmith_ir::{Assertions, Contains, ItemAssertions, MemberAssertions};

use crate::{
    Node,
    lower::{
        context::{self, Context},
        schema::{
            array::{items_behind, tuple_items},
            part::Part,
            scalar::count,
        },
    },
};

impl<'d> Context<'d, '_> {
    /// What a schema demands of arrays.
    pub(super) fn items(&mut self, part: &Part<'d>, depth: usize) -> ItemAssertions {
        ItemAssertions {
            prefix: self.each_nested(tuple_items(part), depth),
            rest: items_behind(part).map(|node| self.nested(node, depth)),
            contains: self.contains(part, depth),
            min_items: count(part, "minItems"),
            max_items: count(part, "maxItems"),
            unique_items: context::flag(part.node, "uniqueItems") == Some(true),
        }
    }

    /// `contains` with its limits.
    pub(super) fn contains(&mut self, part: &Part<'d>, depth: usize) -> Option<Contains> {
        let node = part.get("contains")?;
        Some(Contains {
            assertions: self.nested(node, depth),
            min: count(part, "minContains").unwrap_or(1),
            max: count(part, "maxContains"),
        })
    }

    /// What a schema demands of objects.
    pub(super) fn members(&mut self, part: &Part<'d>, depth: usize) -> MemberAssertions {
        let required = part.get("required").into_iter().flat_map(Node::items);
        MemberAssertions {
            fields: self.named(part, "properties", depth),
            patterns: self.patterns(part, depth),
            rest: part.get("additionalProperties").map(|node| self.nested(node, depth)),
            names: part.get("propertyNames").map(|node| self.nested(node, depth)),
            required: required.filter_map(context::as_text).map(str::to_owned).collect(),
            min_properties: count(part, "minProperties"),
            max_properties: count(part, "maxProperties"),
            ..self.dependents(part, depth)
        }
    }

    /// What a schema demands of members whose names match a pattern.
    pub(super) fn patterns(&mut self, part: &Part<'d>, depth: usize) -> Vec<(String, Assertions)> {
        self.named(part, "patternProperties", depth)
    }

    /// What a schema demands where a member is there.
    pub(super) fn dependents(&mut self, part: &Part<'d>, depth: usize) -> MemberAssertions {
        let mut dependents = self.named(part, "dependentSchemas", depth);
        let mut dependent_required = Vec::new();
        let keywords = ["dependentRequired", "dependencies"];
        let entries = keywords.iter().filter_map(|keyword| part.get(keyword));
        for (key, node) in entries.flat_map(Node::members) {
            if node.is_array() {
                let names = node.items().filter_map(context::as_text).map(str::to_owned);
                dependent_required.push((key.name.clone(), names.collect()));
            } else {
                dependents.push((key.name.clone(), self.nested(node, depth)));
            }
        }
        MemberAssertions {
            dependent_required,
            dependents,
            ..MemberAssertions::default()
        }
    }

    fn named(&mut self, part: &Part<'d>, keyword: &str, depth: usize) -> Vec<(String, Assertions)> {
        let members = part.get(keyword).into_iter().flat_map(Node::members);
        members
            .map(|(key, node)| (key.name.clone(), self.nested(node, depth)))
            .collect()
    }
}
