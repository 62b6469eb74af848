//! Cases for media types.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, HeaderValue};

use super::super::media_type::{acceptable, is_json, matches, preferred};

#[test]
fn json_is_told_by_its_name_or_suffix() {
    assert!(
        is_json("application/json") && is_json("text/json") && is_json("application/problem+json")
    );
    assert!(!is_json("text/plain") && !is_json("application/jsonl"));
}

#[test]
fn ranges_include_their_types() {
    assert!(matches("*/*", "image/png") && matches("image/*", "image/png"));
    assert!(matches("Text/Plain; charset=utf-8", "text/plain"));
    assert!(!matches("image/*", "text/plain") && !matches("text/plain", "text/html"));
}

#[test]
fn a_client_says_what_it_accepts() {
    let accepts = |accept: &'static str, produced: &[&str]| {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        acceptable(&headers, produced)
    };
    let json = &["application/json"];
    assert!(acceptable(&HeaderMap::new(), json));
    assert!(accepts("", json) && accepts("*/*", json) && accepts("application/*;q=0.1", json));
    assert!(accepts("text/html, application/json;q=0.9", json));
    assert!(!accepts("text/html", json) && accepts("text/html", &[]));
    assert!(!accepts("application/json;q=0, */*", json));
    assert!(accepts("application/json;q=0, */*", &["text/plain"]));
    assert!(accepts("image/png", &["image/*"]));
}

#[test]
fn weights_choose_among_several() {
    let chosen = |accept: &'static str, produced: &[&str]| {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        preferred(&headers, produced)
    };
    let both = &["application/json", "application/xml"];
    assert_eq!(preferred(&HeaderMap::new(), both), Some(0));
    assert_eq!(chosen("*/*", both), Some(0));
    assert_eq!(chosen("application/xml", both), Some(1));
    assert_eq!(
        chosen("application/json;q=0.2, application/*;q=0.5", both),
        Some(1)
    );
    assert_eq!(
        chosen("application/xml;q=0.9, application/json;q=0.91", both),
        Some(0)
    );
    assert_eq!(chosen("application/xml;q=0.001", both), Some(1));
    assert_eq!(chosen("text/html, */*;q=0", both), None);
    assert_eq!(chosen("application/xml;q=nonsense", both), Some(1));
}
