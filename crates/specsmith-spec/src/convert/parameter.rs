//! Parameters in path, query and header, and headers of responses.

use super::{
    Converter,
    inline::{Joined, Joining, is_of_schema},
    members::Members,
};
use crate::{Node, NodeId, grammar::Kind, lower::text};

impl<'d> Converter<'d, '_> {
    /// A Parameter Object, or a reference to one.
    pub(super) fn parameter_or_reference(&mut self, node: Node<'d>) -> NodeId {
        if node.get("$ref").is_some() {
            return self.reference(node, Kind::SwaggerParameter);
        }
        self.parameter(node)
    }

    /// A Parameter Object.
    pub(super) fn parameter(&mut self, node: Node<'d>) -> NodeId {
        let joining = match text(node, "in") {
            Some("path" | "header") => Joining::Text,
            _ => Joining::Pairs,
        };
        self.valued(node, Kind::SwaggerParameter, joining)
    }

    /// A Header Object.
    pub(super) fn header(&mut self, node: Node<'d>) -> NodeId {
        if !node.is_object() {
            return self.tree.import(node);
        }
        self.valued(node, Kind::SwaggerHeader, Joining::Text)
    }

    /// An object that says itself which values it has.
    fn valued(&mut self, node: Node<'d>, kind: Kind, joining: Joining) -> NodeId {
        let says_itself = node.get("schema").is_none() && node.get("content").is_none();
        let joined = self.joined(node, joining);
        let mut members = Members::default();
        for (key, child) in node.members() {
            let name = key.name.as_str();
            if name == "collectionFormat" {
                continue;
            }
            if is_of_schema(name) {
                if says_itself && !members.has("schema") {
                    self.put_schema(&mut members, node, joined);
                }
                continue;
            }
            let child = match name {
                "schema" if child.is_object() => self.schema(child),
                _ => self.member(kind, name, child),
            };
            members.put(name, key.location, child);
        }
        if says_itself && !members.has("schema") {
            self.put_schema(&mut members, node, joined);
        }
        let object = self.tree.object(node.location(), members.list);
        self.place(node, object)
    }

    fn put_schema(&mut self, members: &mut Members, node: Node<'d>, joined: Joined) {
        if let Joined::Style { location, words } = joined
            && node.get("style").is_none()
        {
            self.put_words(members, location, words);
        }
        let schema = match joined {
            Joined::Nothing => self.text_schema(node),
            Joined::Style { .. } | Joined::Default => self.inline_schema(node),
        };
        let location = node.get("type").map_or(node.location(), Node::location);
        members.put("schema", location, schema);
    }
}
