//! Whether a schema says nothing that another one does not say as well.

use specsmith_ir::Kind;

use super::kind;
use super::part::Part;
use crate::Node;
use crate::lower::context::Context;

/// How many schemas are compared before it counts as unknown.
const STEP_LIMIT: usize = 256;

/// Constraints that are compared as they are written.
const PLAIN: [&str; 17] = [
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "patternProperties",
    "propertyNames",
    "prefixItems",
];

/// Constraints that are the same only where they are the same node.
const WHOLE: [&str; 14] = [
    "oneOf",
    "anyOf",
    "const",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "additionalItems",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Whether every value of a schema is one of another schema, as far as can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Implied {
    /// It is.
    Yes,
    /// It is not, or it cannot be seen.
    Unknown,
}

impl From<bool> for Implied {
    fn from(implied: bool) -> Self {
        if implied { Implied::Yes } else { Implied::Unknown }
    }
}

impl<'d> Context<'d, '_> {
    /// Whether whatever `strong` allows, `weak` allows too, so that `weak` adds nothing to it.
    pub(super) fn is_implied(&mut self, weak: Node<'d>, strong: Node<'d>) -> Implied {
        self.are_implied(&[Part::whole(weak)], strong)
    }

    /// Whether parts add nothing to a schema.
    pub(super) fn are_implied(&mut self, weak: &[Part<'d>], strong: Node<'d>) -> Implied {
        let mut left = STEP_LIMIT;
        self.implies(&[Part::whole(strong)], weak, &mut left).into()
    }

    fn implies(&mut self, strong: &[Part<'d>], weak: &[Part<'d>], left: &mut usize) -> bool {
        let Some(rest) = left.checked_sub(1) else {
            return false;
        };
        *left = rest;
        let strong = self.unfold(strong);
        let weak = self.unfold(weak);
        weak.iter()
            .all(|part| strong.iter().any(|other| other.key() == part.key()) || self.implies_part(&strong, part, left))
    }

    fn implies_part(&mut self, strong: &[Part<'d>], weak: &Part<'d>, left: &mut usize) -> bool {
        if WHOLE.iter().any(|keyword| {
            weak.get(keyword)
                .is_some_and(|value| !strong.iter().any(|part| part.get(keyword) == Some(value)))
        }) {
            return false;
        }
        implies_types(self, strong, weak)
            && implies_values(strong, weak)
            && PLAIN.iter().all(|keyword| implies_plain(strong, weak, keyword))
            && implies_required(strong, weak)
            && ["items", "additionalProperties"].iter().all(|keyword| {
                weak.get(keyword)
                    .is_none_or(|weak| self.implies_member(strong, weak, keyword, left))
            })
            && weak
                .get("properties")
                .into_iter()
                .flat_map(Node::members)
                .all(|(key, weak)| {
                    strong
                        .iter()
                        .filter_map(|part| part.get("properties")?.get(&key.name))
                        .collect::<Vec<_>>()
                        .into_iter()
                        .any(|strong| self.implies(&[Part::whole(strong)], &[Part::whole(weak)], left))
                })
    }

    fn implies_member(&mut self, strong: &[Part<'d>], weak: Node<'d>, keyword: &str, left: &mut usize) -> bool {
        if weak.as_bool() == Some(true) || weak.is_object() && weak.members().next().is_none() {
            return true;
        }
        let strong: Vec<Node<'d>> = strong.iter().filter_map(|part| part.get(keyword)).collect();
        strong.into_iter().any(|strong| {
            if strong.as_bool().is_some() || weak.as_bool().is_some() {
                return strong.as_bool() == weak.as_bool();
            }
            self.implies(&[Part::whole(strong)], &[Part::whole(weak)], left)
        })
    }
}

fn implies_types<'d>(cx: &mut Context<'d, '_>, strong: &[Part<'d>], weak: &Part<'d>) -> bool {
    let Some(weak) = weak.get("type").and_then(kind::stated) else {
        return true;
    };
    // Only what is seen without a report counts, so the types are not merged here.
    let stated = strong
        .iter()
        .filter_map(|part| part.get("type").and_then(kind::stated))
        .next();
    let kinds = match stated {
        Some(kinds) => kinds.difference(kind::NULL),
        None => {
            let values = strong
                .iter()
                .find_map(|part| part.get("enum").or_else(|| part.get("const")));
            match values {
                Some(values) if values.is_array() => {
                    values.items().fold(specsmith_ir::KindSet::NONE, |kinds, value| {
                        kinds.union(specsmith_ir::KindSet::of(value.to_value().kind()))
                    })
                }
                Some(value) => specsmith_ir::KindSet::of(value.to_value().kind()),
                None => match strong.iter().find_map(|part| cx.peek_kinds(part.node)) {
                    Some(kinds) => kinds,
                    None if strong.iter().any(|part| part.get("properties").is_some()) => {
                        specsmith_ir::KindSet::of(Kind::Object)
                    }
                    None => return false,
                },
            }
        }
    };
    kinds.difference(weak).difference(kind::NULL).is_empty()
}

fn implies_values(strong: &[Part<'_>], weak: &Part<'_>) -> bool {
    let Some(weak) = weak.get("enum") else {
        return true;
    };
    let allowed: Vec<_> = weak.items().map(Node::to_value).collect();
    strong.iter().any(|part| {
        let values = part
            .get("enum")
            .map(|values| values.items().map(Node::to_value).collect());
        let value = part.get("const").map(|value| vec![value.to_value()]);
        values
            .or(value)
            .is_some_and(|values: Vec<_>| values.iter().all(|value| allowed.contains(value)))
    })
}

fn implies_plain(strong: &[Part<'_>], weak: &Part<'_>, keyword: &str) -> bool {
    weak.get(keyword).is_none_or(|weak| {
        let weak = weak.to_value();
        strong
            .iter()
            .any(|part| part.get(keyword).is_some_and(|value| value.to_value() == weak))
    })
}

fn implies_required(strong: &[Part<'_>], weak: &Part<'_>) -> bool {
    let names = |part: &Part<'_>| {
        let list = part.get("required").into_iter().flat_map(|list| list.items());
        list.filter_map(|name| name.as_str().map(str::to_owned))
            .collect::<Vec<_>>()
    };
    names(weak)
        .iter()
        .all(|name| strong.iter().any(|part| names(part).contains(name)))
}
