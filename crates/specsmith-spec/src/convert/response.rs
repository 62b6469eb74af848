//! Responses of operations and those that they share, with their headers.

use super::{
    Converter,
    body::is_same,
    media_type::{self, Listed},
    members::Members,
};
use crate::{Node, NodeId, grammar::Kind};

impl<'d> Converter<'d, '_> {
    /// The Responses Object of an operation.
    pub(super) fn responses(&mut self, operation: Node<'d>, responses: Node<'d>) -> NodeId {
        let mut members = Members::default();
        for (key, node) in responses.members() {
            let response = if key.name.starts_with("x-") || !node.is_object() {
                self.extension(node)
            } else {
                self.response_or_reference(operation, &key.name, node)
            };
            members.put(&key.name, key.location, response);
        }
        self.tree.object(responses.location(), members.list)
    }

    /// A response of an operation: a reference where it is shared and has the media types of this operation.
    fn response_or_reference(&mut self, operation: Node<'d>, status: &str, node: Node<'d>) -> NodeId {
        if node.get("$ref").is_none() {
            if let Some(media_types) = self.implied_file(operation, node, status) {
                return self.file(node, &media_types);
            }
            let media_types = self.response_types(Some(operation), node, status);
            return self.response(node, &media_types);
        }
        let Some(target) = self.cx.resolve_to(node, Kind::SwaggerResponse) else {
            return self.reference(node, Kind::SwaggerResponse);
        };
        let implied = self.implied_file(operation, target, status);
        if let Some(media_types) = implied.filter(|_| self.cx.afford_copy(node, target)) {
            return self.file(target, &media_types);
        }
        let media_types = self.response_types(Some(operation), target, status);
        let shared = self.media_types.get(&target.id());
        let has_body = target.get("schema").is_some();
        let fits = !has_body || shared.is_none_or(|shared| is_same(shared, &media_types));
        if fits || !self.cx.afford_copy(node, target) {
            return self.reference(node, Kind::SwaggerResponse);
        }
        self.response(target, &media_types)
    }

    /// A Response Object.
    pub(super) fn response(&mut self, node: Node<'d>, media_types: &[Listed<'d>]) -> NodeId {
        let mut members = Members::default();
        for (key, child) in node.members() {
            let name = key.name.as_str();
            let is_content = matches!(name, "schema" | "examples") && node.get("content").is_none();
            if is_content && !members.has("content") {
                let (schema, examples) = (node.get("schema"), node.get("examples"));
                let content = self.content(key.location, schema, examples, media_types);
                members.put("content", key.location, content);
                continue;
            }
            let child = match name {
                "schema" | "examples" => continue,
                "headers" if child.is_object() => self.headers(child),
                _ => self.member(Kind::SwaggerResponse, name, child),
            };
            members.put(name, key.location, child);
        }
        let response = self.tree.object(node.location(), members.list);
        self.place(node, response)
    }

    /// A Response Object with a file that the document does not describe.
    fn file(&mut self, node: Node<'d>, media_types: &[Listed<'d>]) -> NodeId {
        let mut members = Members::default();
        for (key, child) in node.members() {
            let child = match key.name.as_str() {
                "headers" if child.is_object() => self.headers(child),
                name => self.member(Kind::SwaggerResponse, name, child),
            };
            members.put(&key.name, key.location, child);
        }
        let mut content = Members::default();
        for listed in media_types {
            let schema = self.words(listed.location, media_type::file(listed.name));
            let mut media_type = Members::default();
            media_type.put("schema", listed.location, schema);
            let media_type = self.tree.object(listed.location, media_type.list);
            content.put(listed.name, listed.location, media_type);
        }
        let content = self.tree.object(node.location(), content.list);
        members.put("content", node.location(), content);
        let response = self.tree.object(node.location(), members.list);
        self.place(node, response)
    }

    fn headers(&mut self, headers: Node<'d>) -> NodeId {
        let mut members = Members::default();
        for (key, node) in headers.members() {
            let header = self.header(node);
            members.put(&key.name, key.location, header);
        }
        self.tree.object(headers.location(), members.list)
    }
}
