//! Server-sent events (HTML Living Standard, section 9.2): [`EventStream`] and its [`Event`]s.

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
mod blocking;
mod parser;
mod source;

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use http::StatusCode;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::super::codec;
use super::send::Arrived;
use super::stream_error::{is_error, unexpected};
use super::{
    DecodeError, Error, MaybeSend, Operation, RawResponse, Request, Response, RetryPolicy,
    StreamError, StreamErrorKind, StreamReader, UnexpectedContentType,
};
use source::{Fault, Source};

/// An operation that can answer with server-sent events.
pub trait EventOperation: Operation {
    /// What the data of an event is.
    type Data: DeserializeOwned + MaybeSend + 'static;

    /// How the data is written.
    const ENCODING: EventEncoding;
}

/// How the data of events is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventEncoding {
    /// As JSON. An event whose data is `[DONE]` ends the stream.
    Json,
    /// As text.
    Text,
    /// The document describes the event as a whole, an object with `event`, `data`, `id`, `retry`, all of them text.
    Event,
    /// The document describes the event as a whole, and its `data` is JSON where it can be.
    EventOfJson,
}

/// A server-sent event; dereferences to its data.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The type of the event; `message` unless the server says.
    pub event: String,
    /// The id of this event or of the last one that had an id; empty before there was one.
    pub id: String,
    /// The data.
    pub data: T,
}

impl<T> Deref for Event<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}

/// An event of an operation, or why there is none.
pub type EventResult<O> =
    Result<Event<<O as EventOperation>::Data>, Error<<O as Operation>::Error>>;

/// The server-sent events of a response.
///
/// ```text
/// let mut events = client.chat().create(&body).events().await?;
/// while let Some(event) = events.next().await {
///     println!("{:?}", event?.data);
/// }
/// ```
///
/// It is a [`Stream`] too. An item that is an error need not be the last one: events go on after data that is not what
/// the document says and after errors that the server reports as an event.
#[must_use = "a stream does nothing until it is asked for its events"]
pub struct EventStream<O> {
    source: Source,
    operation: PhantomData<fn() -> O>,
}

impl<O: EventOperation> Request<O> {
    /// Sends the request and gives the response as server-sent events.
    ///
    /// Where an API wants to be asked for them in the body as well (`stream: true`), the caller does so.
    ///
    /// # Errors
    /// See [`Error`]. A response that is not a stream of events is an [`UnexpectedContentType`].
    pub async fn events(self) -> Result<EventStream<O>, Error<O::Error>> {
        let request = self.accepting(MEDIA_TYPE);
        match request.arrive(is_event_stream).await {
            Ok(Arrived::Open(response)) => Ok(EventStream::new(Source::new(*response))),
            Ok(Arrived::Whole(response)) => Err(unexpected::<O>(response, EXPECTED)),
            Err(error) => Err(error.widen()),
        }
    }
}

const MEDIA_TYPE: &str = "text/event-stream";
const EXPECTED: &str = "server-sent events were";

fn is_event_stream(head: &RawResponse) -> bool {
    head.status() != StatusCode::NO_CONTENT && head.is(MEDIA_TYPE)
}

impl<O: EventOperation> EventStream<O> {
    fn new(source: Source) -> Self {
        let operation = PhantomData;
        Self { source, operation }
    }

    /// The next event; `None` at the end.
    pub async fn next(&mut self) -> Option<EventResult<O>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Sends the request again where the connection ends, from the last event on (`Last-Event-ID`).
    ///
    /// The waits are those that the server asks for, else those of the policy; as many attempts as it has can fail, one
    /// after the other. It has no effect on operations of which sending twice does twice what they ask for.
    pub fn with_reconnect(mut self, policy: RetryPolicy) -> Self {
        if O::INFO.is_idempotent() {
            self.source.reconnect(policy);
        }
        self
    }

    /// Status and headers of the response, with an empty body.
    pub fn response(&self) -> &RawResponse {
        self.source.head()
    }

    /// The id of the last event that had one; empty before that.
    pub fn last_event_id(&self) -> &str {
        self.source.last_event_id()
    }

    /// The event with its data read; `None` where it is the end.
    fn read(&self, event: Event<String>) -> Option<EventResult<O>> {
        if O::ENCODING != EventEncoding::Text && event.data.trim() == "[DONE]" {
            return None;
        }
        let error = match codec::from_json(&O::ENCODING.json(&event)) {
            Ok(data) => {
                let Event { event, id, .. } = event;
                return Some(Ok(Event { event, id, data }));
            }
            Err(error) => error,
        };
        let mut response = self.response().clone();
        let is_error = event.event == "error" || is_error(event.data.as_bytes());
        response.set_body(event.data.into());
        Some(Err(match is_error {
            true => StreamError::new(response, StreamErrorKind::Server).into(),
            false => DecodeError::json(response, &error).into(),
        }))
    }
}

impl<O: EventOperation<Success = EventStream<O>>> EventStream<O> {
    /// How responses of an operation are read that has nothing but events.
    pub const READER: StreamReader<O> = StreamReader::new(is_event_stream, |response| {
        let head = response.head().clone();
        Ok(Response::new(head, Self::new(Source::new(response))))
    });
}

impl RawResponse {
    /// A success that is server-sent events.
    pub fn events<O: EventOperation>(self) -> Result<Response<EventStream<O>>, Error<O::Error>> {
        match is_event_stream(&self) {
            true => {
                let events = EventStream::new(Source::whole(&self));
                Ok(Response::new(self, events))
            }
            false => Err(UnexpectedContentType::new(self).expecting(EXPECTED).into()),
        }
    }
}

impl EventEncoding {
    /// What the type is read from.
    fn json(self, event: &Event<String>) -> Vec<u8> {
        let text = |text: &str| codec::to_json(text).unwrap_or_default();
        let data = match self {
            EventEncoding::Json => return event.data.as_bytes().to_vec(),
            EventEncoding::Text => return text(&event.data),
            EventEncoding::EventOfJson if is_json(&event.data) => event.data.as_bytes().to_vec(),
            EventEncoding::Event | EventEncoding::EventOfJson => text(&event.data),
        };
        let mut object = b"{\"event\":".to_vec();
        object.extend(text(&event.event));
        if !event.id.is_empty() {
            object.extend(b",\"id\":");
            object.extend(text(&event.id));
        }
        object.extend(b",\"data\":");
        object.extend(data);
        object.push(b'}');
        object
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

impl<O: EventOperation> Stream for EventStream<O> {
    type Item = EventResult<O>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.source.poll_next(context).map(|event| {
            let item = match event? {
                Ok(event) => self.read(event),
                Err(Fault::Refused(response)) => Some(Err(unexpected::<O>(*response, EXPECTED))),
                Err(Fault::Error(error)) => Some(Err(error.widen())),
            };
            if item.is_none() {
                self.source.end();
            }
            item
        })
    }
}

impl<O> fmt::Debug for EventStream<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("response", self.source.head())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
