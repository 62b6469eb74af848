//! A bookstore in memory: what a person writes behind a generated server.
//!
//! Each tag of the document is a trait of `bookstore_server`; [`App`] implements them in the modules of the same names.
//! The generated code reads and checks requests, and writes responses.

mod access;
mod authors;
mod books;
mod hooks;
mod orders;
mod reviews;
mod shop;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bookstore_server::{axum::Router, callbacks, sender::Sender, types::OrderStatus};

use shop::Shop;

pub use access::{CUSTOMER_TOKEN, Clerk, Customer, STAFF_KEY};
pub use hooks::Subscriber;

/// The service: it holds a shop, and implements every group of operations. Clones share the shop.
#[derive(Debug, Clone, Default)]
pub struct App {
    shop: Arc<Mutex<Shop>>,
    sender: Option<Sender>,
    subscriber: Option<Subscriber>,
}

impl App {
    /// A bookstore with a few books.
    pub fn with_books() -> Self {
        Self {
            shop: Arc::new(Mutex::new(Shop::with_books())),
            sender: None,
            subscriber: None,
        }
    }

    /// The same bookstore, which tells a subscriber of orders, and those who ordered of their payments.
    #[must_use]
    pub fn telling(mut self, sender: Sender, subscriber: Option<Subscriber>) -> Self {
        self.sender = Some(sender);
        self.subscriber = subscriber;
        self
    }

    /// Takes the transfer for an order, and says so where whoever ordered wants to know. Gives whether there is such an order.
    pub fn take_transfer(&self, order_id: i64) -> bool {
        let mut shop = self.shop();
        let Some(order) = shop.orders.get_mut(&order_id) else {
            return false;
        };
        order.status = OrderStatus::Packed;
        let order = order.clone();
        if let (Some(sender), Some(url)) = (&self.sender, shop.notify.remove(&order_id)) {
            hooks::spawn(sender.clone(), url, callbacks::order_paid(&order));
        }
        true
    }

    fn shop(&self) -> MutexGuard<'_, Shop> {
        self.shop.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The whole application, below `/v1` as the document says.
pub fn router() -> Router {
    bookstore_server::router(App::with_books())
}
