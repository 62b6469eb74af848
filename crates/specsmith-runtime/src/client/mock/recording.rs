//! [`RecordedCall`]: a request and what came of it, as they stand in a file of recordings.

use std::collections::BTreeMap;

use http::header::CONTENT_TYPE;
use serde_json::{Map, Value, json};

use super::super::{Timeout, TransportErrorKind};
use super::MockRequest;
use super::body::RecordedBody;
use super::redaction::{Hidden, REDACTED, Redaction, is_same_text};

/// A call as it was recorded.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RecordedCall {
    pub(super) request: RecordedRequest,
    pub(super) outcome: Outcome,
}

/// A request, without its secrets.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RecordedRequest {
    /// Nothing where it is no call of the API, such as a request for a token.
    operation: Option<String>,
    method: String,
    path: String,
    /// `name=value`, decoded.
    query: Vec<String>,
    headers: Vec<(String, String)>,
    body: RecordedBody,
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outcome {
    Response {
        status: u16,
        headers: Vec<(String, String)>,
        body: RecordedBody,
        /// What the body broke off with.
        broken: Option<TransportErrorKind>,
    },
    Error(TransportErrorKind),
}

/// In what a request is not what was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Difference {
    Method,
    Path,
    Query,
    Body,
}

impl Difference {
    pub(super) fn name(self) -> &'static str {
        match self {
            Difference::Method => "method",
            Difference::Path => "path",
            Difference::Query => "query",
            Difference::Body => "body",
        }
    }
}

/// What stands in place of the boundary of a multipart body, which is another one for each request.
const BOUNDARY: &str = "boundary-of-the-recording";

impl RecordedRequest {
    pub(super) fn of(request: &MockRequest, redaction: &Redaction) -> Self {
        let hidden = Hidden::of(request, redaction);
        let mut headers = redaction.headers(request.headers(), &hidden);
        let content_type = request.header(CONTENT_TYPE.as_str());
        let mut bytes = request.body().to_vec();
        let boundary = content_type.and_then(|it| it.split_once("boundary="));
        if let Some((_, boundary)) = boundary {
            let boundary = boundary
                .split(';')
                .next()
                .unwrap_or_default()
                .trim_matches('"');
            bytes = replaced(&bytes, boundary.as_bytes(), BOUNDARY.as_bytes());
            for (_, value) in &mut headers {
                *value = value.replace(boundary, BOUNDARY);
            }
        }
        Self {
            operation: request.operation().map(|operation| operation.id.to_owned()),
            method: request.method().to_string(),
            path: hidden.hide(request.path()),
            query: joined(redaction.query(request, &hidden)),
            headers,
            body: RecordedBody::of(
                content_type,
                &bytes,
                redaction,
                &hidden,
                request.operation(),
            ),
        }
    }

    /// In what another request is not this one.
    pub(super) fn differences(&self, sent: &Self) -> Vec<Difference> {
        let mut differences = Vec::new();
        let mut find = |is_same: bool, difference| {
            if !is_same {
                differences.push(difference);
            }
        };
        find(self.method == sent.method, Difference::Method);
        find(is_same_text(&self.path, &sent.path), Difference::Path);
        find(are_same(&self.query, &sent.query), Difference::Query);
        find(self.body.fits(&sent.body), Difference::Body);
        differences
    }

    pub(super) fn is_of_operation(&self, other: &Self) -> bool {
        self.operation == other.operation
    }

    /// `` `GET /v1/books/1` ``
    pub(super) fn line(&self) -> String {
        format!("`{} {}`", self.method, self.path)
    }

    fn write(&self) -> Value {
        let mut object = Map::new();
        object.insert("method".to_owned(), self.method.clone().into());
        object.insert("path".to_owned(), self.path.clone().into());
        if !self.query.is_empty() {
            object.insert("query".to_owned(), self.query.clone().into());
        }
        write_headers(&mut object, &self.headers);
        self.body.write(&mut object);
        Value::Object(object)
    }

    fn read(call: &Value) -> Result<Self, String> {
        let request = call.get("request").ok_or("it has no `request`")?;
        let query = request.get("query").and_then(Value::as_array);
        let query = query.into_iter().flatten().filter_map(Value::as_str);
        Ok(Self {
            operation: call
                .get("operation")
                .and_then(Value::as_str)
                .map(str::to_owned),
            method: text(request, "method")?,
            path: text(request, "path")?,
            query: query.map(str::to_owned).collect(),
            headers: read_headers(request),
            body: RecordedBody::read(request)?,
        })
    }
}

impl RecordedCall {
    /// The call as it stands in a file.
    pub(super) fn write(&self) -> Value {
        let mut call = Map::new();
        if let Some(operation) = &self.request.operation {
            call.insert("operation".to_owned(), operation.clone().into());
        }
        call.insert("request".to_owned(), self.request.write());
        match &self.outcome {
            Outcome::Error(kind) => drop(call.insert("error".to_owned(), fault_name(*kind).into())),
            Outcome::Response {
                status,
                headers,
                body,
                broken,
            } => {
                let mut response = Map::new();
                response.insert("status".to_owned(), (*status).into());
                write_headers(&mut response, headers);
                body.write(&mut response);
                if let Some(kind) = broken {
                    response.insert("broken".to_owned(), fault_name(*kind).into());
                }
                call.insert("response".to_owned(), Value::Object(response));
            }
        }
        Value::Object(call)
    }

    /// A call of a file.
    pub(super) fn read(call: &Value) -> Result<Self, String> {
        let request = RecordedRequest::read(call)?;
        if call.get("error").is_some() {
            let outcome = Outcome::Error(kind(&text(call, "error")?)?);
            return Ok(Self { request, outcome });
        }
        let response = call.get("response").ok_or("it has no `response`")?;
        let status = response.get("status").and_then(Value::as_u64);
        let status = status.and_then(|status| u16::try_from(status).ok());
        let broken = match response.get("broken") {
            Some(_) => Some(kind(&text(response, "broken")?)?),
            None => None,
        };
        let outcome = Outcome::Response {
            status: status.ok_or("its response has no `status`")?,
            headers: read_headers(response),
            body: RecordedBody::read(response)?,
            broken,
        };
        Ok(Self { request, outcome })
    }
}

/// A file of calls.
pub(super) fn write_file(calls: impl Iterator<Item = RecordedCall>) -> String {
    let calls: Vec<Value> = calls.map(|call| call.write()).collect();
    format!("{:#}\n", json!({ "calls": calls }))
}

/// The calls of a file.
pub(super) fn read_file(file: &[u8]) -> Result<Vec<RecordedCall>, String> {
    let file: Value = serde_json::from_slice(file).map_err(|error| error.to_string())?;
    let calls = file.get("calls").and_then(Value::as_array);
    let calls = calls.ok_or("it has no list `calls`")?.iter().enumerate();
    let read = |(index, call): (usize, &Value)| {
        RecordedCall::read(call).map_err(|error| format!("call {}: {error}", index + 1))
    };
    calls.map(read).collect()
}

fn text(object: &Value, name: &str) -> Result<String, String> {
    let text = object.get(name).and_then(Value::as_str).map(str::to_owned);
    text.ok_or_else(|| format!("it has no text `{name}`"))
}

fn write_headers(object: &mut Map<String, Value>, headers: &[(String, String)]) {
    let mut values = BTreeMap::<&str, Vec<&str>>::new();
    for (name, value) in headers {
        values.entry(name).or_default().push(value);
    }
    let written = values.into_iter().map(|(name, values)| {
        let value = match *values {
            [value] => value.into(),
            _ => values.into(),
        };
        (name.to_owned(), value)
    });
    let written: Map<String, Value> = written.collect();
    if !written.is_empty() {
        object.insert("headers".to_owned(), Value::Object(written));
    }
}

fn read_headers(object: &Value) -> Vec<(String, String)> {
    let headers = object.get("headers").and_then(Value::as_object);
    let pairs = headers.into_iter().flatten().flat_map(|(name, value)| {
        let values = match value {
            Value::Array(values) => values.iter().collect(),
            value => vec![value],
        };
        let texts = values.into_iter().filter_map(Value::as_str);
        texts.map(|text| (name.clone(), text.to_owned()))
    });
    pairs.collect()
}

/// `name=value` for each pair.
pub(super) fn joined(pairs: Vec<(String, String)>) -> Vec<String> {
    let join = |(name, value)| format!("{name}={value}");
    pairs.into_iter().map(join).collect()
}

/// Whether pairs are the same, whatever the order of their names. Those that are redacted as a whole on either side need
/// not be there.
pub(super) fn are_same(recorded: &[String], sent: &[String]) -> bool {
    let is_redacted = |pair: &&String| pair.split_once('=').is_some_and(|(_, it)| it == REDACTED);
    let redacted = recorded
        .iter()
        .chain(sent)
        .filter(is_redacted)
        .map(|pair| name(pair));
    let redacted = Vec::from_iter(redacted);
    let (recorded, sent) = (by_name(recorded, &redacted), by_name(sent, &redacted));
    let mut pairs = recorded.iter().zip(&sent);
    recorded.len() == sent.len() && pairs.all(|(recorded, sent)| is_same_text(recorded, sent))
}

/// Pairs in the order of their names, without some.
fn by_name<'a>(pairs: &'a [String], without: &[&str]) -> Vec<&'a String> {
    let mut pairs = Vec::from_iter(pairs.iter().filter(|pair| !without.contains(&name(pair))));
    pairs.sort_by_key(|pair| name(pair));
    pairs
}

/// The name of a pair.
fn name(pair: &str) -> &str {
    pair.split('=').next().unwrap_or_default()
}

/// Bytes with some of them replaced.
fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        match rest.strip_prefix(old).filter(|_| !old.is_empty()) {
            Some(after) => {
                out.extend_from_slice(new);
                rest = after;
            }
            None => {
                out.push(*first);
                rest = after;
            }
        }
    }
    out
}

/// What faults are called in a file; the time of a call and of an attempt are the same to those who replay it.
const KINDS: [(&str, TransportErrorKind); 10] = [
    ("connect", TransportErrorKind::Connect),
    ("tls", TransportErrorKind::Tls),
    (
        "connect timeout",
        TransportErrorKind::Timeout(Timeout::Connect),
    ),
    ("idle timeout", TransportErrorKind::Timeout(Timeout::Idle)),
    ("timeout", TransportErrorKind::Timeout(Timeout::Attempt)),
    ("reset", TransportErrorKind::Reset),
    ("protocol", TransportErrorKind::Protocol),
    ("redirect", TransportErrorKind::Redirect),
    ("body", TransportErrorKind::Body),
    ("other", TransportErrorKind::Other),
];

fn fault_name(kind: TransportErrorKind) -> &'static str {
    let found = KINDS.iter().find(|(_, known)| *known == kind);
    found.map_or(kind.name(), |(name, _)| *name)
}

fn kind(name: &str) -> Result<TransportErrorKind, String> {
    let found = KINDS.iter().find(|(known, _)| *known == name);
    match (found, name) {
        (Some((_, kind)), _) => Ok(*kind),
        (None, "refused") => Ok(TransportErrorKind::Refused),
        (None, name) => Err(format!("no fault is called `{name}`")),
    }
}
