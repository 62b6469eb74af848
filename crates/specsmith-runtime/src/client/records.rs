//! Bodies of responses that are JSON texts one after the other: [`RecordStream`].
//!
//! JSON Lines and NDJSON have a text on each line. In JSON text sequences (RFC 7464) each begins with a record separator,
//! and can go over several lines.

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
mod blocking;

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::super::codec;
use super::send::Arrived;
use super::stream_error::{is_error, unexpected};
use super::{
    Body, DecodeError, Error, MaybeSend, OpenResponse, Operation, RawResponse, Request, Response,
    StreamError, StreamErrorKind, StreamReader, TransportError, UnexpectedContentType,
};

/// An operation that can answer with JSON texts one after the other.
pub trait RecordOperation: Operation {
    /// What a text is.
    type Record: DeserializeOwned + MaybeSend + 'static;

    /// The media types of such answers, for the header `Accept`.
    const ACCEPT: &'static str;
}

/// A record of an operation, or why there is none.
pub type RecordResult<O> = Result<<O as RecordOperation>::Record, Error<<O as Operation>::Error>>;

/// The JSON texts of a response: JSON Lines, NDJSON, or a JSON text sequence.
///
/// ```text
/// let mut records = client.logs().export().records().await?;
/// while let Some(record) = records.next().await {
///     println!("{:?}", record?);
/// }
/// ```
///
/// It is a [`Stream`] too. Records go on after one that is not what the document says, and after an error that the
/// server reports in place of one.
#[must_use = "a stream does nothing until it is asked for its records"]
pub struct RecordStream<O> {
    head: RawResponse,
    /// What is still to be read; nothing after the end.
    body: Option<Body>,
    splitter: Splitter,
    operation: PhantomData<fn() -> O>,
}

impl<O: RecordOperation> Request<O> {
    /// Sends the request and gives the response as a stream of JSON texts.
    ///
    /// # Errors
    /// See [`Error`]. A response that is no such stream is an [`UnexpectedContentType`].
    pub async fn records(self) -> Result<RecordStream<O>, Error<O::Error>> {
        let request = self.accepting(O::ACCEPT);
        match request.arrive(has_records).await {
            Ok(Arrived::Open(response)) => Ok(RecordStream::new(*response)),
            Ok(Arrived::Whole(response)) => Err(unexpected::<O>(response, EXPECTED)),
            Err(error) => Err(error.widen()),
        }
    }
}

const EXPECTED: &str = "JSON texts one after the other were";

/// Whether a body has records: it is of one of their media types, or of one that says nothing.
fn has_records(head: &RawResponse) -> bool {
    const MEDIA_TYPES: [&str; 9] = [
        "application/jsonl",
        "application/x-ndjson",
        "application/ndjson",
        "application/json-seq",
        "application/x-jsonlines",
        "application/jsonlines",
        "application/x-jsonl",
        "application/octet-stream",
        "text/plain",
    ];
    head.header("content-type").is_none()
        || MEDIA_TYPES.iter().any(|media_type| head.is(media_type))
}

impl<O: RecordOperation> RecordStream<O> {
    fn new(response: OpenResponse) -> Self {
        let limit = response.limit();
        let (head, body) = response.into_parts();
        let form = match head.is("application/json-seq") {
            true => Form::Sequence,
            false => Form::Lines,
        };
        Self {
            head,
            body: Some(body),
            splitter: Splitter::new(form, limit),
            operation: PhantomData,
        }
    }

    /// The next record; `None` at the end.
    pub async fn next(&mut self) -> Option<RecordResult<O>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Status and headers of the response, with an empty body.
    pub fn response(&self) -> &RawResponse {
        &self.head
    }

    fn read(&self, text: &[u8]) -> RecordResult<O> {
        let error = match codec::from_json(text) {
            Ok(record) => return Ok(record),
            Err(error) => error,
        };
        let mut response = self.head.clone();
        response.set_body(Bytes::copy_from_slice(text));
        Err(match is_error(text) {
            true => StreamError::new(response, StreamErrorKind::Server).into(),
            false => DecodeError::json(response, &error).into(),
        })
    }

    /// Ends the stream with an error.
    fn fail(&mut self, error: Error) -> Poll<Option<RecordResult<O>>> {
        self.body = None;
        Poll::Ready(Some(Err(error.widen())))
    }

    fn broken(&self, error: TransportError) -> Error {
        Error::transport(error.of(self.head.operation(), self.head.attempts()))
    }
}

impl<O: RecordOperation<Success = RecordStream<O>>> RecordStream<O> {
    /// How responses of an operation are read that has nothing but records.
    pub const READER: StreamReader<O> = StreamReader::new(has_records, |response| {
        let head = response.head().clone();
        Ok(Response::new(head, Self::new(response)))
    });
}

impl RawResponse {
    /// A success that is JSON texts one after the other.
    pub fn records<O: RecordOperation>(self) -> Result<Response<RecordStream<O>>, Error<O::Error>> {
        match has_records(&self) {
            true => {
                let body = Body::new(self.body().clone());
                let response = OpenResponse::new(self.clone(), body, usize::MAX, None);
                Ok(Response::new(self, RecordStream::new(response)))
            }
            false => Err(UnexpectedContentType::new(self).expecting(EXPECTED).into()),
        }
    }
}

impl<O: RecordOperation> Stream for RecordStream<O> {
    type Item = RecordResult<O>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            let Some(body) = &mut this.body else {
                return Poll::Ready(None);
            };
            match this.splitter.next() {
                Some(Ok(text)) => return Poll::Ready(Some(this.read(&text))),
                Some(Err(TooLarge)) => {
                    let kind = StreamErrorKind::TooLarge(this.splitter.limit);
                    let error = StreamError::new(this.head.clone(), kind);
                    return this.fail(error.into());
                }
                None => {}
            }
            match ready!(Pin::new(body).poll_next(context)) {
                Some(Ok(chunk)) => this.splitter.chunk = chunk,
                Some(Err(error)) => {
                    let error = this.broken(error);
                    return this.fail(error);
                }
                None => {
                    this.body = None;
                    let last = this.splitter.end();
                    return Poll::Ready(last.map(|text| this.read(&text)));
                }
            }
        }
    }
}

impl<O> fmt::Debug for RecordStream<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordStream")
            .field("response", &self.head)
            .finish_non_exhaustive()
    }
}

/// Where a text ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// At the end of a line.
    Lines,
    /// At the next record separator, or at the end of the line on which the text is whole.
    Sequence,
}

/// Divides bytes that come in chunks of any size into texts.
struct Splitter {
    form: Form,
    limit: usize,
    /// What is left of the last chunk.
    chunk: Bytes,
    /// The beginning of a text that goes on in the next chunk.
    text: Vec<u8>,
    /// In a sequence: how many objects and lists are open, and whether a string is.
    depth: usize,
    string: InString,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum InString {
    No,
    Yes,
    /// Behind a backslash.
    Escaped,
}

/// A text has more bytes than the limit.
#[derive(Debug, PartialEq, Eq)]
struct TooLarge;

const RECORD_SEPARATOR: u8 = 0x1e;

impl Splitter {
    fn new(form: Form, limit: usize) -> Self {
        Self {
            form,
            limit,
            chunk: Bytes::new(),
            text: Vec::new(),
            depth: 0,
            string: InString::No,
        }
    }

    /// The next text that is whole.
    fn next(&mut self) -> Option<Result<Vec<u8>, TooLarge>> {
        while !self.chunk.is_empty() {
            let end = self.position();
            let piece = self.chunk.split_to(end.unwrap_or(self.chunk.len()));
            if self.text.len() + piece.len() > self.limit {
                return Some(Err(TooLarge));
            }
            self.text.extend_from_slice(&piece);
            if end.is_some() {
                self.chunk.advance(1);
                if let Some(text) = self.end() {
                    return Some(Ok(text));
                }
            }
        }
        None
    }

    /// What is left at the end of a text; nothing where that is white space.
    fn end(&mut self) -> Option<Vec<u8>> {
        self.depth = 0;
        self.string = InString::No;
        let text = std::mem::take(&mut self.text);
        let is_blank = text.iter().all(u8::is_ascii_whitespace);
        (!is_blank).then_some(text)
    }

    /// Where the text ends in the chunk.
    fn position(&mut self) -> Option<usize> {
        match self.form {
            Form::Lines => self.chunk.iter().position(|byte| *byte == b'\n'),
            Form::Sequence => {
                let chunk = self.chunk.clone();
                chunk.iter().position(|byte| self.ends_at(*byte))
            }
        }
    }

    fn ends_at(&mut self, byte: u8) -> bool {
        // No text has it, so that what follows can be read even where this text broke off.
        if byte == RECORD_SEPARATOR {
            return true;
        }
        self.string = match (self.string, byte) {
            (InString::No, b'"') => InString::Yes,
            (InString::Yes, b'\\') => InString::Escaped,
            (InString::Yes, b'"') => InString::No,
            (InString::Escaped, _) => InString::Yes,
            (string, _) => string,
        };
        if self.string != InString::No {
            return false;
        }
        match byte {
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        byte == b'\n' && self.depth == 0
    }
}

#[cfg(test)]
mod tests;
