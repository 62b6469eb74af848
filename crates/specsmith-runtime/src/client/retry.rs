//! [`RetryPolicy`]: which calls are sent again, when, and within which budget.
//!
//! A call is sent again where that cannot do twice what was asked for once: its method is idempotent (RFC 9110, section
//! 9.2.2), it has an idempotency key, or no connection was made. Waiting is exponential with full jitter, or what
//! the server says in `Retry-After`. All calls of a client share a budget, so that a server that is down is not
//! flooded: a retry costs tokens, a success gives them back.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::rate_limit::{RetryAfter, retry_after};
use super::{Error, OpenResponse, RawResponse, Timeout, TransportError, TransportErrorKind};

/// Which calls are sent again, and when.
///
/// ```text
/// RetryPolicy::new().max_attempts(5).max_backoff(Duration::from_secs(5))
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    max_attempts: u32,
    backoff: Duration,
    max_backoff: Duration,
    max_retry_after: Duration,
    statuses: &'static [u16],
    methods: Methods,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Methods {
    Idempotent,
    Any,
}

/// Request Timeout, Too Early, Too Many Requests, and what servers and gateways say when they cannot answer now.
const STATUSES: &[u16] = &[408, 425, 429, 500, 502, 503, 504];

impl RetryPolicy {
    /// At most three attempts, half a second of backoff that doubles up to 20 seconds, and the statuses 408, 425, 429,
    /// 500, 502, 503 and 504.
    pub const fn new() -> Self {
        Self {
            max_attempts: 3,
            backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(20),
            max_retry_after: Duration::from_secs(60),
            statuses: STATUSES,
            methods: Methods::Idempotent,
        }
    }

    /// No call is sent again.
    pub const fn never() -> Self {
        Self::new().max_attempts(1)
    }

    /// Sets how often a request is sent at most, the first time included.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the longest wait before the first retry; it doubles with each one. The wait is a random part of it.
    pub const fn backoff(mut self, longest: Duration) -> Self {
        self.backoff = longest;
        self
    }

    /// Sets the longest wait before any retry, but where the server says how long.
    pub const fn max_backoff(mut self, longest: Duration) -> Self {
        self.max_backoff = longest;
        self
    }

    /// Sets how long a server can ask to wait; where it asks for more, the call ends with its answer.
    pub const fn max_retry_after(mut self, longest: Duration) -> Self {
        self.max_retry_after = longest;
        self
    }

    /// Sets the statuses that are worth another attempt.
    pub const fn statuses(mut self, statuses: &'static [u16]) -> Self {
        self.statuses = statuses;
        self
    }

    /// Sends calls of every method again, also those that may then do twice what was asked for once.
    pub const fn any_method(mut self) -> Self {
        self.methods = Methods::Any;
        self
    }

    /// How long to wait before another attempt, and its price; `None` where this is the end of the call.
    pub(super) fn next(
        &self,
        attempts: u32,
        repeatable: bool,
        ended: &Result<Box<OpenResponse>, Error>,
    ) -> Option<Retry> {
        if attempts >= self.max_attempts {
            return None;
        }
        let may_repeat = repeatable || self.methods == Methods::Any;
        let backoff = || jitter(self.longest(attempts));
        match ended {
            Ok(response) => {
                let head = response.head();
                let is_listed = self.statuses.contains(&head.status().as_u16());
                if head.status().is_success() && !is_listed {
                    return None;
                }
                let again = should_retry(head).unwrap_or(is_listed);
                if !again || !may_repeat {
                    return None;
                }
                let wait = match retry_after(head.headers()) {
                    RetryAfter::In(wait) if wait > self.max_retry_after => return None,
                    RetryAfter::In(wait) if !wait.is_zero() => wait,
                    RetryAfter::In(_) | RetryAfter::Unsaid => backoff(),
                };
                Some(Retry { wait, cost: COST })
            }
            Err(Error::Transport(error) | Error::Timeout(error)) => {
                let again = error.is_connect() || may_repeat;
                let cost = match error.is_timeout() {
                    true => COST_OF_TIMEOUT,
                    false => COST,
                };
                (is_transient(error) && again).then(|| Retry {
                    wait: backoff(),
                    cost,
                })
            }
            // Without a token nothing was sent.
            Err(Error::Token(failure)) if failure.error().is_retryable() => Some(Retry {
                wait: backoff(),
                cost: COST,
            }),
            Err(_) => None,
        }
    }

    /// How long to wait after so many attempts that failed; `None` where there is no further one.
    pub(super) fn wait(&self, failures: u32) -> Option<Duration> {
        (failures < self.max_attempts).then(|| jitter(self.longest(failures.saturating_add(1))))
    }

    /// The longest wait after so many attempts.
    fn longest(&self, attempts: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        self.backoff.saturating_mul(doubled).min(self.max_backoff)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// Another attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Retry {
    pub(super) wait: Duration,
    pub(super) cost: u32,
}

/// Whether the same request can succeed later, as far as the fault tells.
pub(super) fn is_transient(error: &TransportError) -> bool {
    match error.kind() {
        TransportErrorKind::Connect | TransportErrorKind::Reset => true,
        TransportErrorKind::Timeout(timeout) => timeout != Timeout::Total,
        _ => false,
    }
}

/// Whether the same request can succeed later, as far as the status tells.
pub(super) fn is_retryable(response: &RawResponse) -> bool {
    should_retry(response).unwrap_or_else(|| STATUSES.contains(&response.status().as_u16()))
}

/// What some servers say about it in so many words.
fn should_retry(response: &RawResponse) -> Option<bool> {
    response.header("x-should-retry")?.parse().ok()
}

/// A random part of a time.
fn jitter(longest: Duration) -> Duration {
    let random = super::random::random() >> 32;
    let share = random as f64 / f64::from(u32::MAX);
    longest.mul_f64(share.min(1.0))
}

/// What the retries of all calls of a client can cost together.
#[derive(Debug)]
pub(super) struct RetryBudget(AtomicU32);

const TOKENS: u32 = 500;
const COST: u32 = 5;
const COST_OF_TIMEOUT: u32 = 10;

impl RetryBudget {
    pub(super) fn new() -> Self {
        Self(AtomicU32::new(TOKENS))
    }

    /// Takes the price of a retry; `false` where the budget does not have it.
    pub(super) fn take(&self, cost: u32) -> bool {
        let take = |tokens: u32| tokens.checked_sub(cost);
        let taken = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
        taken.is_ok()
    }

    /// Gives back the price of the retry that succeeded, and a token for a success at once.
    pub(super) fn give(&self, cost: u32) {
        let give = |tokens: u32| (tokens < TOKENS).then(|| TOKENS.min(tokens + cost.max(1)));
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, give);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_up_to_a_limit() {
        let policy = RetryPolicy::new();
        let longest = |attempts| policy.longest(attempts).as_millis();
        assert_eq!(
            [1, 2, 3, 6, 7, 1000].map(longest),
            [500, 1000, 2000, 16_000, 20_000, 20_000]
        );
        let waits = Vec::from_iter((0..64).map(|_| jitter(Duration::from_secs(1))));
        assert!(waits.iter().all(|wait| *wait <= Duration::from_secs(1)));
        let (least, most) = (waits.iter().min(), waits.iter().max());
        assert!(least < Some(&Duration::from_millis(400)), "{least:?}");
        assert!(most > Some(&Duration::from_millis(600)), "{most:?}");
    }

    #[test]
    fn a_budget_runs_out_and_comes_back() {
        let budget = RetryBudget::new();
        let retries = |cost| {
            std::iter::repeat_with(|| budget.take(cost))
                .take_while(|taken| *taken)
                .count()
        };
        assert_eq!(retries(COST), 100);
        budget.give(COST);
        assert_eq!(retries(COST), 1);
        for _ in 0..12 {
            budget.give(0);
        }
        assert_eq!((retries(COST_OF_TIMEOUT), retries(COST)), (1, 0));
        for _ in 0..1000 {
            budget.give(COST);
        }
        assert_eq!(retries(COST), 100);
    }
}
