//! Serves a bookstore on this machine: `cargo run -p bookstore-app`, with another address as an argument.

use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1);
    let listener = TcpListener::bind(address.as_deref().unwrap_or("127.0.0.1:8080")).await?;
    println!("http://{}/v1/docs", listener.local_addr()?);
    bookstore_server::serve(listener, bookstore_app::router())
        .with_graceful_shutdown(bookstore_server::shutdown_signal())
        .await;
    Ok(())
}
