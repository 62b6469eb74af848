//! Formats of strings: their names, and whether a text has one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use specsmith_ir::canonical_format;

/// What a text must be to have a format, where it has not; formats that generated servers do not check are not checked.
pub(crate) fn expected(format: &str, text: &str) -> Option<&'static str> {
    let (expected, holds) = match canonical_format(format).as_str() {
        "datetime" => ("a date and time with an offset", is_date_time(text)),
        "date" => ("a date", is_date(text)),
        "uuid" | "uuid1" | "uuid2" | "uuid3" | "uuid4" | "uuid5" | "uuid6" | "uuid7" | "uuid8" | "guid" => {
            ("a UUID", is_uuid(text))
        }
        "byte" | "base64" => ("base64 text", is_base64(text, "+/-_")),
        "base64url" => ("base64 text", is_base64(text, "-_")),
        "ipv4" => ("an IPv4 address", text.parse::<Ipv4Addr>().is_ok()),
        "ipv6" => ("an IPv6 address", text.parse::<Ipv6Addr>().is_ok()),
        "ip" => ("an IP address", text.parse::<IpAddr>().is_ok()),
        _ => return None,
    };
    (!holds).then_some(expected)
}

/// The least and the greatest value of a format of integers.
pub(crate) fn integers(format: &str) -> Option<(i128, i128)> {
    Some(match canonical_format(format).as_str() {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "int64" | "integer" | "int" | "long" => (i64::MIN.into(), i64::MAX.into()),
        "uint8" => (0, u8::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "uint64" | "uint" | "ulong" => (0, u64::MAX.into()),
        _ => return None,
    })
}

/// RFC 3339, section 5.6; a space may stand for `T`.
fn is_date_time(text: &str) -> bool {
    let Some((date, rest)) = text.split_at_checked(10) else {
        return false;
    };
    let Some(time) = rest.strip_prefix(['T', 't', ' ']) else {
        return false;
    };
    let Some((clock, rest)) = time.split_at_checked(8) else {
        return false;
    };
    let (fraction, zone) = match rest.strip_prefix('.') {
        Some(rest) => {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let (digits, zone) = rest.split_at(end);
            (!digits.is_empty(), zone)
        }
        None => (true, rest),
    };
    is_date(date) && is_clock(clock) && fraction && is_zone(zone)
}

fn is_clock(text: &str) -> bool {
    match numbers(text, ':').as_deref() {
        Some([hour, minute, second]) => *hour < 24 && *minute < 60 && *second <= 60,
        _ => false,
    }
}

fn is_zone(text: &str) -> bool {
    if matches!(text, "Z" | "z") {
        return true;
    }
    let offset = text.strip_prefix(['+', '-']).and_then(|text| numbers(text, ':'));
    matches!(offset.as_deref(), Some([hour, minute]) if *hour < 24 && *minute < 60)
}

fn is_date(text: &str) -> bool {
    let Some((year, rest)) = text.split_once('-') else {
        return false;
    };
    let (Some(year), Some(rest)) = (digits(year, 4), numbers(rest, '-')) else {
        return false;
    };
    let [month, day] = rest.as_slice() else { return false };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(day)
}

/// Numbers of two digits.
fn numbers(text: &str, separator: char) -> Option<Vec<u32>> {
    text.split(separator).map(|text| digits(text, 2)).collect()
}

fn digits(text: &str, count: usize) -> Option<u32> {
    let is_number = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// With hyphens, or without any.
fn is_uuid(text: &str) -> bool {
    let hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    matches!(lengths.as_slice(), [32] | [8, 4, 4, 4, 12]) && text.split('-').all(hex)
}

fn is_base64(text: &str, signs: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let is_digit = |c: char| c.is_ascii_alphanumeric() || signs.contains(c);
    let count = digits.chars().filter(|c| !c.is_ascii_whitespace()).count();
    digits.chars().all(|c| is_digit(c) || c.is_ascii_whitespace()) && count % 4 != 1
}
