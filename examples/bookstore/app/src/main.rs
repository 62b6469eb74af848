//! Serves a bookstore on this machine: `cargo run -p bookstore-app`.

use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:8080").await?;
    println!("http://{}/v1/books", listener.local_addr()?);
    let stop = async {
        tokio::signal::ctrl_c().await.ok();
    };
    bookstore_server::serve(listener, bookstore_app::router(), stop).await;
    Ok(())
}
