//! Whole schemas as assertions, keyword by keyword as JSON Schema 2020-12 has them; no types are implied here.
//!
//! What a `$ref` leads to is an entry of its own, one for each schema, so that nothing is copied and schemas may refer
//! to themselves. So is what stands too deep inside others.

use std::collections::{BTreeMap, VecDeque};

use specsmith_ir::{
    Assertion, Assertions, AssertionsId, ItemAssertions, KindSet, MemberAssertions, Numeric, Text, Value,
};

use crate::{
    Node, NodeId,
    lower::{
        context::{self, Context},
        schema::{kind, part::Part, referent::refers},
    },
};

/// How deep schemas stand inside each other before one becomes an entry of its own.
const NESTING: usize = 8;

/// The schemas that assertions refer to.
#[derive(Default)]
pub(in crate::lower) struct Transliterated<'d> {
    ids: BTreeMap<NodeId, AssertionsId>,
    pub(super) nodes: Vec<Node<'d>>,
    pub(super) list: Vec<Assertions>,
    pending: VecDeque<(AssertionsId, Node<'d>)>,
}

impl<'d> Context<'d, '_> {
    /// The entry of a schema, which is written later.
    pub(super) fn refer(&mut self, node: Node<'d>) -> AssertionsId {
        let known = &mut self.schema_state.transliterated;
        *known.ids.entry(node.id()).or_insert_with(|| {
            let id = AssertionsId(u32::try_from(known.list.len()).unwrap_or(u32::MAX));
            known.list.push(Assertions::default());
            known.nodes.push(node);
            known.pending.push_back((id, node));
            id
        })
    }

    /// What an entry demands.
    pub(super) fn entry(&self, id: AssertionsId) -> Option<&Assertions> {
        self.schema_state.transliterated.list.get(usize::try_from(id.0).ok()?)
    }

    /// Writes the entries that were asked for.
    pub(in crate::lower::schema) fn finish_assertions(&mut self) {
        while let Some((id, node)) = self.schema_state.transliterated.pending.pop_front() {
            let assertions = self.schema_assertions(node, 0);
            let place = usize::try_from(id.0).unwrap_or(usize::MAX);
            if let Some(entry) = self.schema_state.transliterated.list.get_mut(place) {
                *entry = assertions;
            }
        }
    }

    /// What a schema demands that stands inside another one.
    pub(super) fn nested(&mut self, node: Node<'d>, depth: usize) -> Assertions {
        match node.as_bool() {
            Some(true) => Assertions::default(),
            Some(false) => Assertions(vec![Assertion::Never]),
            None if depth >= NESTING && node.members().next().is_some() => {
                Assertions(vec![Assertion::Refer(self.refer(node))])
            }
            None => self.schema_assertions(node, depth + 1),
        }
    }

    /// What schemas in a list or map demand.
    pub(super) fn each_nested(&mut self, nodes: impl Iterator<Item = Node<'d>>, depth: usize) -> Vec<Assertions> {
        nodes.map(|node| self.nested(node, depth)).collect()
    }

    /// All that a schema demands.
    fn schema_assertions(&mut self, node: Node<'d>, depth: usize) -> Assertions {
        if !self.spend(1, node) {
            return Assertions::default();
        }
        let part = Part::whole(node);
        let nullable = ["nullable", "x-nullable"]
            .iter()
            .any(|name| context::flag(node, name) == Some(true));
        let mut list = plain(&part, nullable);
        self.push_limits(&part, depth, &mut list);
        let about_other_types = list.len();
        self.push_referent(&part, &mut list);
        let members = node.get("allOf").into_iter().flat_map(Node::items);
        let mut all = self.each_nested(members, depth);
        all.retain(|assertions| !assertions.is_empty());
        if !all.is_empty() {
            list.push(Assertion::All(all));
        }
        for keyword in ["oneOf", "anyOf"] {
            self.alternatives(&part, keyword, depth, &mut list);
        }
        self.negation(&part, depth, &mut list);
        self.condition(&part, depth, &mut list);
        if let Some(items) = node.get("unevaluatedItems") {
            list.push(Assertion::UnevaluatedItems(Box::new(self.nested(items, depth))));
        }
        if let Some(members) = node.get("unevaluatedProperties") {
            list.push(Assertion::UnevaluatedMembers(Box::new(self.nested(members, depth))));
        }
        if nullable && list.len() > about_other_types {
            let null = Assertions(vec![Assertion::Kind(kind::NULL)]);
            list = vec![Assertion::Any(vec![null, Assertions(list)])];
        }
        Assertions(list)
    }

    /// Limits of strings, numbers, arrays and objects.
    fn push_limits(&mut self, part: &Part<'d>, depth: usize, list: &mut Vec<Assertion>) {
        let text = self.limits_of_text(part);
        if text != Text::default() {
            list.push(Assertion::Text(text));
        }
        let numeric = self.limits_of_numbers(part);
        if numeric != Numeric::default() {
            list.push(Assertion::Number(numeric));
        }
        let items = self.items(part, depth);
        if items != ItemAssertions::default() {
            list.push(Assertion::Items(items));
        }
        let members = self.members(part, depth);
        if members != MemberAssertions::default() {
            list.push(Assertion::Members(Box::new(members)));
        }
    }

    fn push_referent(&mut self, part: &Part<'d>, list: &mut Vec<Assertion>) {
        if !refers(part.node) {
            return;
        }
        match self.referent(part.node) {
            Some(target) if target.as_bool() == Some(false) => list.push(Assertion::Never),
            Some(target) if target.is_object() => list.push(Assertion::Refer(self.refer(target))),
            _ => {}
        }
    }

    /// The limits of strings in a schema; formats say something about them, and limit nothing.
    pub(super) fn limits_of_text(&mut self, part: &Part<'d>) -> Text {
        Text {
            format: None,
            content_media_type: None,
            content_encoding: None,
            ..self.text(std::slice::from_ref(part))
        }
    }

    /// The limits of numbers in a schema, without the format.
    pub(super) fn limits_of_numbers(&mut self, part: &Part<'d>) -> Numeric {
        Numeric {
            format: None,
            ..self.numeric(std::slice::from_ref(part))
        }
    }

    /// `not`.
    pub(super) fn negation(&mut self, part: &Part<'d>, depth: usize, list: &mut Vec<Assertion>) {
        if let Some(node) = part.get("not") {
            list.push(Assertion::Not(Box::new(self.nested(node, depth))));
        }
    }

    /// `if` with what follows from it.
    ///
    /// Without `then` and `else` it limits nothing, but items and members that it looks at are evaluated.
    pub(super) fn condition(&mut self, part: &Part<'d>, depth: usize, list: &mut Vec<Assertion>) {
        let Some(condition) = part.get("if") else { return };
        let mut consequence = |keyword| match part.get(keyword) {
            Some(node) => Box::new(self.nested(node, depth)),
            None => Box::default(),
        };
        let (then, otherwise) = (consequence("then"), consequence("else"));
        let condition = Box::new(self.nested(condition, depth));
        list.push(Assertion::If {
            condition,
            then,
            otherwise,
        });
    }

    /// `oneOf` or `anyOf`.
    pub(super) fn alternatives(&mut self, part: &Part<'d>, keyword: &str, depth: usize, list: &mut Vec<Assertion>) {
        let branches: Vec<Node<'d>> = part.get(keyword).into_iter().flat_map(Node::items).collect();
        // What is demanded of a type is not demanded of `null`, which its being nullable allows.
        let branches = branches
            .into_iter()
            .filter(|branch| depth > 0 || !super::super::is_only_null(*branch));
        let branches = self.each_nested(branches, depth);
        match keyword {
            _ if branches.is_empty() => {}
            "oneOf" => list.push(Assertion::One(branches)),
            _ => list.push(Assertion::Any(branches)),
        }
    }
}

/// `type`, `enum` and `const`.
fn plain(part: &Part<'_>, nullable: bool) -> Vec<Assertion> {
    let mut list = Vec::new();
    let null = if nullable { kind::NULL } else { KindSet::NONE };
    if let Some(kinds) = part.get("type").and_then(kind::stated) {
        list.push(Assertion::Kind(kinds.union(null)));
    }
    let listed = part.get("enum").filter(|node| node.items().next().is_some());
    let listed = listed.map(|node| node.items().map(Node::to_value).collect());
    let constant = part.get("const").map(|node| vec![node.to_value()]);
    for mut values in listed.into_iter().chain(constant) {
        if nullable && !values.contains(&Value::Null) {
            values.push(Value::Null);
        }
        list.push(Assertion::Values(values));
    }
    list
}
