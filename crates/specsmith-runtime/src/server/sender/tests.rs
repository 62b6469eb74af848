//! Deliveries to receivers on this machine, and addresses where none goes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderMap, Request, Response, StatusCode};
use axum::response::IntoResponse;
use axum::routing::any;
use axum::{Router, body};
use serde_json::json;

use super::*;
use crate::client::webhook::{SignatureError, Verifier};

/// The secret of the example of Standard Webhooks.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// What a receiver got, and what it answers next; `200` where nothing is left.
#[derive(Clone, Default)]
struct Receiver {
    got: Arc<Mutex<Vec<(HeaderMap, String, Bytes)>>>,
    answers: Arc<Mutex<VecDeque<Response<body::Body>>>>,
}

impl Receiver {
    fn answering(answers: impl IntoIterator<Item = Response<body::Body>>) -> Self {
        let receiver = Self::default();
        receiver.answers.lock().unwrap().extend(answers);
        receiver
    }

    /// Its address.
    async fn serve(&self) -> String {
        let receiver = self.clone();
        let handler = move |request: axum::extract::Request| async move {
            let (head, body) = request.into_parts();
            let body = body::to_bytes(body, 1 << 20).await.unwrap();
            receiver
                .got
                .lock()
                .unwrap()
                .push((head.headers, head.uri.to_string(), body));
            let next = receiver.answers.lock().unwrap().pop_front();
            next.unwrap_or_else(|| StatusCode::OK.into_response())
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let app = Router::new().fallback_service(any(handler));
        tokio::spawn(async move { axum::serve(listener, app).await });
        format!("http://localhost:{port}/hook")
    }

    fn got(&self) -> Vec<(HeaderMap, String, Bytes)> {
        self.got.lock().unwrap().clone()
    }
}

fn status(status: u16) -> Response<body::Body> {
    StatusCode::from_u16(status).unwrap().into_response()
}

/// A sender to this machine that does not wait long.
fn sender() -> Sender {
    let retries = Retries::new().backoff(Duration::from_millis(2));
    let addresses = Addresses::public().allow_http().allow_private();
    Sender::builder()
        .addresses(addresses)
        .retries(retries)
        .build()
        .unwrap()
}

fn shipped() -> Delivery {
    Delivery::new("order.shipped", "POST").json("application/json", &json!({"id": 7}))
}

fn refused(ended: Result<Delivered, SendError>) -> RefusedAddress {
    match ended {
        Err(SendError::Address(refused)) => refused,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_failure_of_the_receiver_is_sent_again_with_the_same_id_and_a_signature_of_its_own() {
    let receiver = Receiver::answering([status(500), status(429), status(204)]);
    let url = receiver.serve().await;
    let signer = Signer::new(SignatureScheme::STANDARD, SECRET).unwrap();
    let sent = shipped()
        .with_header("x-event", "shipped")
        .with_query("of", "a shop");
    let delivered = sender().signed(signer).send(&url, sent).await.unwrap();
    assert_eq!(
        (delivered.status, delivered.attempts),
        (StatusCode::NO_CONTENT, 3)
    );
    let got = receiver.got();
    assert_eq!(got.len(), 3);
    let verifier = Verifier::new(SignatureScheme::STANDARD, SECRET).unwrap();
    for (headers, uri, body) in &got {
        assert_eq!(verifier.verify(headers, body), Ok(()));
        assert_eq!(headers["webhook-id"], got[0].0["webhook-id"]);
        assert_eq!(headers["content-type"], "application/json");
        assert_eq!(headers["x-event"], "shipped");
        assert_eq!(
            (uri.as_str(), &body[..]),
            ("/hook?of=a+shop", &br#"{"id":7}"#[..])
        );
    }
}

#[tokio::test]
async fn each_scheme_is_what_receivers_verify_and_a_second_secret_signs_too() {
    let receiver = Receiver::default();
    let url = receiver.serve().await;
    let hmac = SignatureScheme::hmac("x-signature", SignatureHash::Sha512);
    for (scheme, secret, other) in [
        (SignatureScheme::STANDARD, SECRET, "b3RoZXI="),
        (SignatureScheme::timestamped("x-signature"), "a", "b"),
        (hmac, "a", ""),
        (hmac.base64().prefix("v0="), "a", ""),
        (
            SignatureScheme::hmac("x-signature", SignatureHash::Sha1).prefix("sha1="),
            "a",
            "",
        ),
    ] {
        let mut signer = Signer::new(scheme, secret).unwrap();
        if !other.is_empty() {
            signer = signer.with_secret(other).unwrap();
        }
        sender().signed(signer).send(&url, shipped()).await.unwrap();
        let (headers, _, body) = receiver.got().pop().unwrap();
        for secret in [secret, other]
            .into_iter()
            .filter(|secret| !secret.is_empty())
        {
            let verifier = Verifier::new(scheme, secret).unwrap();
            assert_eq!(
                verifier.verify(&headers, &body),
                Ok(()),
                "{scheme:?} {secret}"
            );
        }
        let wrong = Verifier::new(scheme, "d3Jvbmc=").unwrap();
        assert_eq!(
            wrong.verify(&headers, &body),
            Err(SignatureError::Mismatch),
            "{scheme:?}"
        );
    }
}

#[tokio::test]
async fn other_answers_are_final() {
    for code in [400, 401, 404, 410, 422, 301, 304] {
        let receiver = Receiver::answering([status(code)]);
        let url = receiver.serve().await;
        let Err(error) = sender().send(&url, shipped()).await else {
            panic!("{code} is no success");
        };
        let SendError::Status(refusal) = &error else {
            panic!("{error:?}")
        };
        assert_eq!((refusal.status.as_u16(), refusal.attempts), (code, 1));
        assert_eq!((error.is_gone(), receiver.got().len()), (code == 410, 1));
    }
    let receiver = Receiver::answering((0..9).map(|_| status(503)));
    let url = receiver.serve().await;
    assert!(matches!(
        sender().send(&url, shipped()).await,
        Err(SendError::Status(refusal)) if refusal.attempts == 5
    ));
}

#[tokio::test]
async fn receivers_say_how_long_to_wait() {
    let wait = |text: &str| {
        let mut response = status(503);
        response
            .headers_mut()
            .insert("retry-after", text.parse().unwrap());
        response
    };
    let receiver = Receiver::answering([wait("1")]);
    let url = receiver.serve().await;
    let start = std::time::Instant::now();
    let delivered = sender().send(&url, shipped()).await.unwrap();
    assert_eq!(delivered.attempts, 2);
    assert!(start.elapsed() >= Duration::from_secs(1));
    // A date that has passed asks for no wait; an hour is longer than anybody waits.
    for (text, attempts) in [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 2),
        ("soon", 2),
        ("3600", 1),
    ] {
        let receiver = Receiver::answering([wait(text)]);
        let url = receiver.serve().await;
        let _ = sender().send(&url, shipped()).await;
        assert_eq!(receiver.got().len(), attempts, "{text}");
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let inside = Receiver::default();
    let target = inside.serve().await;
    for code in [301, 302, 307, 308] {
        let mut response = status(code);
        response
            .headers_mut()
            .insert("location", target.parse().unwrap());
        let receiver = Receiver::answering([response]);
        let url = receiver.serve().await;
        assert!(matches!(
            sender().send(&url, shipped()).await,
            Err(SendError::Status(refusal)) if refusal.status.as_u16() == code
        ));
    }
    assert!(inside.got().is_empty());
}

#[tokio::test]
async fn only_some_of_an_answer_is_read_and_no_answer_is_waited_for_long() {
    let body = endless(|| Bytes::from(vec![b'a'; 1 << 14]));
    let receiver = Receiver::answering([Response::new(body)]);
    let url = receiver.serve().await;
    let delivered = sender().send(&url, shipped()).await.unwrap();
    assert_eq!(delivered.body.len(), 64 << 10);

    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let addresses = Addresses::public().allow_http().allow_private();
    let sender = Sender::builder()
        .addresses(addresses)
        .timeout(Duration::from_millis(50))
        .retries(
            Retries::new()
                .max_attempts(2)
                .backoff(Duration::from_millis(1)),
        )
        .build()
        .unwrap();
    let ended = sender.send(&url, shipped()).await;
    assert!(
        matches!(ended, Err(SendError::Timeout { attempts: 2 })),
        "{ended:?}"
    );
}

/// A body that does not end.
fn endless(chunk: fn() -> Bytes) -> body::Body {
    struct Endless(fn() -> Bytes);

    impl futures_core::Stream for Endless {
        type Item = Result<Bytes, std::convert::Infallible>;

        fn poll_next(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(Some(Ok((self.0)())))
        }
    }

    body::Body::from_stream(Endless(chunk))
}

#[tokio::test]
async fn nothing_goes_to_addresses_that_are_not_public() {
    let receiver = Receiver::default();
    let url = receiver.serve().await;
    let port = url.rsplit(':').next().unwrap();
    let careful = |addresses| Sender::builder().addresses(addresses).build().unwrap();
    let http = careful(Addresses::public().allow_http());
    // By its name, which is resolved, and by all that it is written as.
    for host in [
        "localhost",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "[::]",
        "169.254.169.254",
        "10.0.0.1",
        "192.168.1.1",
        "[fd00::1]",
        "[fe80::1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
    ] {
        let url = format!("http://{host}:{port}");
        assert_eq!(
            refused(http.send(&url, shipped()).await),
            RefusedAddress::Private,
            "{host}"
        );
    }
    assert!(receiver.got().is_empty());
    let strict = careful(Addresses::public());
    for (url, why) in [
        (url.as_str(), RefusedAddress::Scheme),
        ("file:///etc/passwd", RefusedAddress::Scheme),
        ("ftp://example.com/", RefusedAddress::Scheme),
        (
            "https://user:secret@example.com/",
            RefusedAddress::Credentials,
        ),
        ("https://user@example.com/", RefusedAddress::Credentials),
        ("/hook", RefusedAddress::Invalid),
        ("", RefusedAddress::Invalid),
        ("https://", RefusedAddress::Invalid),
    ] {
        assert_eq!(refused(strict.send(url, shipped()).await), why, "{url}");
    }
}

#[test]
fn addresses_are_public_or_not() {
    let allows = |text: &str| Addresses::public().allows(text.parse::<IpAddr>().unwrap());
    for public in [
        "1.1.1.1",
        "8.8.8.8",
        "100.63.0.1",
        "172.32.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
        "2001:4860::8888",
        "2606:4700::1111",
    ] {
        assert!(allows(public), "{public}");
    }
    for private in [
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "127.255.255.254",
        "169.254.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:a00:1::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ] {
        assert!(!allows(private), "{private}");
        assert!(
            Addresses::public()
                .allow_private()
                .allows(private.parse().unwrap())
        );
    }
}

#[tokio::test]
async fn something_else_can_carry_deliveries() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let copy = Arc::clone(&seen);
    let transport = move |request: Request<Bytes>| {
        copy.lock().unwrap().push(request.uri().to_string());
        async { Ok::<_, BoxError>(Response::new(Bytes::from_static(b"ok"))) }
    };
    let sender = Sender::builder().transport(transport).build().unwrap();
    let delivered = sender
        .send("https://example.com/a#b", shipped())
        .await
        .unwrap();
    assert_eq!(delivered.body, "ok");
    assert_eq!(
        refused(sender.send("https://10.0.0.1/", shipped()).await),
        RefusedAddress::Private
    );
    assert_eq!(*seen.lock().unwrap(), ["https://example.com/a"]);
}

#[tokio::test]
async fn what_cannot_be_written_is_not_sent() {
    let sent = shipped().with_header("x-name", "a\r\nb: c");
    let error = sender()
        .send("https://example.com/", sent)
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "the header `x-name` cannot be written");
    let signer = Signer::new(SignatureScheme::STANDARD, SECRET).unwrap();
    let sent = shipped().with_id("a\nb");
    let error = sender()
        .signed(signer)
        .send("https://example.com/", sent)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the header `webhook-id` cannot be written"
    );
}

#[test]
fn secrets_are_not_shown() {
    assert!(Signer::new(SignatureScheme::STANDARD, "").is_err());
    let signer = Signer::new(SignatureScheme::timestamped("x"), "hush").unwrap();
    let sender = sender().signed(signer);
    assert!(!format!("{sender:?}").contains("hush"));
}

#[test]
fn an_address_begins_with_a_value_or_has_it_inside() {
    let body = json!({"url": "https://a.example/b?c=d", "id": "a/../b&c", "count": 3, "none": null, "list": []});
    let address = || callback_url().value(&body, "/url");
    assert_eq!(address().finish().unwrap(), "https://a.example/b?c=d");
    let inside = address()
        .text("&id=")
        .value(&body, "/id")
        .text("&n=")
        .value(&body, "/count");
    assert_eq!(
        inside.finish().unwrap(),
        "https://a.example/b?c=d&id=a%2F..%2Fb%26c&n=3"
    );
    let text = callback_url()
        .text("https://a.example/")
        .value("a@b.example", "");
    assert_eq!(text.finish().unwrap(), "https://a.example/a@b.example");
    for pointer in ["/none", "/list", "/other", ""] {
        let error = address().value(&body, pointer).finish().unwrap_err();
        assert!(error.to_string().contains(pointer), "{error}");
    }
}
