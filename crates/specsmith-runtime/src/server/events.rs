//! Server-sent events as responses (HTML Living Standard, section 9.2): [`EventStream`] and its [`Event`]s.

use std::fmt;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::sse::{self, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use serde::Serialize;
use serde_json::Value;

use super::super::codec::to_json;
use super::stream::{self, BoxError, Items, Mapped};

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What it holds.
    pub data: T,
    /// Its name; clients take one without a name for `message`.
    pub name: Option<String>,
    /// Its id, which clients send in `Last-Event-ID` when they connect again.
    pub id: Option<String>,
    /// How long clients wait before they connect again.
    pub retry: Option<Duration>,
}

impl<T> Event<T> {
    /// An event without a name and an id.
    pub fn new(data: T) -> Self {
        Self {
            data,
            name: None,
            id: None,
            retry: None,
        }
    }

    /// Sets its name.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets its id.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets how long clients wait before they connect again.
    #[must_use]
    pub fn with_retry(mut self, after: Duration) -> Self {
        self.retry = Some(after);
        self
    }
}

impl<T> From<T> for Event<T> {
    fn from(data: T) -> Self {
        Self::new(data)
    }
}

/// Server-sent events, each sent when it is there.
///
/// A comment is sent whenever nothing else was for 15 seconds, so that nobody on the way takes the connection for dead.
#[must_use = "events are sent when they are in a response"]
pub struct EventStream<T> {
    events: Items<Event<T>>,
    keep_alive: Option<Duration>,
}

impl<T: Send + 'static> EventStream<T> {
    /// The events of a stream: [`Event`]s, or what they hold.
    pub fn new<I: Into<Event<T>>>(stream: impl Stream<Item = I> + Send + 'static) -> Self {
        Self::of(stream::items(stream))
    }

    /// The events of a stream that can fail, which breaks the connection off.
    pub fn try_new<I: Into<Event<T>> + 'static, E: Into<BoxError> + 'static>(
        stream: impl Stream<Item = Result<I, E>> + Send + 'static,
    ) -> Self {
        Self::of(stream::results(stream))
    }

    fn of(events: Items<Event<T>>) -> Self {
        Self {
            events,
            keep_alive: Some(Duration::from_secs(15)),
        }
    }

    /// Sets after how long without an event a comment is sent; `None` sends none.
    pub fn with_keep_alive(mut self, interval: impl Into<Option<Duration>>) -> Self {
        self.keep_alive = interval.into();
        self
    }
}

/// Events that are all there already.
impl<T: Send + 'static> From<Vec<T>> for EventStream<T> {
    fn from(items: Vec<T>) -> Self {
        let events = items.into_iter().map(Event::new).collect();
        Self::of(stream::ready(events))
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("keep_alive", &self.keep_alive)
            .finish_non_exhaustive()
    }
}

/// How what events hold is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventEncoding {
    /// As JSON.
    Json,
    /// As text.
    Text,
    /// It is the event as a whole, whose data is text.
    Event,
    /// It is the event as a whole, whose data is JSON unless it is text.
    EventOfJson,
}

/// A response of events.
pub fn events<T: Serialize + 'static>(
    status: u16,
    encoding: EventEncoding,
    body: EventStream<T>,
) -> Response {
    let stream = Mapped {
        stream: Box::pin(body.events),
        map: move |event: Result<Event<T>, BoxError>| encode(event?, encoding),
    };
    let events = Sse::new(stream);
    let mut response = match body.keep_alive {
        Some(interval) => events
            .keep_alive(KeepAlive::new().interval(interval))
            .into_response(),
        None => events.into_response(),
    };
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

fn encode<T: Serialize>(event: Event<T>, encoding: EventEncoding) -> Result<sse::Event, BoxError> {
    let json = to_json(&event.data)?;
    let mut members = match (encoding, serde_json::from_slice(&json)?) {
        (EventEncoding::Event | EventEncoding::EventOfJson, Value::Object(members)) => members,
        (_, data) => serde_json::Map::from_iter([("data".to_owned(), data)]),
    };
    let mut text = |name: &str| match members.remove(name) {
        Some(Value::String(text)) => Some(text),
        Some(Value::Null) | None => None,
        Some(other) => Some(other.to_string()),
    };
    let name = event.name.or_else(|| text("event"));
    let id = event.id.or_else(|| text("id"));
    let comment = text("comment");
    let retry = match text("retry") {
        Some(milliseconds) => milliseconds.parse().ok().map(Duration::from_millis),
        None => event.retry,
    };
    let data = match (encoding, members.remove("data")) {
        (EventEncoding::Json, _) => Some(String::from_utf8(json)?),
        (_, None) => None,
        // Text that is also JSON would be read as that.
        (EventEncoding::EventOfJson, Some(Value::String(text))) if !is_json(&text) => Some(text),
        (EventEncoding::Text | EventEncoding::Event, Some(Value::String(text))) => Some(text),
        (_, Some(data)) => Some(data.to_string()),
    };
    write(name, id, retry, comment, data)
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

fn write(
    name: Option<String>,
    id: Option<String>,
    retry: Option<Duration>,
    comment: Option<String>,
    data: Option<String>,
) -> Result<sse::Event, BoxError> {
    let is_line = |text: &String| !text.contains(['\r', '\n', '\0']);
    let mut event = sse::Event::default();
    for line in comment.iter().flat_map(|comment| comment.lines()) {
        event = event.comment(line.replace('\r', " "));
    }
    if ![&name, &id].into_iter().flatten().all(is_line) {
        return Err("the name and the id of an event are one line each".into());
    }
    if let Some(name) = name {
        event = event.event(name);
    }
    if let Some(id) = id {
        event = event.id(id);
    }
    if let Some(retry) = retry {
        event = event.retry(retry);
    }
    if let Some(data) = data {
        event = event.data(data);
    }
    Ok(event)
}
