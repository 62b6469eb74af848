//! Operations: path items, their methods, and the parameters that come together in them.

use std::collections::BTreeMap;

use specsmith_diagnostics::{Code, Diagnostic, Location, closest};
use specsmith_ir::{
    ComponentKind, Method, Operation, OperationId, Origin, Owner, Parameter, ParameterEncoding, ParameterIn, PathPart,
    PathSegment, PathTemplate, Presence, Server, Step, Style,
};

use super::{
    context::{Context, as_text, owned_text},
    keys::Kind,
    path,
    security::Schemes,
    tag::Tags,
};
use crate::{Key, Node};

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
    /// The names of operations so far, with their places.
    names: BTreeMap<&'d str, Location>,
    /// The requests that operations answer, with the places of these operations.
    requests: BTreeMap<String, (Location, String)>,
}

/// Whether operations are requests to the API or requests that it sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Path,
    Webhook,
}

/// A path item with what its operations share.
struct PathItem<'d> {
    /// The item itself, then the one it refers to.
    nodes: Vec<Node<'d>>,
    template: PathTemplate,
    key: &'d Key,
    parameters: Vec<Parameter>,
    servers: Vec<Server>,
    direction: Direction,
}

impl<'c, 'd, 'a> Operations<'c, 'd, 'a> {
    /// No operations yet.
    pub(super) fn new(cx: &'c mut Context<'d, 'a>, schemes: Schemes, tags: Tags) -> Self {
        Self {
            cx,
            schemes,
            tags,
            list: Vec::new(),
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
            if let Some(template) = self.template(key) {
                self.path_item(key, node, template, Direction::Path);
            }
        }
    }

    /// Lowers the operations of `webhooks`, and returns them.
    pub(super) fn webhooks(&mut self, root: Node<'d>) -> Vec<Operation> {
        let first = self.list.len();
        for (key, node) in root.get("webhooks").into_iter().flat_map(Node::members) {
            let template = PathTemplate {
                text: key.name.clone(),
                segments: vec![PathSegment {
                    parts: vec![PathPart::Literal(key.name.clone())],
                }],
                query: Vec::new(),
                fragment: None,
            };
            self.path_item(key, node, template, Direction::Webhook);
        }
        self.list.split_off(first)
    }

    fn template(&mut self, key: &Key) -> Option<PathTemplate> {
        let text = key.name.as_str();
        match path::parse(text) {
            Ok(template) => {
                if !text.starts_with('/') {
                    let message = format!("the path `{text}` does not start with a slash");
                    self.cx.report(
                        Diagnostic::new(Code::InvalidPath, message)
                            .at(key.location)
                            .help(format!("it is taken as `/{text}`")),
                    );
                }
                Some(template)
            }
            Err(error) => {
                let message = format!("the path `{}` {}", text.escape_debug(), error.message());
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

    fn path_item(&mut self, key: &'d Key, node: Node<'d>, template: PathTemplate, direction: Direction) {
        let mut nodes = vec![node];
        if node.get("$ref").is_some()
            && let Some(target) = self.cx.resolve_to(node, Kind::PathItem)
        {
            nodes.push(target);
        }
        let kind = match direction {
            Direction::Path => ComponentKind::Path,
            Direction::Webhook => ComponentKind::Webhook,
        };
        let owner = Owner::Component(kind, key.name.clone());
        let parameters = self.parameters(&nodes, &owner);
        let item = PathItem {
            servers: nodes
                .iter()
                .map(|node| self.cx.servers(*node))
                .find(|servers| !servers.is_empty())
                .unwrap_or_default(),
            nodes,
            template,
            key,
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
            let message = format!("`{}` is not a request method", name.escape_debug());
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
        self.operation(item, method, key, node);
    }

    fn operation(&mut self, item: &PathItem<'d>, method: Method, key: &'d Key, node: Node<'d>) {
        let owner = match item.direction {
            Direction::Path => {
                self.check_unambiguous(item, &method, key.location);
                Owner::Operation(OperationId(u32::try_from(self.list.len()).unwrap_or(u32::MAX)))
            }
            Direction::Webhook => Owner::Component(ComponentKind::Webhook, item.key.name.clone()),
        };
        let own = self.parameters(&[node], &owner);
        let parameters = merge(&item.parameters, own);
        let parameters = match item.direction {
            Direction::Path => self.in_path_order(item, key.location, parameters, &owner),
            Direction::Webhook => parameters,
        };
        let mut docs = self.cx.docs(node);
        docs.title = docs.title.or_else(|| item.text("summary"));
        docs.description = docs.description.or_else(|| item.text("description"));
        if let Some((key, _)) = node
            .entry("callbacks")
            .filter(|(_, node)| node.members().next().is_some())
        {
            self.cx
                .not_generated("no code is generated for callbacks", key.location);
        }
        let servers = self.cx.servers(node);
        let operation = Operation {
            name: self.name(node),
            method,
            path: item.template.clone(),
            tags: self.tags(node),
            docs,
            parameters,
            request_body: self.cx.request_body(node, &owner),
            responses: self.cx.responses(node, &owner),
            security: match item.direction {
                Direction::Path => self.schemes.required(self.cx, node),
                // The document's default is about requests to the API, not about those that it sends.
                Direction::Webhook => self.schemes.requirements(self.cx, node).unwrap_or_default(),
            },
            servers: if servers.is_empty() {
                item.servers.clone()
            } else {
                servers
            },
            location: key.location,
        };
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
        for tag in node.get("tags").into_iter().flat_map(Node::items) {
            if let Some(name) = as_text(tag).filter(|name| !tags.iter().any(|tag| tag == name)) {
                self.tags.used(name, tag.location());
                tags.push(name.to_owned());
            }
        }
        tags
    }

    /// The parameters of an object, each name and place once.
    fn parameters(&mut self, nodes: &[Node<'d>], owner: &Owner) -> Vec<Parameter> {
        let mut seen: BTreeMap<(ParameterIn, String), Location> = BTreeMap::new();
        let mut parameters = Vec::new();
        let lists = nodes.iter().filter_map(|node| node.get("parameters"));
        for reference in lists.flat_map(Node::items) {
            let Some(parameter) = self.cx.parameter(reference, owner) else {
                continue;
            };
            if let Some(first) = seen.get(&identity(&parameter)) {
                let message = format!(
                    "the {} parameter `{}` is described twice",
                    parameter.place, parameter.name
                );
                self.cx.report(
                    Diagnostic::new(Code::DuplicateName, message)
                        .at(parameter.location)
                        .related(*first, "this one counts"),
                );
                continue;
            }
            seen.insert(identity(&parameter), parameter.location);
            parameters.push(parameter);
        }
        parameters
    }

    /// Puts path parameters into the order of the path, adds those that are missing, leaves out those that it lacks.
    fn in_path_order(
        &mut self,
        item: &PathItem<'d>,
        place: Location,
        parameters: Vec<Parameter>,
        owner: &Owner,
    ) -> Vec<Parameter> {
        let (described, others): (Vec<_>, Vec<_>) = parameters
            .into_iter()
            .partition(|parameter| parameter.place == ParameterIn::Path);
        let mut described: Vec<Option<Parameter>> = described.into_iter().map(Some).collect();
        let mut ordered = Vec::new();
        let mut missing = Vec::new();
        for name in names(&item.template) {
            let found = described
                .iter_mut()
                .find(|parameter| parameter.as_ref().is_some_and(|parameter| parameter.name == name));
            match found.and_then(Option::take) {
                Some(parameter) => ordered.push(parameter),
                None => {
                    missing.push(name);
                    ordered.push(self.undeclared(name, item.key.location, owner));
                }
            }
        }
        let unused: Vec<_> = described.into_iter().flatten().collect();
        self.report_undeclared(item, place, &missing, &unused);
        self.report_unused(item, &missing, &unused);
        ordered.extend(others);
        ordered
    }

    fn undeclared(&mut self, name: &str, location: Location, owner: &Owner) -> Parameter {
        let origin = Origin::Inline {
            owner: owner.clone(),
            step: Step::Parameter(ParameterIn::Path, name.to_owned()),
        };
        Parameter {
            name: name.to_owned(),
            place: ParameterIn::Path,
            presence: Presence::Required,
            ty: self.cx.string(origin, location),
            encoding: ParameterEncoding::Style {
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
            },
            docs: specsmith_ir::Docs::default(),
            location,
        }
    }

    fn report_undeclared(&mut self, item: &PathItem<'d>, place: Location, missing: &[&str], unused: &[Parameter]) {
        for name in missing {
            let message = format!("the path parameter `{name}` is not described");
            let diagnostic = Diagnostic::new(Code::UndeclaredPathParameter, message)
                .at(place)
                .related(item.key.location, "it stands in this path");
            let candidates = unused.iter().map(|parameter| parameter.name.as_str());
            let diagnostic = match closest(name, candidates) {
                Some(meant) => diagnostic.help(format!("is it `{meant}`? it is taken as a string")),
                None => diagnostic.help("it is taken as a string"),
            };
            self.cx.report(diagnostic);
        }
    }

    fn report_unused(&mut self, item: &PathItem<'d>, missing: &[&str], unused: &[Parameter]) {
        for parameter in unused {
            let name = &parameter.name;
            let message = format!("the path does not have the parameter `{name}`");
            let diagnostic = Diagnostic::new(Code::UnusedPathParameter, message)
                .at(parameter.location)
                .related(item.key.location, "this is the path");
            let diagnostic = match closest(name, missing.iter().copied()) {
                Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
                None => diagnostic,
            };
            self.cx.report(diagnostic);
        }
    }

    /// Reports a path that differs from an earlier one in nothing but the names of its parameters.
    fn check_unambiguous(&mut self, item: &PathItem<'d>, method: &Method, location: Location) {
        let request = request(method, &item.template);
        let path = &item.template.text;
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

/// What must be unique among the parameters of an operation.
fn identity(parameter: &Parameter) -> (ParameterIn, String) {
    let name = match parameter.place {
        ParameterIn::Header => parameter.name.to_ascii_lowercase(),
        _ => parameter.name.clone(),
    };
    (parameter.place, name)
}

/// The parameters of a path, replaced by those of an operation that have the same name and place, then the rest.
fn merge(shared: &[Parameter], own: Vec<Parameter>) -> Vec<Parameter> {
    let mut own: Vec<_> = own
        .into_iter()
        .map(|parameter| (identity(&parameter), parameter))
        .collect();
    let mut by_identity: BTreeMap<_, _> = own
        .iter()
        .cloned()
        .filter(|(identity, _)| shared.iter().any(|shared| self::identity(shared) == *identity))
        .collect();
    own.retain(|(identity, _)| !by_identity.contains_key(identity));
    let mut merged: Vec<_> = shared
        .iter()
        .map(|parameter| {
            by_identity
                .remove(&identity(parameter))
                .unwrap_or_else(|| parameter.clone())
        })
        .collect();
    merged.extend(own.into_iter().map(|(_, parameter)| parameter));
    merged
}

/// The names of the parameters of a path, in order.
fn names(template: &PathTemplate) -> impl Iterator<Item = &str> {
    let parts = template.segments.iter().flat_map(|segment| &segment.parts);
    parts.filter_map(|part| match part {
        PathPart::Parameter(name) => Some(name.as_str()),
        PathPart::Literal(_) => None,
    })
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
