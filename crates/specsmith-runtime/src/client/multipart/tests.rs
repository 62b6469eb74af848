//! Parts as they are written, from bytes and from streams.

#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::json;

use super::super::style;
use super::*;

fn text(body: &Multipart) -> String {
    let body = body.encode("multipart/form-data", "B").unwrap();
    String::from_utf8(body.as_bytes().unwrap().to_vec()).unwrap()
}

fn file(name: &str, content_type: &str, content: &'static str) -> FilePart {
    FilePart::new(content)
        .with_file_name(name)
        .with_content_type(content_type)
}

#[test]
fn parts_are_written_as_the_rfc_says() {
    let body = Multipart::new()
        .value("title", "Dune")
        .value("pages", 412)
        .value("tags", ["a", "b"])
        .value("meta", json!({ "k": 1 }))
        .value("nothing", ())
        .value_as("list", "application/json", [[1]])
        .value_as("note", "text/markdown", "*x*")
        .json("all", [1, 2])
        .file("raw", vec![b'0', b'1'])
        .file(
            "cover",
            file("dune.png", "image/png", "png").with_header("X-Id", "7"),
        );
    let expected = "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nDune\r\n\
        --B\r\nContent-Disposition: form-data; name=\"pages\"\r\n\r\n412\r\n\
        --B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\na\r\n\
        --B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\nb\r\n\
        --B\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"k\":1}\r\n\
        --B\r\nContent-Disposition: form-data; name=\"list\"\r\nContent-Type: application/json\r\n\r\n[1]\r\n\
        --B\r\nContent-Disposition: form-data; name=\"note\"\r\nContent-Type: text/markdown\r\n\r\n*x*\r\n\
        --B\r\nContent-Disposition: form-data; name=\"all\"\r\nContent-Type: application/json\r\n\r\n[1,2]\r\n\
        --B\r\nContent-Disposition: form-data; name=\"raw\"\r\n\r\n01\r\n\
        --B\r\nContent-Disposition: form-data; name=\"cover\"; filename=\"dune.png\"\r\n\
        Content-Type: image/png\r\nX-Id: 7\r\n\r\npng\r\n--B--\r\n";
    assert_eq!(text(&body), expected);
}

#[test]
fn styles_make_pairs() {
    let body = Multipart::new()
        .value_styled(
            "a",
            style::DEEP_OBJECT,
            json!({ "b": "x y%&=é", "c": [1, 2] }),
        )
        .value_styled("d", style::FORM_JOINED, ["x", "y"])
        .value_styled("e", style::FORM, ["x", "y"]);
    let parts = [
        ("a[b]", "x y%&=é"),
        ("a[c][0]", "1"),
        ("a[c][1]", "2"),
        ("d", "x,y"),
        ("e", "x"),
        ("e", "y"),
    ];
    let expected = parts.map(|(name, value)| {
        format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    });
    assert_eq!(text(&body), format!("{}--B--\r\n", expected.concat()));
}

#[tokio::test]
async fn streams_are_parts_with_the_length_of_all() {
    let source = |length| {
        RequestBody::open_with(move || async move {
            let chunks = [Ok::<_, BoxError>("ab"), Ok("c")].into_iter();
            let body = Body::from_stream(Listed(VecDeque::from_iter(chunks)));
            Ok::<_, BoxError>(match length {
                Some(length) => body.with_length(length),
                None => body,
            })
        })
    };
    for (length, expected) in [(Some(3), Some(177)), (None, None)] {
        let body = Multipart::new()
            .value("before", "x")
            .file("file", source(length))
            .value("after", "y");
        let body = body.encode("multipart/form-data", "B").unwrap();
        for _attempt in 0..2 {
            let mut body = body.open().await.unwrap();
            assert_eq!(body.length(), expected);
            let mut all = Vec::new();
            while let Some(chunk) = body.chunk().await {
                all.extend_from_slice(&chunk.unwrap());
            }
            let text = String::from_utf8(all).unwrap();
            assert!(text.contains("name=\"file\"\r\n\r\nabc\r\n--B"), "{text}");
            assert_eq!(text.len(), 177);
        }
    }
    let once = RequestBody::once(Body::from_stream(Listed(VecDeque::from([Ok("x")]))));
    let body = Multipart::new()
        .file("file", once)
        .encode("multipart/form-data", "B")
        .unwrap();
    assert!(body.can_be_sent());
    body.open().await.unwrap();
    assert!(!body.can_be_sent());
}

struct Listed(VecDeque<Result<&'static str, BoxError>>);

impl Stream for Listed {
    type Item = Result<&'static str, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

#[test]
fn names_cannot_add_headers() {
    let body = Multipart::new().file("a\"\r\nX: 1", file("x\r\n\r\ny\0", "text/plain", ""));
    let text = text(&body);
    assert!(
        text.contains("name=\"a%22%0D%0AX: 1\"; filename=\"x%0D%0A%0D%0Ay_\""),
        "{text}"
    );
    for file in [
        file("a", "text/plain\r\nX: 1", ""),
        FilePart::new("").with_header("X\r\nY", "1"),
        FilePart::new("").with_header("X", "1\r\nY: 2"),
    ] {
        let body = Multipart::new().file("a", file);
        assert_eq!(
            body.encode("multipart/form-data", "B").unwrap_err().0,
            "part `a`"
        );
    }
}

#[test]
fn boundaries_differ() {
    assert_ne!(boundary(), boundary());
}

#[test]
fn parts_of_other_formats_have_no_names() {
    let body = Multipart::new()
        .append(FilePart::new("{}").with_content_type("application/json"))
        .append(file("a.png", "image/png", "png").with_header("Content-ID", "<a>"))
        .append("plain");
    let encoded = body.encode("multipart/mixed", "B").unwrap();
    let expected = "--B\r\nContent-Type: application/json\r\n\r\n{}\r\n\
        --B\r\nContent-Disposition: attachment; filename=\"a.png\"\r\nContent-Type: image/png\r\n\
        Content-ID: <a>\r\n\r\npng\r\n--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nplain\r\n--B--\r\n";
    assert_eq!(encoded.as_bytes().unwrap(), expected.as_bytes());
    let (part, reason) = body.encode("multipart/form-data", "B").unwrap_err();
    assert_eq!(part, "part 1");
    assert!(reason.contains("no name"), "{reason}");

    let mut parts = Parts::default();
    parts.multipart("multipart/related", body.clone());
    let sent = parts
        .content()
        .unwrap()
        .content_type
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        sent.starts_with("multipart/related; type=\"application/json\"; boundary="),
        "{sent}"
    );
    parts.multipart("multipart/mixed", body);
    let sent = parts
        .content()
        .unwrap()
        .content_type
        .to_str()
        .unwrap()
        .to_owned();
    assert!(sent.starts_with("multipart/mixed; boundary="), "{sent}");
}
