//! [`Records`]: bodies of requests that are JSON texts one after the other, read as they come: JSON Lines, NDJSON, JSON
//! text sequences (RFC 7464).

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{BodyDataStream, Bytes};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::body::{Misread, read_json};
use super::media_type;
use super::problem::{Problem, Violation};
use super::request::{BROKEN, Rejected, Request};

mod check;

/// How many bytes a record has at most, unless the handler says something else.
const LARGEST: usize = 1 << 20;

/// The JSON texts of a request, read as they come: JSON Lines, NDJSON, or a JSON text sequence.
///
/// ```text
/// while let Some(record) = records.next().await {
///     self.store(record?).await;
/// }
/// ```
///
/// It is a [`Stream`] too. A record that breaks the contract is a [`Problem`] that says why, with its number in front of
/// each pointer; records go on behind it, so that the handler decides whether it is the end. A record that is too large
/// and a body that breaks off are the end.
#[must_use = "records are read when they are asked for"]
pub struct Records<T> {
    /// What is still to be read; nothing after the end.
    body: Option<BodyDataStream>,
    separator: u8,
    /// Whether anything has come.
    has_begun: bool,
    largest: usize,
    /// What is left of the last chunk.
    chunk: Bytes,
    /// The beginning of a record that goes on in the next chunk.
    text: Vec<u8>,
    /// How many records there were.
    count: usize,
    checks: Vec<RecordCheck<T>>,
}

/// What a record breaks; the text is the pointer to it.
type RecordCheck<T> = Box<dyn Fn(&T, &str) -> Vec<Violation> + Send + Sync>;

impl Request {
    /// Takes the records of a body that must be sent.
    pub fn records<T>(&mut self, media_types: &str) -> Result<Records<T>, Rejected> {
        let records = self.optional_records(media_types)?;
        records.ok_or_else(|| self.missing_body())
    }

    /// Takes the records of a body that need not be sent.
    pub fn optional_records<T>(
        &mut self,
        media_types: &str,
    ) -> Result<Option<Records<T>>, Rejected> {
        let Some(body) = self.optional_stream(media_types)? else {
            return Ok(None);
        };
        let content_type = self.parts.headers.get(CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok());
        let essence = content_type.map(media_type::essence);
        Ok(Some(Records {
            body: Some(body.into_data_stream()),
            separator: match essence.as_deref() {
                Some("application/json-seq") => RECORD_SEPARATOR,
                _ => b'\n',
            },
            has_begun: false,
            largest: LARGEST,
            chunk: Bytes::new(),
            text: Vec::new(),
            count: 0,
            checks: Vec::new(),
        }))
    }
}

/// What stands before each text of a JSON text sequence.
const RECORD_SEPARATOR: u8 = 0x1e;

impl<T: DeserializeOwned> Records<T> {
    /// The next record, or what is wrong with it; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Problem>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Sets how many bytes a record may have, 1 MiB without it. What is larger is answered with 413.
    pub fn with_max_size(mut self, bytes: usize) -> Self {
        self.largest = bytes;
        self
    }

    /// Takes texts without separators of records for lines, which some clients call a sequence.
    fn look(&mut self, chunk: &[u8]) {
        if let Some(first) = chunk.first().filter(|_| !self.has_begun) {
            self.has_begun = true;
            if *first != RECORD_SEPARATOR {
                self.separator = b'\n';
            }
        }
    }

    /// Goes on with the chunk to the end of a text; whether it is whole.
    fn split(&mut self) -> Result<bool, Problem> {
        let end = self.chunk.iter().position(|byte| *byte == self.separator);
        let piece = self.chunk.split_to(end.unwrap_or(self.chunk.len()));
        if self.text.len() + piece.len() > self.largest {
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE));
        }
        self.text.extend_from_slice(&piece);
        if end.is_some() {
            let _ = self.chunk.split_to(1);
        }
        Ok(end.is_some())
    }

    /// Reads the text that is whole; `None` where there is none.
    fn read(&mut self) -> Option<Result<T, Problem>> {
        let text = std::mem::take(&mut self.text);
        let text = text.trim_ascii();
        if text.is_empty() {
            return None;
        }
        let pointer = format!("/{}", self.count);
        self.count += 1;
        let checked = |record: &T| -> Vec<Violation> {
            let checks = self.checks.iter();
            checks.flat_map(|check| check(record, &pointer)).collect()
        };
        let (status, violations) = match read_json::<T>(text, &pointer) {
            Ok(record) => {
                let violations = checked(&record);
                if violations.is_empty() {
                    return Some(Ok(record));
                }
                (StatusCode::UNPROCESSABLE_ENTITY, violations)
            }
            Err(refusal) => {
                let (mut violations, mut misread) = (refusal.violations, Misread::default());
                misread.note(&violations);
                let rules = refusal.mended.iter().flat_map(checked);
                violations.extend(rules.filter(|violation| !misread.hides(violation)));
                (refusal.status, violations)
            }
        };
        let problem = Problem::new(status).with_detail(BROKEN);
        let problem = violations
            .into_iter()
            .fold(problem, Problem::with_violation);
        Some(Err(problem))
    }

    fn end(&mut self, problem: Problem) -> Poll<Option<Result<T, Problem>>> {
        self.body = None;
        self.text.clear();
        Poll::Ready(Some(Err(problem)))
    }
}

impl<T: DeserializeOwned> Stream for Records<T> {
    type Item = Result<T, Problem>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            let Some(body) = &mut this.body else {
                return Poll::Ready(None);
            };
            if !this.chunk.is_empty() {
                match this.split() {
                    Err(problem) => return this.end(problem),
                    Ok(false) => {}
                    Ok(true) => match this.read() {
                        Some(record) => return Poll::Ready(Some(record)),
                        None => continue,
                    },
                }
            } else {
                match ready!(Pin::new(body).poll_next(cx)) {
                    Some(Ok(chunk)) => {
                        this.look(&chunk);
                        this.chunk = chunk;
                    }
                    Some(Err(error)) => return this.end(error.into()),
                    None => {
                        this.body = None;
                        return Poll::Ready(this.read());
                    }
                }
            }
        }
    }
}

// It is not pinned to a place: nothing in it refers to another part of it.
impl<T> Unpin for Records<T> {}

impl<T> fmt::Debug for Records<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").finish_non_exhaustive()
    }
}
