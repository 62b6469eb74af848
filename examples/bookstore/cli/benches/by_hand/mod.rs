//! The types of books as one would write them by hand with serde derives, and a book.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A book as the server sends it.
pub const BOOK: &str = r#"{"isbn":"978-0-00-000000-2","title":"A New Book","subtitle":null,"genre":"crime","authors":["1d8cfb5e-9e1c-4c59-a4a3-6f9a1b2c3d4e"],"published":"2024-05-01","price":{"amount":1999,"currency":"EUR"},"cover":"https://example.com/cover.png","keywords":{"mood":"dark"},"in_stock":3,"added":"2024-05-01T12:30:00+02:00"}"#;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Genre {
    Fiction,
    Crime,
    ScienceFiction,
    Poetry,
    History,
    Technology,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Money {
    pub amount: i64,
    pub currency: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Book {
    pub isbn: String,
    pub title: String,
    pub subtitle: Option<String>,
    pub genre: Genre,
    pub authors: Vec<Uuid>,
    pub published: Option<NaiveDate>,
    pub price: Money,
    pub cover: Option<String>,
    pub keywords: Option<BTreeMap<String, String>>,
    pub in_stock: i32,
    pub added: DateTime<FixedOffset>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct BookPage {
    pub items: Vec<Book>,
    pub next: Option<String>,
}
