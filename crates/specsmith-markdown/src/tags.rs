//! Tags as the parts of the reference: what groups are called, and which stand under which.

use std::collections::BTreeSet;

use specsmith_ir::{Api, Tag};
use specsmith_rust::model::Group;

use crate::context::Context;
use crate::escape::{cell, inline, label, text};
use crate::pages::Folder;
use crate::view;

/// How deep tags stand under tags at most.
const MAX_DEPTH: usize = 4;

/// What a group is called.
pub(crate) fn title(api: &Api, group: &Group) -> String {
    let title = tag(api, group)
        .and_then(|tag| tag.docs.title.as_deref())
        .or(group.tag.as_deref());
    match title.filter(|title| !title.trim().is_empty()) {
        Some(title) => title.to_owned(),
        None if group.tag.is_some() || group.is_rest() => "Operations".to_owned(),
        None => sentence(&group.key),
    }
}

/// A key as people write it: `payment_intents` is `Payment intents`.
fn sentence(key: &str) -> String {
    let text = key.replace('_', " ");
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase());
    first.into_iter().flatten().chain(letters).collect()
}

/// The tag of a group.
pub(crate) fn tag<'a>(api: &'a Api, group: &Group) -> Option<&'a Tag> {
    api.tags.iter().find(|tag| Some(&tag.name) == group.tag.as_ref())
}

/// A tag or a group without one, at its place in the tree of tags.
pub(crate) struct Node<'a> {
    /// How many tags it stands under.
    pub(crate) depth: usize,
    /// The tag.
    pub(crate) tag: Option<&'a Tag>,
    /// The group of its operations, by its place.
    pub(crate) group: Option<(usize, &'a Group)>,
}

/// The tree of tags, each in front of those under it (OpenAPI 3.2, section 4.8.22, `parent`), then the groups of operations
/// without a tag.
pub(crate) fn tree<'a>(cx: &Context<'a>) -> Vec<Node<'a>> {
    let mut nodes = Vec::new();
    let mut shown = BTreeSet::new();
    let is_known = |name: &str| cx.api.tags.iter().any(|tag| tag.name == name);
    let is_root = |tag: &Tag| tag.parent.as_deref().is_none_or(|parent| !is_known(parent));
    let roots = cx.api.tags.iter().enumerate().filter(|(_, tag)| is_root(tag));
    for (index, _) in roots {
        below(cx, index, 0, &mut shown, &mut nodes);
    }
    // Tags that stand under each other in a circle have no root.
    for index in 0..cx.api.tags.len() {
        below(cx, index, 0, &mut shown, &mut nodes);
    }
    let groups = cx.model.groups.iter().enumerate();
    let untagged = groups.filter(|(_, group)| tag(cx.api, group).is_none());
    nodes.extend(untagged.map(|group| Node {
        depth: 0,
        tag: None,
        group: Some(group),
    }));
    nodes
}

fn below<'a>(cx: &Context<'a>, index: usize, depth: usize, shown: &mut BTreeSet<usize>, nodes: &mut Vec<Node<'a>>) {
    let Some(tag) = cx.api.tags.get(index).filter(|_| shown.insert(index)) else {
        return;
    };
    let mut groups = cx.model.groups.iter().enumerate();
    nodes.push(Node {
        depth,
        tag: Some(tag),
        group: groups.find(|(_, group)| group.tag.as_ref() == Some(&tag.name)),
    });
    let children = cx.api.tags.iter().enumerate();
    for (child, _) in children.filter(|(_, of)| of.parent.as_ref() == Some(&tag.name)) {
        below(cx, child, (depth + 1).min(MAX_DEPTH), shown, nodes);
    }
}

impl Node<'_> {
    /// What it is called, as text of the document.
    pub(crate) fn name(&self, cx: &Context<'_>) -> String {
        match (self.tag, self.group) {
            (Some(tag), _) => tag.docs.title.as_deref().unwrap_or(&tag.name).to_owned(),
            (None, Some((_, group))) => title(cx.api, group),
            (None, None) => String::new(),
        }
    }
}

/// The rows of the table of tags.
pub(crate) fn rows(cx: &Context<'_>) -> Vec<view::Tag> {
    let rows = tree(cx).into_iter().map(|node| {
        let name = node.name(cx);
        let name = match node.group {
            Some((index, _)) => {
                let page = cx.pages.link(cx.pages.of_operation(index, 0), Folder::Root);
                format!("[{}]({page})", label(&name))
            }
            None => text(&name),
        };
        let is_tagged =
            |operation: &&specsmith_ir::Operation| node.tag.is_some_and(|tag| operation.tags.contains(&tag.name));
        let says = node.tag.and_then(|tag| tag.docs.description.as_deref()).map(inline);
        view::Tag {
            name: cell(&format!("{}{name}", "- ".repeat(node.depth))),
            count: match node.group {
                Some((_, group)) => group.operations.len(),
                None => cx.api.operations.iter().filter(is_tagged).count(),
            },
            text: cell(&says.unwrap_or_default()),
        }
    });
    rows.collect()
}

/// The pages of groups in the table of contents, with what stands under what.
pub(crate) fn entries(cx: &Context<'_>) -> Vec<view::Entry> {
    let nodes = tree(cx);
    let mut entries = Vec::new();
    for (place, node) in nodes.iter().enumerate() {
        let name = label(&node.name(cx));
        let (depth, indent) = (node.depth, "    ".repeat(node.depth));
        match node.group {
            Some((index, group)) => {
                let pages = cx.pages.group(index);
                entries.extend(pages.iter().enumerate().map(|(number, path)| view::Entry {
                    name: numbered(&name, number, pages.len()),
                    path: path.clone(),
                    count: group.operations.len(),
                    indent: indent.clone(),
                }));
            }
            // A tag without operations of its own is worth a line where others stand under it.
            None if nodes.get(place + 1).is_some_and(|next| next.depth > depth) => entries.push(view::Entry {
                name,
                path: String::new(),
                count: 0,
                indent,
            }),
            None => {}
        }
    }
    entries
}

/// The name of one of several pages.
pub(crate) fn numbered(name: &str, number: usize, pages: usize) -> String {
    match pages {
        1 => name.to_owned(),
        pages => format!("{name} ({} of {pages})", number + 1),
    }
}
