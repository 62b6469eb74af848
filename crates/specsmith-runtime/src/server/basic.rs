//! User names and passwords (RFC 7617).

use std::fmt;

use subtle::ConstantTimeEq as _;

use super::super::codec::Base64;
use super::auth::{AuthContext, Credential, Denied, Gate};

/// A user name and a password. The password is not shown.
#[derive(Clone)]
pub struct BasicCredentials {
    user: String,
    password: Credential,
}

impl BasicCredentials {
    /// Takes a user name and a password, for tests for example.
    pub fn new(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            user: user.into(),
            password: Credential::new(password),
        }
    }

    /// The user name.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The password. What is stored of passwords should be a hash: compare with the function of its library.
    pub fn password(&self) -> &Credential {
        &self.password
    }

    /// Whether these are the user name and the password. How long that takes does not tell which characters are right.
    pub fn matches(&self, user: &str, password: &str) -> bool {
        let user = self.user.as_bytes().ct_eq(user.as_bytes());
        let password = self.password.expose().as_bytes().ct_eq(password.as_bytes());
        (user & password).into()
    }

    /// Reads what stands behind `Basic`.
    fn read(credential: &Credential) -> Option<Self> {
        let bytes = credential.expose().parse::<Base64>().ok()?.into_vec();
        let text = String::from_utf8(bytes).ok()?;
        let (user, password) = text.split_once(':')?;
        Some(Self::new(user, password))
    }
}

impl fmt::Debug for BasicCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BasicCredentials")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

impl<'r> Gate<'r> {
    /// The user name and the password of a scheme of the way that is tried.
    pub fn basic(&mut self, scheme: &str) -> Option<(BasicCredentials, AuthContext<'r>)> {
        let (credential, cx) = self.credential(scheme)?;
        let Some(credentials) = BasicCredentials::read(&credential) else {
            return self.pass(scheme, Err(Denied::Invalid));
        };
        Some((credentials, cx))
    }
}
