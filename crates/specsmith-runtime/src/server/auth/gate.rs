//! The ways to authorize a request, tried one after the other.

use axum::http::header::{AUTHORIZATION, COOKIE, HeaderName};
use axum::http::request::Parts;

use super::super::context::OperationInfo;
use super::super::pairs::Pairs;
use super::super::problem::Problem;
use super::super::request::Request;
#[cfg(feature = "tls")]
use super::super::tls::PeerCertificate;
use super::challenge;
use super::credential::{AuthContext, ClientCertificate, Credential, Denied, Granted, Scopes};
use super::scheme::{Scheme, SchemePlace, Security, Sent};

/// What stands between a request and its handler.
///
/// The ways of the operation are tried in the order of the document, and the first that lets the request through
/// decides who calls. A way of which not all credentials are sent is passed over. Where the operation is for everybody,
/// a request without credentials is let through; one whose credentials are refused is not, since its caller counts on
/// being somebody.
#[derive(Debug)]
pub struct Gate<'r> {
    security: &'static Security,
    operation: &'static OperationInfo,
    parts: &'r Parts,
    query: &'r Pairs,
    /// The credentials of the way that is tried, by the names of their schemes.
    sent: Vec<(&'static str, Sent<'r>)>,
    /// What the schemes of the way that is tried have granted.
    granted: Vec<(&'static str, Scopes)>,
    /// The schemes whose credentials were refused.
    refused: Vec<&'static str>,
    /// Why the request is not let through so far, the gravest.
    denied: Denied,
}

impl<'r> Gate<'r> {
    /// Begins to authorize a request; its credentials are not shown from here on.
    pub fn new(request: &'r mut Request, security: &'static Security) -> Self {
        hide(&mut request.parts, security.schemes);
        Self {
            security,
            operation: request.operation,
            parts: &request.parts,
            query: &request.query,
            sent: Vec::new(),
            granted: Vec::new(),
            refused: Vec::new(),
            denied: Denied::Absent,
        }
    }

    /// Begins a way, the schemes of which are named. It is worth trying if the operation has it and the credentials of all
    /// schemes are sent.
    pub fn tries(&mut self, way: &[&str]) -> bool {
        self.granted.clear();
        self.sent.clear();
        !matches!(self.denied, Denied::Problem(_))
            && self.alternatives(way).next().is_some()
            && way.iter().all(|name| self.is_sent(name))
    }

    /// Whether the credentials of a scheme are sent, which are kept.
    fn is_sent(&mut self, name: &str) -> bool {
        let Some(scheme) = self.security.scheme(name) else {
            return false;
        };
        let sent = Sent::of(scheme, self.parts, self.query);
        let is_sent = sent != Sent::Nothing;
        self.sent.push((scheme.name, sent));
        is_sent
    }

    /// The credential of a scheme of the way that is tried.
    pub fn credential(&mut self, scheme: &str) -> Option<(Credential, AuthContext<'r>)> {
        let index = self.sent.iter().position(|(name, _)| *name == scheme)?;
        match self.sent.swap_remove(index).1 {
            Sent::Text(text) => Some((Credential::new(text), self.context(scheme))),
            Sent::Unreadable => self.pass(scheme, Err(Denied::Invalid)),
            Sent::Nothing => None,
        }
    }

    /// The certificate of the connection.
    pub fn certificate(&mut self, scheme: &str) -> Option<(ClientCertificate, AuthContext<'r>)> {
        Some((certificate(self.parts)?, self.context(scheme)))
    }

    /// What an authenticator gets beside the credentials of a scheme.
    pub fn context(&self, scheme: &str) -> AuthContext<'r> {
        let mut required = self.operation.security.iter().copied().flatten();
        let required = required.find(|(name, _)| *name == scheme);
        AuthContext {
            operation: self.operation,
            scopes: required.map_or(&[], |(_, scopes)| scopes),
            parts: self.parts,
        }
    }

    /// Who the credentials of a scheme stand for; a refusal is kept.
    pub fn pass<P>(&mut self, scheme: &str, result: Result<P, Denied>) -> Option<P> {
        match result {
            Ok(principal) => Some(principal),
            Err(denied) => {
                let name = self.security.scheme(scheme).map(|scheme| scheme.name);
                self.refused.extend(name);
                self.deny(denied);
                None
            }
        }
    }

    /// Who the credentials of a scheme with scopes stand for; the scopes, or a refusal, are kept.
    pub fn pass_granted<P>(
        &mut self,
        scheme: &'static str,
        result: Result<Granted<P>, Denied>,
    ) -> Option<P> {
        let granted = self.pass(scheme, result)?;
        self.granted.push((scheme, granted.scopes));
        Some(granted.principal)
    }

    /// Whether the scopes that were granted suffice for one of the alternatives with the schemes of a way.
    pub fn suffices(&mut self, way: &[&str]) -> bool {
        let is_granted = |(scheme, needed): &(&str, &[&str])| {
            let granted = self.granted.iter().find(|(name, _)| name == scheme);
            needed.is_empty() || granted.is_some_and(|(_, scopes)| scopes.include(needed))
        };
        let suffices = self
            .alternatives(way)
            .any(|alternative| alternative.iter().all(is_granted));
        if !suffices {
            self.deny(Denied::Forbidden);
        }
        suffices
    }

    /// Ends with a request that no way lets through, of an operation that is not for everybody.
    pub fn refusal(self) -> Problem {
        match self.denied {
            Denied::Problem(problem) => problem,
            Denied::Forbidden => challenge::forbidden(self.security, self.operation),
            Denied::Absent | Denied::Invalid => {
                challenge::unauthorized(self.security, self.operation, &self.refused)
            }
        }
    }

    /// Ends with a request that no way lets through, of an operation that is for everybody.
    pub fn everybody(self) -> Result<(), Problem> {
        let is_for_everybody = self.operation.security.iter().any(|way| way.is_empty());
        match self.denied {
            Denied::Absent if is_for_everybody => Ok(()),
            _ => Err(self.refusal()),
        }
    }

    /// The alternatives of the operation that have exactly the schemes of a way.
    fn alternatives<'w>(
        &self,
        way: &'w [&str],
    ) -> impl Iterator<Item = &'static [(&'static str, &'static [&'static str])]> + use<'w> {
        let all = self.operation.security.iter().copied();
        all.filter(move |alternative| {
            alternative.len() == way.len()
                && alternative.iter().all(|(scheme, _)| way.contains(scheme))
        })
    }

    fn deny(&mut self, denied: Denied) {
        let gravity = |denied: &Denied| match denied {
            Denied::Absent => 0,
            Denied::Invalid => 1,
            Denied::Forbidden => 2,
            Denied::Problem(_) => 3,
        };
        if gravity(&denied) > gravity(&self.denied) {
            self.denied = denied;
        }
    }
}

/// The certificate that whoever ends TLS has attached, else that of the connection.
fn certificate(parts: &Parts) -> Option<ClientCertificate> {
    let attached = parts.extensions.get::<ClientCertificate>().cloned();
    #[cfg(feature = "tls")]
    let attached = attached.or_else(|| {
        let certificate: &PeerCertificate = parts.extensions.get()?;
        Some(ClientCertificate::new(&certificate[..]))
    });
    attached
}

/// Marks headers with credentials, so that `Debug` hides their values.
fn hide(parts: &mut Parts, schemes: &[Scheme]) {
    let is_key = |name: &HeaderName| {
        let mut places = schemes.iter().map(|scheme| scheme.place);
        places.any(|place| matches!(place, SchemePlace::Header(key) if name == key))
    };
    for (name, value) in &mut parts.headers {
        if *name == AUTHORIZATION || *name == COOKIE || is_key(name) {
            value.set_sensitive(true);
        }
    }
}
