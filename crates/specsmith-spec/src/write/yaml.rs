//! Values as YAML: block style, as far down as anybody can read it.

mod scalar;

use self::scalar::{key, literal, plain, string};
use super::{DEEPEST, json, line, quote::Lines};
use crate::{Node, NodeKind};

/// Columns by which what is inside of something stands further to the right.
const STEP: usize = 2;

/// What a value follows in its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing: it is the whole document.
    Root,
    /// The colon of a key.
    Key,
    /// The dash of an item.
    Dash,
}

/// Appends a value; `column` is that of the key or the dash that it follows. The depth of the document bounds the
/// recursion.
pub(super) fn value(out: &mut String, node: Node<'_>, place: Place, column: usize) {
    let inner = if place == Place::Root { 0 } else { column + STEP };
    let is_empty = node.members().next().is_none() && node.items().next().is_none();
    match node.kind() {
        NodeKind::Object | NodeKind::Array if !is_empty && column >= DEEPEST => {
            out.push(' ');
            json::value(out, node, column);
        }
        NodeKind::Object if !is_empty => {
            for (position, (name, member)) in node.members().enumerate() {
                entry(out, place, position, inner);
                key(out, &name.name, inner);
                value(out, member, Place::Key, inner);
            }
        }
        NodeKind::Array if !is_empty => {
            for (position, item) in node.items().enumerate() {
                entry(out, place, position, inner);
                out.push('-');
                value(out, item, Place::Dash, inner);
            }
        }
        _ => {
            if place != Place::Root {
                out.push(' ');
            }
            scalar(out, node, place, inner);
        }
    }
}

/// Goes to where an entry of a container begins: behind the dash that the container follows, or in a new line.
fn entry(out: &mut String, place: Place, position: usize, column: usize) {
    match (place, position) {
        (Place::Root, 0) => {}
        (Place::Dash, 0) => out.push(' '),
        _ => line(out, column),
    }
}

fn scalar(out: &mut String, node: Node<'_>, place: Place, column: usize) {
    match node.kind() {
        NodeKind::Object => out.push_str("{}"),
        NodeKind::Array => out.push_str("[]"),
        // The lines of a scalar that is the whole document can look like marks of YAML.
        NodeKind::String(text) if place == Place::Root => string(out, text, Lines::One),
        NodeKind::String(text) if literal(out, text, column) => {}
        NodeKind::String(text) => string(out, text, Lines::Folded(column)),
        NodeKind::Null | NodeKind::Boolean(_) | NodeKind::Number(_) => plain(out, node),
    }
}
