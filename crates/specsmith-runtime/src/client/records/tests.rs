//! The splitter on every split of sample bytes, and streams of records.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use serde_json::Value;

use super::super::{NoError, OperationInfo, ReadResult};
use super::*;

fn split(form: Form, chunks: &[&[u8]]) -> Vec<String> {
    let mut splitter = Splitter::new(form, 1 << 20);
    let mut texts = Vec::new();
    for chunk in chunks {
        splitter.chunk = Bytes::copy_from_slice(chunk);
        while let Some(text) = splitter.next() {
            texts.push(text.unwrap());
        }
    }
    texts.extend(splitter.end());
    let texts = texts
        .into_iter()
        .map(|text| String::from_utf8(text).unwrap());
    texts.map(|text| text.trim().to_owned()).collect()
}

const SAMPLES: &[(Form, &str, &[&str])] = &[
    (
        Form::Lines,
        "{\"a\": 1}\n{\"a\": 2}\n",
        &["{\"a\": 1}", "{\"a\": 2}"],
    ),
    (Form::Lines, "\n1\r\n \n\n2", &["1", "2"]),
    (Form::Lines, "", &[]),
    (
        Form::Sequence,
        "\u{1e}{\"a\":\n1}\n\u{1e}[]\n",
        &["{\"a\":\n1}", "[]"],
    ),
    (
        Form::Sequence,
        "\u{1e}\u{1e}\"}\\\"{\"\n\u{1e}2",
        &["\"}\\\"{\"", "2"],
    ),
    (
        Form::Sequence,
        "\u{1e}{\"broken\": \"\u{1e}3\n",
        &["{\"broken\": \"", "3"],
    ),
];

#[test]
fn every_split_gives_the_same_texts() {
    for (form, text, texts) in SAMPLES {
        let bytes = text.as_bytes();
        for first in 0..=bytes.len() {
            for second in first..=bytes.len() {
                let chunks = [&bytes[..first], &bytes[first..second], &bytes[second..]];
                assert_eq!(split(*form, &chunks), *texts, "{text:?} {first} {second}");
            }
        }
    }
}

#[test]
fn a_text_of_a_sequence_is_there_with_its_line() {
    let mut splitter = Splitter::new(Form::Sequence, 100);
    splitter.chunk = Bytes::from_static(b"\x1e{\"a\": 1}\n");
    assert_eq!(splitter.next(), Some(Ok(b"{\"a\": 1}".to_vec())));
    let mut splitter = Splitter::new(Form::Lines, 3);
    splitter.chunk = Bytes::from_static(b"123\n1234\n");
    assert_eq!(splitter.next(), Some(Ok(b"123".to_vec())));
    assert_eq!(splitter.next(), Some(Err(TooLarge)));
}

struct Export;

impl Operation for Export {
    type Success = RecordStream<Self>;
    type Error = NoError;

    const INFO: &'static OperationInfo = &OperationInfo::new("export");
    const STREAM: StreamReader<Self> = RecordStream::READER;

    fn read(response: RawResponse) -> ReadResult<Self> {
        response.records()
    }
}

impl RecordOperation for Export {
    type Record = Value;
    const ACCEPT: &'static str = "application/jsonl";
}

fn response(media_type: &'static str, body: &'static str) -> RawResponse {
    let mut headers = http::HeaderMap::new();
    headers.insert("content-type", http::HeaderValue::from_static(media_type));
    RawResponse::new(Export::INFO, http::StatusCode::OK, headers, body.into())
}

#[tokio::test]
async fn records_go_on_after_what_is_none() {
    let body = "{\"a\": 1}\nno\n{\"error\": \"busy\", \"a\": }\n[2]";
    let mut records = Export::read(response("application/x-ndjson", body))
        .unwrap()
        .into_value();
    let mut items = Vec::new();
    while let Some(record) = records.next().await {
        items.push(record.map_err(|error| (error.response().unwrap().body().clone(), error)));
    }
    assert_eq!(*items[0].as_ref().unwrap(), serde_json::json!({ "a": 1 }));
    let (body, error) = items[1].as_ref().unwrap_err();
    assert!(matches!(error, Error::Decode(_)) && body == "no", "{error}");
    assert!(items[2].is_err());
    assert_eq!(*items[3].as_ref().unwrap(), serde_json::json!([2]));
    assert_eq!(items.len(), 4);
}

#[test]
fn other_media_types_are_refused() {
    let error = Export::read(response("application/json", "[]")).unwrap_err();
    assert!(matches!(error, Error::UnexpectedContentType(_)), "{error}");
    assert!(
        error
            .to_string()
            .contains("where JSON texts one after the other were expected")
    );
}
