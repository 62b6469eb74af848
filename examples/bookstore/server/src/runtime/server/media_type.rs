//! Media types of requests (RFC 9110, sections 8.3 and 12.5.1).

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;

/// `type/subtype` in lower case, without parameters.
pub(crate) fn essence(text: &str) -> String {
    text.split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Whether it is JSON: `application/json`, `text/json` or anything with the suffix `+json`.
pub(crate) fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// Whether a media type or range, such as `image/*`, includes a type.
pub(crate) fn matches(range: &str, essence: &str) -> bool {
    let range = self::essence(range);
    match range.strip_suffix("/*") {
        Some("*") => true,
        Some(main) => essence.split('/').next() == Some(main),
        None => range == essence,
    }
}

/// Whether one of several media types or ranges includes a type.
pub(crate) fn matches_any(ranges: &str, essence: &str) -> bool {
    ranges.split(',').any(|range| matches(range, essence))
}

/// Whether a client accepts any of these media types; one that says nothing accepts everything.
pub(crate) fn acceptable(headers: &HeaderMap, produced: &[&str]) -> bool {
    let mut ranges = Vec::new();
    for value in headers.get_all(ACCEPT) {
        let Ok(text) = value.to_str() else {
            return true;
        };
        ranges.extend(
            text.split(',')
                .map(str::trim)
                .filter(|range| !range.is_empty()),
        );
    }
    if ranges.is_empty() || produced.is_empty() {
        return true;
    }
    produced
        .iter()
        .any(|produced| accepts(&ranges, &essence(produced)))
}

/// Whether the most specific range that includes a type has a weight above zero.
fn accepts(ranges: &[&str], produced: &str) -> bool {
    let specificity = |range: &str| match essence(range).as_str() {
        "*/*" => 1,
        range if range.ends_with("/*") => 2,
        _ => 3,
    };
    // Either side may be the range: an operation can document `image/*`.
    let fits = |range: &&&str| matches(range, produced) || matches(produced, &essence(range));
    let best = ranges
        .iter()
        .filter(fits)
        .max_by_key(|range| specificity(range));
    best.is_some_and(|range| !is_refused(range))
}

fn is_refused(range: &str) -> bool {
    let mut parameters = range
        .split(';')
        .skip(1)
        .filter_map(|parameter| parameter.split_once('='));
    let weight = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("q"));
    weight.is_some_and(|(_, weight)| weight.trim().parse() == Ok(0.0_f32))
}
