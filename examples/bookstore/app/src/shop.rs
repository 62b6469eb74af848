//! What is in the shop: books, authors, orders and reviews, in memory.

use std::collections::BTreeMap;

use bookstore_server::types::{Author, Book, Genre, Money, Order, OrderLine, OrderStatus, Problem, Review};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use uuid::Uuid;

/// Everything in the shop.
#[derive(Debug, Default)]
pub(crate) struct Shop {
    pub books: BTreeMap<String, Book>,
    pub covers: BTreeMap<String, Vec<u8>>,
    pub authors: BTreeMap<Uuid, Author>,
    pub orders: BTreeMap<i64, Order>,
    pub reviews: BTreeMap<String, Vec<Review>>,
    /// Who wants to know that an order is paid.
    pub notify: BTreeMap<i64, String>,
    ids: u128,
}

impl Shop {
    /// A shop with two authors and three books, and what the examples of the document are about.
    pub(crate) fn with_books() -> Self {
        let mut shop = Self::default();
        let ada = shop.author("Ada Blum", 1961);
        let ben = shop.author("Ben Carver", 1984);
        shop.book(
            "978-1-00-000001-0",
            "A Garden of Types",
            Genre::Technology,
            &[ada, ben],
            3995,
        );
        shop.book("978-1-00-000002-7", "Borrowed Time", Genre::Crime, &[ben], 1250);
        shop.book("978-1-00-000003-4", "Collected Poems", Genre::Poetry, &[ada], 990);
        shop.examples();
        shop
    }

    /// The author, the book and the order that the examples of the document name.
    fn examples(&mut self) {
        let author = Uuid::from_u128(0x6f1c_2b0e_3c57_4c3b_9c55_0a1b_2c3d_4e5f);
        self.authors.insert(author, Author::new(author, "Steve Klabnik"));
        let isbn = "978-0-13-468599-1";
        self.book(
            isbn,
            "The Rust Programming Language",
            Genre::Technology,
            &[author],
            3995,
        );
        self.covers.insert(isbn.to_owned(), b"a picture".to_vec());
        let lines = vec![OrderLine::new(isbn.to_owned(), 1)];
        let order = Order::new(1042, OrderStatus::Placed, lines, Money::new(3995, "EUR"), now());
        self.orders.insert(1042, order);
    }

    fn author(&mut self, name: &str, born: i32) -> Uuid {
        let id = self.id();
        let mut author = Author::new(id, name);
        author.born = NaiveDate::from_ymd_opt(born, 2, 3);
        self.authors.insert(id, author);
        id
    }

    fn book(&mut self, isbn: &str, title: &str, genre: Genre, authors: &[Uuid], cents: i64) {
        let price = Money::new(cents, "EUR");
        let mut book = Book::new(isbn.to_owned(), title, genre, authors.to_vec(), price, 10, now());
        book.published = NaiveDate::from_ymd_opt(2024, 5, 6);
        self.books.insert(isbn.to_owned(), book);
    }

    /// An id that nothing else has.
    pub(crate) fn id(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(0x6f1c_2b0e_3c57_4c3b_9c55_0000_0000_0000 + self.ids)
    }
}

/// This moment.
pub(crate) fn now() -> DateTime<FixedOffset> {
    Utc::now().fixed_offset()
}

/// The body of a response about something that is not there.
pub(crate) fn nothing(what: &str) -> Problem {
    Problem::new(format!("no such {what}"), 404).with_detail(format!("The shop has no {what} of this number."))
}

/// The page of a list that begins at a cursor, and the cursor of the one behind it.
pub(crate) fn page<T>(mut all: Vec<T>, cursor: Option<&str>, limit: i32) -> (Vec<T>, Option<String>) {
    let start = cursor
        .and_then(|cursor| cursor.parse().ok())
        .unwrap_or(0)
        .min(all.len());
    let end = (start + usize::try_from(limit).unwrap_or(1).max(1)).min(all.len());
    let next = (end < all.len()).then(|| end.to_string());
    (all.drain(start..end).collect(), next)
}
