//! Differences of operations and webhooks: parameters, bodies, responses, authorization.

use std::collections::BTreeMap;

use super::{Aspect, Comparison, Part, Subject, types};
use crate::{Api, Content, Operation, Parameter, PathPart, Presence, Response, SecurityRequirement};

/// Compares operations, then webhooks.
pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old, comparison.new);
    let (before, after) = (Places::of(old), Places::of(new));
    let mut found = vec![false; old.operations.len()];
    for (index, operation) in new.operations.iter().enumerate() {
        let before = before.get(&after, operation);
        let line = line(operation);
        comparison.about(Subject::Operation { index, line });
        match before.and_then(|place| Some((place, old.operations.get(place)?))) {
            Some((place, before)) => {
                if let Some(found) = found.get_mut(place) {
                    *found = true;
                }
                exchange(comparison, before, operation);
            }
            None => comparison.added(false),
        }
    }
    for (index, operation) in old.operations.iter().enumerate() {
        if found.get(index) == Some(&false) {
            let line = line(operation);
            comparison.about(Subject::Operation { index, line });
            comparison.removed();
        }
    }
    for webhook in &new.webhooks {
        comparison.about(Subject::Webhook(line(webhook)));
        match old.webhooks.iter().find(|of| line(of) == line(webhook)) {
            Some(before) => exchange(comparison, before, webhook),
            None => comparison.added(false),
        }
    }
    for webhook in &old.webhooks {
        if !new.webhooks.iter().any(|of| line(of) == line(webhook)) {
            comparison.about(Subject::Webhook(line(webhook)));
            comparison.removed();
        }
    }
}

fn line(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path.text)
}

/// Where the operations of an API are: the first of each key, and of each name with its key.
struct Places<'a> {
    keys: BTreeMap<String, usize>,
    names: BTreeMap<&'a str, (usize, String)>,
}

impl<'a> Places<'a> {
    fn of(api: &'a Api) -> Self {
        let (mut keys, mut names) = (BTreeMap::new(), BTreeMap::new());
        for (place, operation) in api.operations.iter().enumerate() {
            let key = key(operation);
            if let Some(name) = &operation.name {
                names.entry(name.as_str()).or_insert_with(|| (place, key.clone()));
            }
            keys.entry(key).or_insert(place);
        }
        Self { keys, names }
    }

    /// The place of the operation that one of the newer API was.
    fn get(&self, new: &Self, operation: &Operation) -> Option<usize> {
        let same = self.keys.get(&key(operation)).copied();
        same.or_else(|| {
            let (place, moved) = self.names.get(operation.name.as_deref()?)?;
            // It is that of another one, which has its method and path still.
            (!new.keys.contains_key(moved)).then_some(*place)
        })
    }
}

/// Method and path without the names of its parameters.
fn key(operation: &Operation) -> String {
    let mut key = operation.method.to_string();
    for segment in &operation.path.segments {
        key.push('/');
        for part in &segment.parts {
            match part {
                PathPart::Literal(text) => key.push_str(text),
                PathPart::Parameter(_) => key.push_str("{}"),
            }
        }
    }
    for (name, value) in &operation.path.query {
        key.push_str(&format!("&{name}={value}"));
    }
    if let Some((_, fragment)) = operation.path.text.split_once('#') {
        key.push('#');
        key.push_str(fragment);
    }
    key
}

fn exchange(comparison: &mut Comparison<'_>, old: &Operation, new: &Operation) {
    comparison.aspect(Aspect::Path, line(old), line(new));
    let name = |operation: &Operation| operation.name.clone().unwrap_or_default();
    comparison.aspect(Aspect::Name, name(old), name(new));
    comparison.deprecation(old.docs.deprecated, new.docs.deprecated);
    let (before, after) = (comparison.old, comparison.new);
    comparison.aspect(
        Aspect::Security,
        security(before, &old.security),
        security(after, &new.security),
    );
    parameters(comparison, &old.parameters, &new.parameters);
    match (&old.request_body, &new.request_body) {
        (None, None) => {}
        (None, Some(body)) => comparison.at(Part::Body, |comparison| comparison.added(body.required)),
        (Some(_), None) => comparison.at(Part::Body, Comparison::removed),
        (Some(old), Some(new)) => comparison.at(Part::Body, |comparison| {
            comparison.aspect(Aspect::Presence, needed(old.required), needed(new.required));
            contents(comparison, &old.content, &new.content);
        }),
    }
    responses(comparison, &old.responses, &new.responses);
}

fn needed(required: bool) -> String {
    if required { "required" } else { "optional" }.to_owned()
}

/// The ways to be allowed to call an operation, in words.
fn security(api: &Api, ways: &[SecurityRequirement]) -> String {
    let ways = ways.iter().map(|way| {
        let schemes = way.schemes.iter().map(|required| {
            let scheme = api.security_scheme(required.scheme);
            let name = scheme.map_or("", |scheme| scheme.name.as_str());
            match required.scopes.as_slice() {
                [] => name.to_owned(),
                scopes => format!("{name} with {}", scopes.join(", ")),
            }
        });
        match schemes.collect::<Vec<_>>() {
            schemes if schemes.is_empty() => "nothing".to_owned(),
            schemes => schemes.join(" and "),
        }
    });
    ways.collect::<Vec<_>>().join(" or ")
}

fn parameters(comparison: &mut Comparison<'_>, old: &[Parameter], new: &[Parameter]) {
    // Those of paths may be called otherwise; they are the same at the same place.
    let in_path = |parameters: &'_ [Parameter]| {
        let names = parameters.iter().filter(|of| of.place == crate::ParameterIn::Path);
        names.map(|of| of.name.clone()).collect::<Vec<_>>()
    };
    let (old_path, new_path) = (in_path(old), in_path(new));
    let is_same = |a: &Parameter, b: &Parameter| {
        let renamed = || {
            let place = new_path.iter().position(|name| *name == b.name);
            place.is_some() && place == old_path.iter().position(|name| *name == a.name)
        };
        a.place == b.place && (a.name == b.name || (a.place == crate::ParameterIn::Path && renamed()))
    };
    for parameter in new {
        let part = Part::Parameter(parameter.place, parameter.name.clone());
        let before = old.iter().find(|of| is_same(of, parameter));
        comparison.at(part, |comparison| match before {
            Some(before) => {
                presence(comparison, &before.presence, &parameter.presence);
                comparison.deprecation(before.docs.deprecated, parameter.docs.deprecated);
                types::pair(comparison, before.ty, parameter.ty);
            }
            None => comparison.added(parameter.presence == Presence::Required),
        });
    }
    for parameter in old {
        if !new.iter().any(|of| is_same(parameter, of)) {
            let part = Part::Parameter(parameter.place, parameter.name.clone());
            comparison.at(part, Comparison::removed);
        }
    }
}

/// Compares whether something must be there, and what its absence means.
pub(super) fn presence(comparison: &mut Comparison<'_>, old: &Presence, new: &Presence) {
    let is_needed = |presence: &Presence| needed(*presence == Presence::Required);
    comparison.aspect(Aspect::Presence, is_needed(old), is_needed(new));
    let default = |presence: &Presence| match presence {
        Presence::Default(value) => value.to_string(),
        Presence::Required | Presence::Optional => String::new(),
    };
    comparison.aspect(Aspect::Default, default(old), default(new));
}

fn contents(comparison: &mut Comparison<'_>, old: &[Content], new: &[Content]) {
    for content in new {
        let part = Part::MediaType(content.media_type.as_str().to_owned());
        let before = old.iter().find(|of| of.media_type == content.media_type);
        comparison.at(part, |comparison| match before {
            Some(before) => {
                let pairs = [(before.ty, content.ty), (before.item, content.item)];
                for pair in pairs {
                    match pair {
                        (Some(old), Some(new)) => types::pair(comparison, old, new),
                        (None, None) => {}
                        (old, new) => types::one_side(comparison, old, new),
                    }
                }
            }
            None => comparison.added(false),
        });
    }
    for content in old {
        if !new.iter().any(|of| of.media_type == content.media_type) {
            let part = Part::MediaType(content.media_type.as_str().to_owned());
            comparison.at(part, Comparison::removed);
        }
    }
}

fn responses(comparison: &mut Comparison<'_>, old: &[Response], new: &[Response]) {
    for response in new {
        let before = old.iter().find(|of| of.status == response.status);
        comparison.at(Part::Response(response.status), |comparison| match before {
            Some(before) => {
                contents(comparison, &before.content, &response.content);
                headers(comparison, before, response);
            }
            None => comparison.added(false),
        });
    }
    for response in old {
        if !new.iter().any(|of| of.status == response.status) {
            comparison.at(Part::Response(response.status), Comparison::removed);
        }
    }
}

fn headers(comparison: &mut Comparison<'_>, old: &Response, new: &Response) {
    for header in &new.headers {
        let before = old.headers.iter().find(|of| of.name.eq_ignore_ascii_case(&header.name));
        comparison.at(Part::Header(header.name.clone()), |comparison| match before {
            Some(before) => {
                comparison.aspect(Aspect::Presence, needed(before.required), needed(header.required));
                types::pair(comparison, before.ty, header.ty);
            }
            None => comparison.added(header.required),
        });
    }
    for header in &old.headers {
        if !new.headers.iter().any(|of| of.name.eq_ignore_ascii_case(&header.name)) {
            comparison.at(Part::Header(header.name.clone()), Comparison::removed);
        }
    }
}
