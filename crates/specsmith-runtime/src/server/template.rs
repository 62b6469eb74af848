//! Path templates such as `/users/{id}.json?beta=true`, parsed when the server starts.

use super::percent::{self, Plus};

/// A path template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    /// What stands between the slashes; an empty segment has no parts.
    pub(crate) segments: Vec<Vec<Part>>,
    /// The pairs that the query of a request must have.
    pub(crate) query: Vec<(String, String)>,
}

/// A piece of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Text, decoded.
    Literal(String),
    /// The name of a parameter.
    Parameter(String),
}

impl Template {
    /// Parses a template: literals and names are percent-encoded where they hold `{`, `}`, `/`, `?`, `#` or `%`.
    pub(crate) fn parse(text: &str) -> Self {
        let text = text.split('#').next().unwrap_or_default();
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        Self {
            segments: path.split('/').skip(1).map(parts).collect(),
            query: percent::pairs(query)
                .map(|(name, value)| (decoded(name), decoded(value)))
                .collect(),
        }
    }
}

fn parts(segment: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for piece in segment.split_inclusive('}') {
        let (literal, parameter) = match piece
            .strip_suffix('}')
            .and_then(|piece| piece.split_once('{'))
        {
            Some((literal, name)) => (literal, Some(name)),
            None => (piece, None),
        };
        if !literal.is_empty() {
            parts.push(Part::Literal(decoded(literal)));
        }
        parts.extend(parameter.map(|name| Part::Parameter(decoded(name))));
    }
    parts
}

fn decoded(text: &str) -> String {
    percent::decode(text, Plus::Literal).map_or_else(|_| text.to_owned(), Into::into)
}
