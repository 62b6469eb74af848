//! What carries requests out: reqwest, or whatever else is set.

use std::error::Error;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{Request, Response};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;

use super::{Addresses, RefusedAddress};

/// Any error.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// A future that does not say what it is.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// How much of an answer is read.
const MAX_BODY: usize = 64 << 10;

/// What carries a request to its receiver and gives the answer, of whatever status.
///
/// It follows no redirects, since these lead where nobody has looked, and bounds how much of an answer it reads. An error with
/// a [`RefusedAddress`] among its sources is final.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request.
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, BoxError>>;
}

impl<F, A> Transport for F
where
    F: Fn(Request<Bytes>) -> A + Send + Sync + 'static,
    A: Future<Output = Result<Response<Bytes>, BoxError>> + Send + 'static,
{
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, BoxError>> {
        Box::pin(self(request))
    }
}

/// reqwest without redirects and proxies, which looks at what names lead to.
pub(super) fn default(
    connect_timeout: Duration,
    addresses: Addresses,
) -> Result<Box<dyn Transport>, BoxError> {
    let client = reqwest::Client::builder()
        .connect_timeout(connect_timeout)
        .dns_resolver(Arc::new(Resolver(addresses)))
        .no_proxy()
        .redirect(Policy::none())
        .referer(false);
    Ok(Box::new(Reqwest(client.build()?)))
}

struct Reqwest(reqwest::Client);

impl Transport for Reqwest {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, BoxError>> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request)?;
            let sent = self.0.execute(request).await;
            let mut response = sent.map_err(reqwest::Error::without_url)?;
            let mut body = Vec::new();
            while body.len() < MAX_BODY
                && let Some(chunk) = response
                    .chunk()
                    .await
                    .map_err(reqwest::Error::without_url)?
            {
                body.extend_from_slice(&chunk);
            }
            body.truncate(MAX_BODY);
            let mut answer = Response::new(Bytes::from(body));
            *answer.status_mut() = response.status();
            *answer.headers_mut() = std::mem::take(response.headers_mut());
            Ok(answer)
        })
    }
}

/// Resolves names, and leaves out addresses that requests may not go to.
struct Resolver(Addresses);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = self.0;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let found: Vec<_> = found
                .filter(|address| allowed.allows(address.ip()))
                .collect();
            match found.is_empty() {
                true => Err(RefusedAddress::Private.into()),
                false => Ok(Box::new(found.into_iter()) as Addrs),
            }
        })
    }
}
