//! Limits of text that a type reads as something else: of what it writes, all is checked that the type does not say.

use crate::model::{Engine, Rule, RustType};

/// The rules that the text of some value of a type may break.
pub(super) fn without_implied(ty: &RustType, mut rules: Vec<Rule>) -> Vec<Rule> {
    let texts = texts(ty);
    if !texts.is_empty() {
        rules.retain(|rule| !texts.iter().all(|text| holds(rule, text)));
    }
    rules
}

/// Texts that say between them what a type writes; none for types that write any text.
fn texts(ty: &RustType) -> &'static [&'static str] {
    match ty {
        RustType::Date => &["1970-01-31", "2024-02-29"],
        RustType::DateTime => &[
            "1970-01-31T00:00:00Z",
            "2024-02-29T23:59:58.123Z",
            "2024-02-29T12:34:56.123456789-09:30",
        ],
        RustType::Uuid => &[
            "00000000-0000-0000-0000-000000000000",
            "01234567-89ab-1cde-8f01-23456789abcd",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
        ],
        RustType::Ipv4Addr => &["0.0.0.0", "192.168.255.255"],
        RustType::Ipv6Addr => &["::", "2001:db8::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
        RustType::IpAddr => &["0.0.0.0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
        _ => &[],
    }
}

fn holds(rule: &Rule, text: &str) -> bool {
    // All of these are ASCII.
    let length = text.len() as u64;
    match rule {
        Rule::MinLength(least) => length >= *least,
        Rule::MaxLength(most) => length <= *most,
        Rule::Pattern(pattern) if pattern.engine == Engine::Linear => {
            regex::Regex::new(&pattern.text).is_ok_and(|regex| regex.is_match(text))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
