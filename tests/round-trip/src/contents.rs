//! Bodies of every kind: each way to send them arrives as what it is.

use serde_json::json;

use crate::{
    client::{
        Error,
        types::{Form, Limited},
    },
    tests::{color, echo, words},
};

#[tokio::test]
async fn each_way_to_send_a_body() {
    let echo = echo().await;
    let limited: Limited = serde_json::from_value(json!({ "name": "Ada", "seats": [] })).expect("a value");
    assert_eq!(
        words(&echo.formats(&limited).await.expect("JSON")),
        ["application/json", "Ada"]
    );
    let request = echo.formats(&limited).with_content_type("application/vnd.example+json");
    assert_eq!(
        words(&request.await.expect("JSON")),
        ["application/vnd.example+json", "Ada"]
    );
    let got = echo.formats_form(&Form::new("a b")).await.expect("a form");
    assert_eq!(words(&got), ["application/x-www-form-urlencoded", "a b"]);
    assert_eq!(
        words(&echo.formats_csv("a,b\n").await.expect("text")),
        ["text/csv", "a,b\n"]
    );
    let request = echo.formats_bytes(&[0, 255][..]).with_content_type("image/jpeg");
    assert_eq!(words(&request.await.expect("bytes")), ["image/jpeg", r#"b"\0\xff""#]);
    let colors = [color(1, 2, 3), color(4, 5, 6)];
    for media_type in ["application/jsonl", "application/json-seq"] {
        let request = echo.formats_lines(&colors).with_content_type(media_type);
        let got = request.await.expect("lines");
        assert_eq!(words(&got), [media_type]);
        assert_eq!(got.colors.as_deref(), Some(&colors[..]));
    }
}

#[tokio::test]
async fn bodies_that_need_not_be_sent() {
    let echo = echo().await;
    assert_eq!(words(&echo.optional_formats().await.expect("nothing")), [""; 0]);
    let got = echo.optional_formats().body(&color(1, 2, 3)).await.expect("JSON");
    assert_eq!(got.colors, Some(vec![color(1, 2, 3)]));
    let got = echo.optional_formats().body_text("x").await.expect("text");
    assert_eq!(words(&got), ["x"]);
}

#[tokio::test]
async fn rules_and_media_types_are_checked() {
    let echo = echo().await;
    let limited: Limited = serde_json::from_value(json!({ "name": "ada", "seats": [] })).expect("a value");
    let status = |result: Result<_, Error>| match result {
        Err(Error::Undocumented(response)) => response.status().as_u16(),
        Err(error) => panic!("{error}"),
        Ok::<crate::client::types::Echo, _>(_) => 200,
    };
    assert_eq!(status(echo.formats(&limited).await), 422);
    assert_eq!(status(echo.formats(&limited).with_content_type("text/html").await), 415);
    assert_eq!(
        status(echo.formats_csv("{").with_content_type("application/jsonl").await),
        400
    );
}
