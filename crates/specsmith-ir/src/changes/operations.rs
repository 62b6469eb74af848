//! Which operations, callbacks and webhooks are the same, and which are new or gone.

use std::collections::BTreeMap;

use super::exchanges::exchange;
use super::{Comparison, Part, Subject, Values};
use crate::{Api, Callback, Direction, Operation, OperationId, PathPart};

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
                let values = if key(before) == key(operation) {
                    Values::Same
                } else {
                    Values::Others
                };
                exchange(comparison, before, operation, Direction::Request, values);
                callbacks(comparison, place, index);
            }
            None => {
                comparison.stands(None, Some(operation.location));
                comparison.added(false);
            }
        }
    }
    for (index, operation) in old.operations.iter().enumerate() {
        if found.get(index) == Some(&false) {
            let line = line(operation);
            comparison.about(Subject::Operation { index, line });
            comparison.stands(Some(operation.location), None);
            comparison.removed(false);
        }
    }
    webhooks(comparison);
}

fn webhooks(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old, comparison.new);
    for webhook in &new.webhooks {
        comparison.about(Subject::Webhook(line(webhook)));
        match old.webhooks.iter().find(|of| line(of) == line(webhook)) {
            Some(before) => exchange(comparison, before, webhook, Direction::Response, Values::Same),
            None => {
                comparison.stands(None, Some(webhook.location));
                comparison.added(false);
            }
        }
    }
    for webhook in &old.webhooks {
        if !new.webhooks.iter().any(|of| line(of) == line(webhook)) {
            comparison.about(Subject::Webhook(line(webhook)));
            comparison.stands(Some(webhook.location), None);
            comparison.removed(false);
        }
    }
}

/// Compares what the API sends because of an operation, by the places of the operation in both APIs.
fn callbacks(comparison: &mut Comparison<'_>, old: usize, new: usize) {
    let of = |api: &'_ Api, place: usize| -> Vec<Callback> {
        let id = u32::try_from(place).map(OperationId);
        let callbacks = api.callbacks.iter().filter(|callback| Ok(callback.operation) == id);
        callbacks.cloned().collect()
    };
    let says = |callback: &Callback| format!("{} {}", callback.name, line(&callback.request));
    let (old, new) = (of(comparison.old, old), of(comparison.new, new));
    for callback in &new {
        let before = old.iter().find(|of| says(of) == says(callback));
        comparison.at(Part::Callback(says(callback)), |comparison| match before {
            Some(before) => {
                let (before, after) = (&before.request, &callback.request);
                exchange(comparison, before, after, Direction::Response, Values::Same);
            }
            None => {
                comparison.stands(None, Some(callback.request.location));
                comparison.added(false);
            }
        });
    }
    for callback in &old {
        if !new.iter().any(|of| says(of) == says(callback)) {
            comparison.at(Part::Callback(says(callback)), |comparison| {
                comparison.stands(Some(callback.request.location), None);
                comparison.removed(false);
            });
        }
    }
}

/// `GET /books`
pub(super) fn line(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path.text)
}

/// Where the operations of an API are: by method and path as they are written, those of each key, and the first of each
/// name with its key.
struct Places<'a> {
    lines: BTreeMap<String, usize>,
    keys: BTreeMap<String, Vec<(usize, String)>>,
    names: BTreeMap<&'a str, (usize, String)>,
}

impl<'a> Places<'a> {
    fn of(api: &'a Api) -> Self {
        let mut keys: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
        let (mut lines, mut names) = (BTreeMap::new(), BTreeMap::new());
        for (place, operation) in api.operations.iter().enumerate() {
            let key = key(operation);
            if let Some(name) = &operation.name {
                names.entry(name.as_str()).or_insert_with(|| (place, key.clone()));
            }
            let line = line(operation);
            lines.entry(line.clone()).or_insert(place);
            keys.entry(key).or_default().push((place, line));
        }
        Self { lines, keys, names }
    }

    /// The place of the operation that one of the newer API was.
    fn get(&self, new: &Self, operation: &Operation) -> Option<usize> {
        if let Some(place) = self.lines.get(&line(operation)) {
            return Some(*place);
        }
        // Of paths that differ in the names of their parameters alone, each has its own.
        let mut alike = self.keys.get(&key(operation)).into_iter().flatten();
        let left = alike.find(|(_, line)| !new.lines.contains_key(line));
        left.map(|(place, _)| *place).or_else(|| {
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
