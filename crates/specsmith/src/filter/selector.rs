//! Selectors: `tag:Books`, `/books/**`, `GET /books/*`, `listBooks`.

use specsmith_ir::Operation;

/// What selects operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Selector {
    /// Those with a tag, or of a resource.
    Tag(Vec<char>),
    /// Those of a path, perhaps of one method.
    Path {
        /// The method in upper case.
        method: Option<String>,
        /// The segments.
        segments: Vec<Segment>,
    },
    /// Those of a name.
    Name(Vec<char>),
}

/// What selects a segment of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    /// Any number of segments.
    Any,
    /// One, in which `*` is any text.
    One(Vec<char>),
}

impl Selector {
    /// Reads a selector; every text is one.
    pub(super) fn read(text: &str) -> Self {
        let text = text.trim();
        if let Some(tag) = text.strip_prefix("tag:") {
            return Self::Tag(tag.trim().chars().collect());
        }
        let (method, path) = match text.split_once(char::is_whitespace) {
            Some((method, path)) => (Some(method.to_ascii_uppercase()), path.trim()),
            None => (None, text),
        };
        match path.strip_prefix('/') {
            Some(path) => {
                let segment = |segment: &str| match segment {
                    "**" => Segment::Any,
                    segment => Segment::One(segment.chars().collect()),
                };
                Self::Path {
                    method: method.filter(|method| method != "*"),
                    segments: path.split('/').map(segment).collect(),
                }
            }
            None => Self::Name(text.chars().collect()),
        }
    }

    /// Whether it selects an operation.
    pub(super) fn selects(&self, operation: &Operation) -> bool {
        match self {
            Self::Tag(tag) => tags(operation).iter().any(|name| fits(tag, name)),
            Self::Name(pattern) => operation.name.as_ref().is_some_and(|name| fits(pattern, name)),
            Self::Path { method, segments } => {
                let path = operation.path.text.trim_start_matches('/');
                let path: Vec<&str> = path.split('/').collect();
                let of_method = method
                    .as_deref()
                    .is_none_or(|method| method == operation.method.as_str());
                of_method
                    && matches(
                        segments,
                        &path,
                        |segment| *segment == Segment::Any,
                        |segment, text| match segment {
                            Segment::Any => true,
                            Segment::One(pattern) => fits(pattern, text),
                        },
                    )
            }
        }
    }

    /// Selectors of the same kind that would select an operation.
    pub(super) fn alike(&self, operation: &Operation) -> Vec<String> {
        match self {
            Self::Tag(_) => tags(operation).iter().map(|tag| format!("tag:{tag}")).collect(),
            Self::Path { method: None, .. } => vec![operation.path.text.clone()],
            Self::Path { .. } => vec![format!("{} {}", operation.method, operation.path.text)],
            Self::Name(_) => operation.name.iter().cloned().collect(),
        }
    }
}

/// The tags of an operation, and the group that it is in without one.
fn tags(operation: &Operation) -> Vec<String> {
    match operation.tags.as_slice() {
        [] => vec![specsmith_rust::resource(operation)],
        tags => tags.to_vec(),
    }
}

/// Whether a text fits a pattern in which `*` is any text.
fn fits(pattern: &[char], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    matches(pattern, &text, |c| *c == '*', |a, b| a == b)
}

/// Whether a list fits a pattern: some parts of it fit any number of items, all others one. At each item at most one
/// wildcard is tried again, so time is at most the product of the lengths.
fn matches<P, T>(pattern: &[P], items: &[T], is_any: impl Fn(&P) -> bool, is_one: impl Fn(&P, &T) -> bool) -> bool {
    let (mut part, mut item) = (0, 0);
    let mut again: Option<(usize, usize)> = None;
    while let Some(found) = items.get(item) {
        match pattern.get(part) {
            Some(wanted) if is_any(wanted) => {
                again = Some((part, item));
                part += 1;
            }
            Some(wanted) if is_one(wanted, found) => {
                part += 1;
                item += 1;
            }
            _ => match again {
                Some((any, from)) => {
                    again = Some((any, from + 1));
                    part = any + 1;
                    item = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(part).all(is_any)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(pattern: &str, text: &str) -> bool {
        let Selector::Path { segments, .. } = Selector::read(pattern) else {
            return false;
        };
        let items: Vec<&str> = text.trim_start_matches('/').split('/').collect();
        matches(
            &segments,
            &items,
            |segment| *segment == Segment::Any,
            |segment, text| match segment {
                Segment::Any => true,
                Segment::One(pattern) => fits(pattern, text),
            },
        )
    }

    #[test]
    fn paths_are_selected_by_segments() {
        for (pattern, text, expected) in [
            ("/books", "/books", true),
            ("/books", "/books/{isbn}", false),
            ("/books/*", "/books/{isbn}", true),
            ("/books/*", "/books", false),
            ("/books/*", "/books/{isbn}/reviews", false),
            ("/books/**", "/books", true),
            ("/books/**", "/books/{isbn}/reviews", true),
            ("/**/reviews", "/books/{isbn}/reviews", true),
            ("/**/reviews", "/books/{isbn}", false),
            ("/v*/books", "/v1/books", true),
            ("/**", "/", true),
            ("/*", "/", true),
        ] {
            assert_eq!(path(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn a_selector_is_a_tag_a_path_or_a_name() {
        assert_eq!(Selector::read("tag: Books"), Selector::Tag("Books".chars().collect()));
        assert_eq!(Selector::read("list*"), Selector::Name("list*".chars().collect()));
        let path = |method: Option<&str>| Selector::Path {
            method: method.map(str::to_owned),
            segments: vec![Segment::One("a".chars().collect()), Segment::Any],
        };
        assert_eq!(Selector::read("get /a/**"), path(Some("GET")));
        assert_eq!(Selector::read("* /a/**"), path(None));
        assert_eq!(Selector::read("/a/**"), path(None));
    }

    #[test]
    fn many_wildcards_take_little_time() {
        let pattern = "*a".repeat(2_000) + "b";
        assert!(!fits(&pattern.chars().collect::<Vec<_>>(), &"a".repeat(4_000)));
    }
}
