//! Checks that the objects of a document consist of what the specification says they do.
//!
//! Every object outside of schemas is visited once, used or not: unknown keywords, missing ones, values of another
//! type and broken references are reported here, and what each object is gets recorded. The steps that follow read
//! keywords and skip what they cannot read without reporting it again.

mod swagger;

use specsmith_diagnostics::{Code, Diagnostic, Location};

use super::{
    context::{Context, Version, as_flag, as_text},
    style::StylePlace,
};
use crate::{
    Node, NodeKind,
    grammar::{Grammar, Keyword, Kind, Need, Value},
};

/// Checks the whole document.
pub(super) fn check(cx: &mut Context<'_, '_>) {
    let root = cx.document.root();
    let mut check = Check {
        cx,
        references: Vec::new(),
        lists: Vec::new(),
    };
    let kind = match check.cx.version {
        Version::V2_0 if root.get("openapi").is_none() => Kind::Swagger,
        _ => Kind::OpenApi,
    };
    check.object(root, root.location(), kind);
    // What a reference points to is known for certain only when every object has been seen.
    let Check { references, lists, .. } = check;
    for (node, kind) in references {
        cx.resolve_to(node, kind);
    }
    for node in lists {
        cx.distinct_parameters(&[node]);
    }
}

/// Checks an object that stands in a schema.
pub(super) fn check_object<'d>(cx: &mut Context<'d, '_>, node: Node<'d>, kind: Kind) {
    let mut check = Check {
        cx,
        references: Vec::new(),
        lists: Vec::new(),
    };
    check.object(node, node.location(), kind);
}

struct Check<'c, 'd, 'a> {
    cx: &'c mut Context<'d, 'a>,
    /// References, and what they should point to.
    references: Vec<(Node<'d>, Kind)>,
    /// Objects with parameters.
    lists: Vec<Node<'d>>,
}

/// Where a value stands, for messages: its name and the place of the name.
#[derive(Clone, Copy)]
struct Slot<'d> {
    name: &'d str,
    location: Location,
    required: bool,
}

impl<'d> Check<'_, 'd, '_> {
    /// Checks a value; the depth of the document bounds the recursion.
    fn value(&mut self, node: Node<'d>, slot: Slot<'d>, value: Value) {
        match value {
            Value::Any => {}
            // Keywords of schemas, which are checked with their schemas.
            Value::Number
            | Value::Count
            | Value::Names
            | Value::Types
            | Value::Bound
            | Value::Items
            | Value::SchemaOrNames => {}
            Value::Text => self.text(node, slot),
            Value::Boolean => self.boolean(node, slot),
            Value::Object(Kind::Schema) => self.schema(node, slot),
            Value::Object(kind) if node.is_object() => self.object(node, slot.location, kind),
            Value::Reference(kind) if node.is_object() => {
                if node.get("$ref").is_some() {
                    self.reference(node, kind);
                } else {
                    self.object(node, slot.location, kind);
                }
            }
            Value::List(item) if node.is_array() => {
                for child in node.items() {
                    let slot = Slot {
                        location: child.location(),
                        required: true,
                        ..slot
                    };
                    self.value(child, slot, *item);
                }
            }
            Value::Map(member) if node.is_object() => self.names(node, *member, false),
            Value::Object(_) | Value::Reference(_) | Value::Map(_) => self.wrong_type(node, slot, "an object"),
            Value::List(_) => self.wrong_type(node, slot, "an array"),
        }
    }

    fn text(&mut self, node: Node<'d>, slot: Slot<'d>) {
        match as_text(node) {
            Some(_) if node.as_str().is_some() => {}
            Some(text) => {
                let message = format!("`{}` must be a string, and is {} here", slot.name, node.kind_name());
                self.cx.report(
                    Diagnostic::new(Code::CoercedValue, message)
                        .at(node.location())
                        .help(format!("it is taken as `\"{text}\"`; put quotes around it")),
                );
            }
            None => self.wrong_type(node, slot, "a string"),
        }
    }

    fn boolean(&mut self, node: Node<'d>, slot: Slot<'d>) {
        match as_flag(node) {
            Some(_) if node.as_bool().is_some() => {}
            Some(_) => {
                let message = format!("`{}` must be a boolean, and is a string here", slot.name);
                self.cx.report(
                    Diagnostic::new(Code::CoercedValue, message)
                        .at(node.location())
                        .help("it is taken as meant; remove the quotes"),
                );
            }
            None => self.wrong_type(node, slot, "a boolean"),
        }
    }

    fn schema(&mut self, node: Node<'d>, slot: Slot<'d>) {
        match node.kind() {
            NodeKind::Object => {
                self.cx.kinds.insert(node.id(), Kind::Schema);
            }
            NodeKind::Boolean(_) if self.cx.version >= Version::V3_1 => {}
            NodeKind::Boolean(_) => self.cx.report(
                Diagnostic::new(Code::NewerKeyword, "schemas that are booleans came with OpenAPI 3.1")
                    .at(node.location()),
            ),
            _ => self.wrong_type(node, slot, "a schema, which is an object"),
        }
    }

    fn object(&mut self, node: Node<'d>, place: Location, kind: Kind) {
        self.cx.kinds.insert(node.id(), kind);
        match kind.grammar() {
            Grammar::Keywords(keywords) => self.keywords(node, place, kind, keywords),
            Grammar::Names(member) => self.names(node, member, true),
        }
        self.meaning(node, place, kind);
    }

    /// Checks what keywords say, as far as it does not need other objects.
    fn meaning(&mut self, node: Node<'d>, place: Location, kind: Kind) {
        match kind {
            Kind::Parameter => self.cx.check_parameter(node),
            Kind::Header if node.get("content").is_none() => {
                self.cx.style(node, StylePlace::Header);
            }
            Kind::Responses => {
                for (key, _) in node.members().filter(|(key, _)| !key.name.starts_with("x-")) {
                    self.cx.status(key);
                }
            }
            Kind::PathItem | Kind::Operation if node.get("parameters").is_some() => self.lists.push(node),
            Kind::SwaggerParameter => self.cx.check_swagger_parameter(node, place),
            Kind::SwaggerHeader => self.cx.check_swagger_value(node, place, kind),
            Kind::Items => self.cx.check_swagger_value(node, place, kind),
            Kind::SwaggerSecurityScheme => self.cx.check_swagger_scheme(node, place),
            _ => {}
        }
        if matches!(kind, Kind::Response | Kind::Encoding) {
            for (key, _) in node.get("headers").into_iter().flat_map(Node::members) {
                self.cx.header_name(&key.name, key.location);
            }
        }
        if matches!(
            kind,
            Kind::Parameter | Kind::Header | Kind::RequestBody | Kind::Response
        ) {
            for (key, _) in node.get("content").into_iter().flat_map(Node::members) {
                self.cx.media_type(&key.name, key.location);
            }
        }
    }

    fn names(&mut self, node: Node<'d>, member: Value, extensible: bool) {
        for (key, child) in node.members() {
            if extensible && key.name.starts_with("x-") {
                continue;
            }
            if key.name == "$ref" && child.as_str().is_some() {
                if self.cx.report_unresolved(child) {
                    continue;
                }
                let diagnostic = Diagnostic::new(Code::UnknownKeyword, "a `$ref` cannot stand for this whole object")
                    .at(key.location)
                    .help("refer to its members one by one");
                self.cx.report(diagnostic);
                continue;
            }
            let slot = Slot {
                name: &key.name,
                location: key.location,
                required: true,
            };
            self.value(child, slot, member);
        }
    }

    fn keywords(&mut self, node: Node<'d>, place: Location, kind: Kind, keywords: &'static [Keyword]) {
        for (key, child) in node.members() {
            if let Some(keyword) = keywords.iter().find(|keyword| keyword.name == key.name) {
                if keyword.since > self.cx.version {
                    self.newer(key.location, keyword);
                }
                let slot = Slot {
                    name: keyword.name,
                    location: key.location,
                    required: matches!(keyword.need, Need::Required),
                };
                self.value(child, slot, keyword.value);
            } else if key.name == "$ref" && self.cx.report_unresolved(child) {
                // That it has no target says more than that it cannot be here.
            } else if !key.name.starts_with("x-") {
                self.unknown(&key.name, key.location, kind, keywords);
            }
        }
        for keyword in keywords.iter().filter(|keyword| node.get(keyword.name).is_none()) {
            self.missing(place, kind, keyword);
        }
        for (first, second) in kind.exclusive() {
            self.exclusive(node, kind, first, second);
        }
        if matches!(kind, Kind::PathItem | Kind::SwaggerPathItem) && node.get("$ref").is_some() {
            self.references.push((node, kind));
        }
    }

    /// A Reference Object: `$ref`, with a summary and description since 3.1.
    fn reference(&mut self, node: Node<'d>, kind: Kind) {
        self.cx.kinds.insert(node.id(), kind);
        self.references.push((node, kind));
        for (key, child) in node.members() {
            match key.name.as_str() {
                "$ref" => {}
                "summary" | "description" => {
                    if self.cx.version < Version::V3_1 {
                        let message = format!("`{}` beside a `$ref` came with OpenAPI 3.1", key.name);
                        self.cx
                            .report(Diagnostic::new(Code::NewerKeyword, message).at(key.location));
                    }
                    let slot = Slot {
                        name: &key.name,
                        location: key.location,
                        required: false,
                    };
                    self.text(child, slot);
                }
                name if name.starts_with("x-") => {}
                name => self.cx.report(
                    Diagnostic::new(Code::RefSiblings, format!("`{name}` beside a `$ref` has no effect"))
                        .at(key.location)
                        .help("put it where the `$ref` points to, or replace the `$ref` with a copy"),
                ),
            }
        }
    }

    fn wrong_type(&mut self, node: Node<'d>, slot: Slot<'d>, expected: &str) {
        if node
            .get("$ref")
            .is_some_and(|reference| self.cx.report_unresolved(reference))
        {
            return;
        }
        let message = format!("`{}` must be {expected}, not {}", slot.name, node.kind_name());
        let mut diagnostic = Diagnostic::new(Code::WrongType, message).at(node.location());
        if matches!(node.kind(), NodeKind::Null) && !slot.required {
            diagnostic = diagnostic.help("it is taken as absent; leave it out");
        }
        self.cx.report(diagnostic);
    }

    fn newer(&mut self, location: Location, keyword: &Keyword) {
        let message = format!("`{}` came with {}", keyword.name, keyword.since.title());
        let help = format!("the document says that it is {}", self.cx.version.title());
        self.cx
            .report(Diagnostic::new(Code::NewerKeyword, message).at(location).help(help));
    }

    fn unknown(&mut self, name: &str, location: Location, kind: Kind, keywords: &[Keyword]) {
        let message = format!("`{name}` is not a keyword of {}", kind.phrase());
        let diagnostic = Diagnostic::new(Code::UnknownKeyword, message).at(location);
        let diagnostic = match self.cx.suggest(name, keywords.iter().map(|keyword| keyword.name)) {
            Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
            None => match extension(name).or_else(|| misplaced(kind, name)) {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            },
        };
        self.cx.report(diagnostic);
    }

    fn missing(&mut self, place: Location, kind: Kind, keyword: &Keyword) {
        let required = match keyword.need {
            Need::Required => true,
            Need::RequiredBefore(version) => self.cx.version < version,
            Need::Optional => false,
        };
        if required {
            let message = format!("{} has no `{}`", kind.phrase(), keyword.name);
            self.cx.report(Diagnostic::new(Code::MissingField, message).at(place));
        }
    }

    fn exclusive(&mut self, node: Node<'d>, kind: Kind, first: &str, second: &str) {
        let (Some((one, _)), Some((other, _))) = (node.entry(first), node.entry(second)) else {
            return;
        };
        let message = format!("{} has either `{first}` or `{second}`, not both", kind.phrase());
        self.cx.report(
            Diagnostic::new(Code::ConflictingKeywords, message)
                .at(other.location)
                .related(one.location, format!("`{first}` is taken")),
        );
    }
}

/// What to do about a name that looks like an extension.
pub(super) fn extension(name: &str) -> Option<String> {
    let rest = ["X-", "X_", "x_"].iter().find_map(|start| name.strip_prefix(start))?;
    Some(format!(
        "names of your own start with `x-`: `x-{}`",
        rest.to_ascii_lowercase()
    ))
}

/// What to do about a keyword that belongs elsewhere: to a schema, or to Swagger 2.0.
fn misplaced(kind: Kind, name: &str) -> Option<String> {
    let help = match (kind, name) {
        (Kind::Parameter | Kind::Header, "collectionFormat") => Some("OpenAPI 3 says `style` and `explode`"),
        (Kind::Parameter | Kind::Header | Kind::MediaType, name) if SCHEMA_KEYWORDS.contains(&name) => {
            Some("put it into the `schema`")
        }
        (Kind::Response | Kind::RequestBody, "schema" | "example" | "examples") => {
            Some("put it into `content`, below a media type")
        }
        (Kind::Response | Kind::RequestBody, name) if SCHEMA_KEYWORDS.contains(&name) => {
            Some("put it into `content`, in the `schema` of a media type")
        }
        (Kind::Operation | Kind::OpenApi, "consumes" | "produces") => Some("media types are the keys of `content`"),
        (Kind::OpenApi | Kind::Operation, "host" | "basePath" | "schemes") => Some("addresses belong into `servers`"),
        (Kind::OpenApi, "definitions") => Some("schemas belong into `components/schemas`"),
        (Kind::OpenApi, "securityDefinitions") => Some("security schemes belong into `components/securitySchemes`"),
        (Kind::SwaggerParameter | Kind::SwaggerHeader, "$ref") => {
            Some("schemas of their own are possible for bodies only")
        }
        (Kind::SwaggerParameter, "properties" | "allOf" | "additionalProperties" | "required") => {
            Some("only the `schema` of a parameter with `in: body` can be an object")
        }
        (Kind::SwaggerResponse, name) if SCHEMA_KEYWORDS.contains(&name) => Some("put it into the `schema`"),
        (Kind::Link, "body") => Some("a link sends `requestBody`"),
        (Kind::Parameter | Kind::Header | Kind::RequestBody | Kind::Response, "mediaType" | "contentType") => {
            Some("media types are the keys of `content`")
        }
        _ => None,
    };
    help.map(str::to_owned).or_else(|| elsewhere(kind, name))
}

/// Where a keyword belongs that another object near this one has.
fn elsewhere(kind: Kind, name: &str) -> Option<String> {
    let near: &[(Kind, &str)] = match kind {
        Kind::OpenApi => &[(Kind::Info, "`info`"), (Kind::Components, "`components`")],
        Kind::Info | Kind::Components => &[(Kind::OpenApi, "the document itself")],
        Kind::PathItem => &[(Kind::Operation, "its operations")],
        Kind::Operation => &[
            (Kind::PathItem, "the path item around it"),
            (Kind::Response, "one of its `responses`"),
        ],
        Kind::MediaType => &[
            (Kind::Encoding, "`encoding`"),
            (Kind::Response, "the response around it"),
        ],
        Kind::Tag | Kind::Server | Kind::Responses => &[(Kind::OpenApi, "the document itself")],
        Kind::OAuthFlows => &[(Kind::OAuthFlow, "each flow")],
        Kind::SecurityScheme => &[(Kind::OAuthFlow, "a flow in `flows`")],
        Kind::Response => &[(Kind::MediaType, "`content`, below a media type")],
        _ => &[],
    };
    let methods = "operations of other methods go into `additionalOperations` of OpenAPI 3.2";
    match near.iter().find(|(kind, _)| kind.keyword(name).is_some()) {
        Some((_, place)) => Some(format!("it belongs into {place}")),
        None => (kind == Kind::PathItem).then(|| methods.to_owned()),
    }
}

/// Keywords of schemas that are often written where a schema should stand.
const SCHEMA_KEYWORDS: &[&str] = &[
    "type",
    "format",
    "items",
    "enum",
    "const",
    "default",
    "properties",
    "required",
    "additionalProperties",
    "nullable",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "pattern",
    "uniqueItems",
    "multipleOf",
    "oneOf",
    "anyOf",
    "allOf",
];
