//! Swagger 2.0 to OpenAPI 3.0, with the places of the original text.
//!
//! What the check of the structure has told is understood as far as it can be; what OpenAPI 3 has no words for is told
//! here. Everything keeps the order that the author gave it, and is made once: what Swagger 2.0 says once for several
//! media types or operations stands at the first of them, and the others refer to it.

mod body;
mod component;
mod form;
mod inline;
mod media_type;
mod members;
mod operation;
mod parameter;
mod place;
mod response;
mod schema;
mod security;
mod server;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use specsmith_diagnostics::Diagnostics;

use self::{media_type::MediaTypes, members::Members, place::Link, schema::Children};
use crate::{
    Document, DocumentBuilder, Limits, Node, NodeId,
    grammar::{Kind, Value, Version},
    lower::Context,
};

/// The version of OpenAPI that documents are converted to: the one whose schemas are those of Swagger 2.0, and more.
const VERSION: &str = "3.0.4";

/// How often what extensions hold can lead to more of it: path items, responses, schemas with all that they refer to.
const EXTENSION_PASSES: usize = 3;

/// Writes a document of Swagger 2.0 as one of OpenAPI 3.0.
///
/// Reports what is wrong with it in the terms of Swagger 2.0, and what is lost.
pub(crate) fn convert(document: &Document, limits: &Limits, diagnostics: &mut Diagnostics) -> Document {
    let mut cx = Context::new(document, Version::V2_0, *limits, diagnostics);
    cx.check_structure();
    let mut converter = Converter::new(cx);
    let mut root = converter.document();
    // What stands below an extension is of no kind until something refers to it: a path, then what it refers to.
    for _ in 0..EXTENSION_PASSES {
        if !converter.find_targets_in_extensions() {
            break;
        }
        root = converter.document();
    }
    converter.finish(root)
}

/// The state of converting one document.
struct Converter<'d, 'a> {
    cx: Context<'d, 'a>,
    tree: DocumentBuilder,
    /// What the document says of all operations.
    consumes: MediaTypes<'d>,
    produces: MediaTypes<'d>,
    /// The media types of shared bodies and responses: those of the first operation that uses each.
    media_types: BTreeMap<NodeId, MediaTypes<'d>>,
    /// Where each object of the original is now.
    placed: BTreeMap<NodeId, NodeId>,
    /// References that get the pointers of their targets in the end.
    links: Vec<Link>,
    /// What is referred to in extensions, and as what.
    extensions: BTreeMap<NodeId, Kind>,
    /// New names of components whose own ones OpenAPI 3 does not allow.
    names: BTreeMap<NodeId, String>,
    /// The definitions that build on others, found when they are first asked for.
    children: Option<Children<'d>>,
    /// Whether it was told that schemes need a host.
    told_schemes: bool,
}

impl<'d, 'a> Converter<'d, 'a> {
    fn new(cx: Context<'d, 'a>) -> Self {
        let root = cx.document.root();
        Self {
            consumes: media_type::listed(root.get("consumes")).unwrap_or_default(),
            produces: media_type::listed(root.get("produces")).unwrap_or_default(),
            cx,
            tree: DocumentBuilder::new(),
            media_types: BTreeMap::new(),
            placed: BTreeMap::new(),
            links: Vec::new(),
            extensions: BTreeMap::new(),
            names: BTreeMap::new(),
            children: None,
            told_schemes: false,
        }
    }

    /// The outermost object.
    fn document(&mut self) -> NodeId {
        let root = self.cx.document.root();
        self.tree = DocumentBuilder::new();
        self.placed.clear();
        self.links.clear();
        self.names_of_components();
        self.media_types_of_components();
        let mut members = Members::default();
        if let Some((key, value)) = root.entry("swagger") {
            let version = self.tree.string(value.location(), VERSION.to_owned());
            members.put("openapi", key.location, version);
        }
        if let Some((key, info)) = root.entry("info") {
            let info = self.value(info, Value::Object(Kind::Info));
            members.put("info", key.location, info);
        }
        // Operations refer to what components say first.
        let mut components = self.components();
        for (key, value) in root.members() {
            match key.name.as_str() {
                "swagger" | "info" | "consumes" | "produces" => {}
                "host" | "basePath" | "schemes" | "servers" => {
                    if !members.has("servers")
                        && let Some(servers) = self.servers(root)
                    {
                        members.put("servers", key.location, servers);
                    }
                }
                "definitions" | "parameters" | "responses" | "securityDefinitions" | "components" => {
                    if let Some(components) = components.take() {
                        members.put("components", key.location, components);
                    }
                }
                "paths" => {
                    let paths = self.paths(value);
                    members.put(&key.name, key.location, paths);
                }
                "security" => {
                    let security = self.security(value);
                    members.put(&key.name, key.location, security);
                }
                name => {
                    let value = self.member(Kind::Swagger, name, value);
                    members.put(name, key.location, value);
                }
            }
        }
        self.tree.object(root.location(), members.list)
    }

    /// A member of an object of this kind.
    fn member(&mut self, kind: Kind, name: &str, node: Node<'d>) -> NodeId {
        match kind.member(name).filter(|_| !name.starts_with("x-")) {
            Some(value) => self.value(node, value),
            None => self.extension(node),
        }
    }

    /// A value of this type, of the kinds that are the same in OpenAPI 3 or belong to it.
    ///
    /// The depth of the document bounds the recursion.
    fn value(&mut self, node: Node<'d>, value: Value) -> NodeId {
        let is_schema = matches!(value, Value::Object(Kind::Schema) | Value::Items | Value::SchemaOrNames);
        match value {
            _ if is_schema && node.is_object() => self.schema(node),
            Value::Object(kind) | Value::Reference(kind) if node.is_object() => self.object(node, kind),
            Value::Items if node.is_array() => self.list(node, crate::grammar::SCHEMA),
            Value::List(item) if node.is_array() => self.list(node, *item),
            Value::Map(member) if node.is_object() => {
                let mut members = Members::default();
                for (key, child) in node.members() {
                    let child = self.value(child, *member);
                    members.put(&key.name, key.location, child);
                }
                self.tree.object(node.location(), members.list)
            }
            _ => self.extension(node),
        }
    }

    fn list(&mut self, node: Node<'d>, item: Value) -> NodeId {
        let items = node.items().map(|child| self.value(child, item)).collect();
        self.tree.array(node.location(), items)
    }

    fn object(&mut self, node: Node<'d>, kind: Kind) -> NodeId {
        let mut members = Members::default();
        for (key, child) in node.members() {
            let child = match key.name.as_str() {
                "$ref" => self.link(node, child, kind),
                name => self.member(kind, name, child),
            };
            members.put(&key.name, key.location, child);
        }
        let object = self.tree.object(node.location(), members.list);
        self.place(node, object)
    }
}
