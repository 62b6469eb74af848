//! Bodies of requests: what is refused, all of it at once, before a handler runs.

use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::Request as HttpRequest;
use serde_json::{Value, json};

use super::loopback::{JSON, call, futures_of, router, send};

#[tokio::test]
async fn bodies_are_checked_before_the_handler() {
    let (status, body) = send("POST", "/books", JSON, r#"{ "title": "A", "pages": 3 }"#).await;
    assert_eq!((status, body), (201, json!({ "title": "A", "pages": 3 })));
    assert_eq!(send("POST", "/books", &[], r#"{"title":"A"}"#).await.0, 415);
    assert_eq!(
        send(
            "POST",
            "/books",
            &[("content-type", "text/plain")],
            r#"{"title":"A"}"#
        )
        .await
        .0,
        415
    );
    let text_of = |status: u16, code: &'static str, pointer: &'static str| {
        (status, json!([{ "code": code, "pointer": pointer }]))
    };
    for (sent, expected) in [
        ("", text_of(400, "missing", "")),
        ("{", text_of(400, "syntax", "")),
        ("\u{feff}{}", text_of(400, "syntax", "")),
        (r#"{"title":NaN}"#, text_of(400, "syntax", "")),
        (r#"{}"#, text_of(422, "missing", "/title")),
        (r#"{"title":1}"#, text_of(422, "type", "/title")),
        (
            r#"{"title":1,"pages":"canary","other":1,"title":2}"#,
            (
                422,
                json!([
                    { "code": "type", "pointer": "/title" },
                    { "code": "unknown", "pointer": "/other" },
                    { "code": "type", "pointer": "/pages" },
                ]),
            ),
        ),
        (
            r#"{"pages":"canary"}"#,
            (
                422,
                json!([
                    { "code": "type", "pointer": "/pages" },
                    { "code": "missing", "pointer": "/title" },
                ]),
            ),
        ),
        (
            r#"{"title":"canary","pages":"canary"}"#,
            text_of(422, "type", "/pages"),
        ),
        (
            r#"{"title":"a","pages":99999999999999999999}"#,
            text_of(422, "type", "/pages"),
        ),
        (
            r#"{"title":"a","title":"b"}"#,
            text_of(422, "duplicate", "/title"),
        ),
        (
            r#"{"title":"a","other":1}"#,
            text_of(422, "unknown", "/other"),
        ),
    ] {
        let (status, body) = send("POST", "/books", JSON, sent).await;
        let errors = body["errors"].as_array().unwrap().iter();
        let errors: Value = errors
            .map(|error| json!({ "code": error["code"], "pointer": error["pointer"] }))
            .collect();
        assert_eq!((status, errors), expected, "{sent}: {body}");
        let text = body.to_string();
        assert!(
            !text.contains("canary") && !text.contains("NewBook") && !text.contains("i64"),
            "{text}"
        );
    }
    let deep = format!("{}{}", "[".repeat(140), "]".repeat(140));
    assert_eq!(send("POST", "/any", JSON, deep.clone()).await.0, 400);
    assert_eq!(send("POST", "/any", JSON, "[".repeat(100_000)).await.0, 400);
    // Where no type looks, and where what a type refuses is no JSON from there on.
    let unknown = format!("{{\"unknown\":{deep}}}");
    assert_eq!(send("POST", "/books", JSON, unknown).await.0, 400);
    assert_eq!(send("POST", "/books", JSON, "{\"title\":7,").await.0, 400);
    let flat = format!("[{}\"[{}\"]", "[],{},".repeat(200), "\\\"[".repeat(200));
    assert_eq!(send("POST", "/any", JSON, flat).await.0, 200);
    assert_eq!(
        send("POST", "/any", JSON, "[[1]]").await,
        (200, json!([[1]]))
    );
    assert_eq!(
        send("POST", "/books", JSON, b"{\"title\":\"\xff\"}".to_vec())
            .await
            .0,
        400
    );
}

#[tokio::test]
async fn rules_are_told_beside_what_cannot_be_read() {
    for (sent, expected) in [
        (
            r#"{"title":"","pages":0}"#,
            json!(["/title minLength", "/pages minimum"]),
        ),
        (
            r#"{"title":"","pages":"x"}"#,
            json!(["/pages type", "/title minLength"]),
        ),
        // What stands in for it, "" and 0, breaks rules that are not those of what was sent.
        (
            r#"{"title":1,"pages":"x"}"#,
            json!(["/title type", "/pages type"]),
        ),
        (
            r#"{"pages":0}"#,
            json!(["/title missing", "/pages minimum"]),
        ),
    ] {
        let (status, body) = send("POST", "/books", JSON, sent).await;
        let errors = body["errors"].as_array().unwrap().iter();
        let word = |error: &Value, name: &str| error[name].as_str().unwrap().to_owned();
        let errors =
            errors.map(|error| format!("{} {}", word(error, "pointer"), word(error, "code")));
        let errors = Vec::from_iter(errors);
        assert_eq!((status, json!(errors)), (422, expected), "{sent}");
    }
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    let (status, body) = send("POST", "/books?dry=maybe", JSON, "{}").await;
    assert_eq!(
        (status, body["errors"].as_array().unwrap().len()),
        (422, 2),
        "{body}"
    );
}

#[tokio::test]
async fn bodies_are_limited() {
    let limited = || router().layer(DefaultBodyLimit::max(20));
    let post = |text: &str| {
        HttpRequest::post("/books")
            .header("content-type", "application/json")
            .body(Body::from(text.to_owned()))
            .unwrap()
    };
    assert_eq!(
        call(limited(), post(r#"{"title":"12345678"}"#)).await.0,
        201
    );
    assert_eq!(
        call(limited(), post(r#"{"title":"123456789"}"#)).await.0,
        413
    );
    let stream = HttpRequest::post("/books").header("content-type", "application/json");
    let chunks = futures_of(vec![vec![b' '; 15], vec![b' '; 15]]);
    assert_eq!(call(limited(), stream.body(chunks).unwrap()).await.0, 413);
    assert_eq!(
        send("POST", "/books", JSON, vec![b' '; (2 << 20) + 1])
            .await
            .0,
        413
    );
}

#[tokio::test]
async fn texts_and_forms_are_read() {
    assert_eq!(
        send("PUT", "/books/a/text", &[], "").await,
        (200, json!(null))
    );
    assert_eq!(
        send(
            "PUT",
            "/books/a/text",
            &[("content-type", "text/markdown")],
            "four"
        )
        .await,
        (200, json!(4))
    );
    assert_eq!(
        send(
            "PUT",
            "/books/a/text",
            &[("content-type", "image/png")],
            "four"
        )
        .await
        .0,
        415
    );
    assert_eq!(
        send(
            "PUT",
            "/books/a/text",
            &[("content-type", "text/plain")],
            vec![0xff]
        )
        .await
        .0,
        400
    );
    let form = &[("content-type", "application/x-www-form-urlencoded")];
    let (status, body) = send(
        "POST",
        "/orders",
        form,
        "a=1&items[0][id]=x&items[0][n]=2&b=x+y%26",
    )
    .await;
    assert_eq!(
        (status, body),
        (
            200,
            json!({ "a": 1, "items": [{ "id": "x", "n": 2 }], "b": "x y&" })
        )
    );
    assert_eq!(send("POST", "/orders", form, "a=%ff").await.0, 400);
    assert_eq!(send("POST", "/orders", &[], "").await.0, 400);
}
