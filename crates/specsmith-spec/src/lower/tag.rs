//! Tags: those that the document declares, then those that operations use, and what groups them.

use std::collections::BTreeMap;

use specsmith_diagnostics::{Code, Diagnostic, Location};
use specsmith_ir::{Docs, Tag};

use super::context::{Context, as_text, text};
use crate::Node;

/// How many tags deep a tag may be.
const DEPTH: usize = 100;

/// The tags so far.
#[derive(Debug, Default)]
pub(super) struct Tags {
    list: Vec<Tag>,
    places: BTreeMap<String, Location>,
}

impl Tags {
    /// The tags that a document declares.
    pub(super) fn declared<'d>(cx: &mut Context<'d, '_>, root: Node<'d>) -> Self {
        let mut tags = Self::default();
        let mut parents = Vec::new();
        for node in root.get("tags").into_iter().flat_map(Node::items) {
            let Some(name) = text(node, "name") else { continue };
            let place = node.get("name").map_or(node.location(), Node::location);
            if let Some(first) = tags.places.get(name) {
                cx.report(
                    Diagnostic::new(Code::DuplicateName, format!("the tag `{name}` is declared twice"))
                        .at(place)
                        .related(*first, "this one counts"),
                );
                continue;
            }
            parents.push(node.get("parent"));
            tags.places.insert(name.to_owned(), place);
            tags.list.push(Tag {
                name: name.to_owned(),
                docs: cx.docs(node),
                parent: None,
            });
        }
        tags.set_parents(cx, &parents);
        tags
    }

    /// Takes note that an operation has this tag.
    pub(super) fn used(&mut self, name: &str, place: Location) {
        if !self.places.contains_key(name) {
            self.places.insert(name.to_owned(), place);
            self.list.push(Tag {
                name: name.to_owned(),
                docs: Docs::default(),
                parent: None,
            });
        }
    }

    /// All tags, declared ones first, then those that only group others.
    pub(super) fn finish(mut self, root: Node<'_>) -> Vec<Tag> {
        // Who says where tags belong as OpenAPI 3.2 has it has said it.
        if self.list.iter().all(|tag| tag.parent.is_none()) {
            self.set_groups(root);
        }
        self.list
    }

    /// Puts tags below the groups of `x-tagGroups` that have them, an extension of many readers of documents.
    fn set_groups(&mut self, root: Node<'_>) {
        let names = self.list.iter().enumerate();
        let places: BTreeMap<String, usize> = names.map(|(place, tag)| (tag.name.clone(), place)).collect();
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        for group in root.get("x-tagGroups").into_iter().flat_map(Node::items) {
            let Some(name) = text(group, "name") else { continue };
            let members = group.get("tags").into_iter().flat_map(Node::items).filter_map(as_text);
            for member in members.filter(|member| *member != name) {
                let tag = places.get(member).and_then(|place| self.list.get_mut(*place));
                let is_free = |tag: &&mut Tag| tag.parent.is_none() && !leads_to(&known, name, member);
                if let Some(tag) = tag.filter(is_free) {
                    tag.parent = Some(name.to_owned());
                    known.insert(member.to_owned(), name.to_owned());
                    self.used(name, group.location());
                }
            }
        }
    }

    /// Gives each tag its parent, unless it is not declared or leads in a circle.
    fn set_parents(&mut self, cx: &mut Context<'_, '_>, parents: &[Option<Node<'_>>]) {
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        for (tag, node) in self.list.iter_mut().zip(parents) {
            let Some((node, parent)) = node.and_then(|node| Some((node, as_text(node)?))) else {
                continue;
            };
            let message = if !self.places.contains_key(parent) {
                format!("the parent `{parent}` of the tag `{}` is not declared", tag.name)
            } else if leads_to(&known, parent, &tag.name) {
                format!(
                    "the parents of the tag `{}` lead in a circle, or are too many",
                    tag.name
                )
            } else {
                known.insert(tag.name.clone(), parent.to_owned());
                tag.parent = Some(parent.to_owned());
                continue;
            };
            cx.report(Diagnostic::new(Code::InvalidValue, message).at(node.location()));
        }
    }
}

/// Whether the way up from a tag comes to another or takes too long.
fn leads_to(parents: &BTreeMap<String, String>, from: &str, to: &str) -> bool {
    let mut name = from;
    for _ in 0..DEPTH {
        match parents.get(name) {
            _ if name == to => return true,
            Some(parent) => name = parent,
            None => return false,
        }
    }
    true
}
