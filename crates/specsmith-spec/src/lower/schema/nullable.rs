//! Whether `null` is a value of a schema.

use specsmith_ir::{Kind, Number};

use super::keyword;
use super::kind;
use super::part::Part;
use super::referent::refers;
use crate::lower::context::{self, Context};
use crate::{Node, NodeKind};

/// How many references are followed to see whether a schema is just `null`.
const PEEK_LIMIT: usize = 32;

impl<'d> Context<'d, '_> {
    /// Whether `null` is a value of schemas that must hold together.
    ///
    /// What stands at the place itself counts before what it refers to: `nullable` beside `allOf` of a schema that is
    /// not nullable means that `null` may stand at this place.
    pub(super) fn is_nullable(&mut self, roots: &[Part<'d>], parts: &[Part<'d>]) -> bool {
        match roots {
            [root] => self.is_root_nullable(root, parts),
            _ => roots.iter().all(|root| {
                // A part without what it refers to stands for a schema whose `null` was dealt with there.
                !root.is_unfolded() && {
                    let parts = self.unfold(&[*root]);
                    self.is_root_nullable(root, &parts)
                }
            }),
        }
    }

    fn is_root_nullable(&mut self, root: &Part<'d>, parts: &[Part<'d>]) -> bool {
        if self.allows_null(root) {
            return true;
        }
        let others = parts.iter().filter(|part| states_type(part));
        let mut any = false;
        for part in others {
            if !self.allows_null(part) {
                return false;
            }
            any = true;
        }
        any
    }

    /// Whether the keywords of this part itself name `null`.
    fn allows_null(&mut self, part: &Part<'d>) -> bool {
        says_null(part.node)
            || ["oneOf", "anyOf"].into_iter().any(|keyword| {
                part.get(keyword)
                    .is_some_and(|branches| branches.items().any(|branch| self.is_null(branch)))
            })
    }

    /// Whether `null` is the only value of a schema.
    pub(super) fn is_null(&mut self, start: Node<'d>) -> bool {
        let mut node = start;
        for _ in 0..PEEK_LIMIT {
            if !refers(node) {
                return is_only_null(node);
            }
            match self.referent(node) {
                Some(target) => node = target,
                None => return false,
            }
        }
        false
    }
}

/// Whether the keywords of a schema name `null`, other than by a branch of a union.
pub(crate) fn says_null(node: Node<'_>) -> bool {
    let nullable = |name| context::flag(node, name) == Some(true);
    nullable("nullable")
        || nullable("x-nullable")
        || node
            .get("type")
            .and_then(kind::stated)
            .is_some_and(|kinds| kinds.contains(Kind::Null))
        || node
            .get("enum")
            .is_some_and(|values| values.items().any(|value| matches!(value.kind(), NodeKind::Null)))
        || node
            .get("const")
            .is_some_and(|value| matches!(value.kind(), NodeKind::Null))
}

/// Whether `null` is the only value that the keywords of a schema allow, those of references aside.
pub(crate) fn is_only_null(node: Node<'_>) -> bool {
    let only_type = || node.get("type").and_then(kind::stated) == Some(kind::NULL);
    let only_value = || {
        node.get("const")
            .is_some_and(|value| matches!(value.kind(), NodeKind::Null))
    };
    let only_values = || {
        let mut values = node.get("enum").into_iter().flat_map(Node::items).peekable();
        values.peek().is_some() && values.all(|value| matches!(value.kind(), NodeKind::Null))
    };
    let only_nullable = || context::flag(node, "nullable") == Some(true) && says_nothing_but_null(node);
    only_type() || only_value() || only_values() || only_nullable()
}

/// Whether a schema with `nullable` is one of the idioms of 3.0, where `null` is not a type: one that says nothing else,
/// or an object without members.
fn says_nothing_but_null(node: Node<'_>) -> bool {
    let no_members = context::flag(node, "additionalProperties") == Some(false)
        || node
            .get("maxProperties")
            .and_then(Node::as_number)
            .and_then(Number::as_u64)
            == Some(0);
    node.members().all(|(key, value)| match key.name.as_str() {
        "nullable" | "additionalProperties" | "maxProperties" => true,
        "type" => no_members && value.as_str() == Some("object"),
        name => !keyword::constrains(name, value),
    })
}

/// Whether a part limits the JSON type of its values.
fn states_type(part: &Part<'_>) -> bool {
    ["type", "enum", "const", "properties", "items", "oneOf", "anyOf"]
        .into_iter()
        .any(|keyword| part.get(keyword).is_some())
}
