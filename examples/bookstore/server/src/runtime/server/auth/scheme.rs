//! The security schemes of a document, and where a request has their credentials.

use std::borrow::Cow;

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, COOKIE};
use axum::http::request::Parts;

use super::super::pairs::Pairs;
use super::super::percent::{self, Plus};
use super::credential::ClientCertificate;

/// The security schemes of a document.
#[derive(Debug, PartialEq, Eq)]
pub struct Security {
    /// What is protected: the title of the API.
    pub realm: &'static str,
    /// The schemes that operations require.
    pub schemes: &'static [Scheme],
}

impl Security {
    pub(super) fn scheme(&self, name: &str) -> Option<&'static Scheme> {
        self.schemes.iter().find(|scheme| scheme.name == name)
    }
}

/// A security scheme.
#[derive(Debug, PartialEq, Eq)]
pub struct Scheme {
    pub(super) name: &'static str,
    pub(super) place: SchemePlace,
}

/// Where a request has the credentials of a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SchemePlace {
    /// A header of this name.
    Header(&'static str),
    /// A query parameter of this name.
    Query(&'static str),
    /// A cookie of this name.
    Cookie(&'static str),
    /// `Authorization`, after the name of this authentication scheme.
    Authorization(&'static str),
    /// The certificate of the connection.
    Certificate,
    /// Nobody but the authenticator knows.
    Unknown,
}

impl Scheme {
    /// A key in a header.
    pub const fn header(name: &'static str, header: &'static str) -> Self {
        Self::new(name, SchemePlace::Header(header))
    }

    /// A key in the query.
    pub const fn query(name: &'static str, parameter: &'static str) -> Self {
        Self::new(name, SchemePlace::Query(parameter))
    }

    /// A key in a cookie.
    pub const fn cookie(name: &'static str, cookie: &'static str) -> Self {
        Self::new(name, SchemePlace::Cookie(cookie))
    }

    /// `Authorization: Basic` (RFC 7617)
    pub const fn basic(name: &'static str) -> Self {
        Self::new(name, SchemePlace::Authorization("Basic"))
    }

    /// `Authorization: Bearer` (RFC 6750)
    pub const fn bearer(name: &'static str) -> Self {
        Self::new(name, SchemePlace::Authorization("Bearer"))
    }

    /// `Authorization` of another authentication scheme.
    pub const fn http(name: &'static str, scheme: &'static str) -> Self {
        Self::new(name, SchemePlace::Authorization(scheme))
    }

    /// A certificate of the client.
    pub const fn mutual_tls(name: &'static str) -> Self {
        Self::new(name, SchemePlace::Certificate)
    }

    /// A scheme of which the document does not say how it works.
    pub const fn unknown(name: &'static str) -> Self {
        Self::new(name, SchemePlace::Unknown)
    }

    const fn new(name: &'static str, place: SchemePlace) -> Self {
        Self { name, place }
    }
}

/// What a request has for a scheme.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sent<'r> {
    /// Nothing.
    Nothing,
    /// Something that stands for nobody: not text, or given twice, so that others may take it for somebody else.
    Unreadable,
    /// The credential.
    Text(Cow<'r, str>),
}

impl<'r> Sent<'r> {
    /// What a request has for a scheme; of a certificate, whether it is there.
    pub(super) fn of(scheme: &Scheme, parts: &'r Parts, query: &'r Pairs) -> Self {
        match scheme.place {
            SchemePlace::Header(name) => Self::only(header(&parts.headers, name)),
            SchemePlace::Query(name) => {
                let values = query.values(name);
                Self::only(values.map(|value| percent::decode(value, Plus::Space).ok()))
            }
            SchemePlace::Cookie(name) => Self::only(cookies(&parts.headers, name)),
            SchemePlace::Authorization(scheme) => authorization(&parts.headers, scheme),
            SchemePlace::Certificate => match parts.extensions.get::<ClientCertificate>() {
                Some(_) => Self::Text(Cow::Borrowed("")),
                None => Self::Nothing,
            },
            SchemePlace::Unknown => Self::Text(Cow::Borrowed("")),
        }
    }

    fn only(mut values: impl Iterator<Item = Option<Cow<'r, str>>>) -> Self {
        match (values.next(), values.next()) {
            (None, _) => Self::Nothing,
            (Some(Some(value)), None) if !value.is_empty() => Self::Text(value),
            (Some(_), _) => Self::Unreadable,
        }
    }
}

fn header<'r>(headers: &'r HeaderMap, name: &str) -> impl Iterator<Item = Option<Cow<'r, str>>> {
    let values = headers.iter().filter(move |(other, _)| *other == name);
    values.map(|(_, value)| {
        std::str::from_utf8(value.as_bytes())
            .ok()
            .map(Cow::Borrowed)
    })
}

fn cookies<'r>(headers: &'r HeaderMap, name: &str) -> impl Iterator<Item = Option<Cow<'r, str>>> {
    let lines = headers.get_all(COOKIE).into_iter();
    let pairs = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b';'));
    pairs.filter_map(move |pair| {
        let pair = pair.trim_ascii();
        let value = pair.strip_prefix(name.as_bytes())?.strip_prefix(b"=")?;
        Some(std::str::from_utf8(value).ok().map(Cow::Borrowed))
    })
}

/// What stands behind the name of an authentication scheme, which is compared without regard to case.
fn authorization<'r>(headers: &'r HeaderMap, scheme: &str) -> Sent<'r> {
    let all = headers.get_all(AUTHORIZATION);
    let credentials = all.iter().filter_map(|value| {
        let (name, rest) = value.as_bytes().split_at_checked(scheme.len())?;
        let is_end = matches!(rest.first(), None | Some(b' '));
        let credential = std::str::from_utf8(rest.trim_ascii()).ok();
        (name.eq_ignore_ascii_case(scheme.as_bytes()) && is_end)
            .then(|| credential.map(Cow::Borrowed))
    });
    match Sent::only(credentials) {
        Sent::Text(_) if all.iter().count() > 1 => Sent::Unreadable,
        sent => sent,
    }
}
