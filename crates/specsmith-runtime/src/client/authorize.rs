//! What a request needs to be authorized: its credentials, with tokens that are got first.

use std::sync::Arc;

use http::StatusCode;
use reqwest::Url;

use super::auth::{Credential, Known};
use super::request::Overrides;
use super::{
    Error, OpenResponse, OperationInfo, Parts, Settings, Token, TokenError, TokenFailure,
    TokenProvider, TokenRequest,
};

/// The call that wants credentials.
pub(super) struct Wanted<'a> {
    pub(super) settings: &'a Settings,
    pub(super) operation: &'static OperationInfo,
    pub(super) base: &'a Url,
}

impl Wanted<'_> {
    /// The credentials of the request. `tokens` gets the tokens among them.
    pub(super) async fn get(
        &self,
        parts: &Parts,
        overrides: &Overrides,
        tokens: &mut Tokens,
    ) -> Result<Vec<Credential>, Error> {
        let set = &self.settings.headers;
        let is_set = |name: &_| parts.headers().contains_key(name) || set.contains_key(name);
        let credentials = &self.settings.credentials;
        let chosen = credentials
            .choose(self.operation, &overrides.credentials, is_set)
            .map_err(|missing| Error::MissingCredentials(Box::new(missing)))?;
        tokens.spent.clear();
        let mut credentials = Vec::with_capacity(chosen.len());
        for chosen in chosen {
            let scheme = chosen.scheme;
            let provider = match chosen.known {
                Known::Ready(credential) => {
                    credentials.push(credential.clone());
                    continue;
                }
                Known::Provided(provider) => provider,
            };
            let fault =
                |error| Error::Token(Box::new(TokenFailure::new(self.operation, scheme, error)));
            let request = TokenRequest::new(self.settings, self.base, scheme, Some(self.operation));
            let token = provider.token(request).await.map_err(fault)?;
            let credential = Credential::new(scheme, token.hidden());
            credentials.push(credential.map_err(|error| fault(TokenError::new(error)))?);
            tokens.spent.push(Spent {
                provider: provider.clone(),
                token,
            });
        }
        Ok(credentials)
    }
}

/// The tokens of a call.
#[derive(Default)]
pub(super) struct Tokens {
    /// Those of the last attempt.
    spent: Vec<Spent>,
    /// Those that the server refused, and its answer.
    refused: Option<(Vec<Spent>, Box<OpenResponse>)>,
    renewals: u32,
}

/// A token that a request was sent with.
struct Spent {
    provider: Arc<dyn TokenProvider>,
    token: Token,
}

impl Tokens {
    /// How often the call was sent again for the sake of its tokens.
    pub(super) fn renewals(&self) -> u32 {
        self.renewals
    }

    /// What an attempt ended with; `None` where the server refused its tokens and other ones are worth an attempt.
    pub(super) fn judge(
        &mut self,
        ended: Result<Box<OpenResponse>, Error>,
        can_be_sent: bool,
    ) -> Option<Result<Box<OpenResponse>, Error>> {
        let answer = match ended {
            Ok(answer) if answer.head().status() == StatusCode::UNAUTHORIZED => answer,
            ended => return Some(ended),
        };
        for spent in &self.spent {
            spent.provider.refused(&spent.token);
        }
        if self.spent.is_empty() || self.renewals > 0 || !can_be_sent {
            return Some(Ok(answer));
        }
        self.renewals += 1;
        self.refused = Some((std::mem::take(&mut self.spent), answer));
        None
    }

    /// The answer to the attempt before, where the tokens of this one are the same.
    pub(super) fn refused_again(&mut self) -> Option<Box<OpenResponse>> {
        let (refused, answer) = self.refused.take()?;
        let same = |(one, other): (&Spent, &Spent)| one.token.secret() == other.token.secret();
        let is_same = refused.iter().zip(&self.spent).all(same);
        if is_same {
            // They were refused already.
            self.spent.clear();
        }
        is_same.then_some(answer)
    }
}
