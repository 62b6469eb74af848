//! [`Redaction`]: what of requests and responses is not written into a file.

use http::header::{AUTHORIZATION, COOKIE, HeaderMap, PROXY_AUTHORIZATION};
use serde_json::Value;

use super::super::Place;
use super::super::style::{Escape, percent_encode};
use super::MockRequest;

/// What stands in place of a secret. It fits any value when calls are replayed.
pub(super) const REDACTED: &str = "[redacted]";

/// What is secret by its name, beyond the credentials of the document.
#[derive(Debug, Clone, Default)]
pub(super) struct Redaction {
    pub(super) headers: Vec<String>,
    pub(super) query: Vec<String>,
    pub(super) fields: Vec<String>,
    /// Texts that are secret wherever they are.
    pub(super) texts: Vec<String>,
}

/// Headers with secrets; those that the client marks as such are so, too.
const HEADERS: [&str; 5] = [
    "authorization",
    "cookie",
    "proxy-authorization",
    "set-cookie",
    "x-api-key",
];

/// Members of JSON objects and of forms with secrets, in lower case and without `_` and `-`.
const FIELDS: [&str; 11] = [
    "accesstoken",
    "apikey",
    "assertion",
    "clientassertion",
    "clientsecret",
    "codeverifier",
    "devicecode",
    "idtoken",
    "password",
    "refreshtoken",
    "secret",
];

impl Redaction {
    /// The headers with their secrets redacted, without what the transport alone knows.
    pub(super) fn headers(&self, headers: &HeaderMap, hidden: &Hidden) -> Vec<(String, String)> {
        const OF_TRANSPORT: [&str; 3] = ["content-length", "transfer-encoding", "connection"];
        let shown = headers.iter().filter_map(|(name, value)| {
            let name = name.as_str();
            let is_secret = value.is_sensitive()
                || HEADERS.contains(&name)
                || hidden
                    .headers
                    .iter()
                    .any(|header| name.eq_ignore_ascii_case(header))
                || self
                    .headers
                    .iter()
                    .any(|header| name.eq_ignore_ascii_case(header));
            let text = match is_secret {
                true => REDACTED.to_owned(),
                false => hidden.hide(&String::from_utf8_lossy(value.as_bytes())),
            };
            (!OF_TRANSPORT.contains(&name)).then(|| (name.to_owned(), text))
        });
        shown.collect()
    }

    /// The query with its secrets redacted.
    pub(super) fn query(&self, request: &MockRequest, hidden: &Hidden) -> Vec<(String, String)> {
        let is_secret = |name: &String| {
            request.is_secret_query(name) || self.query.contains(name) || self.is_secret_field(name)
        };
        redacted(request.query(), is_secret, hidden)
    }

    /// The pairs of a form with its secrets redacted.
    pub(super) fn form(
        &self,
        pairs: Vec<(String, String)>,
        is_token_request: bool,
        hidden: &Hidden,
    ) -> Vec<(String, String)> {
        // The code of a user; calls of an API can have others, which are no secret.
        let is_code = |name: &String| is_token_request && name == "code";
        let is_secret = |name: &String| self.is_secret_field(name) || is_code(name);
        redacted(pairs, is_secret, hidden)
    }

    /// Redacts the secrets of a JSON value.
    pub(super) fn json(&self, value: &mut Value, hidden: &Hidden) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    match member {
                        Value::String(_) | Value::Number(_) if self.is_secret_field(name) => {
                            *member = REDACTED.into();
                        }
                        _ => self.json(member, hidden),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.json(item, hidden)),
            Value::String(text) => *text = hidden.hide(text),
            _ => {}
        }
    }

    fn is_secret_field(&self, name: &str) -> bool {
        let plain = name.replace(['_', '-'], "").to_ascii_lowercase();
        FIELDS.contains(&&*plain) || self.fields.iter().any(|field| field == name)
    }
}

fn redacted(
    pairs: Vec<(String, String)>,
    is_secret: impl Fn(&String) -> bool,
    hidden: &Hidden,
) -> Vec<(String, String)> {
    let shown = |(name, value): (String, String)| match is_secret(&name) {
        true => (name, REDACTED.to_owned()),
        false => (name, hidden.hide(&value)),
    };
    pairs.into_iter().map(shown).collect()
}

/// Texts that are secret wherever they are: the credentials of a request, which a server can repeat in its response, and
/// what the user names.
pub(super) struct Hidden {
    headers: Vec<&'static str>,
    values: Vec<String>,
}

impl Hidden {
    pub(super) fn of(request: &MockRequest, redaction: &Redaction) -> Self {
        let mut hidden = Self {
            headers: Vec::new(),
            values: Vec::new(),
        };
        for text in &redaction.texts {
            hidden.push(text);
        }
        for scheme in request.schemes() {
            match scheme.place {
                Place::Header(name) => {
                    hidden.headers.push(name);
                    hidden.add(request.header(name));
                }
                Place::Query(name) => hidden.add(request.query_value(name).as_deref()),
                Place::Cookie(_) | Place::Authorization(_) | Place::Connection => {}
            }
        }
        for name in [AUTHORIZATION, PROXY_AUTHORIZATION] {
            let text = request.header(name.as_str());
            hidden.add(
                text.and_then(|text| text.split_once(' '))
                    .map(|(_, secret)| secret),
            );
        }
        let cookies = request.header(COOKIE.as_str()).unwrap_or_default();
        for cookie in cookies.split("; ") {
            hidden.add(cookie.split_once('=').map(|(_, value)| value));
        }
        hidden
    }

    fn add(&mut self, secret: Option<&str>) {
        // Shorter text is part of other words.
        const SHORTEST: usize = 6;
        if let Some(secret) = secret.filter(|secret| secret.len() >= SHORTEST) {
            self.push(secret);
        }
    }

    /// Adds a text, which addresses have percent-encoded.
    fn push(&mut self, text: &str) {
        self.values.push(text.to_owned());
        let encoded = percent_encode(text, Escape::Reserved);
        if encoded != text {
            self.values.push(encoded);
        }
    }

    /// A text without the credentials.
    pub(super) fn hide(&self, text: &str) -> String {
        let hide = |text: String, secret: &String| text.replace(secret, REDACTED);
        self.values.iter().fold(text.to_owned(), hide)
    }
}

/// Whether a text is what was recorded; what is redacted in either fits anything.
pub(super) fn is_same_text(recorded: &str, sent: &str) -> bool {
    if sent == REDACTED {
        return true;
    }
    let Some((first, mut pattern)) = recorded.split_once(REDACTED) else {
        return recorded == sent;
    };
    let Some(mut rest) = sent.strip_prefix(first) else {
        return false;
    };
    while let Some((piece, behind)) = pattern.split_once(REDACTED) {
        let Some((_, after)) = rest.split_once(piece) else {
            return false;
        };
        (pattern, rest) = (behind, after);
    }
    rest.ends_with(pattern)
}

#[cfg(test)]
mod tests {
    use super::is_same_text;

    #[test]
    fn what_is_redacted_in_a_text_fits_anything() {
        for (recorded, sent, expect) in [
            ("abc", "abc", true),
            ("abc", "abcd", false),
            ("a[redacted]c", "abc", true),
            ("a[redacted]c", "ac", true),
            ("a[redacted]c", "ab", false),
            ("[redacted]", "", true),
            ("a[redacted]b[redacted]c", "a-b-b-c", true),
            ("a[redacted]b[redacted]c", "a-c", false),
            ("abc", "[redacted]", true),
        ] {
            assert_eq!(is_same_text(recorded, sent), expect, "{recorded} {sent}");
        }
    }
}
