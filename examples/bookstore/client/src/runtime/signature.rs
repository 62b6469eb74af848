//! How requests that an API sends are signed: HMACs of what is sent, by a secret that sender and receiver know.
//!
//! Senders and receivers share it, each with a file of its own beside it.

#![cfg(feature = "webhooks")]

use std::fmt;
use std::str::FromStr;

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Sha256, Sha512};

use super::codec::Base64;

/// How an API signs its webhooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignatureScheme(pub(crate) Kind);

/// What there is to know of a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Standard,
    Timestamped(&'static str),
    Hmac {
        header: &'static str,
        hash: SignatureHash,
        is_base64: bool,
        prefix: &'static str,
    },
}

/// The hash function of an HMAC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignatureHash {
    /// SHA-1, which some APIs still use beside a better one.
    Sha1,
    /// SHA-256
    Sha256,
    /// SHA-512
    Sha512,
}

impl SignatureScheme {
    /// Standard Webhooks: `webhook-id`, `webhook-timestamp` and `webhook-signature`, or the same with `svix-`.
    ///
    /// A secret is base64 text, with `whsec_` before it or not.
    pub const STANDARD: Self = Self(Kind::Standard);

    /// A header such as `t=1700000000,v1=5257a8..`: HMAC with SHA-256 of the time, a dot and the body.
    pub const fn timestamped(header: &'static str) -> Self {
        Self(Kind::Timestamped(header))
    }

    /// A header that has the HMAC of the body in hexadecimal digits.
    ///
    /// Nothing says when it was signed, so whoever sees a request can send it again.
    pub const fn hmac(header: &'static str, hash: SignatureHash) -> Self {
        Self(Kind::Hmac {
            header,
            hash,
            is_base64: false,
            prefix: "",
        })
    }

    /// Lets the HMAC be in base64; without effect on other schemes.
    pub const fn base64(self) -> Self {
        match self.0 {
            Kind::Hmac {
                header,
                hash,
                prefix,
                ..
            } => Self(Kind::Hmac {
                header,
                hash,
                is_base64: true,
                prefix,
            }),
            _ => self,
        }
    }

    /// Lets a text such as `sha256=` stand before the HMAC; without effect on other schemes.
    pub const fn prefix(self, prefix: &'static str) -> Self {
        match self.0 {
            Kind::Hmac {
                header,
                hash,
                is_base64,
                ..
            } => Self(Kind::Hmac {
                header,
                hash,
                is_base64,
                prefix,
            }),
            _ => self,
        }
    }

    /// The key that a secret stands for.
    pub(crate) fn key(self, secret: &str) -> Result<Vec<u8>, InvalidSecret> {
        let key = match self.0 {
            Kind::Standard => {
                let text = secret.trim();
                let text = text.strip_prefix("whsec_").unwrap_or(text);
                Base64::from_str(text).map_err(|_| InvalidSecret)?.0
            }
            Kind::Timestamped(_) | Kind::Hmac { .. } => secret.as_bytes().to_vec(),
        };
        // Whoever knows that there is none could sign.
        match key.is_empty() {
            true => Err(InvalidSecret),
            false => Ok(key),
        }
    }
}

impl SignatureHash {
    /// The HMAC of these parts, one behind the other, by a key.
    pub(crate) fn sign(self, key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
        match self {
            Self::Sha1 => mac::<Hmac<Sha1>>(key, parts),
            Self::Sha256 => mac::<Hmac<Sha256>>(key, parts),
            Self::Sha512 => mac::<Hmac<Sha512>>(key, parts),
        }
    }

    /// Whether this is the HMAC of these parts by a key; how long it takes tells nothing of it.
    pub(crate) fn is_signed(self, key: &[u8], parts: &[&[u8]], signature: &[u8]) -> bool {
        match self {
            Self::Sha1 => is_mac::<Hmac<Sha1>>(key, parts, signature),
            Self::Sha256 => is_mac::<Hmac<Sha256>>(key, parts, signature),
            Self::Sha512 => is_mac::<Hmac<Sha512>>(key, parts, signature),
        }
    }
}

fn mac<M: Mac + KeyInit>(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    // An HMAC takes keys of any length.
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(key) else {
        return Vec::new();
    };
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().to_vec()
}

/// Compares in constant time.
fn is_mac<M: Mac + KeyInit>(key: &[u8], parts: &[&[u8]], signature: &[u8]) -> bool {
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(key) else {
        return false;
    };
    parts.iter().for_each(|part| mac.update(part));
    mac.verify_slice(signature).is_ok()
}

/// A secret that nothing can be signed or verified with: it is empty, or not of the form that the scheme has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidSecret;

impl fmt::Display for InvalidSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the secret of webhooks is empty, or not of the form that it should have")
    }
}

impl std::error::Error for InvalidSecret {}
