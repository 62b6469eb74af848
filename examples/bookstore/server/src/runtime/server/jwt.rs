//! JSON Web Tokens (RFC 7519) as bearer tokens, verified by the crate `jsonwebtoken`.

use std::fmt;
use std::time::Duration;

use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::de::DeserializeOwned;

use super::auth::{Credential, Denied};

/// Verifies tokens of one issuer for one audience.
///
/// Each key is for one algorithm, and what a token says of its algorithm decides nothing but which keys are tried. A
/// token must have `exp`, `iss` and `aud`; `nbf` counts where it is there.
#[derive(Clone)]
pub struct JwtVerifier {
    keys: Vec<Key>,
    validation: Validation,
}

#[derive(Clone)]
struct Key {
    id: Option<String>,
    algorithm: Algorithm,
    key: DecodingKey,
}

/// A set of keys has none for the algorithms that are allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoUsableKey;

impl JwtVerifier {
    /// A verifier without keys, which refuses every token.
    pub fn new(issuer: &str, audience: &str) -> Self {
        let mut validation = Validation::default();
        validation.set_issuer(&[issuer]);
        validation.set_audience(&[audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud"]);
        validation.validate_nbf = true;
        Self {
            keys: Vec::new(),
            validation,
        }
    }

    /// Adds a key for an algorithm.
    #[must_use]
    pub fn key(mut self, algorithm: Algorithm, key: DecodingKey) -> Self {
        self.keys.push(Key {
            id: None,
            algorithm,
            key,
        });
        self
    }

    /// Adds the keys of a set for these algorithms; keys for others, and for encryption, are left out. Where the issuer
    /// changes its keys, make another verifier of the new set.
    ///
    /// # Errors
    ///
    /// If no key is left.
    pub fn jwks(mut self, set: &JwkSet, algorithms: &[Algorithm]) -> Result<Self, NoUsableKey> {
        let before = self.keys.len();
        let keys = set.keys.iter().flat_map(|jwk| keys_of(jwk, algorithms));
        self.keys.extend(keys);
        match self.keys.len() > before {
            true => Ok(self),
            false => Err(NoUsableKey),
        }
    }

    /// Sets how much clocks may differ; without it, that is a minute.
    #[must_use]
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.validation.leeway = leeway.as_secs();
        self
    }

    /// The claims of a token.
    ///
    /// # Errors
    ///
    /// [`Denied::Invalid`] if the token is not what the issuer signed for this audience and this time, or if its claims
    /// are not those of `C`.
    pub fn verify<C: DeserializeOwned>(&self, token: &Credential) -> Result<C, Denied> {
        let header = decode_header(token.expose()).map_err(|_| Denied::Invalid)?;
        let fits = |key: &&Key| {
            let is_named = key.id.is_none() || header.kid.is_none() || key.id == header.kid;
            key.algorithm == header.alg && is_named
        };
        for key in self.keys.iter().filter(fits) {
            let mut validation = self.validation.clone();
            validation.algorithms = vec![key.algorithm];
            if let Ok(token) = decode(token.expose(), &key.key, &validation) {
                return Ok(token.claims);
            }
        }
        Err(Denied::Invalid)
    }
}

/// A key of a set, once for each algorithm that it is for.
fn keys_of(jwk: &Jwk, algorithms: &[Algorithm]) -> Vec<Key> {
    let is_for_encryption = jwk.common.public_key_use == Some(PublicKeyUse::Encryption);
    let Some(key) = DecodingKey::from_jwk(jwk)
        .ok()
        .filter(|_| !is_for_encryption)
    else {
        return Vec::new();
    };
    let own = jwk
        .common
        .key_algorithm
        .map(|algorithm| algorithm.to_string().parse().ok());
    let fits = |algorithm: &&Algorithm| match own {
        Some(own) => own == Some(**algorithm),
        None => algorithm.family() == key.family(),
    };
    let keys = algorithms.iter().filter(fits).map(|algorithm| Key {
        id: jwk.common.key_id.clone(),
        algorithm: *algorithm,
        key: key.clone(),
    });
    keys.collect()
}

impl fmt::Debug for JwtVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JwtVerifier")
            .field("keys", &self.keys.len())
            .field("issuer", &self.validation.iss)
            .field("audience", &self.validation.aud)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for NoUsableKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the set has no key for these algorithms")
    }
}

impl std::error::Error for NoUsableKey {}
