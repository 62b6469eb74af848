//! The keys of paths to [`PathTemplate`]s.

use std::collections::BTreeSet;

use specsmith_ir::{PathPart, PathSegment, PathTemplate};

use crate::pointer::percent_decode;

/// The key of a path, read.
#[derive(Debug)]
pub(super) struct Path {
    /// What stands in it without its parameters in the query.
    pub template: PathTemplate,
    /// Its parameters in the query (`/search?q={query}`), which no path has: they are parameters like those that are
    /// described as `in: query`.
    pub in_query: Vec<InQuery>,
}

impl From<PathTemplate> for Path {
    fn from(template: PathTemplate) -> Self {
        let in_query = Vec::new();
        Self { template, in_query }
    }
}

/// A parameter that stands in the query of a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct InQuery {
    /// What it is called in the query.
    pub key: String,
    /// The name between its braces.
    pub name: String,
}

/// What is wrong with the key of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PathError<'t> {
    /// It is empty.
    Empty,
    /// It is a whole address.
    Address,
    /// A `{` has no `}`, or the other way round.
    Braces,
    /// Nothing stands between `{` and `}`.
    EmptyName,
    /// A parameter stands twice.
    Twice(&'t str),
    /// A `%` is not followed by two hexadecimal digits, or what is encoded is not UTF-8.
    Encoding,
    /// A segment is `.` or `..`, which clients resolve before they send it.
    Dots,
    /// A parameter is a part of a pair of the query.
    QueryParameter(&'t str),
    /// It has a control character.
    Control,
}

impl PathError<'_> {
    /// What is wrong, as the end of a sentence that starts with the path.
    pub(super) fn message(self) -> String {
        match self {
            PathError::Empty => "is empty".to_owned(),
            PathError::Address => "is an address, not a path".to_owned(),
            PathError::Braces => "has braces that do not match".to_owned(),
            PathError::EmptyName => "has a parameter without a name".to_owned(),
            PathError::Twice(name) => format!("has the parameter `{name}` twice"),
            PathError::Encoding => "has a wrong percent-encoding".to_owned(),
            PathError::Dots => "has a segment `.` or `..`, which never reaches a server".to_owned(),
            PathError::QueryParameter(name) => format!("has the parameter `{name}` inside a value of its query"),
            PathError::Control => "has a control character".to_owned(),
        }
    }

    /// What can be done about it.
    pub(super) fn help(self) -> &'static str {
        match self {
            PathError::Empty => "the root is `/`",
            PathError::Address => "the part before the path belongs to the address of the server",
            PathError::Braces | PathError::EmptyName => {
                "a parameter is written `{name}`; a brace as such is `%7B` or `%7D`"
            }
            PathError::Twice(_) => "give one of the two another name",
            PathError::Encoding => "a percent sign as such is `%25`",
            PathError::Dots => "write the path that is meant",
            PathError::QueryParameter(_) => "describe it as a parameter with `in: query`, and leave it out of the path",
            PathError::Control => "remove it",
        }
    }
}

/// Parses the key of a path, which starts with a slash.
pub(super) fn parse(text: &str) -> Result<Path, PathError<'_>> {
    if text.is_empty() {
        return Err(PathError::Empty);
    }
    if text.contains("://") && !text.starts_with('/') {
        return Err(PathError::Address);
    }
    if text.chars().any(char::is_control) {
        return Err(PathError::Control);
    }
    let (before, fragment) = split_outside_braces(text, '#');
    let (path, query) = split_outside_braces(before, '?');
    let mut segments = Vec::new();
    let mut names = BTreeSet::new();
    for segment in split_segments(path.strip_prefix('/').unwrap_or(path)) {
        let parts = parse_segment(segment)?;
        if let Some(twice) = raw_names(segment).find(|name| !names.insert(*name)) {
            return Err(PathError::Twice(twice));
        }
        if let [PathPart::Literal(literal)] = parts.as_slice()
            && (literal == "." || literal == "..")
        {
            return Err(PathError::Dots);
        }
        segments.push(PathSegment { parts });
    }
    let (query, in_query) = parse_query(query.unwrap_or_default())?;
    let template = PathTemplate {
        text: text.to_owned(),
        segments,
        query,
        fragment: fragment.map(str::to_owned),
    };
    Ok(Path { template, in_query })
}

/// Splits at the first such character that does not stand between braces.
fn split_outside_braces(text: &str, at: char) -> (&str, Option<&str>) {
    let mut inside = false;
    for (index, c) in text.char_indices() {
        match c {
            '{' => inside = true,
            '}' => inside = false,
            c if c == at && !inside => {
                let (before, after) = text.split_at(index);
                return (before, after.get(c.len_utf8()..));
            }
            _ => {}
        }
    }
    (text, None)
}

fn split_segments(path: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(path);
    std::iter::from_fn(move || {
        let (segment, tail) = split_outside_braces(rest?, '/');
        rest = tail;
        Some(segment)
    })
}

fn parse_segment(segment: &str) -> Result<Vec<PathPart>, PathError<'_>> {
    let mut parts = Vec::new();
    let mut rest = segment;
    while !rest.is_empty() {
        let (literal, tail) = match rest.find(['{', '}']) {
            Some(index) => rest.split_at(index),
            None => (rest, ""),
        };
        if !literal.is_empty() {
            parts.push(PathPart::Literal(percent_decode(literal).ok_or(PathError::Encoding)?));
        }
        rest = tail;
        if !rest.is_empty() {
            let inner = rest.strip_prefix('{').ok_or(PathError::Braces)?;
            let (name, tail) = inner.split_once('}').ok_or(PathError::Braces)?;
            if name.contains('{') {
                return Err(PathError::Braces);
            }
            if name.trim().is_empty() {
                return Err(PathError::EmptyName);
            }
            parts.push(PathPart::Parameter(name.to_owned()));
            rest = tail;
        }
    }
    Ok(parts)
}

/// The names between braces of a segment that was parsed.
fn raw_names(segment: &str) -> impl Iterator<Item = &str> {
    segment.split('{').skip(1).filter_map(|piece| piece.split('}').next())
}

/// The literal pairs of a query, and those whose values are parameters.
#[expect(clippy::type_complexity, reason = "two lists of pairs")]
fn parse_query(query: &str) -> Result<(Vec<(String, String)>, Vec<InQuery>), PathError<'_>> {
    let (mut pairs, mut parameters) = (Vec::new(), Vec::new());
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decode = |text: &str| percent_decode(&text.replace('+', " ")).ok_or(PathError::Encoding);
        let whole = value.strip_prefix('{').and_then(|value| value.strip_suffix('}'));
        match whole.filter(|name| !name.is_empty() && !name.contains(['{', '}']) && !key.contains('{')) {
            Some(name) => parameters.push(InQuery {
                key: decode(key)?,
                name: name.to_owned(),
            }),
            None => match raw_names(pair).next() {
                Some(name) => return Err(PathError::QueryParameter(name)),
                None => pairs.push((decode(key)?, decode(value)?)),
            },
        }
    }
    Ok((pairs, parameters))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// The segments of a path in one line: literals as they are, parameters in braces.
    fn segments(text: &str) -> Vec<String> {
        parse(text)
            .unwrap()
            .template
            .segments
            .iter()
            .map(|segment| {
                segment
                    .parts
                    .iter()
                    .map(|part| match part {
                        PathPart::Literal(literal) => format!("<{literal}>"),
                        PathPart::Parameter(name) => format!("{{{name}}}"),
                    })
                    .collect()
            })
            .collect()
    }

    #[test]
    fn segments_hold_literals_and_parameters() {
        assert_eq!(segments("/"), [""]);
        assert_eq!(segments("/a/"), ["<a>", ""]);
        assert_eq!(segments("/users/{id}.json"), ["<users>", "{id}<.json>"]);
        assert_eq!(segments("/{a},{b}"), ["{a}<,>{b}"]);
        assert_eq!(segments("/x/{x}:cancel"), ["<x>", "{x}<:cancel>"]);
        assert_eq!(segments("/a%20b/%7Bc%7D"), ["<a b>", "<{c}>"]);
        assert_eq!(segments("/a//b"), ["<a>", "", "<b>"]);
        assert_eq!(segments("/{a/b}"), ["{a/b}"]);
    }

    #[test]
    fn query_and_fragment_are_literal() {
        let path = parse("/v1/models?beta=true&x=a%20b+c&flag#two").unwrap().template;
        assert_eq!(path.segments.len(), 2);
        let pairs = [("beta", "true"), ("x", "a b c"), ("flag", "")];
        assert_eq!(
            path.query,
            pairs.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
        assert_eq!(path.fragment.as_deref(), Some("two"));
        assert_eq!(path.text, "/v1/models?beta=true&x=a%20b+c&flag#two");
    }

    #[test]
    fn parameters_of_the_query_stand_apart() {
        let path = parse("/a/{b}?q={query}&x=1&to%20={to}").unwrap();
        assert_eq!(path.template.query, [("x".to_owned(), "1".to_owned())]);
        let found: Vec<(&str, &str)> = path.in_query.iter().map(|of| (&*of.key, &*of.name)).collect();
        assert_eq!(found, [("q", "query"), ("to ", "to")]);
    }

    #[test]
    fn a_question_mark_in_a_name_is_not_a_query() {
        assert_eq!(segments("/q/{x?}"), ["<q>", "{x?}"]);
    }

    #[test]
    fn mistakes_are_told_apart() {
        for (text, error) in [
            ("", PathError::Empty),
            ("https://example.org/a", PathError::Address),
            ("/a/{", PathError::Braces),
            ("/a/}", PathError::Braces),
            ("/a/{{x}}", PathError::Braces),
            ("/a/{b{c}}", PathError::Braces),
            ("/a/{x", PathError::Braces),
            ("/a/{}", PathError::EmptyName),
            ("/{x}/{x}", PathError::Twice("x")),
            ("/{x}-{x}", PathError::Twice("x")),
            ("/100%", PathError::Encoding),
            ("/a/../b", PathError::Dots),
            ("/a/%2e/b", PathError::Dots),
            ("/a?b=x{b}", PathError::QueryParameter("b")),
            ("/a?{b}", PathError::QueryParameter("b")),
            ("/a\r\nb", PathError::Control),
        ] {
            assert_eq!(parse(text).unwrap_err(), error, "{text}");
        }
    }
}
