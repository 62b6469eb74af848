//! Patterns of the names of members: which of them are simple enough to be decided without an engine.

use crate::model::NameTest;

/// Which names match a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Names {
    /// All.
    All,
    /// Those that pass a test.
    Some(NameTest),
    /// It takes an engine to tell.
    Unknown,
}

/// What an ECMA-262 pattern says about names, where it is a text with anchors.
pub(super) fn names(pattern: &str) -> Names {
    let (from_start, rest) = match pattern.strip_prefix('^') {
        Some(rest) => (true, rest),
        None => (false, pattern),
    };
    let (to_end, rest) = match rest.strip_suffix('$').filter(|rest| !ends_escaped(rest)) {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    // What may be anything frees the side that it is on.
    let (from_start, rest) = match any_prefix(rest).filter(|_| from_start) {
        Some(rest) => (false, rest),
        None => (from_start, rest),
    };
    let (to_end, rest) = match any_suffix(rest).filter(|rest| !ends_escaped(rest)) {
        Some(rest) => (false, rest),
        None => (to_end, rest),
    };
    let Some(text) = literal(rest) else {
        return Names::Unknown;
    };
    match (from_start, to_end) {
        (true, true) => Names::Some(NameTest::Is(text)),
        _ if text.is_empty() => Names::All,
        (true, false) => Names::Some(NameTest::StartsWith(text)),
        (false, true) => Names::Some(NameTest::EndsWith(text)),
        (false, false) => Names::Some(NameTest::Contains(text)),
    }
}

fn any_prefix(pattern: &str) -> Option<&str> {
    pattern.strip_prefix(".*").or_else(|| pattern.strip_prefix(".+"))
}

fn any_suffix(pattern: &str) -> Option<&str> {
    pattern.strip_suffix(".*").or_else(|| pattern.strip_suffix(".+"))
}

/// Whether what follows a text is escaped by its end.
fn ends_escaped(text: &str) -> bool {
    text.chars().rev().take_while(|c| *c == '\\').count() % 2 == 1
}

/// The text that a pattern stands for when it has no operators.
fn literal(pattern: &str) -> Option<String> {
    let mut text = String::new();
    let mut signs = pattern.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some(escaped) if escaped.is_ascii_punctuation() => text.push(escaped),
                _ => return None,
            },
            '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '^' | '$' => return None,
            sign => text.push(sign),
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_with_anchors_need_no_engine() {
        let text = |text: &str| text.to_owned();
        for (pattern, expected) in [
            ("^x-", NameTest::StartsWith(text("x-"))),
            ("^x-.*$", NameTest::StartsWith(text("x-"))),
            ("^\\$", NameTest::StartsWith(text("$"))),
            ("^@.+", NameTest::StartsWith(text("@"))),
            ("_count$", NameTest::EndsWith(text("_count"))),
            ("^.*_count$", NameTest::EndsWith(text("_count"))),
            ("a\\.b", NameTest::Contains(text("a.b"))),
            ("^only$", NameTest::Is(text("only"))),
            ("^$", NameTest::Is(text(""))),
        ] {
            assert_eq!(names(pattern), Names::Some(expected), "{pattern}");
        }
        for pattern in ["", "^", "$", ".*", "^.*$", "^.+$", "^.*"] {
            assert_eq!(names(pattern), Names::All, "{pattern}");
        }
        for pattern in ["^[a-z]+$", "^(a|b)", "a?", "\\d+", "x{2}", "^a.b$", "a\\.*"] {
            assert_eq!(names(pattern), Names::Unknown, "{pattern}");
        }
    }
}
