//! What callers identify themselves by, and what authenticators say to it.

use std::collections::BTreeSet;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, Method, Uri};
use subtle::ConstantTimeEq as _;

use super::super::context::OperationInfo;
use super::super::problem::Problem;

/// A key, a token or a password as the caller sent it. It is not shown: `Debug` hides it, and there is no `Display`.
#[derive(Clone)]
pub struct Credential(String);

impl Credential {
    /// Takes a text, for tests for example.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether it is this text. How long that takes does not tell which characters are right.
    pub fn matches(&self, expected: impl AsRef<[u8]>) -> bool {
        self.0.as_bytes().ct_eq(expected.as_ref()).into()
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(..)")
    }
}

/// The certificate of the client, in DER, as it was verified when the connection was made.
///
/// It is that of the connection where `Server::with_tls` has a configuration that asks for one; a layer for a proxy that ends
/// TLS puts another one into the extensions of the request.
#[derive(Clone)]
pub struct ClientCertificate(Arc<[u8]>);

impl ClientCertificate {
    /// Takes a certificate that was verified.
    pub fn new(der: impl Into<Arc<[u8]>>) -> Self {
        Self(der.into())
    }

    /// The certificate in DER.
    pub fn der(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClientCertificate({} bytes)", self.0.len())
    }
}

/// Why credentials do not let a request through.
#[derive(Debug)]
pub enum Denied {
    /// As if they had not been sent: another way may do, and an operation for everybody is called by nobody in
    /// particular. It suits a cookie that has expired.
    Absent,
    /// They are wrong, expired or revoked: `401 Unauthorized`, unless another way lets the request through.
    Invalid,
    /// They are good, but their owner may not do this: `403 Forbidden`, unless another way lets the request through.
    Forbidden,
    /// This is answered at once: `503 Service Unavailable` where nobody can tell, for example.
    Problem(Problem),
}

impl From<Problem> for Denied {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// Who somebody is, with the scopes or roles that were granted to them. The server compares these with what the
/// operation needs.
#[derive(Debug, Clone)]
pub struct Granted<P> {
    pub(super) principal: P,
    pub(super) scopes: Scopes,
}

#[derive(Debug, Clone)]
pub(super) enum Scopes {
    All,
    Only(BTreeSet<String>),
}

impl<P> Granted<P> {
    /// Somebody with these scopes.
    pub fn new<T: Into<String>>(principal: P, scopes: impl IntoIterator<Item = T>) -> Self {
        let scopes = Scopes::Only(scopes.into_iter().map(Into::into).collect());
        Self { principal, scopes }
    }

    /// Somebody with the scopes of the claim `scope` of a token, which spaces separate (RFC 8693, section 4.2).
    pub fn scope(principal: P, scope: &str) -> Self {
        Self::new(principal, scope.split_ascii_whitespace())
    }

    /// Somebody whom every scope is granted.
    pub fn all(principal: P) -> Self {
        Self {
            principal,
            scopes: Scopes::All,
        }
    }
}

impl Scopes {
    pub(super) fn include(&self, needed: &[&str]) -> bool {
        match self {
            Self::All => true,
            Self::Only(scopes) => needed.iter().all(|scope| scopes.contains(*scope)),
        }
    }
}

/// What an authenticator gets beside the credentials: the request, without its body.
#[derive(Clone, Copy)]
pub struct AuthContext<'r> {
    pub(super) operation: &'static OperationInfo,
    pub(super) scopes: &'static [&'static str],
    pub(super) parts: &'r Parts,
}

impl<'r> AuthContext<'r> {
    /// The operation that is called.
    pub fn operation(&self) -> &'static OperationInfo {
        self.operation
    }

    /// The scopes or roles that the operation needs of this scheme; of several ways that need it, those of the first.
    /// Whether they are granted is checked later.
    pub fn scopes(&self) -> &'static [&'static str] {
        self.scopes
    }

    /// The method of the request.
    pub fn method(&self) -> &'r Method {
        &self.parts.method
    }

    /// The address of the request.
    pub fn uri(&self) -> &'r Uri {
        &self.parts.uri
    }

    /// The headers of the request.
    pub fn headers(&self) -> &'r HeaderMap {
        &self.parts.headers
    }

    /// What layers have attached to the request.
    pub fn extensions(&self) -> &'r Extensions {
        &self.parts.extensions
    }

    /// The address of the peer, where the server passes it on.
    pub fn remote_addr(&self) -> Option<SocketAddr> {
        let info = self.parts.extensions.get::<ConnectInfo<SocketAddr>>();
        info.map(|info| info.0)
    }
}

impl fmt::Debug for AuthContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthContext")
            .field("operation", &self.operation.id)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
