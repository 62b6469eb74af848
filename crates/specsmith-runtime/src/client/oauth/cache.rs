//! Tokens by their scopes, and one request at a time for a new one.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::super::timer::Instant;
use super::{Token, TokenError};

/// Tokens that are good for now.
pub(super) struct Cache {
    kept: Mutex<Vec<Kept>>,
    /// Held while a token is asked for; how that ended last, where it failed.
    flight: tokio::sync::Mutex<Option<(Instant, TokenError)>>,
    margin: Duration,
}

struct Kept {
    scopes: Vec<String>,
    token: Token,
    /// When it is to be replaced; `None` where it has no end that is known.
    stale: Option<Instant>,
}

impl Cache {
    pub(super) fn new(margin: Duration) -> Self {
        Self {
            kept: Mutex::default(),
            flight: tokio::sync::Mutex::default(),
            margin,
        }
    }

    /// A token with these scopes: one that is kept, else what `ask` gives.
    ///
    /// Callers that wait for the request of another one take what it ends with, its failure too.
    pub(super) async fn get<F>(
        &self,
        scopes: &[String],
        ask: impl FnOnce() -> F,
    ) -> Result<Token, TokenError>
    where
        F: Future<Output = Result<Token, TokenError>>,
    {
        if let Some(token) = self.find(scopes) {
            return Ok(token);
        }
        let came = Instant::now();
        let mut flight = self.flight.lock().await;
        if let Some(token) = self.find(scopes) {
            return Ok(token);
        }
        if let Some((failed, error)) = &*flight
            && *failed > came
        {
            return Err(error.clone());
        }
        let asked = ask().await;
        *flight = match &asked {
            Ok(token) => {
                self.put(scopes.to_vec(), token.clone());
                None
            }
            Err(error) => Some((Instant::now(), error.clone())),
        };
        asked
    }

    pub(super) fn put(&self, scopes: Vec<String>, token: Token) {
        let now = Instant::now();
        let stale = token.lifetime().and_then(|lifetime| {
            let margin = self.margin.min(lifetime / 4);
            now.checked_add(lifetime.saturating_sub(margin))
        });
        let mut kept = self.kept();
        kept.retain(|kept| kept.is_fresh(now) && kept.scopes != scopes);
        kept.push(Kept {
            scopes,
            token,
            stale,
        });
    }

    /// Forgets a token.
    pub(super) fn remove(&self, token: &Token) {
        let secret = token.secret();
        self.kept().retain(|kept| kept.token.secret() != secret);
    }

    /// A token with these scopes and maybe more.
    fn find(&self, scopes: &[String]) -> Option<Token> {
        let now = Instant::now();
        let kept = self.kept();
        let mut fits = kept.iter().filter(|kept| {
            kept.is_fresh(now) && scopes.iter().all(|scope| kept.scopes.contains(scope))
        });
        // Without scopes a server gives those of its choice, which is not the same as any.
        let found = fits.find(|kept| !scopes.is_empty() || kept.scopes.is_empty());
        found.map(|kept| kept.token.clone())
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn is_fresh(&self, now: Instant) -> bool {
        self.stale.is_none_or(|stale| now < stale)
    }
}
