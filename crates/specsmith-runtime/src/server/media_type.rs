//! Media types of requests (RFC 9110, sections 8.3 and 12.5.1).

use std::borrow::Cow;

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;

/// `type/subtype` in lower case, without parameters.
pub(crate) fn essence(text: &str) -> Cow<'_, str> {
    let bare = text.split_once(';').map_or(text, |(bare, _)| bare).trim();
    match bare.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(bare.to_ascii_lowercase()),
        false => Cow::Borrowed(bare),
    }
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
    produced.is_empty() || preferred(headers, produced).is_some()
}

/// Which of these media types a client likes best: the first of those with the highest weight; `None` where it accepts
/// none. One that says nothing, or nothing that can be read, accepts everything.
pub(crate) fn preferred(headers: &HeaderMap, produced: &[&str]) -> Option<usize> {
    let lines = headers.get_all(ACCEPT).iter().map(|value| value.to_str());
    let lines: Vec<&str> = lines.collect::<Result<_, _>>().unwrap_or_default();
    let ranges = lines.iter().flat_map(|line| line.split(','));
    let ranges: Vec<&str> = ranges
        .map(str::trim)
        .filter(|range| !range.is_empty())
        .collect();
    if ranges.is_empty() {
        return (!produced.is_empty()).then_some(0);
    }
    let weights = produced
        .iter()
        .map(|produced| weight(&ranges, &essence(produced)));
    let mut best = None;
    for (index, weight) in weights.enumerate() {
        if weight > best.map_or(0, |(_, weight)| weight) {
            best = Some((index, weight));
        }
    }
    best.map(|(index, _)| index)
}

/// The weight of a type in thousandths: that of the most specific range that includes it, 0 where none does.
fn weight(ranges: &[&str], produced: &str) -> u16 {
    let specificity = |range: &str| match &*essence(range) {
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
    best.map_or(0, |range| weight_of(range))
}

/// The weight of a range in thousandths (RFC 9110, section 12.4.2).
fn weight_of(range: &str) -> u16 {
    let mut parameters = range
        .split(';')
        .skip(1)
        .filter_map(|parameter| parameter.split_once('='));
    let weight = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("q"));
    let weight = weight.and_then(|(_, weight)| weight.trim().parse::<f32>().ok());
    let weight = weight.map_or(1.0, |weight| weight.clamp(0.0, 1.0));
    (weight * 1000.0) as u16
}
