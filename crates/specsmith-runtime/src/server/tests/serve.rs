//! The server over sockets. Time is paused and jumps to the next timer when nothing else happens.

use std::sync::Arc;
use std::time::Duration;

use axum::response::Response;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::super::context::OperationInfo;
use super::super::problem::Problem;
use super::super::request::Request;
use super::super::response;
use super::super::router::Routes;
use super::super::serve::serve;

static ECHO: OperationInfo = OperationInfo {
    id: "echo",
    method: "POST",
    path: "/echo",
    tags: &[],
    produces: &[],
    security: &[],
};

async fn echo(_: Arc<()>, mut request: Request) -> Result<Response, Problem> {
    let body = request.text("text/plain").await;
    let cx = request.finish()?;
    assert!(cx.remote_addr().is_some());
    let body = body?;
    if body == "slow" {
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
    Ok(response::text(200, "text/plain", body))
}

/// A server, its end, and how to tell it to end.
async fn start() -> (
    std::net::SocketAddr,
    tokio::task::JoinHandle<()>,
    oneshot::Sender<()>,
) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Routes::new().add(&ECHO, &Arc::new(()), echo).into_router();
    let (stop, stopped) = oneshot::channel();
    let server = tokio::spawn(async move {
        serve(listener, router, async {
            let _ = stopped.await;
        })
        .await;
    });
    (address, server, stop)
}

/// What comes back for a text until the connection is closed, and after how many seconds.
async fn exchange(address: std::net::SocketAddr, text: &str) -> (String, u64) {
    let start = Instant::now();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    (answer, start.elapsed().as_secs())
}

fn post(length: &str, body: &str) -> String {
    format!(
        "POST /echo HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: text/plain\r\n{length}\r\n\r\n{body}"
    )
}

#[tokio::test(start_paused = true)]
async fn requests_are_answered() {
    let (address, _server, _stop) = start().await;
    let (answer, _) = exchange(address, &post("content-length: 5", "hello")).await;
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("\r\n\r\nhello"),
        "{answer}"
    );
}

#[tokio::test(start_paused = true)]
async fn silent_connections_are_closed() {
    let (address, _server, _stop) = start().await;
    for text in ["", "POST /echo HTTP/1.1\r\nhost:"] {
        let (answer, seconds) = exchange(address, text).await;
        assert!(
            (9..=11).contains(&seconds),
            "{seconds} for {text:?}: {answer}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn slow_and_huge_bodies_are_refused() {
    let (address, _server, _stop) = start().await;
    let (answer, seconds) = exchange(address, &post("content-length: 5", "hel")).await;
    assert!(
        answer.starts_with("HTTP/1.1 408") && seconds <= 31,
        "{seconds}: {answer}"
    );
    let (answer, seconds) = exchange(address, &post("content-length: 10000000000", "")).await;
    assert!(
        answer.starts_with("HTTP/1.1 413") && seconds < 1,
        "{seconds}: {answer}"
    );
}

#[tokio::test(start_paused = true)]
async fn malformed_heads_are_refused() {
    let (address, _server, _stop) = start().await;
    let many: String = (0..120).map(|index| format!("x-{index}: 1\r\n")).collect();
    for (head, status) in [
        (
            post("content-length: 5\r\ncontent-length: 6", "hello"),
            "400",
        ),
        (post("transfer-encoding: chunked", "zz\r\n"), "400"),
        (post(&format!("x: {}", "a".repeat(600_000)), ""), "431"),
        (post(&format!("{many}content-length: 0"), ""), "431"),
        (
            format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "a".repeat(70_000)),
            "414",
        ),
    ] {
        let (answer, _) = exchange(address, &head).await;
        let start = answer.get(..12).unwrap_or(&answer);
        assert_eq!(
            start,
            format!("HTTP/1.1 {status}"),
            "{}",
            head.get(..60).unwrap_or(&head)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn requests_in_flight_are_finished() {
    let (address, server, stop) = start().await;
    let call =
        tokio::spawn(async move { exchange(address, &post("content-length: 4", "slow")).await });
    tokio::time::sleep(Duration::from_secs(1)).await;
    stop.send(()).unwrap();
    let (answer, _) = call.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    server.await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}
