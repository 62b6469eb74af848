//! The header `Link` (RFC 8288).

use http::header::{HeaderMap, LINK};

/// The target of the first link whose relation is `next`.
pub(super) fn next_link(headers: &HeaderMap) -> Option<&str> {
    let values = headers.get_all(LINK).into_iter();
    values
        .filter_map(|value| value.to_str().ok())
        .find_map(next_of)
}

fn next_of(mut text: &str) -> Option<&str> {
    while let Some((_, rest)) = text.split_once('<') {
        let (target, rest) = rest.split_once('>')?;
        let (is_next, rest) = parameters(rest);
        if is_next {
            return Some(target.trim());
        }
        text = rest;
    }
    None
}

/// Reads the parameters of a link: whether its first relation is `next`, and what stands behind them.
fn parameters(mut text: &str) -> (bool, &str) {
    let mut relation = None;
    while let Some(rest) = text.trim_start().strip_prefix(';') {
        let (name, rest) = rest.split_at(rest.find(['=', ';', ',']).unwrap_or(rest.len()));
        let (value, rest) = match rest.strip_prefix('=') {
            Some(rest) => value(rest.trim_start()),
            None => ("", rest),
        };
        if name.trim().eq_ignore_ascii_case("rel") {
            relation = relation.or(Some(value));
        }
        text = rest;
    }
    let mut relations = relation.unwrap_or_default().split_ascii_whitespace();
    (
        relations.any(|name| name.eq_ignore_ascii_case("next")),
        text,
    )
}

/// A token, or what is in quotes. Backslashes are left: no relation has one.
fn value(text: &str) -> (&str, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        return text.split_at(text.find([';', ',']).unwrap_or(text.len()));
    };
    let mut is_escaped = false;
    let end = quoted.find(|c| {
        let ends = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends
    });
    match end {
        Some(end) => (
            quoted.get(..end).unwrap_or_default(),
            quoted.get(end + 1..).unwrap_or_default(),
        ),
        None => (quoted, ""),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn the_next_page_is_found() {
        for (header, expected) in [
            (
                r#"<https://h/a?page=1>; rel="prev", <https://h/a?page=3>; rel="next""#,
                Some("https://h/a?page=3"),
            ),
            ("</a?x=1,2;3>;rel=next", Some("/a?x=1,2;3")),
            (
                r#"<a>; title="a, <b>; rel=\"next\""; rel=last, <c>; REL = "up NEXT""#,
                Some("c"),
            ),
            (r#"<a>; rel="prev"; rel="next""#, None),
            ("<a>; rel=nextish", None),
            ("<a>", None),
            ("<a", None),
            (r#"<a>; rel="next"#, Some("a")),
            ("", None),
        ] {
            assert_eq!(next_of(header), expected, "{header}");
        }
        let mut headers = HeaderMap::new();
        headers.append(LINK, "<a>; rel=prev".parse().unwrap());
        headers.append(LINK, "<b>; rel=next".parse().unwrap());
        assert_eq!(next_link(&headers), Some("b"));
    }
}
