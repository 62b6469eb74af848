//! Signing what is sent.

use std::fmt;
use std::time::SystemTime;

use axum::http::HeaderMap;
use axum::http::header::{HeaderName, HeaderValue};

use super::super::super::codec::Base64;
use super::super::super::signature::{InvalidSecret, Kind, SignatureHash, SignatureScheme};
use super::SendError;

/// Signs deliveries by a secret that the receiver knows.
#[derive(Clone)]
pub struct Signer {
    scheme: SignatureScheme,
    keys: Vec<Vec<u8>>,
}

/// Shows no secret.
impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("scheme", &self.scheme)
            .finish_non_exhaustive()
    }
}

impl Signer {
    /// What signs with this secret.
    pub fn new(scheme: SignatureScheme, secret: &str) -> Result<Self, InvalidSecret> {
        let signer = Self {
            scheme,
            keys: Vec::new(),
        };
        signer.with_secret(secret)
    }

    /// Signs with another secret as well, so that secrets can be changed without a break: receivers take what either signed.
    ///
    /// A plain HMAC in a header has room for one signature, so there the first secret signs alone.
    pub fn with_secret(mut self, secret: &str) -> Result<Self, InvalidSecret> {
        self.keys.push(self.scheme.key(secret)?);
        Ok(self)
    }

    /// Adds the headers of the signature to those of an attempt.
    pub(super) fn sign(
        &self,
        headers: &mut HeaderMap,
        id: &str,
        at: SystemTime,
        body: &[u8],
    ) -> Result<(), SendError> {
        let since_1970 = at
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        let at = since_1970.as_secs().to_string();
        match self.scheme.0 {
            Kind::Standard => {
                let parts = [id.as_bytes(), b".", at.as_bytes(), b".", body];
                let signed = self.signatures(SignatureHash::Sha256, &parts, |mac| {
                    format!("v1,{}", Base64(mac))
                });
                insert(headers, "webhook-id", id)?;
                insert(headers, "webhook-timestamp", &at)?;
                insert(headers, "webhook-signature", &signed.join(" "))
            }
            Kind::Timestamped(header) => {
                let parts = [at.as_bytes(), b".", body];
                let signed = self.signatures(SignatureHash::Sha256, &parts, |mac| {
                    format!("v1={}", hex(&mac))
                });
                insert(headers, header, &format!("t={at},{}", signed.join(",")))
            }
            Kind::Hmac {
                header,
                hash,
                is_base64,
                prefix,
            } => {
                let text = |mac: Vec<u8>| match is_base64 {
                    true => Base64(mac).to_string(),
                    false => hex(&mac),
                };
                let signed = self.signatures(hash, &[body], text);
                let signed = signed.first().map(String::as_str).unwrap_or_default();
                insert(headers, header, &format!("{prefix}{signed}"))
            }
        }
    }

    /// The signatures of these parts by all secrets.
    fn signatures(
        &self,
        hash: SignatureHash,
        parts: &[&[u8]],
        text: impl Fn(Vec<u8>) -> String,
    ) -> Vec<String> {
        self.keys
            .iter()
            .map(|key| text(hash.sign(key, parts)))
            .collect()
    }
}

fn insert(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), SendError> {
    let unwritable = || SendError::Unwritable(format!("the header `{name}`"));
    let header: HeaderName = name.parse().map_err(|_| unwritable())?;
    let value = HeaderValue::from_str(value).map_err(|_| unwritable())?;
    headers.insert(header, value);
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
