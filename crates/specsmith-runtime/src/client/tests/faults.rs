//! What servers and networks do wrong, over loopback: each is a typed error, and nothing panics or leaks.

use std::io::Write as _;

use super::fault_server::{Act, start, text, whole};
use super::retry::MakeThing;
use super::*;
use timer::Instant;

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

/// How one attempt ends.
async fn once(script: Vec<Act>) -> Result<Value, Error<GetThingError>> {
    let (port, _) = start(vec![script]).await;
    let request = get_thing(&client(port)).with_retry(RetryPolicy::never());
    request.await
}

/// The kind of the fault that one attempt ends with.
async fn fault(script: Vec<Act>) -> TransportErrorKind {
    match once(script).await.unwrap_err() {
        Error::Transport(error) | Error::Timeout(error) => error.kind(),
        other => panic!("not a fault: {other:?}"),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn compressed(body: &[u8]) -> Act {
    let length = body.len();
    let head = format!("{HEAD}content-encoding: gzip\r\ncontent-length: {length}\r\n\r\n");
    Act::Write([head.as_bytes(), body].concat())
}

#[tokio::test]
async fn a_truncated_body_a_garbage_or_huge_chunk_bad_gzip_and_a_reset_mid_body() {
    let beginning = || text(&format!("{HEAD}content-length: 100\r\n\r\n{{"));
    let chunk = |chunk: &str| text(&format!("{HEAD}transfer-encoding: chunked\r\n\r\n{chunk}"));
    use TransportErrorKind::{Body, Protocol, Reset};
    for (script, kind) in [
        (vec![beginning(), Act::Close], Reset),
        (
            vec![
                beginning(),
                Act::Pause(Duration::from_millis(50)),
                Act::Reset,
            ],
            Reset,
        ),
        (vec![Act::Reset], Reset),
        (vec![Act::Close], Reset),
        (
            vec![text("HTTP/1.1 200 OK\r\ncontent-le"), Act::Close],
            Reset,
        ),
        (vec![chunk("5\r\n{\"a\""), Act::Close], Reset),
        (vec![chunk("zz\r\n"), Act::Wait], Protocol),
        (vec![chunk("fffffffffffffffff\r\n"), Act::Wait], Protocol),
        (vec![text("SSH-2.0-OpenSSH\r\n\r\n"), Act::Wait], Protocol),
        (
            vec![
                text("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n"),
                Act::Wait,
            ],
            Protocol,
        ),
        (
            vec![text("HTTP/1.1 200 OK\r\nx: \0\r\n\r\n"), Act::Wait],
            Protocol,
        ),
        (vec![compressed(b"not gzip at all"), Act::Wait], Body),
    ] {
        assert_eq!(fault(script).await, kind);
    }
    let compressed = once(vec![compressed(&gzip(b"{\"a\": 1}"))]).await;
    assert_eq!(compressed.unwrap(), json!({ "a": 1 }));
}

#[tokio::test]
async fn a_200_with_html_and_json_as_text_html() {
    for body in ["<html>", "{\"a\": 1}"] {
        let error = once(vec![whole("200 OK", "content-type: text/html\r\n", body)]).await;
        let error = error.unwrap_err();
        let expected =
            "getThing: 200 OK, but with the content type `text/html` where JSON was expected";
        assert_eq!(error.to_string(), format!("{expected}: {body}"));
        assert_eq!(error.response().unwrap().body(), body);
        assert!(error.request_succeeded() && !error.is_retryable());
    }
}

#[tokio::test]
async fn a_status_999_or_undocumented() {
    for status in ["999 Odd", "299 Odd", "418 Teapot", "100000 x"] {
        let error = once(vec![whole(status, "x-request-id: 7\r\n", "body")])
            .await
            .unwrap_err();
        if status.starts_with("100000") {
            assert!(matches!(error, Error::Transport(_)), "{error:?}");
            continue;
        }
        assert!(matches!(error, Error::Undocumented(_)), "{error:?}");
        let response = error.response().unwrap();
        assert_eq!(
            (&response.body()[..], response.request_id()),
            (&b"body"[..], Some("7"))
        );
    }
}

#[tokio::test]
async fn a_redirect_to_another_host_and_a_redirect_loop() {
    let (other, reached) = start(Vec::new()).await;
    let to = |address: String| whole("307 x", &format!("location: {address}\r\n"), "");
    for address in [
        format!("http://127.0.0.1:{other}/"),
        format!("http://localhost:{other}/"),
        format!("//127.0.0.1:{other}/"),
        "https://127.0.0.1/".to_owned(),
    ] {
        let error = once(vec![to(address)]).await.unwrap_err();
        assert_eq!(error.status().unwrap(), 307);
    }
    assert_eq!(reached.requests(), Vec::<String>::new());
    let (port, seen) = start(vec![vec![to("/again".to_owned())]; 30]).await;
    let Error::Transport(error) = get_thing(&client(port)).await.unwrap_err() else {
        panic!("not a fault")
    };
    assert_eq!(error.kind(), TransportErrorKind::Redirect);
    assert_eq!(seen.requests().len(), 11);
}

#[tokio::test]
async fn a_silent_or_dripping_server() {
    let settings = client(9).0;
    assert_eq!(settings.timeout, Some(Duration::from_secs(30)));
    let short = Duration::from_millis(200);
    let timed = async |script: Vec<Act>,
                       with: fn(Request<GetThing>, Duration) -> Request<GetThing>| {
        let (port, _) = start(vec![script]).await;
        let started = Instant::now();
        let request = get_thing(&client(port)).with_retry(RetryPolicy::never());
        let error = with(request, short).await.unwrap_err();
        assert!(started.elapsed() < Duration::from_secs(5));
        let Error::Timeout(error) = error else {
            panic!("not a timeout: {error:?}")
        };
        error.kind()
    };
    let kind = TransportErrorKind::Timeout;
    let head = || text(&format!("{HEAD}content-length: 1000\r\n\r\n"));
    let drip = Act::Endless(" ", Duration::from_millis(20));
    assert_eq!(
        timed(vec![Act::Wait], Request::with_timeout).await,
        kind(Timeout::Total)
    );
    assert_eq!(
        timed(vec![Act::Wait], Request::with_attempt_timeout).await,
        kind(Timeout::Attempt)
    );
    assert_eq!(
        timed(vec![head(), drip], Request::with_timeout).await,
        kind(Timeout::Total)
    );
    assert_eq!(
        timed(vec![head(), Act::Wait], Request::with_idle_timeout).await,
        kind(Timeout::Idle)
    );
    let slow_head = vec![Act::Endless("HTTP/1.1 200", Duration::from_millis(50))];
    assert_eq!(
        timed(slow_head, Request::with_timeout).await,
        kind(Timeout::Total)
    );
}

/// A server that does not take connections: those that wait for it fill its queue.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_server_that_does_not_take_connections() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    let short = Duration::from_millis(200);
    while let Ok(connection) = std::net::TcpStream::connect_timeout(&address, short) {
        waiting.push(connection);
        assert!(waiting.len() < 100);
    }
    let client = ClientBuilder::new(&API)
        .base_url(format!("http://{address}"))
        .credential("token", "t")
        .credential("key", "k")
        .connect_timeout(short)
        .build()
        .unwrap();
    let error = get_thing(&client)
        .with_retry(RetryPolicy::never())
        .await
        .unwrap_err();
    assert!(error.is_timeout() && error.is_connect(), "{error:?}");
    assert_eq!(error.to_string(), "getThing: timed out while connecting");
}

#[tokio::test]
async fn a_gzip_bomb_and_an_endless_body() {
    let bomb = gzip(&vec![b' '; 4 << 20]);
    assert!(bomb.len() < 100_000);
    let chunk = concat!(
        "40\r\n",
        "                                                                \r\n"
    );
    let endless = vec![
        text(&format!("{HEAD}transfer-encoding: chunked\r\n\r\n")),
        Act::Endless(chunk, Duration::ZERO),
    ];
    let until_closed = vec![
        text(&format!("{HEAD}\r\n")),
        Act::Endless(chunk, Duration::ZERO),
    ];
    for script in [vec![compressed(&bomb)], endless, until_closed] {
        let (port, _) = start(vec![script]).await;
        let limit = 1 << 16;
        let request = get_thing(&client(port)).with_max_response_size(limit);
        let error = request.await.unwrap_err();
        assert!(
            matches!(&error, Error::BodyTooLarge(error) if error.limit() == limit),
            "{error:?}"
        );
        assert_eq!(
            error.to_string(),
            "getThing: the response is larger than 65536 bytes"
        );
    }
    assert_eq!(client(9).0.max_response_size, 64 << 20);
}

#[tokio::test]
async fn cr_lf_in_a_header_value_or_a_file_name_and_two_dots_in_a_path() {
    let (port, seen) = start(Vec::new()).await;
    let client = client(port);
    for (name, value) in [
        ("x-a", "1\r\nx-b: 2"),
        ("x-a", "\0"),
        ("a b", "1"),
        ("x\r\n", "1"),
        ("content-length", "1"),
    ] {
        let error = get_thing(&client)
            .with_header(name, value)
            .await
            .unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    }
    for id in ["..", ".", ""] {
        let mut request = Request::<GetThing>::new(&client);
        request.parts.path("id", id);
        let error = request.await.unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    }
    assert_eq!(seen.requests(), Vec::<String>::new());
    let mut request = get_thing(&client).with_retry(RetryPolicy::never());
    let file = FilePart::new("")
        .with_file_name("x\r\ny: 1")
        .with_content_type("text/plain");
    let form = Multipart::new().file("a", file);
    request.parts.multipart("multipart/form-data", form);
    assert!(request.await.is_err());
    assert!(seen.requests()[0].contains("filename=\"x%0D%0Ay: 1\""));
}

#[tokio::test]
async fn a_429_or_503_with_retry_after() {
    // What is waited for, and for how long, is tested without a server.
    let busy = |wait: &str| vec![whole("503 x", &format!("retry-after: {wait}\r\n"), "")];
    let (port, seen) = start(vec![busy("0"), busy("-5"), vec![whole("200 OK", "", "{}")]]).await;
    let policy = RetryPolicy::new().backoff(Duration::from_millis(1));
    assert!(get_thing(&client(port)).with_retry(policy).await.is_ok());
    assert_eq!(seen.requests().len(), 3);
}

#[tokio::test]
async fn a_reset_on_a_pooled_connection() {
    let ok = || vec![whole("200 OK", "", "{}")];
    let (port, seen) = start(vec![ok(), vec![Act::Reset], ok(), vec![Act::Reset], ok()]).await;
    let client = client(port);
    let policy = RetryPolicy::new().backoff(Duration::from_millis(1));
    let get = || get_thing(&client).with_retry(policy);
    let make = || Request::<MakeThing>::new(&client).with_retry(policy);
    assert!(get().await.is_ok());
    assert!(get().await.is_ok(), "an idempotent call is sent again");
    assert_eq!(seen.requests().len(), 3);
    let error = make().await.unwrap_err();
    assert!(
        matches!(&error, Error::Transport(error) if error.kind() == TransportErrorKind::Reset),
        "{error:?}"
    );
    assert_eq!(seen.requests().len(), 4);
    assert!(make().await.is_ok());
}

#[tokio::test]
async fn cancel_mid_request() {
    let head = text(&format!("{HEAD}content-length: 1000\r\n\r\n"));
    let (port, seen) = start(vec![
        vec![Act::Wait],
        vec![head, Act::Wait],
        vec![whole("200 OK", "", "{}")],
    ])
    .await;
    let client = client(port);
    for _ in 0..2 {
        let call = tokio::spawn(get_thing(&client).into_future());
        tokio::time::sleep(Duration::from_millis(100)).await;
        call.abort();
        assert!(call.await.unwrap_err().is_cancelled());
    }
    // The server notices, the connection is not used again, and nobody holds on to the client.
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!((seen.hung_up(), Arc::strong_count(&client.0)), (2, 1));
    assert!(get_thing(&client).await.is_ok());
}
