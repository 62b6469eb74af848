//! Counts of requests that several processes share, in Redis or Valkey.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use redis::Script;
use redis::aio::ConnectionManager;

use super::rate_limit::{Quota, RateLimitStore, StoreError, Verdict};

/// The time until which a key is in debt, in microseconds; a key is gone once it has none.
const SCRIPT: &str = "\
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local at = tonumber(redis.call('GET', KEYS[1]) or now)
if at < now then at = now end
local next = at + interval
if next - now > window then return {0, at - now} end
redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000))
return {1, next - now}
";

/// Counts requests in Redis or Valkey, so that several processes share quotas.
#[derive(Clone)]
pub struct RedisStore {
    connection: ConnectionManager,
    script: Arc<Script>,
    prefix: Arc<str>,
}

impl RedisStore {
    /// Connects to a server, such as `redis://127.0.0.1/`; a connection that breaks is made again.
    ///
    /// # Errors
    /// When the address is none of Redis, or nothing answers.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let connection = redis::Client::open(url)?.get_connection_manager().await?;
        Ok(Self {
            connection,
            script: Arc::new(Script::new(SCRIPT)),
            prefix: "rate-limit:".into(),
        })
    }

    /// Sets what keys begin with; `rate-limit:` unless it is set.
    #[must_use]
    pub fn prefix(mut self, prefix: &str) -> Self {
        self.prefix = prefix.into();
        self
    }
}

impl RateLimitStore for RedisStore {
    fn take<'a>(
        &'a self,
        key: &'a str,
        quota: Quota,
    ) -> Pin<Box<dyn Future<Output = Result<Verdict, StoreError>> + Send + 'a>> {
        let mut connection = self.connection.clone();
        Box::pin(async move {
            let micros = |duration: Duration| u64::try_from(duration.as_micros());
            let (granted, debt): (u8, u64) = self
                .script
                .key(format!("{}{key}", self.prefix))
                .arg(micros(quota.interval())?)
                .arg(micros(quota.window())?)
                .invoke_async(&mut connection)
                .await?;
            let debt = Duration::from_micros(debt);
            Ok(match granted {
                1 => Verdict::Granted { debt },
                _ => Verdict::Refused { debt },
            })
        })
    }
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStore")
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}
