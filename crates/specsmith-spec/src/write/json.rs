//! Values as JSON.

use super::{
    DEEPEST, line,
    quote::{Lines, quote},
};
use crate::{Node, NodeKind};

/// Appends a value whose line is indented to this column; the depth of the document bounds the recursion.
pub(super) fn value(out: &mut String, node: Node<'_>, column: usize) {
    match node.kind() {
        NodeKind::Null => out.push_str("null"),
        NodeKind::Boolean(value) => out.push_str(if value { "true" } else { "false" }),
        NodeKind::Number(number) => out.push_str(number.as_str()),
        NodeKind::String(text) => quote(out, text, Lines::One),
        NodeKind::Array => {
            let entries = node.items().map(|item| (None, item));
            container(out, entries, ['[', ']'], column);
        }
        NodeKind::Object => {
            let entries = node.members().map(|(key, member)| (Some(key.name.as_str()), member));
            container(out, entries, ['{', '}'], column);
        }
    }
}

fn container<'d>(
    out: &mut String,
    entries: impl Iterator<Item = (Option<&'d str>, Node<'d>)>,
    [open, close]: [char; 2],
    column: usize,
) {
    out.push(open);
    let mut entries = entries.peekable();
    let in_one_line = column >= DEEPEST;
    if entries.peek().is_some() {
        while let Some((name, node)) = entries.next() {
            if !in_one_line {
                line(out, column + 2);
            }
            if let Some(name) = name {
                quote(out, name, Lines::One);
                out.push_str(": ");
            }
            value(out, node, column + 2);
            if entries.peek().is_some() {
                out.push_str(if in_one_line { ", " } else { "," });
            }
        }
        if !in_one_line {
            line(out, column);
        }
    }
    out.push(close);
}
