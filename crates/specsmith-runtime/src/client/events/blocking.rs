//! Server-sent events without `async`.

use super::super::{Blocking, Error, Request, RetryPolicy};
use super::{EventOperation, EventStream};

impl<O: EventOperation> Request<O> {
    /// Sends the request and gives the response as server-sent events: an iterator that waits for each.
    ///
    /// # Errors
    /// As [`events`](Self::events).
    pub fn events_blocking(self) -> Result<Blocking<EventStream<O>>, Error<O::Error>> {
        Self::open_blocking(self.events()).map(Blocking::new)
    }
}

impl<O: EventOperation> Blocking<EventStream<O>> {
    /// Sends the request again where the connection ends; see [`EventStream::with_reconnect`].
    pub fn with_reconnect(self, policy: RetryPolicy) -> Self {
        Self::new(self.into_inner().with_reconnect(policy))
    }
}
