//! OAuth 2.0 (RFC 6749): [`OAuthClient`], what it is registered as, and [`OAuthTokens`], which keeps a token fresh.

mod cache;
mod code;
mod device;
mod discovery;
mod exchange;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::OnceCell;

use super::auth::Secret;
use super::transport::BoxFuture;
use super::{Token, TokenError, TokenProvider, TokenRequest};
use cache::Cache;
#[allow(unused_imports, reason = "a document may name no such flow")]
pub use code::Authorization;
#[allow(unused_imports, reason = "a document may name no such flow")]
pub use device::DeviceAuthorization;
use discovery::{Endpoint, Endpoints};
use exchange::TokenExchange;
pub use exchange::TokenResponse;

/// A client of OAuth 2.0: its id, its secret, and how it asks for tokens.
///
/// ```text
/// let oauth = OAuthClient::new("id").secret("secret").scopes(["read", "write"]);
/// let client = Client::builder().bearer(oauth.client_credentials()).build()?;
/// ```
///
/// The token endpoint is that of the document. Requests to it carry nothing but what OAuth 2.0 asks for: no other
/// credential of the API and no header of the client but `User-Agent`.
#[derive(Clone)]
#[must_use]
pub struct OAuthClient {
    id: String,
    secret: Option<Secret>,
    authentication: Authentication,
    scopes: Option<Vec<String>>,
    audience: Option<String>,
    parameters: Vec<(String, Secret)>,
    scheme: Option<&'static str>,
    token_url: Option<String>,
    expiry_margin: Duration,
    discovered: Arc<OnceCell<Endpoints>>,
}

/// How a client proves who it is (RFC 6749, section 2.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Authentication {
    Basic,
    Body,
}

const EXPIRY_MARGIN: Duration = Duration::from_secs(60);

impl OAuthClient {
    /// A client with this id and without a secret.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            secret: None,
            authentication: Authentication::Basic,
            scopes: None,
            audience: None,
            parameters: Vec::new(),
            scheme: None,
            token_url: None,
            expiry_margin: EXPIRY_MARGIN,
            discovered: Arc::default(),
        }
    }

    /// Sets the secret. It is sent in `Authorization: Basic`, unless [`secret_in_body`](Self::secret_in_body) is set.
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(Secret(secret.into()));
        self
    }

    /// Sends the secret in the body of token requests, for servers that do not take it in a header.
    pub fn secret_in_body(mut self) -> Self {
        self.authentication = Authentication::Body;
        self
    }

    /// Sets the scopes to ask for. Unless they are set, a client that stands for itself asks for those that the document
    /// names for the operation, and keeps a token for each set of them.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the API that tokens are for, where the server asks for it.
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audience = Some(audience.into());
        self
    }

    /// Adds a parameter to every token request.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), Secret(value.into())));
        self
    }

    /// Sets the security scheme of the document whose endpoints authorize a user, where there are several.
    pub fn scheme(mut self, name: &'static str) -> Self {
        self.scheme = Some(name);
        self
    }

    /// Sets the address of the token endpoint, in place of that of the document.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Sets how long before its end a token is replaced; a minute unless set, and at most a quarter of its life.
    pub fn expiry_margin(mut self, margin: Duration) -> Self {
        self.expiry_margin = margin;
        self
    }

    /// Tokens of the client itself (RFC 6749, section 4.4).
    pub fn client_credentials(self) -> OAuthTokens {
        OAuthTokens::new(self, Grant::ClientCredentials)
    }

    /// Tokens of a user who agreed before, by a refresh token (RFC 6749, section 6).
    pub fn refresh_token(self, token: impl Into<String>) -> OAuthTokens {
        let token = Mutex::new(Secret(token.into()));
        OAuthTokens::new(self, Grant::RefreshToken(token))
    }

    /// What an error can repeat and must not.
    fn secrets(&self) -> impl Iterator<Item = &str> {
        let parameters = self.parameters.iter().map(|(_, value)| &value.0);
        let all = self.secret.iter().map(|secret| &secret.0).chain(parameters);
        all.map(String::as_str)
    }
}

/// Nothing of it but its id is printed.
impl fmt::Debug for OAuthClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthClient")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Tokens of OAuth 2.0, kept until they end or are refused. Many calls at once ask the server for one token.
///
/// Clones share their tokens.
#[derive(Clone)]
pub struct OAuthTokens(Arc<Inner>);

struct Inner {
    client: OAuthClient,
    grant: Grant,
    cache: Cache,
    on_refresh: Option<OnRefresh>,
}

type OnRefresh = Box<dyn Fn(&TokenResponse) + Send + Sync>;

/// What the client has in place of a token.
enum Grant {
    ClientCredentials,
    /// The latest one: a server can give another with each token.
    RefreshToken(Mutex<Secret>),
}

impl OAuthTokens {
    fn new(client: OAuthClient, grant: Grant) -> Self {
        let margin = client.expiry_margin;
        Self(Arc::new(Inner {
            client,
            grant,
            cache: Cache::new(margin),
            on_refresh: None,
        }))
    }

    /// Begins with a token that is there.
    #[must_use]
    pub fn with_token(self, token: Token) -> Self {
        let scopes = self.0.client.scopes.clone().unwrap_or_default();
        self.0.cache.put(scopes, token);
        self
    }

    /// Sets what is told about each response of the token endpoint, to keep its refresh token.
    ///
    /// It is to be set before the tokens are cloned or used; later it does nothing.
    #[must_use]
    pub fn on_refresh(mut self, tell: impl Fn(&TokenResponse) + Send + Sync + 'static) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.on_refresh = Some(Box::new(tell));
        }
        self
    }
}

impl Inner {
    /// The scopes of the token for a call, in order.
    fn scopes(&self, request: TokenRequest<'_>) -> Vec<String> {
        let mut scopes = match (&self.client.scopes, &self.grant) {
            (Some(scopes), _) => scopes.clone(),
            (None, Grant::ClientCredentials) => {
                Vec::from_iter(request.scopes().iter().map(|scope| (*scope).to_owned()))
            }
            // Without any a refreshed token has those that the user agreed to.
            (None, Grant::RefreshToken(_)) => Vec::new(),
        };
        scopes.sort();
        scopes.dedup();
        scopes
    }

    async fn ask(&self, request: TokenRequest<'_>, scopes: &[String]) -> Result<Token, TokenError> {
        let (client, scope) = (&self.client, scopes.join(" "));
        let refresh = match &self.grant {
            Grant::ClientCredentials => None,
            Grant::RefreshToken(token) => Some(
                token
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .0
                    .clone(),
            ),
        };
        let (endpoint, mut pairs) = match &refresh {
            None => (
                Endpoint::ClientCredentials,
                vec![("grant_type", "client_credentials")],
            ),
            Some(token) => (
                Endpoint::Refresh,
                vec![("grant_type", "refresh_token"), ("refresh_token", token)],
            ),
        };
        if !scope.is_empty() {
            pairs.push(("scope", &scope));
        }
        let url = client.endpoint(request, endpoint).await?;
        let response = TokenExchange::new(request, client)
            .token(&url, &pairs)
            .await?;
        if let (Grant::RefreshToken(kept), Some(new)) = (&self.grant, response.refresh_token()) {
            *kept.lock().unwrap_or_else(PoisonError::into_inner) = Secret(new.to_owned());
        }
        if let Some(tell) = &self.on_refresh {
            tell(&response);
        }
        Ok(response.into_token())
    }
}

impl TokenProvider for OAuthTokens {
    fn token<'a>(&'a self, request: TokenRequest<'a>) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async move {
            let scopes = self.0.scopes(request);
            let ask = || self.0.ask(request, &scopes);
            self.0.cache.get(&scopes, ask).await
        })
    }

    fn refused(&self, token: &Token) {
        self.0.cache.remove(token);
    }
}

impl fmt::Debug for OAuthTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthTokens")
            .field("client", &self.0.client)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
