//! [`Replayer`]: answers calls from a file of recordings, without any server.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use super::super::{Body, Exchange, Transport, TransportError, TransportErrorKind};
use super::recording::{Difference, Outcome, RecordedCall, RecordedRequest, read_file};
use super::redaction::Redaction;
use super::{MockRequest, MockResponse, lock};

/// A transport that answers calls from a file that a [`Recorder`](super::Recorder) wrote.
///
/// ```text
/// let replayer = Replayer::open("tests/calls.json")?;
/// let client = Client::builder().transport(replayer.clone()).build()?;
/// ```
///
/// A request gets the first recording of the same method, path, query and body that no request had before; what was
/// redacted in it fits any value. Credentials and headers need not be those of the recording. A request without a
/// recording fails with [`NotRecorded`]. Clones share what is used up.
#[derive(Clone)]
pub struct Replayer(Arc<Mutex<Vec<Recording>>>);

struct Recording {
    call: RecordedCall,
    is_used: bool,
}

impl Replayer {
    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read, or is no file of recordings.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let calls = read_file(&std::fs::read(path)?).map_err(|error| {
            let text = format!("`{}` has no recordings: {error}", path.display());
            io::Error::new(io::ErrorKind::InvalidData, text)
        })?;
        let is_used = false;
        let recordings = calls.into_iter().map(|call| Recording { call, is_used });
        Ok(Self(Arc::new(Mutex::new(recordings.collect()))))
    }

    /// The recordings that no request had, as `GET /v1/books/1`.
    pub fn unused(&self) -> Vec<String> {
        let recordings = lock(&self.0);
        let unused = recordings.iter().filter(|recording| !recording.is_used);
        unused
            .map(|recording| recording.call.request.line())
            .collect()
    }

    /// Asserts that each recording was asked for.
    ///
    /// # Panics
    /// When one was not.
    #[track_caller]
    pub fn assert_done(&self) {
        let unused = self.unused();
        assert!(
            unused.is_empty(),
            "no request had the recordings of {}",
            unused.join(", ")
        );
    }

    fn answer(&self, request: &MockRequest) -> Result<MockResponse, TransportError> {
        let sent = RecordedRequest::of(request, &Redaction::default());
        let mut recordings = lock(&self.0);
        let fits = |recording: &&mut Recording| {
            !recording.is_used && recording.call.request.differences(&sent).is_empty()
        };
        match recordings.iter_mut().find(fits) {
            Some(recording) => {
                recording.is_used = true;
                Ok(response(&recording.call.outcome))
            }
            None => {
                let error = NotRecorded::of(request, &sent, &recordings);
                Err(TransportError::new(TransportErrorKind::Refused, error))
            }
        }
    }
}

/// The response of a recording.
fn response(outcome: &Outcome) -> MockResponse {
    match outcome {
        Outcome::Error(kind) => MockResponse::fail(*kind),
        Outcome::Response {
            status,
            headers,
            body,
            broken,
        } => {
            let response = MockResponse::recorded(*status, body.to_bytes(), headers);
            match broken {
                Some(kind) => response.broken_by(*kind),
                None => response,
            }
        }
    }
}

impl Transport for Replayer {
    fn send(&self, request: http::Request<Body>) -> Exchange<'_> {
        Box::pin(async move {
            let (request, _) = MockRequest::read(request).await?;
            self.answer(&request)?.send().await
        })
    }
}

impl fmt::Debug for Replayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replayer")
            .field("recordings", &lock(&self.0).len())
            .finish_non_exhaustive()
    }
}

/// A request that has no recording; it is the source of the [`TransportError`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRecorded {
    operation: Option<&'static str>,
    call: String,
    nearest: Option<Nearest>,
}

/// The recording that is most like a request.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Nearest {
    number: usize,
    line: String,
    differences: Vec<Difference>,
}

impl NotRecorded {
    fn of(request: &MockRequest, sent: &RecordedRequest, recordings: &[Recording]) -> Self {
        let all = recordings.iter().enumerate().map(|(index, recording)| {
            let recorded = &recording.call.request;
            let differences = recorded.differences(sent);
            let rank = (!recorded.is_of_operation(sent), differences.len());
            let line = recorded.line();
            let number = index + 1;
            (
                rank,
                Nearest {
                    number,
                    line,
                    differences,
                },
            )
        });
        Self {
            operation: request.operation().map(|operation| operation.id),
            call: request.line(),
            nearest: all
                .min_by_key(|(rank, _)| *rank)
                .map(|(_, nearest)| nearest),
        }
    }

    /// The name of the operation; `None` where the request is not of one, such as that for a token.
    pub fn operation(&self) -> Option<&'static str> {
        self.operation
    }
}

impl fmt::Display for NotRecorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not recorded", self.call)?;
        let Some(nearest) = &self.nearest else {
            return f.write_str(": there are no recordings");
        };
        let Nearest {
            number,
            line,
            differences,
        } = nearest;
        match **differences {
            [] => write!(f, " once more: number {number} was used before"),
            _ => {
                let names = Vec::from_iter(differences.iter().map(|it| it.name()));
                write!(
                    f,
                    "; number {number}, {line}, has another {}",
                    names.join(" and ")
                )
            }
        }
    }
}

impl std::error::Error for NotRecorded {}
