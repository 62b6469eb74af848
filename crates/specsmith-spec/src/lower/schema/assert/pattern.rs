//! Whether a name can match two things that are said about members at once, as far as can be seen without an engine.

use crate::{Node, lower::schema::part::Part};

/// Whether a member of parts can match a pattern and be a property, or match two patterns.
///
/// Shapes have one type for each member, the first that applies.
pub(super) fn overlap(parts: &[Part<'_>]) -> bool {
    let names = |keyword: &str| -> Vec<&str> {
        let members = parts
            .iter()
            .filter_map(|part| part.get(keyword))
            .flat_map(Node::members);
        members.map(|(key, _)| key.name.as_str()).collect()
    };
    let mut prefixes: Vec<&str> = names("patternProperties").into_iter().map(prefix).collect();
    prefixes.sort_unstable();
    prefixes.dedup();
    let nested = |pair: &[&str]| matches!(pair, [a, b] if b.starts_with(a));
    let several = names("patternProperties").len() > prefixes.len() || prefixes.windows(2).any(nested);
    several
        || names("properties")
            .iter()
            .any(|name| prefixes.iter().any(|prefix| name.starts_with(prefix)))
}

/// The text that whatever matches a pattern starts with.
fn prefix(pattern: &str) -> &str {
    // Each alternative starts in its own way.
    let Some(rest) = pattern.strip_prefix('^').filter(|rest| !rest.contains('|')) else {
        return "";
    };
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "-_ /:@".contains(sign);
    let end = rest.find(|sign| !plain(sign)).unwrap_or(rest.len());
    let (prefix, behind) = rest.split_at_checked(end).unwrap_or_default();
    match behind.chars().next() {
        // What may be repeated may be absent.
        Some('*' | '?' | '{') => prefix.get(..prefix.len().saturating_sub(1)).unwrap_or_default(),
        _ => prefix,
    }
}

#[cfg(test)]
mod tests {
    use super::prefix;

    #[test]
    fn prefixes() {
        let cases = [
            ("^x-", "x-"),
            ("^x-[a-z]+$", "x-"),
            ("x-", ""),
            ("^ab*", "a"),
            ("^ab{2}", "a"),
            ("^ab+", "ab"),
            ("^a|b", ""),
            ("^ab?|c", ""),
            ("^(a|b)", ""),
            ("", ""),
        ];
        for (pattern, expected) in cases {
            assert_eq!(prefix(pattern), expected, "{pattern}");
        }
    }
}
