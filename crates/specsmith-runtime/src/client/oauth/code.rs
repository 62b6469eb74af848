//! Codes that a user brings back from the browser (RFC 6749, section 4.1), with a proof that they are ours (RFC 7636).

use std::fmt;

use reqwest::Url;
use sha2::{Digest, Sha256};

use super::super::auth::{Secret, base64};
use super::super::{Client, Flow, TokenError, TokenErrorKind, TokenRequest};
use super::discovery::Endpoint;
use super::exchange::TokenExchange;
use super::{OAuthClient, TokenResponse};

/// An authorization that waits for the user: send the user to its [`url`](Self::url), and [`finish`](Self::finish) with
/// the address that the browser comes back to.
///
/// [`verifier`](Self::verifier) and [`state`](Self::state) can be kept, in the session of the user, to
/// [`resume`](OAuthClient::resume_authorization) it elsewhere.
#[derive(Clone)]
pub struct Authorization {
    oauth: OAuthClient,
    client: Client,
    redirect_uri: String,
    url: String,
    state: Secret,
    verifier: Secret,
}

impl OAuthClient {
    /// Begins an authorization: the user agrees in a browser, which then opens `redirect_uri` with a code.
    ///
    /// `client` is one of this API, with or without credentials; it says where, and carries the requests.
    ///
    /// # Errors
    /// When the endpoint is not known, or the system gives no random bits.
    pub async fn authorization(
        &self,
        client: &Client,
        redirect_uri: &str,
    ) -> Result<Authorization, TokenError> {
        let (state, verifier) = (random()?, random()?);
        self.resume_authorization(client, redirect_uri, state, verifier)
            .await
    }

    /// An authorization that was begun before, by its state and verifier.
    ///
    /// # Errors
    /// When the endpoint is not known.
    pub async fn resume_authorization(
        &self,
        client: &Client,
        redirect_uri: &str,
        state: impl Into<String>,
        verifier: impl Into<String>,
    ) -> Result<Authorization, TokenError> {
        let (state, verifier) = (state.into(), verifier.into());
        let mut url = self
            .endpoint(request(self, client), Endpoint::Authorization)
            .await?;
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("response_type", "code")
                .append_pair("client_id", &self.id)
                .append_pair("redirect_uri", redirect_uri)
                .append_pair("state", &state)
                .append_pair("code_challenge", &challenge(&verifier))
                .append_pair("code_challenge_method", "S256");
            if let Some(scopes) = &self.scopes {
                query.append_pair("scope", &scopes.join(" "));
            }
            if let Some(audience) = &self.audience {
                query.append_pair("audience", audience);
            }
        }
        Ok(Authorization {
            oauth: self.clone(),
            client: client.clone(),
            redirect_uri: redirect_uri.to_owned(),
            url: url.into(),
            state: Secret(state),
            verifier: Secret(verifier),
        })
    }
}

fn request<'a>(oauth: &OAuthClient, client: &'a Client) -> TokenRequest<'a> {
    TokenRequest::of(client, oauth.scheme, |flow| {
        matches!(
            flow,
            Flow::AuthorizationCode { .. } | Flow::OpenIdConnect { .. }
        )
    })
}

impl Authorization {
    /// The address that the user opens.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What the server gives back, so that the answer is known as one to this request. It is secret.
    pub fn state(&self) -> &str {
        &self.state.0
    }

    /// What proves that the code is ours. It is secret.
    pub fn verifier(&self) -> &str {
        &self.verifier.0
    }

    /// Ends the authorization with the address that the browser came back to, or its query.
    ///
    /// # Errors
    /// When the user refused, the answer is one to another request, or the server refuses the code.
    pub async fn finish(&self, callback: &str) -> Result<TokenResponse, TokenError> {
        let query = callback
            .split_once('?')
            .map_or(callback, |(_, query)| query);
        let mut url = Url::parse("http://localhost").map_err(TokenError::new)?;
        url.set_query(Some(query.split('#').next().unwrap_or_default()));
        let get = |wanted: &str| {
            let mut pairs = url.query_pairs();
            pairs
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| value.into_owned())
        };
        let refuse = |text: String| TokenError::from(TokenErrorKind::Authorization(text));
        if get("state").as_deref() != Some(self.state()) {
            return Err(refuse(
                "the answer is to another authorization: its `state` differs".to_owned(),
            ));
        }
        if let Some(code) = get("error") {
            let code: String = code
                .chars()
                .filter(char::is_ascii_graphic)
                .take(60)
                .collect();
            return Err(refuse(format!("the authorization was refused: `{code}`")));
        }
        let code = get("code").ok_or_else(|| refuse("the answer has no code".to_owned()))?;
        let request = request(&self.oauth, &self.client);
        let url = self.oauth.endpoint(request, Endpoint::Code).await?;
        let pairs = [
            ("grant_type", "authorization_code"),
            ("code", &*code),
            ("redirect_uri", &*self.redirect_uri),
            ("code_verifier", self.verifier()),
        ];
        TokenExchange::new(request, &self.oauth)
            .token(&url, &pairs)
            .await
    }
}

/// Nothing of it but where the user is sent back to is printed.
impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("redirect_uri", &self.redirect_uri)
            .finish_non_exhaustive()
    }
}

/// The proof of a verifier that can be shown (RFC 7636, section 4.2).
fn challenge(verifier: &str) -> String {
    base64_url(&Sha256::digest(verifier.as_bytes()))
}

/// 256 bits that nobody can guess.
fn random() -> Result<String, TokenError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(TokenError::new)?;
    Ok(base64_url(&bytes))
}

/// Base64 for addresses, without padding (RFC 4648, section 5).
fn base64_url(bytes: &[u8]) -> String {
    let text = base64(bytes).replace('+', "-").replace('/', "_");
    text.trim_end_matches('=').to_owned()
}

#[cfg(test)]
mod tests {
    use super::challenge;

    #[test]
    fn challenges_are_those_of_the_rfc() {
        // RFC 7636, appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(
            challenge(verifier),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }
}
