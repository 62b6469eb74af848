//! Parameters with `in: body` to Request Body Objects, and the `content` of bodies.

use specsmith_diagnostics::{Code, Diagnostic, Location};
use specsmith_ir::MediaType;

use super::{
    Converter,
    media_type::{Listed, MediaTypes},
    members::Members,
    operation::Item,
};
use crate::{
    Node, NodeId,
    grammar::{Kind, Value},
};

/// How many bytes a media type of a list takes beside its name and its schema.
const MEDIA_TYPE: usize = 256;
/// How long a line is.
const LINE: usize = 120;

impl<'d> Converter<'d, '_> {
    /// The body of an operation: a reference where it is shared and has the media types of this operation.
    pub(super) fn body_or_reference(&mut self, operation: Node<'d>, item: Item<'d>) -> NodeId {
        let media_types = self.body_types(Some(operation), item.node);
        let is_shared = item.node != item.reference && self.placed.contains_key(&item.node.id());
        let shared = self.media_types.get(&item.node.id());
        let fits = shared.is_some_and(|shared| is_same(shared, &media_types));
        if is_shared && (fits || !self.cx.afford_copy(item.reference, item.node)) {
            return self.reference(item.reference, Kind::SwaggerParameter);
        }
        self.body(item.node, &media_types)
    }

    /// A Request Body Object.
    pub(super) fn body(&mut self, node: Node<'d>, media_types: &[Listed<'d>]) -> NodeId {
        let mut members = Members::default();
        for (key, child) in node.members() {
            match key.name.as_str() {
                name @ ("description" | "required") => {
                    let child = self.tree.import(child);
                    members.put(name, key.location, child);
                }
                "content" => {
                    let child = self.member(Kind::RequestBody, "content", child);
                    members.put("content", key.location, child);
                }
                "schema" if node.get("content").is_none() => {
                    let content = self.content(key.location, Some(child), None, media_types);
                    members.put("content", key.location, content);
                }
                name if name.starts_with("x-") => {
                    let child = self.extension(child);
                    members.put(name, key.location, child);
                }
                _ => {}
            }
        }
        if !members.has("content") {
            let content = self.content_of_inline(node, media_types);
            members.put("content", node.location(), content);
        }
        let body = self.tree.object(node.location(), members.list);
        self.place(node, body)
    }

    /// The content of a body that says its type itself, or nothing.
    fn content_of_inline(&mut self, node: Node<'d>, media_types: &[Listed<'d>]) -> NodeId {
        let mut content = Members::default();
        for listed in media_types {
            let schema = self.inline_schema(node);
            let mut members = Members::default();
            members.put("schema", node.location(), schema);
            let media_type = self.tree.object(node.location(), members.list);
            content.put(listed.name, listed.location, media_type);
        }
        self.tree.object(node.location(), content.list)
    }

    /// A `content` in which all media types have the same schema, and each has its example.
    pub(super) fn content(
        &mut self,
        place: Location,
        schema: Option<Node<'d>>,
        examples: Option<Node<'d>>,
        media_types: &[Listed<'d>],
    ) -> NodeId {
        let mut content = Members::default();
        for (index, listed) in media_types.iter().enumerate() {
            // One list for all operations can be long, and each of them gets it.
            if index > 0 && !self.cx.afford(MEDIA_TYPE + listed.name.len(), place) {
                break;
            }
            let mut members = Members::default();
            if let Some(schema) = schema {
                let schema_id = self.shared_schema(schema);
                members.put("schema", schema.location(), schema_id);
            }
            let mut examples = examples.into_iter().flat_map(Node::members);
            if let Some((key, example)) = examples.find(|(key, _)| is_same_type(&key.name, listed.name)) {
                let example = self.tree.import(example);
                members.put("example", key.location, example);
            }
            let location = schema.map_or(listed.location, Node::location);
            let media_type = self.tree.object(location, members.list);
            content.put(listed.name, listed.location, media_type);
        }
        for (key, _) in examples.into_iter().flat_map(Node::members) {
            let is_listed = media_types.iter().any(|listed| is_same_type(&key.name, listed.name));
            if !is_listed && !key.name.starts_with("x-") {
                let message = format!("`{}` is none of the media types of this response", key.name);
                self.cx.report(
                    Diagnostic::new(Code::InvalidValue, message)
                        .at(key.location)
                        .label("the example is left out")
                        .help("the names of examples are media types that the operation `produces`"),
                );
            }
        }
        self.tree.object(place, content.list)
    }

    /// A schema that may stand at several places: the first has it, the others refer to it.
    fn shared_schema(&mut self, schema: Node<'d>) -> NodeId {
        // What is one line is clearer as a copy.
        let is_short = |node: Node<'_>| node.as_str().is_none_or(|text| text.len() < LINE);
        let is_small = schema
            .members()
            .all(|(_, child)| !child.is_object() && !child.is_array() && is_short(child))
            && schema.members().nth(LINE / 20).is_none();
        if !is_small && self.placed.contains_key(&schema.id()) {
            return self.refer(schema);
        }
        self.value(schema, Value::Object(Kind::Schema))
    }
}

/// Whether two lists have the same media types.
pub(super) fn is_same(one: &MediaTypes<'_>, other: &MediaTypes<'_>) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .all(|listed| other.iter().any(|other| other.name == listed.name))
}

/// Whether two names mean the same media type, whatever its parameters are.
fn is_same_type(one: &str, other: &str) -> bool {
    let essence = |name| MediaType::new(name).map(|media_type| media_type.essence().to_owned());
    one == other || essence(one).is_some() && essence(one) == essence(other)
}
