//! Changes in words for people.

use super::{Change, Difference, Part, Subject};
use crate::{ParameterIn, Status};

/// The way to a place, outermost first: ``response `200`, `author.name` ``. `code` marks what documents say.
pub fn place(parts: &[Part], code: &dyn Fn(&str) -> String) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut path = String::new();
    for part in parts {
        if let Some(step) = step(part, path.is_empty()) {
            path.push_str(&step);
            continue;
        }
        flush(&mut words, &mut path, code);
        words.push(match part {
            Part::Parameter(place, name) => match place {
                ParameterIn::Path => format!("path parameter {}", code(name)),
                place => format!("{place} parameter {}", code(name)),
            },
            Part::Callback(name) => format!("callback {}", code(name)),
            Part::Link(name) => format!("link {}", code(name)),
            Part::Body => "body".to_owned(),
            Part::Response(Status::Default) => "response default".to_owned(),
            Part::Response(of) => format!("response {}", code(&of.to_string())),
            Part::Header(name) => format!("header {}", code(name)),
            Part::MediaType(name) => code(name),
            Part::Variant(words) => format!("variant {}", code(words)),
            Part::Value(value) => format!("value {}", code(value)),
            Part::Pattern(pattern) => format!("members that match {}", code(pattern)),
            Part::Requests => "in requests".to_owned(),
            Part::Field(_) | Part::Items | Part::Item(_) | Part::Members => String::new(),
        });
    }
    flush(&mut words, &mut path, code);
    words.join(", ")
}

/// A step inside a value: `.name`, `[]`, `[0]`, `.*`.
fn step(part: &Part, is_first: bool) -> Option<String> {
    let dot = if is_first { "" } else { "." };
    match part {
        Part::Field(name) => Some(format!("{dot}{name}")),
        Part::Items => Some("[]".to_owned()),
        Part::Item(index) => Some(format!("[{index}]")),
        Part::Members => Some(format!("{dot}*")),
        _ => None,
    }
}

/// Adds the path so far to the words.
fn flush(words: &mut Vec<String>, path: &mut String, code: &dyn Fn(&str) -> String) {
    if !path.is_empty() {
        words.push(code(path));
        path.clear();
    }
}

/// What is different: ``limits: `at most 20`, before `at most 50` ``. `code` marks what documents say.
pub fn difference(difference: &Difference, code: &dyn Fn(&str) -> String) -> String {
    match difference {
        Difference::Added { required: true } => "added, required".to_owned(),
        Difference::Added { required: false } => "added".to_owned(),
        Difference::Removed { .. } => "removed".to_owned(),
        Difference::Changed { aspect, old, new } => match (old.as_str(), new.as_str()) {
            ("", "deprecated") => "deprecated".to_owned(),
            ("deprecated", "") => "no longer deprecated".to_owned(),
            ("", new) => format!("{aspect}: {}", code(new)),
            (old, "") => format!("{aspect}: no longer {}", code(old)),
            (old, new) => format!("{aspect}: {}, before {}", code(new), code(old)),
        },
    }
}

/// What a change is about: `GET /books`, ``schema `Book` ``. `code` marks what documents say.
pub fn subject(change: &Change, code: &dyn Fn(&str) -> String) -> String {
    match &change.subject {
        Subject::Api => "the API".to_owned(),
        Subject::Tag(name) => format!("tag {}", code(name)),
        Subject::SecurityScheme(name) => format!("security scheme {}", code(name)),
        Subject::Operation { line, .. } => code(line),
        Subject::Webhook(line) => format!("webhook {}", code(line)),
        Subject::Schema(name) => format!("schema {}", code(name)),
    }
}
