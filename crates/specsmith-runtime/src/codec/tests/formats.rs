//! Dates, addresses, base64 and numbers, as documents and services write them.

use std::net::{IpAddr, Ipv6Addr};

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::{Base64, Base64Url, Uri, codec, from_json, jiff_dates, time_dates, to_json};

#[derive(Debug, Clone, PartialEq, Eq)]
struct Isbn(String);
codec!(newtype Isbn(String) text);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Home(Uri);
codec!(newtype Home(Uri) text);

#[derive(Debug, Clone, Copy, PartialEq)]
struct Level(i64);
codec!(newtype Level(i64) parsed);

#[derive(Debug, Clone, PartialEq)]
struct Forest(Vec<Forest>);
codec!(newtype Forest(Vec<Forest>));

#[test]
fn types_around_others_have_their_json() {
    assert_eq!(again::<Vec<Isbn>>("[\"978\"]"), "[\"978\"]");
    assert_eq!(again::<Level>("3"), "3");
    assert_eq!(again::<Forest>("[[],[[]]]"), "[[],[[]]]");
    assert!(from_json::<Level>(b"\"3\"").is_err());
}

#[test]
fn types_around_others_are_made_of_them_and_of_text() {
    let isbn = Isbn::from("978");
    assert_eq!((isbn.as_str(), isbn.to_string().as_str()), ("978", "978"));
    assert_eq!(String::from(isbn.clone()), "978");
    assert_eq!("978".parse(), Ok(isbn));
    assert_eq!(Home::from("/a").as_str(), "/a");
    assert_eq!("3".parse(), Ok(Level(3)));
    assert!("x".parse::<Level>().is_err());
    assert_eq!(Vec::from(Forest(vec![Forest(Vec::new())])).len(), 1);
}

/// What a JSON text is written as again.
fn again<T: DeserializeOwned + Serialize>(text: &str) -> String {
    let value: T = from_json(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
    String::from_utf8(to_json(&value).unwrap()).unwrap()
}

#[test]
fn every_library_reads_and_writes_rfc_3339() {
    for (text, expected) in [
        ("2026-05-04T03:02:01Z", "2026-05-04T03:02:01Z"),
        ("2026-05-04T03:02:01+02:00", "2026-05-04T03:02:01+02:00"),
        ("2026-05-04T03:02:01-09:30", "2026-05-04T03:02:01-09:30"),
        ("2026-05-04T03:02:01.123456Z", "2026-05-04T03:02:01.123456Z"),
        ("2026-05-04t03:02:01z", "2026-05-04T03:02:01Z"),
        ("2026-05-04 03:02:01Z", "2026-05-04T03:02:01Z"),
        ("2026-05-04T03:02:01+00:00", "2026-05-04T03:02:01Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ] {
        let (text, expected) = (format!("\"{text}\""), format!("\"{expected}\""));
        assert_eq!(again::<DateTime<FixedOffset>>(&text), expected, "chrono");
        assert_eq!(again::<jiff_dates::DateTime>(&text), expected, "jiff");
        assert_eq!(again::<time_dates::DateTime>(&text), expected, "time");
    }
}

#[test]
fn what_is_no_date_and_time_is_refused() {
    for text in [
        "2026-05-04",
        "2026-05-04T03:02:01",
        "2026-13-04T03:02:01Z",
        "today",
        "",
    ] {
        let text = format!("\"{text}\"");
        assert!(
            from_json::<DateTime<FixedOffset>>(text.as_bytes()).is_err(),
            "{text}"
        );
        assert!(
            from_json::<jiff_dates::DateTime>(text.as_bytes()).is_err(),
            "{text}"
        );
        assert!(
            from_json::<time_dates::DateTime>(text.as_bytes()).is_err(),
            "{text}"
        );
    }
}

#[test]
fn dates_keep_their_text() {
    for text in ["\"2024-02-29\"", "\"0001-01-01\"", "\"9999-12-31\""] {
        assert_eq!(again::<chrono::NaiveDate>(text), text, "chrono");
        assert_eq!(again::<jiff::civil::Date>(text), text, "jiff");
        assert_eq!(again::<time::Date>(text), text, "time");
    }
}

#[test]
fn offsets_are_kept_apart_from_moments() {
    let at: jiff_dates::DateTime = "2026-05-04T03:02:01+02:00".parse().unwrap();
    assert_eq!(at.timestamp().to_string(), "2026-05-04T01:02:01Z");
    assert_eq!(at.to_zoned().hour(), 3);
    assert_eq!(jiff_dates::DateTime::from(at.to_zoned()), at);
    let at: time_dates::DateTime = "2026-05-04T03:02:01+02:00".parse().unwrap();
    assert_eq!((at.0.hour(), at.0.offset().whole_hours()), (3, 2));
}

#[test]
fn addresses_of_hosts_are_canonical() {
    assert_eq!(again::<IpAddr>("\"192.0.2.1\""), "\"192.0.2.1\"");
    assert_eq!(again::<Ipv6Addr>("\"2001:DB8::1\""), "\"2001:db8::1\"");
    assert!(from_json::<IpAddr>(b"\"192.0.2.0/24\"").is_err());
}

#[test]
fn both_alphabets_of_base64_are_read_and_one_is_written() {
    for text in ["\"-_-_AA\"", "\"+/+/AA==\"", "\"+/+/AA\""] {
        assert_eq!(again::<Base64Url>(text), "\"-_-_AA\"");
        assert_eq!(again::<Base64>(text), "\"+/+/AA==\"");
    }
    assert_eq!(again::<Base64>(r#""+/+/\r\nAA==\n""#), "\"+/+/AA==\"");
}

#[test]
fn long_bytes_are_counted_for_debugging() {
    assert_eq!(format!("{:?}", Base64::from(vec![0, 0])), "Base64(AAA=)");
    assert_eq!(
        format!("{:?}", Base64Url::from(vec![0, 0])),
        "Base64Url(AAA)"
    );
    assert_eq!(
        format!("{:?}", Base64::from(vec![0; 99])),
        "Base64(99 bytes)"
    );
}

#[test]
fn whole_numbers_can_be_written_in_any_way() {
    assert_eq!(again::<Vec<i32>>("[1.0, -2e3, 30e-1, -0]"), "[1,-2000,3,0]");
    assert_eq!(
        again::<u64>("18446744073709551615.0"),
        "18446744073709551615"
    );
    assert_eq!(again::<u8>("2.55e2"), "255");
}

#[test]
fn numbers_are_refused_rather_than_cut() {
    for (text, expected) in [
        (
            "[1.5]",
            "expected a whole number of 64 bits, found a number at `[0]` (line 1, column 4)",
        ),
        (
            "[9223372036854775808]",
            "expected a whole number of 64 bits, found a number at `[0]` (line 1, column 20)",
        ),
        (
            "[1.0, 1.5]",
            "expected a whole number of 64 bits, found a number at `[1]` (line 1, column 9)",
        ),
        (
            "[1e30]",
            "expected a whole number of 64 bits, found a number at `[0]` (line 1, column 5)",
        ),
    ] {
        let error = from_json::<Vec<i64>>(text.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), expected, "{text}");
    }
    assert!(from_json::<u8>(b"256").is_err());
    assert!(from_json::<u32>(b"-1").is_err());
}
