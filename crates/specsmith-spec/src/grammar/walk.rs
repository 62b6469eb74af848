//! The way through a document by what its values mean.

use super::{Fate, Grammar, Keyword, Kind, SCHEMA, Value};
use crate::{Document, Key, Node};

/// What is met on the way.
pub(crate) enum Step<'d> {
    /// An object of the specification, before its members.
    Object {
        /// The object; a schema can be a boolean, too.
        node: Node<'d>,
        /// What it is.
        kind: Kind,
    },
    /// A member of an object, before its value.
    Member {
        /// What the object is.
        kind: Kind,
        /// The name of the member.
        key: &'d Key,
        /// Its value.
        value: Node<'d>,
        /// What the member is.
        member: Member,
        /// Whether an object around it is one of which nothing is made.
        lost: bool,
    },
}

/// What a member of an object is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Member {
    /// A keyword.
    Keyword(&'static Keyword),
    /// A keyword of a Reference Object.
    Reference,
    /// Something beside the `$ref` of a Reference Object that the specification does not know there.
    Sibling,
    /// A name that the author chose.
    Name,
    /// An extension, `x-`.
    Extension,
    /// Something that the specification does not know.
    Unknown,
}

/// A value whose members come next.
struct Open<'d> {
    node: Node<'d>,
    value: Value,
    lost: bool,
}

/// Visits every object of the specification in a document and every member of it, in the order of the document.
///
/// References are not followed, so each object is met once, used or not.
pub(crate) fn walk<'d>(document: &'d Document, mut visit: impl FnMut(Step<'d>)) {
    let mut open = vec![Open {
        node: document.root(),
        value: Value::Object(Kind::OpenApi),
        lost: false,
    }];
    while let Some(next) = open.pop() {
        let known = open.len();
        enter(next, &mut open, &mut visit);
        // What was found last stands last in the document, and the last of the list comes first.
        if let Some(found) = open.get_mut(known..) {
            found.reverse();
        }
    }
}

fn enter<'d>(Open { node, value, lost }: Open<'d>, open: &mut Vec<Open<'d>>, visit: &mut impl FnMut(Step<'d>)) {
    let mut push = |node, value, lost| open.push(Open { node, value, lost });
    match value {
        Value::Object(Kind::Schema) if node.as_bool().is_some() => visit(Step::Object {
            node,
            kind: Kind::Schema,
        }),
        Value::Object(kind) | Value::Reference(kind) if node.is_object() => {
            let reference = matches!(value, Value::Reference(_)) && node.get("$ref").is_some();
            visit(Step::Object { node, kind });
            for (key, value) in node.members() {
                let member = member(kind, &key.name, reference);
                visit(Step::Member {
                    kind,
                    key,
                    value,
                    member,
                    lost,
                });
                match (member, kind.grammar()) {
                    (Member::Keyword(keyword), _) => {
                        let lost = lost || matches!(keyword.fate, Fate::Reported(_));
                        push(value, keyword.value, lost);
                    }
                    (Member::Name, Grammar::Names(named)) => push(value, named, lost),
                    _ => {}
                }
            }
        }
        Value::Items if node.is_array() => node.items().for_each(|item| push(item, SCHEMA, lost)),
        Value::Items => push(node, SCHEMA, lost),
        Value::SchemaOrNames if node.is_object() => push(node, SCHEMA, lost),
        Value::List(item) => node.items().for_each(|child| push(child, *item, lost)),
        Value::Map(named) => node.members().for_each(|(_, child)| push(child, *named, lost)),
        _ => {}
    }
}

fn member(kind: Kind, name: &str, reference: bool) -> Member {
    if name.starts_with("x-") {
        return Member::Extension;
    }
    match (reference, kind.grammar()) {
        (true, _) if ["$ref", "summary", "description"].contains(&name) => Member::Reference,
        (true, _) => Member::Sibling,
        (false, Grammar::Names(_)) => Member::Name,
        (false, Grammar::Keywords(_)) => kind.keyword(name).map_or(Member::Unknown, Member::Keyword),
    }
}
