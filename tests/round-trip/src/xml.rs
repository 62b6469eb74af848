//! Bodies of XML: what is written is read as the same value, on both sides.

use crate::{
    client::{Error, RequestBody, types::Note},
    tests::{color, echo},
};

/// A note as the client and the server write it.
const NOTE: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    "\n",
    r#"<n:note xmlns:n="https://example.com/notes" id="7">"#,
    "<text>a &lt; b &amp; c</text>",
    "<tags><tag>x</tag><tag>y z</tag></tags>",
    "<size>1.0</size><size>2.5</size>",
    "<Color><R>1</R><G>2</G><B>3</B></Color>",
    "</n:note>",
);

fn note() -> Note {
    Note::new(7, "a < b & c")
        .with_tags(vec!["x".to_owned(), "y z".to_owned()])
        .with_sizes(vec![1.0, 2.5])
        .with_color(color(1, 2, 3))
}

#[tokio::test]
async fn xml_arrives_as_its_type_and_comes_back() {
    let response = echo().await.note(&note()).send().await.expect("a note");
    assert_eq!(*response, note());
    assert_eq!(std::str::from_utf8(response.raw().body()), Ok(NOTE));
}

#[tokio::test]
async fn other_spellings_mean_the_same() {
    let spelled = r#"<!-- a note --><m:note id='7' xmlns:m="https://example.com/notes">
        <size>1</size> <Color><B>3</B><G>2</G><R>1</R></Color> <size>2.50</size>
        <tags><tag>x</tag><tag><![CDATA[y z]]></tag></tags> <text>a &#60; b <![CDATA[& c]]></text>
    </m:note>"#;
    for sent in [NOTE, spelled] {
        let request = echo().await.note(&note()).with_body(RequestBody::from(sent));
        assert_eq!(request.await.expect("a note"), note(), "{sent}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_told() {
    for (sent, status) in [
        ("<note", 400),
        (
            r#"<!DOCTYPE note [<!ENTITY a "b">]><note id="1"><text>&a;</text></note>"#,
            400,
        ),
        (
            r#"<n:note xmlns:n="https://example.com/notes" id="a"><text>b</text></n:note>"#,
            422,
        ),
        (r#"<n:note xmlns:n="https://example.com/notes" id="1"/>"#, 422),
    ] {
        let request = echo().await.note(&note()).with_body(RequestBody::from(sent));
        match request.await {
            Err(Error::Undocumented(response)) => assert_eq!(response.status().as_u16(), status, "{sent}"),
            other => panic!("{sent}: {other:?}"),
        }
    }
}
