//! Why a query selects nothing: how far it leads, and what there is in place of what it asks for.

use specsmith_diagnostics::{Code, Diagnostic, SourceMap, closest};

use super::{
    query::{Query, select_prefix},
    segment::{Segment, outline, segment},
    tree::{Content, Place, Tree},
};

/// How many names are listed at most.
const LISTED: usize = 8;
/// How many values are looked into at most.
const LOOKED_INTO: usize = 1_000;

/// The diagnostic for a query that selects nothing.
pub(super) fn describe<'d>(query: &Query<'d>, tree: &Tree<'d>, sources: &SourceMap) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::OverlayNoMatch, format!("`{}` selects nothing", query.text));
    let segments = outline(query.text).segments;
    // The last beginning of the query that selects something ends where the first segment goes wrong.
    let reached = segments.iter().rev().find_map(|range| {
        let text = query.text.get(..range.start)?;
        let places = select_prefix(text, tree).filter(|places| !places.is_empty())?;
        Some((range.clone(), text.trim(), places))
    });
    let Some((range, text, places)) = reached else {
        return diagnostic.at(query.location());
    };
    let step = segment(query.text.get(range.clone()).unwrap_or_default());
    let mut diagnostic = diagnostic.at(query.part(sources, range));
    if let [place] = places.as_slice()
        && !place.path.is_empty()
    {
        diagnostic = diagnostic.related(
            tree.head(place),
            format!("`{text}` is {}", tree.slot(place.slot).kind_name()),
        );
    }
    match why(&step, text, &places, tree) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// What there is where a step leads nowhere.
fn why(step: &Segment, before: &str, places: &[Place<'_>], tree: &Tree<'_>) -> Option<String> {
    let contents = || {
        places
            .iter()
            .take(LOOKED_INTO)
            .map(|place| &tree.slot(place.slot).content)
    };
    let reference = contents().find_map(|content| reference(content, tree));
    match (step, reference) {
        (Segment::Descendant, _) => Some(format!("nothing of this name stands anywhere in `{before}`")),
        (_, Some(reference)) => Some(match as_query(reference) {
            Some(query) => format!("the way leads through a `$ref`; select what it points to, `{query}`"),
            None => format!("the way leads through a `$ref` to another file, `{reference}`"),
        }),
        (Segment::Filter, _) => {
            let count: usize = contents().map(Content::len).sum();
            Some(match count {
                0 => format!("`{before}` is empty"),
                1 => format!("the only value in `{before}` does not fit the filter"),
                count => format!("none of the {count} values in `{before}` fits the filter"),
            })
        }
        (Segment::Name(name), None) => {
            let names: Vec<&str> = contents().flat_map(Content::names).collect();
            if let Some(meant) = closest(name, names.iter().copied()) {
                return Some(format!("did you mean `{meant}`?"));
            }
            if contents().all(|content| matches!(content, Content::Array(_))) {
                return Some(
                    "items of an array are selected by `[0]`, `[*]` or a filter such as `[?@.name == 'x']`".to_owned(),
                );
            }
            (places.len() == 1 && !names.is_empty()).then(|| listed(&names))
        }
        (Segment::Index, None) => match contents().next() {
            Some(Content::Array(items)) if places.len() == 1 => Some(match items.len() {
                1 => "the array has 1 item".to_owned(),
                count => format!("the array has {count} items"),
            }),
            _ => None,
        },
        (Segment::Other, None) => None,
    }
}

fn listed(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
    let more = match names.len().checked_sub(LISTED) {
        None | Some(0) => String::new(),
        Some(more) => format!(" and {more} more"),
    };
    format!("the names here are {}{more}", shown.join(", "))
}

/// The query that selects what a reference into the same document points to.
fn as_query(reference: &str) -> Option<String> {
    let mut query = "$".to_owned();
    for step in reference.strip_prefix("#/")?.split('/') {
        let name = step.replace("~1", "/").replace("~0", "~");
        let is_word = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if is_word && !name.starts_with(|c: char| c.is_ascii_digit()) {
            query.push_str(&format!(".{name}"));
        } else {
            query.push_str(&format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'")));
        }
    }
    Some(query)
}

/// The text of the `$ref` of an object.
fn reference<'d>(content: &Content<'d>, tree: &Tree<'d>) -> Option<&'d str> {
    let Content::Object(members) = content else {
        return None;
    };
    match tree.slot(members.get("$ref")?.value).content {
        Content::Scalar(node) => node.as_str(),
        _ => None,
    }
}

impl<'d> Content<'d> {
    fn len(&self) -> usize {
        match self {
            Content::Scalar(_) => 0,
            Content::Array(items) => items.len(),
            Content::Object(members) => members.len(),
        }
    }

    fn names(&self) -> impl Iterator<Item = &'d str> {
        let members = match self {
            Content::Object(members) => Some(members.keys().copied()),
            _ => None,
        };
        members.into_iter().flatten()
    }
}
