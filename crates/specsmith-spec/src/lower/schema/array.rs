//! Arrays and tuples.

use specsmith_ir::{Array, Origin, Owner, Shape, Step, Tuple, TypeId};

use super::part::Part;
use super::scalar::{count, larger, smaller};
use crate::Node;
use crate::lower::context::{self, Context};

impl<'d> Context<'d, '_> {
    /// The shape of schemas that must hold together for an array.
    pub(super) fn array(&mut self, id: TypeId, parts: &[Part<'d>]) -> Shape {
        let mut first: Vec<Vec<(Part<'d>, Node<'d>)>> = Vec::new();
        let (mut min_items, mut max_items, mut unique_items) = (None, None, false);
        for part in parts {
            for (index, item) in tuple_items(part).enumerate() {
                if first.len() <= index {
                    first.push(Vec::new());
                }
                if let Some(slot) = first.get_mut(index) {
                    slot.push((*part, item));
                }
            }
            min_items = larger(min_items, count(part, "minItems"));
            max_items = smaller(max_items, count(part, "maxItems"));
            unique_items |= context::flag(part.node, "uniqueItems") == Some(true);
        }
        let mut items = Vec::new();
        let stated = max_items;
        for part in parts {
            let Some(rest) = items_behind(part) else { continue };
            let own = tuple_items(part).count();
            if rest.as_bool() == Some(false) {
                max_items = smaller(max_items, u64::try_from(own).ok());
            }
            if rest.is_object() {
                // The first items of one schema are items of another one that has none, or fewer.
                first.iter_mut().skip(own).for_each(|slot| slot.push((*part, rest)));
                items.push((*part, rest));
            }
        }
        let unevaluated = self.unevaluated_items(parts);
        items.extend(unevaluated.iter().filter(|(_, node)| node.is_object()));
        let closed = unevaluated.iter().any(|(_, node)| node.as_bool() == Some(false));
        let count = u64::try_from(first.len()).ok();
        if closed {
            max_items = smaller(max_items, count);
        }
        if first.is_empty() {
            let ty = self.member_type(id, &items, Step::Items);
            let mut places = items.iter();
            return Shape::Array(Array {
                items: ty,
                min_items,
                max_items,
                unique_items,
                xml: places.find_map(|(_, node)| self.xml_at(*node, ty)),
            });
        }
        let items_of_tuple: Vec<TypeId> = first
            .iter()
            .enumerate()
            .map(|(index, nodes)| self.member_type(id, nodes, Step::Item(index)))
            .collect();
        let closed = max_items.is_some_and(|max| count.is_some_and(|count| max <= count));
        let rest = (!closed).then(|| self.member_type(id, &items, Step::Items));
        Shape::Tuple(Tuple {
            items: items_of_tuple,
            rest,
            min_items,
            max_items: max_items.filter(|_| max_items != count || stated == count),
        })
    }

    /// The schemas of items that no part has another schema for.
    fn unevaluated_items(&mut self, parts: &[Part<'d>]) -> Vec<(Part<'d>, Node<'d>)> {
        let mut found = Vec::new();
        for part in parts {
            if let Some(node) = part.get("unevaluatedItems")
                && !self.is_evaluated_with_values(part)
                && !self.leaves_nothing(part, |part| items_behind(part).is_some(), "unevaluatedItems")
            {
                found.push((*part, node));
            }
        }
        found
    }

    /// The type of a member that one or several parts describe; any value where none does.
    pub(super) fn member_type(&mut self, id: TypeId, nodes: &[(Part<'d>, Node<'d>)], step: Step) -> TypeId {
        match nodes {
            [] => {
                let owner = Owner::Type(id);
                let location = self.types[id].location;
                self.types.reserve(Origin::Inline { owner, step }, location)
            }
            [(part, node)] => {
                let owner = self.holder(part, id);
                self.schema_type(*node, || Origin::Inline { owner, step })
            }
            [(part, _), ..] => {
                let owner = self.holder(part, id);
                let nodes: Vec<Node<'d>> = nodes.iter().map(|(_, node)| *node).collect();
                self.joined_type(
                    &nodes,
                    Origin::Inline {
                        owner: Owner::Type(id),
                        step: step.clone(),
                    },
                    || Origin::Inline { owner, step },
                )
            }
        }
    }
}

/// The schemas of the first items: `prefixItems`, or `items` as a list as it was before 3.1.
pub(super) fn tuple_items<'d>(part: &Part<'d>) -> impl Iterator<Item = Node<'d>> + use<'d> {
    let list = part
        .get("prefixItems")
        .or_else(|| part.get("items"))
        .filter(|node| node.is_array());
    list.into_iter().flat_map(Node::items)
}

/// The schema of the items behind the first ones.
pub(super) fn items_behind<'d>(part: &Part<'d>) -> Option<Node<'d>> {
    match part.get("items") {
        Some(items) if items.is_array() => part.get("additionalItems"),
        items => items,
    }
}
