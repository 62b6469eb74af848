//! Which operation a path belongs to: a tree of path templates, compared segment by segment.
//!
//! In a segment, literal text comes before a pattern such as `{id}.json`, and a pattern before a whole parameter;
//! of two patterns the one with more literal text. A branch that ends without an operation is left again. The path alone
//! decides, as OpenAPI has it (Paths Object): `DELETE /users/me` is not allowed where only `/users/{id}` has a `DELETE`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::pairs::Pairs;
use super::percent::{self, Plus};
use super::template::{Part, Template};

/// The operations of an API by path and method.
#[derive(Debug, Default)]
pub(crate) struct Matcher {
    /// The tree; the root is the first node.
    nodes: Vec<Node>,
}

/// What a path and a method lead to.
#[derive(Debug, PartialEq)]
pub(crate) enum Match {
    /// An operation, by the number it was inserted with, and its path parameters as they stand in the path.
    Operation(usize, Vec<(Arc<str>, String)>),
    /// The path has operations, but only of these methods.
    MethodNotAllowed(BTreeSet<String>),
    /// No operation has this path.
    NotFound,
}

#[derive(Debug, Default)]
struct Node {
    literals: BTreeMap<String, usize>,
    patterns: Vec<(Pattern, usize)>,
    parameter: Option<usize>,
    endpoints: Vec<Endpoint>,
}

#[derive(Debug)]
struct Endpoint {
    method: String,
    query: Vec<(String, String)>,
    names: Vec<Arc<str>>,
    operation: usize,
}

/// A segment with literal text and parameters; `None` stands for a parameter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Pattern(Vec<Option<String>>);

impl Matcher {
    /// Adds an operation; one that no request could tell from an earlier one is never reached.
    pub(crate) fn insert(&mut self, method: &str, template: &Template, operation: usize) {
        let mut node = self.child(None, |_| None, |_, _| {});
        let mut names = Vec::new();
        for segment in &template.segments {
            names.extend(segment.iter().filter_map(|part| match part {
                Part::Parameter(name) => Some(Arc::from(name.as_str())),
                Part::Literal(_) => None,
            }));
            node = self.step(node, segment);
        }
        let Some(node) = self.nodes.get_mut(node) else {
            return;
        };
        let same =
            |endpoint: &Endpoint| endpoint.method == method && endpoint.query == template.query;
        if !node.endpoints.iter().any(same) {
            node.endpoints.push(Endpoint {
                method: method.to_owned(),
                query: template.query.clone(),
                names,
                operation,
            });
            node.endpoints
                .sort_by_key(|endpoint| usize::MAX - endpoint.query.len());
        }
    }

    /// Finds the operation of a path as it stands in a request, with the pairs of its query, names decoded.
    pub(crate) fn find(&self, method: &str, path: &str, query: &Pairs) -> Match {
        // Every path begins with a slash, but for `*`.
        let rest = path.split_once('/').map(|(_, rest)| rest);
        let mut search = Search {
            matcher: self,
            query,
            values: Vec::new(),
        };
        let Some(node) = search.visit(0, rest) else {
            return Match::NotFound;
        };
        let found = search
            .fitting(node)
            .find(|endpoint| endpoint.method == method);
        match found {
            Some(endpoint) => {
                let values = search.values.into_iter().map(str::to_owned);
                Match::Operation(
                    endpoint.operation,
                    endpoint.names.iter().cloned().zip(values).collect(),
                )
            }
            None => {
                let methods = search.fitting(node).map(|endpoint| endpoint.method.clone());
                Match::MethodNotAllowed(methods.collect())
            }
        }
    }

    fn step(&mut self, node: usize, segment: &[Part]) -> usize {
        match segment {
            [] => self.child(
                Some(node),
                |node| node.literals.get("").copied(),
                |node, new| {
                    node.literals.insert(String::new(), new);
                },
            ),
            [Part::Literal(text)] => self.child(
                Some(node),
                |node| node.literals.get(text).copied(),
                |node, new| {
                    node.literals.insert(text.clone(), new);
                },
            ),
            [Part::Parameter(_)] => self.child(
                Some(node),
                |node| node.parameter,
                |node, new| node.parameter = Some(new),
            ),
            parts => {
                let pattern = Pattern::new(parts);
                self.child(
                    Some(node),
                    |node| {
                        node.patterns
                            .iter()
                            .find(|(other, _)| *other == pattern)
                            .map(|(_, node)| *node)
                    },
                    |node, new| {
                        node.patterns.push((pattern.clone(), new));
                        node.patterns
                            .sort_by_cached_key(|(pattern, _)| pattern.rank());
                    },
                )
            }
        }
    }

    /// The child that `get` finds, or a new one that `set` keeps; the root where there is no parent.
    fn child(
        &mut self,
        parent: Option<usize>,
        get: impl Fn(&Node) -> Option<usize>,
        set: impl Fn(&mut Node, usize),
    ) -> usize {
        let new = self.nodes.len();
        let found = match parent {
            None if new > 0 => Some(0),
            None => None,
            Some(parent) => self.nodes.get(parent).and_then(get),
        };
        found.unwrap_or_else(|| {
            if let Some(parent) = parent.and_then(|parent| self.nodes.get_mut(parent)) {
                set(parent, new);
            }
            self.nodes.push(Node::default());
            new
        })
    }
}

/// A walk through the tree. Each node is visited at most once, whatever the path.
struct Search<'m, 'p> {
    matcher: &'m Matcher,
    query: &'p Pairs,
    values: Vec<&'p str>,
}

impl<'m, 'p> Search<'m, 'p> {
    /// The node of the path that fits first and has operations; `path` is what is behind the slash, if there is one.
    fn visit(&mut self, node: usize, path: Option<&'p str>) -> Option<&'m Node> {
        let matcher = self.matcher;
        let node = matcher.nodes.get(node)?;
        let Some(path) = path else {
            return self.fitting(node).next().map(|_| node);
        };
        let (segment, rest) = first_segment(path);
        // What is not text is no literal.
        let text = percent::decode(segment, Plus::Literal).ok();
        let literal = text.and_then(|text| node.literals.get(&*text));
        if let Some(found) = literal.and_then(|next| self.visit(*next, rest)) {
            return Some(found);
        }
        let depth = self.values.len();
        for (pattern, next) in &node.patterns {
            if let Some(values) = pattern.values(segment) {
                self.values.extend(values);
                if let Some(found) = self.visit(*next, rest) {
                    return Some(found);
                }
                self.values.truncate(depth);
            }
        }
        let next = node.parameter.filter(|_| !segment.is_empty())?;
        self.values.push(segment);
        let found = self.visit(next, rest);
        if found.is_none() {
            self.values.truncate(depth);
        }
        found
    }

    /// The operations whose part of the query the request has.
    fn fitting(&self, node: &'m Node) -> impl Iterator<Item = &'m Endpoint> + use<'m, 'p> {
        let query = self.query;
        let has = move |(name, value): &(String, String)| {
            let same =
                |raw: &str| percent::decode(raw, Plus::Space).is_ok_and(|text| text == *value);
            query.values(name).any(same)
        };
        let fits = move |endpoint: &&Endpoint| endpoint.query.iter().all(has);
        node.endpoints.iter().filter(fits)
    }
}

/// What is before the first slash of a path, and what is behind it; quicker for what is short than to look for a character.
fn first_segment(path: &str) -> (&str, Option<&str>) {
    let end = path.bytes().position(|byte| byte == b'/');
    match end.and_then(|end| path.split_at_checked(end)) {
        Some((segment, behind)) => (segment, behind.get(1..)),
        None => (path, None),
    }
}

impl Pattern {
    fn new(parts: &[Part]) -> Self {
        Self(
            parts
                .iter()
                .map(|part| match part {
                    Part::Literal(text) => Some(text.clone()),
                    Part::Parameter(_) => None,
                })
                .collect(),
        )
    }

    /// What orders patterns: more literal text first, then fewer parameters, then the text.
    fn rank(&self) -> (usize, usize, Self) {
        let literal: usize = self.0.iter().flatten().map(String::len).sum();
        (usize::MAX - literal, self.0.len(), self.clone())
    }

    /// The values of the parameters as they stand in the segment, each at least a character and as short as the
    /// literals after it allow.
    fn values<'p>(&self, raw: &'p str) -> Option<Vec<&'p str>> {
        let units = percent::units(raw);
        let mut values = Vec::new();
        let mut at = 0;
        let mut parts = self.0.as_slice();
        while let [part, rest @ ..] = parts {
            parts = rest;
            if let Some(literal) = part {
                at = literal_at(&units, at, literal)?;
                continue;
            }
            let least = after_char(&units, at)?;
            let end = match rest {
                [] => units.len(),
                [None, ..] => least,
                [Some(literal)] => units.len().checked_sub(literal.len())?,
                [Some(literal), ..] => {
                    (least..units.len()).find(|at| literal_at(&units, *at, literal).is_some())?
                }
            };
            values.push(slice(raw, &units, at, end)?);
            at = end;
        }
        (at == units.len()).then_some(values)
    }
}

/// Where a literal that starts at a unit ends.
fn literal_at(units: &[(u8, usize)], at: usize, literal: &str) -> Option<usize> {
    let end = at.checked_add(literal.len())?;
    let found = units.get(at..end)?.iter().map(|(byte, _)| *byte);
    found.eq(literal.bytes()).then_some(end)
}

/// The unit after the character that starts at a unit.
fn after_char(units: &[(u8, usize)], at: usize) -> Option<usize> {
    units.get(at)?;
    let more = units
        .iter()
        .skip(at + 1)
        .take_while(|(byte, _)| byte & 0xC0 == 0x80);
    Some(at + 1 + more.count())
}

/// The text between two units, which are at least one apart.
fn slice<'p>(raw: &'p str, units: &[(u8, usize)], from: usize, to: usize) -> Option<&'p str> {
    let offset = |unit: usize| units.get(unit).map_or(raw.len(), |(_, offset)| *offset);
    (from < to)
        .then(|| raw.get(offset(from)..offset(to)))
        .flatten()
}
