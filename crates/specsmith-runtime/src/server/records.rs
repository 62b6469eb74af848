//! JSON texts one after the other as responses: JSON Lines, NDJSON, JSON text sequences (RFC 7464).

use std::fmt;

use axum::body::{Body, Bytes};
use axum::http::header::HeaderValue;
use axum::response::Response;
use futures_core::Stream;
use serde::Serialize;

use super::super::codec::to_json;
use super::response::with_body;
use super::stream::{self, BoxError, Items, Mapped};

/// JSON texts one after the other, each sent when it is there.
#[must_use = "records are sent when they are in a response"]
pub struct RecordStream<T>(Items<T>);

impl<T: Send + 'static> RecordStream<T> {
    /// The records of a stream.
    pub fn new(stream: impl Stream<Item = T> + Send + 'static) -> Self {
        Self(stream::items(stream))
    }

    /// The records of a stream that can fail, which breaks the connection off.
    pub fn try_new<E: Into<BoxError> + 'static>(
        stream: impl Stream<Item = Result<T, E>> + Send + 'static,
    ) -> Self {
        Self(stream::results(stream))
    }
}

/// Records that are all there already.
impl<T: Send + 'static> From<Vec<T>> for RecordStream<T> {
    fn from(items: Vec<T>) -> Self {
        Self(stream::ready(items))
    }
}

impl<T> fmt::Debug for RecordStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordStream").finish_non_exhaustive()
    }
}

/// A response of records.
pub fn records<T: Serialize + 'static>(
    status: u16,
    media_type: &'static str,
    body: RecordStream<T>,
) -> Response {
    let is_sequence = super::media_type::essence(media_type) == "application/json-seq";
    let lines = Mapped {
        stream: Box::pin(body.0),
        map: move |item: Result<T, BoxError>| line(&item?, is_sequence),
    };
    let media_type = HeaderValue::from_static(media_type);
    with_body(status, media_type, Body::from_stream(lines))
}

fn line<T: Serialize>(item: &T, is_sequence: bool) -> Result<Bytes, BoxError> {
    let mut line = Vec::new();
    if is_sequence {
        line.push(RECORD_SEPARATOR);
    }
    line.extend(to_json(item)?);
    line.push(b'\n');
    Ok(line.into())
}

/// What stands before each text of a JSON text sequence.
const RECORD_SEPARATOR: u8 = 0x1e;
