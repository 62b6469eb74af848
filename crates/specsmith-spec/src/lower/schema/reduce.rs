//! Whether a schema is only another way to refer to another one.

use specsmith_ir::KindSet;

use super::keyword;
use super::kind;
use super::nullable::says_null;
use super::referent::{KEYWORDS, refers};
use crate::Node;
use crate::lower::context::Context;

/// How many references are followed to see something through them.
const PEEK_LIMIT: usize = 32;

/// What a schema is beside its annotations.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reduced<'d> {
    /// A schema of its own.
    Own,
    /// Nothing but a reference to another schema.
    Same {
        /// The other schema.
        target: Node<'d>,
        /// Whether it allows `null` in addition.
        nullable: bool,
    },
}

impl<'d> Context<'d, '_> {
    /// Sees through `$ref`, and `allOf`, `oneOf` and `anyOf` of a single schema, up to the first reference.
    ///
    /// Annotations do not make a schema one of its own, nor does a `type` that the other schema has as well.
    pub(super) fn reduce(&mut self, start: Node<'d>) -> Reduced<'d> {
        let mut nullable = false;
        let mut types = Vec::new();
        let mut node = start;
        loop {
            self.check_keywords(node);
            nullable |= says_null(node);
            types.extend(node.get("type").and_then(kind::stated));
            if refers(node) {
                if has_constraints(node, "$ref") {
                    return Reduced::Own;
                }
                let Some(target) = self.referent(node) else {
                    return Reduced::Own;
                };
                return if self.fits(target, &types) {
                    Reduced::Same { target, nullable }
                } else {
                    Reduced::Own
                };
            }
            let Some((member, null)) = self.sole_member(node) else {
                return Reduced::Own;
            };
            nullable |= null;
            node = member;
        }
    }

    /// The one schema that `allOf`, `oneOf` or `anyOf` lists beside `null`, when nothing else constrains this one; and
    /// whether `null` is listed.
    fn sole_member(&mut self, node: Node<'d>) -> Option<(Node<'d>, bool)> {
        let keyword = ["allOf", "oneOf", "anyOf"]
            .into_iter()
            .find(|keyword| node.get(keyword).is_some())?;
        if has_constraints(node, keyword) {
            return None;
        }
        if keyword != "allOf" {
            if node.get("discriminator").is_some() {
                return None;
            }
            return self.sole_branch(node, keyword);
        }
        let mut members = node.get(keyword)?.items();
        let member = members.next()?;
        members.next().is_none().then_some((member, false))
    }

    /// The one branch of a union beside `null`, and whether `null` is one.
    pub(super) fn sole_branch(&mut self, node: Node<'d>, keyword: &str) -> Option<(Node<'d>, bool)> {
        let mut sole: Option<Node<'d>> = None;
        let mut null = false;
        let list = node.get(keyword)?;
        for branch in list.items() {
            if self.is_null(branch) {
                null = true;
                continue;
            }
            if self.is_itself(list, branch) {
                continue;
            }
            match sole {
                None => sole = Some(branch),
                Some(first) if self.is_same_reference(first, branch) => {}
                Some(_) => return None,
            }
        }
        Some((sole?, null))
    }

    /// Whether a branch of a union is nothing but a reference to the schema that has the union, beside others: whatever it
    /// allows, they allow.
    pub(super) fn is_itself(&mut self, list: Node<'d>, branch: Node<'d>) -> bool {
        let Some(schema) = list.parent().filter(|_| refers(branch)) else {
            return false;
        };
        let is_plain = |keyword| schema.get(keyword) == Some(list) && !has_constraints(schema, keyword);
        list.items().nth(1).is_some()
            && (is_plain("oneOf") || is_plain("anyOf"))
            && schema.get("discriminator").is_none()
            && !has_constraints(branch, "$ref")
            && self.referent(branch) == Some(schema)
    }

    /// Whether two schemas refer to the same one and say nothing else.
    fn is_same_reference(&mut self, a: Node<'d>, b: Node<'d>) -> bool {
        let plain = |node: Node<'d>| refers(node) && !has_constraints(node, "$ref");
        plain(a) && plain(b) && self.referent(a).is_some() && self.referent(a) == self.referent(b)
    }

    /// Whether values of the schema have these JSON types, as far as can be seen.
    fn fits(&mut self, target: Node<'d>, types: &[KindSet]) -> bool {
        if types.is_empty() {
            return true;
        }
        let Some(kinds) = self.peek_kinds(target) else {
            return true;
        };
        types.iter().all(|stated| kinds.difference(*stated).is_empty())
    }

    /// A schema and, one after the other, the schemas that it refers to when it does nothing else.
    pub(super) fn chain(&mut self, start: Node<'d>) -> Vec<Node<'d>> {
        let mut chain = vec![start];
        let mut node = start;
        while chain.len() < PEEK_LIMIT
            && let Reduced::Same { target, .. } = self.reduce(node)
            && !chain.contains(&target)
        {
            chain.push(target);
            node = target;
        }
        chain
    }

    /// The JSON types that a schema states, itself or through references, without `null`.
    pub(super) fn peek_kinds(&mut self, start: Node<'d>) -> Option<KindSet> {
        let mut node = start;
        for _ in 0..PEEK_LIMIT {
            if let Some(kinds) = node.get("type").and_then(kind::stated) {
                return Some(kinds.difference(kind::NULL));
            }
            node = if refers(node) {
                self.referent(node)?
            } else {
                self.sole_member(node)?.0
            };
        }
        None
    }
}

/// Whether a schema has keywords that constrain values, other than `except`, references and `type`.
fn has_constraints(node: Node<'_>, except: &str) -> bool {
    node.members()
        .filter(|(key, _)| key.name != except && key.name != "type" && !KEYWORDS.contains(&key.name.as_str()))
        .any(|(key, value)| keyword::constrains(&key.name, value))
}
