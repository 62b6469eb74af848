//! Whether a name can match two things that are said about members at once, as far as can be seen without an engine.

use specsmith_ir::{Kind, KindSet};

use crate::{
    Node,
    lower::{
        context::Context,
        schema::{implied::Implied, kind, part::Part},
    },
};

impl<'d> Context<'d, '_> {
    /// Whether a member of parts can match a pattern that says more than its property, or match two patterns.
    ///
    /// Shapes have one type for each member, the first that applies.
    pub(super) fn patterns_overlap(&mut self, parts: &[Part<'d>]) -> bool {
        let mut patterns: Vec<(&str, Node<'d>)> = members(parts, "patternProperties")
            .map(|(pattern, node)| (prefix(pattern), node))
            .collect();
        patterns.sort_unstable_by_key(|(prefix, _)| *prefix);
        if patterns
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if b.0.starts_with(a.0)))
        {
            return true;
        }
        members(parts, "properties").any(|(name, property)| {
            let mut matching = patterns.iter().filter(|(prefix, _)| name.starts_with(prefix));
            matching
                .any(|(_, pattern)| is_nullable(property) || self.is_implied(*pattern, property) == Implied::Unknown)
        })
    }
}

/// The schemas of a keyword of parts, by their names or patterns.
fn members<'d, 'p>(parts: &'p [Part<'d>], keyword: &'p str) -> impl Iterator<Item = (&'d str, Node<'d>)> + 'p {
    let schemas = parts.iter().filter_map(move |part| part.get(keyword));
    let members = schemas.flat_map(Node::members);
    members.map(|(key, node)| (key.name.as_str(), node))
}

/// Whether a schema names `null` among its types, in the words of any version, which says nothing about what is implied.
fn is_nullable(schema: Node<'_>) -> bool {
    if schema.get("nullable").and_then(Node::as_bool) == Some(true) {
        return true;
    }
    let stated = schema.get("type").and_then(kind::stated);
    stated.is_some_and(|kinds: KindSet| kinds.contains(Kind::Null))
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
