//! Operations: path items, their methods, and what comes together in each of them.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::{Code, Diagnostic, Location};
use specsmith_ir::{
    ComponentKind, Method, Operation, OperationId, Owner, Parameter, PathPart, PathSegment, PathTemplate, Server,
};

use super::{
    callback::{self, Callbacks},
    context::{Context, as_text, owned_text, quoted},
    link::Links,
    pagination::Declared,
    parameter_list::PathPlace,
    path::{self, Path},
    security::Schemes,
    tag::Tags,
};
use crate::{Key, Node, grammar::Kind};

/// The methods that are keywords of a path item.
const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Lowers the paths and webhooks of a document.
pub(super) struct Operations<'c, 'd, 'a> {
    pub cx: &'c mut Context<'d, 'a>,
    pub schemes: Schemes,
    pub tags: Tags,
    /// Operations so far.
    pub list: Vec<Operation>,
    /// What the document says about the pages of operations.
    pub declared: Declared,
    /// The links of responses.
    pub links: Links<'d>,
    /// The callbacks of operations.
    pub callbacks: Callbacks<'d>,
    /// The names of operations so far, with their places.
    names: BTreeMap<&'d str, Location>,
    /// The requests that operations answer, with the places of these operations.
    requests: BTreeMap<String, (Location, String)>,
}

/// Whether operations are requests to the API or requests that it sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Path,
    Webhook,
    Callback,
}

/// A path item with what its operations share.
pub(super) struct PathItem<'d> {
    /// The item itself, then the one it refers to.
    nodes: Vec<Node<'d>>,
    path: Path,
    key: &'d Key,
    /// What its parameters stand in, and all of those that the API sends.
    owner: Owner,
    parameters: Vec<Parameter>,
    servers: Vec<Server>,
    direction: Direction,
    /// What each of its operations copies.
    weight: usize,
}

impl<'c, 'd, 'a> Operations<'c, 'd, 'a> {
    /// No operations yet.
    pub(super) fn new(cx: &'c mut Context<'d, 'a>, schemes: Schemes, tags: Tags) -> Self {
        Self {
            cx,
            schemes,
            tags,
            list: Vec::new(),
            declared: Declared::default(),
            links: Links::default(),
            callbacks: Callbacks::default(),
            names: BTreeMap::new(),
            requests: BTreeMap::new(),
        }
    }

    /// Lowers the operations of `paths`.
    pub(super) fn paths(&mut self, root: Node<'d>) {
        for (key, node) in root.get("paths").into_iter().flat_map(Node::members) {
            if key.name.starts_with("x-") || !node.is_object() {
                continue;
            }
            if let Some(path) = self.path(key) {
                let owner = Owner::Component(ComponentKind::Path, key.name.clone());
                self.path_item((key, node), path, owner, Direction::Path);
            }
        }
    }

    /// Lowers the operations of `webhooks`, and returns them; `x-webhooks` is what documents have that are older than
    /// the keyword.
    pub(super) fn webhooks(&mut self, root: Node<'d>) -> Vec<Operation> {
        let first = self.list.len();
        let webhooks = root.get("webhooks").or_else(|| root.get("x-webhooks"));
        for (key, node) in webhooks.into_iter().flat_map(Node::members) {
            if !node.is_object() {
                continue;
            }
            let owner = Owner::Component(ComponentKind::Webhook, key.name.clone());
            self.path_item((key, node), literal(&key.name).into(), owner, Direction::Webhook);
        }
        self.list.split_off(first)
    }

    fn path(&mut self, key: &Key) -> Option<Path> {
        let text = key.name.as_str();
        match path::parse(text) {
            Ok(path) => {
                if !text.starts_with('/') {
                    let message = format!("the path `{text}` does not start with a slash");
                    self.cx.report(
                        Diagnostic::new(Code::InvalidPath, message)
                            .at(key.location)
                            .help(format!("it is taken as `/{text}`")),
                    );
                }
                if let Some(first) = path.in_query.first() {
                    let message = format!("the path `{text}` has the parameter `{}` in its query", first.name);
                    self.cx.report(
                        Diagnostic::new(Code::InvalidPath, message)
                            .at(key.location)
                            .label("taken as a parameter of the query")
                            .help("describe it with `in: query`, and leave it out of the path"),
                    );
                }
                Some(path)
            }
            Err(error) => {
                let message = format!("the path `{text}` {}", error.message());
                self.cx.report(
                    Diagnostic::new(Code::InvalidPath, message)
                        .at(key.location)
                        .label("its operations are left out")
                        .help(error.help()),
                );
                None
            }
        }
    }

    /// Lowers the operations of a path item.
    pub(super) fn path_item(
        &mut self,
        (key, node): (&'d Key, Node<'d>),
        path: Path,
        owner: Owner,
        direction: Direction,
    ) {
        let mut nodes = vec![node];
        if node.get("$ref").is_some()
            && let Some(target) = self.cx.resolve_to(node, Kind::PathItem)
            && self.cx.afford_copy(node, target)
        {
            nodes.push(target);
        }
        let parameters = self.cx.parameters(&nodes, &owner);
        let shared = ["summary", "description", "servers", "parameters"];
        let shared = nodes
            .iter()
            .flat_map(|node| shared.iter().filter_map(|name| node.get(name)));
        let weight = shared.map(|node| self.cx.weight(node)).sum::<usize>() + 4 * key.name.len();
        let item = PathItem {
            weight,
            servers: nodes
                .iter()
                .map(|node| self.cx.servers(*node))
                .find(|servers| !servers.is_empty())
                .unwrap_or_default(),
            nodes,
            path,
            key,
            owner,
            parameters,
            direction,
        };
        self.methods(&item);
    }

    fn methods(&mut self, item: &PathItem<'d>) {
        let mut seen: BTreeMap<Method, Location> = BTreeMap::new();
        for node in &item.nodes {
            for (key, value) in node.members() {
                if METHODS.contains(&key.name.as_str()) {
                    self.method(item, key.name.to_ascii_uppercase(), key, value, &mut seen);
                } else if key.name == "additionalOperations" {
                    for (key, value) in value.members() {
                        self.method(item, key.name.clone(), key, value, &mut seen);
                    }
                }
            }
        }
    }

    fn method(
        &mut self,
        item: &PathItem<'d>,
        name: String,
        key: &'d Key,
        node: Node<'d>,
        seen: &mut BTreeMap<Method, Location>,
    ) {
        if !node.is_object() {
            return;
        }
        let Some(method) = Method::new(&name) else {
            let message = format!("{} is not a request method", quoted(&name));
            self.cx
                .report(Diagnostic::new(Code::InvalidValue, message).at(key.location));
            return;
        };
        if let Some(first) = seen.insert(method.clone(), key.location) {
            let message = format!("the method `{method}` of this path is described twice");
            self.cx.report(
                Diagnostic::new(Code::DuplicateName, message)
                    .at(key.location)
                    .related(first, "this one counts"),
            );
            seen.insert(method, first);
            return;
        }
        if self.cx.afford(item.weight, key.location) {
            self.operation(item, method, key, node);
        }
    }

    fn operation(&mut self, item: &PathItem<'d>, method: Method, key: &'d Key, node: Node<'d>) {
        let owner = match item.direction {
            Direction::Path => {
                self.check_unambiguous(item, &method, key.location);
                Owner::Operation(OperationId(u32::try_from(self.list.len()).unwrap_or(u32::MAX)))
            }
            Direction::Webhook | Direction::Callback => item.owner.clone(),
        };
        let own = self.cx.parameters(&[node], &owner);
        let parameters = self.cx.merge_parameters(&item.parameters, own);
        let parameters = match item.direction {
            Direction::Path => {
                let place = PathPlace {
                    template: &item.path.template,
                    in_query: &item.path.in_query,
                    path: item.key.location,
                    operation: key.location,
                };
                self.cx.in_path_order(place, parameters, &owner)
            }
            Direction::Webhook | Direction::Callback => parameters,
        };
        let mut docs = self.cx.docs(node);
        docs.title = docs.title.or_else(|| item.text("summary"));
        docs.description = docs.description.or_else(|| item.text("description"));
        let servers = self.cx.servers(node);
        let operation = Operation {
            name: match item.direction {
                // A shared callback is there once for each operation that has it.
                Direction::Callback => owned_text(node, "operationId"),
                Direction::Path | Direction::Webhook => self.name(node),
            },
            method,
            path: item.path.template.clone(),
            tags: self.tags(node),
            docs,
            parameters,
            request_body: self.cx.request_body(node, &owner),
            responses: self.cx.responses(node, key.location, &owner),
            security: match item.direction {
                Direction::Path => self.schemes.required(self.cx, node),
                // The document's default is about requests to the API, not about those that it sends.
                Direction::Webhook | Direction::Callback => {
                    self.schemes.requirements(self.cx, node).unwrap_or_default()
                }
            },
            servers: if servers.is_empty() {
                item.servers.clone()
            } else {
                servers
            },
            pagination: None,
            retirement: match item.direction == Direction::Path {
                true => self.cx.retirement(node),
                false => None,
            },
            body_limit: None,
            location: key.location,
        };
        if item.direction == Direction::Path {
            self.declared.read(self.cx, self.list.len(), node);
            self.links.read(self.cx, self.list.len(), node, &operation.responses);
            self.callbacks.read(self.cx, self.list.len(), node);
        } else {
            callback::report_unread(self.cx, node);
        }
        self.list.push(operation);
    }

    fn name(&mut self, node: Node<'d>) -> Option<String> {
        let value = node.get("operationId")?;
        let name = as_text(value)?;
        if name.trim().is_empty() {
            self.cx
                .report(Diagnostic::new(Code::InvalidValue, "the `operationId` is empty").at(value.location()));
            return None;
        }
        if let Some(first) = self.names.get(name) {
            let message = format!("two operations have the `operationId` `{name}`");
            self.cx.report(
                Diagnostic::new(Code::DuplicateName, message)
                    .at(value.location())
                    .related(*first, "this one keeps it")
                    .help("the other one is named after its method and path"),
            );
            return None;
        }
        self.names.insert(name, value.location());
        Some(name.to_owned())
    }

    fn tags(&mut self, node: Node<'d>) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        let mut seen = BTreeSet::new();
        for tag in node.get("tags").into_iter().flat_map(Node::items) {
            if let Some(name) = as_text(tag).filter(|name| seen.insert(*name)) {
                self.tags.used(name, tag.location());
                tags.push(name.to_owned());
            }
        }
        tags
    }

    /// Reports a path that differs from an earlier one in nothing but the names of its parameters.
    fn check_unambiguous(&mut self, item: &PathItem<'d>, method: &Method, location: Location) {
        let request = request(method, &item.path.template);
        let path = &item.path.template.text;
        if let Some((first, other)) = self.requests.get(&request) {
            let message = format!("`{method} {path}` answers the same requests as `{method} {other}`");
            self.cx.report(
                Diagnostic::new(Code::AmbiguousPath, message)
                    .at(location)
                    .related(*first, "the other one"),
            );
            return;
        }
        self.requests.insert(request, (location, path.clone()));
    }
}

impl PathItem<'_> {
    fn text(&self, name: &str) -> Option<String> {
        self.nodes.iter().find_map(|node| owned_text(*node, name))
    }
}

/// A template that is not taken apart: a name, or the expression of a callback.
pub(super) fn literal(text: &str) -> PathTemplate {
    PathTemplate {
        text: text.to_owned(),
        segments: vec![PathSegment {
            parts: vec![PathPart::Literal(text.to_owned())],
        }],
        query: Vec::new(),
        fragment: None,
    }
}

/// What tells a request from others: the method and the path without the names of its parameters.
fn request(method: &Method, template: &PathTemplate) -> String {
    let mut text = method.to_string();
    for segment in &template.segments {
        text.push('/');
        for part in &segment.parts {
            match part {
                PathPart::Literal(literal) => text.push_str(literal),
                PathPart::Parameter(_) => text.push('\0'),
            }
        }
    }
    format!("{text}?{:?}#{:?}", template.query, template.fragment)
}
