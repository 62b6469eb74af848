//! Three operations of the bookstore, written by hand with axum and serde: what `tests/running/load` compares the generated
//! server with. It checks what the document demands of the requests of that comparison: it knows no filters by author and
//! price, and neither refuses keys that are sent twice nor names the type that is wrong.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use regex::Regex;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use uuid::Uuid;

static ISBN: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[0-9-]{10,17}$").expect("a pattern"));
static CURRENCY: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[A-Z]{3}$").expect("a pattern"));

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Genre {
    Fiction,
    Crime,
    ScienceFiction,
    Poetry,
    History,
    Technology,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Money {
    amount: i64,
    currency: String,
}

#[derive(Debug, Clone, Deserialize)]
struct NewBook {
    isbn: String,
    title: String,
    subtitle: Option<String>,
    genre: Genre,
    authors: Vec<Uuid>,
    published: Option<NaiveDate>,
    price: Money,
    cover: Option<String>,
    keywords: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, Serialize)]
struct Book {
    isbn: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    subtitle: Option<String>,
    genre: Genre,
    authors: Vec<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<NaiveDate>,
    price: Money,
    #[serde(skip_serializing_if = "Option::is_none")]
    cover: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keywords: Option<BTreeMap<String, String>>,
    in_stock: i32,
    added: DateTime<FixedOffset>,
}

#[derive(Debug, Serialize)]
struct Page {
    items: Vec<Book>,
    next: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
enum Sort {
    #[default]
    #[serde(rename = "title")]
    Title,
    #[serde(rename = "-title")]
    MinusTitle,
    #[serde(rename = "published")]
    Published,
    #[serde(rename = "-published")]
    MinusPublished,
}

#[derive(Debug, Deserialize)]
struct Asked {
    genre: Option<Genre>,
    published_after: Option<NaiveDate>,
    #[serde(default)]
    sort: Sort,
    #[serde(default = "twenty")]
    limit: i32,
    cursor: Option<String>,
}

fn twenty() -> i32 {
    20
}

type Shop = Arc<Mutex<BTreeMap<String, Book>>>;

/// A problem (RFC 9457) with what is wrong.
fn problem(status: StatusCode, faults: &[(&str, &str)]) -> Response {
    let faults: Vec<_> = faults
        .iter()
        .map(|(place, detail)| serde_json::json!({ "pointer": place, "detail": detail }))
        .collect();
    let body = serde_json::json!({ "type": "about:blank", "status": status.as_u16(), "errors": faults });
    let headers = [(header::CONTENT_TYPE, "application/problem+json")];
    (status, headers, body.to_string()).into_response()
}

async fn get_book(State(shop): State<Shop>, Path(isbn): Path<String>) -> Response {
    if !ISBN.is_match(&isbn) {
        return problem(StatusCode::UNPROCESSABLE_ENTITY, &[("isbn", "pattern")]);
    }
    let shop = shop.lock().unwrap_or_else(PoisonError::into_inner);
    match shop.get(&isbn).cloned() {
        Some(book) => Json(book).into_response(),
        None => problem(StatusCode::NOT_FOUND, &[]),
    }
}

async fn list_books(State(shop): State<Shop>, asked: Result<Query<Asked>, QueryRejection>) -> Response {
    let Ok(Query(asked)) = asked else {
        return problem(StatusCode::UNPROCESSABLE_ENTITY, &[("", "type")]);
    };
    if !(1..=100).contains(&asked.limit) {
        return problem(StatusCode::UNPROCESSABLE_ENTITY, &[("limit", "maximum")]);
    }
    let is_later = |book: &Book, day| book.published.is_some_and(|published| published > day);
    let mut books: Vec<Book> = shop
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .values()
        .filter(|book| asked.genre.is_none_or(|genre| book.genre == genre))
        .filter(|book| asked.published_after.is_none_or(|day| is_later(book, day)))
        .cloned()
        .collect();
    match asked.sort {
        Sort::Title => books.sort_by(|a, b| a.title.cmp(&b.title)),
        Sort::MinusTitle => books.sort_by(|a, b| b.title.cmp(&a.title)),
        Sort::Published => books.sort_by_key(|book| book.published),
        Sort::MinusPublished => books.sort_by_key(|book| std::cmp::Reverse(book.published)),
    }
    let count = books.len();
    let start = asked.cursor.and_then(|cursor| cursor.parse().ok()).unwrap_or(0);
    let start = usize::min(start, count);
    let end = (start + usize::try_from(asked.limit).unwrap_or(1)).min(count);
    let next = (end < count).then(|| end.to_string());
    let items = books.drain(start..end).collect();
    ([("x-total-count", count.to_string())], Json(Page { items, next })).into_response()
}

async fn create_book(State(shop): State<Shop>, headers: HeaderMap, body: Bytes) -> Response {
    let key = headers.get("x-staff-key").map(|key| key.as_bytes());
    if key != Some(bookstore_app::STAFF_KEY.as_bytes()) {
        return problem(StatusCode::UNAUTHORIZED, &[]);
    }
    let kind = headers.get(header::CONTENT_TYPE).map(|kind| kind.as_bytes());
    if kind != Some(b"application/json") {
        return problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, &[]);
    }
    let Ok(book) = serde_json::from_slice::<NewBook>(&body) else {
        return problem(StatusCode::UNPROCESSABLE_ENTITY, &[("", "type")]);
    };
    let faults = faults(&book);
    if !faults.is_empty() {
        return problem(StatusCode::UNPROCESSABLE_ENTITY, &faults);
    }
    let mut shop = shop.lock().unwrap_or_else(PoisonError::into_inner);
    if shop.contains_key(&book.isbn) {
        return problem(StatusCode::CONFLICT, &[]);
    }
    let book = Book {
        isbn: book.isbn,
        title: book.title,
        subtitle: book.subtitle,
        genre: book.genre,
        authors: book.authors,
        published: book.published,
        price: book.price,
        cover: book.cover,
        keywords: book.keywords,
        in_stock: 0,
        added: Utc::now().fixed_offset(),
    };
    shop.insert(book.isbn.clone(), book.clone());
    (StatusCode::CREATED, Json(book)).into_response()
}

/// What the document demands beyond types.
fn faults(book: &NewBook) -> Vec<(&'static str, &'static str)> {
    let length = book.title.chars().count();
    let distinct = book.authors.iter().collect::<BTreeSet<_>>().len();
    let rules = [
        (ISBN.is_match(&book.isbn), "/isbn", "pattern"),
        ((1..=300).contains(&length), "/title", "maxLength"),
        (!book.authors.is_empty(), "/authors", "minItems"),
        (distinct == book.authors.len(), "/authors", "uniqueItems"),
        (book.price.amount >= 0, "/price/amount", "minimum"),
        (CURRENCY.is_match(&book.price.currency), "/price/currency", "pattern"),
    ];
    let broken = rules.into_iter().filter(|(holds, ..)| !holds);
    broken.map(|(_, place, keyword)| (place, keyword)).collect()
}

/// The books that the bookstore begins with.
fn books() -> BTreeMap<String, Book> {
    let book = |isbn: &str, title: &str, genre, authors: &[u128], amount| Book {
        isbn: isbn.to_owned(),
        title: title.to_owned(),
        subtitle: None,
        genre,
        authors: authors.iter().copied().map(Uuid::from_u128).collect(),
        published: NaiveDate::from_ymd_opt(2024, 5, 6),
        price: Money {
            amount,
            currency: "EUR".to_owned(),
        },
        cover: None,
        keywords: None,
        in_stock: 10,
        added: Utc::now().fixed_offset(),
    };
    let all = [
        book(
            "978-1-00-000001-0",
            "A Garden of Types",
            Genre::Technology,
            &[1, 2],
            3995,
        ),
        book("978-1-00-000002-7", "Borrowed Time", Genre::Crime, &[2], 1250),
        book("978-1-00-000003-4", "Collected Poems", Genre::Poetry, &[1], 990),
        book(
            "978-0-13-468599-1",
            "The Rust Programming Language",
            Genre::Technology,
            &[1],
            3995,
        ),
    ];
    all.into_iter().map(|book| (book.isbn.clone(), book)).collect()
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1);
    let listener = TcpListener::bind(address.as_deref().unwrap_or("127.0.0.1:8081")).await?;
    println!("http://{}", listener.local_addr()?);
    let router = Router::new()
        .route("/v1/books", get(list_books).post(create_book))
        .route("/v1/books/{isbn}", get(get_book))
        .with_state(Arc::new(Mutex::new(books())));
    axum::serve(listener, router).await
}
