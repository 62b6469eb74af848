//! Credentials: what they are, where they go, and which of them a request needs.

use std::fmt;

use http::header::{AUTHORIZATION, HeaderName, HeaderValue};

use super::style::{Escape, percent_encode};
use super::{BuildError, MissingCredentials, OperationInfo};

/// A security scheme of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    /// The name in the document.
    pub name: &'static str,
    /// The method of [`ClientBuilder`](super::ClientBuilder) that takes the credential.
    pub method: &'static str,
    /// Where the credential goes.
    pub place: Place,
}

/// Where a credential goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A header of this name.
    Header(&'static str),
    /// A query parameter of this name.
    Query(&'static str),
    /// A cookie of this name.
    Cookie(&'static str),
    /// `Authorization` with this authentication scheme before the credential.
    Authorization(&'static str),
    /// A certificate of the connection; nothing is sent with a request.
    Connection,
}

/// Text that is never printed: keys, tokens, passwords.
#[derive(Clone)]
pub(super) struct Secret(pub(super) String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// A credential in the form in which it is sent.
#[derive(Debug, Clone)]
pub(super) enum Credential {
    /// The header value is marked as sensitive, so that it is not printed.
    Header(HeaderName, HeaderValue),
    Query(Secret),
    Cookie(Secret),
}

impl Credential {
    pub(super) fn new(scheme: &Scheme, secret: &Secret) -> Result<Self, BuildError> {
        let refuse = || BuildError::InvalidCredential {
            scheme: scheme.name,
        };
        let header = |name: HeaderName, text: &str| {
            let mut value = HeaderValue::from_str(text).map_err(|_| refuse())?;
            value.set_sensitive(true);
            Ok(Credential::Header(name, value))
        };
        let pair = |name| {
            let text = percent_encode(&secret.0, Escape::Reserved);
            Secret(format!("{}={text}", percent_encode(name, Escape::Reserved)))
        };
        match scheme.place {
            Place::Header(name) => header(
                HeaderName::from_bytes(name.as_bytes()).map_err(|_| refuse())?,
                &secret.0,
            ),
            Place::Authorization(prefix) => {
                header(AUTHORIZATION, &format!("{prefix} {}", secret.0))
            }
            Place::Query(name) => Ok(Credential::Query(pair(name))),
            Place::Cookie(name) => Ok(Credential::Cookie(pair(name))),
            Place::Connection => Err(refuse()),
        }
    }
}

/// The credentials of a client, by the name of their scheme.
#[derive(Debug, Clone, Default)]
pub(super) struct Credentials {
    pub(super) schemes: &'static [Scheme],
    pub(super) known: Vec<(&'static str, Credential)>,
}

impl Credentials {
    /// The credentials of the first way to authorize the operation that is complete.
    ///
    /// A way that needs nothing counts last, so that a caller who has credentials is known as such. `is_set` tells
    /// which headers the caller sets by hand; they stand for the credential.
    pub(super) fn choose(
        &self,
        info: &'static OperationInfo,
        is_set: impl Fn(&HeaderName) -> bool,
    ) -> Result<Vec<&Credential>, MissingCredentials> {
        let complete = |ways: &'static [&'static str]| {
            let found = ways.iter().map(|scheme| self.find(scheme, &is_set));
            found.collect::<Option<Vec<_>>>()
        };
        let mut ways = info.security.iter().filter(|way| !way.is_empty());
        let chosen = ways.find_map(|way| complete(way));
        match chosen {
            Some(credentials) => Ok(credentials.into_iter().flatten().collect()),
            None if info.security.iter().all(|way| !way.is_empty())
                && !info.security.is_empty() =>
            {
                Err(MissingCredentials::new(info, self.schemes))
            }
            None => Ok(Vec::new()),
        }
    }

    /// The credential of a scheme, `Some(None)` where the scheme is met without one of ours.
    fn find(
        &self,
        name: &str,
        is_set: &impl Fn(&HeaderName) -> bool,
    ) -> Option<Option<&Credential>> {
        let scheme = self.schemes.iter().find(|scheme| scheme.name == name)?;
        let header = match scheme.place {
            Place::Connection => return Some(None),
            Place::Header(name) => HeaderName::from_bytes(name.as_bytes()).ok(),
            Place::Authorization(_) => Some(AUTHORIZATION),
            Place::Query(_) | Place::Cookie(_) => None,
        };
        if header.is_some_and(|header| is_set(&header)) {
            return Some(None);
        }
        self.known
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, credential)| Some(credential))
    }
}

/// `user:password` in Base64 (RFC 7617, section 2); `None` where the user has a colon, which would end it.
pub(super) fn basic(user: &str, password: &str) -> Option<String> {
    (!user.contains(':')).then(|| base64(format!("{user}:{password}").as_bytes()))
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for index in 0..4 {
            out.push(match index <= chunk.len() {
                true => base64_digit(bits >> (18 - 6 * index) & 63),
                false => '=',
            });
        }
    }
    out
}

fn base64_digit(value: u32) -> char {
    let from = |first: u8, offset: u32| {
        char::from_u32(u32::from(first) + value - offset).unwrap_or_default()
    };
    match value {
        0..=25 => from(b'A', 0),
        26..=51 => from(b'a', 26),
        52..=61 => from(b'0', 52),
        62 => '+',
        _ => '/',
    }
}
