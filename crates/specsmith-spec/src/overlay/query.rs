//! JSONPath queries of an overlay: read with their place, run on the document as it is.

use std::{collections::BTreeSet, ops::Range};

use serde_json_path::JsonPath;
use specsmith_diagnostics::{Code, Diagnostic, Location, SourceMap};

use super::{
    segment::outline,
    tree::{Place, Tree},
};
use crate::Node;

/// The longest query in bytes.
const LONGEST: usize = 10_000;
/// The most brackets that may be open at once; the time to parse filters in filters doubles with each level.
const DEEPEST: usize = 10;

/// A query and its place in the overlay.
pub(super) struct Query<'d> {
    pub text: &'d str,
    node: Node<'d>,
    path: JsonPath,
}

impl<'d> Query<'d> {
    /// Reads the query that a scalar of the overlay is.
    pub(super) fn read(node: Node<'d>, sources: &SourceMap) -> Result<Self, Diagnostic> {
        let text = node.as_written().unwrap_or_default();
        let invalid = |message: String| Diagnostic::new(Code::InvalidJsonpath, message);
        if text.len() > LONGEST || outline(text).depth > DEEPEST {
            let message = format!("the query is longer than {LONGEST} bytes or nested more than {DEEPEST} levels deep");
            return Err(invalid(message).at(node.location()));
        }
        match JsonPath::parse(text) {
            Ok(path) => Ok(Self { text, node, path }),
            Err(error) => {
                let offset = error.position().min(text.len());
                let offset = (0..=offset).rfind(|offset| text.is_char_boundary(*offset)).unwrap_or(0);
                let end = text
                    .get(offset..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(offset, |c| offset + c.len_utf8());
                let diagnostic =
                    invalid(format!("`{text}` is not a JSONPath query")).at(part(node, sources, offset..end));
                let said = error
                    .message()
                    .rsplit_once(", ")
                    .map_or(error.message(), |(_, said)| said);
                let diagnostic = diagnostic.label(match text.get(offset..) {
                    _ if said.starts_with("function") => said,
                    None | Some("") => "the end is missing",
                    Some(_) => "it makes no sense from here on",
                });
                Err(diagnostic.help(hint(text, offset)))
            }
        }
    }

    /// What it selects in the document, without repetitions.
    pub(super) fn select(&self, tree: &Tree<'d>) -> Vec<Place<'d>> {
        select(&self.path, tree)
    }

    /// The place of a part of its text.
    pub(super) fn part(&self, sources: &SourceMap, range: Range<usize>) -> Location {
        part(self.node, sources, range)
    }

    /// The place of the whole.
    pub(super) fn location(&self) -> Location {
        self.node.location()
    }
}

/// What the beginning of a query selects; `None` where that is no query.
pub(super) fn select_prefix<'d>(text: &str, tree: &Tree<'d>) -> Option<Vec<Place<'d>>> {
    Some(select(&JsonPath::parse(text).ok()?, tree))
}

fn select<'d>(path: &JsonPath, tree: &Tree<'d>) -> Vec<Place<'d>> {
    let mut seen = BTreeSet::new();
    let found = path.query_located(&tree.json).all();
    let places = found.iter().filter_map(|found| tree.place(found.location()));
    places.filter(|place| seen.insert(place.slot)).collect()
}

/// The place of a part of a string; that of all of it, where escapes keep its text from standing in the source as it is.
fn part(node: Node<'_>, sources: &SourceMap, range: Range<usize>) -> Location {
    let whole = node.location();
    let source = sources.file(whole.file).map_or("", |file| file.text());
    let source = source.get(whole.start as usize..whole.end as usize).unwrap_or_default();
    let text = node.as_written().unwrap_or_default();
    let quotes = source.len().saturating_sub(text.len());
    let Some(inside) = source.find(text).filter(|_| quotes <= 2) else {
        return whole;
    };
    let offset = |offset: usize| u32::try_from(inside + offset).unwrap_or_default() + whole.start;
    Location::new(whole.file, offset(range.start), offset(range.end))
}

/// What is probably wrong with a query that goes wrong at this offset.
fn hint(text: &str, offset: usize) -> &'static str {
    let rest = text.get(offset..).unwrap_or_default();
    let before = text.get(..offset).unwrap_or_default();
    if text.starts_with('/') || text.starts_with('#') {
        "this looks like a JSON pointer; a query begins with `$` and goes on like `$.paths['/pets'].get`"
    } else if !text.starts_with('$') {
        "a query begins with `$`, which is the whole document"
    } else if text.contains("=~") {
        "RFC 9535 has `match(@.name, 'pattern')` and `search(@.name, 'pattern')` in place of `=~`"
    } else if text.contains("[(") {
        "RFC 9535 has no script expressions; the last item of an array is `[-1]`"
    } else if rest.starts_with(['-', '/', '{', '~', ':']) || before.ends_with(['.', '-', '/']) {
        "names with other characters than letters, digits and `_` stand in brackets and quotes: `['x-internal']`"
    } else {
        "RFC 9535 says how queries are written, for example `$.paths['/pets'].get` or `$.paths.*[?@.deprecated == true]`"
    }
}
