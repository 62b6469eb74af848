//! Types that parameters, headers and items say themselves, and how the items of arrays are joined.

use specsmith_diagnostics::{Code, Diagnostic, Location};

use super::{
    Converter,
    members::{Members, Word},
};
use crate::{Node, NodeId, grammar::Kind, lower::text};

/// Where values are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joining {
    /// In a query or a form, where names can be repeated.
    Pairs,
    /// In a path or a header.
    Text,
    /// Inside another array.
    Items,
}

/// What `collectionFormat` becomes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Joined {
    /// These keywords.
    Style {
        /// The place of what says so.
        location: Location,
        /// `style` and `explode`.
        words: &'static [(&'static str, Word<'static>)],
    },
    /// Nothing: it is how OpenAPI 3 does it, or not an array.
    Default,
    /// OpenAPI 3 has no words for it, so the value is text.
    Nothing,
}

const COMMAS: &[(&str, Word<'_>)] = &[("style", Word::Text("form")), ("explode", Word::Flag(false))];
const SPACES: &[(&str, Word<'_>)] = &[("style", Word::Text("spaceDelimited")), ("explode", Word::Flag(false))];
const PIPES: &[(&str, Word<'_>)] = &[("style", Word::Text("pipeDelimited")), ("explode", Word::Flag(false))];

/// Whether a keyword of a parameter, header or item belongs to its schema.
pub(super) fn is_of_schema(name: &str) -> bool {
    name == "x-nullable" || name != "collectionFormat" && Kind::Items.keyword(name).is_some()
}

impl<'d> Converter<'d, '_> {
    /// The schema of a parameter, header or item.
    ///
    /// The depth of the document bounds the recursion.
    pub(super) fn inline_schema(&mut self, node: Node<'d>) -> NodeId {
        let keywords = self.inline_keywords(node, |_| false);
        self.tree.object(node.location(), keywords.list)
    }

    /// The schema of a form parameter, with what is said about it.
    pub(super) fn property(&mut self, node: Node<'d>) -> NodeId {
        if let Some(schema) = node.get("schema") {
            return self.schema(schema);
        }
        let keywords = match self.joined(node, Joining::Pairs) {
            Joined::Nothing => self.text_keywords(node),
            Joined::Style { .. } | Joined::Default => self.inline_keywords(node, |name| {
                name == "description" || name.starts_with("x-") && name != "x-nullable"
            }),
        };
        self.tree.object(node.location(), keywords.list)
    }

    /// The schema of a value that is text although the document says more about it.
    pub(super) fn text_schema(&mut self, node: Node<'d>) -> NodeId {
        let mut keywords = self.text_keywords(node);
        keywords.list.retain(|(key, _)| key.name != "description");
        self.tree.object(node.location(), keywords.list)
    }

    fn text_keywords(&mut self, node: Node<'d>) -> Members {
        let mut members = Members::default();
        let location = node.get("type").map_or(node.location(), Node::location);
        let string = self.text(location, "string");
        members.put("type", location, string);
        if let Some((key, description)) = node.entry("description") {
            let description = self.tree.import(description);
            members.put("description", key.location, description);
        }
        members
    }

    fn inline_keywords(&mut self, node: Node<'d>, is_more: fn(&str) -> bool) -> Members {
        let mut members = Members::default();
        for (key, child) in node.members() {
            let value = match key.name.as_str() {
                "type" if child.as_str() == Some("file") => {
                    self.put_words(&mut members, child.location(), BINARY);
                    continue;
                }
                // The format of a file says nothing.
                "format" if text(node, "type") == Some("file") => continue,
                "$ref" => self.link(node, child, Kind::Schema),
                "items" if child.is_object() => self.items(child),
                "x-nullable" if node.get("nullable").is_none() => {
                    let child = self.tree.import(child);
                    members.put("nullable", key.location, child);
                    continue;
                }
                name if is_of_schema(name) || is_more(name) => self.member(Kind::Schema, name, child),
                _ => continue,
            };
            members.put(&key.name, key.location, value);
        }
        let is_typed = members.has("type") || members.has("$ref");
        if !is_typed && text(node, "in") != Some("body") {
            let location = node.location();
            self.put_words(&mut members, location, &[("type", Word::Text("string"))]);
        }
        members
    }

    fn items(&mut self, node: Node<'d>) -> NodeId {
        let is_other = node
            .members()
            .any(|(key, _)| !is_of_schema(&key.name) && key.name != "collectionFormat");
        if is_other {
            // The author thinks of a schema.
            return self.schema(node);
        }
        if let Joined::Nothing = self.joined(node, Joining::Items) {
            return self.text_schema(node);
        }
        self.inline_schema(node)
    }

    /// What the `collectionFormat` of a parameter, header or item becomes.
    pub(super) fn joined(&mut self, node: Node<'d>, joining: Joining) -> Joined {
        if text(node, "type") != Some("array") || node.get("schema").is_some() {
            return Joined::Default;
        }
        let stated = node.get("collectionFormat");
        let Some(place) = stated.or_else(|| node.get("type")) else {
            return Joined::Default;
        };
        let location = place.location();
        let words = match (stated.and_then(Node::as_str).unwrap_or("csv"), joining) {
            ("multi", Joining::Pairs) => return Joined::Default,
            ("ssv", Joining::Pairs) => SPACES,
            ("pipes", Joining::Pairs) => PIPES,
            (format @ "tsv", _) | (format @ ("ssv" | "pipes"), _) => {
                self.lost(location, format);
                return Joined::Nothing;
            }
            (_, Joining::Pairs) => COMMAS,
            (_, Joining::Text) => return Joined::Default,
            (_, Joining::Items) => {
                self.cx.report(
                    Diagnostic::new(
                        Code::CollectionFormat,
                        "arrays joined inside an array are not generated",
                    )
                    .at(location)
                    .label("taken as text")
                    .help("join the items of each by commas"),
                );
                return Joined::Nothing;
            }
        };
        Joined::Style { location, words }
    }

    fn lost(&mut self, location: Location, format: &str) {
        let by = match format {
            "ssv" => "spaces",
            "pipes" => "`|`",
            _ => "tabs",
        };
        let message = format!("arrays joined by {by} are not generated at this place");
        self.cx.report(
            Diagnostic::new(Code::CollectionFormat, message)
                .at(location)
                .label("taken as text")
                .help(format!("join the items by {by}")),
        );
    }
}

/// What a file is in OpenAPI 3.0.
pub(super) const BINARY: &[(&str, Word<'_>)] = &[("type", Word::Text("string")), ("format", Word::Text("binary"))];
