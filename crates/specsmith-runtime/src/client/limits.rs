//! [`RateLimiter`] and [`CircuitBreaker`]: middleware that spares the server.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::timer::{self, Instant};
use super::{Body, Exchange, Middleware, Next, TransportError, TransportErrorKind};

/// Lets so many requests pass in a time, and makes the others wait.
///
/// ```text
/// Client::builder().middleware(RateLimiter::new(100, Duration::from_secs(1)))
/// ```
///
/// The wait is part of the time that an attempt has.
#[derive(Debug)]
pub struct RateLimiter {
    /// The time that one request takes up.
    share: Duration,
    /// How far the requests that pass at once can be ahead.
    ahead: Duration,
    /// When all that has passed is used up.
    until: Mutex<Option<Instant>>,
}

impl RateLimiter {
    /// A limit of so many requests in each window of time, all of which can pass at once; zero counts as one.
    pub fn new(requests: u32, window: Duration) -> Self {
        let share = window / requests.max(1);
        Self {
            share,
            ahead: window.saturating_sub(share),
            until: Mutex::new(None),
        }
    }

    /// Takes a place, and says how long it is until it comes.
    fn take(&self, now: Instant) -> Duration {
        let mut until = lock(&self.until);
        let start = until.unwrap_or(now).max(now);
        *until = start.checked_add(self.share);
        start
            .saturating_duration_since(now)
            .saturating_sub(self.ahead)
    }
}

impl Middleware for RateLimiter {
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> Exchange<'a> {
        Box::pin(async move {
            let wait = self.take(Instant::now());
            if !wait.is_zero() {
                timer::sleep(wait).await;
            }
            next.send(request).await
        })
    }
}

/// Sends nothing for a while after so many failures in a row, so that a server that is down can come back.
///
/// Failures are faults of the connection and the statuses 500, 502, 503 and 504. After the pause one request is let through; it
/// decides whether there is another pause. Requests that are held back fail at once with
/// [`TransportErrorKind::Refused`], and are not retried.
#[derive(Debug)]
pub struct CircuitBreaker {
    failures: u32,
    pause: Duration,
    state: Mutex<State>,
}

#[derive(Debug, Clone, Copy)]
enum State {
    /// All is well, but for so many failures in a row.
    Closed(u32),
    /// Nothing is sent until then.
    Open(Instant),
    /// One request is on its way, which decides.
    Probing,
}

/// The error of a request that a [`CircuitBreaker`] holds back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CircuitOpen;

impl fmt::Display for CircuitOpen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the circuit breaker is open after failures of the server")
    }
}

impl std::error::Error for CircuitOpen {}

impl CircuitBreaker {
    /// A breaker that opens after so many failures in a row, for this time; zero counts as one.
    pub fn new(failures: u32, pause: Duration) -> Self {
        Self {
            failures: failures.max(1),
            pause,
            state: Mutex::new(State::Closed(0)),
        }
    }

    /// Lets a request through, or not.
    fn enter(&self, now: Instant) -> Result<Passage<'_>, TransportError> {
        let mut state = lock(&self.state);
        let before = *state;
        match before {
            State::Closed(_) => {}
            State::Open(until) if until <= now => *state = State::Probing,
            State::Open(_) | State::Probing => {
                return Err(TransportError::new(
                    TransportErrorKind::Refused,
                    CircuitOpen,
                ));
            }
        }
        Ok(Passage {
            breaker: self,
            before,
            is_over: false,
        })
    }
}

/// A request that was let through.
struct Passage<'a> {
    breaker: &'a CircuitBreaker,
    /// The state in which it was.
    before: State,
    is_over: bool,
}

impl Passage<'_> {
    fn succeeded(mut self) {
        self.is_over = true;
        *lock(&self.breaker.state) = State::Closed(0);
    }

    fn failed(mut self, now: Instant) {
        self.is_over = true;
        let mut state = lock(&self.breaker.state);
        let failures = match *state {
            State::Closed(failures) => failures.saturating_add(1),
            // Others have opened it meanwhile, or this was the probe.
            State::Open(_) | State::Probing => self.breaker.failures,
        };
        let until = now.checked_add(self.breaker.pause);
        *state = match until {
            Some(until) if failures >= self.breaker.failures => State::Open(until),
            _ => State::Closed(failures),
        };
    }
}

/// A call that is dropped says nothing about the server: the next one probes.
impl Drop for Passage<'_> {
    fn drop(&mut self) {
        if !self.is_over && matches!(self.before, State::Open(_)) {
            *lock(&self.breaker.state) = self.before;
        }
    }
}

impl Middleware for CircuitBreaker {
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> Exchange<'a> {
        Box::pin(async move {
            let passage = self.enter(Instant::now())?;
            let answer = next.send(request).await;
            let is_failure = answer.as_ref().map_or(true, |response| {
                matches!(response.status().as_u16(), 500 | 502..=504)
            });
            match is_failure {
                true => passage.failed(Instant::now()),
                false => passage.succeeded(),
            }
            answer
        })
    }
}

/// What a panic of another thread leaves is whole: it is written at once.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
