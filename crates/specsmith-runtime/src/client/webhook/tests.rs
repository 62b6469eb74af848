//! Signatures against published examples, and what is refused.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderValue};
use serde_json::json;

use super::*;

/// The example of the specification of Standard Webhooks.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BODY: &[u8] = br#"{"test": 2432232314}"#;
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const AT: u64 = 1_614_265_330;

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pairs = pairs.iter();
    let header = |(name, value): &(&'static str, &str)| {
        let name = http::HeaderName::from_static(name);
        (name, HeaderValue::from_str(value).unwrap())
    };
    pairs.map(header).collect()
}

fn standard(prefix: &str, signature: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
        ("timestamp", "1614265330"),
        ("signature", signature),
    ] {
        let name: http::HeaderName = format!("{prefix}-{name}").parse().unwrap();
        headers.insert(name, HeaderValue::from_str(value).unwrap());
    }
    headers
}

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

#[test]
fn the_example_of_standard_webhooks_holds() {
    let verifier = Verifier::new(SignatureScheme::STANDARD, SECRET).unwrap();
    for prefix in ["webhook", "svix"] {
        let headers = standard(prefix, SIGNATURE);
        assert_eq!(
            verifier.verify_at(&headers, BODY, at(AT)),
            Ok(()),
            "{prefix}"
        );
        let other = br#"{"test":2432232314}"#;
        assert_eq!(
            verifier.verify_at(&headers, other, at(AT)),
            Err(SignatureError::Mismatch)
        );
    }
    let several = format!("v1a,abcd v1,Zm9v {SIGNATURE}");
    assert_eq!(
        verifier.verify_at(&standard("webhook", &several), BODY, at(AT)),
        Ok(())
    );
    let without_prefix = Verifier::new(SignatureScheme::STANDARD, &SECRET[6..]).unwrap();
    assert_eq!(
        without_prefix.verify_at(&standard("webhook", SIGNATURE), BODY, at(AT)),
        Ok(())
    );
}

#[test]
fn secrets_can_be_changed() {
    let headers = standard("webhook", SIGNATURE);
    let other = Verifier::new(SignatureScheme::STANDARD, "whsec_c29tZXRoaW5nIGVsc2U=").unwrap();
    assert_eq!(
        other.verify_at(&headers, BODY, at(AT)),
        Err(SignatureError::Mismatch)
    );
    let both = other.with_secret(SECRET).unwrap();
    assert_eq!(both.verify_at(&headers, BODY, at(AT)), Ok(()));
}

#[test]
fn old_and_future_requests_are_refused() {
    let verifier = Verifier::new(SignatureScheme::STANDARD, SECRET).unwrap();
    let headers = standard("webhook", SIGNATURE);
    let verify = |now| verifier.verify_at(&headers, BODY, at(now));
    assert_eq!(verify(AT + 300), Ok(()));
    assert_eq!(verify(AT + 301), Err(SignatureError::TooOld));
    assert_eq!(verify(AT - 300), Ok(()));
    assert_eq!(verify(AT - 301), Err(SignatureError::TooNew));
    assert_eq!(verifier.verify(&headers, BODY), Err(SignatureError::TooOld));
    let patient = verifier.clone().with_tolerance(Duration::MAX);
    assert_eq!(patient.verify(&headers, BODY), Ok(()));
}

#[test]
fn what_is_missing_or_malformed_is_named() {
    let verifier = Verifier::new(SignatureScheme::STANDARD, SECRET).unwrap();
    let verify = |headers: &HeaderMap| verifier.verify_at(headers, BODY, at(AT));
    for header in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        let mut headers = standard("webhook", SIGNATURE);
        headers.remove(header);
        assert_eq!(verify(&headers), Err(SignatureError::Missing(header)));
    }
    for time in [
        "",
        "now",
        "+1614265330",
        "-1",
        "1614265330.0",
        "99999999999999999999",
    ] {
        let mut headers = standard("webhook", SIGNATURE);
        headers.insert("webhook-timestamp", HeaderValue::from_str(time).unwrap());
        let expected = Err(SignatureError::Malformed("webhook-timestamp"));
        assert_eq!(verify(&headers), expected, "{time}");
    }
    for signature in ["", "v1,", "v1", "v2,Zm9v", "v1,!!!", &SIGNATURE[..40]] {
        let headers = standard("webhook", signature);
        assert_eq!(
            verify(&headers),
            Err(SignatureError::Mismatch),
            "{signature}"
        );
    }
}

#[test]
fn an_hmac_stands_in_a_header() {
    // The example of GitHub's documentation.
    let scheme =
        SignatureScheme::hmac("x-hub-signature-256", SignatureHash::Sha256).prefix("sha256=");
    let verifier = Verifier::new(scheme, "It's a Secret to Everybody").unwrap();
    let hex = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let signed = headers(&[("x-hub-signature-256", &format!("sha256={hex}"))]);
    assert_eq!(verifier.verify(&signed, b"Hello, World!"), Ok(()));
    assert_eq!(
        verifier.verify(&signed, b"Hello, World"),
        Err(SignatureError::Mismatch)
    );
    for value in [hex, "sha256=75", "sha256=7", "sha256=xx", "sha1=75"] {
        let signed = headers(&[("x-hub-signature-256", value)]);
        assert!(
            verifier.verify(&signed, b"Hello, World!").is_err(),
            "{value}"
        );
    }
}

#[test]
fn every_hash_and_encoding_is_read() {
    // `printf body | openssl dgst -HASH -hmac key`, and the last one in base64.
    let sha1 = SignatureScheme::hmac("x-signature", SignatureHash::Sha1);
    let sha512 = SignatureScheme::hmac("x-signature", SignatureHash::Sha512).base64();
    let cases = [
        (sha1, "70bbf6819d1037aa94ca7e7f537cbea25fe49283"),
        (
            sha512,
            "tx6CtC7OJEGCquAPXEGNhLWwrIRIdHZeZY6RsmJhsy3znp/L9EQk0OO1O6sZLnikk2Ik7JQM+VMWS3CqzdTIRQ==",
        ),
    ];
    for (scheme, signature) in cases {
        let verifier = Verifier::new(scheme, "key").unwrap();
        let signed = headers(&[("x-signature", signature)]);
        assert_eq!(verifier.verify(&signed, b"body"), Ok(()), "{signature}");
        assert_eq!(
            verifier.verify(&signed, b"Body"),
            Err(SignatureError::Mismatch)
        );
    }
}

#[test]
fn a_time_stands_beside_the_hmac() {
    let scheme = SignatureScheme::timestamped("stripe-signature");
    let verifier = Verifier::new(scheme, "whsec_test").unwrap();
    let signed = headers(&[(
        "stripe-signature",
        "t=1614265330,v1=00,v1=74b68e8e4930fbb9bc63b98df284bef2e21a2498d6bf36c778c61aa3b4cb066d,v0=11",
    )]);
    assert_eq!(verifier.verify_at(&signed, b"body", at(AT)), Ok(()));
    assert_eq!(
        verifier.verify_at(&signed, b"body", at(AT + 301)),
        Err(SignatureError::TooOld)
    );
    for (value, error) in [
        (
            "v1=74b68e8e4930fbb9bc63b98df284bef2e21a2498d6bf36c778c61aa3b4cb066d",
            SignatureError::Malformed("stripe-signature"),
        ),
        (
            "t=1614265331,v1=74b68e8e4930fbb9bc63b98df284bef2e21a2498d6bf36c778c61aa3b4cb066d",
            SignatureError::Mismatch,
        ),
        (
            "t=1614265330,v0=74b68e8e4930fbb9bc63b98df284bef2e21a2498d6bf36c778c61aa3b4cb066d",
            SignatureError::Mismatch,
        ),
        ("t=1614265330", SignatureError::Mismatch),
    ] {
        let signed = headers(&[("stripe-signature", value)]);
        assert_eq!(
            verifier.verify_at(&signed, b"body", at(AT)),
            Err(error),
            "{value}"
        );
    }
}

#[test]
fn secrets_are_there_and_not_shown() {
    for secret in ["", "whsec_", "whsec_!", "  "] {
        let verifier = Verifier::new(SignatureScheme::STANDARD, secret);
        assert_eq!(verifier.unwrap_err(), InvalidSecret, "{secret}");
    }
    let scheme = SignatureScheme::timestamped("x-signature");
    assert_eq!(Verifier::new(scheme, "").unwrap_err(), InvalidSecret);
    let verifier = Verifier::new(scheme, "canary").unwrap();
    let shown = format!("{verifier:?}");
    assert!(
        !shown.contains("canary") && !shown.contains("99, 97"),
        "{shown}"
    );
}

#[test]
fn errors_name_the_webhook_and_the_place() {
    let error = read::<Vec<u8>>("numbersChosen", b"[1, 300]").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the body of the webhook `numbersChosen` was not understood"
    );
    let WebhookError::Body { webhook, source } = error else {
        panic!("{error}");
    };
    assert_eq!(
        (webhook, source.pointer()),
        (Some("numbersChosen"), "/1".to_owned())
    );
    assert!(read_text("text", &[0xff]).is_err());
}

#[test]
fn names_are_in_headers_or_members() {
    let named = headers(&[("x-event", " ping ")]);
    assert_eq!(name_in(&named, "X-Event").as_deref(), Some("ping"));
    assert_eq!(name_in(&named, "X-Other"), None);
    let body = json!({"event": {"type": "ping", "version": 2}}).to_string();
    let name = |pointer| name_at(&named, body.as_bytes(), pointer).unwrap();
    assert_eq!(name("/event/type").as_deref(), Some("ping"));
    assert_eq!(name("/event/version").as_deref(), Some("2"));
    assert_eq!(name("/event"), None);
    assert!(name_at(&named, b"{", "/event").is_err());
    let both = |body: &str| name_of(&named, "X-Event", body.as_bytes(), "/action");
    assert_eq!(
        both(r#"{"action": "Is_Sent"}"#).as_deref(),
        Some("ping-is-sent")
    );
    for body in ["{}", "", r#"{"action": null}"#] {
        assert_eq!(both(body).as_deref(), Some("ping"), "{body}");
    }
    assert_eq!(name_of(&named, "X-Other", b"{}", "/action"), None);
}
