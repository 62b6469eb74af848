//! All that is wrong with a JSON body: reading ends with the first fault, so it is mended and the body read again.

use std::collections::VecDeque;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::super::codec::{JsonError, JsonErrorKind, PathSegment, from_json};
use super::fault::{Fault, FaultKind};

/// How long a body is at most whose faults are all looked for.
const LONGEST: usize = 16 * 1024;
/// How often it is read at most.
const MOST_READS: usize = 64;

/// What is wrong with a body whose first fault is known, each with its JSON pointer; and a value with all of it mended,
/// where there is one.
///
/// In place of what is wrong there is put what the type accepts, so that nothing but the fault itself is told. Where
/// nothing fits, all that is around it is taken as wrong and what is beside it is not looked at.
pub(crate) fn all<T: DeserializeOwned>(
    text: &[u8],
    first: &JsonError,
) -> (Vec<(Fault, String)>, Option<T>) {
    let mut faults = vec![told(first)];
    let mut mended = None;
    if let (true, Ok(body)) = (text.len() <= LONGEST, serde_json::from_slice(text)) {
        let mut search = Search {
            body,
            reads: 0,
            read: |body: &Value| match from_json::<T>(body.to_string().as_bytes()) {
                Ok(value) => {
                    mended = Some(value);
                    None
                }
                Err(error) => Some(error),
            },
        };
        let mut next = search.mend(place(first), first);
        while let Some(error) = next {
            let fault = told(&error);
            // What was put there can be wrong as well, and is found later where the body is read in another order.
            if !faults.iter().any(|(_, pointer)| *pointer == fault.1) {
                faults.push(fault);
            }
            next = search.mend(place(&error), &error);
        }
    }
    (faults, mended)
}

fn told(error: &JsonError) -> (Fault, String) {
    let fault = Fault::told_by(error.message());
    let pointer = fault.at(&error.pointer());
    (fault, pointer)
}

/// The way to what is wrong; what is missing has one, too.
fn place(error: &JsonError) -> Vec<PathSegment> {
    let fault = Fault::told_by(error.message());
    let inner = fault
        .steps()
        .map(|name| PathSegment::Property(name.to_owned()));
    error.path().iter().cloned().chain(inner).collect()
}

struct Search<R> {
    body: Value,
    reads: usize,
    read: R,
}

impl<R: FnMut(&Value) -> Option<JsonError>> Search<R> {
    /// Puts something that is accepted in a place; returns the next fault, which is somewhere else.
    fn mend(&mut self, mut place: Vec<PathSegment>, error: &JsonError) -> Option<JsonError> {
        if Fault::told_by(error.message()).kind == FaultKind::Unknown {
            remove(&mut self.body, &place);
            return self.next();
        }
        let mut named = named(error.message());
        while !place.is_empty() {
            let usual = VALUES
                .iter()
                .map(|text| serde_json::from_str(text).unwrap_or_default());
            let mut values: VecDeque<Value> = named.take().into_iter().chain(usual).collect();
            while let Some(value) = values.pop_front() {
                let Some(slot) = slot(&mut self.body, &place) else {
                    break;
                };
                *slot = value.clone();
                match self.next() {
                    Some(error) if is_about(&error, &place) => {
                        // It may tell what it takes now.
                        let told = self::named(error.message()).filter(|told| *told != value);
                        if let Some(told) = told.filter(|_| self::place(&error) == place) {
                            values.push_front(told);
                        }
                    }
                    other => return other,
                }
            }
            place.pop();
        }
        None
    }

    fn next(&mut self) -> Option<JsonError> {
        self.reads += 1;
        match self.reads > MOST_READS {
            true => None,
            false => (self.read)(&self.body).filter(|error| error.kind() == JsonErrorKind::Data),
        }
    }
}

/// Values of which most types accept one.
const VALUES: [&str; 10] = [
    "\"\"",
    "0",
    "[]",
    "{}",
    "false",
    "null",
    "\"2000-01-01\"",
    "\"2000-01-01T00:00:00Z\"",
    "\"00000000-0000-0000-0000-000000000000\"",
    "\"a:\"",
];

/// The first of the values that a fault names as those that are accepted.
fn named(message: &str) -> Option<Value> {
    let (_, expected) = message.rsplit_once("expected ")?;
    let expected = expected.strip_prefix("one of ").unwrap_or(expected);
    let values = serde_json::Deserializer::from_str(expected);
    values.into_iter().next()?.ok()
}

/// Whether a fault is at a place, inside of it, or in what is around it because of it.
fn is_about(error: &JsonError, place: &[PathSegment]) -> bool {
    let other = self::place(error);
    other.starts_with(place) || place.starts_with(&other)
}

/// The value of a place; a member that is not there is made.
fn slot<'b>(body: &'b mut Value, place: &[PathSegment]) -> Option<&'b mut Value> {
    let (last, way) = match place.split_last() {
        Some((last, way)) => (last, way),
        None => return Some(body),
    };
    let mut value = body;
    for segment in way {
        value = match segment {
            PathSegment::Property(name) => value.get_mut(name)?,
            PathSegment::Index(index) => value.get_mut(index)?,
        };
    }
    match (last, value) {
        (PathSegment::Property(name), Value::Object(members)) => {
            Some(members.entry(name.clone()).or_insert(Value::Null))
        }
        (PathSegment::Index(index), Value::Array(items)) => items.get_mut(*index),
        _ => None,
    }
}

fn remove(body: &mut Value, place: &[PathSegment]) {
    if let Some((PathSegment::Property(name), way)) = place.split_last()
        && let Some(Value::Object(members)) = slot(body, way)
    {
        members.remove(name);
    }
}
