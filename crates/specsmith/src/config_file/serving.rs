//! What the table `server` of a configuration file says about operations: limits of bodies, and deprecations.

use specsmith_ir::pagination::Written;
use specsmith_ir::{Moment, Retirement, is_address};

use super::reader::{Entry, Reader};
use crate::serving::Serving;

/// The units of sizes, with how many bytes they are.
const UNITS: [(&str, u64); 7] = [
    ("", 1),
    ("kB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
];

/// The keys of a deprecation.
const KEYS: [&str; 4] = ["since", "sunset", "link", "sunset-link"];

/// Reads `body-limit`, `body-limits` or `deprecations`.
pub(super) fn option(serving: &mut Serving, entry: &Entry<'_>, reader: &mut Reader<'_>) {
    match entry.key {
        "body-limit" => serving.body_limit = size(entry, reader),
        "body-limits" => {
            for entry in reader.table(entry) {
                let size = size(&entry, reader);
                serving.body_limits.extend(size.map(|size| (operation(&entry), size)));
            }
        }
        _ => {
            for entry in reader.table(entry) {
                let retirement = retirement(&entry, reader);
                serving
                    .retirements
                    .extend(retirement.map(|retirement| (operation(&entry), retirement)));
            }
        }
    }
}

/// The operation that a key names.
fn operation(entry: &Entry<'_>) -> Written {
    Written {
        text: entry.key.to_owned(),
        location: entry.place,
    }
}

/// A number of bytes, with a unit or without one.
fn size(entry: &Entry<'_>, reader: &mut Reader<'_>) -> Option<u64> {
    let (text, place) = reader.scalar_as(entry, "a number of bytes")?;
    let size = parse_size(&text);
    if size.is_none() {
        let message = format!("`{}` is no number of bytes", text.escape_debug());
        let help = "such as `65536`, `\"500kB\"` or `\"64MiB\"`".to_owned();
        reader.report(message, place, "cannot be read", Some(help));
    }
    size
}

fn parse_size(text: &str) -> Option<u64> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '_');
    let (number, unit) = text.split_at(digits.unwrap_or(text.len()));
    let (_, bytes) = UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit.trim()))?;
    number.replace('_', "").parse::<u64>().ok()?.checked_mul(*bytes)
}

/// `{ since = "2026-01-01", sunset = "2027-01-01", link = "https://.." }`
fn retirement(entry: &Entry<'_>, reader: &mut Reader<'_>) -> Option<Retirement> {
    let (mut retirement, before) = (Retirement::default(), reader.reported());
    for entry in reader.table(entry) {
        match entry.key {
            "since" => retirement.since = moment(&entry, reader),
            "sunset" => retirement.sunset = moment(&entry, reader),
            "link" => retirement.link = address(&entry, reader),
            "sunset-link" => retirement.sunset_link = address(&entry, reader),
            _ => reader.unknown(&entry, "server.deprecations", &KEYS),
        }
    }
    if reader.reported() != before {
        return None;
    }
    let fault = if retirement.is_empty() {
        "says nothing"
    } else if retirement.is_backwards() {
        "is gone before it is deprecated"
    } else {
        return Some(retirement);
    };
    let message = format!("`{}` {fault}", entry.name);
    let help = "`since` is a date, and `sunset` one that is not before it".to_owned();
    reader.report(message, entry.place, "", Some(help));
    None
}

fn moment(entry: &Entry<'_>, reader: &mut Reader<'_>) -> Option<Moment> {
    let (text, place) = reader.date(entry)?;
    let moment = Moment::parse(&text);
    if moment.is_none() {
        let message = format!("`{}` is no date", text.escape_debug());
        let help = "such as `\"2026-01-01\"` or `\"2026-01-01T12:00:00Z\"`".to_owned();
        reader.report(message, place, "cannot be read", Some(help));
    }
    moment
}

fn address(entry: &Entry<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let (text, place) = reader.scalar(entry)?;
    if is_address(&text) {
        return Some(text);
    }
    let message = format!("`{}` is not the address of a page", text.escape_debug());
    let help = "it begins with `https://` or `/` and has only characters of addresses".to_owned();
    reader.report(message, place, "cannot be used", Some(help));
    None
}

#[cfg(test)]
mod tests {
    use super::parse_size;

    #[test]
    fn sizes_have_units() {
        for (text, bytes) in [
            ("65536", Some(65_536)),
            ("65_536", Some(65_536)),
            ("500kB", Some(500_000)),
            ("2 MiB", Some(2 << 20)),
            ("8GIB", Some(8 << 30)),
            ("0", Some(0)),
            ("", None),
            ("MiB", None),
            ("1.5MiB", None),
            ("-1", None),
            ("2 MiBs", None),
            ("99999999999999999999", None),
            ("99999999999GiB", None),
        ] {
            assert_eq!(parse_size(text), bytes, "{text}");
        }
    }
}
