//! Calls without `async`: [`block_on`], [`Blocking`], and the methods of requests that end with `_blocking`.
//!
//! They run on one runtime that all clients of the crate share: a thread for connections, while the future of a call
//! runs on the thread that waits for it.

use std::fmt;
use std::io;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::OnceLock;

use futures_core::Stream;
use tokio::runtime::{Builder, Handle, Runtime};

use super::{Error, Operation, ReadResult, Request, Response, TransportError, TransportErrorKind};

/// Waits for a future on the runtime that blocking calls share: for what has no method that ends with `_blocking`.
///
/// # Errors
/// Inside of an async runtime, whose other tasks would wait, too: the source of the error is [`InsideRuntime`] then. Or
/// when the thread for connections cannot be started.
pub fn block_on<F: Future>(future: F) -> Result<F::Output, TransportError> {
    if Handle::try_current().is_ok() {
        return Err(TransportError::new(
            TransportErrorKind::Refused,
            InsideRuntime,
        ));
    }
    Ok(runtime()?.block_on(future))
}

fn runtime() -> Result<&'static Runtime, TransportError> {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    let made = Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name(concat!(env!("CARGO_PKG_NAME"), "-blocking"))
        .enable_all()
        .build();
    let made = made.map_err(|error| TransportError::new(TransportErrorKind::Other, error))?;
    Ok(RUNTIME.get_or_init(|| made))
}

/// A blocking call was made inside of an async runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InsideRuntime;

impl fmt::Display for InsideRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a blocking call inside of an async runtime; `.await` the request there")
    }
}

impl std::error::Error for InsideRuntime {}

/// Calls without `async`.
impl<O: Operation> Request<O> {
    /// Sends the request, waits, and gives the response with status, headers, body and value.
    ///
    /// # Errors
    /// See [`Error`]. Inside of an async runtime it is one whose source is [`InsideRuntime`], and nothing is sent.
    pub fn send_blocking(self) -> ReadResult<O> {
        block_on(self.send()).unwrap_or_else(|error| Err(error.of(O::INFO, 0).into()))
    }

    /// Sends the request, waits, and gives the value, as `.await` does.
    ///
    /// # Errors
    /// As [`send_blocking`](Self::send_blocking).
    pub fn call_blocking(self) -> Result<O::Success, Error<O::Error>> {
        self.send_blocking().map(Response::into_value)
    }

    /// Waits for the begin of a stream.
    pub(super) fn open_blocking<T>(
        opening: impl Future<Output = Result<T, Error<O::Error>>>,
    ) -> Result<T, Error<O::Error>> {
        block_on(opening).unwrap_or_else(|error| Err(error.of(O::INFO, 0).into()))
    }
}

/// A stream as an iterator, which waits for each item; dereferences to the stream.
///
/// ```text
/// for book in client.books().list().stream_blocking() {
///     println!("{}", book?.title);
/// }
/// ```
#[must_use = "a stream does nothing until it is asked for its items"]
#[derive(Debug)]
pub struct Blocking<S> {
    stream: S,
    /// Whether it was asked inside of an async runtime, so that it ended with that error.
    is_refused: bool,
}

impl<S> Blocking<S> {
    /// An iterator over the items of a stream.
    pub fn new(stream: S) -> Self {
        let is_refused = false;
        Self { stream, is_refused }
    }

    /// The stream, to go on with `async`.
    pub fn into_inner(self) -> S {
        self.stream
    }
}

impl<S> Deref for Blocking<S> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.stream
    }
}

impl<S, T, E> Iterator for Blocking<S>
where
    S: Stream<Item = Result<T, E>> + Unpin,
    E: From<TransportError>,
{
    type Item = Result<T, E>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_refused {
            return None;
        }
        match block_on(next(&mut self.stream)) {
            Ok(item) => item,
            Err(error) => {
                self.is_refused = true;
                Some(Err(error.into()))
            }
        }
    }
}

async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    std::future::poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

/// What a reader fails with, which keeps the error.
pub(super) fn io_error(error: TransportError) -> io::Error {
    match error.is_timeout() {
        true => io::Error::new(io::ErrorKind::TimedOut, error),
        false => io::Error::other(error),
    }
}
