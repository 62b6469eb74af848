//! The one function that sends requests, whatever their operation: attempts, and the time that they have.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;

use super::authorize::{Tokens, Wanted};
use super::prepare::{base, prepare, refusal};
use super::request::Overrides;
use super::timer::{self, Instant};
use super::trace::Trace;
use super::{
    Body, Client, Error, OpenResponse, OperationInfo, Parts, RawResponse, Settings, Timeout,
    TransportError, random,
};

/// All that a request is sent from.
#[derive(Clone)]
pub(super) struct Outgoing {
    pub(super) client: Client,
    pub(super) operation: &'static OperationInfo,
    pub(super) parts: Box<Parts>,
    pub(super) overrides: Box<Overrides>,
}

/// A response that is there: as a whole, or with a body that is a stream and still to be read.
pub(super) enum Arrived {
    Whole(RawResponse),
    Open(Box<OpenResponse>),
}

/// Whether the body of a success is a stream, as its head says.
pub(super) type IsStream = fn(&RawResponse) -> bool;

impl Outgoing {
    pub(super) fn set_header(&mut self, name: &str, value: &str) {
        self.parts.set_header(name, value);
    }

    /// Sends the request, and reads the response to its end unless it is a stream.
    pub(super) async fn arrive(mut self, is_stream: IsStream) -> Result<Arrived, Error> {
        let reading = Reading::Unless(is_stream);
        let response = Call::new(&mut self).run(reading).await?;
        Ok(match reading.is_whole(response.head()) {
            true => Arrived::Whole(response.into_head()),
            false => Arrived::Open(Box::new((*response).sent_by(self))),
        })
    }

    /// Sends the request and leaves the body of the response to be read.
    pub(super) async fn open(mut self) -> Result<Box<OpenResponse>, Error> {
        Call::new(&mut self).run(Reading::Head).await
    }
}

/// How far a response is read.
#[derive(Clone, Copy)]
enum Reading {
    Head,
    /// The whole, unless it is a success with such a head.
    Unless(IsStream),
}

impl Reading {
    fn is_whole(self, head: &RawResponse) -> bool {
        match self {
            Reading::Head => false,
            Reading::Unless(is_stream) => !head.status().is_success() || !is_stream(head),
        }
    }
}

/// A request, or what the server says to it already.
enum Ready {
    Request(Box<http::Request<()>>),
    Answer(Box<OpenResponse>),
}

/// A call on its way.
struct Call<'a> {
    settings: &'a Settings,
    operation: &'static OperationInfo,
    parts: &'a Parts,
    overrides: &'a Overrides,
    /// Whether the request can be sent twice without doing twice what it asks for.
    is_repeatable: bool,
}

impl<'a> Call<'a> {
    /// A call that has the key by which the server knows its attempts, where it takes one.
    fn new(outgoing: &'a mut Outgoing) -> Self {
        let Outgoing {
            client,
            operation,
            parts,
            overrides,
        } = outgoing;
        let is_idempotent = operation.is_idempotent();
        let header = operation.idempotency_key.filter(|_| !is_idempotent);
        if let Some(header) = header
            && !parts.headers().contains_key(header)
        {
            parts.set_header(header, &random::uuid());
        }
        Self {
            settings: &client.0,
            operation,
            parts,
            is_repeatable: is_idempotent || header.is_some() || overrides.has_key,
            overrides,
        }
    }

    /// Sends the request until it is answered, or another attempt makes no sense.
    async fn run(&self, reading: Reading) -> Result<Box<OpenResponse>, Error> {
        let total = self.overrides.timeout.or(self.settings.timeout);
        let deadline = total.and_then(|total| Instant::now().checked_add(total));
        let policy = self.overrides.retry.as_ref();
        let policy = policy.unwrap_or(&self.settings.retry);
        let (mut attempts, mut paid) = (0, 0);
        let mut tokens = Tokens::default();
        loop {
            attempts += 1;
            let ended = self.attempt(reading, deadline, attempts, &mut tokens).await;
            // The server did nothing for a request whose token it refused, so this is no retry.
            let Some(ended) = tokens.judge(ended, self.can_be_sent()) else {
                continue;
            };
            let tried = attempts - tokens.renewals();
            let Some(retry) = policy.next(tried, self.is_repeatable, &ended) else {
                if ended
                    .as_ref()
                    .is_ok_and(|response| response.head().status().is_success())
                {
                    self.settings.budget.give(paid);
                }
                return ended;
            };
            let next = Instant::now().checked_add(retry.wait);
            let is_in_time =
                deadline.is_none_or(|deadline| next.is_some_and(|next| next < deadline));
            if !is_in_time || !self.can_be_sent() || !self.settings.budget.take(retry.cost) {
                return ended;
            }
            drop(ended);
            Trace::waiting(self.operation, retry.wait);
            paid = retry.cost;
            timer::sleep(retry.wait).await;
        }
    }

    fn can_be_sent(&self) -> bool {
        let content = self.parts.content();
        content.is_none_or(|content| content.body.can_be_sent())
    }

    /// Sends the request once.
    async fn attempt(
        &self,
        reading: Reading,
        deadline: Option<Instant>,
        attempts: u32,
        tokens: &mut Tokens,
    ) -> Result<Box<OpenResponse>, Error> {
        let fault = |error: TransportError| Error::transport(error.of(self.operation, attempts));
        let trace = Trace::begin(self.operation, attempts);
        // Pinned where they are: a future that is moved into another one is there twice.
        let exchange = pin!(async {
            let sent = {
                let request = match self.request(tokens).await? {
                    Ready::Request(request) => request,
                    Ready::Answer(answer) => return Ok(answer),
                };
                trace.sending(&request);
                let body = match self.parts.content() {
                    Some(content) => content.body.open().await.map_err(fault)?,
                    None => Body::empty(),
                };
                self.settings.transport.send(request.map(|()| body))
            };
            let response = self.response(sent.await.map_err(fault)?, attempts);
            match reading.is_whole(response.head()) {
                true => response.filled().await,
                false => Ok(response),
            }
        });
        let timed = pin!(async {
            match self.time(deadline) {
                None => exchange.await,
                Some((limit, timeout)) => match timer::timeout(limit, exchange).await {
                    Ok(ended) => ended,
                    Err(_) => Err(fault(timeout.into())),
                },
            }
        });
        trace.run(timed).await
    }

    /// The request with its credentials.
    async fn request(&self, tokens: &mut Tokens) -> Result<Ready, Error> {
        let (settings, operation) = (self.settings, self.operation);
        if let Some(invalid) = self.parts.invalid() {
            return Err(refusal(operation, invalid.clone()));
        }
        let base = base(settings, operation, self.overrides)?;
        let wanted = Wanted {
            settings,
            operation,
            base: &base,
        };
        let credentials = wanted.get(self.parts, self.overrides, tokens).await?;
        if let Some(answer) = tokens.refused_again() {
            return Ok(Ready::Answer(answer));
        }
        let request = prepare(settings, operation, self.parts, &base, credentials)?;
        Ok(Ready::Request(Box::new(request)))
    }

    /// The time that an attempt has, and what runs out then.
    fn time(&self, deadline: Option<Instant>) -> Option<(Duration, Timeout)> {
        let attempt = self
            .overrides
            .attempt_timeout
            .or(self.settings.attempt_timeout);
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let (attempt, left) = (
            attempt.map(|time| (time, Timeout::Attempt)),
            left.map(|time| (time, Timeout::Total)),
        );
        attempt
            .into_iter()
            .chain(left)
            .min_by_key(|(time, _)| *time)
    }

    fn response(&self, response: http::Response<Body>, attempts: u32) -> Box<OpenResponse> {
        let (head, body) = response.into_parts();
        let head = RawResponse::new(self.operation, head.status, head.headers, Bytes::new());
        let limit = self
            .overrides
            .max_response_size
            .unwrap_or(self.settings.max_response_size);
        let idle = self.overrides.idle_timeout.or(self.settings.idle_timeout);
        // Boxed, since it goes through several futures, which are as large as all that they hold.
        Box::new(OpenResponse::new(
            head.after(attempts).answers(self.parts),
            body,
            limit,
            idle,
        ))
    }
}
