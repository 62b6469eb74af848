//! Requests to an authorization server, and what it answers.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};
use http::{Method, StatusCode, Uri};
use reqwest::Url;
use serde_json::Value;

use super::super::auth::{Secret, base64};
use super::super::style::{Escape, percent_encode};
use super::super::{Body, Token, TokenError, TokenErrorKind, TokenRequest, TransportError};
use super::{Authentication, OAuthClient};

/// What the token endpoint gave (RFC 6749, section 5.1). Its tokens are printed nowhere.
#[derive(Debug, Clone)]
pub struct TokenResponse {
    access: Secret,
    refresh: Option<Secret>,
    id: Option<Secret>,
    lifetime: Option<Duration>,
    scopes: Option<Vec<String>>,
}

impl TokenResponse {
    fn read(answer: &Value) -> Result<Self, String> {
        let text = |name: &str| answer.get(name).and_then(Value::as_str);
        let secret = |name| text(name).map(|text| Secret(text.to_owned()));
        let access = secret("access_token").ok_or("it has no `access_token`")?;
        if let Some(kind) = text("token_type")
            && ["dpop", "mac"].contains(&&*kind.to_ascii_lowercase())
        {
            return Err("its token is no bearer token".to_owned());
        }
        let seconds = answer.get("expires_in").and_then(seconds);
        Ok(Self {
            access,
            refresh: secret("refresh_token"),
            id: secret("id_token"),
            lifetime: seconds.map(Duration::from_secs),
            scopes: text("scope").map(|text| text.split_whitespace().map(str::to_owned).collect()),
        })
    }

    /// The token that calls are sent with.
    pub fn access_token(&self) -> &str {
        &self.access.0
    }

    /// The token by which others are got.
    pub fn refresh_token(&self) -> Option<&str> {
        self.refresh.as_ref().map(|token| &*token.0)
    }

    /// The identity of the user, of OpenID Connect. Its signature is not checked.
    pub fn id_token(&self) -> Option<&str> {
        self.id.as_ref().map(|token| &*token.0)
    }

    /// How long the access token is good from when it came.
    pub fn lifetime(&self) -> Option<Duration> {
        self.lifetime
    }

    /// The scopes that were given, where they are not those that were asked for.
    pub fn scopes(&self) -> Option<&[String]> {
        self.scopes.as_deref()
    }

    /// The access token, as a provider gives it.
    pub fn into_token(self) -> Token {
        let token = Token::new(self.access.0);
        match self.lifetime {
            Some(lifetime) => token.with_lifetime(lifetime),
            None => token,
        }
    }
}

/// A number of seconds; some servers write it as text.
pub(super) fn seconds(value: &Value) -> Option<u64> {
    let float = || value.as_f64().filter(|float| *float >= 0.0);
    let number = value.as_u64().or_else(|| float().map(|float| float as u64));
    number.or_else(|| value.as_str()?.parse().ok())
}

/// A request of a client to its authorization server.
#[derive(Clone, Copy)]
pub(super) struct TokenExchange<'a> {
    request: TokenRequest<'a>,
    client: &'a OAuthClient,
}

/// The largest answer that is read.
const LIMIT: usize = 1 << 20;

impl<'a> TokenExchange<'a> {
    pub(super) fn new(request: TokenRequest<'a>, client: &'a OAuthClient) -> Self {
        Self { request, client }
    }

    /// Asks for a token.
    pub(super) async fn token(
        self,
        url: &Url,
        pairs: &[(&str, &str)],
    ) -> Result<TokenResponse, TokenError> {
        let (status, answer) = self.post(url, pairs).await?;
        TokenResponse::read(&answer)
            .map_err(|reason| TokenErrorKind::Unexpected { status, reason }.into())
    }

    /// Sends a form with these pairs, and what shows who the client is.
    pub(super) async fn post(
        self,
        url: &Url,
        pairs: &[(&str, &str)],
    ) -> Result<(StatusCode, Value), TokenError> {
        let client = self.client;
        let encode = |text: &str| percent_encode(text, Escape::Reserved);
        let mut pairs = pairs.to_vec();
        pairs.extend(
            client
                .audience
                .as_deref()
                .map(|audience| ("audience", audience)),
        );
        let parameters = client.parameters.iter();
        pairs.extend(parameters.map(|(name, value)| (&**name, &*value.0)));
        let authorization = match (&client.secret, client.authentication) {
            (Some(secret), Authentication::Basic) => {
                let text =
                    base64(format!("{}:{}", encode(&client.id), encode(&secret.0)).as_bytes());
                Some(format!("Basic {text}"))
            }
            (Some(secret), Authentication::Body) => {
                pairs.push(("client_id", &client.id));
                pairs.push(("client_secret", &secret.0));
                None
            }
            (None, _) => {
                pairs.push(("client_id", &client.id));
                None
            }
        };
        let form = pairs
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        let form = Vec::from_iter(form).join("&");
        let basic = authorization.clone().unwrap_or_default();
        let sent = self
            .send(Method::POST, url, Some(form), authorization)
            .await;
        // What the server says can repeat what it was sent.
        let secret = |(name, _): &&(&str, &str)| SECRET.contains(name);
        let sent_secrets = pairs.iter().filter(secret).map(|(_, value)| *value);
        let basic = basic.strip_prefix("Basic ");
        let secrets = Vec::from_iter(client.secrets().chain(sent_secrets).chain(basic));
        sent.map_err(|error| redact(error, &secrets))
    }

    /// Sends a request and reads the JSON object of its answer.
    pub(super) async fn send(
        self,
        method: Method,
        url: &Url,
        form: Option<String>,
        authorization: Option<String>,
    ) -> Result<(StatusCode, Value), TokenError> {
        let refuse = || TokenErrorKind::Endpoint("a token request cannot be sent".to_owned());
        let mut request = http::Request::new(Body::empty());
        *request.method_mut() = method;
        *request.uri_mut() = Uri::try_from(url.as_str()).map_err(|_| refuse())?;
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(agent) = self.request.user_agent() {
            headers.insert(USER_AGENT, agent.clone());
        }
        if let Some(text) = authorization {
            let mut value = HeaderValue::from_str(&text).map_err(|_| refuse())?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        if let Some(form) = form {
            let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
            headers.insert(CONTENT_TYPE, kind);
            *request.body_mut() = Body::new(form);
        }
        let response = self
            .request
            .transport()
            .send(request)
            .await
            .map_err(fault)?;
        let status = response.status();
        let body = read(response.into_body(), status).await?;
        let answer: Option<Value> = serde_json::from_slice(&body).ok();
        answer_of(status, answer)
    }
}

/// The parameters of token requests that are secret.
const SECRET: [&str; 6] = [
    "client_secret",
    "code",
    "code_verifier",
    "device_code",
    "password",
    "refresh_token",
];

fn fault(error: TransportError) -> TokenError {
    TokenErrorKind::Transport(error).into()
}

async fn read(mut body: Body, status: StatusCode) -> Result<Bytes, TokenError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = body.chunk().await {
        bytes.extend_from_slice(&chunk.map_err(fault)?);
        if bytes.len() > LIMIT {
            let reason = format!("with more than {LIMIT} bytes");
            return Err(TokenErrorKind::Unexpected { status, reason }.into());
        }
    }
    Ok(bytes.into())
}

/// What the server answered, or why that is no success. What it holds beyond an error is not repeated.
fn answer_of(status: StatusCode, answer: Option<Value>) -> Result<(StatusCode, Value), TokenError> {
    let text = |name: &str| answer.as_ref()?.get(name)?.as_str().map(plain);
    // Some servers answer 200 with an error.
    if let Some(code) = text("error") {
        let description = text("error_description");
        return Err(TokenErrorKind::Refused {
            status,
            code,
            description,
        }
        .into());
    }
    let reason = match answer {
        Some(answer) if status.is_success() && answer.is_object() => return Ok((status, answer)),
        _ if status.is_success() => "not with a JSON object".to_owned(),
        _ => "without an `error` that says why".to_owned(),
    };
    Err(TokenErrorKind::Unexpected { status, reason }.into())
}

/// One line of text that is not long.
fn plain(text: &str) -> String {
    const LENGTH: usize = 300;
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    plain.take(LENGTH).collect()
}

/// Shorter text is no secret, and can be part of any word.
const SHORTEST: usize = 4;

/// The error without what is secret.
fn redact(error: TokenError, secrets: &[&str]) -> TokenError {
    let TokenErrorKind::Refused {
        status,
        code,
        description,
    } = error.kind()
    else {
        return error;
    };
    let is_secret = |text: &str| {
        let mut secrets = secrets.iter().filter(|secret| secret.len() >= SHORTEST);
        secrets.any(|secret| text.contains(*secret) || text.contains(&base64(secret.as_bytes())))
    };
    let hide = |text: &str| match is_secret(text) || is_secret(&percent_decode(text)) {
        true => "[redacted]".to_owned(),
        false => text.to_owned(),
    };
    TokenErrorKind::Refused {
        status: *status,
        code: hide(code),
        description: description.as_deref().map(hide),
    }
    .into()
}

/// The text that percent-encoding stands for.
fn percent_decode(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut bytes = Vec::from_iter(pieces.next().unwrap_or_default().bytes());
    for piece in pieces {
        let digits = piece
            .get(..2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match digits {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend(piece.bytes().skip(2));
            }
            None => {
                bytes.push(b'%');
                bytes.extend(piece.bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Only what is not secret.
impl fmt::Debug for TokenExchange<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenExchange")
            .field("client", self.client)
            .finish_non_exhaustive()
    }
}
