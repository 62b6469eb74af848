//! Parameter Objects, and the types of the values of parameters and headers.

use specsmith_diagnostics::{Code, Diagnostic, Location};
use specsmith_ir::{
    ComponentKind, Docs, Example, Origin, Owner, Parameter, ParameterEncoding, ParameterIn, Presence, Shape, Step,
    Text, Type, TypeId,
};

use super::{
    context::{Context, Version, as_text, flag, quoted},
    header::is_token,
    style::StylePlace,
};
use crate::{Node, grammar::Kind};

/// Headers that HTTP itself needs and that no caller may set.
const FRAMING: &[&str] = &[
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "te",
    "trailer",
    "upgrade",
    "keep-alive",
];

/// A parameter of a list, before it is lowered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Identified<'d> {
    /// The item of the list, which may be a reference.
    pub reference: Node<'d>,
    /// The parameter itself.
    pub node: Node<'d>,
    /// Where it is sent.
    pub place: ParameterIn,
    /// Its name.
    pub name: &'d str,
    /// The place of the name.
    pub name_location: Location,
}

impl<'d> Context<'d, '_> {
    /// What tells a parameter from others of the same list: its object, place and name.
    ///
    /// `None` after reporting why it is left out.
    pub(super) fn identify(&mut self, reference: Node<'d>) -> Option<Identified<'d>> {
        let node = self
            .resolve_to(reference, Kind::Parameter)
            .filter(|node| node.is_object())?;
        let name_node = node.get("name")?;
        let name = as_text(name_node)?;
        let place = self.parameter_in(node.get("in")?)?;
        self.can_be_sent(name, name_node.location(), place)
            .then_some(Identified {
                reference,
                node,
                place,
                name,
                name_location: name_node.location(),
            })
    }

    /// Checks what can be seen on a parameter without lowering it.
    pub(super) fn check_parameter(&mut self, node: Node<'d>) {
        let Some(parameter) = self.identify(node) else { return };
        self.is_required(&parameter);
        if node.get("content").is_none() {
            self.style(node, StylePlace::Parameter(parameter.place));
        }
        if let Some((key, _)) = node
            .entry("schema")
            .filter(|_| parameter.place == ParameterIn::Querystring)
        {
            let message = "a parameter that is the whole query has no `content`";
            self.report(
                Diagnostic::new(Code::MissingField, message)
                    .at(key.location)
                    .help("put the schema below a media type in `content`"),
            );
        }
    }

    /// A parameter of an operation or path.
    pub(super) fn parameter(&mut self, parameter: &Identified<'d>, owner: &Owner) -> Parameter {
        let Identified {
            reference,
            node,
            place,
            name,
            name_location,
        } = *parameter;
        let component = self.owner_of(node, ComponentKind::Parameter, owner);
        let step = if component == *owner {
            Step::Parameter(place, name.to_owned())
        } else {
            Step::Schema
        };
        let origin = Origin::Inline { owner: component, step };
        let (ty, encoding, examples) = self.value(node, name_location, StylePlace::Parameter(place), origin);
        let presence = self.presence(parameter, ty);
        let mut docs = self.docs_through(reference, node);
        docs.examples.extend(examples);
        Parameter {
            name: name.to_owned(),
            place,
            presence,
            ty,
            encoding,
            docs,
            location: reference.location(),
        }
    }

    fn parameter_in(&mut self, value: Node<'d>) -> Option<ParameterIn> {
        let text = as_text(value)?;
        let places = ["path", "query", "header", "cookie", "querystring"];
        let found = match text {
            "path" => ParameterIn::Path,
            "query" => ParameterIn::Query,
            "header" => ParameterIn::Header,
            "cookie" => ParameterIn::Cookie,
            "querystring" => {
                if self.version < Version::V3_2 {
                    let message = "`querystring` came with OpenAPI 3.2";
                    self.report(Diagnostic::new(Code::NewerKeyword, message).at(value.location()));
                }
                ParameterIn::Querystring
            }
            _ => {
                let message = format!("a parameter cannot be in `{text}`");
                let help = match text {
                    "body" | "formData" => "OpenAPI 3 describes bodies by the `requestBody` of an operation".to_owned(),
                    _ => match self.suggest(text, places) {
                        Some(meant) => format!("did you mean `{meant}`?"),
                        None => "it is in `path`, `query`, `header` or `cookie`".to_owned(),
                    },
                };
                let diagnostic = Diagnostic::new(Code::InvalidValue, message).at(value.location());
                self.report(diagnostic.help(help));
                return None;
            }
        };
        Some(found)
    }

    /// Whether a parameter of this name can be set by a caller; reports it if not.
    fn can_be_sent(&mut self, name: &str, location: Location, place: ParameterIn) -> bool {
        match place {
            ParameterIn::Header => {
                if !self.header_name(name, location) {
                    return false;
                }
                let lower = name.to_ascii_lowercase();
                let help = match lower.as_str() {
                    "accept" | "content-type" => "the media types of bodies and responses decide it",
                    "authorization" => "it is set by security schemes",
                    lower if FRAMING.contains(&lower) => "it frames the message, and HTTP sets it",
                    _ => return true,
                };
                let message = format!("the header `{name}` is ignored as a parameter");
                let diagnostic = Diagnostic::new(Code::IgnoredHeader, message).at(location).help(help);
                self.report(diagnostic);
                false
            }
            ParameterIn::Cookie if !is_token(name) => {
                let message = format!("{} cannot be the name of a cookie", quoted(name));
                self.report(Diagnostic::new(Code::InvalidValue, message).at(location));
                false
            }
            ParameterIn::Path if name.contains(['{', '}']) => {
                let message = format!("{} cannot be the name of a path parameter", quoted(name));
                self.report(Diagnostic::new(Code::InvalidValue, message).at(location));
                false
            }
            _ if name.is_empty() && place != ParameterIn::Querystring => {
                self.report(Diagnostic::new(Code::InvalidValue, "the name of a parameter is empty").at(location));
                false
            }
            _ => true,
        }
    }

    /// Whether a parameter must be sent; reports a path parameter that does not say so.
    fn is_required(&mut self, parameter: &Identified<'d>) -> bool {
        let stated = flag(parameter.node, "required");
        if parameter.place != ParameterIn::Path {
            return stated == Some(true);
        }
        if stated != Some(true) {
            let name = parameter.name;
            let (code, message) = match stated {
                None => (
                    Code::MissingField,
                    format!("the path parameter `{name}` has no `required: true`"),
                ),
                Some(_) => (
                    Code::InvalidValue,
                    format!("the path parameter `{name}` cannot be optional"),
                ),
            };
            let place = parameter
                .node
                .get("required")
                .map_or(parameter.name_location, Node::location);
            self.report(Diagnostic::new(code, message).at(place).help("it is taken as required"));
        }
        true
    }

    fn presence(&mut self, parameter: &Identified<'d>, ty: TypeId) -> Presence {
        if self.is_required(parameter) {
            return Presence::Required;
        }
        let schema = parameter.node.get("schema");
        let default = schema.and_then(|schema| self.schema_default(schema, ty));
        default.map_or(Presence::Optional, Presence::Default)
    }

    /// The type of a parameter or header, how it is written, and the examples of its media type.
    pub(super) fn value(
        &mut self,
        node: Node<'d>,
        key: Location,
        place: StylePlace,
        origin: Origin,
    ) -> (TypeId, ParameterEncoding, Vec<Example>) {
        if let Some(schema) = node.get("schema") {
            return (self.schema(schema, origin), self.style(node, place), Vec::new());
        }
        let mut content = node.get("content").into_iter().flat_map(Node::members);
        let Some((media_key, reference)) = content.next() else {
            let message = "neither `schema` nor `content` says what values there are";
            let diagnostic = Diagnostic::new(Code::MissingField, message)
                .at(key)
                .help("it is taken as a string");
            self.report(diagnostic);
            return (self.string(origin, key), self.style(node, place), Vec::new());
        };
        if let Some((second, _)) = content.next() {
            let message = "the content of a parameter or header has one media type only";
            self.report(
                Diagnostic::new(Code::ConflictingKeywords, message)
                    .at(second.location)
                    .related(media_key.location, "this one is taken"),
            );
        }
        let media_type = self.media_type(&media_key.name, media_key.location);
        let body = self.resolve_to(reference, Kind::MediaType);
        let ty = match body.and_then(|body| body.get("schema")) {
            Some(schema) => self.schema(schema, origin),
            None => self.string(origin, media_key.location),
        };
        let examples = body.map(|body| self.examples(body)).unwrap_or_default();
        match media_type {
            Some(media_type) => (ty, ParameterEncoding::Content(media_type), examples),
            None => (ty, self.style(node, place), examples),
        }
    }

    /// A type for text about which the document says nothing.
    pub(super) fn string(&mut self, origin: Origin, location: Location) -> TypeId {
        self.types.add(Type {
            origin,
            shape: Shape::String(Text::default()),
            assertions: Default::default(),
            docs: Docs::default(),
            location,
        })
    }
}
