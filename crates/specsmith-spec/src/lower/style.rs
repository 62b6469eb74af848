//! How values of parameters, headers and form properties are written: `style`, `explode` and `allowReserved`.

use specsmith_diagnostics::{Code, Diagnostic, Severity};
use specsmith_ir::{ParameterEncoding, ParameterIn, Style};

use super::context::{Context, Version, as_text, flag};
use crate::Node;

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
            StylePlace::Parameter(ParameterIn::Cookie) => self.version >= Version::V3_2 && style == Style::Form,
            StylePlace::Parameter(ParameterIn::Query) | StylePlace::Property => true,
            StylePlace::Parameter(_) | StylePlace::Header => false,
        };
        if let Some((key, _)) = node.entry("allowReserved").filter(|_| !reservable) {
            let message = "`allowReserved` has no effect at this place";
            self.report(Diagnostic::new(Code::UnknownKeyword, message).at(key.location));
        }
        let explode = flag(node, "explode");
        self.check_explode(node, style, explode);
        ParameterEncoding::Style {
            style,
            explode: explode.unwrap_or(matches!(style, Style::Form | Style::Cookie)),
            allow_reserved: allow_reserved && reservable,
        }
    }

    /// Notes a style that OpenAPI does not define together with this value of `explode`.
    fn check_explode(&mut self, node: Node<'d>, style: Style, explode: Option<bool>) {
        let taken = match (style, explode) {
            (Style::DeepObject, Some(false)) => "the properties are written one by one all the same",
            (Style::SpaceDelimited | Style::PipeDelimited, Some(true)) => "the values are written one by one",
            _ => return,
        };
        let Some(value) = node.get("explode") else { return };
        let name = style_name(style);
        let message = format!(
            "OpenAPI does not define `style: {name}` with `explode: {}`",
            explode == Some(true)
        );
        let mut diagnostic = Diagnostic::new(Code::ConflictingKeywords, message)
            .at(value.location())
            .label(taken);
        diagnostic.severity = Severity::Note;
        self.report(diagnostic);
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
