//! Reading and writing JSON of the bookstore with generated types, with the same types with serde derives, and as
//! `serde_json::Value`: pages of a book, and of a hundred.

mod by_hand;

use divan::{Bencher, counter::BytesCount};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

const BOOKS: [usize; 2] = [1, 100];

fn main() {
    divan::main();
}

fn page(books: usize) -> String {
    format!("{{\"items\":[{}],\"next\":null}}", vec![by_hand::BOOK; books].join(","))
}

#[divan::bench(types = [bookstore::types::BookPage, by_hand::BookPage, Value], args = BOOKS)]
fn read<T: DeserializeOwned>(bencher: Bencher<'_, '_>, books: usize) {
    let text = page(books);
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| serde_json::from_str::<T>(divan::black_box(&text)).ok());
}

#[divan::bench(types = [bookstore::types::BookPage, by_hand::BookPage, Value], args = BOOKS)]
fn write<T: DeserializeOwned + Serialize>(bencher: Bencher<'_, '_>, books: usize) {
    let text = page(books);
    let Ok(value) = serde_json::from_str::<T>(&text) else {
        return;
    };
    bencher
        .counter(BytesCount::new(text.len()))
        .bench_local(|| serde_json::to_string(divan::black_box(&value)).ok());
}
