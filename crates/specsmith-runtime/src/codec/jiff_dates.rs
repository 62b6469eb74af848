//! Dates and times of the crate `jiff`, as RFC 3339 writes them.

use std::fmt;
use std::str::FromStr;

use jiff::fmt::temporal::Pieces;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

/// A date and time with an offset (RFC 3339, section 5.6).
///
/// A [`Timestamp`] alone would forget the offset, and the text of a [`Zoned`] has a time zone, which RFC 3339 does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime {
    timestamp: Timestamp,
    offset: Offset,
}

impl DateTime {
    /// A moment, and the offset from UTC that it is written with.
    pub fn new(timestamp: Timestamp, offset: Offset) -> Self {
        Self { timestamp, offset }
    }

    /// The moment.
    pub fn timestamp(self) -> Timestamp {
        self.timestamp
    }

    /// The offset from UTC.
    pub fn offset(self) -> Offset {
        self.offset
    }

    /// The moment in the time zone of its offset.
    pub fn to_zoned(self) -> Zoned {
        self.timestamp.to_zoned(TimeZone::fixed(self.offset))
    }
}

impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        Self::new(timestamp, Offset::UTC)
    }
}

impl From<&Zoned> for DateTime {
    fn from(zoned: &Zoned) -> Self {
        Self::new(zoned.timestamp(), zoned.offset())
    }
}

impl From<Zoned> for DateTime {
    fn from(zoned: Zoned) -> Self {
        Self::from(&zoned)
    }
}

impl From<DateTime> for Timestamp {
    fn from(at: DateTime) -> Self {
        at.timestamp
    }
}

impl From<DateTime> for Zoned {
    fn from(at: DateTime) -> Self {
        at.to_zoned()
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.offset {
            Offset::UTC => write!(f, "{}", self.timestamp),
            offset => write!(f, "{}", self.timestamp.display_with_offset(offset)),
        }
    }
}

impl FromStr for DateTime {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        let timestamp = text.parse()?;
        let offset = Pieces::parse(text)?.to_numeric_offset();
        Ok(Self::new(timestamp, offset.unwrap_or(Offset::UTC)))
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(DateTimeVisitor)
    }
}

struct DateTimeVisitor;

impl Visitor<'_> for DateTimeVisitor {
    type Value = DateTime;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date and time with an offset")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<DateTime, E> {
        text.parse().map_err(E::custom)
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
