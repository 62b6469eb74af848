//! How long a connection may be quiet: what is waited for says how long.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use hyper::body::{Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

/// What a connection waits for, and until when.
#[derive(Debug)]
pub(super) struct Clock {
    header_timeout: Duration,
    idle_timeout: Duration,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    phase: Phase,
    /// How many requests are being answered.
    requests: usize,
    /// When the connection ends unless a request comes; of a head that has begun, once there is more to wait for.
    deadline: Option<Instant>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing has come yet.
    New,
    /// Nothing of the next request has come.
    Idle,
    /// A part of the head of a request has come.
    Head,
    /// It has frames that say nothing of requests: HTTP/2.
    Framed,
    /// It is no longer for requests.
    Upgraded,
}

impl Clock {
    pub(super) fn new(header_timeout: Duration, idle_timeout: Duration) -> Self {
        Self {
            header_timeout,
            idle_timeout,
            state: Mutex::new(State {
                phase: Phase::New,
                requests: 0,
                deadline: None,
            }),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Bytes have come.
    fn heard(&self, bytes: &[u8]) {
        let mut state = self.state();
        match state.phase {
            Phase::New if bytes.starts_with(b"PRI ") => {
                state.phase = Phase::Framed;
                state.deadline = Some(Instant::now() + self.idle_timeout);
            }
            // The first head has the time since the connection began.
            Phase::New => state.phase = Phase::Head,
            Phase::Idle if state.requests == 0 => {
                state.phase = Phase::Head;
                state.deadline = None;
            }
            _ => {}
        }
    }

    /// The head of a request is there; until what is returned is dropped, it is being answered.
    pub(super) fn request(self: Arc<Self>) -> Busy {
        let mut state = self.state();
        state.requests += 1;
        if state.phase == Phase::Head {
            state.phase = Phase::Idle;
        }
        drop(state);
        Busy(self)
    }

    /// Whatever comes from now on is not HTTP.
    pub(super) fn upgrade(&self) {
        self.state().phase = Phase::Upgraded;
    }

    /// When the connection ends unless something comes; never while a request is being answered.
    fn deadline(&self) -> Deadline {
        let mut state = self.state();
        match state.phase {
            Phase::Upgraded => Deadline::Never,
            _ if state.requests > 0 => Deadline::NotYet,
            _ => Deadline::At(
                *state
                    .deadline
                    .get_or_insert_with(|| Instant::now() + self.header_timeout),
            ),
        }
    }
}

/// When a connection ends unless something comes.
enum Deadline {
    At(Instant),
    /// That is known once the requests are answered; it is the time of an idle connection later, or more.
    NotYet,
    Never,
}

/// A request that is being answered.
#[derive(Debug)]
pub(super) struct Busy(Arc<Clock>);

impl Drop for Busy {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.requests -= 1;
        if state.requests == 0 {
            state.deadline = Some(Instant::now() + self.0.idle_timeout);
        }
    }
}

/// The body of a response; with it the request ends.
#[derive(Debug)]
pub(super) struct Answer {
    body: Body,
    _request: Busy,
}

impl Answer {
    pub(super) fn new(body: Body, request: Busy) -> Self {
        Self {
            body,
            _request: request,
        }
    }
}

impl hyper::body::Body for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A stream that fails when its clock has run out.
pub(super) struct TimedIo<T> {
    io: T,
    clock: Arc<Clock>,
    /// Ends at the deadline or before it: that the deadline moved on is seen when this ends, so that the many requests
    /// of a connection do not cost a timer each. It never ends later than an idle connection would from now on, since
    /// nothing looks at it when a request is answered.
    reading: Pin<Box<Sleep>>,
    /// Runs while the other side takes nothing.
    writing: Option<Pin<Box<Sleep>>>,
}

impl<T> TimedIo<T> {
    pub(super) fn new(io: T, clock: Arc<Clock>) -> Self {
        let end = Instant::now() + clock.header_timeout.min(clock.idle_timeout);
        Self {
            io,
            clock,
            reading: Box::pin(tokio::time::sleep_until(end)),
            writing: None,
        }
    }

    fn poll_quiet(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut deadline = match self.clock.deadline() {
            Deadline::Never => return Poll::Pending,
            Deadline::At(deadline) => Some(deadline),
            Deadline::NotYet => None,
        };
        if let Some(earlier) = deadline.filter(|deadline| *deadline < self.reading.deadline()) {
            self.reading.as_mut().reset(earlier);
        }
        loop {
            ready!(self.reading.as_mut().poll(cx));
            let now = Instant::now();
            let idle = now + self.clock.idle_timeout;
            let later = *deadline.get_or_insert(idle);
            if later <= now {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.reading.as_mut().reset(later.min(idle));
        }
    }

    fn or_stalled<A>(
        &mut self,
        cx: &mut Context<'_>,
        polled: Poll<io::Result<A>>,
    ) -> Poll<io::Result<A>> {
        if polled.is_ready() {
            self.writing = None;
            return polled;
        }
        let timeout = self.clock.idle_timeout;
        let stalled = self
            .writing
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(timeout)));
        ready!(stalled.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for TimedIo<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        match Pin::new(&mut self.io).poll_read(cx, buffer) {
            Poll::Pending => self.poll_quiet(cx),
            Poll::Ready(result) => {
                match buffer.filled().get(before..) {
                    Some(bytes) if !bytes.is_empty() => self.clock.heard(bytes),
                    _ => {}
                }
                Poll::Ready(result)
            }
        }
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for TimedIo<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.io).poll_write(cx, bytes);
        self.or_stalled(cx, polled)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.io).poll_write_vectored(cx, slices);
        self.or_stalled(cx, polled)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.io).poll_flush(cx);
        self.or_stalled(cx, polled)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.io).poll_shutdown(cx);
        self.or_stalled(cx, polled)
    }
}
