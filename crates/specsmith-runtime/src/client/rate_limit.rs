//! What servers say about their limits: `Retry-After` and the headers of rate limits.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, HeaderName, RETRY_AFTER};

/// How much more a caller can ask of the server, as its headers say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many requests the current window has.
    pub limit: Option<u64>,
    /// How many of them are left.
    pub remaining: Option<u64>,
    /// When the next window begins, from the response on.
    pub reset: Option<Duration>,
}

/// When to send a request again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RetryAfter {
    In(Duration),
    /// The server does not say it, or not so that it can be understood.
    Unsaid,
}

/// Reads `retry-after-ms`, and `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3).
pub(super) fn retry_after(headers: &HeaderMap) -> RetryAfter {
    let milliseconds = HeaderName::from_static("retry-after-ms");
    let wait = seconds(text(headers, &milliseconds), 0.001)
        .or_else(|| seconds(text(headers, &RETRY_AFTER), 1.0))
        .or_else(|| {
            let date = httpdate::parse_http_date(text(headers, &RETRY_AFTER)?).ok()?;
            until(headers, date)
        });
    wait.map_or(RetryAfter::Unsaid, RetryAfter::In)
}

/// Reads `RateLimit`, `RateLimit-*` and `X-RateLimit-*`.
pub(super) fn rate_limit(headers: &HeaderMap) -> Option<RateLimit> {
    let fields = text(headers, &HeaderName::from_static("ratelimit"));
    let policy = text(headers, &HeaderName::from_static("ratelimit-policy"));
    let limit = of(
        headers,
        ["ratelimit-limit", "x-ratelimit-limit", "x-rate-limit-limit"],
    );
    let remaining = of(
        headers,
        [
            "ratelimit-remaining",
            "x-ratelimit-remaining",
            "x-rate-limit-remaining",
        ],
    );
    let reset = of(
        headers,
        ["ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset"],
    );
    let found = RateLimit {
        limit: number(limit)
            .or_else(|| number(member(fields, "limit").or_else(|| member(policy, "q")))),
        remaining: number(remaining)
            .or_else(|| number(member(fields, "remaining").or_else(|| member(fields, "r")))),
        reset: reset
            .and_then(|text| instant(headers, text))
            .or_else(|| seconds(member(fields, "reset").or_else(|| member(fields, "t")), 1.0)),
    };
    let says_something =
        found.limit.is_some() || found.remaining.is_some() || found.reset.is_some();
    says_something.then_some(found)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

fn of<'a>(headers: &'a HeaderMap, names: [&'static str; 3]) -> Option<&'a str> {
    names
        .into_iter()
        .find_map(|name| text(headers, &HeaderName::from_static(name)))
}

/// The number at the beginning: `100, 100;w=60` is 100.
fn number(text: Option<&str>) -> Option<u64> {
    let digits = text?.split([',', ';', ' ']).next()?;
    digits.parse().ok()
}

/// A member of a structured field: `"default";r=50;t=30`, `limit=100, remaining=50, reset=30`.
fn member<'a>(text: Option<&'a str>, name: &str) -> Option<&'a str> {
    let members = text?.split([',', ';']).map(str::trim);
    let mut pairs = members.filter_map(|member| member.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// A time that is not negative and can be counted.
fn seconds(text: Option<&str>, unit: f64) -> Option<Duration> {
    let number: f64 = text?.parse().ok()?;
    Duration::try_from_secs_f64(number * unit).ok()
}

/// When a window begins: seconds from now, or since 1970, or milliseconds since then, as is likely.
fn instant(headers: &HeaderMap, text: &str) -> Option<Duration> {
    const A_DATE: u64 = 1_000_000_000;
    const IN_MILLISECONDS: u64 = 1_000 * A_DATE;
    let number = number(Some(text))?;
    match number {
        ..A_DATE => Some(Duration::from_secs(number)),
        A_DATE..IN_MILLISECONDS => until(
            headers,
            SystemTime::UNIX_EPOCH + Duration::from_secs(number),
        ),
        _ => until(
            headers,
            SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(number))?,
        ),
    }
}

/// How long it is to a date by the clock of the server, or by that of the machine; zero where it is past.
fn until(headers: &HeaderMap, date: SystemTime) -> Option<Duration> {
    let said = text(headers, &DATE).and_then(|date| httpdate::parse_http_date(date).ok());
    let now = said.or_else(now)?;
    Some(date.duration_since(now).unwrap_or_default())
}

/// The time by the clock of the machine.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn now() -> Option<SystemTime> {
    Some(SystemTime::now())
}

/// The clock of the standard library panics there.
#[cfg(target_arch = "wasm32")]
pub(super) fn now() -> Option<SystemTime> {
    let since_1970 = Duration::try_from_secs_f64(js_sys::Date::now() / 1000.0).ok()?;
    SystemTime::UNIX_EPOCH.checked_add(since_1970)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter().map(|(name, text)| {
            (
                HeaderName::from_static(name),
                http::HeaderValue::from_static(text),
            )
        });
        pairs.collect()
    }

    #[test]
    fn retry_after_is_read_in_every_form() {
        let date = ("date", "Fri, 21 Nov 2025 10:00:00 GMT");
        let after = |text| retry_after(&headers(&[date, ("retry-after", text)]));
        let seconds = |seconds| RetryAfter::In(Duration::from_secs(seconds));
        assert_eq!(after("120"), seconds(120));
        assert_eq!(after("0"), seconds(0));
        assert_eq!(after("1.5"), RetryAfter::In(Duration::from_millis(1500)));
        assert_eq!(after("Fri, 21 Nov 2025 10:01:30 GMT"), seconds(90));
        assert_eq!(after("Friday, 21-Nov-25 10:01:30 GMT"), seconds(90));
        assert_eq!(after("Fri Nov 21 10:01:30 2025"), seconds(90));
        assert_eq!(after("Fri, 21 Nov 2025 09:00:00 GMT"), seconds(0));
        assert_eq!(after("18446744073709551615000"), RetryAfter::Unsaid);
        for absurd in [
            "-1",
            "soon",
            "",
            "NaN",
            "inf",
            "1e400",
            "Fri, 99 Nov 2025 09:00:00 GMT",
        ] {
            assert_eq!(after(absurd), RetryAfter::Unsaid, "{absurd}");
        }
        let both = headers(&[("retry-after", "2"), ("retry-after-ms", "250")]);
        assert_eq!(
            retry_after(&both),
            RetryAfter::In(Duration::from_millis(250))
        );
        assert_eq!(retry_after(&HeaderMap::new()), RetryAfter::Unsaid);
    }

    #[test]
    fn limits_are_read_in_every_form() {
        let date = ("date", "Fri, 21 Nov 2025 10:00:00 GMT");
        let all = RateLimit {
            limit: Some(100),
            remaining: Some(40),
            reset: Some(Duration::from_secs(30)),
        };
        for pairs in [
            [
                ("x-ratelimit-limit", "100"),
                ("x-ratelimit-remaining", "40"),
                ("x-ratelimit-reset", "1763719230"),
            ],
            [
                ("ratelimit-limit", "100, 100;w=60"),
                ("ratelimit-remaining", "40"),
                ("ratelimit-reset", "30"),
            ],
            [
                ("x-rate-limit-limit", "100"),
                ("x-rate-limit-remaining", "40"),
                ("x-rate-limit-reset", "1763719230000"),
            ],
            [
                ("ratelimit", "\"default\";r=40;t=30"),
                ("ratelimit-policy", "\"default\";q=100;w=60"),
                ("x-other", ""),
            ],
            [
                ("ratelimit", "limit=100, remaining=40, reset=30"),
                ("x-a", ""),
                ("x-b", ""),
            ],
        ] {
            let mut headers = headers(&pairs);
            headers.insert(DATE, http::HeaderValue::from_static(date.1));
            assert_eq!(rate_limit(&headers), Some(all), "{pairs:?}");
        }
        assert_eq!(
            rate_limit(&headers(&[date, ("x-ratelimit-limit", "many")])),
            None
        );
        let past = headers(&[date, ("x-ratelimit-reset", "1000000001")]);
        assert_eq!(rate_limit(&past).unwrap().reset, Some(Duration::ZERO));
        let absurd = headers(&[date, ("x-ratelimit-reset", "18446744073709551615")]);
        assert!(rate_limit(&absurd).is_some());
    }
}
