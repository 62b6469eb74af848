//! Webhooks and callbacks, requests that the API sends: reading their bodies, with the feature `webhooks` their signatures.
//!
//! Whatever receives a request has its headers and its body; routes of axum do with the feature `axum`.

#[cfg(feature = "axum")]
mod receive;
#[cfg(feature = "webhooks")]
mod signature;

use std::borrow::Cow;
use std::fmt;

use http::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::super::codec::{JsonError, from_json};

pub use super::BoxError;
#[cfg(feature = "axum")]
pub use receive::{receive, route_of, unverified_route_of};
#[cfg(feature = "webhooks")]
pub use signature::{InvalidSecret, SignatureError, SignatureHash, SignatureScheme, Verifier};

/// Why a webhook was not accepted.
#[derive(Debug)]
#[non_exhaustive]
pub enum WebhookError {
    /// It is not signed as the API signs.
    #[cfg(feature = "webhooks")]
    Signature(SignatureError),
    /// Its body is not what the document says.
    Body {
        /// The webhook, where it is known.
        webhook: Option<&'static str>,
        /// What is wrong, and where.
        source: JsonError,
    },
    /// Its body is not the XML that the document describes.
    Xml {
        /// The webhook.
        webhook: &'static str,
        /// What is wrong, and where.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Its body is not text in UTF-8.
    NotText {
        /// The webhook.
        webhook: &'static str,
    },
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            #[cfg(feature = "webhooks")]
            Self::Signature(_) => f.write_str("the signature of the webhook does not hold"),
            Self::Body {
                webhook: Some(webhook),
                ..
            }
            | Self::Xml { webhook, .. } => {
                write!(f, "the body of the webhook `{webhook}` was not understood")
            }
            Self::Body { webhook: None, .. } => {
                f.write_str("the body of a webhook was not understood")
            }
            Self::NotText { webhook } => {
                write!(f, "the body of the webhook `{webhook}` is not text")
            }
        }
    }
}

impl std::error::Error for WebhookError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            #[cfg(feature = "webhooks")]
            Self::Signature(error) => Some(error),
            Self::Body { source, .. } => Some(source),
            Self::Xml { source, .. } => Some(&**source),
            Self::NotText { .. } => None,
        }
    }
}

#[cfg(feature = "webhooks")]
impl From<SignatureError> for WebhookError {
    fn from(error: SignatureError) -> Self {
        Self::Signature(error)
    }
}

/// A webhook that the document does not name, as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownWebhook {
    /// Its name; `None` where it has none.
    pub name: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

impl UnknownWebhook {
    /// One of this name, with this body.
    pub fn new(name: Option<&str>, body: &[u8]) -> Self {
        Self {
            name: name.map(str::to_owned),
            body: body.to_vec(),
        }
    }

    /// The body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        from_json(&self.body)
    }
}

/// Reads the body of the webhook of this name.
pub fn read<T: DeserializeOwned>(webhook: &'static str, body: &[u8]) -> Result<T, WebhookError> {
    from_json(body).map_err(|source| WebhookError::Body {
        webhook: Some(webhook),
        source,
    })
}

/// Reads the body of a request that has none; what is there all the same says nothing.
pub fn read_nothing(_: &[u8]) -> Result<(), WebhookError> {
    Ok(())
}

/// Reads the body of a webhook of this name, which is text.
pub fn read_text(webhook: &'static str, body: &[u8]) -> Result<String, WebhookError> {
    match str::from_utf8(body) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(WebhookError::NotText { webhook }),
    }
}

/// Reads a webhook of which the body says what it is.
pub fn read_any<T: DeserializeOwned>(_: &HeaderMap, body: &[u8]) -> Result<T, WebhookError> {
    from_json(body).map_err(|source| WebhookError::Body {
        webhook: None,
        source,
    })
}

/// The name of a webhook in a header.
pub fn name_in<'h>(headers: &'h HeaderMap, header: &str) -> Option<Cow<'h, str>> {
    let name = headers.get(header)?.to_str().ok()?;
    Some(Cow::Borrowed(name.trim()))
}

/// The name of a webhook in a member of its body, at this JSON Pointer.
pub fn name_at(
    _: &HeaderMap,
    body: &[u8],
    pointer: &str,
) -> Result<Option<Cow<'static, str>>, WebhookError> {
    let body: Value = from_json(body).map_err(|source| WebhookError::Body {
        webhook: None,
        source,
    })?;
    Ok(match body.pointer(pointer) {
        Some(Value::String(name)) => Some(Cow::Owned(name.clone())),
        Some(Value::Number(name)) => Some(Cow::Owned(name.to_string())),
        _ => None,
    })
}

/// The name of a webhook in a header, and behind it that in a member of its body, where there is one: in lower case with
/// `-` between its words.
pub fn name_of(headers: &HeaderMap, header: &str, body: &[u8], pointer: &str) -> Option<String> {
    let mut name = name_in(headers, header)?.into_owned();
    if let Ok(Some(member)) = name_at(headers, body, pointer) {
        name.push('-');
        name.push_str(&member);
    }
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    Some(
        words
            .map(str::to_ascii_lowercase)
            .collect::<Vec<_>>()
            .join("-"),
    )
}
