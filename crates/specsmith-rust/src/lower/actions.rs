//! What operations are called by their methods and paths: `GET /books/{isbn}` of `books` is `get`.

use specsmith_ir::{self as ir, PathPart};

use super::resource::{self, Step};
use super::shorten::is_same;
use super::verbs;
use crate::naming::{is_plural, singular, words};

/// How a path ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// With the name of many.
    Many,
    /// With the name of one.
    One,
    /// With a parameter.
    Item,
}

/// The name of an operation in the group of these words: `POST /charges/{id}/refunds` is `create refund` of `charges`.
/// `None` where method and path do not give a name.
pub(super) fn name(operation: &ir::Operation, group: &[String]) -> Option<Vec<String>> {
    if !operation.path.query.is_empty() {
        return None;
    }
    let method = operation.method.as_str();
    let reads = matches!(method, "GET" | "HEAD" | "QUERY");
    if let Some(fragment) = &operation.path.fragment {
        return Some(words(fragment)).filter(|words| verbs::is_action(words, reads));
    }
    let steps = resource::steps(&operation.path);
    let own = steps.iter().rposition(|step| is_named(step, group));
    let rest = steps.get(own.map_or(0, |at| at + 1)..).unwrap_or_default();
    let (last, before) = match rest.split_last() {
        Some((Step::Name(last), before)) => (Some(last), before),
        _ => (None, rest),
    };
    if let Some(last) = last
        && (resource::is_of_calls(&operation.path) || verbs::is_action(last, reads))
    {
        let things = things(before);
        return Some(match last.as_slice() {
            [_] => [last.clone(), things].concat(),
            _ => [things, last.clone()].concat(),
        });
    }
    let end = match steps.last()? {
        Step::Parameter => End::Item,
        Step::Name(name) if name.last().is_some_and(|word| is_plural(word)) => End::Many,
        Step::Name(_) => End::One,
    };
    if own.is_none() && !rest.iter().any(|step| matches!(step, Step::Name(_))) {
        return None;
    }
    let mut things = things(rest);
    if (method, end) == ("POST", End::Many) {
        one(&mut things);
    }
    let verb = words(verb(method, end).unwrap_or(&method.to_ascii_lowercase()));
    let all = (end == End::Many && things.is_empty() && matches!(method, "PUT" | "PATCH" | "DELETE"))
        .then(|| "all".to_owned());
    Some([verb, all.into_iter().collect(), things].concat())
}

/// What a request does to what the path ends with.
fn verb(method: &str, end: End) -> Option<&'static str> {
    Some(match (method, end) {
        ("GET", End::Many) => "list",
        ("POST", End::Many | End::One) => "create",
        ("POST" | "PATCH", _) => "update",
        ("PUT", _) => "replace",
        _ => return None,
    })
}

/// The names of steps, each in the singular where a parameter says which one.
fn things(steps: &[Step]) -> Vec<String> {
    let mut things = Vec::new();
    for (step, next) in steps.iter().zip(steps.iter().skip(1).map(Some).chain([None])) {
        let Step::Name(name) = step else { continue };
        let mut name = name.clone();
        if next == Some(&Step::Parameter) {
            one(&mut name);
        }
        things.extend(name);
    }
    things
}

fn one(words: &mut [String]) {
    if let Some(last) = words.last_mut() {
        *last = singular(last);
    }
}

/// Whether a step has the name of the group, in the singular or the plural.
pub(super) fn is_named(step: &Step, group: &[String]) -> bool {
    matches!(step, Step::Name(name) if is_same(name, group))
}

/// Whether the name of an operation says no more than the path of its group does: `books` of `GET /books`, or `book` of
/// `GET /books/{isbn}`; `search` of `/search` says what is done.
pub(super) fn is_just_group(name: &[String], operation: &ir::Operation, group: &[String]) -> bool {
    let steps = resource::steps(&operation.path);
    let last = steps.iter().rfind(|step| matches!(step, Step::Name(_)));
    let is_thing = name.last().is_some_and(|word| is_plural(word)) || steps.last() == Some(&Step::Parameter);
    is_thing && last.is_some_and(|step| is_named(step, group))
}

/// What the name of an operation says beyond its method and path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing: `GetCustomersCustomer` of `GET /customers/{customer}`.
    Nothing,
    /// These words in front of path and method: `read_items_items__get` of `GET /items/`.
    Before(Vec<String>),
    /// All of it.
    All,
}

/// Compares the words of a name with method and path.
pub(super) fn said(name: &[String], operation: &ir::Operation) -> Said {
    let method = words(operation.method.as_str());
    let without_first = name.strip_prefix(method.as_slice());
    let without_last = name.strip_suffix(method.as_slice());
    let is_path = |words: &[String]| spells(words, operation, Parameters::Optional);
    if without_first.is_some_and(is_path) || without_last.is_some_and(is_path) {
        return Said::Nothing;
    }
    let before = without_last.and_then(|rest| {
        let starts = (1..rest.len()).map(|at| rest.split_at(at));
        let mut fitting = starts.filter(|(_, path)| spells(path, operation, Parameters::Required));
        fitting.next().map(|(before, _)| before.to_vec())
    });
    before.map_or(Said::All, Said::Before)
}

/// Whether names leave parameters out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parameters {
    Optional,
    Required,
}

/// Whether words are those of the path of an operation. Versions and the like can be missing where parameters can.
fn spells(mut name: &[String], operation: &ir::Operation, parameters: Parameters) -> bool {
    for part in operation.path.segments.iter().flat_map(|segment| &segment.parts) {
        let (text, is_parameter) = match part {
            PathPart::Literal(text) => (text, false),
            PathPart::Parameter(text) => (text, true),
        };
        if is_parameter && parameters == Parameters::Optional {
            name = name.strip_prefix(&["by".to_owned()]).unwrap_or(name);
        }
        let own = words(text);
        let stands = name.strip_prefix(own.as_slice());
        // Any parameter can be called an `id`, or by the last of its words.
        let short = || match (parameters, name.split_first()) {
            (Parameters::Optional, Some((first, rest)))
                if is_parameter && (first == "id" || own.last() == Some(first)) =>
            {
                Some(rest)
            }
            _ => None,
        };
        match stands.or_else(short) {
            Some(rest) => name = rest,
            None if parameters == Parameters::Optional && (is_parameter || resource::is_frame(text)) => {}
            None => return false,
        }
    }
    let fragment = operation.path.fragment.as_deref().map(words).unwrap_or_default();
    name.is_empty() || name == fragment
}
