//! A bookstore in memory: what a person writes behind a generated server.
//!
//! Each tag of the document is a trait of `bookstore_server`; [`App`] implements them in the modules of the same names.
//! The generated code reads and checks requests, and writes responses.

mod access;
mod authors;
mod books;
mod orders;
mod reviews;
mod shop;

use std::sync::{Mutex, MutexGuard, PoisonError};

use bookstore_server::axum::Router;

use shop::Shop;

pub use access::{CUSTOMER_TOKEN, Clerk, Customer, STAFF_KEY};

/// The service: it holds a shop, and implements every group of operations.
#[derive(Debug, Default)]
pub struct App {
    shop: Mutex<Shop>,
}

impl App {
    /// A bookstore with a few books.
    pub fn with_books() -> Self {
        Self {
            shop: Mutex::new(Shop::with_books()),
        }
    }

    fn shop(&self) -> MutexGuard<'_, Shop> {
        self.shop.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The whole application, below `/v1` as the document says.
pub fn router() -> Router {
    bookstore_server::router(App::with_books())
}
