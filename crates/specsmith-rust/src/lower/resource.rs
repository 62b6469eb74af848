//! What a path says: the resource that it is about, and the steps from there.
//!
//! Only the path itself is looked at, never what is beside it, so that what is added to a document moves nothing.

use specsmith_ir::{Operation, PathPart, PathSegment, PathTemplate};

use super::verbs;
use crate::model::Group;
use crate::naming::{Case, words};

/// Segments in front of the resource that say nothing about it.
const FRAME: &[&str] = &["api", "apis", "internal", "rest", "rpc", "ws"];

/// Endings that name a format.
const FORMATS: &[&str] = &["json", "xml"];

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// The words of a name.
    Name(Vec<String>),
    /// A parameter.
    Parameter,
}

/// The steps of a path from its resource on: `/v1/charges/{id}/capture` is `charges`, a parameter, `capture`.
///
/// In front of the resource stand versions, parameters and words such as `api`. Without a resource there are no steps.
pub(super) fn steps(path: &PathTemplate) -> Vec<Step> {
    let mut steps = Vec::new();
    for segment in &path.segments {
        let before = steps.len();
        add(segment, &mut steps);
        if before == 0 && !steps.iter().any(|step| matches!(step, Step::Name(_))) {
            steps.clear();
        }
    }
    steps
}

/// What the group of an operation without a tag is called: the resource of its path, else `api`.
pub fn name(operation: &Operation) -> String {
    match of_path(&operation.path) {
        Some(words) => Case::Snake.join(&words),
        None => Group::REST.to_owned(),
    }
}

/// The words of the resource that a path is about; `None` where it is about none: `/`, `/{id}`, `/v2`, and calls by name
/// such as `/sendMessage` and `/health`.
pub(super) fn of_path(path: &PathTemplate) -> Option<Vec<String>> {
    let steps = steps(path);
    match steps.as_slice() {
        [Step::Name(only)] if verbs::is_call(only) => None,
        [Step::Name(first), ..] if matches!(first.as_slice(), [word] if word == "api") => None,
        [Step::Name(first), ..] => Some(first.clone()),
        _ => None,
    }
}

/// Whether a path says that it calls something by name: it has a segment `rpc`.
pub(super) fn is_of_calls(path: &PathTemplate) -> bool {
    let is_rpc = |segment: &PathSegment| matches!(segment.parts.as_slice(), [PathPart::Literal(text)] if text == "rpc");
    path.segments.iter().any(is_rpc)
}

fn add(segment: &PathSegment, steps: &mut Vec<Step>) {
    let is_first = steps.is_empty();
    match segment.parts.as_slice() {
        [PathPart::Literal(text)] if is_first && is_frame(text) => {}
        parts => {
            for part in parts {
                match part {
                    PathPart::Parameter(_) => steps.push(Step::Parameter),
                    PathPart::Literal(text) => steps.extend(names(text)),
                }
            }
        }
    }
}

/// The names in a text, which `:` and `.` separate, without a format at the end.
fn names(text: &str) -> impl Iterator<Item = Step> {
    let names = text.split(['.', ':']).filter(|name| !name.is_empty());
    let mut names: Vec<Vec<String>> = names.map(words).collect();
    names.pop_if(|last| matches!(last.as_slice(), [word] if FORMATS.contains(&word.as_str())) && text.contains('.'));
    names.into_iter().map(Step::Name)
}

/// Whether a segment says nothing about the resource.
pub(super) fn is_frame(text: &str) -> bool {
    is_version(text) || FRAME.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether a text is a version: `v1`, `v2.1`, `2024-01-01`, `v1beta1`.
fn is_version(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let number = text.strip_prefix('v').unwrap_or(&text);
    number.starts_with(|c: char| c.is_ascii_digit())
        && number
            .split(|c: char| !c.is_ascii_alphabetic())
            .all(|letters| matches!(letters, "" | "alpha" | "beta" | "rc" | "preview" | "p" | "eap"))
}
