//! Authorization on another device (RFC 8628).

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use super::super::auth::Secret;
use super::super::timer::{self, Instant};
use super::super::{Client, Flow, TokenError, TokenErrorKind, TokenRequest};
use super::discovery::Endpoint;
use super::exchange::{TokenExchange, seconds};
use super::{OAuthClient, TokenResponse};

/// An authorization that waits for the user: show the code and the address, then ask for the [`tokens`](Self::tokens).
#[derive(Clone)]
pub struct DeviceAuthorization {
    oauth: OAuthClient,
    client: Client,
    device_code: Secret,
    user_code: String,
    verification_uri: String,
    verification_uri_complete: Option<String>,
    lifetime: Duration,
    interval: Duration,
}

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
const INTERVAL: Duration = Duration::from_secs(5);
const LIFETIME: Duration = Duration::from_secs(600);

impl OAuthClient {
    /// Begins an authorization that the user gives on another device, such as a phone.
    ///
    /// `client` is one of this API, with or without credentials; it says where, and carries the requests.
    ///
    /// # Errors
    /// When the endpoint is not known, is not reached, or refuses.
    pub async fn device_authorization(
        &self,
        client: &Client,
    ) -> Result<DeviceAuthorization, TokenError> {
        let request = request(self, client);
        let url = self.endpoint(request, Endpoint::Device).await?;
        let scope = self.scopes.as_ref().map(|scopes| scopes.join(" "));
        let pairs = Vec::from_iter(scope.as_deref().map(|scope| ("scope", scope)));
        let (status, answer) = TokenExchange::new(request, self).post(&url, &pairs).await?;
        let text = |name: &str| answer.get(name).and_then(Value::as_str).map(str::to_owned);
        let duration = |name: &str| answer.get(name).and_then(seconds).map(Duration::from_secs);
        // Some servers have the name of an earlier draft.
        let address = text("verification_uri").or_else(|| text("verification_url"));
        let (Some(device_code), Some(user_code), Some(verification_uri)) =
            (text("device_code"), text("user_code"), address)
        else {
            let reason =
                "without a code for the device, one for the user, and an address".to_owned();
            return Err(TokenErrorKind::Unexpected { status, reason }.into());
        };
        Ok(DeviceAuthorization {
            oauth: self.clone(),
            client: client.clone(),
            device_code: Secret(device_code),
            user_code,
            verification_uri,
            verification_uri_complete: text("verification_uri_complete"),
            lifetime: duration("expires_in").unwrap_or(LIFETIME),
            interval: duration("interval").unwrap_or(INTERVAL),
        })
    }
}

fn request<'a>(oauth: &OAuthClient, client: &'a Client) -> TokenRequest<'a> {
    TokenRequest::of(client, oauth.scheme, |flow| {
        matches!(
            flow,
            Flow::DeviceAuthorization { .. } | Flow::OpenIdConnect { .. }
        )
    })
}

impl DeviceAuthorization {
    /// The code that the user enters.
    pub fn user_code(&self) -> &str {
        &self.user_code
    }

    /// The address that the user opens.
    pub fn verification_uri(&self) -> &str {
        &self.verification_uri
    }

    /// The address with the code in it, for a QR code or a link.
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.verification_uri_complete.as_deref()
    }

    /// How long the user has.
    pub fn lifetime(&self) -> Duration {
        self.lifetime
    }

    /// Waits until the user agreed, and asks as often as the server allows.
    ///
    /// # Errors
    /// When the user refuses or the time is over.
    pub async fn tokens(&self) -> Result<TokenResponse, TokenError> {
        let request = request(&self.oauth, &self.client);
        let url = self.oauth.endpoint(request, Endpoint::DeviceToken).await?;
        let pairs = [("grant_type", GRANT), ("device_code", &*self.device_code.0)];
        let end = Instant::now().checked_add(self.lifetime);
        let mut interval = self.interval;
        loop {
            timer::sleep(interval).await;
            if end.is_some_and(|end| Instant::now() >= end) {
                let text = "the user did not agree in time".to_owned();
                return Err(TokenErrorKind::Authorization(text).into());
            }
            let exchange = TokenExchange::new(request, &self.oauth);
            match exchange.token(&url, &pairs).await {
                Ok(response) => return Ok(response),
                Err(error) if error.code() == Some("authorization_pending") => {}
                Err(error) if error.code() == Some("slow_down") => interval += INTERVAL,
                // The wait doubles where the server is not there (RFC 8628, section 3.5).
                Err(error) if error.is_retryable() => interval = interval.saturating_mul(2),
                Err(error) => return Err(error),
            }
        }
    }
}

/// Without the code of the device.
impl fmt::Debug for DeviceAuthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceAuthorization")
            .field("verification_uri", &self.verification_uri)
            .field("lifetime", &self.lifetime)
            .field("interval", &self.interval)
            .finish_non_exhaustive()
    }
}
