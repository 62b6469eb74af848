//! The endpoints of an authorization server: those of the caller, of the document, of OpenID Connect Discovery.

use http::Method;
use reqwest::Url;
use serde_json::Value;

use super::super::{Flow, TokenError, TokenErrorKind, TokenRequest};
use super::OAuthClient;
use super::exchange::TokenExchange;

/// What an endpoint is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Endpoint {
    ClientCredentials,
    Refresh,
    /// Where a user agrees.
    Authorization,
    /// Where the code of a user is exchanged.
    Code,
    /// Where the authorization on another device begins.
    Device,
    /// Where its token is asked for.
    DeviceToken,
}

/// What a discovery document says.
#[derive(Debug)]
pub(super) struct Endpoints {
    authorization: Option<String>,
    token: Option<String>,
    device: Option<String>,
}

impl Endpoint {
    fn is_token(self) -> bool {
        !matches!(self, Endpoint::Authorization | Endpoint::Device)
    }

    /// The address in a flow that is made for it.
    fn of(self, flow: &Flow) -> Option<&'static str> {
        match (self, *flow) {
            (Endpoint::ClientCredentials, Flow::ClientCredentials { token })
            | (Endpoint::Code, Flow::AuthorizationCode { token, .. })
            | (Endpoint::DeviceToken, Flow::DeviceAuthorization { token, .. }) => Some(token),
            (Endpoint::Authorization, Flow::AuthorizationCode { authorization, .. }) => {
                Some(authorization)
            }
            (Endpoint::Device, Flow::DeviceAuthorization { device, .. }) => Some(device),
            (
                Endpoint::Refresh,
                Flow::AuthorizationCode { token, refresh, .. }
                | Flow::DeviceAuthorization { token, refresh, .. }
                | Flow::Password { token, refresh },
            ) => Some(refresh.unwrap_or(token)),
            _ => None,
        }
    }

    fn discovered(self, endpoints: &Endpoints) -> Option<&str> {
        match self {
            Endpoint::Authorization => endpoints.authorization.as_deref(),
            Endpoint::Device => endpoints.device.as_deref(),
            _ => endpoints.token.as_deref(),
        }
    }
}

/// The token endpoint of a flow, which is mostly that of any other one.
fn token_of(flow: &Flow) -> Option<&'static str> {
    match *flow {
        Flow::AuthorizationCode { token, .. }
        | Flow::ClientCredentials { token }
        | Flow::DeviceAuthorization { token, .. }
        | Flow::Password { token, .. } => Some(token),
        Flow::OpenIdConnect { .. } => None,
    }
}

impl OAuthClient {
    /// The address of an endpoint.
    pub(super) async fn endpoint(
        &self,
        request: TokenRequest<'_>,
        endpoint: Endpoint,
    ) -> Result<Url, TokenError> {
        let flows = request.flows();
        let chosen = self.token_url.as_deref().filter(|_| endpoint.is_token());
        let named = chosen.or_else(|| flows.iter().find_map(|flow| endpoint.of(flow)));
        let named = named.or_else(|| {
            let mut tokens = flows.iter().filter_map(token_of);
            tokens.next().filter(|_| endpoint.is_token())
        });
        if let Some(text) = named {
            return resolve(request, text);
        }
        let discovery = flows.iter().find_map(|flow| match flow {
            Flow::OpenIdConnect { url } => Some(*url),
            _ => None,
        });
        let unknown = || {
            let text = match endpoint {
                Endpoint::Authorization => "no authorization endpoint is known",
                Endpoint::Device => "no device authorization endpoint is known",
                _ => "no token endpoint is known; give one with `OAuthClient::token_url`",
            };
            TokenError::from(TokenErrorKind::Endpoint(text.to_owned()))
        };
        let url = resolve(request, discovery.ok_or_else(unknown)?)?;
        let discover = || discover(TokenExchange::new(request, self), url.clone());
        let endpoints = self.discovered.get_or_try_init(discover).await?;
        resolve(request, endpoint.discovered(endpoints).ok_or_else(unknown)?)
    }
}

/// Asks for the discovery document (OpenID Connect Discovery 1.0, section 4).
async fn discover(exchange: TokenExchange<'_>, mut url: Url) -> Result<Endpoints, TokenError> {
    const WELL_KNOWN: &str = "/.well-known/";
    if !url.path().contains(WELL_KNOWN) {
        // The address of the issuer, from which that of the document is made.
        let path = url.path().trim_end_matches('/');
        url.set_path(&format!("{path}{WELL_KNOWN}openid-configuration"));
    }
    let (_, answer) = exchange.send(Method::GET, &url, None, None).await?;
    let text = |name: &str| answer.get(name).and_then(Value::as_str).map(str::to_owned);
    Ok(Endpoints {
        authorization: text("authorization_endpoint"),
        token: text("token_endpoint"),
        device: text("device_authorization_endpoint"),
    })
}

/// The address of an endpoint, which may be relative to that of the API (RFC 3986, section 5).
fn resolve(request: TokenRequest<'_>, text: &str) -> Result<Url, TokenError> {
    let refuse = |reason: &str| {
        let message = format!(
            "an endpoint of `{}` is not usable: {reason}",
            request.scheme()
        );
        TokenError::from(TokenErrorKind::Endpoint(message))
    };
    let url = request
        .base()
        .join(text)
        .map_err(|error| refuse(&error.to_string()))?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        _ => Err(refuse("only `http` and `https` are supported")),
    }
}
