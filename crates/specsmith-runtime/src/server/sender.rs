//! Requests that the server sends to those who use the API: webhooks and callbacks, with the feature `webhooks`.
//!
//! Addresses come from strangers, so [`Sender`] is careful with them (`address`), follows no redirects and reads no more of
//! an answer than it needs. A [`Delivery`] is what is sent, a [`Signer`] signs it, and `transport` is where others take over.

mod address;
mod delivery;
mod error;
mod expression;
mod retry;
mod signer;
#[cfg(test)]
mod tests;
mod transport;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, Request, Response, StatusCode, header};

use address::Target;
pub use address::{Addresses, RefusedAddress};
pub use delivery::Delivery;
pub use error::{Refusal, SendError};
pub use expression::{CallbackUrl, NoAddress, callback_url};
pub use retry::Retries;
pub use signer::Signer;
pub use transport::{BoxError, BoxFuture, Transport};

pub use super::super::signature::{InvalidSecret, SignatureHash, SignatureScheme};

/// Sends webhooks and callbacks. Clones share connections and settings.
///
/// ```text
/// let sender = Sender::builder().build()?;
/// let signer = Signer::new(SignatureScheme::STANDARD, &subscriber.secret)?;
/// sender.signed(signer).send(&subscriber.url, webhooks::order_shipped(&order)).await?;
/// ```
///
/// A delivery waits between its attempts and is lost when the process ends, so send from a task of its own, and from a queue
/// that is written down where nothing may be lost.
#[derive(Clone)]
pub struct Sender {
    settings: Arc<Settings>,
    signer: Option<Arc<Signer>>,
}

struct Settings {
    transport: Box<dyn Transport>,
    addresses: Addresses,
    retries: Retries,
    timeout: Duration,
    user_agent: HeaderValue,
}

/// Shows no secret.
impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender")
            .field("addresses", &self.settings.addresses)
            .field("retries", &self.settings.retries)
            .field("signer", &self.signer)
            .finish_non_exhaustive()
    }
}

/// What a receiver answered that took a delivery.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Delivered {
    /// The status, a success; some APIs let receivers say something by it.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, or the first 64 KiB of it.
    pub body: Bytes,
    /// How often it was sent.
    pub attempts: u32,
}

/// The settings of a [`Sender`].
#[must_use]
pub struct SenderBuilder {
    transport: Option<Box<dyn Transport>>,
    addresses: Addresses,
    retries: Retries,
    timeout: Duration,
    connect_timeout: Duration,
    user_agent: HeaderValue,
    signer: Option<Signer>,
}

impl SenderBuilder {
    /// Signs what is sent, where all receivers know one secret; [`Sender::signed`] is for secrets of their own.
    pub fn signed(mut self, signer: Signer) -> Self {
        self.signer = Some(signer);
        self
    }

    /// Sets where requests may go.
    pub fn addresses(mut self, addresses: Addresses) -> Self {
        self.addresses = addresses;
        self
    }

    /// Sets how often and when a delivery is sent again.
    pub fn retries(mut self, retries: Retries) -> Self {
        self.retries = retries;
        self
    }

    /// Sets how long an attempt may take, 15 seconds unless it is said.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how long connecting may take, 5 seconds unless it is said.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the header `User-Agent`.
    pub fn user_agent(mut self, user_agent: HeaderValue) -> Self {
        self.user_agent = user_agent;
        self
    }

    /// Sends with something else than the default, which is reqwest: a proxy for what goes out, or a test.
    ///
    /// Addresses in URLs are looked at all the same; what names lead to, the transport has to look at.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// The sender; fails where the operating system lacks what TLS needs.
    pub fn build(self) -> Result<Sender, BoxError> {
        let transport = match self.transport {
            Some(transport) => transport,
            None => transport::default(self.connect_timeout, self.addresses)?,
        };
        Ok(Sender {
            settings: Arc::new(Settings {
                transport,
                addresses: self.addresses,
                retries: self.retries,
                timeout: self.timeout,
                user_agent: self.user_agent,
            }),
            signer: self.signer.map(Arc::new),
        })
    }
}

impl Sender {
    /// A sender with other settings than the usual ones.
    pub fn builder() -> SenderBuilder {
        SenderBuilder {
            transport: None,
            addresses: Addresses::public(),
            retries: Retries::new(),
            timeout: Duration::from_secs(15),
            connect_timeout: Duration::from_secs(5),
            user_agent: HeaderValue::from_static(concat!(
                env!("CARGO_PKG_NAME"),
                "/",
                env!("CARGO_PKG_VERSION")
            )),
            signer: None,
        }
    }

    /// The same sender, with what signs for one receiver.
    #[must_use]
    pub fn signed(&self, signer: impl Into<Arc<Signer>>) -> Self {
        Self {
            settings: Arc::clone(&self.settings),
            signer: Some(signer.into()),
        }
    }

    /// Sends a delivery to an address, as often as it takes.
    ///
    /// Its id stays the same, so that receivers know it again; its time and signature are made for each attempt.
    pub async fn send(
        &self,
        url: impl AsRef<str>,
        delivery: Delivery,
    ) -> Result<Delivered, SendError> {
        let mut target = Target::parse(url.as_ref(), self.settings.addresses)?;
        let ready = delivery.into_ready()?;
        target.add(&ready.query);
        let mut attempts = 0;
        loop {
            attempts += 1;
            let mut request = ready.request(&target)?;
            let headers = request.headers_mut();
            headers.insert(header::USER_AGENT, self.settings.user_agent.clone());
            if let Some(signer) = &self.signer {
                signer.sign(headers, &ready.id, SystemTime::now(), &ready.body)?;
            }
            let ended = self.attempt(request).await;
            #[cfg(feature = "tracing")]
            tell(&ready, attempts, &ended);
            if let Some(wait) = self.settings.retries.wait(attempts, &ended) {
                tokio::time::sleep(wait).await;
                continue;
            }
            return finish(ended, attempts);
        }
    }

    async fn attempt(&self, request: Request<Bytes>) -> Ended {
        let sent = self.settings.transport.send(request);
        match tokio::time::timeout(self.settings.timeout, sent).await {
            Ok(Ok(response)) => Ended::Answer(response),
            Ok(Err(error)) => match address::refused(&*error) {
                Some(refused) => Ended::Refused(refused),
                None => Ended::Failure(error),
            },
            Err(_) => Ended::Timeout,
        }
    }
}

/// How an attempt ended.
enum Ended {
    Answer(Response<Bytes>),
    Failure(BoxError),
    Timeout,
    Refused(RefusedAddress),
}

fn finish(ended: Ended, attempts: u32) -> Result<Delivered, SendError> {
    match ended {
        Ended::Answer(response) => {
            let (head, body) = response.into_parts();
            match head.status.is_success() {
                true => Ok(Delivered {
                    status: head.status,
                    headers: head.headers,
                    body,
                    attempts,
                }),
                false => Err(SendError::Status(Box::new(Refusal {
                    status: head.status,
                    headers: head.headers,
                    body,
                    attempts,
                }))),
            }
        }
        Ended::Failure(source) => Err(SendError::Transport { source, attempts }),
        Ended::Timeout => Err(SendError::Timeout { attempts }),
        Ended::Refused(refused) => Err(SendError::Address(refused)),
    }
}

#[cfg(feature = "tracing")]
fn tell(ready: &delivery::Ready, attempt: u32, ended: &Ended) {
    let (name, id) = (ready.name, &ready.id);
    match ended {
        Ended::Answer(response) => {
            let status = response.status().as_u16();
            tracing::debug!(name, id, attempt, status, "sent");
        }
        Ended::Failure(error) => tracing::debug!(name, id, attempt, %error, "not sent"),
        Ended::Timeout => tracing::debug!(name, id, attempt, "no answer in time"),
        Ended::Refused(refused) => tracing::debug!(name, id, attempt, %refused, "not sent"),
    }
}
