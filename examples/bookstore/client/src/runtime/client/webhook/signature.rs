//! Signatures of webhooks: whether requests come from the API.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use http::HeaderMap;

use super::super::super::codec::Base64;
use super::super::super::signature::Kind;
pub use super::super::super::signature::{InvalidSecret, SignatureHash, SignatureScheme};
use super::super::rate_limit::now;

/// How long a signature counts, and how much later than ours the clock of the sender may be.
const TOLERANCE: Duration = Duration::from_secs(300);

/// Tells whether webhooks come from the API.
///
/// Without it, anyone who knows the address can send them.
#[derive(Clone)]
pub struct Verifier {
    scheme: SignatureScheme,
    secrets: Vec<Vec<u8>>,
    tolerance: Duration,
}

/// Shows no secret.
impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("scheme", &self.scheme)
            .field("tolerance", &self.tolerance)
            .finish_non_exhaustive()
    }
}

impl Verifier {
    /// A verifier for requests that are signed with this secret.
    pub fn new(scheme: SignatureScheme, secret: &str) -> Result<Self, InvalidSecret> {
        let verifier = Self {
            scheme,
            secrets: Vec::new(),
            tolerance: TOLERANCE,
        };
        verifier.with_secret(secret)
    }

    /// Accepts another secret, too, so that secrets can be changed without a break.
    pub fn with_secret(mut self, secret: &str) -> Result<Self, InvalidSecret> {
        self.secrets.push(self.scheme.key(secret)?);
        Ok(self)
    }

    /// How much the time of a signature may differ from now; 5 minutes unless it is said.
    #[must_use]
    pub fn with_tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Verifies a request. The body is the bytes as they came: what was read and written again is not the same.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureError> {
        self.verify_at(headers, body, now().unwrap_or(SystemTime::UNIX_EPOCH))
    }

    /// Verifies a request as if it were this time.
    pub fn verify_at(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: SystemTime,
    ) -> Result<(), SignatureError> {
        match self.scheme.0 {
            Kind::Standard => self.standard(headers, body, now),
            Kind::Timestamped(header) => self.timestamped(header, headers, body, now),
            Kind::Hmac {
                header,
                hash,
                is_base64,
                prefix,
            } => {
                let text = text(headers, header)?;
                let text = text.strip_prefix(prefix);
                let signature = text.ok_or(SignatureError::Malformed(header))?;
                let decoded = match is_base64 {
                    true => from_base64(signature),
                    false => from_hex(signature),
                };
                let signature = decoded.ok_or(SignatureError::Malformed(header))?;
                self.accept(hash, &[body], &[signature])
            }
        }
    }

    fn standard(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: SystemTime,
    ) -> Result<(), SignatureError> {
        let names = match headers.contains_key("svix-id") && !headers.contains_key("webhook-id") {
            true => ["svix-id", "svix-timestamp", "svix-signature"],
            false => ["webhook-id", "webhook-timestamp", "webhook-signature"],
        };
        let [id, timestamp, signature] = names;
        let (id, at) = (text(headers, id)?, text(headers, timestamp)?);
        let signatures = text(headers, signature)?.split(' ');
        let signatures = signatures.filter_map(|signature| signature.strip_prefix("v1,"));
        let signatures: Vec<Vec<u8>> = signatures.filter_map(from_base64).collect();
        self.is_timely(at, timestamp, now)?;
        let message = [id.as_bytes(), b".", at.as_bytes(), b".", body];
        self.accept(SignatureHash::Sha256, &message, &signatures)
    }

    fn timestamped(
        &self,
        header: &'static str,
        headers: &HeaderMap,
        body: &[u8],
        now: SystemTime,
    ) -> Result<(), SignatureError> {
        let (mut at, mut signatures) = (None, Vec::new());
        for part in text(headers, header)?.split(',') {
            match part.trim().split_once('=') {
                Some(("t", time)) => at = Some(time),
                Some(("v1", signature)) => signatures.extend(from_hex(signature)),
                _ => {}
            }
        }
        let at = at.ok_or(SignatureError::Malformed(header))?;
        self.is_timely(at, header, now)?;
        self.accept(
            SignatureHash::Sha256,
            &[at.as_bytes(), b".", body],
            &signatures,
        )
    }

    /// Whether a time in seconds since 1970 is about now.
    fn is_timely(
        &self,
        at: &str,
        header: &'static str,
        now: SystemTime,
    ) -> Result<(), SignatureError> {
        let is_number = !at.is_empty() && at.bytes().all(|byte| byte.is_ascii_digit());
        let seconds = at.parse().ok().filter(|_| is_number);
        let at = seconds
            .and_then(|seconds| SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds)));
        let at = at.ok_or(SignatureError::Malformed(header))?;
        match now.duration_since(at) {
            Ok(age) if age > self.tolerance => Err(SignatureError::TooOld),
            Err(early) if early.duration() > self.tolerance => Err(SignatureError::TooNew),
            _ => Ok(()),
        }
    }

    /// Whether any of the signatures is one of the parts by any of the secrets; how long it takes tells nothing of them.
    fn accept(
        &self,
        hash: SignatureHash,
        parts: &[&[u8]],
        signatures: &[Vec<u8>],
    ) -> Result<(), SignatureError> {
        let is_signed = |secret: &Vec<u8>| {
            let mut signatures = signatures.iter();
            signatures.any(|signature| hash.is_signed(secret, parts, signature))
        };
        match self.secrets.iter().any(is_signed) {
            true => Ok(()),
            false => Err(SignatureError::Mismatch),
        }
    }
}

/// The text of a header.
fn text<'h>(headers: &'h HeaderMap, name: &'static str) -> Result<&'h str, SignatureError> {
    let value = headers.get(name).ok_or(SignatureError::Missing(name))?;
    let text = value
        .to_str()
        .map_err(|_| SignatureError::Malformed(name))?;
    Ok(text.trim())
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    Base64::from_str(text).ok().map(|bytes| bytes.0)
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
        return None;
    };
    let byte = |[high, low]: &[u8; 2]| u8::try_from(digit(high)? << 4 | digit(low)?).ok();
    pairs.iter().map(byte).collect()
}

/// Why a request is not taken for one of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// It has no header of this name.
    Missing(&'static str),
    /// The header of this name says nothing that can be read.
    Malformed(&'static str),
    /// It was signed too long ago, so someone may have sent it again.
    TooOld,
    /// It was signed in the future.
    TooNew,
    /// It was signed with another secret, or changed.
    Mismatch,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(header) => write!(f, "there is no header `{header}`"),
            Self::Malformed(header) => write!(f, "the header `{header}` is not a signature"),
            Self::TooOld => f.write_str("it was signed too long ago"),
            Self::TooNew => f.write_str("it was signed in the future"),
            Self::Mismatch => f.write_str("it was signed with another secret, or changed"),
        }
    }
}

impl std::error::Error for SignatureError {}
