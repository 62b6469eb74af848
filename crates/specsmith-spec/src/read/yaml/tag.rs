//! Tags: those of the core schema are honoured, all others refused.

use granit_parser::{ScalarStyle, Span, Tag};
use specsmith_diagnostics::{Code, Diagnostic};

use super::{Reader, Scalar, Token, core};

/// What a tag stands before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A scalar.
    Scalar,
    /// A sequence.
    Sequence,
    /// A mapping.
    Mapping,
}

impl Reader<'_, '_> {
    /// Decides the type of a scalar that has a tag.
    pub(super) fn tagged(&mut self, tag: &Tag, token: &Token<'_>) -> Scalar {
        let text = if token.style == ScalarStyle::Plain {
            token.written()
        } else {
            token.text
        };
        let resolved = core::resolve(text);
        let fits = match name(tag) {
            Some("str") => return Scalar::String,
            Some("null") => matches!(resolved, Scalar::Null),
            Some("bool") => matches!(resolved, Scalar::Boolean(_)),
            Some("int") => matches!(&resolved, Scalar::Number(number) if number.as_str().parse::<i128>().is_ok()),
            Some("float") => matches!(resolved, Scalar::Number(_) | Scalar::NotFinite),
            _ => {
                self.check_tag(Some(tag), token.span, Kind::Scalar);
                return Scalar::String;
            }
        };
        if fits {
            return resolved;
        }
        self.tree.diagnostics.report(
            Diagnostic::new(
                Code::UnsupportedYaml,
                format!("the tag `{}` does not fit its value", tag.original()),
            )
            .at(self.tag_location(token.span))
            .label("the value is read as a string"),
        );
        Scalar::String
    }

    /// Reports a tag that means nothing here.
    pub(super) fn check_tag(&mut self, tag: Option<&Tag>, span: Span, kind: Kind) {
        let Some(tag) = tag else { return };
        let message = match (name(tag), kind) {
            (Some("!"), _)
            | (Some("seq"), Kind::Sequence)
            | (Some("map"), Kind::Mapping)
            | (Some("str" | "null" | "bool" | "int" | "float"), Kind::Scalar) => return,
            (Some(_), _) => format!("the tag `{}` does not fit its value", tag.original()),
            (None, _) => format!("the tag `{}` is not known", tag.original()),
        };
        self.tree.diagnostics.report(
            Diagnostic::new(Code::UnsupportedYaml, message)
                .at(self.tag_location(span))
                .label("the tag is not applied"),
        );
    }

    fn tag_location(&self, span: Span) -> specsmith_diagnostics::Location {
        self.location(span.tag_span().unwrap_or(span))
    }
}

/// The name of a tag of the core schema; `!` is the tag that says "not by the look of it", which makes strings.
fn name(tag: &Tag) -> Option<&str> {
    match tag.parts() {
        ("", "!") | ("!", "") => Some("!"),
        _ => tag.core_suffix(),
    }
    .filter(|name| matches!(*name, "!" | "str" | "null" | "bool" | "int" | "float" | "seq" | "map"))
}
