//! What the client says where there should be TLS and is none.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;

use bookstore::{Client, Error, RetryPolicy, TransportErrorKind};

#[tokio::test]
async fn a_server_without_tls_is_told_as_such() -> Result<(), Box<dyn std::error::Error>> {
    for answer in ["HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", ""] {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("https://{}/v1", listener.local_addr()?);
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept()?;
            let _hello = stream.read(&mut [0; 4096])?;
            stream.write_all(answer.as_bytes())
        });
        let client = Client::builder()
            .base_url(url)
            .retry(RetryPolicy::never())
            .timeout(Duration::from_secs(5));
        let Err(Error::Transport(error)) = client.build()?.books().list().await else {
            panic!("not an error of the transport")
        };
        // Without the features for TLS nothing is sent.
        println!("{error}");
        assert_eq!(error.kind(), TransportErrorKind::Tls, "{error}");
        assert!(error.is_connect());
    }
    Ok(())
}
