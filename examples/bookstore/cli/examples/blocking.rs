//! Calls a bookstore without `async`: `cargo run -p bookstore-cli --example blocking -- http://127.0.0.1:8080/v1`.

use bookstore::Client;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "http://127.0.0.1:8080/v1".to_owned());
    let client = Client::builder().base_url(url).build()?;
    for book in client.books().list().stream_blocking() {
        println!("{}", book?.title);
    }
    Ok(())
}
