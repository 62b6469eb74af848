//! Bodies of responses that are sent item by item.

use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

/// Why a stream breaks off.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// Items on their way; behind an error nothing is sent any more.
pub(crate) type Items<T> = Pin<Box<dyn Stream<Item = Result<T, BoxError>> + Send>>;

/// The items of a stream that cannot fail.
pub(crate) fn items<T: 'static, I: Into<T>>(
    stream: impl Stream<Item = I> + Send + 'static,
) -> Items<T> {
    Box::pin(Mapped {
        stream: Box::pin(stream),
        map: |item: I| Ok(item.into()),
    })
}

/// The items of a stream that can fail.
pub(crate) fn results<T: 'static, I: Into<T> + 'static, E: Into<BoxError> + 'static>(
    stream: impl Stream<Item = Result<I, E>> + Send + 'static,
) -> Items<T> {
    Box::pin(Mapped {
        stream: Box::pin(stream),
        map: |item: Result<I, E>| item.map(Into::into).map_err(Into::into),
    })
}

/// Items that are all there.
pub(crate) fn ready<T: Send + 'static>(items: Vec<T>) -> Items<T> {
    Box::pin(Ready(items.into_iter()))
}

/// A stream whose items become others.
pub(crate) struct Mapped<S, M> {
    pub(crate) stream: Pin<Box<S>>,
    pub(crate) map: M,
}

impl<S: Stream, T, M: FnMut(S::Item) -> T + Unpin> Stream for Mapped<S, M> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let item = ready!(self.stream.as_mut().poll_next(cx));
        Poll::Ready(item.map(|item| (self.map)(item)))
    }
}

struct Ready<T>(std::vec::IntoIter<T>);

impl<T> Unpin for Ready<T> {}

impl<T> Stream for Ready<T> {
    type Item = Result<T, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next().map(Ok))
    }
}
