//! Parameter Objects, and how values of parameters and headers are written.

use specsmith_diagnostics::{Code, Diagnostic, Location, closest};
use specsmith_ir::{
    ComponentKind, Docs, Example, Origin, Owner, Parameter, ParameterEncoding, ParameterIn, Presence, Shape, Step,
    Style, Text, Type, TypeId,
};

use super::{
    context::{Context, Version, as_text, flag},
    header::is_token,
    keys::Kind,
};
use crate::Node;

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

/// Where a value with a style stands, which decides the styles it can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StylePlace {
    /// A parameter of this place.
    Parameter(ParameterIn),
    /// A header of a response or part.
    Header,
    /// A property of a form.
    Property,
}

impl StylePlace {
    /// The styles that are possible, the default first (OpenAPI 3.2, section 4.12.2.2.1, Style Values).
    fn styles(self, version: Version) -> &'static [Style] {
        match self {
            StylePlace::Parameter(ParameterIn::Path) => &[Style::Simple, Style::Label, Style::Matrix],
            StylePlace::Parameter(ParameterIn::Header) | StylePlace::Header => &[Style::Simple],
            StylePlace::Parameter(ParameterIn::Cookie) if version >= Version::V3_2 => &[Style::Form, Style::Cookie],
            StylePlace::Parameter(ParameterIn::Cookie) => &[Style::Form],
            StylePlace::Parameter(ParameterIn::Query | ParameterIn::Querystring) | StylePlace::Property => &[
                Style::Form,
                Style::SpaceDelimited,
                Style::PipeDelimited,
                Style::DeepObject,
            ],
        }
    }
}

impl<'d> Context<'d, '_> {
    /// A parameter of an operation or path; `None` after reporting why it is left out.
    pub(super) fn parameter(&mut self, reference: Node<'d>, owner: &Owner) -> Option<Parameter> {
        let node = self
            .resolve_to(reference, Kind::Parameter)
            .filter(|node| node.is_object())?;
        let name_node = node.get("name")?;
        let name = as_text(name_node)?;
        let place = self.parameter_in(node.get("in")?)?;
        if !self.can_be_sent(name, name_node.location(), place) {
            return None;
        }
        let component = self.owner_of(node, ComponentKind::Parameter, owner);
        let step = if component == *owner {
            Step::Parameter(place, name.to_owned())
        } else {
            Step::Schema
        };
        let origin = Origin::Inline { owner: component, step };
        let presence = self.presence(node, name, name_node.location(), place);
        let (ty, encoding, examples) = self.value(node, name_node.location(), StylePlace::Parameter(place), origin);
        if let Some((key, _)) = node
            .entry("allowEmptyValue")
            .filter(|(_, value)| value.as_bool() == Some(true))
        {
            self.not_generated("`allowEmptyValue` has no effect on what is generated", key.location);
        }
        let mut docs = self.docs_through(reference, node);
        docs.examples.extend(examples);
        Some(Parameter {
            name: name.to_owned(),
            place,
            presence,
            ty,
            encoding,
            docs,
            location: reference.location(),
        })
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
                    _ => match closest(&text.to_lowercase(), places) {
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
                let message = format!("`{}` cannot be the name of a cookie", name.escape_debug());
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

    fn presence(&mut self, node: Node<'d>, name: &str, location: Location, place: ParameterIn) -> Presence {
        let required = flag(node, "required");
        if place == ParameterIn::Path {
            if required != Some(true) {
                let (code, message) = match required {
                    None => (
                        Code::MissingField,
                        format!("the path parameter `{name}` has no `required: true`"),
                    ),
                    Some(_) => (
                        Code::InvalidValue,
                        format!("the path parameter `{name}` cannot be optional"),
                    ),
                };
                let place = node.get("required").map_or(location, Node::location);
                let diagnostic = Diagnostic::new(code, message).at(place).help("it is taken as required");
                self.report(diagnostic);
            }
            return Presence::Required;
        }
        if required == Some(true) {
            return Presence::Required;
        }
        let default = node.get("schema").and_then(|schema| self.default_of(schema));
        default.map_or(Presence::Optional, |default| Presence::Default(default.to_value()))
    }

    /// The default of a schema or of the schema it refers to.
    fn default_of(&mut self, schema: Node<'d>) -> Option<Node<'d>> {
        match schema.get("default") {
            Some(default) => Some(default),
            None => self.resolve(schema)?.get("default"),
        }
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
            docs: Docs::default(),
            location,
        })
    }

    /// The `style`, `explode` and `allowReserved` of an object, with the defaults of its place.
    pub(super) fn style(&mut self, node: Node<'d>, place: StylePlace) -> ParameterEncoding {
        let possible = place.styles(self.version);
        let default = possible.first().copied().unwrap_or(Style::Simple);
        let style = match node.get("style") {
            Some(value) => self.style_named(value, possible).unwrap_or(default),
            None => default,
        };
        let allow_reserved = flag(node, "allowReserved").unwrap_or(false);
        let reservable = match place {
            StylePlace::Parameter(ParameterIn::Path) => self.version >= Version::V3_2,
            StylePlace::Parameter(ParameterIn::Query) | StylePlace::Property => true,
            StylePlace::Parameter(_) | StylePlace::Header => false,
        };
        if let Some((key, _)) = node.entry("allowReserved").filter(|_| !reservable) {
            let message = "`allowReserved` has no effect at this place";
            self.report(Diagnostic::new(Code::UnknownKeyword, message).at(key.location));
        }
        ParameterEncoding::Style {
            style,
            explode: flag(node, "explode").unwrap_or(matches!(style, Style::Form | Style::Cookie)),
            allow_reserved: allow_reserved && reservable,
        }
    }

    fn style_named(&mut self, value: Node<'d>, possible: &[Style]) -> Option<Style> {
        let name = as_text(value)?;
        let found = possible.iter().copied().find(|style| style_name(*style) == name);
        if found.is_none() {
            let names: Vec<_> = possible.iter().map(|style| style_name(*style)).collect();
            let message = format!("`{name}` is not a style of this place");
            self.report(
                Diagnostic::new(Code::InvalidValue, message)
                    .at(value.location())
                    .help(format!("the styles are `{}`", names.join("`, `"))),
            );
        }
        found
    }
}

fn style_name(style: Style) -> &'static str {
    match style {
        Style::Matrix => "matrix",
        Style::Label => "label",
        Style::Simple => "simple",
        Style::Form => "form",
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::DeepObject => "deepObject",
        Style::Cookie => "cookie",
    }
}
