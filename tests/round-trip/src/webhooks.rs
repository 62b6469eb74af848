//! Webhooks: which one came, whether it was signed, and what is wrong with it.

use http::{HeaderMap, HeaderValue};

use crate::client::{
    SignatureError, SignatureHash, SignatureScheme, Verifier, WebhookError,
    webhooks::{self, Webhook},
};

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
