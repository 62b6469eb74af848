//! [`Stub`]: which requests of an operation are answered, and with which replies one after the other.

use std::cell::Cell;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use serde::Serialize;
use serde_json::Value;

use super::super::{Error, Operation, OperationInfo, RawResponse, TransportErrorKind};
use super::{MockRequest, MockResponse, Respond, lock};

/// A stub of an operation that still has to be told how it replies.
#[must_use = "a stub answers nothing until it is told how"]
pub struct Stub<O> {
    entry: Arc<Entry>,
    operation: PhantomData<fn() -> O>,
}

/// A reply of a stub: how often it is given, and what comes behind it.
///
/// Unless it is told how often, the last reply of a stub is given to all requests, and each of the others to one.
pub struct Reply<O> {
    stub: Stub<O>,
}

impl<O> Stub<O> {
    pub(super) fn new(entry: Arc<Entry>) -> Self {
        Self {
            entry,
            operation: PhantomData,
        }
    }

    /// Answers only requests that are so. All conditions of a stub have to hold.
    pub fn when(self, is_wanted: impl Fn(&MockRequest) -> bool + Send + Sync + 'static) -> Self {
        lock(&self.entry.conditions).push(Arc::new(is_wanted));
        self
    }

    /// Replies with a [`MockResponse`], or with what a closure makes of the request.
    pub fn respond_with(self, respond: impl Respond) -> Reply<O> {
        lock(&self.entry.replies).push(ReplyState {
            respond: Arc::new(respond),
            headers: Vec::new(),
            delay: None,
            times: None,
            given: 0,
        });
        Reply { stub: self }
    }

    /// Replies with a status, and without a body.
    pub fn respond_empty(self, status: u16) -> Reply<O> {
        self.respond_with(MockResponse::empty(status))
    }

    /// Lets the transport fail.
    pub fn fail(self, kind: TransportErrorKind) -> Reply<O> {
        self.respond_with(MockResponse::fail(kind))
    }
}

impl Stub<()> {
    /// Replies with a status and a value as JSON.
    pub fn respond(self, status: u16, value: &(impl Serialize + ?Sized)) -> Reply<()> {
        self.respond_with(MockResponse::json(status, value))
    }
}

impl<O: Operation> Stub<O> {
    /// Replies with the success that callers read as this value.
    ///
    /// Status and media type are those of the document. An enum of several successes has [`respond`](Self::respond), and what
    /// is no JSON, text or XML has [`respond_with`](Self::respond_with).
    pub fn respond_ok(self, value: &O::Success) -> Reply<O>
    where
        O::Success: Serialize,
    {
        self.respond_with(success::<O>(value))
    }

    /// Replies with a status and a value, such as a documented error: as JSON, or as XML where the document has nothing else.
    pub fn respond(self, status: u16, value: &(impl Serialize + ?Sized)) -> Reply<O> {
        let json = match serde_json::to_vec(value) {
            Ok(json) => json,
            Err(_) => return self.respond_with(MockResponse::json(status, value)),
        };
        let is_known = |content_type: &&str| {
            let status = StatusCode::from_u16(status).unwrap_or_default();
            matches!(
                read::<O>(status, content_type, &json),
                Ok(_) | Err(Error::Api(_))
            )
        };
        if let Some(content_type) = json_types::<O>().find(is_known) {
            return self.respond_with(MockResponse::bytes(status, content_type, json.clone()));
        }
        let code = StatusCode::from_u16(status).unwrap_or_default();
        let (content_type, body) =
            written::<O>(code, &json).unwrap_or_else(|| ("application/json", json.clone()));
        self.respond_with(MockResponse::bytes(status, content_type, body))
    }
}

impl<O> Reply<O> {
    /// Adds a header to the response.
    pub fn header(self, name: &str, value: &str) -> Self {
        self.change(|reply| reply.headers.push((name.to_owned(), value.to_owned())))
    }

    /// Sets how long it is until the response begins.
    pub fn delay(self, delay: Duration) -> Self {
        self.change(|reply| reply.delay = Some(delay))
    }

    /// Sets to how many requests it is given. [`assert_done`](super::MockTransport::assert_done) wants just as many.
    pub fn times(self, times: usize) -> Self {
        self.change(|reply| reply.times = Some(times))
    }

    /// Goes on with the reply to the requests behind those.
    pub fn then(self) -> Stub<O> {
        self.stub
    }

    fn change(self, change: impl FnOnce(&mut ReplyState)) -> Self {
        if let Some(reply) = lock(&self.stub.entry.replies).last_mut() {
            change(reply);
        }
        self
    }
}

/// The response that is read as a value.
fn success<O: Operation>(value: &O::Success) -> MockResponse
where
    O::Success: Serialize,
{
    let json = match serde_json::to_vec(value) {
        Ok(json) => json,
        Err(_) => return MockResponse::json(200, value),
    };
    let text: Option<String> = serde_json::from_slice(&json).ok();
    let bodies = || {
        let typed = json_types::<O>().map(|content_type| (content_type, json.clone()));
        let text = text
            .iter()
            .map(|text| ("text/plain; charset=utf-8", text.clone().into_bytes()));
        let empty = (json == b"null").then(|| ("", Vec::new()));
        empty.into_iter().chain(typed).chain(text)
    };
    // Only what the client makes of a response tells that it is the right one.
    for status in (200..300).filter_map(|status| StatusCode::from_u16(status).ok()) {
        for (content_type, body) in bodies().chain(written::<O>(status, &json)) {
            let value = read::<O>(status, content_type, &body);
            let is_same = |value: &O::Success| serde_json::to_vec(value).is_ok_and(|it| it == json);
            if value.is_ok_and(|response| is_same(&response)) {
                return match content_type {
                    "" => MockResponse::empty(status.as_u16()),
                    content_type => MockResponse::bytes(status.as_u16(), content_type, body),
                };
            }
        }
    }
    let id = O::INFO.id;
    MockResponse::unusable(format!(
        "no success of `{id}` is read as this value; say by `respond_with` what is sent"
    ))
}

/// The media types of JSON that an operation reads.
fn json_types<O: Operation>() -> impl Iterator<Item = &'static str> {
    let json = documented::<O>().filter(|it| it.ends_with("json") && *it != "application/json");
    std::iter::once("application/json").chain(json)
}

/// The media types that an operation asks for.
fn documented<O: Operation>() -> impl Iterator<Item = &'static str> {
    let types = O::INFO.accept.split(',');
    types.filter_map(|it| it.split(';').next()).map(str::trim)
}

/// Writes a value in a format that is not JSON; `None` where it cannot be.
type Write = Box<dyn Fn(&Value) -> Option<String>>;

thread_local! {
    /// How the body is written that was last asked for.
    static WRITE: Cell<Option<Write>> = const { Cell::new(None) };
}

/// Tells stubs how the body is written that is to be read.
pub(in super::super) fn tell(write: Write) {
    WRITE.set(Some(write));
}

/// The value as XML with its media type, if that is what an operation reads at this status.
fn written<O: Operation>(status: StatusCode, json: &[u8]) -> Option<(&'static str, Vec<u8>)> {
    let value: Value = serde_json::from_slice(json).ok()?;
    documented::<O>()
        .filter(|it| it.ends_with("xml"))
        .find_map(|content_type| {
            WRITE.take();
            let _ = read::<O>(status, content_type, b"");
            let text = WRITE.take()?(&value)?;
            Some((content_type, text.into_bytes()))
        })
}

/// What a client makes of a response.
fn read<O: Operation>(
    status: StatusCode,
    content_type: &str,
    body: &[u8],
) -> super::super::ReadResult<O> {
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_str(content_type) {
        headers.insert(CONTENT_TYPE, value);
    }
    O::read(RawResponse::new(
        O::INFO,
        status,
        headers,
        body.to_vec().into(),
    ))
}

/// What a stub is, shared by those who make it and the transport.
pub(super) struct Entry {
    operation: Option<&'static OperationInfo>,
    conditions: Mutex<Vec<Arc<Condition>>>,
    replies: Mutex<Vec<ReplyState>>,
}

type Condition = dyn Fn(&MockRequest) -> bool + Send + Sync;

#[derive(Clone)]
struct ReplyState {
    respond: Arc<dyn Respond>,
    headers: Vec<(String, String)>,
    delay: Option<Duration>,
    times: Option<usize>,
    given: usize,
}

/// What a stub says to a request.
pub(super) enum Answered {
    With(MockResponse),
    /// It wants other requests.
    Unfit,
    /// It has no reply left.
    UsedUp,
}

impl Entry {
    pub(super) fn new(operation: Option<&'static OperationInfo>) -> Self {
        Self {
            operation,
            conditions: Mutex::default(),
            replies: Mutex::default(),
        }
    }

    pub(super) fn operation(&self) -> Option<&'static OperationInfo> {
        self.operation
    }

    pub(super) fn is_for(&self, request: &MockRequest) -> bool {
        let id = |operation: &OperationInfo| operation.id;
        self.operation.map(id) == request.operation().map(id)
    }

    pub(super) fn answer(&self, request: &MockRequest) -> Answered {
        let conditions = lock(&self.conditions).clone();
        if !conditions.iter().all(|holds| holds(request)) {
            return Answered::Unfit;
        }
        let Some(reply) = self.take() else {
            return Answered::UsedUp;
        };
        let mut response = reply.respond.respond(request);
        for (name, value) in &reply.headers {
            response = response.with_header(name, value);
        }
        Answered::With(match reply.delay {
            Some(delay) => response.with_delay(delay),
            None => response,
        })
    }

    /// Takes the next reply.
    fn take(&self) -> Option<ReplyState> {
        let mut replies = lock(&self.replies);
        let last = replies.len().saturating_sub(1);
        let is_left = |(index, reply): &(usize, &mut ReplyState)| {
            let by_place = if *index == last { usize::MAX } else { 1 };
            reply.given < reply.times.unwrap_or(by_place)
        };
        let (_, reply) = replies.iter_mut().enumerate().find(is_left)?;
        reply.given += 1;
        Some(reply.clone())
    }

    /// The replies that were not given as often as was said.
    pub(super) fn missing(&self) -> Vec<String> {
        let name = self
            .operation
            .map_or("token requests", |operation| operation.id);
        let missing = |reply: &ReplyState| {
            let (given, times) = (
                reply.given,
                reply.times.filter(|times| reply.given < *times)?,
            );
            Some(format!(
                "a reply to `{name}` was given {given} of {times} times"
            ))
        };
        lock(&self.replies).iter().filter_map(missing).collect()
    }
}
