//! Tokens that are got while the client runs: [`TokenProvider`], what it is asked for, and why it has none.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use http::header::{HeaderValue, USER_AGENT};
use reqwest::Url;

use super::auth::Secret;
use super::transport::{BoxError, BoxFuture};
use super::{Client, Flow, OperationInfo, Place, Scheme, Settings, Transport, TransportError};

/// What gives the credential of a security scheme, each time that a request needs it.
///
/// It is asked for each attempt of a call, so it keeps its token as long as that is good. Where the server answers with
/// the status 401 it is told so, and asked once more: with another token the request is sent again.
///
/// ```text
/// struct FromFile(PathBuf);
///
/// impl TokenProvider for FromFile {
///     fn token<'a>(&'a self, _: TokenRequest<'a>) -> BoxFuture<'a, Result<Token, TokenError>> {
///         Box::pin(async {
///             let text = std::fs::read_to_string(&self.0).map_err(TokenError::new)?;
///             Ok(Token::new(text.trim()))
///         })
///     }
/// }
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// Gives a token.
    fn token<'a>(&'a self, request: TokenRequest<'a>) -> BoxFuture<'a, Result<Token, TokenError>>;

    /// The server refused this token: it is not to be given again.
    fn refused(&self, token: &Token) {
        let _ = token;
    }
}

impl<T: TokenProvider + ?Sized> TokenProvider for Arc<T> {
    fn token<'a>(&'a self, request: TokenRequest<'a>) -> BoxFuture<'a, Result<Token, TokenError>> {
        (**self).token(request)
    }

    fn refused(&self, token: &Token) {
        (**self).refused(token);
    }
}

/// The credential of a security scheme: a text, or a [`TokenProvider`].
#[derive(Clone)]
pub struct TokenSource(pub(super) Source);

#[derive(Clone)]
pub(super) enum Source {
    Text(Secret),
    Provider(Arc<dyn TokenProvider>),
}

impl From<String> for TokenSource {
    fn from(token: String) -> Self {
        Self(Source::Text(Secret(token)))
    }
}

impl From<&String> for TokenSource {
    fn from(token: &String) -> Self {
        token.clone().into()
    }
}

impl From<&str> for TokenSource {
    fn from(token: &str) -> Self {
        token.to_owned().into()
    }
}

impl<T: TokenProvider> From<T> for TokenSource {
    fn from(provider: T) -> Self {
        Self(Source::Provider(Arc::new(provider)))
    }
}

impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// A token. It is printed nowhere.
#[derive(Debug, Clone)]
pub struct Token {
    secret: Secret,
    lifetime: Option<Duration>,
}

impl Token {
    /// A token without an end that is known.
    pub fn new(token: impl Into<String>) -> Self {
        Self {
            secret: Secret(token.into()),
            lifetime: None,
        }
    }

    /// Sets how long it is good, from now on.
    #[must_use]
    pub fn with_lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }

    /// The text that is sent.
    pub fn secret(&self) -> &str {
        &self.secret.0
    }

    /// How long it is good from when it came, where that is known.
    pub fn lifetime(&self) -> Option<Duration> {
        self.lifetime
    }

    pub(super) fn hidden(&self) -> &Secret {
        &self.secret
    }
}

/// What a [`TokenProvider`] is asked for.
#[derive(Clone, Copy)]
pub struct TokenRequest<'a> {
    settings: &'a Settings,
    base: &'a Url,
    scheme: &'static Scheme,
    operation: Option<&'static OperationInfo>,
}

impl<'a> TokenRequest<'a> {
    /// The header `User-Agent` of the client.
    pub(super) fn user_agent(&self) -> Option<&'a HeaderValue> {
        self.settings.headers.get(USER_AGENT)
    }

    pub(super) fn base(&self) -> &'a Url {
        self.base
    }

    pub(super) fn new(
        settings: &'a Settings,
        base: &'a Url,
        scheme: &'static Scheme,
        operation: Option<&'static OperationInfo>,
    ) -> Self {
        Self {
            settings,
            base,
            scheme,
            operation,
        }
    }

    /// A request for a token of a user, before there is a call: for the scheme of this name, else for the first one that
    /// has such a flow.
    pub(super) fn of(
        client: &'a Client,
        name: Option<&str>,
        has_flow: impl FnMut(&Flow) -> bool + Copy,
    ) -> Self {
        static UNKNOWN: Scheme = Scheme::new("", "", Place::Connection);
        let settings = &client.0;
        let mut schemes = settings.credentials.schemes.iter();
        let scheme = schemes.find(|scheme| match name {
            Some(name) => scheme.name == name,
            None => scheme.flows.iter().any(has_flow),
        });
        Self::new(settings, &settings.base, scheme.unwrap_or(&UNKNOWN), None)
    }

    /// The name of the security scheme in the document.
    pub fn scheme(&self) -> &'static str {
        self.scheme.name
    }

    /// The ways to get a token that the document names.
    pub fn flows(&self) -> &'static [Flow] {
        self.scheme.flows
    }

    /// The operation that is called; `None` where there is none yet.
    pub fn operation(&self) -> Option<&'static OperationInfo> {
        self.operation
    }

    /// The scopes that the operation needs, by the document.
    pub fn scopes(&self) -> &'static [&'static str] {
        let scopes = self.operation.map_or(&[][..], |operation| operation.scopes);
        let mut scopes = scopes
            .iter()
            .filter(|(scheme, _)| *scheme == self.scheme.name);
        scopes.next().map_or(&[], |(_, scopes)| *scopes)
    }

    /// What carries requests of the client, for a token that comes over HTTP.
    pub fn transport(&self) -> &'a dyn Transport {
        &*self.settings.transport
    }

    /// The address of the API, which relative addresses of the document start from.
    pub fn base_url(&self) -> &'a str {
        self.base.as_str()
    }
}

impl fmt::Debug for TokenRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenRequest")
            .field("scheme", &self.scheme.name)
            .field("operation", &self.operation.map(|operation| operation.id))
            .field("scopes", &self.scopes())
            .finish_non_exhaustive()
    }
}

/// Why there is no token. Its text never holds a secret.
#[derive(Clone)]
pub struct TokenError(Arc<TokenErrorKind>);

/// What went wrong while a token was got.
#[derive(Debug)]
#[non_exhaustive]
pub enum TokenErrorKind {
    /// The token endpoint refused (RFC 6749, section 5.2).
    Refused {
        /// The status of its answer.
        status: StatusCode,
        /// The code, such as `invalid_client`.
        code: String,
        /// What it says beyond the code.
        description: Option<String>,
    },
    /// The token endpoint answered with something that is not understood.
    Unexpected {
        /// The status of its answer.
        status: StatusCode,
        /// What is not understood.
        reason: String,
    },
    /// The token endpoint was not reached.
    Transport(TransportError),
    /// The token endpoint is not known, or its address is not usable.
    Endpoint(String),
    /// The user did not agree in time, or the answer belongs to another request.
    Authorization(String),
    /// Anything else, of a provider that is not ours.
    Other(BoxError),
}

impl TokenError {
    /// The error of a provider. Its text is printed, so it should hold no secret.
    pub fn new(error: impl Into<BoxError>) -> Self {
        TokenErrorKind::Other(error.into()).into()
    }

    /// What went wrong.
    pub fn kind(&self) -> &TokenErrorKind {
        &self.0
    }

    /// The code of the token endpoint, such as `invalid_client` (RFC 6749, section 5.2).
    pub fn code(&self) -> Option<&str> {
        match &*self.0 {
            TokenErrorKind::Refused { code, .. } => Some(code),
            _ => None,
        }
    }

    /// Whether the same request can succeed later: the token endpoint is busy, or was not reached.
    pub fn is_retryable(&self) -> bool {
        match &*self.0 {
            TokenErrorKind::Refused { status, code, .. } => {
                code == "temporarily_unavailable" || is_transient(*status)
            }
            TokenErrorKind::Unexpected { status, .. } => is_transient(*status),
            TokenErrorKind::Transport(error) => {
                error.is_timeout() || super::retry::is_transient(error)
            }
            _ => false,
        }
    }
}

fn is_transient(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}

impl From<TokenErrorKind> for TokenError {
    fn from(kind: TokenErrorKind) -> Self {
        Self(Arc::new(kind))
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            TokenErrorKind::Refused {
                code, description, ..
            } => {
                write!(f, "the token endpoint says `{code}`")?;
                match description {
                    Some(text) => write!(f, ": {text}"),
                    None => Ok(()),
                }
            }
            TokenErrorKind::Unexpected { status, reason } => {
                write!(f, "the token endpoint answered {status}, but {reason}")
            }
            TokenErrorKind::Transport(error) => write!(f, "the token endpoint: {error}"),
            TokenErrorKind::Endpoint(text) | TokenErrorKind::Authorization(text) => {
                f.write_str(text)
            }
            TokenErrorKind::Other(error) => error.fmt(f),
        }
    }
}

impl fmt::Debug for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TokenError").field(&*self.0).finish()
    }
}

impl StdError for TokenError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.0 {
            TokenErrorKind::Transport(error) => Some(error),
            TokenErrorKind::Other(error) => Some(&**error),
            _ => None,
        }
    }
}

/// A call that was not sent, since there was no token for it.
#[derive(Debug)]
pub struct TokenFailure {
    operation: &'static OperationInfo,
    scheme: &'static Scheme,
    error: TokenError,
}

impl TokenFailure {
    pub(super) fn new(
        operation: &'static OperationInfo,
        scheme: &'static Scheme,
        error: TokenError,
    ) -> Self {
        Self {
            operation,
            scheme,
            error,
        }
    }

    /// The name of the security scheme that the token is for.
    pub fn scheme(&self) -> &'static str {
        self.scheme.name
    }

    /// Why there is none.
    pub fn error(&self) -> &TokenError {
        &self.error
    }
}

impl fmt::Display for TokenFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (operation, scheme) = (self.operation.id, self.scheme.name);
        write!(f, "{operation}: no token for `{scheme}`: {}", self.error)
    }
}

impl StdError for TokenFailure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.source()
    }
}
