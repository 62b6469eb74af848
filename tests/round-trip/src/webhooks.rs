//! Webhooks: which one came, whether it was signed, and what is wrong with it.

use http::{HeaderMap, HeaderValue};

use crate::client::{
    SignatureError, SignatureHash, SignatureScheme, Verifier, WebhookError,
    webhooks::{self, Webhook},
};
use crate::tracker::webhooks::Webhook as Tracked;

const SHIPPED: &[u8] = br#"{"type": "order.shipped", "day": "2026-01-02"}"#;

fn parse(body: &[u8]) -> Result<Webhook, WebhookError> {
    Webhook::parse(&HeaderMap::new(), body)
}

#[test]
fn the_body_tells_which_one_came() {
    let Webhook::OrderShipped(shipped) = parse(SHIPPED).expect("a webhook") else {
        panic!("another webhook");
    };
    assert_eq!(shipped.day.to_string(), "2026-01-02");
    assert_eq!(webhooks::order_shipped(SHIPPED).expect("the same"), shipped);
    let placed = parse(br#"{"type": "order.placed", "order": {"name": "a"}}"#).expect("a webhook");
    assert!(matches!(placed, Webhook::OrderPlaced(placed) if placed.order.name == "a"));
}

#[test]
fn what_the_document_does_not_name_is_kept() {
    let unknown = parse(br#"{"type": "order.lost", "by": "the sea"}"#).expect("a webhook");
    assert!(matches!(unknown, Webhook::Unknown(body) if body["by"] == "the sea"));
}

#[test]
fn errors_say_which_webhook_and_where() {
    let error = parse(br#"{"type": "order.placed", "order": {"name": 1}}"#).expect_err("a number");
    let WebhookError::Body { source, .. } = error else {
        panic!("{error}");
    };
    assert_eq!(source.pointer(), "/order/name");
    assert_eq!(source.message(), "as `OrderPlaced`: expected a string, found a number");
    let error = webhooks::order_shipped(b"{}").expect_err("no object of that kind");
    assert_eq!(
        error.to_string(),
        "the body of the webhook `order.shipped` was not understood"
    );
}

#[test]
fn only_what_is_signed_is_read() {
    // `printf .. | openssl dgst -sha256 -hmac secret`
    let signature = "6fab5a0bdcd2de6a034856cb3769fd40b7a6bcbc29d1219186c693e42edefe2b";
    let scheme = SignatureScheme::hmac("x-signature", SignatureHash::Sha256);
    let verifier = Verifier::new(scheme, "secret").expect("a secret");
    let mut headers = HeaderMap::new();
    let error = Webhook::verified(&verifier, &headers, SHIPPED).expect_err("not signed");
    assert!(matches!(
        error,
        WebhookError::Signature(SignatureError::Missing("x-signature"))
    ));
    headers.insert("x-signature", HeaderValue::from_static(signature));
    let shipped = Webhook::verified(&verifier, &headers, SHIPPED).expect("signed");
    assert!(matches!(shipped, Webhook::OrderShipped(_)));
    let error = Webhook::verified(&verifier, &headers, b"{}").expect_err("another body");
    assert!(matches!(error, WebhookError::Signature(SignatureError::Mismatch)));
}

fn tracked(event: &'static str, body: &str) -> Result<Tracked, crate::tracker::WebhookError> {
    let headers = HeaderMap::from_iter([(
        http::HeaderName::from_static("x-event"),
        HeaderValue::from_static(event),
    )]);
    Tracked::parse(&headers, body.as_bytes())
}

#[test]
fn webhooks_of_one_header_are_told_apart_by_their_bodies() {
    let opened = tracked("issues", r#"{"action": "opened", "title": "It is red"}"#).expect("a webhook");
    assert!(matches!(opened, Tracked::IssueOpened(opened) if opened.title == "It is red"));
    let closed = tracked("issues", r#"{"action": "closed"}"#).expect("a webhook");
    assert!(matches!(closed, Tracked::IssueClosed(closed) if closed.why.is_none()));
    assert_eq!(tracked("ping", "").expect("a webhook"), Tracked::Ping);
    for (event, body) in [("issues", r#"{"action": "lost"}"#), ("pong", "{}")] {
        let Tracked::Unknown(unknown) = tracked(event, body).expect("a webhook") else {
            panic!("{event} is known");
        };
        assert_eq!(
            (unknown.name.as_deref(), &*unknown.body),
            (Some(event), body.as_bytes())
        );
    }
    let error = tracked("issues", r#"{"action": "opened"}"#).expect_err("no title");
    assert_eq!(error.to_string(), "the body of the webhook `issues` was not understood");
}

#[test]
fn xml_is_read_as_its_type() {
    let fed = tracked("feed", r#"<feed count="2"><entry>a</entry><entry>b</entry></feed>"#).expect("a webhook");
    assert!(matches!(fed, Tracked::Feed(feed) if feed.count == Some(2) && feed.entries == ["a", "b"]));
    let error = tracked("feed", "<food/>").expect_err("another element");
    assert_eq!(error.to_string(), "the body of the webhook `feed` was not understood");
    let source = std::error::Error::source(&error).expect("a reason").to_string();
    assert_eq!(source, "expected the root element `feed`, found `food`");
}
