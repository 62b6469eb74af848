//! Where the events of a stream come from: a response, and those that follow it where the connection ends.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::super::send::{Arrived, Outgoing};
use super::super::{
    Body, BoxFuture, Error, OpenResponse, RawResponse, RetryPolicy, StreamError, StreamErrorKind,
    TransportError, timer,
};
use super::parser::{Parser, TooLarge};
use super::{Event, is_event_stream};

/// The events of a response, whatever their data.
pub(super) struct Source {
    head: RawResponse,
    state: State,
    parser: Parser,
    limit: usize,
    /// What is sent again, if anything is.
    outgoing: Option<Outgoing>,
    policy: Option<RetryPolicy>,
    /// How many connections in a row gave no event.
    failures: u32,
}

enum State {
    Reading(Body),
    Connecting(BoxFuture<'static, Result<Arrived, Error>>),
    Ended,
}

/// Why there is no event.
pub(super) enum Fault {
    /// The server answered with something else.
    Refused(Box<RawResponse>),
    Error(Error),
}

impl Source {
    pub(super) fn new(mut response: OpenResponse) -> Self {
        let (limit, outgoing) = (response.limit(), response.take_outgoing());
        let (head, body) = response.into_parts();
        Self {
            head,
            state: State::Reading(body),
            parser: Parser::new(limit, String::new()),
            limit,
            outgoing,
            policy: None,
            failures: 0,
        }
    }

    /// The events of a response that is there as a whole.
    pub(super) fn whole(response: &RawResponse) -> Self {
        let body = Body::new(response.body().clone());
        Self::new(OpenResponse::new(response.clone(), body, usize::MAX, None))
    }

    pub(super) fn head(&self) -> &RawResponse {
        &self.head
    }

    pub(super) fn last_event_id(&self) -> &str {
        self.parser.last_event_id()
    }

    pub(super) fn reconnect(&mut self, policy: RetryPolicy) {
        self.policy = Some(policy);
    }

    pub(super) fn end(&mut self) {
        self.state = State::Ended;
    }

    pub(super) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Event<String>, Fault>>> {
        loop {
            match &mut self.state {
                State::Ended => return Poll::Ready(None),
                State::Connecting(response) => match ready!(response.as_mut().poll(context)) {
                    Ok(Arrived::Open(response)) => self.go_on(*response),
                    Ok(Arrived::Whole(response)) => {
                        self.end();
                        // This is how a server says that there is no more.
                        let is_end = response.status() == http::StatusCode::NO_CONTENT;
                        let fault = Fault::Refused(Box::new(response));
                        return Poll::Ready((!is_end).then_some(Err(fault)));
                    }
                    Err(error) => match self.connect() {
                        Some(state) => self.state = state,
                        None => return Poll::Ready(Some(Err(self.fail(error)))),
                    },
                },
                State::Reading(body) => {
                    match self.parser.next() {
                        Some(Ok(event)) => {
                            self.failures = 0;
                            return Poll::Ready(Some(Ok(event)));
                        }
                        Some(Err(TooLarge)) => {
                            let kind = StreamErrorKind::TooLarge(self.limit);
                            let error = StreamError::new(self.head.clone(), kind);
                            return Poll::Ready(Some(Err(self.fail(error.into()))));
                        }
                        None => {}
                    }
                    let error = match ready!(Pin::new(body).poll_next(context)) {
                        Some(Ok(chunk)) => {
                            self.parser.feed(chunk);
                            continue;
                        }
                        Some(Err(error)) => Some(error),
                        None => None,
                    };
                    match (self.connect(), error) {
                        (Some(state), _) => self.state = state,
                        (None, Some(error)) => {
                            let fault = self.broken(error);
                            return Poll::Ready(Some(Err(fault)));
                        }
                        (None, None) => self.end(),
                    }
                }
            }
        }
    }

    /// Reads the events of another response.
    fn go_on(&mut self, response: OpenResponse) {
        let (head, body) = response.into_parts();
        self.head = head;
        self.state = State::Reading(body);
    }

    /// The next connection, where there is one.
    fn connect(&mut self) -> Option<State> {
        let wait = self.policy?.wait(self.failures)?;
        let wait = self.parser.retry().unwrap_or(wait);
        self.failures += 1;
        let id = self.parser.last_event_id().to_owned();
        let mut outgoing = self.outgoing.clone()?;
        if !id.is_empty() {
            outgoing.set_header("last-event-id", &id);
        }
        self.parser = self.parser.restarted();
        Some(State::Connecting(Box::pin(async move {
            timer::sleep(wait).await;
            outgoing.arrive(is_event_stream).await
        })))
    }

    fn broken(&mut self, error: TransportError) -> Fault {
        let error = error.of(self.head.operation(), self.head.attempts());
        self.fail(Error::transport(error))
    }

    fn fail(&mut self, error: Error) -> Fault {
        self.end();
        Fault::Error(error)
    }
}
