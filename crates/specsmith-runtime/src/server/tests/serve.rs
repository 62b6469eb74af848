//! The server over sockets. Time is paused and jumps to the next timer when nothing else happens.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request as HttpRequest;
use axum::http::StatusCode;
use axum::response::Response;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::super::clock::{Clock, TimedIo};
use super::super::context::OperationInfo;
use super::super::problem::Problem;
use super::super::request::Request;
use super::super::response;
use super::super::router::Routes;
use super::super::serve::{Server, serve};

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
    match body.as_str() {
        "slow" => tokio::time::sleep(Duration::from_secs(5)).await,
        "never" => std::future::pending().await,
        "panic" => panic!("a bug of the handler"),
        _ => {}
    }
    Ok(response::text(200, "text/plain", body))
}

fn router() -> axum::Router {
    let router = Routes::new().add(&ECHO, &Arc::new(()), echo).into_router();
    let endless = axum::routing::get(async || Body::from(vec![0; 64 << 20]));
    let upgrade = axum::routing::get(async |mut request: HttpRequest| {
        let upgrade = hyper::upgrade::on(&mut request);
        tokio::spawn(async move {
            let mut io = TokioIo::new(upgrade.await.unwrap());
            tokio::time::sleep(Duration::from_secs(3600)).await;
            io.write_all(b"still here").await.unwrap();
            io.shutdown().await.unwrap();
        });
        let head = [("connection", "upgrade"), ("upgrade", "own")];
        (StatusCode::SWITCHING_PROTOCOLS, head)
    });
    let panics = axum::middleware::from_fn(async |_: HttpRequest, _| -> Response {
        panic!("a bug of a layer")
    });
    let layered = axum::routing::get(async || "never");
    router
        .route("/endless", endless)
        .route("/upgrade", upgrade)
        .route("/layered", layered.layer(panics))
}

/// A server, its end, and how to tell it to end.
async fn start() -> (
    std::net::SocketAddr,
    tokio::task::JoinHandle<()>,
    oneshot::Sender<()>,
) {
    start_with(|server| server).await
}

async fn start_with(
    configure: impl FnOnce(Server) -> Server,
) -> (
    std::net::SocketAddr,
    tokio::task::JoinHandle<()>,
    oneshot::Sender<()>,
) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let server = configure(serve(listener, router())).with_graceful_shutdown(async {
        let _ = stopped.await;
    });
    (address, tokio::spawn(server.into_future()), stop)
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
    for text in ["", "P", "POST /echo HTTP/1.1\r\nhost:"] {
        let (answer, seconds) = exchange(address, text).await;
        assert!(
            (9..=11).contains(&seconds),
            "{seconds} for {text:?}: {answer}"
        );
    }
    let (_, seconds) = exchange(address, "PRI * HTTP/2.0\r\n\r\n").await;
    assert!((59..=61).contains(&seconds), "{seconds}");
}

/// A request whose connection is kept.
const KEPT: &str =
    "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 4\r\n\r\n";

#[tokio::test(start_paused = true)]
async fn idle_connections_are_closed() {
    let (address, _server, _stop) = start().await;
    let (answer, seconds) = exchange(address, &format!("{KEPT}slow{KEPT}slow")).await;
    assert_eq!(answer.matches("HTTP/1.1 200").count(), 2);
    assert!((69..=71).contains(&seconds), "{seconds}");
    // A head that begins after a while has its own time.
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream
        .write_all(format!("{KEPT}fast").as_bytes())
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_secs(40)).await;
    let start = Instant::now();
    stream.write_all(b"POST /echo").await.unwrap();
    stream.read_to_string(&mut String::new()).await.unwrap();
    assert!((9..=11).contains(&start.elapsed().as_secs()));
}

#[tokio::test(start_paused = true)]
async fn heads_and_bodies_that_drip_are_cut_off() {
    let (address, _server, _stop) = start().await;
    for (text, status, limit) in [
        ("POST /echo HTTP/1.1\r\nhost: ", "", 11),
        (
            &post("content-length: 1000000", ""),
            "HTTP/1.1 408 Request Timeout",
            32,
        ),
    ] {
        let start = Instant::now();
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        let (mut reading, mut writing) = stream.split();
        let mut answer = String::new();
        tokio::select! {
            _ = reading.read_to_string(&mut answer) => {}
            () = async {
                loop {
                    tokio::time::sleep(Duration::from_secs(1)).await;
                    let _ = writing.write_all(b"a").await;
                }
            } => {}
        }
        assert!(answer.starts_with(status), "{answer}");
        assert!(start.elapsed().as_secs() <= limit, "{:?}", start.elapsed());
    }
}

#[tokio::test(start_paused = true)]
async fn large_bodies_of_slow_clients_arrive() {
    let (address, _server, _stop) = start().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let length = 1_200_000;
    let head = post(&format!("content-length: {length}"), "");
    stream.write_all(head.as_bytes()).await.unwrap();
    for _ in 0..60 {
        tokio::time::sleep(Duration::from_secs(1)).await;
        stream.write_all(&[b'a'; 20_000]).await.unwrap();
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer:.60}");
}

#[tokio::test]
async fn clients_that_take_nothing_are_cut_off() {
    let (address, server, stop) =
        start_with(|server| server.idle_timeout(Duration::from_millis(200))).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = b"GET /endless HTTP/1.1\r\nhost: x\r\n\r\n";
    stream.write_all(head).await.unwrap();
    tokio::time::sleep(Duration::from_millis(600)).await;
    // Nothing is left that the server would wait for.
    stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(5), server)
        .await
        .unwrap()
        .unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    assert!(answer.len() < 64 << 20);
}

#[tokio::test(start_paused = true)]
async fn connections_of_other_protocols_are_left_alone() {
    let (address, _server, _stop) = start().await;
    let head = "GET /upgrade HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: own\r\n\r\n";
    let (answer, seconds) = exchange(address, head).await;
    assert!(answer.ends_with("still here"), "{answer}");
    assert!(seconds >= 3600);
}

#[tokio::test(start_paused = true)]
async fn further_connections_wait() {
    let (address, _server, _stop) = start_with(|server| server.max_connections(2)).await;
    let _first = TcpStream::connect(address).await.unwrap();
    let _second = TcpStream::connect(address).await.unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let (answer, seconds) = exchange(address, &post("content-length: 2", "hi")).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    // Until the first ones are closed.
    assert!((8..=10).contains(&seconds), "{seconds}");
}

#[tokio::test(start_paused = true)]
async fn panics_end_only_their_request() {
    let (address, _server, _stop) = start().await;
    for request in [
        post("content-length: 5", "panic"),
        "GET /layered HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_owned(),
    ] {
        let (answer, _) = exchange(address, &request).await;
        assert!(
            answer.starts_with("HTTP/1.1 500") && answer.contains("application/problem+json"),
            "{answer}"
        );
        let (answer, _) = exchange(address, &post("content-length: 2", "hi")).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

#[tokio::test]
async fn requests_come_over_http_2() {
    let (address, _server, _stop) =
        start_with(|server| server.idle_timeout(Duration::from_millis(500))).await;
    let stream = TcpStream::connect(address).await.unwrap();
    let handshake = hyper::client::conn::http2::handshake;
    let (mut sender, connection) = handshake(TokioExecutor::new(), TokioIo::new(stream))
        .await
        .unwrap();
    let connection = tokio::spawn(connection);
    let request = |body: &str| {
        hyper::Request::post(format!("http://{address}/echo"))
            .header("content-type", "text/plain")
            .body(Body::from(body.to_owned()))
            .unwrap()
    };
    let calls = ["one", "two"].map(|body| sender.send_request(request(body)));
    for call in calls {
        let response = call.await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.version(), hyper::Version::HTTP_2);
    }
    let large = hyper::Request::get(format!("http://{address}/{}", "a".repeat(20_000)));
    let large = sender.send_request(large.body(Body::empty()).unwrap());
    assert_eq!(large.await.unwrap().status(), 414);
    let start = Instant::now();
    let _ = connection.await;
    let idle = start.elapsed().as_millis();
    assert!((400..5000).contains(&idle), "{idle}");
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

fn get(length: usize) -> String {
    let path = "a".repeat(length);
    format!("GET /{path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
}

#[tokio::test(start_paused = true)]
async fn malformed_heads_are_refused() {
    let (address, _server, _stop) = start().await;
    // With those of every request there is one too many.
    let many: String = (0..97).map(|index| format!("x-{index}: 1\r\n")).collect();
    for (head, status) in [
        (
            post("content-length: 5\r\ncontent-length: 6", "hello"),
            "400",
        ),
        (post("transfer-encoding: chunked", "zz\r\n"), "400"),
        (post("x: a\r\n b\r\ncontent-length: 0", ""), "400"),
        (
            "GET / HTTP/1.1\r\nconnection: close\r\n\r\n".to_owned(),
            "400",
        ),
        (post("host: y", ""), "400"),
        (post(&format!("x: {}", "a".repeat(40_000)), ""), "431"),
        (post(&format!("x: {}", "a".repeat(100_000)), ""), "431"),
        (post(&format!("x: {}", "a".repeat(600_000)), ""), "431"),
        (post(&format!("{many}content-length: 0"), ""), "431"),
        (get(20_000), "414"),
        (get(70_000), "414"),
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
async fn an_answered_connection_is_idle_although_nobody_looks() {
    let clock = Arc::new(Clock::new(Duration::from_secs(10), Duration::from_secs(1)));
    let (mut client, server) = tokio::io::duplex(64);
    let mut io = TimedIo::new(server, Arc::clone(&clock));
    client.write_all(b"GET").await.unwrap();
    io.read_exact(&mut [0; 3]).await.unwrap();
    let request = clock.request();
    let start = Instant::now();
    let reading = tokio::spawn(async move { io.read(&mut [0; 3]).await });
    tokio::time::sleep(Duration::from_millis(500)).await;
    drop(request);
    assert!(reading.await.unwrap().is_err());
    assert_eq!(start.elapsed().as_millis() / 100, 15);
}

#[tokio::test(start_paused = true)]
async fn requests_in_flight_are_finished() {
    let (address, server, stop) = start().await;
    let call = |length: &str, body| {
        tokio::spawn({
            let request = post(length, body);
            async move { exchange(address, &request).await }
        })
    };
    let slow = call("content-length: 4", "slow");
    let never = call("content-length: 5", "never");
    tokio::time::sleep(Duration::from_secs(1)).await;
    let start = Instant::now();
    stop.send(()).unwrap();
    let (answer, _) = slow.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(TcpStream::connect(address).await.is_err());
    server.await.unwrap();
    assert!((29..=31).contains(&start.elapsed().as_secs()));
    let (answer, _) = never.await.unwrap();
    assert_eq!(answer, "");
    assert!(TcpStream::connect(address).await.is_err());
}
