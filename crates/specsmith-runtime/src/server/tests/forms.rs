//! Typed multipart bodies: what is read of their parts, what is refused, and what is kept in memory.

use std::collections::BTreeMap;

use axum::body::{Body, Bytes};
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use futures_core::Stream;
use serde_json::{Value, json};

use super::super::context::{OperationInfo, ResponseHeaders};
use super::super::file_part::{Content, FilePart};
use super::super::form_data::FormData;
use super::super::layer::Found;
use super::super::parameter::Style;
use super::super::part::{self, Others, Part};
use super::super::problem::Problem;
use super::super::request::{Rejected, Request};
use crate::runtime::codec::rules;

static INFO: OperationInfo = OperationInfo {
    id: "test",
    method: "POST",
    path: "/",
    tags: &[],
    produces: &[],
    security: &[],
};

const PARTS: &[Part] = &[
    part::value("title"),
    part::value("pages"),
    part::value("tags"),
    part::json("meta"),
    part::json("points").list(),
    part::any("extra"),
    part::value("size").style(Style::DeepObject.exploded()),
    part::value("ids").style(Style::Form.joined()),
    part::file("cover").of("image/png, text/*"),
    part::file("pages of it"),
];

fn of_body(content_type: &str, body: Body) -> Request {
    let mut request = axum::http::Request::new(body);
    let headers = request.headers_mut();
    headers.insert("content-type", content_type.parse().unwrap());
    DefaultBodyLimit::max(64 << 20).apply(&mut request);
    Request::new(request, &INFO, Found::default(), ResponseHeaders::default())
}

/// A request of parts: what is behind the name in the disposition, other headers, and the content.
fn request(parts: &[(&str, &str, &str)]) -> Request {
    let mut text = String::new();
    for (name, headers, content) in parts {
        text += &format!(
            "--B\r\nContent-Disposition: form-data; name={name}\r\n{headers}\r\n{content}\r\n"
        );
    }
    of_body(
        "multipart/form-data; boundary=B",
        Body::from(text + "--B--\r\n"),
    )
}

fn errors(request: Request) -> (u16, Vec<String>) {
    let problem = request.finish().unwrap_err();
    let told = problem.violations().iter().map(|violation| {
        let violation = serde_json::to_value(violation).unwrap();
        format!(
            "{} {}",
            violation["pointer"].as_str().unwrap(),
            violation["code"].as_str().unwrap()
        )
    });
    (problem.status().as_u16(), told.collect())
}

async fn text(file: FilePart) -> String {
    String::from_utf8(file.bytes().await.unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn parts_are_read_as_their_types() {
    const JSON: &str = "Content-Type: application/json\r\n";
    let mut request = request(&[
        ("\"title\"", "", "Dune"),
        ("pages", "", "412"),
        ("\"tags\"", "", "a,b"),
        ("\"tags\"", "", "c"),
        ("\"meta\"", "", "{\"k\":1}"),
        ("\"points\"", JSON, "[1]"),
        ("\"points\"", JSON, "[2]"),
        ("\"extra\"", JSON, "\"12\""),
        ("\"size[w]\"", "", "3"),
        ("\"size[h]\"", "", "4"),
        ("\"ids\"", "", "1,2"),
        (
            "\"cover\"; filename=\"../a/.dune.png\"",
            "Content-Type: image/png\r\n",
            "P\r\nN",
        ),
        ("\"more\"", "", "nobody asked"),
    ]);
    let mut form = request.form_data(PARTS, Others::Ignored).await.unwrap();
    assert_eq!(form.required::<String>("title").unwrap(), "Dune");
    assert_eq!(form.or("pages", 1_u16).unwrap(), 412);
    assert_eq!(form.required::<Vec<String>>("tags").unwrap(), ["a,b", "c"]);
    assert_eq!(form.required::<Value>("meta").unwrap(), json!({ "k": 1 }));
    let points: Vec<Vec<u8>> = form.required("points").unwrap();
    assert_eq!(points, [[1], [2]]);
    assert_eq!(form.required::<Value>("extra").unwrap(), json!("12"));
    let size: BTreeMap<String, u8> = form.required("size").unwrap();
    assert_eq!(
        size,
        BTreeMap::from([("h".to_owned(), 4), ("w".to_owned(), 3)])
    );
    assert_eq!(form.required::<Vec<u8>>("ids").unwrap(), [1, 2]);
    let cover = form.required_file("cover").unwrap();
    assert_eq!(cover.file_name(), Some("dune.png"));
    assert_eq!(cover.content_type(), Some("image/png"));
    assert_eq!(text(cover).await, "P\r\nN");
    assert!(form.files("pages of it").unwrap().is_empty());
    request.finish().unwrap();
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once() {
    let read = |form: &mut FormData<'_>| {
        let title = form.required::<String>("title");
        form.check("title", &title, rules!(max_length(3)));
        let _ = form.optional::<u8>("pages");
        let _ = form.optional::<Vec<u8>>("tags");
        let _ = form.required::<BTreeMap<String, u8>>("meta");
        let _ = form.optional::<Vec<BTreeMap<String, u8>>>("points");
        let _ = form.required_file("cover");
        let _ = form.required_files("pages of it");
        Ok::<_, Rejected>(())
    };
    let mut sent = request(&[
        ("\"title\"", "", "Dune"),
        ("\"pages\"", "", "x"),
        ("\"tags\"", "", "1"),
        ("\"tags\"", "", ""),
        ("\"points\"", "", "{\"x\":1}"),
        ("\"points\"", "", "{\"x\":true}"),
        ("\"cover\"", "Content-Type: application/pdf\r\n", "P"),
        ("\"more~/\"", "", ""),
    ]);
    let mut form = sent.form_data(PARTS, Others::Refused).await.unwrap();
    read(&mut form).unwrap();
    let (status, told) = errors(sent);
    let expected = [
        "/cover contentType",
        "/more~0~1 unknown",
        "/title maxLength",
        "/pages type",
        "/tags/1 type",
        "/meta missing",
        "/points/1/x type",
        "/pages of it missing",
    ];
    assert_eq!((status, told), (422, expected.map(str::to_owned).to_vec()));
    let mut sent = request(&[
        ("\"title\"", "", "a"),
        ("\"title\"", "", "b"),
        ("\"meta\"", "", "{"),
        ("\"points\"", "", "1,2"),
        ("\"cover\"", "", "a"),
        ("\"cover\"", "", "b"),
    ]);
    let mut form = sent.form_data(PARTS, Others::Ignored).await.unwrap();
    read(&mut form).unwrap();
    let (status, told) = errors(sent);
    let expected = [
        "/title duplicate",
        "/meta syntax",
        "/points/0 syntax",
        "/cover duplicate",
        "/pages of it missing",
    ];
    assert_eq!((status, told), (400, expected.map(str::to_owned).to_vec()));
}

async fn status(mut request: Request) -> StatusCode {
    let form = request.form_data(PARTS, Others::Ignored).await;
    assert!(form.is_err());
    request.finish().unwrap_err().status()
}

#[tokio::test]
async fn what_is_no_form_is_refused() {
    let of = |content_type: &str, body: &str| of_body(content_type, Body::from(body.to_owned()));
    assert_eq!(status(of("multipart/mixed; boundary=B", "")).await, 415);
    assert_eq!(status(of("multipart/form-data", "--B--")).await, 400);
    assert_eq!(
        status(of("multipart/form-data; boundary=B", "--B\r\n")).await,
        400
    );
    assert_eq!(
        status(of("multipart/form-data; boundary=B", "none")).await,
        400
    );
    let nameless = "--B\r\nContent-Type: text/plain\r\n\r\na\r\n--B--\r\n";
    assert_eq!(
        status(of("multipart/form-data; boundary=B", nameless)).await,
        400
    );
    let mut none = axum::http::Request::new(Body::empty());
    none.headers_mut().clear();
    let mut none = Request::new(none, &INFO, Found::default(), ResponseHeaders::default());
    assert!(
        none.optional_form_data(PARTS, Others::Ignored)
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn values_parts_and_headers_have_limits() {
    let long = "x".repeat((1 << 20) + 1);
    assert_eq!(status(request(&[("\"title\"", "", &long)])).await, 413);
    let many = vec![("\"more\"", "", "x"); 1_001];
    assert_eq!(status(request(&many)).await, 413);
    let header = format!("X-Long: {}\r\n", "x".repeat(1 << 20));
    assert_eq!(status(in_chunks(&header)).await, 413);
    let headers = "X-A: b\r\n".repeat(40);
    assert_eq!(status(request(&[("\"title\"", &headers, "x")])).await, 400);
}

/// A body of one part with this header, 4 KiB after 4 KiB.
fn in_chunks(header: &str) -> Request {
    let text = format!("--B\r\n{header}\r\nx\r\n--B--\r\n").into_bytes();
    let chunks: Vec<_> = text.chunks(4096).map(Bytes::copy_from_slice).collect();
    of_body(
        "multipart/form-data; boundary=B",
        Body::from_stream(Chunks(chunks.into_iter())),
    )
}

struct Chunks(std::vec::IntoIter<Bytes>);

impl Stream for Chunks {
    type Item = Result<Bytes, Problem>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.next().map(Ok))
    }
}

#[tokio::test]
async fn large_files_are_not_kept_in_memory() {
    let (large, larger) = ("a".repeat(3 << 20), "b".repeat(5 << 20));
    let mut sent = request(&[
        ("\"pages of it\"", "", &large),
        ("\"pages of it\"", "", "small"),
        ("\"pages of it\"", "", &larger),
    ]);
    let mut form = sent.form_data(PARTS, Others::Ignored).await.unwrap();
    let files = form.required_files("pages of it").unwrap();
    let [first, second, third] = <[FilePart; 3]>::try_from(files).unwrap();
    let spooled = |file: &FilePart| matches!(file.content, Content::Spooled(_));
    assert!(spooled(&first) && !spooled(&second) && spooled(&third));
    assert_eq!(
        (first.size(), second.size(), third.size()),
        (3 << 20, 5, 5 << 20)
    );
    let streamed = axum::body::to_bytes(first.clone().into_body(), usize::MAX)
        .await
        .unwrap();
    assert_eq!(streamed, large);
    assert_eq!(text(second).await, "small");
    let path = std::env::temp_dir().join(format!("specsmith-forms-{}", std::process::id()));
    third.clone().save(&path).await.unwrap();
    let saved = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(saved, larger);
    assert_eq!(text(third).await, larger);
    assert_eq!(text(first).await, large);
}
