//! The end of an operation: since when it is deprecated, when it is gone, and what servers tell of it.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};

/// A time to the second, between the years 1970 and 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(DateTime<Utc>);

impl Moment {
    /// Reads a date, which stands for its first second in UTC, or a date with a time and an offset (RFC 3339, section
    /// 5.6); `None` where it is neither.
    ///
    /// ```
    /// # use specsmith_ir::Moment;
    /// assert_eq!(Moment::parse("2026-01-01"), Moment::parse("2026-01-01T01:00:00+01:00"));
    /// assert_eq!(Moment::parse("TBD"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let moment = match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            Ok(date) => date.and_time(NaiveTime::MIN).and_utc(),
            Err(_) => DateTime::parse_from_rfc3339(text).ok()?.to_utc(),
        };
        (1970..=9999).contains(&moment.year()).then_some(Self(moment))
    }

    /// As people read it: `2026-01-01`, with the time where it is not the first second of a day.
    pub fn date(self) -> String {
        match self.0.time() {
            NaiveTime::MIN => self.0.format("%Y-%m-%d").to_string(),
            _ => self.0.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        }
    }

    /// As a Date of Structured Field Values (RFC 9651, section 3.3.7): `@1767225600`.
    pub fn structured(self) -> String {
        format!("@{}", self.0.timestamp())
    }

    /// As an HTTP-date (RFC 9110, section 5.6.7): `Thu, 01 Jan 2026 00:00:00 GMT`.
    pub fn http_date(self) -> String {
        self.0.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }
}

/// What is known of the end of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Retirement {
    /// Since when it is deprecated.
    pub since: Option<Moment>,
    /// When it is gone; not before it is deprecated.
    pub sunset: Option<Moment>,
    /// Where people read about its deprecation; an address ([`is_address`]).
    pub link: Option<String>,
    /// Where people read about when it is gone; an address ([`is_address`]).
    pub sunset_link: Option<String>,
}

impl Retirement {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it is gone before it is deprecated, which nobody can mean (RFC 9745, section 4).
    pub fn is_backwards(&self) -> bool {
        matches!((self.since, self.sunset), (Some(since), Some(sunset)) if sunset < since)
    }

    /// The headers that tell it, with names in lower case: `deprecation` (RFC 9745), `sunset` (RFC 8594) and a `link`
    /// for each address. `deprecation` needs a date, so there is none where the date is not known.
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let mut headers = Vec::new();
        headers.extend(self.since.map(|since| ("deprecation", since.structured())));
        headers.extend(self.sunset.map(|sunset| ("sunset", sunset.http_date())));
        for (relation, link) in [("deprecation", &self.link), ("sunset", &self.sunset_link)] {
            let link = link.as_ref().filter(|link| is_address(link));
            headers.extend(link.map(|link| ("link", format!("<{link}>; rel=\"{relation}\""))));
        }
        headers
    }
}

/// Whether a text is the address of a page, as it can stand in a header: `https://..`, `http://..` or `/..`.
pub fn is_address(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"<>\"\\^`{|}".contains(&byte);
    ["https://", "http://", "/"].iter().any(|start| text.starts_with(start)) && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::{Moment, Retirement, is_address};

    #[test]
    fn moments_are_dates_of_three_notations() {
        for (text, seconds, date) in [
            ("2026-01-01", "@1767225600", "Thu, 01 Jan 2026 00:00:00 GMT"),
            (" 2027-06-30 ", "@1814313600", "Wed, 30 Jun 2027 00:00:00 GMT"),
            (
                "2026-01-01T12:30:05.9+02:00",
                "@1767263405",
                "Thu, 01 Jan 2026 10:30:05 GMT",
            ),
            ("1970-01-01", "@0", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ] {
            let moment = Moment::parse(text);
            assert_eq!(moment.map(Moment::structured).as_deref(), Some(seconds), "{text}");
            assert_eq!(moment.map(Moment::http_date).as_deref(), Some(date), "{text}");
            let again = moment.and_then(|moment| Moment::parse(&moment.date()));
            assert_eq!(again.map(Moment::http_date), moment.map(Moment::http_date), "{text}");
        }
        for text in [
            "TBD",
            "",
            "2026",
            "2026-13-01",
            "01/02/2026",
            "1969-12-31",
            "+12026-01-01",
            "2026-01-01T00:00:00",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_deprecation_without_a_date_is_not_told() {
        let mut retirement = Retirement {
            link: Some("https://example.com/moving".to_owned()),
            sunset: Moment::parse("2027-01-01"),
            ..Retirement::default()
        };
        let sunset = ("sunset", "Fri, 01 Jan 2027 00:00:00 GMT".to_owned());
        let link = ("link", "<https://example.com/moving>; rel=\"deprecation\"".to_owned());
        assert_eq!(retirement.headers(), [sunset.clone(), link.clone()]);
        retirement.since = Moment::parse("2026-01-01");
        let since = ("deprecation", "@1767225600".to_owned());
        assert_eq!(retirement.headers(), [since, sunset, link]);
        assert!(!retirement.is_backwards());
        retirement.sunset = Moment::parse("2025-12-31");
        assert!(retirement.is_backwards());
    }

    #[test]
    fn addresses_cannot_end_the_header() {
        for text in ["https://a.example/b?c=d#e", "/b", "http://a"] {
            assert!(is_address(text), "{text}");
        }
        for text in [
            "",
            "javascript:a",
            "a",
            "https://a>; rel=\"next\"",
            "/a\r\nb",
            "/ü",
            "/a b",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }
}
