//! Visits a bookstore: `cargo run -p bookstore-cli -- http://127.0.0.1:8080/v1`.

use bookstore::{Client, types::Genre};
use bookstore_cli::{Failure, buy, titles};

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let url = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "http://127.0.0.1:8080/v1".to_owned());
    let client = Client::builder()
        .base_url(url)
        .bearer("customer-of-the-bookstore")
        .build()?;
    for title in titles(&client, Genre::Crime).await? {
        println!("{title}");
    }
    println!("{}", buy(&client, "978-1-00-000002-7", "4000000000000001").await?);
    Ok(())
}
