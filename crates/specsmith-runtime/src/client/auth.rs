//! Credentials: what they are, where they go, and which of them a request needs.

use std::fmt;
use std::sync::Arc;

use http::header::{AUTHORIZATION, HeaderName, HeaderValue};

use super::style::{Escape, percent_encode};
use super::{BuildError, MissingCredentials, OperationInfo, TokenProvider};

/// A security scheme of the API.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scheme {
    /// The name in the document.
    pub name: &'static str,
    /// The method of [`ClientBuilder`](super::ClientBuilder) that takes the credential.
    pub method: &'static str,
    /// Where the credential goes.
    pub place: Place,
    /// The ways to get a token.
    pub flows: &'static [Flow],
}

/// Short, since errors show it.
impl fmt::Debug for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scheme")
            .field("name", &self.name)
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

impl Scheme {
    /// A scheme without flows.
    pub const fn new(name: &'static str, method: &'static str, place: Place) -> Self {
        Self {
            name,
            method,
            place,
            flows: &[],
        }
    }

    /// Sets the ways to get a token.
    #[must_use]
    pub const fn flows(mut self, flows: &'static [Flow]) -> Self {
        self.flows = flows;
        self
    }
}

/// A way to get a token, with the addresses of its endpoints: absolute, or relative to that of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flow {
    /// The user agrees in a browser, which brings a code (RFC 6749, section 4.1).
    AuthorizationCode {
        /// Where the user agrees.
        authorization: &'static str,
        /// Where the code is exchanged for a token.
        token: &'static str,
        /// Where tokens are refreshed, if elsewhere.
        refresh: Option<&'static str>,
    },
    /// The client stands for itself (RFC 6749, section 4.4).
    ClientCredentials {
        /// Where it gets its token.
        token: &'static str,
    },
    /// The user agrees on another device (RFC 8628).
    DeviceAuthorization {
        /// Where the code for the user comes from.
        device: &'static str,
        /// Where the token is asked for.
        token: &'static str,
        /// Where tokens are refreshed, if elsewhere.
        refresh: Option<&'static str>,
    },
    /// The client has name and password of the user (RFC 6749, section 4.3). Only tokens that are there are refreshed.
    Password {
        /// The token endpoint.
        token: &'static str,
        /// Where tokens are refreshed, if elsewhere.
        refresh: Option<&'static str>,
    },
    /// A document says the rest (OpenID Connect Discovery 1.0).
    OpenIdConnect {
        /// Where it is.
        url: &'static str,
    },
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

/// A credential that the caller gave: as it is sent, or what gives it.
#[derive(Clone)]
pub(super) enum Known {
    Ready(Credential),
    Provided(Arc<dyn TokenProvider>),
}

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Known::Ready(credential) => credential.fmt(f),
            Known::Provided(_) => f.write_str("[provider]"),
        }
    }
}

/// A credential that a request needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chosen<'a> {
    pub(super) scheme: &'static Scheme,
    pub(super) known: &'a Known,
}

/// Credentials by the scheme that they are for.
pub(super) type KnownCredentials = Vec<(&'static Scheme, Known)>;

/// The credentials of a client.
#[derive(Debug, Clone, Default)]
pub(super) struct Credentials {
    pub(super) schemes: &'static [Scheme],
    pub(super) known: KnownCredentials,
}

impl Credentials {
    /// The credentials of the first way to authorize the operation that is complete.
    ///
    /// Ways that use one of `own`, the credentials of the request itself, come first, and a way that needs nothing comes
    /// last, so that a caller who has credentials is known as such. `is_set` tells which headers the caller sets by hand;
    /// they stand for the credential.
    pub(super) fn choose<'a>(
        &'a self,
        info: &'static OperationInfo,
        own: &'a KnownCredentials,
        is_set: impl Fn(&HeaderName) -> bool,
    ) -> Result<Vec<Chosen<'a>>, MissingCredentials> {
        let complete = |way: &&'static [&'static str]| {
            let found = way.iter().map(|scheme| self.find(scheme, own, &is_set));
            found.collect::<Option<Vec<_>>>()
        };
        let uses_own = |way: &&&[&str]| own.iter().any(|(scheme, _)| way.contains(&scheme.name));
        let ways = || info.security.iter().filter(|way| !way.is_empty());
        let chosen = ways()
            .filter(uses_own)
            .find_map(complete)
            .or_else(|| ways().find_map(complete));
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
    fn find<'a>(
        &'a self,
        name: &str,
        own: &'a KnownCredentials,
        is_set: &impl Fn(&HeaderName) -> bool,
    ) -> Option<Option<Chosen<'a>>> {
        let scheme = self.schemes.iter().find(|scheme| scheme.name == name)?;
        let header = match scheme.place {
            Place::Connection => return Some(None),
            Place::Header(name) => HeaderName::from_bytes(name.as_bytes()).ok(),
            Place::Authorization(_) => Some(AUTHORIZATION),
            Place::Query(_) | Place::Cookie(_) => None,
        };
        let of = |list: &'a KnownCredentials| {
            let mut list = list.iter().rev();
            list.find(|(known, _)| known.name == name)
        };
        let known = match of(own) {
            Some(known) => Some(known),
            None if header.is_some_and(|header| is_set(&header)) => return Some(None),
            None => of(&self.known),
        };
        known.map(|(_, known)| Some(Chosen { scheme, known }))
    }
}

/// `user:password` in Base64 (RFC 7617, section 2); `None` where the user has a colon, which would end it.
pub(super) fn basic(user: &str, password: &str) -> Option<String> {
    (!user.contains(':')).then(|| base64(format!("{user}:{password}").as_bytes()))
}

/// Base64 with padding (RFC 4648, section 4).
pub(super) fn base64(bytes: &[u8]) -> String {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    static SCHEMES: [Scheme; 4] = [
        Scheme::new("token", "bearer", Place::Authorization("Bearer")),
        Scheme::new("key", "api_key", Place::Header("X-Key")),
        Scheme::new("query", "query_key", Place::Query("api key")),
        Scheme::new("certificate", "", Place::Connection),
    ];

    fn known(names: &[&'static str]) -> KnownCredentials {
        let secret = Secret("hunter2".to_owned());
        let ready = |scheme| Known::Ready(Credential::new(scheme, &secret).unwrap());
        let known = SCHEMES.iter().filter(|scheme| names.contains(&scheme.name));
        known.map(|scheme| (scheme, ready(scheme))).collect()
    }

    fn credentials(names: &[&'static str]) -> Credentials {
        Credentials {
            schemes: &SCHEMES,
            known: known(names),
        }
    }

    fn check(
        security: &'static [&'static [&'static str]],
        names: &[&'static str],
        expect: Result<usize, &str>,
    ) {
        let info: &'static OperationInfo =
            Box::leak(Box::new(OperationInfo::new("op").security(security)));
        let credentials = credentials(names);
        let chosen = credentials
            .choose(info, &Vec::new(), |_| false)
            .map(|chosen| chosen.len());
        assert_eq!(
            chosen.map_err(|error| error.to_string()),
            expect.map_err(str::to_owned)
        );
    }

    #[test]
    fn the_first_complete_way_counts() {
        check(&[], &["token"], Ok(0));
        check(&[&["token"], &["key"]], &["key"], Ok(1));
        check(&[&["token", "key"]], &["key", "token"], Ok(2));
        check(&[&[], &["token"]], &["token"], Ok(1));
        check(&[&[], &["token"]], &[], Ok(0));
        check(&[&["certificate"]], &[], Ok(0));
    }

    #[test]
    fn credentials_of_the_request_come_first() {
        static INFO: OperationInfo = OperationInfo::new("op").security(&[&["token"], &["query"]]);
        let (credentials, own) = (credentials(&["token"]), known(&["query"]));
        let chosen = credentials.choose(&INFO, &own, |_| true).unwrap();
        let names = Vec::from_iter(chosen.iter().map(|chosen| chosen.scheme.name));
        assert_eq!(names, ["query"]);
    }

    #[test]
    fn what_is_missing_is_named() {
        let expect = "op: no credentials for `token` (ClientBuilder::bearer) and `key` (ClientBuilder::api_key)";
        check(&[&["token", "key"]], &["key"], Err(expect));
        let expect = "op: no credentials for `token` (ClientBuilder::bearer) or `query` (ClientBuilder::query_key)";
        check(&[&["token"], &["query"]], &[], Err(expect));
    }

    #[test]
    fn a_header_set_by_hand_stands_for_the_credential() {
        static INFO: OperationInfo = OperationInfo::new("op").security(&[&["token"]]);
        let credentials = credentials(&[]);
        assert_eq!(
            credentials
                .choose(&INFO, &Vec::new(), |name| *name == AUTHORIZATION)
                .unwrap()
                .len(),
            0
        );
    }

    #[test]
    fn secrets_are_not_printed() {
        let text = format!("{:?}", credentials(&["token", "key", "query"]));
        assert!(!text.contains("hunter2"), "{text}");
        let error =
            Credential::new(&SCHEMES[0], &Secret("hunter2\r\nX: y".to_owned())).unwrap_err();
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }

    #[test]
    fn base64_of_the_rfc() {
        for (text, expect) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
        ] {
            assert_eq!(base64(text.as_bytes()), expect);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
        assert_eq!(
            basic("Aladdin", "open sesame").unwrap(),
            "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
        );
        assert_eq!(basic("a:b", "c"), None);
    }
}
