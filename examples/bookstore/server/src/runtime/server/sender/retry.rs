//! How often and when a delivery is sent again.

use std::time::{Duration, SystemTime};

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, StatusCode};

use super::Ended;
use super::delivery::random;

/// How often and when a delivery is sent again: with growing waits, of which a random part is waited.
///
/// What is sent again is what got no answer, or one of 408, 429 and the errors of servers (5xx). Other answers are final,
/// above all `410 Gone`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Retries {
    max_attempts: u32,
    backoff: Duration,
    max_backoff: Duration,
    max_retry_after: Duration,
}

impl Retries {
    /// At most five attempts, with waits of up to 1, 2, 4 and 8 seconds.
    pub const fn new() -> Self {
        Self {
            max_attempts: 5,
            backoff: Duration::from_secs(1),
            max_backoff: Duration::from_secs(60),
            max_retry_after: Duration::from_secs(60),
        }
    }

    /// Nothing is sent again.
    pub const fn never() -> Self {
        Self::new().max_attempts(1)
    }

    /// Sets how often a delivery is sent at most, the first time included.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the longest wait before the second attempt; it doubles with each one.
    pub const fn backoff(mut self, longest: Duration) -> Self {
        self.backoff = longest;
        self
    }

    /// Sets the longest wait before any attempt, but where the receiver says how long.
    pub const fn max_backoff(mut self, longest: Duration) -> Self {
        self.max_backoff = longest;
        self
    }

    /// Sets how long a receiver can ask to wait by `Retry-After`; where it asks for more, its answer is final.
    pub const fn max_retry_after(mut self, longest: Duration) -> Self {
        self.max_retry_after = longest;
        self
    }

    /// How long to wait before another attempt; `None` where there is none.
    pub(super) fn wait(&self, attempts: u32, ended: &Ended) -> Option<Duration> {
        if attempts >= self.max_attempts {
            return None;
        }
        let asked = match ended {
            Ended::Refused(_) => return None,
            Ended::Failure(_) | Ended::Timeout => None,
            Ended::Answer(response) if !is_passing(response.status()) => return None,
            Ended::Answer(response) => retry_after(response.headers(), SystemTime::now()),
        };
        match asked {
            Some(asked) if asked > self.max_retry_after => None,
            Some(asked) if !asked.is_zero() => Some(asked),
            _ => Some(jitter(self.longest(attempts))),
        }
    }

    fn longest(&self, attempts: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        self.backoff.saturating_mul(doubled).min(self.max_backoff)
    }
}

impl Default for Retries {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether another attempt may end otherwise.
fn is_passing(status: StatusCode) -> bool {
    status.is_server_error() || matches!(status.as_u16(), 408 | 429)
}

/// How long a receiver asks to wait, in seconds or until a date (RFC 9110, section 10.2.3).
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    match text.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => {
            let at = httpdate::parse_http_date(text).ok()?;
            Some(at.duration_since(now).unwrap_or_default())
        }
    }
}

/// A random part of a wait, at least half of it: receivers that are down should not be asked at once again.
fn jitter(longest: Duration) -> Duration {
    let half = longest / 2;
    let part = f64::from(u32::try_from(random() >> 32).unwrap_or(u32::MAX)) / f64::from(u32::MAX);
    half + half.mul_f64(part)
}
