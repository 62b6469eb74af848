//! The header `Prefer` (RFC 7240): `code=404`, `example=cat`, `dynamic=true`.

use axum::http::HeaderMap;
use specsmith_runtime::server::Problem;

/// What a caller would like to get.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Prefer {
    /// The status.
    pub(crate) code: Option<u16>,
    /// The name of an example.
    pub(crate) example: Option<String>,
    /// Whether bodies are made for their schemas, whatever examples there are.
    pub(crate) dynamic: Option<bool>,
}

impl Prefer {
    /// Reads all headers of the name; of several values for one preference, the first counts.
    pub(crate) fn read(headers: &HeaderMap) -> Result<Self, Problem> {
        let mut prefer = Self::default();
        let lines = headers.get_all("prefer").iter().filter_map(|value| value.to_str().ok());
        for preference in lines.flat_map(preferences) {
            let (name, value) = preference.split_once('=').unwrap_or((preference, ""));
            let value = unquoted(value.trim());
            match name.trim().to_ascii_lowercase().as_str() {
                "code" if prefer.code.is_none() => prefer.code = Some(code(&value)?),
                "example" if prefer.example.is_none() => prefer.example = Some(value),
                "dynamic" if prefer.dynamic.is_none() => prefer.dynamic = Some(value != "false"),
                // Preferences that nobody knows are ignored.
                _ => {}
            }
        }
        Ok(prefer)
    }
}

/// The preferences of a line, without their parameters; commas and semicolons in quotes separate nothing.
fn preferences(line: &str) -> Vec<&str> {
    split(line, ',')
        .into_iter()
        .filter_map(|preference| split(preference, ';').into_iter().next())
        .map(str::trim)
        .filter(|preference| !preference.is_empty())
        .collect()
}

fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut pieces, mut start, mut in_quotes, mut is_escaped) = (Vec::new(), 0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if in_quotes => is_escaped = true,
            '"' => in_quotes = !in_quotes,
            c if c == separator && !in_quotes => {
                pieces.extend(text.get(start..at));
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    pieces.extend(text.get(start..));
    pieces
}

fn unquoted(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')) else {
        return value.to_owned();
    };
    let mut text = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(c) = letters.next() {
        text.extend(if c == '\\' { letters.next() } else { Some(c) });
    }
    text
}

fn code(value: &str) -> Result<u16, Problem> {
    let code = value.parse().ok().filter(|code| (100..600).contains(code));
    code.ok_or_else(|| Problem::bad_request().with_detail("`code` of the header `Prefer` must be a status"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &'static str) -> Prefer {
        let mut headers = HeaderMap::new();
        headers.insert("prefer", axum::http::HeaderValue::from_static(line));
        Prefer::read(&headers).unwrap_or_default()
    }

    #[test]
    fn preferences_are_read() {
        let prefer = read("respond-async, code=404; wait=5, Example=\"a, \\\"b\\\"\", dynamic");
        assert_eq!(prefer.code, Some(404));
        assert_eq!(prefer.example.as_deref(), Some("a, \"b\""));
        assert_eq!(prefer.dynamic, Some(true));
        assert_eq!(read("dynamic=false").dynamic, Some(false));
        assert_eq!(read(""), Prefer::default());
    }

    #[test]
    fn what_is_no_status_is_refused() {
        let mut headers = HeaderMap::new();
        headers.insert("prefer", axum::http::HeaderValue::from_static("code=ok"));
        assert!(Prefer::read(&headers).is_err());
    }
}
