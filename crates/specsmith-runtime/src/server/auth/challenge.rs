//! Refusals: `401 Unauthorized` and `403 Forbidden` with `WWW-Authenticate` (RFC 9110, section 11.6.1).

use axum::http::header::{HeaderValue, WWW_AUTHENTICATE};

use super::super::context::OperationInfo;
use super::super::problem::Problem;
use super::scheme::{Scheme, SchemePlace, Security};

/// A scheme with the scopes that an operation needs of it.
type Required = (&'static Scheme, &'static [&'static str]);

/// The answer to a request without credentials that are good.
pub(super) fn unauthorized(
    security: &Security,
    operation: &OperationInfo,
    refused: &[&str],
) -> Problem {
    let detail = match refused {
        [] => "the request lacks the credentials that the operation needs",
        _ => "the credentials of the request are not valid",
    };
    let problem = Problem::unauthorized().with_detail(detail);
    required(security, operation)
        .iter()
        .filter_map(|required| challenge(security.realm, required, refused))
        .fold(problem, with_challenge)
}

/// The answer to a request whose caller may not do this.
pub(super) fn forbidden(security: &Security, operation: &OperationInfo) -> Problem {
    let detail = "the credentials of the request do not permit the operation";
    let problem = Problem::forbidden().with_detail(detail);
    let mut required = required(security, operation).into_iter();
    let bearer = required
        .find(|(scheme, scopes)| is_bearer(scheme) && !scopes.is_empty())
        .map(|(_, scopes)| {
            let mut challenge = Challenge::new("Bearer");
            challenge.add("realm", security.realm);
            challenge.add("error", "insufficient_scope");
            challenge.add("scope", &scopes.join(" "));
            challenge.text
        });
    bearer.into_iter().fold(problem, with_challenge)
}

/// The schemes of all ways, of those in `Authorization` one for each authentication scheme.
fn required(security: &Security, operation: &OperationInfo) -> Vec<Required> {
    let mut all: Vec<Required> = Vec::new();
    for (name, scopes) in operation.security.iter().copied().flatten() {
        let Some(scheme) = security.scheme(name) else {
            continue;
        };
        if !all.iter().any(|(other, _)| other.place == scheme.place) {
            all.push((scheme, scopes));
        }
    }
    all
}

fn is_bearer(scheme: &Scheme) -> bool {
    scheme.place == SchemePlace::Authorization("Bearer")
}

/// What asks for the credentials of a scheme. Keys and certificates have no registered name, but `401` must ask for
/// something.
fn challenge(realm: &str, (scheme, scopes): &Required, refused: &[&str]) -> Option<String> {
    let key = |place: &str, name: &str| {
        let mut challenge = Challenge::new("ApiKey");
        challenge.add("realm", realm);
        challenge.add("in", place);
        challenge.add("name", name);
        challenge
    };
    let challenge = match scheme.place {
        SchemePlace::Header(name) => key("header", name),
        SchemePlace::Query(name) => key("query", name),
        SchemePlace::Cookie(name) => key("cookie", name),
        SchemePlace::Authorization(name) => {
            let mut challenge = Challenge::new(name);
            challenge.add("realm", realm);
            if name == "Basic" {
                challenge.add("charset", "UTF-8");
            }
            if is_bearer(scheme) {
                if refused.contains(&scheme.name) {
                    challenge.add("error", "invalid_token");
                }
                if !scopes.is_empty() {
                    challenge.add("scope", &scopes.join(" "));
                }
            }
            challenge
        }
        SchemePlace::Certificate => {
            let mut challenge = Challenge::new("MutualTLS");
            challenge.add("realm", realm);
            challenge
        }
        SchemePlace::Unknown => return None,
    };
    Some(challenge.text)
}

fn with_challenge(problem: Problem, text: String) -> Problem {
    match HeaderValue::from_str(&text) {
        Ok(value) => problem.with_header(WWW_AUTHENTICATE, value),
        Err(_) => problem,
    }
}

/// The name of an authentication scheme with parameters.
struct Challenge {
    text: String,
}

impl Challenge {
    fn new(scheme: &str) -> Self {
        Self {
            text: scheme.to_owned(),
        }
    }

    /// Adds a parameter as a quoted string; what is not printable ASCII is left out.
    fn add(&mut self, name: &str, value: &str) {
        let separator = if self.text.contains('=') { ", " } else { " " };
        self.text.push_str(separator);
        self.text.push_str(name);
        self.text.push_str("=\"");
        for c in value.chars().filter(|c| (' '..='~').contains(c)) {
            if matches!(c, '"' | '\\') {
                self.text.push('\\');
            }
            self.text.push(c);
        }
        self.text.push('"');
    }
}
