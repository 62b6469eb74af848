//! [`Recorder`]: writes real calls into a file, to be replayed in tests.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap};

use super::super::{Body, Exchange, Middleware, Next, TransportError, TransportErrorKind};
use super::body::RecordedBody;
use super::recording::{Outcome, RecordedCall, RecordedRequest, write_file};
use super::redaction::{Hidden, Redaction};
use super::{MockRequest, lock};

/// A middleware that writes the calls of a client into a file, which a [`Replayer`](super::Replayer) answers from.
///
/// ```text
/// let recorder = Recorder::new("tests/calls.json");
/// let client = Client::builder().middleware(recorder.clone()).build()?;
/// client.books().list().await?;
/// recorder.finish()?;
/// ```
///
/// The file is JSON, to be read and kept with the tests. It has every attempt of every call, and requests for tokens.
/// Credentials, cookies and members such as `access_token` and `password` are redacted; more by `redact_header`,
/// `redact_query`, `redact_field` and `redact_text`. Other data of users is not: record with accounts that are made for it.
///
/// Clones share their file. When the last of them and the last response are dropped it is written, too, but nobody hears
/// of errors then.
#[derive(Clone)]
pub struct Recorder(Arc<Shared>);

struct Shared {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    redaction: Redaction,
    calls: Vec<Call>,
    is_written: bool,
}

/// A call, which goes on as long as its body is read.
struct Call {
    request: MockRequest,
    ended: Ended,
}

enum Ended {
    /// Not yet.
    Waiting,
    Error(TransportErrorKind),
    Response {
        status: StatusCode,
        headers: HeaderMap,
        body: Vec<u8>,
        broken: Option<TransportErrorKind>,
    },
}

impl Recorder {
    /// A recorder that writes this file, in place of the one that is there.
    pub fn new(path: impl AsRef<Path>) -> Self {
        Self(Arc::new(Shared {
            path: path.as_ref().to_owned(),
            state: Mutex::default(),
        }))
    }

    /// Redacts a header, too.
    #[must_use]
    pub fn redact_header(self, name: &str) -> Self {
        lock(&self.0.state).redaction.headers.push(name.to_owned());
        self
    }

    /// Redacts a query parameter, too.
    #[must_use]
    pub fn redact_query(self, name: &str) -> Self {
        lock(&self.0.state).redaction.query.push(name.to_owned());
        self
    }

    /// Redacts members of this name in JSON and in forms, too, wherever they are.
    #[must_use]
    pub fn redact_field(self, name: &str) -> Self {
        lock(&self.0.state).redaction.fields.push(name.to_owned());
        self
    }

    /// Redacts a text, too, wherever it is: in paths, headers, texts and JSON.
    #[must_use]
    pub fn redact_text(self, secret: impl Into<String>) -> Self {
        let secret = secret.into();
        if !secret.is_empty() {
            lock(&self.0.state).redaction.texts.push(secret);
        }
        self
    }

    /// Writes the file with the calls so far.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(&self) -> io::Result<()> {
        self.0.write()
    }
}

impl Shared {
    /// Writes beside the file, which is then replaced as a whole.
    fn write(&self) -> io::Result<()> {
        let mut state = lock(&self.state);
        let calls = state
            .calls
            .iter()
            .filter_map(|call| call.recorded(&state.redaction));
        let text = write_file(calls);
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = self.path.with_file_name(name);
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&part, text)?;
        std::fs::rename(&part, &self.path)?;
        state.is_written = true;
        Ok(())
    }

    fn begin(&self, request: MockRequest) -> usize {
        let mut state = lock(&self.state);
        let ended = Ended::Waiting;
        state.calls.push(Call { request, ended });
        state.is_written = false;
        state.calls.len() - 1
    }

    fn change(&self, call: usize, change: impl FnOnce(&mut Ended)) {
        let mut state = lock(&self.state);
        state.is_written = false;
        if let Some(call) = state.calls.get_mut(call) {
            change(&mut call.ended);
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        if !lock(&self.state).is_written {
            // Who wants to hear of errors calls `finish`.
            let _ = self.write();
        }
    }
}

impl Call {
    fn recorded(&self, redaction: &Redaction) -> Option<RecordedCall> {
        let hidden = Hidden::of(&self.request, redaction);
        let outcome = match &self.ended {
            Ended::Waiting => return None,
            Ended::Error(kind) => Outcome::Error(*kind),
            Ended::Response {
                status,
                headers,
                body,
                broken,
            } => {
                let content_type = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
                let operation = self.request.operation();
                Outcome::Response {
                    status: status.as_u16(),
                    headers: redaction.headers(headers, &hidden),
                    body: RecordedBody::of(content_type, body, redaction, &hidden, operation),
                    broken: *broken,
                }
            }
        };
        let request = RecordedRequest::of(&self.request, redaction);
        Some(RecordedCall { request, outcome })
    }
}

impl Middleware for Recorder {
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> Exchange<'a> {
        Box::pin(async move {
            let (request, sent) = MockRequest::read(request).await?;
            let call = self.0.begin(request);
            let response = match next.send(sent).await {
                Ok(response) => response,
                Err(error) => {
                    self.0
                        .change(call, |ended| *ended = Ended::Error(error.kind()));
                    return Err(error);
                }
            };
            let (head, body) = response.into_parts();
            self.0.change(call, |ended| {
                *ended = Ended::Response {
                    status: head.status,
                    headers: head.headers.clone(),
                    body: Vec::new(),
                    broken: None,
                };
            });
            let length = body.length();
            let shared = self.0.clone();
            let body = Body::from_chunks(Recorded { body, shared, call });
            Ok(http::Response::from_parts(
                head,
                match length {
                    Some(length) => body.with_length(length),
                    None => body,
                },
            ))
        })
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder")
            .field("path", &self.0.path)
            .finish_non_exhaustive()
    }
}

/// A body that is recorded while it is read.
struct Recorded {
    body: Body,
    shared: Arc<Shared>,
    call: usize,
}

impl Stream for Recorded {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = std::task::ready!(Pin::new(&mut self.body).poll_next(context));
        if let Some(chunk) = &next {
            self.shared.change(self.call, |ended| {
                let Ended::Response { body, broken, .. } = ended else {
                    return;
                };
                match chunk {
                    Ok(chunk) => body.extend_from_slice(chunk),
                    Err(error) => *broken = Some(error.kind()),
                }
            });
        }
        Poll::Ready(next)
    }
}
