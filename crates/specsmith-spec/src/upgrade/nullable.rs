//! `null` as a type in place of `nullable`.

use specsmith_diagnostics::Location;

use super::{
    Upgrade,
    draft::Draft,
    plan::{Meaning, Plan},
};
use crate::{
    Key, Node, NodeKind,
    grammar::{Kind, Role, SCHEMA},
    lower::{as_flag, constrains, is_only_null, says_null},
};

/// Keywords that refer to other schemas, or combine them in a way that only a union can add `null` to.
const WHOLE: [&str; 5] = ["$ref", "$dynamicRef", "$recursiveRef", "allOf", "const"];

impl<'d> Upgrade<'d> {
    /// Says in the way of OpenAPI 3.1 that `null` is a value of a schema, where `nullable` says so.
    pub(super) fn nullable(&mut self, node: Node<'d>, draft: &mut Draft<'d>) {
        let said = ["nullable", "x-nullable"].into_iter().find_map(|name| {
            let (key, value) = node.entry(name)?;
            (as_flag(value) == Some(true)).then_some((name, key.location))
        });
        draft.take("nullable");
        let Some((name, place)) = said else { return };
        draft.take(name);
        let counts = |name: &str| node.get(name).is_some_and(|value| constrains(name, value));
        let needs_union = WHOLE.iter().any(|name| counts(name)) || self.has_null_branch_of_one(node);
        let is_listed = ["type", "enum", "oneOf", "anyOf"].into_iter().any(counts);
        let limits = node.members().any(|(key, value)| constrains(&key.name, value));
        if needs_union || limits && !is_listed {
            self.union_with_null(node, draft, place);
            return;
        }
        self.add_null_type(node, draft, place);
        if let Some(values) = node.get("enum").filter(|_| counts("enum"))
            && !values.items().any(is_null)
        {
            let mut items: Vec<Plan<'d>> = values.items().map(|value| self.verbatim(value)).collect();
            items.push(Plan::Done(self.builder.null(place)));
            draft.replace("enum", "enum", Plan::Array(values.location(), items));
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(list) = node.get(keyword).filter(|_| counts(keyword))
                && !list.items().any(|branch| self.is_null_schema(branch))
            {
                let mut branches: Vec<Plan<'d>> = list.items().map(|item| Plan::Later(item, Meaning::Branch)).collect();
                branches.push(self.null_schema(place, Vec::new()));
                draft.replace(keyword, keyword, Plan::Array(list.location(), branches));
            }
        }
    }

    /// A branch of a union by which authors of OpenAPI 3.0 mean `null`, which is no type there.
    pub(super) fn null_of_3_0(&mut self, branch: Node<'d>) -> Option<Plan<'d>> {
        let node = self.chain(branch).last()?;
        // `type: "null"` and lists of nothing but `null` are good as they are.
        let is_stated = node.get("type").is_some_and(|value| value.as_str() != Some("object"))
            || node.get("const").is_some()
            || node.get("enum").is_some();
        if is_stated || !is_only_null(node) {
            return None;
        }
        let annotations = Draft::of(branch, Kind::Schema).split(|name| matches!(name, "title" | "description"));
        Some(self.null_schema(branch.location(), annotations))
    }

    fn null_schema(&mut self, location: Location, members: Vec<(Key, Plan<'d>)>) -> Plan<'d> {
        let mut draft = Draft { members: Vec::new() };
        let name = self.text(location, "null");
        draft.push("type", location, name);
        draft.members.extend(members);
        Plan::Object(location, draft.members)
    }

    /// Adds `null` to the types that a schema states.
    fn add_null_type(&mut self, node: Node<'d>, draft: &mut Draft<'d>, place: Location) {
        let Some(types) = node.get("type") else { return };
        let known: Vec<Node<'d>> = match types.kind() {
            NodeKind::Array => types.items().collect(),
            _ => vec![types],
        };
        if known.iter().any(|item| is_null(*item) || item.as_str() == Some("null")) {
            return;
        }
        let null = self.text(place, "null");
        draft.edit("type", |plan| {
            let mut names = match plan {
                Plan::Array(_, names) => names,
                name => vec![name],
            };
            names.push(null);
            Plan::Array(types.location(), names)
        });
    }

    /// Moves what limits values into a branch beside `null`.
    fn union_with_null(&mut self, node: Node<'d>, draft: &mut Draft<'d>, place: Location) {
        let inner = draft.split(limits);
        let location = node
            .members()
            .find(|(key, _)| inner.first().is_some_and(|(first, _)| first.location == key.location))
            .map_or(place, |(_, value)| value.location());
        let sole = match inner.as_slice() {
            [(key, _)] if key.name == "allOf" => node.get("allOf").and_then(sole_item),
            _ => None,
        };
        let branch = match sole {
            Some(member) => Plan::Later(member, Meaning::Value(SCHEMA)),
            None => Plan::Object(location, inner),
        };
        let null = self.null_schema(place, Vec::new());
        draft.push("anyOf", place, Plan::Array(location, vec![branch, null]));
    }

    /// Whether a branch of `oneOf` allows `null`, so that one more would make two.
    fn has_null_branch_of_one(&self, node: Node<'d>) -> bool {
        let mut branches = node.get("oneOf").into_iter().flat_map(Node::items);
        branches.any(|branch| !self.is_null_schema(branch) && self.chain(branch).any(says_null))
    }

    /// Whether `null` is the only value of a schema.
    fn is_null_schema(&self, node: Node<'d>) -> bool {
        self.chain(node).last().is_some_and(is_only_null)
    }
}

/// Whether a keyword belongs with those that limit values.
fn limits(name: &str) -> bool {
    let keyword = Kind::Schema.keyword(name);
    // What an extension says about the values of an `enum` is said beside it.
    keyword.is_some_and(|keyword| keyword.role != Role::Annotation) || name.starts_with("x-enum") || name == "x-ms-enum"
}

fn is_null(node: Node<'_>) -> bool {
    matches!(node.kind(), NodeKind::Null)
}

fn sole_item(list: Node<'_>) -> Option<Node<'_>> {
    let mut items = list.items();
    items.next().filter(|_| items.next().is_none())
}
