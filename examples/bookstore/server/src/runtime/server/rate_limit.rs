//! Limits of how often a client may ask.

use std::collections::HashMap;
use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::{ConnectInfo, Request};
use axum::http::header::{HeaderName, HeaderValue, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use tokio::time::Instant;
use tower_layer::Layer;
use tower_service::Service;

use super::problem::Problem;

/// How many keys a process counts; those beyond share one count.
const KEYS: usize = 100_000;

/// How many requests there may be in how long a time: so many at once, and then as many as come back with time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    requests: u32,
    window: Duration,
}

impl Quota {
    /// So many requests in each window of time.
    pub fn new(requests: u32, window: Duration) -> Self {
        Self {
            requests: requests.max(1),
            window,
        }
    }

    /// So many requests a second.
    pub fn per_second(requests: u32) -> Self {
        Self::new(requests, Duration::from_secs(1))
    }

    /// So many requests a minute.
    pub fn per_minute(requests: u32) -> Self {
        Self::new(requests, Duration::from_secs(60))
    }

    /// How many requests a window has.
    pub fn requests(&self) -> u32 {
        self.requests
    }

    /// How long a window is.
    pub fn window(&self) -> Duration {
        self.window
    }

    /// How long one request takes to come back.
    pub fn interval(&self) -> Duration {
        self.window / self.requests
    }
}

/// Whether a request may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Granted {
        /// How long it is until everything has come back.
        debt: Duration,
    },
    /// It may not.
    Refused {
        /// How long it is until everything has come back.
        debt: Duration,
    },
}

/// Where requests are counted.
///
/// [`InProcess`] counts for one process. Where several share a quota they share a store, such as `RedisStore` (feature
/// `redis`).
pub trait RateLimitStore: Send + Sync + 'static {
    /// Counts a request of a key, unless its quota is used up.
    ///
    /// The count is a debt: each request adds [`Quota::interval`] to it, and it falls with time. A request that would
    /// lift it above [`Quota::window`] is refused and adds nothing (the generic cell rate algorithm).
    fn take<'a>(
        &'a self,
        key: &'a str,
        quota: Quota,
    ) -> Pin<Box<dyn Future<Output = Result<Verdict, StoreError>> + Send + 'a>>;
}

/// Why a store cannot count.
pub type StoreError = Box<dyn Error + Send + Sync>;

/// Counts requests of one process.
#[derive(Debug, Default)]
pub struct InProcess(Mutex<HashMap<Box<str>, Instant>>);

impl InProcess {
    fn count(&self, key: &str, quota: Quota) -> Verdict {
        let now = Instant::now();
        let mut free = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if free.len() >= KEYS && !free.contains_key(key) {
            free.retain(|_, at| *at > now);
        }
        let key = match free.len() >= KEYS && !free.contains_key(key) {
            true => "",
            false => key,
        };
        let at = free.get(key).copied().unwrap_or(now).max(now);
        let next = at + quota.interval();
        if next - now > quota.window {
            return Verdict::Refused { debt: at - now };
        }
        free.insert(key.into(), next);
        Verdict::Granted { debt: next - now }
    }
}

impl RateLimitStore for InProcess {
    fn take<'a>(
        &'a self,
        key: &'a str,
        quota: Quota,
    ) -> Pin<Box<dyn Future<Output = Result<Verdict, StoreError>> + Send + 'a>> {
        Box::pin(std::future::ready(Ok(self.count(key, quota))))
    }
}

/// What becomes of requests while they cannot be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uncounted {
    /// They go on.
    Granted,
    /// They are answered with `503 Service Unavailable`.
    Refused,
}

/// A layer that answers `429 Too Many Requests` to clients that ask too often.
///
/// Every response says in `RateLimit` what is left; a refusal says in `Retry-After` when to come back.
///
/// ```text
/// routes(App)
///     .layer_for(&api::books::LIST_BOOKS, RateLimit::new("list", Quota::per_minute(60)))
///     .into_router()
/// ```
#[derive(Clone)]
pub struct RateLimit {
    name: Arc<str>,
    quota: Quota,
    store: Arc<dyn RateLimitStore>,
    key: Arc<Key>,
    uncounted: Uncounted,
}

/// What a request is counted by.
type Key = dyn Fn(&Request) -> Option<String> + Send + Sync;

impl RateLimit {
    /// A quota for the address of each client, counted in this process.
    ///
    /// The name tells the quota from others, in headers and in a store that is shared.
    pub fn new(name: &'static str, quota: Quota) -> Self {
        Self {
            name: name.into(),
            quota,
            store: Arc::new(InProcess::default()),
            key: Arc::new(client),
            uncounted: Uncounted::Granted,
        }
    }

    /// Counts by something else than the address, such as a header; requests for which it is `None` are not counted.
    ///
    /// Behind a proxy every request has the address of the proxy: take what the proxy says of the client.
    #[must_use]
    pub fn by(mut self, key: impl Fn(&Request) -> Option<String> + Send + Sync + 'static) -> Self {
        self.key = Arc::new(key);
        self
    }

    /// Counts in another place.
    #[must_use]
    pub fn store(mut self, store: impl RateLimitStore) -> Self {
        self.store = Arc::new(store);
        self
    }

    /// Says what becomes of requests while the store fails; they go on unless it is said.
    #[must_use]
    pub fn uncounted(mut self, uncounted: Uncounted) -> Self {
        self.uncounted = uncounted;
        self
    }

    /// Counts a request: the headers of its response, or the refusal.
    async fn count(&self, key: Option<String>) -> Result<HeaderMap, Response> {
        let Some(key) = key else {
            return Ok(HeaderMap::new());
        };
        match self
            .store
            .take(&format!("{}:{key}", self.name), self.quota)
            .await
        {
            Ok(Verdict::Granted { debt }) => Ok(self.headers(debt)),
            Ok(Verdict::Refused { debt }) => Err(self.refusal(debt)),
            Err(_) if self.uncounted == Uncounted::Granted => Ok(HeaderMap::new()),
            Err(_) => Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE).into_response()),
        }
    }

    fn refusal(&self, debt: Duration) -> Response {
        let wait = (debt + self.quota.interval()).saturating_sub(self.quota.window);
        let mut response = Problem::new(StatusCode::TOO_MANY_REQUESTS).into_response();
        response.headers_mut().extend(self.headers(debt));
        let seconds = HeaderValue::from(seconds(wait).max(1));
        response.headers_mut().insert(RETRY_AFTER, seconds);
        response
    }

    /// What is left, as draft-ietf-httpapi-ratelimit-headers says it.
    fn headers(&self, debt: Duration) -> HeaderMap {
        let Quota { requests, window } = self.quota;
        let free = window.saturating_sub(debt).as_nanos();
        let left = free / self.quota.interval().as_nanos().max(1);
        let name = &self.name;
        let policy = format!("\"{name}\";q={requests};w={}", seconds(window));
        let limit = format!("\"{name}\";r={left};t={}", seconds(debt));
        let texts = [("ratelimit-policy", policy), ("ratelimit", limit)];
        texts
            .into_iter()
            .filter_map(|(name, text)| {
                let value = HeaderValue::try_from(text).ok()?;
                Some((HeaderName::from_static(name), value))
            })
            .collect()
    }
}

impl fmt::Debug for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimit")
            .field("name", &self.name)
            .field("quota", &self.quota)
            .finish_non_exhaustive()
    }
}

/// A duration in whole seconds, not too short.
fn seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}

/// The address of the client; of IPv6 the network, which is what one client has.
fn client(request: &Request) -> Option<String> {
    let ConnectInfo(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    Some(match peer.ip().to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{:x}", address.to_bits() >> 64),
    })
}

impl<S> Layer<S> for RateLimit {
    type Service = RateLimited<S>;

    fn layer(&self, service: S) -> RateLimited<S> {
        RateLimited {
            limit: self.clone(),
            service,
        }
    }
}

/// A service that clients may not ask too often.
#[derive(Debug, Clone)]
pub struct RateLimited<S> {
    limit: RateLimit,
    service: S,
}

impl<S> Service<Request> for RateLimited<S>
where
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.service.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let limit = self.limit.clone();
        // What is ready is called, and a copy waits for the next request.
        let next = self.service.clone();
        let mut service = std::mem::replace(&mut self.service, next);
        let key = (limit.key)(&request);
        Box::pin(async move {
            match limit.count(key).await {
                Ok(headers) => {
                    let mut response = service.call(request).await?;
                    response.headers_mut().extend(headers);
                    Ok(response)
                }
                Err(refusal) => Ok(refusal),
            }
        })
    }
}
