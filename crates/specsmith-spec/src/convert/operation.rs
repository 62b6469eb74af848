//! Path items and operations.

use std::collections::BTreeMap;

use specsmith_diagnostics::{Code, Diagnostic, Location};

use super::{Converter, members::Members};
use crate::{
    Node, NodeId,
    grammar::{Kind, Value},
    lower::text,
};

/// A parameter of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'d> {
    /// The item of the list, which may be a reference.
    pub reference: Node<'d>,
    /// The parameter itself.
    pub node: Node<'d>,
    place: Place,
}

/// What a parameter becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Body,
    Form,
    /// A parameter of OpenAPI 3.
    Parameter,
}

/// What the parameters of an operation say of its body.
#[derive(Debug, Clone)]
enum Payload<'d> {
    Body(Item<'d>),
    Form(Vec<Item<'d>>),
    None,
}

impl<'d> Converter<'d, '_> {
    /// The Paths Object.
    pub(super) fn paths(&mut self, paths: Node<'d>) -> NodeId {
        if !paths.is_object() {
            return self.tree.import(paths);
        }
        let mut members = Members::default();
        for (key, node) in paths.members() {
            let item = if key.name.starts_with("x-") || !node.is_object() {
                self.extension(node)
            } else {
                self.path_item(node)
            };
            members.put(&key.name, key.location, item);
        }
        self.tree.object(paths.location(), members.list)
    }

    /// A Path Item Object.
    pub(super) fn path_item(&mut self, node: Node<'d>) -> NodeId {
        let shared = self.parameter_list(node);
        let mut members = Members::default();
        for (key, child) in node.members() {
            let child = match (key.name.as_str(), Kind::SwaggerPathItem.member(&key.name)) {
                ("$ref", _) => self.link(node, child, Kind::SwaggerPathItem),
                ("parameters", _) if child.is_array() => match self.parameters(child, &shared) {
                    Some(parameters) => parameters,
                    None => continue,
                },
                (_, Some(Value::Object(Kind::SwaggerOperation))) if child.is_object() => self.operation(child, &shared),
                (name, _) => self.member(Kind::SwaggerPathItem, name, child),
            };
            members.put(&key.name, key.location, child);
        }
        let item = self.tree.object(node.location(), members.list);
        self.place(node, item)
    }

    /// Decides the media types of shared bodies and responses by the first operation that uses each.
    pub(super) fn media_types_of_components(&mut self) {
        let root = self.cx.document.root();
        let paths = root.get("paths").into_iter().flat_map(Node::members);
        for (_, item) in paths.filter(|(_, item)| item.is_object()) {
            let shared = self.parameter_list(item);
            for (key, operation) in item.members() {
                let value = Kind::SwaggerPathItem.member(&key.name);
                if value != Some(Value::Object(Kind::SwaggerOperation)) {
                    continue;
                }
                if let Payload::Body(body) = self.payload(operation, &shared)
                    && body.reference != body.node
                    && !self.media_types.contains_key(&body.node.id())
                {
                    let media_types = self.body_types(Some(operation), body.node);
                    self.media_types.insert(body.node.id(), media_types);
                }
                self.media_types_of_responses(operation);
            }
        }
    }

    fn media_types_of_responses(&mut self, operation: Node<'d>) {
        for (key, reference) in operation.get("responses").into_iter().flat_map(Node::members) {
            if reference.get("$ref").is_some()
                && let Some(response) = self.cx.resolve_to(reference, Kind::SwaggerResponse)
                && !self.media_types.contains_key(&response.id())
            {
                let media_types = self.response_types(Some(operation), response, &key.name);
                self.media_types.insert(response.id(), media_types);
            }
        }
    }

    fn operation(&mut self, node: Node<'d>, shared: &[Item<'d>]) -> NodeId {
        let own = self.parameter_list(node);
        let payload = self.payload(node, shared);
        let mut body = self.payload_body(node, &payload);
        let mut members = Members::default();
        for (key, child) in node.members() {
            let child = match key.name.as_str() {
                "consumes" | "produces" => continue,
                "parameters" if child.is_array() => {
                    if let Some(parameters) = self.parameters(child, &own) {
                        members.put(&key.name, key.location, parameters);
                    }
                    if let Some(body) = body.take() {
                        members.put("requestBody", payload.location(key.location), body);
                    }
                    continue;
                }
                // What the parameters of Swagger 2.0 say comes first.
                "requestBody" if body.is_some() => continue,
                "schemes" => {
                    if let Some(servers) = self.servers_of(node) {
                        members.put("servers", key.location, servers);
                    }
                    continue;
                }
                "servers" if node.get("schemes").is_some() => continue,
                "responses" if child.is_object() => self.responses(node, child),
                "security" => self.security(child),
                name => self.member(Kind::SwaggerOperation, name, child),
            };
            members.put(&key.name, key.location, child);
        }
        // The body of a path stands in each of its operations.
        if let Some(body) = body {
            members.put("requestBody", payload.location(node.location()), body);
        }
        let operation = self.tree.object(node.location(), members.list);
        self.place(node, operation)
    }

    /// The parameters of a list that are parameters of OpenAPI 3; `None` where there is none.
    fn parameters(&mut self, list: Node<'d>, items: &[Item<'d>]) -> Option<NodeId> {
        let parameters = items.iter().filter(|item| item.place == Place::Parameter);
        let parameters: Vec<NodeId> = parameters
            .map(|item| self.parameter_or_reference(item.reference))
            .collect();
        (!parameters.is_empty()).then(|| self.tree.array(list.location(), parameters))
    }

    /// The items of `parameters` that are objects; broken references stay.
    fn parameter_list(&mut self, node: Node<'d>) -> Vec<Item<'d>> {
        let list = node.get("parameters").into_iter().flat_map(Node::items);
        let mut items = Vec::new();
        for reference in list.filter(|item| item.is_object()) {
            let node = self
                .cx
                .resolve_to(reference, Kind::SwaggerParameter)
                .unwrap_or(reference);
            let place = match text(node, "in") {
                Some("body") => Place::Body,
                Some("formData") => Place::Form,
                _ => Place::Parameter,
            };
            items.push(Item { reference, node, place });
        }
        items
    }

    /// What the parameters of an operation and its path say of the body.
    fn payload(&mut self, operation: Node<'d>, shared: &[Item<'d>]) -> Payload<'d> {
        let own = self.parameter_list(operation);
        let mut body: Option<Item<'d>> = None;
        // The body of an operation counts more than that of its path, one that stands first more than the others.
        for item in own.iter().chain(shared).filter(|item| item.place == Place::Body) {
            let name = |item: Item<'d>| text(item.node, "name");
            match body {
                None => body = Some(*item),
                Some(first) if name(first) == name(*item) && !own.iter().any(|own| own.node == item.node) => {}
                Some(first) => self.cx.report(
                    Diagnostic::new(Code::DuplicateName, "the operation has more than one body")
                        .at(item.reference.location())
                        .related(first.reference.location(), "this one counts"),
                ),
            }
        }
        let form = self.form_items(&own, shared);
        match (body, form.first()) {
            (Some(body), Some(field)) => {
                let message = "an operation has either a body or form parameters, not both";
                self.cx.report(
                    Diagnostic::new(Code::ConflictingKeywords, message)
                        .at(field.reference.location())
                        .related(body.reference.location(), "the body is taken"),
                );
                Payload::Body(body)
            }
            (Some(body), None) => Payload::Body(body),
            (None, Some(_)) => Payload::Form(form),
            (None, None) => Payload::None,
        }
    }

    /// The form parameters of a path, replaced by those of an operation that have the same name, then the rest.
    fn form_items(&mut self, own: &[Item<'d>], shared: &[Item<'d>]) -> Vec<Item<'d>> {
        let mut items: Vec<Item<'d>> = Vec::new();
        let mut index: BTreeMap<&str, usize> = BTreeMap::new();
        for (list, is_own) in [(shared, false), (own, true)] {
            let mut seen: BTreeMap<&str, Node<'d>> = BTreeMap::new();
            for item in list.iter().filter(|item| item.place == Place::Form) {
                let Some(name) = text(item.node, "name") else { continue };
                if let Some(first) = seen.insert(name, item.reference) {
                    let message = format!("the form parameter `{name}` is described twice");
                    self.cx.report(
                        Diagnostic::new(Code::DuplicateName, message)
                            .at(item.reference.location())
                            .related(first.location(), "this one counts"),
                    );
                    seen.insert(name, first);
                    continue;
                }
                let replaced = index.get(name).and_then(|index| items.get_mut(*index));
                match replaced.filter(|_| is_own) {
                    Some(replaced) => *replaced = *item,
                    None => {
                        index.insert(name, items.len());
                        items.push(*item);
                    }
                }
            }
        }
        items
    }

    fn payload_body(&mut self, operation: Node<'d>, payload: &Payload<'d>) -> Option<NodeId> {
        match payload {
            Payload::None => None,
            Payload::Form(items) => Some(self.form(operation, items)),
            Payload::Body(item) => Some(self.body_or_reference(operation, *item)),
        }
    }
}

impl Payload<'_> {
    /// The place that says that there is a body.
    fn location(&self, otherwise: Location) -> Location {
        let item = match self {
            Payload::Body(item) => Some(item),
            Payload::Form(items) => items.first(),
            Payload::None => None,
        };
        let place = item.and_then(|item| ["$ref", "in"].iter().find_map(|name| item.reference.get(name)));
        place.map_or(otherwise, Node::location)
    }
}
