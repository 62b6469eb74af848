//! Plans of new values, and the loop that builds them; whatever the depth of a document, it costs no stack.

use specsmith_diagnostics::Location;

use super::{Upgrade, draft::Draft};
use crate::{
    Key, Node, NodeId, NodeKind,
    grammar::{Kind, SCHEMA, Value},
};

/// What becomes of a value.
pub(super) enum Plan<'d> {
    /// A value of the old document, which is planned when its turn comes.
    Later(Node<'d>, Meaning),
    /// A value that was built.
    Done(NodeId),
    /// An array.
    Array(Location, Vec<Plan<'d>>),
    /// An object.
    Object(Location, Vec<(Key, Plan<'d>)>),
}

/// What a value of the old document means.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meaning {
    /// Nothing that a version of OpenAPI matters for.
    Verbatim,
    /// What the grammar says.
    Value(Value),
    /// One of the schemas of `oneOf` or `anyOf`.
    Branch,
    /// A reference.
    Reference,
}

enum Step<'d> {
    Build(Plan<'d>),
    /// The last value that was built is what this one became.
    Note(NodeId),
    Array(Location, usize),
    Object(Location, Vec<Key>),
}

impl<'d> Upgrade<'d> {
    /// Builds what is planned.
    pub(super) fn build(&mut self, plan: Plan<'d>) -> NodeId {
        let location = self.document.root().location();
        let mut steps = vec![Step::Build(plan)];
        let mut done: Vec<NodeId> = Vec::new();
        let last = |done: &mut Vec<NodeId>, count: usize| done.split_off(done.len().saturating_sub(count));
        while let Some(step) = steps.pop() {
            match step {
                Step::Build(Plan::Done(id)) => done.push(id),
                Step::Build(Plan::Later(node, meaning)) => {
                    let plan = self.plan(node, meaning);
                    steps.push(Step::Note(node.id()));
                    steps.push(Step::Build(plan));
                }
                Step::Build(Plan::Array(location, items)) => {
                    steps.push(Step::Array(location, items.len()));
                    steps.extend(items.into_iter().rev().map(Step::Build));
                }
                Step::Build(Plan::Object(location, members)) => {
                    let (keys, plans): (Vec<Key>, Vec<Plan<'d>>) = members.into_iter().unzip();
                    steps.push(Step::Object(location, keys));
                    steps.extend(plans.into_iter().rev().map(Step::Build));
                }
                Step::Note(old) => {
                    if let Some(id) = done.last() {
                        self.built.insert(old, *id);
                    }
                }
                Step::Array(location, count) => {
                    let items = last(&mut done, count);
                    done.push(self.builder.array(location, items));
                }
                Step::Object(location, keys) => {
                    let values = last(&mut done, keys.len());
                    let members = keys.into_iter().zip(values).collect();
                    done.push(self.builder.object(location, members));
                }
            }
        }
        done.pop().unwrap_or_else(|| self.builder.null(location))
    }

    /// The plan of one value; what is in it comes later.
    fn plan(&mut self, node: Node<'d>, meaning: Meaning) -> Plan<'d> {
        match (meaning, node.kind()) {
            (Meaning::Value(SCHEMA | Value::Items) | Meaning::Branch, NodeKind::Object) => {
                self.schema(node, matches!(meaning, Meaning::Branch))
            }
            (Meaning::Value(Value::Reference(_)), NodeKind::Object) if node.get("$ref").is_some() => {
                Plan::Object(node.location(), Draft::of_reference(node).members)
            }
            (Meaning::Value(Value::Object(kind) | Value::Reference(kind)), NodeKind::Object) => self.object(node, kind),
            (Meaning::Value(Value::List(item)), NodeKind::Array) => self.list(node, Meaning::Value(*item)),
            (Meaning::Value(Value::Map(member)), NodeKind::Object) => self.map(node, |_| Meaning::Value(*member)),
            (Meaning::Reference, NodeKind::String(text)) => self.reference(node, text),
            _ => self.verbatim(node),
        }
    }

    /// A copy.
    pub(super) fn verbatim(&mut self, node: Node<'d>) -> Plan<'d> {
        Plan::Done(self.builder.import(node))
    }

    /// Text in place of other text.
    pub(super) fn text(&mut self, location: Location, text: impl Into<String>) -> Plan<'d> {
        Plan::Done(self.builder.string(location, text.into()))
    }

    /// An array, all items of which mean the same.
    pub(super) fn list(&mut self, node: Node<'d>, item: Meaning) -> Plan<'d> {
        let items = node.items().map(|child| Plan::Later(child, item));
        Plan::Array(node.location(), items.collect())
    }

    /// An object with names that the author chose.
    pub(super) fn map(&mut self, node: Node<'d>, member: impl Fn(&str) -> Meaning) -> Plan<'d> {
        let members = node
            .members()
            .map(|(key, child)| (key.clone(), Plan::Later(child, member(&key.name))));
        Plan::Object(node.location(), members.collect())
    }
}

/// What a member of an object of this kind means.
pub(super) fn meaning(kind: Kind, name: &str) -> Meaning {
    match name {
        "$ref" => Meaning::Reference,
        _ => kind.member(name).map_or(Meaning::Verbatim, Meaning::Value),
    }
}
