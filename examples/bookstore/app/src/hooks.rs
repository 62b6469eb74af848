//! What the shop tells others by itself: webhooks to a subscriber, callbacks to those who ordered.

use std::fmt;

use bookstore_server::sender::{Delivery, InvalidSecret, SendError, Sender, SignatureScheme, Signer};

/// Somebody who wants to know of all orders.
#[derive(Clone)]
pub struct Subscriber {
    url: String,
    sender: Sender,
}

/// Shows no secret.
impl fmt::Debug for Subscriber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscriber")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

impl Subscriber {
    /// One with this address, who verifies what comes by this secret.
    pub fn new(url: impl Into<String>, secret: &str, sender: &Sender) -> Result<Self, InvalidSecret> {
        let signer = Signer::new(SignatureScheme::STANDARD, secret)?;
        Ok(Self {
            url: url.into(),
            sender: sender.signed(signer),
        })
    }

    /// Sends a webhook while the shop goes on.
    pub(crate) fn tell(&self, webhook: Delivery) {
        spawn(self.sender.clone(), self.url.clone(), webhook);
    }
}

/// Sends something while the shop goes on.
pub(crate) fn spawn(sender: Sender, url: String, delivery: Delivery) {
    tokio::spawn(async move {
        if let Err(error) = sender.send(url, delivery).await {
            report(&error);
        }
    });
}

/// A shop that may lose nothing would write deliveries down, and try again tomorrow.
fn report(error: &SendError) {
    match error.is_gone() {
        true => eprintln!("nobody wants to know any more"),
        false => eprintln!("not told: {error}"),
    }
}
