//! [`OpenResponse`]: a response whose body is still to be read.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;

use super::send::Outgoing;
use super::timer;
use super::{Body, BodyTooLarge, Error, OperationInfo, RawResponse, Timeout, TransportError};

/// A response whose head is there and whose body is still to be read: the base of event streams and downloads.
///
/// What reads a body piece by piece opens the request by [`of`](Self::of), looks at the head, and takes the body by
/// [`into_body`](Self::into_body) where it is what it expects. Else it reads the rest by [`read`](Self::read) and leaves
/// it to [`Operation::read`](super::Operation::read) to say what it means: errors are then typed as for any call.
pub struct OpenResponse {
    /// Its body is empty until the response is read.
    head: RawResponse,
    body: Body,
    limit: usize,
    idle: Option<Duration>,
    /// What it is a response to, where that can be sent again.
    outgoing: Option<Outgoing>,
}

impl OpenResponse {
    pub(super) fn new(head: RawResponse, body: Body, limit: usize, idle: Option<Duration>) -> Self {
        Self {
            head,
            body,
            limit,
            idle,
            outgoing: None,
        }
    }

    pub(super) fn sent_by(mut self, outgoing: Outgoing) -> Self {
        self.outgoing = Some(outgoing);
        self
    }

    pub(super) fn take_outgoing(&mut self) -> Option<Outgoing> {
        self.outgoing.take()
    }

    /// How many bytes the body can have, or each item of one that is a stream.
    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static OperationInfo {
        self.head.operation()
    }

    /// Status and headers, with an empty body.
    pub fn head(&self) -> &RawResponse {
        &self.head
    }

    /// Status and headers with an empty body, and the body: each chunk has to come within the idle timeout, and there is
    /// no limit to its size.
    pub fn into_parts(self) -> (RawResponse, Body) {
        let body = match self.idle {
            Some(idle) => self.body.with_idle_timeout(idle),
            None => self.body,
        };
        (self.head, body)
    }

    /// The body: each chunk has to come within the idle timeout, and there is no limit to its size.
    pub fn into_body(self) -> Body {
        self.into_parts().1
    }

    /// Reads the body to its end.
    ///
    /// # Errors
    /// When the transport fails or the body is larger than the limit.
    pub async fn read(self) -> Result<RawResponse, Error> {
        let filled = Box::new(self).filled().await?;
        Ok(filled.into_head())
    }

    pub(super) fn into_head(self) -> RawResponse {
        self.head
    }

    /// The same response with its body read.
    pub(super) async fn filled(mut self: Box<Self>) -> Result<Box<Self>, Error> {
        let (operation, attempts) = (self.operation(), self.head.attempts());
        let mut body = Bytes::new();
        let mut pieces = Vec::new();
        let mut length = 0_usize;
        while let Some(chunk) = self.chunk().await {
            let chunk = chunk.map_err(|error| Error::transport(error.of(operation, attempts)))?;
            length = length.saturating_add(chunk.len());
            if length > self.limit {
                let limit = self.limit;
                return Err(Error::BodyTooLarge(BodyTooLarge { operation, limit }));
            }
            // Most bodies come in one piece, which is kept as it is.
            if length == chunk.len() {
                body = chunk;
            } else {
                pieces.extend_from_slice(&std::mem::take(&mut body));
                pieces.extend_from_slice(&chunk);
            }
        }
        if !pieces.is_empty() {
            body = pieces.into();
        }
        self.head.set_body(body);
        Ok(self)
    }

    /// The next chunk, within its time.
    async fn chunk(&mut self) -> Option<Result<Bytes, TransportError>> {
        // Most chunks are there already and need no timer.
        let now = poll_fn(|context| Poll::Ready(Pin::new(&mut self.body).poll_next(context))).await;
        if let Poll::Ready(chunk) = now {
            return chunk;
        }
        match self.idle {
            None => self.body.chunk().await,
            Some(idle) => match timer::timeout(idle, self.body.chunk()).await {
                Ok(chunk) => chunk,
                Err(_) => Some(Err(Timeout::Idle.into())),
            },
        }
    }
}

impl fmt::Debug for OpenResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenResponse")
            .field("head", &self.head)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
