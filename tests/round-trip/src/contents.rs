//! Bodies of every kind: each way to send them arrives as what it is.

use serde_json::json;

use crate::{
    client::{
        Body, Error, FilePart, Multipart, RequestBody,
        api::UploadForm,
        headers,
        types::{Form, Limited, ToldXKindHeader},
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
    let lines = body_of(vec!["{\"R\":1,", "\"G\":2,\"B\":3}\n"]);
    let got = echo
        .formats_lines(&[])
        .with_body(RequestBody::once(lines))
        .await
        .expect("lines");
    assert_eq!(got.colors.as_deref(), Some(&colors[..1]));
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
    let lines = |red| echo.formats_lines(&[color(1, 2, 3), color(red, 2, 3)]);
    assert_eq!(status(lines(9_000).await), 200);
    assert_eq!(status(lines(9_001).await), 422);
}

#[tokio::test]
async fn typed_parts_arrive() {
    let echo = echo().await;
    let form = UploadForm::new("a \"b\"", "content")
        .more([
            FilePart::new("x").with_file_name("x.txt"),
            FilePart::new("y").with_content_type("text/css"),
        ])
        .number(1.5)
        .list(&["a", "b c"])
        .color(&color(1, 2, 3))
        .note("*n*");
    let got = echo.upload(form).await.expect("parts");
    assert_eq!(
        words(&got),
        [
            "title: a \"b\"",
            "file - -: content",
            "more x.txt -: x",
            "more - text/css: y",
            "number: 1.5",
            "list: a",
            "list: b c",
            "color: [Some(1), Some(2), Some(3)]",
            "note: *n*",
        ]
    );
    let other = Multipart::from(UploadForm::new("t", "f")).value("other", true);
    let got = echo.upload(other.into()).await.expect("parts");
    assert_eq!(words(&got), ["title: t", "file - -: f"]);
}

#[tokio::test]
async fn files_are_read_while_they_are_sent() {
    let echo = echo().await;
    let path = std::env::temp_dir().join(format!("round-trip-{}.png", std::process::id()));
    std::fs::write(&path, vec![200; 300_000]).expect("a file");
    let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
    let got = echo
        .upload(UploadForm::new("t", FilePart::path(&path)))
        .await
        .expect("parts");
    assert_eq!(words(&got)[1], format!("file {name} -: 300000 bytes"));
    let got = echo.binary("image/png", RequestBody::file(&path)).await.expect("bytes");
    assert_eq!(words(&got), ["image/png", "300000", "-", "300000"]);
    let chunks = || body_of(vec!["ab", "c"]);
    let got = echo
        .binary("image/gif", RequestBody::once(chunks()))
        .await
        .expect("bytes");
    assert_eq!(words(&got), ["image/gif", "-", "chunked", "3"]);
    let got = echo
        .binary("image/gif", RequestBody::once(chunks().with_length(3)))
        .await
        .expect("bytes");
    assert_eq!(words(&got), ["image/gif", "3", "-", "3"]);
    std::fs::remove_file(&path).expect("a file");
    let error = echo
        .binary("image/png", RequestBody::file(&path))
        .await
        .expect_err("no file");
    assert!(error.to_string().contains("round-trip-"), "{error}");
}

/// A body of these chunks.
fn body_of(chunks: Vec<&'static str>) -> Body {
    struct Chunks(std::vec::IntoIter<&'static str>);
    impl futures_core::Stream for Chunks {
        type Item = Result<&'static str, std::io::Error>;
        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(self.0.next().map(Ok))
        }
    }
    Body::from_stream(Chunks(chunks.into_iter()))
}

#[tokio::test]
async fn headers_of_responses_have_types() {
    let response = echo().await.told().send().await.expect("a response");
    assert_eq!(response.read_header(headers::X_COUNT), Ok(Some(12)));
    let list = ["a", "b"].map(str::to_owned).to_vec();
    assert_eq!(response.read_header(headers::X_LIST), Ok(Some(list)));
    for header in [headers::X_COLOR, headers::X_EXPLODED, headers::X_JSON] {
        assert_eq!(response.read_header(header), Ok(Some(color(1, 2, 3))), "{header:?}");
    }
    let day = response.read_header(headers::X_DAY).expect("a day");
    assert_eq!(day.map(|day| day.to_string()).as_deref(), Some("2024-02-29"));
    assert_eq!(response.read_header(headers::X_KIND), Ok(Some(ToldXKindHeader::B)));
    assert_eq!(response.read_header(headers::X_ABSENT), Ok(None));
}

#[tokio::test]
async fn parts_without_names_arrive_in_their_order() {
    let echo = echo().await;
    let body = Multipart::new()
        .append(FilePart::new("{\"a\": 1}").with_content_type("application/json"))
        .append(
            FilePart::new(vec![0xff; 300])
                .with_content_type("image/png")
                .with_file_name("a.png"),
        )
        .append("text");
    let got = echo.mixed(body).await.expect("parts");
    assert_eq!(
        words(&got),
        [
            "- - application/json: {\"a\": 1}",
            "- a.png image/png: 300 bytes",
            "- - text/plain; charset=utf-8: text"
        ]
    );
}
