//! The parser of event streams: bytes in chunks of any size in, events out.

use std::time::Duration;

use bytes::{Buf, Bytes};

use super::Event;

/// What is known of an event stream between two chunks.
pub(super) struct Parser {
    /// What is left of the last chunk.
    chunk: Bytes,
    /// The beginning of a line that goes on in the next chunk.
    line: Vec<u8>,
    /// Whether the last byte ended a line as `\r`, so that a `\n` that follows belongs to it.
    after_cr: bool,
    /// Whether no line was read yet.
    is_first: bool,
    event: String,
    data: Vec<u8>,
    id: String,
    last_event_id: String,
    retry: Option<Duration>,
    limit: usize,
}

/// An event has more bytes than the limit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

impl Parser {
    /// A parser of events of so many bytes; the stream goes on after the event of this id.
    pub(super) fn new(limit: usize, last_event_id: String) -> Self {
        Self {
            chunk: Bytes::new(),
            line: Vec::new(),
            after_cr: false,
            is_first: true,
            event: String::new(),
            data: Vec::new(),
            id: last_event_id.clone(),
            last_event_id,
            retry: None,
            limit,
        }
    }

    /// A parser of the stream that goes on where this one ended.
    pub(super) fn restarted(&self) -> Self {
        Self {
            retry: self.retry,
            ..Self::new(self.limit, self.last_event_id.clone())
        }
    }

    /// Takes a chunk, when there are no more events in the one before.
    pub(super) fn feed(&mut self, chunk: Bytes) {
        self.chunk = chunk;
    }

    /// The next event that is whole.
    pub(super) fn next(&mut self) -> Option<Result<Event<String>, TooLarge>> {
        while !self.chunk.is_empty() {
            if std::mem::take(&mut self.after_cr) && self.chunk.first() == Some(&b'\n') {
                self.chunk.advance(1);
                continue;
            }
            let end = self
                .chunk
                .iter()
                .position(|byte| matches!(byte, b'\r' | b'\n'));
            let piece = self.chunk.split_to(end.unwrap_or(self.chunk.len()));
            if self.line.len() + self.data.len() + piece.len() > self.limit {
                return Some(Err(TooLarge));
            }
            self.line.extend_from_slice(&piece);
            if end.is_some() {
                self.after_cr = self.chunk.first() == Some(&b'\r');
                self.chunk.advance(1);
                if let Some(event) = self.end_line() {
                    return Some(Ok(event));
                }
            }
        }
        None
    }

    /// The id of the last event that had one.
    pub(super) fn last_event_id(&self) -> &str {
        &self.last_event_id
    }

    /// How long the server asks to wait before the next connection.
    pub(super) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    fn end_line(&mut self) -> Option<Event<String>> {
        const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
        let line = std::mem::take(&mut self.line);
        let mut rest = line.as_slice();
        if std::mem::take(&mut self.is_first) {
            rest = rest.strip_prefix(BYTE_ORDER_MARK).unwrap_or(rest);
        }
        let event = match rest {
            [] => self.dispatch(),
            line => {
                self.field(line);
                None
            }
        };
        // Its room is of use for the next line.
        self.line = line;
        self.line.clear();
        event
    }

    fn field(&mut self, line: &[u8]) {
        let colon = line.iter().position(|byte| *byte == b':');
        let (name, value) = line.split_at(colon.unwrap_or(line.len()));
        let value = value.strip_prefix(b":").unwrap_or(value);
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match name {
            b"event" => self.event = text(value),
            b"data" => {
                self.data.extend_from_slice(value);
                self.data.push(b'\n');
            }
            b"id" if !value.contains(&0) => self.id = text(value),
            b"retry" if value.iter().all(u8::is_ascii_digit) => {
                let milliseconds = text(value).parse().ok();
                self.retry = milliseconds.map(Duration::from_millis).or(self.retry);
            }
            // Comments have no name.
            _ => {}
        }
    }

    fn dispatch(&mut self) -> Option<Event<String>> {
        self.last_event_id.clone_from(&self.id);
        let event = std::mem::take(&mut self.event);
        if self.data.is_empty() {
            return None;
        }
        let mut data = std::mem::take(&mut self.data);
        data.pop();
        Some(Event {
            event: match event.is_empty() {
                true => "message".to_owned(),
                false => event,
            },
            id: self.last_event_id.clone(),
            data: String::from_utf8(data).unwrap_or_else(|error| text(error.as_bytes())),
        })
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
