//! Additions that want the names of what is there: the same words in other letters, what types are called that stand inside
//! something, and names that generated code gives by itself.

use std::collections::BTreeSet;

use specsmith_ir::Value;

use super::insert::{Role, map, object, text, typed};

/// What rivals are added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rival {
    /// Named schemas with the names of all types.
    Schemas,
    /// Properties.
    Properties,
    /// Properties that are objects with a name of their own.
    Objects,
    /// Values of enumerations.
    Values,
    /// Branches of unions, with the titles of variants.
    Branches,
    /// Operations, with tags that are written otherwise.
    Operations,
    /// Parameters.
    Parameters,
    /// Media types of the kinds that are there.
    MediaTypes,
    /// Security schemes.
    Schemes,
}

/// The names of a model that rivals want.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// The names of types.
    pub types: BTreeSet<String>,
    /// The named schemas, also those that are made of generic ones.
    pub schemas: BTreeSet<String>,
    /// The names of variants.
    pub variants: BTreeSet<String>,
    /// The names of operations and methods.
    pub operations: BTreeSet<String>,
    /// What the document calls its operations.
    pub ids: BTreeSet<String>,
    /// The tags.
    pub tags: BTreeSet<String>,
}

/// At most so many rivals are added at one place.
const MOST: usize = 400;

/// The members that are added to an object.
pub(crate) fn members(
    rival: Rival,
    role: Role,
    known: &[(String, Value)],
    taken: &Taken,
    n: usize,
) -> Vec<(String, Value)> {
    let names = || known.iter().map(|(name, _)| name.as_str());
    let is_new = |name: &String| names().all(|known| known != name);
    let others = |more: &[&'static str]| -> Vec<String> {
        let more = more.iter().copied().flat_map(others_of);
        let all: BTreeSet<String> = names().flat_map(others_of).chain(more).collect();
        all.into_iter().filter(is_new).take(MOST).collect()
    };
    match (rival, role) {
        (Rival::Schemas, Role::Named) => {
            let all = others(&[])
                .into_iter()
                .chain(taken.types.difference(&taken.schemas).cloned());
            let all: BTreeSet<String> = all.filter(is_new).collect();
            all.into_iter().map(|name| (name, object("zqx_inside"))).collect()
        }
        (Rival::Properties, Role::Properties) => {
            let all = others(&["additional_properties"]).into_iter();
            all.map(|name| (name, typed("string"))).collect()
        }
        (Rival::Objects, Role::Properties) => {
            let all = others(&[]).into_iter();
            all.map(|name| (name, object("zqx_inside"))).collect()
        }
        (Rival::Operations, Role::Paths) => operations(taken, n),
        (Rival::MediaTypes, Role::Content) => {
            let all = [
                "application/json",
                "application/zqx+json",
                "text/plain",
                "text/zqx",
                "image/zqx",
            ];
            let all = all.into_iter().map(str::to_owned).filter(is_new).enumerate();
            all.map(|(at, name)| {
                let inside = object(&format!("zqx_inside_{n}_{at}"));
                let schema = if name.ends_with("json") {
                    inside
                } else {
                    typed("string")
                };
                (name, map(&[("schema", schema)]))
            })
            .collect()
        }
        (Rival::Schemes, Role::SecuritySchemes) => {
            let all = others(&["bearer", "basic", "api_key"]).into_iter().enumerate();
            all.map(|(at, name)| (name, scheme(at))).collect()
        }
        _ => Vec::new(),
    }
}

/// The items that are added to a list.
pub(crate) fn items(rival: Rival, role: Role, known: &[Value], taken: &Taken, n: usize) -> Vec<Value> {
    match (rival, role) {
        (Rival::Values, Role::EnumValues) if known.len() > 1 && known.iter().all(|value| value.as_str().is_some()) => {
            let names = known.iter().filter_map(Value::as_str);
            let more = ["unknown", "unrecognized", "unknown_value"];
            let all: BTreeSet<String> = names.chain(more).flat_map(others_of).collect();
            let new = all
                .into_iter()
                .filter(|name| known.iter().all(|value| value.as_str() != Some(name)));
            new.take(MOST).map(|name| text(&name)).collect()
        }
        (Rival::Branches, Role::Branches) => {
            // Two branches of one title cannot be told apart.
            let is_new = |title: &&String| known.iter().all(|branch| member(branch, "title") != Some(title));
            let titles = taken.variants.iter().filter(is_new).take(MOST).enumerate();
            titles
                .map(|(at, title)| branch(title, &format!("zqx_{n}_{at}")))
                .collect()
        }
        (Rival::Parameters, Role::Parameters) => {
            let is = |item: &Value, name: &str, place: &str| {
                // The case of headers does not count.
                let is_called = |known: &str| known == name || place == "header" && known.eq_ignore_ascii_case(name);
                member(item, "name").is_some_and(is_called) && member(item, "in") == Some(place)
            };
            let names: BTreeSet<String> = known
                .iter()
                .filter_map(|item| member(item, "name"))
                .flat_map(others_of)
                .collect();
            let all = names
                .iter()
                .flat_map(|name| ["header", "query", "cookie"].map(|place| (name, place)));
            let new = all.filter(|(name, place)| !known.iter().any(|item| is(item, name, place)));
            new.take(MOST)
                .map(|(name, place)| map(&[("name", text(name)), ("in", text(place)), ("schema", typed("string"))]))
                .collect()
        }
        _ => Vec::new(),
    }
}

fn operations(taken: &Taken, n: usize) -> Vec<(String, Value)> {
    let tags: Vec<String> = taken.tags.iter().flat_map(|tag| others_of(tag)).collect();
    let names: BTreeSet<String> = taken.operations.iter().flat_map(|name| others_of(name)).collect();
    let names: BTreeSet<String> = names.difference(&taken.ids).cloned().collect();
    let operation = |(at, name): (usize, &String)| {
        let mut members = vec![
            ("operationId", text(name)),
            ("responses", map(&[("204", map(&[("description", text("zqx"))]))])),
        ];
        if let Some(tag) = tags.get(at % (tags.len() + 1)) {
            members.push(("tags", Value::Array(vec![text(tag)])));
        }
        (format!("/zqx{n}/{at}"), map(&[("get", map(&members))]))
    };
    names.iter().enumerate().map(operation).collect()
}

fn branch(title: &str, property: &str) -> Value {
    map(&[
        ("title", text(title)),
        ("type", text("object")),
        ("required", Value::Array(vec![text(property)])),
        ("properties", map(&[(property, typed("string"))])),
    ])
}

fn scheme(at: usize) -> Value {
    match at % 3 {
        0 => map(&[("type", text("http")), ("scheme", text("bearer"))]),
        1 => map(&[("type", text("http")), ("scheme", text("basic"))]),
        _ => map(&[("type", text("apiKey")), ("name", text("zqx")), ("in", text("header"))]),
    }
}

fn member<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    let Value::Object(members) = value else { return None };
    let (_, value) = members.iter().find(|(known, _)| known == name)?;
    value.as_str()
}

/// The same words in other letters.
fn others_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut was_lower = false;
    for c in name.chars() {
        let begins = c.is_uppercase() && was_lower;
        match words.last_mut() {
            Some(word) if c.is_alphanumeric() && !begins => word.extend(c.to_lowercase()),
            _ if c.is_alphanumeric() => words.push(c.to_lowercase().collect()),
            _ => words.push(String::new()),
        }
        was_lower = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    let capital = |word: &String| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}", letters.as_str())
    };
    let pascal: String = words.iter().map(capital).collect();
    let camel: String = words
        .iter()
        .take(1)
        .cloned()
        .chain(words.iter().skip(1).map(capital))
        .collect();
    let all = [
        words.join("_"),
        camel,
        pascal,
        words.join("-"),
        words.join("_").to_uppercase(),
        format!("{name}_"),
    ];
    all.into_iter()
        .filter(|other| other != name && !words.is_empty())
        .collect()
}
